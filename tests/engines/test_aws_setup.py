"""The bucket is made closed, encrypted and emptied by itself; an own one keeps what is its own."""

from __future__ import annotations

import itertools
import os

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova_desktop.aws.errors import Account
from nova_desktop.engines import aws_bucket, aws_setup
from nova_desktop.engines.aws_lifecycle import rule_for, with_ours
from nova_desktop.engines.aws_setup import Owner
from nova_desktop.errors import BadInput, NeedsUser, TryLater
from tests.emulators.conditions import ACCOUNT
from tests.engines.permitted import permitted
from tests.engines.recording import Reply

PREFIX = "nova-desktop/"
WHO = Owner(ACCOUNT, f"arn:aws:iam::{ACCOUNT}:user/me", "us-east-1")
HERE, EUROPE = Account(), Account("", "eu-west-1")
_numbers = itertools.count()


@pytest.fixture
def name():
    return f"made-{next(_numbers)}"


@pytest.fixture
def s3(bedrock):  # noqa: ARG001 – plugged in
    client = boto3.client("s3")
    yield client
    client.close()


def made(name, account=HERE, prefix=PREFIX):
    said = []
    aws_setup.set_up(account, aws_setup.owner(account), name, prefix, said.append)
    return said


def policy(action, resource):
    allowed = {"Effect": "Allow", "Action": [action], "Resource": resource}
    return {"Version": "2012-10-17", "Statement": [allowed]}


def state(s3, name):
    return (
        s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"],
        s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"],
        s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"],
    )


def test_a_new_bucket_is_closed_encrypted_and_emptied(s3, name):
    assert len(made(name)) == 4
    public, encryption, rules = state(s3, name)
    assert set(public.values()) == {True}
    assert encryption["Rules"][0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    (rule,) = rules
    assert rule["Filter"] == {"Prefix": PREFIX}
    assert rule["Expiration"] == {"Days": 14}
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert s3.get_bucket_location(Bucket=name)["LocationConstraint"] is None  # us-east-1


def test_a_bucket_is_made_where_the_model_is_asked(s3, name):
    made(name, EUROPE)
    assert s3.get_bucket_location(Bucket=name)["LocationConstraint"] == "eu-west-1"


def test_doing_it_again_changes_nothing(s3, name):
    made(name)
    before = state(s3, name)
    said = made(name)
    assert all("already" in sentence for sentence in said)
    assert state(s3, name) == before


def test_what_an_interrupted_set_up_left_is_completed(s3, name):
    s3.create_bucket(Bucket=name)
    made(name)
    assert set(state(s3, name)[0].values()) == {True}


def test_a_bucket_with_other_things_keeps_what_is_its_own(s3, name):
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key="zebra/page.html", Body=b"public")
    theirs = {
        "ID": "theirs",
        "Filter": {"Prefix": "logs/"},
        "Status": "Enabled",
        "Expiration": {"Days": 400},
    }
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [theirs]})
    key = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "arn:aws:kms:us-east-1:123456789012:key/k"}
    s3.put_bucket_encryption(
        Bucket=name,
        ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": key}]},
    )
    said = " ".join(made(name))
    assert "stays so" in said
    assert "other rules stay (1)" in said
    with pytest.raises(s3.exceptions.ClientError, match="NoSuchPublicAccessBlock"):
        s3.get_public_access_block(Bucket=name)
    encryption = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]
    assert encryption["Rules"][0]["ApplyServerSideEncryptionByDefault"] == key
    rules = s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    assert [rule["ID"] for rule in rules] == ["theirs", "Nova Desktop: nova-desktop/"]
    assert rules[0]["Expiration"] == {"Days": 400}


@pytest.mark.parametrize("key", ["a", "nova-desktop.txt", "nova-desktopx", "zebra"])
def test_anything_beside_the_prefix_is_seen(s3, name, key):
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key=f"{PREFIX}ours", Body=b"x")
    s3.put_object(Bucket=name, Key=key, Body=b"x")
    assert any("stays so" in sentence for sentence in made(name))


def test_a_bucket_with_nothing_but_ours_is_closed(s3, name):
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key=f"{PREFIX}ours", Body=b"x")
    made(name)
    assert set(state(s3, name)[0].values()) == {True}


def test_a_bucket_that_may_not_be_looked_at_is_refused(s3, s3_server, name, monkeypatch):
    s3.create_bucket(Bucket=name)
    with permitted(s3_server, monkeypatch) as user:
        user.policy(policy("s3:GetBucketLocation", "arn:aws:s3:::another"))
        with pytest.raises(NeedsUser, match="belongs to somebody else"):
            made(name)


NONE = "<Error><Code>NoSuchBucket</Code><Message>There is none.</Message></Error>"
TAKEN = "<Error><Code>{}</Code><Message>Choose another.</Message></Error>"


@pytest.mark.parametrize(
    ("code", "kind", "told"),
    [
        ("BucketAlreadyExists", NeedsUser, "belongs to somebody else"),
        ("OperationAborted", TryLater, "still busy"),
        ("TooManyBuckets", NeedsUser, "as many S3 buckets"),
    ],
)
def test_a_name_that_can_not_be_had_is_said(server, monkeypatch, name, code, kind, told):
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", os.environ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"])
    server.answer = lambda _, number: (
        Reply(TAKEN.format(code).encode(), 409) if number else Reply(NONE.encode(), 404)
    )
    with pytest.raises(kind, match=told):
        aws_setup.set_up(HERE, WHO, name, PREFIX, lambda _: None)


