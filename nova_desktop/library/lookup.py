"""Finds pairs of like vectors among many, without comparing each with each; pure.

Keys are put into cells around centres (k-means); a query looks into the nearest few. 200,000
stills, of which most share their composition with a hundred others, take a minute on two cores, and
15 times as long as 10,000; what is found is what comparing all would find but for a few in a
thousand (`python -m tests.benchmarks.duplicates`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

FEW = 2_000  # keys: all of them are one cell
CELLS_EACH = 2.0  # cells, for each square root of a key
MOST_CELLS = 2_048
PROBES = 4  # cells that a query looks into
TRAINING = 40  # keys a cell that centres are made of
ROUNDS = 8
BLOCK = 2_048  # queries looked up at once
MOST_EACH = 50  # keys that are like one query: the likest


def centres(vectors: Floats, count: int, rounds: int = ROUNDS) -> Floats:
    """`count` unit vectors in the midst of the unit `vectors`; the same whenever it is asked."""
    chance = np.random.default_rng(0)
    some = vectors
    if len(vectors) > count * TRAINING:
        some = vectors[np.sort(chance.choice(len(vectors), count * TRAINING, replace=False))]
    found = some[np.sort(chance.choice(len(some), min(count, len(some)), replace=False))]
    for _ in range(rounds):
        nearest = nearest_centres(some, found, 1)[:, 0]
        order = np.argsort(nearest, kind="stable")
        filled, starts = np.unique(nearest[order], return_index=True)
        means = np.add.reduceat(some[order], starts, axis=0)
        found = found.copy()
        found[filled] = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    return np.asarray(found, np.float32)


def nearest_centres(vectors: Floats, around: Floats, count: int) -> Ints:
    """The nearest centres of each vector, in no order: shape (n, count)."""
    count = min(count, len(around))
    found = np.empty((len(vectors), count), np.int64)
    for at in range(0, len(vectors), BLOCK):
        near = vectors[at : at + BLOCK] @ around.T
        if count == 1:
            found[at : at + BLOCK, 0] = near.argmax(axis=1)
        else:
            found[at : at + BLOCK] = np.argpartition(-near, count - 1, axis=1)[:, :count]
    return found


def like_pairs(
    keys: Floats,
    queries: Callable[[int, int], Floats],
    least: float,
    tell: Callable[[float], None],
) -> tuple[Ints, Ints]:
    """Pairs (query, key) of different numbers with a product of at least `least`, each once.

    `queries(start, stop)` gives those of some numbers: shape (n, windows, d). `tell` hears the
    share that is done, 0 to 1, and may raise to end it.
    """
    count = len(keys)
    if count < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    around = centres(keys, _cells(count)) if count > FEW else keys[:1]
    cell_of = nearest_centres(keys, around, 1)[:, 0]
    order = np.argsort(cell_of, kind="stable")
    starts = np.searchsorted(cell_of[order], np.arange(len(around) + 1))
    pairs = []
    for at in range(0, count, BLOCK):
        tell(at / count)
        asked = queries(at, min(count, at + BLOCK))
        windows = asked.shape[1]
        flat = asked.reshape(-1, asked.shape[-1])
        probed = nearest_centres(flat, around, PROBES)
        cells = probed.ravel()
        by_cell = np.argsort(cells, kind="stable")
        who = by_cell // probed.shape[1]
        edges = np.searchsorted(cells[by_cell], np.arange(len(around) + 1))
        numbers, found, scores = [], [], []
        for cell in range(len(around)):
            mine = order[starts[cell] : starts[cell + 1]]
            here = who[edges[cell] : edges[cell + 1]]
            for some in range(0, len(here), BLOCK) if len(mine) else ():
                rows = here[some : some + BLOCK]
                near = flat[rows] @ keys[mine].T
                row, column = np.nonzero(near >= least)
                numbers.append(at + rows[row] // windows)
                found.append(mine[column])
                scores.append(near[row, column])
        one, other = _likest(numbers, found, scores)
        pairs.append(np.minimum(one, other) * count + np.maximum(one, other))
    tell(1.0)
    each_once = np.unique(np.concatenate(pairs))
    return each_once // count, each_once % count


def _cells(count: int) -> int:
    return min(MOST_CELLS, int(CELLS_EACH * count**0.5))


def _likest(numbers: list[Ints], found: list[Ints], scores: list[Floats]) -> tuple[Ints, Ints]:
    """The likest few keys of each query, each once."""
    one, other, score = (np.concatenate(it or [np.empty(0)]) for it in (numbers, found, scores))
    one, other = one.astype(np.int64), other.astype(np.int64)
    far = np.negative(score)
    order = np.lexsort((far, other, one))
    one, other, far = one[order], other[order], far[order]
    first = np.ones(len(one), np.bool_)
    first[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
    keep = first & (one != other)
    one, other, far = one[keep], other[keep], far[keep]
    order = np.lexsort((other, far, one))
    one, other = one[order], other[order]
    rank = np.arange(len(one)) - np.searchsorted(one, one)
    return one[rank < MOST_EACH], other[rank < MOST_EACH]
