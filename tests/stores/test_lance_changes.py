"""While rows are added, replaced and forgotten, answers are those of a store that never hurries."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nova_desktop.model import Modality, Row, RowFilter, Space
from nova_desktop.ports import Store
from nova_desktop.stores import lance_settled
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.memory import MemoryStore
from tests.contracts.store import ANY, contents_of, keys, row

SMALL = Space("test", "changing", 64, 1)
KINDS = list(Modality)


def vectors(count: int, seed: int) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).normal(size=(count, SMALL.dim)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def rows_of(n: int, vector: NDArray[np.float32], words: str, count: int = 2) -> list[Row]:
    made = [row(f"c{n}", k, words, vector, taken_s=float(n)) for k in range(count)]
    return [replace(one, modality=KINDS[n % 5]) for one in made]


def filled(folder: Path, count: int, others: tuple[Store, ...] = ()) -> LanceStore:
    store = LanceStore(folder, exact_bytes=0)
    every = [one for n, vector in enumerate(vectors(count, 0)) for one in rows_of(n, vector, "old")]
    for each in (store, *others):
        each.put(SMALL, every)
        each.maintain(stopped=True)
    return store


@pytest.mark.parametrize("most", [2_000, 8])  # rows that are kept in memory until a compaction
def test_what_changed_since_the_last_compaction_is_answered_like_all_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(lance_settled, "_MOST_ROWS", most)
    exact = MemoryStore()
    store = filled(tmp_path, 600, (exact,))
    chance, fresh = random.Random(1), vectors(60, 1)
    some = frozenset(f"c{n}" for n in range(0, 700, 3))
    for step, vector in enumerate(fresh):
        n = chance.randrange(700)
        for each in (store, exact):
            if step % 4 == 3:
                each.forget([f"c{n}", f"c{n // 2}"])
            else:
                each.put(SMALL, rows_of(n, vector, "new", 1 + step % 3))
            if step == 40:
                each.maintain(stopped=True)
        for where in (ANY, RowFilter(since_s=300.0), RowFilter(contents=some)):
            wanted = exact.nearest(SMALL, vector, 20, where)
            found = store.nearest(SMALL, vector, 20, where)
            assert len(found) == len(wanted)
            assert len(set(keys(found))) == len(found)
            assert len(set(contents_of(found)) & set(contents_of(wanted))) >= 0.9 * len(
                set(contents_of(wanted))
            )
            assert found[0].score == pytest.approx(wanted[0].score, abs=0.01)
        assert sorted(keys(store.matching(SMALL, "new", 500, ANY))) == sorted(
            keys(exact.matching(SMALL, "new", 500, ANY))
        )
    assert sorted(keys(store.nearest(SMALL, fresh[0], 5_000, ANY))) == sorted(
        keys(exact.nearest(SMALL, fresh[0], 5_000, ANY))
    )


SAID = ("sea", "sky", "sand", "boat", "bird", "rock", "wind")


def said(chance: random.Random) -> str:
    return " ".join(chance.choices(SAID, range(7, 0, -1), k=chance.randrange(1, 12)))


@pytest.mark.parametrize("most", [2_000, 8])
def test_words_are_found_in_what_changed_since_the_last_compaction_as_in_all_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(lance_settled, "_MOST_ROWS", most)
    chance, vector = random.Random(2), vectors(1, 0)[0]
    exact, store = MemoryStore(), LanceStore(tmp_path, exact_bytes=0)
    begin = [one for n, v in enumerate(vectors(600, 0)) for one in rows_of(n, v, said(chance))]
    some = frozenset(f"c{n}" for n in range(0, 700, 3))
    for each in (store, exact):
        each.put(SMALL, begin)
        each.maintain(stopped=True)
    for step in range(16):
        n, words = chance.randrange(650), said(chance) + " new" * (step % 2)
        for each in (store, exact):
            if step % 4 == 3:
                each.forget([f"c{n}", f"c{n // 2}"])
            else:
                each.put(SMALL, rows_of(n, vector, words, 1 + step % 3))
            if step == 10:
                each.maintain(stopped=True)
        for where in (ANY, RowFilter(since_s=200.0), RowFilter(contents=some)):
            for asked in ("wind", "new rock", "sea bird new", "absent"):
                wanted = exact.matching(SMALL, asked, 2_000, where)
                found = store.matching(SMALL, asked, 2_000, where)
                assert sorted(keys(found)) == sorted(keys(wanted))
                best = store.matching(SMALL, asked, 10, where)
                assert len(best) == min(10, len(wanted))
                if "new" in asked:
                    continue  # how rare it is, is told by an index that has not seen it
                assert [near.score for near in best] == pytest.approx(
                    [near.score for near in wanted[:10]], rel=0.15, abs=0.1
                )
            phrase = f"{SAID[step % 7]} {SAID[step % 5]}"
            assert sorted(keys(store.holding(SMALL, phrase, where))) == sorted(
                keys(exact.holding(SMALL, phrase, where))
            )


def test_a_question_asked_while_files_are_cleaned_up_is_answered(tmp_path: Path) -> None:
    store = filled(tmp_path, 600)
    store.put(SMALL, rows_of(900, vectors(1, 3)[0], "new"))
    other = LanceStore(tmp_path, exact_bytes=0)
    other.compact()  # of another process: the version that was kept is gone
    assert len(store.nearest(SMALL, vectors(1, 3)[0], 5_000, ANY)) == 1_202
    store.put(SMALL, rows_of(901, vectors(1, 4)[0], "new"))
    assert contents_of(store.nearest(SMALL, vectors(1, 4)[0], 1, ANY)) == ["c901"]


def test_writers_that_race_leave_no_row_twice_and_no_ghost(tmp_path: Path) -> None:
    """Each has contents of its own, and some that all of them put and forget."""
    store = LanceStore(tmp_path, exact_bytes=0)
    drawn, stop = vectors(100, 5), threading.Event()

    def write(own: int) -> set[str]:
        chance, there = random.Random(own), set[str]()
        for step in range(30):
            n = 10 * own + chance.randrange(10)
            if chance.random() < 0.3:
                store.forget([f"c{n}", "shared1"])
                there.discard(f"c{n}")
            else:
                store.put(SMALL, [row(f"c{n}", k, f"by{own}", drawn[n]) for k in range(2)])
                there.add(f"c{n}")
            store.put(SMALL, [row(f"shared{step % 3}", 0, f"by{own}", drawn[n])])
            if step % 10 == 0:
                store.maintain(stopped=True)
        return there

    def look() -> None:
        while not stop.is_set():
            found = keys(store.nearest(SMALL, drawn[0], 500, ANY))
            assert len(set(found)) == len(found)

    with ThreadPoolExecutor(5) as pool:
        looking = pool.submit(look)
        try:
            wanted = set[str]().union(*pool.map(write, range(4)))
        finally:
            stop.set()
        looking.result()
    for asked in (store, LanceStore(tmp_path, exact_bytes=0), LanceStore(tmp_path)):
        found = keys(asked.nearest(SMALL, drawn[0], 10_000, ANY))
        assert len(set(found)) == len(found) == asked.count(SMALL)
        own = {content for content, _ in found if not content.startswith("shared")}
        assert own == wanted
        assert len(asked.matching(SMALL, "by0 by1 by2 by3", 10_000, ANY)) == len(found)


def test_the_first_rows_of_a_space_may_come_from_several_threads(tmp_path: Path) -> None:
    for attempt in range(4):
        store = LanceStore(tmp_path / str(attempt), exact_bytes=0)
        together = threading.Barrier(4)

        def put(n: int, store: LanceStore = store, together: threading.Barrier = together) -> None:
            together.wait()
            store.put(SMALL, [row(f"c{n}", 0, "first", vectors(1, n)[0])])

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(put, range(4)))
        assert store.contents(SMALL) == {"c0", "c1", "c2", "c3"}
        assert len(store.matching(SMALL, "first", 10, ANY)) == 4
        store.close()
