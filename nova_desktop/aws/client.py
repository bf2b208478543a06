"""The connection to AWS: boto3's chain of credentials, one client of a service for all threads."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from nova_desktop.aws.errors import Account, bedrock_errors
from nova_desktop.aws.outcomes import Absent
from nova_desktop.aws.s3vectors_reactions import S3_VECTORS
from nova_desktop.errors import NeedsUser

CONNECT_S = 10.0
READ_S = 60.0  # one answer; a cold text took 1.1 s, and 30 s of film are the most
TOKENS = "x-amzn-bedrock-input-token-count"  # the header with what is billed for text
TITLES = {"bedrock-runtime": "Amazon Bedrock", "s3": "Amazon S3", "s3vectors": S3_VECTORS}
OVERRIDES = ("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_ENDPOINT_URL")

T = TypeVar("T")


class Answered(NamedTuple):
    body: bytes
    tokens: int | None  # as billed; None where the service does not say


class Service:
    """A client of one service, made at the first call: only then boto3 is loaded, and credentials
    are looked for. Any number of threads.

    `made` is shown each new client. Unless `validated`, requests are not checked by botocore.
    """

    def __init__(
        self,
        account: Account,
        name: str,
        connections: int = 10,
        made: Callable[[Any], None] | None = None,
        validated: bool = True,
    ) -> None:
        self.account = account
        self._name, self._connections = name, connections
        self._made, self._validated = made, validated
        self._lock = threading.Lock()
        self._client: Any = None

    def ask(self, call: Callable[[Any], T]) -> T:
        """What `call` makes of the client; botocore's exceptions come out as ours.

        One HTTP request a call, so that calls can be counted and paced, and a stop is seen.
        """
        client = self._connected()
        try:
            with bedrock_errors(self.account, self._title):
                return call(client)
        except Absent:
            raise
        except NeedsUser:
            # Who acts changes credentials: only a new client looks for them again.
            with self._lock:
                if self._client is client:
                    self._client = None
            raise

    @property
    def _title(self) -> str:
        return TITLES.get(self._name, "AWS")

    def _connected(self) -> Any:
        with self._lock:
            if self._client is None:
                with bedrock_errors(self.account, self._title):
                    client = client_of(
                        self.account, self._name, self._connections, validated=self._validated
                    )
                if self._made:
                    self._made(client)
                self._client = client
            return self._client


class Bedrock:
    """InvokeModel, one HTTP request a call: who wants to ask again does so himself (wrappers.py).

    Any number of threads.
    """

    def __init__(self, account: Account, connections: int = 32) -> None:
        self.account = account
        self._service = Service(account, "bedrock-runtime", connections)

    def invoke(self, model: str, body: bytes) -> Answered:
        """The answer to one request. Raises BadInput, TryLater (and its kinds) or NeedsUser."""

        def ask(client: Any) -> Answered:
            response = client.invoke_model(
                modelId=model, body=body, contentType="application/json", accept="application/json"
            )
            answer = response["body"].read()
            count = response["ResponseMetadata"]["HTTPHeaders"].get(TOKENS, "")
            return Answered(answer, int(count) if count.isdecimal() else None)

        return self._service.ask(ask)


def override() -> str:
    """Where requests go instead of to AWS, when the environment says so; "" when it does not."""
    if os.environ.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() == "true":
        return ""
    return next((url for name in OVERRIDES if (url := os.environ.get(name))), "")


def chain_of(account: Account) -> Any:
    """A botocore session: boto3's own chain of credentials, and what ~/.aws says. For one thread.

    Asks nobody yet. Call it inside `bedrock_errors`: there may be no such profile.
    """
    import botocore.session

    session = botocore.session.Session(profile=account.profile or None)
    if os.environ.get("AWS_EC2_METADATA_DISABLED", "").lower() != "false":
        # A desktop is no machine of Amazon's: asking for one's credentials takes seconds to fail.
        session.get_component("credential_provider").remove("iam-role")
    return session


def session_of(account: Account) -> Any:
    """A boto3 session on that chain, in the account's region. For one thread."""
    import boto3

    return boto3.Session(botocore_session=chain_of(account), region_name=account.region or None)


def client_of(
    account: Account,
    service: str,
    connections: int = 10,
    attempts: int = 1,
    session: Any = None,
    validated: bool = True,
) -> Any:
    """A client of `service` ("s3", "sts", "bedrock", …), for any number of threads.

    `attempts` is of HTTP requests a call; clients of one `session` sign in once. Call it inside
    `bedrock_errors`.
    """
    from botocore.config import Config

    config = Config(
        retries={"mode": "standard", "total_max_attempts": attempts},
        connect_timeout=CONNECT_S,
        read_timeout=READ_S,
        max_pool_connections=connections,
        tcp_keepalive=True,
        parameter_validation=validated,
    )
    return (session or session_of(account)).client(service, config=config)
