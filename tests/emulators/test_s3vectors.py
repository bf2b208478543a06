"""S3 Vectors as documented: buckets, indexes, vectors, pages, filters, permissions, faults."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import boto3
import numpy as np
import pytest
from botocore.exceptions import ClientError

from tests.emulators.s3vectors import S3Vectors
from tests.emulators.samples import refusal

AT = {"vectorBucketName": "shared", "indexName": "photos"}
DIM = 4


@pytest.fixture
def index(vector_client: Any) -> Any:
    """The client, once there is an index of four dimensions whose `words` are not filterable."""
    vector_client.create_vector_bucket(vectorBucketName="shared")
    vector_client.create_index(
        **AT,
        dataType="float32",
        dimension=DIM,
        distanceMetric="cosine",
        metadataConfiguration={"nonFilterableMetadataKeys": ["words"]},
    )
    return vector_client


def vector(key: str, *numbers: float, **metadata: Any) -> dict[str, Any]:
    data = [*numbers, *[0.0] * (DIM - len(numbers))] if numbers else [1.0] * DIM
    return {
        "key": key,
        "data": {"float32": data},
        **({"metadata": metadata} if metadata else {}),
    }


def put(client: Any, *vectors: dict[str, Any]) -> None:
    client.put_vectors(**AT, vectors=list(vectors))


def listed(client: Any, **more: Any) -> Iterator[list[dict[str, Any]]]:
    """Its pages."""
    token: dict[str, str] = {}
    while True:
        answer = client.list_vectors(**AT, **more, **token)
        yield answer["vectors"]
        if "nextToken" not in answer:
            return
        token = {"nextToken": answer["nextToken"]}


def found(client: Any, wanted: Any, **more: Any) -> set[str]:
    answer = client.query_vectors(
        **AT, topK=100, queryVector={"float32": [1.0] * DIM}, filter=wanted, **more
    )
    return {one["key"] for one in answer["vectors"]}


def test_a_bucket_and_its_indexes_come_and_go(vector_client: Any) -> None:
    arn = vector_client.create_vector_bucket(vectorBucketName="shared")["vectorBucketArn"]
    assert arn == "arn:aws:s3vectors:us-east-1:123456789012:bucket/shared"
    shown = vector_client.get_vector_bucket(vectorBucketArn=arn)["vectorBucket"]
    assert shown["vectorBucketName"] == "shared"
    assert shown["creationTime"].year >= 2025
    made = {"dataType": "float32", "dimension": 3, "distanceMetric": "euclidean"}
    index_arn = vector_client.create_index(**AT, **made)["indexArn"]
    found = vector_client.get_index(indexArn=index_arn)["index"]
    assert found.items() >= {**AT, **made, "indexArn": index_arn}.items()
    assert "metadataConfiguration" not in found
    assert refusal(lambda: vector_client.delete_vector_bucket(vectorBucketName="shared"))[:2] == (
        409,
        "ConflictException",
    )
    vector_client.delete_index(**AT)
    assert refusal(lambda: vector_client.get_index(**AT))[:2] == (404, "NotFoundException")
    vector_client.delete_vector_bucket(vectorBucketName="shared")
    assert vector_client.list_vector_buckets()["vectorBuckets"] == []


def test_an_existing_bucket_or_index_is_a_conflict_and_keeps_its_vectors(index: Any) -> None:
    put(index, vector("a"))
    again = {"dataType": "float32", "dimension": DIM, "distanceMetric": "cosine"}
    assert refusal(lambda: index.create_index(**AT, **again))[:2] == (409, "ConflictException")
    told = refusal(lambda: index.create_vector_bucket(vectorBucketName="shared"))
    assert told[:2] == (409, "ConflictException")
    assert list(listed(index)) == [[{"key": "a"}]]


def test_vectors_come_back_as_float32_with_their_metadata(index: Any) -> None:
    noted = {"modality": "image", "taken_s": -5.5, "tags": ["a", "b"], "seen": True, "words": "Ü"}
    put(index, vector("a", 0.1, 1e-30, -3.7, **noted))
    asked = {"returnData": True, "returnMetadata": True}
    (shown,) = index.get_vectors(**AT, keys=["a", "unknown"], **asked)["vectors"]
    assert shown["metadata"] == noted
    assert shown["data"]["float32"] == pytest.approx([0.1, 1e-30, -3.7, 0], rel=1e-6)
    assert np.float32(shown["data"]["float32"][0]) == np.float32(0.1)
    assert next(listed(index, **asked)) == [shown]
    assert index.get_vectors(**AT, keys=["a"])["vectors"] == [{"key": "a"}]


def test_put_replaces_and_delete_forgets(index: Any) -> None:
    put(index, vector("a", words="old"), vector("b"))
    put(index, vector("a", 1.0))
    (a,) = index.get_vectors(**AT, keys=["a"], returnMetadata=True, returnData=True)["vectors"]
    assert a == {"key": "a", "data": {"float32": [1.0, 0.0, 0.0, 0.0]}}
    index.delete_vectors(**AT, keys=["a", "unknown"])
    assert list(listed(index)) == [[{"key": "b"}]]


def test_the_nearest_come_first_with_their_distance(index: Any) -> None:
    put(index, vector("n", 0, 1), vector("ne", 2, 2, hour=3), vector("e", 5))
    answer = index.query_vectors(**AT, topK=2, queryVector={"float32": [3.0, 0, 0, 0]})
    assert answer["vectors"] == [{"key": "e"}, {"key": "ne"}]
    assert answer["distanceMetric"] == "cosine"
    shown = index.query_vectors(
        **AT,
        topK=100,
        queryVector={"float32": [3.0, 0, 0, 0]},
        returnDistance=True,
        returnMetadata=True,
    )["vectors"]
    distances = [one["distance"] for one in shown]
    assert distances == pytest.approx([0, 1 - 2**-0.5, 1], abs=1e-6)
    assert shown[1]["metadata"] == {"hour": 3}


def test_the_distance_may_be_euclidean(vector_client: Any) -> None:
    vector_client.create_vector_bucket(vectorBucketName="shared")
    made = {"dataType": "float32", "dimension": DIM, "distanceMetric": "euclidean"}
    vector_client.create_index(**AT, **made)
    put(vector_client, vector("zero", 0), vector("far", 3))
    shown = vector_client.query_vectors(
        **AT, topK=2, queryVector={"float32": [1.0, 0, 0, 0]}, returnDistance=True
    )["vectors"]
    assert [(one["key"], one["distance"]) for one in shown] == [("zero", 1), ("far", 4)]


@pytest.mark.parametrize("segments", [None, 1, 3, 16])
def test_pages_and_segments_give_each_vector_once(index: Any, segments: int | None) -> None:
    put(index, *(vector(f"k{n}") for n in range(250)))
    parts: list[dict[str, int]] = [{}]
    if segments:
        parts = [{"segmentCount": segments, "segmentIndex": n} for n in range(segments)]
    pages = [list(listed(index, maxResults=40, **part)) for part in parts]
    assert all(len(page) <= 40 for page in itertools.chain(*pages))
    keys = [one["key"] for one in itertools.chain(*itertools.chain(*pages))]
    assert sorted(keys) == sorted(f"k{n}" for n in range(250))
    if segments == 3:
        assert all(len(part) > 1 for part in pages)


def test_a_page_ends_early_at_its_bytes(index: Any, s3vectors: S3Vectors) -> None:
    put(index, *(vector(f"k{n}", words="x" * 30_000) for n in range(100)))
    assert [len(page) for page in listed(index)] == [100]
    sizes = [len(page) for page in listed(index, returnMetadata=True)]
    assert sum(sizes) == 100
    assert max(sizes) == 34  # a little over a megabyte
    s3vectors.conditions = replace(s3vectors.conditions, empty_pages=True)
    assert [len(page) for page in listed(index)] == [100, 0]


def test_a_list_goes_on_where_it_was_while_vectors_change(index: Any) -> None:
    put(index, *(vector(f"k{n}") for n in range(50)))
    pages = listed(index, maxResults=10)
    seen = [one["key"] for one in next(pages)]
    gone = sorted({f"k{n}" for n in range(50)} - set(seen))[:5]
    index.delete_vectors(**AT, keys=[*gone, seen[0]])
    rest = [one["key"] for one in itertools.chain(*pages)]
    assert sorted(seen + rest + gone) == sorted(f"k{n}" for n in range(50))


def test_names_are_listed_by_prefix_in_pages(vector_client: Any) -> None:
    for name in ("aaa", "aab", "bbb", "aac"):
        vector_client.create_vector_bucket(vectorBucketName=name)
    first = vector_client.list_vector_buckets(prefix="aa", maxResults=2)
    rest = vector_client.list_vector_buckets(prefix="aa", nextToken=first["nextToken"])
    names = [one["vectorBucketName"] for one in first["vectorBuckets"] + rest["vectorBuckets"]]
    assert names == ["aaa", "aab", "aac"]
    assert "nextToken" not in rest
    told = refusal(lambda: vector_client.list_vector_buckets(nextToken=first["nextToken"]))
    assert told[:2] == (400, "ValidationException")


FILTERED = [
    ({"genre": "drama"}, "ab"),
    ({"genre": {"$eq": "drama"}}, "ab"),
    ({"genre": {"$ne": "drama"}}, "cde"),
    ({"year": 2000}, "a"),
    ({"year": 2000.0}, "a"),
    ({"year": "2000"}, ""),
    ({"seen": True}, "b"),
    ({"seen": 1}, ""),
    ({"year": {"$gt": 2000}}, "bd"),
    ({"year": {"$gte": 2000, "$lt": 2010}}, "ad"),
    ({"year": {"$lte": 2000}}, "a"),
    ({"genre": {"$in": ["comedy", "drama"]}}, "abc"),
    ({"genre": {"$nin": ["comedy", "drama"]}}, "de"),
    ({"genre": {"$exists": False}}, "e"),
    ({"genre": {"$exists": True}}, "abcd"),
    ({"genre": "war"}, "d"),
    ({"$and": [{"genre": "drama"}, {"year": {"$gt": 2000}}]}, "b"),
    ({"$or": [{"year": 2000}, {"$and": [{"genre": "war"}]}]}, "ad"),
    ({"genre": "drama", "year": 2010}, "b"),
]


@pytest.mark.parametrize(("wanted", "keys"), FILTERED)
def test_filters_choose_vectors(index: Any, wanted: Any, keys: str) -> None:
    put(
        index,
        vector("a", genre="drama", year=2000),
        vector("b", genre="drama", year=2010, seen=True),
        vector("c", genre="comedy", seen=False),
        vector("d", genre=["war", "epic"], year=2005.5),
        vector("e"),
    )
    assert found(index, wanted) == set(keys)


def test_whether_what_is_lacking_differs_can_be_chosen(index: Any, s3vectors: S3Vectors) -> None:
    put(index, vector("a", genre="drama"), vector("b", year=1))
    assert found(index, {"genre": {"$ne": "war"}}) == {"a", "b"}
    s3vectors.conditions = replace(s3vectors.conditions, lacking_differs=False)
    assert found(index, {"genre": {"$ne": "war"}}) == {"a"}


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        [],
        {"a": {}},
        {"a": None},
        {"a": {"$gt": "b"}},
        {"a": {"$gt": True}},
        {"a": {"$in": []}},
        {"a": {"$in": "b"}},
        {"a": {"$in": [None]}},
        {"a": {"$exists": 1}},
        {"a": {"$like": "b"}},
        {"a": {"b": 1}},
        {"$and": []},
        {"$and": {"a": 1}},
        {"$or": [{}]},
        {"$not": {"a": 1}},
        {"words": "x"},
        {"a": ["b"]},
    ],
)
def test_what_is_no_filter_is_refused(index: Any, wanted: Any) -> None:
    put(index, vector("a", a=1))
    assert refusal(lambda: found(index, wanted))[0] == 400


def test_a_query_may_miss_some(index: Any, s3vectors: S3Vectors) -> None:
    put(index, *(vector(f"k{n}") for n in range(100)))
    s3vectors.conditions = replace(s3vectors.conditions, missed=0.2)
    assert 60 < len(found(index, {"x": {"$exists": False}})) < 95


@pytest.mark.parametrize(
    ("denied", "fails"),
    [
        ("QueryVectors", {"plain", "filter", "metadata"}),
        ("GetVectors", {"filter", "metadata", "get", "listed metadata", "listed data"}),
        ("ListVectors", {"list", "listed metadata", "listed data"}),
        ("PutVectors", {"put"}),
    ],
)
def test_reading_metadata_needs_leave_to_get(
    index: Any, s3vectors: S3Vectors, denied: str, fails: set[str]
) -> None:
    put(index, vector("a", year=1))
    asked = {**AT, "topK": 1, "queryVector": {"float32": [1.0] * DIM}}
    calls = {
        "plain": lambda: index.query_vectors(**asked, returnDistance=True),
        "filter": lambda: index.query_vectors(**asked, filter={"year": 1}),
        "metadata": lambda: index.query_vectors(**asked, returnMetadata=True),
        "get": lambda: index.get_vectors(**AT, keys=["a"]),
        "list": lambda: index.list_vectors(**AT),
        "listed metadata": lambda: index.list_vectors(**AT, returnMetadata=True),
        "listed data": lambda: index.list_vectors(**AT, returnData=True),
        "put": lambda: put(index, vector("b")),
    }
    s3vectors.conditions = replace(s3vectors.conditions, denied_operations=frozenset({denied}))
    for name, call in calls.items():
        if name in fails:
            status, code, message = refusal(call)
            assert (status, code) == (403, "AccessDeniedException")
            assert f"s3vectors:{denied}" in message
        else:
            call()


def test_writes_are_paced_by_requests_and_by_vectors(index: Any, s3vectors: S3Vectors) -> None:
    s3vectors.conditions = replace(s3vectors.conditions, speed=0.01)  # 10 requests, 25 vectors
    put(index, *(vector(f"k{n}") for n in range(20)))
    told = refusal(lambda: put(index, *(vector(f"k{n}") for n in range(20))))
    assert told[:2] == (429, "TooManyRequestsException")
    put(index, vector("one"))
    refused = [_refused(lambda: index.delete_vectors(**AT, keys=["x"])) for _ in range(20)]
    assert 5 < sum(refused) < 20
    s3vectors.conditions = replace(s3vectors.conditions, speed=None)
    assert not any(_refused(lambda: index.delete_vectors(**AT, keys=["x"])) for _ in range(20))


def _refused(call: Any) -> bool:
    try:
        call()
    except ClientError as e:
        return e.response["Error"]["Code"] == "TooManyRequestsException"
    return False


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("TooManyRequestsException", 429),
        ("InternalServerException", 500),
        ("ServiceUnavailableException", 503),
        ("RequestTimeoutException", 408),
        ("ServiceQuotaExceededException", 402),
        ("ExpiredTokenException", 403),
        *((f"Kms{what}Exception", 400) for what in ("Disabled", "InvalidState", "NotFound")),
        ("KmsInvalidKeyUsageException", 400),
    ],
)
def test_what_is_armed_strikes_and_leaves_nothing(
    index: Any, s3vectors: S3Vectors, kind: str, status: int
) -> None:
    s3vectors.faults.add(kind, ["PutVectors"], times=1)
    assert refusal(lambda: put(index, vector("a")))[:2] == (status, kind)
    assert list(listed(index)) == [[]]
    put(index, vector("a"))
    assert s3vectors.log.codes("PutVectors") == {kind: 1, "": 1}


@pytest.mark.parametrize(("kind", "kept"), [("reset_before", 0), ("reset_after", 1), ("cut", 1)])
def test_a_connection_breaks_before_or_after_the_work(
    index: Any, s3vectors: S3Vectors, kind: str, kept: int
) -> None:
    s3vectors.faults.add(kind, ["PutVectors"])
    with pytest.raises(Exception, match=r"Connection|closed|broken|Read"):
        put(index, vector("a"))
    assert len(s3vectors.vectors("shared", "photos")) == kept


def test_keys_that_are_over_or_unknown_are_refused(index: Any, s3vectors: S3Vectors) -> None:
    s3vectors.conditions = replace(s3vectors.conditions, keys={"testing": "expired"})
    assert refusal(lambda: put(index, vector("a")))[:2] == (403, "ExpiredTokenException")


@pytest.mark.usefixtures("index")
def test_regions_know_nothing_of_each_other(s3vectors: S3Vectors) -> None:
    other = boto3.client("s3vectors", region_name="eu-west-1", endpoint_url=s3vectors.url)
    assert other.list_vector_buckets()["vectorBuckets"] == []
    assert s3vectors.indexes("shared") == {"photos": 0}
    assert s3vectors.indexes("shared", "eu-west-1") is None
    other.close()
