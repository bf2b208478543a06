"""Which of many rows that are found alike are told, the same ones each time.

LanceDB fills a list with those of equal relevance that come first, and its parts of an index
answer in any order: of words that thousands of rows have, each start of the program told others.
So what is relevant is asked for by numbers alone, far more than are wanted, which takes 1.5 ms for
1,000 of them and 4 for 8,000; then those few rows are read.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

# Relevance of rows, and their numbers in the table as it is now.
Scored = tuple[NDArray[np.float32], NDArray[np.uint64]]
# Gives up to so many, best first, of the rows whose numbers are lower than one; None for all.
Ask = Callable[[int | None, int], Scored]

_SPARE, _LEAST, _MANY = 6, 1_024, 16_384  # at first: times as many as wanted, and more; and then
_TRIES = 8
_FEWER, _BETWEEN = 5, 2  # parts of the numbers that were seen, of which the first is gone on with


def settled(limit: int, ask: Ask) -> Scored:
    """The best `limit`; of those that are alike, the ones with the lowest numbers.

    Where there are too many to look at them all, those below some number are. Which number that is
    comes by chance, what is told does not.
    """
    most = _SPARE * limit + _LEAST
    scores, numbers = _sorted(ask(None, most))
    if len(scores) <= limit:
        return scores, numbers
    least = scores[limit - 1]
    if len(scores) < most or scores[-1] < least:
        return scores[:limit], numbers[:limit]
    better = int(np.count_nonzero(scores > least))
    wanted = limit - better
    before: int | None = None
    few, seen = -1, numbers[:0]  # below `few` there are too few of them
    for _ in range(_TRIES):
        some, rows = _sorted(ask(before, _MANY))
        alike = rows[some == least]
        whole = len(rows) < _MANY or some[-1] < least  # all that are alike, below that number
        if whole and (len(alike) >= wanted or before is None):
            return scores[:limit], np.concatenate([numbers[:better], alike[:wanted]])
        if whole and before is not None:
            few = before
            seen = seen[seen > few]
        else:
            seen = np.sort(rows[rows > few])
        if not len(seen):
            break
        before = int(seen[len(seen) // (_BETWEEN if whole else _FEWER)])
    return scores[:limit], numbers[:limit]


def _sorted(found: Scored) -> Scored:
    scores, numbers = found
    order = np.lexsort((numbers, -scores))
    return scores[order], numbers[order]
