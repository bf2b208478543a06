"""Places in a text as Qt counts them: in UTF-16 units, of which most emoji take two."""

from __future__ import annotations


def units(text: str) -> list[int]:
    """For each place between the characters of `text`, ends included, where it is for Qt."""
    places = [0]
    for c in text:
        places.append(places[-1] + 1 + (ord(c) > 0xFFFF))
    return places


def character(text: str, unit: int) -> int:
    """How many characters stand before what Qt calls `unit`."""
    return sum(place <= unit for place in units(text)) - 1
