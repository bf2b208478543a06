"""What the emulated account and service are like: everything that a test may want otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MODEL_ID = "amazon.nova-2-multimodal-embeddings-v1:0"
ACCOUNT = "123456789012"  # the account of moto's server, whose S3 stands beside
MB = 1_000_000

# Amazon Nova guide, "Complete embeddings request and response schema".
SYNC_BYTES = {"text": MB, "image": 50 * MB, "audio": 100 * MB, "video": 100 * MB}  # from S3
ASYNC_BYTES = {"text": 634 * MB, "image": 50 * MB, "audio": 1000 * MB, "video": 2000 * MB}
SYNC_S3_CHARS = 50_000
SYNC_SECONDS, ASYNC_SECONDS = 30.0, 7200.0
TEXT_SEGMENTS, TIME_SEGMENTS = 1900, 1434


@dataclass(frozen=True)
class Conditions:
    """Replace it as a whole (`emulator.conditions = replace(…)`), also while calls are running.

    The first block is the weather, the second that of batch jobs; the third, what the account may;
    the fourth, which way this service goes where the documentation leaves it open; the last, limits
    that would need huge files to be reached.
    """

    latency_s: float = 0.0  # of every InvokeModel
    job_s: float = 0.05  # from StartAsyncInvoke, or from CreateModelInvocationJob, to its end
    parallel: int | None = None  # InvokeModel calls at once; one more is throttled
    rate_per_s: float | None = None  # InvokeModel calls; 0: a new account, which may do nothing
    parallel_jobs: int | None = None  # async jobs in progress; one more exceeds the quota

    batch_ending: str = "Completed"  # the status that a batch job comes to
    batch_share: float = 1.0  # of each file's records that it comes to
    batch_failing_words: frozenset[str] = frozenset()  # in text: the record has an error 500

    regions: frozenset[str] = frozenset({"us-east-1"})  # that have the model
    model_access: bool = True  # the account may use the model
    denied_operations: frozenset[str] = frozenset()  # by the caller's policy
    keys: Mapping[str, str] = field(default_factory=dict)  # access key → denied, revoked, expired
    rejected_words: frozenset[str] = frozenset()  # in text: content that is not wanted
    rejected_colours: frozenset[str] = frozenset()  # in pictures and video, likewise

    text_chars: int = 8192  # most in text.value; 50,000 was seen at run time
    inline_async: bool = False  # StartAsyncInvoke takes `source.bytes`
    async_text_value: bool = True  # StartAsyncInvoke takes `text.value`
    sync_s3: bool = True  # InvokeModel takes `s3Location`
    seconds_slack: float = 0.0  # by which media may be longer than the limit
    segments_at_start: bool = True  # too many segments: refused at once, else the job fails
    uri_with_id_at_once: bool = False  # the job id is in s3Uri while the job is in progress
    failure_word: str = "FAILURE"  # or FAILED
    failed_line_embedding: str = "missing"  # or empty, null: in the JSONL line of a failed segment
    silent_video: str = "omit"  # AUDIO_VIDEO_SEPARATE without sound: omit the vector, or fail

    sync_bytes: Mapping[str, int] = field(default_factory=lambda: dict(SYNC_BYTES))
    async_bytes: Mapping[str, int] = field(default_factory=lambda: dict(ASYNC_BYTES))
