"""One sync under way: what it counts, tells and is stopped by, and its threads."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from nova_desktop.errors import Stopped
from nova_desktop.events import Event, Syncing

TELL_S = 0.2  # between two events
AT_ONCE = 4  # requests: five a second of 500 vectors each are all that an index takes
T = TypeVar("T")


@dataclass(slots=True)
class Course:
    """Changed by the thread that syncs alone."""

    stop: threading.Event
    tell: Callable[[Event], None]
    total: int = 0  # rows
    done: int = 0
    skipped: int = 0  # contents
    _told_s: float = field(default=float("-inf"))

    def check(self) -> None:
        """Raises Stopped where it was told to."""
        if self.stop.is_set():
            raise Stopped

    def went(self, rows: int) -> None:
        """So many more rows are done."""
        self.done += rows
        self.total = max(self.total, self.done)
        now = time.monotonic()
        if self.done == self.total or now - self._told_s > TELL_S:
            self._told_s = now
            self.tell(Syncing(self.done, self.total))


class Ahead(Generic[T]):
    """Runs requests a few at a time, and hands their outcomes over in order.

    Of their rows at most `most_rows` are in memory, or those of one request where that has more:
    however large a library is, no more of it is. What `settle` raises ends it; so does a
    request, whose error is raised when its turn comes. What was under way then is settled, too,
    where it comes to a good end.
    """

    def __init__(self, settle: Callable[[T], None], most_rows: int, at_once: int = AT_ONCE) -> None:
        self._settle = settle
        self._pool = ThreadPoolExecutor(at_once, "sync")
        self._under_way: deque[tuple[Future[T], int]] = deque()
        self._rows, self._most_rows = 0, most_rows  # of those

    def __enter__(self) -> Ahead[T]:
        return self

    def room(self, rows: int) -> None:
        """Waits for the oldest ones until there is room for a request of so many rows."""
        while self._under_way and (
            self._rows + rows > self._most_rows or self._under_way[0][0].done()
        ):
            self._first()

    def rest(self) -> None:
        """Waits for all of them: then no row is in memory."""
        while self._under_way:
            self._first()

    def _first(self) -> None:
        future, rows = self._under_way.popleft()
        self._rows -= rows
        self._settle(future.result())

    def submit(self, work: Callable[[], T], rows: int) -> None:
        """Begins it; first `room`, where its rows are read already."""
        self._under_way.append((self._pool.submit(work), rows))
        self._rows += rows

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self.rest()
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)
            for one, _rows in self._under_way:
                if not one.cancelled() and one.exception() is None:
                    self._settle(one.result())
            self._under_way.clear()
