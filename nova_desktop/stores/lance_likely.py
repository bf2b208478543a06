"""Nearest rows that pass a filter, among those that are likely to be near, or among all that pass.

LanceDB looks at a filter before anything else: naming one content takes 4 µs, so 5,000 of them
(those of a folder) take as long as the question itself; and an index of 1,000,000 rows, of which
all have to be looked at as what passes may lie anywhere, takes twice as long with a filter as
without. Where few rows pass, by columns that are kept in memory, all of them are compared in full;
where many do, the index is asked for more rows without a filter and without looking at them
closely, and those that pass are compared.

Beside what the question takes without a filter: of 100,000 rows, of which 0.5 % pass, 0.5 to 0.7,
25 % 1.0 to 1.2, and 5 % 1.1, or 1.5 where they are named; of 1,000,000, 0.5 % 1.1, or 1.5 where
they are named, and 25 % 1.3 to 1.5. Where 5 % of 1,000,000 pass, 2.2 to 2.7: too many to
compare all, and too few to be among what an index gives as quickly. A process that filters has 461
MB of memory then, and 368 before.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Near, RowFilter
from nova_desktop.stores import lance_index, lance_rows
from nova_desktop.stores.exact import passes
from nova_desktop.stores.lance_columns import Columns, RowIds
from nova_desktop.stores.lance_errors import DAMAGED
from nova_desktop.stores.lance_vectors import StoredVectors

_SPARE = 1.05  # times as many rows as would hold those that are wanted, were they spread evenly
_ENOUGH = 0.75  # of the candidates that are wanted, if fewer are found
_UNKNOWN = 0.1  # of the rows may be unknown; beyond, the columns are read again
_AGE_S = 60.0  # after which they are read again if any row may be unknown
_EVERY = 1 << 16  # partitions: where few pass, they may lie in any
_MANY = 0.2  # of the rows pass: three quarters of the partitions hold .98 of the fifty nearest
_LEAST_PROBES = 20
_HALF_ROWS = 5_500  # a partition of those, of what LanceDB makes of 1,000,000 rows
_DOUBTFUL = 8  # rows more to read than are wanted: some of them may not pass in the end

log = logging.getLogger(__name__)

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Known:
    columns: Columns
    vectors: StoredVectors
    read_s: float  # monotonic


class Likely:
    """Keeps the columns of one table, which are read for the first question that needs them."""

    def __init__(self, files: Path) -> None:
        """`files`: the folder of the table's data."""
        self._files = files
        self._lock = threading.Lock()  # held while they are read
        self._known: _Known | None = None

    def nearest(
        self,
        table: Any,
        vector: NDArray[np.float32],
        limit: int,
        where: RowFilter,
        rows: int,
        bits: int,
    ) -> list[Near] | None:
        """Up to `limit` rows of a table of so many; None where LanceDB's filter is the way."""
        spare_us = _filter_us(rows, 0 if where.contents is None else len(where.contents))
        if where == RowFilter() or not bits or spare_us < _LEAST_US:
            return None
        known = self._known
        if known is None or abs(len(known.columns) - rows) > _UNKNOWN * rows:
            known = self._read(table, known)
        share = known.columns.share(where)
        wanted = lance_index.among_passing(limit, bits)
        likely = int(_SPARE * wanted / share) if share else rows
        likely_us = _LIKELY_US + likely * (2.5 + 6e-6 * rows)
        try:
            if known.vectors.readable and _EXACT_US * share * rows < min(spare_us, likely_us):
                return self._among_all(table, known, vector, limit, where)
            if likely_us < spare_us:
                return self._among_likely(table, known, vector, limit, where, likely, share)
        except DAMAGED as e:
            # Another process compacted the table meanwhile; if it is more, what follows fails too.
            log.debug("rows that were just found can't be read: %s", e)
        return None

    def _among_all(
        self, table: Any, known: _Known, vector: NDArray[np.float32], limit: int, where: RowFilter
    ) -> list[Near] | None:
        if known.columns.version != table.version:  # there may be rows that it knows nothing of
            if time.monotonic() - known.read_s < _AGE_S:
                return None
            known = self._read(table, known)
        ids = known.columns.every(where)
        if not len(ids):
            return []
        if len(ids) > _MOST_EXACT:
            return None
        return _best(
            table, known.columns, ids, known.vectors.similarities(ids, vector), limit, where
        )

    def _among_likely(
        self,
        table: Any,
        known: _Known,
        vector: NDArray[np.float32],
        limit: int,
        where: RowFilter,
        likely: int,
        share: float,
    ) -> list[Near] | None:
        rows = len(known.columns)
        probes = max(_LEAST_PROBES, rows // _HALF_ROWS) if share >= _MANY else _EVERY
        ids = _likely(table, vector, likely, probes)
        passing, unknown = known.columns.passing(ids, where)
        if unknown.sum() > _UNKNOWN * len(ids):
            known = self._read(table, known)
            passing, unknown = known.columns.passing(ids, where)
        wanted = int(likely * share / _SPARE)
        few = ids[passing | unknown][:wanted]
        if len(few) < max(limit, _ENOUGH * wanted):
            return None  # they lie far from what is asked, or are few
        few = np.sort(few)
        if known.vectors.readable and not unknown.any():
            scores = known.vectors.similarities(few, vector)
        else:
            few, scores = _scored(table, few, vector)
        found = _best(table, known.columns, few, scores, limit, where)
        return found if found is not None and len(found) == limit else None

    def _read(self, table: Any, older: _Known | None) -> _Known:
        """What is known of `table`, unless another thread just read it."""
        with self._lock:
            if self._known is older:
                columns = Columns(table)
                vectors = StoredVectors(table, self._files, columns.samples)
                self._known = _Known(columns, vectors, time.monotonic())
            assert self._known is not None  # noqa: S101  # it is another one than `older`
            return self._known


# Measured in µs, of 100,000 and of 1,000,000 rows.
_LEAST_US = 4_000  # less is not worth another way
_LIKELY_US = 3_000  # to compare some in full afterwards
_EXACT_US = 3.0  # to compare one
_MOST_EXACT = 50_000  # rows that may be compared


def _filter_us(rows: int, named: int) -> float:
    """What LanceDB's filter takes: for a content that is named, and for a row of the table."""
    return 4.5 * named + 0.04 * rows


def _likely(table: Any, vector: NDArray[np.float32], count: int, probes: int) -> RowIds:
    """Ids of the rows that are nearest by what the index knows of them, best first."""
    query = (
        table.search(vector, vector_column_name="vector", query_type="vector")
        .distance_type("cosine")
        .select(["_distance"])
        .with_row_id(True)
        .nprobes(probes)
        .limit(count)
    )
    ids: RowIds = query.to_arrow()["_rowid"].to_numpy()
    return ids


def _scored(table: Any, ids: RowIds, vector: NDArray[np.float32]) -> tuple[RowIds, Scores]:
    """Those of the rows that are there, and how similar they are: by LanceDB."""
    found = table.take_row_ids(ids.tolist()).select(["vector"]).with_row_id().to_arrow()
    there: RowIds = found["_rowid"].to_numpy()
    return there, lance_rows.to_vectors(found, len(vector)) @ vector


def _best(
    table: Any, columns: Columns, ids: RowIds, scores: Scores, limit: int, where: RowFilter
) -> list[Near] | None:
    """Up to `limit` that pass, best first; None where too many don't, after all."""
    best = np.argsort(-scores, kind="stable")[: limit + _DOUBTFUL]
    score_of = dict(zip(ids[best].tolist(), scores[best].tolist(), strict=True))
    nears = [near for near in _nears(table, columns, ids[best], score_of) if passes(near, where)]
    nears.sort(key=lambda near: -near.score)
    return nears[:limit] if len(nears) >= limit or len(best) == len(ids) else None


def _nears(table: Any, columns: Columns, ids: RowIds, score_of: dict[int, float]) -> list[Near]:
    """In any order; what is known of them isn't read again: each column takes 1 ms."""
    known = columns.of_rows(ids)
    missing = [name for name in lance_rows.NEAR_COLUMNS if known is None or name not in known]
    found = table.take_row_ids(ids.tolist()).select(missing).with_row_id().to_arrow()
    there: RowIds = found["_rowid"].to_numpy()
    if known is not None:
        for name, column in (columns.of_rows(there) or {}).items():
            found = found.append_column(name, [column])
    return lance_rows.to_nears(found, [score_of[one] for one in there.tolist()])
