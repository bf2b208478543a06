"""Async jobs: StartAsyncInvoke, GetAsyncInvoke, ListAsyncInvokes."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
import string
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tests.emulators import asked as requests
from tests.emulators import results, schema, segments
from tests.emulators.calls import Charge, Log, Usage
from tests.emulators.conditions import ACCOUNT, MODEL_ID, Conditions
from tests.emulators.content import fetched
from tests.emulators.errors import Refused, invalid
from tests.emulators.faults import JOB, Faults
from tests.emulators.storage import NotThere, Storage

TASK = "SEGMENTED_EMBEDDING"
LETTERS = string.ascii_lowercase + string.digits


@dataclass(frozen=True)
class Job:
    id: str
    arn: str
    region: str
    token: str | None  # clientRequestToken
    digest: str  # of everything that was asked
    model_input: dict[str, Any]
    output: dict[str, Any]  # outputDataConfig
    submitted: datetime
    status: str = "InProgress"
    ended: datetime | None = None
    failure: str = ""


class Jobs:
    """All jobs of the account. Each runs in a timer's thread; safe from threads."""

    def __init__(self, storage: Storage, log: Log, faults: Faults) -> None:
        self._storage, self._log, self._faults = storage, log, faults
        self._jobs: dict[str, Job] = {}
        self._timers: list[threading.Timer] = []
        self._lock = threading.RLock()
        self.bugs: list[BaseException] = []

    def start(self, params: Mapping[str, Any], region: str, now: Conditions) -> dict[str, Any]:
        schema.check(params["modelInput"], TASK, now)
        token, digest = params.get("clientRequestToken"), digest_of(params)
        if same := self._same(token, digest):
            return {"invocationArn": same.arn}
        self._check_output(params["outputDataConfig"], region)
        if now.segments_at_start:
            self._count_segments(params["modelInput"], now)
        with self._lock:
            if same := self._same(token, digest):  # it came twice at once
                return {"invocationArn": same.arn}
            going = sum(job.status == "InProgress" for job in self._jobs.values())
            if now.parallel_jobs is not None and going >= now.parallel_jobs:
                raise Refused("ServiceQuotaExceededException")
            name = new_id()
            job = Job(
                name,
                f"arn:aws:bedrock:{region}:{ACCOUNT}:async-invoke/{name}",
                region,
                token,
                digest,
                params["modelInput"],
                params["outputDataConfig"],
                datetime.now(UTC),
            )
            self._jobs[job.arn] = job
            self._log.job_started()
            faults = self._faults.draw(JOB)
            wait_s = now.job_s + (faults["slow"].seconds if "slow" in faults else 0.0)
            timer = threading.Timer(wait_s, self._run, (job, now, faults))
            timer.daemon = True
            self._timers.append(timer)
            timer.start()
        return {"invocationArn": job.arn}

    def _same(self, token: str | None, digest: str) -> Job | None:
        """The job that this token already started. Raises Refused if it was another request."""
        with self._lock:
            for job in self._jobs.values():
                if token is not None and job.token == token:
                    if job.digest != digest:
                        raise Refused("ConflictException")
                    return job
        return None

    def _check_output(self, output: dict[str, Any], region: str) -> None:
        config = output["s3OutputDataConfig"]
        uri = config["s3Uri"]
        try:
            found = self._storage.region(uri)
        except NotThere as e:
            raise invalid(f"Invalid output config: {uri} cannot be written.") from e
        if found != region:
            raise invalid(f"Invalid output config: {uri} is in {found}, and the model in {region}.")
        if config.get("bucketOwner", ACCOUNT) != ACCOUNT:
            raise invalid(f"Invalid output config: {uri} belongs to another account.")

    def _count_segments(self, body: dict[str, Any], now: Conditions) -> None:
        asked = requests.read(body, TASK)
        if asked.modality == "image":
            return
        try:
            with fetched(asked, self._storage, now, segmented=True) as content:
                segments.count(asked, content)
        except Refused as e:
            if "maxSegments" in e.message:
                raise
            # Anything else wrong with the content shows when the job runs.

    def _run(self, job: Job, now: Conditions, faults: dict[str, Any]) -> None:
        usage, failure = Usage(), ""
        try:
            asked = requests.read(job.model_input, TASK)
            folder = f"{uri_of(job.output)}/{job.id}"
            with fetched(asked, self._storage, now, segmented=True) as content:
                usage = results.write(asked, content, self._storage, folder, now, faults)
            if "late" in faults:
                failure = faults["late"].message or "Internal server error: the job failed."
        except Refused as e:
            failure = e.message
        except NotThere as e:
            failure = f"The output could not be written: {e}"
        except Exception as e:
            failure = "The emulator has a bug."
            self.bugs.append(e)
        with self._lock:
            if job.arn not in self._jobs:  # all was cleared meanwhile
                return
            if usage != Usage():
                self._log.charge(Charge(job.arn, digest_of(job.model_input), usage))
            status = "Failed" if failure else "Completed"
            self._jobs[job.arn] = replace(
                job, status=status, ended=datetime.now(UTC), failure=failure[:2048]
            )

    def get(self, params: Mapping[str, Any], now: Conditions) -> dict[str, Any]:
        with self._lock:
            job = self._jobs.get(params["invocationArn"])
        if job is None:
            raise invalid("The provided invocation ARN is invalid.")
        return _shown(job, now)

    def listed(self, params: Mapping[str, Any], region: str, now: Conditions) -> dict[str, Any]:
        with self._lock:
            jobs = [job for job in self._jobs.values() if job.region == region]
        found = [
            _shown(job, now)
            for job in jobs
            if within(params, job.submitted)
            and params.get("statusEquals", job.status) == job.status
        ]
        return page(found, params, "asyncInvokeSummaries")

    def clear(self) -> None:
        """Forget all jobs; those that are running write nothing down any more."""
        with self._lock:
            self._jobs.clear()
            timers, self._timers = self._timers, []
        for timer in timers:
            timer.cancel()
        for timer in timers:
            timer.join(20)


