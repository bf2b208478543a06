"""Filters as SQL over the catalog, and what it says of a file without asking; pure."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nova_desktop.folding import same_case
from nova_desktop.library.naming import EARTH_KM, km_apart
from nova_desktop.library.questions import below
from nova_desktop.query import Around, Filters

_EDGE_KM = 0.01  # what the bounds of a circle are too wide by, against rounding


@dataclass(slots=True)
class Conditions:
    """SQL that holds together, with its values in order."""

    sql: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def add(self, sql: str, *values: object) -> None:
        self.sql.append(sql)
        self.values += values

    def any_of(self, column: str, values: Iterable[object]) -> None:
        given = list(values) or [None]  # which nothing is: SQLite plans nothing for an empty list
        self.add(f"{column} IN ({','.join('?' * len(given))})", *given)

    def none_of(self, other: Conditions) -> None:
        """The other ones do not hold together; what is not known does not hold."""
        if other.sql:
            self.add(f"({other.text}) IS NOT TRUE", *other.values)

    @property
    def text(self) -> str:
        return " AND ".join(self.sql)


def passes(path: Path, filters: Filters) -> bool:
    """Whether a file passes by its place and name alone, as `of_files` says it in SQL."""
    if any(of_files(other, "f").sql and passes(path, other) for other in filters.without):
        return False
    if filters.folders and not any(path.is_relative_to(folder) for folder in filters.folders):
        return False
    name = same_case(os.fsencode(path.name).decode("utf-8", "replace"))
    stem, dot, ending = name.rpartition(".")
    return same_case(filters.name) in name and (
        not filters.extensions or bool(dot and stem and ending in filters.extensions)
    )


def of_files(filters: Filters, table: str) -> Conditions:
    """What they say of a file's place and name; `table` is files' or, alike, contents'."""
    found = Conditions()
    if filters.folders:
        folders = outermost(filters.folders)
        inside = [f"({table}.path = ? OR ({table}.path > ? AND {table}.path < ?))"] * len(folders)
        bounds = ((os.fsencode(folder), *below(str(folder))) for folder in folders)
        found.add(f"({_either(inside)})", *(bound for some in bounds for bound in some))
    if filters.name:
        found.add(f"instr({table}.name, ?) > 0", same_case(filters.name))
    if filters.extensions:
        found.any_of(f"{table}.ending", sorted(map(same_case, filters.extensions)))
    for other in filters.without:
        found.none_of(of_files(other, table))
    return found


def outermost(folders: Sequence[Path]) -> list[Path]:
    """Those that lie in none of the others."""
    kept: list[Path] = []
    for folder in sorted(folders):
        if not (kept and folder.is_relative_to(kept[-1])):
            kept.append(folder)
    return kept


def _either(conditions: Sequence[str]) -> str:
    """ORs in the shape of a balanced tree: SQLite nests a plain row of them, 1,000 deep at most."""
    if len(conditions) <= 2:
        return " OR ".join(conditions)
    half = len(conditions) // 2
    return f"({_either(conditions[:half])}) OR ({_either(conditions[half:])})"


def of_circle(around: Around, every: Conditions) -> None:
    """Bounds first, which an index decides; the distance only for what is inside these."""
    latitude, longitude = around.latitude, around.longitude
    assert latitude is not None  # noqa: S101  # resolved before
    assert longitude is not None  # noqa: S101
    high = (around.radius_km + _EDGE_KM) / (EARTH_KM * 0.017453)  # degrees
    every.add("c.latitude BETWEEN ? AND ?", latitude - high, latitude + high)
    if abs(latitude) + high < 90:
        # The circle's widest place lies towards the pole: measured at its edge, it is wide enough.
        one_degree = km_apart(abs(latitude) + high, 0.0, abs(latitude) + high, 1.0)
        wide = min(180.0, 1.1 * (around.radius_km + _EDGE_KM) / max(one_degree, 1e-9))
        west, east = longitude - wide, longitude + wide
        if west < -180:
            every.add("(c.longitude >= ? OR c.longitude <= ?)", west + 360, east)
        elif east > 180:
            every.add("(c.longitude >= ? OR c.longitude <= ?)", west, east - 360)
        else:
            every.add("c.longitude BETWEEN ? AND ?", west, east)
    else:
        every.add("c.longitude IS NOT NULL")
    # What lies well inside is inside: the function is slow, and SQLite has none of its own.
    middle = 0.6 * high if around.radius_km < 1000 and abs(latitude) + high < 80 else 0.0
    beside = middle / math.cos(math.radians(latitude)) if middle else 0.0
    every.add(
        "((c.latitude BETWEEN ? AND ? AND c.longitude BETWEEN ? AND ?) "
        "OR km_apart(?, ?, c.latitude, c.longitude) <= ?)",
        *(latitude - middle, latitude + middle, longitude - beside, longitude + beside),
        *(latitude, longitude, around.radius_km),
    )
