"""Reads what waits: files to their content, and contents to chunks that are prepared."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TypeVar

from nova_desktop.errors import Stopped, shown
from nova_desktop.library import work
from nova_desktop.library.beside import Beside
from nova_desktop.library.by_job import ByJob, Way
from nova_desktop.library.endings import Endings, Queue
from nova_desktop.library.finished import Finished
from nova_desktop.library.job import Job
from nova_desktop.library.line import Line
from nova_desktop.library.pools import Pools
from nova_desktop.library.progress import Meter
from nova_desktop.library.questions import Waiting
from nova_desktop.library.underway import Underway
from nova_desktop.library.weighing import Weighing
from nova_desktop.model import Chunk, State

T = TypeVar("T")

SLICE = 8  # chunks prepared in one task, so that a long file keeps several threads busy
AHEAD = 500  # waiting files asked of the catalog at once


class Reading:
    """Every method is called on the indexer's thread."""

    def __init__(
        self,
        way: Way,
        queue: Queue,
        tools: work.Tools,
        pools: Pools,
        meter: Meter,
        underway: Underway,
        weighing: Weighing,
        line: Line,
        endings: Endings,
        finished: Finished,
        beside: Beside | None,
        by_job: ByJob | None,
    ) -> None:
        self._way, self._queue, self._tools, self._pools = way, queue, tools, pools
        self._meter, self._underway, self._weighing, self._line = meter, underway, weighing, line
        self._endings, self._finished = endings, finished
        self._beside, self._by_job = beside, by_job
        self._space = tools.engine.space.name
        self._next: deque[Waiting] = deque()  # to be fed
        self.tasks = 0  # in the pool
        self._slices = 0  # of the tasks, those that go on with a file

    def changed(self) -> None:
        """What waits is not what it was."""
        self._next.clear()

    def leave(self, paths: Collection[str]) -> None:
        """These files do not wait any more."""
        self._next = deque(file for file in self._next if file.path not in paths)

    def feed(self) -> None:
        """Keeps the pool as full as it should be."""
        room = self._pools.reading_size * 2
        while self.tasks < room and not self._line.full:
            begun = sum(1 for job in self._underway.jobs.values() if job.chunks)
            # Half of the room is for new files: two hours of sound hold up no photo.
            new = self._slices >= room // 2 and begun < 2 * room
            if new and self._feed_files(room - self.tasks):
                continue
            if not (self._feed_slice() or self._feed_files(room - self.tasks)):
                break

    def _feed_slice(self) -> bool:
        """Goes on with a file that is open: with the one of which least was done."""
        job = min(
            (job for job in self._underway.jobs.values() if job.chunks), default=None, key=Job.taken
        )
        if job is None:
            return False
        chunks = job.take(SLICE)
        self._slices += 1
        task = partial(work.prepare, job.path, job.modality, chunks, self._tools)
        self._read_task(job.files[0], task, partial(self._prepared, job, chunks), job, len(chunks))
        return True

    def _feed_files(self, room: int) -> bool:
        busy = self._underway.files
        if not self._next:
            self._next.extend(self._queue.waiting(AHEAD, skip=busy.keys()))
        if first := [file for file in self._weighing.probes() if file.path not in busy]:
            paths = {file.path for file in first}
            self._next = deque([*first, *(file for file in self._next if file.path not in paths)])
        files = [self._next.popleft() for _ in range(min(room, len(self._next)))]
        for file in files:
            self._meter.begin()
            self._underway.begin(file)
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

    def _read_task(
        self,
        file: Waiting,
        task: Callable[[], T],
        done: Callable[[Future[T]], None],
        job: Job | None = None,
        chunks: int = 0,
    ) -> None:
        self.tasks += 1
        self._way.submit(self._pools.reading, self._weighing.task(file, task, job, chunks), done)

    def _identified(self, file: Waiting, future: Future[work.Identity]) -> None:
        self.tasks -= 1
        if not self._underway.has(file):
            return  # its folder was removed meanwhile
        if error := future.exception():
            self._endings.end([file], error)
            return
        found = future.result()
        if file.content and file.content != found.content:
            # The device has not seen yet that it is another one; what is that is not known here.
            self._endings.end([file], work.Changed(Path(file.path), file.stamp))
            return
        if job := self._underway.jobs.get(found.content):
            job.files.append(file)  # the same content is being read under another name
        elif self._queue.has(found.content, self._space):
            self._finished.add(Job([file], found.content, found.modality, known=True))
        else:
            job = self._underway.jobs[found.content] = Job([file], found.content, found.modality)
            task = partial(work.read, job.path, job.modality, self._tools)
            if self._beside:
                task = partial(self._beside.read, job.path, job.modality, found.content)
            self._read_task(file, task, partial(self._opened, job))

    def _opened(self, job: Job, future: Future[work.Opened]) -> None:
        self.tasks -= 1
        if not self._underway.is_open(job):
            return
        if error := future.exception():
            self._way.drop(job, error)
            return
        reading, same, job.likeness = future.result()
        if reading.info.live_photo:
            for file in [file for file in job.files if self._belongs(file, "live")]:
                job.files.remove(file)
                still = shown(Path(file.companion_of))
                self._endings.settle(file, State.INDEXED, f"The moving half of {still}.")
        if not job.files:
            del self._underway.jobs[job.content]
            return
        job.open(reading)
        if not (self._by_job is not None and self._by_job.takes(job)):
            job.spare(same)

    def _prepared(
        self, job: Job, chunks: list[Chunk], future: Future[tuple[work.Prepared, ...]]
    ) -> None:
        self._slices -= 1
        self.tasks -= 1
        if not self._underway.is_open(job):
            return
        error = future.exception()
        if isinstance(error, Stopped):
            job.give_back(chunks)  # what is embedded of it already is kept
        elif error:
            self._way.drop(job, error)
        else:
            for prepared in future.result():
                self._line.add(job, prepared.chunk.number, job.add(prepared))
            self._way.finish_if_done(job)
