"""How finely a table's rows are coded, and how closely candidates are looked at: pure decisions.

Measured with clusters and near-duplicates of 1024 dimensions, on one core (`python -m
tests.benchmarks.search`).
"""

from __future__ import annotations

from dataclasses import dataclass

_FINE, _FINE_BYTES = 2, 96 << 20  # bits a dimension, and the most bytes of so many
_COARSE = 1
# Rows in each list: the fewer, the less codes are off, and the more lists there are to look into.
_LIST_ROWS = 125  # until there are _FINE_LISTS
_MOST_ROWS = 1_000
_FEWEST_LISTS, _FINE_LISTS, _MOST_LISTS = 16, 1_000, 4_096
_SAMPLE = 40  # vectors for each list to train it by
_LEAST = 50  # rows to look for: fewer are found less surely
_WHOLE_ROWS = 40_000  # of so many, or fewer, every list is looked into
_LEAST_PART = 0.35  # of the lists, however many rows there are: from 330,000 on
# Where a smaller share of the rows passes, more lists, by a power of how much smaller.
_MANY, _NARROW = {_FINE: 1.0, _COARSE: 0.25}, 0.3
_EACH = {_FINE: 10, _COARSE: 20}  # candidates for each row that is wanted


@dataclass(frozen=True, slots=True)
class Trained:
    """What codes were made as."""

    bits: int  # a dimension
    rows: int  # when they were trained

    def fits(self, rows: int, dim: int) -> bool:
        """Whether so many rows may still be coded so: not once they doubled."""
        return bits(rows, dim) == self.bits and rows < 2 * self.rows


@dataclass(frozen=True, slots=True)
class Depth:
    """How thoroughly codes are asked."""

    candidates: int  # rows that are compared by their vectors
    part: float  # of the lists, 0 to 1


def bits(rows: int, dim: int) -> int:
    """A dimension, for so many rows."""
    return _FINE if rows * dim * _FINE // 8 <= _FINE_BYTES else _COARSE


def lists(rows: int) -> int:
    fine = min(rows // _LIST_ROWS, _FINE_LISTS)
    return min(max(fine, rows // _MOST_ROWS, _FEWEST_LISTS), _MOST_LISTS, max(1, rows))


def sample(rows: int) -> int:
    """How many rows to train by."""
    return min(rows, _SAMPLE * lists(rows))


def depth(limit: int, rows: int, passing: int, bits: int) -> Depth:
    """Enough for .99 of the ten nearest of `passing` rows, of all `rows`, and for .98 of the fifty
    nearest; of more than 400,000, where a filter passes 5 %, for .94 of those.

    Where fewer pass, the nearest of them lie farther, in more lists, and less far apart than the
    codes can tell.
    """
    limit = max(limit, _LEAST)
    share = max(passing, 1) / max(rows, 1)
    part = max(_LEAST_PART, (_WHOLE_ROWS / max(rows, 1)) ** 0.5)
    more = max(1.0, _MANY[bits] / share) ** _NARROW
    return Depth(_EACH[bits] * limit, min(1.0, part * more))
