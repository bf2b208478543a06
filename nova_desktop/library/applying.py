"""What the catalog says of a subtree, made equal to what is on the disk."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from nova_desktop.errors import Stopped
from nova_desktop.library.browsing import Browsing
from nova_desktop.library.leaving import keep, left_out
from nova_desktop.library.naming import name_of
from nova_desktop.library.plan import Plan
from nova_desktop.library.questions import below, slices
from nova_desktop.model import Stamp, State

# The path says more than the folder: `+` keeps SQLite from going through the whole folder.
# One range, because SQLite goes through a partial index whole when it is given an OR alone.
INSIDE = "+folder = ? AND path >= ? AND path < ? AND (path = ? OR path > ?)"
ENCODING, ERRORS = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()


class Applying(Browsing):
    """The part of Catalog that a look at the disk writes; as it says there."""

    def stamps(self, root: int, under: str) -> dict[str, tuple[int, int, int]]:
        """Of every file at or below `under` that was seen there and not excluded by a rule."""
        rows = self.read(
            f"SELECT path, size, mtime_ns, file_id FROM files WHERE {INSIDE} AND size IS NOT NULL",  # noqa: S608  # a constant
            _inside(root, under),
        )
        # Stamps as plain tuples, which are equal to Stamps and made in a third of the time.
        return {row[0].decode(ENCODING, ERRORS): row[1:] for row in rows}

    def apply(
        self,
        root: int,
        under: str,
        plan: Plan,
        disk: Mapping[str, Stamp],
        aside: Mapping[str, tuple[State, str]],
        companions: Mapping[str, tuple[str, str]],
        beside: Collection[str] = (),
        stopped: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Makes the recorded subtree equal to the disk; True when that changed anything.

        `aside`: what is counted but never read, with its state and reason. `companions`: path →
        (primary, kind), of the subtree and of the files `beside` it. Raises Stopped, with nothing
        changed, when `stopped` says so.
        """
        known_aside = {
            os.fsdecode(path): (State(state), reason)
            for path, state, reason in self.read(
                "SELECT path, state, reason FROM files INDEXED BY files_aside "  # noqa: S608  # a constant
                f"WHERE {INSIDE} AND size IS NULL",
                _inside(root, under),
            )
        }
        pairs = self._pairs_to_change(root, under, plan, disk, companions, beside)
        if not plan and known_aside == aside and not pairs:
            return False
        with self.write() as db:
            keep(db, root, left_out(plan.forget, aside))
            _delete(db, [*plan.forget, *(known_aside.keys() - aside.keys())])
            for old, new in plan.move:
                _delete(db, [new])
                db.execute(
                    "UPDATE files SET path = ?1, name = name_key(?1), ending = ending_of(?1), "
                    "folder = ?2 WHERE path = ?3",
                    [os.fsencode(new), root, os.fsencode(old)],
                )
                db.execute(
                    "UPDATE names SET name = ? WHERE rowid = (SELECT id FROM files WHERE path = ?)",
                    [name_of(os.fsencode(new)), os.fsencode(new)],
                )
            for some in slices(plan.index, 5000):
                if stopped():
                    raise Stopped
                _index(db, root, [(path, disk[path]) for path in some])
            for path, (state, reason) in aside.items():
                if known_aside.get(path) != (state, reason):
                    db.execute(
                        "INSERT INTO files (folder, path, state, reason) VALUES (?, ?, ?, ?) "
                        "ON CONFLICT (path) DO UPDATE SET size = NULL, state = excluded.state, "
                        "reason = excluded.reason, content = NULL",
                        [root, os.fsencode(path), state, reason],
                    )
            db.executemany(
                # What it is found as has changed, so it is looked at again.
                "UPDATE files SET companion_of = ?, companion_kind = ?, state = 'waiting' "
                "WHERE path = ? AND size IS NOT NULL",
                [
                    (primary and os.fsencode(primary), kind, os.fsencode(path))
                    for path, (primary, kind) in pairs.items()
                ],
            )
        return True

    def _pairs_to_change(
        self,
        root: int,
        under: str,
        plan: Plan,
        disk: Collection[str],
        companions: Mapping[str, tuple[str, str]],
        beside: Collection[str],
    ) -> dict[str, tuple[str | None, str]]:
        """Path → (primary, kind) of those that are recorded otherwise; None: of no other."""
        columns = "SELECT path, companion_of, companion_kind FROM files"
        rows = self.read(
            f"{columns} INDEXED BY files_paired WHERE {INSIDE} AND companion_of IS NOT NULL",
            _inside(root, under),
        )
        known_beside = set()
        for some in slices(sorted(beside), 500):
            marks = ",".join("?" * len(some))
            found = self.read(
                f"{columns} WHERE path IN ({marks}) AND size IS NOT NULL",
                [os.fsencode(path) for path in some],
            )
            known_beside |= {os.fsdecode(path) for path, _, _ in found}
            rows += [row for row in found if row[1] is not None]
        known = {os.fsdecode(path): (os.fsdecode(primary), kind) for path, primary, kind in rows}
        moved = dict(plan.move)
        known = {moved.get(path, path): pair for path, pair in known.items()}
        wanted = {
            path: pair
            for path, pair in companions.items()
            if path not in beside or path in known_beside
        }
        return {
            path: wanted.get(path, (None, ""))
            for path in wanted.keys() | known.keys()
            # Of what was not listed nothing is known now, and what is gone has no row any more.
            if (path in disk or path in known_beside) and wanted.get(path) != known.get(path)
        }


def _inside(root: int, under: str) -> list[object]:
    path, (start, end) = os.fsencode(under), below(under)
    return [root, path, end, path, start]


def _index(db: sqlite3.Connection, root: int, files: Sequence[tuple[str, Stamp]]) -> None:
    """These are to be indexed; those that are new get a row, and a name to be found by."""
    (last,) = db.execute("SELECT COALESCE(MAX(id), 0) FROM files").fetchone()
    db.executemany(
        "INSERT INTO files (folder, path, name, ending, size, mtime_ns, file_id, state) "
        "VALUES (?1, ?2, name_key(?2), ending_of(?2), ?3, ?4, ?5, 'waiting') "
        "ON CONFLICT (path) DO UPDATE SET name = excluded.name, ending = excluded.ending, "
        "folder = excluded.folder, size = excluded.size, mtime_ns = excluded.mtime_ns, "
        "file_id = excluded.file_id, state = 'waiting', reason = '', attempts = 0, "
        "not_before_s = 0",
        [(root, os.fsencode(path), *stamp) for path, stamp in files],
    )
    db.executemany(
        "INSERT INTO names (rowid, name) VALUES (?, ?)",
        [
            (number, name_of(path))
            for number, path in db.execute("SELECT id, path FROM files WHERE id > ?", [last])
        ],
    )


def _delete(db: sqlite3.Connection, paths: Iterable[str]) -> None:
    for path in map(os.fsencode, paths):
        db.execute("DELETE FROM names WHERE rowid = (SELECT id FROM files WHERE path = ?)", [path])
        db.execute("DELETE FROM files WHERE path = ?", [path])
