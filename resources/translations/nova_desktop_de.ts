<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>About</name>
    <message>
        <source>It is made of, among others:</source>
        <translation>Darin sind unter anderem:</translation>
    </message>
    <message>
        <source>Search what you filmed, photographed, recorded and wrote, on your own desk.</source>
        <translation>Durchsuchen Sie, was Sie gefilmt, fotografiert, aufgenommen und geschrieben haben, auf Ihrem eigenen Schreibtisch.</translation>
    </message>
    <message>
        <source>The search engine</source>
        <translation>Die Suchmaschine</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message numerus="yes">
        <source>{n} searchable part(s) of files, kept as “{space}”.</source>
        <translation>
            <numerusform>{n} durchsuchbarer Teil von Dateien, aufbewahrt als „{space}“.</numerusform>
            <numerusform>{n} durchsuchbare Teile von Dateien, aufbewahrt als „{space}“.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Activity</name>
    <message>
        <source>Cancel this file</source>
        <translation>Diese Datei abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>Cancel {n} file(s)</source>
        <translation>
            <numerusform>{n} Datei abbrechen</numerusform>
            <numerusform>{n} Dateien abbrechen</numerusform>
        </translation>
    </message>
    <message>
        <source>Columns of the list</source>
        <translation>Spalten der Liste</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Files being indexed</source>
        <translation>Dateien, die gerade indiziert werden</translation>
    </message>
    <message>
        <source>Files that come next</source>
        <translation>Dateien, die als Nächste folgen</translation>
    </message>
    <message>
        <source>How long it takes is known once some of each kind are read.</source>
        <translation>Wie lange es dauert, ist bekannt, sobald einige Dateien jeder Art gelesen sind.</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Indizierung</translation>
    </message>
    <message>
        <source>Indexing is paused</source>
        <translation>Die Indizierung ist angehalten</translation>
    </message>
    <message>
        <source>It is left for later, and is found among the failures until then</source>
        <translation>Sie wird für später zurückgestellt und steht bis dahin bei den Fehlern</translation>
    </message>
    <message>
        <source>New and changed files are indexed as soon as they appear.</source>
        <translation>Neue und geänderte Dateien werden indiziert, sobald sie erscheinen.</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Als Nächstes</translation>
    </message>
    <message>
        <source>Nothing else waits</source>
        <translation>Nichts weiter wartet</translation>
    </message>
    <message>
        <source>Nothing waits to be indexed</source>
        <translation>Nichts wartet auf die Indizierung</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>{folder}: {number}</source>
        <translation>{folder}: {number}</translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) to go</source>
        <translation>
            <numerusform>noch {n} Datei</numerusform>
            <numerusform>noch {n} Dateien</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Amazon Nova</name>
    <message>
        <source>${amount}</source>
        <translation>{amount} $</translation>
    </message>
    <message>
        <source>&amp;Bucket</source>
        <translation>&amp;Bucket</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>&amp;Do not pay for what is still and silent</source>
        <translation>Für &amp;Unbewegtes und Stilles nicht bezahlen</translation>
    </message>
    <message>
        <source>&amp;Find the sound of a film apart from its picture</source>
        <translation>Den &amp;Ton eines Films getrennt vom Bild finden</translation>
    </message>
    <message>
        <source>&amp;Profile</source>
        <translation>P&amp;rofil</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>Re&amp;gion</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Use Amazon Nova beside this computer&apos;s own engine</source>
        <translation>&amp;Amazon Nova neben der Suchmaschine dieses Computers verwenden</translation>
    </message>
    <message>
        <source>1024, nearly as exact</source>
        <translation>1024, fast so genau</translation>
    </message>
    <message>
        <source>3072, the most exact</source>
        <translation>3072, am genauesten</translation>
    </message>
    <message>
        <source>A folder inside</source>
        <translation>Ein Ordner darin</translation>
    </message>
    <message>
        <source>A folder inside…</source>
        <translation>Ein Ordner darin …</translation>
    </message>
    <message>
        <source>A quote is made on this computer. Nothing is sent for it.</source>
        <translation>Ein Kostenvoranschlag entsteht auf diesem Computer. Dafür wird nichts gesendet.</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Etwa</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>All is well</source>
        <translation>Alles ist in Ordnung</translation>
    </message>
    <message>
        <source>Allow sending</source>
        <translation>Senden erlauben</translation>
    </message>
    <message>
        <source>Allow sending ({price})</source>
        <translation>Senden erlauben ({price})</translation>
    </message>
    <message>
        <source>Amazon Nova: no folder may be sent yet</source>
        <translation>Amazon Nova: noch darf kein Ordner gesendet werden</translation>
    </message>
    <message>
        <source>Amazon Nova: {number} new folders stay on this computer until you allow them</source>
        <translation>Amazon Nova: {number} neue Ordner bleiben auf diesem Computer, bis Sie sie erlauben</translation>
    </message>
    <message>
        <source>Amazon Nova: “{name}” stays on this computer until you allow it</source>
        <translation>Amazon Nova: „{name}“ bleibt auf diesem Computer, bis Sie ihn erlauben</translation>
    </message>
    <message>
        <source>As AWS chooses: {used}</source>
        <translation>Wie AWS wählt: {used}</translation>
    </message>
    <message>
        <source>Asking AWS, which may take a minute…</source>
        <translation>AWS wird gefragt, was eine Minute dauern kann …</translation>
    </message>
    <message>
        <source>At most a &amp;month</source>
        <translation>Höchstens im &amp;Monat</translation>
    </message>
    <message>
        <source>At most a ru&amp;n</source>
        <translation>Höchstens je &amp;Lauf</translation>
    </message>
    <message>
        <source>At most in a month, in US dollars</source>
        <translation>Höchstens in einem Monat, in US-Dollar</translation>
    </message>
    <message>
        <source>At most in one run of the program, in US dollars</source>
        <translation>Höchstens in einem Lauf des Programms, in US-Dollar</translation>
    </message>
    <message>
        <source>Check asks AWS, with what is chosen here, whether all is ready: credentials, region, model, bucket, permissions and endpoints, in this order. It says how to mend what is not, and costs nothing but a dozen requests of S3.</source>
        <translation>„Prüfen“ fragt AWS mit dem, was hier gewählt ist, ob alles bereit ist: Zugangsdaten, Region, Modell, Bucket, Berechtigungen und Endpunkte, in dieser Reihenfolge. Es sagt, wie sich Fehlendes beheben lässt, und kostet nichts außer einem Dutzend Anfragen an S3.</translation>
    </message>
    <message>
        <source>Check the account</source>
        <translation>Das Konto prüfen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Columns of what was sent</source>
        <translation>Spalten des Gesendeten</translation>
    </message>
    <message>
        <source>Columns of {name}</source>
        <translation>Spalten von {name}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the chosen lines</source>
        <translation>Die gewählten Zeilen kopieren</translation>
    </message>
    <message>
        <source>Counted before each request is sent, by Amazon&apos;s list prices. A request whose end nobody knows stays counted: this may be more than Amazon&apos;s bill, never less.</source>
        <translation>Gezählt, bevor eine Anfrage gesendet wird, nach Amazons Listenpreisen. Eine Anfrage, deren Ende niemand kennt, bleibt gezählt: Dies kann mehr sein als Amazons Rechnung, nie weniger.</translation>
    </message>
    <message>
        <source>Deleted there</source>
        <translation>Dort gelöscht</translation>
    </message>
    <message>
        <source>Everything stays on this computer. To use Amazon Nova as well, choose it under Account; the README tells how one is set up.</source>
        <translation>Alles bleibt auf diesem Computer. Um auch Amazon Nova zu verwenden, wählen Sie es unter „Konto“; wie eines eingerichtet wird, steht in der README.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folders, and where their files may go</source>
        <translation>Ordner und wohin ihre Dateien dürfen</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>Insgesamt</translation>
    </message>
    <message>
        <source>Instead of at AWS:</source>
        <translation>Statt bei AWS:</translation>
    </message>
    <message>
        <source>Is the account ready?</source>
        <translation>Ist das Konto bereit?</translation>
    </message>
    <message>
        <source>Its files</source>
        <translation>Seine Dateien</translation>
    </message>
    <message>
        <source>Its files leave the index and are found no more. They stay on the disk as they are. You can undo this here at any time; they are then indexed again.</source>
        <translation>Seine Dateien verlassen den Index und werden nicht mehr gefunden. Auf der Festplatte bleiben sie, wie sie sind. Sie können dies hier jederzeit rückgängig machen; dann werden sie neu indiziert.</translation>
    </message>
    <message>
        <source>Keep on this computer</source>
        <translation>Auf diesem Computer lassen</translation>
    </message>
    <message>
        <source>Looking through the folder on this computer. Nothing is sent for it…</source>
        <translation>Der Ordner wird auf diesem Computer durchgesehen. Dafür wird nichts gesendet …</translation>
    </message>
    <message>
        <source>Never index</source>
        <translation>Nie indizieren</translation>
    </message>
    <message>
        <source>Never index a folder</source>
        <translation>Einen Ordner nie indizieren</translation>
    </message>
    <message>
        <source>Never index {name}?</source>
        <translation>{name} nie indizieren?</translation>
    </message>
    <message>
        <source>Never index…</source>
        <translation>Nie indizieren …</translation>
    </message>
    <message>
        <source>No folder is in the library yet. Add one from the Library menu.</source>
        <translation>Noch ist kein Ordner in der Bibliothek. Fügen Sie im Menü „Bibliothek“ einen hinzu.</translation>
    </message>
    <message>
        <source>Not paid for</source>
        <translation>Nicht bezahlt</translation>
    </message>
    <message>
        <source>Nothing is left to send.</source>
        <translation>Es gibt nichts mehr zu senden.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Nothing was ever sent from this computer.</source>
        <translation>Von diesem Computer wurde noch nie etwas gesendet.</translation>
    </message>
    <message>
        <source>Nothing was paid this month.</source>
        <translation>In diesem Monat wurde nichts bezahlt.</translation>
    </message>
    <message>
        <source>Numbers in a vector</source>
        <translation>Zahlen in einem Vektor</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Pages of documents</source>
        <translation>Seiten von Dokumenten</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Profile of AWS&apos;s own configuration</source>
        <translation>Profil aus der Konfiguration von AWS</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Kostenvoranschlag</translation>
    </message>
    <message numerus="yes">
        <source>Quoted in full: {n} recording(s). It may become less.</source>
        <translation>
            <numerusform>Voll veranschlagt: {n} Aufnahme. Es kann weniger werden.</numerusform>
            <numerusform>Voll veranschlagt: {n} Aufnahmen. Es kann weniger werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the settings…</source>
        <translation>Die Einstellungen werden gelesen …</translation>
    </message>
    <message>
        <source>Region where Amazon Nova is asked</source>
        <translation>Region, in der Amazon Nova gefragt wird</translation>
    </message>
    <message>
        <source>S3 bucket for long films and sounds</source>
        <translation>S3-Bucket für lange Filme und Tonaufnahmen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Saved, and in use.</source>
        <translation>Gespeichert und in Gebrauch.</translation>
    </message>
    <message>
        <source>Saved. Opening the library…</source>
        <translation>Gespeichert. Die Bibliothek wird geöffnet …</translation>
    </message>
    <message>
        <source>Saved. The library is in use elsewhere too, on the command line; this counts when that has ended.</source>
        <translation>Gespeichert. Die Bibliothek wird auch auf der Befehlszeile verwendet; dies gilt, sobald das beendet ist.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Sending is allowed</source>
        <translation>Senden ist erlaubt</translation>
    </message>
    <message>
        <source>Shared library: questions</source>
        <translation>Gemeinsame Bibliothek: Fragen</translation>
    </message>
    <message>
        <source>Shared library: sent</source>
        <translation>Gemeinsame Bibliothek: gesendet</translation>
    </message>
    <message>
        <source>Show the quote</source>
        <translation>Kostenvoranschlag zeigen</translation>
    </message>
    <message>
        <source>Since the library was opened</source>
        <translation>Seit die Bibliothek geöffnet wurde</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Tonaufnahmen</translation>
    </message>
    <message>
        <source>Spending</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>The library is not open yet. Wait a moment.</source>
        <translation>Die Bibliothek ist noch nicht geöffnet. Warten Sie einen Moment.</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>In diesem Monat</translation>
    </message>
    <message>
        <source>This month, by kind</source>
        <translation>In diesem Monat, nach Art</translation>
    </message>
    <message>
        <source>Through S3</source>
        <translation>Über S3</translation>
    </message>
    <message>
        <source>To pay for</source>
        <translation>Zu bezahlen</translation>
    </message>
    <message>
        <source>To send anything, choose Amazon Nova under Account first.</source>
        <translation>Um etwas zu senden, wählen Sie zuerst unter „Konto“ Amazon Nova.</translation>
    </message>
    <message>
        <source>V&amp;ectors</source>
        <translation>V&amp;ektoren</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What can&apos;t be done</source>
        <translation>Was nicht möglich ist</translation>
    </message>
    <message>
        <source>What goes through your bucket is deleted there when its answer has come. What is asked piece by piece lies in no bucket.</source>
        <translation>Was durch Ihren Bucket geht, wird dort gelöscht, wenn die Antwort da ist. Was Stück für Stück gefragt wird, liegt in keinem Bucket.</translation>
    </message>
    <message>
        <source>What may be sent, what it costs, and what was sent</source>
        <translation>Was gesendet werden darf, was es kostet und was gesendet wurde</translation>
    </message>
    <message>
        <source>What sending a folder would cost</source>
        <translation>Was das Senden eines Ordners kosten würde</translation>
    </message>
    <message>
        <source>What sending “{name}” would cost</source>
        <translation>Was das Senden von „{name}“ kosten würde</translation>
    </message>
    <message>
        <source>What was found in the account</source>
        <translation>Was im Konto gefunden wurde</translation>
    </message>
    <message>
        <source>What was sent</source>
        <translation>Was gesendet wurde</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Your own bucket, through which long films and sounds go</source>
        <translation>Ihr eigener Bucket, durch den lange Filme und Tonaufnahmen gehen</translation>
    </message>
    <message>
        <source>about {amount}</source>
        <translation>etwa {amount}</translation>
    </message>
    <message>
        <source>are not indexed at all</source>
        <translation>werden gar nicht indiziert</translation>
    </message>
    <message>
        <source>may be sent to Amazon Nova</source>
        <translation>dürfen an Amazon Nova gesendet werden</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>none: all goes in small parts</source>
        <translation>keiner: alles geht in kleinen Teilen</translation>
    </message>
    <message>
        <source>right</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>stay on this computer</source>
        <translation>bleiben auf diesem Computer</translation>
    </message>
    <message>
        <source>to mend</source>
        <translation>zu beheben</translation>
    </message>
    <message>
        <source>under {amount}</source>
        <translation>unter {amount}</translation>
    </message>
    <message>
        <source>{amount} of {limit}</source>
        <translation>{amount} von {limit}</translation>
    </message>
    <message>
        <source>{amount} this month</source>
        <translation>{amount} in diesem Monat</translation>
    </message>
    <message>
        <source>{amount}, no limit</source>
        <translation>{amount}, keine Grenze</translation>
    </message>
    <message>
        <source>{name} is in no folder of the library.</source>
        <translation>{name} liegt in keinem Ordner der Bibliothek.</translation>
    </message>
    <message numerus="yes">
        <source>{n} byte(s)</source>
        <translation>
            <numerusform>{n} Byte</numerusform>
            <numerusform>{n} Byte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) must be indexed on this computer first, and will cost extra.</source>
        <translation>
            <numerusform>{n} Datei muss zuerst auf diesem Computer indiziert werden und kostet zusätzlich.</numerusform>
            <numerusform>{n} Dateien müssen zuerst auf diesem Computer indiziert werden und kosten zusätzlich.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} page(s)</source>
        <translation>
            <numerusform>{n} Seite</numerusform>
            <numerusform>{n} Seiten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s)</source>
        <translation>
            <numerusform>{n} Bild</numerusform>
            <numerusform>{n} Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} thing(s) to mend</source>
        <translation>
            <numerusform>{n} Punkt zu beheben</numerusform>
            <numerusform>{n} Punkte zu beheben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} token(s)</source>
        <translation>
            <numerusform>{n} Token</numerusform>
            <numerusform>{n} Token</numerusform>
        </translation>
    </message>
    <message>
        <source>{profile} (missing)</source>
        <translation>{profile} (fehlt)</translation>
    </message>
