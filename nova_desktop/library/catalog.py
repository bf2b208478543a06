"""What is known of every file: SQLite in WAL mode, one writing thread, any number of readers."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict

from nova_desktop.folding import fold
from nova_desktop.library.applying import Applying
from nova_desktop.library.leaving import KEPT_S, ORPHANED, drop_orphans
from nova_desktop.library.questions import Waiting, below
from nova_desktop.library.volumes import NOWHERE, Volume
from nova_desktop.model import Info, Modality, Stamp, State


class Catalog(Applying):
    """Writing methods are called from one thread only; reading ones from any.

    Every writing method is one transaction. NeedsUser when the disk is full or the file broken.
    """

    # Folders

    def add_root(self, path: str) -> None:
        """A folder that lies above watched ones takes them over, with all that is known."""
        with self.write() as db:
            db.execute("INSERT OR IGNORE INTO folders (path) VALUES (?)", [os.fsencode(path)])
            (number,) = db.execute(
                "SELECT id FROM folders WHERE path = ?", [os.fsencode(path)]
            ).fetchone()
            db.execute(
                "UPDATE files SET folder = ? WHERE folder IN "
                "(SELECT id FROM folders WHERE path > ? AND path < ?)",
                [number, *below(path)],
            )
            db.execute(
                "UPDATE contents SET keep_for = ? WHERE keep_for IN "
                "(SELECT id FROM folders WHERE path > ? AND path < ?)",
                [number, *below(path)],
            )
            db.execute("DELETE FROM folders WHERE path > ? AND path < ?", below(path))

    def remove_root(self, path: str) -> set[str]:
        """Forgets the folder and its files; gives the contents that no file holds any more."""
        with self.write() as db:
            db.execute(
                "DELETE FROM names WHERE rowid IN (SELECT f.id FROM files f "
                "JOIN folders r ON r.id = f.folder WHERE r.path = ?)",
                [os.fsencode(path)],
            )
            db.execute(
                "UPDATE contents SET keep_until_s = 0 WHERE keep_for IN "
                "(SELECT id FROM folders WHERE path = ?)",
                [os.fsencode(path)],
            )
            # Before their files: else each file that goes brings its content up to date first.
            gone = db.execute(
                "DELETE FROM contents WHERE content IN (SELECT f.content FROM files f "
                "JOIN folders r ON r.id = f.folder WHERE r.path = ?1) AND NOT EXISTS "
                "(SELECT 1 FROM files f JOIN folders r ON r.id = f.folder "
                "WHERE f.content = contents.content AND r.path <> ?1) AND keep_until_s < ?2 "
                "AND NOT EXISTS (SELECT 1 FROM elsewhere e WHERE e.content = contents.content) "
                "RETURNING content",
                [os.fsencode(path), time.time()],
            ).fetchall()
            db.execute("DELETE FROM folders WHERE path = ?", [os.fsencode(path)])
            return {content for (content,) in gone} | drop_orphans(db, older_than_s=None)

    def set_offline(self, number: int, offline: bool) -> None:
        with self.write() as db:
            db.execute("UPDATE folders SET offline = ? WHERE id = ?", [offline, number])

    def set_resting(self, number: int, resting: bool) -> None:
        """Whether its files, though they wait, are not to be indexed now."""
        with self.write() as db:
            db.execute("UPDATE folders SET resting = ? WHERE id = ?", [resting, number])

    def looked(
        self,
        number: int,
        mounts: Collection[str],
        drive: str,
        volume: Volume = NOWHERE,
        took_s: float = 0.0,
    ) -> None:
        """The whole folder was looked through just now."""
        with self.write() as db:
            text = json.dumps(sorted(mounts))  # ASCII: a path that is no text survives
            db.execute(
                "UPDATE folders SET mounts = ?, drive = ?, looked_s = ?, volume = ?, place = ?, "
                "took_s = ? WHERE id = ?",
                [
                    *(text, os.fsencode(drive).decode("utf-8", "replace"), time.time()),
                    *(volume.name, os.fsencode(volume.place), took_s, number),
                ],
            )

    # Files

    def record(
        self,
        files: Iterable[tuple[Waiting, str]],
        space: str,
        contents: Mapping[str, tuple[Modality, Info, str, int]],
    ) -> None:
        """The commit point: these files hold these contents, whose rows are durable in `space`.

        `contents`: content → (modality, info, notes, rows); those known already may be left out.
        """
        with self.write() as db:
            for content, (modality, info, notes, rows) in contents.items():
                # Never replaced: with the row would go what is recorded of other spaces.
                db.execute(
                    "INSERT INTO contents (content, modality, info, notes) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (content) DO UPDATE SET modality = excluded.modality, "
                    "info = excluded.info, notes = excluded.notes, orphaned_s = NULL",
                    [content, modality, json.dumps(asdict(info)), notes],
                )
                db.execute("DELETE FROM tags WHERE content = ?", [content])
                db.executemany(
                    "INSERT OR IGNORE INTO tags VALUES (?, ?, ?)",
                    [(fold(tag), content, tag) for tag in info.keywords],
                )
                db.execute(
                    "INSERT OR IGNORE INTO tags SELECT label, content, written FROM labelled "
                    "JOIN labels USING (label) WHERE content = ? AND said = 'yes'",
                    [content],
                )
                db.execute(
                    "INSERT OR REPLACE INTO indexed VALUES (?, ?, ?)", [content, space, rows]
                )
            for file, content in files:
                db.execute(
                    "UPDATE files SET state = 'indexed', reason = '', content = ?, attempts = 0 "
                    "WHERE path = ? AND size = ? AND mtime_ns = ? AND file_id = ?",
                    [content, os.fsencode(file.path), *file.stamp],
                )
                db.execute("UPDATE contents SET orphaned_s = NULL WHERE content = ?", [content])

    def settle(self, file: Waiting, state: State, reason: str, seen: bool = True) -> None:
        """Ends a file as failed, excluded or (with its primary) indexed without a content.

        One that is not what it was any more goes on waiting. Not `seen`: it will count as changed
        at the next look.
        """
        with self.write() as db:
            db.execute(
                "UPDATE files SET state = ?, reason = ?, content = NULL, "
                "file_id = CASE WHEN ? THEN file_id ELSE -1 END "
                "WHERE path = ? AND size = ? AND mtime_ns = ? AND file_id = ?",
                [state, reason, seen, os.fsencode(file.path), *file.stamp],
            )
            if state is State.FAILED:  # what would be found as it is to be found by itself
                db.execute(
                    "UPDATE files INDEXED BY files_paired SET state = 'waiting' WHERE "
                    "companion_of = ? AND companion_kind IN ('raw', 'live') "
                    "AND state = 'indexed' AND content IS NULL",
                    [os.fsencode(file.path)],
                )

    def postpone(self, path: str, reason: str, wait_s: float, stamp: Stamp | None = None) -> None:
        """Leaves a file waiting for a while, with the stamp it has now where that is given."""
        with self.write() as db:
            db.execute(
                "UPDATE files SET reason = ?, attempts = attempts + 1, not_before_s = ? "
                "WHERE path = ?",
                [reason, time.time() + wait_s, os.fsencode(path)],
            )
            if stamp is not None:
                db.execute(
                    "UPDATE files SET size = ?, mtime_ns = ?, file_id = ? WHERE path = ?",
                    [*stamp, os.fsencode(path)],
                )

    def retry(self, paths: Sequence[str]) -> None:
        """Failed files wait again: these, or all."""
        with self.write() as db:
            again = (
                "UPDATE files SET state = 'waiting', attempts = 0, not_before_s = 0 "
                "WHERE folder IN (SELECT id FROM folders) AND state = 'failed' AND size IS NOT NULL"
            )
            if not paths:
                db.execute(again)
            db.executemany(f"{again} AND path = ?", [[os.fsencode(path)] for path in paths])

    def derived(self, space: str, source: str, rows: Mapping[str, int]) -> None:
        """The commit point of contents whose rows of `space` were made from those of `source`.

        What has no rows there any more, though it should, is not in `source`.
        """
        with self.write() as db:
            for content, count in rows.items():
                if not count:
                    db.execute(
                        "DELETE FROM indexed WHERE content = ? AND space = ? AND rows > 0",
                        [content, source],
                    )
                db.execute(
                    "INSERT OR REPLACE INTO indexed SELECT content, ?, ? FROM indexed "
                    "WHERE content = ? AND space = ?",
                    [space, count, content, source],
                )

    def expect(self, space: str, stored: Collection[str]) -> set[str]:
        """Squares the catalog with what a store really holds; gives rows' contents nobody knows.

        Files whose content has no rows in `space` wait again.
        """
        known = {
            c
            for (c,) in self.read(
                "SELECT content FROM indexed WHERE space = ? AND rows > 0", [space]
            )
        }
        with self.write() as db:
            db.executemany(
                "DELETE FROM indexed WHERE content = ? AND space = ?",
                [[content, space] for content in known - set(stored)],
            )
            db.execute(
                "UPDATE files SET state = 'waiting' WHERE state = 'indexed' "
                "AND content IS NOT NULL "
                "AND content NOT IN (SELECT content FROM indexed WHERE space = ?)",
                [space],
            )
        return set(stored) - known

    def forget_orphans(self) -> set[str]:
        """Drops contents that no file has held for a day; gives them, for the store to forget."""
        with self.write() as db:
            db.execute(
                "UPDATE contents SET orphaned_s = ? "  # noqa: S608  # a constant
                f"WHERE orphaned_s IS NULL AND {ORPHANED}",
                [time.time()],
            )
            return drop_orphans(db, older_than_s=time.time() - KEPT_S)
