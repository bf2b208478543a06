"""Many calls at once, with little in memory: results as they come, and one error ends them all."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from nova_desktop.errors import Stopped

POLL_S = 0.1  # how soon a stop is seen

A = TypeVar("A")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Failed:
    error: BaseException


class _End:
    """A source has no more."""


def merged(sources: Sequence[Iterator[T]], stop: threading.Event) -> Iterator[T]:
    """What all of them give, in no order; each runs in a thread of its own, a little ahead.

    Raises what one of them raised, once none of the others is under way; after a stop it leaves
    them on their own, since a call over the network can't be ended from outside: Stopped.
    """
    ready: queue.Queue[T | _Failed | _End] = queue.Queue(2 * len(sources))
    over = threading.Event()  # nobody takes any more

    def offer(what: T | _Failed | _End) -> bool:
        while not over.is_set():
            try:
                ready.put(what, timeout=POLL_S)
            except queue.Full:
                continue
            return True
        return False

    def run(source: Iterator[T]) -> None:
        try:
            for item in source:
                if not offer(item):
                    return
            offer(_End())
        except BaseException as e:  # the caller's, whatever it is
            offer(_Failed(e))

    threads = [
        threading.Thread(target=run, args=(source,), name="call", daemon=True) for source in sources
    ]
    try:
        yield from _taken(ready, threads, stop)
    finally:
        over.set()
        while not stop.is_set() and any(thread.is_alive() for thread in threads):
            for thread in threads:
                thread.join(POLL_S)


def _taken(
    ready: queue.Queue[T | _Failed | _End],
    threads: Sequence[threading.Thread],
    stop: threading.Event,
) -> Iterator[T]:
    for thread in threads:
        thread.start()
    running = len(threads)
    while running:
        if stop.is_set():
            raise Stopped
        try:
            found = ready.get(timeout=POLL_S)
        except queue.Empty:
            continue
        if isinstance(found, _Failed):
            raise found.error
        if isinstance(found, _End):
            running -= 1
        else:
            yield found


def each(
    items: Iterable[A], work: Callable[[A], T], parallel: int, stop: threading.Event
) -> Iterator[T]:
    """What `work` makes of each, in no order, so many at once; `items` are taken when needed.

    As `merged`: no more is begun after an error.
    """
    waiting = iter(items)
    lock = threading.Lock()
    failed = threading.Event()
    none = object()

    def worker() -> Iterator[T]:
        while not failed.is_set():
            with lock:
                item = next(waiting, none)
            if item is none:
                return
            try:
                yield work(item)  # type: ignore[arg-type]  # `none` is no A
            except BaseException:
                failed.set()
                raise

    return merged([worker() for _ in range(parallel)], stop)
