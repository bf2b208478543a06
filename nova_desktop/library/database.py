"""One SQLite file in WAL mode: a connection that writes, and some that read."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nova_desktop.errors import REPAIR, ExpectedError, NeedsUser, TryLater
from nova_desktop.library.naming import prepare
from nova_desktop.library.schema import migrate

READERS_S = 1.0  # for readers to end when it is closed
WRITING_KIB = 64 << 10  # of pages in memory: else large changes write the same ones many times
WAL_BYTES = 64 << 20  # what is left of the log on disk after a large transaction


class Database:
    """Used from any thread; writers wait for one another. TryLater once it is closed.

    What is indexed is written by the indexer's thread alone. What was paid for and sent is written
    by the thread that did it, before it goes on.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._free: list[sqlite3.Connection] = []  # for reading; as many as read at once
        self._lock = threading.Condition()  # around what is here
        self._reading = 0
        self._writing = threading.Lock()
        self._closed = False
        self._changes = 0  # transactions since it was opened: what was read before one may be old
        with sqlite_errors(file):
            _make(file)
            self._db = self._connect()
            try:
                self._db.execute(f"PRAGMA cache_size = -{WRITING_KIB}")
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute(f"PRAGMA journal_size_limit = {WAL_BYTES}")
                migrate(self._db, file)
            except BaseException:
                self._db.close()
                raise

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(
            self._file, isolation_level=None, check_same_thread=False, timeout=30.0
        )
        prepare(db)
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA secure_delete = ON")  # names of what was forgotten are gone
        db.execute("PRAGMA synchronous = NORMAL")  # with WAL: consistent after a power cut
        return db

    def close(self) -> None:
        """Readers that are in the middle are waited for, for a moment.

        The last connection that is closed writes SQLite's log into the file.
        """
        with self._lock:
            self._closed = True
            self._lock.wait_for(lambda: not self._reading, READERS_S)
            free, self._free = self._free, []
        with self._writing:
            for db in (*free, self._db):
                db.close()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: whole or not at all."""
        with sqlite_errors(self._file), self._writing:
            self._check_open()
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
                self._changes += 1
            except BaseException:
                if self._db.in_transaction:  # SQLite ends it by itself when the disk is full
                    self._db.execute("ROLLBACK")
                raise

    def copy(self, file: Path) -> None:
        """Writes the database as it is now into a new file, for the user alone."""
        _make(file)
        with sqlite_errors(file), self._reader() as db:
            copy = sqlite3.connect(file)
            try:
                db.backup(copy)
            finally:
                copy.close()

    def compact(self) -> None:
        """Gives what was forgotten back to the disk. Writers wait meanwhile; not in `write`."""
        with sqlite_errors(self._file), self._writing:
            self._check_open()
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _check_open(self) -> None:
        if self._closed:
            raise TryLater("The library is closing. Start Nova Desktop again.")

    @property
    def changes(self) -> int:
        """Another number after every change: what was read under this one holds under it."""
        return self._changes

    def read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with sqlite_errors(self._file), self._reader() as db:
            return db.execute(sql, values).fetchall()

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._check_open()
            db = self._free.pop() if self._free else None
            self._reading += 1
        try:
            if db is None:
                db = self._connect()
                db.execute("PRAGMA query_only = ON")
            yield db
        finally:
            with self._lock:
                self._reading -= 1
                if db is not None and self._closed:
                    db.close()
                elif db is not None:
                    self._free.append(db)
                self._lock.notify_all()


def _make(file: Path) -> None:
    """An empty file for the user alone; SQLite gives the files that it puts beside it the same."""
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as e:
        raise NeedsUser(f"{file} can't be opened: {e.strerror}. Check its permissions.") from e


@contextmanager
def sqlite_errors(file: Path) -> Iterator[None]:
    """SQLite's errors that a user can act on come out as ours; the others are bugs."""
    try:
        yield
    except ExpectedError:
        raise
    except sqlite3.DatabaseError as e:
        code = getattr(e, "sqlite_errorname", "") or ""
        if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            raise NeedsUser(
                f"The disk of {file.parent} is full or failing. Free some space."
            ) from e
        if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            raise NeedsUser(f"{file.parent} can't be written. Check its permissions.") from e
        if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise NeedsUser(
                f"The catalog {file} is damaged. `{REPAIR}` saves what it holds; your "
                "own files are not affected."
            ) from e
        raise
