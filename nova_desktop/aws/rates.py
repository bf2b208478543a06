"""How often a second: what a service documents that it bears."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from nova_desktop.aws.stopping import rest

BURST_S = 0.25
TOGETHER_S = 0.5
LESS, MORE, LEAST_SHARE = 0.7, 0.02, 0.05  # of the share: after a refusal, after an answer


@dataclass(slots=True)
class Bucket:
    """At most `per_s` a second in the long run, `burst_s` worth of it at once. For one thread."""

    per_s: float
    burst_s: float = 1.0
    _filled: float = 0.0  # how many may start, at `_at_s`
    _at_s: float = field(default=float("-inf"))

    def wait_s(self, now_s: float, count: float = 1) -> float:
        """Seconds until the next `count` may start together."""
        return max(0.0, (min(count, self._room) - self._now(now_s)) / self.per_s)

    def take(self, now_s: float, count: float = 1) -> None:
        """More than is there is owed, and waited for by who comes next."""
        self._filled, self._at_s = self._now(now_s) - count, now_s

    @property
    def _room(self) -> float:
        return max(1.0, self.per_s * self.burst_s)

    def _now(self, now_s: float) -> float:
        return min(self._room, self._filled + (now_s - self._at_s) * self.per_s)


class Rates:
    """Several rates that hold at once, such as of requests and of what is in them. Any threads.

    Little is let through at once: nobody says over which time a service counts. Others may use the
    same rates, and all that is heard of them is refusals: each makes it slower, and answers make it
    as fast again, so that those who share a service find their shares.
    """

    def __init__(self, per_s: Mapping[str, float], stop: threading.Event) -> None:
        self._stop = stop
        self._buckets = {name: Bucket(rate, BURST_S) for name, rate in per_s.items()}
        self._lock = threading.Lock()
        self._share = 1.0  # of the rates that is taken
        self._slowed_s = float("-inf")

    @property
    def share(self) -> float:
        return self._share

    def wait(self, **counts: int) -> None:
        """Until so many of each may go, and counts them. Raises Stopped."""
        while True:
            with self._lock:
                now_s = time.monotonic()
                dear = {name: count / self._share for name, count in counts.items()}
                wait_s = max(self._buckets[name].wait_s(now_s, n) for name, n in dear.items())
                if wait_s <= 0:
                    for name, n in dear.items():
                        self._buckets[name].take(now_s, n)
                    return
            rest(self._stop, wait_s)

    def refused(self) -> None:
        """It was too much. Several that were refused together count as one."""
        with self._lock:
            now_s = time.monotonic()
            if now_s - self._slowed_s >= TOGETHER_S:
                self._slowed_s = now_s
                self._share = max(LEAST_SHARE, self._share * LESS)

    def answered(self) -> None:
        with self._lock:
            self._share = min(1.0, self._share + MORE)
