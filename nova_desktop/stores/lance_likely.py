"""Nearest rows that pass a filter, among those that are likely to be near.

LanceDB looks at a filter before anything else: naming one content takes 4 µs, so 5,000 of them
(those of a folder) take as long as the question itself; and an index of 1,000,000 rows, of which
all have to be looked at as what passes may lie anywhere, takes twice as long with a filter as
without. Where many pass, the index is asked for more rows without a filter and without looking at
them closely; those that pass, by columns that are kept in memory, are then compared in full.

100,000 rows, of which 25 % (5 %) are named: 1.3 (1.55) of what the question takes without a
filter; naming 5 % took 3.4. 1,000,000 rows, of which 25 % pass: 1.7 to 1.8; where 5 % or fewer do,
every row has to be looked at, by whichever filter, which takes 2.5 to 3.8. The columns then take
what a process that asks has from 380 MB to 510.
"""

from __future__ import annotations

import logging
import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Near, RowFilter
from nova_desktop.stores import lance_index, lance_rows
from nova_desktop.stores.exact import passes
from nova_desktop.stores.lance_columns import Columns, RowIds
from nova_desktop.stores.lance_errors import DAMAGED

_SPARE = 1.05  # times as many rows as would hold those that are wanted, were they spread evenly
_ENOUGH = 0.75  # of the candidates that are wanted, if fewer are found
_UNKNOWN = 0.1  # of the rows may be unknown; beyond, the columns are read again
_EVERY = 1 << 16  # partitions: where few pass, they may lie in any
_MANY = 0.2  # of the rows pass: half of the partitions hold .99 of the fifty nearest that do
_LEAST_PROBES = 20
_HALF_ROWS = 5_500  # a partition of that half, of those that LanceDB makes of 1,000,000 rows

log = logging.getLogger(__name__)


class Likely:
    """Keeps the columns of one table, which are read for the first question that needs them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # held while they are read
        self._columns: Columns | None = None

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
        most = _most(rows, 0 if where.contents is None else len(where.contents))
        wanted = lance_index.among_passing(limit, bits)
        if where == RowFilter() or not bits or most < wanted:
            return None
        columns = self._columns
        if columns is None or abs(len(columns) - rows) > _UNKNOWN * rows:
            columns = self._read(table, columns)
        share = columns.share(where)
        if share * most < _SPARE * wanted:
            return None
        likely = int(_SPARE * wanted / share)
        probes = max(_LEAST_PROBES, rows // _HALF_ROWS) if share >= _MANY else _EVERY
        ids = _likely(table, vector, likely, probes)
        passing, unknown = columns.passing(ids, where)
        if unknown.sum() > _UNKNOWN * len(ids):
            passing, unknown = self._read(table, columns).passing(ids, where)
        few = ids[passing | unknown][:wanted]
        if len(few) < max(limit, _ENOUGH * wanted):
            return None  # they lie far from what is asked, or are few
        try:
            found = _compared(table, vector, few, where)[:limit]
        except DAMAGED as e:
            # Another process compacted the table meanwhile; if it is more, what follows fails too.
            log.debug("rows that were just found can't be read: %s", e)
            return None
        return found if len(found) == limit else None

    def _read(self, table: Any, older: Columns | None) -> Columns:
        """Those of `table`, unless another thread just read them."""
        with self._lock:
            if self._columns is older:
                self._columns = Columns(table)
            assert self._columns is not None  # noqa: S101  # it is another one than `older`
            return self._columns


def _most(rows: int, named: int) -> int:
    """Rows to look through in the time that LanceDB's filter takes.

    That is 4.5 µs a content that is named and 0.03 µs a row of the table; to look through one row
    takes 2.5 µs, and 8.5 of 1,000,000, and to compare some in full afterwards 4 ms.
    """
    return int((4.5 * named + 0.03 * rows - 4_000) / (2.5 + 6e-6 * rows))


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


def _compared(table: Any, vector: NDArray[np.float32], ids: RowIds, where: RowFilter) -> list[Near]:
    """Those of the rows that pass, by their similarity, which is exact."""
    columns = [*lance_rows.NEAR_COLUMNS, "vector"]
    found = table.take_row_ids(ids.tolist()).select(columns).to_arrow()
    vectors = lance_rows.to_vectors(found, len(vector))
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(vector)
    scores = (vectors @ vector) / np.maximum(lengths, np.float32(1e-12))
    order = np.argsort(-scores, kind="stable")
    nears = lance_rows.to_nears(found.take(order), scores[order].tolist())
    return [near for near in nears if passes(near, where)]
