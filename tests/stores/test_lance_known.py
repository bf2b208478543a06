"""Rows of contents that are new are added without a look at those that are there."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from nova_desktop.errors import ExpectedError
from nova_desktop.model import Row, Space
from nova_desktop.stores import lance_known
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.lance_table import LanceTable
from nova_desktop.stores.memory import MemoryStore
from tests.contracts.store import row

SPACE = Space("test", "many", 8, 1)
UNIT = np.eye(SPACE.dim, dtype=np.float32)


def many(numbers: range, words: str = "old", rows: int = 1) -> list[Row]:
    return [row(f"c{n}", k, words, UNIT[n % 8]) for n in numbers for k in range(rows)]


def words_of(store: LanceStore | MemoryStore, numbers: range) -> dict[tuple[str, int], str]:
    found = store.rows_of(SPACE, [f"c{n}" for n in numbers])
    assert len({(one.content, one.number) for one in found}) == len(found)
    return {(one.content, one.number): one.words for one in found}


def test_many_new_rows_do_not_wait_for_those_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = LanceStore(tmp_path)
    store.put(SPACE, many(range(10)))
    monkeypatch.delattr(LanceTable, "_merge")
    for start in range(10, 6_010, 600):
        store.put(SPACE, many(range(start, start + 600)))
    assert store.count(SPACE) == 6_010


@pytest.mark.parametrize("apart", [lance_known._APART, 100])
def test_rows_put_many_at_once_are_those_of_a_store_that_never_hurries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: int
) -> None:
    monkeypatch.setattr(lance_known, "_APART", apart)
    chance, exact = random.Random(3), MemoryStore()
    store = LanceStore(tmp_path)
    for step in range(12):
        first = chance.randrange(3_000)
        rows = many(range(first, first + chance.choice([30, 700])), f"step {step}", 1 + step % 2)
        for each in (store, exact):
            each.put(SPACE, rows)
            if step % 4 == 3:
                each.forget([f"c{n}" for n in range(first, first + 100)])
        if step % 5 == 4:  # what another run of the program put is known, too
            store.close()
            store = LanceStore(tmp_path)
    assert words_of(store, range(4_000)) == words_of(exact, range(4_000))
    assert store.count(SPACE) == exact.count(SPACE)


def test_many_rows_that_came_through_although_it_failed_are_not_doubled(tmp_path: Path) -> None:
    store = LanceStore(tmp_path)
    store.put(SPACE, many(range(600)))
    table = store._table(SPACE.name)
    assert table is not None
    add = table._table.add

    def added_and_failed(data: object) -> None:
        add(data)
        raise OSError("the disk went away")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(table._table, "add", added_and_failed)
        with pytest.raises((OSError, ExpectedError)):
            store.put(SPACE, many(range(600, 1_200)))
    store.put(SPACE, many(range(600, 1_200), "again"))
    assert store.count(SPACE) == 1_200
    assert set(words_of(store, range(600, 1_200)).values()) == {"again"}
