"""What the review of duplicates says, in words."""

from __future__ import annotations

from nova_desktop.duplicates import Copy, Duplicates, Group, Reason, Same
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import Said, noop, tr, trn

SAME = Said(
    {
        Same.CONTENT: noop("Duplicates", "Identical files"),
        Same.PICTURE: noop("Duplicates", "One picture"),
        Same.BURST: noop("Duplicates", "A burst"),
        Same.FILM: noop("Duplicates", "One film"),
        Same.SOUND: noop("Duplicates", "One sound"),
        Same.RECORDING: noop("Duplicates", "One recording"),
        Same.EXCERPT: noop("Duplicates", "A part, and all of it"),
        Same.TEXT: noop("Duplicates", "One text"),
    }
)
ABOUT = Said(
    {
        Same.CONTENT: noop("Duplicates", "These files are the same, byte for byte."),
        Same.PICTURE: noop(
            "Duplicates", "One picture: saved again, resized, cropped a little or made brighter."
        ),
        Same.BURST: noop("Duplicates", "Photos of one moment. Keep those that you like best."),
        Same.FILM: noop("Duplicates", "One film: in another codec or container, or trimmed."),
        Same.SOUND: noop("Duplicates", "One sound: compressed otherwise, or trimmed."),
        Same.RECORDING: noop("Duplicates", "One recording, as a film and as a sound."),
        Same.EXCERPT: noop("Duplicates", "The longest has all of the others in it."),
        Same.TEXT: noop(
            "Duplicates",
            "Nearly the same words: another format, or a version. See how they differ first.",
        ),
    }
)
WHY = Said(
    {
        Reason.PIXELS: noop("Duplicates", "Suggested: it has the most pixels."),
        Reason.LENGTH: noop("Duplicates", "Suggested: it is the longest."),
        Reason.SHARPNESS: noop("Duplicates", "Suggested: it is the sharpest."),
        Reason.PICTURES: noop("Duplicates", "Suggested: it has the pictures, too."),
        Reason.BYTES: noop("Duplicates", "Suggested: it is compressed least."),
        Reason.CAMERA: noop("Duplicates", "Suggested: it says how it was taken."),
        Reason.EDITABLE: noop("Duplicates", "Suggested: it can be edited."),
        Reason.NEWEST: noop("Duplicates", "Suggested: it is the newest version."),
        Reason.NAME: noop("Duplicates", "Suggested: the others are named as copies."),
        Reason.LINKED: noop(
            "Duplicates", "Suggested: it has other names, so removing it frees nothing."
        ),
        Reason.PLACE: noop("Duplicates", "Suggested: its path is the shortest."),
    }
)


def heading(group: Group) -> str:
    """A group in the list: the file that is kept, and how many there are."""
    return f"{wording.name_of(group.copies[0].path)} ({len(group.copies)})"


def below(group: Group) -> str:
    """The second line: how they are alike, and what they take."""
    return f"{SAME[group.same]} · {wording.size(group.spare_bytes)}"


def summary(found: Duplicates) -> str:
    said = [trn("Duplicates", "{n} group(s)", None, found.total)]
    spare = wording.size(found.spare_bytes)
    said.append(tr("Duplicates", "{size} can be freed", size=spare))
    if found.unseen:
        n = found.unseen
        said.append(trn("Duplicates", "{n} file(s) could not be compared", None, n))
    return " · ".join(said)


def facts(copy: Copy) -> dict[str, str]:
    """What is shown of a file, by what it is of; what is not known is left out."""
    told = {"size": wording.size(copy.bytes)}
    if copy.width and copy.height:
        told["pixels"] = f"{copy.width} × {copy.height}"
    if copy.duration_s:
        told["length"] = wording.clock(copy.duration_s)
    told["date"] = wording.date(copy.taken_s)
    told["folder"] = wording.shown(str(copy.path.parent))
    return told


def differing(group: Group) -> frozenset[str]:
    """Which of the facts are not the same of all files."""
    every = [facts(copy) for copy in group.copies]
    names = {name for told in every for name in told}
    return frozenset(name for name in names if len({told.get(name) for told in every}) > 1)
