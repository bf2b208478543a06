"""What the catalog is asked; from any thread."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.library.whereabouts import Whereabouts
from nova_desktop.model import Failure, Info, Modality, Stamp, State


@dataclass(frozen=True, slots=True)
class Root:
    """A watched folder, as the catalog numbers it."""

    number: int
    path: str
    offline: bool
    mounts: frozenset[str]  # folders in it where another file system begins


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is to be indexed."""

    path: str
    stamp: Stamp
    companion_of: str
    companion_kind: str
    attempts: int
    content: str = ""  # where it is known already: what the file held when it was last read


@dataclass(frozen=True, slots=True)
class Place:
    """Where a content is, and how it is shown: a companion is shown as its primary."""

    path: str
    shown: str
    offline: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A content found by its file's name."""

    content: str
    score: float  # BM25
    exact: bool  # the whole name, with or without its ending, is what was asked for


SEPARATOR = os.fsencode(os.sep)


class Questions(Whereabouts):
    """The reading half of the catalog."""

    def roots(self) -> list[Root]:
        rows = self.read("SELECT id, path, offline, mounts FROM folders ORDER BY id")
        return [
            Root(number, os.fsdecode(path), bool(offline), frozenset(json.loads(mounts)))
            for number, path, offline, mounts in rows
        ]

    def waiting(self, limit: int, skip: Collection[str] = ()) -> list[Waiting]:
        """Files to index now, in no promised order, without those in `skip`."""
        rows = self.read(
            "SELECT path, size, mtime_ns, file_id, companion_of, companion_kind, attempts "
            "FROM files WHERE folder IN (SELECT id FROM folders WHERE NOT offline) "
            "AND state = 'waiting' AND not_before_s <= ? LIMIT ?",
            [time.time(), limit + len(skip)],
        )
        found = (
            Waiting(os.fsdecode(p), Stamp(s, m, i), os.fsdecode(c or b""), kind, attempts)
            for p, s, m, i, c, kind, attempts in rows
        )
        return [file for file in found if file.path not in skip][:limit]

    def waiting_count(self) -> int:
        rows = self.read(
            "SELECT COUNT(*) FROM files "
            "WHERE folder IN (SELECT id FROM folders WHERE NOT offline) AND state = 'waiting'"
        )
        return int(rows[0][0])

    def next_due_s(self) -> float | None:
        """When the earliest postponed file is due; None when none waits."""
        rows = self.read(
            "SELECT MIN(not_before_s) FROM (SELECT (SELECT not_before_s FROM files WHERE "
            "folder = r.id AND state = 'waiting' ORDER BY not_before_s LIMIT 1) AS not_before_s "
            "FROM folders r WHERE NOT offline)"
        )
        return None if rows[0][0] is None else float(rows[0][0])

    def has(self, content: str, space: str) -> bool:
        return bool(
            self.read("SELECT 1 FROM indexed WHERE content = ? AND space = ?", [content, space])
        )

    def info(self, content: str) -> tuple[Modality, Info] | None:
        rows = self.read("SELECT modality, info FROM contents WHERE content = ?", [content])
        return (Modality(rows[0][0]), _info(rows[0][1])) if rows else None

    def state_of(self, path: str) -> State | None:
        rows = self.read("SELECT state FROM files WHERE path = ?", [os.fsencode(path)])
        return State(rows[0][0]) if rows else None

    def content_of(self, path: str) -> str | None:
        rows = self.read("SELECT content FROM files WHERE path = ?", [os.fsencode(path)])
        return rows[0][0] if rows else None

    def held(self, path: str) -> tuple[str, Stamp] | None:
        """The content that is recorded of a file, and the stamp that the file had then.

        None when none is, or the file was seen to be another one since.
        """
        rows = self.read(
            "SELECT content, size, mtime_ns, file_id FROM files "
            "WHERE path = ? AND content IS NOT NULL AND state = 'indexed'",
            [os.fsencode(path)],
        )
        return (rows[0][0], Stamp(*rows[0][1:])) if rows else None

    def counts(self) -> dict[int, dict[State, int]]:
        """By folder; what lies in a folder that is away counts as offline."""
        away = {root.number for root in self.roots() if root.offline}
        counts: dict[int, dict[State, int]] = {}
        rows = self.read("SELECT folder, state, COUNT(*) FROM files GROUP BY folder, state")
        for number, state, count in rows:
            shown = State.OFFLINE if number in away else State(state)
            of_folder = counts.setdefault(number, {})
            of_folder[shown] = of_folder.get(shown, 0) + count
        return counts

    def content_count(self, space: str) -> int:
        """How many contents are in a space, also those that gave no rows."""
        return int(self.read("SELECT COUNT(*) FROM indexed WHERE space = ?", [space])[0][0])

    def only_in(self, space: str, other: str, limit: int) -> list[str]:
        """Up to `limit` contents that are in `space` and not in `other`."""
        rows = self.read(
            "SELECT a.content FROM indexed a WHERE a.space = ? AND NOT EXISTS "
            "(SELECT 1 FROM indexed b WHERE b.content = a.content AND b.space = ?) LIMIT ?",
            [space, other, limit],
        )
        return [content for (content,) in rows]

    def has_rows(self, space: str) -> bool:
        return bool(
            self.read("SELECT 1 FROM indexed WHERE space = ? AND rows > 0 LIMIT 1", [space])
        )

    def row_count(self, space: str) -> int:
        return int(
            self.read("SELECT COALESCE(SUM(rows), 0) FROM indexed WHERE space = ?", [space])[0][0]
        )

    def unseen(
        self, folder: Path, space: str, segment_s: float
    ) -> list[tuple[Path, str, Modality]]:
        """Films and sounds in `folder` that `space` lacks and that were not looked through yet.

        (a path, the content, its modality), shortest first.
        """
        rows = self.read(
            "SELECT f.path, c.content, c.modality FROM files f JOIN contents c USING (content) "
            "JOIN folders r ON r.id = f.folder "
            "WHERE f.path > ? AND f.path < ? AND f.state = 'indexed' AND NOT r.offline "
            "AND c.modality IN ('video', 'audio') AND NOT EXISTS (SELECT 1 FROM indexed i "
            "WHERE i.content = c.content AND i.space = ?) AND NOT EXISTS (SELECT 1 FROM sameness s "
            "WHERE s.content = c.content AND s.segment_s = ?) "
            "GROUP BY c.content ORDER BY json_extract(c.info, '$.duration_s')",
            [*below(str(folder)), space, segment_s],
        )
        return [(Path(os.fsdecode(path)), content, Modality(kind)) for path, content, kind in rows]

    def failures(self) -> tuple[Failure, ...]:
        rows = self.read(
            "SELECT path, reason FROM files "
            "WHERE folder IN (SELECT id FROM folders) AND state = 'failed' ORDER BY path"
        )
        return tuple(Failure(Path(os.fsdecode(path)), reason) for path, reason in rows)

    def places(self, contents: Collection[str]) -> dict[str, list[Place]]:
        """Where each content is, in order of paths; contents without a file are left out."""
        found: dict[str, list[Place]] = {}
        for some in slices(list(contents), 500):
            marks = ",".join("?" * len(some))
            rows = self.read(
                "SELECT f.content, f.path, "  # noqa: S608  # marks only
                "CASE f.companion_kind WHEN 'subtitles' THEN f.companion_of ELSE f.path END, "
                "r.offline "
                f"FROM files f JOIN folders r ON r.id = f.folder WHERE f.content IN ({marks}) "
                "ORDER BY f.path",
                some,
            )
            for content, path, shown, offline in rows:
                place = Place(os.fsdecode(path), os.fsdecode(shown), bool(offline))
                found.setdefault(content, []).append(place)
        return found

    def named(self, text: str, limit: int) -> list[Named]:
        """Contents of files whose names hold words of `text`, best first."""
        words = [word.replace('"', '""') for word in text.split() if any(map(str.isalnum, word))]
        if not words:
            return []
        rows = self.read(
            "SELECT f.content, n.name, -n.rank FROM names n JOIN files f ON f.id = n.rowid "
            "WHERE names MATCH ? AND f.content IS NOT NULL ORDER BY n.rank LIMIT ?",
            [" OR ".join(f'"{word}"' for word in words), limit],
        )
        wanted = text.strip().casefold()
        return [
            Named(content, score, wanted in (name.casefold(), Path(name).stem.casefold()))
            for content, name, score in rows
        ]


def _info(text: str) -> Info:
    """What was written as JSON, which has no tuples."""
    said = json.loads(text)
    said["keywords"] = tuple(said.get("keywords", ()))
    return Info(**said)


def below(folder: str) -> tuple[bytes, bytes]:
    """Bounds (both exclusive) of every path inside `folder`."""
    start = os.fsencode(folder.rstrip(os.sep) + os.sep)
    return start, start[:-1] + bytes([start[-1] + 1])


def slices(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
