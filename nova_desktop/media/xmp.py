"""The few properties of an XMP packet that help finding a photo."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from nova_desktop.errors import ExpectedError
from nova_desktop.media.opening import Version, opened, version
from nova_desktop.media.stars import stars
from nova_desktop.media.taken import iso_time
from nova_desktop.media.xml import Closes, Opens, Says, events

BURST_CHARACTERS = 100  # of what names a burst: a UUID, most often
LIMIT = 2_000_000  # bytes of a sidecar
_DATES = ("DateTimeOriginal", "DateCreated", "CreateDate")  # best first
_TEXTS = (
    *("title", "description", "Headline", "subject", "GPSLatitude", "GPSLongitude", "Rating"),
    "BurstID",
    *_DATES,
)


@dataclass(frozen=True, slots=True)
class Xmp:
    """None or "" where the packet is silent."""

    taken_s: float | None = None
    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = field(default=())
    latitude: float | None = None
    longitude: float | None = None
    rating: int | None = None
    burst: str = ""  # of the camera app of Android: the same for all photos of one press


def xmp_of(packet: bytes) -> Xmp:
    """What a packet says; nothing where it is broken, as it never is all there is of a photo."""
    said: dict[str, list[str]] = {name: [] for name in _TEXTS}
    try:
        _collect(packet.strip(b"\0 \r\n\t"), said)
    except (SyntaxError, ValueError):
        return Xmp()
    times = (iso_time(text) for name in _DATES for text in said[name])
    return Xmp(
        taken_s=next((t for t in times if t is not None), None),
        title=next(iter(said["title"] + said["Headline"]), ""),
        description=next(iter(said["description"]), ""),
        keywords=tuple(dict.fromkeys(said["subject"])),
        latitude=_degrees(said["GPSLatitude"], 90),
        longitude=_degrees(said["GPSLongitude"], 180),
        rating=stars(*said["Rating"]),
        burst=next(iter(said["BurstID"]), "")[:BURST_CHARACTERS],
    )


def sidecar_of(path: Path) -> Xmp:
    """The XMP beside a file: photo.xmp (Lightroom) or photo.jpg.xmp (darktable)."""
    for beside in _sidecars(path):
        if not beside.is_file():
            continue
        try:
            with opened(beside) as file:
                return xmp_of(file.read(LIMIT))
        except ExpectedError:
            continue  # an unreadable sidecar is no fault of the file
    return Xmp()


def sidecar_versions(path: Path) -> tuple[Version, ...]:
    """What tells whether `sidecar_of` would say something else by now."""
    found = []
    for beside in _sidecars(path):
        with suppress(ExpectedError):  # most often there is none
            found.append(version(beside))
    return tuple(found)


def _sidecars(path: Path) -> list[Path]:
    names = (f"{path.stem}.xmp", f"{path.stem}.XMP", f"{path.name}.xmp")
    return [path.with_name(name) for name in names if len(name.encode("utf-8", "replace")) <= 255]


def _collect(packet: bytes, said: dict[str, list[str]]) -> None:
    """Properties stand as attributes of rdf:Description, or as elements with text or a list."""
    if not packet:
        return
    inside, text = "", ""
    for event in events(packet):
        match event:
            case Opens(tag, attributes):
                for name, value in attributes.items():
                    if tag == "Description" and name in said:
                        said[name].append(value)
                if tag in said:
                    inside = tag
                text = ""
            case Says(more):
                text += more
            case Closes(tag):
                if inside and (words := " ".join(text.split())):
                    said[inside].append(words)
                text = ""
                if tag == inside:
                    inside = ""


def _degrees(texts: list[str], most: float) -> float | None:
    """XMP writes 47,22.5N or 47,22,30N."""
    for text in texts:
        found = re.fullmatch(
            r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])", text
        )
        if found:
            degrees = int(found[1]) + float(found[2]) / 60 + float(found[3] or 0) / 3600
            if degrees <= most:
                return -degrees if found[4] in "SW" else degrees
    return None
