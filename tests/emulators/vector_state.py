"""Vector buckets and indexes, and what the thirteen operations do to them."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.conditions import ACCOUNT
from tests.emulators.errors import Refused, invalid
from tests.emulators.vector_conditions import VectorConditions
from tests.emulators.vector_filter import compiled
from tests.emulators.vector_index import Index, size_of
from tests.emulators.vector_pace import VectorPace

NAME = re.compile(r"[a-z0-9][a-z0-9-.]{1,61}[a-z0-9]")  # from the patterns of ARNs
LISTED, SHOWN = 500, 500  # vectors, and names, of a page when nobody says how many
NO_BUCKET = "The specified vector bucket could not be found"
NO_INDEX = "The specified index could not be found"


@dataclass
class Bucket:
    name: str
    arn: str
    encryption: dict[str, str]
    created_s: float = field(default_factory=time.time)
    indexes: dict[str, Index] = field(default_factory=dict)


class State:
    """Of one region. Used under the emulator's lock, but for what `prepared` does."""

    def __init__(self, region: str, pace: VectorPace) -> None:
        self._region, self._pace = region, pace
        self.buckets: dict[str, Bucket] = {}

    def call(self, name: str, params: Mapping[str, Any], now: VectorConditions) -> dict[str, Any]:
        act: Callable[[Mapping[str, Any], VectorConditions], dict[str, Any]]
        act = getattr(self, f"_{re.sub('(?<!^)(?=[A-Z])', '_', name).lower()}")
        return act(params, now)

    def _create_vector_bucket(
        self, params: Mapping[str, Any], now: VectorConditions
    ) -> dict[str, Any]:
        name = _name(params["vectorBucketName"], "vectorBucketName")
        if name in self.buckets:
            raise Refused(
                "ConflictException", "A vector bucket with the specified name already exists"
            )
        if len(self.buckets) >= now.buckets:
            raise Refused("ServiceQuotaExceededException", "There are too many vector buckets")
        arn = f"arn:aws:s3vectors:{self._region}:{ACCOUNT}:bucket/{name}"
        self.buckets[name] = Bucket(name, arn, _encryption(params))
        return {"vectorBucketArn": arn}

    def _get_vector_bucket(self, params: Mapping[str, Any], _: VectorConditions) -> dict[str, Any]:
        bucket = self._bucket(params)
        return {"vectorBucket": {**_shown(bucket), "encryptionConfiguration": bucket.encryption}}

    def _list_vector_buckets(
        self, params: Mapping[str, Any], _: VectorConditions
    ) -> dict[str, Any]:
        names = [name for name in self.buckets if name.startswith(params.get("prefix", ""))]
        page, token = _page(sorted(names), params)
        return {"vectorBuckets": [_shown(self.buckets[name]) for name in page], **token}

    def _delete_vector_bucket(
        self, params: Mapping[str, Any], _: VectorConditions
    ) -> dict[str, Any]:
        bucket = self._bucket(params)
        if bucket.indexes:
            raise Refused("ConflictException", "The specified vector bucket is not empty")
        del self.buckets[bucket.name]
        return {}

    def _create_index(self, params: Mapping[str, Any], now: VectorConditions) -> dict[str, Any]:
        bucket = self._bucket(params)
        name = _name(params["indexName"], "indexName")
        if name in bucket.indexes:
            raise Refused("ConflictException", "An index with the specified name already exists")
        if len(bucket.indexes) >= now.indexes:
            raise Refused("ServiceQuotaExceededException", "There are too many indexes")
        hidden = params.get("metadataConfiguration", {}).get("nonFilterableMetadataKeys", [])
        if len(set(hidden)) < len(hidden):
            raise invalid("nonFilterableMetadataKeys must be different")
        given = _encryption(params) if "encryptionConfiguration" in params else bucket.encryption
        bucket.indexes[name] = index = Index(
            bucket.name,
            name,
            f"{bucket.arn}/index/{name}",
            params["dimension"],
            params["distanceMetric"],
            tuple(hidden),
            given,
        )
        return {"indexArn": index.arn}

    def _get_index(self, params: Mapping[str, Any], _: VectorConditions) -> dict[str, Any]:
        index = self.index(params)
        shown = {
            **_summary(index),
            "dataType": "float32",
            "dimension": index.dimension,
            "distanceMetric": index.metric,
            "encryptionConfiguration": index.encryption,
        }
        if index.hidden:
            shown["metadataConfiguration"] = {"nonFilterableMetadataKeys": list(index.hidden)}
        return {"index": shown}

    def _list_indexes(self, params: Mapping[str, Any], _: VectorConditions) -> dict[str, Any]:
        bucket = self._bucket(params)
        names = [name for name in bucket.indexes if name.startswith(params.get("prefix", ""))]
        page, token = _page(sorted(names), params)
        return {"indexes": [_summary(bucket.indexes[name]) for name in page], **token}

    def _delete_index(self, params: Mapping[str, Any], _: VectorConditions) -> dict[str, Any]:
        index = self.index(params)
        del self.buckets[index.bucket].indexes[index.name]
        return {}

    def _put_vectors(self, params: Mapping[str, Any], now: VectorConditions) -> dict[str, Any]:
        """`params["vectors"]` are Entries here: they were checked before the lock was taken."""
        index = self.index(params)
        self._pace.admit(index.arn, len(params["vectors"]), now.speed)
        index.put(params["vectors"], now.vectors)
        return {}

    def _delete_vectors(self, params: Mapping[str, Any], now: VectorConditions) -> dict[str, Any]:
        index = self.index(params)
        self._pace.admit(index.arn, len(params["keys"]), now.speed)
        index.delete(params["keys"])
        return {}

    def _get_vectors(self, params: Mapping[str, Any], _: VectorConditions) -> dict[str, Any]:
        """Keys that are not there are left out; the order is nobody's."""
        index = self.index(params)
        data, metadata = params.get("returnData", False), params.get("returnMetadata", False)
        found = (index.get(key, data, metadata) for key in dict.fromkeys(reversed(params["keys"])))
        return {"vectors": [one for one in found if one is not None]}

    def _list_vectors(self, params: Mapping[str, Any], now: VectorConditions) -> dict[str, Any]:
        index = self.index(params)
        count, segment = params.get("segmentCount"), params.get("segmentIndex")
        if (count is None) != (segment is None):
            raise invalid("segmentCount and segmentIndex must be given together")
        count, segment = count or 1, segment or 0
        if segment >= count:
            raise invalid("segmentIndex must be less than segmentCount")
        scope = [index.arn, index.created_s, count, segment]
        after = _after(params.get("nextToken"), scope)
        most = params.get("maxResults", LISTED)
        data, metadata = params.get("returnData", False), params.get("returnMetadata", False)
        page: list[dict[str, Any]] = []
        size, last, more = 0, after, False
        for place, key in index.following(after, segment, count):
            if len(page) >= most or size > now.page_bytes:
                more = True
                break
            shown = index.get(key, data, metadata)
            assert shown is not None
            page.append(shown)
            last = place
            size += len(key.encode()) + (4 * index.dimension if data else 0)
            size += size_of(shown["metadata"]) if "metadata" in shown else 0
        if more or (now.empty_pages and page):
            return {"vectors": page, "nextToken": _token([*scope, last])}
        return {"vectors": page}

    def _query_vectors(self, params: Mapping[str, Any], now: VectorConditions) -> dict[str, Any]:
        index = self.index(params)
        if params["topK"] > now.top_k:
            raise invalid(f"topK must be between 1 and {now.top_k}")
        if "nextToken" in params:
            raise invalid("Invalid nextToken")
        vector = index.vector_of(params["queryVector"], "Invalid query vector")
        test = None
        if "filter" in params:
            test = compiled(params["filter"], index.hidden, now.lacking_differs)
        vectors = []
        for key, distance in index.nearest(vector, params["topK"], test, now.missed):
            one: dict[str, Any] = {"key": key}
            if params.get("returnDistance", False):
                one["distance"] = distance
            if params.get("returnMetadata", False) and index.metadata[key] is not None:
                one["metadata"] = index.metadata[key]
            vectors.append(one)
        return {"vectors": vectors, "distanceMetric": index.metric}

    def index(self, params: Mapping[str, Any]) -> Index:
        named = "vectorBucketName" in params and "indexName" in params
        if named == ("indexArn" in params) or (not named and params.keys() & _NAMES):
            raise invalid("Specify either vectorBucketName and indexName, or indexArn")
        if named:
            bucket, name = params["vectorBucketName"], params["indexName"]
        else:
            bucket, _, name = self._local(params["indexArn"]).partition("/index/")
        if bucket not in self.buckets:
            raise Refused("NotFoundException", NO_BUCKET)
        if name not in self.buckets[bucket].indexes:
            raise Refused("NotFoundException", NO_INDEX)
        return self.buckets[bucket].indexes[name]

    def _bucket(self, params: Mapping[str, Any]) -> Bucket:
        if ("vectorBucketName" in params) == ("vectorBucketArn" in params):
            raise invalid("Specify either vectorBucketName or vectorBucketArn")
        name = params.get("vectorBucketName") or self._local(params["vectorBucketArn"])
        if name not in self.buckets:
            raise Refused("NotFoundException", NO_BUCKET)
        return self.buckets[name]

    def _local(self, arn: str) -> str:
        """What an ARN names here."""
        begin = f"arn:aws:s3vectors:{self._region}:{ACCOUNT}:bucket/"
        if not arn.startswith(begin):
            raise Refused("NotFoundException", NO_BUCKET)
        return arn.removeprefix(begin)


