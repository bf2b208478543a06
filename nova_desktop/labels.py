"""Nouns of labels: the user's own words for what files show, and what is suggested for them."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nova_desktop.kinds import Modality


class Said(enum.StrEnum):
    """What the user says of a label and a file."""

    YES = "yes"  # it has the label; it is found by tag: with it
    NO = "no"  # it has not, and is not suggested again
    NOTHING = "nothing"  # what was said is taken back


@dataclass(frozen=True, slots=True)
class Label:
    """A label, and of how many contents it is so."""

    name: str
    accepted: int
    suggested: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A file that clearly is what a label says, more than what any other label says."""

    path: Path
    content: str
    modality: Modality
    sure: float  # 1: as sure as the best answer to a question has to be; only orders suggestions


@dataclass(frozen=True, slots=True)
class Cluster:
    """Files that are like one another: an album that is suggested."""

    name: str  # of words that they share, most telling first; "" where there are none
    search: str  # what is typed to find such; "" where only its covers say what it is like
    count: int  # contents
    covers: tuple[Path, ...]  # a few, nearest to the middle first
    key: str = ""  # what it is asked for by, until it is looked for again
    place: str = ""  # the city that nearly all are from
    day_s: float | None = None  # where nearly all are of one day: a moment of it
    month_s: float | None = None  # ... of one month


@dataclass(frozen=True, slots=True)
class Clusters:
    """The largest first, and how far looking for them is."""

    clusters: tuple[Cluster, ...] = ()
    done: bool = True
    share: float = 1.0
    alone: int = 0  # contents that are in none
