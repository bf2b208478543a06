from __future__ import annotations

import random
from pathlib import Path

import pytest

from nova_desktop import closed
from nova_desktop.compose.mending import mend_vectors
from nova_desktop.errors import NeedsUser
from nova_desktop.library.catalog import Catalog
from nova_desktop.model import Space
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.lance_errors import DAMAGED, Unread
from nova_desktop.stores.lance_mending import unheard
from tests.contracts.store import ANY, EAST, OTHER, SPACE, contents_of, row

FILES, EACH = 4, 200


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of a store with 800 rows, in four files on the disk."""
    store = LanceStore(tmp_path)
    for number in range(FILES):
        store.put(SPACE, [row(f"{number}-{n}", 0, f"word{n} sea") for n in range(EACH)])
    store.put(OTHER, [row("other", 0, "word")])
    store.close()
    return tmp_path


def spoil(file: Path, share: float, size: int = 100) -> None:
    noise = bytearray(file.read_bytes())
    at = int(len(noise) * share)
    noise[at : at + size] = random.Random(5).randbytes(size)
    file.write_bytes(noise)


def data_of(folder: Path) -> list[Path]:
    return sorted((folder / f"{SPACE.name}.lance" / "data").glob("*.lance"))


def test_a_sound_store_is_read_whole(folder: Path) -> None:
    store = LanceStore(folder)
    assert store.check(SPACE) == FILES * EACH
    assert store.broken() == {}
    assert sum(map(len, store.readable(SPACE.name))) == FILES * EACH


def test_what_can_be_read_beside_the_damage_is_saved(folder: Path) -> None:
    spoil(data_of(folder)[0], 0.02, 2_000)
    store = LanceStore(folder)
    with unheard():
        assert set(store.broken()) == {SPACE.name}
        with pytest.raises(NeedsUser, match="doctor --repair"):
            store.check(SPACE)
        saved = [one for rows in store.readable(SPACE.name) for one in rows]
    assert store.check(OTHER) == 1
    assert (FILES - 1) * EACH <= len(saved) < FILES * EACH
    assert {one.words for one in saved} <= {f"word{n} sea" for n in range(EACH)}


@pytest.mark.parametrize("number", [b"\xff\x7b", b"\x01\x7c", b"\x00\xfc"])  # large, none, endless
def test_vectors_that_are_noise_are_not_taken_for_whole(folder: Path, number: bytes) -> None:
    file = data_of(folder)[0]
    east = EAST.astype("float16").tobytes()
    at = file.read_bytes().index(east)
    noise = bytearray(file.read_bytes())
    noise[at : at + 8] = number * 4
    file.write_bytes(noise)
    assert set(LanceStore(folder).broken()) == {SPACE.name}


def test_a_file_that_is_gone_is_damage(folder: Path) -> None:
    data_of(folder)[2].unlink()
    store = LanceStore(folder)
    assert set(store.broken()) == {SPACE.name}
    saved = {one.content for rows in store.readable(SPACE.name) for one in rows}
    assert len(saved) == (FILES - 1) * EACH
    with pytest.raises(Unread, match="Try again"):
        store.nearest(SPACE, EAST, 10, ANY)


def test_an_index_that_is_damaged_is_made_anew_of_the_rows(folder: Path) -> None:
    for file in (folder / f"{SPACE.name}.lance" / "_indices").rglob("*"):
        if file.is_file():
            file.write_bytes(b"\xa5" * 50)
    with unheard(), pytest.raises((NeedsUser, *DAMAGED)):
        LanceStore(folder).matching(SPACE, "word7", 10, ANY)
    store = LanceStore(folder)
    assert store.broken() == {}
    store.index_again()
    found = contents_of(store.matching(SPACE, "word7", 10, ANY))
    assert sorted(found) == [f"{number}-7" for number in range(FILES)]
    assert contents_of(store.matching(OTHER, "word", 10, ANY)) == ["other"]


def test_what_the_catalog_does_not_know_any_more_counts_as_lost(folder: Path) -> None:
    data = folder / "data"
    data.mkdir()
    for table in folder.glob("*.lance"):
        (data / "vectors").mkdir(exist_ok=True)
        table.rename(data / "vectors" / table.name)
    data_of(data / "vectors")[2].unlink()
    told = []
    (mended,) = mend_vectors(data, data / "aside", told.append)
    assert told == [mended]
    assert (mended.space, mended.kept, mended.lost) == (SPACE.name, 0, (FILES - 1) * EACH)
    assert LanceStore(data / "vectors").check(OTHER) == 1


def test_contents_of_many_rows_stay_whole_wherever_they_are_read_in_parts(tmp_path: Path) -> None:
    store, each = LanceStore(tmp_path / "vectors"), 700
    for content in ("a", "b", "c", "d", "short"):
        count = each - (content == "short")  # of what is recorded, one is gone
        store.put(SPACE, [row(content, n, f"word{n}") for n in range(count)])
    store.close()
    catalog = Catalog(tmp_path / "catalog.sqlite")
    with catalog.write() as db:
        for content in ("a", "b", "c", "d", "short"):
            db.execute(
                "INSERT INTO contents (content, modality, info) VALUES (?, 'text', '{}')", [content]
            )
            db.execute("INSERT INTO indexed VALUES (?, ?, ?)", [content, SPACE.name, each])
    catalog.close()
    data_of(tmp_path / "vectors")[1].unlink()
    (mended,) = mend_vectors(tmp_path, tmp_path / "aside", lambda _: None)
    again = LanceStore(tmp_path / "vectors")
    kept = again.contents(SPACE)
    assert kept <= {"a", "b", "c", "d"}
    assert kept  # what is beside the file that is gone may have lost some rows too
    assert (mended.kept, mended.lost) == (len(kept), 5 - len(kept))
    assert again.count(SPACE) == len(kept) * each


@pytest.mark.parametrize("whole", [True, False])
def test_what_was_paid_for_and_is_lost_is_not_sent_again_without_a_quote(
    tmp_path: Path, whole: bool
) -> None:
    paid = Space("nova", "plain", SPACE.dim, 1)
    store = LanceStore(tmp_path / "vectors")
    store.put(paid, [row(f"c{n}") for n in range(20)])
    store.put(paid, [row(f"d{n}") for n in range(20)])
    store.close()
    catalog = Catalog(tmp_path / "catalog.sqlite")
    with catalog.write() as db:
        db.execute("INSERT INTO rules VALUES (x'2f', 'cloud', 0.1, 1.0)")
        for kind in "cd":
            known = [[f"{kind}{n}"] for n in range(20)]
            db.executemany(
                "INSERT INTO contents (content, modality, info) VALUES (?, 'image', '{}')", known
            )
            db.executemany(f"INSERT INTO indexed VALUES (?, '{paid.name}', 1)", known)  # noqa: S608  # ours
    catalog.close()
    if not whole:
        next((tmp_path / "vectors").glob("*.lance/data/*.lance")).unlink()
    said = " ".join(closed.repair(tmp_path))
    assert ("look at the quote" in said) == ("20 others" in said) == (not whole)
    catalog = Catalog(tmp_path / "catalog.sqlite")
    assert len(catalog.read("SELECT rule FROM rules")) == whole
    catalog.close()
