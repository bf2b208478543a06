"""Questions: a query's parts become vectors and words, the lists they find become hits."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Event
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import BadInput, TryLater, shown
from nova_desktop.library import work
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.lanes import Lane, each, lanes_of
from nova_desktop.library.questions import Place
from nova_desktop.library.ranking import Found, Ranked, cut_off, fuse, moments, reasons
from nova_desktop.model import Modality, Near, Piece, Purpose, RowFilter, Source, Vectors
from nova_desktop.ports import Store
from nova_desktop.query import Answer, Filters, Finder, Hit, Part, Query

TEXT_CHARACTERS = 8192  # of one part; more can't be meant as a question
FILE_CHUNKS = 4  # of a file that is asked with, spread over it
FILE_VECTORS = 8
DEEP = 6  # rows asked for each hit that is wanted: files have several rows
DEEPER, DEEPEST = 8, 2_000  # so many times as deep while too few files are found, and until when
# Where matches end, as shares of the best row's score. Without an end, rows that share no more than
# "the" with a question rise by fusion. Measured with tests/benchmarks/quality.py.
WORDS_SHARE = 0.7  # of words and names, by relevance
T = TypeVar("T")
EMPTY = "The question is empty: type some words, or drop a file."
NOTHING = "No close matches. Try other words, or fewer filters."


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of a question, ready to be looked up."""

    weight: float
    vectors: Sequence[tuple[Lane, Vectors]]
    text: str = ""  # "" for a file
    content: str = ""  # of a file


