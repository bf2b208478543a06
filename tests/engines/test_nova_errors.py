"""Every error of Amazon Bedrock, as the real boto3 raises it, means one thing and has a remedy."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha1

import pytest
from botocore import exceptions

from nova_desktop.aws import client as aws_client
from nova_desktop.aws.client import Bedrock, override
from nova_desktop.aws.errors import Account, bedrock_errors, reaction_to
from nova_desktop.aws.outcomes import (
    Faltered,
    Rejected,
    Throttled,
    Unanswered,
    Unreachable,
)
from nova_desktop.aws.reactions import EXCEPTIONS, REACTIONS
from nova_desktop.engines.nova_request import MODEL
from nova_desktop.errors import BadInput, NeedsUser, TryLater
from tests.engines.recording import Reply, connected, refused

ACCOUNT = Account("work", "us-east-1")


NOBODY = Account()


def asked(account: Account = NOBODY) -> bytes:
    return Bedrock(account).invoke(MODEL, b"{}").body


MALFORMED = "Malformed input request: {}, please reformat your input and try again."
ANSWERS = [  # code, status, message → kind, what the sentence says
    (
        "ValidationException",
        400,
        "The provided model identifier is invalid.",
        NeedsUser,
        "us-east-1",
    ),
    (
        "ValidationException",
        400,
        "Invocation of this model with on-demand throughput isn’t supported.",
        NeedsUser,
        "on demand",
    ),
    (
        "ValidationException",
        400,
        MALFORMED.format("#: required key [messages] not found"),
        NeedsUser,
        "Another model",
    ),
    (
        "ValidationException",
        400,
        MALFORMED.format("#/singleEmbeddingParams/audio/format: mp4 is not a valid enum value"),
        BadInput,
        "mp4 is not a valid enum value",
    ),
    (
        "ValidationException",
        400,
        MALFORMED.format(
            "#/singleEmbeddingParams/text/value: expected maxLength: 50000, actual: 75000"
        ),
        BadInput,
        "maxLength",
    ),
    (
        "ValidationException",
        400,
        "The request was blocked by our content filters.",
        Rejected,
        "content filter",
    ),
    (
        "ValidationException",
        400,
        "RAI_VIOLATION_INPUT_IMAGE_DEFLECTION",
        Rejected,
        "content filter",
    ),
    (
        "AccessDeniedException",
        403,
        "You don't have access to the model with the specified model ID.",
        NeedsUser,
        "Model access",
    ),
    (
        "AccessDeniedException",
        403,
        "User: arn:aws:iam::111122223333:user/me is not authorized to perform: bedrock:InvokeModel",
        NeedsUser,
        "bedrock:InvokeModel",
    ),
    (
        "AccessDeniedException",
        403,
        "Authentication failed: Please make sure your API Key is valid.",
        NeedsUser,
        "AWS_BEARER_TOKEN_BEDROCK",
    ),
    (
        "AccessDeniedException",
        403,
        "The security token included in the request is expired",
        NeedsUser,
        "aws sso login",
    ),
    ("ResourceNotFoundException", 404, "Could not resolve the model.", NeedsUser, "no such model"),
    ("ThrottlingException", 429, "Too many requests, please wait.", Throttled, "Service Quotas"),
    ("ThrottlingException", 429, "Too many tokens per day, please wait.", Throttled, "tomorrow"),
    ("ServiceUnavailableException", 503, "Bedrock is unable to process.", Throttled, "overloaded"),
    ("ModelNotReadyException", 429, "The model is not ready.", Throttled, "getting ready"),
    ("ModelTimeoutException", 408, "The request took too long.", Faltered, "too long"),
    ("ModelErrorException", 424, "The model could not.", Faltered, "failed"),
    ("InternalServerException", 500, "An internal error.", TryLater, "fault of its own"),
    ("ServiceQuotaExceededException", 400, "Over the quota.", NeedsUser, "Service Quotas"),
    ("ConflictException", 400, "Another body.", BadInput, "other content"),
    ("ExpiredTokenException", 403, "The token has expired.", NeedsUser, "aws sso login"),
    (
        "InvalidSignatureException",
        403,
        "Signature expired: 20261122T000000Z is now earlier than 20261122T001000Z",
        NeedsUser,
        "clock",
    ),
    ("InvalidSignatureException", 403, "The signature does not match.", NeedsUser, "keys"),
    ("UnrecognizedClientException", 403, "The security token is invalid.", NeedsUser, "keys"),
    ("SomethingNewException", 403, "Not you.", NeedsUser, "Not you"),
    ("SomethingNewException", 400, "Not this.", BadInput, "Not this"),
    ("SomethingNewException", 413, "", BadInput, "too large"),
    ("SomethingNewException", 429, "", Throttled, "Service Quotas"),
    ("SomethingNewException", 501, "Not here.", TryLater, "Not here"),
    ("SomethingNewException", 502, "Bad gateway.", Unanswered, "Bad gateway"),
    ("SomethingNewException", 504, "", Unanswered, "in time"),
    ("SomethingNewException", 408, "", Faltered, "too long"),
]


@pytest.mark.parametrize(("code", "status", "message", "kind", "words"), ANSWERS)
def test_an_error_answer_means_one_thing(server, code, status, message, kind, words):
    server.answer = lambda *_: refused(code, status, message)
    with pytest.raises(kind, match=words) as caught:
        connected().invoke(MODEL, b"{}")
    assert type(caught.value) is kind
    assert str(caught.value).endswith((".", "…"))
    assert "\n" not in str(caught.value)
    assert len(server.requests) == 1, "botocore must not try again by itself"


def test_every_row_of_the_table_is_reached_by_a_test():
    said = {str(reaction_to(code, text, status, ACCOUNT)) for code, status, text, _, _ in ANSWERS}
    for row in REACTIONS:
        if row.code.startswith(("ExpiredToken|", "RequestExpired")):
            continue  # several codes, of which one stands for all
        start = row.text.split("{")[0]
        assert any(sentence.startswith(start) for sentence in said), row.text


def test_a_long_answer_is_shortened(server):
    server.answer = lambda *_: refused("ValidationException", 400, "very " * 1000)
    with pytest.raises(BadInput) as caught:
        asked()
    assert len(str(caught.value)) < 500


def test_an_error_that_is_no_json_still_is_a_sentence(server):
    server.answer = lambda *_: Reply(b"<html>Bad gateway</html>", 502)
    with pytest.raises(Unreachable, match="through the network"):
        asked()


def test_the_profile_and_the_region_are_named():
    error = reaction_to("ExpiredTokenException", "x", 403, Account("work", "us-east-1"))
    assert "aws sso login --profile work" in str(error)
    error = reaction_to(
        "ValidationException", "model identifier is invalid", 400, Account("", "xx")
    )
    assert "not offered in xx" in str(error)


# Raised by botocore itself, as it raises them.


def test_without_credentials_it_says_where_to_choose_them(server, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(NeedsUser, match=r"no AWS credentials\. Choose a profile in Settings"):
        asked()
    assert not server.requests


def test_credentials_that_come_later_are_found_without_a_restart(server, monkeypatch):
    server.answer = lambda *_: Reply()
    bedrock = Bedrock(Account())
    with monkeypatch.context() as without:
        without.delenv("AWS_ACCESS_KEY_ID")
        with pytest.raises(NeedsUser):
            bedrock.invoke(MODEL, b"{}")
    assert bedrock.invoke(MODEL, b"{}").body == b"{}"


def test_half_a_key_is_incomplete(server, monkeypatch):  # noqa: ARG001 – a server, so that nothing leaves
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(NeedsUser, match="incomplete"):
        asked()


def test_a_profile_that_is_not_there_is_named(server):  # noqa: ARG001 – a server, so that nothing leaves
    with pytest.raises(NeedsUser, match=r"no AWS profile “holiday”.*--profile holiday"):
        asked(Account("holiday"))


def test_no_sso_token_asks_for_a_sign_in(server, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "aws-config").write_text(SSO_PROFILE)
    with pytest.raises(NeedsUser, match="aws sso login --profile work"):
        asked(ACCOUNT)
    assert not server.requests


SSO_PROFILE = """
[profile work]
sso_session = home
sso_account_id = 111122223333
sso_role_name = Reader
[sso-session home]
sso_region = us-east-1
sso_start_url = https://example.awsapps.com/start
"""


def test_an_sso_token_that_is_over_asks_for_a_sign_in(server, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "aws-config").write_text(SSO_PROFILE)
    cache = tmp_path / ".aws/sso/cache"
    cache.mkdir(parents=True)
    name = sha1(b"home", usedforsecurity=False).hexdigest() + ".json"
    over = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    (cache / name).write_text(json.dumps({"accessToken": "made-up", "expiresAt": over}))
    with pytest.raises(NeedsUser, match="aws sso login --profile work"):
        asked(ACCOUNT)
    assert not server.requests


def test_a_configuration_that_can_not_be_read_is_named(server, tmp_path):  # noqa: ARG001 – a server, so that nothing leaves
    (tmp_path / "aws-config").write_text("[profile work\nregion")
    with pytest.raises(NeedsUser, match=r"Mend ~/\.aws/config"):
        asked(ACCOUNT)


def test_a_region_that_is_no_name_is_refused(server):  # noqa: ARG001 – a server, so that nothing leaves
    with pytest.raises(NeedsUser, match="“us east” is no AWS region"):
        asked(Account("", "us east"))


def test_nobody_at_the_address_is_unreachable(account_nowhere):  # noqa: ARG001 – its address
    with pytest.raises(Unreachable, match="Check the network"):
        asked()


def test_silence_is_unreachable(server, monkeypatch):
    monkeypatch.setattr(aws_client, "READ_S", 0.2)
    server.answer = lambda *_: Reply(after_s=1.0)
    with pytest.raises(Unreachable, match="in time"):
        asked()
    assert len(server.requests) == 1


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"])
def test_a_connection_that_is_cut_is_unreachable(account_nowhere, monkeypatch, said):  # noqa: ARG001 – its keys
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", f"http://127.0.0.1:{port}")

        def cut() -> None:
            with listening.accept()[0] as connection:
                connection.recv(65536)
                connection.sendall(said)

        thread = threading.Thread(target=cut)
        thread.start()
        with pytest.raises(Unreachable, match="Check the network"):
            asked()
        thread.join()


MADE = {  # of those that take some making
    exceptions.SSLError: {"endpoint_url": "u", "error": "e"},
    exceptions.ProxyConnectionError: {"proxy_url": "u", "error": "e"},
    exceptions.UnauthorizedSSOTokenError: {},
    exceptions.LoginRefreshRequired: {},
    exceptions.TokenRetrievalError: {"provider": "sso", "error_msg": "e"},
    exceptions.CredentialRetrievalError: {"provider": "process", "error_msg": "e"},
    exceptions.ConnectTimeoutError: {"endpoint_url": "u"},
    exceptions.IncompleteReadError: {"actual_bytes": 1, "expected_bytes": 2},
    exceptions.NoRegionError: {},
    exceptions.MissingDependencyException: {"msg": "botocore[crt]"},
}


@pytest.mark.parametrize("kind", MADE)
def test_botocores_exceptions_have_a_sentence(kind):
    with pytest.raises((NeedsUser, Unreachable)) as caught, bedrock_errors(ACCOUNT):
        raise kind(**MADE[kind])
    assert str(caught.value).endswith(".")
    assert isinstance(caught.value.__cause__, kind)


def test_the_table_names_exceptions_that_there_are():
    for row in EXCEPTIONS:
        for name in row.names.split("|"):
            assert issubclass(getattr(exceptions, name), exceptions.BotoCoreError)


def test_a_bug_of_ours_is_not_dressed_up():
    with pytest.raises(exceptions.ParamValidationError), bedrock_errors(ACCOUNT):
        raise exceptions.ParamValidationError(report="modelId")


# How it connects.


def test_a_request_is_signed_and_says_what_it_is(server):
    server.answer = lambda *_: Reply()
    asked()
    (request,) = server.requests
    assert request.path == "/model/amazon.nova-2-multimodal-embeddings-v1:0/invoke"
    assert request.headers["content-type"] == request.headers["accept"] == "application/json"
    signed = request.headers["authorization"]
    assert signed.startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
    assert "/us-east-1/bedrock/aws4_request" in signed


def test_a_bedrock_key_is_used_when_there_is_one(server, monkeypatch):
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "made-up-key")
    server.answer = lambda *_: Reply()
    asked()
    assert server.requests[0].headers["authorization"] == "Bearer made-up-key"


def test_a_profile_brings_its_keys(server, tmp_path, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    keys = "[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = made-up\n"
    (tmp_path / "aws-credentials").write_text(keys)
    server.answer = lambda *_: Reply()
    asked(ACCOUNT)
    assert "Credential=AKIDWORK/" in server.requests[0].headers["authorization"]


@pytest.mark.parametrize(("header", "tokens"), [("7", 7), ("", None), ("many", None)])
def test_the_billed_tokens_are_read_from_the_header(server, header, tokens):
    server.answer = lambda *_: Reply(headers={"x-amzn-bedrock-input-token-count": header})
    assert Bedrock(Account()).invoke(MODEL, b"{}").tokens == tokens


def test_an_override_is_known(account_nowhere, monkeypatch):  # noqa: ARG001 – its address
    assert override() == "http://127.0.0.1:9"
    monkeypatch.setenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
    assert override() == ""


def test_nothing_of_aws_is_loaded_before_the_first_call():
    code = (
        "import sys; from nova_desktop.aws import client as aws_client; "
        "from nova_desktop.engines import nova, wrappers; "
        "nova.NovaEngine(aws_client.Bedrock(aws_client.Account())).note; "
        "print([m for m in sys.modules if m.startswith('boto')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert found.stdout.strip() == "[]"
