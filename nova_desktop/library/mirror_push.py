"""From this library to the vector bucket: rows first, then the journal, then what is stale.

An entry of the journal is the commit point: what was put before it does not count, is put again
under other keys by the next sync, and then deleted. So a kill anywhere loses and doubles nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nova_desktop.errors import BadInput
from nova_desktop.library import mirror_journal
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.mirror_course import Ahead, Course
from nova_desktop.library.mirror_journal import Record
from nova_desktop.library.mirror_look import ToDo
from nova_desktop.library.mirror_plan import Step
from nova_desktop.library.mirror_records import MirrorRecords
from nova_desktop.library.mirror_rows import (
    HIDDEN,
    Card,
    Version,
    index_of,
    kept_of,
    logical_bytes,
)
from nova_desktop.library.mirror_stamps import Held, batches, held
from nova_desktop.library.sent import SentLog
from nova_desktop.model import Space
from nova_desktop.ports import Kept, Store, VectorBucket

PUT_ROWS = 500  # in one request: S3 Vectors
MOST_ROWS = 4000  # in memory at once
CLAIM_S = 86_400.0  # after that nobody waits for the entry of what was put: see mirror_unclaimed
COMMIT_RECORDS, COMMIT_S = 500, 5.0  # in one entry of the journal, about; and how old one gets
STALE_VERSIONS, STALE_ROWS = 2000, 20_000  # looked up at a time
ENTRIES = 200  # of this machine, from which on its journal is written anew
RECORDS_EACH = 100  # ... where an entry would hold more than so many
OWN_RECORDS = 5000  # of them in memory meanwhile

# What was put, how often each content was recorded before, and when the put began
Outcome = tuple[list[Record], dict[str, int], float]


@dataclass(slots=True)
class Pushing:
    """Of one sync; one thread."""

    catalog: Catalog
    store: Store
    records: MirrorRecords
    bucket: VectorBucket
    journal: VectorBucket  # the same; a stop lets it write down what was put
    prefix: str
    sent: SentLog
    course: Course
    describe: Callable[[Held], Card]  # what is told of a content
    named: bool  # file names may leave this device
    _clock: int = 0
    _ready: list[Record] = field(default_factory=list)
    _changes: dict[tuple[str, str], int] = field(default_factory=dict)
    _since_s: float = 0.0
    _put_s: float = 0.0  # when the first of `_ready` began to be put, by the clock on the wall
    _next: int = 0  # the number of the next entry
    _made: set[str] = field(default_factory=set)  # indexes that are there

    def push(self, todo: Iterable[ToDo]) -> None:
        """What is to be pushed, and taken away there: of the latter the journal says so here, and
        `clean` removes the rows.
        """
        ahead: Ahead[Outcome] = Ahead(self._put, MOST_ROWS)
        try:
            with ahead:
                for one in todo:
                    self._push(ahead, one)
                    self._delete(one)
        finally:
            self._commit()  # also when it is stopped: what was put counts

    def clean(self) -> None:
        """Removes what lies there and does not count; only while nothing is being pushed."""
        spaces = self.records.spaces()
        while stale := self.records.stale(STALE_VERSIONS, STALE_ROWS):
            by_space: dict[str, list[Version]] = {}
            for name, version in stale:
                by_space.setdefault(name, []).append(version)
            for name, versions in by_space.items():
                self.course.check()
                if space := spaces.get(name):
                    self._remove(index_of(self.prefix, space), versions)
                lying = self.records.versions(name, [one.content for one in versions])
                gone = [one.content for one in versions if one.content not in lying]
                self.sent.removed(self._place(name), gone)
                self.records.removed((name, version) for version in versions)

    def _remove(self, index: str, versions: Sequence[Version]) -> None:
        """What others pushed they mostly removed themselves, which is seen by its ends."""
        me = self.records.machine
        ends = [
            key
            for one in versions
            if one.machine != me
            for key in (one.key(0), one.key(one.rows - 1))
        ]
        left = {one.key for one in self.bucket.get(index, ends, vectors=False)} if ends else set()
        self.bucket.delete(
            index,
            [
                key
                for one in versions
                if one.machine == me or not left.isdisjoint((one.key(0), one.key(one.rows - 1)))
                for key in one.keys
            ],
        )

    def shorten(self, keys: Sequence[str]) -> None:
        """Writes this machine's journal anew where it has become long; `keys`: of all entries."""
        me = self.records.machine
        mine = [key for key in keys if (place := mirror_journal.place_of(key)) and place[0] == me]
        if len(mine) < ENTRIES or self.records.own_count() > RECORDS_EACH * len(mine):
            return
        self._prepare()
        for records in self.records.own(OWN_RECORDS):
            self.course.check()
            self._write(records, {})
        self.bucket.delete(mirror_journal.index_of(self.prefix), mine)

    def _push(self, ahead: Ahead[Outcome], todo: ToDo) -> None:
        space, contents = todo.page.space, todo.plan.of(Step.PUSH)
        if not contents:
            return
        self._prepare()
        index = index_of(self.prefix, space)
        if index not in self._made:
            self.bucket.create(index, space.dim, HIDDEN)
            self._made.add(index)
        for some in batches(contents, todo.rows, PUT_ROWS):
            self.course.check()
            count = sum(todo.rows[one] for one in some)
            ahead.room(count)
            changes = self.records.watch(space.name, some)
            found = list(held(self.catalog, self.store, space, some).values())
            if found:
                ahead.submit(self._request(space, index, found, changes), count)

    def _delete(self, todo: ToDo) -> None:
        contents = todo.plan.of(Step.DELETE)
        if not contents:
            return
        self._prepare()
        name = todo.page.space.name
        for content, (version, _) in self.records.versions(name, contents).items():
            self.course.check()
            self._ready.append(Record(name, content, "", version.rows, self._clock))
            self._commit_if_due()

    def _prepare(self) -> None:
        if not self._clock:
            self.bucket.create(
                mirror_journal.index_of(self.prefix), mirror_journal.DIM, mirror_journal.HIDDEN
            )
            self._clock = self.records.next_clock()
            self._next = self.records.read().get(self.records.machine, 0) + 1
            self._since_s = time.monotonic()

    def _request(
        self, space: Space, index: str, found: Sequence[Held], changes: dict[str, int]
    ) -> Callable[[], Outcome]:
        """Puts these contents; gives what the journal says of them. On a thread of its own."""
        me, named = self.records.machine, self.named
        versions = [Version(one.content, len(one.rows), self._clock, me) for one in found]
        records = [
            Record(space.name, one.content, one.stamp, len(one.rows), self._clock) for one in found
        ]
        groups = [
            kept_of(one.rows, version, self.describe(one), named)
            for one, version in zip(found, versions, strict=True)
        ]
        self.records.pushing(space.name, versions)
        sizes = {one.content: logical_bytes(kept) for one, kept in zip(found, groups, strict=True)}
        self.sent.sending_all(self._place(space.name), sizes)

        def put() -> Outcome:
            began_s = time.time()
            return [records[at] for at in self._taken(index, groups)], changes, began_s

        return put

    def _taken(self, index: str, groups: Sequence[list[Kept]]) -> list[int]:
        """Puts them; which of them were taken. One that is refused never costs its neighbours."""
        try:
            self.bucket.put(index, [one for group in groups for one in group])
        except BadInput:
            if len(groups) == 1:
                return []
            return [at for at, group in enumerate(groups) if self._taken(index, [group])]
        return list(range(len(groups)))

    def _put(self, outcome: Outcome) -> None:
        records, changes, began_s = outcome
        self._put_s = min(self._put_s or began_s, began_s)
        for record in records:
            self._ready.append(record)
            self._changes[record.space, record.content] = changes.get(record.content, 0)
        self.course.skipped += len(changes) - len(records)
        self.course.went(sum(record.rows for record in records))
        self._commit_if_due()

    def _commit_if_due(self) -> None:
        late = time.monotonic() - self._since_s > COMMIT_S
        if len(self._ready) >= COMMIT_RECORDS or (self._ready and late):
            self._commit()

    def _commit(self) -> None:
        ready, self._ready = self._ready, []
        changes, self._changes = self._changes, {}
        if self._put_s and time.time() - self._put_s > CLAIM_S:
            # The computer slept meanwhile. It counts for nothing, and the next sync puts it anew.
            self.course.skipped += len(ready)
        else:
            self._write(ready, changes)
        self._put_s = 0.0
        self._since_s = time.monotonic()

    def _write(self, records: Sequence[Record], changes: Mapping[tuple[str, str], int]) -> None:
        if not records:
            return
        me, spaces = self.records.machine, self.records.spaces()
        made = mirror_journal.entries(me, self._next, self.records.name, spaces, records)
        index = mirror_journal.index_of(self.prefix)
        for entry in made:  # one after another: who reads one has all before it
            self.journal.put(index, [mirror_journal.kept_of(entry)])
            self._next = entry.number + 1
        self.records.pushed(made, changes)

    def _place(self, space: str) -> str:
        return f"{self.bucket.place}, {space}"
