"""What the library says in sentences of its own, in the user's language where that is known.

The library knows no window and no language: it says the same to a terminal. Its usual sentences
are listed here; the others are shown as they come.
"""

from __future__ import annotations

import functools
import re

from nova_desktop.ui.look.words import noop, tr

END = re.compile(r"(?<=[.!?]) (?=[A-Z“`])")
SENTENCES = (
    noop("Sentences", "Paused: nothing is indexed until you resume."),
    noop(
        "Sentences",
        "The disk of the index is nearly full. Free some space, and indexing goes on by itself.",
    ),
    noop(
        "Sentences",
        "What this computer had pushed is not in {place} any more: it was erased there, or that is "
        "another bucket. To push all of it again, say so: nova-desktop sync push --again.",
    ),
    noop("Sentences", "Resting: these are quiet hours."),
    noop("Sentences", "Resting: this computer runs on its battery."),
    noop("Sentences", "Resting: this network is paid by what goes over it."),
    noop("Sentences", "Resting: a program fills the screen."),
    noop(
        "Sentences",
        "Basic on-device engine: it finds by recognised things, letters, speech and text; it "
        "does not see or hear as Amazon Nova does.",
    ),
    noop(
        "Sentences",
        "CLIP engine on this device, {name}: it sees pictures and films; it does not hear sounds, "
        "and finds speech and documents by their words.",
    ),
    noop("Sentences", "SigLIP 2 base: asked in many languages."),
    noop("Sentences", "CLIP ViT-B/32 by OpenAI: English."),
    noop("Sentences", "TinyCLIP: small and fast, English."),
    noop(
        "Sentences",
        "Whisper small: mishears less than the base one that ships, and is slower.",
    ),
    noop(
        "Sentences",
        "Whisper medium: mishears less still, is much slower, and needs more memory.",
    ),
    noop("Sentences", "Found by words alone."),
    noop(
        "Sentences",
        "Amazon Nova in {region}: it sees, hears and reads what is sent there, for a fee.",
    ),
    noop("Sentences", "No close matches. Try other words, or fewer filters."),
    noop("Sentences", "Try other words, or fewer filters."),
    noop("Sentences", "Try other words."),
    noop("Sentences", "“{file}” was not sent: it is compared on this device only."),
    noop("Sentences", "Nothing was recognised in “{file}” to search by: describe it in words."),
    noop(
        "Sentences",
        "Nothing was recognised in this part of “{file}” to search by: choose another one, or "
        "describe it in words.",
    ),
    noop(
        "Sentences",
        "“{file}” waits to be indexed anew: it is compared with what was indexed before.",
    ),
    noop("Sentences", "“{file}” is {length} seconds long: choose an earlier moment."),
    noop("Sentences", "“{file}” has {n} pages: choose one of them."),
    noop("Sentences", "“{file}” is shorter than that: choose an earlier part."),
    noop("Sentences", "“{file}” is not divided so: ask with all of it."),
    noop("Sentences", "“{file}” is of a kind that can't be read: choose another file."),
    noop("Sentences", "“{file}” is a folder: choose a file that is in it."),
    noop("Sentences", "There is no file {path}. Check its name, or plug in its drive."),
    noop("Sentences", "There is no folder {path}. Check its name, or plug in its drive."),
    noop("Sentences", "{path} is a file. Add the folder that it is in."),
    noop("Sentences", "You have no permission to open the folder {path}."),
    noop("Sentences", "{path} is where Nova Desktop keeps its own data: choose another."),
    noop("Sentences", "There is nothing to save yet: type some words, or choose a filter."),
    noop("Sentences", "There is a saved search “{name}” already. Choose another name."),
    noop("Sentences", "The search needs a name."),
    noop(
        "Sentences",
        "There is no city called “{name}” in the list of places: write its coordinates, as "
        "near:47.37,8.54.",
    ),
    noop("Sentences", "A link: what it points to is indexed where it lives."),
    noop("Sentences", "Not a file: a pipe, a socket or a device."),
    noop("Sentences", "Not files of yours: the system shows its own state here."),
    noop("Sentences", "The drive that was mounted here is not: plug it in again."),
    noop("Sentences", "Nova Desktop keeps its own data here."),
    noop("Sentences", "You chose never to index this folder."),
    noop("Sentences", "You left it out."),
    noop("Sentences", "Hidden: its name starts with a dot."),
    noop("Sentences", "Installed program packages, not your own files."),
    noop("Sentences", "The operating system keeps this for itself."),
    noop("Sentences", "Left behind by unpacking an archive made on a Mac."),
    noop(
        "Sentences",
        "A library managed by Photos: export its pictures to a folder to index them.",
    ),
    noop("Sentences", "A partial download or a temporary file."),
    noop("Sentences", "“{file}” is damaged or incomplete{told}; replace it with a good copy."),
    noop("Sentences", "“{file}” is not a picture that can be read; replace it with a good copy."),
    noop("Sentences", "“{file}” is no document that can be read; replace it with a good copy."),
    noop(
        "Sentences",
        "“{file}” holds neither pictures nor sound that can be played; replace it with a good "
        "copy.",
    ),
    noop(
        "Sentences",
        "“{file}” holds nothing that its name promises, nor anything else that can be read; "
        "replace it with a good copy.",
    ),
    noop("Sentences", "“{file}” holds no sound that can be decoded."),
    noop("Sentences", "“{file}” is empty; copy it here again if it should not be."),
    noop("Sentences", "“{file}” is encrypted; save a copy without a password to find it."),
    noop("Sentences", "“{file}” is not a text, whatever its name says; rename it."),
    noop("Sentences", "“{file}” can't be opened ({reason}); check the file and its name."),
    noop("Sentences", "“{file}” needs more memory than there is; make it smaller."),
    noop("Sentences", "“{file}” took longer than {seconds} s to read."),
    noop("Sentences", "“{file}” could not be decoded: it crashed the decoder."),
    noop("Sentences", "“{file}” is in no watched folder; add its folder to see more."),
    noop("Sentences", "{file} is of a kind that has no preview."),
    noop("Sentences", "{file} can't be reached: {reason}."),
    noop("Sentences", "{file} can't be read: {reason}."),
    noop("Sentences", "You have no permission to read {file}."),
    noop("Sentences", "Nova Desktop does not read this kind of file."),
    noop("Sentences", "The question is too long: at most {n} characters."),
    noop("Sentences", "The name is too long: at most {n} characters."),
    noop(
        "Sentences",
        "There is no file “{file}” in the library: check its name, or write its whole path.",
    ),
    noop(
        "Sentences",
        "There are {n} files called “{file}” in the library: write the folder too, as {form}.",
    ),
    noop("Sentences", "“{file}” is one of your own files; choose another name for the clip."),
    noop("Sentences", "“{file}” is the original; choose another name for the clip."),
    noop("Sentences", "“{file}” is being saved already."),
    noop("Sentences", "“{file}” has no sound to save; choose a name that ends in .mp4."),
    noop("Sentences", "“{file}” has no pictures; choose a name that ends in .m4a."),
    noop("Sentences", "There is nothing between the marks; set them further apart."),
    noop("Sentences", "An order can't be left out: take the minus before sort: away."),
    noop("Sentences", "No type is left: take one of these away."),
    noop("Sentences", "There is no type “{text}”: choose from {types}."),
    noop("Sentences", "There is no order “{text}”: choose from {orders}."),
    noop("Sentences", "There is no home folder “{name}”."),
    noop("Sentences", "in: needs the name of a folder, as {example}."),
    noop("Sentences", "ext: needs the ending of a name, as {example}."),
    noop("Sentences", "near: needs a place, as {example}."),
    noop("Sentences", "like: needs a file, as like:beach.jpg."),
    noop("Sentences", "“{text}” is no ending of a name: write it as {example}."),
    noop(
        "Sentences",
        "“{text}” is no date: write it as 2024, 2024-05-31, 2023..2024, >2024-01-01, yesterday, "
        '"3 days ago", may or "last summer".',
    ),
    noop("Sentences", "“{text}” is no duration: write it as <30s, >5m or 1m..3m."),
    noop("Sentences", "“{text}” is no file: write like:beach.jpg."),
    noop("Sentences", "“{text}” is no time in a film: write it as @1:02, or @1:02..1:17."),
    noop("Sentences", "“{text}” is no page: write it as #3, or #3..5."),
    noop("Sentences", "“{text}” ends before it begins: write the earlier date first."),
    noop("Sentences", "“{text}” ends before it begins: write the earlier time first."),
    noop("Sentences", "“{text}” ends before it begins: write the shorter one first."),
    noop("Sentences", "{form}: takes one date, or two as 2023..2024."),
    noop("Sentences", "{form}: takes one duration, or two as 1m..3m."),
    noop("Sentences", "{form}: is there twice: leave one out."),
    noop("Sentences", "A rating is a number from 1 to 5, as rating:4 or rating:>=3."),
    noop(
        "Sentences",
        "Coordinates are degrees north (-90 to 90), a comma, and degrees east (-180 to 180), as "
        "near:47.37,8.54.",
    ),
    noop("Sentences", "A radius is a number of kilometres, as near:Rome~25km."),
    noop("Sentences", "A radius is more than 0 and at most {most} km."),
    noop("Sentences", "A page is a number from 1 to {most}, as #3."),
    noop("Sentences", "A weight is more than 0 and at most {most}, as dog^2."),
    noop(
        "Sentences",
        "What stands in quotes has to be there, so a weight says nothing of it: write a plus "
        'before the quotes, as +"night at sea"^2.',
    ),
    noop("Sentences", "The library is closing. Start Nova Desktop again."),
    noop(
        "Sentences",
        "The library's process has ended. Start Nova Desktop again; nothing is lost.",
    ),
    noop(
        "Sentences",
        "The library's process ends again and again. The log says why, and `nova-desktop "
        "doctor` on the command line what may be missing. Nothing is lost.",
    ),
    noop(
        "Sentences",
        "Indexing stopped because of an error in Nova Desktop. The log says which; start it again.",
    ),
    noop(
        "Sentences",
        "The limit for {period} is reached: {spent} of {cap} are spent, and the next request "
        "may cost {next}. Raise the limit in Settings, or {otherwise}.",
    ),
    noop("Sentences", "Another Nova Desktop is using {path}. Close it, or wait."),
    noop("Sentences", "The disk of {path} is full or failing. Free some space."),
    noop("Sentences", "Starting at login can't be changed ({reason}): {path}. Give access to it."),
    noop(
        "Sentences",
        "An error in Nova Desktop kept the library from being opened. Your own files are not "
        "affected; the report says what happened.",
    ),
    noop("Sentences", "credentials"),
    noop("Sentences", "region"),
    noop("Sentences", "model"),
    noop("Sentences", "bucket"),
    noop("Sentences", "permissions"),
    noop("Sentences", "endpoints"),
)


def sentence(text: str) -> str:
    """`text`, one sentence or several, in the user's language where it is known.

    What stands in its {places} stays as it is.
    """
    said = _known(text)
    if said is not None:
        return said
    parts = END.split(text)
    for stop in range(len(parts) - 1, 0, -1):  # the longest beginning that is known
        said = _known(" ".join(parts[:stop]))
        if said is not None:
            return f"{said} {sentence(' '.join(parts[stop:]))}"
    return text if len(parts) == 1 else f"{parts[0]} {sentence(' '.join(parts[1:]))}"


def _known(text: str) -> str | None:
    for pattern, known in _patterns():
        if found := pattern.fullmatch(text):
            return tr(*known, **found.groupdict()) if found.groupdict() else tr(*known)
    return None


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[str, str]], ...]:
    return tuple((_pattern(known[1]), known) for known in SENTENCES)


def _pattern(source: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", source)
    fixed = [
        re.escape(part) if at % 2 == 0 else f"(?P<{part}>.*?)" for at, part in enumerate(parts)
    ]
    return re.compile("".join(fixed), re.DOTALL)
