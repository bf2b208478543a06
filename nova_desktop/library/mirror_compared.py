"""Both sides of a sync as the catalog knows them: what is here, and what lies in the bucket."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.library.database import Database
from nova_desktop.library.mirror_plan import Here, There
from nova_desktop.library.questions import below
from nova_desktop.spending import FolderRule, Rule

LAST = "~"  # behind every content


@dataclass(frozen=True, slots=True)
class Compared:
    """Both sides of one space, of some contents."""

    here: Mapping[str, Here]
    there: Mapping[str, There]


def bounds(catalog: Database, most: int) -> Iterator[tuple[str, str]]:
    """(first, last) of pages of contents that are known on either side, in order: each page is
    from `first` on and before `last`, of so many at most.
    """
    first = ""
    while True:
        rows = catalog.read(
            # SQLite merges these two; of a subquery it would make a table of its own first.
            "SELECT content FROM contents WHERE content >= ?1 UNION "
            "SELECT content FROM mirrored WHERE content >= ?1 ORDER BY content LIMIT 1 OFFSET ?2",
            [first, most],
        )
        if not rows:
            yield first, LAST
            return
        (last,) = rows[0]
        yield first, last
        first = last


def compared(
    catalog: Database, space: str, rules: Iterable[FolderRule], first: str = "", last: str = LAST
) -> Compared:
    """Contents from `first` on and before `last`, under the rules as they are."""
    where, values = private(rules)
    marks: list[object] = [*values, space, space, first, last]
    rows = catalog.read(
        "SELECT c.content, COALESCE(i.rows, 0), "  # noqa: S608  # constants
        "EXISTS (SELECT 1 FROM files f WHERE f.content = c.content), "
        f"EXISTS (SELECT 1 FROM files f WHERE f.content = c.content AND NOT {where}), "
        "COALESCE(m.base, ''), COALESCE(m.changed, 1), "
        "EXISTS (SELECT 1 FROM elsewhere e WHERE e.content = c.content) "
        "FROM contents c LEFT JOIN indexed i ON i.content = c.content AND i.space = ? "
        "LEFT JOIN mirrored m ON m.content = c.content AND m.space = ? "
        "WHERE c.content >= ? AND c.content < ?",
        marks,
    )
    here = {
        content: Here(
            rows=count,
            held=bool(held),
            allowed=bool(allowed),
            base=base,
            now=base if base and not changed else None,
            elsewhere=bool(elsewhere),
        )
        for content, count, held, allowed, base, changed, elsewhere in rows
    }
    lying = catalog.read(
        "SELECT content, stamp, rows, machine FROM mirrored "
        "WHERE space = ? AND clock > 0 AND content >= ? AND content < ?",
        [space, first, last],
    )
    return Compared(here, {content: There(*of) for content, *of in lying})


def lying(catalog: Database) -> tuple[int, int, int]:
    """(contents, rows, bytes about) that lie there."""
    rows = catalog.read(
        "SELECT COUNT(DISTINCT m.content), COALESCE(SUM(m.rows), 0), "
        "COALESCE(SUM(m.rows * (4 * COALESCE(s.dim, 0) + 400)), 0) "
        "FROM mirrored m LEFT JOIN mirror_spaces s ON s.name = m.space WHERE m.stamp <> ''"
    )
    contents, count, size = rows[0]
    return int(contents), int(count), int(size)


def elsewhere_count(catalog: Database) -> int:
    """Contents that no file here holds, known of other machines."""
    rows = catalog.read(
        "SELECT COUNT(*) FROM elsewhere e "
        "WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.content = e.content)"
    )
    return int(rows[0][0])


def kept_back(catalog: Database, rules: Iterable[FolderRule]) -> int:
    """Contents of files here, none of which may leave this device."""
    where, values = private(rules)
    rows = catalog.read(
        "SELECT COUNT(*) FROM (SELECT f.content FROM files f WHERE f.content IS NOT NULL "  # noqa: S608  # constants
        f"GROUP BY f.content HAVING MIN({where}))",
        values,
    )
    return int(rows[0][0])


def lacks(catalog: Database, space: str) -> bool:
    """Whether rows of a space lie there that are not here."""
    return bool(
        catalog.read(
            "SELECT 1 FROM mirrored m WHERE m.space = ? AND m.stamp <> '' AND NOT EXISTS "
            "(SELECT 1 FROM indexed i WHERE i.content = m.content AND i.space = m.space "
            "AND i.rows > 0) LIMIT 1",
            [space],
        )
    )


def private(rules: Iterable[FolderRule]) -> tuple[str, list[object]]:
    """The condition on `f.path` that a file stays on this device, and its values.

    Only what was said counts: sharing a library is a decision of its own, and a folder that nobody
    decided about belongs to it.
    """
    said = {os.fspath(one.path): one.rule for one in rules}
    terms, values = ["0"], list[object]()
    for folder, rule in said.items():
        if rule is Rule.CLOUD:
            continue
        term = "f.path > ? AND f.path < ?"
        values += below(folder)
        for deeper, other in said.items():
            if other is Rule.CLOUD and deeper != folder and Path(deeper).is_relative_to(folder):
                term += " AND NOT (f.path > ? AND f.path < ?)"
                values += below(deeper)
        terms.append(f"({term})")
    return f"({' OR '.join(terms)})", values
