"""The nouns of sharing a library between machines: what a sync does, did, and would do.

Times are seconds since 1970 UTC (`_s`), sizes are bytes, money is US dollars (`_usd`).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Direction(enum.StrEnum):
    """What a sync changes."""

    PUSH = "push"  # the vector bucket alone: it gets what is new here, and loses what is gone here
    PULL = "pull"  # this library alone: it gets what others pushed
    BOTH = "both"
    RESTORE = "restore"  # as PULL, and all that should be here is looked at again


@dataclass(frozen=True, slots=True)
class Differences:
    """What a sync in both directions would do, in contents; 0 throughout means all is the same."""

    push: int = 0
    pull: int = 0
    delete: int = 0  # there: this machine pushed them, and has them no more or keeps them to itself
    forget: int = 0  # here: they were known of another machine alone, which has them no more
    push_rows: int = 0
    pull_rows: int = 0
    push_bytes: int = 0  # about
    usd: float = 0.0  # about; what pushing them is billed

    @property
    def none(self) -> bool:
        return not (self.push or self.pull or self.delete or self.forget)


@dataclass(frozen=True, slots=True)
class SyncRun:
    """One sync, finished or not."""

    began_s: float
    took_s: float
    direction: Direction
    done: Differences
    requests: int  # calls of the service
    skipped: int = 0  # contents that could not be pushed or read; the next sync tries again
    error: str = ""  # the sentence that ended it; "" when it came to its end
    dry: bool = False  # nothing was changed: `done` is what would be


@dataclass(frozen=True, slots=True)
class SyncState:
    """How this library and the one in the vector bucket stand, as far as is known here."""

    place: str  # "" where no vector bucket is chosen
    name: str  # of this machine, as others see it
    contents: int = 0  # there, when it was last looked at
    rows: int = 0
    elsewhere: int = 0  # contents that are known here of other machines alone
    kept_back: int = 0  # contents here that may not leave this device
    machines: tuple[str, ...] = ()  # names of the others that pushed
    differences: Differences | None = None  # None: not looked at since it was opened
    last: SyncRun | None = None
    running: Direction | None = None
    usd_month: float = 0.0  # about; what keeping it there is billed a month
    prices: str = ""  # the table's date and source


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed from the vector bucket, and the proof: what a look at it found after."""

    place: str
    indexes: int
    vectors: int  # counted before
    left: int  # indexes of ours that are there still: 0
    bucket: bool  # the bucket was removed as well: nothing else lay in it
