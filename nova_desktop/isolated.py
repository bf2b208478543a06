"""Readers and describers as the library knows them, whose work is done in child processes."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from nova_desktop.around import Around
from nova_desktop.child import on_kept
from nova_desktop.closeup import Box, Excerpt, Subtitles
from nova_desktop.duplicates import Likeness
from nova_desktop.errors import shown
from nova_desktop.isolation import Children
from nova_desktop.long_media import LongPart, LongReader, Telling
from nova_desktop.model import (
    Chunk,
    Limits,
    Modality,
    Piece,
    Preview,
    Purpose,
    Reading,
    Source,
    Span,
    Vectors,
    Words,
)
from nova_desktop.ports import Closeup, Describer, Engine, Likening, Reader

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Isolated(Generic[T]):
    """What is the same for all that is called in a child; see Children.call for what goes wrong."""

    inner: T
    children: Children
    limit_s: float  # of one call
    stop: threading.Event | None = None
    _packed: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_packed", pickle.dumps(self.inner))

    def _call(self, about: str, method: str, *args: object) -> Any:
        return self.children.call(
            on_kept,
            self._packed,
            method,
            *args,
            limit_s=self.limit_s,
            stop=self.stop,
            about=about,
        )


@dataclass(frozen=True, slots=True)
class IsolatedReader(_Isolated[Reader]):
    """A Reader whose decoding happens in a child."""

    @property
    def modality(self) -> Modality:
        return self.inner.modality

    def read(self, path: Path) -> Reading:
        reading: Reading = self._call(f"“{shown(path)}”", "read", path)
        return reading

    def encode(self, path: Path, chunk: Chunk, limits: Limits) -> tuple[Piece, ...]:
        pieces: tuple[Piece, ...] = self._call(f"“{shown(path)}”", "encode", path, chunk, limits)
        return pieces

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        preview: Preview = self._call(f"“{shown(path)}”", "preview", path, span, edge, frames)
        return preview


@dataclass(frozen=True, slots=True)
class IsolatedCloseup(_Isolated[Closeup]):
    """What looks closely at files, in a child."""

    def subtitles(self, path: Path) -> tuple[Subtitles, ...]:
        tracks: tuple[Subtitles, ...] = self._call(f"“{shown(path)}”", "subtitles", path)
        return tracks

    def waveform(self, path: Path, count: int) -> tuple[float, ...]:
        peaks: tuple[float, ...] = self._call(f"“{shown(path)}”", "waveform", path, count)
        return peaks

    def marks(self, path: Path, page: int, texts: Sequence[str]) -> tuple[Box, ...]:
        boxes: tuple[Box, ...] = self._call(f"“{shown(path)}”", "marks", path, page, tuple(texts))
        return boxes

    def excerpt(self, path: Path, span: Span | None) -> Excerpt:
        excerpt: Excerpt = self._call(f"“{shown(path)}”", "excerpt", path, span)
        return excerpt

    def clip(self, path: Path, span: Span, target: Path, part: Path, noted: Path) -> None:
        self._call(f"“{shown(path)}”", "clip", path, span, target, part, noted)


@dataclass(frozen=True, slots=True)
class IsolatedLikening(_Isolated[Likening]):
    """What takes likenesses, in a child."""

    def likeness(self, path: Path, modality: Modality) -> Likeness:
        found: Likeness = self._call(f"“{shown(path)}”", "likeness", path, modality)
        return found


@dataclass(frozen=True, slots=True)
class IsolatedDescriber(_Isolated[Describer]):
    """A Describer whose model lives in a child, loaded there once.

    Give it Children of its own, as many as models of it fit in memory.
    """

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def source(self) -> Source:
        return self.inner.source

    @property
    def limits(self) -> Limits:
        return self.inner.limits

    def missing(self) -> str:
        return self.inner.missing()

    def describe(self, pieces: Sequence[Piece]) -> tuple[Words, ...]:
        about = f"This file's part for {self.inner.name}"
        words: tuple[Words, ...] = self._call(about, "describe", tuple(pieces))
        return words


@dataclass(frozen=True, slots=True)
class IsolatedEngine(Around, _Isolated[Engine]):
    """An Engine whose model lives in a child, loaded there once."""

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:
        if not pieces:  # nobody is started for nothing
            return self.inner.embed(pieces, purpose)
        vectors: Vectors = self._call(
            f"This part, for {self.inner.space.engine}", "embed", tuple(pieces), purpose
        )
        return vectors


@dataclass(frozen=True, slots=True)
class IsolatedLong(_Isolated[LongReader]):
    """What makes long media ready for jobs, in a child. `limit_s` is of a whole film."""

    def parts(self, path: Path, modality: Modality, folder: Path) -> tuple[LongPart, ...]:
        about = f"“{shown(path)}”"
        parts: tuple[LongPart, ...] = self._call(about, "parts", path, modality, folder)
        return parts


@dataclass(frozen=True, slots=True)
class IsolatedTelling(_Isolated[Telling]):
    """What looks for parts that tell nothing new, in a child."""

    def same_as_before(
        self, path: Path, modality: Modality, chunks: Sequence[Chunk]
    ) -> frozenset[int]:
        about = f"“{shown(path)}”"
        same: frozenset[int] = self._call(about, "same_as_before", path, modality, chunks)
        return same
