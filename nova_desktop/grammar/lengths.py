"""Durations as people write them: 30s, 5m, 1:30, <30s, 1m..3m."""

from __future__ import annotations

import math
import re

from nova_desktop.grammar import german
from nova_desktop.grammar.dates import positional

_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}
_TO = re.compile(r"\.\.\.?|…|(?<=\w)\s*[-–—]\s*(?=\d)| (?:to|and|bis|und) ")
# Every word for them, also in German.
_WORDS = (
    *("from", "between", "to", "and", "von", "zwischen", "bis", "und"),
    *("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden"),
    *("m", "min", "minute", "minutes", "minuten"),
    *("s", "sec", "second", "seconds", "sek", "sekunde", "sekunden"),
)
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_CLOCK = re.compile(rf"(?:(\d+):)?(\d+):{_NUMBER}")
_PARTS = re.compile(
    rf"(?:{_NUMBER}\s*h(?:(?:ou)?rs?)?)?\s*(?:{_NUMBER}\s*m(?:in(?:utes?)?)?)?"
    rf"\s*(?:{_NUMBER}\s*s(?:ec(?:onds?)?)?)?"
)


def seconds(text: str) -> tuple[float, float] | None:
    """(the duration, its smallest unit), both in seconds; None for what is no duration."""
    text = german.durations(text.strip().lower()).replace(",", ".")
    if re.fullmatch(_NUMBER, text):
        return _finite(float(text), 1.0)
    if found := _CLOCK.fullmatch(text):
        hours, minutes, rest = (float(part or 0) for part in found.groups())
        return _finite(3600 * hours + 60 * minutes + rest, 1.0)
    if found := re.fullmatch(r"(\d+)\s*h(\d{1,2})|(\d+)\s*m(\d{1,2})", text):  # 1h30, 1m30
        first, unit = (found[1], 3600.0) if found[1] else (found[3], 60.0)
        last = float(found[2] or found[4])
        return _finite(float(first) * unit + last * unit / 60, unit / 60)
    found = _PARTS.fullmatch(text)
    if not found or not text:
        return None
    units = (3600.0, 60.0, 1.0)
    given = [(float(n), unit) for n, unit in zip(found.groups(), units, strict=True) if n]
    return _finite(sum(n * unit for n, unit in given), given[-1][1])


def _finite(length: float, unit: float) -> tuple[float, float] | None:
    return (length, unit) if math.isfinite(length) else None


def between(text: str) -> tuple[float | None, float | None] | None:
    """(shortest, longest), both included, of a value: 5m, a..b, a.., ..b, >a, >=a, <a, <=a."""
    if found := re.fullmatch(r"\s*([<>]=?)(.+)", text, re.DOTALL):
        if (named := seconds(found[2])) is None:
            return None
        length, _ = named
        bounds: dict[str, tuple[float | None, float | None]] = {
            ">": (math.nextafter(length, math.inf), None),
            ">=": (length, None),
            "<": (None, math.nextafter(length, -math.inf)),
            "<=": (None, length),
        }
        return bounds[found[1]]
    first, dots, last = _parted(text)
    if not dots:
        if (named := seconds(text)) is None:
            return None
        length, unit = named
        return length, math.nextafter(length + unit, -math.inf)  # 2m: two minutes and some
    begin = seconds(first) if first.strip() else None
    end = seconds(last) if last.strip() else None
    if (first.strip() and begin is None) or (last.strip() and end is None) or begin is end is None:
        return None
    return begin and begin[0], end and end[0]


def _parted(text: str) -> tuple[str, str, str]:
    """(first, "..", last) of a stretch, however it is written: 1m..3m, 1–3 min, von 1 bis 3 min.

    A number alone has the unit of the other one.
    """
    said = re.sub("^(?:from|between|von|zwischen) ", "", text.strip().lower())
    first, dots, last = (part.strip() for part in _TO.sub("..", said, count=1).partition(".."))
    if re.fullmatch(_NUMBER, first) and (unit := re.search(r"[^\W\d]+\.?$", last)):
        first += unit[0]
    elif re.fullmatch(_NUMBER, last) and (unit := re.search(r"[^\W\d]+\.?$", first)):
        last += unit[0]
    return first, dots, last


def begun(text: str) -> bool:
    """Whether more letters could make a duration of it; of a stretch, its end."""
    last = _TO.split(text.lower())[-1].lstrip("<>= ").rstrip(" -–—")
    if re.search(r"[^\w\s.,:]", last):
        return False
    *whole, half = re.findall(r"[^\W\d]+", last) or [""]
    return set(whole) <= set(_WORDS) and any(word.startswith(half) for word in _WORDS)


def written(shortest_s: float | None, longest_s: float | None, whole: bool = False) -> list[str]:
    """The values that together mean this; `whole`: one alone."""
    bounds = (shortest_s, longest_s)
    if shortest_s is not None and longest_s is not None:
        for text in (_length(shortest_s), f"{_length(shortest_s)}..{_length(longest_s)}"):
            if between(text) == bounds and (whole or len(text) < 16):
                return [text]
    found = []
    if shortest_s is not None:
        below = math.nextafter(shortest_s, -math.inf)
        found.append(f">{_length(below)}" if _round(below) else f">={_length(shortest_s)}")
    if longest_s is not None:
        above = math.nextafter(longest_s, math.inf)
        found.append(f"<{_length(above)}" if _round(above) else f"<={_length(longest_s)}")
    return found


def _round(length: float) -> bool:
    return length.is_integer() and length > 0


def _length(length: float) -> str:
    for unit in ("h", "m"):
        count = length / _UNITS[unit]
        if length and count.is_integer() and count * _UNITS[unit] == length:
            return f"{positional(count)}{unit}"
    return f"{positional(length)}s"
