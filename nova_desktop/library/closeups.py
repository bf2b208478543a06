"""One file looked at closely: what is known of it, where it answers, and its moments saved."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from nova_desktop.closeup import Box, Details, Excerpt, Subtitles, Timeline, Told
from nova_desktop.errors import BadInput, TryLater, shown
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.previews import Previews
from nova_desktop.library.search import WORDS_SHARE, Asked, Search
from nova_desktop.library.sentences import whole
from nova_desktop.library.timeline import Place, better, timeline, together, values
from nova_desktop.library.whereabouts import Located
from nova_desktop.model import Info, Near, Preview, Row, RowFilter, Source, Span, Unit
from nova_desktop.ports import Closeup, Store
from nova_desktop.query import Query

ROWS = 20_000  # of one content: days of film
TOLD_CHARACTERS = 400
SHORTENED = "…"  # what `ranking.shorten` puts at the end of a reason


@dataclass(frozen=True, slots=True)
class Looking:
    """What closeups are made with, as `compose` joined it."""

    closeup: Closeup
    clipping: Callable[[threading.Event], Closeup]  # one that saves a clip until the event is set


@dataclass(frozen=True, slots=True)
class Closeups:
    """Answers from any thread."""

    catalog: Catalog
    store: Store
    search: Search
    previews: Previews
    looking: Looking
    clips: Clips = field(default_factory=lambda: Clips())

    def details(self, path: Path) -> Details:
        """See calls.CloseupCalls."""
        place = self.catalog.located_at(str(path))
        if place is None:
            raise BadInput(f"“{shown(path)}” is in no watched folder; add its folder to see more.")
        known = self.catalog.info(place.content) if place.content else None
        modality, info = known or (None, Info())
        copies = self.catalog.places([place.content]).get(place.content, []) if known else []
        return Details(
            path=path,
            modality=modality,
            info=info,
            size_bytes=place.size_bytes,
            folder=Path(place.folder),
            offline=place.offline,
            copies=tuple(Path(copy.path) for copy in copies if copy.path != str(path)),
            companions=tuple(Path(beside) for beside, _ in self.catalog.companions_of(str(path))),
            told=tuple(self._told(place)),
            spaces=tuple(self._spaces(place.content)),
        )

    def timeline(self, path: Path, query: Query) -> Timeline:
        """See calls.CloseupCalls."""
        content = self.catalog.content_of(str(path))
        known = self.catalog.info(content) if content else None
        duration_s = known[1].duration_s if known else None
        if not content or not duration_s:
            return Timeline(duration_s or 0.0)
        beside = [c for _, c in self.catalog.companions_of(str(path), "subtitles") if c]
        if not query.parts:
            return Timeline(duration_s)
        asked = self.search.asked(query, {})
        contents = (content, *beside)
        found = together((one.weight, self._answers(one, contents)) for one in asked)
        return timeline(found, duration_s)

    def _answers(self, asked: Asked, contents: Sequence[str]) -> dict[Place, float]:
        """How well each place of these contents answers one part of a question."""
        found: dict[Place, float] = {}
        anywhere, here = RowFilter(), RowFilter(contents=frozenset(contents))
        for lane, vectors in asked.vectors:
            space = lane.space
            rows = [
                row
                for content in contents
                for row in self.store.rows(space, content, ROWS)
                if not lane.sources or row.source in lane.sources
            ]
            if not rows:
                continue
            matrix = np.stack([row.vector for row in rows])
            for vector in vectors:
                best = self.store.nearest(space, vector, 1, lane.inside(anywhere))
                top = best[0].score if best else 0.0
                scored = map(_near, rows, (matrix @ vector).tolist())
                found = better(
                    found, values(scored, top, lane.floor_of(not asked.text), lane.share)
                )
        for space in self.search.spaces() if asked.text else ():
            best = self.store.matching(space, asked.text, 1, anywhere)
            top = best[0].score if best else 0.0
            spoken = self.store.matching(space, asked.text, ROWS, here)
            found = better(found, values(spoken, top, 0.0, WORDS_SHARE))
        return found

    def waveform(self, path: Path, count: int) -> tuple[float, ...]:
        """See calls.CloseupCalls; kept as previews are."""
        count = min(max(1, count), 4000)

        def make() -> Preview:
            return Preview(peaks=self.looking.closeup.waveform(path, count))

        return self.previews.kept(path, "waveform", make, count).peaks

    def subtitles(self, path: Path) -> tuple[Subtitles, ...]:
        """See calls.CloseupCalls."""
        return self.looking.closeup.subtitles(path) if path.exists() else ()

    def marks(self, path: Path, span: Span, texts: Sequence[str]) -> tuple[Box, ...]:
        """See calls.CloseupCalls."""
        if span.unit is not Unit.PAGE or not texts or not path.exists():
            return ()
        begins = [text.removesuffix(SHORTENED) for text in texts]
        rows = self._rows(path) if any(text.endswith(SHORTENED) for text in texts) else []
        whole = [
            next((row.words for row in rows if row.words.startswith(begin)), begin)
            if text.endswith(SHORTENED)
            else begin
            for text, begin in zip(texts, begins, strict=True)
        ]
        boxes = self.looking.closeup.marks(path, int(span.start), [*whole, *begins])
        # A row may hold more than its page says, such as the title: then what is known stands.
        found = {box.text for box in boxes}
        return tuple(
            replace(box, text=box.text % len(texts))
            for box in boxes
            if box.text < len(texts) or box.text - len(texts) not in found
        )

    def excerpt(self, path: Path, span: Span | None) -> Excerpt:
        """See calls.CloseupCalls."""
        try:
            return self.looking.closeup.excerpt(path, span)
        except TryLater:
            if kept := self._kept_text(path, span):
                return kept
            raise

    def clip(self, path: Path, span: Span, target: Path) -> None:
        """See calls.CloseupCalls."""
        if span.unit is not Unit.SECONDS:
            raise BadInput("Only moments of films and sounds can be saved as clips.")
        if not target.name:
            raise BadInput("A clip needs a name; choose one that ends in .mp4 or .m4a.")
        if self.catalog.located_at(str(target)) is not None and target.exists():
            raise BadInput(
                f"“{shown(target)}” is one of your own files; choose another name for the clip."
            )
        with self.clips.writing(target) as (stop, noted, part):
            self.looking.clipping(stop).clip(path, span, target, part, noted)

    def _rows(self, path: Path) -> list[Row]:
        content = self.catalog.content_of(str(path))
        if not content:
            return []
        kept = (self.store.rows(space, content, ROWS) for space in self.search.spaces())
        return next((rows for rows in kept if rows), [])

    def _told(self, place: Located) -> Iterator[Told]:
        rows = whole(self._rows(Path(place.path))) if place.content else []
        for source in Source:
            told = [row for row in rows if row.source is source]
            if told:
                words = " · ".join(dict.fromkeys(row.words for row in told[:12] if row.words))
                yield Told(source, len({row.span for row in told}), words[:TOLD_CHARACTERS])

    def _spaces(self, content: str) -> list[str]:
        spaces = self.catalog.spaces_of(content) if content else []
        own = self.search.tools.engine.space.name
        return sorted(spaces, key=lambda space: (space != own, space))

    def _kept_text(self, path: Path, span: Span | None) -> Excerpt | None:
        """The words of the index, which are all there is of a text that is offline."""
        rows = whole(row for row in self._rows(path) if row.source is Source.TEXT)
        if span is not None and span.unit is Unit.PAGE:
            rows = [row for row in rows if row.span == span]
        text, start, stop = "", 0, 0
        for row in rows:
            if span is not None and row.span == span and span.unit is not Unit.PAGE:
                start, stop = len(text), len(text) + len(row.words)
            text += row.words + "\n\n"
        return Excerpt(text.rstrip(), start, stop) if text else None


@dataclass(slots=True)
class Clips:
    """The clips that are being written, by where they go."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _under_way: dict[str, tuple[threading.Event, Path]] = field(default_factory=dict)

    @contextlib.contextmanager
    def writing(self, target: Path) -> Iterator[tuple[threading.Event, Path, Path]]:
        """(what stops it, where its progress is noted, the file to write). Leaves nothing."""
        stop = threading.Event()
        key = os.path.normcase(target)
        # Hidden, and named as a partial download is, so that nothing indexes or opens it.
        part = target.with_name(f".nova-{os.urandom(6).hex()}.part")
        with tempfile.TemporaryDirectory(prefix="nova-clip-") as folder:
            noted = Path(folder, "done")
            with self._lock:
                if key in self._under_way:
                    raise TryLater(f"“{shown(target)}” is being saved already.")
                self._under_way[key] = stop, noted
            try:
                yield stop, noted, part
            finally:
                with self._lock:
                    del self._under_way[key]
                with contextlib.suppress(OSError):  # its drive was taken away meanwhile
                    part.unlink(missing_ok=True)

    def done(self, target: Path) -> float:
        """0 to 1; 0 for one that is not being written."""
        with self._lock:
            under_way = self._under_way.get(os.path.normcase(target))
        if under_way is None:
            return 0.0
        try:
            return float(under_way[1].read_text() or 0)
        except (OSError, ValueError):  # not written yet, or just now
            return 0.0

    def stop(self, target: Path) -> None:
        """Ends it; one that is not being written is no error."""
        with self._lock:
            if under_way := self._under_way.get(os.path.normcase(target)):
                under_way[0].set()

    def stop_all(self) -> None:
        """Ends every one."""
        with self._lock:
            for stop, _ in self._under_way.values():
                stop.set()


def _near(row: Row, score: float) -> Near:
    return Near(
        row.content, row.number, row.modality, row.span, row.source, row.words, row.taken_s, score
    )
