"""Nouns of keeping a library: where it lies and how large it is, and when it may work."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from pathlib import Path


class Part(enum.StrEnum):
    """What lies in a data folder."""

    CATALOG = "catalog"
    VECTORS = "vectors"
    PREVIEWS = "previews"
    LOG = "log"
    ASIDE = "aside"  # of before a restore, a repair or an update
    OTHER = "other"  # what is being sent, the sample library, how the window was left


@dataclass(frozen=True, slots=True)
class Storage:
    """A data folder in bytes."""

    data: Path
    sizes: dict[Part, int]
    free: int  # on its disk
    private: bool  # nobody but this user may read it; always True where this can't be known

    @property
    def total(self) -> int:
        return sum(self.sizes.values())


@dataclass(frozen=True, slots=True)
class SpaceRoom:
    """The room that the vectors of one engine take; see model.Space."""

    name: str
    engine: str  # "basic", "clip", "nova"; "" where the name does not tell
    model: str
    dim: int
    bytes: int  # on this disk
    contents: int
    rows: int
    used: bool  # it answers questions, or is being filled: it can't be removed
    paid: bool  # to have these vectors again costs money again
    shared: int = 0  # contents of it that lie in the vector bucket, and stay there


@dataclass(frozen=True, slots=True)
class Backup:
    """One that is whole and can be restored by this program."""

    file: Path
    made_s: float
    program: str  # the version that made it
    contents: int  # that are indexed in it
    bytes: int  # of what is in it


@dataclass(frozen=True, slots=True)
class Conditions:
    """When indexing may work, and with how much; Settings says what each is for."""

    cores: int = 1
    cores_away: int = 0
    memory_mb: int = 1536
    pause_on_battery: bool = True
    pause_on_metered: bool = True  # only where something is sent
    pause_full_screen: bool = True
    quiet: tuple[int, int] | None = None  # [start, stop) in minutes of the day
    min_free_bytes: int = 1 << 30  # on the disk of the index


@dataclass(frozen=True, slots=True)
class Around:
    """What this computer is doing now; None where that can't be known here."""

    on_battery: bool | None = None
    metered: bool | None = None
    full_screen: bool | None = None
    untouched_s: float | None = None  # since the last key or movement
    free_bytes: int | None = None  # on the disk of the index
