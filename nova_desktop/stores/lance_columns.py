"""What filters look at, of every row of a table, in memory by the ids that LanceDB gives rows.

It only says which rows to leave out: who asks looks again at those that it reads.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Modality, RowFilter, Source
from nova_desktop.stores.given_back import give_back

RowIds = NDArray[np.uint64]
_Codes = NDArray[np.int8]

_SAMPLE = 2_048  # rows that tell which part of all passes: 5 % within a tenth of it
_KINDS, _SOURCES = list(Modality), list(Source)


class Columns:
    """Of a table as it was: 54 bytes a row where a content's name has 32.

    An id never comes to mean another row, as LanceDB numbers what it writes only once. So what is
    here stays true while the table changes; rows that were put or moved since are unknown here.
    Nothing changes in it, so any thread may ask.
    """

    def __init__(self, table: Any) -> None:
        """Reads `table`: 0.4 s of a processor for 1,000,000 rows."""
        self._ids, self._kinds, self._sources, self._taken_s, self._contents = _read(table)
        give_back()  # it was twice as much while it was read
        count = len(self._ids)
        self._sample = np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.intp)
        self._sample_contents: list[str] = self._contents_at(self._sample)

    def __len__(self) -> int:
        return len(self._ids)

    def share(self, where: RowFilter) -> float:
        """About which part of the rows passes, 0 to 1."""
        if not len(self._sample):
            return 0.0
        return float(self._passing(self._sample, self._sample_contents, where).mean())

    def passing(self, ids: RowIds, where: RowFilter) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """(which of the rows pass, which are unknown), both shape (len(ids),)."""
        if not len(self._ids):
            return np.zeros(len(ids), bool), np.ones(len(ids), bool)
        places = np.searchsorted(self._ids, ids)
        places[places == len(self._ids)] = 0
        unknown = self._ids[places] != ids
        contents = self._contents_at(places) if where.contents is not None else []
        return self._passing(places, contents, where) & ~unknown, unknown

    def _passing(
        self, places: NDArray[np.intp], contents: list[str], where: RowFilter
    ) -> NDArray[np.bool_]:
        passing = np.ones(len(places), bool)
        if where.modalities:
            passing &= np.isin(self._kinds[places], [_KINDS.index(one) for one in where.modalities])
        if where.sources:
            wanted = [_SOURCES.index(one) for one in where.sources]
            passing &= np.isin(self._sources[places], wanted)
        if where.since_s is not None:
            passing &= self._taken_s[places] >= where.since_s
        if where.until_s is not None:
            passing &= self._taken_s[places] < where.until_s
        if (named := where.contents) is not None:
            passing &= np.fromiter((one in named for one in contents), bool, len(contents))
        return passing

    def _contents_at(self, places: NDArray[np.intp]) -> list[str]:
        import pyarrow as pa

        found: list[str] = self._contents.take(pa.array(places)).to_pylist()
        return found


def _read(table: Any) -> tuple[RowIds, _Codes, _Codes, NDArray[np.float64], Any]:
    """(ids, rising; kinds, sources, times and contents), of each row."""
    import pyarrow as pa

    query = table.search().select(["content", "modality", "source", "taken_s"])
    ids, kinds, sources, taken = [], [], [], []
    names = []
    for batch in query.with_row_id(True).to_batches():
        ids.append(batch["_rowid"].to_numpy().copy())
        kinds.append(_codes(batch["modality"], _KINDS))
        sources.append(_codes(batch["source"], _SOURCES))
        taken.append(batch["taken_s"].to_numpy().copy())
        names.append(batch["content"].cast(pa.large_string()))
    contents = pa.chunked_array(names, pa.large_string()).combine_chunks()
    columns = (
        np.concatenate([np.zeros(0, np.uint64), *ids]),
        np.concatenate([np.zeros(0, np.int8), *kinds]),
        np.concatenate([np.zeros(0, np.int8), *sources]),
        np.concatenate([np.zeros(0), *taken]),
    )
    if (columns[0][1:] < columns[0][:-1]).any():  # what was written anew may stand anywhere
        order = np.argsort(columns[0])
        sorted_ids, *others = (column[order] for column in columns)
        return sorted_ids, *others, contents.take(pa.array(order))
    return *columns, contents


def _codes(texts: Any, known: list[Any]) -> _Codes:
    """Each as its place among those that are known; -1 for what is not."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.index_in(texts, pa.array([one.value for one in known], texts.type))
    codes: _Codes = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int8)
    return codes
