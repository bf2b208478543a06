"""A bucket of Amazon S3 Vectors: within each limit and rate, through each fault, with a remedy."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from nova_desktop.aws.errors import Account
from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, Stopped, TryLater
from nova_desktop.model import RowFilter
from nova_desktop.ports import Kept
from nova_desktop.stores import s3_vectors
from nova_desktop.stores.s3_vectors import S3VectorBucket, Traffic
from tests.contracts.vector_bucket import ANY, DIM, ONES, VectorBucketContract, kept, many
from tests.emulators.s3vectors import S3Vectors


@pytest.fixture
def bucket(
    s3vectors: S3Vectors, shared_bucket: S3VectorBucket, monkeypatch: pytest.MonkeyPatch
) -> S3VectorBucket:
    """With an index, “photos”, whose `words` are not filtered by; it does not pause for long."""
    monkeypatch.setattr(s3_vectors, "PAUSES", s3_vectors.Pauses(0.01, 0.05))
    s3vectors.conditions = replace(s3vectors.conditions, speed=None)
    shared_bucket.create("photos", DIM, ["words"])
    return shared_bucket


class TestS3VectorBucket(VectorBucketContract):
    @pytest.fixture
    def bucket(self, shared_bucket: S3VectorBucket) -> S3VectorBucket:
        return shared_bucket


def under_way() -> list[threading.Thread]:
    """Calls that nobody waits for any more."""
    return [thread for thread in threading.enumerate() if thread.name == "call"]


def test_what_is_missing_is_made_once_and_for_all(s3vectors: S3Vectors) -> None:
    bucket = S3VectorBucket(Account(), "shared", threading.Event())
    assert bucket.indexes("") == list(bucket.keys("photos")) == bucket.get("photos", ["a"]) == []
    assert bucket.nearest("photos", ONES, 5, ANY) == []
    bucket.delete("photos", ["a"])
    for _ in range(2):
        bucket.create("photos", DIM, ["words", "card"])
    bucket.create("other", 3)
    assert bucket.indexes("") == ["other", "photos"]
    assert bucket.indexes("pho") == ["photos"]
    assert s3vectors.log.codes("CreateIndex") == {"NotFoundException": 1, "": 2}
    assert bucket.place == "s3vectors://shared, us-east-1"
    with pytest.raises(NeedsUser, match="was made by another program"):
        bucket.create("photos", DIM + 1, ["words"])
    with pytest.raises(NeedsUser, match="was made by another program"):
        bucket.create("other", 3, ["words"])


def test_two_machines_make_the_same_index_at_once(s3vectors: S3Vectors) -> None:
    buckets = [S3VectorBucket(Account(), "shared", threading.Event()) for _ in range(4)]
    threads = [threading.Thread(target=b.create, args=("photos", DIM)) for b in buckets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert s3vectors.indexes("shared") == {"photos": 0}
    for number, one in enumerate(buckets):
        one.put("photos", [kept(f"k{number}")])
    assert s3vectors.indexes("shared") == {"photos": 4}


def test_nothing_is_left_of_what_is_dropped(bucket: S3VectorBucket, s3vectors: S3Vectors) -> None:
    bucket.put("photos", many(10))
    with pytest.raises(NeedsUser, match="not empty"):
        bucket.drop_bucket()
    for _ in range(2):
        bucket.drop("photos")
        bucket.drop_bucket()
    assert s3vectors.indexes("shared") is None
    with pytest.raises(NeedsUser, match="Sync again"):
        bucket.put("photos", many(1))
    bucket.create("photos", DIM)
    bucket.put("photos", many(1))


def test_any_number_is_put_got_listed_and_deleted(
    bucket: S3VectorBucket, s3vectors: S3Vectors
) -> None:
    everything = many(2101, modality="image", words="ü")
    bucket.put("photos", everything)
    assert sorted(bucket.keys("photos")) == [one.key for one in everything]
    found = bucket.get("photos", [*(one.key for one in everything), "unknown"])
    assert len(found) == 2101
    assert found[0].metadata == {"modality": "image", "words": "ü"}
    assert found[0].vector is not None
    assert (found[0].vector == ONES).all()
    assert bucket.get("photos", ["k00001"], vectors=False) == [
        Kept("k00001", None, {"modality": "image", "words": "ü"})
    ]
    bucket.delete("photos", [one.key for one in everything[:2000]])
    assert sorted(bucket.keys("photos")) == [one.key for one in everything[2000:]]
    for operation, calls in [("PutVectors", 5), ("GetVectors", 23), ("DeleteVectors", 4)]:
        assert s3vectors.log.codes(operation) == {"": calls}


def test_a_short_list_is_one_call(bucket: S3VectorBucket, s3vectors: S3Vectors) -> None:
    bucket.put("photos", many(1000))
    assert len(list(bucket.keys("photos"))) == 1000
    assert s3vectors.log.codes("ListVectors") == {"": 1}


def test_a_list_whose_last_page_is_empty_ends(bucket: S3VectorBucket, s3vectors: S3Vectors) -> None:
    bucket.put("photos", many(1500))
    s3vectors.conditions = replace(s3vectors.conditions, empty_pages=True)
    assert len(set(bucket.keys("photos"))) == 1500


def test_a_list_is_left_in_the_middle(bucket: S3VectorBucket) -> None:
    bucket.put("photos", many(3000))
    assert len(list(itertools.islice(bucket.keys("photos"), 5))) == 5
    assert under_way() == []


def test_vectors_are_float32_bit_by_bit(bucket: S3VectorBucket) -> None:
    rng = np.random.default_rng(1)
    rows = rng.standard_normal((200, DIM)).astype(np.float32) * np.float32(10) ** rng.integers(
        -30, 30, (200, 1)
    ).astype(np.float32)
    bucket.put("photos", [kept(f"{n}", row) for n, row in enumerate(rows)])
    for one in bucket.get("photos", [f"{n}" for n in range(200)]):
        assert one.vector is not None
        assert one.vector.dtype == np.float32
        assert (one.vector == rows[int(one.key)]).all()


def test_halves_are_kept_bit_by_bit_as_well(bucket: S3VectorBucket) -> None:
    every = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)
    rows = every[np.isfinite(every)].reshape(-1, DIM)
    bucket.put("photos", [kept(f"{n}", row) for n, row in enumerate(rows[1::40])])
    for one in bucket.get("photos", [f"{n}" for n in range(len(rows[1::40]))]):
        assert one.vector is not None
        assert (one.vector == rows[1::40][int(one.key)]).all()


def test_text_that_is_no_unicode_is_kept_as_far_as_it_is(bucket: S3VectorBucket) -> None:
    words = "It's “all”\n\x00 \\ 🎞 \udcff"
    bucket.put("photos", [kept("a", words=words)])
    (found,) = bucket.get("photos", ["a"])
    assert found.metadata == {"words": words.replace("\udcff", "?")}


def test_the_nearest_are_the_same_however_many_filters_it_takes(bucket: S3VectorBucket) -> None:
    bucket.put("photos", [kept(f"k{n}", [1, n / 10, 0, 0], content=f"c{n}") for n in range(1200)])
    named = frozenset(f"c{n}" for n in range(7, 1200))
    found = bucket.nearest("photos", np.array([1, 0, 0, 0]), 20, RowFilter(contents=named))
    assert [one.key for _, one in found] == [f"k{n}" for n in range(7, 27)]
    assert found[0][0] == pytest.approx(1 / np.hypot(1, 0.7), abs=1e-6)


def test_calls_stay_within_20_mebibytes(bucket: S3VectorBucket, s3vectors: S3Vectors) -> None:
    bucket.create("wide", 4096, ["words"])
    rng = np.random.default_rng(2)
    bucket.put(
        "wide",
        [kept(f"{n}", rng.standard_normal(4096) / 1e7, words="ü" * 18_000) for n in range(300)],
    )
    assert len(s3vectors.vectors("shared", "wide")) == 300
    puts = s3vectors.log.calls("PutVectors")
    assert len(puts) == 2
    assert max(call.body_bytes for call in puts) > 19 << 20
    assert {call.code for call in puts} == {""}


def filled(name: str, size: int) -> dict[str, str]:
    return {name: "x" * (size - len(json.dumps({name: ""}, separators=(",", ":"))))}


GOOD: list[Kept] = [
    kept("k" * 1024),
    kept("a", **filled("words", 40 << 10)),
    kept("a", **filled("shown", 2 << 10)),
    kept("a", **{f"k{n}": n for n in range(50)}),
]
BAD: list[tuple[Kept, str]] = [
    (kept(""), "1 to 1024 characters"),
    (kept("k" * 1025), "1 to 1024 characters"),
    (kept("a", **filled("words", (40 << 10) + 1)), "At most 40 KB"),
    (kept("a", **filled("shown", (2 << 10) + 1)), "At most 2 KB"),
    (kept("a", **{f"k{n}": n for n in range(51)}), "At most 50 things"),
    (kept("a", [1, 2, 3]), "3 dimensions is not one of 4"),
    (kept("a", np.zeros(DIM)), "all zero"),
    (kept("a", [1, 2, 3, np.nan]), "not of numbers"),
    (kept("a", [1, 2, 3, np.inf]), "not of numbers"),
    (Kept("a", None, {}), "0 dimensions"),
]


@pytest.mark.parametrize("one", GOOD)
def test_what_is_within_the_limits_is_kept(
    bucket: S3VectorBucket, s3vectors: S3Vectors, one: Kept
) -> None:
    bucket.put("photos", [one])
    assert s3vectors.vectors("shared", "photos").keys() == {one.key}


@pytest.mark.parametrize(("one", "says"), BAD)
def test_what_is_not_is_told_before_anything_is_sent(
    bucket: S3VectorBucket, s3vectors: S3Vectors, one: Kept, says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        bucket.put("photos", [kept("fine"), one])
    assert s3vectors.log.codes("PutVectors") == {}


@pytest.mark.parametrize("name", ["ab", "a" * 64, "Shared", "a_b", "a.b", "-ab", ""])
def test_a_name_that_is_none_is_refused_at_once(name: str) -> None:
    with pytest.raises(BadInput, match="can't be the name of a vector bucket"):
        S3VectorBucket(Account(), name, threading.Event())


@pytest.mark.parametrize(
    ("index", "dim", "hidden"),
    [
        ("ab", 4, []),
        ("a" * 64, 4, []),
        ("A.b", 4, []),
        ("photos", 0, []),
        ("photos", 4097, []),
        ("photos", 4, [f"k{n}" for n in range(11)]),
        ("photos", 4, ["k" * 64]),
        ("photos", 4, ["a", "a"]),
    ],
)
def test_an_index_that_can_not_be_is_refused_at_once(
    s3vectors: S3Vectors, index: str, dim: int, hidden: list[str]
) -> None:
    with pytest.raises(BadInput):
        S3VectorBucket(Account(), "shared", threading.Event()).create(index, dim, hidden)
    assert s3vectors.log.calls() == []


@pytest.mark.parametrize(("dim", "hidden"), [(1, []), (4096, [f"k{n}" for n in range(10)])])
def test_an_index_at_the_limit_is_made(s3vectors: S3Vectors, dim: int, hidden: list[str]) -> None:
    S3VectorBucket(Account(), "abc", threading.Event()).create("a" * 63, dim, hidden)
    assert s3vectors.indexes("abc") == {"a" * 63: 0}


ONCE = [
    ("ServiceQuotaExceededException", NeedsUser, "quota .* is used up"),
    ("AccessDeniedException", NeedsUser, "may not use the vector bucket"),
    ("KmsDisabledException", NeedsUser, "is disabled. Enable it under AWS KMS in us-east-1"),
    ("KmsInvalidStateException", NeedsUser, "can't be used as it is"),
    ("KmsNotFoundException", NeedsUser, "is not there any more"),
    ("KmsInvalidKeyUsageException", NeedsUser, "not one to encrypt with"),
    ("ExpiredTokenException", NeedsUser, "session of this computer is over. Sign in again"),
    ("UnrecognizedClientException", NeedsUser, "does not accept the credentials"),
    ("ValidationException", BadInput, "refuses this request"),
]
AGAIN = [
    ("TooManyRequestsException", "takes no more requests"),
    ("InternalServerException", "fault of its own"),
    ("ServiceUnavailableException", "overloaded"),
    ("RequestTimeoutException", "in time"),
    ("reset_before", "Check the network"),
    ("reset_after", "Check the network"),
    ("cut", "Check the network"),
    ("html", "can't be reached through the network"),
]


@pytest.mark.parametrize(("kind", "error", "says"), ONCE)
def test_what_asking_again_does_not_help_is_told_with_its_remedy(
    bucket: S3VectorBucket,
    s3vectors: S3Vectors,
    kind: str,
    error: type[ExpectedError],
    says: str,
) -> None:
    message = "not authorized to perform: s3vectors:PutVectors" if "Access" in kind else ""
    s3vectors.faults.add(kind, ["PutVectors"], message=message)
    with pytest.raises(error, match=says):
        bucket.put("photos", many(1))
    assert s3vectors.log.codes("PutVectors") == {kind: 1}
    s3vectors.faults.clear()
    bucket.put("photos", many(1))


@pytest.mark.parametrize(("kind", "says"), AGAIN)
def test_what_passes_is_asked_again_until_it_does(
    bucket: S3VectorBucket, s3vectors: S3Vectors, kind: str, says: str
) -> None:
    s3vectors.faults.add(kind, ["PutVectors"], times=3)
    bucket.put("photos", many(700))
    assert len(s3vectors.vectors("shared", "photos")) == 700
    s3vectors.faults.clear()
    s3vectors.faults.add(kind, ["GetVectors"])
    with pytest.raises(TryLater, match=says):
        bucket.get("photos", ["k00001"])
    assert len(s3vectors.log.calls("GetVectors")) == 6


def test_a_storm_loses_and_doubles_nothing(
    s3vectors: S3Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3_vectors, "PAUSES", s3_vectors.Pauses(0.01, 0.05))
    s3vectors.conditions = replace(s3vectors.conditions, speed=None)
    bucket = S3VectorBucket(Account(), "shared", threading.Event(), tries=10)
    monkeypatch.setattr("nova_desktop.stores.s3_vectors_json.PUT", 100)
    bucket.create("photos", DIM, ["words"])
    for kind in ("TooManyRequestsException", "InternalServerException", "reset_after", "cut"):
        s3vectors.faults.add(kind, share=0.07)
    bucket.put("photos", many(1600, words="first"))
    bucket.put("photos", many(800, words="second"))
    bucket.delete("photos", [one.key for one in many(400)])
    assert sorted(bucket.keys("photos")) == [one.key for one in many(1600)[400:]]
    found = bucket.get("photos", [one.key for one in many(1600)], vectors=False)
    words = {one.key: one.metadata["words"] for one in found}
    assert len(words) == len(found) == 1200
    assert words["k00500"] == "second"
    assert words["k01500"] == "first"
    assert len(s3vectors.log.calls()) > 1.05 * s3vectors.log.codes()[""]


def test_filters_and_metadata_need_leave_to_get_and_it_says_so(
    bucket: S3VectorBucket, s3vectors: S3Vectors
) -> None:
    s3vectors.conditions = replace(
        s3vectors.conditions, denied_operations=frozenset({"GetVectors"})
    )
    with pytest.raises(NeedsUser, match="allow them s3vectors:GetVectors too"):
        bucket.nearest("photos", ONES, 5, ANY)


def test_writes_keep_within_the_documented_rates(
    s3vectors: S3Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3_vectors.limits, "VECTORS_PER_S", 250.0)
    monkeypatch.setattr("nova_desktop.stores.s3_vectors_json.PUT", 20)
    s3vectors.conditions = replace(s3vectors.conditions, speed=0.1)  # 250 vectors a second
    bucket = S3VectorBucket(Account(), "shared", threading.Event())
    bucket.create("photos", DIM)
    began = time.monotonic()
    bucket.put("photos", many(500))
    took_s = time.monotonic() - began
    assert s3vectors.log.codes("PutVectors") == {"": 25}  # none was throttled
    assert took_s > (500 - 250 * 0.25) / 250 - 0.2


def test_machines_that_write_at_once_share_the_rate(
    s3vectors: S3Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nova_desktop.stores.s3_vectors_json.PUT", 20)
    s3vectors.conditions = replace(s3vectors.conditions, speed=0.2)  # 500; each would take 2,500
    buckets = [S3VectorBucket(Account(), "shared", threading.Event(), tries=10) for _ in range(2)]
    buckets[0].create("photos", DIM)
    errors: list[ExpectedError] = []

    def put(number: int, bucket: S3VectorBucket) -> None:
        try:
            bucket.put("photos", [kept(f"{number}-{n}") for n in range(600)])
        except ExpectedError as e:
            errors.append(e)

    threads = [threading.Thread(target=put, args=pair) for pair in enumerate(buckets)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert s3vectors.indexes("shared") == {"photos": 1200}
    codes = s3vectors.log.codes("PutVectors")
    assert codes[""] == 60
    assert codes["TooManyRequestsException"] < 60


def test_an_error_ends_a_put_of_many_calls(bucket: S3VectorBucket, s3vectors: S3Vectors) -> None:
    s3vectors.faults.add("KmsDisabledException", ["PutVectors"], skip=2)
    with pytest.raises(NeedsUser, match="KMS"):
        bucket.put("photos", many(5_000))
    assert len(s3vectors.log.calls("PutVectors")) < 12
    assert under_way() == []


def test_a_stop_ends_what_waits(s3vectors: S3Vectors) -> None:
    stop = threading.Event()
    bucket = S3VectorBucket(Account(), "shared", stop)
    bucket.create("photos", DIM)
    s3vectors.conditions = replace(s3vectors.conditions, latency_s=5.0)
    calls: list[Callable[[], object]] = [
        lambda: bucket.put("photos", many(5)),
        lambda: bucket.get("photos", ["a"]),
        lambda: bucket.delete("photos", ["a"]),
        lambda: bucket.nearest("photos", ONES, 1, ANY),
    ]
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    began = time.monotonic()
    for call in calls:
        with pytest.raises(Stopped):
            call()
    assert time.monotonic() - began < 2


def test_each_request_is_told_before_it_leaves(s3vectors: S3Vectors) -> None:
    told: list[Traffic] = []
    bucket = S3VectorBucket(Account(), "shared", threading.Event(), told.append)
    bucket.create("photos", DIM)
    s3vectors.faults.add("InternalServerException", ["PutVectors"], times=1)
    told.clear()
    bucket.put("photos", [kept("ab", n=1), kept("c")])
    first, again = told
    assert first == again
    assert (first.operation, first.vectors) == ("PutVectors", 2)
    assert first.billed_bytes == 2 * 4 * DIM + len("abc") + len('{"n":1}') + len("{}")
    assert first.sent_bytes > first.billed_bytes


def test_who_is_told_may_refuse(s3vectors: S3Vectors) -> None:
    def refuse(traffic: Traffic) -> None:
        if traffic.operation == "PutVectors":
            raise NeedsUser("That is too much.")

    bucket = S3VectorBucket(Account(), "shared", threading.Event(), refuse)
    bucket.create("photos", DIM)
    with pytest.raises(NeedsUser, match="too much"):
        bucket.put("photos", many(1))
    assert s3vectors.log.calls("PutVectors") == []


def test_credentials_that_end_in_the_middle_are_looked_for_again(
    bucket: S3VectorBucket, s3vectors: S3Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put("photos", many(1))
    s3vectors.conditions = replace(s3vectors.conditions, keys={"testing": "expired"})
    with pytest.raises(NeedsUser, match="Sign in again"):
        bucket.put("photos", many(3))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDRENEWED")
    bucket.put("photos", many(3))
    assert len(s3vectors.vectors("shared", "photos")) == 3