</context>
<context>
    <name>Clip</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose where to save it (E)</source>
        <translation>Wählen, wo er gespeichert wird (E)</translation>
    </message>
    <message>
        <source>Clip {marks} · {length}</source>
        <translation>Ausschnitt {marks} · {length}</translation>
    </message>
    <message>
        <source>From here</source>
        <translation>Ab hier</translation>
    </message>
    <message>
        <source>Leave the clip</source>
        <translation>Ausschnitt verlassen</translation>
    </message>
    <message>
        <source>Progress of the clip</source>
        <translation>Fortschritt des Ausschnitts</translation>
    </message>
    <message>
        <source>Save a clip</source>
        <translation>Ausschnitt speichern</translation>
    </message>
    <message>
        <source>Save clip…</source>
        <translation>Ausschnitt speichern …</translation>
    </message>
    <message>
        <source>Save the clip</source>
        <translation>Den Ausschnitt speichern</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>Gespeichert als „{name}“.</translation>
    </message>
    <message>
        <source>Saving “{name}”…</source>
        <translation>„{name}“ wird gespeichert …</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show the clip</source>
        <translation>Den Ausschnitt zeigen</translation>
    </message>
    <message>
        <source>Stop saving the clip</source>
        <translation>Speichern des Ausschnitts beenden</translation>
    </message>
    <message>
        <source>The clip begins here (I)</source>
        <translation>Der Ausschnitt beginnt hier (I)</translation>
    </message>
    <message>
        <source>The clip ends here (O)</source>
        <translation>Der Ausschnitt endet hier (O)</translation>
    </message>
    <message>
        <source>To here</source>
        <translation>Bis hier</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
</context>
<context>
    <name>Crash</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Den Bericht kopieren</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>Something went wrong inside Nova Desktop.</source>
        <translation>In Nova Desktop ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>Your files are untouched and the program goes on. The report below says what happened; copy it to send it to the developers.</source>
        <translation>Ihre Dateien sind unberührt, und das Programm läuft weiter. Der Bericht unten sagt, was geschehen ist; kopieren Sie ihn, um ihn den Entwicklern zu senden.</translation>
    </message>
</context>
<context>
    <name>Dates</name>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
</context>
<context>
    <name>Duplicates</name>
    <message>
        <source>A burst</source>
        <translation>Eine Serie</translation>
    </message>
    <message>
        <source>A part, and all of it</source>
        <translation>Ein Teil und das Ganze</translation>
    </message>
    <message>
        <source>All are kept</source>
        <translation>Alle bleiben</translation>
    </message>
    <message>
        <source>All groups</source>
        <translation>Alle Gruppen</translation>
    </message>
    <message>
        <source>All groups are reviewed</source>
        <translation>Alle Gruppen sind durchgesehen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Comparing your files</source>
        <translation>Ihre Dateien werden verglichen</translation>
    </message>
    <message>
        <source>Comparing… {share} %</source>
        <translation>Wird verglichen … {share} %</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Every picture, film, sound and document is there once.</source>
        <translation>Jedes Bild, jeder Film, jeder Ton und jedes Dokument ist einmal da.</translation>
    </message>
    <message>
        <source>Files of the group</source>
        <translation>Dateien der Gruppe</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>How much is compared</source>
        <translation>Wie viel verglichen ist</translation>
    </message>
    <message>
        <source>Identical files</source>
        <translation>Gleiche Dateien</translation>
    </message>
    <message numerus="yes">
        <source>In the trash: {n} file(s).</source>
        <translation>
            <numerusform>Im Papierkorb: {n} Datei.</numerusform>
            <numerusform>Im Papierkorb: {n} Dateien.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep one at least</source>
        <translation>Mindestens eine behalten</translation>
    </message>
    <message>
        <source>Keep {name}</source>
        <translation>{name} behalten</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message>
        <source>Look again to find what there is more than once.</source>
        <translation>Suchen Sie noch einmal, um zu finden, was mehrfach da ist.</translation>
    </message>
    <message numerus="yes">
        <source>Move {n} file(s) to the trash</source>
        <translation>
            <numerusform>{n} Datei in den Papierkorb legen</numerusform>
            <numerusform>{n} Dateien in den Papierkorb legen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nearly the same words: another format, or a version. See how they differ first.</source>
        <translation>Fast dieselben Wörter: ein anderes Format oder eine Fassung. Sehen Sie zuerst nach, worin sie sich unterscheiden.</translation>
    </message>
    <message>
        <source>Not connected: it stays</source>
        <translation>Nicht verbunden: sie bleibt</translation>
    </message>
    <message>
        <source>Not duplicates</source>
        <translation>Keine Duplikate</translation>
    </message>
    <message>
        <source>Nothing is there twice</source>
        <translation>Nichts ist doppelt da</translation>
    </message>
    <message>
        <source>Nothing was compared to its end</source>
        <translation>Der Vergleich wurde nicht beendet</translation>
    </message>
    <message>
        <source>Nothing was moved: none of the files that you keep is there as it was compared. Look again.</source>
        <translation>Nichts wurde verschoben: Keine der Dateien, die Sie behalten, ist noch so da, wie sie verglichen wurde. Suchen Sie erneut.</translation>
    </message>
    <message>
        <source>One film</source>
        <translation>Ein Film</translation>
    </message>
    <message>
        <source>One film: in another codec or container, or trimmed.</source>
        <translation>Ein Film: in anderem Codec oder Container, oder gekürzt.</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>Ein Bild</translation>
    </message>
    <message>
        <source>One picture: saved again, resized, cropped a little or made brighter.</source>
        <translation>Ein Bild: neu gespeichert, verkleinert, etwas beschnitten oder aufgehellt.</translation>
    </message>
    <message>
        <source>One recording</source>
        <translation>Eine Aufnahme</translation>
    </message>
    <message>
        <source>One recording, as a film and as a sound.</source>
        <translation>Eine Aufnahme, als Film und als Ton.</translation>
    </message>
    <message>
        <source>One sound</source>
        <translation>Ein Ton</translation>
    </message>
    <message>
        <source>One sound: compressed otherwise, or trimmed.</source>
        <translation>Ein Ton: anders komprimiert oder gekürzt.</translation>
    </message>
    <message>
        <source>One text</source>
        <translation>Ein Text</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>{name} öffnen</translation>
    </message>
    <message>
        <source>Photos of one moment. Keep those that you like best.</source>
        <translation>Fotos eines Augenblicks. Behalten Sie die, die Ihnen am besten gefallen.</translation>
    </message>
    <message>
        <source>Picture of {name}</source>
        <translation>Bild von {name}</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show {name} in its folder</source>
        <translation>{name} im Ordner zeigen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Suggested: it can be edited.</source>
        <translation>Vorschlag: Sie lässt sich bearbeiten.</translation>
    </message>
    <message>
        <source>Suggested: it has other names, so removing it frees nothing.</source>
        <translation>Vorschlag: sie hat weitere Namen, sie zu entfernen schafft also keinen Platz.</translation>
    </message>
    <message>
        <source>Suggested: it has the most pixels.</source>
        <translation>Vorschlag: sie hat die meisten Pixel.</translation>
    </message>
    <message>
        <source>Suggested: it has the pictures, too.</source>
        <translation>Vorschlag: sie hat auch die Bilder.</translation>
    </message>
    <message>
        <source>Suggested: it is compressed least.</source>
        <translation>Vorschlag: sie ist am wenigsten komprimiert.</translation>
    </message>
    <message>
        <source>Suggested: it is the longest.</source>
        <translation>Vorschlag: sie ist die längste.</translation>
    </message>
    <message>
        <source>Suggested: it is the newest version.</source>
        <translation>Vorschlag: die neueste Fassung.</translation>
    </message>
    <message>
        <source>Suggested: it is the sharpest.</source>
        <translation>Vorschlag: sie ist die schärfste.</translation>
    </message>
    <message>
        <source>Suggested: it says how it was taken.</source>
        <translation>Vorschlag: sie sagt, wie sie aufgenommen wurde.</translation>
    </message>
    <message>
        <source>Suggested: its path is the shortest.</source>
        <translation>Vorschlag: ihr Pfad ist der kürzeste.</translation>
    </message>
    <message>
        <source>Suggested: the others are named as copies.</source>
        <translation>Vorschlag: die anderen heißen wie Kopien.</translation>
    </message>
    <message>
        <source>The first time takes longest. You can go on working.</source>
        <translation>Das erste Mal dauert am längsten. Sie können weiterarbeiten.</translation>
    </message>
    <message>
        <source>The longest has all of the others in it.</source>
        <translation>Die längste Datei enthält alle anderen ganz.</translation>
    </message>
    <message>
        <source>These files are the same, byte for byte.</source>
        <translation>Diese Dateien sind Byte für Byte gleich.</translation>
    </message>
    <message>
        <source>To your system&apos;s trash. Undo brings them back; one is always kept.</source>
        <translation>In den Papierkorb des Systems. Rückgängig holt sie zurück; eine bleibt immer.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Which groups are shown</source>
        <translation>Welche Gruppen gezeigt werden</translation>
    </message>
    <message>
        <source>{name} and the others are shown no more.</source>
        <translation>{name} und die anderen werden nicht mehr gezeigt.</translation>
    </message>
    <message>
        <source>{name} was changed meanwhile, and stays.</source>
        <translation>{name} wurde inzwischen geändert und bleibt.</translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) could not be compared</source>
        <translation>
            <numerusform>{n} Datei konnte nicht verglichen werden</numerusform>
            <numerusform>{n} Dateien konnten nicht verglichen werden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} group(s)</source>
        <translation>
            <numerusform>{n} Gruppe</numerusform>
            <numerusform>{n} Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} more are kept.</source>
        <translation>
            <numerusform>{n} weitere wird behalten.</numerusform>
            <numerusform>{n} weitere werden behalten.</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} can be freed</source>
        <translation>{size} können frei werden</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Amazon Nova</source>
        <translation>Amazon Nova</translation>
    </message>
    <message>
        <source>Belongs to it</source>
        <translation>Gehört dazu</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>E</source>
        <translation>O</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>Stellen</translation>
    </message>
    <message>
        <source>Moments of this file</source>
        <translation>Stellen dieser Datei</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>Nearly the same</source>
        <translation>Fast gleich</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>Searchable by</source>
        <translation>Durchsuchbar mit</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>The same file is also in</source>
        <translation>Dieselbe Datei liegt auch in</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>Watched folder</source>
        <translation>Überwachter Ordner</translation>
    </message>
    <message>
        <source>Why it matches</source>
        <translation>Warum es passt</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more place(s)</source>
        <translation>
            <numerusform>und {n} weiterer Ort</numerusform>
            <numerusform>und {n} weitere Orte</numerusform>
        </translation>
    </message>
    <message>
        <source>as noted in the file</source>
        <translation>laut der Datei</translation>
    </message>
    <message>
        <source>as noted in the file beside it</source>
        <translation>laut der Datei daneben</translation>
    </message>
    <message>
        <source>as the camera noted</source>
        <translation>laut der Kamera</translation>
    </message>
    <message>
        <source>by the file&apos;s name</source>
        <translation>nach dem Dateinamen</translation>
    </message>
    <message>
        <source>this device</source>
        <translation>dieser Computer</translation>
    </message>
    <message>
        <source>when the file was last changed</source>
        <translation>als die Datei zuletzt geändert wurde</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message numerus="yes">
        <source>{n} part(s)</source>
        <translation>
            <numerusform>{n} Teil</numerusform>
            <numerusform>{n} Teile</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>Columns of the list</source>
        <translation>Spalten der Liste</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>Die Liste kopieren</translation>
    </message>
    <message>
        <source>Failed files</source>
        <translation>Fehlgeschlagene Dateien</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Filter by name or reason</source>
        <translation>Nach Name oder Grund filtern</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Nothing failed.</source>
        <translation>Nichts ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show only files with these words</source>
        <translation>Nur Dateien mit diesen Wörtern zeigen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Alle erneut versuchen</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>Diese erneut versuchen</translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) could not be indexed. All others are searchable.</source>
        <translation>
            <numerusform>{n} Datei konnte nicht indiziert werden. Alle anderen sind durchsuchbar.</numerusform>
            <numerusform>{n} Dateien konnten nicht indiziert werden. Alle anderen sind durchsuchbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} of {all} failed files</source>
        <translation>{n} von {all} fehlgeschlagenen Dateien</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Drop here</source>
        <translation>Hier ablegen</translation>
    </message>
    <message>
        <source>Drop to add the folder</source>
        <translation>Ablegen, um den Ordner hinzuzufügen</translation>
    </message>
    <message>
        <source>Drop to search by it</source>
        <translation>Ablegen, um danach zu suchen</translation>
    </message>
    <message>
        <source>No program opens {name}. Choose one in your desktop&apos;s settings.</source>
        <translation>Kein Programm öffnet {name}. Wählen Sie eines in den Einstellungen Ihres Desktops.</translation>
    </message>
    <message>
        <source>Only files on this device can be searched by. Save it here first.</source>
        <translation>Nur nach Dateien auf diesem Computer kann gesucht werden. Speichern Sie sie zuerst hier.</translation>
    </message>
    <message>
        <source>{name} is not there now. Connect its drive, or rescan.</source>
        <translation>{name} ist gerade nicht da. Schließen Sie das Laufwerk an, oder suchen Sie nach Änderungen.</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>1 h and more</source>
        <translation>1 h und mehr</translation>
    </message>
    <message>
        <source>1 to 5 min</source>
        <translation>1 bis 5 min</translation>
    </message>
    <message>
        <source>20 min to 1 h</source>
        <translation>20 min bis 1 h</translation>
    </message>
    <message>
        <source>5 to 20 min</source>
        <translation>5 bis 20 min</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>Any {name}</source>
        <translation>Alles: {name}</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filter entfernen</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>From {day}</source>
        <translation>Ab {day}</translation>
    </message>
    <message>
        <source>Kinds of files</source>
        <translation>Arten von Dateien</translation>
    </message>
    <message>
        <source>Kinds of files: {kind}</source>
        <translation>Arten von Dateien: {kind}</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>Weitere Filter</translation>
    </message>
    <message>
        <source>More filters ({n})</source>
        <translation>Weitere Filter ({n})</translation>
    </message>
    <message>
        <source>No file here has stars.</source>
        <translation>Keine Datei hier hat Sterne.</translation>
    </message>
    <message>
        <source>No file here has tags.</source>
        <translation>Keine Datei hier hat Stichwörter.</translation>
    </message>
    <message>
        <source>No file here says where it was taken.</source>
        <translation>Keine Datei hier sagt, wo sie aufgenommen wurde.</translation>
    </message>
    <message>
        <source>No file here says with which camera it was taken.</source>
        <translation>Keine Datei hier sagt, mit welcher Kamera sie aufgenommen wurde.</translation>
    </message>
    <message>
        <source>None is called so.</source>
        <translation>Nichts heißt so.</translation>
    </message>
    <message>
        <source>Nothing has both the chosen and the typed length.</source>
        <translation>Nichts hat zugleich die gewählte und die eingegebene Länge.</translation>
    </message>
    <message>
        <source>Nothing is both {one} and {other}: take one away.</source>
        <translation>Nichts ist zugleich {one} und {other}: Nehmen Sie eines weg.</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search in this list</source>
        <translation>In dieser Liste suchen</translation>
    </message>
    <message>
        <source>Show {kind}</source>
        <translation>{kind} zeigen</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Stichwort</translation>
    </message>
    <message>
        <source>The chosen date and the typed one have no day in common.</source>
        <translation>Das gewählte und das eingegebene Datum haben keinen Tag gemeinsam.</translation>
    </message>
    <message>
        <source>There is nothing to choose from yet.</source>
        <translation>Noch gibt es nichts zur Auswahl.</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>In diesem Monat</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Diese Woche</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>Dieses Jahr</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Until {day}</source>
        <translation>Bis {day}</translation>
    </message>
    <message>
        <source>Up to 1 min</source>
        <translation>Bis 1 min</translation>
    </message>
    <message>
        <source>{first} and {n} more</source>
        <translation>{first} und {n} weitere</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
    <message>
        <source>{length} and more</source>
        <translation>{length} und mehr</translation>
    </message>
    <message>
        <source>{name}: any</source>
        <translation>{name}: beliebig</translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s)</source>
        <translation>
            <numerusform>{n} Datei</numerusform>
            <numerusform>{n} Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} more: type to find them.</source>
        <translation>
            <numerusform>{n} weiteres: Tippen Sie, um es zu finden.</numerusform>
            <numerusform>{n} weitere: Tippen Sie, um sie zu finden.</numerusform>
        </translation>
    </message>
    <message>
        <source>{stars} and more</source>
        <translation>{stars} und mehr</translation>
    </message>
