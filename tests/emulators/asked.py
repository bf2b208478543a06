"""What one embedding request asks for, once its schema has been checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.emulators.schema import MODALITIES, PARAMS


@dataclass(frozen=True)
class Source:
    """Where the content is: just one of the three is given."""

    text: str | None = None
    base64: str | None = None
    uri: str | None = None
    owner: str | None = None  # account id that must own the bucket of `uri`


@dataclass(frozen=True)
class Asked:
    modality: str  # text, image, audio, video
    purpose: str
    dim: int
    source: Source
    path: str  # where in the request the modality stands, as errors name it
    format: str = ""  # of everything but text
    truncation: str = ""  # text: START, END, NONE
    document: bool = False  # image: a page, looked at closely
    separate: bool = False  # video: a vector for the picture and one for the sound
    segment_s: int = 5
    segment_chars: int = 32_000


def read(body: dict[str, Any], task: str) -> Asked:
    params = body[PARAMS[task]]
    modality = next(name for name in MODALITIES if name in params)
    part = params[modality]
    cut = part.get("segmentationConfig", {})
    return Asked(
        modality,
        params["embeddingPurpose"],
        params.get("embeddingDimension", 3072),
        _source(part),
        f"#/{PARAMS[task]}/{modality}",
        part.get("format", ""),
        part.get("truncationMode", ""),
        part.get("detailLevel") == "DOCUMENT_IMAGE",
        part.get("embeddingMode") == "AUDIO_VIDEO_SEPARATE",
        cut.get("durationSeconds", 5),
        cut.get("maxLengthChars", 32_000),
    )


def _source(part: dict[str, Any]) -> Source:
    if "value" in part:
        return Source(text=part["value"])
    source = part["source"]
    if "bytes" in source:
        return Source(base64=source["bytes"])
    return Source(uri=source["s3Location"]["uri"], owner=source["s3Location"].get("bucketOwner"))
