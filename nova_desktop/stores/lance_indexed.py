"""The rows of a table as it was at one version, and what finds the nearest of them.

Codes in memory say which rows are likely (`lance_codes`), columns in memory which of them pass a
filter (`lance_columns`), and their vectors, read from LanceDB's files, which are the nearest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Near, RowFilter
from nova_desktop.stores import lance_index, lance_saved
from nova_desktop.stores.lance_codes import Codes, Passing, passing
from nova_desktop.stores.lance_columns import Columns, Places
from nova_desktop.stores.lance_index import Trained
from nova_desktop.stores.lance_saved import Saved
from nova_desktop.stores.lance_saved_words import SavedWords
from nova_desktop.stores.lance_vectors import StoredVectors

_AT_ONCE = 5_000  # rows whose vectors are in memory while they are coded
# Filters that are remembered, as who types asks with the same one again and again; and how many
# contents they name together, at the most: 100 bytes each.
_FILTERS, _NAMED = 16, 400_000
_FEW = 1_500  # rows that pass are all compared: 3 ms
_FIRST = 100  # candidates that are compared whatever the codes say, and twice as many as wanted
_FAR_OFF = 3.5  # standard deviations that a code may be wrong by
_MORE = 4  # times as many candidates, where too few of them are left

Floats = NDArray[np.float32]
_Masks = dict[RowFilter, Passing]


class Indexed:
    """Nothing changes in what it answers, so any thread may ask."""

    def __init__(
        self,
        table: Any,
        trained: Trained,
        columns: Columns,
        codes: Codes,
        vectors: StoredVectors,
        words: SavedWords,
    ) -> None:
        """`table`: a handle of its own, at the version that all the others are of."""
        self.table, self.version = table, int(table.version)
        self._trained, self._columns, self._codes = trained, columns, codes
        self._vectors, self._words = vectors, words
        self._masks: _Masks = {}  # replaced as a whole

    def __len__(self) -> int:
        return len(self._columns)

    @property
    def saved(self) -> Saved:
        return Saved(self.version, self._trained, self._columns, self._codes)

    def nearest(
        self, vector: Floats, limit: int, where: RowFilter, but: Collection[str]
    ) -> list[Near]:
        """The nearest rows that pass and are not of one of the contents `but`: as many as there
        are, and `limit` at most. OSError where files are gone since."""
        some = None if where == RowFilter() else self._passing(where)
        there = len(self) if some is None else some.count
        depth = lance_index.depth(limit, len(self), there, self._trained.bits)
        candidates, part = depth.candidates, depth.part
        while True:
            every = there <= max(candidates, _FEW)
            if every:
                places = np.arange(len(self)) if some is None else some.numbers()
                scores = self._similarities(places, vector)
            else:
                places, about = self._codes.nearest(vector, candidates, part, some)
                places, scores = self._compared(places, about, vector, limit)
            best = self._best(places, scores, limit, but)
            if len(best) == limit or every:
                return self._nears(places[best], scores[best])
            candidates, part = _MORE * candidates, 1.0

    def _compared(
        self, places: Places, about: Floats, vector: Floats, limit: int
    ) -> tuple[Places, Floats]:
        """Those of the candidates that may be among the nearest, and how similar they are.

        The first of them tell how far codes are from the truth here, and so which of the others
        can still be nearer: of 1,000 candidates for 50 rows, 250 to 400 are read.
        """
        first = max(_FIRST, 2 * limit)
        scores = self._similarities(places[:first], vector)
        if len(places) <= first:
            return places, scores
        off = scores - about[:first]
        least = np.partition(scores, -limit)[-limit]
        others = first + np.flatnonzero(about[first:] + off.mean() + _FAR_OFF * off.std() >= least)
        more = self._similarities(places[others], vector)
        return np.concatenate([places[:first], places[others]]), np.concatenate([scores, more])

    def _similarities(self, places: Places, vector: Floats) -> Floats:
        order = np.argsort(places)
        scores = np.empty(len(places), np.float32)
        scores[order] = self._vectors.similarities(self._columns.ids[places[order]], vector)
        return scores

    def rows(self, scores: Mapping[int, float]) -> list[Near] | None:
        """The rows of these ids with their scores, in this order; None if one is unknown here."""
        places = self._columns.places_of(np.fromiter(scores, np.uint64, len(scores)))
        if (places < 0).any():
            return None
        return self._columns.nears(places, self._words_of(places), list(scores.values()))

    def _best(
        self, places: Places, scores: Floats, limit: int, but: Collection[str]
    ) -> NDArray[np.intp]:
        """Which of the places, best first, without those of the contents `but`."""
        order = np.argsort(-scores, kind="stable")
        if not but:
            return order[:limit]
        kept = list[int]()
        for start in range(0, len(order), limit):
            some = order[start : start + limit]
            named = self._columns.contents.at(places[some])
            kept += [at for at, name in zip(some.tolist(), named, strict=True) if name not in but]
            if len(kept) >= limit:
                break
        return np.array(kept[:limit], np.intp)

    def _passing(self, where: RowFilter) -> Passing:
        if (known := self._masks.get(where)) is None:
            known = passing(self._columns.passing(where))
            named, kept = 0, list[tuple[RowFilter, Passing]]()
            for one in [(where, known), *self._masks.items()][:_FILTERS]:  # the newest first
                named += len(one[0].contents or ())
                if named > _NAMED and kept:
                    break
                kept.append(one)
            self._masks = dict(kept)
        return known

    def _nears(self, places: Places, scores: Floats) -> list[Near]:
        return self._columns.nears(places, self._words_of(places), scores.tolist())

    def _words_of(self, places: Places) -> list[str]:
        if (kept := self._words.of(places)) is not None:
            return kept
        ids = self._columns.ids[places].tolist()
        found = self.table.take_row_ids(ids).select(["words"]).with_row_id().to_arrow()
        words = dict(zip(found["_rowid"].to_pylist(), found["words"].to_pylist(), strict=True))
        if len(words) < len(ids):
            raise FileNotFoundError("rows of this table as it was are gone")
        return [words[one] for one in ids]

    def save(self, folder: Path) -> None:
        """In the table's folder, with the words. One of DAMAGED where those can't be read, then the
        codes are there, or where it can't be written."""
        lance_saved.save(folder, self.saved)
        self._words.save(self.table, self._columns.ids)


