"""One SQLite file in WAL mode: a connection that writes, and one a thread that reads."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nova_desktop.errors import ExpectedError, NeedsUser
from nova_desktop.library.schema import migrate


class Database:
    """`write` is used from one thread only, `read` from any."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._readers = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()  # around `_open` only
        with sqlite_errors(file):
            self._db = self._connect()
            self._db.execute("PRAGMA journal_mode = WAL")
            migrate(self._db)

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(
            self._file, isolation_level=None, check_same_thread=False, timeout=30.0
        )
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = NORMAL")  # with WAL: consistent after a power cut
        with self._lock:
            self._open.append(db)
        return db

    def close(self) -> None:
        with self._lock:
            while self._open:
                self._open.pop().close()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: whole or not at all."""
        with sqlite_errors(self._file):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with sqlite_errors(self._file):
            db = getattr(self._readers, "db", None)
            if db is None:
                db = self._readers.db = self._connect()
                db.execute("PRAGMA query_only = ON")
            return db.execute(sql, values).fetchall()


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
                f"The catalog {file} is damaged. Move it away and index again; "
                "your own files are not affected."
            ) from e
        raise
