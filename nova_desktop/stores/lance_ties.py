"""Which of many rows that are found alike are told, the same ones each time.

LanceDB fills a list with those of equal relevance that come first, and its parts of an index
answer in any order: of words that thousands of rows have, each start of the program told others.
So what is relevant is asked for by numbers alone, far more than are wanted, which takes 1.5 ms for
1,000 of them and 4 for 8,000; then those few rows are read.
"""

from __future__ import annotations

from collections.abc import Callable

Scored = tuple[float, int]  # relevance, and the row's number in the table as it is now
# Gives up to so many, best first, of the rows whose numbers are lower than one; None for all.
Ask = Callable[[int | None, int], list[Scored]]

_SPARE, _LEAST, _MANY = 6, 1_024, 16_384  # at first: times as many as wanted, and more; and then
_TRIES = 8
_FEWER, _BETWEEN = 5, 2  # parts of the numbers that were seen, of which the first is gone on with


def settled(limit: int, ask: Ask) -> list[Scored]:
    """The best `limit`; of those that are alike, the ones with the lowest numbers.

    Where there are too many to look at them all, those below some number are. Which number that is
    comes by chance, what is told does not.
    """
    most = _SPARE * limit + _LEAST
    found = sorted(ask(None, most), key=_order)
    if len(found) <= limit:
        return found
    least = found[limit - 1][0]
    if len(found) < most or found[-1][0] < least:
        return found[:limit]
    better = [one for one in found if one[0] > least]
    wanted = limit - len(better)
    before: int | None = None
    few, seen = -1, list[int]()  # below `few` there are too few of them
    for _ in range(_TRIES):
        rows = sorted(ask(before, _MANY), key=_order)
        alike = [one for one in rows if one[0] == least]
        whole = len(rows) < _MANY or rows[-1][0] < least  # all that are alike, below that number
        if whole and (len(alike) >= wanted or before is None):
            return [*better, *alike[:wanted]]
        if whole and before is not None:
            few = before
            seen = [number for number in seen if number > few]
        else:
            seen = sorted(number for _, number in rows if number > few)
        if not seen:
            break
        before = seen[len(seen) // (_BETWEEN if whole else _FEWER)]
    return found[:limit]


def _order(one: Scored) -> tuple[float, int]:
    return -one[0], one[1]
