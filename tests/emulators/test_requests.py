"""The schema of a sync request, row by row: what passes, and in which words the rest is refused."""

from __future__ import annotations

import functools
import json
import operator
from dataclasses import replace
from typing import Any

import pytest

from tests.emulators.bedrock import Bedrock
from tests.emulators.conditions import MODEL_ID
from tests.emulators.fixtures import Aws
from tests.emulators.samples import (
    at,
    image,
    index,
    inline,
    malformed,
    picture,
    refusal,
    text,
)

P = "#/singleEmbeddingParams"
PURPOSES = [
    *("GENERIC_INDEX", "GENERIC_RETRIEVAL", "TEXT_RETRIEVAL", "IMAGE_RETRIEVAL"),
    *("VIDEO_RETRIEVAL", "DOCUMENT_RETRIEVAL", "AUDIO_RETRIEVAL", "CLASSIFICATION", "CLUSTERING"),
]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_purpose_is_taken(aws: Aws, purpose: str) -> None:
    assert aws.invoke({**text(), "embeddingPurpose": purpose})["embeddings"]


@pytest.mark.parametrize("dim", [256, 384, 1024, 3072])
def test_every_dimension_is_taken(aws: Aws, dim: int) -> None:
    (entry,) = aws.invoke({**text(), "embeddingDimension": dim})["embeddings"]
    assert len(entry["embedding"]) == dim
    assert entry.keys() == {"embeddingType", "embedding"}


def test_without_a_dimension_there_are_3072(aws: Aws) -> None:
    params = text()
    del params["embeddingDimension"]
    assert len(aws.invoke(params)["embeddings"][0]["embedding"]) == 3072


def test_the_only_schema_version_is_taken(aws: Aws) -> None:
    assert aws.invoke(text(), schemaVersion="nova-multimodal-embed-v1")["embeddings"]


@pytest.mark.parametrize("mode", ["START", "END", "NONE"])
def test_every_truncation_mode_is_taken(aws: Aws, mode: str) -> None:
    assert aws.invoke(text(mode=mode))["embeddings"][0]["embeddingType"] == "TEXT"


@pytest.mark.parametrize("detail", ["STANDARD_IMAGE", "DOCUMENT_IMAGE"])
def test_every_level_of_detail_is_taken(aws: Aws, detail: str) -> None:
    answer = aws.invoke(image(detailLevel=detail))
    assert answer["embeddings"][0]["embeddingType"] == "IMAGE"


def without(params: dict[str, Any], path: str) -> dict[str, Any]:
    """A copy without the member at this path."""
    *way, last = path.split("/")
    found = json.loads(json.dumps(params))
    del functools.reduce(operator.getitem, way, found)[last]
    return found  # type: ignore[no-any-return]  # of our own JSON


