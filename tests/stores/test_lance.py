"""LanceDB keeps the contract, with its indexes and without, and whatever happens to the program."""

from __future__ import annotations

import errno
import gc
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import lancedb
import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from nova_desktop.errors import NeedsUser
from nova_desktop.model import Modality, Row, RowFilter, Space
from nova_desktop.stores import lance_upkeep
from nova_desktop.stores.lance import LanceStore
from tests.contracts.store import ANY, EAST, OTHER, SPACE, StoreContract, contents_of, keys, row


class TestLanceStoreInMemory(StoreContract):
    """As a small library asks it: rows in memory, compared in full."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[LanceStore]:
        store = LanceStore(tmp_path / "index")
        yield store
        store.close()


class TestLanceStoreOnDisk(StoreContract):
    """As a large library asks it: nothing kept in memory."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[LanceStore]:
        store = LanceStore(tmp_path / "index", exact_bytes=0)
        yield store
        store.close()


LARGE = Space("test", "large", 256, 1)


def clustered(count: int, dim: int, seed: int = 0) -> NDArray[np.float32]:
    """Unit vectors around thirty centres, which are the same for every seed."""
    centres = np.random.default_rng(99).normal(size=(30, dim))
    random = np.random.default_rng(seed)
    drawn = centres[random.integers(0, 30, count)] + random.normal(scale=0.5, size=(count, dim))
    unit: NDArray[np.float32] = drawn.astype(np.float32)
    return unit / np.linalg.norm(unit, axis=1, keepdims=True)


def large_rows(vectors: NDArray[np.float32]) -> list[Row]:
    kinds = list(Modality)
    return [
        replace(row(f"c{n}", 0, f"common word{n % 7}", vector), modality=kinds[n % 5], taken_s=n)
        for n, vector in enumerate(vectors)
    ]


def filled(folder: Path, space: Space, vectors: NDArray[np.float32]) -> LanceStore:
    """A store that answers from its vector index."""
    store = LanceStore(folder, exact_bytes=0)
    rows = large_rows(vectors)
    for start in range(0, len(rows), 1000):
        store.put(space, rows[start : start + 1000])
    store.maintain(stopped=True)
    return store


@pytest.mark.parametrize("dim", [256, 1024])
def test_the_index_finds_what_is_nearest(tmp_path: Path, dim: int) -> None:
    space = Space("test", "large", dim, 1)
    vectors = clustered(3000, dim)
    store = filled(tmp_path, space, vectors)
    found = 0
    for asked in clustered(20, dim, seed=1):
        exact = {f"c{n}" for n in np.argsort(-(vectors @ asked))[:10]}
        found += len(exact & set(contents_of(store.nearest(space, asked, 10, ANY))))
    assert found >= 0.97 * 200


def test_with_the_index_as_many_rows_come_back_as_pass_the_filter(tmp_path: Path) -> None:
    vectors = clustered(3000, 256)
    store = filled(tmp_path, LARGE, vectors)
    far_away = frozenset(f"c{n}" for n in np.argsort(vectors @ vectors[0])[:25])
    most = frozenset(f"c{n}" for n in range(2990)) | {f"x{n}" for n in range(5000)}
    few = frozenset(f"c{n}" for n in range(3)) | {f"x{n}" for n in range(5000)}
    for where, there in [
        (ANY, 3000),
        (RowFilter(modalities=frozenset({Modality.VIDEO})), 600),
        (RowFilter(since_s=2990.0), 10),
        (RowFilter(contents=far_away), 25),
        (RowFilter(contents=most), 2990),
        (RowFilter(contents=few), 3),
        (RowFilter(since_s=5000.0), 0),
    ]:
        for limit in (10, 50, 5000):
            expected = min(limit, there)
            assert len(store.nearest(LARGE, vectors[0], limit, where)) == expected, where
            assert len(store.matching(LARGE, "common", limit, where)) == expected, where