def _shown(job: Job, now: Conditions) -> dict[str, Any]:
    output = dict(job.output["s3OutputDataConfig"])
    if job.ended or now.uri_with_id_at_once:
        output["s3Uri"] = f"{uri_of(job.output)}/{job.id}"
    shown: dict[str, Any] = {
        "invocationArn": job.arn,
        "modelArn": f"arn:aws:bedrock:{job.region}::foundation-model/{MODEL_ID}",
        "status": job.status,
        "submitTime": stamp(job.submitted),
        "lastModifiedTime": stamp(job.ended or job.submitted),
        "outputDataConfig": {"s3OutputDataConfig": output},
    }
    if job.token is not None:
        shown["clientRequestToken"] = job.token
    if job.ended:
        shown["endTime"] = stamp(job.ended)
    if job.failure:
        shown["failureMessage"] = job.failure
    return shown


def uri_of(output: dict[str, Any]) -> str:
    return str(output["s3OutputDataConfig"]["s3Uri"]).rstrip("/")


def stamp(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_id() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(12))


def digest_of(asked: object) -> str:
    """The same for what is the same to the service, however its JSON was written."""
    text = json.dumps(asked, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def within(params: Mapping[str, Any], time: datetime) -> bool:
    """Between submitTimeAfter and submitTimeBefore."""
    at = time.timestamp()
    return bool(params.get("submitTimeAfter", at) <= at <= params.get("submitTimeBefore", at))


def page(found: Iterable[dict[str, Any]], params: Mapping[str, Any], name: str) -> dict[str, Any]:
    """One page of them, newest first unless asked otherwise, and the token of the next."""
    ascending = params.get("sortOrder") == "Ascending"
    # Stable, so that jobs of the same millisecond keep the order in which they came.
    rows = list(found) if ascending else list(found)[::-1]
    start = _position(params.get("nextToken"))
    stop = start + params.get("maxResults", 100)
    answer: dict[str, Any] = {name: rows[start:stop]}
    if stop < len(rows):
        answer["nextToken"] = base64.urlsafe_b64encode(b"from:%d" % stop).decode()
    return answer


def _position(token: str | None) -> int:
    if token is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(token).decode().removeprefix("from:"))
    except (binascii.Error, ValueError) as e:
        raise invalid("The provided nextToken is invalid.") from e
