"""What goes by job, and the StartAsyncInvoke that starts one, with every limit checked first.

Sources: [schema] "Complete embeddings request and response schema", Amazon Nova user guide; [api]
the Bedrock runtime's service model, which ships with botocore; [field] seen by others who ran jobs.
"""

from __future__ import annotations

import math
import re
from typing import Any

from nova_desktop.engines.nova_media import container_of
from nova_desktop.engines.nova_request import FORMATS, MODEL, SCHEMA
from nova_desktop.engines.s3_upload import unreadable
from nova_desktop.errors import BadInput, shown
from nova_desktop.long_media import LongPart
from nova_desktop.model import Modality

GB = 1_000_000_000
MAX_BYTES = {"video": 2 * GB, "audio": GB}  # [schema] of a source in S3
MAX_SECONDS = 7200.0  # [schema] of sound or film: 2 h
MAX_SEGMENTS = 1434  # [schema] of sound or film
SEGMENT_S = range(1, 31)  # [schema] durationSeconds
# A container's length is rounded, and a hair more than 1434 segments would be one too many.
ROUNDING_S = 1.0
ARN = re.compile(r"arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:async-invoke/[a-z0-9]{12}")
TOKEN = re.compile(r"[!-~]{1,256}")  # [api] clientRequestToken
HEAD_BYTES = 64 * 1024  # in which a container shows itself

# By job from so many segments on; and from fewer while so many files wait.
MANY_SEGMENTS = 40
SOME_SEGMENTS, LONG_QUEUE = 12, 100


def goes_by_job(modality: Modality, segments: int, waiting: int) -> bool:
    """The one rule of what is embedded as one job, and not segment by segment.

    A segment by itself is answered in a second or two, several at once, so a clip is found sooner
    that way: a job of 30 s takes minutes, and one of 2 h up to an hour [field]. But each segment is
    cut and encoded on this device and is one request of the account's quota, while a job is one
    upload that goes on where it was cut off, and one request, whatever its length. At 15 s a
    segment that pays from 10 minutes on. With many files waiting nobody notices when one of them
    is done, and what counts is the quota: then from 3 minutes on.

    Size is no part of it: what is too large for a job is cut, and what is short is never large.
    """
    if modality not in (Modality.VIDEO, Modality.AUDIO):
        return False
    return segments >= MANY_SEGMENTS or (segments >= SOME_SEGMENTS and waiting >= LONG_QUEUE)


def kind_of(mime: str) -> str:
    """The part of the request that it goes into: "audio" or "video". BadInput for other forms."""
    kind = next((kind for kind in MAX_BYTES if mime in FORMATS[kind]), "")
    if not kind:
        raise BadInput(f"Amazon Nova takes no {mime} in a job; save it as MP3, WAV or MP4.")
    return kind


def format_of(mime: str) -> str:
    return FORMATS[kind_of(mime)][mime]


def check(part: LongPart) -> int:
    """The part's bytes. Raises BadInput for what the service would refuse, so it never leaves."""
    kind, declared = kind_of(part.mime), format_of(part.mime)
    try:
        size = part.path.stat().st_size
        with part.path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as e:
        raise unreadable(part.path, e) from e
    if not size:
        raise BadInput(f"{shown(part.path)} is empty; replace it with a good copy.")
    if size > MAX_BYTES[kind]:
        raise BadInput(
            f"Amazon Nova takes {MAX_BYTES[kind] // GB} GB of {kind} in one job, and this has "
            f"{size / GB:.2f} GB; save it smaller."
        )
    seconds = part.stop_s - part.start_s
    if not 0 < seconds <= MAX_SECONDS:
        raise BadInput(
            f"Amazon Nova takes 2 hours of {kind} in one job, and this lasts {seconds:.0f} s; "
            "cut the file."
        )
    # [field] The service compares the container with the declared format and refuses others.
    if (found := container_of(head)) != declared:
        raise BadInput(
            f"{shown(part.path)} is {found or 'of no format that is known'}, and not {declared} as "
            "it says; replace the file with a good copy."
        )
    return size


def segment_s_for(seconds: float, wanted_s: int) -> int:
    """`durationSeconds`: as wanted, or as long as it takes to have no more than MAX_SEGMENTS."""
    return max(wanted_s, math.ceil((seconds + ROUNDING_S) / MAX_SEGMENTS))


def folder_of(uri: str, arn: str) -> str:
    """Where a job's results are, without a slash at the end.

    [field] The uri comes back with the job's id at its end; whether it does so while the job is in
    progress is not documented.
    """
    name = arn.rpartition("/")[2]
    uri = uri.rstrip("/")
    return uri if uri.endswith(f"/{name}") else f"{uri}/{name}"


def request_of(
    mime: str,
    seconds: float,
    source: str,
    output: str,
    token: str,
    dim: int,
    mode: str,
    wanted_s: int,
) -> dict[str, Any]:
    """The members of one StartAsyncInvoke; `source` and `output` are s3 uris."""
    if not TOKEN.fullmatch(token):
        raise ValueError(f"not a clientRequestToken: {token!r}")
    kind = kind_of(mime)
    media: dict[str, Any] = {"format": format_of(mime)}
    if kind == "video":
        media["embeddingMode"] = mode
    media["source"] = {"s3Location": {"uri": source}}  # [schema] jobs take S3 sources only
    length_s = segment_s_for(seconds, wanted_s)
    media["segmentationConfig"] = {"durationSeconds": length_s}  # [schema] required
    return {
        "clientRequestToken": token,
        "modelId": MODEL,
        "modelInput": {
            "schemaVersion": SCHEMA,
            "taskType": "SEGMENTED_EMBEDDING",  # [schema] the only one that jobs take
            "segmentedEmbeddingParams": {
                "embeddingPurpose": "GENERIC_INDEX",
                "embeddingDimension": dim,
                kind: media,
            },
        },
        "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": output}},
    }
