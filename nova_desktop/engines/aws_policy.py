"""The least that an AWS identity must be allowed so that the program works, as an IAM policy.

Source of the actions and of what each may be limited to: "Actions, resources, and condition keys"
of Amazon Bedrock, S3 and S3 Vectors, Service Authorization Reference. Who may InvokeModel may
StartAsyncInvoke too: there is no action of that name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from nova_desktop.engines.nova_request import MODEL

ACCOUNT, BUCKET = "ACCOUNT", "BUCKET"  # stand for what is not known

OBJECTS = (
    "s3:PutObject",
    "s3:GetObject",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
)
IN_BUCKET = (
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:GetBucketLocation",
    "s3:GetBucketPublicAccessBlock",
)
VECTORS = ("Create", "Get", "Delete"), ("Put", "Get", "List", "Query", "Delete")


def policy(
    account_id: str,
    region: str,
    bucket: str,
    prefix: str,
    *,
    vector_bucket: str = "",
    batch_role: str = "",
) -> dict[str, Any]:
    """IAM's policy as JSON values. "" for `account_id` or `bucket` leaves a word to replace."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            *_bedrock(account_id or ACCOUNT, region),
            *_bucket(bucket or BUCKET, prefix, partition_of(region)),
            *(_batch(account_id or ACCOUNT, region, batch_role) if batch_role else ()),
            *(_vectors(account_id or ACCOUNT, region, vector_bucket) if vector_bucket else ()),
        ],
    }


def as_text(found: dict[str, Any]) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False)


def partition_of(region: str) -> str:
    """Which of Amazon's separate clouds a region is in: the second part of every ARN."""
    starts = {"us-gov-": "aws-us-gov", "cn-": "aws-cn"}
    return next((name for start, name in starts.items() if region.startswith(start)), "aws")


def _bedrock(account_id: str, region: str) -> Iterator[dict[str, Any]]:
    bedrock = f"arn:{partition_of(region)}:bedrock:{region}"
    jobs = f"{bedrock}:{account_id}:async-invoke/*"
    model = f"{bedrock}::foundation-model/{MODEL}"
    yield _allow("Invoke", ("bedrock:InvokeModel",), (model, jobs))
    yield _allow("Poll", ("bedrock:GetAsyncInvoke",), (jobs,))
    # These two can't be limited to a resource.
    yield _allow("Look", ("bedrock:ListAsyncInvokes", "bedrock:GetFoundationModelAvailability"))


def _bucket(bucket: str, prefix: str, partition: str) -> Iterator[dict[str, Any]]:
    arn = f"arn:{partition}:s3:::{bucket}"
    yield _allow("Objects", OBJECTS, (f"{arn}/{prefix}*",))
    # Not limited to the prefix: a missing object would then look like a forbidden one.
    yield _allow("Bucket", IN_BUCKET, (arn,))


def _batch(account_id: str, region: str, role: str) -> Iterator[dict[str, Any]]:
    bedrock = f"arn:{partition_of(region)}:bedrock:{region}"
    jobs = f"{bedrock}:{account_id}:model-invocation-job/*"
    model = f"{bedrock}::foundation-model/{MODEL}"
    yield _allow("BatchStart", ("bedrock:CreateModelInvocationJob",), (model, jobs))
    yield _allow("BatchPoll", ("bedrock:GetModelInvocationJob",), (jobs,))
    yield _allow("BatchList", ("bedrock:ListModelInvocationJobs",))  # of no resource
    yield _allow("BatchRole", ("iam:PassRole",), (role,))


def _vectors(account_id: str, region: str, name: str) -> Iterator[dict[str, Any]]:
    arn = f"arn:{partition_of(region)}:s3vectors:{region}:{account_id}:bucket/{name}"
    of_index, of_vectors = VECTORS
    yield _allow(
        "Vectors",
        (
            *(f"s3vectors:{verb}Index" for verb in of_index),
            *(f"s3vectors:{verb}Vectors" for verb in of_vectors),
        ),
        (f"{arn}/index/*",),
    )
    actions = ("CreateVectorBucket", "ListIndexes", "DeleteVectorBucket")
    yield _allow("VectorBucket", tuple(f"s3vectors:{action}" for action in actions), (arn,))


def _allow(
    sid: str, actions: tuple[str, ...], resources: tuple[str, ...] = ("*",)
) -> dict[str, Any]:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Action": list(actions),
        "Resource": list(resources),
    }
