"""What is refused before the model is asked: signatures, identifiers, members of the API."""

from __future__ import annotations

import http.client
import json
import uuid
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.emulators.bedrock import Bedrock
from tests.emulators.conditions import MODEL_ID
from tests.emulators.fixtures import ONCE, Aws
from tests.emulators.samples import refusal, text

BODY = json.dumps({"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": text()})
INVOKE = f"/model/{MODEL_ID.replace(':', '%3A')}/invoke"
SIGNED = "AWS4-HMAC-SHA256 Credential={}, SignedHeaders={}, Signature={}"


def ask(
    bedrock: Bedrock, target: str, headers: Mapping[str, str], body: str | None = None
) -> tuple[int, str, str]:
    """A bare HTTP request: status, code of the error, and the sentence."""
    connection = http.client.HTTPConnection(bedrock.url.removeprefix("http://"), timeout=10)
    with closing(connection):
        connection.request("GET" if body is None else "POST", target, body, dict(headers))
        answer = connection.getresponse()
        told = json.loads(answer.read())
    code = answer.getheader("x-amzn-errortype", "").partition(":")[0]
    return answer.status, code, told.get("message", "")


def signed(
    date: datetime | None = None,
    scope: str = "us-east-1/bedrock/aws4_request",
    names: str = "host;x-amz-date",
    signature: str = "0" * 64,
    day: str = "",
) -> dict[str, str]:
    stamp = f"{date or datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    credential = f"testing/{day or stamp[:8]}/{scope}"
    return {"X-Amz-Date": stamp, "Authorization": SIGNED.format(credential, names, signature)}


def test_a_well_formed_signature_and_a_bearer_key_are_taken(bedrock: Bedrock) -> None:
    assert ask(bedrock, INVOKE, signed(), BODY) == (200, "", "")
    assert ask(bedrock, INVOKE, {"Authorization": "Bearer abc123"}, BODY) == (200, "", "")


def test_the_model_id_may_come_without_percent_encoding(bedrock: Bedrock) -> None:
    assert ask(bedrock, INVOKE.replace("%3A", ":"), signed(), BODY)[0] == 200


HALF = SIGNED.format("testing/20260101", "host", "0" * 64)
HOURS = timedelta(hours=1)
UNSIGNED: list[tuple[dict[str, str], int, str]] = [
    ({}, 403, "MissingAuthenticationTokenException"),
    ({"Authorization": "Basic dXNlcjpwYXNz"}, 400, "IncompleteSignatureException"),
    ({"Authorization": "Bearer "}, 403, "UnrecognizedClientException"),
    ({"Authorization": "AWS4-HMAC-SHA256 "}, 400, "IncompleteSignatureException"),
    ({"Authorization": HALF}, 400, "IncompleteSignatureException"),
    (signed(signature="xyz"), 400, "IncompleteSignatureException"),
    (signed(scope="us-east-1/s3/aws4_request"), 403, "InvalidSignatureException"),
    (signed(names="x-amz-date"), 403, "InvalidSignatureException"),
    (signed(day="20010101"), 403, "InvalidSignatureException"),
    (signed(datetime.now(UTC) - HOURS), 403, "InvalidSignatureException"),
    (signed(datetime.now(UTC) + HOURS), 403, "InvalidSignatureException"),
    ({"Authorization": signed()["Authorization"]}, 400, "IncompleteSignatureException"),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "status", "code"), UNSIGNED)
def test_a_request_that_is_not_well_signed_is_refused(
    bedrock: Bedrock, headers: dict[str, str], status: int, code: str
) -> None:
    assert ask(bedrock, INVOKE, headers, BODY)[:2] == (status, code)
    assert ask(bedrock, "/no/such/path", headers, BODY)[:2] == (status, code)


def test_an_unknown_operation_is_refused(bedrock: Bedrock) -> None:
    assert ask(bedrock, "/no/such/path", signed())[:2] == (404, "UnknownOperationException")
    arn = "arn:aws:bedrock:us-east-1:123456789012:async-invoke/abcdefghijkl"
    plain = ask(bedrock, f"/async-invoke/{arn}", signed())  # its slash is not encoded
    assert plain[:2] == (404, "UnknownOperationException")


def client(region: str = "us-east-1", key: str = "testing") -> Any:
    """A client that finds the emulator by its environment alone."""
    session = boto3.Session(key, "testing", region_name=region)
    return session.client("bedrock-runtime", config=ONCE)


def test_the_environment_alone_plugs_it_in(bedrock: Bedrock) -> None:
    with_environment = client()
    answer = with_environment.invoke_model(modelId=MODEL_ID, body=BODY)
    assert answer["contentType"] == "application/json"
    assert answer["body"].read()
    assert bedrock.log.codes("InvokeModel") == {"": 1}
    with_environment.close()


