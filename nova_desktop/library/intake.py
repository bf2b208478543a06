"""The way in: waiting files through the reading and embedding pools, to store and catalog."""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import TypeVar

from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater, shown
from nova_desktop.events import Event
from nova_desktop.folders import UnderWay
from nova_desktop.library import work
from nova_desktop.library.beside import Beside
from nova_desktop.library.by_job import ByJob
from nova_desktop.library.endings import Endings, Queue
from nova_desktop.library.finished import Finished
from nova_desktop.library.job import Job, ToEmbed
from nova_desktop.library.likenesses import Likenesses
from nova_desktop.library.line import Line, Vector
from nova_desktop.library.pools import Pools
from nova_desktop.library.progress import Meter
from nova_desktop.library.questions import Waiting
from nova_desktop.library.weighing import Weighing, stage
from nova_desktop.model import Chunk, State
from nova_desktop.ports import Store

T = TypeVar("T")
log = logging.getLogger(__name__)

SLICE = 8  # chunks prepared in one task, so that a long file keeps several threads busy
TELL_S = 0.5  # between two looks at how a long job goes
CANCELLED = "You cancelled it. Try it again when you like."
AHEAD = 500  # waiting files asked of the catalog at once


class Intake:
    """Every method is called on the indexer's thread, and none of them blocks for long.

    What waits for one space and is recorded of it is the `queue`'s. `let_by` is called before each
    task. With `beside`, an engine that
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
        let_by: Callable[[], None],
        beside: Beside | None = None,
        effort: Mapping[str, tuple[float, float]] | None = None,
        likenesses: Likenesses | None = None,
    ) -> None:
        self._queue, self._tools, self._pools = queue, tools, pools
        self._post, self._tell, self._let_by, self._beside = post, tell, let_by, beside
        self.engine, self.space = tools.engine, tools.engine.space
        self._meter = meter
        self._busy: dict[str, Waiting] = {}  # by path, from fed to ended
        self._since: dict[str, float] = {}  # when that was, in seconds since 1970
        self._next: deque[Waiting] = deque()  # to be fed
        self._jobs: dict[str, Job] = {}  # by content, from read to recorded
        self._reading = 0  # tasks in the pool
        self._slices = 0  # of the tasks that read, those that go on with a file
        self.weighing = Weighing(queue, tools.halt, effort)
        self._by_job = ByJob(beside, self) if beside else None
        self._endings = Endings(queue, self._ended, look, tell, self._free)
        ends = self._over, self._free, self._ended, tell
        self._finished = Finished(queue, store, self.space, self._endings, *ends, likenesses)
        submit = partial(self.submit, pools.embedding)
        self.line = Line(
            tools.engine, submit, self.is_open, self._came, tell, self.weighing.embedded, beside
        )

    @property
    def busy(self) -> bool:
        """True while any file is between waiting and its end, and comes nearer to it."""
        running = bool(self._reading or self.line.running or self._by_job)
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
        return 0 if self.line.blocked else self._finished.files

    @property
    def current(self) -> str:
        """What is under way, in a few words; "" when nothing is."""
        for job in tuple(self._jobs.values()) if self._by_job else ():
            phase = self._by_job.phase_of(job) if self._by_job else None
            if phase and phase[0]:
                return f"{job.path.name}: {phase[0]}, {phase[1]:.0%}"
        return next((Path(path).name for path in self._busy), "")

    def due_in_s(self) -> float | None:
        """Seconds until there is something to do that no finished task will announce."""
        due = [0.0] if self._endings else []
        due += [TELL_S] if self._by_job else []
        if (finished_s := self._finished.due_in_s()) is not None:
            due.append(finished_s)
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
        self._read_task(job.files[0], task, partial(self._prepared, job, chunks), job, len(chunks))
        return True

    def _feed_files(self, room: int) -> bool:
        if not self._next:
            self._next.extend(self._queue.waiting(AHEAD, skip=self._busy.keys()))
        if first := [file for file in self.weighing.probes() if file.path not in self._busy]:
            paths = {file.path for file in first}
            self._next = deque([*first, *(file for file in self._next if file.path not in paths)])
        files = [self._next.popleft() for _ in range(min(room, len(self._next)))]
        for file in files:
            self._meter.begin()
            self._busy[file.path] = file
            self._since[file.path] = time.time()
            if file.companion_kind == "sidecar" or self._belongs(file, "raw"):
                self._endings.settle(
                    file, State.INDEXED, f"Found as {shown(Path(file.companion_of))}."
                )
                continue
            task = partial(work.identify, Path(file.path), file.stamp, self._tools)
            self._read_task(file, task, partial(self._identified, file))
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
        self.weighing.stale()
        if self._beside is None:
            return
        self._beside.queue.stale()
        for job in [job for job in self._jobs.values() if not job.done]:
            if not self._beside.queue.allows(str(job.path)):
                del self._jobs[job.content]
                for file in job.files:
                    self._free(file)

    def leave(self, folder: str) -> None:
        """The files in `folder` are not wanted now: what is under way of them is dropped."""
        start = os.path.join(folder, "")  # noqa: PTH118  # a str stays a str here
        self.changed()
        self._leave(lambda file: file.path.startswith(start))
        self._endings.leave(folder)

    def _leave(self, gone: Callable[[Waiting], bool]) -> None:
        for file in [file for file in self._busy.values() if gone(file)]:
            self._tools.halt.drop(file.path)
            self._free(file)
        for content, job in tuple(self._jobs.items()):
            reader = job.files[0]
            job.files = [file for file in job.files if not gone(file)]
            if not job.files or (job.files[0] is not reader and job not in self._finished):
                # The task that read it is stopped with the file: its copies are read anew.
                del self._jobs[content]
                for copy in job.files:
                    self._free(copy)
        self._finished.leave(gone)

    def cancel(self, paths: Collection[str]) -> None:
        """These files end here, wherever they are on their way, until they are retried."""
        wanted = {path: file for path, file in self._busy.items() if path in paths}
        wanted |= {f.path: f for f in self._queue.waiting_at([*paths]) if f.path not in wanted}
        self._leave(lambda file: file.path in wanted)
        for file in wanted.values():
            self._endings.settle(file, State.FAILED, CANCELLED)
        self._endings.record()  # at once, also while all is paused: nothing is to take it up again
        self._next = deque(file for file in self._next if file.path not in wanted)

    def under_way(self) -> list[UnderWay]:
        """What is being indexed, the longest first. From any thread."""
        jobs = {file.path: job for job in tuple(self._jobs.values()) for file in tuple(job.files)}
        engine = self._beside.queue.name if self._beside else ""
        found = []
        for path, file in tuple(self._busy.items()):
            job = jobs.get(path)
            phase = self._by_job.phase_of(job) if job and self._by_job else None
            writing = job in self._finished
            found.append(stage(file, job, phase, writing, engine, self._since.get(path, 0.0)))
        return sorted(found, key=lambda one: one.since_s)

    def measure(self) -> None:
        """For `weighing.effort`, which says how long all that waits will take."""
        shares = {str(one.path): one.share for one in self.under_way()}
        self.weighing.measure((file, shares.get(path, 0.0)) for path, file in self._busy.items())

    def _read_task(
        self,
        file: Waiting,
        task: Callable[[], T],
        done: Callable[[Future[T]], None],
        job: Job | None = None,
        chunks: int = 0,
    ) -> None:
        self._reading += 1
        self.submit(self._pools.reading, self.weighing.task(file, task, job, chunks), done)

    def submit(
        self, pool: Executor, task: Callable[[], T], done: Callable[[Future[T]], None]
    ) -> None:
        def after_questions() -> T:
            self._let_by()
            return task()

        pool.submit(after_questions).add_done_callback(
            lambda future: self._post(partial(done, future))
        )

    def is_open(self, job: Job) -> bool:
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
        elif self._queue.has(found.content, self.space.name):
            self._finished.add(Job([file], found.content, found.modality, known=True))
        else:
            job = self._jobs[found.content] = Job([file], found.content, found.modality)
            task = partial(work.read, job.path, job.modality, self._tools)
            if self._beside:
                task = partial(self._beside.read, job.path, job.modality, found.content)
            self._read_task(file, task, partial(self._opened, job))

    def _opened(self, job: Job, future: Future[work.Opened]) -> None:
        self._reading -= 1
        if not self.is_open(job):
            return
        if error := future.exception():
            self.drop(job, error)
            return
        reading, same, job.likeness = future.result()
        if reading.info.live_photo:
            for file in [file for file in job.files if self._belongs(file, "live")]:
                job.files.remove(file)
                still = shown(Path(file.companion_of))
                self._endings.settle(file, State.INDEXED, f"The moving half of {still}.")
        if not job.files:
            del self._jobs[job.content]
            return
        job.open(reading)
        if not (self._by_job is not None and self._by_job.takes(job)):
            job.spare(same)

    def _prepared(
        self, job: Job, chunks: list[Chunk], future: Future[tuple[work.Prepared, ...]]
    ) -> None:
        self._slices -= 1
        self._reading -= 1
        if not self.is_open(job):
            return
        error = future.exception()
        if isinstance(error, Stopped):
            job.give_back(chunks)  # what is embedded of it already is kept
        elif error:
            self.drop(job, error)
        else:
            for prepared in future.result():
                self.line.add(job, prepared.chunk.number, job.add(prepared))
            self.finish_if_done(job)

    def _came(self, item: ToEmbed, vector: Vector | BaseException) -> None:
        if isinstance(vector, BaseException) and not isinstance(vector, BadInput):
            self.drop(item.job, vector)
        else:
            item.job.embedded(item.chunk, item.index, item.piece, vector)
            self.finish_if_done(item.job)

    # Ends

    def finish_if_done(self, job: Job) -> None:
        if job.done and job not in self._finished:
            if job.refused:
                self.drop(job, BadInput(job.refused))
            else:
                self._finished.add(job)

    def flush(self) -> bool:
        """Makes durable what has ended; what is finished when it is time to. True where any was.

        What raises NeedsUser is done again by the next call.
        """
        self._endings.record()
        return self._finished.flush(more=bool(self._reading or self.line.running))

    def _over(self, job: Job, recorded: bool) -> None:
        if self.is_open(job):
            del self._jobs[job.content]
        if recorded and self._by_job is not None:
            self._by_job.leave_nothing(job)

    def _ended(self, file: Waiting, worked: bool = False) -> None:
        self._meter.done += 1
        self.weighing.effort.ended(file.path, file.stamp.size, worked)

    def drop(self, job: Job, error: BaseException) -> None:
        """Gives a content up; tasks of it that are still running find it gone."""
        if not self.is_open(job):
            return
        del self._jobs[job.content]
        if isinstance(error, BadInput) and self._by_job is not None:
            self._by_job.leave_nothing(job)
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

    def put_back(self, job: Job) -> None:
        """Its files wait as they did before."""
        del self._jobs[job.content]
        for file in job.files:
            self._free(file)

    def block(self, why: str) -> None:
        """See Line.block."""
        self.line.block(why)

    def _free(self, file: Waiting) -> None:
        """The file is not under way any more."""
        if self._busy.get(file.path) is file:
            del self._busy[file.path]
            self._since.pop(file.path, None)
