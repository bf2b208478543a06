"""What a paid engine costs and what is sent to it: the nouns of money and privacy.

Money is US dollars (`_usd`), times are seconds since 1970 UTC (`_s`), sizes are bytes.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Rule(enum.StrEnum):
    """Where the files of a folder may go; the rule of the nearest folder above a file counts."""

    DEVICE = "device"  # indexed on this device only: what a folder is that nobody decided about
    CLOUD = "cloud"  # may be sent to a paid engine; set with the quote that was seen
    NEVER = "never"  # not indexed at all


@dataclass(frozen=True, slots=True)
class FolderRule:
    """What was decided about one folder, and what below it nothing else was decided about."""

    path: Path
    rule: Rule
    quoted_usd: float | None  # the estimate that was seen when it was allowed
    decided_s: float


@dataclass(frozen=True, slots=True)
class Usage:
    """What one call of a paid engine is billed by."""

    engine: str
    model: str
    region: str
    kind: str  # "text", "image", "document image", "audio", "video", …: each has its own price
    tokens: int | None = None  # as the service counted them; None where it did not
    images: int = 0  # or calls, of what is billed by them
    seconds: float = 0.0  # of sound or film
    sent_bytes: int = 0


class Budget(Protocol):
    """What a paid engine asks before each request, and tells after it. Any thread."""

    def reserve(self, estimate: Usage) -> int:
        """Counts what the request may cost, and numbers it. Durable on return.

        NeedsUser when a cap would be passed or there is no price: then it must not be sent.
        """

    def settle(self, number: int, usage: Usage) -> None:
        """It was answered, and this is what it is billed by."""

    def release(self, number: int) -> None:
        """It is not billed: it was refused, or never left. What is neither stays counted."""


@dataclass(frozen=True, slots=True)
class FurtherStatus:
    """A paid engine's space beside the device's, in numbers of contents."""

    space: str
    note: str  # what the engine is, and where requests go
    indexed: int
    waiting: int  # that may be sent and are not there yet
    failed: int
    held: str  # why nothing is asked just now; "" when it is
    allowed: tuple[Path, ...]  # folders that may be sent


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """What one kind of media of a folder would cost."""

    kind: str  # as Usage.kind
    files: int
    units: float  # tokens, pictures or seconds that would be paid for
    spared: float  # units of still film, silence and duplicates that are not
    usd: float
    by_job: int = 0  # files that go through S3 as one job each, not piece by piece


@dataclass(frozen=True, slots=True)
class Quote:
    """An estimate, made on this device: nothing is sent for it."""

    folder: Path
    space: str
    lines: tuple[QuoteLine, ...]
    prices: str  # the table's date and source, for the user
    unknown: int = 0  # files of which nothing is known yet: they wait to be indexed here first
    whole: int = 0  # films and sounds that were not looked through: nothing of them is spared yet

    @property
    def usd(self) -> float:
        return sum(line.usd for line in self.lines)


@dataclass(frozen=True, slots=True)
class Spent:
    """The ledger in numbers. A request whose answer is not known counts as it was estimated."""

    month_usd: float  # since the first of this month, local time
    run_usd: float  # since the library was opened
    total_usd: float
    month_cap_usd: float | None
    run_cap_usd: float | None
    by_kind: tuple[tuple[str, float], ...] = ()  # (kind, usd) of this month, dearest first


@dataclass(frozen=True, slots=True)
class Sent:
    """One file that left this device: when last, where to, and when it was deleted there."""

    at_s: float
    path: Path
    bytes: int
    place: str  # "Amazon Bedrock, us-east-1" or "s3://bucket/key"
    deleted_s: float | None = None  # None for what is not kept there, or not deleted yet


def tokens_in(text: str) -> int:
    """About how many tokens a service counts in a text: no tokenizer of Amazon Nova is public.

    English prose has about four letters to a token, tables and other languages fewer; three bytes
    of another script make one. Rather too many than too few, as caps are kept by it.
    """
    letters = len(text.encode("ascii", "ignore"))
    others = len(text.encode("utf-8", "replace")) - letters  # bytes
    return math.ceil(letters / 3.5 + others / 3)
