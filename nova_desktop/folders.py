"""The nouns of watched folders: their rules, what is under way in them, and what a look finds.

Times are seconds since 1970 UTC (`_s`), minutes after midnight are local time (`_min`).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nova_desktop.model import Modality

DAY_MIN = 24 * 60


class When(enum.StrEnum):
    """When the files of a folder are indexed; changes in it are noticed at all times."""

    ALWAYS = "always"
    HOURS = "hours"  # at certain hours of the day
    ASKED = "asked"  # only when the user says so


@dataclass(frozen=True, slots=True)
class Schedule:
    """`start_min` is included, `stop_min` is not; a stop before the start is on the next day."""

    when: When = When.ALWAYS
    start_min: int = 0
    stop_min: int = 0

    def allows(self, minute: int) -> bool:
        """Whether files may be indexed at this minute of the day."""
        if self.when is not When.HOURS:
            return self.when is When.ALWAYS
        if self.start_min < self.stop_min:
            return self.start_min <= minute < self.stop_min
        return minute >= self.start_min or minute < self.stop_min

    @property
    def hours(self) -> str:
        """22:00-06:30"""
        ends = (f"{end // 60:02}:{end % 60:02}" for end in (self.start_min, self.stop_min))
        return "-".join(ends)


@dataclass(frozen=True, slots=True)
class FolderRules:
    """What was chosen for one watched folder, besides where its files may go (spending.Rule)."""

    path: Path
    ignore: tuple[str, ...] = ()  # lines of a .gitignore at the top of the folder
    schedule: Schedule = field(default_factory=Schedule)
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What rules do to the index. What they leave out is kept aside for `KEPT_DAYS` days."""

    leaves_out: int  # files that are indexed, or wait, and will not be found any more
    brings_back: int  # files that are left out, and will not be any more


KEPT_DAYS = 30  # what a rule of the user leaves out comes back within them without embedding


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One file or folder that the user left out by hand."""

    path: Path
    at_s: float
    folder: bool


class Step(enum.StrEnum):
    """How far a file is on its way in."""

    READING = "reading"
    DESCRIBING = "describing"  # words are added, pieces are cut
    EMBEDDING = "embedding"
    WRITING = "writing"
    SENT = "sent"  # a job at a service, which goes on by itself


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A file that is being indexed now."""

    path: Path
    step: Step
    share: float = 0.0  # of the file that is done, 0 to 1
    engine: str = ""  # whose space it goes into; "" for the device's own
    since_s: float = 0.0  # when it was begun


@dataclass(frozen=True, slots=True)
class Queue:
    """What is being indexed, and what waits for it."""

    active: tuple[UnderWay, ...]
    waiting: int  # files, with those that are under way
    next: tuple[Path, ...]  # the first of those that wait, without those under way
    by_folder: tuple[tuple[Path, int], ...]  # how many wait in each folder; folders with none not
    paused: str = ""  # why nothing is being indexed; "" when it is
    share: float = 0.0  # of the work of this run that is done, 0 to 1; never falls
    eta_s: float | None = None  # until nothing waits


@dataclass(frozen=True, slots=True)
class Removal:
    """What is forgotten with a folder."""

    files: int  # indexed and waiting ones
    paid: int  # contents of no other folder whose vectors were paid for


@dataclass(frozen=True, slots=True)
class Survey:
    """What is in a folder, by names alone; complete when `done`."""

    path: Path
    files: Mapping[Modality, int]  # that would be read
    bytes: Mapping[Modality, int]
    other: int = 0  # files of kinds that nothing here reads
    excluded: Mapping[str, int] = field(default_factory=dict)  # why → files and folders left out
    online_only: int = 0  # placeholders of a cloud drive: opening one would download it
    unreadable: tuple[tuple[Path, str], ...] = ()  # (place, why), the first of them
    unreadable_count: int = 0
    done: bool = False

    @property
    def total(self) -> int:
        return sum(self.files.values())
