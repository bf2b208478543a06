"""What the catalog's SQL asks of us: how names compare, and how far places are apart. Pure."""

from __future__ import annotations

import math
import os
import sqlite3

from nova_desktop.folding import same_case

EARTH_KM = 6371.0  # mean radius: IUGG


def prepare(db: sqlite3.Connection) -> None:
    """Gives a connection the functions that migrations and questions use."""
    for name, count, function in (
        ("name_key", 1, name_key),
        ("ending_of", 1, ending_of),
        ("km_apart", 4, km_apart),
    ):
        db.create_function(name, count, function, deterministic=True)


def name_of(path: bytes) -> str:
    """The file's name as text, where bytes that are no text show as �."""
    return path[path.rfind(os.fsencode(os.sep)) + 1 :].decode("utf-8", "replace")


def name_key(path: bytes) -> str:
    """The file's name as it is compared and sorted."""
    return same_case(name_of(path))


def ending_of(path: bytes) -> str:
    """Of a file's name, in lower case without the dot; "" where it has none, as .profile."""
    stem, dot, ending = name_of(path).rpartition(".")
    return same_case(ending) if dot and stem else ""


def km_apart(latitude: float, longitude: float, other: float, other_longitude: float) -> float:
    """Along the surface, by the haversine formula; degrees in, at most 0.6 % wrong."""
    north, east = math.radians(other - latitude), math.radians(other_longitude - longitude)
    across = math.cos(math.radians(latitude)) * math.cos(math.radians(other))
    h = math.sin(north / 2) ** 2 + across * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
