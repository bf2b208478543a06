"""Starting an async job, waiting for its end, and reading what it left."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from tests.emulators.conditions import MODEL_ID
from tests.emulators.fixtures import Aws


def segmented(params: dict[str, Any]) -> dict[str, Any]:
    return {"taskType": "SEGMENTED_EMBEDDING", "segmentedEmbeddingParams": params}


def start(aws: Aws, params: dict[str, Any], **changes: Any) -> str:
    """The ARN of a new job; a change to None leaves the member out."""
    asked = {
        "clientRequestToken": str(uuid.uuid4()),
        "modelId": MODEL_ID,
        "modelInput": segmented(params),
        "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": f"s3://{aws.bucket}/out/"}},
        **changes,
    }
    asked = {name: value for name, value in asked.items() if value is not None}
    return str(aws.runtime.start_async_invoke(**asked)["invocationArn"])


def finished(aws: Aws, arn: str) -> dict[str, Any]:
    """What GetAsyncInvoke says once the job is over."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        job: dict[str, Any] = aws.runtime.get_async_invoke(invocationArn=arn)
        if job["status"] != "InProgress":
            return job
        time.sleep(0.01)
    raise AssertionError(f"{arn} did not end")


def listing(aws: Aws, job: dict[str, Any]) -> dict[str, Any]:
    """The job's segmented-embedding-result.json."""
    uri = job["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"]
    found: dict[str, Any] = json.loads(aws.get(f"{uri}/segmented-embedding-result.json"))
    return found


def lines(aws: Aws, result: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of one modality's file."""
    return [json.loads(line) for line in aws.get(result["outputFileUri"]).splitlines()]