</context>
<context>
    <name>First start</name>
    <message>
        <source>&amp;On this computer alone</source>
        <translation>&amp;Nur auf diesem Computer</translation>
    </message>
    <message>
        <source>A model that sees pictures and films makes this better: it is fetched once, now or at any time later in the settings, and runs here too.</source>
        <translation>Besser wird das mit einem Modell, das Bilder und Filme sieht: Es wird einmal geholt, jetzt oder jederzeit später in den Einstellungen, und läuft ebenfalls hier.</translation>
    </message>
    <message>
        <source>Add another folder</source>
        <translation>Weiteren Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add another folder…</source>
        <translation>Weiteren Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Choose a folder first</source>
        <translation>Wählen Sie zuerst einen Ordner</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>Ein Modell wählen …</translation>
    </message>
    <message>
        <source>First start</source>
        <translation>Erster Start</translation>
    </message>
    <message>
        <source>Free, and nothing leaves this computer. It reads text, writes down what is said, and recognises letters and about a thousand kinds of things in pictures. It does not see a picture or hear a sound as a person does: moods, actions and most sounds are found by names and descriptions only.</source>
        <translation>Kostenlos, und nichts verlässt diesen Computer. Sie liest Text, schreibt Gesprochenes auf und erkennt in Bildern Schrift und etwa tausend Arten von Dingen. Sie sieht ein Bild und hört einen Ton nicht so wie ein Mensch: Stimmungen, Handlungen und die meisten Geräusche werden nur über Namen und Beschreibungen gefunden.</translation>
    </message>
    <message>
        <source>Indexing goes on in the background, gently, and what is done can be found at once: you can search while it works. The bar at the bottom says how far it is.</source>
        <translation>Die Indizierung läuft behutsam im Hintergrund, und was fertig ist, wird sofort gefunden: Sie können suchen, während sie arbeitet. Die Leiste unten sagt, wie weit sie ist.</translation>
    </message>
    <message>
        <source>It sees and hears, and costs money in an AWS account of yours. You see what a folder would cost before any of its files is sent, and set a limit. You can do this at any time later, from the Library menu.</source>
        <translation>Es sieht und hört und kostet Geld in Ihrem AWS-Konto. Sie sehen, was ein Ordner kosten würde, bevor eine seiner Dateien gesendet wird, und setzen eine Grenze. Das geht auch jederzeit später, im Menü „Bibliothek“.</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird durchgesehen …</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Nothing that can be indexed</source>
        <translation>Nichts, was indiziert werden kann</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Set up Amazon Nova…</source>
        <translation>Amazon Nova einrichten …</translation>
    </message>
    <message>
        <source>Start indexing</source>
        <translation>Indizierung starten</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>Schritt {step} von {steps}</translation>
    </message>
    <message>
        <source>What is in these folders can be searched, and so can what comes into them later. No file is changed or moved. You can drop a folder here, too.</source>
        <translation>Was in diesen Ordnern liegt, kann durchsucht werden, und auch, was später hinzukommt. Keine Datei wird geändert oder verschoben. Sie können auch einen Ordner hier ablegen.</translation>
    </message>
    <message>
        <source>What shall be found?</source>
        <translation>Was soll gefunden werden?</translation>
    </message>
    <message>
        <source>What shall search?</source>
        <translation>Was soll suchen?</translation>
    </message>
    <message>
        <source>With &amp;Amazon Nova beside it</source>
        <translation>Mit &amp;Amazon Nova daneben</translation>
    </message>
    <message>
        <source>{count} left out: {reason}</source>
        <translation>{count} ausgelassen: {reason}</translation>
    </message>
    <message>
        <source>{folders}: {found} to index.</source>
        <translation>{folders}: {found} zu indizieren.</translation>
    </message>
    <message>
        <source>{found} so far…</source>
        <translation>{found} bisher …</translation>
    </message>
    <message numerus="yes">
        <source>{n} document(s)</source>
        <translation>
            <numerusform>{n} Dokument</numerusform>
            <numerusform>{n} Dokumente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) of other kinds</source>
        <translation>
            <numerusform>{n} Datei anderer Art</numerusform>
            <numerusform>{n} Dateien anderer Art</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) only online: not downloaded</source>
        <translation>
            <numerusform>{n} Datei nur online: wird nicht heruntergeladen</numerusform>
            <numerusform>{n} Dateien nur online: werden nicht heruntergeladen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} note(s)</source>
        <translation>
            <numerusform>{n} Notiz</numerusform>
            <numerusform>{n} Notizen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo(s)</source>
        <translation>
            <numerusform>{n} Foto</numerusform>
            <numerusform>{n} Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} place(s) that can&apos;t be opened</source>
        <translation>
            <numerusform>{n} Ort, der sich nicht öffnen lässt</numerusform>
            <numerusform>{n} Orte, die sich nicht öffnen lassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} sound(s)</source>
        <translation>
            <numerusform>{n} Tonaufnahme</numerusform>
            <numerusform>{n} Tonaufnahmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} video(s)</source>
        <translation>
            <numerusform>{n} Video</numerusform>
            <numerusform>{n} Videos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message>
        <source>A look takes {seconds} s</source>
        <translation>Einmal durchsehen dauert {seconds} s</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder (Ctrl+O)</source>
        <translation>Ordner hinzufügen (Strg+O)</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Add folders</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message numerus="yes">
        <source>Add {n} folder(s) to the library?</source>
        <translation>
            <numerusform>{n} Ordner zur Bibliothek hinzufügen?</numerusform>
            <numerusform>{n} Ordner zur Bibliothek hinzufügen?</numerusform>
        </translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>Alle Ordner</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>At the service</source>
        <translation>Beim Dienst</translation>
    </message>
    <message>
        <source>Can&apos;t be opened</source>
        <translation>Lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Columns of the list</source>
        <translation>Spalten der Liste</translation>
    </message>
    <message>
        <source>Describing</source>
        <translation>Beschreiben</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>Einbetten</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>From {start} to {stop}</source>
        <translation>Von {start} bis {stop}</translation>
    </message>
    <message>
        <source>Index now</source>
        <translation>Jetzt indizieren</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Indizierung</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>Nach Änderungen suchen</translation>
    </message>
    <message>
        <source>Look for changes in all</source>
        <translation>In allen nach Änderungen suchen</translation>
    </message>
    <message>
        <source>Look for changes in all folders (F5)</source>
        <translation>In allen Ordnern nach Änderungen suchen (F5)</translation>
    </message>
    <message>
        <source>Looked through just now</source>
        <translation>Gerade durchgesehen</translation>
    </message>
    <message>
        <source>Looked through on {day}</source>
        <translation>Durchgesehen am {day}</translation>
    </message>
    <message numerus="yes">
        <source>Looked through {n} hour(s) ago</source>
        <translation>
            <numerusform>Vor {n} Stunde durchgesehen</numerusform>
            <numerusform>Vor {n} Stunden durchgesehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Looked through {n} minute(s) ago</source>
        <translation>
            <numerusform>Vor {n} Minute durchgesehen</numerusform>
            <numerusform>Vor {n} Minuten durchgesehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for changes…</source>
        <translation>Es wird nach Änderungen gesucht …</translation>
    </message>
    <message>
        <source>No files yet</source>
        <translation>Noch keine Dateien</translation>
    </message>
    <message>
        <source>No folder is watched yet. Add one, and what is in it can be found.</source>
        <translation>Noch wird kein Ordner überwacht. Fügen Sie einen hinzu, und was darin liegt, kann gefunden werden.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht angeschlossen</translation>
    </message>
    <message>
        <source>Not looked through yet</source>
        <translation>Noch nicht durchgesehen</translation>
    </message>
    <message>
        <source>Only when I say so</source>
        <translation>Nur wenn ich es sage</translation>
    </message>
    <message>
        <source>Pause this folder</source>
        <translation>Diesen Ordner anhalten</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Relocate…</source>
        <translation>Neu zuordnen …</translation>
    </message>
    <message>
        <source>Remove from the library…</source>
        <translation>Aus der Bibliothek entfernen …</translation>
    </message>
    <message>
        <source>Remove the chosen folder from the library</source>
        <translation>Den gewählten Ordner aus der Bibliothek entfernen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Resume this folder</source>
        <translation>Diesen Ordner fortsetzen</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>Regeln …</translation>
    </message>
    <message>
        <source>Say where the folder is now, if it was moved or its drive has a new name</source>
        <translation>Sagen, wo der Ordner jetzt liegt, wenn er verschoben wurde oder sein Laufwerk einen neuen Namen hat</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>Auf dem neuesten Stand</translation>
    </message>
    <message>
        <source>Waiting to be asked</source>
        <translation>Wartet auf Sie</translation>
    </message>
    <message>
        <source>Waits until {start}</source>
        <translation>Wartet bis {start}</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>Überwachte Ordner</translation>
    </message>
    <message numerus="yes">
        <source>Would bring back {n} file(s).</source>
        <translation>
            <numerusform>Würde {n} Datei zurückbringen.</numerusform>
            <numerusform>Würde {n} Dateien zurückbringen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Would leave out {n} file(s).</source>
        <translation>
            <numerusform>Würde {n} Datei auslassen.</numerusform>
            <numerusform>Würde {n} Dateien auslassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>can&apos;t be opened</source>
        <translation>lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>from {time}</source>
        <translation>ab {time}</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>wird durchgesehen …</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht angeschlossen</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartend</translation>
    </message>
    <message>
        <source>{number} failed</source>
        <translation>{number} fehlgeschlagen</translation>
    </message>
    <message>
        <source>{number} left out</source>
        <translation>{number} ausgelassen</translation>
    </message>
    <message>
        <source>{number} offline</source>
        <translation>{number} nicht angeschlossen</translation>
    </message>
    <message>
        <source>{number} searchable</source>
        <translation>{number} durchsuchbar</translation>
    </message>
    <message>
        <source>{number} waiting</source>
        <translation>{number} wartend</translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s)</source>
        <translation>
            <numerusform>{n} Datei</numerusform>
            <numerusform>{n} Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>{state}: drive {drive}</source>
        <translation>{state}: Laufwerk {drive}</translation>
    </message>
    <message numerus="yes">
        <source>… and {n} more folder(s)</source>
        <translation>
            <numerusform>… und {n} weiterer Ordner</numerusform>
            <numerusform>… und {n} weitere Ordner</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>About the search engine</source>
        <translation>Über die Suchmaschine</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Goes on, although it would rest; Settings say when it does</source>
        <translation>Läuft weiter, obwohl sie ruhen würde; wann sie ruht, sagen die Einstellungen</translation>
    </message>
    <message>
        <source>Index now anyway</source>
        <translation>Trotzdem jetzt indizieren</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Indizierung</translation>
    </message>
    <message>
        <source>Opening the library…</source>
        <translation>Die Bibliothek wird geöffnet …</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>Indizierung anhalten</translation>
    </message>
    <message>
        <source>Resume indexing</source>
        <translation>Indizierung fortsetzen</translation>
    </message>
    <message>
        <source>Which files failed, why, and trying again</source>
        <translation>Welche Dateien fehlgeschlagen sind, warum, und erneut versuchen</translation>
    </message>
    <message numerus="yes">
        <source>{n} failure(s)</source>
        <translation>
            <numerusform>{n} Fehler</numerusform>
            <numerusform>{n} Fehler</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation>{n} wartend</translation>
    </message>
