"""The schema of an embedding request, and the words in which its breaches are told.

Tables: Amazon Nova guide, "Complete embeddings request and response schema". The words are those
of the JSON schema validator behind Bedrock; several breaches are told in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.emulators.conditions import Conditions
from tests.emulators.errors import malformed

Check = Callable[[Any, str], Iterator[str]]

PARAMS = {
    "SINGLE_EMBEDDING": "singleEmbeddingParams",
    "SEGMENTED_EMBEDDING": "segmentedEmbeddingParams",
}
MODALITIES = ("text", "image", "audio", "video")
PURPOSES = (
    *("GENERIC_INDEX", "GENERIC_RETRIEVAL", "TEXT_RETRIEVAL", "IMAGE_RETRIEVAL"),
    *("VIDEO_RETRIEVAL", "DOCUMENT_RETRIEVAL", "AUDIO_RETRIEVAL", "CLASSIFICATION", "CLUSTERING"),
)
DIMENSIONS = (256, 384, 1024, 3072)
FORMATS = {
    "image": ("png", "jpeg", "gif", "webp"),
    "audio": ("mp3", "wav", "ogg"),
    "video": ("mp4", "mov", "mkv", "webm", "flv", "mpeg", "mpg", "wmv", "3gp"),
}
TYPES: tuple[tuple[type, str], ...] = (
    (bool, "Boolean"),  # before int, which it is in Python
    (int, "Integer"),
    (float, "Double"),
    (str, "String"),
    (list, "JSONArray"),
    (dict, "JSONObject"),
    (type(None), "Null"),
)


def check(body: Any, task: str, conditions: Conditions) -> None:
    """Raises Refused with every breach in the body of a request of this task."""
    params = PARAMS[task]
    # What a body without any of the model's own members really got (agentgateway, issue 2936).
    if isinstance(body, dict) and not any(name in body for name in PARAMS.values()):
        raise malformed(["#: required key [messages] not found"])
    root = _object(
        {
            "schemaVersion": (False, _one_of("nova-multimodal-embed-v1")),
            "taskType": (True, _one_of(task)),
            params: (True, _params(task, conditions)),
        }
    )
    if errors := list(root(body, "#")):
        raise malformed(errors)


def _params(task: str, conditions: Conditions) -> Check:
    segmented = task == "SEGMENTED_EMBEDDING"
    media = _source(
        inline=conditions.inline_async if segmented else True,
        s3=True if segmented else conditions.sync_s3,
    )
    longest = 50_000 if segmented else conditions.text_chars
    text: dict[str, tuple[bool, Check]] = {
        "truncationMode": (True, _one_of("START", "END", "NONE")),
        "source": (False, _source(inline=False, s3=True)),
    }
    if not segmented or conditions.async_text_value:
        text["value"] = (False, _string(longest))
    image = {
        "format": (True, _one_of(*FORMATS["image"])),
        "source": (True, media),
        "detailLevel": (False, _one_of("STANDARD_IMAGE", "DOCUMENT_IMAGE")),
    }
    audio = {"format": (True, _one_of(*FORMATS["audio"])), "source": (True, media)}
    modes = _one_of("AUDIO_VIDEO_COMBINED", "AUDIO_VIDEO_SEPARATE")
    video = {
        "format": (True, _one_of(*FORMATS["video"])),
        "source": (True, media),
        "embeddingMode": (True, modes),
    }
    if segmented:
        by_time = (True, _object({"durationSeconds": (False, _integer(1, 30))}))
        audio["segmentationConfig"] = video["segmentationConfig"] = by_time
        by_chars = _object({"maxLengthChars": (False, _integer(800, 50_000))})
        text["segmentationConfig"] = (True, by_chars)
    return _object(
        {
            "embeddingPurpose": (True, _one_of(*PURPOSES)),
            "embeddingDimension": (False, _dimension),
            "text": (False, _object(text, one_of=("value", "source"))),
            "image": (False, _object(image)),
            "audio": (False, _object(audio)),
            "video": (False, _object(video)),
        },
        one_of=MODALITIES,
    )


def _source(inline: bool, s3: bool) -> Check:
    location = {
        "uri": (True, _matches(r"s3://[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9]/.+", 1024)),
        "bucketOwner": (False, _matches(r"[0-9]{12}", 12)),
    }
    fields: dict[str, tuple[bool, Check]] = {}
    if inline:
        fields["bytes"] = (not s3, _string(None))
    if s3:
        fields["s3Location"] = (not inline, _object(location))
    return _object(fields, one_of=tuple(fields) if inline and s3 else ())


def _object(fields: Mapping[str, tuple[bool, Check]], one_of: tuple[str, ...] = ()) -> Check:
    """`fields`: name → (required, check); of the names in `one_of`, just one must be there."""

    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path}: expected type: JSONObject, found: {_type(value)}"
            return
        for name, (required, _) in fields.items():
            if required and name not in value:
                yield f"{path}: required key [{name}] not found"
        for name in (name for name in value if name not in fields):
            yield f"{path}: extraneous key [{name}] is not permitted"
        if one_of and (found := sum(name in value for name in one_of)) != 1:
            yield f"{path}: {found} subschemas matched instead of one"
        for name in (name for name in fields if name in value):
            yield from fields[name][1](value[name], f"{path}/{name}")

    return check


def _one_of(*words: str) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{path}: expected type: String, found: {_type(value)}"
        elif value not in words:
            yield f"{path}: {value} is not a valid enum value"

    return check


def _dimension(value: Any, path: str) -> Iterator[str]:
    if _type(value) != "Integer":
        yield f"{path}: expected type: Integer, found: {_type(value)}"
    elif value not in DIMENSIONS:
        yield f"{path}: {value} is not a valid enum value"


def _integer(least: int, most: int) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if _type(value) != "Integer":
            yield f"{path}: expected type: Integer, found: {_type(value)}"
        elif value < least:
            yield f"{path}: {value} is not greater or equal to {least}"
        elif value > most:
            yield f"{path}: {value} is not less or equal to {most}"

    return check


def _string(most: int | None) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{path}: expected type: String, found: {_type(value)}"
        elif not value:
            yield f"{path}: expected minLength: 1, actual: 0"
        elif most is not None and len(value) > most:
            yield f"{path}: expected maxLength: {most}, actual: {len(value)}"

    return check


def _matches(pattern: str, most: int) -> Check:
    def check(value: Any, path: str) -> Iterator[str]:
        yield from _string(most)(value, path)
        if isinstance(value, str) and value and not re.fullmatch(pattern, value, re.DOTALL):
            yield f"{path}: string [{value}] does not match pattern ^{pattern}$"

    return check


def _type(value: Any) -> str:
    return next(name for kind, name in TYPES if isinstance(value, kind))
