"""From the parts of a question to vectors and words that can be looked up."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Event
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import BadInput, NeedsUser, TryLater, shown
from nova_desktop.grammar.cutting import quoted
from nova_desktop.library import elsewhere, spans, work
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.lanes import Lane, each
from nova_desktop.library.spans import is_beside
from nova_desktop.model import (
    Chunk,
    Info,
    Modality,
    Near,
    Piece,
    Purpose,
    Source,
    Span,
    Stamp,
    Unit,
    Vectors,
)
from nova_desktop.ports import Store
from nova_desktop.query import Part

TEXT_CHARACTERS = 8192  # of one part; more can't be meant as a question
FILE_CHUNKS = 4  # of a file that is asked with, spread over it
FILE_VECTORS = 8
ROWS = 20_000  # of one content: days of film
EMPTY = "The question is empty: type some words, or drop a file."
WAITS = "“{file}” waits to be indexed anew: it is compared with what was indexed before."
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of a question, ready to be looked up."""

    weight: float
    vectors: Sequence[tuple[Lane, Vectors]]
    text: str = ""  # "" for a file
    content: str = ""  # of a file
    scene: Span | None = None  # where a part of the file is asked with: see spans.scene
    beside: frozenset[str] = frozenset()  # contents of the subtitles beside it

    def is_itself(self, row: Near) -> bool:
        """Whether this is of the part of a file that is asked with, or beside it.

        The file may answer by its other parts; a file that is asked with whole answers first.
        """
        if self.scene is None or self.weight < 0:
            return False
        own = row.content == self.content or row.content in self.beside
        return own and is_beside(row.span, self.scene)


@dataclass(frozen=True, slots=True)
class Asking:
    """Embeds what is asked with, in each space that can be asked."""

    catalog: Catalog
    store: Store
    tools: work.Tools

    def asked(
        self, part: Part, lanes: Sequence[Lane], purpose: Purpose, notes: dict[str, None]
    ) -> Asked:
        """`notes` get what could not be asked, and why."""
        if part.path is not None or part.data:
            return self._asked_file(part, lanes, notes)
        text = part.text.strip()
        if not text:
            raise BadInput(EMPTY)
        if len(text) > TEXT_CHARACTERS:
            raise BadInput(f"The question is too long: at most {TEXT_CHARACTERS} characters.")
        try:
            vectors = each(
                lanes, lambda lane: lane.engine.embed([Piece.of_words(text)], purpose), notes
            )
        except (NeedsUser, TryLater) as e:
            # A model may be on a drive that is away: words and names are found without it.
            notes[f"Found by words alone. {e}"] = None
            vectors = []
        return Asked(part.weight, vectors, text)

    def _asked_file(self, part: Part, lanes: Sequence[Lane], notes: dict[str, None]) -> Asked:
        """By a file: up to FILE_VECTORS vectors a lane, kept ones where it is indexed."""
        if part.path is None:
            with NamedTemporaryFile(prefix="pasted picture ", delete=False) as pasted:
                pasted.write(part.data)
            try:
                kept = Part(path=Path(pasted.name), weight=part.weight)
                return self._asked_file(kept, lanes, notes)
            finally:
                Path(pasted.name).unlink()
        path, span = self._located(part.path), part.span
        content, modality = self._identity(path)
        if span is not None:
            _check(span, modality, path)
            known = self.catalog.info(content)
            if known and _ends_before(span, known[1]):
                raise _beyond(span, known[1], path)
        subtitles = self.catalog.companions_of(str(path), "subtitles")
        beside = frozenset(beside for _, beside in subtitles if beside)
        contents = (content, *sorted(beside))
        of_space, scene = dict[str, list[NDArray[np.float32]]](), span
        by_name = set[str]()  # spaces that know no more of the file than what it is called
        for name, lane in {lane.space.name: lane for lane in lanes}.items():
            of_space[name], scene, telling = self._kept(lane, contents, span, scene)
            if of_space[name] and not telling:
                by_name.add(name)
        if any(of_space[name] for name in of_space.keys() - by_name):
            # What is like its name is not what is like the file, which another space knows.
            lanes = [lane for lane in lanes if lane.space.name not in by_name]
        having = [lane for lane in lanes if of_space[lane.space.name]]
        lacking = [lane for lane in lanes if lane not in having]
        if any(lane.own for lane in having) and any(lane.own for lane in lacking):
            # To read it again for each answer, while that is about to be done once, takes seconds.
            notes[WAITS.format(file=shown(path))] = None
            lacking = [lane for lane in lacking if not lane.own]
        allowed = [lane for lane in lacking if lane.may_ask(path)]
        if len(allowed) < len(lacking):
            notes[f"“{shown(path)}” was not sent: it is compared on this device only."] = None
        asked = [*having, *allowed]

        def vectors(lane: Lane) -> Vectors:
            rows = of_space[lane.space.name]
            if rows:
                return np.stack(rows)
            pieces = self._pieces(path, modality, lane, span)
            if lane.sending:
                lane.sending(content, path, sum(len(piece.data) for piece in pieces))
            return lane.engine.embed(pieces, Purpose.QUERY)

        return Asked(
            part.weight, each(asked, vectors, notes), content=content, scene=scene, beside=beside
        )

    def _located(self, path: Path) -> Path:
        """Where a file lies that is named without its folder, or with the last ones of its path."""
        if path.is_absolute():
            return path
        found = self.catalog.files_called(path)
        if not found:
            raise BadInput(
                f"There is no file “{shown(path)}” in the library: check its name, or write its "
                "whole path."
            )
        if len(found) > 1:
            raise BadInput(
                f"There are {len(found)} files called “{shown(path)}” in the library: write the "
                f"folder too, as like:{quoted(str(Path(*found[0].parts[-len(path.parts) - 1 :])))}."
            )
        return found[0]

    def _identity(self, path: Path) -> tuple[str, Modality]:
        """The content of a file, and its kind: as recorded, where the file is still that one.

        So a long film is not read through for each question, and what is offline can be asked with.
        """
        content = elsewhere.content_at(path) or self._recorded(path)
        known = self.catalog.info(content) if content else None
        if content and known:
            return content, known[0]
        if path.is_dir():
            raise BadInput(f"“{shown(path)}” is a folder: choose a file that is in it.")
        try:
            modality = self.tools.sniff(path)  # first: it refuses what would be read for ever
            content = work.hash_file(path, Event())
        except TryLater as e:
            if path.exists():
                raise
            raise _missing(path) from e
        if modality is None:
            raise BadInput(f"“{shown(path)}” is of a kind that can't be read: choose another file.")
        return content, modality

    def _recorded(self, path: Path) -> str:
        held = self.catalog.held(str(path))
        try:
            return held[0] if held and Stamp.of(os.lstat(path)) == held[1] else ""
        except OSError:  # its drive is away, or it was moved just now
            return held[0] if held else ""

    def _kept(
        self, lane: Lane, contents: Sequence[str], span: Span | None, scene: Span | None
    ) -> tuple[list[NDArray[np.float32]], Span | None, bool]:
        """Vectors of the file, or of a part, its scene, and whether they are of what it holds.

        What is indexed costs nothing.
        """
        space = lane.space
        rows = self.store.rows(space, contents[0], ROWS)
        telling = [row for row in rows if row.source not in (Source.NAME, Source.METADATA)]
        if span is None:
            found = telling or rows
            return [row.vector for row in _spread(found, FILE_VECTORS)], None, bool(telling)
        for content in contents[1:]:
            telling += self.store.rows(space, content, ROWS)
        found = spans.rows_of(telling, span)
        if not (found or lane.own):
            found = spans.last_before(telling, span)
        vectors = [row.vector for row in _spread(found, FILE_VECTORS)]
        if vectors and scene:
            # As far as they would be found: itself is the best, at 1.
            cut = max(lane.floor_of(asked_with_file=True), lane.share)
            scores = np.stack([row.vector for row in telling]) @ np.stack(vectors).T
            like = (row.span for row, one in zip(telling, scores.max(1), strict=True) if one >= cut)
            scene = spans.scene((one for one in like if one), scene)
        return vectors, scene, True

    def _pieces(self, path: Path, modality: Modality, lane: Lane, span: Span | None) -> list[Piece]:
        """Of a file, or a part of it, that the lane lacks; as its engine takes them."""
        if not path.exists():
            raise _missing(path)
        reading = self.tools.readers[modality].read(path)
        found: Sequence[Chunk] = reading.chunks
        if span is not None:
            found = spans.chunks_of(found, span)
            if not found:
                raise _beyond(span, reading.info, path)
        chunks = _spread(found, FILE_CHUNKS)
        engine = lane.engine
        by_words = engine.embeds_words or modality in engine.limits.words
        describers = self.tools.describers if by_words else ()
        tools = replace(self.tools, engine=engine, describers=describers)
        prepared = work.prepare(path, modality, chunks, tools)
        pieces = [piece for one in prepared for piece in one.pieces]
        telling = [piece for piece in pieces if piece.source is not Source.METADATA]
        if span and not telling:
            raise BadInput(
                f"Nothing was recognised in this part of “{shown(path)}” to search by: choose "
                "another one, or describe it in words."
            )
        if not pieces:
            raise BadInput(
                f"Nothing was recognised in “{shown(path)}” to search by: describe it in words."
            )
        return _spread(telling or pieces, FILE_VECTORS)


