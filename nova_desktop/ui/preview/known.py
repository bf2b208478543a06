"""All that is known of a file, as lines of a name and a text; pure, but for the language."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from nova_desktop.closeup import Details
from nova_desktop.model import Info, Source
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import noop, number, tr, trn

TAKEN_FROM = {
    "EXIF": noop("Facts", "as the camera noted"),
    "container": noop("Facts", "as noted in the file"),
    "sidecar": noop("Facts", "as noted in the file beside it"),
    "file name": noop("Facts", "by the file's name"),
    "file time": noop("Facts", "when the file was last changed"),
}
SHOWN = 5  # paths of one line; more are counted
TOLD_CHARACTERS = 160


def lines(details: Details) -> list[tuple[str, str]]:
    """(what it is, what is known), in the order of reading; lines without a text left out."""
    info = details.info
    found = [
        (tr("Facts", "Title"), wording.shown(info.title)),
        (tr("Facts", "Date"), _taken(info)),
        (tr("Facts", "Size"), _size(details)),
        (tr("Facts", "Length"), wording.clock(info.duration_s) if info.duration_s else ""),
        (tr("Facts", "Pages"), number(info.pages) if info.pages else ""),
        (tr("Facts", "Camera"), wording.shown(info.camera)),
        (tr("Facts", "Place"), place(info)),
        (tr("Facts", "Rating"), "★" * info.rating if info.rating else ""),
        (tr("Facts", "Keywords"), ", ".join(map(wording.shown, info.keywords))),
        *(
            (wording.WHY[told.source], _told(told.words, told.parts))
            for told in details.told
            if told.source is not Source.NAME  # it stands above
        ),
        (tr("Facts", "Belongs to it"), "\n".join(wording.name_of(p) for p in details.companions)),
        (tr("Facts", "The same file is also in"), _paths(details.copies)),
        (tr("Facts", "Watched folder"), wording.shown(str(details.folder or ""))),
        (tr("Facts", "Searchable by"), ", ".join(_engines(details.spaces))),
    ]
    return [(name, text) for name, text in found if text]


def place(info: Info) -> str:
    """48.85770° N, 2.29500° E; "" where there is none."""
    if info.latitude is None or info.longitude is None:
        return ""
    north = tr("Facts", "N") if info.latitude >= 0 else tr("Facts", "S")
    east = tr("Facts", "E") if info.longitude >= 0 else tr("Facts", "W")
    return f"{abs(info.latitude):.5f}° {north}, {abs(info.longitude):.5f}° {east}"


def _taken(info: Info) -> str:
    if info.taken_s is None:
        return ""
    day = wording.date(info.taken_s)
    try:
        clock = time.strftime("%H:%M", time.localtime(info.taken_s))
    except (OverflowError, OSError, ValueError):
        return day
    source = TAKEN_FROM.get(info.taken_from)
    said = f"{day}, {clock}" if day else ""
    return f"{said} ({tr(*source)})" if said and source else said


def _size(details: Details) -> str:
    info = details.info
    pixels = f"{info.width} × {info.height}" if info.width and info.height else ""
    size = details.size_bytes
    kept = wording.size(size) if size is not None else ""
    return " · ".join(part for part in (pixels, kept) if part)


def _told(words: str, parts: int) -> str:
    text = " ".join(wording.shown(words).split())
    if len(text) > TOLD_CHARACTERS:
        text = text[:TOLD_CHARACTERS].rsplit(" ", 1)[0] + "…"
    count = trn("Facts", "{n} part(s)", None, parts) if parts > 1 else ""
    return "\n".join(part for part in (text, count) if part) or tr("Facts", "yes")


def _paths(paths: tuple[Path, ...]) -> str:
    shown = [wording.shown(str(path.parent)) for path in paths[:SHOWN]]
    if len(paths) > SHOWN:
        shown.append(trn("Facts", "and {n} more place(s)", None, len(paths) - SHOWN))
    return "\n".join(shown)


def _engines(spaces: tuple[str, ...]) -> Iterator[str]:
    for space in spaces:
        if space.startswith("nova"):
            yield tr("Facts", "Amazon Nova")
        else:
            yield tr("Facts", "this device")
