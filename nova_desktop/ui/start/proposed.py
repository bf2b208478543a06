"""Which folders the first start proposes, and how what is in them is said."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from nova_desktop.folders import Survey
from nova_desktop.kinds import Modality
from nova_desktop.ui import wording
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import number, tr, trn

Location = QStandardPaths.StandardLocation
PLACES = (
    Location.PicturesLocation,
    Location.MoviesLocation,
    Location.MusicLocation,
    Location.DocumentsLocation,
)


def proposed() -> tuple[Path, ...]:
    """The user's own folders of media, where they exist: not the home folder in their place."""
    home = Path(QStandardPaths.writableLocation(Location.HomeLocation))
    paths = (Path(QStandardPaths.writableLocation(place)) for place in PLACES)
    return tuple(dict.fromkeys(path for path in paths if path != home and path.is_dir()))


def inside(survey: Survey) -> str:
    """1,204 photos, 12 videos, 3 sounds; while it is being counted, so far."""
    parts = [_of_kind(kind, survey.files[kind]) for kind in Modality if survey.files.get(kind)]
    if not parts:
        parts = [
            tr("First start", "Nothing that can be indexed")
            if survey.done
            else tr("First start", "Looking…")
        ]
    said = ", ".join(parts)
    return said if survey.done else tr("First start", "{found} so far…", found=said)


def _of_kind(kind: Modality, n: int) -> str:
    match kind:
        case Modality.IMAGE:
            return trn("First start", "{n} photo(s)", None, n)
        case Modality.VIDEO:
            return trn("First start", "{n} video(s)", None, n)
        case Modality.AUDIO:
            return trn("First start", "{n} sound(s)", None, n)
        case Modality.DOCUMENT:
            return trn("First start", "{n} document(s)", None, n)
        case Modality.TEXT:
            return trn("First start", "{n} note(s)", None, n)


def left_out(survey: Survey) -> str:
    """What is not indexed of it, and why; "" for nothing."""
    parts = [
        tr("First start", "{count} left out: {reason}", count=number(n), reason=sentence(why))
        for why, n in survey.excluded.items()
        if n
    ]
    if n := survey.other:
        parts.append(trn("First start", "{n} file(s) of other kinds", None, n))
    if n := survey.online_only:
        parts.append(trn("First start", "{n} file(s) only online: not downloaded", None, n))
    if n := survey.unreadable_count:
        parts.append(trn("First start", "{n} place(s) that can't be opened", None, n))
    return " · ".join(parts)


def in_all(surveys: list[Survey]) -> str:
    """How many files the chosen folders hold, and whether that is all of them."""
    n = sum(survey.total for survey in surveys)
    said = wording.files(n)
    if all(survey.done for survey in surveys):
        return said
    return tr("First start", "{found} so far…", found=said)
