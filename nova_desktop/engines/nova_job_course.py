"""One long file on its way: each part is uploaded, started, waited for and fetched.

A step is kept before the next one begins. So the program may end at any time: what is done again
after that is free, and a job is never started twice.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from nova_desktop.aws.errors import code_of
from nova_desktop.aws.outcomes import Garbled
from nova_desktop.aws.stopping import POLL_S, TRIES, rest
from nova_desktop.engines import nova_job_request as requests
from nova_desktop.engines.nova_answer import unknown
from nova_desktop.engines.nova_job_answer import Results, outcome_of
from nova_desktop.engines.nova_job_calls import (
    Means,
    request_for,
    results_for,
    started,
    status_of,
)
from nova_desktop.engines.nova_job_state import JobState, Step
from nova_desktop.engines.nova_request import MODEL
from nova_desktop.engines.s3_bucket import is_gone
from nova_desktop.engines.s3_upload import Upload, upload
from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
from nova_desktop.long_media import JobRecords, LongPart, Segment
from nova_desktop.model import Source, Span, Unit
from nova_desktop.spending import Usage

log = logging.getLogger(__name__)

MOST_FAILURES = 3  # jobs of one part; none of them is billed, and there must be an end
MOST_UNREAD = 3  # looks at results that are not as documented


class Course:
    """One call of `embed`, in one thread. `made` are the parts, where any is to be uploaded."""

    def __init__(
        self,
        means: Means,
        made: Sequence[LongPart],
        states: Sequence[JobState],
        records: JobRecords,
        tell: Callable[[str, float], None],
        sent: Callable[[str, int], None],
    ) -> None:
        self._means, self._made, self._records = means, made, records
        self._tell, self._sent = tell, sent
        self._states = list(states)
        self._found: dict[int, tuple[Segment, ...]] = {}
        self._due_s: dict[int, float] = {}  # when a part is looked at next, as time.monotonic()
        self._tries: Counter[int] = Counter()  # of the step that each part is at

    def run(self) -> list[Segment]:
        """The segments of all parts, in order."""
        for state in self._states:
            if state.step is Step.WAIT:
                self._means.turns.resume(state.folder)
        numbers = range(len(self._states))
        while not all(state.is_over for state in self._states):
            # After a step the first part is looked at again: it is to be done first.
            if not any(self._stepped(part) for part in numbers):
                rest(self._means.stop, self._pause_s())
        segments = [segment for part in numbers for segment in self._segments(part)]
        if not any(segment.vector is not None for segment in segments):
            raise BadInput(segments[0].reason)
        return segments

    def leave(self) -> None:
        """Waits for nothing any more; what runs at the service goes on there."""
        for state in self._states:
            self._means.turns.give(state.folder)

    def _stepped(self, part: int) -> bool:
        """Takes the next step of a part; whether there was one to take just now."""
        state = self._states[part]
        if state.is_over or self._due_s.get(part, 0.0) > time.monotonic():
            return False
        match state.step:
            case Step.UPLOAD:
                self._upload(part, state)
            case Step.START:
                return self._started(part, state)
            case _:
                return self._looked(part, state)
        return True

    def _pause_s(self) -> float:
        now_s = time.monotonic()
        going = (part for part, state in enumerate(self._states) if not state.is_over)
        return max(
            POLL_S / 10, min(self._due_s.get(part, now_s + POLL_S) - now_s for part in going)
        )

    def _keep(self, part: int, **changes: Any) -> JobState:
        """Durable on return; a new step starts with no tries and at once."""
        state = replace(self._states[part], **changes)
        self._records.save(part, state.saved())
        if state.step is not self._states[part].step:
            self._tries[part] = 0
            self._due_s.pop(part, None)
        self._states[part] = state
        return state

    def _share(self, more: float = 0.0) -> float:
        return (sum(state.is_over for state in self._states) + more) / len(self._states)

    def _upload(self, part: int, state: JobState) -> None:
        made, bucket = self._made[part], self._means.bucket(state.bucket)
        size = requests.check(made)
        going = None
        if state.upload:
            going = Upload(state.upload, state.part_bytes)
        else:
            self._sent(bucket.uri(state.source), size)

        def begun(upload: Upload) -> None:
            self._keep(part, size=size, upload=upload.id, part_bytes=upload.part_bytes)

        def tell(share: float) -> None:
            self._tell("uploading", (part + share) / len(self._states))

        upload(bucket, state.source, made.path, going, begun, tell)
        self._keep(part, step=Step.START, size=size)

    def _started(self, part: int, state: JobState) -> bool:
        means = self._means
        if not means.turns.take(state.folder):
            return False
        if not state.token:
            reserved = means.budget.reserve(self._usage(state, state.seconds))
            state = self._keep(
                part, token=(token := str(uuid.uuid4())), request=request_for(means, state, token),
                reserved=reserved,
            )  # fmt: skip
        try:
            arn = started(means, state.request)
        except BadInput as e:
            self._refused(part, state, str(e))
            return True
        except (TryLater, NeedsUser) as e:
            means.turns.give(state.folder)
            busy = code_of(e) == "ServiceQuotaExceededException"  # more jobs than may run at once
            self._tries[part] += 1
            if isinstance(e, Stopped) or self._tries[part] >= TRIES:
                raise
            if isinstance(e, NeedsUser) and not busy:
                raise
            pause_s = means.again.after(self._tries[part])
            means.turns.hold(pause_s)
            self._due_s[part] = time.monotonic() + pause_s
            return False
        self._keep(part, step=Step.WAIT, arn=arn)
        self._due_s[part] = time.monotonic() + means.poll.after(1)
        log.info("Amazon Nova began the job %s.", arn.rpartition("/")[2])
        self._tell("waiting", self._share())
        return True

    def _looked(self, part: int, state: JobState) -> bool:
        means = self._means
        self._tell("waiting", self._share())
        status, told = status_of(means, state)
        match status:
            case "InProgress":
                self._tries[part] += 1
                self._due_s[part] = time.monotonic() + means.poll.after(self._tries[part])
                return False
            case "Completed":
                self._completed(part, state, told)
            case "Failed":
                self._failed(part, state, told)
            case _:
                raise unknown(f"the status of a job is “{status}”")
        means.turns.give(state.folder)
        return True

    def _completed(self, part: int, state: JobState, folder: str) -> None:
        state = replace(state, results=(*state.results, folder))
        try:
            newest, segments = self._results(part, state)
        except BadInput as e:
            self._unreadable(part, state, str(e))
            return
        # What came is paid for, and would be again: only a job that mostly failed is repeated.
        if newest.passing > newest.good and state.failures + 1 < MOST_FAILURES:
            kept = state.results if newest.good else state.results[:-1]
            self._again(part, state, kept, newest.billed_s)
            raise TryLater("Amazon Nova had no room for most of a file. It is tried again later.")
        self._keep(part, step=Step.DONE, results=state.results, reserved=None)
        self._settle(state, newest.billed_s)
        self._found[part] = segments
        log.info("Amazon Nova's job %s is done.", state.arn.rpartition("/")[2])

    def _failed(self, part: int, state: JobState, message: str) -> None:
        log.info("Amazon Nova's job %s failed: %s", state.arn.rpartition("/")[2], message)
        error = outcome_of(message)
        if isinstance(error, BadInput) or state.failures + 1 >= MOST_FAILURES:
            self._refused(part, state, str(error))
            return
        self._again(part, state, state.results, 0.0)
        raise error

    def _again(self, part: int, state: JobState, results: tuple[str, ...], billed_s: float) -> None:
        """Another job is to be started for the part, under a token of its own."""
        self._keep(
            part, step=Step.START, token="", request={}, arn="", reserved=None,
            results=results, failures=state.failures + 1,
        )  # fmt: skip
        self._settle(state, billed_s)

    def _refused(self, part: int, state: JobState, reason: str) -> None:
        step = Step.DONE if state.results else Step.REFUSED  # an earlier job gave something
        self._keep(part, step=step, reserved=None, reason=reason)
        self._settle(state, 0.0)

    def _settle(self, state: JobState, billed_s: float) -> None:
        # After it was kept: should the program end in between, the budget counts the estimate.
        if state.reserved is None:
            return
        if billed_s:
            self._means.budget.settle(state.reserved, self._usage(state, billed_s))
        else:
            self._means.budget.release(state.reserved)

    def _usage(self, state: JobState, seconds: float) -> Usage:
        return Usage(
            engine="nova",
            model=MODEL,
            region=self._means.region,
            kind=requests.kind_of(state.mime),
            seconds=seconds,
            sent_bytes=state.size,
        )

    def _segments(self, part: int) -> tuple[Segment, ...]:
        state = self._states[part]
        if part not in self._found and state.step is Step.DONE:
            try:
                _, self._found[part] = self._results(part, state)
            except BadInput as e:
                state = self._unreadable(part, state, str(e))
        if part not in self._found:
            kind = requests.kind_of(state.mime)
            source = Source.SOUND if kind == "audio" else Source.PICTURE
            span = Span(Unit.SECONDS, state.start_s, state.stop_s)
            self._found[part] = (Segment(span, source, None, state.reason),)
        return self._found[part]

    def _results(self, part: int, state: JobState) -> tuple[Results, tuple[Segment, ...]]:
        """As `results_for`; what is not as documented is looked at again later, but not for ever:
        then it is BadInput. It is never paid for again.
        """
        self._tell("fetching", self._share())
        try:
            return results_for(self._means, state)
        except TryLater as e:
            if not (isinstance(e, Garbled) or is_gone(e)):
                raise
            if state.unread + 1 >= MOST_UNREAD:
                raise BadInput(str(e)) from e
            self._keep(part, unread=state.unread + 1)
            raise

    def _unreadable(self, part: int, state: JobState, reason: str) -> JobState:
        kept = self._keep(part, step=Step.REFUSED, reserved=None, reason=reason)
        self._settle(state, state.seconds)
        return kept
