"""When a content was made: from its own metadata, else from its name, else from the file."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from nova_desktop.media.opening import checked

# 20240131_154500, 2024-01-31 15.45.00, PXL_20240131_154500123, IMG-20240131-WA0003, 2024-01-31
_IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])"
    r"(?:(?:[-_. T]| at )?([01]\d|2[0-3])[-_.:h]?([0-5]\d)(?:[-_.:m]?([0-5]\d))?(?:\d{3})?)?"
    r"(?!\d)",
    re.IGNORECASE,
)
_EXIF = re.compile(r"(\d{4})[:\-/.](\d\d)[:\-/.](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?"
)


def taken(path: Path, *known: tuple[float | None, str]) -> tuple[float, str]:
    """(seconds since 1970, where from): the first of `known` that has a time, else the name's,
    else the file's. Raises as `checked` does."""
    for seconds, source in known:
        if seconds is not None:
            return seconds, source
    named = time_in_name(path.stem)
    if named is not None:
        return named, "file name"
    return checked(path).st_mtime, "file time"


def time_in_name(stem: str) -> float | None:
    """The date in a file name, at noon where the name gives no time of day; local time."""
    for found in _IN_NAME.finditer(stem):
        year, _, month, day, hour, minute, second = found.groups()
        numbers = [int(n) for n in (year, month, day)]
        clock = [int(n) for n in (hour, minute, second or 0)] if hour else [12, 0, 0]
        seconds = _seconds(numbers + clock)
        if seconds is not None:
            return seconds
    return None


def exif_time(text: str, offset: str = "", subsec: str = "") -> float | None:
    """EXIF's "2024:01:31 15:45:00" with its offset ("+01:00") and fraction; else local time."""
    found = _EXIF.match(text.strip())
    if not found:
        return None
    seconds = _seconds([int(n or 0) for n in found.groups()], _zone(offset.strip()))
    digits = subsec.strip("\0 ")
    fraction = float(f"0.{digits}") if digits.isascii() and digits.isdigit() else 0.0
    return None if seconds is None else seconds + fraction


def iso_time(text: str) -> float | None:
    """A time as XMP, Dublin Core and Office write it: ISO 8601, local where no zone is given."""
    found = _ISO.match(text.strip())
    if not found:
        return None
    *numbers, fraction, zone = found.groups()
    if numbers[3] is None:
        numbers[3:] = ["12", "0", "0"]
    seconds = _seconds([int(n or 0) for n in numbers], _zone(zone or ""))
    return None if seconds is None else seconds + float(fraction or 0)


def _zone(offset: str) -> timezone | None:
    if offset == "Z":
        return UTC
    found = re.fullmatch(r"([+-])(\d\d):?(\d\d)", offset)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    if minutes >= 24 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


def _seconds(numbers: list[int], zone: timezone | None = None) -> float | None:
    """None for what no calendar has (month 13, 0000:00:00) or the system can't count."""
    year, month, day, hour, minute, second = numbers
    try:
        seconds = datetime(year, month, day, hour, minute, second, tzinfo=zone).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return seconds if math.isfinite(seconds) else None
