"""The way in: waiting files through the reading and embedding pools, to store and catalog."""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import TypeVar

from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater, shown
from nova_desktop.events import Event, Indexed
from nova_desktop.library import work
from nova_desktop.library.beside import Beside
from nova_desktop.library.endings import Endings, Queue
from nova_desktop.library.job import Job, ToEmbed
from nova_desktop.library.line import Line, Vector
from nova_desktop.library.pools import Pools
from nova_desktop.library.progress import Meter
from nova_desktop.library.questions import Waiting
from nova_desktop.long_media import Segment
from nova_desktop.model import Chunk, State
from nova_desktop.ports import Store

T = TypeVar("T")
log = logging.getLogger(__name__)

BATCH_ROWS = 256  # put at once: a commit of 50 rows costs as much as one of 1
BATCH_S = 1.5  # ... or what has come together in this time
SLICE = 8  # chunks prepared in one task, so that a long file keeps several threads busy
TELL_S = 0.5  # between two looks at how a long job goes
LATER_S, LATEST_S = 10.0, 900.0  # until a job that could not go on is taken up again
AHEAD = 500  # waiting files asked of the catalog at once


class Intake:
    """Every method is called on the indexer's thread, and none of them blocks for long.

    What waits for one space and is recorded of it is the `queue`'s. With `beside`, an engine that
    needs the user stops this way in alone, and no other.
    """

    def __init__(
        self,
        queue: Queue,
        tools: work.Tools,
        pools: Pools,
        store: Store,
        meter: Meter,
        post: Callable[[Callable[[], None]], None],
        look: Callable[[str, str], None],
        tell: Callable[[Event], None],
        beside: Beside | None = None,
    ) -> None:
        self._queue, self._store, self._tools, self._pools = queue, store, tools, pools
        self._post, self._tell, self._beside = post, tell, beside
        self._space = tools.engine.space
        self._meter = meter
        self._busy: dict[str, Waiting] = {}  # by path, from fed to ended
        self._next: deque[Waiting] = deque()  # to be fed
        self._jobs: dict[str, Job] = {}  # by content, from read to recorded
        self._reading = 0  # tasks in the pool
        self._slices = 0  # of the tasks that read, those that go on with a file
        self._finished: list[Job] = []  # to be put and recorded
        self._finished_at = 0.0
        self._long = beside.long if beside else None
        self._phases: dict[str, str] = {}  # by content: how far its job is
        self._endings = Endings(queue, meter, look, tell, self._free)
        submit = partial(self._submit, pools.embedding)
        self.line = Line(tools.engine, submit, self._is_open, self._came, tell, beside)

    @property
    def busy(self) -> bool:
        """True while any file is between waiting and its end, and comes nearer to it."""
        running = bool(self._reading or self.line.running or self._phases)
        return running or bool(self._busy and not self.line.blocked)

    @property
    def idle(self) -> bool:
        """True when nothing is to be done, now or soon."""
        return not self.busy and (bool(self.line.blocked) or self._queue.next_due_s() is None)

    def waiting(self) -> int:
        """How many files wait."""
        return 0 if self.line.blocked else self._queue.waiting_count()

    @property
    def ready(self) -> int:
        """How many of them are finished and only to be recorded."""
        return 0 if self.line.blocked else sum(len(job.files) for job in self._finished)

    @property
    def current(self) -> str:
        """What is under way, in a few words; "" when nothing is."""
        if phase := next(filter(None, tuple(self._phases.values())), ""):
            return phase
        return next((Path(path).name for path in self._busy), "")

    def due_in_s(self) -> float | None:
        """Seconds until there is something to do that no finished task will announce."""
        due = [0.0] if self._endings else []
        due += [TELL_S] if self._phases else []
        if self._finished:
            due.append(self._finished_at + BATCH_S - time.monotonic())
        if (held_s := self.line.due_in_s()) is not None:
            due.append(held_s)
        if not (self._busy or self.line.blocked):
            postponed = self._queue.next_due_s()
            due += [] if postponed is None else [postponed - time.time()]
        return min(due, default=None)

    def feed(self) -> None:
        """Keeps both pools as full as they should be."""
        if self.line.blocked:
            return
        room = self._pools.reading_size * 2
        while self._reading < room and not self.line.full:
            begun = sum(1 for job in self._jobs.values() if job.chunks)
            # Half of the room is for new files: two hours of sound hold up no photo.
            new = self._slices >= room // 2 and begun < 2 * room
            if new and self._feed_files(room - self._reading):
                continue
            if not (self._feed_slice() or self._feed_files(room - self._reading)):
                break
        self.line.feed(more=bool(self._reading))

    def _feed_slice(self) -> bool:
        """Goes on with a file that is open: with the one of which least was done."""
        job = min((job for job in self._jobs.values() if job.chunks), default=None, key=Job.taken)
        if job is None:
            return False
        chunks = job.take(SLICE)
        self._slices += 1
        task = partial(work.prepare, job.path, job.modality, chunks, self._tools)
        self._read_task(task, partial(self._prepared, job, chunks))
        return True

    def _feed_files(self, room: int) -> bool:
        if not self._next:
            self._next.extend(self._queue.waiting(AHEAD, skip=self._busy.keys()))
        files = [self._next.popleft() for _ in range(min(room, len(self._next)))]
        for file in files:
            self._meter.begin()
            self._busy[file.path] = file
            if file.companion_kind == "sidecar" or self._belongs(file, "raw"):
                self._endings.settle(
                    file, State.INDEXED, f"Found as {shown(Path(file.companion_of))}."
                )
                continue
            task = partial(work.identify, Path(file.path), file.stamp, self._tools)
            self._read_task(task, partial(self._identified, file))
        return bool(files)

    def _belongs(self, file: Waiting, kind: str) -> bool:
        """Whether it is found as its primary. One that failed is not found: then by itself."""
        return (
            file.companion_kind == kind
            and self._queue.state_of(file.companion_of) is not State.FAILED
        )

    def changed(self) -> None:
        """What waits is not what it was, or may not be sent any more."""
        self._next.clear()
        if self._beside is None:
            return
        self._beside.queue.stale()
        for job in [job for job in self._jobs.values() if not job.done]:
            if not self._beside.queue.allows(str(job.path)):
                del self._jobs[job.content]
                for file in job.files:
                    self._free(file)

    def leave(self, folder: str) -> None:
        """The files in `folder` are not wanted any more: what is under way of them is dropped."""
        start = os.path.join(folder, "")  # noqa: PTH118  # a str stays a str here
        self.changed()
        self._busy = {p: file for p, file in self._busy.items() if not p.startswith(start)}
        for job in {*self._jobs.values(), *self._finished}:
            job.files = [file for file in job.files if not file.path.startswith(start)]
        self._jobs = {content: job for content, job in self._jobs.items() if job.files}
        self._finished = [job for job in self._finished if job.files]
        self._endings.leave(folder)

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
        if self._busy.get(file.path) is not file:
            return  # its folder was removed meanwhile
        if error := future.exception():
            self._endings.end([file], error)
            return
        found = future.result()
        if file.content and file.content != found.content:
            # The device has not seen yet that it is another one; what is that is not known here.
            self._endings.end([file], work.Changed(Path(file.path), file.stamp))
            return
        if job := self._jobs.get(found.content):
            job.files.append(file)  # the same content is being read under another name
        elif self._queue.has(found.content, self._space.name):
            self._finish(Job([file], found.content, found.modality, known=True))
        else:
            job = self._jobs[found.content] = Job([file], found.content, found.modality)
            task = partial(work.read, job.path, job.modality, self._tools)
            if self._beside:
                task = partial(self._beside.read, job.path, job.modality, found.content)
            self._read_task(task, partial(self._opened, job))

    def _opened(self, job: Job, future: Future[work.Opened]) -> None:
        self._reading -= 1
        if not self._is_open(job):
            return
        if error := future.exception():
            self._drop(job, error)
            return
        reading, same = future.result()
        if reading.info.live_photo:
            for file in [file for file in job.files if self._belongs(file, "live")]:
                job.files.remove(file)
                still = shown(Path(file.companion_of))
                self._endings.settle(file, State.INDEXED, f"The moving half of {still}.")
        if not job.files:
            del self._jobs[job.content]
            return
        job.open(reading)
        if self._long and self._long.takes(job, self._queue.waiting_count()):
            job.hand_over()
            self._phases[job.content] = ""
            task = partial(
                self._long.embed, job.files[0], job.modality, job.content, partial(self._said, job)
            )
            self._submit(self._long.pool, task, partial(self._segments, job))
        else:
            job.spare(same)

    def _said(self, job: Job, phase: str, share: float) -> None:
        """From the job's thread; ends the job where its file may not be sent any more."""
        if self._beside and not self._beside.queue.allows(str(job.path)):
            raise Stopped
        self._phases[job.content] = f"{job.path.name}: {phase}, {share:.0%}"

    def _segments(self, job: Job, future: Future[list[Segment]]) -> None:
        self._phases.pop(job.content, None)
        if not self._is_open(job):
            return
        error = future.exception()
        if error is None:
            job.segments(future.result())
            self._finish_if_done(job)
        elif isinstance(error, Stopped | TryLater | NeedsUser):
            # What the job did so far is kept: it goes on from there.
            del self._jobs[job.content]
            for file in job.files:
                self._free(file)
            if isinstance(error, NeedsUser):
                self.line.block(str(error))
            elif isinstance(error, TryLater) and not isinstance(error, Stopped):
                wait_s = min(LATEST_S, LATER_S * 2 ** job.files[0].attempts)
                self._queue.postpone(job.files[0].path, str(error), wait_s)
        else:
            self._drop(job, error)

    def _prepared(
        self, job: Job, chunks: list[Chunk], future: Future[tuple[work.Prepared, ...]]
    ) -> None:
        self._slices -= 1
        self._reading -= 1
        if not self._is_open(job):
            return
        error = future.exception()
        if isinstance(error, Stopped):
            job.give_back(chunks)  # what is embedded of it already is kept
        elif error:
            self._drop(job, error)
        else:
            for prepared in future.result():
                self.line.add(job, prepared.chunk.number, job.add(prepared))
            self._finish_if_done(job)

    def _came(self, item: ToEmbed, vector: Vector | BaseException) -> None:
        if isinstance(vector, BaseException) and not isinstance(vector, BadInput):
            self._drop(item.job, vector)
        else:
            item.job.embedded(item.chunk, item.index, item.piece, vector)
            self._finish_if_done(item.job)

    # Ends

    def _finish_if_done(self, job: Job) -> None:
        if job.done and job not in self._finished:
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

    def flush(self) -> bool:
        """Makes durable what has ended; what is finished when it is time to. True where any was.

        Rows first, the catalog last. What raises NeedsUser is done again by the next call.
        """
        self._endings.record()
        if not self._finished:
            return False
        due = time.monotonic() >= self._finished_at + BATCH_S
        full = sum(max(1, len(job.rows)) for job in self._finished) >= BATCH_ROWS
        if not (due or full or not (self._reading or self.line.running)):
            return False
        self._finished = [job for job in self._finished if self._still_true(job)]
        new = [job for job in self._finished if not job.known]
        if rows := [row for job in new for row in job.finished_rows()]:
            self._store.put(self._space, rows)
        files = [(file, job.content) for job in self._finished for file in job.files]
        self._queue.record(files, self._space.name, {job.content: job.facts() for job in new})
        for job in self._finished:
            if self._is_open(job):
                del self._jobs[job.content]
            self._leave_nothing(job)
        self._finished = []
        for file, _ in files:
            self._free(file)
            self._meter.done += 1
            self._tell(Indexed(Path(file.path)))
        self._store.maintain()
        return True

    def _still_true(self, job: Job) -> bool:
        """Whether a finished job is to be kept; its files that are not as they were leave it."""
        was_read = job.files[0] if job.files else None
        for file in tuple(job.files):
            try:
                work.check_stamp(Path(file.path), file.stamp)
            except TryLater as e:
                job.files.remove(file)
                self._endings.end([file], e)
                if file is was_read and isinstance(e, work.Changed) and e.stamp:
                    # What was read may not be what was hashed: its copies are read again.
                    if self._is_open(job):
                        del self._jobs[job.content]
                    for copy in job.files:
                        self._free(copy)
                    return False
        # A new content without a file was moved meanwhile: it is kept for when that is noticed.
        return bool(job.files) or not job.known

    def _drop(self, job: Job, error: BaseException) -> None:
        """Gives a content up; tasks of it that are still running find it gone."""
        if not self._is_open(job):
            return
        del self._jobs[job.content]
        if isinstance(error, BadInput):
            self._leave_nothing(job)
        first, *copies = job.files
        try:
            if not isinstance(error, Stopped | NeedsUser):
                work.check_stamp(Path(first.path), first.stamp)
        except TryLater as e:  # then the error says nothing of the content
            self._endings.end([first], e)
            for copy in copies:
                self._free(copy)
        else:
            self._endings.end(job.files, error)

    def _leave_nothing(self, job: Job) -> None:
        """Has what a job left at the service deleted; what fails is done at the next start."""
        if self._long and job.by_job:
            self._submit(self._long.pool, partial(self._long.finish, job.content), _report)

    def _free(self, file: Waiting) -> None:
        """The file is not under way any more."""
        if self._busy.get(file.path) is file:
            del self._busy[file.path]


def _report(future: Future[None]) -> None:
    if (error := future.exception()) and not isinstance(error, TryLater):
        raise error
