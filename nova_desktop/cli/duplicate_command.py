"""`duplicates` on the command line: tells what there is more than once, and removes nothing."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from nova_desktop.calls import LibraryCalls
from nova_desktop.cli.answers import day
from nova_desktop.cli.terminal import Terminal, clock, plain
from nova_desktop.duplicates import Copy, Duplicates, Group, Reason, Same, Wanted
from nova_desktop.model import Modality

LOOK_S = 0.2  # between two looks at how far it is
SAME = {
    Same.CONTENT: "identical",
    Same.PICTURE: "one picture",
    Same.BURST: "a burst",
    Same.FILM: "one film",
    Same.SOUND: "one sound",
    Same.RECORDING: "one recording, as film and as sound",
    Same.EXCERPT: "a part, and all of it",
    Same.TEXT: "one text, in another format or version",
}
WHY = {
    Reason.PIXELS: "most pixels",
    Reason.LENGTH: "longest",
    Reason.SHARPNESS: "sharpest",
    Reason.PICTURES: "has the pictures, too",
    Reason.BYTES: "compressed least",
    Reason.CAMERA: "says how it was taken",
    Reason.EDITABLE: "can be edited",
    Reason.NEWEST: "newest version",
    Reason.NAME: "the others are named as copies",
    Reason.LINKED: "has other names, so removing it frees nothing",
    Reason.PLACE: "shortest path, nothing else tells them apart",
}


def duplicates(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    if args.apart:
        library.set_apart([Path(file).absolute() for file in args.apart])
    if args.not_apart:
        library.set_apart([Path(file).absolute() for file in args.not_apart], apart=False)
    wanted = Wanted(
        frozenset(Same(kind) for kind in args.same),
        frozenset(Modality(kind) for kind in args.type),
        tuple(Path(folder).absolute() for folder in args.folders),
    )
    found = _looked(library, wanted, args.limit, args.offset, terminal)
    if not terminal.answer(for_programs(found)):
        for line in for_people(found, args.offset):
            terminal.print(line)
    if found.unseen:
        terminal.remark(f"{found.unseen} files could not be compared, as they can't be read now.")
    last = args.offset + len(found.groups)
    if not terminal.json and found.groups and last < found.total:
        terminal.remark(
            f"{args.offset + 1}–{last} of {found.total}; --offset {last} shows the next."
        )
    return 0


def _looked(
    library: LibraryCalls, wanted: Wanted, limit: int, offset: int, terminal: Terminal
) -> Duplicates:
    """Waits until all is compared; Ctrl+C ends the look too."""
    found = library.duplicates(wanted, limit, offset, again=True)
    try:
        while not found.done:
            terminal.share(round(found.share * 1000), 1000)
            time.sleep(LOOK_S)
            found = library.duplicates(wanted, limit, offset)
    except KeyboardInterrupt:
        library.stop_duplicates()
        raise
    finally:
        terminal.clear()
    return found


def for_people(found: Duplicates, offset: int = 0) -> list[str]:
    """A line a group, and one for each file of it; the first is the one to keep."""
    if not found.total:
        return ["Nothing is there twice."]
    lines = []
    for number, group in enumerate(found.groups, offset + 1):
        lines.append(f"{number}. {SAME[group.same]}, {size(group.spare_bytes)} to spare")
        for copy in group.copies:
            keep = copy is group.copies[0]
            lines.append(f"   {'keep' if keep else '    '}  {plain(str(copy.path))}")
            facts = _facts(copy)
            lines.append(f"         {' · '.join([*facts, WHY[group.reason]] if keep else facts)}")
    many = f"{found.total} group{'s' * (found.total != 1)}"
    lines.append(f"{many}, {size(found.spare_bytes)} to spare. Nothing was removed.")
    return lines


def for_programs(found: Duplicates) -> dict[str, object]:
    return {
        "groups": [_group(group) for group in found.groups],
        "total": found.total,
        "spare_bytes": found.spare_bytes,
        "unseen": found.unseen,
    }


def size(count: int) -> str:
    """Bytes for people: 0 KB, 640 KB, 3.4 MB."""
    if count < 1_000_000:
        return f"{count / 1000:.0f} KB"
    return f"{count / 1e6:.1f} MB" if count < 1_000_000_000 else f"{count / 1e9:.1f} GB"


def _facts(copy: Copy) -> list[str]:
    facts = [size(copy.bytes)]
    if copy.width and copy.height:
        facts.append(f"{copy.width} × {copy.height}")
    if copy.duration_s:
        facts.append(clock(copy.duration_s))
    return [*facts, day(copy.taken_s), *(["offline"] if copy.offline else [])]


def _group(group: Group) -> dict[str, object]:
    return {
        "same": group.same,
        "reason": group.reason,
        "spare_bytes": group.spare_bytes,
        "keep": group.copies[0].path,
        "files": list(group.copies),
    }
