"""A budget that lets everything through, and notes what became of each request."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

from nova_desktop.spending import Usage


class Noted:
    """`open`: reserved, and neither settled nor released. `told` hears what is settled, too."""

    def __init__(self, told: Callable[[Usage], object] = lambda _: None) -> None:
        self.reserved: list[Usage] = []
        self.settled: list[Usage] = []
        self.open: dict[int, Usage] = {}
        self._told = told
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def reserve(self, estimate: Usage) -> int:
        with self._lock:
            number = next(self._numbers)
            self.reserved.append(estimate)
            self.open[number] = estimate
        return number

    def settle(self, number: int, usage: Usage) -> None:
        with self._lock:
            del self.open[number]
            self.settled.append(usage)
        self._told(usage)

    def release(self, number: int) -> None:
        with self._lock:
            del self.open[number]
