"""What a library tells whoever subscribed, while it works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Progress:
    """At most ten a second. `done` and `share` never fall while a run lasts."""

    done: int  # files
    total: int
    current: str = ""
    eta_s: float | None = None
    share: float = 0.0  # of the work that is done, 0 to 1: a film is more of it than a photo


@dataclass(frozen=True, slots=True)
class Indexed:
    path: Path


@dataclass(frozen=True, slots=True)
class Failed:
    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Paused:
    reason: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """What it rested for has ended."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Everything that could be indexed is."""


@dataclass(frozen=True, slots=True)
class FoldersChanged:
    """A folder was added, removed, went offline or came back."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that the user should read once."""

    text: str


@dataclass(frozen=True, slots=True)
class NewMatches:
    """Files that were just indexed answer a saved search; told once of each."""

    search: str
    count: int  # of these
    path: Path  # of one of them


@dataclass(frozen=True, slots=True)
class BackingUp:
    """Bytes that are in the backup, of all that will be."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Syncing:
    """Rows that were pushed, pulled or compared, of all that will be."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A sync has ended, or what is known of the vector bucket has changed."""


@dataclass(frozen=True, slots=True)
class Crashed:
    """An error in the library that nobody expected: what is reported of it, as text."""

    report: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The library's process is gone. Not from a library: from what reached one in a process."""


Event: TypeAlias = (
    Progress
    | Indexed
    | Failed
    | Paused
    | Resumed
    | Idle
    | FoldersChanged
    | Notice
    | NewMatches
    | BackingUp
    | Syncing
    | Synced
    | Crashed
    | Ended
)
