"""A store of rows in Amazon S3 Vectors, or in whatever else is a VectorBucket."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Near, Row, RowFilter, Space
from nova_desktop.ports import Kept, VectorBucket
from nova_desktop.vector_rows import HIDDEN, index_of, near_of, noted, row_of

_SEPARATOR = ":"  # content:number


class S3VectorsStore:
    """Implements VectorStore: an index a space, whose name begins with `prefix`.

    Keys are contents and numbers: the same on every machine, and without a path. What rows there
    are is listed once a space and remembered, since the service lists a thousand keys a call; what
    another machine puts meanwhile is seen by `nearest` at once, and else by `contents`, `count` and
    `maintain`, which look again. Words are kept up to 16 KB a row, and nothing is found by them.
    """

    def __init__(self, bucket: VectorBucket, prefix: str) -> None:
        self._bucket, self._prefix = bucket, prefix
        self._lock = threading.Lock()  # around what follows
        self._numbers: dict[str, dict[str, set[int]]] = {}  # index → content → its rows
        self._made: set[str] = set()  # indexes that are there

    def put(self, space: Space, rows: Sequence[Row]) -> None:
        if not rows:
            return
        index = index_of(self._prefix, space)
        if index not in self._made:
            self._bucket.create(index, space.dim, HIDDEN)
            self._made.add(index)
        latest = {key_of(row.content, row.number): row for row in rows}
        stale = set(self._keys_of(index, {row.content for row in rows})) - latest.keys()
        # New rows first: whoever asks meanwhile finds a row too many rather than none.
        self._bucket.put(
            index, [Kept(key, row.vector, noted(row, row.words)) for key, row in latest.items()]
        )
        self._bucket.delete(index, sorted(stale))
        numbers: dict[str, set[int]] = {}
        for row in rows:
            numbers.setdefault(row.content, set()).add(row.number)
        with self._lock:
            if index in self._numbers:
                self._numbers[index].update(numbers)

    def forget(self, contents: Collection[str]) -> None:
        if not contents:
            return
        for index in self._bucket.indexes(f"{self._prefix}."):
            self._bucket.delete(index, sorted(self._keys_of(index, contents)))
            with self._lock:
                for content in contents:
                    self._numbers.get(index, {}).pop(content, None)

    def nearest(
        self, space: Space, vector: NDArray[np.float32], limit: int, where: RowFilter
    ) -> list[Near]:
        index = index_of(self._prefix, space)
        found = self._bucket.nearest(index, vector, limit, where)
        return [near_of(kept, score) for score, kept in found]

    def rows(self, space: Space, content: str, limit: int) -> list[Row]:
        return self.rows_of(space, [content])[:limit]

    def rows_of(self, space: Space, contents: Collection[str]) -> list[Row]:
        index = index_of(self._prefix, space)
        found = map(row_of, self._bucket.get(index, self._keys_of(index, contents)))
        return sorted(found, key=lambda row: (row.content, row.number))

    def contents(self, space: Space) -> set[str]:
        return set(self._listed(index_of(self._prefix, space), again=True))

    def count(self, space: Space) -> int:
        listed = self._listed(index_of(self._prefix, space), again=True)
        return sum(map(len, listed.values()))

    def maintain(self, stopped: bool = False) -> None:
        """The service keeps itself up; what it holds is looked at again when it is next asked."""
        if stopped:
            self.close()

    def compact(self) -> None:
        """The service is as small as it can be."""

    def close(self) -> None:
        with self._lock:
            self._numbers.clear()

    def _keys_of(self, index: str, contents: Iterable[str]) -> list[str]:
        listed = self._listed(index)
        return [
            key_of(content, number)
            for content in contents
            for number in sorted(listed.get(content, ()))
        ]

    def _listed(self, index: str, again: bool = False) -> dict[str, set[int]]:
        with self._lock:
            if index in self._numbers and not again:
                return self._numbers[index]
        numbers: dict[str, set[int]] = {}
        for key in self._bucket.keys(index):
            content, separator, number = key.rpartition(_SEPARATOR)
            if separator and number.isascii() and number.isdecimal():
                numbers.setdefault(content, set()).add(int(number))
        with self._lock:
            self._numbers[index] = numbers
        return numbers


def key_of(content: str, number: int) -> str:
    return f"{content}{_SEPARATOR}{number}"
