"""What is known of every row of a table beside its vector and words, in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Modality, Near, RowFilter, Source, Span, Unit
from nova_desktop.stores.given_back import give_back
from nova_desktop.stores.lance_contents import Contents

RowIds = NDArray[np.uint64]
Places = NDArray[np.int64]
_Codes = NDArray[np.int8]
_Flags = NDArray[np.bool_]

_KINDS, _SOURCES, _UNITS = list(Modality), list(Source), list(Unit)
_NO_SPAN = -1
_READ = ("content", "number", "modality", "source", "taken_s",
         "span_unit", "span_start", "span_stop")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """Of a table as it was; any thread may ask. Rows are told by their place among the ids.

    59 bytes a row. An id of LanceDB's never comes to mean another row, as it numbers what it
    writes only once.
    """

    ids: RowIds  # rising
    contents: Contents
    numbers: NDArray[np.int32]
    kinds: _Codes
    sources: _Codes
    taken_s: NDArray[np.float64]
    units: _Codes  # _NO_SPAN where a row has none
    starts: NDArray[np.float64]
    stops: NDArray[np.float64]

    @staticmethod
    def read(table: Any, after: int | None = None) -> Columns:
        """Of all rows, 0.9 s of a processor for 1,000,000; or of those whose ids are higher than
        `after`. ValueError for what this version can't say."""
        query = table.search().select(list(_READ)).with_row_id(True)
        if after is not None:
            query = query.where(f"_rowid > {after}")
        parts: list[list[NDArray[Any]]] = []

        def names() -> Iterator[Any]:
            for batch in query.to_batches():
                parts.append(_arrays(batch))
                yield batch["content"]

        contents = Contents(names())
        joined = [np.concatenate(some) for some in zip(_arrays(None), *parts, strict=True)]
        if (joined[0][1:] < joined[0][:-1]).any():  # what was written anew may stand anywhere
            order = np.argsort(joined[0])
            contents.sort(order)
            joined = [one[order] for one in joined]
        ids, *others = joined
        parts.clear()
        del joined
        give_back()  # it was several times as much while it was read
        return Columns(ids, contents, *others)

    def grown(self, table: Any, gone: _Flags) -> Columns:
        """Without the rows that are `gone`, by place, and with those that were written since: 0.1 s
        for 1,000,000 rows. Only while LanceDB has not moved the others."""
        more, kept = Columns.read(table, int(self.ids[-1]) if len(self) else None), ~gone
        pairs = zip(self._arrays(), more._arrays(), strict=True)
        ids, *others = [np.concatenate([old[kept], new]) for old, new in pairs]
        return Columns(ids, self.contents.grown(kept, more.contents), *others)

    @staticmethod
    def of(kept: Sequence[NDArray[Any]]) -> Columns:
        """What `kept` gave."""
        ids, contents, *others = kept
        return Columns(ids, Contents.of(contents), *others)

    def kept(self) -> list[NDArray[Any]]:
        """As arrays, to be written somewhere."""
        ids, *others = self._arrays()
        return [ids, self.contents.kept(), *others]

    def _arrays(self) -> list[NDArray[Any]]:
        """All but the contents."""
        return [
            self.ids, self.numbers, self.kinds, self.sources, self.taken_s, self.units,
            self.starts, self.stops,
        ]  # fmt: skip

    def __len__(self) -> int:
        return len(self.ids)

    def samples(self) -> RowIds:
        """Ids of some rows, rising: of each file the first and the last, and some between."""
        if not len(self):
            return self.ids
        some = np.zeros(len(self), bool)
        some[np.linspace(0, len(self) - 1, min(len(self), 2_048)).astype(np.intp)] = True
        files = np.flatnonzero(np.diff(self.ids >> np.uint64(32)))
        some[files] = some[files + 1] = True
        return self.ids[some]

    def places_of(self, ids: RowIds) -> Places:
        """Of each row its place; -1 where there is none of this id."""
        return _found(self.ids, np.arange(len(self)), ids)

    def places_by_name(self, other: Columns) -> Places:
        """Of each row of `other`, the place of the row of its content and number here, or -1."""
        keys = self._keys()
        order = np.argsort(keys)
        return _found(keys[order], order, other._keys())

    def same(self, places: Places, other: Columns) -> bool:
        """Whether these are the places of the rows of `other`, by content and number; -1 says of
        one that it is not here."""
        here = places >= 0
        return bool((self._keys()[places[here]] == other._keys()[here]).all())

    def _keys(self) -> NDArray[np.uint64]:
        odd = np.uint64(0x9E3779B97F4A7C15)
        return self.contents.keys() + self.numbers.astype(np.uint64) * odd

    def passing(self, where: RowFilter) -> _Flags:
        """By place, whether the row passes: 4 ms for 1,000,000 rows, and 0.4 µs for each content
        that is named."""
        passing = np.ones(len(self), bool)
        if where.contents is not None:
            passing[:] = False
            passing[self.contents.among(where.contents)] = True
        if where.modalities:
            passing &= _among([_KINDS.index(one) for one in where.modalities])[self.kinds]
        if where.sources:
            passing &= _among([_SOURCES.index(one) for one in where.sources])[self.sources]
        if where.since_s is not None:
            passing &= self.taken_s >= where.since_s
        if where.until_s is not None:
            passing &= self.taken_s < where.until_s
        return passing

    def nears(self, places: Places, words: Sequence[str], scores: Sequence[float]) -> list[Near]:
        """The rows at these places, in their order."""
        columns = (
            self.contents.at(places), self.numbers[places].tolist(), self.kinds[places].tolist(),
            self.sources[places].tolist(), self.taken_s[places].tolist(),
            self.units[places].tolist(), self.starts[places].tolist(),
            self.stops[places].tolist(), words, scores,
        )  # fmt: skip
        nears = []
        for content, number, kind, source, taken, unit, start, stop, text, score in zip(
            *columns, strict=True
        ):
            span = Span(_UNITS[unit], start, stop) if unit != _NO_SPAN else None
            nears.append(
                Near(content, number, _KINDS[kind], span, _SOURCES[source], text, taken, score)
            )
        return nears


