"""What tells near-duplicates, as the catalog keeps it for each content."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.duplicates import SHORT_S, Likeness
from nova_desktop.library.database import Database
from nova_desktop.library.questions import slices
from nova_desktop.library.sketches import Sketches
from nova_desktop.model import Modality

WAY = 4  # of taking them: raise it where a Likening does so otherwise
THIRD = 3  # the way before: films had no frames, else the same
SECOND = 2  # short sounds had no looks, else as THIRD
FIRST = 1  # of sounds it took their first FIRST_S alone, else as SECOND
FIRST_S = 120.0
SOME = 500  # read at once


@dataclass(frozen=True, slots=True)
class Likenesses:
    """From any thread."""

    catalog: Database

    @property
    def sketches(self) -> Sketches:
        """The same of texts."""
        return Sketches(self.catalog)

    def keep(self, taken: Mapping[str, Likeness]) -> None:
        """By content; of one that was forgotten meanwhile nothing is kept."""
        if not taken:
            return
        with self.catalog.write() as db:
            db.executemany(
                "INSERT OR REPLACE INTO likenesses "
                "(content, way, looks, times, sound, sharpness, frames) "
                "SELECT content, ?, ?, ?, ?, ?, ? FROM contents WHERE content = ?",
                [
                    (
                        *(WAY, one.looks, json.dumps(one.times_s), one.sound, one.sharpness),
                        *(one.frames, content),
                    )
                    for content, one in taken.items()
                ],
            )

    def of(self, contents: Sequence[str]) -> dict[str, Likeness]:
        """Of those that it is known of."""
        found: dict[str, Likeness] = {}
        for some in slices(contents, SOME):
            rows = self.catalog.read(
                "SELECT content, looks, times, sound, sharpness, frames FROM likenesses "  # noqa: S608  # marks only
                f"WHERE way >= ? AND content IN ({','.join('?' * len(some))})",
                [FIRST, *some],
            )
            for content, looks, times, *others in rows:
                found[content] = Likeness(looks, tuple(json.loads(times)), *others)
        return found

    def all(self) -> Iterator[tuple[str, Modality, Likeness]]:
        """Of every content that a file shows, in order; some at a time."""
        last = ""
        while rows := self.catalog.read(
            "SELECT l.content, c.modality, l.looks, l.times, l.sound, l.sharpness, l.frames "
            "FROM likenesses l JOIN contents c ON c.content = l.content "
            "WHERE l.content > ? AND l.way >= ? AND c.files > 0 ORDER BY l.content LIMIT ?",
            [last, FIRST, SOME],
        ):
            for content, modality, looks, times, *others in rows:
                known = Likeness(looks, tuple(json.loads(times)), *others)
                yield content, Modality(modality), known
            last = rows[-1][0]

    def missing(self) -> list[tuple[str, Modality, Path]]:
        """Contents with something to see or hear that it is not known of, each with a file."""
        rows = self.catalog.read(
            "SELECT c.content, c.modality, c.path FROM contents c LEFT JOIN likenesses l "
            "ON l.content = c.content AND (l.way = ? OR (c.modality <> ? AND (l.way = ? "
            "OR (l.way IN (?, ?) AND (c.modality <> ? OR c.duration_s > ?) "
            "AND (l.way <> ? OR c.modality <> ? OR c.duration_s <= ?))))) "
            "WHERE l.content IS NULL AND c.files > 0 AND c.modality <> ?",
            [
                *(WAY, Modality.VIDEO, THIRD),
                *(SECOND, FIRST, Modality.AUDIO, SHORT_S),
                *(FIRST, Modality.AUDIO, FIRST_S, Modality.TEXT),
            ],
        )
        return [(content, Modality(kind), Path(os.fsdecode(path))) for content, kind, path in rows]
