"""What goes wrong on purpose: errors, storms, slow and broken answers, jobs that go bad."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.emulators.errors import S3VECTORS_STATUS, STATUS

# Besides the error codes. `reset_…`: the connection is cut, before or after the work was done (and
# paid for); `cut`: in the middle of the answer. `wrong_…`: an answer that no client should believe.
CALL_FAULTS = frozenset({
    *("slow", "reset_before", "reset_after", "cut", "html"),
    *("wrong_length", "wrong_norm", "wrong_nan", "wrong_json", "wrong_type", "wrong_empty"),
})  # fmt: skip
# `late`: the job does all its work, then fails. `partial`: some segments fail. `slow`: takes
# longer. `unwritten`: Completed, and its result file is missing. `garbled`: a line is cut short.
JOB_FAULTS = frozenset({"late", "partial", "slow", "unwritten", "garbled"})
_CODES = STATUS.keys() | S3VECTORS_STATUS.keys()
JOB = "job"  # in `operations`: while an async job runs


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong.

    `kind`: an error code, or one of CALL_FAULTS; with operations {"job"}, one of JOB_FAULTS.
    """

    kind: str
    operations: frozenset[str] = frozenset()  # empty: every operation, but not running jobs
    share: float = 1.0  # of the calls, by chance; the chances are the same in every run
    times: int | None = None  # at most this often
    lasts_s: float | None = None  # from when it was added
    skip: int = 0  # calls that pass unharmed first
    seconds: float = 0.0  # slow: how much longer
    message: str = ""  # instead of the usual sentence; of a failed segment too
    reason: str = "INVALID_CONTENT"  # partial: failureReason
    segments: frozenset[int] = frozenset({1})  # partial: which; empty: every one

    def __post_init__(self) -> None:
        known = JOB_FAULTS if self.operations == {JOB} else CALL_FAULTS | _CODES
        if self.kind not in known:
            raise ValueError(f"no fault is called {self.kind}: {', '.join(sorted(known))}")


@dataclass
class _Armed:
    fault: Fault
    since: float
    seen: int = 0
    struck: int = 0


class Faults:
    """The faults that are armed. Every call draws; one fault of a kind strikes at a time."""

    def __init__(self) -> None:
        self._armed: list[_Armed] = []
        self._chance = random.Random(7)
        self._lock = threading.Lock()

    def add(
        self,
        kind: str,
        operations: Iterable[str] = (),
        segments: Iterable[int] = (1,),
        **more: Any,
    ) -> Fault:
        """As the fields of Fault; returns it."""
        fault = Fault(kind, frozenset(operations), segments=frozenset(segments), **more)
        with self._lock:
            self._armed.append(_Armed(fault, time.monotonic()))
        return fault

    def clear(self) -> None:
        with self._lock:
            self._armed.clear()
            self._chance = random.Random(7)

    def draw(self, operation: str) -> dict[str, Fault]:
        """By kind, what strikes this call (or this job, for the operation "job")."""
        now = time.monotonic()
        struck: dict[str, Fault] = {}
        with self._lock:
            for armed in self._armed:
                if armed.fault.kind not in struck and self._strikes(armed, operation, now):
                    struck[armed.fault.kind] = armed.fault
        return struck

    def _strikes(self, armed: _Armed, operation: str, now: float) -> bool:
        fault = armed.fault
        if operation not in fault.operations and (fault.operations or operation == JOB):
            return False
        armed.seen += 1
        if armed.seen <= fault.skip or (fault.times is not None and armed.struck >= fault.times):
            return False
        if fault.lasts_s is not None and now - armed.since > fault.lasts_s:
            return False
        if fault.share < 1.0 and self._chance.random() >= fault.share:
            return False
        armed.struck += 1
        return True