</context>
<context>
    <name>Kinds</name>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Tonaufnahme</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Tonaufnahmen</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message>
        <source>A new label</source>
        <translation>Ein neues Schlagwort</translation>
    </message>
    <message>
        <source>A word of your own, such as “invoice”</source>
        <translation>Ein eigenes Wort, etwa „Rechnung“</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Give the label</source>
        <translation>Schlagwort geben</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Groups like this</source>
        <translation>Gruppen wie diese</translation>
    </message>
    <message>
        <source>Its files get a label of this name, and a search for it is saved.</source>
        <translation>Seine Dateien bekommen ein Etikett dieses Namens, und eine Suche danach wird gesichert.</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Labels and groups</source>
        <translation>Schlagwörter und Gruppen</translation>
    </message>
    <message>
        <source>Like {name}</source>
        <translation>Wie {name}</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message>
        <source>Looking for groups… {share} %</source>
        <translation>Gruppen werden gesucht … {share} %</translation>
    </message>
    <message>
        <source>Make an album</source>
        <translation>Album anlegen</translation>
    </message>
    <message>
        <source>Much alike</source>
        <translation>Sehr ähnlich</translation>
    </message>
    <message>
        <source>Name of the album</source>
        <translation>Name des Albums</translation>
    </message>
    <message>
        <source>No files are so much like one another that they make a group.</source>
        <translation>Keine Dateien gleichen einander so sehr, dass sie eine Gruppe bilden.</translation>
    </message>
    <message>
        <source>Not this</source>
        <translation>Nicht dies</translation>
    </message>
    <message>
        <source>Remove the label</source>
        <translation>Schlagwort entfernen</translation>
    </message>
    <message>
        <source>Show files with it</source>
        <translation>Dateien damit zeigen</translation>
    </message>
    <message>
        <source>Show the group</source>
        <translation>Gruppe zeigen</translation>
    </message>
    <message>
        <source>Suggested files</source>
        <translation>Vorgeschlagene Dateien</translation>
    </message>
    <message numerus="yes">
        <source>The album {name} has {n} file(s).</source>
        <translation>
            <numerusform>Das Album {name} hat {n} Datei.</numerusform>
            <numerusform>Das Album {name} hat {n} Dateien.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{name}: {accepted} with it, {suggested} suggested</source>
        <translation>{name}: {accepted} damit, {suggested} vorgeschlagen</translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) are in none.</source>
        <translation>
            <numerusform>{n} Datei ist in keiner.</numerusform>
            <numerusform>{n} Dateien sind in keiner.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) are not {name}.</source>
        <translation>
            <numerusform>{n} Datei ist nicht {name}.</numerusform>
            <numerusform>{n} Dateien sind nicht {name}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) got the label {name}.</source>
        <translation>
            <numerusform>{n} Datei bekam das Schlagwort {name}.</numerusform>
            <numerusform>{n} Dateien bekamen das Schlagwort {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>A command line at work has the library open, and does not answer. End it there, or wait.</source>
        <translation>Eine Befehlszeile hat die Bibliothek geöffnet und antwortet nicht. Beenden Sie sie dort, oder warten Sie.</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Amazon Nova: {amount} this month — details…</source>
        <translation>Amazon Nova: {amount} in diesem Monat – Einzelheiten …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove a folder</source>
        <translation>Ordner entfernen</translation>
    </message>
    <message>
        <source>Remove {name} from the library?</source>
        <translation>{name} aus der Bibliothek entfernen?</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>The files themselves stay where they are.</source>
        <translation>Die Dateien selbst bleiben, wo sie sind.</translation>
    </message>
    <message numerus="yes">
        <source>The index forgets {n} file(s) of it.</source>
        <translation>
            <numerusform>Der Index vergisst {n} Datei davon.</numerusform>
            <numerusform>Der Index vergisst {n} Dateien davon.</numerusform>
        </translation>
    </message>
    <message>
        <source>The library does not answer. You can wait, or start it again.</source>
        <translation>Die Bibliothek antwortet nicht. Sie können warten oder sie neu starten.</translation>
    </message>
    <message>
        <source>The library is being opened again…</source>
        <translation>Die Bibliothek wird neu geöffnet …</translation>
    </message>
    <message>
        <source>The library&apos;s process had ended, and was started again. Nothing is lost.</source>
        <translation>Der Prozess der Bibliothek war beendet und wurde neu gestartet. Nichts ist verloren.</translation>
    </message>
    <message>
        <source>What can&apos;t be done</source>
        <translation>Was nicht möglich ist</translation>
    </message>
    <message>
        <source>Where is “{name}” now?</source>
        <translation>Wo liegt „{name}“ jetzt?</translation>
    </message>
    <message numerus="yes">
        <source>With them go {n} that Amazon Nova was paid for: adding the folder again would cost that again.</source>
        <translation>
            <numerusform>Damit geht {n} Datei, für die Amazon Nova bezahlt wurde: Den Ordner wieder hinzuzufügen, würde das noch einmal kosten.</numerusform>
            <numerusform>Damit gehen {n} Dateien, für die Amazon Nova bezahlt wurde: Den Ordner wieder hinzuzufügen, würde das noch einmal kosten.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;About Nova Desktop</source>
        <translation>Über &amp;Nova Desktop</translation>
    </message>
    <message>
        <source>&amp;Add a folder…</source>
        <translation>&amp;Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Duplicates…</source>
        <translation>&amp;Duplikate …</translation>
    </message>
    <message>
        <source>&amp;Files that failed…</source>
        <translation>&amp;Fehlgeschlagene Dateien …</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Bibliothek</translation>
    </message>
    <message>
        <source>&amp;Look for changes</source>
        <translation>Nach Ä&amp;nderungen suchen</translation>
    </message>
    <message>
        <source>&amp;Pause indexing</source>
        <translation>Indizierung &amp;anhalten</translation>
    </message>
    <message>
        <source>&amp;Preview</source>
        <translation>&amp;Vorschau</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Result</source>
        <translation>&amp;Ergebnis</translation>
    </message>
    <message>
        <source>&amp;Resume indexing</source>
        <translation>Indizierung &amp;fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suche</translation>
    </message>
    <message>
        <source>&amp;Search…</source>
        <translation>&amp;Suchen …</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>A&amp;ctivity…</source>
        <translation>A&amp;ktivität …</translation>
    </message>
    <message>
        <source>About the search &amp;engine</source>
        <translation>Über die &amp;Suchmaschine</translation>
    </message>
    <message>
        <source>Amazon &amp;Nova…</source>
        <translation>A&amp;mazon Nova …</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>C&amp;lear the search</source>
        <translation>Suche &amp;leeren</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>First s&amp;teps…</source>
        <translation>Erste S&amp;chritte …</translation>
    </message>
    <message>
        <source>Fo&amp;lders and rules…</source>
        <translation>O&amp;rdner und Regeln …</translation>
    </message>
    <message>
        <source>Labels and &amp;groups…</source>
        <translation>Sch&amp;lagwörter und Gruppen …</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>S&amp;hared library…</source>
        <translation>&amp;Gemeinsame Bibliothek …</translation>
    </message>
    <message>
        <source>Sa&amp;ve this search…</source>
        <translation>Diese Suche s&amp;peichern …</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Search by what was &amp;copied</source>
        <translation>Nach &amp;Kopiertem suchen</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>A CLIP model sees pictures and films as they are; nothing leaves this computer for it. It is fetched once, from Hugging Face, when you ask for it, and has to find known pictures before it is used.</source>
        <translation>Ein CLIP-Modell sieht Bilder und Filme, wie sie sind; dafür verlässt nichts diesen Computer. Es wird einmal von Hugging Face geholt, wenn Sie es wünschen, und muss bekannte Bilder finden, bevor es verwendet wird.</translation>
    </message>
    <message>
        <source>A folder with a model</source>
        <translation>Ein Ordner mit einem Modell</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Fetch {name}</source>
        <translation>{name} holen</translation>
    </message>
    <message>
        <source>Fetching: {done} of {whole}</source>
        <translation>Wird geholt: {done} von {whole}</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>It can be fetched again.</source>
        <translation>Es kann wieder geholt werden.</translation>
    </message>
    <message>
        <source>Looking at the model…</source>
        <translation>Das Modell wird geprüft …</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Progress of {name}</source>
        <translation>Fortschritt von {name}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
    <message>
        <source>Remove {name} from this computer?</source>
        <translation>{name} von diesem Computer entfernen?</translation>
    </message>
    <message>
        <source>Removed: {size} are free again.</source>
        <translation>Entfernt: {size} sind wieder frei.</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop fetching {name}</source>
        <translation>Das Holen von {name} anhalten</translation>
    </message>
    <message>
        <source>Stop using</source>
        <translation>Nicht mehr verwenden</translation>
    </message>
    <message>
        <source>Stop using {name}</source>
        <translation>{name} nicht mehr verwenden</translation>
    </message>
    <message>
        <source>Stopped. The next time goes on from there.</source>
        <translation>Angehalten. Das nächste Mal geht es dort weiter.</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use a folder…</source>
        <translation>Einen Ordner verwenden …</translation>
    </message>
    <message>
        <source>Use a model that is in a folder</source>
        <translation>Ein Modell verwenden, das in einem Ordner liegt</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>{name} verwenden</translation>
    </message>
    <message>
        <source>What was done with models</source>
        <translation>Was mit Modellen getan wurde</translation>
    </message>
    <message>
        <source>sees pictures and films</source>
        <translation>sieht Bilder und Filme</translation>
    </message>
    <message>
        <source>writes down speech</source>
        <translation>schreibt Gesprochenes auf</translation>
    </message>
    <message>
        <source>{name} is here. {found}</source>
        <translation>{name} ist da. {found}</translation>
    </message>
</context>
<context>
    <name>Moments</name>
    <message>
        <source>Page {page}</source>
        <translation>Seite {page}</translation>
    </message>
    <message>
        <source>Pages {first} – {last}</source>
        <translation>Seiten {first} – {last}</translation>
    </message>
    <message>
        <source>Passage from character {at}</source>
        <translation>Stelle ab Zeichen {at}</translation>
    </message>
    <message>
        <source>a passage</source>
        <translation>eine Stelle</translation>
    </message>
    <message>
        <source>p. {first}–{last}</source>
        <translation>S. {first}–{last}</translation>
    </message>
    <message>
        <source>p. {page}</source>
        <translation>S. {page}</translation>
    </message>
    <message>
        <source>page {page}</source>
        <translation>Seite {page}</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>Amazon Nova is not asked just now</source>
        <translation>Amazon Nova wird gerade nicht gefragt</translation>
    </message>
    <message>
        <source>Indexing has paused</source>
        <translation>Die Indizierung wurde angehalten</translation>
    </message>
    <message>
        <source>Indexing is done</source>
        <translation>Die Indizierung ist fertig</translation>
    </message>
    <message>
        <source>It is looked through for changes.</source>
        <translation>Er wird auf Änderungen durchgesehen.</translation>
    </message>
    <message>
        <source>Nova Desktop lists them with their reasons.</source>
        <translation>Nova Desktop führt sie mit ihren Gründen auf.</translation>
    </message>
    <message>
        <source>What is known of it stays, and can still be found.</source>
        <translation>Was von ihm bekannt ist, bleibt und kann weiterhin gefunden werden.</translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) can be found now.</source>
        <translation>
            <numerusform>{n} Datei kann jetzt gefunden werden.</numerusform>
            <numerusform>{n} Dateien können jetzt gefunden werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) could not be indexed</source>
        <translation>
            <numerusform>{n} Datei konnte nicht indiziert werden</numerusform>
            <numerusform>{n} Dateien konnten nicht indiziert werden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} new in “{name}”</source>
        <translation>
            <numerusform>{n} neuer Treffer in „{name}“</numerusform>
            <numerusform>{n} neue Treffer in „{name}“</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” is back</source>
        <translation>„{name}“ ist wieder da</translation>
    </message>
    <message>
        <source>“{name}” is not connected</source>
        <translation>„{name}“ ist nicht angeschlossen</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>Can&apos;t be played here</source>
        <translation>Kann hier nicht abgespielt werden</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Einzelbild</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>No subtitles</source>
        <translation>Keine Untertitel</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Play the moment over and over</source>
        <translation>Die Stelle immer wieder abspielen</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Save the moment as a clip</source>
        <translation>Die Stelle als Ausschnitt speichern</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Tonaufnahme</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Speed ([ and ])</source>
        <translation>Tempo ([ und ])</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Untertitel</translation>
    </message>
    <message>
        <source>Subtitles {n}</source>
        <translation>Untertitel {n}</translation>
    </message>
    <message>
        <source>The moment before</source>
        <translation>Die vorige Stelle</translation>
    </message>
    <message>
        <source>The next moment</source>
        <translation>Die nächste Stelle</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Ton einschalten</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>{strand}: best from {span}</source>
        <translation>{strand}: am besten ab {span}</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Choose a result to see it here.</source>
        <translation>Wählen Sie ein Ergebnis, um es hier zu sehen.</translation>
    </message>
    <message>
        <source>Clip…</source>
        <translation>Ausschnitt …</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliches finden</translation>
    </message>
    <message>
        <source>Like the whole file</source>
        <translation>Wie die ganze Datei</translation>
    </message>
    <message>
        <source>Like this: {part}</source>
        <translation>Wie das: {part}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open in its own program (Enter)</source>
        <translation>Im zugehörigen Programm öffnen (Eingabe)</translation>
    </message>
    <message>
        <source>Passage</source>
        <translation>Textstelle</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Save the moment as a clip (E)</source>
        <translation>Die Stelle als Ausschnitt speichern (E)</translation>
    </message>
    <message>
        <source>Search by this file, or this part (S)</source>
        <translation>Nach dieser Datei oder diesem Teil suchen (S)</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show the file in the file manager (Ctrl+Shift+R)</source>
        <translation>Die Datei in der Dateiverwaltung zeigen (Strg+Umschalt+R)</translation>
    </message>
    <message>
        <source>This is what was kept of it: {place} is not connected. Connect it to open the file.</source>
        <translation>Das wurde davon aufbewahrt: {place} ist nicht angeschlossen. Schließen Sie es an, um die Datei zu öffnen.</translation>
    </message>
    <message>
        <source>its drive is not connected</source>
        <translation>ihr Laufwerk ist nicht angeschlossen</translation>
    </message>
    <message>
        <source>… the text begins before this</source>
        <translation>… der Text beginnt vor dieser Stelle</translation>
    </message>
    <message>
        <source>… the text goes on</source>
        <translation>… der Text geht weiter</translation>
    </message>
