"""An account is looked at in order: a failure says how to mend it, and holds up what follows."""

from __future__ import annotations

import itertools
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha1

import boto3
import pytest

from nova_desktop.aws.errors import Account
from nova_desktop.engines import aws_policy, aws_setup
from nova_desktop.engines.aws_checks import checks
from nova_desktop.engines.nova_request import MODEL
from tests.emulators.conditions import ACCOUNT
from tests.engines.permitted import permitted, without
from tests.engines.recording import Reply

NAMES = ["AWS credentials", "AWS region", "Amazon Nova", "S3 bucket", "permissions", "endpoints"]
PREFIX = "nova-desktop/"
HERE = Account()
_numbers = itertools.count()


@pytest.fixture
def bucket(bedrock):  # noqa: ARG001 – plugged in
    name = f"checked-{next(_numbers)}"
    aws_setup.set_up(HERE, aws_setup.owner(HERE), name, PREFIX, lambda _: None)
    return name


@pytest.fixture
def s3(bedrock):  # noqa: ARG001 – plugged in
    client = boto3.client("s3")
    yield client
    client.close()


@pytest.fixture
def user(bedrock, bucket, s3_server, monkeypatch):  # noqa: ARG001 – before the user is limited
    with permitted(s3_server, monkeypatch) as found:
        yield found


def found(bucket="", account=HERE, **more):
    looked = checks(account, MODEL, bucket, PREFIX, **more)
    assert [check.name for check in looked] == NAMES
    return {check.name: check for check in looked}


def of_vectors():
    """What is said of a vector bucket that was chosen."""
    (looked,) = [
        check
        for check in checks(HERE, MODEL, "", PREFIX, vector_bucket="shared")
        if check.name == "vector bucket"
    ]
    return looked


def policy(bucket):
    return aws_policy.policy(ACCOUNT, "us-east-1", bucket, PREFIX)


def wrong(looked):
    return [check.name for check in looked.values() if not check.ok]


def not_tried(looked):
    return [name for name, check in looked.items() if check.text.startswith("Not tried: first")]


def test_a_good_account_passes_and_pays_nothing(bedrock, bucket, s3):
    looked = found(bucket)
    assert wrong(looked) == []
    assert ACCOUNT in looked["AWS credentials"].text
    assert "environment" in looked["AWS credentials"].text
    assert "--paid" in looked["Amazon Nova"].text
    assert bedrock.log.bill.calls == 0
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


def test_a_paid_check_makes_one_call(bedrock, bucket):
    looked = found(bucket, paid=True)
    assert wrong(looked) == []
    assert "billed for: 1" in looked["Amazon Nova"].text
    assert bedrock.log.bill.calls == 1


def test_without_a_bucket_the_account_is_good_for_small_parts(bedrock):  # noqa: ARG001 – plugged in
    looked = found("")
    assert wrong(looked) == []
    assert "aws setup" in looked["S3 bucket"].text


def test_an_override_is_shown(bedrock, bucket):
    text = found(bucket)["endpoints"].text
    assert bedrock.url in text
    assert "Amazon S3" in text


def test_no_secret_is_shown(bedrock, bucket, monkeypatch):  # noqa: ARG001 – plugged in
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "very-much-a-secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "a-secret-as-well")
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "and-a-secret-too")
    assert "secret" not in repr(found(bucket, paid=True)).replace("aws_secret", "")


