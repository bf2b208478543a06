"""How far a run of indexing is: never falls, at most ten reports a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from nova_desktop.events import Event, Progress
from nova_desktop.library.effort import Effort

EVERY_S = 0.1


class Meter:
    """Counts files from the first that was waiting to the last; used by the indexer's thread."""

    def __init__(self, tell: Callable[[Event], None], clock: Callable[[], float] = time.monotonic):
        self._tell, self._clock = tell, clock
        self.done = 0  # files that are recorded
        self.share = 0.0  # of the work; never falls while a run lasts
        self.eta_s: float | None = None
        self._running = False
        self._shown = 0
        self._told = 0.0

    def begin(self) -> None:
        self._running = True

    @property
    def due(self) -> bool:
        """Whether `show` would report now."""
        return self._running and self._clock() - self._told >= EVERY_S

    def show(
        self,
        waiting: Callable[[], int],
        current: str,
        ready: int = 0,
        efforts: Sequence[Effort] = (),
    ) -> None:
        """Reports when it is time to; `waiting` is asked only then.

        `ready` of the files that wait are finished and only to be recorded: they count as done.
        `efforts` of ways in that go on beside each other: the longer one is what is waited for.
        """
        if not self.due:
            return
        self._told = self._clock()
        left = max(0, waiting() - ready)
        # One that was ready may turn out to have changed meanwhile: what was said is not unsaid.
        self._shown = done = max(self._shown, self.done + ready)
        self.eta_s = _longest(effort.left_s() for effort in efforts)
        works = [effort.work() for effort in efforts]
        whole = sum(sum(work) for work in works)
        if whole and self.eta_s is not None:
            self.share = max(self.share, min(1.0, sum(work[0] for work in works) / whole))
        self._tell(Progress(done, done + left, current, self.eta_s, self.share))

    def end(self) -> None:
        """The run is over; the next one counts from 0."""
        if self._running:
            self._tell(Progress(self.done, self.done, share=1.0))
        self.done, self._shown, self._running = 0, 0, False
        self.share, self.eta_s = 0.0, None


def _longest(times_s: Iterable[float | None]) -> float | None:
    return max((time_s for time_s in times_s if time_s is not None), default=None)