</context>
<context>
    <name>Programs</name>
    <message>
        <source>{program} could not be started. Choose another program.</source>
        <translation>{program} konnte nicht gestartet werden. Wählen Sie ein anderes Programm.</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>No files yet</source>
        <translation>Noch keine Dateien</translation>
    </message>
    <message>
        <source>about {hours} h</source>
        <translation>etwa {hours} h</translation>
    </message>
    <message>
        <source>about {minutes} min</source>
        <translation>etwa {minutes} min</translation>
    </message>
    <message>
        <source>under a minute</source>
        <translation>unter einer Minute</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation>{n} fehlgeschlagen</translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s)</source>
        <translation>
            <numerusform>{n} Datei</numerusform>
            <numerusform>{n} Dateien</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>Its description</source>
        <translation>Seine Beschreibung</translation>
    </message>
    <message>
        <source>Its name</source>
        <translation>Sein Name</translation>
    </message>
    <message>
        <source>Its text</source>
        <translation>Sein Text</translation>
    </message>
    <message>
        <source>Letters in the picture</source>
        <translation>Schrift im Bild</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>Erkannt</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Untertitel</translation>
    </message>
    <message>
        <source>What is heard</source>
        <translation>Was zu hören ist</translation>
    </message>
    <message>
        <source>What is seen</source>
        <translation>Was zu sehen ist</translation>
    </message>
    <message>
        <source>Words heard</source>
        <translation>Gehörte Wörter</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>&amp;Raster</translation>
    </message>
    <message>
        <source>&amp;Larger pictures</source>
        <translation>&amp;Größere Bilder</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>&amp;Liste</translation>
    </message>
    <message>
        <source>&amp;Near-duplicates one by one</source>
        <translation>Fast gleiche ei&amp;nzeln</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Show in folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>&amp;Smaller pictures</source>
        <translation>&amp;Kleinere Bilder</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>Groß an&amp;sehen</translation>
    </message>
    <message numerus="yes">
        <source>+{n} alike</source>
        <translation>
            <numerusform>+{n} gleiche</numerusform>
            <numerusform>+{n} gleiche</numerusform>
        </translation>
    </message>
    <message>
        <source>Also {path}</source>
        <translation>Auch {path}</translation>
    </message>
    <message>
        <source>Amazon Nova</source>
        <translation>Amazon Nova</translation>
    </message>
    <message numerus="yes">
        <source>And {n} more.</source>
        <translation>
            <numerusform>Und {n} weiteres.</numerusform>
            <numerusform>Und {n} weitere.</numerusform>
        </translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>Beste zuerst</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>Connect the drive that holds them.</source>
        <translation>Schließen Sie das Laufwerk an, auf dem sie liegen.</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>&amp;Pfad kopieren</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Find si&amp;milar</source>
        <translation>Ä&amp;hnliches finden</translation>
    </message>
    <message>
        <source>Find similar to this mome&amp;nt</source>
        <translation>Ähnliches zu diesem Mome&amp;nt finden</translation>
    </message>
    <message>
        <source>Find similar to this pa&amp;ge</source>
        <translation>Ähnliches zu dieser Sei&amp;te finden</translation>
    </message>
    <message>
        <source>Find similar to this passa&amp;ge</source>
        <translation>Ähnliches zu dieser Ste&amp;lle finden</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Found by {engines}</source>
        <translation>Gefunden von {engines}</translation>
    </message>
    <message>
        <source>Good match</source>
        <translation>Guter Treffer</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Larger pictures (Ctrl+plus)</source>
        <translation>Größere Bilder (Strg+Plus)</translation>
    </message>
    <message>
        <source>Leave its &amp;folder out of the library</source>
        <translation>Seinen Ordner aus der Bib&amp;liothek auslassen</translation>
    </message>
    <message>
        <source>Leave ou&amp;t of the library</source>
        <translation>Aus der Bibliothek &amp;auslassen</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Moments: {moments}</source>
        <translation>Stellen: {moments}</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb verschieben</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>No other program is known</source>
        <translation>Kein anderes Programm ist bekannt</translation>
    </message>
    <message>
        <source>Not connected now. Connect the drive that holds {folder}.</source>
        <translation>Gerade nicht angeschlossen. Schließen Sie das Laufwerk an, auf dem {folder} liegt.</translation>
    </message>
    <message>
        <source>Nova</source>
        <translation>Nova</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>On another computer: {where}</source>
        <translation>Auf einem anderen Rechner: {where}</translation>
    </message>
    <message>
        <source>Open &amp;with</source>
        <translation>Öffnen &amp;mit</translation>
    </message>
    <message>
        <source>Order of the results</source>
        <translation>Reihenfolge der Ergebnisse</translation>
    </message>
    <message>
        <source>P&amp;lay or pause</source>
        <translation>Abspielen oder anhal&amp;ten</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Sea&amp;rch with this, too</source>
        <translation>Auch damit s&amp;uchen</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Es wird gesucht …</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Alle aus&amp;wählen</translation>
    </message>
    <message>
        <source>Show as a grid (Ctrl+1)</source>
        <translation>Als Raster zeigen (Strg+1)</translation>
    </message>
    <message>
        <source>Show as a list (Ctrl+2)</source>
        <translation>Als Liste zeigen (Strg+2)</translation>
    </message>
    <message>
        <source>Smaller pictures (Ctrl+minus)</source>
        <translation>Kleinere Bilder (Strg+Minus)</translation>
    </message>
    <message>
        <source>Strong match</source>
        <translation>Sicherer Treffer</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Weak match</source>
        <translation>Schwacher Treffer</translation>
    </message>
    <message>
        <source>Why it matched</source>
        <translation>Warum es passt</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <translation>
            <numerusform>und {n} weiteres</numerusform>
            <numerusform>und {n} weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>in the trash</source>
        <translation>im Papierkorb</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>nicht angeschlossen</translation>
    </message>
    <message>
        <source>passage {n}</source>
        <translation>Textstelle {n}</translation>
    </message>
    <message>
        <source>the shared library</source>
        <translation>die gemeinsame Bibliothek</translation>
    </message>
    <message>
        <source>this device</source>
        <translation>dieser Computer</translation>
    </message>
    <message>
        <source>{name} is in the trash.</source>
        <translation>{name} liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>{name} is left out of the library.</source>
        <translation>{name} ist aus der Bibliothek ausgelassen.</translation>
    </message>
    <message numerus="yes">
        <source>{n} copies</source>
        <translation>
            <numerusform>{n} Kopie</numerusform>
            <numerusform>{n} Kopien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) are in the trash.</source>
        <translation>
            <numerusform>{n} Datei liegt im Papierkorb.</numerusform>
            <numerusform>{n} Dateien liegen im Papierkorb.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) are left out of the library.</source>
        <translation>
            <numerusform>{n} Datei ist aus der Bibliothek ausgelassen.</numerusform>
            <numerusform>{n} Dateien sind aus der Bibliothek ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) can&apos;t be copied now.</source>
        <translation>
            <numerusform>{n} Datei kann gerade nicht kopiert werden.</numerusform>
            <numerusform>{n} Dateien können gerade nicht kopiert werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} moments</source>
        <translation>
            <numerusform>{n} Stelle</numerusform>
            <numerusform>{n} Stellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} nearly the same: {names}</source>
        <translation>
            <numerusform>{n} fast gleiche: {names}</numerusform>
            <numerusform>{n} fast gleiche: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} result(s)</source>
        <translation>
            <numerusform>{n} Ergebnis</numerusform>
            <numerusform>{n} Ergebnisse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} selected</source>
        <translation>
            <numerusform>{n} ausgewählt</numerusform>
            <numerusform>{n} ausgewählt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>At certain hours:</source>
        <translation>Zu bestimmten Zeiten:</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>For example:
{patterns}</source>
        <translation>Zum Beispiel:
{patterns}</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Left out by hand</source>
        <translation>Von Hand ausgelassen</translation>
    </message>
    <message>
        <source>Left out by pattern</source>
        <translation>Durch Muster ausgelassen</translation>
    </message>
    <message>
        <source>Let the hours end later than they begin.</source>
        <translation>Lassen Sie die Zeiten später enden, als sie beginnen.</translation>
    </message>
    <message>
        <source>Not at all: nothing in it is found</source>
        <translation>Gar nicht: nichts darin wird gefunden</translation>
    </message>
    <message>
        <source>Nothing. Results and failures can be left out from their menus.</source>
        <translation>Nichts. Ergebnisse und Fehler lassen sich über ihre Menüs auslassen.</translation>
    </message>
    <message>
        <source>On this computer only</source>
        <translation>Nur auf diesem Computer</translation>
    </message>
    <message>
        <source>On this computer, and by Amazon Nova…</source>
        <translation>Auf diesem Computer und durch Amazon Nova …</translation>
    </message>
    <message>
        <source>One a line, as in a .gitignore file. Files stay where they are; what comes back within 30 days need not be indexed again.</source>
        <translation>Eines je Zeile, wie in einer .gitignore-Datei. Dateien bleiben, wo sie sind; was innerhalb von 30 Tagen zurückkommt, muss nicht neu indiziert werden.</translation>
    </message>
    <message>
        <source>Only when I say so</source>
        <translation>Nur wenn ich es sage</translation>
    </message>
    <message>
        <source>Patterns of what is left out</source>
        <translation>Muster für das, was ausgelassen wird</translation>
    </message>
    <message>
        <source>Rules of “{folder}”</source>
        <translation>Regeln von „{folder}“</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>What can&apos;t be done</source>
        <translation>Was nicht möglich ist</translation>
    </message>
    <message>
        <source>What the patterns would do</source>
        <translation>Was die Muster bewirken würden</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Where its files are indexed</source>
        <translation>Wo seine Dateien indiziert werden</translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) come back.</source>
        <translation>
            <numerusform>{n} Datei kommt zurück.</numerusform>
            <numerusform>{n} Dateien kommen zurück.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) left the index.</source>
        <translation>
            <numerusform>{n} Datei hat den Index verlassen.</numerusform>
            <numerusform>{n} Dateien haben den Index verlassen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Saved</name>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget a saved search</source>
        <translation>Gespeicherte Suche vergessen</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget the saved search</source>
        <translation>Die gespeicherte Suche vergessen</translation>
    </message>
    <message>
        <source>Forget the saved search “{name}”?</source>
        <translation>Die gespeicherte Suche „{name}“ vergessen?</translation>
    </message>
    <message>
        <source>Forget…	Del</source>
        <translation>Vergessen …	Entf</translation>
    </message>
    <message>
        <source>Name of the search</source>
        <translation>Name der Suche</translation>
    </message>
    <message>
        <source>Rename	F2</source>
        <translation>Umbenennen	F2</translation>
    </message>
    <message>
        <source>Replaces the search of that name.</source>
        <translation>Ersetzt die Suche dieses Namens.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the search</source>
        <translation>Die Suche speichern</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>Diese Suche speichern</translation>
    </message>
    <message>
        <source>Saved search</source>
        <translation>Gespeicherte Suche</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>What it finds stays where it is.</source>
        <translation>Was sie findet, bleibt, wo es ist.</translation>
    </message>
    <message numerus="yes">
        <source>{name}, {n} new</source>
        <translation>
            <numerusform>{name}, {n} neuer Treffer</numerusform>
            <numerusform>{name}, {n} neue Treffer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>At most {most} can be searched by at once: take one out.</source>
        <translation>Nach höchstens {most} kann zugleich gesucht werden: Nehmen Sie eines heraus.</translation>
    </message>
    <message>
        <source>By all of the file</source>
        <translation>Nach der ganzen Datei</translation>
    </message>
    <message>
        <source>Change the words</source>
        <translation>Die Wörter ändern</translation>
    </message>
    <message>
        <source>Clear the search (Esc)</source>
        <translation>Die Suche leeren (Esc)</translation>
    </message>
    <message>
        <source>Click to say how much it counts</source>
        <translation>Klicken, um zu sagen, wie viel es zählt</translation>
    </message>
    <message>
        <source>Forget recent searches</source>
        <translation>Letzte Suchen vergessen</translation>
    </message>
    <message>
        <source>How much {name} counts</source>
        <translation>Wie viel {name} zählt</translation>
    </message>
    <message>
        <source>Less like {name}, weight {times}</source>
        <translation>Weniger wie {name}, Gewicht {times}</translation>
    </message>
    <message>
        <source>Less of this</source>
        <translation>Weniger davon</translation>
    </message>
    <message>
        <source>Make the words a part of their own (Shift+Enter)</source>
        <translation>Die Wörter zu einem eigenen Teil machen (Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>More like {name}, weight {times}</source>
        <translation>Mehr wie {name}, Gewicht {times}</translation>
    </message>
    <message>
        <source>More of this</source>
        <translation>Mehr davon</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Save this search (Ctrl+D)</source>
        <translation>Diese Suche speichern (Strg+D)</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>Gespeichert als {name}</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search by words, or drop a file here</source>
        <translation>Mit Wörtern suchen oder eine Datei hier ablegen</translation>
    </message>
    <message>
        <source>Tab takes the first · Esc closes this</source>
        <translation>Tab nimmt den ersten · Esc schließt dies</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Take {name} out of the search</source>
        <translation>{name} aus der Suche nehmen</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>a tag that it was given</source>
        <translation>ein Stichwort, das sie bekommen hat</translation>
    </message>
    <message>
        <source>ending of the file&apos;s name: jpg, pdf</source>
        <translation>Endung des Dateinamens: jpg, pdf</translation>
    </message>
    <message>
        <source>how long a film or a sound is: &gt;5m, 1m..3m</source>
        <translation>wie lang ein Film oder Ton ist: &gt;5m, 1m..3m</translation>
    </message>
    <message>
        <source>in a folder</source>
        <translation>in einem Ordner</translation>
    </message>
    <message>
        <source>kind of file: photo, video, sound, document, note</source>
        <translation>Art der Datei: photo, video, sound, document, note</translation>
    </message>
    <message>
        <source>like a file: beach.jpg, film.mp4@1:02, plan.pdf#3</source>
        <translation>wie eine Datei: strand.jpg, film.mp4@1:02, plan.pdf#3</translation>
    </message>
    <message>
        <source>order: newest, oldest, name</source>
        <translation>Reihenfolge: newest, oldest, name</translation>
    </message>
    <message>
        <source>part of the file&apos;s name</source>
        <translation>Teil des Dateinamens</translation>
    </message>
    <message>
        <source>pasted picture</source>
        <translation>eingefügtes Bild</translation>
    </message>
    <message>
        <source>stars: 4, &gt;=3</source>
        <translation>Sterne: 4, &gt;=3</translation>
    </message>
    <message>
        <source>taken near a place</source>
        <translation>nahe einem Ort aufgenommen</translation>
    </message>
    <message>
        <source>what it was taken with</source>
        <translation>womit sie aufgenommen wurde</translation>
    </message>
    <message>
        <source>when it was taken: 2024, yesterday, 2023..2024</source>
        <translation>wann sie aufgenommen wurde: 2024, yesterday, 2023..2024</translation>
    </message>
    <message numerus="yes">
        <source>{n} were left out.</source>
        <translation>
            <numerusform>{n} wurde ausgelassen.</numerusform>
            <numerusform>{n} wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>… and words</source>
        <translation>… und Wörter</translation>
    </message>
    <message>
        <source>− Less of this</source>
        <translation>− Weniger davon</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>A library managed by Photos: export its pictures to a folder to index them.</source>
        <translation>Eine von „Fotos“ verwaltete Mediathek: Exportieren Sie ihre Bilder in einen Ordner, um sie zu indizieren.</translation>
    </message>
    <message>
        <source>A link: what it points to is indexed where it lives.</source>
        <translation>Eine Verknüpfung: Worauf sie zeigt, wird dort indiziert, wo es liegt.</translation>
    </message>
    <message>
        <source>A page is a number from 1 to {most}, as #3.</source>
        <translation>Eine Seite ist eine Zahl von 1 bis {most}, wie #3.</translation>
    </message>
    <message>
        <source>A partial download or a temporary file.</source>
        <translation>Ein unvollständiger Download oder eine temporäre Datei.</translation>
    </message>
    <message>
        <source>A radius is a number of kilometres, as near:Rome~25km.</source>
        <translation>Ein Umkreis ist eine Zahl von Kilometern, wie near:Paris~25km.</translation>
    </message>
    <message>
        <source>A radius is more than 0 and at most {most} km.</source>
        <translation>Ein Umkreis ist mehr als 0 und höchstens {most} km.</translation>
    </message>
    <message>
        <source>A rating is a number from 1 to 5, as rating:4 or rating:&gt;=3.</source>
        <translation>Eine Bewertung ist eine Zahl von 1 bis 5, wie rating:4 oder rating:&gt;=3.</translation>
    </message>
    <message>
        <source>A weight is more than 0 and at most {most}, as dog^2.</source>
        <translation>Ein Gewicht ist mehr als 0 und höchstens {most}, wie Hund^2.</translation>
    </message>
    <message>
        <source>Amazon Nova in {region}: it sees, hears and reads what is sent there, for a fee.</source>
        <translation>Amazon Nova in {region}: Es sieht, hört und liest gegen Gebühr, was dorthin gesendet wird.</translation>
    </message>
    <message>
        <source>An error in Nova Desktop kept the library from being opened. Your own files are not affected; the report says what happened.</source>
        <translation>Ein Fehler in Nova Desktop hat verhindert, dass die Bibliothek geöffnet wird. Ihre eigenen Dateien sind nicht betroffen; der Bericht sagt, was geschehen ist.</translation>
    </message>
    <message>
        <source>An order can&apos;t be left out: take the minus before sort: away.</source>
        <translation>Eine Reihenfolge kann nicht ausgeschlossen werden: Nehmen Sie das Minus vor sort: weg.</translation>
    </message>
    <message>
        <source>Another Nova Desktop is using {path}. Close it, or wait.</source>
        <translation>Ein anderes Nova Desktop verwendet {path}. Schließen Sie es, oder warten Sie.</translation>
    </message>
    <message>
        <source>Basic on-device engine: it finds by recognised things, letters, speech and text; it does not see or hear as Amazon Nova does.</source>
        <translation>Einfache Suchmaschine auf diesem Computer: Sie findet über erkannte Dinge, Schrift, Gesprochenes und Text; sie sieht und hört nicht wie Amazon Nova.</translation>
    </message>
    <message>
        <source>CLIP ViT-B/32 by OpenAI: English.</source>
        <translation>CLIP ViT-B/32 von OpenAI: Englisch.</translation>
    </message>
    <message>
        <source>CLIP engine on this device, {name}: it sees pictures and films; it does not hear sounds, and finds speech and documents by their words.</source>
        <translation>CLIP-Suchmaschine auf diesem Gerät, {name}: Sie sieht Bilder und Filme; Töne hört sie nicht, und Gesprochenes und Dokumente findet sie durch ihre Wörter.</translation>
    </message>
    <message>
        <source>Coordinates are degrees north (-90 to 90), a comma, and degrees east (-180 to 180), as near:47.37,8.54.</source>
        <translation>Koordinaten sind Grad nördlicher Breite (-90 bis 90), ein Komma und Grad östlicher Länge (-180 bis 180), wie near:47.37,8.54.</translation>
    </message>
    <message>
        <source>Found by words alone.</source>
        <translation>Nur durch Wörter gefunden.</translation>
    </message>
    <message>
        <source>Hidden: its name starts with a dot.</source>
        <translation>Versteckt: Der Name beginnt mit einem Punkt.</translation>
    </message>
    <message>
        <source>Indexing stopped because of an error in Nova Desktop. The log says which; start it again.</source>
        <translation>Die Indizierung wurde wegen eines Fehlers in Nova Desktop beendet. Das Protokoll sagt, welcher; starten Sie das Programm neu.</translation>
    </message>
    <message>
        <source>Installed program packages, not your own files.</source>
        <translation>Installierte Programmpakete, nicht Ihre eigenen Dateien.</translation>
    </message>
    <message>
        <source>Left behind by unpacking an archive made on a Mac.</source>
        <translation>Vom Entpacken eines Archivs übrig, das auf einem Mac entstand.</translation>
    </message>
    <message>
        <source>No close matches. Try other words, or fewer filters.</source>
        <translation>Nichts Passendes gefunden. Versuchen Sie andere Wörter oder weniger Filter.</translation>
    </message>
    <message>
        <source>No type is left: take one of these away.</source>
        <translation>Keine Art bleibt übrig: Nehmen Sie eine davon weg.</translation>
    </message>
    <message>
        <source>Not a file: a pipe, a socket or a device.</source>
        <translation>Keine Datei, sondern eine Pipe, ein Socket oder ein Gerät.</translation>
    </message>
    <message>
        <source>Not files of yours: the system shows its own state here.</source>
        <translation>Keine Dateien von Ihnen: Das System zeigt hier seinen eigenen Zustand.</translation>
    </message>
    <message>
        <source>Nothing was recognised in this part of “{file}” to search by: choose another one, or describe it in words.</source>
        <translation>In diesem Teil von „{file}“ wurde nichts erkannt, wonach gesucht werden könnte: Wählen Sie einen anderen, oder beschreiben Sie ihn in Worten.</translation>
    </message>
    <message>
        <source>Nothing was recognised in “{file}” to search by: describe it in words.</source>
        <translation>In „{file}“ wurde nichts erkannt, wonach gesucht werden kann: Beschreiben Sie es in Wörtern.</translation>
    </message>
    <message>
        <source>Nova Desktop does not read this kind of file.</source>
        <translation>Nova Desktop liest Dateien dieser Art nicht.</translation>
    </message>
    <message>
        <source>Nova Desktop keeps its own data here.</source>
        <translation>Hier bewahrt Nova Desktop seine eigenen Daten auf.</translation>
    </message>
    <message>
        <source>Paused: nothing is indexed until you resume.</source>
        <translation>Angehalten: Nichts wird indiziert, bis Sie fortsetzen.</translation>
    </message>
    <message>
        <source>Resting: a program fills the screen.</source>
        <translation>Ruht: Ein Programm füllt den Bildschirm.</translation>
    </message>
    <message>
        <source>Resting: these are quiet hours.</source>
        <translation>Ruht: Es ist Ruhezeit.</translation>
    </message>
    <message>
        <source>Resting: this computer runs on its battery.</source>
        <translation>Ruht: Dieser Computer läuft mit dem Akku.</translation>
    </message>
    <message>
        <source>Resting: this network is paid by what goes over it.</source>
        <translation>Ruht: Dieses Netz wird nach Verbrauch bezahlt.</translation>
    </message>
    <message>
        <source>SigLIP 2 base: asked in many languages.</source>
        <translation>SigLIP 2 base: in vielen Sprachen gefragt.</translation>
    </message>
    <message>
        <source>Starting at login can&apos;t be changed ({reason}): {path}. Give access to it.</source>
        <translation>Der Start beim Anmelden lässt sich nicht ändern ({reason}): {path}. Geben Sie Zugriff darauf.</translation>
    </message>
    <message>
        <source>The disk of the index is nearly full. Free some space, and indexing goes on by itself.</source>
        <translation>Die Platte des Index ist fast voll. Schaffen Sie Platz, und die Indizierung läuft von selbst weiter.</translation>
    </message>
    <message>
        <source>The disk of {path} is full or failing. Free some space.</source>
        <translation>Die Platte von {path} ist voll oder defekt. Schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>The drive that was mounted here is not: plug it in again.</source>
        <translation>Das Laufwerk, das hier eingehängt war, fehlt: Schließen Sie es wieder an.</translation>
    </message>
    <message>
        <source>The library is closing. Start Nova Desktop again.</source>
        <translation>Die Bibliothek wird geschlossen. Starten Sie Nova Desktop neu.</translation>
    </message>
    <message>
        <source>The library&apos;s process ends again and again. The log says why, and `nova-desktop doctor` on the command line what may be missing. Nothing is lost.</source>
        <translation>Der Prozess der Bibliothek endet immer wieder. Das Protokoll sagt, warum, und `nova-desktop doctor` auf der Befehlszeile, was fehlen könnte. Nichts ist verloren.</translation>
    </message>
    <message>
        <source>The library&apos;s process has ended. Start Nova Desktop again; nothing is lost.</source>
        <translation>Der Prozess der Bibliothek ist beendet. Starten Sie Nova Desktop neu; nichts ist verloren.</translation>
    </message>
    <message>
        <source>The limit for {period} is reached: {spent} of {cap} are spent, and the next request may cost {next}. Raise the limit in Settings, or {otherwise}.</source>
        <translation>Die Grenze ist erreicht ({period}): {spent} von {cap} sind ausgegeben, und die nächste Anfrage kann {next} kosten. Erhöhen Sie die Grenze in den Einstellungen, oder: {otherwise}.</translation>
    </message>
    <message>
        <source>The name is too long: at most {n} characters.</source>
        <translation>Der Name ist zu lang: höchstens {n} Zeichen.</translation>
    </message>
    <message>
        <source>The operating system keeps this for itself.</source>
        <translation>Das Betriebssystem behält dies für sich.</translation>
    </message>
    <message>
        <source>The question is too long: at most {n} characters.</source>
        <translation>Die Frage ist zu lang: höchstens {n} Zeichen.</translation>
    </message>
    <message>
        <source>The search needs a name.</source>
        <translation>Die Suche braucht einen Namen.</translation>
    </message>
    <message>
        <source>There are {n} files called “{file}” in the library: write the folder too, as {form}.</source>
        <translation>In der Bibliothek gibt es {n} Dateien, die „{file}“ heißen: Schreiben Sie auch den Ordner, wie {form}.</translation>
    </message>
    <message>
        <source>There is a saved search “{name}” already. Choose another name.</source>
        <translation>Es gibt schon eine gespeicherte Suche „{name}“. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>There is no city called “{name}” in the list of places: write its coordinates, as near:47.37,8.54.</source>
        <translation>In der Liste der Orte gibt es keine Stadt namens „{name}“: Schreiben Sie ihre Koordinaten, wie near:47.37,8.54.</translation>
    </message>
    <message>
        <source>There is no file {path}. Check its name, or plug in its drive.</source>
        <translation>Es gibt keine Datei {path}. Prüfen Sie den Namen, oder schließen Sie das Laufwerk an.</translation>
    </message>
    <message>
        <source>There is no file “{file}” in the library: check its name, or write its whole path.</source>
        <translation>In der Bibliothek gibt es keine Datei „{file}“: Prüfen Sie ihren Namen, oder schreiben Sie ihren ganzen Pfad.</translation>
    </message>
    <message>
        <source>There is no folder {path}. Check its name, or plug in its drive.</source>
        <translation>Es gibt keinen Ordner {path}. Prüfen Sie den Namen, oder schließen Sie das Laufwerk an.</translation>
    </message>
    <message>
        <source>There is no home folder “{name}”.</source>
        <translation>Es gibt keinen persönlichen Ordner „{name}“.</translation>
    </message>
    <message>
        <source>There is no order “{text}”: choose from {orders}.</source>
        <translation>Es gibt keine Reihenfolge „{text}“: Wählen Sie aus {orders}.</translation>
    </message>
    <message>
        <source>There is no type “{text}”: choose from {types}.</source>
        <translation>Es gibt keine Art „{text}“: Wählen Sie aus {types}.</translation>
    </message>
    <message>
        <source>There is nothing between the marks; set them further apart.</source>
        <translation>Zwischen den Marken ist nichts; setzen Sie sie weiter auseinander.</translation>
    </message>
    <message>
        <source>There is nothing to save yet: type some words, or choose a filter.</source>
        <translation>Noch gibt es nichts zu speichern: Geben Sie Wörter ein, oder wählen Sie einen Filter.</translation>
    </message>
    <message>
        <source>TinyCLIP: small and fast, English.</source>
        <translation>TinyCLIP: klein und schnell, Englisch.</translation>
    </message>
    <message>
        <source>Try other words, or fewer filters.</source>
        <translation>Versuchen Sie andere Wörter oder weniger Filter.</translation>
    </message>
    <message>
        <source>Try other words.</source>
        <translation>Versuchen Sie andere Wörter.</translation>
    </message>
    <message>
        <source>What stands in quotes has to be there, so a weight says nothing of it: write a plus before the quotes, as +&quot;night at sea&quot;^2.</source>
        <translation>Was in Anführungszeichen steht, muss vorkommen, ein Gewicht sagt also nichts darüber: Schreiben Sie ein Plus vor die Anführungszeichen, wie +&quot;Nacht am Meer&quot;^2.</translation>
    </message>
    <message>
        <source>What this computer had pushed is not in {place} any more: it was erased there, or that is another bucket. To push all of it again, say so: nova-desktop sync push --again.</source>
        <translation>Was dieser Rechner gesendet hatte, liegt nicht mehr in {place}: es wurde dort gelöscht, oder das ist ein anderer Bucket. Um alles noch einmal zu senden, sagen Sie es: nova-desktop sync push --again.</translation>
    </message>
    <message>
        <source>Whisper medium: mishears less still, is much slower, and needs more memory.</source>
        <translation>Whisper medium: verhört sich noch seltener, ist viel langsamer und braucht mehr Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Whisper small: mishears less than the base one that ships, and is slower.</source>
        <translation>Whisper small: verhört sich seltener als das mitgelieferte base und ist langsamer.</translation>
    </message>
    <message>
        <source>You chose never to index this folder.</source>
        <translation>Sie haben gewählt, diesen Ordner nie zu indizieren.</translation>
    </message>
    <message>
        <source>You have no permission to open the folder {path}.</source>
        <translation>Sie haben keine Berechtigung, den Ordner {path} zu öffnen.</translation>
    </message>
    <message>
        <source>You have no permission to read {file}.</source>
        <translation>Sie haben kein Recht, {file} zu lesen.</translation>
    </message>
    <message>
        <source>You left it out.</source>
        <translation>Sie haben es ausgelassen.</translation>
    </message>
    <message>
        <source>bucket</source>
        <translation>Bucket</translation>
    </message>
    <message>
        <source>credentials</source>
        <translation>Zugangsdaten</translation>
    </message>
    <message>
        <source>endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>ext: needs the ending of a name, as {example}.</source>
        <translation>ext: braucht die Endung eines Namens, wie {example}.</translation>
    </message>
    <message>
        <source>in: needs the name of a folder, as {example}.</source>
        <translation>in: braucht den Namen eines Ordners, wie {example}.</translation>
    </message>
    <message>
        <source>like: needs a file, as like:beach.jpg.</source>
        <translation>like: braucht eine Datei, wie like:strand.jpg.</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>near: needs a place, as {example}.</source>
        <translation>near: braucht einen Ort, wie {example}.</translation>
    </message>
    <message>
        <source>permissions</source>
        <translation>Berechtigungen</translation>
    </message>
    <message>
        <source>region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>{file} can&apos;t be reached: {reason}.</source>
        <translation>{file} ist nicht zu erreichen: {reason}.</translation>
    </message>
    <message>
        <source>{file} can&apos;t be read: {reason}.</source>
        <translation>{file} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{file} is of a kind that has no preview.</source>
        <translation>{file} ist von einer Art, für die es keine Vorschau gibt.</translation>
    </message>
    <message>
        <source>{form}: is there twice: leave one out.</source>
        <translation>{form}: steht zweimal da: Lassen Sie eines weg.</translation>
    </message>
    <message>
        <source>{form}: takes one date, or two as 2023..2024.</source>
        <translation>{form}: nimmt ein Datum, oder zwei wie 2023..2024.</translation>
    </message>
    <message>
        <source>{form}: takes one duration, or two as 1m..3m.</source>
        <translation>{form}: nimmt eine Dauer, oder zwei wie 1m..3m.</translation>
    </message>
    <message>
        <source>{path} is a file. Add the folder that it is in.</source>
        <translation>{path} ist eine Datei. Fügen Sie den Ordner hinzu, in dem sie liegt.</translation>
    </message>
    <message>
        <source>{path} is where Nova Desktop keeps its own data: choose another.</source>
        <translation>In {path} bewahrt Nova Desktop seine eigenen Daten auf: Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>“{file}” can&apos;t be opened ({reason}); check the file and its name.</source>
        <translation>„{file}“ lässt sich nicht öffnen ({reason}); prüfen Sie die Datei und ihren Namen.</translation>
    </message>
    <message>
        <source>“{file}” could not be decoded: it crashed the decoder.</source>
        <translation>„{file}“ konnte nicht dekodiert werden: Der Dekoder ist daran abgestürzt.</translation>
    </message>
    <message>
        <source>“{file}” has no pictures; choose a name that ends in .m4a.</source>
        <translation>„{file}“ hat keine Bilder; wählen Sie einen Namen, der auf .m4a endet.</translation>
    </message>
    <message>
        <source>“{file}” has no sound to save; choose a name that ends in .mp4.</source>
        <translation>„{file}“ hat keinen Ton, der gespeichert werden könnte; wählen Sie einen Namen, der auf .mp4 endet.</translation>
    </message>
    <message>
        <source>“{file}” has {n} pages: choose one of them.</source>
        <translation>„{file}“ hat {n} Seiten: Wählen Sie eine davon.</translation>
    </message>
    <message>
        <source>“{file}” holds neither pictures nor sound that can be played; replace it with a good copy.</source>
        <translation>„{file}“ enthält weder Bilder noch Ton zum Abspielen; ersetzen Sie die Datei durch eine gute Kopie.</translation>
    </message>
    <message>
        <source>“{file}” holds no sound that can be decoded.</source>
        <translation>„{file}“ enthält keinen Ton, der sich dekodieren lässt.</translation>
    </message>
    <message>
        <source>“{file}” holds nothing that its name promises, nor anything else that can be read; replace it with a good copy.</source>
        <translation>„{file}“ enthält weder, was der Name verspricht, noch sonst etwas Lesbares; ersetzen Sie die Datei durch eine gute Kopie.</translation>
    </message>
    <message>
        <source>“{file}” is a folder: choose a file that is in it.</source>
        <translation>„{file}“ ist ein Ordner: Wählen Sie eine Datei darin.</translation>
    </message>
    <message>
        <source>“{file}” is being saved already.</source>
        <translation>„{file}“ wird schon gespeichert.</translation>
    </message>
    <message>
        <source>“{file}” is damaged or incomplete{told}; replace it with a good copy.</source>
        <translation>„{file}“ ist beschädigt oder unvollständig{told}; ersetzen Sie die Datei durch eine gute Kopie.</translation>
    </message>
    <message>
        <source>“{file}” is empty; copy it here again if it should not be.</source>
        <translation>„{file}“ ist leer; kopieren Sie die Datei noch einmal hierher, falls sie es nicht sein sollte.</translation>
    </message>
    <message>
        <source>“{file}” is encrypted; save a copy without a password to find it.</source>
        <translation>„{file}“ ist verschlüsselt; speichern Sie eine Kopie ohne Passwort, um sie zu finden.</translation>
    </message>
    <message>
        <source>“{file}” is in no watched folder; add its folder to see more.</source>
        <translation>„{file}“ ist in keinem überwachten Ordner; fügen Sie seinen Ordner hinzu, um mehr zu sehen.</translation>
    </message>
    <message>
        <source>“{file}” is no document that can be read; replace it with a good copy.</source>
        <translation>„{file}“ ist kein lesbares Dokument; ersetzen Sie die Datei durch eine gute Kopie.</translation>
    </message>
    <message>
        <source>“{file}” is not a picture that can be read; replace it with a good copy.</source>
        <translation>„{file}“ ist kein lesbares Bild; ersetzen Sie die Datei durch eine gute Kopie.</translation>
    </message>
    <message>
        <source>“{file}” is not a text, whatever its name says; rename it.</source>
        <translation>„{file}“ ist kein Text, was immer der Name sagt; benennen Sie die Datei um.</translation>
    </message>
    <message>
        <source>“{file}” is not divided so: ask with all of it.</source>
        <translation>„{file}“ ist nicht so unterteilt: Fragen Sie mit der ganzen Datei.</translation>
    </message>
    <message>
        <source>“{file}” is of a kind that can&apos;t be read: choose another file.</source>
        <translation>„{file}“ ist von einer Art, die nicht gelesen werden kann: Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>“{file}” is one of your own files; choose another name for the clip.</source>
        <translation>„{file}“ ist eine Ihrer eigenen Dateien; wählen Sie einen anderen Namen für den Ausschnitt.</translation>
    </message>
    <message>
        <source>“{file}” is shorter than that: choose an earlier part.</source>
        <translation>„{file}“ ist kürzer: Wählen Sie einen früheren Teil.</translation>
    </message>
    <message>
        <source>“{file}” is the original; choose another name for the clip.</source>
        <translation>„{file}“ ist das Original; wählen Sie einen anderen Namen für den Ausschnitt.</translation>
    </message>
    <message>
        <source>“{file}” is {length} seconds long: choose an earlier moment.</source>
        <translation>„{file}“ ist {length} Sekunden lang: Wählen Sie eine frühere Stelle.</translation>
    </message>
    <message>
        <source>“{file}” needs more memory than there is; make it smaller.</source>
        <translation>„{file}“ braucht mehr Arbeitsspeicher, als da ist; verkleinern Sie die Datei.</translation>
    </message>
    <message>
        <source>“{file}” took longer than {seconds} s to read.</source>
        <translation>„{file}“ zu lesen, dauerte länger als {seconds} s.</translation>
    </message>
    <message>
        <source>“{file}” waits to be indexed anew: it is compared with what was indexed before.</source>
        <translation>„{file}“ wartet darauf, neu indiziert zu werden: Verglichen wird mit dem, was vorher indiziert wurde.</translation>
    </message>
    <message>
        <source>“{file}” was not sent: it is compared on this device only.</source>
        <translation>„{file}“ wurde nicht gesendet: Die Datei wird nur auf diesem Computer verglichen.</translation>
    </message>
    <message>
        <source>“{text}” ends before it begins: write the earlier date first.</source>
        <translation>„{text}“ endet, bevor es beginnt: Schreiben Sie das frühere Datum zuerst.</translation>
    </message>
    <message>
        <source>“{text}” ends before it begins: write the earlier time first.</source>
        <translation>„{text}“ endet, bevor es beginnt: Schreiben Sie die frühere Zeit zuerst.</translation>
    </message>
    <message>
        <source>“{text}” ends before it begins: write the shorter one first.</source>
        <translation>„{text}“ endet, bevor es beginnt: Schreiben Sie die kürzere Dauer zuerst.</translation>
    </message>
    <message>
        <source>“{text}” is no date: write it as 2024, 2024-05-31, 2023..2024, &gt;2024-01-01, yesterday, &quot;3 days ago&quot;, may or &quot;last summer&quot;.</source>
        <translation>„{text}“ ist kein Datum: Schreiben Sie es wie 2024, 2024-05-31, 2023..2024, &gt;2024-01-01, gestern, &quot;vor 3 Tagen&quot;, Mai oder &quot;letzten Sommer&quot;.</translation>
    </message>
    <message>
        <source>“{text}” is no duration: write it as &lt;30s, &gt;5m or 1m..3m.</source>
        <translation>„{text}“ ist keine Dauer: Schreiben Sie sie wie &lt;30s, &gt;5m oder 1m..3m.</translation>
    </message>
    <message>
        <source>“{text}” is no ending of a name: write it as {example}.</source>
        <translation>„{text}“ ist keine Endung eines Namens: Schreiben Sie sie wie {example}.</translation>
    </message>
    <message>
        <source>“{text}” is no file: write like:beach.jpg.</source>
        <translation>„{text}“ ist keine Datei: Schreiben Sie like:strand.jpg.</translation>
    </message>
    <message>
        <source>“{text}” is no page: write it as #3, or #3..5.</source>
        <translation>„{text}“ ist keine Seite: Schreiben Sie sie wie #3 oder #3..5.</translation>
    </message>
    <message>
        <source>“{text}” is no time in a film: write it as @1:02, or @1:02..1:17.</source>
        <translation>„{text}“ ist keine Zeit in einem Film: Schreiben Sie sie wie @1:02 oder @1:02..1:17.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source> kB/s</source>
        <translation> kB/s</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>$</source>
        <translation>$</translation>
    </message>
    <message>
        <source>A CLIP model and Amazon Nova</source>
        <translation>Ein CLIP-Modell und Amazon Nova</translation>
    </message>
    <message>
        <source>A film is asked for twice, and costs more.</source>
        <translation>Für einen Film wird zweimal gefragt, und er kostet mehr.</translation>
    </message>
    <message>
        <source>A film, a game or a presentation is not disturbed.</source>
        <translation>Ein Film, ein Spiel oder eine Präsentation wird nicht gestört.</translation>
    </message>
    <message>
        <source>A larger Whisper model: its folder, or the name of one that was fetched under Models.</source>
        <translation>Ein größeres Whisper-Modell: sein Ordner oder der Name eines, das unter „Modelle“ geholt wurde.</translation>
    </message>
    <message>
        <source>Above it, what is only held ready is let go, and one file is read at a time.</source>
        <translation>Darüber wird losgelassen, was nur bereitgehalten wird, und es wird eine Datei nach der anderen gelesen.</translation>
    </message>
    <message>
        <source>Account, folders and spending…</source>
        <translation>Konto, Ordner und Ausgaben …</translation>
    </message>
    <message>
        <source>After five minutes without a key or a movement.</source>
        <translation>Nach fünf Minuten ohne Taste oder Bewegung.</translation>
    </message>
    <message>
        <source>After it the file is listed as failed, and the next begins.</source>
        <translation>Danach gilt die Datei als fehlgeschlagen, und die nächste beginnt.</translation>
    </message>
    <message>
        <source>All as they came</source>
        <translation>Alle wie vorgegeben</translation>
    </message>
    <message>
        <source>Amazon Nova</source>
        <translation>Amazon Nova</translation>
    </message>
    <message>
        <source>Amazon Nova also sees pictures and hears sounds, for money; what may leave this computer is decided folder by folder.</source>
        <translation>Amazon Nova sieht auch Bilder und hört Töne, für Geld; was diesen Computer verlassen darf, wird Ordner für Ordner entschieden.</translation>
    </message>
    <message>
        <source>Amazon&apos;s prices of your own, written as resources/prices.toml.</source>
        <translation>Eigene Fassung von Amazons Preisen, geschrieben wie resources/prices.toml.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>At most in a month</source>
        <translation>Höchstens in einem Monat</translation>
    </message>
    <message>
        <source>At most in one run</source>
        <translation>Höchstens in einem Lauf</translation>
    </message>
    <message>
        <source>At most on the line</source>
        <translation>Höchstens auf der Leitung</translation>
    </message>
    <message>
        <source>At most; everything else on this computer goes first anyway.</source>
        <translation>Höchstens; alles andere auf diesem Computer geht ohnehin vor.</translation>
    </message>
    <message>
        <source>Back to: {value}</source>
        <translation>Zurück auf: {value}</translation>
    </message>
    <message>
        <source>Begins with the desktop, without showing its window.</source>
        <translation>Beginnt mit dem Desktop, ohne sein Fenster zu zeigen.</translation>
    </message>
    <message>
        <source>Below it on the disk of the index, nothing more is written.</source>
        <translation>Wenn auf der Platte des Index weniger frei ist, wird nichts mehr geschrieben.</translation>
    </message>
    <message>
        <source>CLIP model</source>
        <translation>CLIP-Modell</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Choose a file: {name}</source>
        <translation>Datei wählen: {name}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Closing the window keeps the program there, where there is one.</source>
        <translation>Beim Schließen des Fensters bleibt das Programm dort, wo es einen gibt.</translation>
    </message>
    <message>
        <source>Computers that are to share one library choose the same.</source>
        <translation>Rechner, die eine Bibliothek teilen sollen, wählen denselben.</translation>
    </message>
    <message>
        <source>Counts from the next start.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Default of {name}</source>
        <translation>Vorgabe von {name}</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Do not pay for what is still and silent</source>
        <translation>Für Unbewegtes und Stilles nicht bezahlen</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Suchmaschine</translation>
    </message>
    <message>
        <source>Fewer by itself, when the service bears no more.</source>
        <translation>Von selbst weniger, wenn der Dienst nicht mehr verträgt.</translation>
    </message>
    <message>
        <source>Fewer take less room and find a little less. Fewer than before are made without paying again.</source>
        <translation>Weniger brauchen weniger Platz und finden etwas weniger. Weniger als zuvor entstehen, ohne noch einmal zu bezahlen.</translation>
    </message>
    <message>
        <source>File with prices</source>
        <translation>Datei mit Preisen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Files at a time</source>
        <translation>Dateien gleichzeitig</translation>
    </message>
    <message>
        <source>Find the sound of a film apart from its picture</source>
        <translation>Den Ton eines Films getrennt vom Bild finden</translation>
    </message>
    <message>
        <source>Finds photos of pages, signs and screens by what they say.</source>
        <translation>Findet Fotos von Seiten, Schildern und Bildschirmen durch das, was darauf steht.</translation>
    </message>
    <message>
        <source>Folder in the S3 bucket</source>
        <translation>Ordner im S3-Bucket</translation>
    </message>
    <message>
        <source>Forget recent searches</source>
        <translation>Letzte Suchen vergessen</translation>
    </message>
    <message>
        <source>Free space to keep</source>
        <translation>Freizuhaltender Platz</translation>
    </message>
    <message>
        <source>From one start of the program to the next.</source>
        <translation>Von einem Start des Programms zum nächsten.</translation>
    </message>
    <message>
        <source>Goes on when the computer is plugged in.</source>
        <translation>Läuft weiter, wenn der Computer am Netz hängt.</translation>
    </message>
    <message>
        <source>How much indexing takes</source>
        <translation>Wie viel die Indizierung beansprucht</translation>
    </message>
    <message>
        <source>Keys of {name}</source>
        <translation>Tasten für {name}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Length of a moment</source>
        <translation>Länge einer Stelle</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Letters in pictures</source>
        <translation>Schrift in Bildern</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Light or dark.</source>
        <translation>Hell oder dunkel.</translation>
    </message>
    <message>
        <source>Longest time for one file</source>
        <translation>Längste Zeit für eine Datei</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Menus and lists do not move or fade.</source>
        <translation>Menüs und Listen bewegen sich nicht und blenden nicht über.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Name of the library in it</source>
        <translation>Name der Bibliothek darin</translation>
    </message>
    <message>
        <source>Names about a thousand kinds of things, colours, light, and kinds of sound.</source>
        <translation>Benennt etwa tausend Arten von Dingen, Farben, das Licht und Arten von Klängen.</translation>
    </message>
    <message>
        <source>Never index</source>
        <translation>Nie indizieren</translation>
    </message>
    <message>
        <source>Never more than there are cores for them.</source>
        <translation>Nie mehr, als es Kerne dafür gibt.</translation>
    </message>
    <message>
        <source>No setting is called that.</source>
        <translation>Keine Einstellung heißt so.</translation>
    </message>
    <message>
        <source>Nothing is indexed between these times.</source>
        <translation>Zwischen diesen Zeiten wird nichts indiziert.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer unless you choose Amazon Nova and allow it for a folder. There is no account and no telemetry, and nothing is downloaded but models that you ask for.</source>
        <translation>Nichts verlässt diesen Computer, außer Sie wählen Amazon Nova und erlauben es für einen Ordner. Es gibt kein Konto und keine Telemetrie, und heruntergeladen werden nur Modelle, die Sie wünschen.</translation>
    </message>
    <message>
        <source>Nothing that would cost more is sent.</source>
        <translation>Was mehr kosten würde, wird nicht gesendet.</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Numbers in a vector</source>
        <translation>Zahlen in einem Vektor</translation>
    </message>
    <message>
        <source>Of the system&apos;s; headings follow at the next start.</source>
        <translation>Der des Systems; Überschriften folgen beim nächsten Start.</translation>
    </message>
    <message>
        <source>On a metered network</source>
        <translation>In einem getakteten Netz</translation>
    </message>
    <message>
        <source>On battery</source>
        <translation>Im Akkubetrieb</translation>
    </message>
    <message>
        <source>On this computer only; off forgets them at once.</source>
        <translation>Nur auf diesem Computer; „aus“ vergisst sie sofort.</translation>
    </message>
    <message>
        <source>One library on several computers</source>
        <translation>Eine Bibliothek auf mehreren Rechnern</translation>
    </message>
    <message>
        <source>Only what lies under it is touched; it ends with a slash.</source>
        <translation>Nur was darunter liegt, wird angefasst; er endet mit einem Schrägstrich.</translation>
    </message>
    <message>
        <source>Only while Amazon Nova is used; nothing else is sent.</source>
        <translation>Nur während Amazon Nova verwendet wird; sonst wird nichts gesendet.</translation>
    </message>
    <message>
        <source>Other computers then see what a file is called, and where it is.</source>
        <translation>Andere Rechner sehen dann, wie eine Datei heißt und wo sie liegt.</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Patterns as in a .gitignore, one a line, such as *.bak or Private/. What matches is forgotten; the files stay.</source>
        <translation>Muster wie in einer .gitignore, eines je Zeile, etwa *.bak oder Privat/. Was passt, wird vergessen; die Dateien bleiben.</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Press keys in a field to give them to an action.</source>
        <translation>Drücken Sie Tasten in einem Feld, um sie einer Aktion zu geben.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Processor cores while nobody is here</source>
        <translation>Prozessorkerne, während niemand da ist</translation>
    </message>
    <message>
        <source>Processor cores while you are here</source>
        <translation>Prozessorkerne, während Sie da sind</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>Ruhezeiten</translation>
    </message>
    <message>
        <source>Reading files</source>
        <translation>Dateien lesen</translation>
    </message>
    <message>
        <source>Recent searches are forgotten.</source>
        <translation>Die letzten Suchen sind vergessen.</translation>
    </message>
    <message>
        <source>Remember recent searches</source>
        <translation>Letzte Suchen merken</translation>
    </message>
    <message>
        <source>Requests at a time</source>
        <translation>Anfragen gleichzeitig</translation>
    </message>
    <message>
        <source>Role for batch jobs</source>
        <translation>Rolle für Stapelaufträge</translation>
    </message>
    <message>
        <source>Saved, and in use.</source>
        <translation>Gespeichert und in Gebrauch.</translation>
    </message>
    <message>
        <source>Saved. The library is opened again for it…</source>
        <translation>Gespeichert. Die Bibliothek wird dafür neu geöffnet …</translation>
    </message>
    <message>
        <source>Says once each that a long run is done, a drive has gone or come back, or much has failed.</source>
        <translation>Sagt je einmal, dass ein langer Lauf fertig ist, ein Laufwerk weg oder wieder da ist oder viel fehlgeschlagen ist.</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Die Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Search with</source>
        <translation>Suchen mit</translation>
    </message>
    <message>
        <source>Send small pictures</source>
        <translation>Kleine Bilder senden</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Size of results</source>
        <translation>Größe der Ergebnisse</translation>
    </message>
    <message>
        <source>So much of a film or a sound is found as one. Counts for files that are indexed from now on.</source>
        <translation>So viel von einem Film oder Ton wird als eines gefunden. Gilt für Dateien, die von nun an indiziert werden.</translation>
    </message>
    <message>
        <source>So that a sync leaves room for others.</source>
        <translation>Damit ein Abgleich anderen Platz lässt.</translation>
    </message>
    <message>
        <source>So that files that are on another computer have a face here.</source>
        <translation>Damit Dateien, die auf einem anderen Rechner liegen, hier ein Gesicht haben.</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>Stay in the tray</source>
        <translation>Im Infobereich bleiben</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Such parts of films are found by what comes before them.</source>
        <translation>Solche Teile von Filmen werden durch das gefunden, was vor ihnen kommt.</translation>
    </message>
    <message>
        <source>Tell the names and places of files</source>
        <translation>Namen und Orte von Dateien mitteilen</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>The ARN of an IAM role, by which large backlogs are sent as jobs.</source>
        <translation>Die ARN einer IAM-Rolle, mit der große Rückstände als Aufträge gesendet werden.</translation>
    </message>
    <message>
        <source>The ffmpeg program</source>
        <translation>Das Programm ffmpeg</translation>
    </message>
    <message>
        <source>The folder of one, or the name of one that was fetched. Use one under Models, and this is written for you.</source>
        <translation>Der Ordner eines Modells oder der Name eines geholten. Verwenden Sie eines unter „Modelle“, dann wird dies für Sie eingetragen.</translation>
    </message>
    <message>
        <source>The width of a picture in the grid.</source>
        <translation>Die Breite eines Bildes im Raster.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Things in pictures</source>
        <translation>Dinge in Bildern</translation>
    </message>
    <message>
        <source>This computer alone</source>
        <translation>Dieser Computer allein</translation>
    </message>
    <message>
        <source>This computer and Amazon Nova</source>
        <translation>Dieser Computer und Amazon Nova</translation>
    </message>
    <message>
        <source>This computer does not tell, so it is not minded here.</source>
        <translation>Dieser Computer sagt es nicht, deshalb wird es hier nicht beachtet.</translation>
    </message>
    <message>
        <source>This computer, with a CLIP model</source>
        <translation>Dieser Computer mit einem CLIP-Modell</translation>
    </message>
    <message>
        <source>Vector bucket</source>
        <translation>Vektor-Bucket</translation>
    </message>
    <message>
        <source>What can&apos;t be</source>
        <translation>Was nicht geht</translation>
    </message>
    <message>
        <source>What films and sounds are read with.</source>
        <translation>Womit Filme und Töne gelesen werden.</translation>
    </message>
    <message>
        <source>What is known of your files lies in one folder that only you may read; Storage shows it. Your own files are only ever read.</source>
        <translation>Was über Ihre Dateien bekannt ist, liegt in einem Ordner, den nur Sie lesen dürfen; „Speicher“ zeigt ihn. Ihre eigenen Dateien werden immer nur gelesen.</translation>
    </message>
    <message>
        <source>What is recognised</source>
        <translation>Was erkannt wird</translation>
    </message>
    <message>
        <source>What is said</source>
        <translation>Was gesagt wird</translation>
    </message>
    <message>
        <source>What was sent…</source>
        <translation>Was gesendet wurde …</translation>
    </message>
    <message>
        <source>When it rests</source>
        <translation>Wann sie ruht</translation>
    </message>
    <message>
        <source>While a program fills the screen</source>
        <translation>Während ein Programm den Bildschirm füllt</translation>
    </message>
    <message>
        <source>Writes down speech in films and recordings; takes the longest.</source>
        <translation>Schreibt Gesprochenes in Filmen und Aufnahmen auf; dauert am längsten.</translation>
    </message>
    <message>
        <source>Your own in Amazon S3 Vectors; it is made when something is pushed. Nothing leaves this computer before that.</source>
        <translation>Ihr eigener in Amazon S3 Vectors; er wird angelegt, wenn etwas gesendet wird. Vorher verlässt nichts diesen Rechner.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>as shipped</source>
        <translation>wie mitgeliefert</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation>von selbst gefunden</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>no keys</source>
        <translation>keine Tasten</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none: no batch jobs</source>
        <translation>keine: keine Stapelaufträge</translation>
    </message>
    <message>
        <source>none: nothing is shared</source>
        <translation>keiner: nichts wird geteilt</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>reset</source>
        <translation>zurücksetzen</translation>
    </message>
    <message>
        <source>the one that ships</source>
        <translation>das mitgelieferte</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>{keys} is “{action}” already. Change that first, or press others.</source>
        <translation>{keys} ist schon „{action}“. Ändern Sie zuerst das, oder drücken Sie andere.</translation>
    </message>
    <message>
        <source>{name}: from</source>
        <translation>{name}: von</translation>
    </message>
    <message>
        <source>{name}: until</source>
        <translation>{name}: bis</translation>
    </message>
</context>
<context>
    <name>Shared library</name>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>&amp;Erase there…</source>
        <translation>Dort &amp;löschen …</translation>
    </message>
    <message>
        <source>&amp;Push only</source>
        <translation>Nur &amp;senden</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Sync</source>
        <translation>&amp;Abgleichen</translation>
    </message>
    <message>
        <source>A sync is running.</source>
        <translation>Ein Abgleich läuft.</translation>
    </message>
    <message>
        <source>Both sides are the same.</source>
        <translation>Beide Seiten sind gleich.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Compare shows what a sync would do. Nothing is sent for it.</source>
        <translation>Vergleichen zeigt, was ein Abgleich täte. Dafür wird nichts gesendet.</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Wird verglichen …</translation>
    </message>
    <message>
        <source>Erase it</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Erase there</source>
        <translation>Dort löschen</translation>
    </message>
    <message>
        <source>Erased: {vectors} vectors. A look there found {left} left.</source>
        <translation>Gelöscht: {vectors} Vektoren. Ein Blick dorthin fand noch {left}.</translation>
    </message>
    <message>
        <source>Erasing…</source>
        <translation>Wird gelöscht …</translation>
    </message>
    <message>
        <source>For this computer only</source>
        <translation>Nur für diesen Rechner</translation>
    </message>
    <message>
        <source>Gets all that lies there, and looks at all that is here again</source>
        <translation>Holt alles, was dort liegt, und sieht alles, was hier ist, noch einmal an</translation>
    </message>
    <message>
        <source>How far the sync is</source>
        <translation>Wie weit der Abgleich ist</translation>
    </message>
    <message>
        <source>Last sync</source>
        <translation>Letzter Abgleich</translation>
    </message>
    <message>
        <source>Lies there</source>
        <translation>Liegt dort</translation>
    </message>
    <message>
        <source>Nothing lay there.</source>
        <translation>Dort lag nichts.</translation>
    </message>
    <message>
        <source>Only elsewhere</source>
        <translation>Nur anderswo</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>P&amp;ull only</source>
        <translation>Nur &amp;holen</translation>
    </message>
    <message>
        <source>Push all a&amp;gain</source>
        <translation>Alles noch ein&amp;mal senden</translation>
    </message>
    <message>
        <source>Remove all that was pushed there, also by other computers?</source>
        <translation>Alles entfernen, was dorthin gesendet wurde, auch von anderen Rechnern?</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>S&amp;topp</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Several computers can share one library, in a vector bucket of your own at Amazon S3 Vectors. None is chosen yet, and nothing leaves this computer. Name one in the settings, under Engine.</source>
        <translation>Mehrere Rechner können eine Bibliothek teilen, in einem eigenen Vektor-Bucket bei Amazon S3 Vectors. Noch ist keiner gewählt, und nichts verlässt diesen Rechner. Nennen Sie einen in den Einstellungen unter Suchmaschine.</translation>
    </message>
    <message>
        <source>Shared library</source>
        <translation>Gemeinsame Bibliothek</translation>
    </message>
    <message>
        <source>Stopped. The next sync goes on from here.</source>
        <translation>Gestoppt. Der nächste Abgleich macht hier weiter.</translation>
    </message>
    <message>
        <source>Syncing… Stop keeps what is done.</source>
        <translation>Wird abgeglichen … Stopp behält, was getan ist.</translation>
    </message>
    <message>
        <source>The library is not open yet. Wait a moment.</source>
        <translation>Die Bibliothek ist noch nicht geöffnet. Warten Sie einen Moment.</translation>
    </message>
    <message>
        <source>This can&apos;t be undone. What is known on this computer stays, and so do your files.</source>
        <translation>Das lässt sich nicht rückgängig machen. Was dieser Rechner weiß, bleibt, und Ihre Dateien auch.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>What can&apos;t be done</source>
        <translation>Was nicht möglich ist</translation>
    </message>
    <message>
        <source>about ${usd} a month</source>
        <translation>etwa {usd} $ im Monat</translation>
    </message>
    <message>
        <source>did not come to its end</source>
        <translation>kam nicht zu Ende</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>nothing had changed</source>
        <translation>nichts hatte sich geändert</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message numerus="yes">
        <source>{n} could not be read or taken: the next sync tries again.</source>
        <translation>
            <numerusform>{n} konnte nicht gelesen oder angenommen werden: der nächste Abgleich versucht es wieder.</numerusform>
            <numerusform>{n} konnten nicht gelesen oder angenommen werden: der nächste Abgleich versucht es wieder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} deleted there</source>
        <translation>
            <numerusform>{n} dort gelöscht</numerusform>
            <numerusform>{n} dort gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file content(s)</source>
        <translation>
            <numerusform>{n} Dateiinhalt</numerusform>
            <numerusform>{n} Dateiinhalte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} forgotten here</source>
        <translation>
            <numerusform>{n} hier vergessen</numerusform>
            <numerusform>{n} hier vergessen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} pulled</source>
        <translation>
            <numerusform>{n} geholt</numerusform>
            <numerusform>{n} geholt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} pushed</source>
        <translation>
            <numerusform>{n} gesendet</numerusform>
            <numerusform>{n} gesendet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} to delete there</source>
        <translation>
            <numerusform>{n} dort zu löschen</numerusform>
            <numerusform>{n} dort zu löschen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} to forget here</source>
        <translation>
            <numerusform>{n} hier zu vergessen</numerusform>
            <numerusform>{n} hier zu vergessen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} to pull</source>
        <translation>
            <numerusform>{n} zu holen</numerusform>
            <numerusform>{n} zu holen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} to push</source>
        <translation>
            <numerusform>{n} zu senden</numerusform>
            <numerusform>{n} zu senden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} vector(s)</source>
        <translation>
            <numerusform>{n} Vektor</numerusform>
            <numerusform>{n} Vektoren</numerusform>
        </translation>
    </message>
    <message>
        <source>{what} · about ${usd}</source>
        <translation>{what} · etwa {usd} $</translation>
    </message>
