"""What a picture says of itself: EXIF, XMP (inside or beside it) and IPTC, as plain values."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova_desktop.media.stars import split, stars, unique
from nova_desktop.media.taken import exif_time
from nova_desktop.media.xmp import sidecar_of, xmp_of

if TYPE_CHECKING:
    from PIL import ImageFile

EXIF_IFD, GPS_IFD = 0x8769, 0x8825
MOST_TAGS = 200  # of a camera's note, and bytes of what names a burst
MAX_WORDS = 4000  # characters of one field: a caption, not a book hidden in a header


@dataclass(frozen=True, slots=True)
class About:
    """None or "" where the picture is silent."""

    exif_s: float | None = None
    container_s: float | None = None
    sidecar_s: float | None = None
    camera: str = ""
    latitude: float | None = None
    longitude: float | None = None
    title: str = ""
    rating: int | None = None
    keywords: tuple[str, ...] = ()
    body: str = ""  # a hash of the camera's own number
    burst: str = ""  # the same for all photos of one press of the button
    text: str = ""  # title, description, keywords, people, place names: one a line


def about(picture: ImageFile.ImageFile, path: Path) -> About:
    """Everything the opened picture and the sidecar beside it say. Call inside `decoding`."""
    exif = _tags(picture)
    inner = _tags(picture, EXIF_IFD)
    inside = xmp_of(_packet(picture))
    beside = sidecar_of(path)
    iptc = _iptc(picture)
    latitude, longitude = _place(_tags(picture, GPS_IFD))
    titles = [beside.title, inside.title, iptc.get((2, 5), ""), _wide(exif.get(0x9C9B))]
    title = next((t for t in titles if t), "")
    lines = [
        title,
        beside.description,
        inside.description,
        text_of(exif.get(0x010E)),
        iptc.get((2, 105), ""),
        iptc.get((2, 120), ""),
        _wide(exif.get(0x9C9C)),
        _wide(exif.get(0x9C9F)),
        _comment(inner.get(0x9286)),
        *(text_of(picture.info.get(key)) for key in ("Title", "Description", "comment")),
        ", ".join((*beside.keywords, *inside.keywords)),
        iptc.get((2, 25), ""),
        _wide(exif.get(0x9C9E)),
    ]
    return About(
        exif_s=_exif_time(exif, inner),
        container_s=inside.taken_s,
        sidecar_s=beside.taken_s,
        camera=_camera(text_of(exif.get(0x010F)), text_of(exif.get(0x0110))),
        latitude=beside.latitude if latitude is None else latitude,
        longitude=beside.longitude if longitude is None else longitude,
        title=title[:MAX_WORDS],
        rating=stars(beside.rating, inside.rating, exif.get(0x4746), exif.get(0x4749)),
        keywords=unique(
            (
                *beside.keywords,
                *inside.keywords,
                *split(iptc.get((2, 25), "")),
                *split(_wide(exif.get(0x9C9E))),
            )
        ),
        body=_hashed(text_of(inner.get(0xA431)) or text_of(exif.get(0xC62F))),
        burst=inside.burst or apple_burst(inner.get(0x927C)),
        text="\n".join(dict.fromkeys(line.strip()[:MAX_WORDS] for line in lines if line.strip())),
    )


def _hashed(number: str) -> str:
    """A camera's number as nobody can read it; "" for none."""
    return blake2b(number.encode(), digest_size=6).hexdigest() if number.strip("0 ") else ""


def apple_burst(note: object) -> str:
    """What names the burst in the note of an iPhone; "" in any other, or where it is broken.

    A directory as of TIFF, big endian, after 14 bytes; tag 11 is the UUID of a burst in ASCII
    (ExifTool's table of Apple's tags).
    """
    if not isinstance(note, bytes) or not note.startswith(b"Apple iOS\0"):
        return ""
    try:
        (count,) = struct.unpack_from(">H", note, 14)
        for at in range(16, 16 + 12 * min(count, MOST_TAGS), 12):
            tag, kind, length, offset = struct.unpack_from(">HHII", note, at)
            if (tag, kind) == (11, 2) and length <= MOST_TAGS:
                return text_of(note[offset : offset + length])
    except struct.error:
        pass  # cut off
    return ""


