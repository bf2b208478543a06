"""What passes a filter is found as surely as by LanceDB's own filter: among likely rows, or all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nova_desktop.model import Modality, Near, Row, RowFilter, Source, Space
from nova_desktop.stores import lance_likely
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.lance_likely import Likely
from nova_desktop.stores.memory import MemoryStore
from tests.contracts.store import contents_of, keys, row

SMALL = Space("test", "likely", 256, 1)  # of fewer, the vectors do not lie open in the files
KINDS, SOURCES = list(Modality), list(Source)
ROWS = 2_000


def vectors(count: int, seed: int) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).normal(size=(count, SMALL.dim)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def made(n: int, vector: NDArray[np.float32]) -> Row:
    one = row(f"c{n}", 0, f"word{n}", vector, taken_s=float(n), source=SOURCES[n % 3])
    return replace(one, modality=KINDS[n % 4])


FILTERS = [
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


@pytest.fixture(params=["likely", "exact"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def answered(way: str, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """The way is always tried first; whether it answered, a question each."""
    said: list[bool] = []
    real = Likely.nearest

    def noted(*args: object) -> list[Near] | None:
        found = real(*args)  # type: ignore[arg-type]  # passed on as they are
        said.append(found is not None)
        return found

    monkeypatch.setattr(lance_likely, "_filter_us", lambda *_: 1e12)
    monkeypatch.setattr(lance_likely, "_EXACT_US", 0.0 if way == "exact" else 1e12)
    monkeypatch.setattr(Likely, "nearest", noted)
    return said


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
        assert set(keys(found)) <= set(keys(exact.nearest(SMALL, asked, 2 * ROWS, where)))
        assert len(set(keys(found)) & set(keys(wanted))) >= 0.9 * len(
            wanted
        )  # noise of so many dimensions
        assert [near.score for near in found] == sorted(near.score for near in found)[::-1]
        assert found[0].score == pytest.approx(wanted[0].score, abs=2e-3)


@pytest.mark.parametrize("where", FILTERS)
def test_filters_choose_the_same_rows_either_way(
    tmp_path: Path, answered: list[bool], where: RowFilter
) -> None:
    store, exact = both(tmp_path)
    for asked in vectors(5, 1):
        compare(store, exact, asked, where)
    assert answered.count(True) >= 8  # all but those for more rows than pass


def test_rows_written_since_pass_as_they_are_now(tmp_path: Path, answered: list[bool]) -> None:
    """The columns in memory know nothing of them, nor of those that are gone."""
    store, exact = both(tmp_path)
    reader = LanceStore(tmp_path, exact_bytes=0)
    fresh = vectors(400, 2)
    where = RowFilter(since_s=1_000.0)
    compare(reader, exact, fresh[0], where)
    for start in range(0, 400, 40):
        rows = [made(1_900 + n, fresh[n]) for n in range(start, start + 40)]  # some replace
        gone = [f"c{1_000 + 2 * n}" for n in range(start, start + 20)]
        for each in (store, exact):
            each.put(SMALL, rows)
            each.forget(gone)
            if start == 200:
                each.compact()
        for asked in (store, reader):
            assert contents_of(asked.nearest(SMALL, fresh[start], 1, where)) == [f"c{1900 + start}"]
            compare(asked, exact, fresh[start], where)
    assert answered.count(True) >= 20
    store.forget([f"c{n}" for n in range(3_000)])
    for asked in (store, reader, LanceStore(tmp_path, exact_bytes=0)):
        assert asked.nearest(SMALL, fresh[0], 50, where) == []


def test_a_library_that_grows_is_asked_as_it_is(tmp_path: Path, answered: list[bool]) -> None:
    """Of what the columns were read for at first, little is left to tell by."""
    store = LanceStore(tmp_path, exact_bytes=0)
    drawn, late = vectors(ROWS, 0), RowFilter(since_s=1_000.0)
    for start in (0, 1_000):
        store.put(SMALL, [made(n, drawn[n]) for n in range(start, start + 1_000)])
        store.maintain(stopped=True)
        there = min(50, start)
        assert len(store.nearest(SMALL, drawn[1_500], 50, late)) == there
        assert len(LanceStore(tmp_path, exact_bytes=0).nearest(SMALL, drawn[0], 50, late)) == there
    assert answered[-2:] == [True, True]


def test_what_lies_far_or_is_rare_is_found_by_the_filter(
    tmp_path: Path, answered: list[bool], way: str
) -> None:
    store, exact = both(tmp_path)
    asked = vectors(1, 3)[0]
    ranked = contents_of(exact.nearest(SMALL, asked, ROWS, RowFilter()))
    for some in (ranked[-ROWS // 2 :], ranked[-3:], ["c7"]):
        where = RowFilter(contents=frozenset(some))
        assert len(store.nearest(SMALL, asked, 50, where)) == min(50, len(some))
    for nothing in (RowFilter(contents=frozenset({"none"})), RowFilter(since_s=1e6)):
        assert store.nearest(SMALL, asked, 50, nothing) == []
    assert answered == [way == "exact"] * 3 + [True] * 2  # where none pass, all are looked at


@pytest.mark.usefixtures("answered")
def test_rows_at_a_limit_pass_as_exactly_as_ever(tmp_path: Path) -> None:
    """Times in memory are known to two minutes, which says less than a filter may."""
    store, late = LanceStore(tmp_path, exact_bytes=0), 1_700_000_000.0
    drawn = vectors(1_200, 0)
    rows = [made(n, vector) for n, vector in enumerate(drawn)]
    store.put(SMALL, [replace(one, taken_s=late + one.taken_s / 10) for one in rows])
    store.maintain(stopped=True)
    where = RowFilter(since_s=late + 10, until_s=late + 60)
    found = store.nearest(SMALL, drawn[0], 1_200, where)
    assert set(contents_of(found)) == {f"c{n}" for n in range(100, 600)}
    nearest = store.nearest(SMALL, drawn[0], 100, where)
    assert contents_of(nearest)[:10] == contents_of(found)[:10]
    assert len(nearest) == 100


def test_very_many_names_are_not_handed_to_lancedb() -> None:
    """5,000 of them take five times as long as the question."""
    assert lance_likely._filter_us(100_000, 5_000) > 20_000
    assert lance_likely._filter_us(1_000_000, 0) > 30_000
    # Its own filter by time or kind costs next to nothing.
    assert lance_likely._filter_us(90_000, 0) < lance_likely._LEAST_US
