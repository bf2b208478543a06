"""Batch inference: records in JSONL, answers joined on recordId."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import pytest

from tests.emulators.bedrock import Bedrock
from tests.emulators.conditions import MODEL_ID
from tests.emulators.fixtures import Aws
from tests.emulators.samples import at, image, index, picture, refusal, text

ROLE = "arn:aws:iam::123456789012:role/batch"


def record(name: str, params: dict[str, Any]) -> dict[str, Any]:
    body = {"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": params}
    return {"recordId": name, "modelInput": body}


def put(aws: Aws, *records: dict[str, Any], name: str = "in/a.jsonl") -> str:
    """The folder that the records lie in."""
    aws.put(name, "\n".join(map(json.dumps, records)).encode())
    return f"s3://{aws.bucket}/in/"


def create(aws: Aws, source: str, **changes: Any) -> str:
    asked = {
        "jobName": f"job-{time.monotonic_ns()}",
        "roleArn": ROLE,
        "modelId": MODEL_ID,
        "inputDataConfig": {"s3InputDataConfig": {"s3Uri": source, "s3InputFormat": "JSONL"}},
        "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": f"s3://{aws.bucket}/out/"}},
        **changes,
    }
    return str(aws.control.create_model_invocation_job(**asked)["jobArn"])


def finished(aws: Aws, arn: str) -> dict[str, Any]:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        job: dict[str, Any] = aws.control.get_model_invocation_job(jobIdentifier=arn)
        if job["status"] not in ("Submitted", "InProgress"):
            return job
        time.sleep(0.01)
    raise AssertionError(f"{arn} did not end")


def test_the_answers_are_those_of_sync_joined_by_record(aws: Aws, bedrock: Bedrock) -> None:
    lake = aws.put("in/lake.txt", b"a blue lake")
    named = index(text={"truncationMode": "END", "source": at(lake)})
    asked = {"r1": text(), "r2": image(), "r3": named, "bad": index()}
    source = put(aws, *(record(name, params) for name, params in asked.items()))
    put(aws, record("r4", text("another file")), name="in/b.jsonl")
    arn = create(aws, source)
    job = finished(aws, arn)
    name = arn.rpartition("/")[2]
    assert arn == f"arn:aws:bedrock:us-east-1:123456789012:model-invocation-job/{name}"
    assert job["status"] == "Completed"
    counts = ("totalRecordCount", "processedRecordCount", "successRecordCount", "errorRecordCount")
    assert [job[count] for count in counts] == [5, 5, 4, 1]
    folder = f"s3://{aws.bucket}/out/{name}"
    rows = [json.loads(line) for line in aws.get(f"{folder}/a.jsonl.out").splitlines()]
    assert [row["recordId"] for row in rows] == ["bad", "r3", "r2", "r1"]  # in another order
    by_id = {row["recordId"]: row for row in rows}
    assert by_id["r1"]["modelOutput"] == aws.invoke(text())
    assert by_id["r3"]["modelOutput"] == aws.invoke(named)
    assert by_id["bad"]["error"]["errorCode"] == 400
    assert "0 subschemas matched" in by_id["bad"]["error"]["errorMessage"]
    assert by_id["r2"]["modelInput"] == record("r2", image())["modelInput"]
    assert json.loads(aws.get(f"{folder}/b.jsonl.out"))["recordId"] == "r4"
    manifest = json.loads(aws.get(f"{folder}/manifest.json.out"))
    assert manifest["successRecordCount"] == 4
    assert bedrock.log.bill.jobs == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "no records"), (b"not json", "Line 1 of"), (b'{"recordId": "a"}', "no modelInput")],
)
def test_a_file_without_records_fails_the_job(aws: Aws, content: bytes, told: str) -> None:
    aws.put("in/a.jsonl", content)
    job = finished(aws, create(aws, f"s3://{aws.bucket}/in/"))
    assert job["status"] == "Failed"
    assert told in job["message"]


def test_only_jsonl_files_are_read(aws: Aws) -> None:
    put(aws, record("r1", text()), name="in/a.json")
    job = finished(aws, create(aws, f"s3://{aws.bucket}/in/"))
    assert job["status"] == "Failed"
    assert "no .jsonl file" in job["message"]


def test_what_records_name_must_lie_in_the_folder(aws: Aws) -> None:
    def named(uri: str) -> dict[str, Any]:
        return record("r1", index(image={"format": "png", "source": at(uri)}))

    outside, inside = aws.put("other/a.png", picture()), aws.put("in/a.png", picture())
    source = put(aws, named(outside))
    assert "is not in the folder" in finished(aws, create(aws, source))["message"]
    put(aws, named(inside))
    assert "is not in the folder" in finished(aws, create(aws, source + "a.jsonl"))["message"]
    assert finished(aws, create(aws, source))["status"] == "Completed"


IN = "inputDataConfig.s3InputDataConfig"
BREACHES: list[tuple[dict[str, Any], str, str]] = [
    ({"jobName": "x" * 64}, "jobName", "less than or equal to 63"),
    ({"jobName": "a job"}, "jobName", "regular expression"),
    ({"roleArn": "me"}, "roleArn", "regular expression"),
    ({"timeoutDurationInHours": 23}, "timeoutDurationInHours", "greater than or equal to 24"),
    ({"timeoutDurationInHours": 169}, "timeoutDurationInHours", "less than or equal to 168"),
    ({"clientRequestToken": "a_b"}, "clientRequestToken", "regular expression"),
    ({"modelInvocationType": "Stream"}, "modelInvocationType", "enum value set"),
    (
        {"inputDataConfig": {"s3InputDataConfig": {"s3Uri": "s3://abc", "s3InputFormat": "CSV"}}},
        f"{IN}.s3InputFormat",
        "enum value set: [JSONL]",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "where", "must"), BREACHES)
def test_a_member_that_breaks_the_api_model_is_refused(
    aws: Aws, changes: dict[str, Any], where: str, must: str
) -> None:
    status, code, message = refusal(lambda: create(aws, f"s3://{aws.bucket}/in/", **changes))
    assert (status, code) == (400, "ValidationException")
    assert f"at '{where}'" in message
    assert must in message


def test_converse_and_buckets_that_are_not_there_are_refused(aws: Aws) -> None:
    source = put(aws, record("r1", text()))
    told = refusal(lambda: create(aws, source, modelInvocationType="Converse"))
    assert told == (400, "ValidationException", "The model does not support Converse.")
    assert "Could not access" in refusal(lambda: create(aws, "s3://no-such-bucket/in"))[2]


def test_the_same_token_or_name_starts_one_job(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.conditions = replace(bedrock.conditions, job_s=5)
    source = put(aws, record("r1", text()))
    same = {"jobName": "mine", "clientRequestToken": "t1"}
    assert create(aws, source, **same) == create(aws, source, **same)
    other = refusal(lambda: create(aws, source + "x/", **same))
    assert other[:2] == (400, "ConflictException")
    assert refusal(lambda: create(aws, source, jobName="mine"))[:2] == (400, "ConflictException")
    assert bedrock.log.bill.jobs == 1


def test_a_job_is_stopped_once(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.conditions = replace(bedrock.conditions, job_s=0.3)
    arn = create(aws, put(aws, record("r1", text())))
    aws.control.stop_model_invocation_job(jobIdentifier=arn)
    assert finished(aws, arn)["status"] == "Stopped"
    again = refusal(lambda: aws.control.stop_model_invocation_job(jobIdentifier=arn))
    assert again[:2] == (400, "ConflictException")
    time.sleep(0.4)  # past the time at which it would have run
    assert finished(aws, arn)["status"] == "Stopped"
    assert bedrock.log.charges == []


def test_jobs_are_found_by_id_and_listed(aws: Aws) -> None:
    source = put(aws, record("r1", text()))
    arns = [create(aws, source, jobName=name) for name in ("first-job", "second-job", "other")]
    for arn in arns:
        finished(aws, arn)
    name = arns[0].rpartition("/")[2]
    assert aws.control.get_model_invocation_job(jobIdentifier=name)["jobArn"] == arns[0]

    def listed(**query: Any) -> list[str]:
        pages = aws.control.get_paginator("list_model_invocation_jobs").paginate(**query)
        return [job["jobArn"] for page in pages for job in page["invocationJobSummaries"]]

    assert listed(maxResults=1) == arns[::-1]
    assert listed(nameContains="job", sortOrder="Ascending") == arns[:2]
    assert listed(statusEquals="Failed") == []
    unknown = "abcdefghijkl"
    told = refusal(lambda: aws.control.get_model_invocation_job(jobIdentifier=unknown))
    assert told[:2] == (404, "ResourceNotFoundException")
