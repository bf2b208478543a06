"""Which vector index a table gets, and how closely its candidates are looked at: pure decisions.

IVF_RQ for every dimension: 100,000 rows of 1024 dimensions in clusters with near-duplicates, two
bits each, take 28 MB and 8 ms of a processor at .989 of the fifty nearest. IVF_SQ takes 103 MB and
22 ms at .9995, and IVF_RQ of four bits 54 MB and 9 ms at .9945. At 512 dimensions four bits are
as good as IVF_SQ (.9965 and .999), in half the room and 40 % of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Bits a dimension, and the most bytes of an index of so many: it is to stay in memory whole.
_BITS = ((4, 256 << 20), (2, 512 << 20))
_FEWEST = 1
_LEAST = 50  # rows to ask the index for: fewer are found less surely
_MANY_ROWS = 500_000  # from here on, of 244 partitions at 1,000,000, more are looked into: .998


@dataclass(frozen=True, slots=True)
class Trained:
    """What an index was made as; its name says so, as nothing else keeps it."""

    bits: int  # a dimension; 0 of an index that an earlier version made
    rows: int

    @property
    def name(self) -> str:
        return f"vector-{self.bits}bit-{self.rows}"

    def config(self) -> Any:
        """For LanceDB's create_index."""
        from lancedb.index import IvfRq

        return IvfRq(distance_type="cosine", num_bits=self.bits)


def of_name(name: str) -> Trained:
    _, bits, *rows = name.split("-")
    return Trained(int(bits.removesuffix("bit")), int(rows[0])) if rows else Trained(0, int(bits))


def bits(rows: int, dim: int) -> int:
    """A dimension, for an index of so many rows."""
    return next((b for b, most in _BITS if rows * dim * b // 8 <= most), _FEWEST)


@dataclass(frozen=True, slots=True)
class Depth:
    """How thoroughly an index is asked."""

    limit: int  # rows to ask for
    refine: int  # candidates that are compared in full for each of them
    probes: int  # partitions looked into, at the least


def depth(limit: int, rows: int, bits: int) -> Depth:
    """Enough for .99 of the ten and .98 of the fifty nearest.

    What tells less by itself needs more candidates, and the same number of them for 50 rows as for
    300: it is the nearest that have to be right.
    """
    limit = max(limit, _LEAST)
    candidates = {4: 100, 2: 300}.get(bits, 1_000)
    refine = max(2, -(-candidates // limit))
    return Depth(limit, refine, 20 if rows < _MANY_ROWS else 30)


def among_passing(limit: int, bits: int) -> int:
    """As `depth`, of rows that pass a filter: they lie less close to one another.

    Of 100,000 rows, 60 candidates that pass hold .968 of the fifty nearest, and 75 .993; of
    1,000,000 with two bits each, 150 hold .973 or more. All hold .995 of the ten nearest.
    """
    return max({4: 70, 2: 150}.get(bits, 750), 7 * max(limit, _LEAST) // 5)
