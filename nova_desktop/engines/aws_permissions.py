"""What of the work an AWS policy forbids, found by doing it on a small object of our own."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from nova_desktop.aws.errors import bedrock_errors
from nova_desktop.engines.aws_asking import Asking
from nova_desktop.engines.aws_bucket import S3, owned_by
from nova_desktop.engines.aws_policy import partition_of


def missing_in_s3(asking: Asking, bucket: str, prefix: str, owner: str) -> list[str]:
    """Actions that are not allowed under the prefix. What was put there is gone afterwards."""
    missing = []
    key = f"{prefix}check-{uuid.uuid4().hex}"
    at = {"Bucket": bucket, "Key": key, **owned_by(owner)}
    inside = {"Bucket": bucket, "Prefix": prefix, **owned_by(owner)}
    if asking.allowed("s3", lambda s3: s3.put_object(Body=b"check", **at)):
        if not asking.allowed("s3", lambda s3: s3.get_object(**at)["Body"].read()):
            missing.append("s3:GetObject")
        if not asking.allowed("s3", lambda s3: s3.delete_object(**at)):
            missing.append(f"s3:DeleteObject (so {key} stays there)")
        missing += _missing_for_uploads(asking, at)
    else:
        missing.append("s3:PutObject")
    if not asking.allowed("s3", lambda s3: s3.list_objects_v2(MaxKeys=1, **inside)):
        missing.append("s3:ListBucket")
    if not asking.allowed("s3", lambda s3: s3.list_multipart_uploads(MaxUploads=1, **inside)):
        missing.append("s3:ListBucketMultipartUploads")
    return missing


def missing_in_bedrock(asking: Asking, owner: str) -> list[str]:
    """Actions on jobs that are not allowed. `owner` is the account's number, "" if not known."""
    missing = []
    listed = asking.asked("bedrock-runtime", lambda client: client.list_async_invokes(maxResults=1))
    if listed is None:
        missing.append("bedrock:ListAsyncInvokes")
    jobs = (listed or {}).get("asyncInvokeSummaries", [])
    arn = jobs[0]["invocationArn"] if jobs else _no_job(asking.account.region, owner)
    # Who may not is told so before it is looked whether there is such a job.
    if arn and not asking.allowed(
        "bedrock-runtime",
        lambda client: client.get_async_invoke(invocationArn=arn),
        fine=("ValidationException", "ResourceNotFoundException"),
    ):
        missing.append("bedrock:GetAsyncInvoke")
    return missing


def missing_in_vectors(asking: Asking, bucket: str) -> list[str]:
    """Actions on vectors that are not allowed, asked of an index that there is not.

    What makes and removes buckets and indexes can't be asked without doing it.
    """
    names = {"vectorBucketName": bucket, "indexName": f"check-{uuid.uuid4().hex}"}
    some = {"float32": [1.0]}
    calls: dict[str, Callable[[Any], object]] = {
        "ListIndexes": lambda vectors: vectors.list_indexes(vectorBucketName=bucket, maxResults=1),
        "GetIndex": lambda vectors: vectors.get_index(**names),
        "PutVectors": lambda vectors: vectors.put_vectors(
            **names, vectors=[{"key": "check", "data": some}]
        ),
        "GetVectors": lambda vectors: vectors.get_vectors(**names, keys=["check"]),
        "ListVectors": lambda vectors: vectors.list_vectors(**names),
        "QueryVectors": lambda vectors: vectors.query_vectors(**names, topK=1, queryVector=some),
        "DeleteVectors": lambda vectors: vectors.delete_vectors(**names, keys=["check"]),
    }
    # Who may not is told so before it is looked whether there is such an index.
    return [
        f"s3vectors:{action}"
        for action, call in calls.items()
        if not asking.allowed("s3vectors", call, fine=("NotFoundException",))
    ]


def _missing_for_uploads(asking: Asking, at: dict[str, str]) -> list[str]:
    s3 = asking.client("s3")
    with bedrock_errors(asking.account, S3):
        upload = s3.create_multipart_upload(**at)["UploadId"]
    missing = []
    if not asking.allowed("s3", lambda s3: s3.list_parts(UploadId=upload, **at)):
        missing.append("s3:ListMultipartUploadParts")
    if not asking.allowed("s3", lambda s3: s3.abort_multipart_upload(UploadId=upload, **at)):
        missing.append("s3:AbortMultipartUpload")
    return missing


def _no_job(region: str, owner: str) -> str:
    """The ARN of a job that there is not."""
    place = f"{region}:{owner}"
    return f"arn:{partition_of(region)}:bedrock:{place}:async-invoke/000000000000" if owner else ""
