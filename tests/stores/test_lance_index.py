"""Which index a table gets, and how closely it is looked at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nova_desktop.model import Space
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.lance_index import Trained, bits, depth, of_name
from tests.contracts.store import ANY, contents_of, row


@pytest.mark.parametrize(
    ("rows", "dim", "wanted"),
    [
        (1_000, 1024, 4),
        (100_000, 1024, 4),
        (1_000_000, 256, 4),
        (1_000_000, 1024, 2),
        (2_000_000, 1024, 2),
        (5_000_000, 1024, 1),
        (5_000_000, 3072, 1),
    ],
)
def test_an_index_is_as_fine_as_memory_allows(rows: int, dim: int, wanted: int) -> None:
    assert bits(rows, dim) == wanted


def test_a_million_rows_leave_most_of_the_allowed_memory() -> None:
    rows, dim = 1_000_000, 1024
    assert rows * dim * bits(rows, dim) / 8 < 0.07 * rows * dim * 4


def test_the_name_of_an_index_says_how_it_was_made() -> None:
    assert of_name(Trained(2, 80_000).name) == Trained(2, 80_000)
    assert of_name("vector-80000") == Trained(0, 80_000)  # of an earlier version: made again


@pytest.mark.parametrize("fineness", [0, 1, 2, 4])
def test_never_fewer_rows_are_asked_for_than_are_wanted(fineness: int) -> None:
    for limit in (1, 10, 50, 300, 2_000):
        for rows in (0, 1_000, 2_000_000):
            asked = depth(limit, rows, fineness)
            assert asked.limit >= limit
            assert asked.refine >= 2
            assert asked.probes >= 20


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


@pytest.mark.parametrize("fineness", [4, 2, 1])
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
