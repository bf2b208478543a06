"""Vectors read from LanceDB's files are those that LanceDB would give, or none are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nova_desktop.stores import lance_vectors
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.lance_columns import Columns, RowIds
from nova_desktop.stores.lance_vectors import StoredVectors
from tests.stores.test_lance_indexed import SMALL, made, vectors

ASKED = vectors(1, 9)[0]


def filled(folder: Path, rows: int = 1_500) -> LanceStore:
    """In files of 100 rows."""
    store = LanceStore(folder, exact_bytes=0)
    drawn = vectors(rows, 0)
    for start in range(0, rows, 100):
        store.put(SMALL, [made(n, drawn[n]) for n in range(start, start + 100)])
    return store


def opened(store: LanceStore) -> tuple[Any, Columns, StoredVectors]:
    held = store._table(SMALL.name)
    assert held is not None
    columns = Columns.read(held._table)
    return held._table, columns, StoredVectors(held._table, files(store), columns.samples())


def files(store: LanceStore) -> Path:
    return next(store._folder.glob("*.lance")) / "data"


def by_lancedb(table: Any) -> tuple[RowIds, np.ndarray[Any, np.dtype[np.float32]]]:
    found = table.search().select(["vector"]).with_row_id(True).to_arrow().sort_by("_rowid")
    halves = found["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
    return found["_rowid"].to_numpy(), halves.reshape(-1, SMALL.dim).astype(np.float32)


def compare(store: LanceStore) -> None:
    table, _, stored = opened(store)
    ids, there = by_lancedb(table)
    assert stored.readable
    for some in (np.arange(len(ids)), np.arange(0, len(ids), 7), np.arange(len(ids) - 1, len(ids))):
        assert stored.similarities(ids[some], ASKED) == pytest.approx(there[some] @ ASKED, abs=1e-6)
        assert (stored.of(ids[some]) == there[some]).all()


def test_every_row_has_its_own_vector_whatever_became_of_the_files(tmp_path: Path) -> None:
    store = filled(tmp_path)
    compare(store)
    store.forget([f"c{n}" for n in (0, 50, 99, 100, 777, 1_499)])
    store.put(SMALL, [made(n, vector) for n, vector in enumerate(vectors(40, 5), 300)])
    compare(store)
    store.compact()  # the files from before are still there
    compare(store)
    store.forget([f"c{n}" for n in range(200)])
    store.maintain(stopped=True)
    compare(store)


def test_what_is_small_or_no_number_at_all_is_read_as_it_is(tmp_path: Path) -> None:
    store, odd = LanceStore(tmp_path, exact_bytes=0), np.zeros((4, SMALL.dim), np.float32)
    odd[0, 0], odd[1, :2], odd[2, :3] = -1.0, (6e-8, 1.0), (-6.1e-5, 0.0, -0.5)
    odd[3] = np.linspace(-1, 1, SMALL.dim)
    store.put(SMALL, [made(n, vector) for n, vector in enumerate(odd)])
    table, _, stored = opened(store)
    ids, there = by_lancedb(table)
    for axis in np.eye(SMALL.dim, dtype=np.float32):
        assert stored.similarities(ids, axis).tolist() == (there @ axis).tolist()


def test_files_that_are_gone_are_an_error_and_not_another_answer(tmp_path: Path) -> None:
    store = filled(tmp_path, 200)
    _, columns, stored = opened(store)
    for file in files(store).iterdir():
        file.unlink()
    with pytest.raises(OSError, match="No such file"):
        stored.similarities(columns.samples(), ASKED)


@pytest.mark.parametrize("spoiled", ["format", "cut", "other rows"])
def test_files_of_another_make_are_left_to_lancedb(tmp_path: Path, spoiled: str) -> None:
    store = filled(tmp_path / "one", 200)
    table, columns, _ = opened(store)
    ids, there = by_lancedb(table)
    other = tmp_path / "files"
    other.mkdir()
    for number, file in enumerate(files(store).iterdir()):
        whole = file.read_bytes()
        if spoiled == "format":
            whole = whole[:-4] + b"LANE"
        elif spoiled == "cut":
            whole = whole[:-100]
        else:
            known = lance_vectors._file(file, SMALL.dim)
            assert known is not None
            first = int(known.pages[0])
            whole = whole[:first] + bytes(2 * SMALL.dim) + whole[first + 2 * SMALL.dim :]
        (other / f"{number}.lance").write_bytes(whole)
    for folder in (other, tmp_path / "none"):
        stored = StoredVectors(table, folder, columns.samples())
        assert not stored.readable
        assert stored.similarities(ids[::3], ASKED) == pytest.approx(there[::3] @ ASKED, abs=1e-6)
        assert (stored.of(ids) == there).all()
        with pytest.raises(OSError, match="gone"):
            stored.of(ids + np.uint64(1 << 40))
