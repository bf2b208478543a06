"""How many calls at once a service bears: learned from its answers, since it does not say."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass

from nova_desktop.aws.rates import Bucket
from nova_desktop.errors import Stopped

log = logging.getLogger(__name__)

FIRST = 8  # calls at once before anything is known
SHARE = 0.15  # of calls refused for being too many: below it more are tried
HALF = 0.5  # above it the service is swamped, whatever else is known
LEAST_CALLS = 24  # that a share is taken of
LONGEST_REST_S = 30.0
SHORTEST_REST_S = 0.25
TYPICAL_S = 0.5  # of an answer, before there was one
TELL_S = 300.0  # between two lines about it in the log
POLL_S = 0.2  # how soon a stop is seen


@dataclass(slots=True)
class Cohort:
    """Calls begun one after another under one limit."""

    size: int
    begun: int = 0
    ended: int = 0
    refused: int = 0
    stale: bool = False  # the limit was lowered since, so they say nothing about it


class Learned:
    """How many calls at once: additive increase, multiplicative decrease, a step a cohort.

    Refusals come back sooner than answers, so a share is taken of calls that were begun together,
    not of those that ended together. A service that refuses some calls at random, because it is
    short of room itself, is not helped by asking less: the share stays as it is. So each decrease
    is checked by the cohort after it, and taken back where it cured nothing.

    Used under the gate's lock.
    """

    def __init__(self, most: int, first: int = FIRST) -> None:
        self.most = most
        self.limit = float(min(first, most))  # calls at once
        self.rest_s = 0.0  # between the starts of two calls, when even one at a time is too much
        self.floor = 0.0  # the share of refusals that asking less does not cure
        self._starting = True  # until it was too much: every answer allows one call more
        # (limit, rest_s, share) before what is on trial
        self._tried: tuple[float, float, float] | None = None
        self._open: list[Cohort] = []

    def begin(self) -> Cohort:
        """A call begins; `end` wants what this gives."""
        if not self._open or self._open[-1].begun >= self._open[-1].size:
            self._open.append(Cohort(max(LEAST_CALLS, int(2 * self.limit))))
        self._open[-1].begun += 1
        return self._open[-1]

    def end(self, cohort: Cohort, refused: bool, answered: bool) -> None:
        """The call is over: refused as too many, answered, or neither."""
        if cohort.stale:
            return
        cohort.ended += 1
        cohort.refused += refused
        if self._starting and answered:
            self.limit = min(self.most, self.limit + 1)
        if cohort.ended == cohort.size or cohort.refused > cohort.size * HALF:
            cohort.stale = True
            self._open = [other for other in self._open if other is not cohort]
            self._decide(cohort.refused / cohort.size)

    def _decide(self, share: float) -> None:
        if self._tried is not None:
            limit, rest_s, before = self._tried
            self._tried = None
            if before <= HALF and before / 2 < share <= HALF:
                self.limit, self.rest_s, self._starting = limit, rest_s, not rest_s
                self.floor = (share + before) / 2
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
        self._starting = False
        for cohort in self._open:
            cohort.stale = True
        self._open = []
        self._tried = self.limit, self.rest_s, share
        if self.limit <= 1:
            self.rest_s = min(LONGEST_REST_S, max(SHORTEST_REST_S, 2 * self.rest_s))
            return
        # As many as were served; never less than half, never nearly all.
        self.limit = max(1.0, self.limit * min(0.8, max(HALF, 1 - share)))


@dataclass(frozen=True, slots=True)
class Pass:
    """Leave to make one call."""

    cohort: Cohort
    at_s: float


class Gate:
    """Lets calls through, as many at once as the service bears; shared by all threads."""

    def __init__(self, most: int, stop: threading.Event, per_s: float | None = None) -> None:
        self.learned = Learned(most)
        self._stop = stop
        self._bucket = Bucket(per_s) if per_s else None
        self._running = 0
        self._resting: list[float] = []  # until when places of refused calls stay empty
        self._next_s = 0.0  # when the next call may start
        self._typical_s = TYPICAL_S
        self._told_s = float("-inf")
        self._changed = threading.Condition()

    def enter(self, urgent: bool = False) -> Pass:
        """Waits for its turn and gives what `leave` wants; Stopped when all is.

        What is urgent does not wait: someone does. It counts all the same.
        """
        with self._changed:
            while not self._stop.is_set():
                now_s = time.monotonic()
                wait_s = 0.0 if urgent else self._wait_s(now_s)
                if wait_s <= 0:
                    self._running += 1
                    self._next_s = now_s + self.learned.rest_s
                    if self._bucket:
                        self._bucket.take(now_s)
                    return Pass(self.learned.begin(), now_s)
                self._changed.wait(min(wait_s, POLL_S))
        raise Stopped

    def leave(self, passed: Pass, refused: bool = False, answered: bool = False) -> None:
        """The call is over: refused as too many, answered, or neither."""
        with self._changed:
            now_s = time.monotonic()
            self._running -= 1
            if answered:
                self._typical_s += 0.1 * (now_s - passed.at_s - self._typical_s)
            if refused:
                # A refusal comes at once: without a rest one place too many would be refused
                # again and again, and would look like many.
                self._resting.append(now_s + self._typical_s / 2)
            before = self.learned.limit
            self.learned.end(passed.cohort, refused, answered)
            if self.learned.limit < before:
                self._say(now_s)
            self._changed.notify_all()

    def _wait_s(self, now_s: float) -> float:
        self._resting = [until for until in self._resting if until > now_s]
        taken = self._running + len(self._resting)
        if taken >= int(self.learned.limit):
            return min([until - now_s for until in self._resting], default=POLL_S)
        waits = [self._next_s - now_s]
        if self._bucket:
            waits.append(self._bucket.wait_s(now_s))
        return max(waits)

    def _say(self, now_s: float) -> None:
        if now_s - self._told_s > TELL_S:
            self._told_s = now_s
            log.info("The service refuses some calls: %d at once from now on.", self.learned.limit)