def test_a_bearer_key_of_the_environment_is_taken(
    bedrock: Bedrock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "abc123")
    bedrock.conditions = replace(bedrock.conditions, keys={"abc123": "expired"})
    bearer = boto3.Session(region_name="us-east-1").client("bedrock-runtime", config=ONCE)
    told = refusal(lambda: bearer.invoke_model(modelId=MODEL_ID, body=BODY))
    assert told[:2] == (403, "ExpiredTokenException")
    bedrock.conditions = replace(bedrock.conditions, keys={})
    assert bearer.invoke_model(modelId=MODEL_ID, body=BODY)["body"].read()
    bearer.close()


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("denied", "AccessDeniedException"),
        ("revoked", "UnrecognizedClientException"),
        ("expired", "ExpiredTokenException"),
    ],
)
def test_a_key_that_may_not_is_refused(aws: Aws, bedrock: Bedrock, state: str, code: str) -> None:
    bedrock.conditions = replace(bedrock.conditions, keys={"testing": state})
    assert refusal(lambda: aws.invoke(text()))[:2] == (403, code)
    assert refusal(aws.runtime.list_async_invokes)[:2] == (403, code)


def test_a_denied_operation_is_refused(aws: Aws, bedrock: Bedrock) -> None:
    denied = frozenset({"ListAsyncInvokes"})
    bedrock.conditions = replace(bedrock.conditions, denied_operations=denied)
    assert refusal(aws.runtime.list_async_invokes)[:2] == (403, "AccessDeniedException")
    assert aws.invoke(text())


UNKNOWN = (400, "ValidationException", "The provided model identifier is invalid.")


@pytest.mark.parametrize(
    "model_id",
    [
        *("amazon.nova-embed-multimodal-v1:0", "us.amazon.nova-2-multimodal-embeddings-v1:0"),
        *("amazon.nova-2-multimodal-embeddings-v1", "not a model", "x"),
        f"arn:aws:bedrock:eu-west-1::foundation-model/{MODEL_ID}",
    ],
)
def test_another_model_is_refused(aws: Aws, model_id: str) -> None:
    assert refusal(lambda: aws.runtime.invoke_model(modelId=model_id, body=BODY)) == UNKNOWN


def test_the_arn_of_the_model_is_taken(aws: Aws) -> None:
    arn = f"arn:aws:bedrock:us-east-1::foundation-model/{MODEL_ID}"
    assert aws.runtime.invoke_model(modelId=arn, body=BODY)["body"].read()


def test_a_region_without_the_model_refuses_it(bedrock: Bedrock) -> None:
    elsewhere = client("eu-west-1")
    assert refusal(lambda: elsewhere.invoke_model(modelId=MODEL_ID, body=BODY)) == UNKNOWN
    both = frozenset({"us-east-1", "eu-west-1"})
    bedrock.conditions = replace(bedrock.conditions, regions=both)
    assert elsewhere.invoke_model(modelId=MODEL_ID, body=BODY)["body"].read()
    elsewhere.close()


def test_an_account_without_access_to_the_model_is_refused(aws: Aws, bedrock: Bedrock) -> None:
    bedrock.conditions = replace(bedrock.conditions, model_access=False)
    told = refusal(lambda: aws.invoke(text()))
    assert told[:2] == (403, "AccessDeniedException")
    assert "don't have access to the model" in told[2]


S3URI = r"s3://[a-z0-9][\.\-a-z0-9]{1,61}[a-z0-9](/.*)?"
ARN = r"arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:async-invoke/[a-z0-9]{12}"
OUT = "outputDataConfig.s3OutputDataConfig"
LESS, MORE = "have length less than or equal to", "have length greater than or equal to"


def out(uri: str, **more: str) -> dict[str, Any]:
    return {"outputDataConfig": {"s3OutputDataConfig": {"s3Uri": uri, **more}}}


def tag(key: str = "k", value: str = "v") -> dict[str, Any]:
    return {"tags": [{"key": key, "value": value}]}


