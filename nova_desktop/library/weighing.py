"""Weighs what waits for one way in, and measures the tasks that are done for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from nova_desktop.folders import Step, UnderWay
from nova_desktop.library.effort import Effort, guess
from nova_desktop.library.endings import Queue
from nova_desktop.library.halt import Halt
from nova_desktop.library.job import Job
from nova_desktop.library.questions import Waiting

T = TypeVar("T")

TIMES = 30.0  # weighing all that waits takes at most this part of the time


class Weighing:
    """Used on the indexer's thread; its tasks run in pools."""

    def __init__(
        self, queue: Queue, halt: Halt, known: Mapping[str, tuple[float, float]] | None
    ) -> None:
        self.effort = Effort(known)
        self._queue, self._halt = queue, halt
        self._stale, self._due_s, self._wants_probes = True, 0.0, False

    def stale(self) -> None:
        """What waits is not what it was."""
        self._stale = True

    def measure(self, under_way: Iterable[tuple[Waiting, float]]) -> None:
        """Weighs what is left, when that is due, and the share that is done of files under way."""
        now = time.monotonic()
        if self._stale and now >= self._due_s:
            self.effort.expect(self._queue.waits())
            self._due_s = now + TIMES * (time.monotonic() - now)
            self._stale, self._wants_probes = False, True
        self.effort.partly((file.path, file.stamp.size, share) for file, share in under_way)

    def probes(self) -> list[Waiting]:
        """Files to read before all others, so that the rate of their kind is known; once."""
        if not self._wants_probes:
            return []
        self._wants_probes = False
        return [f for f in self._queue.waiting_at(self.effort.probes()) if not f.attempts]

    def task(
        self, file: Waiting, task: Callable[[], T], job: Job | None = None, chunks: int = 0
    ) -> Callable[[], T]:
        """The task, measured, and stopped when the file is dropped; it does `chunks` of a job."""
        kind, work_s = guess(file.path, file.stamp.size)

        def measured() -> T:
            began_s = time.monotonic()
            with self._halt.working(file.path):
                answer = task()
            part_s = work_s * job.share(chunks) if job else 0.0
            self.effort.took(kind, time.monotonic() - began_s, part_s)
            return answer

        return measured

    def embedded(self, job: Job, worked_s: float) -> None:
        """A piece was. From any thread."""
        for file in job.files[:1]:
            self.effort.took(guess(file.path, file.stamp.size)[0], worked_s)


def stage(
    file: Waiting,
    job: Job | None,
    sent: tuple[str, float] | None,
    writing: bool,
    engine: str,
    since_s: float,
) -> UnderWay:
    """Where a file is on its way; `sent`: what is done of its job at a service, and how much."""
    step, share = Step.READING, 0.0
    if job and writing:
        step, share = Step.WRITING, 1.0
    elif sent is not None:
        step, share = Step.SENT, sent[1]
    elif job and job.taken():
        step, share = Step.EMBEDDING if job.described else Step.DESCRIBING, job.share()
    return UnderWay(Path(file.path), step, share, engine, since_s)
