"""How much of this computer indexing takes: its processors, its processes, its memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

from nova_desktop.child import keep_threads_to, session_bytes
from nova_desktop.isolation import Children

INDEXING_S, ASKING_S = 60.0, 600.0  # children are kept so long without a call


class Share:
    """`indexing` are limited; `asking` are ended while they are idle and memory is short."""

    def __init__(self, indexing: Sequence[Children], asking: Sequence[Children] = ()) -> None:
        self._indexing, self._asking = indexing, asking
        self._threads: set[int] = set()
        self._lock = threading.Lock()  # around it
        self._processors: frozenset[int] = frozenset()

    def joined(self) -> None:
        """Called by each thread of this process that works for the index, as it begins."""
        number = threading.get_native_id()
        with self._lock:
            self._threads.add(number)
        if self._processors:
            keep_threads_to([number], self._processors)

    def limit(self, cores: int, memory_bytes: int) -> None:
        """See ports.Machine.limit."""
        there = available()
        processors = frozenset(there[-cores:]) if 0 < cores < len(there) else frozenset()
        if processors != self._processors:
            self._processors = processors
            with self._lock:
                keep_threads_to(self._threads, processors)
        self._let_go()
        short = self._make_room(memory_bytes)
        for children in self._indexing:
            children.limit(1 if short else cores or len(there), processors)

    def _let_go(self) -> None:
        """Ends what nobody has asked for a while: a model holds hundreds of megabytes."""
        for groups, kept_s in ((self._indexing, INDEXING_S), (self._asking, ASKING_S)):
            for children in groups:
                while children.idle_s() > kept_s and children.end_idle():
                    pass

    def _make_room(self, memory_bytes: int) -> bool:
        """Ends what is held ready until it fits; True when what is at work is too large."""
        if not any(children.running() for children in self._indexing):
            return False  # looking through all processes would be most of what an idle one does
        while session_bytes(os.getpid()) > memory_bytes:  # this process, with all its children
            groups = sorted(
                (*self._asking, *self._indexing), key=Children.resident_bytes, reverse=True
            )
            if not any(children.end_idle() for children in groups):
                return True
        return False


def available() -> tuple[int, ...]:
    """The processors that this process may use, by number; the last ones are the least asked."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(sorted(os.sched_getaffinity(os.getpid())))
    return tuple(range(os.cpu_count() or 1))
