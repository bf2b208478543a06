"""An account that exists nowhere, and a server in Bedrock's place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulators.fixtures import (
    _clients,
    aws,
    bedrock,
    bedrock_server,
    s3_server,
    s3vectors,
    s3vectors_server,
)
from tests.engines.recording import Recording, recording

__all__ = [
    "_clients",
    "account_nowhere",
    "aws",
    "bedrock",
    "bedrock_server",
    "s3_server",
    "s3vectors",
    "s3vectors_server",
    "server",
]


@pytest.fixture
def account_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Made-up keys, no profiles, and no way to the real service."""
    for name in (
        "AWS_PROFILE",
        "AWS_BEARER_TOKEN_BEDROCK",
        "AWS_SESSION_TOKEN",
        "AWS_ENDPOINT_URL",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "aws-config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "aws-credentials"))
    monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "http://127.0.0.1:9")


@pytest.fixture(scope="session")
def recording_server() -> Iterator[tuple[Recording, str]]:
    with recording() as started:
        yield started


@pytest.fixture
def server(
    account_nowhere: None,  # noqa: ARG001 – set up first
    recording_server: tuple[Recording, str],
    monkeypatch: pytest.MonkeyPatch,
) -> Recording:
    """In Bedrock's place, as new for every test."""
    kept, url = recording_server
    monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", url)
    kept.reset()
    return kept
