"""Started by hand, the emulator says how to plug it in, and is steered over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.emulators.conditions import MODEL_ID
from tests.emulators.fixtures import ONCE
from tests.emulators.samples import refusal, text

ROOT = Path(__file__).parents[2]


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """What a stand-alone emulator prints to be exported."""
    command = [sys.executable, "-m", "tests.emulators", "--latency", "0", "--bucket", "mine"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": ""}
    ) as process:
        assert process.stdout is not None
        found: dict[str, str] = {}
        for line in process.stdout:
            if line.startswith("#"):
                break
            name, _, value = line.removeprefix("export ").strip().partition("=")
            found[name] = value
        yield found
        process.send_signal(signal.SIGTERM)
        try:
            assert process.wait(20) == 0
        finally:
            process.kill()  # one that does not end would be waited for for ever


def steer(url: str, method: str, what: str, body: object = None) -> Any:
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    with closing(connection):
        connection.request(method, f"/_control/{what}", json.dumps(body) if body else None)
        answer = connection.getresponse()
        told = json.loads(answer.read())
    return told if answer.status == 200 else (answer.status, told["message"])


def test_it_is_plugged_in_by_what_it_prints_and_steered(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    url = environment["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"]
    session = boto3.Session()
    with closing(session.client("s3")) as s3:
        assert [one["Name"] for one in s3.list_buckets()["Buckets"]] == ["mine"]
    with closing(session.client("sts")) as sts:
        assert sts.get_caller_identity()["Account"] == "123456789012"
    runtime = session.client("bedrock-runtime", config=ONCE)
    body = json.dumps({"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": text()})

    def invoke() -> object:
        return runtime.invoke_model(modelId=MODEL_ID, body=body)["body"].read()

    assert invoke()
    steer(url, "POST", "faults", {"kind": "ThrottlingException", "operations": ["InvokeModel"]})
    assert refusal(invoke)[1] == "ThrottlingException"
    steer(url, "DELETE", "faults")
    assert invoke()
    log = steer(url, "GET", "log")
    assert (log["bill"]["calls"], log["bill"]["repeated"]) == (2, 1)
    assert log["codes"] == {"": 2, "ThrottlingException": 1}
    steer(url, "POST", "conditions", {"rejected_words": ["dog"]})
    assert "content policy" in refusal(invoke)[2]
    steer(url, "POST", "reset")
    assert steer(url, "GET", "log")["calls"] == []
    assert invoke()
    assert steer(url, "POST", "faults", {"kind": "nonsense"})[0] == 400
    assert steer(url, "POST", "conditions", {"nonsense": 1})[0] == 400
    assert steer(url, "GET", "nonsense")[0] == 404
    runtime.close()


def test_vectors_are_plugged_in_too_and_paced_as_it_was_asked(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    url = environment["AWS_ENDPOINT_URL_S3VECTORS"]
    with closing(boto3.Session().client("s3vectors", config=ONCE)) as client:
        client.create_vector_bucket(vectorBucketName="shared")
        steer(url, "POST", "faults", {"kind": "KmsDisabledException", "times": 1})
        assert refusal(client.list_vector_buckets)[1] == "KmsDisabledException"
        assert len(client.list_vector_buckets()["vectorBuckets"]) == 1
        steer(url, "POST", "conditions", {"denied_operations": ["ListVectorBuckets"]})
        assert refusal(client.list_vector_buckets)[:2] == (403, "AccessDeniedException")
        steer(url, "POST", "reset")
        assert client.list_vector_buckets()["vectorBuckets"] == []