</context>
<context>
    <name>Sizes</name>
    <message>
        <source>{n} bytes</source>
        <translation>{n} Byte</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Add a folder, and its photos, videos, sounds, documents and notes can be searched by words or by example. Everything stays on this computer; no file is ever changed.</source>
        <translation>Fügen Sie einen Ordner hinzu, und seine Fotos, Videos, Tonaufnahmen, Dokumente und Notizen lassen sich mit Wörtern oder Beispielen durchsuchen. Alles bleibt auf diesem Computer; keine Datei wird je geändert.</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Describe a picture, a scene, a sound or a passage. Or drop or paste a file to find what is like it.</source>
        <translation>Beschreiben Sie ein Bild, eine Szene, einen Ton oder eine Textstelle. Oder legen Sie eine Datei ab oder fügen Sie sie ein, um Ähnliches zu finden.</translation>
    </message>
    <message>
        <source>Files are still being indexed, so there may be more soon.</source>
        <translation>Noch werden Dateien indiziert, daher kann es bald mehr geben.</translation>
    </message>
    <message>
        <source>Find anything you filmed, photographed, recorded or wrote</source>
        <translation>Finden Sie alles, was Sie gefilmt, fotografiert, aufgenommen oder geschrieben haben</translation>
    </message>
    <message>
        <source>No close matches</source>
        <translation>Nichts Passendes gefunden</translation>
    </message>
    <message>
        <source>Not just now</source>
        <translation>Im Moment nicht</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Search without {filter}</source>
        <translation>Ohne {filter} suchen</translation>
    </message>
    <message>
        <source>That can&apos;t be searched for</source>
        <translation>Danach kann nicht gesucht werden</translation>
    </message>
    <message>
        <source>The filters leave out some files.</source>
        <translation>Die Filter lassen einige Dateien aus.</translation>
    </message>
    <message>
        <source>The library can&apos;t be opened</source>
        <translation>Die Bibliothek lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>The library is not open</source>
        <translation>Die Bibliothek ist nicht geöffnet</translation>
    </message>
    <message>
        <source>The settings can check and repair it, on the page of storage.</source>
        <translation>Die Einstellungen können sie prüfen und reparieren, auf der Seite Speicher.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Try other words.</source>
        <translation>Versuchen Sie andere Wörter.</translation>
    </message>
    <message>
        <source>What are you looking for?</source>
        <translation>Was suchen Sie?</translation>
    </message>
    <message>
        <source>You can also drop a file that is like it.</source>
        <translation>Sie können auch eine ähnliche Datei hier ablegen.</translation>
    </message>
    <message>
        <source>or drag a folder here</source>
        <translation>oder ziehen Sie einen Ordner hierher</translation>
    </message>
