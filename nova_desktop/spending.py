"""What a paid engine costs and what is sent to it: the nouns of money and privacy.

Money is US dollars (`_usd`), times are seconds since 1970 UTC (`_s`), sizes are bytes.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from pathlib import Path


class Rule(enum.StrEnum):
    """Where the files of a folder may go; the rule of the nearest folder above a file counts."""

    DEVICE = "device"  # indexed on this device only: what a folder is that nobody decided about
    CLOUD = "cloud"  # may be sent to a paid engine; set with the quote that was seen
    NEVER = "never"  # not indexed at all


@dataclass(frozen=True, slots=True)
class Usage:
    """What one call of a paid engine is billed by."""

    engine: str
    model: str
    region: str
    kind: str  # "text", "image", "document image", "audio" or "video": each has its own price
    tokens: int | None = None  # as the service counted them; None where it did not
    images: int = 0
    seconds: float = 0.0  # of sound or film
    sent_bytes: int = 0


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

    @property
    def usd(self) -> float:
        return sum(line.usd for line in self.lines)


@dataclass(frozen=True, slots=True)
class Spent:
    """The ledger in numbers."""

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
