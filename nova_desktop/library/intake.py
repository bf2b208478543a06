"""The way in: waiting files through the reading and embedding pools, to store and catalog."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import TypeVar

from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
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
from nova_desktop.library.reading import Reading
from nova_desktop.library.underway import Underway
from nova_desktop.library.weighing import Weighing, stage
from nova_desktop.model import State
from nova_desktop.ports import Store

T = TypeVar("T")
log = logging.getLogger(__name__)

TELL_S = 0.5  # between two looks at how a long job goes
CANCELLED = "You cancelled it. Try it again when you like."


class Intake:
    """Every method is called on the indexer's thread, and none of them blocks for long.

    What waits for one space and is recorded of it is the `queue`'s. `let_by` is called before each
    task. With `beside`, an engine that needs the user stops this way in alone, and no other.
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
        self._underway = Underway()
        self.weighing = Weighing(queue, tools.halt, effort)
        self._by_job = ByJob(beside, self, self._underway) if beside else None
        self._endings = Endings(queue, self._ended, look, tell, self._underway.free)
        ends = self._over, self._underway.free, self._ended, tell
        self._finished = Finished(queue, store, self.space, self._endings, *ends, likenesses)
        submit = partial(self.submit, pools.embedding)
        self.line = Line(
            tools.engine,
            submit,
            self._underway.is_open,
            self._came,
            tell,
            self.weighing.embedded,
            beside,
        )
        self._reading = Reading(
            self,
            queue,
            tools,
            pools,
            meter,
            self._underway,
            self.weighing,
            self.line,
            self._endings,
            self._finished,
            beside,
            self._by_job,
        )

    @property
    def busy(self) -> bool:
        """True while any file is between waiting and its end, and comes nearer to it."""
        running = bool(self._reading.tasks or self.line.running or self._by_job)
        return running or bool(self._underway.files and not self.line.blocked)

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
        for job in tuple(self._underway.jobs.values()) if self._by_job else ():
            phase = self._by_job.phase_of(job) if self._by_job else None
            if phase and phase[0]:
                return f"{job.path.name}: {phase[0]}, {phase[1]:.0%}"
        return next((Path(path).name for path in self._underway.files), "")

    def due_in_s(self) -> float | None:
        """Seconds until there is something to do that no finished task will announce."""
        due = [0.0] if self._endings else []
        due += [TELL_S] if self._by_job else []
        if (finished_s := self._finished.due_in_s()) is not None:
            due.append(finished_s)
        if (held_s := self.line.due_in_s()) is not None:
            due.append(held_s)
        if not (self._underway.files or self.line.blocked):
            postponed = self._queue.next_due_s()
            due += [] if postponed is None else [postponed - time.time()]
        return min(due, default=None)

    def feed(self) -> None:
        """Keeps both pools as full as they should be."""
        if self.line.blocked:
            return
        self._reading.feed()
        self.line.feed(more=bool(self._reading.tasks))

    def changed(self) -> None:
        """What waits is not what it was, or may not be sent any more."""
        self._reading.changed()
        self.weighing.stale()
        if self._beside is None:
            return
        self._beside.queue.stale()
        for job in [job for job in self._underway.jobs.values() if not job.done]:
            if not self._beside.queue.allows(str(job.path)):
                self._underway.put_back(job)

    def leave(self, folder: str) -> None:
        """The files in `folder` are not wanted now: what is under way of them is dropped."""
        start = os.path.join(folder, "")  # noqa: PTH118  # a str stays a str here
        self.changed()
        self._leave(lambda file: file.path.startswith(start))
        self._endings.leave(folder)

    def _leave(self, gone: Callable[[Waiting], bool]) -> None:
        self._underway.leave(gone, self._tools.halt.drop, self._finished.__contains__)
        self._finished.leave(gone)

    def cancel(self, paths: Collection[str]) -> None:
        """These files end here, wherever they are on their way, until they are retried."""
        wanted = {path: file for path, file in self._underway.files.items() if path in paths}
        wanted |= {f.path: f for f in self._queue.waiting_at([*paths]) if f.path not in wanted}
        self._leave(lambda file: file.path in wanted)
        for file in wanted.values():
            self._endings.settle(file, State.FAILED, CANCELLED)
        self._endings.record()  # at once, also while all is paused: nothing is to take it up again
        self._reading.leave(wanted)

    def under_way(self) -> list[UnderWay]:
        """What is being indexed, the longest first. From any thread."""
        jobs = {
            file.path: job
            for job in tuple(self._underway.jobs.values())
            for file in tuple(job.files)
        }
        engine = self._beside.queue.name if self._beside else ""
        found = []
        for path, file in tuple(self._underway.files.items()):
            job = jobs.get(path)
            phase = self._by_job.phase_of(job) if job and self._by_job else None
            writing = job in self._finished
            found.append(stage(file, job, phase, writing, engine, self._underway.since_s(path)))
        return sorted(found, key=lambda one: one.since_s)

    def measure(self) -> None:
        """For `weighing.effort`, which says how long all that waits will take."""
        shares = {str(one.path): one.share for one in self.under_way()}
        self.weighing.measure(
            (file, shares.get(path, 0.0)) for path, file in self._underway.files.items()
        )

    def submit(
        self, pool: Executor, task: Callable[[], T], done: Callable[[Future[T]], None]
    ) -> None:
        def after_questions() -> T:
            self._let_by()
            return task()

        pool.submit(after_questions).add_done_callback(
            lambda future: self._post(partial(done, future))
        )

    # What comes back

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
        return self._finished.flush(more=bool(self._reading.tasks or self.line.running))

    def _over(self, job: Job, recorded: bool) -> None:
        if self._underway.is_open(job):
            del self._underway.jobs[job.content]
        if recorded and self._by_job is not None:
            self._by_job.leave_nothing(job)

    def _ended(self, file: Waiting, worked: bool = False) -> None:
        self._meter.done += 1
        self.weighing.effort.ended(file.path, file.stamp.size, worked)

    def drop(self, job: Job, error: BaseException) -> None:
        """Gives a content up; tasks of it that are still running find it gone."""
        if not self._underway.is_open(job):
            return
        del self._underway.jobs[job.content]
        if isinstance(error, BadInput) and self._by_job is not None:
            self._by_job.leave_nothing(job)
        first, *copies = job.files
        try:
            if not isinstance(error, Stopped | NeedsUser):
                work.check_stamp(Path(first.path), first.stamp)
        except TryLater as e:  # then the error says nothing of the content
            self._endings.end([first], e)
            for copy in copies:
                self._underway.free(copy)
        else:
            self._endings.end(job.files, error)

    def block(self, why: str) -> None:
        """See Line.block."""
        self.line.block(why)