_NAMES = {"vectorBucketName", "indexName"}


def _name(name: str, path: str) -> str:
    if not NAME.fullmatch(name):
        message = f"'{name}' is not a name: lower-case letters, digits, hyphens and dots"
        raise Refused("ValidationException", message, [(path, message)])
    return name


def _encryption(params: Mapping[str, Any]) -> dict[str, str]:
    given = params.get("encryptionConfiguration", {})
    kind = given.get("sseType", "AES256")
    if (kind == "aws:kms") != ("kmsKeyArn" in given):
        raise invalid("kmsKeyArn must be given with aws:kms, and with nothing else")
    return {"sseType": kind, **({"kmsKeyArn": given["kmsKeyArn"]} if kind == "aws:kms" else {})}


def _shown(bucket: Bucket) -> dict[str, Any]:
    return {
        "vectorBucketName": bucket.name,
        "vectorBucketArn": bucket.arn,
        "creationTime": bucket.created_s,
    }


def _summary(index: Index) -> dict[str, Any]:
    return {
        "vectorBucketName": index.bucket,
        "indexName": index.name,
        "indexArn": index.arn,
        "creationTime": index.created_s,
    }


def _page(names: Sequence[str], params: Mapping[str, Any]) -> tuple[list[str], dict[str, str]]:
    """Those after the token's, and the token of the next page."""
    scope = [params.get("prefix", "")]
    after = _after(params.get("nextToken"), scope) if "nextToken" in params else ""
    rest = [name for name in names if name > after]
    page = rest[: params.get("maxResults", SHOWN)]
    return page, {"nextToken": _token([*scope, page[-1]])} if len(page) < len(rest) else {}


def _token(parts: Sequence[Any]) -> str:
    return base64.b64encode(json.dumps(parts).encode()).decode()


def _after(token: str | None, scope: Sequence[Any]) -> Any:
    """Where a token goes on; -1 without one. Raises Refused for a token of another list."""
    if token is None:
        return -1
    try:
        *found, after = json.loads(base64.b64decode(token, validate=True))
    except ValueError as e:
        raise invalid("Invalid nextToken") from e
    if found != list(scope):
        raise invalid("Invalid nextToken")
    return after
