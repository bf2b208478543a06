"""The policy allows what the program calls, and nothing else."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import botocore.session
import pytest
from botocore import xform_name

from nova_desktop.engines import aws_policy
from nova_desktop.engines.nova_request import MODEL
from nova_desktop.stores import s3_vectors

ENGINES = Path(aws_policy.__file__).parent
# Done once, by whoever owns the account: these need more than daily work.
ONCE = ("aws_setup.py",)
# "Actions, resources, and condition keys", Service Authorization Reference: operations whose
# action has another name. None: no permission is needed.
OTHERWISE = {
    "ListObjectsV2": "s3:ListBucket",
    "HeadBucket": "s3:ListBucket",
    "HeadObject": "s3:GetObject",
    "DeleteObjects": "s3:DeleteObject",
    "CreateMultipartUpload": "s3:PutObject",
    "UploadPart": "s3:PutObject",
    "CompleteMultipartUpload": "s3:PutObject",
    "ListParts": "s3:ListMultipartUploadParts",
    "ListMultipartUploads": "s3:ListBucketMultipartUploads",
    "GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "StartAsyncInvoke": "bedrock:InvokeModel",
    "GetCallerIdentity": None,
}
SERVICES = {"s3": "s3", "sts": "sts", "bedrock": "bedrock", "bedrock-runtime": "bedrock"}


def operations():
    """(method of a client → action) of every service that the program asks."""
    session = botocore.session.Session()
    return {
        xform_name(name): OTHERWISE.get(name, f"{prefix}:{name}")
        for service, prefix in SERVICES.items()
        for name in session.get_service_model(service).operation_names
    }


def called():
    """Actions that are needed for the calls in the engines: methods, and operations by name."""
    known = operations()
    actions = set()
    for file in ENGINES.glob("*.py"):
        if file.name in ONCE:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Attribute(attr=str(name)) | ast.Constant(value=str(name)):
                    actions.add(known.get(name))
    return actions - {None}


def allowed(**more):
    found = aws_policy.policy("111122223333", "us-east-1", "mine", "nova-desktop/", **more)
    return {action for statement in found["Statement"] for action in statement["Action"]}


def test_what_the_program_calls_is_what_the_policy_allows():
    role = "arn:aws:iam::111122223333:role/batch"
    assert {action for action in allowed(batch_role=role) if action != "iam:PassRole"} == called()


def test_without_a_role_nothing_is_allowed_of_batches():
    assert not {action for action in allowed() if "ModelInvocationJob" in action}


def test_the_scan_of_the_program_sees_what_it_calls():
    assert {"bedrock:InvokeModel", "s3:PutObject", "s3:ListBucket"} <= called()


def test_nothing_is_allowed_beside_the_model_the_jobs_and_the_prefix():
    found = aws_policy.policy("111122223333", "us-east-1", "mine", "nova-desktop/")
    places = {s["Sid"]: s["Resource"] for s in found["Statement"]}
    assert places == {
        "Invoke": [
            f"arn:aws:bedrock:us-east-1::foundation-model/{MODEL}",
            "arn:aws:bedrock:us-east-1:111122223333:async-invoke/*",
        ],
        "Poll": ["arn:aws:bedrock:us-east-1:111122223333:async-invoke/*"],
        "Look": ["*"],
        "Objects": ["arn:aws:s3:::mine/nova-desktop/*"],
        "Bucket": ["arn:aws:s3:::mine"],
    }
    assert all(s["Effect"] == "Allow" for s in found["Statement"])
    assert not [action for action in allowed() if "*" in action]


def test_what_is_not_known_is_a_word_to_replace():
    text = aws_policy.as_text(aws_policy.policy("", "us-east-1", "", "nova-desktop/"))
    assert "us-east-1:ACCOUNT:async-invoke" in text
    assert "arn:aws:s3:::BUCKET/nova-desktop/*" in text


def asked_of_vectors() -> set[str]:
    """The operations that the store calls, and so the actions that it needs."""
    stores = Path(s3_vectors.__file__).parent
    code = "".join(path.read_text() for path in stores.glob("s3_vectors*.py"))
    methods = re.findall(r"\bclient\.(\w+)\(", code)
    return {"".join(part.title() for part in method.split("_")) for method in methods}


def test_a_vector_bucket_brings_its_own_statements():
    actions = allowed(vector_bucket="vectors")
    assert {"s3vectors:QueryVectors", "s3vectors:GetVectors"} < actions
    assert not [action for action in allowed() if action.startswith("s3vectors")]
    session = botocore.session.Session()
    known = set(session.get_service_model("s3vectors").operation_names)
    ours = {a.partition(":")[2] for a in actions if a.startswith("s3vectors")}
    assert ours <= known
    assert ours == asked_of_vectors()


@pytest.mark.parametrize(
    ("region", "partition"),
    [("us-east-1", "aws"), ("us-gov-west-1", "aws-us-gov"), ("cn-north-1", "aws-cn")],
)
def test_every_arn_names_the_cloud_that_the_region_is_in(region, partition):
    text = aws_policy.as_text(
        aws_policy.policy("111122223333", region, "mine", "nova-desktop/", vector_bucket="vectors")
    )
    assert set(re.findall(r"arn:([\w-]+):", text)) == {partition}


def test_it_is_json_that_iam_takes():
    text = aws_policy.as_text(aws_policy.policy("", "us-east-1", "", "nova-desktop/"))
    assert json.loads(text)["Version"] == "2012-10-17"
    assert len(text) < 2048  # of a user's own policies: "IAM and AWS STS quotas"
