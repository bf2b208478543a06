"""Which contents a table may have rows of, so that rows of new ones are added without a look.

A merge joins what is put with every row that is there, and holds on to memory for each: 170 ms of
a processor for 2,000 rows beside 80,000, twice that beside 160,000. Adding them takes 40 ms.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

_APART = 8_192  # that are kept apart, until they are sorted in with the others

_Hashes = NDArray[np.int64]


class Known:
    """Eight bytes a content. It may say yes of a content that is not there, and never no of one
    that is. For one thread; `table` is written by nobody else from now on.
    """

    def __init__(self, table: Any) -> None:
        """Reads `table`: 0.4 s of a processor for 1,000,000 contents."""
        batches = table.search().select(["content"]).to_batches()
        found = [np.unique(_hashes(batch["content"].to_pylist())) for batch in batches]
        self._sorted: _Hashes = np.unique(np.concatenate([np.empty(0, np.int64), *found]))
        self._apart: set[int] = set()

    def any(self, contents: Collection[str]) -> bool:
        """Whether one of them may have rows."""
        asked = _hashes(contents)
        if not self._apart.isdisjoint(asked.tolist()):
            return True
        if not len(self._sorted):
            return False
        places = np.searchsorted(self._sorted, asked)
        places[places == len(self._sorted)] = 0
        return bool((self._sorted[places] == asked).any())

    def add(self, contents: Collection[str]) -> None:
        """Before their rows are written, so that one that fails has them known too."""
        self._apart.update(_hashes(contents).tolist())
        if len(self._apart) > _APART:
            more = np.fromiter(self._apart, np.int64, len(self._apart))
            # Two runs in order, once the few are sorted: a stable sort only merges them.
            both = np.concatenate([self._sorted, np.sort(more)])
            self._sorted, self._apart = np.sort(both, kind="stable"), set()


def _hashes(contents: Collection[str]) -> _Hashes:
    return np.fromiter(map(hash, contents), np.int64, len(contents))
