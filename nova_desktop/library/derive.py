"""Shorter vectors from longer ones that were paid for before: a local operation, no call.

Amazon Nova's answers of fewer numbers are the first ones of its longest, made unit length again
(measured on four real answers, to a cosine of 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nova_desktop.library.catalog import Catalog
from nova_desktop.model import Space, Vectors
from nova_desktop.ports import Store

AT_ONCE = 100  # contents, so that the indexer's thread is soon free for others
MOST_ROWS = 1_000_000  # of one content


def larger(space: Space, others: Sequence[Space]) -> tuple[Space, ...]:
    """Those whose vectors can be shortened to `space`'s, shortest first."""
    fitting = (other for other in others if replace(other, dim=space.dim) == space)
    return tuple(sorted((o for o in fitting if o.dim > space.dim), key=lambda other: other.dim))


def derive(catalog: Catalog, store: Store, space: Space, source: Space) -> bool:
    """Makes rows of `space` from those of `source`, for some contents; True when more are left.

    Rows first, the record last. Called on the indexer's thread.
    """
    contents = catalog.only_in(source.name, space.name, AT_ONCE)
    found = {content: store.rows(source, content, MOST_ROWS) for content in contents}
    if rows := [row for kept in found.values() for row in kept]:
        store.put(space, [replace(r, vector=shortened(r.vector, space.dim)) for r in rows])
    counts = {content: len(kept) for content, kept in found.items()}
    catalog.derived(space.name, source.name, counts)
    return len(contents) == AT_ONCE


def shortened(vectors: Vectors, dim: int) -> Vectors:
    """The first `dim` numbers of one vector or of many, of unit length again."""
    cut = vectors[..., :dim].astype(np.float64)
    return np.asarray(cut / np.linalg.norm(cut, axis=-1, keepdims=True), np.float32)
