"""A library that machines share: this one and the one in a vector bucket are made to agree.

A sync is a reconcile, as indexing is: what lies there is what its journal says, `mirror_plan` says
what differs, and the same run does it, whether it is the first, one after a kill, or one that finds
nothing to do, which asks for the journal's keys alone.

Memory is the same for a library of any size. With their vectors, at most 4,000 rows are in memory
to push and 8,000 to pull (MOST_ROWS), or all rows of one content that has more: about 8 KB each for
1,024 dimensions and words of 200 letters, and up to 20 KB more a content whose picture is sent. Of
what differs, it is the contents of a page (mirror_look.PAGE), at 600 bytes each. Of the rest, only
the keys of the journal are held at once: 300 bytes for up to 500 contents.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, TryLater
from nova_desktop.events import Event, Synced
from nova_desktop.library import mirror_compared
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.mirror_course import Course
from nova_desktop.library.mirror_erase import erase
from nova_desktop.library.mirror_look import MirrorLook, Page, ToDo
from nova_desktop.library.mirror_meter import LEAST_PUT, MODEL, PUT, STORED, Meter
from nova_desktop.library.mirror_plan import Step
from nova_desktop.library.mirror_pull import Pulling
from nova_desktop.library.mirror_push import PUT_ROWS, Pushing
from nova_desktop.library.mirror_query import Remote
from nova_desktop.library.mirror_records import MirrorRecords
from nova_desktop.library.mirror_rows import Card
from nova_desktop.library.mirror_stamps import Held
from nova_desktop.library.mirror_unclaimed import look_for_unclaimed
from nova_desktop.library.prices import Prices
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.sent import SentLog
from nova_desktop.model import Space
from nova_desktop.ports import Store, VectorBucket
from nova_desktop.spending import Usage
from nova_desktop.sync import Differences, Direction, Erased, SyncRun, SyncState

ROW_BYTES = 400  # of what lies beside a vector, about
RUNNING = "A sync is running already. Wait for it, or stop it."
PUSHES = (Direction.PUSH, Direction.BOTH)
PULLS = (Direction.PULL, Direction.RESTORE, Direction.BOTH)


@dataclass(frozen=True, slots=True)
class Sharing:
    """The vector bucket, as `compose` joined it."""

    bucket: VectorBucket  # for rows: a stop and a limit of bandwidth hold its requests up
    asking: VectorBucket  # the same, for questions and for the journal
    meter: Meter  # of both
    prefix: str  # that the names of our indexes begin with
    host: str  # see MirrorRecords
    name: str  # of this machine
    named: bool  # paths of files may leave this device
    thumbnails: bool  # and small pictures of them
    prices: Prices
    region: str
    closing: threading.Event = field(default_factory=threading.Event)  # of both buckets
    seat: str = ""  # see MirrorRecords


@dataclass(slots=True)
class Mirror:
    """Any thread; one sync at a time."""

    catalog: Catalog
    store: Store
    rulebook: Rulebook
    sent: SentLog
    sharing: Sharing
    spaces: Callable[[], Sequence[Space]]  # that this library fills
    thumbnail: Callable[[str], bytes]  # of a content, as JPEG; b"" where there is none
    write: Callable[[Callable[[], None]], None]  # on the indexer's thread
    tell: Callable[[Event], None]
    records: MirrorRecords = field(init=False)
    _busy: threading.Lock = field(default_factory=threading.Lock)
    _running: Direction | None = None
    _differences: Differences | None = None

    def __post_init__(self) -> None:
        sharing = self.sharing
        place = f"{sharing.bucket.place} {sharing.prefix}"
        self.records = MirrorRecords(self.catalog, place, sharing.host, sharing.name, sharing.seat)

    @property
    def remote(self) -> Remote:
        """The bucket, to be asked questions."""
        return Remote(self.catalog, self.records, self.sharing.asking, self.sharing.prefix)

    def state(self) -> SyncState:
        """As far as is known here; nobody is asked."""
        known = not self.records.is_new()
        contents, rows, size = mirror_compared.lying(self.catalog) if known else (0, 0, 0)
        me = self.records.machine
        others = [name for machine, name in self.records.machines().items() if machine != me]
        return SyncState(
            place=self.sharing.bucket.place,
            name=self.records.name,
            contents=contents,
            rows=rows,
            elsewhere=mirror_compared.elsewhere_count(self.catalog),
            kept_back=mirror_compared.kept_back(self.catalog, self.rulebook.rules()),
            machines=tuple(others),
            differences=self._differences,
            last=self.records.last(),
            running=self._running,
            usd_month=self._usd(STORED, size),
            prices=self.sharing.prices.said(MODEL, self.sharing.region),
        )

    def sync(self, direction: Direction, dry: bool = False, again: bool = False) -> SyncRun:
        """Returns when it is done. Whatever it raises, both sides are whole, and the next sync
        goes on from there.

        `dry`: only says what would be done. `again`: pushes all again, where it was erased there.
        BadInput while another sync runs; Stopped by `stop`; otherwise as VectorBucket and Store.
        """
        with self._alone(direction):
            course = Course(self.sharing.meter.stop, self.tell)
            run = SyncRun(time.time(), 0.0, direction, Differences(), 0, dry=dry)
            before = self.sharing.meter.requests
            try:
                done = self._synced(direction, dry, again, course)
            except ExpectedError as e:
                self._note(run, before, course, str(e))
                raise
            return self._note(replace(run, done=done), before, course, "")

    def stop(self) -> None:
        """Ends a sync that is running: what was put counts, and the next one goes on from it."""
        if self._running is not None:
            self.sharing.meter.stop.set()

    def close(self) -> None:
        """Ends all that is asked of the bucket, and asks nothing more."""
        self.sharing.closing.set()
        self.sharing.meter.stop.set()

    def erase(self) -> Erased:
        """Takes all of ours out of the bucket, of this machine and of the others."""
        with self._alone(Direction.PUSH):
            erased = erase(self.sharing.asking, self.sharing.prefix)
            for space in self.records.spaces().values():
                self.sent.deleted(f"{self.sharing.bucket.place}, {space.name}")
            self.records.reset()
            self._differences = None
            return erased

    @contextlib.contextmanager
    def rest(self) -> Iterator[None]:
        """No sync runs meanwhile. TryLater while one does."""
        if not self._busy.acquire(blocking=False):
            raise TryLater("A sync is running: wait for its end, or stop it.")
        try:
            yield
        finally:
            self._busy.release()

    @contextlib.contextmanager
    def _alone(self, direction: Direction) -> Iterator[None]:
        if not self._busy.acquire(blocking=False):
            raise BadInput(RUNNING)
        try:
            self.sharing.meter.stop.clear()
            self._running = direction
            yield
        finally:
            self._running = None
            self._busy.release()
            self.tell(Synced())

    def _note(self, run: SyncRun, before: int, course: Course, error: str) -> SyncRun:
        run = replace(
            run,
            took_s=time.time() - run.began_s,
            requests=self.sharing.meter.requests - before,
            skipped=course.skipped,
            error=error,
        )
        if not run.dry:
            self.records.note_run(run)
        return run

    def _synced(self, direction: Direction, dry: bool, again: bool, course: Course) -> Differences:
        """What was done, or for `dry` what would be."""
        sharing = self.sharing
        look = MirrorLook(
            self.catalog,
            self.store,
            self.rulebook,
            self.records,
            sharing.bucket,
            sharing.prefix,
            course,
        )
        keys = look.read_journal(self.spaces(), again)
        restore = direction is Direction.RESTORE
        every, pages = self._counted(look.plans(look.pages(restore), restore))
        self._differences = every
        ours = _of(every, direction)
        if dry:
            return ours
        course.total = ours.push_rows + ours.pull_rows
        if direction in PUSHES:
            look_for_unclaimed(self.records, sharing.bucket, sharing.prefix, course)
            self._push(look.plans(pages, restore), course, keys)
        if direction in PULLS:
            self._pull(look.plans(pages, restore), course)
        left = {Direction.PUSH: Direction.PULL, Direction.BOTH: None}
        self._differences = _of(every, left.get(direction, Direction.PUSH))
        return ours

    def _push(self, todo: Iterable[ToDo], course: Course, keys: Sequence[str]) -> None:
        sharing = self.sharing
        pushing = Pushing(
            self.catalog,
            self.store,
            self.records,
            sharing.bucket,
            sharing.asking,
            sharing.prefix,
            self.sent,
            course,
            self._described,
            sharing.named,
        )
        pushing.push(todo)
        pushing.clean()
        pushing.shorten(keys)

    def _pull(self, todo: Iterable[ToDo], course: Course) -> None:
        sharing = self.sharing
        pulling = Pulling(
            self.catalog,
            self.store,
            self.records,
            sharing.bucket,
            sharing.prefix,
            course,
            self.write,
            sharing.meter.wait,
        )
        pulling.pull(todo)

    def _described(self, one: Held) -> Card:
        sharing = self.sharing
        name = ""
        if sharing.named and (places := self.catalog.places([one.content]).get(one.content)):
            name = places[0].shown.encode("utf-8", "replace").decode()
        thumbnail = self.thumbnail(one.content) if sharing.thumbnails else b""
        return Card(one.modality, one.info, name, thumbnail)

    def _counted(self, todo: Iterable[ToDo]) -> tuple[Differences, list[Page]]:
        """What differs, and on which pages. A content counts once, of however many spaces."""
        contents, rows, size = Counter[Step](), Counter[Step](), 0
        pages, first = list[Page](), ""
        counted: dict[Step, set[str]] = {}  # of the contents from `first` on
        for one in todo:
            if one.page.first != first:
                first, counted = one.page.first, {}
            for step, some in one.plan.steps.items():
                new = set(some) - counted.setdefault(step, set())
                counted[step] |= new
                contents[step] += len(new)
                rows[step] += one.count(step)
            size += one.count(Step.PUSH) * (4 * one.page.space.dim + ROW_BYTES)
            if one.any:
                pages.append(one.page)
        puts = -(-rows[Step.PUSH] // PUT_ROWS)
        differences = Differences(
            push=contents[Step.PUSH],
            pull=contents[Step.PULL],
            delete=contents[Step.DELETE],
            forget=contents[Step.FORGET],
            push_rows=rows[Step.PUSH],
            pull_rows=rows[Step.PULL],
            push_bytes=size,
            usd=self._usd(PUT, max(size, puts * LEAST_PUT)),
        )
        return differences, pages

    def _usd(self, kind: str, size: int) -> float:
        """0 where that has no price; then nothing is sent, and who tries is told."""
        usage = Usage("s3vectors", MODEL, self.sharing.region, kind, sent_bytes=size)
        try:
            return self.sharing.prices.usd(usage)
        except NeedsUser:
            return 0.0


def _of(every: Differences, direction: Direction | None) -> Differences:
    """What one direction does of it; nothing for None."""
    if direction is None:
        return Differences()
    if direction not in PULLS:
        return replace(every, pull=0, pull_rows=0, forget=0)
    if direction not in PUSHES:
        return replace(every, push=0, push_rows=0, push_bytes=0, delete=0, usd=0.0)
    return every
