"""Of rows that are found alike, a list that can't hold them all has the same ones each time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from nova_desktop.model import Modality, Row, Source
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.lance_ties import Scored, settled
from tests.contracts.store import ANY, SPACE

LIMIT = 10


Rated = tuple[float, int]  # relevance, and the row's number


def answers(rows: Sequence[Rated], chance: random.Random) -> list[Rated]:
    """What is told of these, ten at most, by an index that puts those that are alike by chance."""
    asked = 0

    def ask(below: int | None, most: int) -> Scored:
        nonlocal asked
        asked += 1
        some = [row for row in rows if below is None or row[1] < below]
        told = sorted(some, key=lambda row: (-row[0], chance.random()))[:most]
        scores, numbers = zip(*told, strict=True) if told else ((), ())
        return np.array(scores, np.float32), np.array(numbers, np.uint64)

    scores, numbers = settled(LIMIT, ask)
    assert asked < 7
    return list(zip(scores.tolist(), numbers.tolist(), strict=True))


@pytest.mark.parametrize("alike", [0, 1, 9, 11, 1_080, 1_090, 5_000, 20_000, 120_000])
@pytest.mark.parametrize("better", [0, 9, 10, 15])
def test_the_same_rows_are_told_whatever_comes_first(better: int, alike: int) -> None:
    numbers = random.Random(5).sample(range(1 << 40), better + alike + 300)
    scores = [2.0] * better + [1.0] * alike + [0.5] * 300
    rows = list(zip(scores, numbers, strict=True))
    expected = sorted(rows, key=lambda row: (-row[0], row[1]))[:LIMIT]
    for seed in range(2):
        assert answers(rows, random.Random(seed)) == expected


def test_a_store_that_is_opened_again_tells_the_same_rows(tmp_path: Path) -> None:
    vector = np.eye(SPACE.dim, dtype=np.float32)[0]
    names = random.Random(7)
    told = Modality.IMAGE, None, Source.TAGS, "dog", 1.0, vector
    rows = [Row(f"{names.getrandbits(128):032x}", 0, *told) for _ in range(600)]
    lists = set()
    for start in range(0, 600, 300):  # so that the index has parts
        store = LanceStore(tmp_path, exact_bytes=0)
        store.put(SPACE, rows[start : start + 300])
        store.maintain(stopped=True)
        store.close()
    for _ in range(3):
        store = LanceStore(tmp_path, exact_bytes=0)
        found = store.matching(SPACE, "dog", 50, ANY)
        lists.add(tuple(row.content for row in found))
        assert [row.score for row in found] == sorted((row.score for row in found), reverse=True)
        store.close()
    assert len(lists) == 1
    assert len(found) == 50
