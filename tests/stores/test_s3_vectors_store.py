"""The store in Amazon S3 Vectors keeps the contract of vectors, and what is its own."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from nova_desktop.aws.errors import Account
from nova_desktop.errors import NeedsUser
from nova_desktop.stores.s3_vectors import S3VectorBucket
from nova_desktop.stores.s3_vectors_store import S3VectorsStore
from tests.contracts.store import ANY, EAST, SPACE, VectorStoreContract, contents_of, row
from tests.emulators.s3vectors import S3Vectors


@pytest.fixture
def store(s3vectors: S3Vectors, shared_bucket: S3VectorBucket) -> S3VectorsStore:
    s3vectors.conditions = replace(s3vectors.conditions, speed=None)
    return S3VectorsStore(shared_bucket, "nova")


class TestS3VectorsStore(VectorStoreContract):
    pass


def test_another_machine_finds_the_rows(store: S3VectorsStore) -> None:
    store.put(SPACE, [row("a", 0, "words"), row("a", 1)])
    other = S3VectorsStore(S3VectorBucket(Account(), "shared", threading.Event()), "nova")
    assert other.contents(SPACE) == {"a"}
    assert [one.words for one in other.rows(SPACE, "a", 9)] == ["words", ""]
    other.put(SPACE, [row("a", 1), row("b")])
    assert contents_of(store.nearest(SPACE, EAST, 9, ANY)) == ["a", "b"]
    assert store.count(SPACE) == 2
    store.maintain(stopped=True)
    store.forget(["b"])
    assert other.count(SPACE) == 1


def test_keys_and_what_is_noted_hold_no_path(store: S3VectorsStore, s3vectors: S3Vectors) -> None:
    store.put(SPACE, [row("c0ffee", 3, "words")])
    (name,) = s3vectors.indexes("shared") or ()
    assert name.startswith("nova.test-plain-64.")
    (held,) = s3vectors.vectors("shared", name).values()
    assert held["key"] == "c0ffee:3"
    assert held["metadata"].keys() == {
        "content",
        "number",
        "modality",
        "source",
        "taken_s",
        "words",
    }


def test_at_most_a_hundred_are_found_at_once(store: S3VectorsStore) -> None:
    store.put(SPACE, [row(f"c{n}") for n in range(120)])
    assert len(store.nearest(SPACE, EAST, 1000, ANY)) == 100
    assert store.count(SPACE) == 120


def test_long_words_are_cut_and_the_row_is_kept(store: S3VectorsStore) -> None:
    store.put(SPACE, [row("a", 0, "ü" * 50_000)])
    (kept,) = store.rows(SPACE, "a", 1)
    assert kept.words == "ü" * 8_000


def test_without_leave_to_get_vectors_it_says_which(
    store: S3VectorsStore, s3vectors: S3Vectors
) -> None:
    store.put(SPACE, [row("a")])
    s3vectors.conditions = replace(
        s3vectors.conditions, denied_operations=frozenset({"GetVectors"})
    )
    with pytest.raises(NeedsUser, match="allow them s3vectors:GetVectors too"):
        store.nearest(SPACE, EAST, 1, ANY)