</context>
<context>
    <name>States of files</name>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>nicht angeschlossen</translation>
    </message>
    <message>
        <source>searchable</source>
        <translation>durchsuchbar</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartend</translation>
    </message>
</context>
<context>
    <name>Storage</name>
    <message>
        <source>A model on this computer</source>
        <translation>Ein Modell auf diesem Computer</translation>
    </message>
    <message>
        <source>All files ({pattern})</source>
        <translation>Alle Dateien ({pattern})</translation>
    </message>
    <message>
        <source>Also delete what lies in s3://{place}</source>
        <translation>Auch löschen, was in s3://{place} liegt</translation>
    </message>
    <message>
        <source>Amazon Nova</source>
        <translation>Amazon Nova</translation>
    </message>
    <message>
        <source>Back up to</source>
        <translation>Sichern nach</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Sichern …</translation>
    </message>
    <message>
        <source>Backed up to {file}: {size}.</source>
        <translation>Gesichert nach {file}: {size}.</translation>
    </message>
    <message>
        <source>Backups of Nova Desktop ({pattern})</source>
        <translation>Sicherungen von Nova Desktop ({pattern})</translation>
    </message>
    <message>
        <source>Basic engine</source>
        <translation>Einfache Suchmaschine</translation>
    </message>
    <message>
        <source>Check and repair</source>
        <translation>Prüfen und reparieren</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Verdichten</translation>
    </message>
    <message>
        <source>Done: {size} were given back.</source>
        <translation>Fertig: {size} wurden freigegeben.</translation>
    </message>
    <message>
        <source>Earlier libraries, kept aside</source>
        <translation>Frühere Bibliotheken, beiseitegelegt</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Erase everything</source>
        <translation>Alles löschen</translation>
    </message>
    <message>
        <source>Erase everything?</source>
        <translation>Alles löschen?</translation>
    </message>
    <message>
        <source>Erase everything…</source>
        <translation>Alles löschen …</translation>
    </message>
    <message>
        <source>Everything is erased.</source>
        <translation>Alles ist gelöscht.</translation>
    </message>
    <message>
        <source>Forgets everything. Your own files stay where they are.</source>
        <translation>Vergisst alles. Ihre eigenen Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Free on this disk</source>
        <translation>Frei auf dieser Platte</translation>
    </message>
    <message>
        <source>Gives what was forgotten back to the disk. Indexing waits.</source>
        <translation>Gibt der Platte zurück, was vergessen wurde. Die Indizierung wartet.</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>It takes the place of this library, which is kept aside in the data folder.</source>
        <translation>Sie tritt an die Stelle dieser Bibliothek, die im Datenordner beiseitegelegt wird.</translation>
    </message>
    <message>
        <source>It was paid for: to have it again costs money again.</source>
        <translation>Dafür wurde bezahlt: Es wieder zu bekommen, kostet wieder Geld.</translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation>Alles behalten</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nicht in Gebrauch</translation>
    </message>
    <message>
        <source>Only you can read it.</source>
        <translation>Nur Sie können es lesen.</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Den Ordner öffnen</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Other users of this computer may read it: take their rights to the folder away.</source>
        <translation>Andere Benutzer dieses Computers dürfen es lesen: Nehmen Sie ihnen die Rechte an dem Ordner.</translation>
    </message>
    <message>
        <source>Pictures of results</source>
        <translation>Bilder der Ergebnisse</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Puts a backup in the place of this library, which is kept aside. Nothing is replaced before all of the backup was checked.</source>
        <translation>Setzt eine Sicherung an die Stelle dieser Bibliothek, die beiseitegelegt wird. Nichts wird ersetzt, bevor die ganze Sicherung geprüft ist.</translation>
    </message>
    <message>
        <source>Reads all of the library. What is damaged is kept aside, and made again from your files.</source>
        <translation>Liest die ganze Bibliothek. Was beschädigt ist, wird beiseitegelegt und aus Ihren Dateien neu erstellt.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove kept libraries</source>
        <translation>Beiseitegelegte Bibliotheken entfernen</translation>
    </message>
    <message>
        <source>Remove the earlier libraries, which a restore, a repair or an update kept aside?</source>
        <translation>Die früheren Bibliotheken entfernen, die eine Wiederherstellung, eine Reparatur oder eine Aktualisierung beiseitegelegt hat?</translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove vectors</source>
        <translation>Vektoren entfernen</translation>
    </message>
    <message>
        <source>Remove what {engine} made</source>
        <translation>Entfernen, was von {engine} stammt</translation>
    </message>
    <message>
        <source>Remove what {engine} made, {size}?</source>
        <translation>Entfernen, was von {engine} stammt ({size})?</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Entfernt.</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Sicherung wiederherstellen</translation>
    </message>
    <message numerus="yes">
        <source>Restore the backup of {date}, in which {n} file(s) are known?</source>
        <translation>
            <numerusform>Die Sicherung vom {date} wiederherstellen, in der {n} Datei bekannt ist?</numerusform>
            <numerusform>Die Sicherung vom {date} wiederherstellen, in der {n} Dateien bekannt sind?</numerusform>
        </translation>
    </message>
    <message>
        <source>Restored. What has changed since is being looked at.</source>
        <translation>Wiederhergestellt. Was sich seither geändert hat, wird durchgesehen.</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Wiederherstellen …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stopped. Nothing has changed.</source>
        <translation>Beendet. Nichts hat sich geändert.</translation>
    </message>
    <message>
        <source>The index, the previews, the log, saved searches, ratings, and what is known of spending and sending in {place} are removed. This can&apos;t be undone. Your own files, backups and these settings stay.</source>
        <translation>Der Index, die Vorschauen, das Protokoll, gespeicherte Suchen, Bewertungen und was über Ausgaben und Gesendetes bekannt ist, werden in {place} entfernt. Das kann nicht rückgängig gemacht werden. Ihre eigenen Dateien, Sicherungen und diese Einstellungen bleiben.</translation>
    </message>
    <message>
        <source>The library is not open yet. Wait a moment.</source>
        <translation>Die Bibliothek ist noch nicht geöffnet. Warten Sie einen Moment.</translation>
    </message>
    <message>
        <source>This can&apos;t be undone. Your own files stay as they are.</source>
        <translation>Das lässt sich nicht rückgängig machen. Ihre eigenen Dateien bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>This can&apos;t be undone. Your own files stay.</source>
        <translation>Das kann nicht rückgängig gemacht werden. Ihre eigenen Dateien bleiben.</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Zusammen</translation>
    </message>
    <message>
        <source>Type the word</source>
        <translation>Das Wort eingeben</translation>
    </message>
    <message>
        <source>Type “{word}” to go on:</source>
        <translation>Geben Sie „{word}“ ein, um fortzufahren:</translation>
    </message>
    <message>
        <source>What files are found by</source>
        <translation>Wodurch Dateien gefunden werden</translation>
    </message>
    <message>
        <source>What is known of your files</source>
        <translation>Was über Ihre Dateien bekannt ist</translation>
    </message>
    <message numerus="yes">
        <source>What lies of {n} file(s) in the shared library stays there.</source>
        <translation>
            <numerusform>Was von {n} Datei in der geteilten Bibliothek liegt, bleibt dort.</numerusform>
            <numerusform>Was von {n} Dateien in der geteilten Bibliothek liegt, bleibt dort.</numerusform>
        </translation>
    </message>
    <message>
        <source>What they are found by</source>
        <translation>Wodurch sie gefunden werden</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>What was removed</source>
        <translation>Was entfernt wurde</translation>
    </message>
    <message>
        <source>Writes all that is known into one file, while work goes on. Your own files are not in it.</source>
        <translation>Schreibt alles Bekannte in eine Datei, während die Arbeit weitergeht. Ihre eigenen Dateien sind nicht darin.</translation>
    </message>
    <message>
        <source>erase</source>
        <translation>löschen</translation>
    </message>
    <message>
        <source>folder place data</source>
        <translation>Ordner Ort Daten</translation>
    </message>
    <message>
        <source>private permissions</source>
        <translation>privat Rechte Berechtigungen</translation>
    </message>
    <message>
        <source>size disk space</source>
        <translation>Größe Platte Platz</translation>
    </message>
    <message>
        <source>vectors engine remove</source>
        <translation>Vektoren Suchmaschine entfernen löschen</translation>
    </message>
    <message>
        <source>{engine}, {n} numbers each</source>
        <translation>{engine}, je {n} Zahlen</translation>
    </message>
