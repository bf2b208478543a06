"""From the parts of a question to vectors and words that can be looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Event
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import BadInput, NeedsUser, TryLater, shown
from nova_desktop.library import work
from nova_desktop.library.lanes import Lane, each
from nova_desktop.model import Modality, Piece, Purpose, Source, Vectors
from nova_desktop.ports import Store
from nova_desktop.query import Part

TEXT_CHARACTERS = 8192  # of one part; more can't be meant as a question
FILE_CHUNKS = 4  # of a file that is asked with, spread over it
FILE_VECTORS = 8
EMPTY = "The question is empty: type some words, or drop a file."
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of a question, ready to be looked up."""

    weight: float
    vectors: Sequence[tuple[Lane, Vectors]]
    text: str = ""  # "" for a file
    content: str = ""  # of a file


@dataclass(frozen=True, slots=True)
class Asking:
    """Embeds what is asked with, in each space that can be asked."""

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
        path = part.path
        if path.is_dir():
            raise BadInput(f"“{shown(path)}” is a folder: choose a file that is in it.")
        try:
            modality = self.tools.sniff(path)  # first: it refuses what would be read for ever
            content = work.hash_file(path, Event())
        except TryLater as e:
            if path.exists():
                raise
            raise BadInput(f"There is no file {path}. Check its name, or plug in its drive.") from e
        if modality is None:
            raise BadInput(f"“{shown(path)}” is of a kind that can't be read: choose another file.")
        asked = [lane for lane in lanes if lane.may_ask(path) or self._kept(lane, content)]
        if len(asked) < len(lanes):
            notes[f"“{shown(path)}” was not sent: it is compared on this device only."] = None

        def vectors(lane: Lane) -> Vectors:
            rows = self._kept(lane, content)
            return np.stack(rows) if rows else self._embed_file(path, modality, lane)

        return Asked(part.weight, each(asked, vectors, notes), content=content)

    def _kept(self, lane: Lane, content: str) -> list[NDArray[np.float32]]:
        rows = self.store.rows(lane.engine.space, content, 64)
        telling = [row for row in rows if row.source not in (Source.NAME, Source.METADATA)]
        return [row.vector for row in _spread(telling or rows, FILE_VECTORS)]

    def _embed_file(self, path: Path, modality: Modality, lane: Lane) -> Vectors:
        reading = self.tools.readers[modality].read(path)
        chunks = _spread(reading.chunks, FILE_CHUNKS)
        engine = lane.engine
        by_words = engine.embeds_words or modality in engine.limits.words
        describers = self.tools.describers if by_words else ()
        tools = replace(self.tools, engine=engine, describers=describers)
        prepared = work.prepare(path, modality, chunks, tools)
        pieces = [piece for one in prepared for piece in one.pieces]
        telling = [piece for piece in pieces if piece.source is not Source.METADATA]
        if not pieces:
            raise BadInput(
                f"Nothing was recognised in “{shown(path)}” to search by: describe it in words."
            )
        return lane.engine.embed(_spread(telling or pieces, FILE_VECTORS), Purpose.QUERY)


def _spread(items: Sequence[T], most: int) -> list[T]:
    """Up to `most` of `items`, evenly from first to last."""
    if len(items) <= most:
        return list(items)
    return [items[i * (len(items) - 1) // (most - 1)] for i in range(most)]
