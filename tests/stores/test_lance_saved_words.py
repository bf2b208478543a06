"""Words that were saved are the rows' own, or none."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import lancedb
import numpy as np
import pytest

from nova_desktop.stores import lance_saved_words
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.lance_saved_words import SavedWords
from tests.stores.test_lance_indexed import SMALL, made, vectors

ROWS = 75  # the last block has eleven
WORDS = ["", "Käse 🧀", "a\nb", *(f"word {n} " * (n % 7) for n in range(3, ROWS))]


@pytest.fixture
def table(tmp_path: Path):
    store, drawn = LanceStore(tmp_path), vectors(ROWS, 1)
    rows = [replace(made(n, drawn[n]), words=WORDS[n]) for n in range(ROWS)]
    store.put(SMALL, rows[40:])
    store.put(SMALL, rows[:40])
    store.close()
    (folder,) = tmp_path.glob("*.lance")
    return lancedb.connect(tmp_path).open_table(folder.stem)


def ids_and_words(table) -> tuple[np.ndarray, list[str]]:
    found = table.search().select(["words"]).with_row_id(True).to_arrow()
    order = np.argsort(found["_rowid"].to_numpy())
    return found["_rowid"].to_numpy()[order], found["words"].take(order).to_pylist()


def test_each_row_gets_its_own(table, tmp_path: Path) -> None:
    ids, words = ids_and_words(table)
    saved = SavedWords(tmp_path, table.version, 7)
    saved.save(table, ids)
    assert saved.of(np.arange(ROWS)) == words
    assert sorted(words) == sorted(WORDS)
    some = np.array([74, 0, 16, 16, 63])
    assert saved.of(some) == [words[n] for n in some]
    assert saved.of(np.array([], np.int64)) == []
    assert saved.of(np.array([ROWS])) is None


def test_rows_in_another_order_than_their_ids_get_their_own(table, tmp_path: Path) -> None:
    ids, words = ids_and_words(table)

    class Turned:
        """Gives its rows from the last one on, as a compacted table may."""

        def search(self):
            return self

        def select(self, _):
            return self

        def with_row_id(self, _):
            return self

        def to_batches(self):
            found = table.search().select(["words"]).with_row_id(True).to_arrow()
            return found.take(np.arange(ROWS)[::-1]).to_batches(max_chunksize=9)

    saved = SavedWords(tmp_path, table.version, 7)
    saved.save(Turned(), ids)
    assert saved.of(np.arange(ROWS)) == words


def test_those_of_another_version_are_none(table, tmp_path: Path) -> None:
    ids, _ = ids_and_words(table)
    SavedWords(tmp_path, 5, 7).save(table, ids)
    assert SavedWords(tmp_path, 5, 8).of(np.arange(3)) is None
    assert SavedWords(tmp_path, 6, 7).of(np.arange(3)) is None
    (tmp_path / lance_saved_words.NAME).unlink()
    assert SavedWords(tmp_path, 5, 7).of(np.arange(3)) is None


def test_what_is_damaged_gives_no_other_words(table, tmp_path: Path) -> None:
    ids, words = ids_and_words(table)
    saved, chance = SavedWords(tmp_path, table.version, 7), random.Random(1)
    saved.save(table, ids)
    file = tmp_path / lance_saved_words.NAME
    whole, noticed = file.read_bytes(), 0
    for place in [*range(40), *chance.sample(range(40, len(whole)), 300)]:
        other = bytearray(whole)
        other[place] ^= 1 << chance.randrange(8)
        file.write_bytes(other)
        each = [saved.of(np.array([n])) for n in range(ROWS)]
        assert all(one in (None, [words[n]]) for n, one in enumerate(each)), place
        noticed += None in each
    assert noticed == 340
    for size in (0, 5, 40, len(whole) // 2):
        file.write_bytes(whole[:size])
        assert saved.of(np.arange(ROWS)) is None


def test_a_table_that_changed_or_a_full_disk_leaves_what_was_there(
    table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids, words = ids_and_words(table)
    saved = SavedWords(tmp_path, table.version, 7)
    saved.save(table, ids)
    for other in (ids[1:], ids[:-1], ids + np.uint64(1)):
        with pytest.raises(OSError, match="not as it was"):
            saved.save(table, other)

    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lance_saved_words, "_block", full)
    with pytest.raises(OSError, match="No space"):
        saved.save(table, ids)
    assert saved.of(np.arange(ROWS)) == words
    assert not (tmp_path / lance_saved_words.NEW).exists()
