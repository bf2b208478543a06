"""Amazon Nova's asynchronous jobs: a long film or sound goes through S3 and comes back in segments.

What is asked for is checked in `nova_job_request`, what comes back in `nova_job_answer`.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from nova_desktop.aws.client import Service
from nova_desktop.aws.errors import Account
from nova_desktop.aws.stopping import Pauses
from nova_desktop.engines import nova_job_request as requests
from nova_desktop.engines.budget import Unlimited
from nova_desktop.engines.nova_job_calls import Means
from nova_desktop.engines.nova_job_course import Course
from nova_desktop.engines.nova_job_state import JobState, Step, Turns
from nova_desktop.engines.nova_request import COMBINED, DIMENSIONS, SEPARATE
from nova_desktop.engines.s3_bucket import Bucket
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.long_media import JobRecords, LongPart, Segment
from nova_desktop.model import Modality
from nova_desktop.spending import Budget

CONNECTIONS = 16  # to S3: parts of three files on their way at once, and a few small requests


@dataclass(frozen=True, slots=True)
class Waits:
    """How long for what."""

    poll: Pauses  # between two looks at a job
    again: Pauses  # after an error
    between_starts_s: float


# A job takes minutes. Five starts in a tight loop were throttled, and half a second apart not.
WAITS = Waits(Pauses(5.0, 60.0), Pauses(1.0, 30.0), 0.5)


def unheard(*_: object) -> None:
    """For who keeps no list of what was deleted."""


class NovaJobs:
    """Any number of threads may embed a file each; `most` jobs run at once.

    Each part of a file has a folder in the bucket, below `prefix`. After a restart in the middle of
    an upload, what is sent is told once more. `deleted` is told the place of each object after it
    was. `budget` is asked before a job starts, and told the seconds for which vectors came once it
    is over. `stop` ends all waiting within a second.
    """

    def __init__(
        self,
        account: Account,
        bucket: str,
        prefix: str = "nova-desktop/",
        dim: int = 1024,
        separate: bool = False,
        segment_s: int = 15,
        budget: Budget | None = None,
        deleted: Callable[[str], None] = unheard,
        stop: threading.Event | None = None,
        waits: Waits = WAITS,
        most: int = 3,
    ) -> None:
        if dim not in DIMENSIONS:
            allowed = ", ".join(map(str, DIMENSIONS))
            raise BadInput(f"Amazon Nova has vectors of {allowed} numbers, not of {dim}.")
        if segment_s not in requests.SEGMENT_S:
            raise BadInput(f"Amazon Nova has segments of 1 to 30 whole seconds, not {segment_s}.")
        self._bucket_name = bucket
        self._prefix = prefix.strip("/") + "/" if prefix.strip("/") else ""
        self._s3 = Service(account, "s3", CONNECTIONS)
        self._stop = stop or threading.Event()
        self._waits, self._deleted = waits, deleted
        self._means = Means(
            Service(account, "bedrock-runtime"),
            self._bucket,
            Turns(most, waits.between_starts_s),
            self._stop,
            waits.poll,
            waits.again,
            budget or Unlimited(),
            account.region,
            dim,
            SEPARATE if separate else COMBINED,
            segment_s,
        )
        self._asked = f"{bucket} {dim} {self._means.mode} {segment_s}"
        self._checked = False

    def takes(self, modality: Modality, duration_s: float, segments: int, waiting: int) -> bool:  # noqa: ARG002 – as the port says
        return bool(self._bucket_name) and requests.goes_by_job(modality, segments, waiting)

    def embed(
        self,
        parts: Callable[[], Sequence[LongPart]],
        modality: Modality,
        records: JobRecords,
        tell: Callable[[str, float], None],
        sent: Callable[[str, int], None],
    ) -> list[Segment]:
        if modality not in (Modality.VIDEO, Modality.AUDIO):
            raise BadInput(f"Amazon Nova has no jobs for {modality}; index it piece by piece.")
        self._check_bucket()
        made: list[LongPart] = []
        states = list(_all(records))
        if not states or states[0].step is Step.FINISHED or states[0].asked != self._asked:
            for old in states:
                self._bucket(old.bucket).clear(old.folder, self._deleted)
            made = self._plan(parts, records)
            states = list(_all(records))
        states = states[: states[0].parts]
        if not made and any(state.step is Step.UPLOAD for state in states):
            made = list(parts())
            cuts = [(part.start_s, part.stop_s) for part in made]
            if cuts != [(state.start_s, state.stop_s) for state in states]:
                raise BadInput("The file is cut otherwise than it was before. Retry it.")
        course = Course(self._means, made, states, records, tell, sent)
        try:
            return course.run()
        finally:
            course.leave()

    def finish(self, records: JobRecords) -> None:
        for part, state in enumerate(_all(records)):
            if state.step is not Step.FINISHED:
                records.save(part, replace(state, step=Step.FINISHED).saved())
            self._bucket(state.bucket).clear(state.folder, self._deleted)

    def _plan(self, parts: Callable[[], Sequence[LongPart]], records: JobRecords) -> list[LongPart]:
        """Checks all parts before the first one leaves, and keeps what is to be done with each."""
        made = list(parts())
        if not made:
            raise BadInput("There is nothing in this file that lasts; replace it with a good copy.")
        for part in made:
            requests.check(part)
        # The first one is kept last: where it is, all are.
        for number in reversed(range(len(made))):
            part = made[number]
            ending = requests.format_of(part.mime)
            state = JobState.planned(
                part, self._asked, len(made), self._bucket_name, self._prefix, ending
            )
            records.save(number, state.saved())
        return made

    def _bucket(self, name: str) -> Bucket:
        return Bucket(self._s3, name, self._stop, self._waits.again)

    def _check_bucket(self) -> None:
        if not self._bucket_name:
            raise NeedsUser("Jobs need an S3 bucket. Choose one in Settings.")
        if not self._checked:
            bucket = self._bucket(self._bucket_name)
            bucket.uri(self._prefix)
            bucket.check_region()
            self._checked = True


def _all(records: JobRecords) -> Iterator[JobState]:
    for part in itertools.count():
        saved = records.load(part)
        if saved is None:
            return
        yield JobState.of(saved)
