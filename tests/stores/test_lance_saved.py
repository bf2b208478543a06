"""Codes that were saved are those of the rows, or none."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import lancedb
import numpy as np
import pytest
from lancedb.index import IvfRq

from nova_desktop.stores import lance_memory, lance_saved
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.memory import MemoryStore
from tests.contracts.store import ANY, contents_of
from tests.stores.test_lance_indexed import ROWS, SMALL, both, compare, made, vectors

ASKED = vectors(1, 5)[0]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    store, _ = both(tmp_path)
    store.close()
    (file,) = tmp_path.rglob(lance_saved.NAME)
    return file


def test_all_of_it_comes_back(saved: Path) -> None:
    found = lance_saved.load(saved.parent)
    assert found is not None
    assert len(found.columns) == len(found.codes) == ROWS
    assert found.trained.rows == ROWS
    at = np.array([7, 3])
    (near, other) = found.columns.nears(at, ["a", "b"], [1.0, 0.5])
    assert (near.taken_s, near.words, near.score) == (float(near.content[1:]), "a", 1.0)
    assert other.content == found.columns.contents.at(at)[1]


def test_one_bit_that_is_another_is_noticed_wherever_it_is(saved: Path) -> None:
    whole, chance = bytearray(saved.read_bytes()), random.Random(1)
    places = [*range(40), *chance.sample(range(len(whole)), 60), *range(-80, 0)]
    for place in places:
        other = bytearray(whole)
        other[place] ^= 1 << chance.randrange(8)
        saved.write_bytes(other)
        assert lance_saved.load(saved.parent) is None, place


@pytest.mark.parametrize("noise", [b"", b"codes 3\n", bytes(5_000), bytes(range(256)) * 40])
def test_something_else_of_that_name_is_none(saved: Path, noise: bytes) -> None:
    whole = saved.read_bytes()
    for other in (noise, noise + whole, whole + noise):
        if other != whole:
            saved.write_bytes(other)
            assert lance_saved.load(saved.parent) is None


def test_those_of_another_space_are_none(saved: Path) -> None:
    other = replace(SMALL, model="another")
    store, exact = LanceStore(saved.parent.parent, exact_bytes=0), MemoryStore()
    rows = [made(n, vector) for n, vector in enumerate(vectors(ROWS, 50))]
    for each in (store, exact):  # the same contents in the same order, and other vectors
        each.put(other, rows)
    store.maintain(stopped=True)
    (file,) = (one for one in saved.parent.parent.rglob(lance_saved.NAME) if one != saved)
    file.write_bytes(saved.read_bytes())
    again = LanceStore(saved.parent.parent, exact_bytes=0)
    found = contents_of(again.nearest(other, ASKED, 10, ANY))
    assert found == contents_of(exact.nearest(other, ASKED, 10, ANY))


@pytest.mark.parametrize(("further", "gone"), [(0, False), (1, False), (1, True)])
def test_those_of_a_version_that_a_crash_of_the_system_lost_are_none(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, further: int, gone: bool
) -> None:
    """Codes are written through to the disk, and what they are of may not be."""
    folder, before = saved.parent.parent, tmp_path / "before"
    shutil.copytree(saved.parent, before)
    late = vectors(30, 51)
    lost = LanceStore(folder, exact_bytes=0)
    lost.put(SMALL, [made(8_000 + n, vector) for n, vector in enumerate(late)])
    lost.compact()  # codes the rows as well
    codes = saved.read_bytes()
    lost.close()
    shutil.rmtree(saved.parent)
    before.rename(saved.parent)
    again = LanceStore(folder, exact_bytes=0)
    again.put(SMALL, [made(9_000 + n, vector) for n, vector in enumerate(vectors(30, 52))])
    again.compact()
    for n in range(further):
        again.put(SMALL, [made(9_100 + n, late[n])])
    again.close()
    saved.write_bytes(codes)
    if gone:  # the version was removed as well, so nothing but the rows tells
        monkeypatch.setattr(lance_saved, "_sign", lambda *_: 0)
    store = LanceStore(folder, exact_bytes=0)
    for n, vector in enumerate(vectors(30, 52)):
        assert contents_of(store.nearest(SMALL, vector, 1, ANY)) == [f"c{9_000 + n}"]


def test_what_was_taken_up_and_made_whole_is_saved_at_the_next_rest(saved: Path) -> None:
    older, store = saved.read_bytes(), LanceStore(saved.parent.parent, exact_bytes=0)
    store.put(SMALL, [made(8_000 + n, vector) for n, vector in enumerate(vectors(30, 51))])
    store.compact()
    store.maintain(stopped=True)  # after which nothing is to be moved
    store.close()
    saved.write_bytes(older)  # as a kill leaves it
    again = LanceStore(saved.parent.parent, exact_bytes=0)
    again.maintain(stopped=True)
    found = lance_saved.load(saved.parent)
    assert found is not None
    assert len(found.columns) == ROWS + 30


def test_what_a_kill_left_in_the_middle_of_saving_goes_with_the_next_write(saved: Path) -> None:
    unfinished = saved.with_suffix(".codes.new")
    unfinished.write_bytes(saved.read_bytes()[:1_000])
    store = LanceStore(saved.parent.parent, exact_bytes=0)
    store.nearest(SMALL, ASKED, 10, ANY)
    assert unfinished.exists()  # it may be a writer's of another process
    store.forget(["c1"])
    assert not unfinished.exists()
    assert saved.exists()


@pytest.mark.parametrize("length", [0, 1, 100, 5_000, -1])
def test_a_file_that_was_cut_is_none(saved: Path, length: int) -> None:
    whole = saved.read_bytes()
    saved.write_bytes(whole[:length])
    assert lance_saved.load(saved.parent) is None


def test_without_the_file_codes_are_made_when_it_is_time(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved.unlink()
    store, exact = LanceStore(saved.parent.parent, exact_bytes=0), both(saved.parent / "exact")[1]
    compare(store, exact, ASKED, ANY)
    assert not saved.exists()
    store.maintain(stopped=True)
    assert saved.exists()
    monkeypatch.setattr(lance_memory, "by_lancedb", None)
    compare(store, exact, ASKED, ANY)


def test_a_library_of_an_earlier_version_is_coded_at_the_first_rest(saved: Path) -> None:
    saved.unlink()
    database = lancedb.connect(saved.parent.parent)
    older = database.open_table(saved.parent.stem)
    older.create_index("vector", config=IvfRq(distance_type="cosine", num_bits=4), name="vector")
    store = LanceStore(saved.parent.parent, exact_bytes=0)
    store.maintain(stopped=True)  # before anybody asked
    assert saved.exists()
    left = database.open_table(saved.parent.stem)
    assert "vector" not in {index.name for index in left.list_indices()}


def test_a_disk_without_room_for_them_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nova_desktop.stores.lance_saved.os.fsync", full)
    store, exact = both(tmp_path)
    compare(store, exact, ASKED, ANY)
    assert "Could not save the codes" in caplog.text
    assert not list(tmp_path.rglob(f"{lance_saved.NAME}*"))


def test_words_that_can_not_be_read_keep_no_codes_from_being_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def damaged(*_: object) -> bytes:
        raise RuntimeError("LanceError(IO): a page is not as it should be")

    monkeypatch.setattr("nova_desktop.stores.lance_saved_words._block", damaged)
    store, exact = both(tmp_path)
    store.close()
    assert "a page is not as it should be" in caplog.text
    assert {one.name for one in tmp_path.rglob("nearness.*")} == {lance_saved.NAME}
    compare(LanceStore(tmp_path, exact_bytes=0), exact, ASKED, ANY)


def test_they_go_with_the_rows(saved: Path) -> None:
    store = LanceStore(saved.parent.parent, exact_bytes=0)
    store.forget([f"c{n}" for n in range(ROWS - 10)])
    store.maintain(stopped=True)
    assert not saved.exists()
    assert len(store.nearest(SMALL, ASKED, 50, ANY)) == 10
