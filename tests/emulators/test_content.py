"""What the bytes hold is checked against what was declared, and against the limits."""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from typing import Any

import pytest

from tests.emulators import conditions
from tests.emulators.bedrock import Bedrock
from tests.emulators.conditions import ACCOUNT, MODEL_ID
from tests.emulators.fixtures import Aws
from tests.emulators.samples import (
    at,
    audio,
    clip,
    image,
    index,
    malformed,
    only_sound,
    picture,
    refusal,
    text,
    tone,
    video,
)

P = "#/singleEmbeddingParams"
IMAGES, SOUNDS = ["png", "jpeg", "gif", "webp"], ["mp3", "wav", "ogg"]
FILMS = ["mp4", "mov", "mkv", "webm", "flv", "mpeg", "mpg", "wmv", "3gp"]


@pytest.mark.parametrize("format", IMAGES)
def test_every_image_format_is_taken(aws: Aws, format: str) -> None:  # noqa: A002
    answer = aws.invoke(image(picture("red", format), format))
    assert answer["embeddings"][0]["embeddingType"] == "IMAGE"


@pytest.mark.parametrize("format", SOUNDS)
def test_every_audio_format_is_taken(aws: Aws, format: str) -> None:  # noqa: A002
    answer = aws.invoke(audio(tone(format), format))
    assert answer["embeddings"][0]["embeddingType"] == "AUDIO"


@pytest.mark.parametrize("format", FILMS)
def test_every_video_format_is_taken(aws: Aws, format: str) -> None:  # noqa: A002
    answer = aws.invoke(video(clip(format), format))
    assert answer["embeddings"][0]["embeddingType"] == "AUDIO_VIDEO_COMBINED"


PAIRS = [  # what it is, what is said
    *(("png", "jpeg"), ("jpeg", "gif"), ("gif", "webp"), ("webp", "png")),
    *(("mp3", "wav"), ("wav", "ogg"), ("ogg", "mp3"), ("mp4", "mp3")),
    *(("mp4", "mov"), ("mov", "mp4"), ("mp4", "3gp"), ("3gp", "mp4"), ("mkv", "webm")),
    *(("webm", "mkv"), ("flv", "mp4"), ("mpg", "mp4"), ("wmv", "flv"), ("mp4", "wmv")),
]


def made(format: str) -> bytes:  # noqa: A002 – Nova's name
    if format in IMAGES:
        return picture("red", format)
    return tone(format) if format in SOUNDS else clip(format)


def said(data: bytes, format: str) -> tuple[str, dict[str, Any]]:  # noqa: A002
    """The modality of the format, and a request that declares it."""
    if format in IMAGES:
        return "image", image(data, format)
    return ("audio", audio(data, format)) if format in SOUNDS else ("video", video(data, format))


@pytest.mark.parametrize(("is_", "declared"), PAIRS)
def test_a_container_that_is_not_what_was_declared_is_refused(
    aws: Aws, is_: str, declared: str
) -> None:
    kind, params = said(made(is_), declared)
    told = malformed(f"{P}/{kind}/source: content is not of format {declared}")
    assert refusal(lambda: aws.invoke(params)) == told


def test_a_few_bytes_are_of_no_format(aws: Aws) -> None:
    assert "not of format gif" in refusal(lambda: aws.invoke(image(b"GIF", "gif")))[2]


@pytest.mark.parametrize(
    ("format", "kept"), [("png", 60), ("jpeg", 100), ("ogg", 60), ("mp4", 900), ("mkv", 200)]
)
def test_damaged_content_is_refused(aws: Aws, bedrock: Bedrock, format: str, kept: int) -> None:  # noqa: A002
    kind, params = said(made(format)[:kept], format)
    status, code, message = refusal(lambda: aws.invoke(params))
    assert (status, code) == (400, "ValidationException")
    assert f"{kind}/source: " in message
    assert bedrock.log.bill.calls == 0


def test_a_film_without_picture_is_refused(aws: Aws) -> None:
    told = refusal(lambda: aws.invoke(video(only_sound())))
    assert told == malformed(f"{P}/video/source: there is no video track")


def lasting(kind: str, seconds: float) -> dict[str, Any]:
    if kind == "audio":
        return audio(tone("wav", 440, seconds, 8000))
    return video(clip("mp4", "red", seconds, 0))


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_30_seconds_are_taken_and_more_are_refused(aws: Aws, bedrock: Bedrock, kind: str) -> None:
    assert aws.invoke(lasting(kind, 30))
    told = refusal(lambda: aws.invoke(lasting(kind, 30.52)))
    where = f"{P}/{kind}/source"
    assert told == malformed(f"{where}: expected maxDuration: 30 s, actual: 30.520 s")
    bedrock.conditions = replace(bedrock.conditions, seconds_slack=1)
    assert aws.invoke(lasting(kind, 30.52))