def test_among_very_many_contents_the_nearest_are_found_too(tmp_path: Path) -> None:
    vectors = clustered(3000, 256)
    store = filled(tmp_path, LARGE, vectors)
    ranked = np.argsort(-(vectors @ vectors[0]))
    beside = {f"x{n}" for n in range(1500)}  # of another space
    # Spread evenly, and the half that is farthest, which nothing tells apart.
    for chosen, least in ((range(0, 3000, 2), 49), ([int(n) for n in ranked[1500:]], 0)):
        contents = frozenset(f"c{n}" for n in chosen) | beside
        nearest = [f"c{n}" for n in ranked if n in set(chosen)][:50]
        found = store.nearest(LARGE, vectors[0], 50, RowFilter(contents=contents))
        assert len(found) == 50
        assert len(set(contents_of(found)) & set(nearest)) >= least
        assert set(contents_of(found)) <= contents
        assert [near.score for near in found] == sorted(near.score for near in found)[::-1]
        only = RowFilter(frozenset({Modality.VIDEO}), contents=contents)
        wanted = min(400, sum(list(Modality)[n % 5] is Modality.VIDEO for n in chosen))
        assert len(store.nearest(LARGE, vectors[0], 400, only)) == wanted


def test_rows_put_after_the_index_was_made_are_found(tmp_path: Path) -> None:
    vectors = clustered(2000, 256)
    store = filled(tmp_path, LARGE, vectors)
    new = clustered(1, 256, seed=5)[0]
    store.put(LARGE, [row("late", 0, "unheard", new)])
    assert contents_of(store.nearest(LARGE, new, 1, ANY)) == ["late"]
    assert contents_of(store.matching(LARGE, "unheard", 1, ANY)) == ["late"]
    store.forget(["late", "c0"])
    assert "late" not in contents_of(store.nearest(LARGE, new, 2000, ANY))
    assert len(store.nearest(LARGE, new, 5000, ANY)) == 1999


def test_what_was_forgotten_does_not_stay_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lance_upkeep, "OLD", timedelta(milliseconds=1))
    store = filled(tmp_path, LARGE, clustered(2000, 256))
    store.put(LARGE, [row("late", 0, "unheard", clustered(1, 256)[0])])
    store.forget([f"c{n}" for n in range(2000)])
    store.forget(["late"])
    assert store.matching(LARGE, "common", 5, ANY) == []
    store.maintain(stopped=True)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in kept) < 30_000
    assert not any(b"unheard" in path.read_bytes() for path in kept)
    assert store.matching(LARGE, "common", 5, ANY) == []
    assert store.nearest(LARGE, clustered(1, 256)[0], 5, ANY) == []
    store.put(LARGE, large_rows(clustered(3, 256)))
    store.maintain(stopped=True)
    assert len(store.matching(LARGE, "common", 5, ANY)) == 3
    assert len(LanceStore(tmp_path).matching(LARGE, "word1", 5, ANY)) == 1


def test_memory_is_left_for_the_index_as_a_library_grows(tmp_path: Path) -> None:
    # Room for 1,500 rows: it is asked before, at and after that size.
    vectors = clustered(2500, 256)
    rows = large_rows(vectors)
    store = LanceStore(tmp_path, exact_bytes=1500 * 256 * 4)
    for start in range(0, 2500, 250):
        store.put(LARGE, rows[start : start + 250])
        store.maintain()
        assert store.nearest(LARGE, vectors[start], 1, ANY)[0].content == f"c{start}"
        assert len(store.nearest(LARGE, vectors[0], 5000, ANY)) == start + 250


def test_both_ways_of_answering_agree(tmp_path: Path) -> None:
    vectors = clustered(1500, 256)
    filled(tmp_path, LARGE, vectors).close()
    by_index, in_memory = LanceStore(tmp_path, exact_bytes=0), LanceStore(tmp_path)
    for where in (ANY, RowFilter(modalities=frozenset({Modality.TEXT}), since_s=100.0)):
        slow = in_memory.nearest(LARGE, vectors[7], 20, where)
        fast = by_index.nearest(LARGE, vectors[7], 20, where)
        assert len(set(keys(slow)) & set(keys(fast))) >= 19  # the index may miss one among equals
        assert keys(slow)[0] == keys(fast)[0] == ("c7", 0) or where is not ANY
        assert [near.score for near in slow] == pytest.approx(
            [near.score for near in fast], abs=0.01
        )


def test_another_process_sees_what_was_written(tmp_path: Path) -> None:
    writer, reader = LanceStore(tmp_path), LanceStore(tmp_path)
    assert reader.nearest(SPACE, EAST, 10, ANY) == []
    for number in range(3):
        writer.put(SPACE, [row(f"c{number}", 0, "word")])
        writer.maintain(stopped=True)
        assert len(reader.nearest(SPACE, EAST, 10, ANY)) == number + 1
        assert len(reader.matching(SPACE, "word", 10, ANY)) == number + 1
        assert reader.count(SPACE) == number + 1
    writer.forget(["c0"])
    assert sorted(contents_of(reader.nearest(SPACE, EAST, 10, ANY))) == ["c1", "c2"]
    assert reader.contents(SPACE) == {"c1", "c2"}


