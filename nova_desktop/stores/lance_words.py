"""Words in a table of LanceDB: rows that hold them, best first; and rows put since, among those.

LanceDB reads the words of rows that no index covers anew for every question, a file a commit: 100
commits of one row triple what a rare word takes. So those rows are kept in memory by their terms
(`FreshWords`), and scored as LanceDB scores: by BM25, with the weights of the terms that the
answers of the index were given by.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Near, RowFilter
from nova_desktop.stores import lance_rows, lance_ties
from nova_desktop.stores.exact import passes
from nova_desktop.stores.lance_errors import DAMAGED
from nova_desktop.stores.lance_indexed import Indexed
from nova_desktop.stores.lance_rows import condition
from nova_desktop.stores.terms import terms

log = logging.getLogger(__name__)

K1, B = 1.2, 0.75  # LanceDB's constants of BM25
SAMPLE = 1_000  # rows whose lengths tell how long all are

Counted = tuple[Near, "Counter[str]"]  # a row, and how often each of its terms stands in it


def best(
    table: Any,
    wanted: Sequence[str],
    limit: int,
    where: RowFilter,
    known: Indexed | None = None,
) -> list[Near]:
    """Rows with any of the terms; the same ones each time, where many are alike.

    What is `known` of the table need not be read again, which takes 5 to 9 ms for 50 rows.
    """
    sql = condition(where)

    def numbers(below: int | None, most: int) -> lance_ties.Scored:
        lower = "" if below is None else f"_rowid < {below}"
        passing = f"({sql}) AND {lower}" if sql and lower else sql or lower
        found = _query(table, wanted, most, passing, False).with_row_id(True)
        found = found.select(["_score"]).to_arrow()
        return found["_score"].to_numpy(), found["_rowid"].to_numpy()

    relevance, best_rows = lance_ties.settled(limit, numbers)
    scores = dict(zip(best_rows.tolist(), relevance.tolist(), strict=True))
    if not scores:
        return []
    if known is not None and (told := known.rows(scores)) is not None:
        return told
    try:
        taken = table.take_row_ids(list(scores)).with_row_id()
        rows = taken.select(list(lance_rows.NEAR_COLUMNS)).to_arrow()
    except DAMAGED as e:  # the table was compacted meanwhile
        log.debug("rows that were just found can't be read: %s", e)
        rows = ()
    if len(rows) < len(scores):
        return by_terms(table, wanted, limit, where)
    numbered = rows["_rowid"].to_pylist()
    found = lance_rows.to_nears(rows.drop_columns("_rowid"), [scores[one] for one in numbered])
    place = {number: at for at, number in enumerate(scores)}
    order = [place[number] for number in numbered]
    return [near for _, near in sorted(zip(order, found, strict=True), key=lambda it: it[0])]


def by_terms(
    table: Any, wanted: Sequence[str], limit: int, where: RowFilter, every: bool = False
) -> list[Near]:
    """Rows with any of the terms, or with `every` one."""
    query = _query(table, wanted, limit, condition(where), every)
    found = query.select([*lance_rows.NEAR_COLUMNS, "_score"]).to_arrow()
    return lance_rows.to_nears(found, found["_score"].to_pylist())


def covered(table: Any) -> bool:
    """Whether the index of the words covers every row."""
    names = [index.name for index in table.list_indices() if index.columns == ["terms"]]
    stats = table.index_stats(names[0]) if len(names) == 1 else None
    return stats is not None and not stats.num_unindexed_rows


def length(table: Any) -> float:
    """How many terms a row has, about."""
    some: list[str] = table.search().select(["terms"]).limit(SAMPLE).to_arrow()["terms"].to_pylist()
    return max(1.0, sum(one.count(" ") + 1 for one in some if one) / max(1, len(some)))


class FreshWords:
    """Rows by their terms. One thread tells it of changes while any others ask."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Counted]] = {}  # by content; never changed, but replaced

    def put(self, nears: Sequence[Near]) -> None:
        """Replaces what is there of their contents."""
        new: dict[str, list[Counted]] = {}
        for near in nears:
            new.setdefault(near.content, []).append((near, Counter(terms(near.words))))
        self._rows = {**self._rows, **new}

    def remove(self, contents: Collection[str]) -> None:
        gone = set(contents)
        self._rows = {content: some for content, some in self._rows.items() if content not in gone}

    def holding(self, wanted: Collection[str], where: RowFilter, every: bool) -> list[Counted]:
        """Those with any of the terms, or with `every` one."""
        enough = all if every else any
        return [
            (near, counts)
            for some in self._rows.values()
            for near, counts in some
            if enough(term in counts for term in wanted) and passes(near, where)
        ]


def scored(
    fresh: Sequence[Counted],
    found: Sequence[Near],
    wanted: Sequence[str],
    rows: int,
    length: float,
    cut: bool,
    filtered: bool,
) -> list[Near]:
    """`fresh` with scores that compare with those of `found`, the answers of an index.

    It covers so many `rows` of such a `length`. `cut`: more of them have any of the terms than were
    `found`, all of which score lower; `filtered`: rows that were left out may have some, too.
    """
    if not fresh:
        return []
    counted = [Counter(terms(near.words)) for near in found]
    put = [counts for _, counts in fresh]
    known = np.array([sum(term in counts for counts in counted) for term in wanted])
    holding = known + np.array([sum(term in counts for counts in put) for term in wanted])
    weights = np.log(1 + (rows + len(put) - holding + 0.5) / (holding + 0.5))
    if cut or filtered:
        # What the answers were given for their terms. A row with none but a term that no answer
        # of a list that was cut has is below them all.
        given = np.array([near.score for near in found])
        fitted = np.linalg.lstsq(_parts(counted, wanted, length), given, rcond=None)[0]
        weights = np.where(known > 0, fitted.clip(0), 0.0 if cut else weights)
    scores = _parts(put, wanted, length) @ weights
    return [
        replace(near, score=float(score)) for (near, _), score in zip(fresh, scores, strict=True)
    ]


def _parts(
    counted: Sequence[Counter[str]], wanted: Sequence[str], length: float
) -> NDArray[np.float64]:
    """What BM25 multiplies each term's weight by, shape (len(counted), len(wanted))."""
    shape = len(counted), len(wanted)
    often = np.array([[counts[term] for term in wanted] for counts in counted]).reshape(shape)
    totals = np.array([counts.total() for counts in counted], np.float64)[:, None]
    return np.asarray(often * (K1 + 1) / (often + K1 * (1 - B + B * totals / length)))


def _query(table: Any, wanted: Sequence[str], limit: int, passing: str, every: bool) -> Any:
    from lancedb.query import FullTextOperator, MatchQuery

    # Terms have no spaces in them, and to a MatchQuery nothing is syntax.
    operator = FullTextOperator.AND if every else FullTextOperator.OR
    question = MatchQuery(" ".join(wanted), "terms", operator=operator)  # type: ignore[call-arg]  # has defaults
    query = table.search(question, query_type="fts").limit(limit)
    return query.where(passing) if passing else query
