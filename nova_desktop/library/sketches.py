"""What tells texts that say nearly the same, as the catalog keeps it for each content."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from nova_desktop.library.database import Database
from nova_desktop.library.questions import slices
from nova_desktop.library.sentences import whole
from nova_desktop.library.texts import Sketch, sketched
from nova_desktop.model import Modality, Row, Source, Space
from nova_desktop.ports import Store

WAY = 1  # of making them: raise it where `texts.sketched` does so otherwise
SOME = 200  # contents whose rows are read at once
WRITTEN = (Modality.DOCUMENT, Modality.TEXT)
ABOUT = frozenset((Source.NAME, Source.METADATA, Source.TAGS))  # the file, not what it says


@dataclass(frozen=True, slots=True)
class Sketches:
    """From any thread."""

    catalog: Database

    def keep(self, rows: Iterable[Row]) -> None:
        """Of what these rows, in their order, say; of one that was forgotten nothing is kept."""
        made = []
        for content, of_it in groupby(rows, lambda row: row.content):
            said = whole(of_it)
            if said[0].modality in WRITTEN:
                words = [row.words for row in said if row.source not in ABOUT]
            elif said[0].modality is Modality.IMAGE:
                words = [row.words for row in said if row.source is Source.OCR]
            else:
                continue
            sketch = sketched(words)
            if len(sketch.runs) or said[0].modality in WRITTEN:  # few pictures hold letters
                made.append((content, *sketch.told()))
        self._write(made)

    def of(self, contents: Sequence[str]) -> dict[str, Sketch]:
        """Of those that it is known of."""
        found: dict[str, Sketch] = {}
        for some in slices(contents, SOME):
            rows = self.catalog.read(
                "SELECT content, runs, figures FROM sketches "  # noqa: S608  # marks only
                f"WHERE way = ? AND content IN ({','.join('?' * len(some))})",
                [WAY, *some],
            )
            found |= {content: Sketch.of(runs, figures) for content, runs, figures in rows}
        return found

    def all(self) -> dict[str, tuple[Modality, Sketch]]:
        """Of every content that a file shows and that is long enough, in order of contents."""
        rows = self.catalog.read(
            "SELECT s.content, c.modality, s.runs, s.figures FROM sketches s JOIN contents c "
            "ON c.content = s.content WHERE s.way = ? AND c.files > 0 AND s.runs <> x'' "
            "ORDER BY s.content",
            [WAY],
        )
        return {
            content: (Modality(kind), Sketch.of(runs, figures))
            for content, kind, runs, figures in rows
        }

    def make_missing(
        self, store: Store, spaces: Sequence[Space], tell: Callable[[float], None]
    ) -> None:
        """From the rows that are kept; of what was indexed before sketches were, or elsewhere.

        `spaces`: those whose rows hold words, the one that counts first. `tell` hears the share
        that is done, and may raise to end it.
        """
        for number, space in enumerate(spaces):
            missing = self._missing(space)
            for at, some in enumerate(slices(missing, SOME)):
                tell((number + at * SOME / len(missing)) / len(spaces))
                rows = store.rows_of(space, some)
                self.keep(rows)
                self._without({row.content for row in rows}, some)

    def _without(self, told: Collection[str], some: Sequence[str]) -> None:
        """Those whose rows are gone are not asked for again and again."""
        self._write([(content, b"", b"") for content in some if content not in told])

    def _missing(self, space: Space) -> list[str]:
        rows = self.catalog.read(
            "SELECT c.content FROM contents c JOIN indexed i ON i.content = c.content "
            "LEFT JOIN sketches s ON s.content = c.content AND s.way = ? "
            "WHERE i.space = ? AND i.rows > 0 AND c.files > 0 AND c.modality IN (?, ?) "
            "AND s.content IS NULL ORDER BY c.content",
            [WAY, space.name, *WRITTEN],
        )
        return [content for (content,) in rows]

    def _write(self, made: Sequence[tuple[str, bytes, bytes]]) -> None:
        if made:
            with self.catalog.write() as db:
                db.executemany(
                    "INSERT OR REPLACE INTO sketches SELECT content, ?, ?, ? FROM contents "
                    "WHERE content = ?",
                    [(WAY, runs, figures, content) for content, runs, figures in made],
                )
