"""The indexes asked as they were when they covered every row, and in memory what changed since.

Every small commit makes a question dearer: 100 of one row each double to triple it. Between two
compactions the table is therefore asked as of the last one, what was put or forgotten since is
left out of what that finds, and the rows put since are compared in full.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Near, RowFilter, Vectors
from nova_desktop.stores import lance_index, lance_rows, lance_words
from nova_desktop.stores.exact import ExactRows
from nova_desktop.stores.lance_likely import Likely
from nova_desktop.stores.lance_rows import condition
from nova_desktop.stores.lance_words import FreshWords

_MOST_ROWS = 2_000  # put since: 8 MB, compared in 0.4 ms
_MOST_CHANGED = 4_000  # contents put or forgotten since
_MARGIN = 50  # rows more to ask for, in place of those that have changed


class Settled:
    """One thread tells it of changes while any others ask."""

    def __init__(self, table: Any, dim: int, bits: int, likely: Likely) -> None:
        """`table`: a handle of its own, at the version that its index covers whole."""
        self._table, self._bits, self._likely = table, bits, likely
        self._rows = int(table.count_rows())
        self._fresh, self._fresh_words = ExactRows(dim), FreshWords()
        self._words_covered = lance_words.covered(table)
        self._changed: frozenset[str] = frozenset()
        self.version: int = table.version  # of the table whose rows these are now

    @property
    def full(self) -> bool:
        """Whether so much has changed that nothing is gained any more."""
        return len(self._fresh) > _MOST_ROWS or len(self._changed) > _MOST_CHANGED

    def put(self, nears: Sequence[Near], vectors: Vectors) -> None:
        self._fresh.put(nears, vectors)  # first: whoever sees the change finds the rows
        self._fresh_words.put(nears)
        self._changed |= {near.content for near in nears}

    def remove(self, contents: Collection[str]) -> None:
        self._changed |= set(contents)
        self._fresh.remove(contents)
        self._fresh_words.remove(contents)

    def nearest(
        self, vector: NDArray[np.float32], limit: int, where: RowFilter
    ) -> list[Near] | None:
        """None when rows may be missing, because too many of the nearest have changed."""
        changed = self._changed
        asked = limit + min(_MARGIN, len(changed))
        old = by_index(self._table, vector, asked, where, self._rows, self._bits, self._likely)
        fresh = self._fresh.nearest(vector, limit, where)
        changed |= {near.content for near in fresh}
        kept = [near for near in old if near.content not in changed]
        if len(kept) < limit and len(old) == asked:
            return None
        return sorted([*fresh, *kept], key=lambda near: -near.score)[:limit]

    def words(
        self, wanted: Sequence[str], limit: int, where: RowFilter, every: bool
    ) -> list[Near] | None:
        """Rows with any of the terms, or with `every` one; None as for `nearest`.

        None, too, where the index of the words does not cover all that was there.
        """
        if not self._words_covered:
            return None
        changed = self._changed
        asked = limit + min(_MARGIN, len(changed))
        if every:
            old = lance_words.by_terms(self._table, wanted, asked, where, every)
        else:
            old = lance_words.best(self._table, wanted, asked, where)
        held = self._fresh_words.holding(wanted, where, every)
        changed |= {near.content for near, _ in held}
        kept = [near for near in old if near.content not in changed]
        if len(kept) < limit and len(old) == asked:
            return None
        fresh = lance_words.scored(
            held,
            old,
            wanted,
            self._rows,
            self._length,
            cut=len(old) == asked,
            filtered=every or where != RowFilter(),
        )
        return sorted([*kept, *fresh], key=lambda near: -near.score)[:limit]

    @functools.cached_property
    def _length(self) -> float:
        return lance_words.length(self._table)


def settled(table: Any, as_of: Any, dim: int, likely: Likely) -> Settled | None:
    """What is there now, if the vector index covers all of it; `as_of`: another handle of it."""
    names = [index.name for index in table.list_indices() if index.columns == ["vector"]]
    stats = table.index_stats(names[0]) if len(names) == 1 else None
    if stats is None or stats.num_unindexed_rows:
        return None
    as_of.checkout(table.version)
    return Settled(as_of, dim, lance_index.of_name(names[0]).bits, likely)


def by_index(
    table: Any,
    vector: NDArray[np.float32],
    limit: int,
    where: RowFilter,
    rows: int,
    bits: int,
    likely: Likely,
) -> list[Near]:
    """Up to `limit` rows of a table of so many, never fewer than pass."""
    if (among := likely.nearest(table, vector, limit, where, rows, bits)) is not None:
        return among
    depth = lance_index.depth(limit, rows, bits)
    sql = condition(where)
    query = (
        table.search(vector, vector_column_name="vector", query_type="vector")
        .distance_type("cosine")
        .select([*lance_rows.NEAR_COLUMNS, "_distance"])
        .limit(depth.limit)
    )
    if sql:
        query = query.where(sql)
    query = query.refine_factor(depth.refine)
    if sql:
        # Only so many partitions would drop rows that pass the filter but lie elsewhere.
        query = query.minimum_nprobes(depth.probes).maximum_nprobes(0)
    else:
        # Without a filter the others hold nothing near, and take two thirds of the time.
        query = query.nprobes(depth.probes)
    found = query.to_arrow()
    if len(found) < limit and len(found) < table.count_rows(sql or None):
        found = query.bypass_vector_index().to_arrow()
    found = found.slice(0, limit)
    return lance_rows.to_nears(
        found, [1.0 - max(0.0, far) for far in found["_distance"].to_pylist()]
    )


def open_ended(where: RowFilter) -> RowFilter:
    """The same without the contents that it names."""
    return replace(where, contents=None)
