"""Async jobs: what StartAsyncInvoke takes and refuses, idempotency, states, and listing."""

from __future__ import annotations

import functools
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.emulators.bedrock import Bedrock
from tests.emulators.conditions import MODEL_ID
from tests.emulators.fixtures import Aws
from tests.emulators.jobwork import finished, segmented, start
from tests.emulators.samples import at, clip, index, inline, malformed, picture, refusal, tone

P = "#/segmentedEmbeddingParams"


def parts(uri: str) -> dict[str, dict[str, Any]]:
    """A good request of each modality."""
    mode = {"embeddingMode": "AUDIO_VIDEO_COMBINED"}
    cut: dict[str, Any] = {"segmentationConfig": {}}
    return {
        "text": index(text={"truncationMode": "END", "source": at(uri), **cut}),
        "image": index(image={"format": "png", "source": at(uri)}),
        "audio": index(audio={"format": "wav", "source": at(uri), **cut}),
        "video": index(video={"format": "mp4", "source": at(uri), **mode, **cut}),
    }


UNREAD = "s3://bucket/in/a"
CUT = "segmentationConfig"
REFUSED: list[tuple[str, str, object, list[str]]] = [
    *((kind, CUT, None, [f": required key [{CUT}] not found"]) for kind in ("text", "audio")),
    ("video", CUT, None, [f": required key [{CUT}] not found"]),
    ("image", CUT, {}, [f": extraneous key [{CUT}] is not permitted"]),
    *(
        (kind, CUT, {"durationSeconds": seconds}, [f"/{CUT}/durationSeconds: {seconds} is {told}"])
        for kind in ("audio", "video")
        for seconds, told in ((0, "not greater or equal to 1"), (31, "not less or equal to 30"))
    ),
    *(
        ("text", CUT, {"maxLengthChars": chars}, [f"/{CUT}/maxLengthChars: {chars} is {told}"])
        for chars, told in (
            (799, "not greater or equal to 800"),
            (50_001, "not less or equal to 50000"),
        )
    ),
    (
        "image",
        "source",
        inline(b"x"),
        [
            "/source: required key [s3Location] not found",
            "/source: extraneous key [bytes] is not permitted",
        ],
    ),
    ("audio", "format", "m4a", ["/format: m4a is not a valid enum value"]),
    ("video", "embeddingMode", None, [": required key [embeddingMode] not found"]),
    ("text", "truncationMode", None, [": required key [truncationMode] not found"]),
]


@pytest.mark.parametrize(("kind", "name", "value", "errors"), REFUSED)
def test_a_breach_is_refused_at_the_start(
    aws: Aws, bedrock: Bedrock, kind: str, name: str, value: object, errors: list[str]
) -> None:
    params = parts(UNREAD)[kind]
    params[kind][name] = value
    params[kind] = {key: v for key, v in params[kind].items() if v is not None}
    told = [f"{P}/{kind}{error}" for error in errors]
    assert refusal(lambda: start(aws, params)) == malformed(*told)
    assert bedrock.log.bill.jobs == 0


def test_a_sync_body_is_refused(aws: Aws) -> None:
    body = {"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": parts(UNREAD)["image"]}
    told = refusal(lambda: start(aws, {}, modelInput=body))
    assert told == malformed(
        "#: required key [segmentedEmbeddingParams] not found",
        "#: extraneous key [singleEmbeddingParams] is not permitted",
        "#/taskType: SINGLE_EMBEDDING is not a valid enum value",
    )
    told = refusal(lambda: start(aws, {}, modelInput={"inputText": "words"}))
    assert told == malformed("#: required key [messages] not found")


def test_inline_sources_are_a_matter_of_the_service(aws: Aws, bedrock: Bedrock) -> None:
    bytes_ = index(image={"format": "png", "source": inline(picture())})
    words = {"truncationMode": "END", "value": "words", "segmentationConfig": {}}
    assert finished(aws, start(aws, index(text=words)))["status"] == "Completed"
    bedrock.conditions = replace(bedrock.conditions, inline_async=True, async_text_value=False)
    assert finished(aws, start(aws, bytes_))["status"] == "Completed"
    told = refusal(lambda: start(aws, index(text=words)))[2]
    assert f"{P}/text: extraneous key [value] is not permitted" in told


@pytest.mark.parametrize("length", [800, 50_000])
def test_the_bounds_of_a_text_segment_are_taken(aws: Aws, length: int) -> None:
    params = parts(aws.put("a.txt", b"words"))["text"]
    params["text"]["segmentationConfig"] = {"maxLengthChars": length}
    assert finished(aws, start(aws, params))["status"] == "Completed"