def test_a_body_over_25_000_000_bytes_is_refused(aws: Aws, bedrock: Bedrock) -> None:
    def invoke(size: int) -> object:
        start = json.dumps({"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": text()})
        body = start.encode().ljust(size)
        return aws.runtime.invoke_model(modelId=MODEL_ID, body=body)["body"].read()

    assert invoke(25_000_000)
    status, code, message = refusal(lambda: invoke(25_000_001))
    assert (status, code) == (400, "ValidationException")
    assert "'body'" in message
    assert "less than or equal to 25000000" in message
    assert bedrock.log.bill.calls == 1
    assert invoke(1000)  # on a new connection


def test_the_limits_of_objects_are_those_of_the_guide() -> None:
    million = 1_000_000
    assert {
        "text": million, "image": 50 * million, "audio": 100 * million, "video": 100 * million
    } == conditions.SYNC_BYTES  # fmt: skip
    assert {
        "text": 634 * million, "image": 50 * million,
        "audio": 1_000 * million, "video": 2_000 * million,
    } == conditions.ASYNC_BYTES  # fmt: skip
    assert conditions.Conditions().sync_bytes == conditions.SYNC_BYTES
    assert conditions.Conditions().async_bytes == conditions.ASYNC_BYTES


def from_s3(kind: str, uri: str, **more: str) -> dict[str, Any]:
    """A sync request for an object."""
    part = {
        "text": {"truncationMode": "END"},
        "image": {"format": "png"},
        "audio": {"format": "wav"},
        "video": {"format": "mp4", "embeddingMode": "AUDIO_VIDEO_COMBINED"},
    }[kind]
    return index(**{kind: {**part, "source": at(uri, **more)}})


KINDS = ["text", "image", "audio", "video"]


FORMAT_OF = {"image": "png", "audio": "wav", "video": "mp4"}


def object_of(kind: str) -> bytes:
    return b"a red boat" if kind == "text" else made(FORMAT_OF[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_an_object_gives_the_same_vector_as_inline(aws: Aws, kind: str) -> None:
    uri = aws.put(f"in/{kind}", object_of(kind))
    same = text("a red boat") if kind == "text" else {
        "image": image, "audio": audio, "video": video
    }[kind]()  # fmt: skip
    assert aws.invoke(from_s3(kind, uri, bucketOwner=ACCOUNT)) == aws.invoke(same)


@pytest.mark.parametrize("kind", KINDS)
def test_an_object_over_the_limit_is_refused(aws: Aws, bedrock: Bedrock, kind: str) -> None:
    data = object_of(kind)
    uri, size = aws.put(f"in/{kind}", data), len(data)
    bedrock.conditions = replace(bedrock.conditions, sync_bytes={kind: size})
    assert aws.invoke(from_s3(kind, uri))
    bedrock.conditions = replace(bedrock.conditions, sync_bytes={kind: size - 1})
    assert refusal(lambda: aws.invoke(from_s3(kind, uri))) == malformed(
        f"{P}/{kind}/source/s3Location: expected maxSize: {size - 1} bytes, actual: {size}"
    )


def test_a_text_object_over_a_million_bytes_or_50_000_characters_is_refused(aws: Aws) -> None:
    big = aws.put("big.txt", b"x" * 1_000_001)
    assert "maxSize: 1000000 bytes" in refusal(lambda: aws.invoke(from_s3("text", big)))[2]
    fits = aws.put("fits.txt", ("é " * 25_000).encode())
    assert aws.invoke(from_s3("text", fits))
    long = aws.put("long.txt", ("é " * 25_000 + "é").encode())
    told = refusal(lambda: aws.invoke(from_s3("text", long)))[2]
    assert "expected maxLength: 50000, actual: 50001" in told


def test_an_image_object_over_50_million_bytes_is_refused(aws: Aws) -> None:
    uri = aws.put("big.png", bytes(50_000_001))
    assert "maxSize: 50000000 bytes" in refusal(lambda: aws.invoke(from_s3("image", uri)))[2]


def test_an_object_that_cannot_be_read_is_refused(aws: Aws) -> None:
    there = aws.put("a.png", picture())
    for uri, more in [
        (f"s3://{aws.bucket}/gone.png", {}),
        ("s3://no-such-bucket/a.png", {}),
        (there, {"bucketOwner": "999999999999"}),
    ]:
        told = refusal(functools.partial(aws.invoke, from_s3("image", uri, **more)))
        assert told == malformed(f"{P}/image/source/s3Location: {uri} could not be read")


def test_an_empty_object_and_text_that_is_not_utf8_are_refused(aws: Aws) -> None:
    empty = aws.put("empty.png", b"")
    assert "is empty" in refusal(lambda: aws.invoke(from_s3("image", empty)))[2]
    latin = aws.put("latin.txt", "é".encode("latin-1"))
    assert "is not UTF-8" in refusal(lambda: aws.invoke(from_s3("text", latin)))[2]
