"""The way in: waiting files through the reading and embedding pools, to store and catalog."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, TryLater, shown
from nova_desktop.library import work
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.job import Job
from nova_desktop.library.progress import Meter
from nova_desktop.library.questions import Waiting
from nova_desktop.model import Chunk, Event, Failed, Indexed, Paused, Piece, Reading, State
from nova_desktop.ports import Store

T = TypeVar("T")
log = logging.getLogger(__name__)

BATCH_ROWS = 256  # put at once: a commit of 50 rows costs as much as one of 1
BATCH_S = 1.5  # ... or what has come together in this time
SLICE = 8  # chunks prepared in one task, so that a long file keeps several threads busy
ATTEMPTS = 3  # of a file that says "later"; then it counts as failed, and can be retried
LATER_S = 2.0  # until a file that is changing is looked at again
HOLD_S = 300.0  # at most between two tries of an engine that is busy or out of reach


@dataclass(frozen=True, slots=True)
class Pools:
    """Where the work is done; tests give executors that run in the calling thread."""

    reading: Executor
    reading_size: int
    embedding: Executor


@dataclass(frozen=True, slots=True)
class ToEmbed:
    job: Job
    chunk: int
    index: int  # of the piece within its chunk
    piece: Piece


class Intake:
    """Every method is called on the indexer's thread, and none of them blocks for long."""

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        tools: work.Tools,
        pools: Pools,
        post: Callable[[Callable[[], None]], None],
        look: Callable[[str, str], None],
        tell: Callable[[Event], None],
    ) -> None:
        self._catalog, self._store, self._tools, self._pools = catalog, store, tools, pools
        self._post, self._look, self._tell = post, look, tell
        self._space = tools.engine.space
        self.meter = Meter(tell)
        self.held = ""  # why the engine is not asked just now; it is asked again by itself
        self._hold_s = 0.0
        self._held_until = 0.0
        self._busy: dict[str, Waiting] = {}  # by path, from fed to ended
        self._jobs: dict[str, Job] = {}  # by content, from read to recorded
        self._pieces: list[ToEmbed] = []
        self._reading = self._embedding = 0  # tasks in the pools
        self._finished: list[Job] = []  # to be put and recorded
        self._finished_at = 0.0

    @property
    def busy(self) -> bool:
        """True while any file is between waiting and its end."""
        return bool(self._busy or self._reading or self._embedding)

    def due_in_s(self) -> float | None:
        """Seconds until there is something to do that no finished task will announce."""
        due = []
        if self._finished:
            due.append(self._finished_at + BATCH_S - time.monotonic())
        if self.held and self._pieces:
            due.append(self._held_until - time.monotonic())
        if not self._busy and (postponed := self._catalog.next_due_s()) is not None:
            due.append(postponed - time.time())
        return min(due, default=None)

    def feed(self) -> None:
        """Keeps both pools as full as they should be."""
        limits = self._tools.engine.limits
        room = self._pools.reading_size * 2
        heavy = 4 * limits.batch * limits.parallel  # pieces are held in memory: not too many
        while self._reading < room and len(self._pieces) < heavy:
            if not (self._feed_slice() or self._feed_files(room - self._reading)):
                break
        self._feed_engine(limits.batch, limits.parallel)
        current = next((Path(path).name for path in self._busy), "")
        ready = sum(len(job.files) for job in self._finished)
        self.meter.show(self._catalog.waiting_count, current, ready)

    def _feed_slice(self) -> bool:
        """Goes on with a file that is open: files are finished before new ones are begun."""
        job = next((job for job in self._jobs.values() if job.chunks), None)
        if job is None:
            return False
        chunks = job.take(SLICE)
        task = partial(work.prepare, job.path, job.modality, chunks, self._tools)
        self._read_task(task, partial(self._prepared, job, chunks))
        return True

    def _feed_files(self, room: int) -> bool:
        files = self._catalog.waiting(room, skip=self._busy.keys())
        for file in files:
            self.meter.begin()
            if file.companion_kind in ("raw", "sidecar"):
                self._settle(file, State.INDEXED, f"Found as {shown(Path(file.companion_of))}.")
                continue
            self._busy[file.path] = file
            task = partial(work.identify, Path(file.path), file.stamp, self._tools)
            self._read_task(task, partial(self._identified, file))
        return bool(files)

    def _feed_engine(self, batch: int, parallel: int) -> None:
        if self.held and time.monotonic() < self._held_until:
            return
        self._pieces = [piece for piece in self._pieces if self._is_open(piece.job)]
        while self._pieces and self._embedding < parallel:
            if len(self._pieces) < batch and self._reading:
                return  # more are coming
            part, self._pieces = self._pieces[:batch], self._pieces[batch:]
            self._embedding += 1
            task = partial(work.embed, [item.piece for item in part], self._tools.engine)
            self._submit(self._pools.embedding, task, partial(self._embedded, part))

    def _read_task(self, task: Callable[[], T], done: Callable[[Future[T]], None]) -> None:
        self._reading += 1
        self._submit(self._pools.reading, task, done)

    def _submit(
        self, pool: Executor, task: Callable[[], T], done: Callable[[Future[T]], None]
    ) -> None:
        pool.submit(task).add_done_callback(lambda future: self._post(partial(done, future)))

    def _is_open(self, job: Job) -> bool:
        return self._jobs.get(job.content) is job

    # What comes back

    def _identified(self, file: Waiting, future: Future[work.Identity]) -> None:
        self._reading -= 1
        if error := future.exception():
            self._end([file], error)
            return
        found = future.result()
        if job := self._jobs.get(found.content):
            job.files.append(file)  # the same content is being read under another name
        elif self._catalog.has(found.content, self._space.name):
            self._finish(Job([file], found.content, found.modality, known=True))
        else:
            job = self._jobs[found.content] = Job([file], found.content, found.modality)
            task = partial(work.read, job.path, job.modality, self._tools)
            self._read_task(task, partial(self._opened, job))

    def _opened(self, job: Job, future: Future[Reading]) -> None:
        self._reading -= 1
        if error := future.exception():
            self._drop(job, error)
        elif job.files[0].companion_kind == "live" and future.result().info.live_photo:
            del self._jobs[job.content]
            for file in job.files:
                still = shown(Path(file.companion_of))
                self._settle(file, State.INDEXED, f"The moving half of {still}.")
        else:
            job.open(future.result())

    def _prepared(
        self, job: Job, chunks: list[Chunk], future: Future[tuple[work.Prepared, ...]]
    ) -> None:
        self._reading -= 1
        if not self._is_open(job):
            return
        error = future.exception()
        if isinstance(error, TryLater) and self._tools.halt.is_set():
            job.give_back(chunks)  # what is embedded of it already is kept
        elif error:
            self._drop(job, error)
        else:
            for prepared in future.result():
                pieces = job.add(prepared)
                number = prepared.chunk.number
                self._pieces += [ToEmbed(job, number, i, p) for i, p in enumerate(pieces)]
            self._finish_if_done(job)

    def _embedded(
        self, part: list[ToEmbed], future: Future[list[NDArray[np.float32] | BadInput]]
    ) -> None:
        self._embedding -= 1
        error = future.exception()
        if isinstance(error, NeedsUser | TryLater):
            self._pieces = part + self._pieces
            if isinstance(error, NeedsUser):
                raise error  # the indexer pauses
            self._hold(str(error))
            return
        self.held, self._hold_s = "", 0.0
        for position, item in enumerate(part):
            if not self._is_open(item.job):
                continue
            if error:
                self._drop(item.job, error)
                continue
            item.job.embedded(item.chunk, item.index, item.piece, future.result()[position])
            self._finish_if_done(item.job)

    def ask_again(self) -> None:
        """Ends a hold: the engine is asked now."""
        self.held = ""

    def _hold(self, why: str) -> None:
        """Asks the engine again later, twice as late each time; says so once."""
        if not self.held:
            log.warning("%s Trying again by itself.", why)
            self._tell(Paused(why))
        self.held = why
        self._hold_s = min(HOLD_S, max(2.0, 2 * self._hold_s))
        self._held_until = time.monotonic() + self._hold_s

    # Ends

    def _finish_if_done(self, job: Job) -> None:
        if job.done:
            if job.refused:
                self._drop(job, BadInput(job.refused))
            else:
                self._finish(job)

    def _finish(self, job: Job) -> None:
        for note in job.notes:
            log.info("%s: %s", ascii(job.path.name), note)
        if not self._finished:
            self._finished_at = time.monotonic()
        self._finished.append(job)

    def flush(self) -> None:
        """Makes finished files durable when it is time to: rows first, the catalog last."""
        if not self._finished:
            return
        due = time.monotonic() >= self._finished_at + BATCH_S
        full = sum(len(job.rows) for job in self._finished) >= BATCH_ROWS
        if not (due or full or not (self._reading or self._embedding)):
            return
        for job in self._finished:
            for file in tuple(job.files):
                try:
                    work.check_stamp(Path(file.path), file.stamp)
                except TryLater as e:
                    job.files.remove(file)
                    self._end([file], e)
        jobs = [job for job in self._finished if job.files]
        new = [job for job in jobs if not job.known]
        if rows := [row for job in new for row in job.finished_rows()]:
            self._store.put(self._space, rows)
        self._catalog.record(
            [(file, job.content) for job in jobs for file in job.files],
            self._space.name,
            {job.content: job.facts() for job in new},
        )
        for job in self._finished:
            if self._is_open(job):
                del self._jobs[job.content]
        self._finished = []
        for file in [file for job in jobs for file in job.files]:
            self._busy.pop(file.path)
            self.meter.done += 1
            self._tell(Indexed(Path(file.path)))
        self._store.maintain()

    def _drop(self, job: Job, error: BaseException) -> None:
        """Gives a content up; tasks of it that are still running find it gone."""
        if self._is_open(job):
            del self._jobs[job.content]
            self._end(job.files, error)

    def _end(self, files: Sequence[Waiting], error: BaseException) -> None:
        """What becomes of files that could not be indexed now."""
        for file in files:
            if isinstance(error, work.Unsupported):
                self._settle(file, State.EXCLUDED, str(error))
            elif isinstance(error, work.Changed):
                self._postpone(file, error, LATER_S)
            elif isinstance(error, TryLater) and self._tools.halt.is_set():
                del self._busy[file.path]  # it was stopped, and waits as it did before
            elif isinstance(error, TryLater) and file.attempts + 1 < ATTEMPTS:
                self._postpone(file, error, LATER_S * 4**file.attempts)
            elif isinstance(error, NeedsUser):
                del self._busy[file.path]
            else:
                if not isinstance(error, ExpectedError):
                    log.error("%s: a bug", ascii(file.path), exc_info=error)
                self._settle(file, State.FAILED, work.reason(error))
                self._tell(Failed(Path(file.path), work.reason(error)))
        if isinstance(error, NeedsUser):
            raise error  # the indexer pauses

    def _postpone(self, file: Waiting, error: TryLater, wait_s: float) -> None:
        self._busy.pop(file.path, None)
        stamp = error.stamp if isinstance(error, work.Changed) else None
        self._catalog.postpone(file.path, str(error), wait_s, stamp)
        if isinstance(error, work.Changed) and stamp is None:  # it is gone: where to?
            for root in self._catalog.roots():
                if file.path.startswith(root.path + os.sep):
                    self._look(root.path, file.path)

    def _settle(self, file: Waiting, state: State, reason: str) -> None:
        self._busy.pop(file.path, None)
        self._catalog.settle(file.path, state, reason)
        self.meter.done += 1
