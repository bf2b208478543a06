"""What every bucket of vectors promises: subclass per kind and supply the `bucket` fixture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nova_desktop.errors import NeedsUser
from nova_desktop.model import Modality, RowFilter, Source
from nova_desktop.ports import Kept, VectorBucket

ANY = RowFilter()
DIM = 4
ONES = np.ones(DIM, np.float32)
HIDDEN = ("words",)


def kept(key: str, vector: Any = ONES, **metadata: Any) -> Kept:
    return Kept(key, np.asarray(vector, np.float32), metadata)


def many(count: int, **metadata: Any) -> list[Kept]:
    return [kept(f"k{n:05}", **metadata) for n in range(count)]


class VectorBucketContract:
    """`bucket` is one that is not there yet."""

    def test_nothing_is_in_what_is_not_there(self, bucket: VectorBucket) -> None:
        assert bucket.indexes("") == []
        assert list(bucket.keys("photos")) == []
        assert bucket.get("photos", ["a"]) == []
        assert bucket.nearest("photos", ONES, 5, ANY) == []
        bucket.delete("photos", ["a"])
        bucket.drop("photos")
        bucket.drop_bucket()

    def test_indexes_are_made_listed_and_dropped(self, bucket: VectorBucket) -> None:
        for name in ("photos", "phones", "other"):
            bucket.create(name, DIM, HIDDEN)
        bucket.put("photos", many(3))
        bucket.create("photos", DIM, HIDDEN)  # again: nothing is lost
        assert sorted(bucket.indexes("pho")) == ["phones", "photos"]
        assert len(list(bucket.keys("photos"))) == 3
        assert list(bucket.keys("phones")) == []
        with pytest.raises(NeedsUser):
            bucket.drop_bucket()
        for name in bucket.indexes(""):
            bucket.drop(name)
        assert bucket.indexes("") == []
        bucket.drop_bucket()

    def test_vectors_come_back_with_all_that_is_noted(self, bucket: VectorBucket) -> None:
        bucket.create("photos", DIM, HIDDEN)
        noted = {"modality": "image", "taken_s": -5.5, "seen": True, "n": 3, "words": "Ü\n“x”"}
        bucket.put("photos", [kept("a", [0.1, 2, -3, 4e-5], **noted), kept("b")])
        (found,) = bucket.get("photos", ["a", "unknown"])
        assert found.vector is not None
        assert (found.vector == np.array([0.1, 2, -3, 4e-5], np.float32)).all()
        assert found.metadata == noted
        (found,) = bucket.get("photos", ["b"], vectors=False)
        assert found.metadata == {}

    def test_put_replaces_and_delete_removes(self, bucket: VectorBucket) -> None:
        bucket.create("photos", DIM, HIDDEN)
        bucket.put("photos", [kept("a", n=1), kept("b"), kept("a", n=2)])
        bucket.put("photos", [kept("b", n=3)])
        bucket.put("photos", [])
        noted = {one.key: one.metadata for one in bucket.get("photos", ["a", "b", "a"])}
        assert noted == {"a": {"n": 2}, "b": {"n": 3}}
        bucket.delete("photos", ["a", "unknown", "a"])
        bucket.delete("photos", [])
        assert list(bucket.keys("photos")) == ["b"]

    def test_any_number_goes_both_ways(self, bucket: VectorBucket) -> None:
        bucket.create("photos", DIM, HIDDEN)
        names = [one.key for one in many(1234)]
        bucket.put("photos", many(1234))
        assert sorted(bucket.keys("photos")) == names
        assert sorted(one.key for one in bucket.get("photos", names)) == names
        bucket.delete("photos", names[:1200])
        assert sorted(bucket.keys("photos")) == names[1200:]

    def test_an_index_that_was_dropped_takes_nothing(self, bucket: VectorBucket) -> None:
        bucket.create("photos", DIM, HIDDEN)
        bucket.put("photos", many(1))
        bucket.drop("photos")
        with pytest.raises(NeedsUser):
            bucket.put("photos", many(1))

    def test_the_nearest_come_first_with_their_cosine(self, bucket: VectorBucket) -> None:
        bucket.create("photos", DIM, HIDDEN)
        bucket.put("photos", [kept("n", [0, 1, 0, 0]), kept("e", [1, 0, 0, 0], n=1)])
        half = np.array([1, 0, 0, 0], np.float32) / np.sqrt(2) + np.array([0, 1, 0, 0]) / np.sqrt(2)
        bucket.put("photos", [kept("ne", half)])
        found = bucket.nearest("photos", np.array([1, 0, 0, 0], np.float32), 2, ANY)
        assert [one.key for _, one in found] == ["e", "ne"]
        assert [score for score, _ in found] == pytest.approx([1, 2**-0.5], abs=1e-6)
        assert found[0][1].metadata == {"n": 1}
        assert bucket.nearest("photos", ONES, 0, ANY) == []

    def test_a_hundred_are_found_at_most(self, bucket: VectorBucket) -> None:
        bucket.create("photos", DIM, HIDDEN)
        bucket.put("photos", many(150))
        assert len(bucket.nearest("photos", ONES, 1000, ANY)) == 100

    @pytest.mark.parametrize(
        ("where", "keys"),
        [
            (ANY, "abc"),
            (RowFilter(modalities=frozenset({Modality.VIDEO})), "b"),
            (RowFilter(sources=frozenset({Source.SPEECH, Source.NAME})), "b"),
            (RowFilter(since_s=0.0), "bc"),
            (RowFilter(since_s=-5.5, until_s=2.0), "ab"),
            (RowFilter(since_s=float("-inf"), until_s=float("inf")), "abc"),
            (RowFilter(since_s=float("inf")), ""),
            (RowFilter(until_s=float("-inf")), ""),
            (RowFilter(contents=frozenset({"ca", "cc", "x' OR"})), "ac"),
            (RowFilter(contents=frozenset()), ""),
            (RowFilter(contents=frozenset(f"c{n}" for n in range(2000)) | {"cb"}), "b"),
            (RowFilter(frozenset({Modality.IMAGE}), 0.0, 9.0, frozenset({"ca", "cc"})), "c"),
        ],
    )
    def test_filters_choose_what_is_found(
        self, bucket: VectorBucket, where: RowFilter, keys: str
    ) -> None:
        bucket.create("photos", DIM, HIDDEN)
        bucket.put(
            "photos",
            [
                kept("a", content="ca", modality="image", source="picture", taken_s=-5.5),
                kept("b", content="cb", modality="video", source="speech", taken_s=1.0),
                kept("c", content="cc", modality="image", source="picture", taken_s=2.0),
            ],
        )
        assert "".join(sorted(k.key for _, k in bucket.nearest("photos", ONES, 9, where))) == keys
