"""Vectors in Amazon S3 Vectors: indexes in one vector bucket of one account, which machines share.

Limits are in `s3_vectors_limits`, with their source.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from nova_desktop.aws.client import Service
from nova_desktop.aws.crowd import each, merged
from nova_desktop.aws.errors import Account, code_of
from nova_desktop.aws.outcomes import Absent, Throttled
from nova_desktop.aws.rates import Rates
from nova_desktop.aws.stopping import TRIES, Pauses, persistent
from nova_desktop.errors import ExpectedError, NeedsUser
from nova_desktop.model import RowFilter
from nova_desktop.ports import Kept
from nova_desktop.stores import s3_vectors_limits as limits
from nova_desktop.stores.s3_vectors_filter import filters
from nova_desktop.stores.s3_vectors_json import Fast, bodies

PAUSES = Pauses(0.2, 10.0)  # seconds after a call that failed
PARALLEL = 8  # calls of one request of ours at once
PUTS = 4  # likewise; five a second are the most, and each has up to 20 MiB in memory
SEGMENTS = 8  # that a long list is read in
CONNECTIONS = 32

A = TypeVar("A")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Traffic:
    """One request that is about to be sent.

    `vectors`: how many it writes, deletes or asks for. `sent_bytes`: of vectors in its body, about.
    `billed_bytes`: what is put, as the service counts it: keys, float32 and metadata.
    """

    operation: str
    vectors: int = 0
    sent_bytes: int = 0
    billed_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """What was chosen of an index once and for all."""

    dim: int
    metric: str
    hidden: frozenset[str]


class S3VectorBucket:
    """Implements VectorBucket over boto3's `s3vectors`. Nothing is asked before the first call.

    `before` is called on the calling thread, or on one of ours, with each request before it leaves,
    also when it is sent again: it may wait (a limit of bandwidth), count (the cost), and raise an
    ExpectedError, which ends the call that the request belongs to. `stop` ends what waits: Stopped.
    `tries`: of each request, with pauses that grow to ten seconds; few where someone waits.
    BadInput when `bucket` can't be the name of one.
    """

    def __init__(
        self,
        account: Account,
        bucket: str,
        stop: threading.Event,
        before: Callable[[Traffic], None] = lambda _: None,
        tries: int = TRIES,
    ) -> None:
        self._account, self._bucket = account, limits.checked_bucket(bucket)
        self._stop, self._before, self._tries = stop, before, tries
        self._fast = Fast()
        self._service = Service(
            account, "s3vectors", CONNECTIONS, made=self._fast.fasten, validated=False
        )
        self._lock = threading.Lock()  # around what follows
        self._shapes: dict[str, Shape] = {}
        self._rates: dict[str, Rates] = {}

    @property
    def place(self) -> str:
        return f"s3vectors://{self._bucket}, {self._account.region}"

    def indexes(self, prefix: str) -> list[str]:
        names: list[str] = []
        asked: dict[str, Any] = {"vectorBucketName": self._bucket}
        if prefix:
            asked["prefix"] = prefix
        while True:
            page = self._present(Traffic("ListIndexes"), _listing(asked), {"indexes": []})
            names += [one["indexName"] for one in page["indexes"]]
            if not page.get("nextToken"):
                return names
            asked["nextToken"] = page["nextToken"]

    def create(self, index: str, dim: int, hidden: Sequence[str] = ()) -> None:
        limits.check_new(index, dim, hidden)
        wanted = Shape(dim, "cosine", frozenset(hidden))
        found = self._look(index) or self._make(index, wanted)
        # Metadata that is not filtered by may be long; in an index made otherwise it may not.
        if (found.dim, found.metric) != (dim, "cosine") or not found.hidden >= wanted.hidden:
            raise NeedsUser(
                f"The index {index} in the vector bucket {self._bucket} was made by another "
                "program, or another Nova Desktop. Choose another bucket in Settings."
            )

    def drop(self, index: str) -> None:
        names = self._names(index)
        with self._lock:
            self._shapes.pop(index, None)
        self._present(Traffic("DeleteIndex"), lambda client: client.delete_index(**names), None)

    def drop_bucket(self) -> None:
        self._present(
            Traffic("DeleteVectorBucket"),
            lambda client: client.delete_vector_bucket(vectorBucketName=self._bucket),
            None,
        )

    def put(self, index: str, kept: Sequence[Kept]) -> None:
        limits.checked_index(index)
        if not kept:
            return
        shape = self._shape(index)
        for one in kept:
            limits.check(one, shape.dim, shape.hidden)
        latest = {one.key: one for one in kept}.values()  # the service takes each key once

        def send(part: tuple[list[Kept], bytes]) -> None:
            vectors, body = part
            traffic = Traffic(
                "PutVectors", len(vectors), len(body), sum(map(billed_bytes, vectors))
            )
            self._write(
                index,
                traffic,
                lambda client: self._fast.put(client, self._bucket, index, body),
            )

        at_once = PUTS if len(latest) > limits.PUT else 1
        for _ in each(bodies(latest), send, at_once, self._stop):
            pass

    def get(self, index: str, keys: Sequence[str], vectors: bool = True) -> list[Kept]:
        names = self._names(index)

        def ask(part: list[str]) -> list[Kept]:
            answer = self._present(
                Traffic("GetVectors", len(part)),
                lambda client: client.get_vectors(
                    **names, keys=part, returnData=vectors, returnMetadata=True
                ),
                {"vectors": []},
            )
            return [_kept(one) for one in answer["vectors"]]

        parts = limits.in_parts(dict.fromkeys(keys), limits.GET)
        return [one for some in self._each(parts, ask, len(keys) > limits.GET) for one in some]

    def delete(self, index: str, keys: Sequence[str]) -> None:
        names = self._names(index)

        def ask(part: list[str]) -> None:
            def call(client: Any) -> None:
                client.delete_vectors(**names, keys=part)

            size = sum(map(len, part))
            try:
                self._write(index, Traffic("DeleteVectors", len(part), size), call)
            except Absent:
                return

        parts = limits.in_parts(dict.fromkeys(keys), limits.DELETE)
        for _ in self._each(parts, ask, len(keys) > limits.DELETE):
            pass

    def keys(self, index: str) -> Iterator[str]:
        self._names(index)  # raises at once
        return self._keys(index)

    def nearest(
        self, index: str, vector: NDArray[np.float32], limit: int, where: RowFilter
    ) -> list[tuple[float, Kept]]:
        names = self._names(index)
        count = min(limit, limits.NEAREST)
        if count < 1:
            return []
        single = np.asarray(vector, np.float32).tolist()

        def ask(wanted: dict[str, Any] | None) -> list[tuple[float, Kept]]:
            answer = self._present(
                Traffic("QueryVectors", count),
                lambda client: client.query_vectors(
                    **names,
                    topK=count,
                    queryVector={"float32": single},
                    returnMetadata=True,
                    returnDistance=True,
                    **({"filter": wanted} if wanted else {}),
                ),
                {"vectors": []},
            )
            return [(1.0 - one["distance"], _kept(one)) for one in answer["vectors"]]

        parts = list(filters(where))
        found = [one for some in self._each(parts, ask, len(parts) > 1) for one in some]
        return sorted(found, key=lambda one: (-one[0], one[1].key))[:count]

    def _keys(self, index: str) -> Iterator[str]:
        keys, token = self._page(index)
        if not token:
            yield from keys
            return
        # A long list: its first page is read twice, and all the rest at once.
        segments = [self._segment(index, segment) for segment in range(SEGMENTS)]
        for page in merged(segments, self._stop):
            yield from page

    def _segment(self, index: str, segment: int) -> Iterator[list[str]]:
        part = {"segmentCount": SEGMENTS, "segmentIndex": segment}
        keys, token = self._page(index, **part)
        yield keys
        while token:
            keys, token = self._page(index, **part, nextToken=token)
            yield keys

    def _page(self, index: str, **more: Any) -> tuple[list[str], str]:
        """(keys, the token of the next page or "")."""
        names = self._names(index)
        page = self._present(
            Traffic("ListVectors"),
            lambda client: client.list_vectors(**names, maxResults=limits.LISTED, **more),
            {"vectors": []},
        )
        return [one["key"] for one in page["vectors"]], page.get("nextToken", "")

    def _look(self, index: str) -> Shape | None:
        """What an index is like; None where there is none, or no bucket."""
        names = self._names(index)
        answer = self._present(Traffic("GetIndex"), lambda client: client.get_index(**names), None)
        if answer is None:
            return None
        said = answer["index"]
        hidden = said.get("metadataConfiguration", {}).get("nonFilterableMetadataKeys", [])
        shape = Shape(said["dimension"], said["distanceMetric"], frozenset(hidden))
        with self._lock:
            self._shapes[index] = shape
        return shape

    def _shape(self, index: str) -> Shape:
        with self._lock:
            known = self._shapes.get(index)
        if shape := known or self._look(index):
            return shape
        raise NeedsUser(
            f"There is no index {index} in the vector bucket {self._bucket}. Sync again to make it."
        )

    def _make(self, index: str, shape: Shape) -> Shape:
        """Makes an index, and the bucket where that is missing; what others made meanwhile does."""
        hidden = {"nonFilterableMetadataKeys": sorted(shape.hidden)}

        def make(client: Any) -> None:
            client.create_index(
                **self._names(index),
                dataType="float32",
                dimension=shape.dim,
                distanceMetric=shape.metric,
                **({"metadataConfiguration": hidden} if shape.hidden else {}),
            )

        for begun in range(2):
            try:
                self._ask(Traffic("CreateIndex"), make)
            except ExpectedError as e:
                if _conflicts(e):
                    break
                if begun or not isinstance(e, Absent):
                    raise
                self._make_bucket()
            else:
                break
        return self._look(index) or shape

    def _make_bucket(self) -> None:
        def make(client: Any) -> None:
            client.create_vector_bucket(vectorBucketName=self._bucket)

        try:
            self._ask(Traffic("CreateVectorBucket"), make)
        except ExpectedError as e:
            if not _conflicts(e):  # another machine was first
                raise

    def _names(self, index: str) -> dict[str, str]:
        return {"vectorBucketName": self._bucket, "indexName": limits.checked_index(index)}

    def _each(self, parts: Iterable[A], work: Callable[[A], T], many: bool) -> Iterator[T]:
        return each(parts, work, PARALLEL if many else 1, self._stop)

    def _write(self, index: str, traffic: Traffic, call: Callable[[Any], T]) -> T:
        """As `_ask`, no faster than the index takes it."""
        with self._lock:
            if index not in self._rates:
                per_s = {"requests": limits.REQUESTS_PER_S, "vectors": limits.VECTORS_PER_S}
                self._rates[index] = Rates(per_s, self._stop)
            rates = self._rates[index]
        return self._ask(traffic, call, rates)

    def _present(self, traffic: Traffic, call: Callable[[Any], Any], absent: Any) -> Any:
        """As `_ask`; `absent` where the index or the bucket is not there."""
        try:
            return self._ask(traffic, call)
        except Absent:
            return absent

    def _ask(self, traffic: Traffic, call: Callable[[Any], T], rates: Rates | None = None) -> T:
        """What the service answers; asked again while that helps. Raises as VectorBucket says."""

        def once() -> T:
            if rates:
                rates.wait(requests=1, vectors=traffic.vectors)
            self._before(traffic)
            try:
                answer = self._service.ask(call)
            except Throttled:
                if rates:
                    rates.refused()
                raise
            if rates:
                rates.answered()
            return answer

        return persistent(once, self._stop, PAUSES, _conflicts, self._tries)


def billed_bytes(kept: Kept) -> int:
    """What keeping a vector is billed by."""
    numbers = 0 if kept.vector is None else kept.vector.size
    return 4 * numbers + len(kept.key.encode()) + limits.size_of(kept.metadata)


def _listing(asked: dict[str, Any]) -> Callable[[Any], Any]:
    return lambda client: client.list_indexes(**asked)


def _conflicts(error: ExpectedError) -> bool:
    return code_of(error) == "ConflictException"


def _kept(said: dict[str, Any]) -> Kept:
    return Kept(said["key"], said.get("data"), said.get("metadata", {}))