@dataclass(frozen=True, slots=True)
class Search:
    """Answers from any thread, also while files are being indexed."""

    catalog: Catalog
    store: Store
    tools: work.Tools
    beside: Beside | None = None

    def find(self, query: Query) -> Answer:
        """Hits by falling score. BadInput for a query that can't be answered."""
        began = time.monotonic()
        if not query.parts:
            raise BadInput(EMPTY)
        if query.limit < 1:
            raise BadInput("At least one result has to be asked for.")
        where = self._where(query.filters)
        notes: dict[str, None] = {}
        asked = self.asked(query, notes)
        rows = query.limit * DEEP
        hits, more = self._look(asked, query, where, rows)
        # Seldom: one long film fills the lists, or files that are gone but not yet forgotten.
        while len(hits) < query.limit and more and rows < DEEPEST:
            rows *= DEEPER
            hits, more = self._look(asked, query, where, rows)
        said = [*([] if hits else [NOTHING]), *notes]
        return Answer(tuple(hits), time.monotonic() - began, " ".join(said))

    def asked(self, query: Query, notes: dict[str, None]) -> list[Asked]:
        """The parts of a question, ready to be looked up; `notes` get what could not be asked."""
        lanes = lanes_of(self.tools.engine, self.beside, self.catalog)
        purpose = Purpose.asking(query.filters.modalities)
        return [self._asked(part, lanes, purpose, notes) for part in query.parts]

    def _look(
        self, asked: Sequence[Asked], query: Query, where: RowFilter, limit: int
    ) -> tuple[list[Hit], bool]:
        """Hits from lists of `limit` rows, and whether longer lists could give more."""
        lists: list[Ranked] = []
        first: list[str] = []
        more = False
        space = self.tools.engine.space
        for one in asked:
            for lane, vectors in one.vectors:
                for vector in vectors:
                    near = self.store.nearest(lane.engine.space, vector, limit, where)
                    close = cut_off(near, lane.floor, lane.share)
                    finder = Finder.DEVICE if lane.own else Finder.CLOUD
                    lists.append(Ranked(close, one.weight / len(vectors), finder))
                    more |= len(close) == limit
            if one.weight > 0 and one.content:
                first.append(one.content)
            if not one.text:
                continue
            words = cut_off(self.store.matching(space, one.text, limit, where), 0.0, WORDS_SHARE)
            named = self.catalog.named(one.text, limit)
            least = WORDS_SHARE * max((name.score for name in named), default=0.0)
            names = [name.content for name in named if name.score >= least]
            more |= limit in (len(words), len(names))
            lists += [Ranked(words, one.weight), Ranked(self._whole(names, where), one.weight)]
            if one.weight > 0:
                first += [name.content for name in named if name.exact]
        exact = {row.content: None for row in self._whole(first, where)}
        return self._hits(fuse(lists, tuple(exact)), query), more

    def _where(self, filters: Filters) -> RowFilter:
        contents = None
        if filters.folders or filters.name:
            contents = self.catalog.located(list(map(str, filters.folders)), filters.name)
        return RowFilter(filters.modalities, filters.since_s, filters.until_s, contents)

    def _asked(
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
        vectors = each(
            lanes, lambda lane: lane.engine.embed([Piece.of_words(text)], purpose), notes
        )
        return Asked(part.weight, vectors, text)

    def _whole(self, contents: Sequence[str], where: RowFilter) -> list[Near]:
        """Rows that stand for whole contents, those that pass, in their order."""
        rows = []
        for content in dict.fromkeys(contents):
            known = self.catalog.info(content)
            if known is None or (where.contents is not None and content not in where.contents):
                continue
            modality, info = known
            taken_s = info.taken_s or 0.0
            late = where.until_s is not None and taken_s >= where.until_s
            early = where.since_s is not None and taken_s < where.since_s
            if not (late or early) and (not where.modalities or modality in where.modalities):
                rows.append(Near(content, -1, modality, None, Source.NAME, "", taken_s, 1.0))
        return rows

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
        describers = self.tools.describers if lane.engine.embeds_words else ()
        tools = replace(self.tools, engine=lane.engine, describers=describers)
        prepared = work.prepare(path, modality, chunks, tools)
        pieces = [piece for one in prepared for piece in one.pieces]
        telling = [piece for piece in pieces if piece.source is not Source.METADATA]
        if not pieces:
            raise BadInput(
                f"Nothing was recognised in “{shown(path)}” to search by: describe it in words."
            )
        return lane.engine.embed(_spread(telling or pieces, FILE_VECTORS), Purpose.QUERY)

    def _hits(self, found: Sequence[Found], query: Query) -> list[Hit]:
        places = self.catalog.places([one.content for one in found])
        hits: dict[str, Hit] = {}
        for one in found:
            inside = [p for p in places.get(one.content, ()) if _passes(p, query.filters)]
            if not inside:
                continue  # its files are gone, or elsewhere
            shown = inside[0].shown
            if shown in hits:
                continue  # a companion that is shown as a file that is there already
            hits[shown] = self._hit(one, inside)
            if len(hits) == query.limit:
                break
        return list(hits.values())

    def _hit(self, one: Found, inside: Sequence[Place]) -> Hit:
        known = self.catalog.info(one.content)
        spans = moments(one.rows)
        modality = known[0] if known else one.rows[0].modality
        shown = Path(inside[0].shown)
        primary = self.catalog.content_of(str(shown)) if inside[0].shown != inside[0].path else None
        if primary and (of_primary := self.catalog.info(primary)):
            modality, known = of_primary[0], of_primary
        # A file that is asked with is a hit by itself, without a row that matched.
        taken_s = one.rows[0].taken_s if one.rows else (known and known[1].taken_s) or 0.0
        also = [place.shown for place in inside[1:]]  # of one film, perhaps, in two languages
        return Hit(
            path=shown,
            content=one.content,
            modality=modality,
            span=spans[0] if spans else None,
            score=one.score,
            why=reasons([row for row in one.rows if row.source is not Source.NAME] or one.rows),
            taken_s=taken_s,
            duration_s=known[1].duration_s if known else None,
            moments=tuple(spans[1:]),
            copies=tuple(Path(path) for path in dict.fromkeys(also) if path != inside[0].shown),
            offline=all(place.offline for place in inside),
            found_by=frozenset(one.finders),
        )


def _passes(place: Place, filters: Filters) -> bool:
    """Several files may hold one content: only those that were asked for are shown."""
    path = Path(place.path)
    in_folder = not filters.folders or any(path.is_relative_to(f) for f in filters.folders)
    return in_folder and filters.name.casefold() in path.name.casefold()


def _spread(items: Sequence[T], most: int) -> list[T]:
    """Up to `most` of `items`, evenly from first to last."""
    if len(items) <= most:
        return list(items)
    return [items[i * (len(items) - 1) // (most - 1)] for i in range(most)]
