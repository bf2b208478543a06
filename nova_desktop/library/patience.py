"""Asks a drive that may hang, and goes on without it when it does not answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

from nova_desktop.errors import Stopped, TryLater

QUIET_S = 20.0  # without a sign of life; a disk that slept has woken up by then
POLL_S = 0.2
T = TypeVar("T")


class Hangs(TryLater):
    """A drive does not answer; what asked it is left behind in its thread."""


class Patience:
    """One for all drives; any thread.

    A call of the system on a drive that is gone may never return, and nothing ends it. So such
    calls are made in a thread of their own, of which at most one a drive is ever left behind.
    """

    def __init__(self, quiet_s: float = QUIET_S) -> None:
        self._quiet_s = quiet_s
        self._lock = threading.Lock()
        self._left: dict[str, threading.Thread] = {}  # by drive: where the last call hangs

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
            if left is not None and left.is_alive():
                raise Hangs(_sentence(drive))
            self._left.pop(drive, None)
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

        # A daemon: it must not keep the program from ending.
        thread = threading.Thread(target=call, name="drive", daemon=True)
        thread.start()
        while not wait([outcome], timeout=POLL_S).done:
            if stopped():
                left_behind.set()
                raise Stopped
            if time.monotonic() - seen[0] > self._quiet_s:
                with self._lock:
                    self._left[drive] = thread
                left_behind.set()
                raise Hangs(_sentence(drive))
        return outcome.result()


def _sentence(drive: str) -> str:
    return (
        f"The drive of {drive} does not answer: check it, or its network. "
        "What is indexed of it is kept."
    )
