"""The batch jobs that are under way or done: each step is kept before the next one is taken."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace

from nova_desktop.aws.stopping import Pauses, rest
from nova_desktop.engines.nova_batch_job import (
    BatchJob,
    Lanes,
    Record,
    Step,
    answered,
    by_kind,
    files_of,
)
from nova_desktop.engines.nova_batch_service import BatchService, Status
from nova_desktop.engines.nova_request import COMBINED
from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, Stopped
from nova_desktop.long_media import BatchRecords
from nova_desktop.spending import Budget

log = logging.getLogger(__name__)

# Records of one job. "Quotas for Amazon Bedrock" has a minimum of 100 a job for the other models of
# Amazon's; for this one none is written down. Fewer are sooner answered one by one.
LEAST = 100
# Jobs whose answers are kept though they were handed out, or were never asked for again. A job's
# answers are 2 MB at 1,024 dimensions.
KEPT = 8
LOOKS = Pauses(10.0, 120.0)  # at a job that runs: it takes minutes, or hours


class _Held:
    """A job with what this run knows of it. Who works on it has the lock."""

    def __init__(self, job: BatchJob, records: Iterable[Record] = ()) -> None:
        self.job = job
        self.records: Iterable[Record] = records  # while they are not in S3
        self.lock = threading.Lock()
        self.taken: set[str] = set()  # keys of answers that were handed out


class BatchJobs:
    """Any thread may call it; one that wants what another waits for waits with it.

    `folder` is the prefix of all keys in the bucket, and ends with a slash.
    """

    def __init__(
        self,
        service: BatchService,
        records: BatchRecords,
        budget: Budget,
        role: str,
        folder: str,
        dim: int,
        mode: str = COMBINED,
    ) -> None:
        self.mode = mode
        self._service, self._records, self._budget = service, records, budget
        self._role, self._folder, self._dim = role, folder, dim
        self._unsent: list[BatchJob] = []  # stopped before they were asked for
        self._jobs: dict[str, _Held] | None = None  # by token, in order; None: not looked yet
        self._lock = threading.Lock()

    @property
    def region(self) -> str:
        return self._service.account.region

    def concern(self, pieces: int) -> bool:
        """Whether a call of so many pieces may have to do with a job."""
        return pieces >= LEAST or bool(self._all())

    def answers(self, wanted: Mapping[str, Record]) -> dict[str, Lanes | BadInput]:
        """By key, what jobs say; what no job has to say is left out. Blocks while they run.

        Begins a job where enough of `wanted` are in none.
        """
        for held in self._concerned(wanted):
            with held.lock:
                self._settle(held)
        jobs = [held.job for held in self._all()]
        refused = {key: why for job in jobs for key, why in job.refused.items()}
        found = {key: lanes for job in jobs for key, lanes in job.found.items() if key in wanted}
        return {**{key: BadInput(refused[key]) for key in wanted if key in refused}, **found}

    def handed_out(self, keys: Iterable[str]) -> None:
        """They have their answers: a job all of whose answers have gone may be forgotten.

        It is kept until the next one is done: what was handed out last may not be recorded yet.
        """
        gone = set(keys)
        for held in self._all():
            held.taken |= gone & held.job.known

    def finish(self) -> None:
        """Forgets all that is done."""
        for held in self._all():
            if held.job.step is Step.DONE:
                self._drop(held)

    def _all(self) -> list[_Held]:
        with self._lock:
            return list(self._loaded().values())

    def _loaded(self) -> dict[str, _Held]:
        """The jobs, with those of an earlier run. Called with the lock."""
        if self._jobs is None:
            jobs = {}
            for token, state in self._records.load_all().items():
                job = BatchJob.of_json(state)
                if job.step is Step.SENDING:  # never asked for, so it costs nothing
                    self._give_up(job)
                    continue
                if job.step is Step.STARTING:  # the role may be what was wrong
                    job = replace(job, role=self._role)
                jobs[token] = held = _Held(job)
                if job.step is Step.DONE:
                    self._close(held)
            self._jobs = jobs
        return self._jobs

    def _concerned(self, wanted: Mapping[str, Record]) -> list[_Held]:
        """The jobs that have any of `wanted`; a new one is among them where that is due."""
        with self._lock:
            jobs = self._loaded()
            while self._unsent:
                self._give_up(self._unsent[-1])
                self._unsent.pop()
            known = frozenset(key for held in jobs.values() for key in held.job.known)
            concerned = [one for one in jobs.values() if not one.job.known.isdisjoint(wanted)]
            new = [record for key, record in wanted.items() if key not in known]
            if len(new) >= LEAST:
                begun = _Held(self._new(new), new)
                jobs[begun.job.token] = begun
                concerned.append(begun)
        return concerned

    def _new(self, records: list[Record]) -> BatchJob:
        token = uuid.uuid4().hex
        asked = {record.key: record.usage for record in records}
        folder = f"{self._folder}batch/{token}/"
        return BatchJob(token, self._role, folder, asked, self._dim, self.mode)

    def _settle(self, held: _Held) -> None:
        """Takes the job to its end, from wherever it is. Raises TryLater and NeedsUser.

        Called with its lock. Who had it before may have given the job up.
        """
        if held.job.step is Step.SENDING and self._is_kept(held):
            self._send(held)
        if held.job.step is Step.STARTING and self._is_kept(held):
            self._start(held)
        if held.job.step is not Step.RUNNING:
            return
        status = self._ended(held.job)
        job = answered(held.job, self._service.output(held.job), self._service.account)
        self._save(held, replace(job, status=status.name))
        self._forget_old(held)
        self._close(held)
        if status.name in ("Failed", "Stopped"):
            raise self._service.failure(status)

    def _send(self, held: _Held) -> None:
        try:
            self._save(held, held.job)
            for kind, usage in by_kind(held.job.asked.values()).items():
                number = self._budget.reserve(usage)
                self._save(held, replace(held.job, reserved={**held.job.reserved, kind: number}))
            for number, data in enumerate(files_of(held.records, self._dim, self.mode)):
                self._service.put(held.job, number, data)
        except Stopped:
            self._forget(held)
            self._unsent.append(held.job)  # given up with the next call, or by the next run
            raise
        except ExpectedError:
            self._forget(held)
            self._give_up(held.job)
            raise
        held.records = ()
        self._save(held, replace(held.job, step=Step.STARTING))

    def _start(self, held: _Held) -> None:
        try:
            arn = self._service.start(held.job)
        except NeedsUser:
            # It was refused; but an answer that was lost before may have said yes.
            found = self._service.named(held.job)
            if found is None:
                self._forget(held)
                self._give_up(held.job)
                raise
            arn = found
        log.info("Amazon Nova is asked for %d pieces in one job.", len(held.job.asked))
        self._save(held, replace(held.job, step=Step.RUNNING, arn=arn))

    def _ended(self, job: BatchJob) -> Status:
        looks = 0
        while not (status := self._service.status(job)).over:
            looks += 1
            rest(self._service.stop, LOOKS.after(looks))
        return status

    def _close(self, held: _Held) -> None:
        """Books what the job cost, and deletes what is left of it in S3."""
        job = held.job
        if not job.settled:
            costs = by_kind(usage for key, usage in job.asked.items() if key in job.billed)
            for kind in costs:
                self._budget.settle(job.reserved[kind], costs[kind])
            free = [number for kind, number in job.reserved.items() if kind not in costs]
            # Kept first: a number is released once at most, and else stays counted.
            self._save(held, replace(job, settled=True))
            for number in free:
                self._budget.release(number)
        if not job.cleared:
            self._service.clear(job)
            self._save(held, replace(held.job, cleared=True))

    def _is_kept(self, held: _Held) -> bool:
        with self._lock:
            return self._loaded().get(held.job.token) is held

    def _give_up(self, job: BatchJob) -> None:
        """A job that does not run, and never will."""
        self._service.clear(job)
        self._records.drop(job.token)
        for number in job.reserved.values():
            self._budget.release(number)

    def _forget_old(self, newest: _Held) -> None:
        done = [one for one in self._all() if one is not newest and one.job.step is Step.DONE]
        for at, held in enumerate(done):
            if held.taken >= held.job.known or at < len(done) - KEPT:
                self._drop(held)

    def _forget(self, held: _Held) -> None:
        """In this run; `_give_up` and `_drop` do so for good."""
        with self._lock:
            self._loaded().pop(held.job.token, None)

    def _drop(self, held: _Held) -> None:
        self._forget(held)
        self._records.drop(held.job.token)

    def _save(self, held: _Held, job: BatchJob) -> None:
        self._records.save(job.token, job.as_json())
        held.job = job
