"""The store on this device: LanceDB, one table a space, nothing to install or to run beside it."""

from __future__ import annotations

import logging
import re
import shutil
import threading
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import NeedsUser
from nova_desktop.model import Near, Row, RowFilter, Space
from nova_desktop.stores import lance_codes, lance_import
from nova_desktop.stores.given_back import give_back
from nova_desktop.stores.lance_errors import (
    DAMAGED,
    Unopened,
    lance_errors,
    meaning,
    prepare_place,
)
from nova_desktop.stores.lance_rows import schema
from nova_desktop.stores.lance_table import LanceTable

INDEX_CACHE_BYTES, METADATA_CACHE_BYTES = 512 << 20, 64 << 20  # else LanceDB takes up to 6 GB
GONE = ".removed"  # the ending of a table that is being removed
EXACT_BYTES = 100_000_000  # of vectors in memory: below about 50,000 rows nothing is faster

log = logging.getLogger(__name__)


class LanceStore:
    """Implements Store. One process writes, by any of its threads; others may read meanwhile.

    The folder is made by the first `put`. LanceDB is imported on first use (60 ms, without
    numpy and pyarrow), and must not be forked after that.
    """

    def __init__(self, folder: Path, exact_bytes: int = EXACT_BYTES) -> None:
        self._folder = folder
        self._exact_bytes = exact_bytes
        self._lock = threading.Lock()  # around what follows
        self._database: Any = None
        self._tables: dict[str, LanceTable] = {}

    def put(self, space: Space, rows: Sequence[Row]) -> None:
        if rows:
            table = self._table(space.name) or self._create(space)
            with lance_errors(self._folder):
                table.put(rows)

    def forget(self, contents: Collection[str]) -> None:
        if contents:
            for path in sorted(self._folder.glob("*.lance")):
                if table := self._table(_unescaped(path.stem)):
                    with lance_errors(self._folder):
                        table.forget(contents)

    def nearest(
        self, space: Space, vector: NDArray[np.float32], limit: int, where: RowFilter
    ) -> list[Near]:
        table = self._table(space.name)
        if table is None or limit < 1 or where.contents == frozenset():
            return []
        with lance_errors(self._folder):
            return table.nearest(vector, limit, where)

    def matching(self, space: Space, words: str, limit: int, where: RowFilter) -> list[Near]:
        table = self._table(space.name)
        if table is None or limit < 1 or where.contents == frozenset():
            return []
        with lance_errors(self._folder):
            return table.matching(words, limit, where)

    def holding(self, space: Space, phrase: str, where: RowFilter) -> list[Near]:
        table = self._table(space.name)
        if table is None or where.contents == frozenset():
            return []
        with lance_errors(self._folder):
            return table.holding(phrase, where)

    def rows(self, space: Space, content: str, limit: int) -> list[Row]:
        table = self._table(space.name)
        with lance_errors(self._folder):
            return table.rows(content, limit) if table else []

    def rows_of(self, space: Space, contents: Collection[str]) -> list[Row]:
        table = self._table(space.name)
        with lance_errors(self._folder):
            return table.rows_of(contents) if table and contents else []

    def contents(self, space: Space) -> set[str]:
        table = self._table(space.name)
        with lance_errors(self._folder):
            return table.contents() if table else set()

    def holds(self, space: Space) -> bool:
        """Whether there is a table of it, with or without rows; LanceDB is not asked."""
        return self._place(space.name).is_dir()

    def count(self, space: Space) -> int:
        table = self._table(space.name)
        with lance_errors(self._folder):
            return table.count() if table else 0

    def maintain(self, stopped: bool = False) -> None:
        if stopped:
            self._open_all()
        with self._lock:
            tables = list(self._tables.values())
        removed = False
        for table in tables:
            with lance_errors(self._folder):
                removed |= table.maintain(stopped)
        if removed:
            self._renew()
        if stopped:
            give_back()

    def _open_all(self) -> None:
        """Also the tables that nobody asked yet: what an earlier version left is to be coded."""
        for path in sorted(self._folder.glob("*.lance")):
            try:
                self._table(_unescaped(path.stem))
            except Unopened as e:  # told to whoever asks it
                log.warning("Left as it is: %s", e)

    def _renew(self) -> None:
        """Lets go of files that were removed: a session keeps what it once read open for ever."""
        with self._lock, lance_errors(self._folder):
            self._database = None
            for space, table in self._tables.items():
                table.renew(self._connected().open_table(_escaped(space)))

    def compact(self) -> None:
        for path in sorted(self._folder.glob("*.lance")):
            if table := self._table(_unescaped(path.stem)):
                with lance_errors(self._folder):
                    table.compact()

    def sizes(self) -> dict[str, int]:
        return {
            _unescaped(path.stem): sum(_size(file) for file in path.rglob("*"))
            for path in sorted(self._folder.glob("*.lance"))
        }

    def drop(self, space: str) -> None:
        table = self._place(space)
        with lance_errors(self._folder):
            if table.is_dir():
                with self._lock:
                    self._tables.pop(space, None)
                # By one rename, so that a kill leaves all of it or none.
                table.rename(table.with_suffix(GONE))
            self._renew()
            for gone in self._folder.glob(f"*{GONE}"):  # also what a kill has left
                shutil.rmtree(gone)

    def check(self, space: Space) -> int:
        """How many rows a space has; reads them all, of 100,000 in 1 s. NeedsUser for damage, and
        where many rows can't be asked as fast as they should."""
        lance_codes.check()
        table = self._table(space.name)
        if table is None:
            return 0
        with lance_errors(self._folder):
            table.check()
            return table.count()

    def broken(self) -> dict[str, Path]:
        """The spaces of which not all rows are as they were written, each with its folder.

        Reads all of them. Raises NeedsUser where that is not the table's fault: no permission, a
        failing disk.
        """
        found = {}
        for path in sorted(self._folder.glob("*.lance")):
            space = _unescaped(path.stem)
            try:
                if table := self._table(space):
                    table.check()
            except Unopened:
                found[space] = path
            except DAMAGED as e:
                if sentence := meaning(e, self._folder):
                    raise NeedsUser(sentence) from e
                found[space] = path
        return found

    def readable(self, space: str) -> Iterator[list[Row]]:
        """What can be read of a damaged space, some rows at a time; nothing of one that does not
        open."""
        try:
            table = self._table(space)
        except Unopened:
            return
        if table:
            yield from table.readable()

    def index_again(self) -> None:
        """Makes the indexes of every space anew."""
        for path in sorted(self._folder.glob("*.lance")):
            if table := self._table(_unescaped(path.stem)):
                with lance_errors(self._folder):
                    table.index_again()

    def close(self) -> None:
        with self._lock:
            self._tables.clear()
            self._database = None

    def _place(self, space: str) -> Path:
        return self._folder / f"{_escaped(space)}.lance"

    def _table(self, space: str) -> LanceTable | None:
        """The table of a space, or None while it has none."""
        with self._lock:
            if space not in self._tables:
                if not self._place(space).is_dir():
                    return None
                name = _escaped(space)
                with lance_errors(self._folder, opening=True):
                    opened = self._connected().open_table(name)
                    self._tables[space] = self._kept(name, opened)
            return self._tables[space]

    def _create(self, space: Space) -> LanceTable:
        with self._lock, lance_errors(self._folder):
            if made := self._tables.get(space.name):
                return made  # by another thread, just now
            prepare_place(self._folder)
            created = self._connected().create_table(
                _escaped(space.name), schema=schema(space.dim), exist_ok=True
            )
            self._tables[space.name] = self._kept(_escaped(space.name), created)
            return self._tables[space.name]

    def _kept(self, name: str, table: Any) -> LanceTable:
        return LanceTable(
            self._folder, table, self._exact_bytes, lambda: self._connected().open_table(name)
        )

    def _connected(self) -> Any:
        if self._database is None:
            lancedb = lance_import.lancedb()
            self._database = lancedb.connect(
                self._folder,
                # A handle that is not told to look is silently wrong after any other's write.
                read_consistency_interval=timedelta(0),
                session=lancedb.Session(
                    index_cache_size_bytes=INDEX_CACHE_BYTES,
                    metadata_cache_size_bytes=METADATA_CACHE_BYTES,
                ),
            )
        return self._database


def _size(file: Path) -> int:
    """0 for what went away meanwhile."""
    try:
        return file.stat().st_size if file.is_file() else 0
    except FileNotFoundError:
        return 0


def _escaped(space: str) -> str:
    """A name that LanceDB takes, different for different spaces."""
    return re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}_", space)


def _unescaped(name: str) -> str:
    return re.sub(r"_([0-9a-f]+)_", lambda found: chr(int(found[1], 16)), name)
