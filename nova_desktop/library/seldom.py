"""An answer that is costly to find and may be a little old."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

FRESH_S = 1.0  # it may be so old ...
TIMES = 30.0  # ... and so many times as old as it took to find


class Seldom(Generic[T]):
    """Any thread; while one finds it, others wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._answer: T | None = None
        self._until_s = float("-inf")

    def of(self, find: Callable[[], T]) -> T:
        with self._lock:
            began_s = self._clock()
            if self._answer is None or began_s > self._until_s:
                self._answer = find()
                now = self._clock()
                self._until_s = now + max(FRESH_S, TIMES * (now - began_s))
            return self._answer
