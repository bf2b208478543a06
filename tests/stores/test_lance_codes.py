"""Codes name the rows that are likely to be near, whatever they were numbered and turned."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nova_desktop.errors import NeedsUser
from nova_desktop.stores import lance_saved
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.lance_codes import Codes, passing, turned
from tests.contracts.store import ANY, SPACE, contents_of, row

DIM, ROWS = 128, 3_000


def drawn(count: int, seed: int) -> NDArray[np.float32]:
    """Around thirty centres, which are the same for every seed."""
    centres = np.random.default_rng(99).normal(size=(30, DIM))
    random = np.random.default_rng(seed)
    some = centres[random.integers(0, 30, count)]
    some = (some + random.normal(scale=0.7, size=some.shape)).astype(np.float32)
    return some / np.linalg.norm(some, axis=1, keepdims=True)


VECTORS = drawn(ROWS, 0)
EVERY = np.arange(ROWS)


@pytest.fixture(params=[1, 2])
def codes(request: pytest.FixtureRequest) -> Codes:
    made = Codes.trained(VECTORS, 16, request.param)
    made.add(EVERY[:1_000], VECTORS[:1_000])
    made.add(EVERY[1_000:], VECTORS[1_000:])
    return made


def found(codes: Codes, asked: NDArray[np.float32], count: int = 600) -> list[int]:
    return codes.nearest(asked, count, 1.0, None)[0].tolist()


@pytest.mark.parametrize("dim", [1, 2, 3, 5, 6, 64, 127, 384, 1024])
def test_turned_vectors_are_as_similar_as_they_were(dim: int) -> None:
    some = np.random.default_rng(dim).normal(size=(6, dim)).astype(np.float32)
    other = turned(some)
    assert other.dtype == np.float32
    assert other.shape == some.shape
    assert other @ other.T == pytest.approx(some @ some.T, abs=1e-4 * dim)


def test_what_lay_in_one_dimension_lies_in_all() -> None:
    axes = turned(np.eye(256, dtype=np.float32))
    assert np.abs(axes).max() < 0.6
    assert (np.abs(axes) > 0.01).mean() > 0.7


def test_the_nearest_are_among_the_candidates_and_about_as_similar(codes: Codes) -> None:
    for asked in drawn(10, 1):
        exact = np.argsort(-(VECTORS @ asked))[:20]
        numbers, about = codes.nearest(asked, 600, 1.0, None)
        assert len(set(exact.tolist()) & set(numbers.tolist())) >= 19
        assert about.tolist() == sorted(about.tolist())[::-1]
        assert np.abs(about - VECTORS[numbers] @ asked).mean() < 0.1


def test_vectors_are_turned_as_those_that_were_coded_and_saved_were() -> None:
    """Where they are not, saved codes are worth nothing: lance_saved needs another _MAGIC then."""
    assert lance_saved._MAGIC == b"codes 3\n"
    first = turned(np.eye(8, dtype=np.float32)[:1])[0]
    assert first == pytest.approx(
        [-0.28, -0.177, 0.729, 0.177, 0.125, 0.302, -0.427, -0.198], abs=1e-3
    )


def test_only_what_passes_is_found(codes: Codes) -> None:
    mask = EVERY % 7 == 3
    assert passing(mask).numbers().tolist() == EVERY[mask].tolist()
    numbers, _ = codes.nearest(VECTORS[10], 100, 1.0, passing(mask))
    assert len(numbers) == 100
    assert mask[numbers].all()
    assert numbers[0] == 10
    every, _ = codes.nearest(VECTORS[10], ROWS, 1.0, passing(mask))
    assert sorted(every.tolist()) == EVERY[mask].tolist()
    assert len(codes.nearest(VECTORS[10], 5, 1.0, passing(EVERY < 0))[0]) == 0


def test_rows_get_other_numbers_and_some_go_while_the_others_stay(codes: Codes) -> None:
    fewer = codes.renumbered(lambda old: np.where(old % 2 == 0, old + 50_000, -1))
    assert sorted(fewer.numbers().tolist()) == [n + 50_000 for n in range(0, ROWS, 2)]
    assert len(fewer) == ROWS // 2
    assert found(fewer, VECTORS[4])[0] == 50_004
    assert len(codes) == ROWS
    assert found(codes, VECTORS[4])[0] == 4


def test_what_is_written_is_read_again(codes: Codes) -> None:
    file = BytesIO()
    codes.write(file)
    whole = file.getvalue()
    again = Codes.read(BytesIO(whole + b"what comes behind"))
    asked = drawn(1, 3)[0]
    assert found(again, asked) == found(codes, asked)
    again.add(np.array([ROWS]), asked[None])
    assert found(again, asked)[0] == ROWS
    for wrong in (whole[:1_000], whole[:-1], b"", b"no codes at all"):
        with pytest.raises(RuntimeError):
            Codes.read(BytesIO(wrong))


def test_rows_that_are_alike_or_nothing_at_all_are_numbers_still() -> None:
    same = np.zeros((40, DIM), np.float32)
    same[:20, 0] = 1.0
    codes = Codes.trained(same, 4, 2)
    codes.add(np.arange(40), same)
    numbers, about = codes.nearest(same[0], 40, 1.0, None)
    assert sorted(numbers.tolist()) == list(range(40))
    assert np.isfinite(about).all()


def test_that_it_works_here_is_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store = LanceStore(tmp_path)
    assert store.check(SPACE) == 0
    monkeypatch.setitem(sys.modules, "faiss", None)
    with pytest.raises(NeedsUser, match="Install Nova Desktop again"):
        store.check(SPACE)


def test_without_it_rows_are_compared_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "faiss", None)
    store, many = LanceStore(tmp_path, exact_bytes=0), drawn(1_200, 3)[:, : SPACE.dim]
    many /= np.linalg.norm(many, axis=1, keepdims=True)
    store.put(SPACE, [row(f"c{n}", 0, "word", vector) for n, vector in enumerate(many)])
    store.maintain(stopped=True)
    assert contents_of(store.nearest(SPACE, many[700], 1, ANY)) == ["c700"]
    assert "faiss can't be loaded" in caplog.text
