"""How far a run of indexing is: never falls, at most ten reports a second."""

from __future__ import annotations

import time
from collections.abc import Callable

from nova_desktop.model import Event, Progress

EVERY_S = 0.1


class Meter:
    """Counts files from the first that was waiting to the last; used by the indexer's thread."""

    def __init__(self, tell: Callable[[Event], None], clock: Callable[[], float] = time.monotonic):
        self._tell, self._clock = tell, clock
        self.done = 0
        self._began: float | None = None
        self._told = 0.0

    def begin(self) -> None:
        if self._began is None:
            self._began = self._clock()

    def show(self, waiting: Callable[[], int], current: str) -> None:
        """Reports when it is time to; `waiting` is asked only then."""
        now = self._clock()
        if self._began is None or now - self._told < EVERY_S:
            return
        self._told = now
        left = waiting()
        eta_s = (now - self._began) / self.done * left if self.done else None
        self._tell(Progress(self.done, self.done + left, current, eta_s))

    def end(self) -> None:
        """The run is over; the next one counts from 0."""
        if self._began is not None:
            self._tell(Progress(self.done, self.done))
        self.done, self._began = 0, None
