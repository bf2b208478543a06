"""Rows that are coded are found as surely as by comparing all, with filters and without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nova_desktop.model import Modality, Row, RowFilter, Source, Space
from nova_desktop.stores import (
    lance_index,
    lance_indexed,
    lance_memory,
    lance_saved_words,
    lance_settled,
    lance_upkeep,
)
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.lance_index import Depth
from nova_desktop.stores.lance_memory import Memory
from nova_desktop.stores.memory import MemoryStore
from tests.contracts.store import ANY, contents_of, keys, row

SMALL = Space("test", "coded", 256, 1)  # of fewer, the vectors do not lie open in the files
KINDS, SOURCES = list(Modality), list(Source)
ROWS = 2_000


def vectors(count: int, seed: int) -> NDArray[np.float32]:
    """Around forty centres, which are the same for every seed."""
    centres = np.random.default_rng(99).normal(size=(40, SMALL.dim))
    random = np.random.default_rng(seed)
    drawn = centres[random.integers(0, 40, count)]
    drawn = (drawn + random.normal(scale=0.7, size=drawn.shape)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def made(n: int, vector: NDArray[np.float32]) -> Row:
    one = row(f"c{n}", 0, f"word{n}", vector, taken_s=float(n), source=SOURCES[n % 3])
    return replace(one, modality=KINDS[n % 4])


FILTERS = [
    ANY,
    RowFilter(since_s=500.0, until_s=900.0),
    RowFilter(modalities=frozenset(KINDS[:2])),
    RowFilter(sources=frozenset({SOURCES[1]})),
    RowFilter(contents=frozenset(f"c{n}" for n in range(0, 4_000, 5))),
    RowFilter(
        frozenset({KINDS[0], KINDS[3]}),
        until_s=1_500.0,
        contents=frozenset(f"c{n}" for n in range(0, 4_000, 2)),
    ),
]


@pytest.fixture(autouse=True)
def _by_codes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many rows are coded; of few, all would be candidates. And nobody goes another way."""

    def few(limit: int, rows: int, passing: int, bits: int) -> Depth:
        depth = real(limit, rows, passing, bits)
        return replace(depth, candidates=min(depth.candidates, max(passing // 2, 1)))

    def never(*_: object) -> None:
        raise AssertionError("asked by LanceDB")

    real = lance_index.depth
    monkeypatch.setattr(lance_index, "depth", few)
    monkeypatch.setattr(lance_indexed, "_FEW", 0)
    monkeypatch.setattr(lance_memory, "by_lancedb", never)


def both(folder: Path) -> tuple[LanceStore, MemoryStore]:
    store, exact = LanceStore(folder, exact_bytes=0), MemoryStore()
    rows = [made(n, vector) for n, vector in enumerate(vectors(ROWS, 0))]
    for each in (store, exact):
        each.put(SMALL, rows)
        each.maintain(stopped=True)
    return store, exact


def compare(
    store: LanceStore, exact: MemoryStore, asked: NDArray[np.float32], where: RowFilter
) -> None:
    for limit in (10, 50, ROWS):
        found = store.nearest(SMALL, asked, limit, where)
        wanted = exact.nearest(SMALL, asked, limit, where)
        assert len(found) == len(wanted)
        assert len(set(keys(found))) == len(found)
        if limit < ROWS:  # of so many, there are hardly more candidates
            assert len(set(keys(found)) & set(keys(wanted))) >= 0.9 * len(wanted)
        whole = {(near.content, near.number): near for near in wanted}
        for near in found:
            same = whole.get((near.content, near.number), near)
            assert replace(near, score=0.0) == replace(same, score=0.0)
            assert near.score == pytest.approx(same.score, abs=2e-3)
        assert [near.score for near in found] == sorted(near.score for near in found)[::-1]


@pytest.mark.parametrize("where", FILTERS)
def test_the_same_rows_are_found_as_by_comparing_all(tmp_path: Path, where: RowFilter) -> None:
    store, exact = both(tmp_path)
    for asked in vectors(5, 1):
        compare(store, exact, asked, where)
        compare(LanceStore(tmp_path, exact_bytes=0), exact, asked, where)


def test_rows_at_a_limit_pass_as_exactly_as_ever(tmp_path: Path) -> None:
    store, late = LanceStore(tmp_path, exact_bytes=0), 1_700_000_000.0
    drawn = vectors(1_200, 0)
    rows = [made(n, vector) for n, vector in enumerate(drawn)]
    store.put(SMALL, [replace(one, taken_s=late + one.taken_s / 10) for one in rows])
    store.maintain(stopped=True)
    where = RowFilter(since_s=late + 10, until_s=late + 60)
    found = store.nearest(SMALL, drawn[0], 1_200, where)
    assert set(contents_of(found)) == {f"c{n}" for n in range(100, 600)}


def test_what_lies_far_or_is_rare_is_found(tmp_path: Path) -> None:
    store, exact = both(tmp_path)
    asked = vectors(1, 3)[0]
    ranked = contents_of(exact.nearest(SMALL, asked, ROWS, ANY))
    for some in (ranked[-ROWS // 2 :], ranked[-3:], ["c7"], ["none"]):
        where = RowFilter(contents=frozenset(some))
        found = contents_of(store.nearest(SMALL, asked, 50, where))
        assert set(found) <= set(some)
        assert len(found) == (min(50, len(some)) if some != ["none"] else 0)
    assert store.nearest(SMALL, asked, 50, RowFilter(since_s=1e6)) == []


def test_where_most_of_the_nearest_are_gone_the_next_ones_are_found(tmp_path: Path) -> None:
    store, exact = both(tmp_path)
    asked = vectors(1, 4)[0]
    nearest = contents_of(exact.nearest(SMALL, asked, 1_500, ANY))
    for each in (store, exact):
        each.forget(nearest[:1_200])
    compare(store, exact, asked, ANY)
    compare(store, exact, asked, RowFilter(until_s=1_000.0))


def test_while_rows_are_written_and_moved_answers_are_of_what_is_there(tmp_path: Path) -> None:
    store, exact = both(tmp_path)
    fresh = vectors(400, 2)
    where = RowFilter(since_s=1_000.0)
    for start in range(0, 400, 40):
        rows = [made(1_900 + n, fresh[n]) for n in range(start, start + 40)]  # some replace
        gone = [f"c{1_000 + 2 * n}" for n in range(start, start + 20)]
        for each in (store, exact):
            each.put(SMALL, rows)
            each.forget(gone)
        if start == 200:
            store.compact()
        if start == 280:
            store.maintain(stopped=True)
        assert contents_of(store.nearest(SMALL, fresh[start], 1, where)) == [f"c{1900 + start}"]
        compare(store, exact, fresh[start], where)
        compare(store, exact, fresh[start], ANY)
    store.forget([f"c{n}" for n in range(3_000)])
    assert store.nearest(SMALL, fresh[0], 50, where) == []


def test_a_library_that_grows_keeps_its_codes_until_it_doubled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[int] = []
    real = lance_indexed.Making.anew

    def noted(self: lance_indexed.Making) -> lance_indexed.Indexed:
        trained.append(len(self.columns))
        return real(self)

    monkeypatch.setattr(lance_indexed.Making, "anew", noted)
    store, exact, drawn = LanceStore(tmp_path, exact_bytes=0), MemoryStore(), vectors(4_500, 0)
    for start in range(0, 4_500, 500):
        for each in (store, exact):
            each.put(SMALL, [made(n, drawn[n]) for n in range(start, start + 500)])
            each.maintain(stopped=True)
        if start >= 500:
            compare(store, exact, drawn[start + 7], ANY)
    assert trained == [1_000, 2_000, 4_000]


def test_what_is_put_and_forgotten_between_two_rests_is_coded_without_reading_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, exact = both(tmp_path)
    late = vectors(300, 11)
    monkeypatch.setattr(lance_settled, "_MOST_ROWS", 40)
    monkeypatch.setattr(lance_indexed, "renewed", None)
    for start in range(0, 240, 30):  # fewer commits than are compacted
        for each in (store, exact):
            rows = [made(1_990 + n, late[n]) for n in range(start, start + 30)]  # some replace
            each.put(SMALL, rows)
            each.forget([f"c{3 * n}" for n in range(start, start + 10)])
            each.maintain()
        compare(store, exact, late[start], ANY)
        compare(store, exact, late[start], FILTERS[4])
    held = store._table(SMALL.name)
    assert held is not None
    assert held._memory._settled is not None
    assert len(held._memory._settled.indexed) > ROWS


def test_more_rows_at_once_than_are_kept_apart_are_coded_before_the_next_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, exact = both(tmp_path)
    monkeypatch.setattr(lance_settled, "_MOST_ROWS", 40)
    monkeypatch.setattr(lance_settled, "_MOST_CHANGED", 40)
    late = vectors(300, 12)
    for start in range(0, 300, 100):
        for each in (store, exact):
            each.put(SMALL, [made(1_950 + n, late[n]) for n in range(start, start + 100)])
        compare(store, exact, late[start], ANY)
        for each in (store, exact):
            each.forget([f"c{n}" for n in range(3 * start, 3 * start + 100)])
        compare(store, exact, late[start], FILTERS[4])


def test_what_was_compacted_is_known_again_after_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then all rows have other ids."""
    store, exact = both(tmp_path)
    late = vectors(12, 13)
    monkeypatch.setattr(lance_upkeep, "_COMMITS", 2)
    for n, vector in enumerate(late):
        for each in (store, exact):
            each.put(SMALL, [made(3_000 + n, vector)])
            each.maintain()
    monkeypatch.setattr(lance_memory, "_MOST_READ", 30)
    again = LanceStore(tmp_path, exact_bytes=0)  # the other one never came to rest
    compare(again, exact, late[3], ANY)


def test_the_next_start_takes_up_what_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, exact = both(tmp_path)
    late = vectors(20, 6)
    for each in (store, exact):  # after what was saved
        each.put(SMALL, [made(3_000 + n, vector) for n, vector in enumerate(late)])
        each.forget(["c5"])
    monkeypatch.setattr(lance_indexed.Making, "anew", None)
    again = LanceStore(tmp_path, exact_bytes=0)
    compare(again, exact, late[3], ANY)
    for each in (again, exact):
        each.put(SMALL, [made(4_000, late[0])])
    compare(again, exact, late[0], ANY)


def test_words_are_the_rows_own_from_their_file_and_from_the_table(tmp_path: Path) -> None:
    store, _ = both(tmp_path)
    store.maintain(stopped=True)
    (file,), asked = tmp_path.rglob(lance_saved_words.NAME), vectors(1, 8)[0]
    kept = LanceStore(tmp_path, exact_bytes=0).nearest(SMALL, asked, 30, ANY)
    file.unlink()
    assert LanceStore(tmp_path, exact_bytes=0).nearest(SMALL, asked, 30, ANY) == kept
    assert all(near.words == f"word{near.content[1:]}" for near in kept)


def test_a_reader_beside_a_writer_answers_of_each_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # it may compare all rows, until it looks for codes again
    store, exact = both(tmp_path)
    reader, late = LanceStore(tmp_path, exact_bytes=0), vectors(3, 7)
    compare(reader, exact, late[0], ANY)
    for n, vector in enumerate(late):
        for each in (store, exact):
            each.put(SMALL, [made(5_000 + n, vector)])
            each.forget([f"c{n}"])
        compare(reader, exact, vector, ANY)
    store.compact()
    compare(reader, exact, late[1], ANY)


def test_codes_that_can_not_be_made_leave_the_rows_to_be_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.undo()

    def broken(*_: object) -> None:
        raise RuntimeError("no room to train")

    monkeypatch.setattr(Memory, "_indexed", broken)
    store, exact = both(tmp_path)
    compare(store, exact, vectors(1, 9)[0], FILTERS[1])
    assert "no room to train" in caplog.text


def test_filters_are_remembered_while_they_name_few_contents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _ = both(tmp_path)
    monkeypatch.setattr(lance_indexed, "_NAMED", 500)
    asked, held = vectors(1, 3)[0], store._table(SMALL.name)
    several = [
        RowFilter(contents=frozenset(f"c{n}" for n in range(at, at + 200))) for at in range(4)
    ]
    for where in [*several, ANY]:
        store.nearest(SMALL, asked, 10, where)
    assert held is not None
    assert held._memory._settled is not None
    assert set(held._memory._settled.indexed._masks) == set(several[-2:])