def test_without_credentials_nothing_else_is_tried(bedrock, monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    looked = found("some-bucket")
    assert "aws configure sso" in looked["AWS credentials"].text
    assert not_tried(looked) == NAMES[1:5]
    assert looked["endpoints"].ok
    assert not bedrock.log.calls()


SSO = """
[profile work]
sso_session = home
sso_account_id = 111122223333
sso_role_name = Reader
[profile deputy]
role_arn = arn:aws:iam::111122223333:role/Deputy
source_profile = work
[sso-session home]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
"""


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("profile", ["work", "deputy"])
def test_a_sign_in_that_is_over_says_how_to_sign_in(bedrock, monkeypatch, tmp_path, kept, profile):
    (tmp_path / "config").write_text(SSO)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    if kept:
        cache = tmp_path / ".aws/sso/cache"
        cache.mkdir(parents=True)
        over = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        name = sha1(b"home", usedforsecurity=False).hexdigest() + ".json"
        (cache / name).write_text(json.dumps({"accessToken": "made-up", "expiresAt": over}))
    looked = found("", Account(profile))
    assert "aws sso login --profile work." in looked["AWS credentials"].text
    assert not_tried(looked) == NAMES[1:5]
    assert not bedrock.log.calls()


ROLE = """
[profile deputy]
role_arn = arn:aws:iam::111122223333:role/Deputy
source_profile = keys
[profile keys]
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = made-up
"""
DENIED = b"""<ErrorResponse><Error><Code>AccessDenied</Code><Message>User is not authorized to \
perform: sts:AssumeRole</Message></Error></ErrorResponse>"""


def test_a_role_that_can_not_be_assumed_is_named(server, monkeypatch, tmp_path):
    (tmp_path / "aws-config").write_text(ROLE)
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", os.environ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"])
    server.answer = lambda *_: Reply(DENIED, 403, {"Content-Type": "text/xml"})
    looked = found("", Account("deputy"))
    text = looked["AWS credentials"].text
    assert text.startswith("The role of the AWS profile “deputy” can't be assumed. Check")


def test_a_region_without_the_model_names_one_that_has_it(bedrock):  # noqa: ARG001 – plugged in
    looked = found("", Account("", "eu-west-1"))
    assert "not offered in eu-west-1. Choose us-east-1" in looked["AWS region"].text
    assert not_tried(looked) == ["Amazon Nova", "permissions"]


def test_no_access_to_the_model_is_seen_without_paying(bedrock, bucket):
    bedrock.conditions = replace(bedrock.conditions, model_access=False)
    looked = found(bucket)
    assert wrong(looked) == ["Amazon Nova"]
    assert "Model access" in looked["Amazon Nova"].text


def test_who_may_not_ask_for_the_region_is_told_what_is_known(bedrock, bucket):
    denied = frozenset({"GetFoundationModelAvailability"})
    bedrock.conditions = replace(bedrock.conditions, denied_operations=denied)
    looked = found(bucket)
    assert wrong(looked) == []
    assert "known to be offered" in looked["AWS region"].text
    assert looked["Amazon Nova"].text.startswith("Not tried, because")
    there = found("", Account("", "eu-west-1"))
    assert wrong(there)[0] == "AWS region"


def test_a_call_that_is_not_allowed_shows_when_it_is_paid(bedrock, bucket):
    bedrock.conditions = replace(bedrock.conditions, denied_operations=frozenset({"InvokeModel"}))
    assert "bedrock:InvokeModel" in found(bucket, paid=True)["Amazon Nova"].text


@pytest.mark.parametrize("operation", ["GetAsyncInvoke", "ListAsyncInvokes"])
def test_jobs_that_may_not_be_looked_at_are_named(bedrock, bucket, operation):
    bedrock.conditions = replace(bedrock.conditions, denied_operations=frozenset({operation}))
    looked = found(bucket)
    assert wrong(looked) == ["permissions"]
    assert f"bedrock:{operation}" in looked["permissions"].text
    assert "aws policy" in looked["permissions"].text


def test_a_bucket_that_is_not_there_can_be_made(bedrock):  # noqa: ARG001 – plugged in
    looked = found("nowhere-at-all")
    assert "aws setup --bucket nowhere-at-all" in looked["S3 bucket"].text
    assert not_tried(looked) == ["permissions"]


def test_a_bucket_in_another_region_is_refused(bedrock, s3):  # noqa: ARG001 – plugged in
    there = {"LocationConstraint": "eu-west-1"}
    s3.create_bucket(Bucket="far-away", CreateBucketConfiguration=there)
    assert "is in eu-west-1" in found("far-away")["S3 bucket"].text


