"""One space in LanceDB: how its rows are written and asked for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop import folding
from nova_desktop.errors import NeedsUser
from nova_desktop.folding import stands
from nova_desktop.model import Near, Row, RowFilter
from nova_desktop.stores import lance_mending, lance_rows, lance_words
from nova_desktop.stores.exact import ExactRows, near_of, row_of
from nova_desktop.stores.lance_errors import DAMAGED
from nova_desktop.stores.lance_known import Known
from nova_desktop.stores.lance_memory import Memory
from nova_desktop.stores.lance_rows import listed, row_id
from nova_desktop.stores.lance_scratch import scratch
from nova_desktop.stores.lance_settled import Settled, open_ended
from nova_desktop.stores.lance_upkeep import Upkeep
from nova_desktop.stores.terms import question_terms, sure_terms

_MANY_ROWS = 500  # put at once: from here on it is worth knowing which contents are there
_LONGEST_LIST = 4_096  # contents named in one filter: 40 ms, and in proportion

log = logging.getLogger(__name__)


class LanceTable:
    """Any thread may call anything; those that write take turns."""

    def __init__(
        self, folder: Path, table: Any, exact_bytes: int, reopen: Callable[[], Any]
    ) -> None:
        """`reopen` gives another handle of the table."""
        if (table.schema.metadata or {}).get(lance_rows.SCHEMA_KEY) != lance_rows.SCHEMA:
            raise NeedsUser(
                f"The index in {folder} was written by another version of Nova Desktop: update "
                "the program, or move that folder away to have everything indexed again."
            )
        self._folder = folder
        self._table = table
        self._writing = threading.RLock()  # held by whoever writes
        self._dim: int = table.schema.field("vector").type.list_size
        self._upkeep = Upkeep(folder, table)
        exact_rows, own = exact_bytes // (4 * self._dim), folder / f"{table.name}.lance"
        self._memory = Memory(own, table, reopen, self._dim, exact_rows)
        self._keyed = self._words_indexed = False
        self._known: Known | None = None  # since many rows were put at once

    # Writing

    def put(self, rows: Sequence[Row]) -> None:
        unique = list({(row.content, row.number): row for row in rows}.values())
        data = lance_rows.to_arrow(unique, self._dim)
        with self._write() as memories:
            if not self._keyed:
                self._upkeep.make_key()
                self._keyed = True
            if self._is_new(unique):
                self._table.add(data)
            else:
                self._merge(unique, data)
            if memories:
                vectors = lance_rows.to_vectors(data, self._dim)
                nears = [near_of(row) for row in unique]
                for memory in memories:
                    memory.put(nears, vectors)
            if not self._words_indexed:
                self._upkeep.index_words()
                self._words_indexed = True
        self._upkeep.committed()

    def _is_new(self, rows: Sequence[Row]) -> bool:
        """Whether nothing of their contents is there for sure; from now on it may be."""
        if self._known is None:
            if len(rows) < _MANY_ROWS:
                return False
            self._known = Known(self._table)
        contents = {row.content for row in rows}
        new = not self._known.any(contents)
        self._known.add(contents)
        return new

    def _merge(self, rows: Sequence[Row], data: Any) -> None:
        kept = listed(row_id(row.content, row.number) for row in rows)
        contents = listed({row.content for row in rows})
        # The new rows first: a crash between the two commits leaves rows too many, until this
        # put, which was not acknowledged, is repeated. The other order could lose some. One
        # commit for both (when_not_matched_by_source_delete) reads the whole table each time.
        merge = self._table.merge_insert("id")
        with scratch(self._folder):
            merge.when_matched_update_all().when_not_matched_insert_all().execute(data)
        older = f"content IN ({contents}) AND id NOT IN ({kept})"
        if self._table.count_rows(older):  # removing none would be a commit as well
            self._table.delete(older)

    def forget(self, contents: Collection[str]) -> None:
        every = list(contents)
        with self._write() as memories:
            for at in range(0, len(every), _LONGEST_LIST):
                some = listed(every[at : at + _LONGEST_LIST])
                self._table.delete(f"content IN ({some})")
            for memory in memories:
                memory.remove(every)
        self._upkeep.committed()

    def maintain(self, stopped: bool) -> bool:
        """True when files were removed: the handle is to be renewed, as it keeps them open."""
        with self._write():
            before = self._table.version
            removed = self._upkeep.run(stopped)
            if not self._table.count_rows():
                self._words_indexed = False
            moved = self._table.version != before
            if moved or self._memory.due:
                self._memory.settle(moved)
            if stopped:
                self._memory.rest()
        return removed

    def renew(self, table: Any) -> None:
        """Goes on with a newly opened handle; readers that are in the middle end with the old."""
        with self._writing:
            self._table = table
            self._upkeep.renew(table)
            self._memory.renew(table)

    def compact(self) -> None:
        with self._write():
            self._upkeep.compact()
            self._memory.settle()
            self._memory.rest()

    def check(self) -> None:
        """Reads every row; raises one of DAMAGED where something is not as it was written."""
        lance_mending.check(self._table, self._dim)

    def readable(self) -> Iterator[list[Row]]:
        """All rows but those that can't be read, some at a time."""
        return lance_mending.readable(self._table, self._dim)

    def index_again(self) -> None:
        """Makes every index anew, of the rows: nothing tells whether one is damaged."""
        with self._write():
            self._memory.forget_saved()
            self._upkeep.index_again()
            self._memory.settle()
            self._memory.rest()

    @contextmanager
    def _write(self) -> Iterator[list[ExactRows | Settled]]:
        """Gives what is in memory and equals the table now, to be changed like it."""
        with self._writing, self._memory.changing() as memories:
            yield memories
            if self._memory.full:
                self._memory.settle(moved=False)

    # Asking

    def count(self) -> int:
        return int(self._table.count_rows())

    def rows(self, content: str, limit: int) -> list[Row]:
        return self.rows_of([content])[:limit]

    def rows_of(self, contents: Collection[str]) -> list[Row]:
        """By content and number."""
        query = self._table.search().where(f"content IN ({listed(contents)})")
        found = query.select([*lance_rows.NEAR_COLUMNS, "vector"]).to_arrow()
        vectors = lance_rows.to_vectors(found, self._dim) if len(found) else ()
        rows = [row_of(*one) for one in zip(lance_rows.to_nears(found), vectors, strict=True)]
        return sorted(rows, key=lambda row: (row.content, row.number))

    def contents(self) -> set[str]:
        return set(self._table.search().select(["content"]).to_arrow()["content"].to_pylist())

    def nearest(self, vector: NDArray[np.float32], limit: int, where: RowFilter) -> list[Near]:
        return self._memory.nearest(vector, limit, where)

    def matching(self, words: str, limit: int, where: RowFilter) -> list[Near]:
        wanted = question_terms(words)
        if not wanted:
            return []
        return _within(where, limit, lambda some, most: self._words(wanted, most, some))

    def holding(self, phrase: str, where: RowFilter) -> list[Near]:
        wanted, held = question_terms(phrase), folding.phrase(phrase)
        most = self.count()
        if not wanted or not most:
            return []
        few = where.contents is None or len(where.contents) <= _LONGEST_LIST
        sure = sure_terms(wanted)
        inside = where if few else open_ended(where)
        found = self._words(sure or wanted, most, inside, every=bool(sure))
        return [
            near
            for near in found
            if (where.contents is None or near.content in where.contents)
            and stands(near.words, held)
        ]

    def _words(
        self, wanted: Sequence[str], limit: int, where: RowFilter, every: bool = False
    ) -> list[Near]:
        if (known := self._memory.settled()) is not None:
            try:
                found = known.words(wanted, limit, where, every)
            except DAMAGED as e:
                log.debug("the table as it was can't be asked any more: %s", e)
                found = None
            if found is not None:
                return found
        if every:
            return lance_words.by_terms(self._table, wanted, limit, where, every)
        return lance_words.best(self._table, wanted, limit, where)


def _within(
    where: RowFilter, limit: int, ask: Callable[[RowFilter, int], list[Near]]
) -> list[Near]:
    """Up to `limit` answers that pass; `ask` takes a filter and how many at most.

    Naming contents costs 10 µs each, and an answer that is left out afterwards 40 µs. So very many
    contents, of which many an answer is one, are looked for among more answers first, for half of
    what naming them costs.
    """
    if where.contents is not None and len(where.contents) > max(_LONGEST_LIST, 16 * limit):
        most = max(4 * limit, min(16 * limit, len(where.contents) // 8))
        found = ask(open_ended(where), most)
        passing = [near for near in found if near.content in where.contents]
        if len(passing) >= limit or len(found) < most:
            return passing[:limit]
    return ask(where, limit)