def test_questions_are_answered_while_rows_are_written(tmp_path: Path) -> None:
    store = LanceStore(tmp_path)
    store.put(SPACE, [row("first", 0, "word")])
    stop = threading.Event()

    def ask() -> int:
        asked = 0
        while not stop.is_set():
            assert "first" in contents_of(store.nearest(SPACE, EAST, 1000, ANY))
            assert "first" in contents_of(store.matching(SPACE, "word", 1000, ANY))
            asked += 1
        return asked

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        try:
            for number in range(25):
                store.put(SPACE, [row(f"c{number}", n, "word") for n in range(10)])
                store.forget([f"c{number - 5}"])
                store.maintain(stopped=number % 5 == 0)
        finally:
            stop.set()
        assert all(each.result() for each in asking)
    assert store.count(SPACE) == 51
    assert len(store.nearest(SPACE, EAST, 1000, ANY)) == 51


WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
from nova_desktop.stores.lance import LanceStore
from tests.contracts.store import SPACE, row
store = LanceStore(Path(sys.argv[1]))
for batch in range(int(sys.argv[2]), 10_000):
    store.put(SPACE, [row(f"b{batch}-{n}", k, f"v{batch}") for n in range(4) for k in range(3)])
    store.put(SPACE, [row("again", k, f"v{batch}") for k in range(1 + batch % 3)])
    if batch % 7 == 0:
        store.maintain(stopped=True)
    print(batch, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill_once(tmp_path: Path) -> None:
    last = -1
    for acknowledged in (2, 8):
        with subprocess.Popen(
            [sys.executable, "-c", WRITE_UNTIL_KILLED, str(tmp_path), str(last + 1)],
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout is not None
            for line in writer.stdout:
                last = int(line)
                if last >= acknowledged:
                    writer.kill()
                    break
        store = LanceStore(tmp_path)
        everything = store.nearest(SPACE, EAST, 100_000, ANY)
        assert len(set(keys(everything))) == len(everything) == store.count(SPACE)
        wanted = {
            (f"b{batch}-{n}", k) for batch in range(last + 1) for n in range(4) for k in range(3)
        }
        assert wanted <= set(keys(everything))
        assert ("again", 0) in set(keys(everything))
        # The batch that was not acknowledged is put again, which leaves no trace of the crash.
        store.put(SPACE, [row("again", 0, "new")])
        assert [near.words for near in store.nearest(SPACE, EAST, 100_000, ANY)
                if near.content == "again"] == ["new"]  # fmt: skip
        assert len(store.matching(SPACE, "new", 10, ANY)) == 1


def test_the_store_stays_small_over_many_small_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lance_upkeep, "OLD", timedelta(milliseconds=1))  # instead of waiting
    store = LanceStore(tmp_path)
    for number in range(120):
        store.put(SPACE, [row(f"c{number % 10}", n, "word") for n in range(5)])
        store.maintain()
    store.maintain(stopped=True)
    assert store.count(SPACE) == 50
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) < 60
    assert len(store.nearest(SPACE, EAST, 100, ANY)) == 50


def test_an_index_of_another_version_is_refused_with_a_remedy(tmp_path: Path) -> None:
    LanceStore(tmp_path).put(SPACE, [row("a")])
    table = next(iter(tmp_path.glob("*.lance"))).stem
    older = lancedb.connect(tmp_path)
    older.drop_table(table)
    older.create_table(table, schema=pa.schema([pa.field("id", pa.string())]))
    store = LanceStore(tmp_path)
    for call in (
        lambda: store.nearest(SPACE, EAST, 1, ANY),
        lambda: store.put(SPACE, [row("a")]),
        lambda: store.forget(["a"]),
    ):
        with pytest.raises(NeedsUser, match="another version"):
            call()


def test_a_place_without_hard_links_is_refused_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")  # as exFAT says

    monkeypatch.setattr(Path, "hardlink_to", refused)
    with pytest.raises(NeedsUser, match="NOVA_DESKTOP_DATA"):
        LanceStore(tmp_path / "index").put(SPACE, [row("a")])
    assert list((tmp_path / "index").iterdir()) == []


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"")
    for folder in (tmp_path / "index", tmp_path / "index/inside"):
        with pytest.raises(NeedsUser, match="a file in its place"):
            LanceStore(folder).put(SPACE, [row("a")])


