"""How many calls at once a service bears: learned from its answers, since it does not say."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field

from nova_desktop.errors import TryLater

log = logging.getLogger(__name__)

FIRST = 4  # calls at once before anything is known
SHARE = 0.15  # of calls refused for being too many: below it more are tried
HALF = 0.5  # above it the service is swamped, whatever else is known
LONGEST_REST_S = 30.0
SHORTEST_REST_S = 0.25
TELL_S = 300.0  # between two lines about it in the log
POLL_S = 0.2  # how soon a stop is seen


@dataclass(slots=True)
class Learned:
    """Additive increase, multiplicative decrease; over windows of answers, not at each refusal.

    A service that refuses a share of calls at random, because it is short of room itself, is not
    helped by asking less: the share stays as it is. So each decrease is checked by the window after
    it, and taken back where it cured nothing. Used under the gate's lock.
    """

    most: int
    limit: float = FIRST  # calls at once
    rest_s: float = 0.0  # between the starts of two calls, when even one at a time is too much
    epoch: int = 0  # raised by a decrease: what was asked for before it says nothing about it
    floor: float = 0.0  # the share of refusals that asking less does not cure
    _starting: bool = True  # until the first refusal: every answer allows one call more
    _good: int = 0
    _refused: int = 0
    _tried: tuple[float, float] | None = None  # (limit, share) before a decrease that is on trial

    def __post_init__(self) -> None:
        self.limit = min(self.limit, self.most)

    def answered(self, epoch: int, refused: bool) -> None:
        """One call came back that was begun in `epoch`."""
        if epoch != self.epoch:
            return
        self._good += not refused
        self._refused += refused
        if self._starting and not refused:
            self.limit = min(self.most, self.limit + 1)
        self._starting &= not refused
        count = self._good + self._refused
        if count >= max(8, 2 * self.limit):
            share = self._refused / count
            self._good = self._refused = 0
            self._decide(share)

    def _decide(self, share: float) -> None:
        if self._tried is not None:
            limit, before = self._tried
            self._tried = None
            if before <= HALF and before / 2 < share <= HALF:
                self.limit, self.floor = limit, (share + before) / 2
                return
        if share > HALF or share - self.floor > SHARE:
            self._decrease(share)
            return
        self.floor = min(self.floor, 0.9 * self.floor + 0.1 * share)
        if self.rest_s:
            self.rest_s = self.rest_s / 2 if self.rest_s > SHORTEST_REST_S else 0.0
        else:
            self.limit = min(self.most, self.limit + 1)

    def _decrease(self, share: float) -> None:
        self.epoch += 1
        if self.limit <= 1:
            self.rest_s = min(LONGEST_REST_S, max(SHORTEST_REST_S, 2 * self.rest_s))
            return
        self._tried = self.limit, share
        # As many as were served; never less than half, never nearly all.
        self.limit = max(1.0, self.limit * min(0.8, max(HALF, 1 - share)))


@dataclass(slots=True)
class Bucket:
    """At most `per_s` calls a second in the long run, up to a second's worth of them at once."""

    per_s: float
    _filled: float = 0.0  # how many may start, at `_at_s`
    _at_s: float = field(default=float("-inf"))

    def wait_s(self, now_s: float) -> float:
        """Seconds until the next call may start."""
        return max(0.0, (1 - self._now(now_s)) / self.per_s)

    def take(self, now_s: float) -> None:
        self._filled, self._at_s = self._now(now_s) - 1, now_s

    def _now(self, now_s: float) -> float:
        return min(max(1.0, self.per_s), self._filled + (now_s - self._at_s) * self.per_s)


class Gate:
    """Lets calls through, as many at once as the service bears; shared by all threads."""

    def __init__(self, most: int, stop: threading.Event, per_s: float | None = None) -> None:
        self.learned = Learned(most)
        self._stop = stop
        self._bucket = Bucket(per_s) if per_s else None
        self._running = 0
        self._rested_s = 0.0  # when the next call may start
        self._told_s = float("-inf")
        self._changed = threading.Condition()

    def enter(self, urgent: bool = False) -> int:
        """Waits for its turn and gives the epoch to `leave` with; TryLater when all is stopped.

        What is urgent does not wait: someone does. It counts all the same.
        """
        with self._changed:
            while not self._stop.is_set():
                now_s = time.monotonic()
                wait_s = 0.0 if urgent else self._wait_s(now_s)
                if wait_s <= 0:
                    self._running += 1
                    self._rested_s = now_s + self.learned.rest_s
                    if self._bucket:
                        self._bucket.take(now_s)
                    return self.learned.epoch
                self._changed.wait(min(wait_s, POLL_S))
        raise TryLater("Stopped.")

    def leave(self, epoch: int, refused: bool | None) -> None:
        """The call is over: answered, refused as too many, or (None) neither."""
        with self._changed:
            self._running -= 1
            before = self.learned.limit
            if refused is not None:
                self.learned.answered(epoch, refused)
            if self.learned.limit < before:
                self._say()
            self._changed.notify_all()

    def _wait_s(self, now_s: float) -> float:
        if self._running >= int(self.learned.limit):
            return POLL_S
        waits = [self._rested_s - now_s]
        if self._bucket:
            waits.append(self._bucket.wait_s(now_s))
        return max(waits)

    def _say(self) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s > TELL_S:
            self._told_s = now_s
            log.info("The service refuses some calls: %d at once from now on.", self.learned.limit)
