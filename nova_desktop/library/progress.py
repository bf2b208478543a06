"""How far a run of indexing is: never falls, at most ten reports a second."""

from __future__ import annotations

import time
from collections.abc import Callable

from nova_desktop.events import Event, Progress

EVERY_S = 0.1
MARK_S = 0.25  # at least, between two marks ...
GROWTH = 1.05  # ... and this share of the run: so the later half of a run has some fifteen


class Meter:
    """Counts files from the first that was waiting to the last; used by the indexer's thread."""

    def __init__(self, tell: Callable[[Event], None], clock: Callable[[], float] = time.monotonic):
        self._tell, self._clock = tell, clock
        self.done = 0  # files that are recorded
        self._running = False
        self._shown = 0
        self._told = self._began_s = 0.0
        self._marks: list[tuple[float, int]] = []  # when how many were done, from the first on

    def begin(self) -> None:
        self._running = True

    def show(self, waiting: Callable[[], int], current: str, ready: int = 0) -> None:
        """Reports when it is time to; `waiting` is asked only then.

        `ready` of the files that wait are finished and only to be recorded: they count as done.
        """
        now = self._clock()
        if not self._running or now - self._told < EVERY_S:
            return
        self._told = now
        left = max(0, waiting() - ready)
        # One that was ready may turn out to have changed meanwhile: what was said is not unsaid.
        self._shown = done = max(self._shown, self.done + ready)
        self._tell(Progress(done, done + left, current, self._left_s(now, done, left)))

    def end(self) -> None:
        """The run is over; the next one counts from 0."""
        if self._running:
            self._tell(Progress(self.done, self.done))
        self.done, self._shown, self._running, self._marks = 0, 0, False, []

    def _left_s(self, now: float, done: int, left: int) -> float | None:
        """Seconds until the end, at the rate of the later half of the run.

        The run counts from its first finished file, and its first half is forgotten: loading the
        models takes as long as many files, and happens at the beginning.
        """
        if not done:
            return None
        if not self._marks:
            self._began_s = now
            self._marks.append((now, done))
        latest = self._marks[-1][0]
        if now - latest >= max(MARK_S, (GROWTH - 1) * (latest - self._began_s)):
            self._marks.append((now, done))
        while len(self._marks) > 2 and self._marks[1][0] <= (self._began_s + now) / 2:
            del self._marks[0]
        since, before = self._marks[0]
        return (now - since) / (done - before) * left if done > before else None