STARTS: list[tuple[dict[str, Any], str, str]] = [
    ({"clientRequestToken": "t" * 257}, "clientRequestToken", f"{LESS} 256"),
    ({"clientRequestToken": ""}, "clientRequestToken", f"{MORE} 1"),
    ({"clientRequestToken": "a b"}, "clientRequestToken", "pattern: [!-~]*"),
    (out("http://x"), f"{OUT}.s3Uri", f"pattern: {S3URI}"),
    (out("s3://ab"), f"{OUT}.s3Uri", f"pattern: {S3URI}"),
    (out("s3://Bucket/x"), f"{OUT}.s3Uri", f"pattern: {S3URI}"),
    (out("s3://bucket/" + "x" * 1013), f"{OUT}.s3Uri", f"{LESS} 1024"),
    (out("s3://bucket/x", bucketOwner="1234"), f"{OUT}.bucketOwner", "pattern: [0-9]{12}"),
    (out("s3://bucket/x", kmsKeyId="alias/mine"), f"{OUT}.kmsKeyId", "pattern: arn:aws"),
    ({"outputDataConfig": {}}, "outputDataConfig", "have exactly one of its members set"),
    ({"tags": [{"key": "k", "value": "v"}] * 201}, "tags", f"{LESS} 200"),
    (tag("k" * 129), "tags.1.member.key", f"{LESS} 128"),
    (tag(""), "tags.1.member.key", f"{MORE} 1"),
    (tag("k", "v" * 257), "tags.1.member.value", f"{LESS} 256"),
    (tag("k!"), "tags.1.member.key", "pattern: "),
    ({"modelInput": None}, "modelInput", "not be null"),
]


@pytest.mark.parametrize(("changes", "where", "must"), STARTS)
def test_a_member_of_start_that_breaks_the_api_model_is_refused(
    aws: Aws, changes: dict[str, Any], where: str, must: str
) -> None:
    good = {
        "clientRequestToken": str(uuid.uuid4()),
        "modelId": MODEL_ID,
        "modelInput": {},
        **out(f"s3://{aws.bucket}/out"),
    }
    wanted = {name: value for name, value in {**good, **changes}.items() if value is not None}

    def start() -> object:
        return aws.runtime.start_async_invoke(**wanted)

    status, code, message = refusal(start)
    assert (status, code) == (400, "ValidationException")
    assert message.startswith("1 validation error detected: Value")
    assert f"at '{where}' failed to satisfy constraint: Member must " in message
    assert must in message


def test_several_members_that_break_the_api_model_are_told_together(aws: Aws) -> None:
    told = refusal(lambda: aws.runtime.list_async_invokes(maxResults=0, sortOrder="Up"))[2]
    assert told.startswith("2 validation errors detected: ")


LISTS: list[tuple[dict[str, Any], str]] = [
    ({"maxResults": 0}, "greater than or equal to 1"),
    ({"maxResults": 1001}, "less than or equal to 1000"),
    ({"statusEquals": "Done"}, "satisfy enum value set: [InProgress, Completed, Failed]"),
    ({"sortBy": "Name"}, "satisfy enum value set: [SubmissionTime]"),
    ({"sortOrder": "Up"}, "satisfy enum value set: [Ascending, Descending]"),
    ({"nextToken": "a b"}, r"pattern: \S*"),
]


@pytest.mark.parametrize(("query", "must"), LISTS)
def test_a_member_of_list_that_breaks_the_api_model_is_refused(
    aws: Aws, query: dict[str, Any], must: str
) -> None:
    status, code, message = refusal(lambda: aws.runtime.list_async_invokes(**query))
    assert (status, code) == (400, "ValidationException")
    assert must in message


@pytest.mark.parametrize(
    "arn", ["nonsense", "arn:aws:bedrock:us-east-1:123456789012:async-invoke/SHORT"]
)
def test_a_malformed_arn_is_refused(aws: Aws, arn: str) -> None:
    told = refusal(lambda: aws.runtime.get_async_invoke(invocationArn=arn))
    assert told[:2] == (400, "ValidationException")
    assert ARN in told[2]


def test_an_unknown_arn_is_a_validation_error(aws: Aws) -> None:
    arn = "arn:aws:bedrock:us-east-1:123456789012:async-invoke/abcdefghijkl"
    told = refusal(lambda: aws.runtime.get_async_invoke(invocationArn=arn))
    assert told == (400, "ValidationException", "The provided invocation ARN is invalid.")


def test_what_is_not_json_or_of_another_type_cannot_be_read(bedrock: Bedrock) -> None:
    for body in ("{", "[]", '{"modelId": 7, "modelInput": {}, "outputDataConfig": {}}'):
        told = ask(bedrock, "/async-invoke", signed(), body)
        assert told[:2] == (400, "SerializationException")


def test_errors_come_as_the_exceptions_of_the_client(aws: Aws, bedrock: Bedrock) -> None:
    for code in ("ValidationException", "ThrottlingException", "ModelErrorException"):
        bedrock.faults.clear()
        bedrock.faults.add(code)
        with pytest.raises(getattr(aws.runtime.exceptions, code)) as caught:
            aws.invoke(text())
        assert isinstance(caught.value, ClientError)
        headers = caught.value.response["ResponseMetadata"]["HTTPHeaders"]
        assert headers["x-amzn-errortype"].startswith(code)
        assert "retry-after" not in headers
