"""Backups: whole or not at all, and checked before anything is replaced; and erasing."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from nova_desktop import closed, host
from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
from nova_desktop.events import BackingUp
from nova_desktop.library import archive, storage_calls, swap
from nova_desktop.library.schema import MIGRATIONS
from nova_desktop.model import State
from nova_desktop.settings import address_file
from nova_desktop.upkeep import Part
from tests.fakes import ColourEngine
from tests.library.desk import Counted, Desk, added, eventually, photo


def restored(data: Path, file: Path):
    return closed.restore(data, file, lambda *_: None, lambda: False)


@pytest.fixture
def full(desk, tmp_path) -> Desk:
    """A library with two pictures in it, and files where a store would have them."""
    for colour in ("red", "blue"):
        photo(tmp_path / "pictures" / f"{colour}.png", colour)
    desk.open()
    added(desk, tmp_path / "pictures")
    inner = desk.data / "vectors" / "colour.lance" / "data"
    inner.mkdir(parents=True)
    (inner / "one.lance").write_bytes(os.urandom(3_000_000))
    return desk


@pytest.fixture
def backup(full, tmp_path) -> Path:
    file = tmp_path / "mine.zip"
    full.library.back_up(file)
    return file


def known(folder: Path) -> int:
    """How many contents are indexed in the catalog there, with what its log still holds."""
    db = sqlite3.connect(folder / "catalog.sqlite")
    try:
        assert db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        return db.execute("SELECT count(DISTINCT content) FROM indexed").fetchone()[0]
    finally:
        db.close()


def names(data: Path) -> set[str]:
    return {path.name for path in data.iterdir()}


def remade(file: Path, change) -> Path:
    """The backup with its manifest and its files changed."""
    with zipfile.ZipFile(file) as old:
        files = {name: old.read(name) for name in old.namelist()}
    said = json.loads(files.pop(archive.MANIFEST))
    change(said, files)
    made = file.with_name("changed.zip")
    with zipfile.ZipFile(made, "w") as new:
        for name, data in files.items():
            new.writestr(name, data)
        new.writestr(archive.MANIFEST, json.dumps(said))
    return made


def entry(said, name: str, data: bytes) -> None:
    hashed = archive.xxhash.xxh3_128(data).hexdigest()
    said["entries"].append({"name": name, "bytes": len(data), "hash": hashed})


def test_sizes_are_told_by_what_they_are_of(full):
    stored = full.library.storage()
    assert stored.data == full.data
    assert stored.sizes[Part.VECTORS] == 3_000_000
    assert stored.sizes[Part.CATALOG] > 10_000
    assert stored.total == sum(stored.sizes.values())
    assert stored.free > 0


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_who_else_may_read_it_is_told(full):
    full.data.chmod(0o755)
    assert not full.library.storage().private
    full.data.chmod(0o700)
    assert full.library.storage().private


def test_a_backup_is_restored_on_another_machine(full, backup, tmp_path):
    made = closed.examine(backup)
    assert (made.contents, made.file) == (2, backup)
    other = Desk(tmp_path / "other")
    restored(other.data, backup)
    other.store = full.store
    other.open()
    try:
        assert [f.path for f in other.library.status().folders] == [tmp_path / "pictures"]
        assert other.counts() == {State.INDEXED: 2}
    finally:
        other.library.close()
    copy = other.data / "vectors" / "colour.lance" / "data" / "one.lance"
    original = full.data / "vectors" / "colour.lance" / "data" / "one.lance"
    assert copy.read_bytes() == original.read_bytes()
    assert not any(name.startswith(swap.ASIDE) for name in names(other.data))


def test_progress_is_told_up_to_all_of_it(full, tmp_path):
    full.library.back_up(tmp_path / "b.zip")
    told = [event for event in full.events if isinstance(event, BackingUp)]
    assert told[-1].done == told[-1].total > 3_000_000
    assert [event.done for event in told] == sorted(event.done for event in told)


def test_what_was_there_is_kept_aside(full, backup, tmp_path):
    photo(tmp_path / "pictures" / "green.png", "green")
    full.library.rescan()
    assert full.library.wait(20)
    assert full.counts() == {State.INDEXED: 3}
    full.library.close()
    restored(full.data, backup)
    (aside,) = full.data.glob(f"{swap.ASIDE}*")
    kept = sqlite3.connect(aside / "catalog.sqlite")  # with its log, where there is one
    assert kept.execute("SELECT count(DISTINCT content) FROM indexed").fetchone() == (3,)
    kept.close()
    assert known(full.data) == 2
    full.open()
    assert full.library.storage().sizes[Part.ASIDE] > 3_000_000
    full.library.close()
    closed.forget_aside(full.data)
    assert not list(full.data.glob(f"{swap.ASIDE}*"))


def test_an_open_library_is_not_replaced(full, backup):
    address_file(full.data).write_text("{}")
    with host.claimed(full.data), pytest.raises(TryLater, match="Another Nova Desktop"):
        restored(full.data, backup)
    with host.claimed(full.data), pytest.raises(TryLater):
        closed.erase(full.data)


def test_one_that_is_being_closed_is_waited_for(full, backup):
    full.library.close()
    begun, go = threading.Event(), threading.Event()

    def ending():
        with host.claimed(full.data):  # nobody can reach it any more, and it is not closed yet
            begun.set()
            go.wait(10)

    thread = threading.Thread(target=ending)
    thread.start()
    begun.wait(10)
    threading.Timer(0.5, go.set).start()
    assert restored(full.data, backup).contents == 2
    thread.join()


def test_one_that_does_not_end_is_not_waited_for_for_ever(full, monkeypatch):
    monkeypatch.setattr(closed, "ENDS_S", 0.3)
    with host.claimed(full.data), pytest.raises(TryLater):
        closed.erase(full.data)


def test_a_backup_is_of_one_moment_while_indexing_goes_on(full, tmp_path, monkeypatch):
    write = archive.write

    def late(*args):
        photo(tmp_path / "pictures" / "green.png", "green")
        full.library.rescan()
        assert full.library.wait(20)
        (full.data / "vectors" / "colour.lance" / "data" / "two.lance").write_bytes(b"later")
        return write(*args)

    monkeypatch.setattr(storage_calls.archive, "write", late)
    assert full.library.back_up(tmp_path / "then.zip").contents == 2
    assert full.counts() == {State.INDEXED: 3}
    with zipfile.ZipFile(tmp_path / "then.zip") as made:
        assert not any("two.lance" in name for name in made.namelist())


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_backup_is_for_this_user_alone(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_an_existing_file_is_not_written_over(full, tmp_path):
    taken = tmp_path / "taken.zip"
    taken.write_text("mine")
    with pytest.raises(BadInput, match=r"There is a file .*taken.zip already"):
        full.library.back_up(taken)
    assert taken.read_text() == "mine"


@pytest.mark.parametrize(
    ("place", "why"), [("data/b.zip", "can't lie in the data folder"), ("no/b.zip", "no folder")]
)
def test_a_place_that_can_not_be_is_refused(full, place, why):
    with pytest.raises(BadInput, match=why):
        full.library.back_up(full.data.parent / place.replace("data", full.data.name))


def test_a_backup_that_is_stopped_leaves_nothing(full, tmp_path):
    full.library.subscribe(
        lambda event: isinstance(event, BackingUp) and full.library.stop_backup()
    )
    with pytest.raises(Stopped):
        full.library.back_up(tmp_path / "b.zip")
    assert {"b.zip", "b.zip.part"}.isdisjoint(names(tmp_path))
    assert not list(full.data.glob(".backing-up-*"))


def test_two_backups_at_once_are_refused(full, tmp_path, monkeypatch):
    begun, go = threading.Event(), threading.Event()
    write = archive.write

    def slow(*args):
        begun.set()
        go.wait(10)
        return write(*args)

    monkeypatch.setattr(storage_calls.archive, "write", slow)
    first = threading.Thread(target=full.library.back_up, args=[tmp_path / "a.zip"])
    first.start()
    begun.wait(10)
    with pytest.raises(BadInput, match="already"):
        full.library.back_up(tmp_path / "b.zip")
    go.set()
    first.join(10)
    assert (tmp_path / "a.zip").exists()


def test_without_room_it_says_how_much_is_needed_and_there(full, backup, tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(NeedsUser, match=r"0\.1 GB are needed .* 0\.0 GB are free"):
        full.library.back_up(tmp_path / "b.zip")
    full.library.close()
    before = names(full.data)
    with pytest.raises(NeedsUser, match="are needed"):
        restored(full.data, backup)
    assert names(full.data) <= before | {"lock"}


def test_a_disk_that_fills_up_leaves_no_half_backup(full, tmp_path, monkeypatch):
    def full_disk(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.os, "fsync", full_disk)
    with pytest.raises(NeedsUser, match="No space left"):
        full.library.back_up(tmp_path / "b.zip")
    assert {"b.zip", "b.zip.part"}.isdisjoint(names(tmp_path))


def damage(file: Path) -> Path:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    made = file.with_name("damaged.zip")
    made.write_bytes(bytes(data))
    return made


def cut(file: Path) -> Path:
    made = file.with_name("cut.zip")
    made.write_bytes(file.read_bytes()[:-2000])
    return made


def foreign(file: Path) -> Path:
    made = file.with_name("photos.zip")
    with zipfile.ZipFile(made, "w") as other:
        other.writestr("photo.jpg", b"x")
    return made


def no_zip(file: Path) -> Path:
    made = file.with_name("note.txt")
    made.write_text("hello")
    return made


def with_name(name: str):
    def make(file: Path) -> Path:
        def change(said, files):
            files[name] = b"mine now"
            entry(said, name, b"mine now")

        return remade(file, change)

    return make


def unlisted(file: Path) -> Path:
    return remade(file, lambda _, files: files.update({"vectors/more": b"x"}))


def listed_twice(file: Path) -> Path:
    def change(said, files):
        for name in ("vectors/A", "vectors/a"):
            files[name] = b"x"
            entry(said, name, b"x")

    return remade(file, change)


def larger_than_said(file: Path) -> Path:
    return remade(file, lambda said, _: said["entries"][-1].update(bytes=5))


def no_catalog(file: Path) -> Path:
    def change(said, files):
        files["catalog.sqlite"] = b"no database"
        said["entries"] = [e for e in said["entries"] if e["name"] != "catalog.sqlite"]
        entry(said, "catalog.sqlite", b"no database")

    return remade(file, change)


def nonsense(file: Path) -> Path:
    return remade(file, lambda said, _: said.update(entries=7))


def link(file: Path) -> Path:
    made = file.with_name("linked.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        said = json.loads(old.read(archive.MANIFEST))
        for name in old.namelist():
            if name != archive.MANIFEST:
                new.writestr(name, old.read(name))
        info = zipfile.ZipInfo("vectors/away")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        new.writestr(info, b"/etc")
        entry(said, "vectors/away", b"/etc")
        new.writestr(archive.MANIFEST, json.dumps(said))
    return made


def bomb(file: Path) -> Path:
    def change(said, _):
        said["entries"][-1]["bytes"] = 10**15

    return remade(file, change)


@pytest.mark.parametrize(
    "make",
    [
        *(damage, cut, foreign, no_zip, unlisted, listed_twice, larger_than_said, no_catalog),
        *(nonsense, link, bomb),
        *map(
            with_name,
            ("../out", "/etc/out", "vectors/../../out", "vectors\\..\\out", "C:/out", "lock"),
        ),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_changes(full, backup, tmp_path, make):
    bad = make(backup)
    full.library.close()
    before = {path: path.read_bytes() for path in storage_calls.files_in(full.data)}
    outside = names(tmp_path)
    with pytest.raises(BadInput, match="Choose another"):
        restored(full.data, bad)
    after = {path: path.read_bytes() for path in storage_calls.files_in(full.data)}
    after.pop(full.data / "lock", None)
    before.pop(full.data / "lock", None)
    assert after == before
    assert names(tmp_path) == outside


@pytest.mark.parametrize("key", ["format", "schema"])
def test_a_backup_of_a_newer_program_is_refused_with_what_helps(backup, key):
    newer = remade(backup, lambda said, _: said.update({key: 99}))
    with pytest.raises(NeedsUser, match="newer Nova Desktop"):
        closed.examine(newer)


def test_a_backup_of_an_older_program_is_brought_up_to_date(backup, tmp_path):
    old = sqlite3.connect(tmp_path / "old.sqlite")
    old.executescript(f"{MIGRATIONS[0]}PRAGMA user_version = 1;")
    old.close()

    def change(said, files):
        said["schema"] = 1
        files["catalog.sqlite"] = (tmp_path / "old.sqlite").read_bytes()
        said["entries"] = [e for e in said["entries"] if e["name"] != "catalog.sqlite"]
        entry(said, "catalog.sqlite", files["catalog.sqlite"])

    other = Desk(tmp_path / "other")
    restored(other.data, remade(backup, change))
    other.open()
    assert other.counts() == {}
    other.library.close()


KILLED = """
import os, pathlib, sys
from nova_desktop import closed
data, file, at = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
count = 0
def died(name, *_):
    global count
    if name in ("os.rename", "shutil.rmtree"):
        count += 1
        if count == at:
            os._exit(9)
