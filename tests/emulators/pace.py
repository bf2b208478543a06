"""How much the service takes at once, and how fast: beyond that it throttles."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.emulators.conditions import Conditions
from tests.emulators.errors import Refused


class Pace:
    """Counts the calls that are being served, and the rate. Safe from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._serving = 0
        self._most = 0
        self._room = 1.0  # calls that the rate still lets in, up to a second's worth
        self._refilled_s = time.monotonic()

    @property
    def most(self) -> int:
        """The most calls that were served at once."""
        with self._lock:
            return self._most

    def clear(self) -> None:
        with self._lock:
            self._most = 0
            self._room, self._refilled_s = 1.0, time.monotonic()

    @contextmanager
    def admitted(self, now: Conditions) -> Iterator[None]:
        """Raises Refused for one call too many."""
        with self._lock:
            if now.parallel is not None and self._serving >= now.parallel:
                raise Refused("ThrottlingException")
            if now.rate_per_s is not None:
                self._take(now.rate_per_s)
            self._serving += 1
            self._most = max(self._most, self._serving)
        try:
            yield
        finally:
            with self._lock:
                self._serving -= 1

    def _take(self, rate: float) -> None:
        at_s = time.monotonic()
        most = max(1.0, rate) if rate else 0.0
        self._room = min(most, self._room + (at_s - self._refilled_s) * rate)
        self._refilled_s = at_s
        if self._room < 1.0:
            raise Refused("ThrottlingException")
        self._room -= 1.0
