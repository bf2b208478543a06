"""What the user chose for watched folders: patterns, hours, pauses, and single things left out."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from nova_desktop.folders import Exclusion, FolderRules, When
from nova_desktop.library.database import Database
from nova_desktop.library.questions import below
from nova_desktop.library.taking_over import carried
from nova_desktop.schedules import schedule_of, written


class Choices:
    """Kept in the catalog, and in memory to be asked for every file. Any thread."""

    def __init__(self, catalog: Database, clock: Callable[[], float] = time.time) -> None:
        self._catalog, self._clock = catalog, clock
        self._lock = threading.Lock()
        self._rules: Mapping[str, FolderRules] = {}
        self._left_out: Mapping[str, Exclusion] = {}
        self.read()

    def of(self, root: str) -> FolderRules:
        """What was chosen for a watched folder; the defaults where nothing was."""
        return self._rules.get(root) or FolderRules(Path(root))

    @property
    def left_out(self) -> Mapping[str, Exclusion]:
        """Files and folders left out by hand, by their paths and in order of them."""
        return self._left_out

    def choose(self, rules: FolderRules) -> None:
        self._write(
            lambda db: db.execute(
                "INSERT OR REPLACE INTO folder_rules (path, ignored, schedule, paused) "
                "VALUES (?, ?, ?, ?)",
                [
                    os.fsencode(rules.path),
                    json.dumps(rules.ignore),
                    written(rules.schedule),
                    rules.paused,
                ],
            )
        )

    def pause(self, root: str, paused: bool) -> None:
        self.choose(replace(self.of(root), paused=paused))

    def leave_out(self, places: Mapping[str, bool]) -> None:
        """Path → whether it is a folder."""
        now = self._clock()
        self._write(
            lambda db: db.executemany(
                "INSERT OR IGNORE INTO left_out VALUES (?, ?, ?)",
                [(os.fsencode(path), now, folder) for path, folder in places.items()],
            )
        )

    def take_back(self, paths: Iterable[str]) -> None:
        self._write(
            lambda db: db.executemany(
                "DELETE FROM left_out WHERE path = ?", [[os.fsencode(path)] for path in paths]
            )
        )

    def take_over(self, outer: str, inner: str) -> bool:
        """What was chosen for `inner` counts on in `outer`, which is watched in its place.

        But for its hours and its pause, which only a watched folder has: True where it had some.
        """
        before = self.of(inner)
        lines = carried(before.ignore, Path(outer), Path(inner))
        if lines:
            rules = self.of(outer)
            self.choose(replace(rules, ignore=(*rules.ignore, *lines)))
        self._write(
            lambda db: db.execute("DELETE FROM folder_rules WHERE path = ?", [os.fsencode(inner)])
        )
        return before.paused or before.schedule.when is not When.ALWAYS

    def forget(self, root: str) -> None:
        """A folder that is added again begins anew."""

        def delete(db: sqlite3.Connection) -> None:
            for table in ("folder_rules", "left_out"):
                db.execute(
                    f"DELETE FROM {table} WHERE path = ? OR path > ? AND path < ?",  # noqa: S608  # constants
                    [os.fsencode(root), *below(root)],
                )

        self._write(delete)

    def _write(self, write: Callable[[sqlite3.Connection], object]) -> None:
        with self._lock:
            with self._catalog.write() as db:
                write(db)
            self.read()

    def read(self) -> None:
        """Once more, after the catalog was changed by another."""
        rows = self._catalog.read("SELECT path, ignored, schedule, paused FROM folder_rules")
        self._rules = {
            os.fsdecode(path): FolderRules(
                Path(os.fsdecode(path)), tuple(json.loads(ignored)), schedule_of(when), bool(paused)
            )
            for path, ignored, when, paused in rows
        }
        rows = self._catalog.read("SELECT path, at_s, is_folder FROM left_out ORDER BY path")
        self._left_out = {
            os.fsdecode(path): Exclusion(Path(os.fsdecode(path)), at_s, bool(folder))
            for path, at_s, folder in rows
        }
