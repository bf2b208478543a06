"""Batch inference: model invocation jobs, whose records are sync requests in JSONL files."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.emulators import asked as requests
from tests.emulators import embedding, schema
from tests.emulators.calls import Charge, Log
from tests.emulators.conditions import ACCOUNT, Conditions
from tests.emulators.errors import Refused, invalid
from tests.emulators.jobs import digest_of, new_id, page, stamp, uri_of, within
from tests.emulators.storage import NotThere, Storage

TASK = "SINGLE_EMBEDDING"
OVER = frozenset({"Completed", "PartiallyCompleted", "Failed", "Stopped", "Expired"})


@dataclass(frozen=True)
class BatchJob:
    id: str
    arn: str
    region: str
    asked: dict[str, Any]  # the parameters of CreateModelInvocationJob
    submitted: datetime
    status: str = "Submitted"
    ended: datetime | None = None
    message: str = ""
    total: int = 0
    succeeded: int = 0
    failed: int = 0


class BatchJobs:
    """All batch jobs of the account. Each runs in a timer's thread; safe from threads."""

    def __init__(self, storage: Storage, log: Log) -> None:
        self._storage, self._log = storage, log
        self._jobs: dict[str, BatchJob] = {}
        self._timers: list[threading.Timer] = []
        self._lock = threading.RLock()
        self.bugs: list[BaseException] = []

    def create(self, params: Mapping[str, Any], region: str, now: Conditions) -> dict[str, Any]:
        if params.get("modelInvocationType", "InvokeModel") != "InvokeModel":
            raise invalid("The model does not support Converse.")
        for side in ("input", "output"):
            where = params[f"{side}DataConfig"][f"s3{side.capitalize()}DataConfig"]
            if where.get("s3BucketOwner", ACCOUNT) != ACCOUNT:
                raise invalid(f"The bucket of {where['s3Uri']} belongs to another account.")
            try:
                self._storage.region(where["s3Uri"])
            except NotThere as e:
                raise invalid(f"Could not access the bucket of {where['s3Uri']}.") from e
        asked = dict(params)
        with self._lock:
            for job in self._jobs.values():
                if params.get("clientRequestToken", "") == job.asked.get("clientRequestToken"):
                    if job.asked == asked:
                        return {"jobArn": job.arn}
                    raise Refused("ConflictException")
                if job.asked["jobName"] == params["jobName"] and job.status not in OVER:
                    raise Refused("ConflictException", "A job of this name is in progress.")
            name = new_id()
            arn = f"arn:aws:bedrock:{region}:{ACCOUNT}:model-invocation-job/{name}"
            job = BatchJob(name, arn, region, asked, datetime.now(UTC))
            self._jobs[name] = job
            self._log.job_started()
            timer = threading.Timer(now.job_s, self._run, (job, now))
            timer.daemon = True
            self._timers.append(timer)
            timer.start()
        return {"jobArn": arn}

    def get(self, params: Mapping[str, Any]) -> dict[str, Any]:
        return _shown(self._find(params))

    def stop(self, params: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            job = self._find(params)
            if job.status in OVER:
                raise Refused("ConflictException", f"The job is {job.status} already.")
            self._jobs[job.id] = replace(job, status="Stopped", ended=datetime.now(UTC))
        return {}

    def listed(self, params: Mapping[str, Any], region: str) -> dict[str, Any]:
        with self._lock:
            jobs = [job for job in self._jobs.values() if job.region == region]
        found = [
            _shown(job)
            for job in jobs
            if within(params, job.submitted)
            and params.get("statusEquals", job.status) == job.status
            and params.get("nameContains", "") in job.asked["jobName"]
        ]
        return page(found, params, "invocationJobSummaries")

    def clear(self) -> None:
        with self._lock:
            self._jobs.clear()
            timers, self._timers = self._timers, []
        for timer in timers:
            timer.cancel()
        for timer in timers:
            timer.join(20)

    def _find(self, params: Mapping[str, Any]) -> BatchJob:
        with self._lock:
            job = self._jobs.get(params["jobIdentifier"].rpartition("/")[2])
        if job is None:
            raise Refused("ResourceNotFoundException", "The provided job identifier is invalid.")
        return job

    def _run(self, job: BatchJob, now: Conditions) -> None:
        with self._lock:
            if self._jobs.get(job.id) != job:  # stopped, or cleared
                return
            self._jobs[job.id] = job = replace(job, status="InProgress")
        try:
            done = self._process(job, now)
        except Refused as e:
            done = replace(job, status="Failed", message=e.message)
        except NotThere as e:
            done = replace(job, status="Failed", message=str(e)[:2048])
        except Exception as e:
            done = replace(job, status="Failed", message="The emulator has a bug.")
            self.bugs.append(e)
        with self._lock:
            if self._jobs.get(job.id) == job:
                self._jobs[job.id] = replace(done, ended=datetime.now(UTC))

    def _process(self, job: BatchJob, now: Conditions) -> BatchJob:
        source = job.asked["inputDataConfig"]["s3InputDataConfig"]["s3Uri"]
        files = [uri for uri in self._storage.listed(source) if uri.endswith(".jsonl")]
        if not files:
            raise invalid(f"There is no .jsonl file at {source}.")
        records = {file: self._records(file, source) for file in files}
        total, processed, succeeded = sum(map(len, records.values())), 0, 0
        if not total:
            raise invalid("There are no records.")
        folder = f"{uri_of(job.asked['outputDataConfig'])}/{job.id}"
        for file, some in records.items():
            reached = some[: round(len(some) * now.batch_share)]
            lines = [self._answer(job, record, now) for record in reached]
            processed += len(lines)
            succeeded += sum("modelOutput" in line for line in lines)
            # The order of records is not guaranteed: last first, so that nobody relies on it.
            text = "".join(json.dumps(line) + "\n" for line in reversed(lines))
            self._storage.write(f"{folder}/{file.rpartition('/')[2]}.out", text)
        manifest = {
            "totalRecordCount": total,
            "processedRecordCount": processed,
            "successRecordCount": succeeded,
            "errorRecordCount": processed - succeeded,
        }
        self._storage.write(f"{folder}/manifest.json.out", json.dumps(manifest))
        return replace(
            job,
            status=now.batch_ending,
            message="It could not go on." if now.batch_ending == "Failed" else "",
            total=total,
            succeeded=succeeded,
            failed=processed - succeeded,
        )

    def _records(self, file: str, source: str) -> list[dict[str, Any]]:
        """The records of one file. Raises Refused for a file that no record can be taken from."""
        with tempfile.SpooledTemporaryFile(1_000_000) as held:
            self._storage.read(file, held)
            text = held.read().decode("utf-8", "replace")
        found = []
        for number, line in enumerate(text.splitlines(), 1):
            try:
                record = json.loads(line)
            except ValueError as e:
                raise invalid(f"Line {number} of {file} is not JSON.") from e
            if not isinstance(record, dict) or not isinstance(record.get("modelInput"), dict):
                raise invalid(f"Line {number} of {file} has no modelInput.")
            record.setdefault("recordId", f"{number:011}")
            self._check_place(record, source)
            found.append(record)
        return found

    def _check_place(self, record: dict[str, Any], source: str) -> None:
        """What records name in S3 lies in the folder that the job was given, with the JSONL."""
        for uri in _uris(record["modelInput"]):
            if source.endswith(".jsonl") or not uri.startswith(source.rstrip("/") + "/"):
                raise invalid(f"{uri} is not in the folder of the input, {source}.")

    def _answer(self, job: BatchJob, record: dict[str, Any], now: Conditions) -> dict[str, Any]:
        body = record["modelInput"]
        line: dict[str, Any] = {"recordId": record["recordId"], "modelInput": body}
        said = str(body.get("singleEmbeddingParams", {}).get("text", {}).get("value", ""))
        if now.batch_failing_words & set(said.split()):
            return {**line, "error": {"errorCode": 500, "errorMessage": "It went wrong."}}
        try:
            schema.check(body, TASK, now)
            entries, usage = embedding.single(requests.read(body, TASK), self._storage, now)
        except Refused as e:
            return {**line, "error": {"errorCode": e.status, "errorMessage": e.message}}
        self._log.charge(Charge(job.arn, digest_of(body), usage))
        return {**line, "modelOutput": {"embeddings": entries}}


def _uris(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["uri"]] if isinstance(value.get("uri"), str) else []
        return own + [uri for inner in value.values() for uri in _uris(inner)]
    return []


def _shown(job: BatchJob) -> dict[str, Any]:
    asked = dict(job.asked)
    asked.pop("tags", None)
    shown: dict[str, Any] = {
        **asked,
        "jobArn": job.arn,
        "status": job.status,
        "submitTime": stamp(job.submitted),
        "lastModifiedTime": stamp(job.ended or job.submitted),
        "totalRecordCount": job.total,
        "processedRecordCount": job.succeeded + job.failed,
        "successRecordCount": job.succeeded,
        "errorRecordCount": job.failed,
    }
    hours = job.asked.get("timeoutDurationInHours", 24)
    shown["jobExpirationTime"] = stamp(job.submitted + timedelta(hours=hours))
    if job.ended:
        shown["endTime"] = stamp(job.ended)
    if job.message:
        shown["message"] = job.message
    return shown