def _missing(path: Path) -> BadInput:
    return BadInput(f"There is no file {path}. Check its name, or plug in its drive.")


def _check(span: Span, modality: Modality, path: Path) -> None:
    """Whether files of this kind have such parts; where this one ends is seen when it is read."""
    name = shown(path)
    if span.start < 0 or span.stop < span.start:
        raise BadInput(f"The part of “{name}” ends before it begins: say where it begins first.")
    match modality:
        case Modality.VIDEO | Modality.AUDIO if span.unit is not Unit.SECONDS:
            raise BadInput(f"“{name}” has no pages: say from when to when, as 1:02..1:17.")
        case Modality.DOCUMENT if span.unit is Unit.SECONDS:
            raise BadInput(f"“{name}” has no moments: ask with one of its pages, or all of it.")
        case Modality.IMAGE:
            raise BadInput(f"“{name}” is one picture, without parts: ask with all of it.")


def _ends_before(span: Span, info: Info) -> bool:
    if span.unit is Unit.SECONDS:
        return info.duration_s is not None and span.start >= info.duration_s
    return span.unit is Unit.PAGE and info.pages is not None and span.start > info.pages


def _beyond(span: Span, info: Info, path: Path) -> BadInput:
    name = shown(path)
    if span.unit is Unit.SECONDS and info.duration_s:
        length = round(info.duration_s)
        return BadInput(f"“{name}” is {length} seconds long: choose an earlier moment.")
    if span.unit is Unit.PAGE and info.pages:
        return BadInput(f"“{name}” has {info.pages} pages: choose one of them.")
    if span.unit is Unit.CHARACTERS:
        return BadInput(f"“{name}” is shorter than that: choose an earlier part.")
    return BadInput(f"“{name}” is not divided so: ask with all of it.")


def _spread(items: Sequence[T], most: int) -> list[T]:
    """Up to `most` of `items`, evenly from first to last."""
    if len(items) <= most:
        return list(items)
    return [items[i * (len(items) - 1) // (most - 1)] for i in range(most)]
