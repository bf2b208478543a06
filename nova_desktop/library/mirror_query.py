"""Questions to the vector bucket: a store that also finds what lies there and is not here."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import ExpectedError
from nova_desktop.library import elsewhere, mirror_compared
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.mirror_records import MirrorRecords
from nova_desktop.library.mirror_rows import card_of, index_of, near_of, put_of
from nova_desktop.library.narrowing import together
from nova_desktop.library.questions import Place
from nova_desktop.model import Near, Row, RowFilter, Space
from nova_desktop.ports import Kept, Store, VectorBucket

log = logging.getLogger(__name__)

MOST = 100  # rows that the service finds
NAMED = 100  # contents that the service is asked to look among; more are looked at afterwards


@dataclass(frozen=True, slots=True)
class Remote:
    """Any thread."""

    catalog: Catalog
    records: MirrorRecords
    bucket: VectorBucket
    prefix: str

    def beside(self, store: Store, always: bool, notes: dict[str, None]) -> Both:
        """For one question. `always`: also of spaces whose rows are all here; `notes` get why it
        could not be asked.
        """
        return Both(self, store, always, notes)

    def asks(self, space: Space, always: bool) -> bool:
        return always or (
            not self.records.is_new() and mirror_compared.lacks(self.catalog, space.name)
        )


@dataclass(slots=True)
class Both:
    """Implements Store: of the one that it is around, with what the bucket finds besides.

    What the bucket can't answer is noted once, and then it is asked no more.
    """

    remote: Remote
    store: Store
    always: bool
    notes: dict[str, None]
    places: dict[str, Place] = field(default_factory=dict)  # of contents that are not known here
    found: set[str] = field(default_factory=set)  # contents that the bucket alone found
    _asks: dict[str, bool] = field(default_factory=dict)
    _kept: dict[tuple[str, bytes, RowFilter], list[Near]] = field(default_factory=dict)

    def nearest(
        self, space: Space, vector: NDArray[np.float32], limit: int, where: RowFilter
    ) -> list[Near]:
        here = self.store.nearest(space, vector, limit, where)
        if space.name not in self._asks:
            self._asks[space.name] = self.remote.asks(space, self.always)
        if not self._asks[space.name] or where.contents == frozenset():
            return here
        question = (space.name, vector.tobytes(), where)
        if question not in self._kept:
            self._kept[question] = self._far(space, vector, where)
        known = {row.content for row in here}
        far = self._kept[question]
        self.found |= {row.content for row in far} - known
        return together([here, far])[:limit]

    def _far(self, space: Space, vector: NDArray[np.float32], where: RowFilter) -> list[Near]:
        remote, index = self.remote, index_of(self.remote.prefix, space)
        few = where.contents is None or len(where.contents) <= NAMED
        asked = where if few else replace(where, contents=None)
        try:
            scored = remote.bucket.nearest(index, vector, MOST, replace(asked, sources=frozenset()))
            scored = self._counting(space, scored)
            self._meet([one for _, one in scored], index)
        except ExpectedError as e:
            self._asks = dict.fromkeys(self._asks, False)
            self.notes[f"Found by this device alone. {e}"] = None
            return []
        rows = []
        for score, one in scored:
            try:
                rows.append(near_of(one, score))
            except (ValueError, KeyError, TypeError) as e:
                log.info("%s can't be read in the vector bucket: %r", one.key, e)
        return [
            row
            for row in rows
            if (not where.sources or row.source in where.sources)
            and (where.contents is None or row.content in where.contents)
        ]

    def _counting(
        self, space: Space, scored: Sequence[tuple[float, Kept]]
    ) -> list[tuple[float, Kept]]:
        """Without rows that a later push took the place of, which are still to be removed, and
        without what no Nova Desktop put.
        """
        puts = [put_of(one.key) for _, one in scored]
        lying = self.remote.records.versions(space.name, {put[0] for put in puts if put})
        counting = []
        for one, put in zip(scored, puts, strict=True):
            if put is None:
                log.info("%s in the vector bucket is no row of a library", one[1].key)
                continue
            content, *order = put
            known = lying.get(content)
            if known is None or order >= [known[0].clock, known[0].machine]:
                counting.append(one)
        return counting

    def _meet(self, found: Sequence[Kept], index: str) -> None:
        """Gets what is told of contents that are not known here."""
        first = {}
        for one in found:
            content, _, *version = one.key.split(".")
            first[content] = ".".join((content, "0", *version))
        new = first.keys() - self.places.keys()
        new -= self.remote.catalog.infos(sorted(new)).keys()
        if not new:
            return
        names = self.remote.records.machines()
        keys = [first[content] for content in sorted(new)]
        for one in self.remote.bucket.get(index, keys, vectors=False):
            content, _, _, machine = one.key.split(".")
            try:
                card = card_of(one)
            except (ValueError, KeyError, TypeError) as e:
                log.info("%s can't be read in the vector bucket: %r", one.key, e)
                continue
            if card:
                self.places[content] = elsewhere.place_of(
                    content,
                    names.get(machine, ""),
                    card.name,
                    card.modality,
                    card.info.taken_s or 0.0,
                )

    # As the store

    def matching(self, space: Space, words: str, limit: int, where: RowFilter) -> list[Near]:
        return self.store.matching(space, words, limit, where)

    def holding(self, space: Space, phrase: str, where: RowFilter) -> list[Near]:
        return self.store.holding(space, phrase, where)

    def sizes(self) -> dict[str, int]:
        return self.store.sizes()

    def drop(self, space: str) -> None:
        self.store.drop(space)

    def put(self, space: Space, rows: Sequence[Row]) -> None:
        self.store.put(space, rows)

    def forget(self, contents: Collection[str]) -> None:
        self.store.forget(contents)

    def rows(self, space: Space, content: str, limit: int) -> list[Row]:
        return self.store.rows(space, content, limit)

    def rows_of(self, space: Space, contents: Collection[str]) -> list[Row]:
        return self.store.rows_of(space, contents)

    def contents(self, space: Space) -> set[str]:
        return self.store.contents(space)

    def count(self, space: Space) -> int:
        return self.store.count(space)

    def maintain(self, stopped: bool = False) -> None:
        self.store.maintain(stopped)

    def compact(self) -> None:
        self.store.compact()

    def close(self) -> None:
        self.store.close()
