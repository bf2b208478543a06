"""The log of every call, and the bill: what the account would have paid for."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace


@dataclass(frozen=True)
class Usage:
    """What one piece of work costs, in the units of the price list."""

    tokens: int = 0
    images: int = 0
    document_images: int = 0
    audio_s: float = 0.0
    video_s: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.tokens + other.tokens,
            self.images + other.images,
            self.document_images + other.document_images,
            self.audio_s + other.audio_s,
            self.video_s + other.video_s,
        )


@dataclass(frozen=True)
class Call:
    number: int
    operation: str
    at_s: float  # time.monotonic()
    status: int  # of HTTP; 0 when the connection was cut
    code: str  # of the error; "" when there was none
    message: str
    took_s: float
    body_bytes: int
    digest: str  # of the body
    token: str  # clientRequestToken, where the operation has one


@dataclass(frozen=True)
class Charge:
    """One thing that was paid for."""

    work: str  # InvokeModel, or the ARN of the job
    digest: str  # of what was asked: equal ones were paid for twice
    usage: Usage
    delivered: bool = True  # False: paid for, and the answer never arrived


@dataclass(frozen=True)
class Bill:
    calls: int  # InvokeModel calls that were paid for
    jobs: int  # async and batch jobs that were started
    usage: Usage
    repeated: int  # charges for something that had been paid for before
    undelivered: int


@dataclass
class Log:
    """Safe from threads."""

    _calls: list[Call] = field(default_factory=list)
    _charges: list[Charge] = field(default_factory=list)
    _jobs: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, make: Callable[[int], Call]) -> None:
        """`make` is given the call's number."""
        with self._lock:
            self._calls.append(make(len(self._calls)))

    def charge(self, charge: Charge) -> None:
        with self._lock:
            self._charges.append(charge)

    def undelivered(self, charge: Charge) -> None:
        """The answer to this charge never arrived."""
        with self._lock:
            self._charges[self._charges.index(charge)] = replace(charge, delivered=False)

    def job_started(self) -> None:
        with self._lock:
            self._jobs += 1

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()
            self._charges.clear()
            self._jobs = 0

    def calls(self, operation: str | None = None) -> list[Call]:
        with self._lock:
            return [c for c in self._calls if operation is None or c.operation == operation]

    @property
    def charges(self) -> list[Charge]:
        with self._lock:
            return list(self._charges)

    def codes(self, operation: str | None = None) -> dict[str, int]:
        """How many calls ended with which code; "" is success."""
        return dict(Counter(call.code for call in self.calls(operation)))

    @property
    def bill(self) -> Bill:
        charges = self.charges
        with self._lock:
            jobs = self._jobs
        usage = sum((charge.usage for charge in charges), Usage())
        times = Counter(charge.digest for charge in charges)
        return Bill(
            sum(charge.work == "InvokeModel" for charge in charges),
            jobs,
            usage,
            sum(count - 1 for count in times.values()),
            sum(not charge.delivered for charge in charges),
        )

    def as_json(self) -> dict[str, object]:
        return {
            "bill": asdict(self.bill),
            "codes": self.codes(),
            "calls": [asdict(call) for call in self.calls()],
            "charges": [asdict(charge) for charge in self.charges],
        }
