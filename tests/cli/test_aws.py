"""`nova-desktop aws …`: the account is looked at and set up without opening a library."""

from __future__ import annotations

import io
import itertools
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest

from nova_desktop import compose
from nova_desktop.cli import main as cli
from nova_desktop.cli.terminal import Terminal
from nova_desktop.settings import Settings
from tests.cli.conftest import CommandLine, Tty
from tests.emulators.bedrock import Bedrock
from tests.emulators.conditions import ACCOUNT
from tests.emulators.fixtures import bedrock, bedrock_server, s3_server

__all__ = ["bedrock", "bedrock_server", "s3_server"]
PROPOSED = f"nova-desktop-{ACCOUNT}-us-east-1"
_numbers = itertools.count()


@pytest.fixture
def aws(bedrock: Bedrock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bedrock:
    """The emulated account, and no profiles of the user's own."""
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    return bedrock


@pytest.fixture
def bucket() -> str:
    return f"typed-{next(_numbers)}"


@pytest.fixture
def chosen(tmp_path: Path) -> Any:
    """Writes a settings file with these lines, and gives the options that name it."""

    def write(*lines: str) -> list[str]:
        file = tmp_path / "settings.toml"
        file.write_text("\n".join(lines))
        return ["--settings", str(file)]

    return write


def answered(answer: str, *argv: str) -> tuple[int, str, str]:
    """The code, and what was printed to someone who answers this at a terminal."""
    out, err = io.StringIO(), io.StringIO()
    code = cli.main(argv, terminal=Terminal(out, err, Tty(f"{answer}\n")))
    return code, out.getvalue(), err.getvalue()


def buckets() -> list[str]:
    client = boto3.client("s3")
    names = [one["Name"] for one in client.list_buckets()["Buckets"]]
    client.close()
    return names


def test_a_new_account_is_set_up_and_then_passes(
    run: CommandLine, aws: Bedrock, bucket: str, chosen: Any
) -> None:
    assert run("aws", "check", "--bucket", bucket) == 5
    assert "!!  S3 bucket" in run.out
    assert run("aws", "setup", "--bucket", bucket, "--yes") == 0
    assert f'bucket = "{bucket}"' in run.out
    assert run("aws", "check", *chosen(f'bucket = "{bucket}"')) == 0
    assert "!!" not in run.out
    assert run.opened == []
    assert aws.log.bill.calls == 0


def test_a_bucket_in_the_settings_needs_no_line_to_copy(
    run: CommandLine,
    aws: Bedrock,  # noqa: ARG001 – plugged in
    bucket: str,
    chosen: Any,
) -> None:
    assert run("aws", "setup", "--yes", *chosen(f'bucket = "{bucket}"')) == 0
    assert "settings" not in run.out
    assert bucket in buckets()


def test_a_paid_check_says_what_was_billed(run: CommandLine, aws: Bedrock) -> None:
    assert run("aws", "check", "--paid") == 0
    assert "billed for: 1" in run.out
    assert aws.log.bill.calls == 1


def test_nothing_is_made_in_a_pipe_without_a_yes(
    run: CommandLine,
    aws: Bedrock,  # noqa: ARG001 – plugged in
    bucket: str,
) -> None:
    assert run("aws", "setup", "--bucket", bucket) == 3
    assert "--yes" in run.err
    assert bucket not in buckets()


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 3), ("", 3)])
def test_on_a_terminal_it_asks_first(aws: Bedrock, bucket: str, answer: str, code: int) -> None:  # noqa: ARG001 – plugged in
    got, out, _ = answered(answer, "aws", "setup", "--bucket", bucket)
    assert got == code
    assert "Go on? [y/N]" in out
    assert (bucket in buckets()) == (answer == "y")


def test_a_bucket_without_a_name_gets_one(aws: Bedrock) -> None:  # noqa: ARG001 – plugged in
    _, out, _ = answered("n", "aws", "setup")
    assert PROPOSED in out


def test_the_policy_is_json_for_this_account(run: CommandLine, aws: Bedrock) -> None:  # noqa: ARG001 – plugged in
    assert run("aws", "policy") == 0
    statements = {s["Sid"]: s for s in json.loads(run.out)["Statement"]}
    assert statements["Objects"]["Resource"] == [f"arn:aws:s3:::{PROPOSED}/nova-desktop/*"]
    assert ACCOUNT in statements["Poll"]["Resource"][0]
    assert run.err == ""


