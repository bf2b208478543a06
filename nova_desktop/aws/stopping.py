"""Calls over the network: made again while that helps, and left alone when all is stopped."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from nova_desktop.errors import Stopped, TryLater

POLL_S = 0.1  # how soon a stop is seen
TRIES = 6  # of one call, before the whole of the work waits instead

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pauses:
    """Twice as long after each try, in seconds. Half is drawn: what failed together parts ways."""

    first_s: float
    longest_s: float

    def after(self, tries: int) -> float:
        """The pause after so many tries, from 1."""
        whole = min(self.longest_s, self.first_s * 2.0 ** (tries - 1))
        return whole * random.uniform(0.5, 1)  # noqa: S311  # nothing is kept secret by it


def rest(stop: threading.Event, seconds: float) -> None:
    """Waits. Raises Stopped as soon as all is stopped."""
    if stop.wait(seconds):
        raise Stopped


def beside(work: Callable[[], T], stop: threading.Event) -> T:
    """What `work` gives, called in a thread of its own.

    A call over the network can't be ended from outside: after a stop it is left on its own, and
    this raises Stopped.
    """
    future: Future[T] = Future()

    def call() -> None:
        try:
            future.set_result(work())
        except BaseException as e:  # the caller's, whatever it is
            future.set_exception(e)

    if stop.is_set():
        raise Stopped
    threading.Thread(target=call, name="call", daemon=True).start()
    while not future.done():
        with suppress(NotYet):
            future.exception(POLL_S)  # only waits: what the call raised may be a NotYet too
        if stop.is_set() and not future.done():
            raise Stopped
    return future.result()


def persistent(
    work: Callable[[], T],
    stop: threading.Event,
    pauses: Pauses,
    hopeless: Callable[[TryLater], bool] = lambda _: False,
    tries: int = TRIES,
) -> T:
    """What `work` gives, called again after a pause while it raises TryLater; `tries` in all."""
    tried = 0
    while True:
        try:
            return work()
        except TryLater as e:
            tried += 1
            if tried >= tries or stop.is_set() or hopeless(e):
                raise
        rest(stop, pauses.after(tried))
