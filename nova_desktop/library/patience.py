"""Asks a drive that may hang, and goes on without it when it does not answer."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

from nova_desktop.errors import Stopped, TryLater

QUIET_S = 20.0  # without a sign of life; a disk that slept has woken up by then
POLL_S = 0.2
KEPT = 8  # threads that wait for the next call
T = TypeVar("T")


class Hangs(TryLater):
    """A drive does not answer; what asked it is left behind in its thread."""


class Patience:
    """One for all drives; any thread.

    A call of the system on a drive that is gone may never return, and nothing ends it. So such
    calls are made in threads of their own, of which at most one a drive is ever left behind; the
    others serve again.
    """

    def __init__(self, quiet_s: float = QUIET_S) -> None:
        self._quiet_s = quiet_s
        self._lock = threading.Lock()  # around what follows
        self._idle: list[_Worker] = []
        self._left: dict[str, _Worker] = {}  # by drive: where the last call hangs

    def run(
        self,
        drive: str,
        work: Callable[[Callable[[], None]], T],
        stopped: Callable[[], bool] = lambda: False,
    ) -> T:
        """What `work` gives; it calls what it is given as often as it gets on.

        Raises Hangs when it does not for `quiet_s`, and at once while the last call to this drive
        still hangs; Stopped as soon as `stopped`, asked in this thread, says so. `drive` is how
        people call it. What nobody waits for any more ends when it calls again.
        """
        with self._lock:
            left = self._left.get(drive)
            if left is not None and left.busy:
                raise Hangs(_sentence(drive))
            self._left.pop(drive, None)
            worker = self._idle.pop() if self._idle else _Worker()
        outcome: Future[T] = Future()
        seen = [time.monotonic()]
        left_behind = threading.Event()

        def alive() -> None:
            if left_behind.is_set():
                raise Stopped
            seen[0] = time.monotonic()

        def call() -> None:
            try:
                outcome.set_result(work(alive))
            except BaseException as e:  # whatever it is, it is raised where it is waited for
                outcome.set_exception(e)

        worker.give(call)
        while not wait([outcome], timeout=POLL_S).done:
            hangs = time.monotonic() - seen[0] > self._quiet_s
            if hangs or stopped():
                left_behind.set()
                worker.end()
                if not hangs:
                    raise Stopped
                with self._lock:
                    self._left[drive] = worker
                raise Hangs(_sentence(drive))
        with self._lock:
            if len(self._idle) < KEPT:
                self._idle.append(worker)
            else:
                worker.end()
        return outcome.result()


class _Worker:
    """A thread that does what it is given, one after the other, until it is told to end.

    A daemon: it must not keep the program from ending.
    """

    def __init__(self) -> None:
        self._given: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="drive", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        return self._thread.is_alive()

    def give(self, call: Callable[[], None]) -> None:
        self._given.put(call)

    def end(self) -> None:
        """After what it does now."""
        self._given.put(None)

    def _serve(self) -> None:
        while (call := self._given.get()) is not None:
            call()


def _sentence(drive: str) -> str:
    return (
        f"The drive of {drive} does not answer: check it, or its network. "
        "What is indexed of it is kept."
    )
