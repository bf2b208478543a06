"""What the catalog is asked; from any thread."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.library.volumes import NOWHERE, Volume
from nova_desktop.library.whereabouts import Whereabouts
from nova_desktop.model import Failure, Info, Modality, Stamp, State


@dataclass(frozen=True, slots=True)
class Root:
    """A watched folder, as the catalog numbers it."""

    number: int
    path: str
    offline: bool
    mounts: frozenset[str]  # folders in it where another file system begins
    resting: bool = False  # paused, or not in its hours: its files wait
    looked_s: float | None = None  # when it was last looked through
    drive: str = ""  # that it is on, where it was found last
    volume: Volume = NOWHERE
    took_s: float = 0.0  # the last look through all of it


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
    elsewhere: str = ""  # where, for people, when no file here holds it


@dataclass(frozen=True, slots=True)
class Named:
    """A content found by its file's name."""

    content: str
    score: float  # BM25
    exact: bool  # the whole name, with or without its ending, is what was asked for
    name: str


SEPARATOR = os.fsencode(os.sep)


class Questions(Whereabouts):
    """The reading half of the catalog."""

    def roots(self) -> list[Root]:
        rows = self.read(
            "SELECT id, path, offline, mounts, resting, looked_s, drive, volume, place, "
            "took_s "
            "FROM folders ORDER BY id"
        )
        return [
            Root(
                number,
                os.fsdecode(path),
                bool(offline),
                frozenset(json.loads(mounts)),
                bool(resting),
                looked_s,
                drive,
                Volume(volume, os.fsdecode(place)),
                took_s,
            )
            for number, path, offline, mounts, resting, looked_s, drive, volume, place, took_s in (
                rows
            )
        ]

    def waiting(self, limit: int, skip: Collection[str] = ()) -> list[Waiting]:
        """Files to index now, in no promised order, without those in `skip`."""
        rows = self.read(
            "SELECT path, size, mtime_ns, file_id, companion_of, companion_kind, attempts "
            "FROM files WHERE folder IN (SELECT id FROM folders WHERE NOT offline AND NOT resting) "
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
            "WHERE folder IN (SELECT id FROM folders WHERE NOT offline AND NOT resting) "
            "AND state = 'waiting'"
        )
        return int(rows[0][0])

    def next_due_s(self) -> float | None:
        """When the earliest postponed file is due; None when none waits."""
        rows = self.read(
            "SELECT MIN(not_before_s) FROM (SELECT (SELECT not_before_s FROM files WHERE "
            "folder = r.id AND state = 'waiting' ORDER BY not_before_s LIMIT 1) AS not_before_s "
            "FROM folders r WHERE NOT offline AND NOT resting)"
        )
        return None if rows[0][0] is None else float(rows[0][0])

    def has(self, content: str, space: str) -> bool:
        return bool(
            self.read("SELECT 1 FROM indexed WHERE content = ? AND space = ?", [content, space])
        )

    def waits_in(self, space: str) -> bool:
        """Whether a file waits whose content is in `space` already."""
        return bool(
            self.read(
                "SELECT 1 FROM folders r CROSS JOIN files f ON f.folder = r.id "
                "AND f.state = 'waiting' CROSS JOIN indexed i ON i.content = f.content "
                "AND i.space = ? LIMIT 1",  # in this order: mostly nothing waits
                [space],
            )
        )

    def info(self, content: str) -> tuple[Modality, Info] | None:
        rows = self.read("SELECT modality, info FROM contents WHERE content = ?", [content])
        return (Modality(rows[0][0]), _info(rows[0][1])) if rows else None

    def infos(self, contents: Sequence[str]) -> dict[str, tuple[Modality, Info]]:
        """As `info`, of many; what is not known is left out."""
        found: dict[str, tuple[Modality, Info]] = {}
        for some in slices(contents, 500):
            marks = ",".join("?" * len(some))
            rows = self.read(
                f"SELECT content, modality, info FROM contents WHERE content IN ({marks})",  # noqa: S608  # marks only
                some,
            )
            found |= {content: (Modality(kind), _info(text)) for content, kind, text in rows}
        return found

    def named_too(self, paths: Collection[str]) -> list[str]:
        """Other names of these files, as far as they are known: hard links."""
        found: dict[str, None] = {}
        for some in slices(list(paths), 500):
            marks = ", ".join("?" * len(some))
            rows = self.read(
                "SELECT DISTINCT other.path FROM files one JOIN files other ON "  # noqa: S608  # question marks
                "other.file_id = one.file_id AND other.id != one.id AND one.file_id > 0 "
                f"WHERE one.path IN ({marks})",
                [os.fsencode(path) for path in some],
            )
            found |= dict.fromkeys(os.fsdecode(path) for (path,) in rows)
        return list(found)

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

    def counts(self, away: Collection[int] | None = None) -> dict[int, dict[State, int]]:
        """By folder; what lies in one that is away counts as offline: `away`, or as recorded."""
        if away is None:
            away = {root.number for root in self.roots() if root.offline}
        counts: dict[int, dict[State, int]] = {}
        rows = self.read("SELECT folder, state, COUNT(*) FROM files GROUP BY folder, state")
        for number, state, count in rows:
            shown = State.OFFLINE if number in away else State(state)
            of_folder = counts.setdefault(number, {})
            of_folder[shown] = of_folder.get(shown, 0) + count
        return counts

    def sizes(self) -> dict[int, int]:
        """Bytes of the files of each folder that are not left out. Goes through all of them."""
        return dict(
            self.read(
                "SELECT folder, SUM(size) FROM files WHERE state != 'excluded' GROUP BY folder"
            )
        )

    def sample(self, root: int, count: int) -> list[tuple[str, Stamp, str]]:
        """(path, stamp, content) of up to so many indexed files of a folder, from all over it."""
        (whole,) = self.read("SELECT COUNT(*) FROM files WHERE folder = ?", [root])[0]
        rows = self.read(
            "SELECT path, size, mtime_ns, file_id, content FROM (SELECT *, ROW_NUMBER() OVER "
            "(ORDER BY path) AS n FROM files WHERE folder = ? AND content IS NOT NULL) "
            "WHERE n % ? = 0 LIMIT ?",
            [root, max(1, whole // count), count],
        )
        return [(os.fsdecode(p), Stamp(s, m, i), content) for p, s, m, i, content in rows]

    def count_at(self, path: str) -> int:
        """How many files are found at or below a path, or wait to be."""
        rows = self.read(
            "SELECT COUNT(*) FROM files WHERE (path = ? OR path > ? AND path < ?) "
            "AND state IN ('indexed', 'waiting')",
            [os.fsencode(path), *below(path)],
        )
        return int(rows[0][0])

    def listed(self, root: int) -> tuple[list[str], list[str]]:
        """Paths of a folder: of its files, and of what a rule leaves out, where a folder is one."""
        rows = self.read("SELECT path, size IS NULL, state FROM files WHERE folder = ?", [root])
        files = [os.fsdecode(path) for path, aside, _ in rows if not aside]
        out = [os.fsdecode(path) for path, aside, state in rows if aside and state == "excluded"]
        return files, out

    def waiting_at(self, paths: Sequence[str]) -> list[Waiting]:
        """Those of these files that wait, now or for later."""
        found = []
        for path in paths:
            found += self.read(
                "SELECT path, size, mtime_ns, file_id, companion_of, companion_kind, attempts "
                "FROM files WHERE path = ? AND state = 'waiting'",
                [os.fsencode(path)],
            )
        return [
            Waiting(os.fsdecode(p), Stamp(s, m, i), os.fsdecode(c or b""), kind, attempts)
            for p, s, m, i, c, kind, attempts in found
        ]

    def waits(self) -> list[tuple[str, int]]:
        """(path, size) of all files that are to be indexed now or soon."""
        rows = self.read(
            "SELECT path, size FROM files WHERE folder IN "
            "(SELECT id FROM folders WHERE NOT offline AND NOT resting) AND state = 'waiting'"
        )
        return [(os.fsdecode(path), size) for path, size in rows]

    def only_paid_in(self, root: str, space: str) -> int:
        """Contents that no other folder holds whose vectors are in a space besides `space`."""
        rows = self.read(
            "SELECT COUNT(DISTINCT f.content) FROM files f JOIN folders r ON r.id = f.folder "
            "WHERE r.path = ? AND EXISTS (SELECT 1 FROM indexed i WHERE i.content = f.content "
            "AND i.space != ? AND i.rows > 0) AND NOT EXISTS (SELECT 1 FROM files o "
            "WHERE o.content = f.content AND o.folder != f.folder)",
            [os.fsencode(root), space],
        )
        return int(rows[0][0])

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
            Named(content, score, wanted in (name.casefold(), Path(name).stem.casefold()), name)
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
