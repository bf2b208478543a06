"""Which index a table gets, and how closely it is looked at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nova_desktop.model import Space
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.lance_index import Trained, bits, depth, lists, sample
from tests.contracts.store import ANY, contents_of, row


@pytest.mark.parametrize(
    ("rows", "dim", "wanted"),
    [(1_000, 1024, 2), (100_000, 1024, 2), (1_000_000, 256, 2), (1_000_000, 1024, 1)],
)
def test_codes_are_as_fine_as_memory_allows(rows: int, dim: int, wanted: int) -> None:
    assert bits(rows, dim) == wanted


def test_a_million_rows_leave_most_of_the_allowed_memory() -> None:
    rows, dim = 1_000_000, 1024
    assert rows * dim * bits(rows, dim) / 8 < 0.04 * rows * dim * 4


def test_codes_are_trained_again_when_the_rows_doubled() -> None:
    made = Trained(2, 30_000)
    assert made.fits(20_000, 1024)
    assert made.fits(59_999, 1024)
    assert not made.fits(60_000, 1024)
    assert not Trained(2, 600_000).fits(700_000, 1024)  # one bit is all that they may have now


@pytest.mark.parametrize("fineness", [1, 2])
def test_what_passes_a_filter_is_looked_for_more_thoroughly(fineness: int) -> None:
    for limit in (1, 10, 50, 300, 2_000):
        for rows in (1_000, 100_000, 2_000_000):
            every = depth(limit, rows, rows, fineness)
            few = depth(limit, rows, rows // 20, fineness)
            assert few.candidates >= every.candidates >= 7 * limit
            assert 1 >= few.part >= every.part > 0


@pytest.mark.parametrize("rows", [1, 500, 100_000, 50_000_000])
def test_there_are_rows_to_train_every_list_by(rows: int) -> None:
    assert 1 <= lists(rows) <= sample(rows) <= rows


def near_duplicates(count: int, dim: int) -> NDArray[np.float32]:
    """Unit vectors in a hundred clusters; a fifth hardly differ from another."""
    random = np.random.default_rng(7)
    drawn = random.normal(size=(100, dim))[random.integers(0, 100, count)]
    drawn += random.normal(scale=0.7, size=(count, dim))
    again = random.random(count) < 0.2
    drawn[again] = drawn[random.integers(0, count, int(again.sum()))]
    drawn[again] += random.normal(scale=0.1, size=(int(again.sum()), dim))
    found: NDArray[np.float32] = drawn.astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.mark.parametrize("fineness", [2, 1])
def test_near_duplicates_do_not_crowd_out_what_is_nearest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fineness: int
) -> None:
    monkeypatch.setattr("nova_desktop.stores.lance_index.bits", lambda *_: fineness)
    space = Space("test", "near", 512, 1)
    vectors = near_duplicates(4_000, 512)
    store = LanceStore(tmp_path, exact_bytes=0)
    store.put(space, [row(f"c{n}", 0, "", vector) for n, vector in enumerate(vectors)])
    store.maintain(stopped=True)
    ten = fifty = 0
    asked = vectors[::200] + 0.02 * vectors[1::200]
    for vector in asked:
        exact = [f"c{n}" for n in np.argsort(-(vectors @ vector))[:50]]
        found = contents_of(store.nearest(space, vector, 50, ANY))
        ten += len(set(exact[:10]) & set(found[:10]))
        fifty += len(set(exact) & set(found))
    assert ten >= 0.99 * 10 * len(asked)
    assert fifty >= 0.98 * 50 * len(asked)
    store.close()
