"""The contents of one way in that go as jobs of a paid engine, while all others go on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeVar

from nova_desktop.errors import NeedsUser, Stopped, TryLater
from nova_desktop.library.beside import Beside
from nova_desktop.library.job import Job
from nova_desktop.library.questions import Waiting
from nova_desktop.library.underway import Underway
from nova_desktop.long_media import Segment

T = TypeVar("T")

LATER_S, LATEST_S = 10.0, 900.0  # until a job that could not go on is taken up again
ENDING = "Its job before this one is still ending."


class Way(Protocol):
    """The intake, as this part of it needs it."""

    def submit(
        self, pool: Executor, task: Callable[[], T], done: Callable[[Future[T]], None]
    ) -> None:
        """Runs a task in a pool, and calls back on the indexer's thread."""

    def finish_if_done(self, job: Job) -> None: ...

    def drop(self, job: Job, error: BaseException) -> None: ...

    def block(self, why: str) -> None: ...


@dataclass(slots=True)
class ByJob:
    """Called on the indexer's thread, but for `phase_of`."""

    beside: Beside
    way: Way
    underway: Underway
    _phases: dict[str, tuple[str, float]] = field(default_factory=dict)  # by content

    def __bool__(self) -> bool:
        """True while any goes on."""
        return bool(self._phases)

    def phase_of(self, job: Job) -> tuple[str, float] | None:
        """What is done now of the step that it is in, and how much, 0 to 1. From any thread."""
        return self._phases.get(job.content)

    def takes(self, job: Job) -> bool:
        """Begins a job for this content where it is to go as one."""
        long = self.beside.long
        if long is None or not long.takes(job, self.beside.queue.waiting_count()):
            return False
        if job.content in self._phases:  # it was dropped, and notices that soon
            self._later(job, TryLater(ENDING))
            return True
        job.hand_over()
        self._phases[job.content] = "", 0.0
        told = partial(self._said, job)
        task = partial(long.embed, job.files[0], job.modality, job.content, told)
        self.way.submit(long.pool, task, partial(self._segments, job))
        return True

    def _said(self, job: Job, phase: str, share: float) -> None:
        """From the job's thread; ends the job where its file may not be sent any more."""
        if not (self.underway.is_open(job) and self.beside.queue.allows(str(job.path))):
            raise Stopped
        self._phases[job.content] = phase, share

    def _segments(self, job: Job, future: Future[list[Segment]]) -> None:
        self._phases.pop(job.content, None)
        if not self.underway.is_open(job):
            return
        error = future.exception()
        if error is None:
            job.segments(future.result())
            self.way.finish_if_done(job)
        elif isinstance(error, NeedsUser):
            self.underway.put_back(job)
            self.way.block(str(error))
        elif isinstance(error, TryLater):
            # What the job did so far is kept: it goes on from there.
            self._later(job, error)
        else:
            self.way.drop(job, error)

    def _later(self, job: Job, error: TryLater) -> None:
        first: Waiting = job.files[0]
        self.underway.put_back(job)
        if not isinstance(error, Stopped):
            wait_s = min(LATEST_S, LATER_S * 2**first.attempts)
            self.beside.queue.postpone(first.path, str(error), wait_s)

    def leave_nothing(self, job: Job) -> None:
        """Has what a job left at the service deleted; what fails is done at the next start."""
        if self.beside.long and job.by_job:
            task = partial(self.beside.long.finish, job.content)
            self.way.submit(self.beside.long.pool, task, _report)


def _report(future: Future[None]) -> None:
    if (error := future.exception()) and not isinstance(error, TryLater):
        raise error
