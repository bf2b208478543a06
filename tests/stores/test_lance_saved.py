"""Codes that were saved are those of the rows, or none."""

from __future__ import annotations

from pathlib import Path

import lancedb
import numpy as np
import pytest
from lancedb.index import IvfRq

from nova_desktop.stores import lance_memory, lance_saved
from nova_desktop.stores.lance import LanceStore
from tests.contracts.store import ANY
from tests.stores.test_lance_indexed import ROWS, SMALL, both, compare, vectors

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


@pytest.mark.parametrize("place", [0.0, 0.001, 0.3, 0.5, 0.99])
def test_one_byte_that_is_another_is_noticed(saved: Path, place: float) -> None:
    whole = bytearray(saved.read_bytes())
    whole[int(place * (len(whole) - 1))] ^= 0x10
    saved.write_bytes(whole)
    assert lance_saved.load(saved.parent) is None


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


def test_they_go_with_the_rows(saved: Path) -> None:
    store = LanceStore(saved.parent.parent, exact_bytes=0)
    store.forget([f"c{n}" for n in range(ROWS - 10)])
    store.maintain(stopped=True)
    assert not saved.exists()
    assert len(store.nearest(SMALL, ASKED, 50, ANY)) == 10
