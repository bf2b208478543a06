"""Models that are being fetched: how far each is, and its end before its time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from nova_desktop.errors import TryLater
from nova_desktop.shelf import Fetching


class Fetches:
    """Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # around both
        self._stops: dict[str, threading.Event] = {}
        self._far: dict[str, Fetching] = {}

    @contextmanager
    def under_way(self, name: str) -> Iterator[threading.Event]:
        """Gives what is set when it is to end. TryLater while the same one is fetched."""
        stop = threading.Event()
        with self._lock:
            if name in self._stops:
                raise TryLater(f"{name} is being fetched already. Wait for it, or stop it.")
            self._stops[name] = stop
            self._far[name] = Fetching(name, 0, 0, "")
        try:
            yield stop
        finally:
            with self._lock:
                del self._stops[name], self._far[name]

    def tell(self, far: Fetching) -> None:
        with self._lock:
            if far.name in self._stops:
                self._far[far.name] = far

    def all(self) -> tuple[Fetching, ...]:
        with self._lock:
            return tuple(self._far.values())

    def stop(self, name: str) -> None:
        with self._lock:
            if name in self._stops:
                self._stops[name].set()

    def stop_all(self) -> None:
        for far in self.all():
            self.stop(far.name)
