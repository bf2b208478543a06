"""Reads all of a table that may be damaged: whether it is whole, and what of it can be read.

LanceDB keeps no checksums. Noise in a file shows when it can't be decoded, or by rows that are not
as they were written; in the middle of words it may not show at all.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from nova_desktop.model import Row, Vectors
from nova_desktop.stores import lance_rows
from nova_desktop.stores.exact import row_of
from nova_desktop.stores.lance_errors import DAMAGED

_COLUMNS = ["id", *lance_rows.NEAR_COLUMNS, "vector"]
_AT_ONCE = 1024  # rows
_FEWEST = 16  # that are given up together where one of them can't be read
_UNIT = 0.02  # how far from 1 the length of a vector may be; half precision is off by 0.001


def check(table: Any, dim: int) -> None:
    """Reads every row, some at a time; raises one of DAMAGED where something is not as written."""
    seen = 0
    for batch in table.search().to_batches(batch_size=_AT_ONCE):
        seen += len(_rows(batch, dim))
    if seen != (count := table.count_rows()):
        raise ValueError(f"{seen} of {count} rows are there")


def readable(table: Any, dim: int) -> Iterator[list[Row]]:
    """All rows but those that can't be read, and a few around them."""
    for start in range(0, table.count_rows(), _AT_ONCE):
        yield from _taken(table, dim, start, min(start + _AT_ONCE, table.count_rows()))


def _taken(table: Any, dim: int, start: int, stop: int) -> Iterator[list[Row]]:
    try:
        found = table.take_offsets(list(range(start, stop))).select(_COLUMNS).to_arrow()
        yield _rows(found.combine_chunks().to_batches()[0], dim)
    except DAMAGED:
        if stop - start > _FEWEST:
            middle = (start + stop) // 2
            yield from _taken(table, dim, start, middle)
            yield from _taken(table, dim, middle, stop)


def _rows(batch: Any, dim: int) -> list[Row]:
    """ValueError for a row that was not written so."""
    import pyarrow as pa

    data = pa.Table.from_batches([batch])
    vectors = lance_rows.to_vectors(data, dim)
    if not _unit(vectors):
        raise ValueError("a vector is not of unit length")
    rows = [row_of(*one) for one in zip(lance_rows.to_nears(data), vectors, strict=True)]
    ids = [lance_rows.row_id(row.content, row.number) for row in rows]
    if ids != data["id"].to_pylist() or max(Counter(ids).values(), default=1) > 1:
        raise ValueError("a row has the name of another one")
    return rows


def _unit(vectors: Vectors) -> bool:
    with np.errstate(invalid="ignore", over="ignore"):  # noise may be no number at all
        lengths = np.linalg.norm(vectors, axis=1)
    return bool(np.all((np.abs(lengths - 1) < _UNIT) | (lengths == 0)))


@contextmanager
def unheard() -> Iterator[None]:
    """LanceDB prints failures to the terminal too, and warnings while it trains: not meanwhile."""
    sys.stderr.flush()
    heard, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(heard, 2)
        os.close(heard)
        os.close(nowhere)