def having(params: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy with the member at this path as `value`."""
    *way, last = path.split("/")
    found = json.loads(json.dumps(params))
    functools.reduce(operator.getitem, way, found)[last] = value
    return found  # type: ignore[no-any-return]  # of our own JSON


# The schema comes before the content, so these need no real media.
TEXT = text()
IMAGE = index(image={"format": "png", "source": inline(b"picture")})
AUDIO = index(audio={"format": "wav", "source": inline(b"sound")})
MODE = {"embeddingMode": "AUDIO_VIDEO_COMBINED"}
VIDEO = index(video={"format": "mp4", "source": inline(b"film"), **MODE})
BASES = {"text": TEXT, "image": IMAGE, "audio": AUDIO, "video": VIDEO}


def base(path: str) -> dict[str, Any]:
    """The good request that this path is part of."""
    return BASES.get(path.split("/")[0], TEXT)


REQUIRED = [
    *("embeddingPurpose", "text/truncationMode", "image/format", "image/source"),
    *("audio/format", "audio/source", "video/format", "video/source", "video/embeddingMode"),
]


@pytest.mark.parametrize("path", REQUIRED)
def test_what_is_required_is_missed(aws: Aws, path: str) -> None:
    where, _, name = f"{P}/{path}".rpartition("/")
    told = refusal(lambda: aws.invoke(without(base(path), path)))
    assert told == malformed(f"{where}: required key [{name}] not found")


WORDS: list[tuple[str, object]] = [
    *(("embeddingPurpose", word) for word in ("IMAGE_INDEX", "AUDIO_INDEX", "RETRIEVAL", "")),
    *(("embeddingDimension", dim) for dim in (0, 1, 255, 512, 2048, 3073)),
    *(("text/truncationMode", word) for word in ("MIDDLE", "end", "")),
    *(("image/format", word) for word in ("jpg", "PNG", "bmp", "heic", "tiff")),
    ("image/detailLevel", "HIGH"),
    *(("audio/format", word) for word in ("mp4", "m4a", "aac", "flac", "opus")),
    *(("video/format", word) for word in ("avi", "three_gp", "ts", "MP4")),
    *(("video/embeddingMode", word) for word in ("VIDEO", "AUDIO_VIDEO")),
]


@pytest.mark.parametrize(("path", "word"), WORDS)
def test_other_words_than_the_listed_are_refused(aws: Aws, path: str, word: object) -> None:
    told = refusal(lambda: aws.invoke(having(base(path), path, word)))
    assert told == malformed(f"{P}/{path}: {word} is not a valid enum value")


TYPES: list[tuple[str, object, str, str]] = [
    ("embeddingDimension", "1024", "Integer", "String"),
    ("embeddingDimension", True, "Integer", "Boolean"),
    ("embeddingDimension", 1024.5, "Integer", "Double"),
    ("embeddingPurpose", None, "String", "Null"),
    ("text/value", 7, "String", "Integer"),
    ("text", ["words"], "JSONObject", "JSONArray"),
    ("image/source", "aGk=", "JSONObject", "String"),
    ("image/source/bytes", {}, "String", "JSONObject"),
]


@pytest.mark.parametrize(("path", "value", "expected", "found"), TYPES)
def test_other_types_are_refused(
    aws: Aws, path: str, value: object, expected: str, found: str
) -> None:
    told = refusal(lambda: aws.invoke(having(base(path), path, value)))
    assert told == malformed(f"{P}/{path}: expected type: {expected}, found: {found}")


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("temperature", TEXT),
        ("image/caption", IMAGE),
        ("audio/segmentationConfig", AUDIO),
        ("video/segmentationConfig", VIDEO),
        ("text/segmentationConfig", TEXT),
        ("image/source/s3Location/region", having(IMAGE, "image/source", at("s3://bucket/a"))),
    ],
)
def test_what_does_not_belong_there_is_refused(aws: Aws, path: str, params: dict[str, Any]) -> None:
    where, _, name = f"{P}/{path}".rpartition("/")
    told = refusal(lambda: aws.invoke(having(params, path, {})))
    assert told == malformed(f"{where}: extraneous key [{name}] is not permitted")


def of_source(source: dict[str, Any]) -> dict[str, Any]:
    return having(IMAGE, "image/source", source)


COUNTED: list[tuple[dict[str, Any], str, int]] = [
    (without(TEXT, "text"), P, 0),
    ({**TEXT, **IMAGE}, P, 2),
    ({**TEXT, **IMAGE, **AUDIO}, P, 3),
    (without(TEXT, "text/value"), f"{P}/text", 0),
    (having(TEXT, "text/source", at("s3://bucket/a.txt")), f"{P}/text", 2),
    (of_source({}), f"{P}/image/source", 0),
    (of_source({**inline(b"x"), **at("s3://bucket/a.png")}), f"{P}/image/source", 2),
]


@pytest.mark.parametrize(("params", "where", "found"), COUNTED)
def test_just_one_of_several_may_be_there(
    aws: Aws, params: dict[str, Any], where: str, found: int
) -> None:
    told = refusal(lambda: aws.invoke(params))
    assert told == malformed(f"{where}: {found} subschemas matched instead of one")


NOT_S3 = r"does not match pattern ^s3://[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9]/.+$"
OWNER = f"{P}/image/source/s3Location/bucketOwner"
BREACHES: list[tuple[dict[str, Any], list[str]]] = [
    (text(""), [f"{P}/text/value: expected minLength: 1, actual: 0"]),
    (text("x" * 8193), [f"{P}/text/value: expected maxLength: 8192, actual: 8193"]),
    (of_source({"bytes": ""}), [f"{P}/image/source/bytes: expected minLength: 1, actual: 0"]),
    (of_source({"bytes": "no base64!"}), [f"{P}/image/source/bytes: is not valid base64"]),
    (
        index(text={"truncationMode": "END", "source": inline(b"words")}),
        [
            f"{P}/text/source: required key [s3Location] not found",
            f"{P}/text/source: extraneous key [bytes] is not permitted",
        ],
    ),
    (
        of_source({"s3Location": {}}),
        [f"{P}/image/source/s3Location: required key [uri] not found"],
    ),
    *(
        (of_source(at(uri)), [f"{P}/image/source/s3Location/uri: string [{uri}] {NOT_S3}"])
        for uri in ("https://bucket/a.png", "s3://bucket", "s3://B/a.png", "s3://bucket/")
    ),
    (
        of_source(at("s3://bucket/a.png", bucketOwner="me")),
        [f"{OWNER}: string [me] does not match pattern ^[0-9]{{12}}$"],
    ),
    (
        {"embeddingDimension": 7, "image": {"format": "bmp", "source": inline(b"x")}},
        [
            f"{P}: required key [embeddingPurpose] not found",
            f"{P}/embeddingDimension: 7 is not a valid enum value",
            f"{P}/image/format: bmp is not a valid enum value",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("params", "errors"), BREACHES)
def test_every_breach_is_told_in_one_sentence(
    aws: Aws, bedrock: Bedrock, params: dict[str, Any], errors: list[str]
) -> None:
    assert refusal(lambda: aws.invoke(params)) == malformed(*errors)
    assert bedrock.log.bill.calls == 0


SINGLE = {"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": TEXT}
BODIES: list[tuple[str, tuple[int, str, str]]] = [
    ('{"inputText": "hello"}', malformed("#: required key [messages] not found")),
    ('{"taskType": "SINGLE_EMBEDDING"}', malformed("#: required key [messages] not found")),
    ("[]", malformed("#: expected type: JSONObject, found: JSONArray")),
    (
        json.dumps({"singleEmbeddingParams": text()}),
        malformed("#: required key [taskType] not found"),
    ),
    (
        json.dumps({**SINGLE, "schemaVersion": "v2"}),
        malformed("#/schemaVersion: v2 is not a valid enum value"),
    ),
    (
        json.dumps({**SINGLE, "inputText": ""}),
        malformed("#: extraneous key [inputText] is not permitted"),
    ),
    (
        json.dumps({"taskType": "SEGMENTED_EMBEDDING", "segmentedEmbeddingParams": text()}),
        malformed(
            "#: required key [singleEmbeddingParams] not found",
            "#: extraneous key [segmentedEmbeddingParams] is not permitted",
            "#/taskType: SEGMENTED_EMBEDDING is not a valid enum value",
        ),
    ),
    *(
        (
            body,
            (
                400,
                "ValidationException",
                "Malformed input request, please reformat your input and try again.",
            ),
        )
        for body in ("", "not json", '{"taskType":')
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "told"), BODIES, ids=[body[:60] or "empty" for body, _ in BODIES])
def test_a_body_of_another_shape_is_refused(
    aws: Aws, body: str, told: tuple[int, str, str]
) -> None:
    assert refusal(lambda: aws.runtime.invoke_model(modelId=MODEL_ID, body=body)) == told


def test_8192_characters_are_taken_and_a_lenient_service_takes_more(
    aws: Aws, bedrock: Bedrock
) -> None:
    assert aws.invoke(text("x" * 8192))
    bedrock.conditions = replace(bedrock.conditions, text_chars=50_000)
    assert aws.invoke(text("x " * 25_000))
    told = refusal(lambda: aws.invoke(text("x" * 50_001)))
    assert told == malformed(f"{P}/text/value: expected maxLength: 50000, actual: 50001")


def test_a_service_without_s3_for_sync_refuses_it(aws: Aws, bedrock: Bedrock) -> None:
    uri = aws.put("a.png", picture())
    params = index(image={"format": "png", "source": at(uri)})
    assert aws.invoke(params)
    bedrock.conditions = replace(bedrock.conditions, sync_s3=False)
    assert "extraneous key [s3Location] is not permitted" in refusal(lambda: aws.invoke(params))[2]
