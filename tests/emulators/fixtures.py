"""Fixtures for tests that talk to AWS. A folder's conftest.py takes them in by name:

    from tests.emulators.fixtures import aws, bedrock, s3_server, bedrock_server  # noqa: F401

`bedrock`: the emulator, plugged in by the environment, with S3 beside it, as new for every test.
`aws`: ordinary clients of it, without retries, and a bucket of this test's own.
`s3vectors` (with `s3vectors_server`): that emulator, likewise; `vector_client`: its client.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.config import Config

from tests.emulators.__main__ import KEYS
from tests.emulators.bedrock import Bedrock
from tests.emulators.conditions import MODEL_ID
from tests.emulators.s3 import S3
from tests.emulators.s3vectors import S3Vectors

_buckets = itertools.count()
ONCE = Config(
    retries={"total_max_attempts": 1},
    read_timeout=20,
    max_pool_connections=32,
    parameter_validation=False,  # so that everything reaches the emulator's own checks
)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3]:
    server = S3().start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def bedrock_server(s3_server: S3) -> Iterator[Bedrock]:
    server = Bedrock(s3_server.url).start()
    yield server
    server.stop()


@pytest.fixture
def bedrock(
    bedrock_server: Bedrock, s3_server: S3, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bedrock]:
    """Plugged in through the environment alone, as a user would."""
    for name, value in {**KEYS, **s3_server.environment, **bedrock_server.environment}.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_BEARER_TOKEN_BEDROCK"):
        monkeypatch.delenv(name, raising=False)
    bedrock_server.reset()
    yield bedrock_server
    bedrock_server.reset()
    assert bedrock_server.bugs == []


@pytest.fixture(scope="session")
def s3vectors_server() -> Iterator[S3Vectors]:
    server = S3Vectors().start()
    yield server
    server.stop()


@pytest.fixture
def s3vectors(s3vectors_server: S3Vectors, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Vectors]:
    """Plugged in through the environment alone, as a user would."""
    for name, value in {**KEYS, **s3vectors_server.environment}.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    s3vectors_server.reset()
    yield s3vectors_server
    s3vectors_server.reset()
    assert s3vectors_server.bugs == []


@pytest.fixture(scope="session")
def _vector_client(s3vectors_server: S3Vectors) -> Iterator[Any]:
    session = boto3.Session("testing", "testing", region_name="us-east-1")
    client = session.client("s3vectors", endpoint_url=s3vectors_server.url, config=ONCE)
    yield client
    client.close()


@pytest.fixture
def vector_client(s3vectors: S3Vectors, _vector_client: Any) -> Any:  # noqa: ARG001 – resets it
    """An ordinary client, without retries and checks of its own."""
    return _vector_client


@dataclass(frozen=True)
class Aws:
    runtime: Any  # bedrock-runtime
    control: Any  # bedrock
    s3: Any
    bucket: str

    def invoke(self, params: dict[str, Any], **more: Any) -> dict[str, Any]:
        """A sync request with these singleEmbeddingParams; returns the answer's JSON."""
        body = {"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": params, **more}
        answer = self.runtime.invoke_model(modelId=MODEL_ID, body=json.dumps(body))
        return json.loads(answer["body"].read())  # type: ignore[no-any-return]  # of our own JSON

    def put(self, name: str, data: bytes) -> str:
        """The uri of a new object in the bucket."""
        self.s3.put_object(Bucket=self.bucket, Key=name, Body=data)
        return f"s3://{self.bucket}/{name}"

    def get(self, uri: str) -> str:
        """The text of an object."""
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        return str(self.s3.get_object(Bucket=bucket, Key=key)["Body"].read(), "utf-8")


@pytest.fixture(scope="session")
def _clients(bedrock_server: Bedrock, s3_server: S3) -> Iterator[tuple[Any, Any, Any]]:
    """Once a session: to make a client costs 0.1 s."""
    session = boto3.Session("testing", "testing", region_name="us-east-1")
    clients = (
        session.client("bedrock-runtime", endpoint_url=bedrock_server.url, config=ONCE),
        session.client("bedrock", endpoint_url=bedrock_server.url, config=ONCE),
        session.client("s3", endpoint_url=s3_server.url, config=ONCE),
    )
    yield clients
    for client in clients:
        client.close()


@pytest.fixture
def aws(bedrock: Bedrock, _clients: tuple[Any, Any, Any]) -> Aws:  # noqa: ARG001 – resets it
    runtime, control, s3 = _clients
    bucket = f"bucket-{next(_buckets)}"
    s3.create_bucket(Bucket=bucket)
    return Aws(runtime, control, s3, bucket)
