"""Batch inference: a big backlog goes to Amazon Nova as jobs, where the user has set a role."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nova_desktop.aws.client import Service
from nova_desktop.aws.errors import Account
from nova_desktop.engines.nova_batch_job import Lanes, Record, lane_of, record_of
from nova_desktop.engines.nova_batch_jobs import BatchJobs
from nova_desktop.engines.nova_batch_service import BatchService, checked_role
from nova_desktop.engines.nova_request import COMBINED, SEPARATE
from nova_desktop.engines.wrappers import Wrapper
from nova_desktop.errors import BadInput
from nova_desktop.long_media import BatchRecords
from nova_desktop.model import Limits, Piece, Purpose, Vectors
from nova_desktop.ports import Engine
from nova_desktop.spending import Budget

# Pieces of one call, and so records of one job. All of them are in memory while the job runs: the
# indexer brings fewer where they are large (library/line.py).
BATCH = 500
AT_ONCE = 2  # calls: a few new files need not wait for a job that takes hours


@dataclass(frozen=True)
class NovaBatch(Wrapper):
    """The engine inside, but a call with `nova_batch_jobs.LEAST` pieces or more is one batch job.

    What is in a job that was begun, in this run or an earlier one, is taken from there and not
    paid for again; what a job leaves unanswered, the one inside is asked for. A call waits for as
    long as the jobs take, hours perhaps, and raises Stopped when all is stopped: then it goes on
    with the same pieces' next call. A question is never put into a job.
    """

    jobs: BatchJobs

    @property
    def limits(self) -> Limits:
        # The pieces of a call that is no job are asked for all at once by the one inside.
        return replace(self.inner.limits, batch=BATCH, parallel=AT_ONCE)

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:
        if purpose is not Purpose.INDEX or not self.jobs.concern(len(pieces)):
            return self.inner.embed(pieces, purpose)
        records = [self._record(piece) for piece in pieces]
        good = {record.key: record for record in records if isinstance(record, Record)}
        answers = self.jobs.answers(good)
        vectors = np.empty((len(pieces), self.space.dim), np.float32)
        wrong: list[BadInput] = []
        rest: list[int] = []
        for at, (piece, record) in enumerate(zip(pieces, records, strict=True)):
            answer = record if isinstance(record, BadInput) else answers.get(record.key)
            if answer is None:
                rest.append(at)
                continue
            try:
                vectors[at] = _vector(piece, answer, self.jobs.mode)
            except BadInput as e:
                wrong.append(e)
        if rest:
            vectors[rest] = self.inner.embed([pieces[at] for at in rest], purpose)
        if not wrong or len(pieces) == 1:
            self.jobs.handed_out(good)
        if wrong:
            raise wrong[0]
        return vectors

    @classmethod
    def around(
        cls,
        inner: Engine,
        account: Account,
        bucket: str,
        prefix: str,
        role: str,
        records: BatchRecords,
        budget: Budget,
        stop: threading.Event,
        sent: Callable[[str, int], None],
        deleted: Callable[[str], None],
        separate: bool = False,
    ) -> NovaBatch:
        """`inner` with jobs that run under `role` and go through `prefix` in `bucket`.

        See BatchService for `sent` and `deleted`. BadInput where `role` is none, or no bucket is
        given.
        """
        if not bucket:
            raise BadInput("batch_role needs an S3 bucket. Make one: nova-desktop aws setup.")
        service = BatchService(
            Service(account, "s3"), Service(account, "bedrock"), bucket, stop, sent, deleted
        )
        mode = SEPARATE if separate else COMBINED
        jobs = BatchJobs(
            service, records, budget, checked_role(role), prefix, inner.space.dim, mode
        )
        return cls(inner, jobs)

    def finish(self) -> None:
        """Forgets the answers that are kept: all that was handed out is recorded."""
        self.jobs.finish()

    def _record(self, piece: Piece) -> Record | BadInput:
        try:
            return record_of(piece, self.space.dim, self.jobs.mode, self.jobs.region)
        except BadInput as e:
            return e  # once the others have their answers


def _vector(piece: Piece, answer: Lanes | BadInput, mode: str) -> NDArray[np.float32]:
    if isinstance(answer, BadInput):
        raise answer
    return lane_of(piece, answer, mode)
