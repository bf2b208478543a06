"""The nouns of the program: frozen data that every part passes around.

Times are seconds (`_s`), wall-clock times are seconds since 1970 UTC, sizes are bytes.
"""

from __future__ import annotations

import enum
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from nova_desktop.kinds import FolderState as FolderState
from nova_desktop.kinds import Modality as Modality
from nova_desktop.kinds import Source as Source
from nova_desktop.kinds import State as State
from nova_desktop.kinds import Unit as Unit

if TYPE_CHECKING:
    # Importing numpy costs more than the first paint of the window, which needs none of it.
    import numpy as np
    from numpy.typing import NDArray

    from nova_desktop.spending import FurtherStatus

Vectors: TypeAlias = "NDArray[np.float32]"  # shape (n, dim), each row of unit length


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a content. A content taken whole has no span (None)."""

    unit: Unit
    start: float
    stop: float


class Stamp(NamedTuple):
    """What the file system says of a file without reading it; equal stamps mean unchanged.

    A tuple, because a re-scan makes and compares one per file: half the time of a dataclass.
    """

    size: int
    mtime_ns: int
    file_id: int  # inode or file index: survives a rename on one volume

    @classmethod
    def of(cls, stat: os.stat_result) -> Stamp:
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ino)


@dataclass(frozen=True, slots=True)
class Words:
    """Text that belongs to a chunk; `span` when it belongs to a narrower part of it."""

    source: Source
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """The part of a content that is found as one: an image, 15 s of video, a page, a passage."""

    number: int  # 0, 1, 2, ... within its content
    modality: Modality
    span: Span | None
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Info:
    """What a content says about itself. None or "" where it is silent."""

    taken_s: float | None = None  # when it was made
    taken_from: str = ""  # "EXIF", "container", "file name", "file time"
    camera: str = ""
    latitude: float | None = None  # degrees, north and east positive
    longitude: float | None = None
    duration_s: float | None = None
    width: int | None = None  # pixels as shown, after rotation
    height: int | None = None
    pages: int | None = None
    tokens: int | None = None  # about; of its text, where that is all that can be sent of it
    title: str = ""
    live_photo: bool = False  # a video that is the moving half of a still beside it
    rating: int | None = None  # 1 to 5 stars, as the user gave them
    keywords: tuple[str, ...] = ()  # that the user or a program gave it, as written
    body: str = ""  # tells cameras of one model apart: a hash of what numbers them
    burst: str = ""  # the same for all photos of one press of the button, where the camera says so


@dataclass(frozen=True, slots=True)
class Reading:
    """What a Reader finds in one file."""

    info: Info
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A chunk, or a part of it, encoded for an engine or a describer under its limits."""

    modality: Modality  # of the piece itself: a frame of a video is an IMAGE
    mime: str
    data: bytes
    span: Span | None = None  # where in the content it is from
    source: Source = Source.PICTURE

    @classmethod
    def of_words(cls, text: str, source: Source = Source.TEXT, span: Span | None = None) -> Piece:
        return cls(Modality.TEXT, "text/plain", text.encode(), span, source)

    @property
    def text(self) -> str:
        """The words of a text piece."""
        return self.data.decode()


@dataclass(frozen=True, slots=True)
class Limits:
    """What an engine or a describer takes; a Reader encodes pieces within it."""

    mimes: Mapping[Modality, tuple[str, ...]]  # a chunk's modality → mimes taken, preferred first
    bytes: int = 25_000_000  # of one piece
    pixels: int = 2_000_000  # of one picture, or one frame
    seconds: float = 30.0  # of one piece of audio or video
    frames: int = 1  # pictures taken from one chunk of video
    # A chunk's modality → which of its words are embedded as well, a text piece each.
    words: Mapping[Modality, frozenset[Source]] = field(default_factory=dict)
    sentences: int = 0  # of words that are embedded as a whole: so many get a vector as well
    sound_apart: bool = False  # a film with sound is asked for twice: as PICTURE and as SOUND
    batch: int = 32  # pieces in one call
    parallel: int = 1  # calls at once