@dataclass(frozen=True, slots=True)
class Making:
    """What is made of a table that stays as it is. For one thread."""

    table: Any
    columns: Columns
    vectors: StoredVectors
    words: SavedWords
    dim: int

    @staticmethod
    def of(table: Any, folder: Path, dim: int, columns: Columns | None = None) -> Making:
        """`folder`: the table's; `columns`: where they are known."""
        known = Columns.read(table) if columns is None else columns
        vectors = StoredVectors(table, folder / "data", known.samples())
        words = lance_saved.words(folder, int(table.version))
        return Making(table, known, vectors, words, dim)

    def anew(self) -> Indexed:
        """50 s of a processor for 1,000,000 rows, and 10 for 100,000."""
        rows = len(self.columns)
        trained = Trained(lance_index.bits(rows, self.dim), rows)
        some = np.linspace(0, rows - 1, lance_index.sample(rows)).astype(np.intp)
        sample = self.vectors.of(self.columns.ids[some])
        codes = Codes.trained(sample, lance_index.lists(rows), trained.bits)
        return self._filled(trained, codes)

    def of_older(self, saved: Saved, place_of: Places) -> Indexed:
        """With the codes that are there already; `place_of`: of each older row its place now, or
        -1 where it is gone or not the same any more."""
        return self._filled(saved.trained, saved.codes.renumbered(lambda old: place_of[old]))

    def _filled(self, trained: Trained, codes: Codes) -> Indexed:
        missing = np.ones(len(self.columns), bool)
        missing[codes.numbers()] = False
        places = np.flatnonzero(missing)
        for start in range(0, len(places), _AT_ONCE):
            some = places[start : start + _AT_ONCE]
            codes.add(some, self.vectors.of(self.columns.ids[some]))
        return Indexed(self.table, trained, self.columns, codes, self.vectors, self.words)


def as_saved(saved: Saved, table: Any, folder: Path, dim: int) -> Indexed:
    """What was saved of the table at the version that it has."""
    making = Making.of(table, folder, dim, saved.columns)
    known = making.vectors, making.words
    return Indexed(table, saved.trained, saved.columns, saved.codes, *known)


def renewed(older: Indexed, table: Any, folder: Path, dim: int, but: Collection[str]) -> Indexed:
    """Of the table as it is now, `older` having been asked until now, and the rows of the contents
    `but` having been put or forgotten since. Other rows may have got other ids."""
    making, saved = Making.of(table, folder, dim), older.saved
    if not saved.trained.fits(len(making.columns), dim):
        return making.anew()
    places = making.columns.places_by_name(saved.columns)
    changed = saved.columns.contents.among(frozenset(but))
    # A row that was not written again keeps its id, and so do some that are named the same.
    same = making.columns.places_of(saved.columns.ids[changed])
    places[changed] = same
    return making.of_older(saved, places)


def grown(
    older: Indexed, table: Any, folder: Path, dim: int, but: Collection[str]
) -> Indexed | None:
    """As `renewed`, in half the time, where other rows have the ids that they had; else None.

    All rows of the contents `but` that were there are gone, as what is put again gets other ids.
    """
    saved = older.saved
    gone = np.zeros(len(older), bool)
    gone[saved.columns.contents.among(frozenset(but))] = True
    columns = saved.columns.grown(table, gone)
    if len(columns) != table.count_rows() or not saved.trained.fits(len(columns), dim):
        return None
    places = np.where(gone, -1, np.cumsum(~gone) - 1).astype(np.int64)
    return Making.of(table, folder, dim, columns).of_older(saved, places)


def taken_up(saved: Saved, table: Any, folder: Path, dim: int, most: int) -> Indexed | None:
    """What was saved of the table as it once was; None where over `most` rows would be read, or
    where that was another table."""
    making = Making.of(table, folder, dim)
    places = making.columns.places_of(saved.columns.ids)
    if not making.columns.same(places, saved.columns):
        return None
    unknown = len(making.columns) - np.count_nonzero(places >= 0)
    if unknown > most or not saved.trained.fits(len(making.columns), dim):
        return None
    return making.of_older(saved, places)