def test_an_account_s_number_can_be_given_and_nobody_is_asked(
    run: CommandLine, aws: Bedrock, monkeypatch: pytest.MonkeyPatch, bucket: str
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9")
    assert run("aws", "policy", "--account-id", "1111-2222-3333", "--bucket", bucket) == 0
    assert "111122223333" in run.out
    assert f"{bucket}/nova-desktop/*" in run.out
    assert aws.log.calls() == []


def test_a_policy_without_credentials_says_what_to_replace(
    run: CommandLine,
    aws: Bedrock,  # noqa: ARG001 – plugged in
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert run("aws", "policy") == 0
    assert ":ACCOUNT:" in run.out
    assert "Replace ACCOUNT" in run.err


def test_a_batch_role_in_the_settings_brings_its_statements(
    run: CommandLine,
    aws: Bedrock,  # noqa: ARG001 – plugged in
    chosen: Any,
) -> None:
    role = f"arn:aws:iam::{ACCOUNT}:role/batch"
    assert run("aws", "policy", *chosen(f'batch_role = "{role}"')) == 0
    assert "iam:PassRole" in run.out


@pytest.mark.parametrize("number", ["12345", "abcdefghijkl", ""])
def test_a_number_that_is_none_is_refused(run: CommandLine, number: str) -> None:
    assert run("aws", "policy", "--account-id", number) == 2


@pytest.mark.parametrize(
    "argv", [["aws"], ["aws", "profiles", "--paid"], ["aws", "check", "--bucket", ""]]
)
def test_wrong_arguments_are_refused(run: CommandLine, argv: list[str]) -> None:
    assert run(*argv) == 2


def test_profiles_are_listed_with_what_is_used(
    run: CommandLine, aws: Bedrock, tmp_path: Path, chosen: Any
) -> None:
    (tmp_path / "config").write_text("[profile work]\nsso_session = home\nregion = us-west-2\n")
    (tmp_path / "credentials").write_text("[keys]\naws_access_key_id = AKIDEXAMPLE\n")
    assert run("aws", "profiles", *chosen('aws_profile = "work"')) == 0
    heading, environment, keys, work, used, *overrides = run.out.splitlines()
    assert heading.split() == ["Profile", "Credentials", "Region"]
    assert environment.split() == ["–", "environment", "–"]
    assert keys.split() == ["keys", "keys", "–"]
    assert work.split() == ["work", "SSO", "us-west-2"]
    assert used == "Used: the profile “work” (SSO), in us-east-1."
    assert any(aws.url in line for line in overrides)
    assert "AKIDEXAMPLE" not in run.out
    assert aws.log.calls() == []


def test_a_profile_that_is_missing_is_for_the_user(
    run: CommandLine,
    aws: Bedrock,  # noqa: ARG001 – plugged in
    chosen: Any,
) -> None:
    assert run("aws", "profiles", *chosen('aws_profile = "gone"')) == 5
    assert "no AWS profile “gone”" in run.err


def test_a_name_that_s3_would_refuse_is_an_input_that_can_not_work(
    run: CommandLine,
    aws: Bedrock,  # noqa: ARG001 – plugged in
) -> None:
    assert run("aws", "setup", "--bucket", "My_Bucket", "--yes") == 3
    assert "can't be the name" in run.err


def test_the_whole_bucket_is_never_taken_for_ours(
    run: CommandLine,
    aws: Bedrock,  # noqa: ARG001 – plugged in
    bucket: str,
    chosen: Any,
) -> None:
    options = chosen('bucket_prefix = ""')
    assert run("aws", "setup", "--bucket", bucket, "--yes", *options) == 3
    assert "bucket_prefix" in run.err
    assert bucket not in buckets()


def test_no_access_to_the_model_is_for_the_user(run: CommandLine, aws: Bedrock) -> None:
    aws.conditions = replace(aws.conditions, model_access=False)
    assert run("aws", "check") == 5
    assert "!!  Amazon Nova" in run.out


def test_doctor_looks_at_the_account_where_amazon_nova_was_chosen(aws: Bedrock) -> None:
    names = [check.name for check in compose.account_checks(Settings(engine="nova"))]
    assert names[0] == "AWS credentials"
    before = len(aws.log.calls())
    assert compose.account_checks(Settings()) == ()
    assert len(aws.log.calls()) == before
    assert aws.log.bill.calls == 0


def test_no_library_and_no_window_is_loaded_for_it() -> None:
    code = (
        "import sys; from nova_desktop.__main__ import main; "
        "main(['aws', 'policy', '--account-id', '111122223333']); "
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not {"PySide6", "lancedb", "PIL", "av", "onnxruntime"} & set(done.stderr.split())
