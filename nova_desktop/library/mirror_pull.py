"""From the vector bucket to this library: rows first, the catalog last, on the indexer's thread."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from nova_desktop.folding import fold
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.mirror_course import Ahead, Course
from nova_desktop.library.mirror_look import ToDo
from nova_desktop.library.mirror_plan import Step
from nova_desktop.library.mirror_records import MirrorRecords
from nova_desktop.library.mirror_rows import (
    Card,
    Version,
    card_of,
    index_of,
    logical_bytes,
    row_of,
    told,
)
from nova_desktop.library.mirror_stamps import batches
from nova_desktop.model import Row, Space
from nova_desktop.ports import Kept, Store, VectorBucket

log = logging.getLogger(__name__)

DIGITS = 10  # bytes that a number of a vector takes on the line, about; here it takes four
GET_ROWS = 2000  # asked for and kept at once: a put of few costs the store nearly as much
MOST_ROWS = 8000  # in memory at once
MAINTAIN = 40  # batches between two looks at whether the store is to be kept up: 80,000 rows
FORGET = 500  # contents at once


@dataclass(frozen=True, slots=True)
class Arrived:
    """A content with all of its rows, in order."""

    version: Version
    stamp: str
    card: Card
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """An answer: contents that are whole there, and how many are not."""

    space: Space
    found: Sequence[Arrived]
    missing: int


@dataclass(slots=True)
class Pulling:
    """Of one sync; one thread. `write` has the indexer's thread do something, and waits for it."""

    catalog: Catalog
    store: Store
    records: MirrorRecords
    bucket: VectorBucket
    prefix: str
    course: Course
    write: Callable[[Callable[[], None]], None]
    received: Callable[[int], None]  # so many bytes came; waits where that was too fast
    _batches: int = 0  # since the store was kept up

    def pull(self, todo: Iterable[ToDo]) -> None:
        """What lies there, as the journal says, takes the place of what is here; and what was known
        of other machines alone, which have it no more, is forgotten.

        What is not whole there is passed over: another machine is just replacing it.
        """
        with Ahead(self._came, MOST_ROWS) as ahead:
            for one in todo:
                self._pull(ahead, one)
                self._forget(one.plan.of(Step.FORGET))
        if self._batches:
            self._maintain()

    def _maintain(self) -> None:
        self.write(self.store.maintain)
        self._batches = 0

    def _pull(self, ahead: Ahead[Came], todo: ToDo) -> None:
        space = todo.page.space
        index = index_of(self.prefix, space)
        lying = self.records.versions(space.name, todo.plan.of(Step.PULL))
        rows = {content: version.rows for content, (version, _) in lying.items()}
        for some in batches([*lying], rows, GET_ROWS):
            self.course.check()
            if self._batches >= MAINTAIN:
                ahead.rest()  # an index takes memory of its own
                self._maintain()
            count = sum(rows[one] for one in some)
            ahead.room(count)
            ahead.submit(self._request(space, index, [lying[one] for one in some]), count)

    def _came(self, came: Came) -> None:
        self.course.skipped += came.missing
        if came.found:
            self.write(lambda: self._keep(came.space, came.found))

    def _forget(self, contents: Sequence[str]) -> None:
        for start in range(0, len(contents), FORGET):
            self.course.check()
            some = contents[start : start + FORGET]
            self.write(partial(self._forgotten, some))

    def _request(
        self, space: Space, index: str, wanted: Sequence[tuple[Version, str]]
    ) -> Callable[[], Came]:
        """On a thread of its own."""

        def get() -> Came:
            keys = [key for version, _ in wanted for key in version.keys]
            came = self.bucket.get(index, keys)
            self.received(logical_bytes(came) * DIGITS // 4)
            kept = {one.key: one for one in came}
            whole = [_arrived(version, stamp, kept) for version, stamp in wanted]
            found = [one for one in whole if one is not None]
            return Came(space, found, len(wanted) - len(found))

        return get

    def _keep(self, space: Space, found: Sequence[Arrived]) -> None:
        """On the indexer's thread."""
        self.store.put(space, [row for one in found for row in one.rows])
        me = self.records.machine
        with self.catalog.write() as db:
            _record(db, space.name, found, me)
        self.course.went(sum(len(one.rows) for one in found))
        self._batches += 1

    def _forgotten(self, contents: Sequence[str]) -> None:
        """On the indexer's thread. The catalog first: rows without a record are strays."""
        with self.catalog.write() as db:
            marks = [[content] for content in contents]
            db.executemany("DELETE FROM elsewhere WHERE content = ?", marks)
            db.executemany("DELETE FROM indexed WHERE content = ?", marks)
            db.executemany(
                "DELETE FROM contents WHERE content = ?1 "
                "AND NOT EXISTS (SELECT 1 FROM files WHERE content = ?1)",
                marks,
            )
        self.store.forget(contents)


def _arrived(version: Version, stamp: str, kept: Mapping[str, Kept]) -> Arrived | None:
    """None where something of it is missing or can't be understood."""
    try:
        lying = [kept[key] for key in version.keys]
        card = card_of(lying[0])
        rows = tuple(row_of(one) for one in lying)
    except (KeyError, ValueError, TypeError) as e:
        log.info("%s can't be read in the vector bucket: %r", version.content, e)
        return None
    if card is None or any(row.content != version.content for row in rows):
        return None
    return Arrived(version, stamp, card, rows)


def _record(db: sqlite3.Connection, space: str, found: Sequence[Arrived], me: str) -> None:
    db.executemany(
        # What a file here says of itself stays.
        "INSERT INTO contents (content, modality, info) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [
            (one.version.content, one.card.modality, json.dumps(told(one.card.info)))
            for one in found
        ],
    )
    db.executemany(
        "INSERT OR IGNORE INTO tags VALUES (?, ?, ?)",
        [(fold(tag), one.version.content, tag) for one in found for tag in one.card.info.keywords],
    )
    db.executemany(
        "INSERT OR REPLACE INTO indexed (content, space, rows) VALUES (?, ?, ?)",
        [(one.version.content, space, one.version.rows) for one in found],
    )
    db.executemany(
        "UPDATE mirrored SET base = ?, changed = 0 "
        "WHERE content = ? AND space = ? AND clock = ? AND machine = ?",
        [
            (one.stamp, one.version.content, space, one.version.clock, one.version.machine)
            for one in found
        ],
    )
    db.executemany(
        "INSERT OR REPLACE INTO elsewhere VALUES (?, ?, ?, ?)",
        [
            (one.version.content, one.version.machine, one.card.name, one.card.thumbnail)
            for one in found
            if one.version.machine != me
        ],
    )