sys.addaudithook(died)
closed.restore(data, file, lambda done, total: None, lambda: False)
"""


@pytest.mark.parametrize("at", range(1, 8))
def test_a_kill_while_it_is_restored_loses_neither(full, backup, tmp_path, at):
    photo(tmp_path / "pictures" / "green.png", "green")
    full.library.rescan()
    assert full.library.wait(20)
    full.library.close()
    ended = subprocess.run([sys.executable, "-c", KILLED, full.data, backup, str(at)], check=False)
    assert ended.returncode in (0, 9)
    with host.claimed(full.data):
        swap.finish(full.data)
    asides = list(full.data.glob(f"{swap.ASIDE}*"))
    found = known(full.data)
    assert found == (2 if asides else 3)
    if asides:
        assert known(asides[0]) == 3
        assert (asides[0] / "vectors" / "colour.lance" / "data" / "one.lance").exists()
    assert (full.data / "vectors" / "colour.lance" / "data" / "one.lance").exists()
    assert not list(full.data.glob(".unpacking-*"))
    assert not (full.data / swap.RESTORING).exists()


def test_compacting_gives_back_what_was_forgotten(full):
    with full.library._parts.catalog.write() as db:
        db.execute("CREATE TABLE ballast (bytes BLOB)")
        db.executemany("INSERT INTO ballast VALUES (?)", [(os.urandom(100_000),)] * 30)
    with full.library._parts.catalog.write() as db:
        db.execute("DROP TABLE ballast")
    assert full.library.compact() > 2_000_000
    assert full.find("red")[0] == "red.png"


def test_erasing_leaves_nothing_that_is_known_and_nothing_else_is_touched(full, tmp_path):
    full.library.close()
    others = full.data / "my own notes.txt"
    others.write_text("mine")
    (full.data / "log").mkdir(exist_ok=True)
    (full.data / "log" / "nova-desktop.log").write_text("secret")
    (full.data / "log" / "report-1.txt").write_text("secret")
    (full.data / "window.ini").write_text("secret")
    (full.data / "catalog-version-3.backup").write_text("secret")
    assert full.library.storage().sizes[Part.ASIDE] == len("secret")
    closed.erase(full.data)
    assert names(full.data) <= {"lock", "log", others.name}
    assert b"secret" not in b"".join(p.read_bytes() for p in storage_calls.files_in(full.data))
    assert others.read_text() == "mine"
    assert (tmp_path / "pictures" / "red.png").exists()
    full.open()
    assert full.counts() == {}


def test_there_may_be_nothing_to_erase(tmp_path):
    closed.erase(tmp_path / "never")
    assert not (tmp_path / "never").exists()


# The vectors of engines that are not used any more


@pytest.fixture
def changed(desk, folder):
    """A library whose engine was changed: all is indexed by the new one."""
    for colour in ("red", "blue"):
        photo(folder / f"{colour}.png", colour)
    added(desk, folder)
    desk.library.close()
    desk.previous = (desk.engine,)
    desk.engine = Counted(ColourEngine(model="median"))
    desk.open()
    desk.library.rescan()
    assert desk.library.wait(30)
    return desk


def rooms(desk) -> dict[str, bool]:
    return {one.name: one.used for one in desk.library.spaces()}


OLD, NEW = "colour-mean-8-p1", "colour-median-8-p1"


def test_the_vectors_of_an_engine_that_is_not_used_are_removed(changed):
    assert rooms(changed) == {OLD: False, NEW: True}
    of = next(one for one in changed.library.spaces() if one.name == OLD)
    assert (of.engine, of.model, of.dim, of.contents, of.rows) == ("colour", "mean", 8, 2, 2)
    assert changed.library.remove_space(OLD) == of.bytes > 0
    assert rooms(changed) == {NEW: True}
    assert not changed.library._parts.catalog.has_rows(OLD)
    assert changed.find("red")[0] == "red.png"
    changed.reopen()
    assert rooms(changed) == {NEW: True}
    changed.library.rescan()
    assert changed.library.wait(30)
    assert changed.engine.pieces == 2  # nothing was embedded again


def test_what_is_used_or_not_there_is_not_removed(changed):
    for name, says in ((NEW, "is in use"), ("nothing-x-1-p1", "There are no vectors of nothing")):
        with pytest.raises(BadInput, match=says):
            changed.library.remove_space(name)
    assert rooms(changed) == {OLD: False, NEW: True}


def test_what_still_answers_for_files_that_wait_is_not_removed(changed, folder):
    changed.library.close()
    shutil.move(folder, folder.with_name("away"))
    changed.previous, changed.engine = (changed.engine,), Counted(ColourEngine(model="third"))
    changed.open()
    changed.library.rescan()
    eventually(lambda: changed.counts().get(State.OFFLINE) == 2)
    with pytest.raises(BadInput, match="in use"):
        changed.library.remove_space(NEW)


def test_an_engine_that_is_chosen_again_fills_its_space_anew(changed):
    changed.library.remove_space(OLD)
    changed.library.close()
    changed.previous, changed.engine = (changed.engine,), Counted(ColourEngine())
    changed.open()
    changed.library.rescan()
    assert changed.library.wait(30)
    assert changed.engine.pieces == 2
    eventually(lambda: rooms(changed) == {OLD: True, NEW: False})
    assert changed.find("red")[0] == "red.png"
