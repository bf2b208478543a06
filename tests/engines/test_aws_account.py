"""Which profiles and regions there are, and whose credentials would be used: nobody is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from nova_desktop.aws.errors import Account
from nova_desktop.engines import aws_account
from nova_desktop.engines.aws_account import Kind, Override, Profile
from nova_desktop.errors import NeedsUser

CONFIG = """
[default]
region = eu-west-1
[profile work]
sso_session = home
sso_account_id = 111122223333
sso_role_name = Reader
region = us-east-1
services = near
[profile old-work]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = Reader
[profile deputy]
role_arn = arn:aws:iam::111122223333:role/Deputy
source_profile = work
[profile token]
role_arn = arn:aws:iam::111122223333:role/Deputy
web_identity_token_file = /nowhere
[profile program]
credential_process = /nowhere/program
[profile console]
login_session = arn:aws:iam::111122223333:user/me
[profile round]
role_arn = arn:aws:iam::111122223333:role/Deputy
source_profile = round
[sso-session home]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
[services near]
s3 =
  endpoint_url = http://me:made-up@127.0.0.1:9000/?key=made-up
"""
CREDENTIALS = """
[keys]
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = made-up
"""
ENVIRONMENT = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_ENDPOINT_URL_BEDROCK_RUNTIME",
)


@pytest.fixture
def home(account_nowhere: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001 – set up first
    """Real files of AWS's own, and nothing in the environment."""
    (tmp_path / "aws-config").write_text(CONFIG)
    (tmp_path / "aws-credentials").write_text(CREDENTIALS)
    for name in ENVIRONMENT:
        monkeypatch.delenv(name)
    return tmp_path


def test_every_profile_says_where_its_credentials_come_from(home):  # noqa: ARG001 – its files
    assert {found.name: found.kind for found in aws_account.profiles()} == {
        "default": Kind.NOTHING,
        "work": Kind.SSO,
        "old-work": Kind.SSO,
        "deputy": Kind.ROLE,
        "token": Kind.WEB_IDENTITY,
        "program": Kind.PROCESS,
        "console": Kind.LOGIN,
        "round": Kind.ROLE,
        "keys": Kind.KEYS,
    }


def test_a_profile_tells_its_region(home):  # noqa: ARG001 – its files
    assert Profile("work", Kind.SSO, "us-east-1") in aws_account.profiles()


def test_what_the_environment_brings_comes_first(home, monkeypatch):  # noqa: ARG001 – its files
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "made-up")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    assert aws_account.profiles()[:2] == (
        Profile("", Kind.BEARER),
        Profile("", Kind.ENVIRONMENT),
    )


def test_keys_in_the_environment_are_used_where_no_profile_is_chosen(home, monkeypatch):  # noqa: ARG001 – its files
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_PROFILE", "work")
    assert aws_account.source(Account()).kind is Kind.ENVIRONMENT
    assert aws_account.source(Account("work")).kind is Kind.SSO


def test_the_profile_of_the_environment_is_used_else(home, monkeypatch):  # noqa: ARG001 – its files
    assert aws_account.source(Account()) == Profile("default", Kind.NOTHING, "eu-west-1")
    monkeypatch.setenv("AWS_PROFILE", "keys")
    assert aws_account.source(Account()) == Profile("keys", Kind.KEYS)


def test_a_bearer_key_is_no_identity(home, monkeypatch):  # noqa: ARG001 – its files
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "made-up")
    assert aws_account.bearer()
    assert aws_account.source(Account()).kind is Kind.NOTHING
    assert aws_account.source(Account("keys")).kind is Kind.KEYS


def test_a_profile_that_is_not_there_is_named(home):  # noqa: ARG001 – its files
    with pytest.raises(NeedsUser, match="no AWS profile “nobody”"):
        aws_account.source(Account("nobody"))


def test_files_that_can_not_be_read_are_named(home):
    (home / "aws-config").write_text("[profile work\nregion")
    with pytest.raises(NeedsUser, match=r"Mend ~/\.aws/config"):
        aws_account.profiles()


def test_without_any_files_there_is_no_profile(home):
    (home / "aws-config").unlink()
    (home / "aws-credentials").unlink()
    assert aws_account.profiles() == ()


@pytest.mark.parametrize(("name", "signs_in"), [("work", "work"), ("deputy", "work")])
def test_a_role_is_signed_in_by_the_profile_that_it_is_assumed_from(home, name, signs_in):  # noqa: ARG001 – its files
    assert aws_account.signs_in(Account(name)) == signs_in


def test_a_profile_that_leads_to_itself_ends(home):  # noqa: ARG001 – its files
    assert aws_account.signs_in(Account("round")) == "round"


def test_regions_that_have_the_model_come_first(home):  # noqa: ARG001 – its files
    regions = aws_account.regions()
    assert regions[0] == "us-east-1"
    assert {"eu-west-1", "us-west-2", "us-gov-west-1"} < set(regions)
    assert len(regions) == len(set(regions))


def test_no_override_is_shown_where_there_is_none(home):  # noqa: ARG001 – its files
    assert aws_account.overrides(Account()) == ()


def test_overrides_of_the_environment_are_shown(home, monkeypatch):  # noqa: ARG001 – its files
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:2")
    found = {override.service: override.url for override in aws_account.overrides(Account())}
    assert found == {
        "Amazon Bedrock Runtime": "http://127.0.0.1:1",
        "Amazon Bedrock": "http://127.0.0.1:1",
        "Amazon S3": "http://127.0.0.1:1",
        "Amazon S3 Vectors": "http://127.0.0.1:1",
        "AWS STS": "http://127.0.0.1:2",
    }
    monkeypatch.setenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
    assert aws_account.overrides(Account()) == ()


def test_overrides_of_a_profile_are_shown_without_their_secrets(home):  # noqa: ARG001 – its files
    assert aws_account.overrides(Account("work")) == (
        Override("Amazon S3", "http://127.0.0.1:9000/"),
    )