@pytest.mark.parametrize("status", [200, 501])
def test_a_page_of_the_network_s_own_is_no_answer(server, monkeypatch, name, status):
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", os.environ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"])
    server.answer = lambda *_: Reply(b"<html><p>Welcome! <br>Sign in</html>", status)
    with pytest.raises(TryLater, match="Something else than Amazon S3 answers"):
        aws_setup.set_up(HERE, WHO, name, PREFIX, lambda _: None)


def test_the_owner_is_told_to_s3_so_that_a_stranger_s_bucket_is_never_taken(
    server, monkeypatch, name
):
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", os.environ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"])
    server.answer = lambda *_: Reply(TAKEN.format("AccessDenied").encode(), 403)
    with pytest.raises(NeedsUser, match="belongs to somebody else"):
        aws_setup.set_up(HERE, WHO, name, PREFIX, lambda _: None)
    (request,) = server.requests
    assert {key.lower(): value for key, value in request.headers.items()}[
        "x-amz-expected-bucket-owner"
    ] == ACCOUNT


def test_a_bucket_elsewhere_is_refused(bedrock, name):  # noqa: ARG001 – plugged in
    made(name, EUROPE)
    with pytest.raises(NeedsUser, match=r"is in eu-west-1, and Amazon Nova is asked in us-east-1"):
        made(name)


def test_who_may_not_make_a_bucket_is_told_which_action_is_missing(
    bedrock,  # noqa: ARG001 – plugged in
    s3_server,
    name,
    monkeypatch,
):
    with permitted(s3_server, monkeypatch) as user:
        user.policy(policy("s3:GetBucketLocation", "*"))
        with pytest.raises(NeedsUser, match="allow s3:CreateBucket, or let somebody"):
            made(name)


def test_a_bearer_key_alone_can_not_make_a_bucket(bedrock, name, monkeypatch, tmp_path):  # noqa: ARG001 – plugged in
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "made-up")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(key)
    with pytest.raises(NeedsUser, match="API key"):
        made(name)


def test_the_proposed_name_says_whose_it_is(bedrock):  # noqa: ARG001 – plugged in
    who = aws_setup.owner(HERE)
    name = aws_bucket.proposed(who.account_id, who.region)
    assert name == f"nova-desktop-{ACCOUNT}-us-east-1"
    assert aws_bucket.checked_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("", "ab", "a" * 64, "Mine", "my_bucket", "-mine", "mine-", "my..bucket", "192.168.5.4"),
        *("xn--mine", "mine-s3alias", "mine--ol-s3", "sthree-mine", "mïne", "mine\n", ".mine"),
    ],
)
def test_a_name_that_s3_would_refuse_is_refused_first(name):
    with pytest.raises(BadInput, match="Choose another"):
        aws_bucket.checked_name(name)


@pytest.mark.parametrize("name", ["abc", "a" * 63, "my.bucket-1", "1a1", "192.168.5.4.x"])
def test_a_name_that_s3_takes_is_taken(name):
    assert aws_bucket.checked_name(name) == name


@pytest.mark.parametrize("prefix", ["", "/", "//", "nova", "/nova/", "no\nva/", "n" * 600 + "/"])
def test_a_prefix_that_would_reach_too_far_is_refused(prefix):
    with pytest.raises(BadInput, match="bucket_prefix"):
        aws_bucket.checked_prefix(prefix)


RULES = st.lists(
    st.builds(
        lambda name, prefix, days, old: {
            "ID": name,
            **({"Prefix": prefix} if old else {"Filter": {"Prefix": prefix}}),
            "Status": "Enabled",
            "Expiration": {"Days": days},
        },
        st.text("abc", min_size=1, max_size=3),
        st.text("abc/", max_size=4),
        st.integers(1, 9),
        st.booleans(),
    ),
    max_size=4,
    unique_by=lambda rule: rule["ID"],
)


def meaning(rule):
    rest = {key: value for key, value in rule.items() if key not in ("Prefix", "Filter")}
    return {**rest, "where": rule.get("Prefix", rule.get("Filter", {}).get("Prefix"))}


@given(RULES)
def test_the_rules_of_others_mean_what_they_meant(rules):
    after = with_ours(rules, PREFIX)
    assert [meaning(rule) for rule in after[:-1]] == [meaning(rule) for rule in rules]
    assert after[-1] == rule_for(PREFIX)
    assert not [rule for rule in after if "Prefix" in rule]  # S3 refuses a mixture
    assert with_ours(after, PREFIX) == after


def test_an_older_rule_of_ours_is_replaced_in_its_place():
    theirs = {"ID": "theirs", "Filter": {"Prefix": "a/"}, "Status": "Enabled"}
    older = {**rule_for(PREFIX), "Expiration": {"Days": 99}}
    assert with_ours([older, theirs], PREFIX) == [rule_for(PREFIX), theirs]


def test_two_prefixes_have_a_rule_each():
    both = with_ours(with_ours([], "one/"), "two/")
    assert [rule["Filter"]["Prefix"] for rule in both] == ["one/", "two/"]