@pytest.mark.parametrize("seconds", [1, 30])
def test_the_bounds_of_a_segment_of_sound_are_taken(aws: Aws, seconds: int) -> None:
    params = parts(aws.put("a.wav", tone()))["audio"]
    params["audio"]["segmentationConfig"] = {"durationSeconds": seconds}
    assert finished(aws, start(aws, params))["status"] == "Completed"


def test_the_states_of_a_job_and_its_times(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.conditions = replace(bedrock.conditions, job_s=0.3)
    before = datetime.now(UTC) - timedelta(seconds=1)
    arn = start(aws, parts(aws.put("a.png", picture()))["image"], clientRequestToken="mine-1")
    going = aws.runtime.get_async_invoke(invocationArn=arn)
    name = arn.rpartition("/")[2]
    assert arn == f"arn:aws:bedrock:us-east-1:123456789012:async-invoke/{name}"
    assert len(name) == 12
    assert going["status"] == "InProgress"
    assert "endTime" not in going
    assert going["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"] == f"s3://{aws.bucket}/out/"
    done = finished(aws, arn)
    assert done["status"] == "Completed"
    assert done["modelArn"] == f"arn:aws:bedrock:us-east-1::foundation-model/{MODEL_ID}"
    assert done["clientRequestToken"] == "mine-1"
    assert before < done["submitTime"] < done["endTime"] == done["lastModifiedTime"]
    uri = done["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"]
    assert uri == f"s3://{aws.bucket}/out/{name}"


def test_the_job_id_may_stand_in_the_uri_from_the_start(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.conditions = replace(bedrock.conditions, job_s=5, uri_with_id_at_once=True)
    arn = start(aws, parts(UNREAD)["image"])
    going = aws.runtime.get_async_invoke(invocationArn=arn)
    uri = going["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"]
    assert uri.endswith("/out/" + arn.rpartition("/")[2])


def test_the_same_token_starts_one_job(aws: Aws, bedrock: Bedrock) -> None:
    params = parts(aws.put("a.png", picture()))["image"]
    token = str(uuid.uuid4())
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(start, aws, params, clientRequestToken=token) for _ in range(8)]
        arns = {one.result() for one in asked}
    assert len(arns) == 1
    finished(aws, arns.pop())
    again = start(aws, params, clientRequestToken=token)
    assert finished(aws, again)["status"] == "Completed"
    assert bedrock.log.bill.jobs == 1
    assert bedrock.log.bill.usage.images == 1
    assert {call.token for call in bedrock.log.calls("StartAsyncInvoke")} == {token}


def test_the_same_token_for_something_else_is_a_conflict(aws: Aws, bedrock: Bedrock) -> None:
    one, other = parts(aws.put("a.png", picture())), parts(aws.put("b.png", picture()))
    start(aws, one["image"], clientRequestToken="t")
    told = refusal(lambda: start(aws, other["image"], clientRequestToken="t"))
    assert told[:2] == (400, "ConflictException")
    assert bedrock.log.bill.jobs == 1


def test_without_a_token_of_ones_own_every_call_is_a_job(aws: Aws, bedrock: Bedrock) -> None:
    params = parts(aws.put("a.png", picture()))["image"]
    assert start(aws, params, clientRequestToken=None) != start(
        aws, params, clientRequestToken=None
    )
    assert bedrock.log.bill.jobs == 2


def test_the_bucket_for_results_must_be_there_and_ours(aws: Aws) -> None:
    params = parts(UNREAD)["image"]
    elsewhere = f"{aws.bucket}-eu"
    place = {"LocationConstraint": "eu-west-1"}
    aws.s3.create_bucket(Bucket=elsewhere, CreateBucketConfiguration=place)
    for config in (
        {"s3Uri": "s3://no-such-bucket/out"},
        {"s3Uri": f"s3://{elsewhere}/out"},
        {"s3Uri": f"s3://{aws.bucket}/out", "bucketOwner": "999999999999"},
    ):
        output = {"s3OutputDataConfig": config}
        told = refusal(functools.partial(start, aws, params, outputDataConfig=output))
        assert told[:2] == (400, "ValidationException")
        assert told[2].startswith("Invalid output config: ")


def test_more_jobs_at_once_than_the_quota_are_refused(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.conditions = replace(bedrock.conditions, parallel_jobs=1, job_s=0.2)
    params = parts(aws.put("a.png", picture()))["image"]
    arn = start(aws, params)
    assert refusal(lambda: start(aws, params))[:2] == (400, "ServiceQuotaExceededException")
    finished(aws, arn)
    assert start(aws, params)


def test_jobs_are_listed_and_paged(aws: Aws) -> None:
    good, bad = parts(aws.put("a.png", picture()))["image"], parts(UNREAD)["image"]
    arns = []
    for params in (good, bad, good, good, good):
        arns.append(start(aws, params))
        time.sleep(0.005)  # to be told apart by the time of submission
    states = [finished(aws, arn)["status"] for arn in arns]
    assert states == ["Completed", "Failed", "Completed", "Completed", "Completed"]

    def listed(**query: Any) -> list[str]:
        pages = aws.runtime.get_paginator("list_async_invokes").paginate(**query)
        return [one["invocationArn"] for page in pages for one in page["asyncInvokeSummaries"]]

    assert listed() == arns[::-1]
    assert listed(maxResults=2) == arns[::-1]
    assert listed(sortOrder="Ascending", sortBy="SubmissionTime", maxResults=3) == arns
    assert listed(statusEquals="Failed") == [arns[1]]
    assert listed(statusEquals="InProgress") == []
    third = aws.runtime.get_async_invoke(invocationArn=arns[2])["submitTime"]
    hair = timedelta(milliseconds=1)
    assert listed(submitTimeAfter=third + hair) == arns[:2:-1]
    assert listed(submitTimeBefore=third - hair) == arns[1::-1]
    told = refusal(lambda: aws.runtime.list_async_invokes(nextToken="nonsense"))
    assert told[:2] == (400, "ValidationException")


def failure(aws: Aws, params: dict[str, Any]) -> str:
    done = finished(aws, start(aws, params))
    assert done["status"] == "Failed"
    return str(done["failureMessage"])


def test_a_job_fails_over_content_that_is_wrong(aws: Aws, bedrock: Bedrock) -> None:
    png, wav, mp4 = aws.put("a.png", picture()), aws.put("a.wav", tone()), aws.put("a.mp4", clip())
    assert "could not be read" in failure(aws, parts(f"s3://{aws.bucket}/gone")["image"])
    assert "not of format wav" in failure(aws, parts(png)["audio"])
    assert "not of format mp4" in failure(aws, parts(wav)["video"])
    assert "is empty" in failure(aws, parts(aws.put("none", b""))["text"])
    assert "not UTF-8" in failure(aws, parts(aws.put("latin", b"\xe9"))["text"])
    bedrock.conditions = replace(bedrock.conditions, async_bytes={"video": 1000})
    assert "maxSize: 1000 bytes" in failure(aws, parts(mp4)["video"])
    assert bedrock.log.bill.usage.video_s == 0


def wav_of(seconds: int) -> bytes:
    """Silence of two samples a second: small, however long."""
    size = seconds * 2
    head = b"fmt \x10\0\0\0\x01\0\x01\0\x02\0\0\0\x02\0\0\0\x01\0\x08\0data"
    data = head + size.to_bytes(4, "little") + b"\x80" * size
    return b"RIFF" + (len(data) + 4).to_bytes(4, "little") + b"WAVE" + data


def test_two_hours_are_taken_and_more_are_not(aws: Aws, bedrock: Bedrock) -> None:
    params = parts(aws.put("long.wav", wav_of(7201)))["audio"]
    params["audio"]["segmentationConfig"] = {"durationSeconds": 30}
    assert "expected maxDuration: 7200 s, actual: 7201" in failure(aws, params)
    params["audio"]["source"] = at(aws.put("fits.wav", wav_of(7200)))
    bedrock.conditions = replace(bedrock.conditions, job_s=0)
    assert finished(aws, start(aws, params))["status"] == "Completed"
    assert bedrock.log.bill.usage.audio_s == 7200


def test_more_than_1434_segments_are_refused(aws: Aws, bedrock: Bedrock) -> None:
    params = parts(aws.put("long.wav", wav_of(7171)))["audio"]  # 5 s each, unless asked otherwise
    told = malformed(f"{P}/audio/segmentationConfig: expected maxSegments: 1434, actual: 1435")
    assert refusal(lambda: start(aws, params)) == told
    assert bedrock.log.bill.jobs == 0
    bedrock.conditions = replace(bedrock.conditions, segments_at_start=False)
    assert failure(aws, params) == told[2]
    params["audio"]["segmentationConfig"] = {"durationSeconds": 6}
    assert start(aws, params)


def test_more_than_1900_segments_of_text_are_refused(aws: Aws) -> None:
    params = parts(aws.put("long.txt", b"x" * (800 * 1900 + 1)))["text"]
    params["text"]["segmentationConfig"] = {"maxLengthChars": 800}
    told = malformed(f"{P}/text/segmentationConfig: expected maxSegments: 1900, actual: 1901")
    assert refusal(lambda: start(aws, params)) == told


def test_an_unknown_model_is_refused(aws: Aws) -> None:
    told = refusal(lambda: start(aws, parts(UNREAD)["image"], modelId="amazon.nova-reel-v1:0"))
    assert told == (400, "ValidationException", "The provided model identifier is invalid.")


def test_segmented_builds_what_the_guide_shows() -> None:
    assert segmented({"embeddingPurpose": "GENERIC_INDEX"})["taskType"] == "SEGMENTED_EMBEDDING"
