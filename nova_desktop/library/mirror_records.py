"""What the catalog knows of the vector bucket: what lies there, and how far that was read."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from itertools import accumulate

import xxhash

from nova_desktop.library.database import Database
from nova_desktop.library.mirror_journal import Entry, Record
from nova_desktop.library.mirror_rows import Version
from nova_desktop.library.questions import slices
from nova_desktop.model import Space
from nova_desktop.sync import Differences, Direction, SyncRun


class MirrorRecords:
    """Any thread; one sync at a time. `place` is the bucket and prefix that all of it is about:
    with another one it begins anew.
    """

    def __init__(self, catalog: Database, place: str, host: str, name: str, seat: str = "") -> None:
        """`host` tells machines apart, so that a data folder that is copied is another one there;
        `name` is what people call this one. `seat` is what of `host` stays when the computer is
        renamed, and differs all the same wherever a copy may lie; "" where nothing does.
        """
        self._catalog, self._place, self._host, self.name = catalog, place, host, name
        self._seat = seat

    @cached_property
    def machine(self) -> str:
        """Who this is in the journal: 16 hexadecimal digits, kept where it has the same seat."""
        if self._seat and self.fact("seat") == self._seat:
            return self.fact("machine")
        with self._catalog.write() as db:
            fresh = uuid.uuid4().hex
            db.execute("INSERT OR IGNORE INTO mirror_facts VALUES ('id', ?)", [fresh])
            machine = xxhash.xxh3_64_hexdigest(f"{_fact(db, 'id')} {self._host}".encode())
            db.executemany(
                "INSERT OR REPLACE INTO mirror_facts VALUES (?, ?)",
                [("machine", machine), ("seat", self._seat)],
            )
        return machine

    def begin(self, spaces: Iterable[Space]) -> None:
        """Before anything else of a sync: forgets what was known of another place."""
        if self.fact("place") != self._place:
            self.reset()
        with self._catalog.write() as db:
            db.execute("INSERT OR REPLACE INTO mirror_facts VALUES ('place', ?)", [self._place])
            _note_spaces(db, spaces)

    def reset(self) -> None:
        """Nothing is known of the bucket any more; what is here of other machines stays."""
        with self._catalog.write() as db:
            for table in ("mirrored", "mirror_stale", "mirror_machines"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608  # constants
            facts = "('place', 'clock', 'last', 'unclaimed')"
            db.execute(f"DELETE FROM mirror_facts WHERE name IN {facts}")  # noqa: S608  # constants

    def is_new(self) -> bool:
        """Nothing was ever read of this place."""
        return self.fact("place") != self._place

    # What was read of the journal

    def read(self) -> dict[str, int]:
        """Machine → the number of its last entry that was read, or written."""
        return dict(self._catalog.read("SELECT machine, read FROM mirror_machines"))

    def machines(self) -> dict[str, str]:
        """Machine → its name."""
        return dict(self._catalog.read("SELECT machine, name FROM mirror_machines ORDER BY name"))

    def fold(self, entries: Sequence[Entry]) -> None:
        """Takes in what these entries say; in any order, and again, it comes to the same."""
        with self._catalog.write() as db:
            clock = int(_fact(db, "clock") or 0)
            for entry in entries:
                _note_spaces(db, entry.spaces)
                for record in entry.records:
                    clock = max(clock, record.clock)
                    _fold(db, entry.machine, record)
                _note_read(db, entry.machine, entry.name, entry.number)
            db.execute("INSERT OR REPLACE INTO mirror_facts VALUES ('clock', ?)", [str(clock)])

    def next_clock(self) -> int:
        """One more than all that was seen, given once."""
        with self._catalog.write() as db:
            clock = int(_fact(db, "clock") or 0) + 1
            db.execute("INSERT OR REPLACE INTO mirror_facts VALUES ('clock', ?)", [str(clock)])
        return clock

    def spaces(self) -> dict[str, Space]:
        rows = self._catalog.read("SELECT name, engine, model, dim, preparation FROM mirror_spaces")
        return {name: Space(*of) for name, *of in rows}

    def versions(self, space: str, contents: Collection[str]) -> dict[str, tuple[Version, str]]:
        """What lies there of these contents, each with its stamp."""
        found: dict[str, tuple[Version, str]] = {}
        for some in slices(list(contents), 500):
            marks = ",".join("?" * len(some))
            rows = self._catalog.read(
                "SELECT content, rows, clock, machine, stamp FROM mirrored "  # noqa: S608  # marks
                f"WHERE space = ? AND stamp <> '' AND content IN ({marks})",
                [space, *some],
            )
            found |= {content: (Version(content, *of), stamp) for content, *of, stamp in rows}
        return found

    def relook(self) -> None:
        """Nothing here counts as compared any more."""
        with self._catalog.write() as db:
            db.execute("UPDATE mirrored SET changed = changed + 1")

    # Changes, each before or after what it stands for

    def watch(self, space: str, contents: Sequence[str]) -> dict[str, int]:
        """Before their rows are read: from now on it is counted how often they are recorded.

        Gives how often each was until now, which `pushed` and `adopted` take.
        """
        with self._catalog.write() as db:
            db.executemany(
                "INSERT OR IGNORE INTO mirrored (content, space, stamp, rows, clock, machine) "
                "VALUES (?, ?, '', 0, 0, '')",
                [(content, space) for content in contents],
            )
            found: dict[str, int] = {}
            for some in slices(contents, 500):
                marks = ",".join("?" * len(some))
                rows = db.execute(
                    "SELECT content, changed FROM mirrored "  # noqa: S608  # marks only
                    f"WHERE space = ? AND content IN ({marks})",
                    [space, *some],
                )
                found |= dict(rows.fetchall())
        return found

    def pushing(self, space: str, versions: Sequence[Version]) -> None:
        """Before they are put: they may lie there, and do not count until they are `pushed`."""
        with self._catalog.write() as db:
            _stale(db, space, versions)

    def pushed(self, entries: Sequence[Entry], changes: Mapping[tuple[str, str], int]) -> None:
        """After these entries of this machine were written: they count from now on.

        `changes`: (space, content) → what `watch` gave of it.
        """
        me = self.machine
        with self._catalog.write() as db:
            for entry in entries:
                for one in entry.records:
                    _fold(db, me, one)
                    # What was recorded meanwhile is not what was pushed.
                    db.execute(
                        "UPDATE mirrored SET base = stamp, changed = changed - ? "
                        "WHERE content = ? AND space = ? AND clock = ? AND machine = ?",
                        [
                            *(changes.get((one.space, one.content), 0), one.content, one.space),
                            *(one.clock, me),
                        ],
                    )
                    # It counts as this machine's now, and is taken away when it is gone here.
                    db.execute("DELETE FROM elsewhere WHERE content = ?", [one.content])
                _note_read(db, me, self.name, entry.number)

    def adopted(self, space: str, changes: Mapping[str, int], stamps: Mapping[str, str]) -> None:
        """The rows here have these stamps; where that is the one there, both are the same."""
        me = self.machine
        with self._catalog.write() as db:
            db.executemany(
                "UPDATE mirrored SET base = ?, changed = changed - ? "
                "WHERE content = ? AND space = ? AND stamp = ?",
                [
                    (stamp, changes.get(content, 0), content, space, stamp)
                    for content, stamp in stamps.items()
                ],
            )
            # What another machine pushed is elsewhere, too, when its file here is gone.
            db.executemany(
                "INSERT OR IGNORE INTO elsewhere SELECT m.content, m.machine, '', x'' "
                "FROM mirrored m WHERE m.content = ? AND m.space = ? AND m.machine <> ? "
                "AND EXISTS (SELECT 1 FROM contents c WHERE c.content = m.content)",
                [(content, space, me) for content in stamps],
            )

    def stale(self, versions: int, rows: int) -> list[tuple[str, Version]]:
        """(space, version) of what may lie there and does not count; also of pushes under way.

        So many at most, of so many rows together, but one always.
        """
        read = self._catalog.read(
            "SELECT space, content, rows, clock, machine FROM mirror_stale LIMIT ?", [versions]
        )
        found = [(space, Version(*of)) for space, *of in read]
        ends = accumulate(version.rows for _, version in found)
        return [
            one
            for at, (one, end) in enumerate(zip(found, ends, strict=True))
            if not at or end <= rows
        ]

    def abandoned(self, versions: Iterable[tuple[str, Version]]) -> None:
        """(space, version) that nobody will ever claim: stale from now on."""
        with self._catalog.write() as db:
            for space, version in versions:
                _stale(db, space, [version])

    def removed(self, versions: Iterable[tuple[str, Version]]) -> None:
        """They lie there no more."""
        with self._catalog.write() as db:
            db.executemany(
                "DELETE FROM mirror_stale WHERE content = ? AND space = ? AND clock = ? "
                "AND machine = ?",
                [(one.content, space, one.clock, one.machine) for space, one in versions],
            )

    def own_count(self) -> int:
        """How much of what this machine wrote still counts."""
        rows = self._catalog.read(
            "SELECT COUNT(*) FROM mirrored WHERE machine = ? AND clock > 0", [self.machine]
        )
        return int(rows[0][0])

    def own(self, most: int) -> Iterator[list[Record]]:
        """That, so many at a time."""
        after = ("", "")
        while rows := self._catalog.read(
            "SELECT space, content, stamp, rows, clock FROM mirrored WHERE machine = ? "
            "AND clock > 0 AND (content, space) > (?, ?) ORDER BY content, space LIMIT ?",
            [self.machine, *after, most],
        ):
            yield [Record(*of) for of in rows]
            after = (rows[-1][1], rows[-1][0])

    def last(self) -> SyncRun | None:
        text = self.fact("last")
        if not text:
            return None
        said = json.loads(text)
        done = Differences(**said.pop("done"))
        return SyncRun(**{**said, "direction": Direction(said["direction"]), "done": done})

    def note_run(self, run: SyncRun) -> None:
        self.note("last", json.dumps(asdict(run)))

    def note(self, name: str, value: str) -> None:
        with self._catalog.write() as db:
            db.execute("INSERT OR REPLACE INTO mirror_facts VALUES (?, ?)", [name, value])

    def fact(self, name: str) -> str:
        rows = self._catalog.read("SELECT value FROM mirror_facts WHERE name = ?", [name])
        return str(rows[0][0]) if rows else ""


def _fold(db: sqlite3.Connection, machine: str, record: Record) -> None:
    """One record of a machine's journal; what it takes the place of, or what comes too late, is
    stale. Whoever pushed it may never sync again, so that anyone removes it.
    """
    new = Version(record.content, record.rows, record.clock, machine)
    row = db.execute(
        "SELECT rows, clock, machine, stamp FROM mirrored WHERE content = ? AND space = ?",
        [record.content, record.space],
    ).fetchone()
    old = Version(record.content, *row[:3]) if row and row[1] else None
    if old and (old.clock, old.machine) >= (new.clock, new.machine):
        if old != new and record.stamp:
            _stale(db, record.space, [new])
        return
    if old and row[3]:
        _stale(db, record.space, [old])
    db.execute(
        "INSERT INTO mirrored (content, space, stamp, rows, clock, machine) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET stamp = excluded.stamp, "
        "rows = excluded.rows, clock = excluded.clock, machine = excluded.machine",
        [record.content, record.space, record.stamp, record.rows, record.clock, machine],
    )
    db.execute(
        "DELETE FROM mirror_stale WHERE content = ? AND space = ? AND clock = ? AND machine = ?",
        [record.content, record.space, record.clock, machine],
    )


def _stale(db: sqlite3.Connection, space: str, versions: Iterable[Version]) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO mirror_stale VALUES (?, ?, ?, ?, ?)",
        [(one.content, space, one.rows, one.clock, one.machine) for one in versions],
    )


def _note_read(db: sqlite3.Connection, machine: str, name: str, number: int) -> None:
    db.execute(
        "INSERT INTO mirror_machines VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET "
        "name = excluded.name, read = MAX(read, excluded.read)",
        [machine, name, number],
    )


def _note_spaces(db: sqlite3.Connection, spaces: Iterable[Space]) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO mirror_spaces VALUES (?, ?, ?, ?, ?)",
        [(one.name, one.engine, one.model, one.dim, one.preparation) for one in spaces],
    )


def _fact(db: sqlite3.Connection, name: str) -> str:
    row = db.execute("SELECT value FROM mirror_facts WHERE name = ?", [name]).fetchone()
    return str(row[0]) if row else ""
