"""Vectors in Amazon S3 Vectors: indexes in one vector bucket of one account, which machines share.

Limits and rates: Amazon S3 user guide, "Limitations and restrictions" of S3 Vectors.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nova_desktop.aws.errors import Account
from nova_desktop.model import RowFilter
from nova_desktop.ports import Kept


@dataclass(frozen=True, slots=True)
class Traffic:
    """One request that is about to be sent.

    `vectors`: how many it writes, deletes or asks for. `sent_bytes`: of its body. `billed_bytes`:
    what is put, as the service counts it: keys, float32 and metadata.
    """

    operation: str
    vectors: int
    sent_bytes: int
    billed_bytes: int


class S3VectorBucket:
    """Implements VectorBucket over boto3's `s3vectors`. Nothing is asked before the first call.

    `before` is called on the calling thread, or on one of ours, with each request before it leaves,
    also when it is sent again: it may wait (a limit of bandwidth), count (the cost), and raise an
    ExpectedError, which ends the call that the request belongs to. `stop` ends what waits: Stopped.
    """

    def __init__(
        self,
        account: Account,
        bucket: str,
        stop: threading.Event,
        before: Callable[[Traffic], None] = lambda _: None,
    ) -> None:
        self._account, self._bucket, self._stop, self._before = account, bucket, stop, before

    @property
    def place(self) -> str:
        return f"s3vectors://{self._bucket}, {self._account.region}"

    def indexes(self, prefix: str) -> list[str]:
        raise NotImplementedError

    def create(self, index: str, dim: int, hidden: Sequence[str] = ()) -> None:
        raise NotImplementedError

    def drop(self, index: str) -> None:
        raise NotImplementedError

    def drop_bucket(self) -> None:
        raise NotImplementedError

    def put(self, index: str, kept: Sequence[Kept]) -> None:
        raise NotImplementedError

    def get(self, index: str, keys: Sequence[str], vectors: bool = True) -> list[Kept]:
        raise NotImplementedError

    def delete(self, index: str, keys: Sequence[str]) -> None:
        raise NotImplementedError

    def keys(self, index: str) -> Iterator[str]:
        raise NotImplementedError

    def nearest(
        self, index: str, vector: NDArray[np.float32], limit: int, where: RowFilter
    ) -> list[tuple[float, Kept]]:
        raise NotImplementedError