def test_a_damaged_index_is_refused_with_a_remedy(tmp_path: Path) -> None:
    LanceStore(tmp_path).put(SPACE, [row("a")])
    for manifest in tmp_path.rglob("*.manifest"):
        manifest.write_bytes(b"damaged")
    with pytest.raises(NeedsUser, match="damaged"):
        LanceStore(tmp_path).nearest(SPACE, EAST, 1, ANY)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB, where this machine lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("mounting takes the rights of root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(small_disk: Path) -> None:
    store = LanceStore(small_disk / "index")
    store.put(SPACE, [row("first", 0, "word")])
    noise = "".join(map(chr, np.random.default_rng(0).integers(97, 123, 20_000)))
    written: list[str] = []

    def fill() -> None:
        for number in range(1000):
            store.put(SPACE, [row(f"c{number}", n, noise) for n in range(5)])
            written.append(f"c{number}")

    with pytest.raises(NeedsUser, match="full"):
        fill()
    found = set(contents_of(LanceStore(small_disk / "index").nearest(SPACE, EAST, 10_000, ANY)))
    assert {"first", *written} <= found
    assert "first" in contents_of(store.nearest(SPACE, EAST, 10_000, ANY))


def test_a_read_only_disk_is_told_and_can_still_be_asked(small_disk: Path) -> None:
    store = LanceStore(small_disk / "index")
    store.put(SPACE, [row("first", 0, "word")])
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert contents_of(store.nearest(SPACE, EAST, 10, ANY)) == ["first"]
    with pytest.raises(NeedsUser, match="read-only"):
        store.put(SPACE, [row("second")])
    with pytest.raises(NeedsUser, match="read-only"):
        LanceStore(small_disk / "other").put(SPACE, [row("a")])
    assert contents_of(store.nearest(SPACE, EAST, 10, ANY)) == ["first"]


def test_lancedb_is_not_imported_before_it_is_needed() -> None:
    check = "import sys, nova_desktop.stores.lance; sys.exit('lancedb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_no_client_of_a_server_is_imported_with_lancedb(tmp_path: Path) -> None:
    check = (
        "import sys; from pathlib import Path; from tests.contracts.store import *\n"
        "from nova_desktop.stores.lance import LanceStore\n"
        "store = LanceStore(Path(sys.argv[1])); store.put(SPACE, [row('a', 0, 'word')])\n"
        "store.maintain(); assert len(store.matching(SPACE, 'word', 1, ANY)) == 1\n"
        "there = [name for name in sys.modules if name.startswith(('lance_name', 'overrides'))]\n"
        "assert not there, there\n"
        "import lance_namespace; lance_namespace.ListTablesRequest()  # whoever needs it has it"
    )
    done = subprocess.run(
        [sys.executable, "-c", check, str(tmp_path)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "could not be imported" not in done.stderr


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted by Linux")
def test_files_that_were_removed_are_not_kept_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lance_upkeep, "OLD", timedelta(milliseconds=1))
    store = LanceStore(tmp_path)
    for number in range(12):
        store.put(SPACE, [row(f"c{number}-{n}", 0, f"word{n} sea") for n in range(100)])
        store.matching(SPACE, "sea", 50, ANY)
        store.nearest(SPACE, EAST, 50, ANY)
        store.maintain(stopped=number % 3 == 0)
    gc.collect()
    opened = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one that lists them
            opened.append(str(link.readlink()))
    assert len([path for path in opened if str(tmp_path) in path and "(deleted)" in path]) < 5


def test_a_space_that_a_kill_left_half_removed_is_gone(tmp_path: Path) -> None:
    store = LanceStore(tmp_path)
    store.put(SPACE, [row("a", 0, "beach")])
    store.close()
    # As it is once its name was changed, and before its files are removed.
    table = tmp_path / f"{SPACE.name}.lance"
    table.rename(table.with_suffix(".removed"))
    again = LanceStore(tmp_path)
    assert again.sizes() == {}
    again.put(OTHER, [row("b", 0, "beach")])
    again.forget(["a"])
    again.compact()
    again.drop("another")
    assert [path.suffix for path in tmp_path.iterdir()] == [".lance"]
    assert again.count(OTHER) == 1
    again.close()
