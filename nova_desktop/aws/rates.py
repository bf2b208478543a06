"""How often a second: what a service documents that it bears."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from nova_desktop.aws.stopping import rest

BURST_S = 0.25


@dataclass(slots=True)
class Bucket:
    """At most `per_s` a second in the long run, `burst_s` worth of it at once. For one thread."""

    per_s: float
    burst_s: float = 1.0
    _filled: float = 0.0  # how many may start, at `_at_s`
    _at_s: float = field(default=float("-inf"))

    def wait_s(self, now_s: float, count: int = 1) -> float:
        """Seconds until the next `count` may start together."""
        return max(0.0, (min(count, self._room) - self._now(now_s)) / self.per_s)

    def take(self, now_s: float, count: int = 1) -> None:
        """More than is there is owed, and waited for by who comes next."""
        self._filled, self._at_s = self._now(now_s) - count, now_s

    @property
    def _room(self) -> float:
        return max(1.0, self.per_s * self.burst_s)

    def _now(self, now_s: float) -> float:
        return min(self._room, self._filled + (now_s - self._at_s) * self.per_s)


class Rates:
    """Several rates that hold at once, such as of requests and of what is in them. Any threads.

    Little is let through at once: nobody says over which time a service counts.
    """

    def __init__(self, per_s: Mapping[str, float], stop: threading.Event) -> None:
        self._stop = stop
        self._buckets = {name: Bucket(rate, BURST_S) for name, rate in per_s.items()}
        self._lock = threading.Lock()

    def wait(self, **counts: int) -> None:
        """Until so many of each may go, and counts them. Raises Stopped."""
        while True:
            with self._lock:
                now_s = time.monotonic()
                wait_s = max(self._buckets[name].wait_s(now_s, n) for name, n in counts.items())
                if wait_s <= 0:
                    for name, n in counts.items():
                        self._buckets[name].take(now_s, n)
                    return
            rest(self._stop, wait_s)
