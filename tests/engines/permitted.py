"""A user of the emulated account who may only do what a policy says: moto checks S3's calls."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest

from tests.emulators.s3 import S3

NAME = "limited"


class Permitted:
    """The environment's keys are the user's; nothing is allowed until `policy` is called."""

    def __init__(self, server: S3) -> None:
        self._url = server.url
        session = boto3.Session("testing", "testing", region_name="us-east-1")
        self._iam: Any = session.client("iam", endpoint_url=server.url)
        self._iam.create_user(UserName=NAME)
        self.key = self._iam.create_access_key(UserName=NAME)["AccessKey"]

    def policy(self, found: dict[str, Any]) -> None:
        """From here on this is what the user may."""
        self._check("inf")
        self._iam.put_user_policy(
            UserName=NAME, PolicyName="only", PolicyDocument=json.dumps(found)
        )
        self._check("0")

    def end(self) -> None:
        self._check("inf")
        self._iam.delete_access_key(UserName=NAME, AccessKeyId=self.key["AccessKeyId"])
        for name in self._iam.list_user_policies(UserName=NAME)["PolicyNames"]:
            self._iam.delete_user_policy(UserName=NAME, PolicyName=name)
        self._iam.delete_user(UserName=NAME)
        self._iam.close()

    def _check(self, after: str) -> None:
        """moto lets so many calls pass before it looks at policies."""
        request = urllib.request.Request(  # noqa: S310 – our own server
            f"{self._url}/moto-api/reset-auth",
            after.encode(),
            {"Content-Type": "text/plain"},
            method="POST",
        )
        with urllib.request.urlopen(request):  # noqa: S310 – our own server
            pass


@contextmanager
def permitted(server: S3, monkeypatch: pytest.MonkeyPatch) -> Iterator[Permitted]:
    user = Permitted(server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", user.key["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", user.key["SecretAccessKey"])
    try:
        yield user
    finally:
        user.end()


def without(policy: dict[str, Any], action: str) -> dict[str, Any]:
    """The policy with one action less."""
    kept = [
        {**statement, "Action": [name for name in statement["Action"] if name != action]}
        for statement in policy["Statement"]
    ]
    return {**policy, "Statement": [statement for statement in kept if statement["Action"]]}
