"""Every fault comes when it is asked for, and the log and the bill tell it."""

from __future__ import annotations

import json
import math
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    IncompleteReadError,
    ReadTimeoutError,
    ResponseStreamingError,
)

from tests.emulators.bedrock import Bedrock
from tests.emulators.conditions import MODEL_ID
from tests.emulators.fixtures import Aws
from tests.emulators.samples import index, malformed, refusal, text

CODES = [
    ("ValidationException", 400), ("ServiceQuotaExceededException", 400),
    ("AccessDeniedException", 403), ("ResourceNotFoundException", 404),
    ("ModelTimeoutException", 408), ("ModelErrorException", 424),
    ("ThrottlingException", 429), ("ModelNotReadyException", 429),
    ("InternalServerException", 500), ("ServiceUnavailableException", 503),
]  # fmt: skip


@pytest.mark.parametrize(("code", "status"), CODES)
def test_every_error_comes_once_with_its_status(
    aws: Aws, bedrock: Bedrock, code: str, status: int
) -> None:
    bedrock.faults.add(code, times=1, message="As asked.")
    assert refusal(lambda: aws.invoke(text())) == (status, code, "As asked.")
    assert aws.invoke(text())
    assert bedrock.log.codes("InvokeModel") == {code: 1, "": 1}
    assert bedrock.log.bill.calls == 1


@pytest.mark.parametrize(
    ("code", "status"),
    [("ConflictException", 400), ("ThrottlingException", 429), ("InternalServerException", 500)],
)
def test_faults_strike_the_named_operations_alone(
    aws: Aws, bedrock: Bedrock, code: str, status: int
) -> None:
    bedrock.faults.add(code, ["ListAsyncInvokes", "ListFoundationModels"])
    assert aws.invoke(text())
    assert refusal(aws.runtime.list_async_invokes)[:2] == (status, code)
    assert refusal(aws.control.list_foundation_models)[:2] == (status, code)


def test_a_model_error_tells_what_it_hides(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.faults.add("ModelErrorException")
    with pytest.raises(aws.runtime.exceptions.ModelErrorException) as caught:
        aws.invoke(text())
    assert caught.value.response["originalStatusCode"] == 500


def test_a_storm_throttles_its_share_and_passes(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.faults.add("ThrottlingException", share=0.3, skip=10, times=20)
    outcomes = []
    for number in range(150):
        try:
            aws.invoke(text(f"text {number}"))
            outcomes.append(True)
        except ClientError:
            outcomes.append(False)
    assert all(outcomes[:10])
    assert outcomes.count(False) == 20
    assert 0.15 < outcomes[10:60].count(False) / 50 < 0.45
    assert all(outcomes[-10:])
    assert bedrock.log.bill.calls == 130


def test_a_storm_ends_by_the_clock(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.faults.add("ThrottlingException", lasts_s=0.2)
    assert refusal(lambda: aws.invoke(text()))[1] == "ThrottlingException"
    time.sleep(0.25)
    assert aws.invoke(text())


def test_throttling_comes_before_the_schema(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.faults.add("ThrottlingException", times=1)
    assert refusal(lambda: aws.invoke(index()))[1] == "ThrottlingException"
    where = "#/singleEmbeddingParams"
    told = malformed(f"{where}: 0 subschemas matched instead of one")
    assert refusal(lambda: aws.invoke(index())) == told


def test_a_slow_answer_is_slow(bedrock: Bedrock) -> None:
    bedrock.faults.add("slow", seconds=0.6, times=1)
    hasty = boto3.Session("testing", "testing", region_name="us-east-1").client(
        "bedrock-runtime",
        config=Config(read_timeout=0.2, retries={"total_max_attempts": 1}),
    )
    body = json.dumps({"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": text()})
    with pytest.raises(ReadTimeoutError):
        hasty.invoke_model(modelId=MODEL_ID, body=body)
    assert hasty.invoke_model(modelId=MODEL_ID, body=body)["body"].read()
    hasty.close()


def test_a_reset_before_costs_nothing_and_one_after_does(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.faults.add("reset_before", times=1)
    with pytest.raises(ConnectionClosedError):
        aws.invoke(text())
    assert bedrock.log.bill.calls == 0
    bedrock.faults.add("reset_after", times=1)
    with pytest.raises(ConnectionClosedError):
        aws.invoke(text())
    assert (bedrock.log.bill.calls, bedrock.log.bill.undelivered) == (1, 1)
    assert aws.invoke(text())  # on a new connection
    assert (bedrock.log.bill.calls, bedrock.log.bill.repeated) == (2, 1)
    assert [call.status for call in bedrock.log.calls()] == [0, 0, 200]


def test_an_answer_may_be_cut_in_the_middle(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.faults.add("cut", times=1)
    with pytest.raises((IncompleteReadError, ResponseStreamingError)):
        aws.invoke(text())
    assert bedrock.log.bill.undelivered == 1
    assert aws.invoke(text())


def test_wrong_answers_are_wrong_in_the_way_that_was_asked(aws: Aws, bedrock: Bedrock) -> None:
    def spoiled(kind: str) -> dict[str, object]:
        bedrock.faults.clear()
        bedrock.faults.add(kind, times=1)
        found: dict[str, object] = next(iter(aws.invoke(text())["embeddings"]), {})
        return found

    def vector(kind: str) -> list[float]:
        found = spoiled(kind)["embedding"]
        assert isinstance(found, list)
        return found

    assert len(vector("wrong_length")) == 255
    assert math.hypot(*vector("wrong_norm")) == pytest.approx(1.5)
    assert math.isnan(vector("wrong_nan")[0])
    assert spoiled("wrong_type")["embeddingType"] == "IMAGE"
    assert spoiled("wrong_empty") == {}
    with pytest.raises(json.JSONDecodeError):
        spoiled("wrong_json")
    with pytest.raises(ClientError) as caught:
        spoiled("html")
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 502


def test_an_unknown_fault_is_an_error_of_the_test(bedrock: Bedrock) -> None:
    for kind, operations in (("slw", []), ("late", []), ("ThrottlingException", ["job"])):
        with pytest.raises(ValueError, match="no fault is called"):
            bedrock.faults.add(kind, operations)


def test_more_calls_at_once_than_allowed_are_throttled(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.conditions = replace(bedrock.conditions, parallel=4, latency_s=0.4)
    ready = threading.Barrier(10)

    def ask(number: int) -> bool:
        ready.wait()
        try:
            aws.invoke(text(f"text {number}"))
        except aws.runtime.exceptions.ThrottlingException:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(ask, range(10))) == 4
    assert bedrock.most_at_once == 4
    assert min(call.took_s for call in bedrock.log.calls() if not call.code) >= 0.4
    assert aws.invoke(text())  # there is room again


def test_a_rate_lets_in_what_it_says(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.conditions = replace(bedrock.conditions, rate_per_s=0)  # a new account
    assert refusal(lambda: aws.invoke(text()))[1] == "ThrottlingException"
    bedrock.conditions = replace(bedrock.conditions, rate_per_s=20)
    began, good = time.monotonic(), 0
    while time.monotonic() - began < 0.5:
        try:
            aws.invoke(text())
            good += 1
        except aws.runtime.exceptions.ThrottlingException:
            time.sleep(0.01)
    assert 6 <= good <= 13
