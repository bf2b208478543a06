<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>About</name>
    <message>
        <source>Search what you filmed, photographed, recorded and wrote, on your own desk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The search engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} searchable part(s) of files, kept as “{space}”.</source>
        <translation type="unfinished">
            <numerusform>EINS</numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Amazon Nova</name>
    <message>
        <source>${amount}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Bucket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Do not pay for what is still and silent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find the sound of a film apart from its picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Use Amazon Nova beside this computer&apos;s own engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1024, nearly as exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3072, the most exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder inside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder inside…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A quote is made on this computer. Nothing is sent for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All is well</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow sending ({price})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amazon Nova: no folder may be sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amazon Nova: {number} new folders stay on this computer until you allow them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amazon Nova: “{name}” stays on this computer until you allow it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As AWS chooses: {used}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking AWS, which may take a minute…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most a &amp;month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most a ru&amp;n</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most in a month, in US dollars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most in one run of the program, in US dollars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check asks AWS, with what is chosen here, whether all is ready: credentials, region, model, bucket, permissions and endpoints, in this order. It says how to mend what is not, and costs nothing but a dozen requests of S3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns of what was sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the chosen lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counted before each request is sent, by Amazon&apos;s list prices. A request whose end nobody knows stays counted: this may be more than Amazon&apos;s bill, never less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything stays on this computer. To use Amazon Nova as well, choose it under Account; the README tells how one is set up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders, and where their files may go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instead of at AWS:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is the account ready?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its files leave the index and are found no more. They stay on the disk as they are. You can undo this here at any time; they are then indexed again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking through the folder on this computer. Nothing is sent for it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never index a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never index {name}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never index…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No folder is in the library yet. Add one from the Library menu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not paid for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is left to send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was ever sent from this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was paid this month.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers in a vector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profile of AWS&apos;s own configuration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quote</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Quoted in full: {n} recording(s). It may become less.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Region where Amazon Nova is asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S3 bucket for long films and sounds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved, and in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved. Opening the library…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved. The library is in use elsewhere too, on the command line; this counts when that has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending is allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the quote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since the library was opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library is not open yet. Wait a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month, by kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Through S3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To pay for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To send anything, choose Amazon Nova under Account first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>V&amp;ectors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can&apos;t be done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What goes through your bucket is deleted there when its answer has come. What is asked piece by piece lies in no bucket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What may be sent, what it costs, and what was sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What sending a folder would cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What sending “{name}” would cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found in the account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own bucket, through which long films and sounds go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {amount}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>are not indexed at all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>may be sent to Amazon Nova</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: all goes in small parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stay on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to mend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under {amount}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount} of {limit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount} this month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount}, no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is in no folder of the library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} byte(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) must be indexed on this computer first, and will cost extra.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} page(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} thing(s) to mend</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} token(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{profile} (missing)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Clip</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose where to save it (E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clip {marks} · {length}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save clip…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving “{name}”…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop saving the clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clip begins here (I)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clip ends here (O)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Crash</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside Nova Desktop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your files are untouched and the program goes on. The report below says what happened; copy it to send it to the developers.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Dates</name>
    <message>
        <source>d MMMM yyyy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Amazon Nova</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Belongs to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moments of this file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searchable by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same file is also in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>W</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watched folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and {n} more place(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>as noted in the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as noted in the file beside it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as the camera noted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by the file&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>when the file was last changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} part(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Drop here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop to add the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop to search by it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No program opens {name}. Choose one in your desktop&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only files on this device can be searched by. Save it here first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not there now. Connect its drive, or rescan.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>1 h and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 to 5 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>20 min to 1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5 to 20 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinds of files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinds of files: {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More filters ({n})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file here has stars.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file here has tags.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file here says where it was taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file here says with which camera it was taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None is called so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has both the chosen and the typed length.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is both {one} and {other}: take one away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in this list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen date and the typed one have no day in common.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to choose from yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up to 1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} and {n} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{length} and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: any</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{stars} and more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Add {n} folder(s) to the library?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Its files stay where they are; only the index forgets them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {name} from the library?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>can&apos;t be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>… and {n} more folder(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>About the search engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on, although it would rest; Settings say when it does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index now anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the library…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which files failed, why, and trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} failure(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Kinds</name>
    <message>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Videos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>A command line at work has the library open, and does not answer. End it there, or wait.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library does not answer. You can wait, or start it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library is being opened again…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library&apos;s process had ended, and was started again. Nothing is lost.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;About Nova Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Files that failed…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Look for changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resume indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Search…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About the search &amp;engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amazon &amp;Nova…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;lear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sa&amp;ve this search…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by what was &amp;copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Moments</name>
    <message>
        <source>Page {page}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages {first} – {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passage from character {at}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>page {page}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>Amazon Nova is not asked just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indexing has paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indexing is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is looked through for changes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nova Desktop lists them with their reasons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is known of it stays, and can still be found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) can be found now.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) could not be indexed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” is back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is not connected</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>Can&apos;t be played here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No subtitles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play the moment over and over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the moment as a clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed ([ and ])</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subtitles {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The moment before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{strand}: best from {span}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Choose a result to see it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in its own program (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the moment as a clip (E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by this file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the file in the file manager (Ctrl+Shift+R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is what was kept of it: {place} is not connected. Connect it to open the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its drive is not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… the text begins before this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… the text goes on</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Programs</name>
    <message>
        <source>{program} could not be started: {reason}. Choose another program.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>No files yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {hours} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>Its description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letters in the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is heard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words heard</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Larger pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Smaller pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amazon Nova</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>And {n} more.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Best first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect the drive that holds them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find si&amp;milar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by {engines}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger pictures (Ctrl+plus)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moments: {moments}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other program is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected now. Connect the drive that holds {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nova</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;lay or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sea&amp;rch with this, too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show as a grid (Ctrl+1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show as a list (Ctrl+2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller pictures (Ctrl+minus)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it matched</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>in the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passage {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is in the trash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} copies</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) are in the trash.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file(s) can&apos;t be copied now.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} moments</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} result(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} selected</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Saved</name>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget a saved search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget the saved search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget the saved search “{name}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget…	Del</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename	F2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replaces the search of that name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it finds stays where it is.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>At most {most} can be searched by at once: take one out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to say how much it counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget recent searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much {name} counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less like {name}, weight {times}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less of this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the words a part of their own (Shift+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More like {name}, weight {times}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More of this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save this search (Ctrl+D)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by words, or drop a file here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab takes the first · Esc closes this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take {name} out of the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a tag that it was given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ending of the file&apos;s name: jpg, pdf</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how long a film or a sound is: &gt;5m, 1m..3m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kind of file: photo, video, sound, document, note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order: newest, oldest, name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>part of the file&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pasted picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stars: 4, &gt;=3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taken near a place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what it was taken with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>when it was taken: 2024, yesterday, 2023..2024</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} were left out.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>… and words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>− Less of this</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Paused: nothing is indexed until you resume.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source> %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>$</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A film is asked for twice, and costs more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A film, a game or a presentation is not disturbed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Above it, what is only held ready is let go, and one file is read at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account, folders and spending…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After five minutes without a key or a movement.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After it the file is listed as failed, and the next begins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All as they came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amazon Nova</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amazon Nova also sees pictures and hears sounds, for money; what may leave this computer is decided folder by folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amazon&apos;s prices of your own, written as resources/prices.toml.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most in a month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most in one run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most; everything else on this computer goes first anyway.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begins with the desktop, without showing its window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Below it on the disk of the index, nothing more is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing the window keeps the program there, where there is one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts from the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not pay for what is still and silent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer by itself, when the service bears no more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer take less room and find a little less. Fewer than before are made without paying again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File with prices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find the sound of a film apart from its picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds photos of pages, signs and screens by what they say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder in the S3 bucket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget recent searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free space to keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From one start of the program to the next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on when the computer is plugged in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much indexing takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letters in pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light or dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest time for one file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menus and lists do not move or fade.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names about a thousand kinds of things that it knows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never more than there are cores for them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No setting is called that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is indexed between these times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing leaves this computer unless you choose Amazon Nova and allow it for a folder. There is no account, no telemetry, and no download while the program runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing that would cost more is sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers in a vector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the system&apos;s; headings follow at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On a metered network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On battery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On this computer only; off forgets them at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only what lies under it is touched; it ends with a slash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only while Amazon Nova is used; nothing else is sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patterns as in a .gitignore, one a line, such as *.bak or /Private/. What matches is forgotten; the files stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Performance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press keys in a field to give them to an action.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor cores while nobody is here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor cores while you are here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent searches are forgotten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remember recent searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Role for batch jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved, and in use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved. The library is opened again for it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says once each that a long run is done, a drive has gone or come back, or much has failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So much of a film or a sound is found as one. Counts for files that are indexed from now on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay in the tray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Such parts of films are found by what comes before them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ARN of an IAM role, by which large backlogs are sent as jobs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ffmpeg program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The width of a picture in the grid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Things in pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer and Amazon Nova</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer does not tell, so it is not minded here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can&apos;t be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What films and sounds are read with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is known of your files lies in one folder that only you may read; Storage shows it. Your own files are only ever read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is recognised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was sent…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When it rests</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>While a program fills the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes down speech in films and recordings; takes the longest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as shipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: no batch jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} is “{action}” already. Change that first, or press others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: until</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sizes</name>
    <message>
        <source>{n} bytes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Add a folder, and its photos, videos, sounds, documents and notes can be searched by words or by example. Everything stays on this computer; no file is ever changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describe a picture, a scene, a sound or a passage. Or drop or paste a file to find what is like it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files are still being indexed, so there may be more soon.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find anything you filmed, photographed, recorded or wrote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No close matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search without {filter}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That can&apos;t be searched for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The filters leave out some files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library can&apos;t be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library is not open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try other words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What are you looking for?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can also drop a file that is like it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or drag a folder here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>States of files</name>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>searchable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Storage</name>
    <message>
        <source>All files ({pattern})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also delete what lies in s3://{place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back up to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backed up to {file}: {size}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backups of Nova Desktop ({pattern})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done: {size} were given back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase everything?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase everything…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is erased.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forgets everything. Your own files stay where they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free on this disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives what was forgotten back to the disk. Indexing waits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes the place of this library, which is kept aside in the data folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Libraries of before a restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only you can read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other users of this computer may read it: take their rights to the folder away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures of results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts a backup in the place of this library, which is kept aside. Nothing is replaced before all of the backup was checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove kept libraries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the libraries that were there before a restore?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Restore the backup of {date}, in which {n} file(s) are known?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Restored. What has changed since is being looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. Nothing has changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The index, the previews, the log, saved searches, ratings, and what is known of spending and sending in {place} are removed. This can&apos;t be undone. Your own files, backups and these settings stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library is not open yet. Wait a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This can&apos;t be undone. Your own files stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type “{word}” to go on:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is known of your files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What they are found by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes all that is known into one file, while work goes on. Your own files are not in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>folder place data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>private permissions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size disk space</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Trash</name>
    <message>
        <source>Another file is in the place of {name} now. It lies in {kept}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The drive that holds {name} has no trash. Delete it in your file manager.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} can&apos;t be moved to the trash: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} can&apos;t be put back: {reason}. It lies in {kept}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is in the trash: put it back from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>&amp;Show Nova Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its icon there brings the window back, or ends the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nova Desktop goes on in the tray</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Back to the results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit in the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in its own program (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page {page}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a clip…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the moment as a clip (E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by this file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the file in the file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The result before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{row} of {of}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
