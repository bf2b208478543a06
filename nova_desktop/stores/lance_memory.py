"""What of a table is in memory, and answers which rows are nearest: all rows while they are few,
else codes of them and what changed since those were made.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Near, RowFilter
from nova_desktop.stores import lance_indexed, lance_rows, lance_saved
from nova_desktop.stores.exact import ExactRows
from nova_desktop.stores.given_back import give_back
from nova_desktop.stores.lance_errors import DAMAGED, meaning
from nova_desktop.stores.lance_indexed import Indexed, Making
from nova_desktop.stores.lance_settled import Settled, by_lancedb

_CODED_ROWS = 1_000  # below, looking at every row is as fast
_CODED_PART = 0.8  # of the rows that fit in memory: codes are there before they are needed
_MOST_READ = 10_000  # vectors, for a question that finds older codes than the table: 1 s
_MORE_SAVED = 1.25  # times as many rows as are saved: until then only a rest saves them
_AGAIN_S = 60.0  # after which it is looked again for codes that another process saved

log = logging.getLogger(__name__)


class Memory:
    """Any thread may ask. Whoever writes, one at a time, tells it so."""

    def __init__(
        self, folder: Path, table: Any, reopen: Callable[[], Any], dim: int, exact_rows: int
    ) -> None:
        """`folder`: the table's; `reopen` gives another handle of it."""
        self._folder, self._table, self._reopen, self._dim = folder, table, reopen, dim
        self._versions_in = str(folder / "_versions")
        self._exact_rows = exact_rows
        self._coded_rows = max(_CODED_ROWS, int(_CODED_PART * exact_rows))
        self._lock = threading.Lock()  # around what follows
        self._exact: ExactRows | None = None
        self._exact_version = -1  # of the table that `_exact` equals
        self._only_we_write = False  # known from the first write on: one process writes
        self._versions: tuple[list[str], int] = ([], -1)  # files of versions, and the last one
        self._counted = -1, 0  # version, rows
        self._settled: Settled | None = None
        self._saved_rows, self._saved_version = 0, -1  # of the table whose codes are saved
        self._looked_s = -_AGAIN_S  # monotonic, for what is saved

    # Asking

    def nearest(self, vector: NDArray[np.float32], limit: int, where: RowFilter) -> list[Near]:
        with self._lock:
            held = self._held()
        if isinstance(held, ExactRows):
            return held.nearest(vector, limit, where)
        if held is not None:
            try:
                return held.nearest(vector, limit, where)
            except DAMAGED as e:
                # Another process compacted the table; if it is more, what follows fails too.
                log.warning("The table as it was can't be asked any more: %s", e)
        return by_lancedb(self._table, vector, limit, where)

    def settled(self) -> Settled | None:
        """Where the table is asked as it was: as it is now, for what else can be asked of it."""
        with self._lock:
            known = self._settled
            if known is None or self._only_we_write or known.version == self._version():
                return known
            return None

    def _held(self) -> ExactRows | Settled | None:
        if self._only_we_write and (held := self._settled or self._exact) is not None:
            return held  # without what is being written, which nobody was promised yet
        version = self._version()
        if self._counted[0] != version:
            self._counted = version, self._table.count_rows()
        if self._counted[1] > self._exact_rows:
            self._exact = None
            if not self._only_we_write:
                self._take_up(version)
            known = self._settled
            return known if known is not None and known.version == version else None
        if self._exact is None or self._exact_version != version:
            columns = [*lance_rows.NEAR_COLUMNS, "vector"]
            data = self._table.search().select(columns).to_arrow()
            exact = ExactRows(self._dim)
            exact.put(lance_rows.to_nears(data), lance_rows.to_vectors(data, self._dim))
            self._exact, self._exact_version = exact, version
        return self._exact

    def _version(self) -> int:
        """Of the table now; LanceDB takes 0.8 ms to look, and each version has a file."""
        names = os.listdir(self._versions_in)  # noqa: PTH208  # a third of the time of iterdir
        if names != self._versions[0]:
            self._versions = names, self._table.version
        return self._versions[1]

    def _take_up(self, version: int) -> None:
        """What was saved, where it is of this version or nearly so."""
        if self._settled is not None and self._settled.version == version:
            return
        if time.monotonic() - self._looked_s < _AGAIN_S:
            return
        self._looked_s = time.monotonic()
        try:
            indexed = self._saved(self._as_of(version), _MOST_READ)
        except DAMAGED as e:
            log.debug("codes that were saved can't be taken up: %s", e)
            return
        self._settled = Settled(indexed, self._dim) if indexed is not None else None

    # Writing

    @contextmanager
    def changing(self) -> Iterator[list[ExactRows | Settled]]:
        """Gives what is in memory and equals the table now, to be changed like it."""
        with self._lock:
            version = self._table.version
            if self._exact_version != version:
                self._exact = None  # read when another process wrote
            exact = self._exact
            if not self._only_we_write:
                self._take_up(version)
                self._only_we_write = True
                lance_saved.remove_unfinished(self._folder)
            if (known := self._settled) is not None and known.version != version:
                self._settled = None  # another process wrote
            settled = self._settled
        done = False
        try:
            yield [memory for memory in (exact, settled) if memory is not None]
            done = True
        finally:
            self._changed(exact, settled, done)

    def _changed(self, exact: ExactRows | None, settled: Settled | None, done: bool) -> None:
        with self._lock:
            too_many = exact is not None and len(exact) > self._exact_rows
            if not done or too_many or self._exact is not exact:
                self._exact = None  # half written, too many, or read in the middle of this
            elif exact is not None:
                self._exact_version = self._table.version
            if not done:
                self._settled = None
            elif self._settled is not None and self._settled is settled:
                self._settled.version = self._table.version

    @property
    def full(self) -> bool:
        """Whether rows are to be coded before anything else is written."""
        return self._settled is not None and self._settled.full

    @property
    def due(self) -> bool:
        """Whether rows are to be coded."""
        known = self._settled
        if known is None:
            return bool(self._table.count_rows() >= self._coded_rows)
        return known.filling

    def settle(self, moved: bool = True) -> None:
        """Codes all rows, if they are many. Within `changing`.

        `moved`: whether LanceDB may have written rows anew since. Of 1,000,000 rows, with 4,000
        more, 0.7 s where it has not, and 1.6 s where it has; `Making.anew` says what else.
        """
        known, version = self._settled, self._table.version
        if (rows := self._table.count_rows()) < self._coded_rows:
            self.forget_saved()
            return
        try:
            indexed = self._indexed(known, self._as_of(version), moved)
        except DAMAGED as e:
            if meaning(e, self._folder):
                raise
            # The rows are safe and can be searched; only this is slower until it works.
            log.warning("Could not code the rows, will try again: %s", e)
            self._settled = None
            return
        with self._lock:
            self._exact, self._settled = None, Settled(indexed, self._dim)
        # Those of rows that have other ids now would all be made again after a kill.
        if moved or rows > _MORE_SAVED * self._saved_rows:
            self.rest()

    def rest(self) -> None:
        """Saves the codes, if they are others than those that are saved."""
        if self._settled is None or self._settled.indexed.version == self._saved_version:
            return
        indexed = self._settled.indexed
        try:
            indexed.save(self._folder)
            self._saved_rows, self._saved_version = len(indexed), indexed.version
        except DAMAGED as e:
            log.warning("Could not save the codes, will try again: %s", e)
        give_back()  # what was made of the rows meanwhile, and is free

    def _indexed(self, known: Settled | None, table: Any, moved: bool) -> Indexed:
        if known is None:
            saved = self._saved(table, table.count_rows())
            return saved or Making.of(table, self._folder, self._dim).anew()
        older, changed = known.indexed, known.changed
        if older.version == table.version and not changed:
            return lance_indexed.as_saved(older.saved, table, self._folder, self._dim)
        if not moved:
            some = lance_indexed.grown(older, table, self._folder, self._dim, changed)
            if some is not None:
                return some
        return lance_indexed.renewed(older, table, self._folder, self._dim, changed)

    def _saved(self, table: Any, most: int) -> Indexed | None:
        saved = lance_saved.load(self._folder)
        if saved is None:
            return None
        self._saved_rows, self._saved_version = len(saved.columns), saved.version
        if saved.version == table.version:
            return lance_indexed.as_saved(saved, table, self._folder, self._dim)
        return lance_indexed.taken_up(saved, table, self._folder, self._dim, most)

    def renew(self, table: Any) -> None:
        """Goes on with a newly opened handle; readers that are in the middle end with the old."""
        self._table = table
        if self._settled is not None:
            self.settle()

    def forget_saved(self) -> None:
        """What comes next is made of the rows alone."""
        lance_saved.remove(self._folder)
        self._settled, self._saved_rows, self._saved_version = None, 0, -1

    def _as_of(self, version: int) -> Any:
        table = self._reopen()
        table.checkout(version)
        return table
