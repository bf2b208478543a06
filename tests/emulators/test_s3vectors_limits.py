"""Every documented limit of S3 Vectors, from both sides."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import boto3
import pytest

from tests.emulators.s3vectors import S3Vectors
from tests.emulators.samples import refusal
from tests.emulators.vector_conditions import PAYLOAD_BYTES

AT = {"vectorBucketName": "shared", "indexName": "photos"}
MADE = {"dataType": "float32", "dimension": 2, "distanceMetric": "cosine"}
INVALID = (400, "ValidationException")


@pytest.fixture
def index(vector_client: Any) -> Any:
    vector_client.create_vector_bucket(vectorBucketName="shared")
    hidden = {"nonFilterableMetadataKeys": ["words"]}
    vector_client.create_index(**AT, **MADE, metadataConfiguration=hidden)
    return vector_client


def vector(key: str, metadata: Any = None, data: Any = (1.0, 2.0)) -> dict[str, Any]:
    found = {"key": key, "data": {"float32": list(data)}}
    return found if metadata is None else {**found, "metadata": metadata}


def put(client: Any, *vectors: dict[str, Any]) -> None:
    client.put_vectors(**AT, vectors=list(vectors))


def invalid(call: Callable[[], object], says: str = "") -> None:
    status, code, message = refusal(call)
    assert (status, code) == INVALID
    assert says in message


@pytest.mark.parametrize("name", ["abc", "a" * 63, "a.b-c", "0a0"])
def test_names_that_are_taken(index: Any, name: str) -> None:
    index.create_vector_bucket(vectorBucketName=name)
    index.create_index(vectorBucketName=name, indexName=name, **MADE)


@pytest.mark.parametrize("name", ["ab", "a" * 64, "Abc", "a_b", "-ab", "ab-", ".ab", "a b", ""])
def test_names_that_are_not(index: Any, name: str) -> None:
    invalid(lambda: index.create_vector_bucket(vectorBucketName=name))
    invalid(lambda: index.create_index(vectorBucketName="shared", indexName=name, **MADE))


@pytest.mark.parametrize("dimension", [1, 4096])
@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
def test_dimensions_and_metrics_that_are_taken(index: Any, dimension: int, metric: str) -> None:
    made = {"dataType": "float32", "dimension": dimension, "distanceMetric": metric}
    index.create_index(vectorBucketName="shared", indexName="other", **made)


@pytest.mark.parametrize(
    "made",
    [
        {**MADE, "dimension": 0},
        {**MADE, "dimension": 4097},
        {**MADE, "distanceMetric": "dot"},
        {**MADE, "dataType": "float16"},
        {name: value for name, value in MADE.items() if name != "dimension"},
    ],
)
def test_dimensions_and_metrics_that_are_not(index: Any, made: dict[str, Any]) -> None:
    at = {"vectorBucketName": "shared", "indexName": "other"}
    invalid(lambda: index.create_index(**at, **made))


@pytest.mark.parametrize(
    ("hidden", "taken"),
    [
        (["a" * 63], True),
        ([f"k{n}" for n in range(10)], True),
        ([f"k{n}" for n in range(11)], False),
        (["a" * 64], False),
        ([""], False),
        ([], False),
        (["a", "a"], False),
    ],
)
def test_what_may_be_unfiltered(index: Any, hidden: list[str], taken: bool) -> None:
    def make() -> None:
        index.create_index(
            vectorBucketName="shared",
            indexName="other",
            **MADE,
            metadataConfiguration={"nonFilterableMetadataKeys": hidden},
        )

    if taken:
        make()
    else:
        invalid(make)


def test_quotas_of_buckets_indexes_and_vectors(index: Any, s3vectors: S3Vectors) -> None:
    s3vectors.conditions = replace(s3vectors.conditions, buckets=2, indexes=2, vectors=3)
    calls: list[Callable[[str], object]] = [
        lambda name: index.create_vector_bucket(vectorBucketName=name),
        lambda name: index.create_index(vectorBucketName="shared", indexName=name, **MADE),
    ]
    for call in calls:
        call("second")
        assert refusal(lambda call=call: call("third"))[:2] == (  # type: ignore[misc]
            402,
            "ServiceQuotaExceededException",
        )
    put(index, vector("a"), vector("b"), vector("c"))
    put(index, vector("c"))
    told = refusal(lambda: put(index, vector("c"), vector("d")))
    assert told[:2] == (402, "ServiceQuotaExceededException")


def test_keys_have_1_to_1024_characters(index: Any) -> None:
    put(index, vector("k"), vector("ü" * 1024))
    index.get_vectors(**AT, keys=["ü" * 1024])
    for key in ("", "k" * 1025):
        invalid(lambda key=key: put(index, vector(key)))  # type: ignore[misc]
        invalid(lambda key=key: index.get_vectors(**AT, keys=[key]))  # type: ignore[misc]
        invalid(lambda key=key: index.delete_vectors(**AT, keys=[key]))  # type: ignore[misc]


def test_vectors_of_one_call(index: Any) -> None:
    put(index, *(vector(f"k{n}") for n in range(500)))
    invalid(lambda: put(index, *(vector(f"k{n}") for n in range(501))))
    invalid(lambda: put(index))
    keys = [f"k{n}" for n in range(501)]
    assert len(index.get_vectors(**AT, keys=keys[:100])["vectors"]) == 100
    invalid(lambda: index.get_vectors(**AT, keys=keys[:101]))
    invalid(lambda: index.get_vectors(**AT, keys=[]))
    index.delete_vectors(**AT, keys=keys[:500])
    invalid(lambda: index.delete_vectors(**AT, keys=keys))
    invalid(lambda: index.delete_vectors(**AT, keys=[]))
    invalid(lambda: put(index, vector("twice"), vector("twice")))


@pytest.mark.parametrize(
    "data",
    [(1.0,), (1.0, 2.0, 3.0), (0.0, 0.0), (1e39, 1.0), (1e-50, 0.0), (True, False)],
)
def test_what_is_no_vector(index: Any, data: Any) -> None:
    assert refusal(lambda: put(index, vector("a", data=data)))[0] == 400
    asked = {**AT, "topK": 1, "queryVector": {"float32": list(data)}}
    assert refusal(lambda: index.query_vectors(**asked))[0] == 400


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_what_is_no_number_is_no_json(index: Any, wrong: float) -> None:
    told = refusal(lambda: put(index, vector("a", data=(wrong, 1.0))))
    assert told[:2] == (400, "SerializationException")


def test_a_vector_of_the_wrong_length_is_told_its_key(index: Any) -> None:
    said = "Invalid record for key 'b': vector must have length 2, but has length 1"
    invalid(lambda: put(index, vector("a"), vector("b", data=[1.0])), said)
    assert index.list_vectors(**AT)["vectors"] == []  # all or nothing


def test_how_many_a_query_finds(index: Any, s3vectors: S3Vectors) -> None:
    asked = {**AT, "queryVector": {"float32": [1.0, 0.0]}}
    index.query_vectors(**asked, topK=1)
    index.query_vectors(**asked, topK=100)
    for count in (0, 101):
        invalid(lambda count=count: index.query_vectors(**asked, topK=count))  # type: ignore[misc]
    s3vectors.conditions = replace(s3vectors.conditions, top_k=10_000)
    index.query_vectors(**asked, topK=10_000)


def filled(name: str, size: int) -> dict[str, str]:
    """Metadata of so many bytes as JSON."""
    return {name: "x" * (size - len(json.dumps({name: ""}, separators=(",", ":"))))}


def test_metadata_of_2_and_40_kilobytes(index: Any) -> None:
    put(index, vector("a", filled("shown", 2048)), vector("b", filled("words", 40 << 10)))
    said = "Invalid record for key 'a': Filterable metadata must have at most 2048 bytes"
    invalid(lambda: put(index, vector("a", filled("shown", 2049))), said)
    said = "Invalid record for key 'a': Metadata must have at most 40960 bytes"
    invalid(lambda: put(index, vector("a", filled("words", (40 << 10) + 1))), said)


def test_metadata_of_50_keys(index: Any) -> None:
    put(index, vector("a", {f"k{n}": n for n in range(50)}))
    said = "Invalid record for key 'a': Metadata object must have at most 50 keys"
    invalid(lambda: put(index, vector("a", {f"k{n}": n for n in range(51)})), said)


@pytest.mark.parametrize(
    "metadata",
    [{"a": None}, {"a": {"b": 1}}, {"a": [None]}, {"a": [[1]]}, {"": 1}, {"k" * 64: 1}, {"$a": 1}],
)
def test_metadata_that_is_none(index: Any, metadata: Any) -> None:
    invalid(lambda: put(index, vector("a", metadata)), "Invalid record for key 'a'")


def test_a_request_of_20_mebibytes(index: Any) -> None:
    # Written as six characters each, and counted as two bytes.
    vectors = [vector(f"k{n}", {"words": "ü" * 7_000 + "x" * 900}) for n in range(475)]
    left = PAYLOAD_BYTES - len(json.dumps({**AT, "vectors": vectors}))
    each, rest = divmod(left, len(vectors))
    for one in vectors:
        one["metadata"]["words"] += "x" * each
    vectors[0]["metadata"]["words"] += "x" * rest
    put(index, *vectors)
    vectors[0]["metadata"]["words"] += "x"
    invalid(lambda: put(index, *vectors), "The request must have at most 20971520 bytes")


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ({"maxResults": 1}, True),
        ({"maxResults": 1000}, True),
        ({"maxResults": 0}, False),
        ({"maxResults": 1001}, False),
        ({"segmentCount": 1, "segmentIndex": 0}, True),
        ({"segmentCount": 16, "segmentIndex": 15}, True),
        ({"segmentCount": 16, "segmentIndex": 16}, False),
        ({"segmentCount": 17, "segmentIndex": 0}, False),
        ({"segmentCount": 0, "segmentIndex": 0}, False),
        ({"segmentCount": 4, "segmentIndex": 4}, False),
        ({"segmentCount": 4}, False),
        ({"segmentIndex": 0}, False),
        ({"nextToken": "made up"}, False),
        ({"nextToken": ""}, False),
        ({"nextToken": "x" * 2049}, False),
    ],
)
def test_what_a_list_may_be_asked(index: Any, asked: dict[str, Any], taken: bool) -> None:
    if taken:
        index.list_vectors(**AT, **asked)
    else:
        invalid(lambda: index.list_vectors(**AT, **asked))


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ({"maxResults": 1, "prefix": "p"}, True),
        ({"maxResults": 500, "prefix": "p" * 63}, True),
        ({"maxResults": 0}, False),
        ({"maxResults": 501}, False),
        ({"prefix": ""}, False),
        ({"prefix": "p" * 64}, False),
        ({"nextToken": "x" * 513}, False),
    ],
)
def test_what_lists_of_names_may_be_asked(index: Any, asked: dict[str, Any], taken: bool) -> None:
    for call in (
        index.list_vector_buckets,
        lambda **more: index.list_indexes(vectorBucketName="shared", **more),
    ):
        if taken:
            call(**asked)
        else:
            invalid(lambda call=call: call(**asked))  # type: ignore[misc]


def test_a_token_belongs_to_its_list(index: Any) -> None:
    put(index, *(vector(f"k{n}") for n in range(50)))
    segment = {"segmentCount": 2, "segmentIndex": 0}
    token = index.list_vectors(**AT, **segment, maxResults=1)["nextToken"]
    index.list_vectors(**AT, **segment, nextToken=token)
    invalid(lambda: index.list_vectors(**AT, nextToken=token))
    invalid(lambda: index.list_vectors(**AT, segmentCount=2, segmentIndex=1, nextToken=token))


@pytest.mark.parametrize(
    "at",
    [
        {},
        {"vectorBucketName": "shared"},
        {"indexName": "photos"},
        {**AT, "indexArn": "arn:aws:s3vectors:us-east-1:123456789012:bucket/shared/index/photos"},
        {"indexArn": "photos"},
    ],
)
def test_an_index_is_named_in_one_way(index: Any, at: dict[str, str]) -> None:
    invalid(lambda: index.list_vectors(**at))


def test_a_key_to_encrypt_with_is_given_with_kms_alone(index: Any) -> None:
    arn = "arn:aws:kms:us-east-1:123456789012:key/abc"
    given = {"sseType": "aws:kms", "kmsKeyArn": arn}
    index.create_vector_bucket(vectorBucketName="kms", encryptionConfiguration=given)
    shown = index.get_vector_bucket(vectorBucketName="kms")["vectorBucket"]
    assert shown["encryptionConfiguration"] == given
    for wrong in ({"sseType": "aws:kms"}, {"kmsKeyArn": arn}, {**given, "kmsKeyArn": "abc"}):
        invalid(
            lambda wrong=wrong: index.create_vector_bucket(  # type: ignore[misc]
                vectorBucketName="other", encryptionConfiguration=wrong
            )
        )


def test_what_is_refused_is_told_by_field(index: Any) -> None:
    with pytest.raises(index.exceptions.ValidationException) as caught:
        index.create_index(vectorBucketName="shared", indexName="other", **{**MADE, "dimension": 0})
    (field,) = caught.value.response["fieldList"]
    assert field["path"] == "dimension"
    assert "greater than or equal to 1" in field["message"]


def test_what_the_service_does_not_know_is_refused(s3vectors: S3Vectors) -> None:
    """botocore would not send it; a body that is written without botocore might."""

    def change(params: dict[str, Any], **_: Any) -> None:
        params["body"] = json.dumps({**AT, "keys": ["a"], "returnEverything": True}).encode()

    client = boto3.client("s3vectors", endpoint_url=s3vectors.url)
    client.meta.events.register("before-call.s3vectors.GetVectors", change)
    invalid(lambda: client.get_vectors(**AT, keys=["a"]), "returnEverything is not a member")
    client.close()