def _tags(picture: ImageFile.ImageFile, ifd: int | None = None) -> Mapping[int, Any]:
    """The tags of one directory; none where the block is broken: the pixels may still be good."""
    try:
        exif = picture.getexif()
        return exif if ifd is None else exif.get_ifd(ifd)
    except Exception:  # Pillow raises whatever the damaged bytes lead it to
        return {}


def _exif_time(exif: Mapping[int, Any], inner: Mapping[int, Any]) -> float | None:
    for tags, tag, offset, subsec in (
        (inner, 0x9003, 0x9011, 0x9291),  # DateTimeOriginal
        (inner, 0x9004, 0x9012, 0x9292),  # DateTimeDigitized
        (exif, 0x0132, 0x9010, 0x9290),  # DateTime
    ):
        seconds = exif_time(
            text_of(tags.get(tag)), text_of(inner.get(offset)), text_of(inner.get(subsec))
        )
        if seconds is not None:
            return seconds
    return None


def text_of(value: object) -> str:
    """A text tag without padding and control characters; "" for anything else."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    text = value.partition("\0")[0]
    with suppress(UnicodeError):  # Pillow reads EXIF's text as Latin-1, most programs write UTF-8
        text = text.encode("latin-1").decode("utf-8")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _wide(value: object) -> str:
    """Windows' own tags (XPTitle, ...): UTF-16 in bytes."""
    if isinstance(value, tuple) and all(isinstance(b, int) and 0 <= b < 256 for b in value):
        value = bytes(value)
    if not isinstance(value, bytes):
        return ""
    text = value.decode("utf-16-le", "replace").partition("\0")[0]
    return " ".join(text.replace(";", ", ").split())


def _comment(value: object) -> str:
    """EXIF's UserComment: eight bytes name the encoding."""
    if isinstance(value, str):
        return text_of(value)
    if not isinstance(value, bytes) or len(value) <= 8:
        return ""
    if value.startswith(b"UNICODE"):
        return text_of(value[8:].decode("utf-16", "replace"))
    return text_of(value[8:]) if value[:5] == b"ASCII" else ""


def _camera(maker: str, model: str) -> str:
    first = maker.split(" ")[0].lower()
    return model if first and model.lower().startswith(first) else f"{maker} {model}".strip()


def _place(gps: Mapping[int, Any]) -> tuple[float | None, float | None]:
    latitude = _degrees(gps.get(2), gps.get(1), "S", 90)
    longitude = _degrees(gps.get(4), gps.get(3), "W", 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None, None  # cameras without a fix write zeros
    return latitude, longitude


def _degrees(parts: object, ref: object, negative: str, most: float) -> float | None:
    try:
        numbers = [float(part) for part in parts]  # type: ignore[attr-defined]  # checked by the except
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    degrees = sum(n / 60**i for i, n in enumerate(numbers[:3])) if numbers else math.nan
    if text_of(ref).upper().startswith(negative):
        degrees = -degrees
    return degrees if abs(degrees) <= most else None


def _packet(picture: ImageFile.ImageFile) -> bytes:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    if not packet:
        packet = _tags(picture).get(700) or b""  # TIFF's tag for it
    return packet.encode() if isinstance(packet, str) else bytes(packet)


def _iptc(picture: ImageFile.ImageFile) -> dict[tuple[int, int], str]:
    """IPTC's captions and keywords; none where the block is broken."""
    from PIL import IptcImagePlugin

    try:
        found = IptcImagePlugin.getiptcinfo(picture) or {}
    except Exception:  # Pillow raises whatever the damaged bytes lead it to
        return {}
    return {
        key: ", ".join(text_of(v) for v in (value if isinstance(value, list) else [value]))
        for key, value in found.items()
    }
