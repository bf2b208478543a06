"""The emulator's way to S3: an ordinary client of whatever AWS_ENDPOINT_URL_S3 names."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tests.emulators.conditions import ACCOUNT


class NotThere(Exception):
    """The object or bucket is missing, denied, or belongs to someone else."""


@dataclass
class Storage:
    """`endpoint`: None looks at AWS_ENDPOINT_URL_S3 when S3 is first needed. Safe from threads."""

    endpoint: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @functools.cached_property
    def _client(self) -> Any:
        endpoint = self.endpoint or os.environ.get("AWS_ENDPOINT_URL_S3")
        if not endpoint:
            raise RuntimeError("Set AWS_ENDPOINT_URL_S3: the emulator never goes to the real S3.")
        session = boto3.Session("testing", "testing", region_name="us-east-1")
        config = Config(retries={"total_max_attempts": 2}, max_pool_connections=16)
        return session.client("s3", endpoint_url=endpoint, config=config)

    @property
    def client(self) -> Any:
        with self._lock:
            return self._client

    def size(self, uri: str, owner: str | None = None) -> int:
        """Bytes of the object. Raises NotThere."""
        if owner is not None and owner != ACCOUNT:  # moto does not look at it
            raise NotThere(f"{uri}: the bucket does not belong to {owner}")
        return int(self._ask("head_object", uri)["ContentLength"])

    def read(self, uri: str, into: IO[bytes]) -> None:
        """The object's bytes. Raises NotThere."""
        body = self._ask("get_object", uri)["Body"]
        with body:
            for block in body.iter_chunks(1 << 20):
                into.write(block)
        into.seek(0)

    def write(self, uri: str, text: str) -> None:
        """Raises NotThere when the bucket is."""
        self._ask("put_object", uri, Body=text.encode())

    def listed(self, uri: str) -> Iterator[str]:
        """The uris of all objects below `uri`, or of itself."""
        bucket, key = split(uri)
        try:
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key)
            for page in pages:
                yield from (f"s3://{bucket}/{item['Key']}" for item in page.get("Contents", ()))
        except (ClientError, BotoCoreError) as e:
            raise NotThere(f"{uri}: {e}") from e

    def region(self, uri: str) -> str:
        """Where the bucket is. Raises NotThere."""
        bucket, _ = split(uri)
        try:
            found = self.client.get_bucket_location(Bucket=bucket)
        except (ClientError, BotoCoreError) as e:
            raise NotThere(f"{uri}: {e}") from e
        return found.get("LocationConstraint") or "us-east-1"  # S3 says nothing for its first

    def _ask(self, call: str, uri: str, **more: object) -> Any:
        bucket, key = split(uri)
        try:
            return getattr(self.client, call)(Bucket=bucket, Key=key, **more)
        except (ClientError, BotoCoreError) as e:
            raise NotThere(f"{uri}: {e}") from e


def split(uri: str) -> tuple[str, str]:
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return bucket, key
