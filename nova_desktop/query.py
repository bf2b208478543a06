"""What is asked of a library, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nova_desktop.model import Modality, Source, Span


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a question: text, a file, or pasted data, with its weight."""

    text: str = ""
    path: Path | None = None
    data: bytes = b""  # a pasted picture
    weight: float = 1.0  # negative: less of this


@dataclass(frozen=True, slots=True)
class Filters:
    """Which files may answer. Empty means any."""

    modalities: frozenset[Modality] = frozenset()
    folders: tuple[Path, ...] = ()  # inside any of them
    since_s: float | None = None
    until_s: float | None = None
    name: str = ""  # the file name contains it, whatever the case


@dataclass(frozen=True, slots=True)
class Query:
    parts: tuple[Part, ...]
    filters: Filters = Filters()
    limit: int = 50

    @classmethod
    def of(cls, text: str, **filters: object) -> Query:
        return cls((Part(text=text),), Filters(**filters))  # type: ignore[arg-type]  # passed on as is


@dataclass(frozen=True, slots=True)
class Why:
    """One reason why a file is a hit."""

    source: Source
    text: str = ""  # the words that matched, or what was recognised


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


@dataclass(frozen=True, slots=True)
class Answer:
    hits: tuple[Hit, ...]
    took_s: float
    note: str = ""  # a sentence about what limits this answer, for the user
