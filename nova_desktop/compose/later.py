"""What is made when it is first asked for: who only asks a question need not wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Later(Mapping[K, V]):
    """A mapping that `make` gives, once; any thread may be the first that looks into it."""

    def __init__(self, make: Callable[[], Mapping[K, V]]) -> None:
        self._make = make
        self._made: Mapping[K, V] | None = None
        self._lock = threading.Lock()  # around making it

    def _all(self) -> Mapping[K, V]:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def __getitem__(self, key: K) -> V:
        return self._all()[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
