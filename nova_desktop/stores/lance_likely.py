"""Nearest rows among very many contents that are named one by one, as those of a folder are.

To name one in a condition takes 5 µs, so 5,000 of them take five times what the question itself
does. The index is asked for the likely rows instead, without looking at them closely; those that
pass are then compared in full.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Near, RowFilter
from nova_desktop.stores import lance_index, lance_rows
from nova_desktop.stores.lance_rows import condition, listed, row_id

_FEW = 1_000  # contents: naming them costs less
_MOST = 8_000  # rows to look through: beyond, naming costs less
_SPARE = 1.5  # times as many rows as would hold enough that pass, were they spread evenly


def by_contents(
    table: Any, vector: NDArray[np.float32], limit: int, where: RowFilter, rows: int, bits: int
) -> list[Near] | None:
    """Up to `limit` rows that pass; None where naming the contents is the way to find them."""
    contents = where.contents
    if contents is None or len(contents) <= _FEW or not bits:
        return None
    depth = lance_index.depth(limit, rows, bits)
    wanted = depth.limit * depth.refine
    likely = int(_SPARE * wanted * max(1.0, rows / len(contents)))
    if likely > _MOST:
        return None
    query = (
        table.search(vector, vector_column_name="vector", query_type="vector")
        .distance_type("cosine")
        .select(["content", "number", "_distance"])
        .minimum_nprobes(depth.probes)
        .maximum_nprobes(0)
        .limit(likely)
    )
    if sql := condition(replace(where, contents=None)):
        query = query.where(sql)
    found = query.to_arrow()
    pairs = zip(found["content"].to_pylist(), found["number"].to_pylist(), strict=True)
    passing = [row_id(*pair) for pair in pairs if pair[0] in contents][:wanted]
    if len(passing) < wanted and len(found) == likely:
        return None  # they lie far from what is asked, or are few
    if len(passing) < limit:
        return None
    return _compared(table, vector, passing)[:limit]


def _compared(table: Any, vector: NDArray[np.float32], ids: list[str]) -> list[Near]:
    query = table.search().where(f"id IN ({listed(ids)})").limit(len(ids))
    found = query.select([*lance_rows.NEAR_COLUMNS, "vector"]).to_arrow()
    vectors = lance_rows.to_vectors(found, len(vector))
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(vector)
    scores = (vectors @ vector) / np.maximum(lengths, np.float32(1e-12))
    nears = lance_rows.to_nears(found, scores.tolist())
    return sorted(nears, key=lambda near: -near.score)
