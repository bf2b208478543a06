"""A table asked as it was when all its rows were coded, and in memory what changed since.

Every small commit makes a question of LanceDB dearer: 100 of one row each triple it. Between two
rests the table is therefore asked as of the last one, what was put or forgotten since is left out
of what that finds, and the rows put since are compared in full.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Near, RowFilter, Vectors
from nova_desktop.stores import lance_rows, lance_words
from nova_desktop.stores.exact import ExactRows
from nova_desktop.stores.lance_indexed import Indexed
from nova_desktop.stores.lance_rows import condition
from nova_desktop.stores.lance_words import FreshWords

_MOST_ROWS = 8_000  # put since: 32 MB of 1024 dimensions, compared in 2 ms
_MOST_CHANGED = 16_000  # contents put or forgotten since
_MARGIN = 20  # rows more to ask for, in place of those that have changed


class Settled:
    """One thread tells it of changes while any others ask."""

    def __init__(self, indexed: Indexed, dim: int) -> None:
        self.indexed = indexed
        self._fresh, self._fresh_words = ExactRows(dim), FreshWords()
        self._changed: frozenset[str] = frozenset()
        self.version = indexed.version  # of the table whose rows these are now

    @property
    def changed(self) -> frozenset[str]:
        """Contents that were put or forgotten since."""
        return self._changed

    @property
    def full(self) -> bool:
        """Whether so much has changed that it is coded at once, whoever waits."""
        return len(self._fresh) > _MOST_ROWS or len(self._changed) > _MOST_CHANGED

    @property
    def filling(self) -> bool:
        """Whether it is time to code what was put, before it is full."""
        return len(self._fresh) > _MOST_ROWS // 2 or len(self._changed) > _MOST_CHANGED // 2

    def put(self, nears: Sequence[Near], vectors: Vectors) -> None:
        self._fresh.put(nears, vectors)  # first: whoever sees the change finds the rows
        self._fresh_words.put(nears)
        self._changed |= {near.content for near in nears}

    def remove(self, contents: Collection[str]) -> None:
        self._changed |= set(contents)
        self._fresh.remove(contents)
        self._fresh_words.remove(contents)

    def nearest(self, vector: NDArray[np.float32], limit: int, where: RowFilter) -> list[Near]:
        changed = self._changed
        fresh = self._fresh.nearest(vector, limit, where) if len(self._fresh) else []
        # What was put between those two lines is in both; and what was forgotten, in neither.
        changed |= {near.content for near in fresh}
        kept = self.indexed.nearest(vector, limit, where, changed)
        return sorted([*fresh, *kept], key=lambda near: -near.score)[:limit]

    def words(
        self, wanted: Sequence[str], limit: int, where: RowFilter, every: bool
    ) -> list[Near] | None:
        """Rows with any of the terms, or with `every` one; None where rows may be
        missing, because too many of the best have changed.

        None, too, where the index of the words does not cover all that was there.
        """
        changed = self._changed
        if changed and not self._words_covered:
            return None
        asked = limit + min(_MARGIN, len(changed))
        if every:
            old = lance_words.by_terms(self.indexed.table, wanted, asked, where, every)
        else:
            old = lance_words.best(self.indexed.table, wanted, asked, where, self.indexed)
        held = self._fresh_words.holding(wanted, where, every)
        changed |= {near.content for near, _ in held}
        kept = [near for near in old if near.content not in changed]
        if len(kept) < limit and len(old) == asked:
            return None
        if not held:
            return kept[:limit]
        fresh = lance_words.scored(
            held,
            old,
            wanted,
            len(self.indexed),
            self._length,
            cut=len(old) == asked,
            filtered=every or where != RowFilter(),
        )
        return sorted([*kept, *fresh], key=lambda near: -near.score)[:limit]

    @functools.cached_property
    def _words_covered(self) -> bool:
        return lance_words.covered(self.indexed.table)

    @functools.cached_property
    def _length(self) -> float:
        return lance_words.length(self.indexed.table)


def by_lancedb(table: Any, vector: NDArray[np.float32], limit: int, where: RowFilter) -> list[Near]:
    """Up to `limit` rows, never fewer than pass: all are compared, 0.3 s for 100,000."""
    query = (
        table.search(vector, vector_column_name="vector", query_type="vector")
        .distance_type("cosine")
        .select([*lance_rows.NEAR_COLUMNS, "_distance"])
        .limit(limit)
        .bypass_vector_index()
    )
    if sql := condition(where):
        query = query.where(sql)
    found = query.to_arrow()
    return lance_rows.to_nears(
        found, [1.0 - max(0.0, far) for far in found["_distance"].to_pylist()]
    )


def open_ended(where: RowFilter) -> RowFilter:
    """The same without the contents that it names."""
    return replace(where, contents=None)
