"""One space in LanceDB: how its rows are written and asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop import folding
from nova_desktop.errors import NeedsUser
from nova_desktop.folding import holds
from nova_desktop.model import Near, Row, RowFilter
from nova_desktop.stores import lance_index, lance_rows
from nova_desktop.stores.exact import ExactRows, near_of, row_of
from nova_desktop.stores.lance_rows import condition, listed, row_id
from nova_desktop.stores.lance_upkeep import Upkeep
from nova_desktop.stores.terms import question_terms

_LONGEST_LIST = 4_096  # contents named in one filter: 40 ms, and in proportion


class LanceTable:
    """`put`, `forget` and `maintain` from one thread; the others from any, meanwhile."""

    def __init__(self, folder: Path, table: Any, exact_bytes: int) -> None:
        if (table.schema.metadata or {}).get(lance_rows.SCHEMA_KEY) != lance_rows.SCHEMA:
            raise NeedsUser(
                f"The index in {folder} was written by another version of Nova Desktop: update "
                "the program, or move that folder away to have everything indexed again."
            )
        self._table = table
        self._dim: int = table.schema.field("vector").type.list_size
        self._exact_rows = exact_bytes // (4 * self._dim)
        self._upkeep = Upkeep(folder, table, self._dim, self._exact_rows)
        self._keyed = self._words_indexed = False
        self._lock = threading.Lock()  # around what follows
        self._exact: ExactRows | None = None
        self._exact_version = -1  # of the table that `_exact` equals
        self._only_we_write = False  # known from the first write on: one process writes

    # Writing

    def put(self, rows: Sequence[Row]) -> None:
        unique = list({(row.content, row.number): row for row in rows}.values())
        data = lance_rows.to_arrow(unique, self._dim)
        kept = listed(row_id(row.content, row.number) for row in unique)
        contents = listed({row.content for row in unique})
        with self._write() as exact:
            if not self._keyed:
                self._upkeep.make_key()
                self._keyed = True
            # The new rows first: a crash between the two commits leaves rows too many, until this
            # put, which was not acknowledged, is repeated. The other order could lose some. One
            # commit for both (when_not_matched_by_source_delete) reads the whole table each time.
            merge = self._table.merge_insert("id")
            merge.when_matched_update_all().when_not_matched_insert_all().execute(data)
            self._table.delete(f"content IN ({contents}) AND id NOT IN ({kept})")
            if exact is not None:
                exact.put([near_of(row) for row in unique], lance_rows.to_vectors(data, self._dim))
            if not self._words_indexed:
                self._upkeep.index_words()
                self._words_indexed = True
        self._upkeep.committed()

    def forget(self, contents: Collection[str]) -> None:
        every = list(contents)
        with self._write() as exact:
            for at in range(0, len(every), _LONGEST_LIST):
                some = listed(every[at : at + _LONGEST_LIST])
                self._table.delete(f"content IN ({some})")
            if exact is not None:
                exact.remove(every)
        self._upkeep.committed()

    def maintain(self, stopped: bool) -> bool:
        """True when files were removed: the handle is to be renewed, as it keeps them open."""
        with self._write():
            removed = self._upkeep.run(stopped)
            if not self._table.count_rows():
                self._words_indexed = False
        return removed

    def renew(self, table: Any) -> None:
        """Goes on with a newly opened handle; readers that are in the middle end with the old."""
        self._table = table
        self._upkeep.renew(table)

    def compact(self) -> None:
        with self._write():
            self._upkeep.compact()

    @contextmanager
    def _write(self) -> Iterator[ExactRows | None]:
        """Gives the rows in memory, to be changed like the table, if they equal it now."""
        with self._lock:
            if self._exact_version != self._table.version:
                self._exact = None  # read when another process wrote
            exact = self._exact
            self._only_we_write = True
        done = False
        try:
            yield exact
            done = True
        finally:
            with self._lock:
                too_many = exact is not None and len(exact) > self._exact_rows
                if not done or too_many or self._exact is not exact:
                    self._exact = None  # half written, too many, or read in the middle of this
                elif exact is not None:
                    self._exact_version = self._table.version

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
        if (exact := self._exact_if_small()) is not None:
            return exact.nearest(vector, limit, where)
        return _within(where, limit, lambda sql, most: self._by_index(vector, most, sql))

    def matching(self, words: str, limit: int, where: RowFilter) -> list[Near]:
        wanted = question_terms(words)
        if not wanted:
            return []
        return _within(where, limit, lambda sql, most: self._by_terms(wanted, most, sql))

    def holding(self, phrase: str, where: RowFilter) -> list[Near]:
        wanted, held = question_terms(phrase), folding.phrase(phrase)
        most = self.count()
        if not wanted or not most:
            return []
        few = where.contents is None or len(where.contents) <= _LONGEST_LIST
        found = self._by_terms(wanted, most, condition(where, with_contents=few), every=True)
        return [
            near
            for near in found
            if (where.contents is None or near.content in where.contents)
            and holds(folding.phrase(near.words), held)
        ]

    def _exact_if_small(self) -> ExactRows | None:
        with self._lock:
            if self._only_we_write and self._exact is not None:
                return self._exact  # without what is being written, which nobody was promised yet
            version = self._table.version
            if self._table.count_rows() > self._exact_rows:
                self._exact = None
            elif self._exact is None or self._exact_version != version:
                columns = [*lance_rows.NEAR_COLUMNS, "vector"]
                data = self._table.search().select(columns).to_arrow()
                exact = ExactRows(self._dim)
                exact.put(lance_rows.to_nears(data), lance_rows.to_vectors(data, self._dim))
                self._exact, self._exact_version = exact, version
            return self._exact

    def _by_index(self, vector: NDArray[np.float32], limit: int, sql: str) -> list[Near]:
        depth = lance_index.depth(limit, self.count(), self._upkeep.bits)
        query = (
            self._table.search(vector, vector_column_name="vector", query_type="vector")
            .distance_type("cosine")
            .select([*lance_rows.NEAR_COLUMNS, "_distance"])
            .limit(depth.limit)
        )
        if sql:
            query = query.where(sql)
        # A fixed number of partitions would drop rows that pass the filter but lie elsewhere.
        query = query.minimum_nprobes(depth.probes).maximum_nprobes(0)
        found = query.refine_factor(depth.refine).to_arrow()
        if len(found) < limit and len(found) < self._table.count_rows(sql or None):
            found = query.bypass_vector_index().to_arrow()
        found = found.slice(0, limit)
        return lance_rows.to_nears(
            found, [1.0 - max(0.0, far) for far in found["_distance"].to_pylist()]
        )

    def _by_terms(
        self, wanted: Sequence[str], limit: int, sql: str, every: bool = False
    ) -> list[Near]:
        """Rows with any of the terms, or with `every` one."""
        from lancedb.query import FullTextOperator, MatchQuery

        # Terms have no spaces in them, and to a MatchQuery nothing is syntax.
        operator = FullTextOperator.AND if every else FullTextOperator.OR
        question = MatchQuery(" ".join(wanted), "terms", operator=operator)  # type: ignore[call-arg]  # has defaults
        query = self._table.search(question, query_type="fts")
        query = query.select([*lance_rows.NEAR_COLUMNS, "_score"]).limit(limit)
        if sql:
            query = query.where(sql)
        found = query.to_arrow()
        return lance_rows.to_nears(found, found["_score"].to_pylist())


def _within(where: RowFilter, limit: int, ask: Callable[[str, int], list[Near]]) -> list[Near]:
    """Up to `limit` answers that pass; `ask` takes a condition and how many at most.

    Naming contents costs 10 µs each, and an answer that is left out afterwards 40 µs. So very many
    contents, of which many an answer is one, are looked for among more answers first, for half of
    what naming them costs.
    """
    if where.contents is not None and len(where.contents) > max(_LONGEST_LIST, 16 * limit):
        most = max(4 * limit, min(16 * limit, len(where.contents) // 8))
        found = ask(condition(where, with_contents=False), most)
        passing = [near for near in found if near.content in where.contents]
        if len(passing) >= limit or len(found) < most:
            return passing[:limit]
    return ask(condition(where), limit)
