"""What is asked of a library, and what it answers."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nova_desktop.kinds import Match as Match
from nova_desktop.kinds import Sort

if TYPE_CHECKING:
    from nova_desktop.model import Modality, Source, Span


MOMENT_S = 10.0  # of a film or a sound, from a time on that is given without an end


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a question: text, a file, or pasted data, with its weight."""

    text: str = ""
    path: Path | None = None  # without its folder: the file of the library that is called so
    data: bytes = b""  # a pasted picture
    weight: float = 1.0  # negative: less of this
    span: Span | None = None  # of the file, which alone is meant then; None: all of it


@dataclass(frozen=True, slots=True)
class Around:
    """What was taken near a place. Without coordinates the library looks the name up."""

    name: str = ""  # as it is shown; of a city where there are no coordinates
    latitude: float | None = None  # degrees, north and east positive; both or neither
    longitude: float | None = None
    radius_km: float = 25.0


@dataclass(frozen=True, slots=True)
class Filters:
    """Which files may answer. Empty means any; every field that is set has to hold."""

    modalities: frozenset[Modality] = frozenset()
    folders: tuple[Path, ...] = ()  # inside any; a relative one is every folder that ends with it
    since_s: float | None = None  # taken at or after
    until_s: float | None = None  # taken before
    name: str = ""  # the file name contains it, whatever the case
    extensions: frozenset[str] = frozenset()  # any of them: lower case, without the dot
    phrases: tuple[str, ...] = ()  # each stands in the words or the file name; case, accents folded
    shortest_s: float | None = None  # of a film or a sound, both bounds included
    longest_s: float | None = None
    cameras: frozenset[str] = frozenset()  # the camera's name contains any, whatever the case
    least_rating: int | None = None  # 1 to 5
    tags: frozenset[str] = frozenset()  # all of them, whatever the case and accents
    around: Around | None = None
    # What passes any of these does not pass. Of each one field is set, and no phrase.
    without: tuple[Filters, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question. Without parts it browses everything that passes the filters."""

    parts: tuple[Part, ...] = ()
    filters: Filters = Filters()
    limit: int = 50
    offset: int = 0  # so many hits are passed over: the page of hits that is wanted
    sort: Sort = Sort.RELEVANCE
    remote: bool = False  # the vector bucket is asked, too, also where all of it is here
    fold: bool = True  # near-duplicates are shown with the best of them: Hit.alike
    called: str = ""  # a file that is called so comes first, whatever the parts are

    @classmethod
    def of(cls, text: str, **filters: object) -> Query:
        return cls((Part(text=text),), Filters(**filters))  # type: ignore[arg-type]  # passed on as is


@dataclass(frozen=True, slots=True)
class Why:
    """One reason why a file is a hit."""

    source: Source
    text: str = ""  # the words that matched, or what was recognised


class Finder(enum.StrEnum):
    """Whose vectors or words found a hit."""

    DEVICE = "device"
    CLOUD = "cloud"  # a paid engine
    REMOTE = "remote"  # the vector bucket that machines share


@dataclass(frozen=True, slots=True)
class Hit:
    """A file that answers, at its best moment."""

    path: Path
    content: str
    modality: Modality
    span: Span | None
    score: float  # comparable within one answer only
    why: tuple[Why, ...]
    taken_s: float
    duration_s: float | None = None
    moments: tuple[Span, ...] = ()  # further spans of this file, best first
    copies: tuple[Path, ...] = ()  # other files with the same content
    offline: bool = False
    found_by: frozenset[Finder] = frozenset()  # empty while browsing
    elsewhere: str = ""  # the name of the machine that has it, where no file here does
    match: Match | None = None  # None: while browsing, and where nothing is known of the scores
    alike: tuple[Hit, ...] = ()  # near-duplicates that are shown with it, best first


@dataclass(frozen=True, slots=True)
class Answer:
    hits: tuple[Hit, ...]
    took_s: float
    note: str = ""  # a sentence about what limits this answer, for the user
    total: int = 0  # hits there are on all pages; of a question with parts, those that were found


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that a filter can take, and how many contents have it."""

    value: str  # as the grammar takes it after its key, unquoted
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The values that occur in a library, most frequent first (years: newest first)."""

    kinds: tuple[Facet, ...] = ()  # values of Modality
    extensions: tuple[Facet, ...] = ()  # lower case, without the dot
    cameras: tuple[Facet, ...] = ()
    tags: tuple[Facet, ...] = ()
    ratings: tuple[Facet, ...] = ()  # "5" to "1"
    places: tuple[Facet, ...] = ()  # nearest cities, named so that `near:` finds them again
    years: tuple[Facet, ...] = ()
    folders: tuple[Facet, ...] = ()  # absolute paths of folders that hold files


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A question that is kept by name: as it was typed, and the parts that can't be typed."""

    name: str
    text: str  # of the grammar: words, phrases, filters, sort
    parts: tuple[Part, ...] = ()  # files and pasted pictures
    new: int = 0  # contents that match, and were indexed since it was last opened
