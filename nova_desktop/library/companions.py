"""Which files of a folder belong to another one beside them, by their names alone: pure."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Kind(enum.StrEnum):
    SUBTITLES = "subtitles"  # the words of a video
    RAW = "raw"  # what the camera's sensor saw, beside the picture made of it
    LIVE = "live"  # perhaps the moving half of a Live Photo: only the content can tell
    SIDECAR = "sidecar"  # notes of a photo program


class Companion(NamedTuple):
    primary: str  # the name of the file that it belongs to
    kind: Kind


_VIDEOS = frozenset(
    [
        "mp4",
        "m4v",
        "mov",
        "qt",
        "mkv",
        "webm",
        "avi",
        "wmv",
        "asf",
        "mpg",
        "mpeg",
        "m2v",
        "vob",
        "ts",
        "mts",
        "m2ts",
        "3gp",
        "3g2",
        "flv",
        "f4v",
        "ogv",
    ]
)
_STILLS = ("heic", "heif", "hif", "jpg", "jpeg", "jpe")  # the first of these is the primary
_RAWS = frozenset(
    [
        "dng",
        "cr2",
        "cr3",
        "crw",
        "nef",
        "nrw",
        "arw",
        "srf",
        "sr2",
        "raf",
        "orf",
        "rw2",
        "pef",
        "srw",
        "x3f",
        "3fr",
        "erf",
    ]
)
_SUBTITLES = frozenset(("srt", "vtt"))
_LANGUAGE_PARTS = 2  # film.en.srt, film.pt-br.forced.srt


_TAILS = tuple(f".{ending}" for ending in (*_RAWS, *_SUBTITLES, "mov", "xmp"))
_LAST_TWO = frozenset(
    first + last
    for tail in _TAILS
    for first in (tail[-2], tail[-2].upper())
    for last in (tail[-1], tail[-1].upper())
)


def may_accompany(paths: Iterable[str]) -> list[str]:
    """Those whose names are such that they could be companions at all."""
    some = [path for path in paths if path[-2:] in _LAST_TWO]  # a quick test of very many
    return [path for path in some if path.lower().endswith(_TAILS)]


def companions(names: Iterable[str]) -> dict[str, Companion]:
    """Companion → its primary, among the names of one folder; upper and lower case are alike.

    A primary is never itself a companion: a sidecar of a RAW belongs to the RAW's picture.
    """
    folder = _Folder(sorted(names))
    found: dict[str, Companion] = {}
    for name in folder.names:
        if companion := folder.companion(name):
            found[name] = companion
    # A film that somebody gave subtitles to is not the three seconds around a photo.
    for film in {to.primary for to in found.values() if to.kind is Kind.SUBTITLES}:
        found.pop(film, None)
    for name, (primary, kind) in found.items():
        if primary in found:
            found[name] = Companion(found[primary].primary, kind)
    return found


class _Folder:
    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.whole = {name.lower(): name for name in reversed(names)}
        self.of_stem: defaultdict[str, dict[str, str]] = defaultdict(dict)  # stem → ending → name
        for name in reversed(names):
            stem, ending = _split(name)
            self.of_stem[stem][ending] = name

    def companion(self, name: str) -> Companion | None:
        stem, ending = _split(name)
        if not stem:
            return None
        beside = self.of_stem[stem]
        still = next((beside[ending] for ending in _STILLS if ending in beside), None)
        if ending in _RAWS:
            return Companion(still, Kind.RAW) if still else None
        if ending == "mov":
            return Companion(still, Kind.LIVE) if still else None
        if ending in _SUBTITLES:
            video = self._video(stem)
            return Companion(video, Kind.SUBTITLES) if video else None
        if ending == "xmp":
            primary = self._with_sidecar(stem, still)
            return Companion(primary, Kind.SIDECAR) if primary else None
        return None

    def _video(self, stem: str) -> str | None:
        """The video of these subtitles, whose stem may end in a language."""
        for _ in range(_LANGUAGE_PARTS + 1):
            for ending, name in sorted(self.of_stem.get(stem, {}).items()):
                if ending in _VIDEOS:
                    return name
            stem, dot, _ = stem.rpartition(".")
            if not dot:
                break
        return None

    def _with_sidecar(self, stem: str, still: str | None) -> str | None:
        """What `stem`.xmp is about: the file named `stem`, else one with that stem."""
        whole = self.whole.get(stem)
        if whole is not None and _split(whole)[1] not in ("", "xmp"):
            return whole
        others = sorted(
            (ending, name)
            for ending, name in self.of_stem[stem].items()
            if ending not in _SUBTITLES and ending not in ("", "xmp")
        )
        return still or (others[0][1] if others else None)


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.lower().rpartition(".")
    return (stem, ending) if dot else (ending, "")