def _found(sorted_keys: NDArray[np.uint64], places: Places, keys: NDArray[np.uint64]) -> Places:
    """Of each key, the place of its equal; -1 for none."""
    if not len(sorted_keys):
        return np.full(len(keys), -1, np.int64)
    at = np.searchsorted(sorted_keys, keys)
    at[at == len(sorted_keys)] = 0
    return np.where(sorted_keys[at] == keys, places[at], -1).astype(np.int64)


def _among(codes: list[int]) -> _Flags:
    """By code, whether it is one of these."""
    among = np.zeros(128, bool)
    among[codes] = True
    return among


def _arrays(batch: Any) -> list[NDArray[Any]]:
    """The columns but for the contents, of a pyarrow.RecordBatch or of nothing."""
    if batch is None:
        kinds = (np.uint64, np.int32, np.int8, np.int8, float, np.int8, float, float)
        return [np.zeros(0, kind) for kind in kinds]
    units = batch["span_unit"]
    return [
        batch["_rowid"].to_numpy().copy(),
        batch["number"].to_numpy().copy(),
        _codes(batch["modality"], _KINDS),
        _codes(batch["source"], _SOURCES),
        batch["taken_s"].to_numpy().copy(),
        _codes(units, _UNITS),
        batch["span_start"].to_numpy(zero_copy_only=False).copy(),
        batch["span_stop"].to_numpy(zero_copy_only=False).copy(),
    ]


def _codes(texts: Any, known: list[Any]) -> _Codes:
    """Each as its place among those that are known; _NO_SPAN where there is nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.index_in(texts, pa.array([one.value for one in known], texts.type), skip_nulls=True)
    if found.null_count != texts.null_count:
        raise ValueError("rows of this table say what this version does not know")
    codes: _Codes = found.fill_null(_NO_SPAN).to_numpy(zero_copy_only=False).astype(np.int8)
    return codes