</context>
<context>
    <name>Trash</name>
    <message>
        <source>Another file is in the place of {name} now. It lies in {kept}.</source>
        <translation>Eine andere Datei liegt jetzt an der Stelle von {name}. Sie liegt in {kept}.</translation>
    </message>
    <message>
        <source>The drive that holds {name} has no trash. Delete it in your file manager.</source>
        <translation>Das Laufwerk mit {name} hat keinen Papierkorb. Löschen Sie die Datei in Ihrer Dateiverwaltung.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be moved to the trash: {reason}.</source>
        <translation>{name} kann nicht in den Papierkorb verschoben werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} can&apos;t be put back: {reason}. It lies in {kept}.</source>
        <translation>{name} kann nicht zurückgelegt werden: {reason}. Die Datei liegt in {kept}.</translation>
    </message>
    <message>
        <source>{name} is in the trash: put it back from there.</source>
        <translation>{name} liegt im Papierkorb: Legen Sie die Datei von dort zurück.</translation>
    </message>
    <message>
        <source>{name} is not there any more.</source>
        <translation>{name} ist nicht mehr da.</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Show Nova Desktop</source>
        <translation>Nova Desktop &amp;zeigen</translation>
    </message>
    <message>
        <source>Its icon there brings the window back, or ends the program.</source>
        <translation>Sein Symbol dort bringt das Fenster zurück oder beendet das Programm.</translation>
    </message>
    <message>
        <source>Nova Desktop goes on in the tray</source>
        <translation>Nova Desktop läuft im Infobereich weiter</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Back to the results</source>
        <translation>Zurück zu den Ergebnissen</translation>
    </message>
    <message>
        <source>Clip…</source>
        <translation>Ausschnitt …</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliches finden</translation>
    </message>
    <message>
        <source>Fit in the window</source>
        <translation>In das Fenster einpassen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open in its own program (Enter)</source>
        <translation>Im zugehörigen Programm öffnen (Eingabe)</translation>
    </message>
    <message>
        <source>Page {page}</source>
        <translation>Seite {page}</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Seite {page} von {pages}</translation>
    </message>
    <message>
        <source>Save the moment as a clip (E)</source>
        <translation>Die Stelle als Ausschnitt speichern (E)</translation>
    </message>
    <message>
        <source>Search by this file, or this part (S)</source>
        <translation>Nach dieser Datei oder diesem Teil suchen (S)</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show the file in the file manager</source>
        <translation>Die Datei in der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>The next page</source>
        <translation>Die nächste Seite</translation>
    </message>
    <message>
        <source>The next result</source>
        <translation>Das nächste Ergebnis</translation>
    </message>
    <message>
        <source>The page before</source>
        <translation>Die vorige Seite</translation>
    </message>
    <message>
        <source>The result before</source>
        <translation>Das vorige Ergebnis</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>{name}: {said}. Ctrl+Z undoes it.</source>
        <translation>{name}: {said}. Strg+Z macht es rückgängig.</translation>
    </message>
    <message>
        <source>{row} of {of}</source>
        <translation>{row} von {of}</translation>
    </message>
</context>
</TS>
