"""The values that filters can take here, counted from the catalog's indexes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

import numpy as np

from nova_desktop.library.catalog import Catalog
from nova_desktop.library.places import Places
from nova_desktop.query import Facet, Facets

SEEN = "INDEXED BY contents_by_time WHERE files > 0"
CELL = 20  # places in a degree that are looked up apart: 5 km
MOST = 1000  # values of one kind: nobody looks through more


def facets(catalog: Catalog, places: Places) -> Facets:
    """Kept until the catalog changes. What it costs tests/benchmarks/browsing.py measures."""
    return catalog.kept("facets", lambda: _counted(catalog, places))


def _counted(catalog: Catalog, places: Places) -> Facets:
    kinds, extensions, cameras, ratings = (Counter[str]() for _ in range(4))
    rows = catalog.read(f"SELECT modality, ending, camera, rating FROM contents {SEEN}")  # noqa: S608  # a constant
    for (kind, ending, camera, rating), count in Counter(rows).items():
        kinds[kind] += count
        extensions[ending] += count
        cameras[camera or ""] += count
        ratings[str(rating or "")] += count
    folders = {os.fsdecode(path): count for path, count in catalog.directories().items()}
    return Facets(
        kinds=_ranked(kinds),
        extensions=_ranked(extensions),
        cameras=_ranked(cameras),
        tags=_tags(catalog),
        ratings=tuple(sorted(_ranked(ratings), key=lambda it: it.value, reverse=True)),
        places=_ranked(_places(catalog, places)),
        years=_years(catalog),
        folders=_ranked(folders),
    )


def _ranked(counts: Mapping[str, int]) -> tuple[Facet, ...]:
    named = ((value, count) for value, count in counts.items() if value)
    ranked = sorted(named, key=lambda it: (-it[1], it[0]))
    return tuple(Facet(value, count) for value, count in ranked[:MOST])


def _tags(catalog: Catalog) -> tuple[Facet, ...]:
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for tag, as_written, count in catalog.read(
        "SELECT tag, MIN(written), COUNT(*) FROM tags GROUP BY tag"
    ):
        written[tag], counts[tag] = as_written, count
    for (tag,) in catalog.read(  # of contents that no file holds now, but may again
        "SELECT t.tag FROM contents c INDEXED BY contents_unseen "
        "JOIN tags t ON t.content = c.content WHERE c.files = 0"
    ):
        counts[tag] -= 1
    return _ranked({written[tag]: count for tag, count in counts.items() if count > 0})


def _places(catalog: Catalog, places: Places) -> Counter[str]:
    rows = catalog.read(
        f"SELECT latitude, longitude FROM contents {SEEN} "  # noqa: S608  # a constant
        "AND latitude IS NOT NULL AND longitude IS NOT NULL"
    )
    counts: Counter[str] = Counter()
    if rows:  # else the list of cities is not read
        cells = np.round(np.array(rows, np.float64) * CELL)
        ones, numbers = np.unique(cells[:, 0] * 100_000 + cells[:, 1], return_counts=True)
        north = np.round(ones / 100_000)
        names = places.named(north / CELL, (ones - north * 100_000) / CELL)
        for name, number in zip(names, numbers.tolist(), strict=True):
            counts[name] += number
    return counts


def _years(catalog: Catalog) -> tuple[Facet, ...]:
    """In local time, the newest first: from one of the years to the next by the index."""
    found: list[Facet] = []
    before: float | None = None
    while True:
        newest = catalog.read(
            f"SELECT MAX(taken_s) FROM contents {SEEN} AND taken_s < ?",  # noqa: S608  # a constant
            [float("inf") if before is None else before],
        )[0][0]
        if newest is None:
            return tuple(found)
        try:
            year = datetime.fromtimestamp(newest).year
            before = datetime(year, 1, 1).timestamp()
        except (ValueError, OverflowError, OSError):
            before = newest  # a time that no calendar has
            continue
        (count,) = catalog.read(
            f"SELECT COUNT(*) FROM contents {SEEN} AND taken_s >= ? AND taken_s <= ?",  # noqa: S608  # a constant
            [before, newest],
        )[0]
        found.append(Facet(f"{year:04}", count))
