"""One content on its way in: what is still to be done, and the rows it has so far."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from nova_desktop.duplicates import Likeness
from nova_desktop.errors import BadInput
from nova_desktop.library.questions import Waiting
from nova_desktop.library.work import Prepared
from nova_desktop.long_media import Segment
from nova_desktop.model import Chunk, Info, Modality, Piece, Reading, Row, Source, Span, Words


@dataclass(slots=True, eq=False)
class Job:
    """Changed by the indexer's thread only."""

    files: list[Waiting]  # all hold this content; the first is the one that is read
    content: str
    modality: Modality
    known: bool = False  # its rows are in the store already
    info: Info = field(default_factory=Info)
    chunks: deque[Chunk] = field(default_factory=deque)
    rows: dict[tuple[int, int], Row] = field(default_factory=dict)  # by (chunk, piece)
    notes: list[str] = field(default_factory=list)
    likeness: Likeness | None = None  # None: not taken
    by_job: bool = False  # a paid engine's: what that left at the service is to be deleted
    _same: dict[int, tuple[int, Span | None]] = field(
        default_factory=dict
    )  # chunk → of which, span
    _words: dict[int, tuple[Words, ...]] = field(default_factory=dict)
    _refused: str = ""  # the engine's last word about a piece that it did not take
    _taken: int = 0
    _total: int = 0  # chunks
    _prepared: int = 0  # of them
    _open: int = 0  # chunks taken and pieces added that have not come back

    @property
    def path(self) -> Path:
        return Path(self.files[0].path)

    @property
    def taken_s(self) -> float:
        taken = self.info.taken_s
        return self.files[0].stamp.mtime_ns / 1e9 if taken is None else taken

    def open(self, reading: Reading) -> None:
        self.info = reading.info
        self.chunks.extend(reading.chunks)
        self._total = len(self.chunks)

    def spare(self, same: Collection[int]) -> None:
        """These chunks tell nothing that those before them do not: they get the same rows."""
        telling: deque[Chunk] = deque()
        for chunk in self.chunks:
            if chunk.number in same and telling:
                self._same[chunk.number] = telling[-1].number, chunk.span
            else:
                telling.append(chunk)
        self.chunks = telling
        self._total = len(telling)

    def hand_over(self) -> None:
        """A job takes all of its chunks; `segments` gives what it made of them."""
        self.chunks.clear()
        self._open += 1
        self.by_job = True

    def segments(self, segments: Sequence[Segment]) -> None:
        self._open -= 1
        for number, segment in enumerate(segments):
            if segment.vector is None:
                self.notes.append(segment.reason)
                self._refused = segment.reason
            else:
                self.rows[number, 0] = self._row(segment.span, segment.source, "", segment.vector)

    def take(self, count: int) -> list[Chunk]:
        """The next chunks to prepare."""
        taken = [self.chunks.popleft() for _ in range(min(count, len(self.chunks)))]
        self._open += len(taken)
        self._taken += len(taken)
        return taken

    def taken(self) -> int:
        """How many chunks were ever taken."""
        return self._taken

    def share(self, chunks: int | None = None) -> float:
        """How much of it so many chunks are; for None, how much of it is prepared."""
        return (self._prepared if chunks is None else chunks) / max(1, self._total)

    def give_back(self, chunks: Sequence[Chunk]) -> None:
        """These were not prepared after all."""
        self.chunks.extendleft(reversed(chunks))
        self._open -= len(chunks)
        self._taken -= len(chunks)

    def add(self, prepared: Prepared) -> Sequence[Piece]:
        """A chunk came back; its pieces are to be embedded."""
        self._prepared += 1
        self._words[prepared.chunk.number] = prepared.words
        self.notes += prepared.notes
        self._open += len(prepared.pieces) - 1
        return prepared.pieces

    def embedded(self, number: int, index: int, piece: Piece, vector: object) -> None:
        self._open -= 1
        if isinstance(vector, BadInput):
            self.notes.append(str(vector))
            self._refused = str(vector)
            return
        words = piece.text if piece.mime == "text/plain" else self._all_words(number)
        self.rows[number, index] = self._row(piece.span, piece.source, words, vector)

    def _row(self, span: Span | None, source: Source, words: str, vector: object) -> Row:
        return Row(
            content=self.content,
            number=0,  # given when all are there
            modality=self.modality,
            span=span,
            source=source,
            words=words,
            taken_s=self.taken_s,
            vector=vector,  # type: ignore[arg-type]  # work.embed gives vectors or BadInput
        )

    @property
    def refused(self) -> str:
        """Why the engine took nothing of it; "" when it took something, or was given nothing."""
        return "" if self.rows else self._refused

    @property
    def described(self) -> bool:
        """Whether all of it is prepared, so that only vectors are waited for."""
        return self._total > 0 and self._prepared == self._total

    @property
    def done(self) -> bool:
        return not self.chunks and self._open == 0

    def finished_rows(self) -> list[Row]:
        rows = dict(self.rows)
        for number, (like, span) in self._same.items():
            rows |= {
                (number, index): replace(row, span=span)
                for (chunk, index), row in self.rows.items()
                if chunk == like
            }
        in_order = [rows[place] for place in sorted(rows)]
        return [replace(row, number=number) for number, row in enumerate(in_order)]

    def facts(self) -> tuple[Modality, Info, str, int]:
        """What the catalog records of this content."""
        info = replace(self.info, taken_s=self.taken_s)
        return self.modality, info, "\n".join(self.notes), len(self.finished_rows())

    def _all_words(self, number: int) -> str:
        return "\n".join(w.text for w in self._words[number] if w.source is not Source.NAME)


@dataclass(frozen=True, slots=True)
class ToEmbed:
    job: Job
    chunk: int
    index: int  # of the piece within its chunk
    piece: Piece