def test_a_bucket_that_is_open_to_the_public_is_refused(bedrock, bucket, s3):  # noqa: ARG001 – plugged in
    s3.delete_public_access_block(Bucket=bucket)
    looked = found(bucket)
    assert "not blocked" in looked["S3 bucket"].text
    assert not_tried(looked) == ["permissions"]


def test_a_name_that_is_none_is_not_asked_for(bedrock):  # noqa: ARG001 – plugged in
    assert "can't be the name" in found("My_Bucket")["S3 bucket"].text


def test_a_prefix_that_is_none_is_refused(bedrock, bucket):  # noqa: ARG001 – plugged in
    *_, permissions, _ = checks(HERE, MODEL, bucket, "")
    assert not permissions.ok
    assert "bucket_prefix" in permissions.text


def test_the_policy_that_is_printed_is_enough(user, bucket):
    user.policy(policy(bucket))
    assert wrong(found(bucket)) == []


@pytest.mark.parametrize("action", aws_policy.OBJECTS)
def test_an_action_that_is_not_allowed_is_named(user, bucket, action):
    user.policy(without(policy(bucket), action))
    looked = found(bucket)
    assert wrong(looked) == ["permissions"]
    assert action in looked["permissions"].text


def test_what_lies_beside_the_prefix_is_not_allowed(user, bucket):
    user.policy(policy(bucket))
    *_, permissions, _ = checks(HERE, MODEL, bucket, "other/")
    assert "s3:PutObject" in permissions.text


def test_a_bucket_that_may_not_be_looked_at_is_said_to_be_somebody_else_s(user, bucket):
    user.policy(without(policy(bucket), "s3:GetBucketLocation"))
    assert "belongs to somebody else" in found(bucket)["S3 bucket"].text


def test_a_bearer_key_is_no_identity(bedrock, monkeypatch, tmp_path):
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "made-up")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    looked = found("", paid=True)
    assert wrong(looked) == []
    assert "AWS_BEARER_TOKEN_BEDROCK" in looked["AWS credentials"].text
    assert bedrock.log.bill.calls == 1
    looked = found("some-bucket")
    assert wrong(looked) == ["S3 bucket", "permissions"]
    assert "aws configure sso" in looked["S3 bucket"].text


def test_a_bearer_key_goes_with_the_keys_for_a_bucket(bedrock, bucket, monkeypatch):  # noqa: ARG001 – plugged in
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "made-up")
    assert wrong(found(bucket)) == []


def test_a_bearer_key_that_is_not_accepted_is_named(bedrock, monkeypatch):
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "made-up")
    bedrock.conditions = replace(bedrock.conditions, keys={"made-up": "expired"})
    assert wrong(found(""))[0] == "AWS region"


def test_nobody_at_the_address_is_said_once(bedrock, monkeypatch):  # noqa: ARG001 – plugged in
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9")
    looked = found("some-bucket")
    assert "Check the network" in looked["AWS credentials"].text
    assert not_tried(looked) == NAMES[1:5]


def test_a_vector_bucket_is_looked_at_where_one_is_chosen(bedrock, s3vectors):  # noqa: ARG001 – plugged in
    looked = of_vectors()
    assert looked.ok
    assert "the first sync makes it" in looked.text
    client = boto3.client("s3vectors")
    client.create_vector_bucket(vectorBucketName="shared")
    client.close()
    assert "shared is there" in of_vectors().text
    assert s3vectors.indexes("shared") == {}  # nothing was made


@pytest.mark.parametrize("action", ["ListIndexes", "PutVectors", "GetVectors", "QueryVectors"])
def test_an_action_on_vectors_that_is_not_allowed_is_named(bedrock, s3vectors, action):  # noqa: ARG001 – plugged in
    s3vectors.conditions = replace(s3vectors.conditions, denied_operations=frozenset({action}))
    looked = of_vectors()
    assert not looked.ok
    assert f"s3vectors:{action}" in looked.text
    assert "nova-desktop aws policy" in looked.text
