"""What a job asks of Bedrock and of S3: to start, how it is, and what it left."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from nova_desktop.aws.client import Service
from nova_desktop.aws.stopping import Pauses, beside, persistent
from nova_desktop.engines import nova_job_request as requests
from nova_desktop.engines.nova_answer import unknown
from nova_desktop.engines.nova_job_answer import LANES, RESULT, Results, results_of
from nova_desktop.engines.nova_job_state import JobState, Turns
from nova_desktop.engines.s3_bucket import Bucket
from nova_desktop.errors import BadInput
from nova_desktop.long_media import Segment
from nova_desktop.model import Source, Span, Unit
from nova_desktop.spending import Budget

RESULT_BYTES = 256_000_000  # 1434 vectors of 3072 numbers are 100 MB of JSON


@dataclass(frozen=True, slots=True)
class Means:
    """What all files of one engine share."""

    bedrock: Service
    bucket: Callable[[str], Bucket]
    turns: Turns
    stop: threading.Event
    poll: Pauses
    again: Pauses
    budget: Budget
    region: str
    dim: int
    mode: str  # of film: embeddingMode
    segment_s: int


def request_for(means: Means, state: JobState, token: str) -> dict[str, Any]:
    """All members of StartAsyncInvoke."""
    bucket = means.bucket(state.bucket)
    source, output = bucket.uri(state.source), bucket.uri(f"{state.folder}out/")
    return requests.request_of(
        state.mime, state.seconds, source, output, token, means.dim, means.mode, means.segment_s
    )


def started(means: Means, request: dict[str, Any]) -> str:
    """The ARN of the job; of the same one for the same request. Asked once."""

    def start(client: Any) -> str:
        return str(client.start_async_invoke(**request).get("invocationArn"))

    arn = beside(lambda: means.bedrock.ask(start), means.stop)
    if not requests.ARN.fullmatch(arn):
        raise unknown("it names no job")
    return arn


def status_of(means: Means, state: JobState) -> tuple[str, str]:
    """The job's status; with the folder of its results, or why it failed."""

    def get(client: Any) -> Any:
        return client.get_async_invoke(invocationArn=state.arn)

    def ask() -> Any:
        return persistent(lambda: means.bedrock.ask(get), means.stop, means.again)

    asked_for = str(state.request["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"])
    try:
        answer = beside(ask, means.stop)
    except BadInput as e:
        # The service has forgotten the job; what it left may still be there.
        folder = requests.folder_of(asked_for, state.arn)
        listing = _key(state, f"{folder}/{RESULT}")
        if means.bucket(state.bucket).size(listing) is not None:
            return "Completed", folder
        return "Failed", f"The job is not known any more. {e}"
    status = str(answer.get("status"))
    if status == "Failed":
        return status, str(answer.get("failureMessage", ""))
    output = answer.get("outputDataConfig", {}).get("s3OutputDataConfig", {})
    return status, requests.folder_of(str(output.get("s3Uri", asked_for)), state.arn)


def results_for(means: Means, state: JobState) -> tuple[Results, tuple[Segment, ...]]:
    """What the newest job gave; and the best of all of them, in seconds of the original.

    Raises Garbled for results that are not as documented; see also `s3_bucket.is_gone`.
    """
    best: dict[tuple[float, Source], Segment] = {}
    for folder in state.results:
        newest = _read(means, state, folder)
        for segment in newest.segments:
            key = segment.span.start, segment.source
            if key not in best or best[key].vector is None:
                best[key] = segment
    return newest, tuple(_moved(best[key], state.start_s) for key in sorted(best))


def _read(means: Means, state: JobState, folder: str) -> Results:
    bucket = means.bucket(state.bucket)

    def read(uri: str) -> bytes:
        return bucket.read(_key(state, uri), RESULT_BYTES)

    kind = requests.kind_of(state.mime)
    lanes = LANES[kind if kind == "audio" else means.mode]
    return results_of(read(f"{folder}/{RESULT}"), read, means.dim, lanes, state.seconds)


def _key(state: JobState, uri: str) -> str:
    """The key of a uri that the service named: in our folder, or it is not ours to read."""
    start = f"s3://{state.bucket}/"
    if not uri.startswith(start + state.folder):
        raise unknown(f"its results are said to be at {uri}")
    return uri.removeprefix(start)


def _moved(segment: Segment, by_s: float) -> Segment:
    span = Span(Unit.SECONDS, segment.span.start + by_s, segment.span.stop + by_s)
    return replace(segment, span=span)