@dataclass(frozen=True, slots=True)
class Scale:
    """Rows whose scores compare with one another, and where matches end among them.

    Cosine similarity: above the floor, and not below `share` of the best row's.
    """

    floor: float
    share: float
    sources: frozenset[Source] = frozenset()  # of the rows; empty: all
    file_floor: float | None = None  # for questions that are files; None: `floor`


@dataclass(frozen=True, slots=True)
class Space:
    """Only vectors of one space can be compared."""

    engine: str
    model: str
    dim: int
    preparation: int  # raised when the same file would be prepared differently than before

    @property
    def name(self) -> str:
        """A name that is safe for a table or a file."""
        return f"{self.engine}-{self.model}-{self.dim}-p{self.preparation}"


class Purpose(enum.StrEnum):
    """What a vector is for. Engines that treat all alike ignore it."""

    INDEX = "index"
    QUERY = "query"  # everything is searched
    QUERY_TEXT = "query text"  # only this kind is searched
    QUERY_IMAGE = "query image"
    QUERY_VIDEO = "query video"
    QUERY_AUDIO = "query audio"
    QUERY_DOCUMENT = "query document"
    CLASSIFICATION = "classification"
    CLUSTERING = "clustering"

    @classmethod
    def asking(cls, searched: Collection[Modality]) -> Purpose:
        """The purpose of a question that only `searched` may answer; empty means all."""
        return cls(f"query {next(iter(searched))}") if len(searched) == 1 else cls.QUERY


@dataclass(frozen=True, slots=True)
class Row:
    """One vector with what is needed to show and filter it; its key is (content, number)."""

    content: str
    number: int  # 0, 1, 2, ... within its content
    modality: Modality  # of the content
    span: Span | None
    source: Source
    words: str
    taken_s: float
    vector: NDArray[np.float32] = field(compare=False)  # shape (dim,), unit length


@dataclass(frozen=True, slots=True)
class Near:
    """A row that a store found. `score`: cosine similarity, or BM25 for words."""

    content: str
    number: int
    modality: Modality
    span: Span | None
    source: Source
    words: str
    taken_s: float
    score: float


@dataclass(frozen=True, slots=True)
class RowFilter:
    """What a store can filter by itself: properties of rows, never of location."""

    modalities: frozenset[Modality] = frozenset()  # empty: all
    since_s: float | None = None  # taken at or after
    until_s: float | None = None  # taken before
    contents: frozenset[str] | None = None  # None: all; empty: none
    sources: frozenset[Source] = frozenset()  # empty: all


@dataclass(frozen=True, slots=True)
class Preview:
    """What a result looks like. Empty parts mean that this modality has none."""

    jpeg: bytes = b""  # the picture, the page, the frame; `frames` of them side by side
    frames: int = 1
    peaks: tuple[float, ...] = ()  # of a waveform, 0 to 1
    text: str = ""  # the passage


@dataclass(frozen=True, slots=True)
class Folder:
    path: Path
    state: FolderState
    counts: Mapping[State, int]
    bytes: int = 0  # of the files that are not left out
    looked_s: float | None = None  # when it was last looked through; None: not yet
    took_s: float = 0.0  # the last look through it, seconds
    note: str = ""  # which drive is away, from when on it is indexed, why it can't be opened


@dataclass(frozen=True, slots=True)
class Failure:
    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Status:
    """The whole library in numbers: the counts add up to the files on disk."""

    folders: tuple[Folder, ...]
    counts: Mapping[State, int]
    rows: int
    space: str
    engine_note: str  # what the engine is, honestly, and what it lacks here
    paused: str = ""  # why nothing is being indexed; "" when it is
    resting: bool = False  # paused by conditions: it goes on by itself, and `resume` does at once
    further: FurtherStatus | None = None  # None: everything stays on this device


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `doctor`."""

    name: str
    ok: bool
    text: str  # what was found, and the remedy where it is not ok
