"""What goes wrong in the middle of indexing, or at the same time, loses and blocks nothing."""

from __future__ import annotations

import importlib
import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
from nova_desktop.events import Idle, Paused
from nova_desktop.library import endings, index, tending, work
from nova_desktop.library.hints import merged
from nova_desktop.library.job import Job
from nova_desktop.library.patience import Patience
from nova_desktop.library.questions import Waiting
from nova_desktop.media.image import ImageReader
from nova_desktop.media.text import TextReader
from nova_desktop.model import Chunk, Info, Modality, Piece, Reading, Stamp, State
from nova_desktop.query import Query
from tests.library.desk import added, eventually, photo

# The module: the package also has the function of this name.
compare = importlib.import_module("nova_desktop.library.compare")


def once(monkeypatch, owner, name, first):
    """The first call of `owner.name` does `first` instead; the later ones are as always."""
    real = getattr(owner, name)
    calls = []

    def call(*args, **kwargs):
        calls.append(args)
        return first(*args, **kwargs) if len(calls) == 1 else real(*args, **kwargs)

    monkeypatch.setattr(owner, name, call)


def disk_full(*_args, **_kwargs):
    raise NeedsUser("The disk is full. Free some space.")


# Pausing, resuming, closing


def test_being_stopped_again_and_again_never_counts_against_a_file(desk, folder, monkeypatch):
    (folder / "a.txt").write_text("words")
    real, stops = TextReader.read, iter(range(10))

    def read(self, path):
        if next(stops, None) is not None:
            raise Stopped
        return real(self, path)

    monkeypatch.setattr(TextReader, "read", read)
    added(desk, folder)
    assert desk.counts() == {State.INDEXED: 1}


def test_closing_does_not_wait_for_a_long_scan(desk, folder, monkeypatch):
    began = threading.Event()

    def scan(_root, _rules, _under, _mounts, stopped):
        began.set()
        while not stopped():
            time.sleep(0.01)
        raise Stopped

    monkeypatch.setattr(compare, "scan", scan)
    desk.library.add_folder(folder)
    assert began.wait(10)
    before = time.monotonic()
    desk.library.close()
    assert time.monotonic() - before < 1.0


def test_closing_while_a_look_ends_late_asks_nothing_of_pools_that_ended(desk, folder, monkeypatch):
    photo(folder / "a.png", "red")
    began = threading.Event()
    real = compare.scan

    def scan(*args):
        began.set()
        time.sleep(0.3)
        return real(*args)

    monkeypatch.setattr(compare, "scan", scan)
    desk.library.add_folder(folder)
    assert began.wait(10)
    desk.library.close()  # an exception in the indexer's thread would fail this test
    assert not [event for event in desk.events if isinstance(event, Paused)]


def test_waiting_for_a_closed_library_ends_at_once(desk):
    desk.library.close()
    with pytest.raises(TryLater, match="closing"):
        desk.library.wait(None)


def test_who_waits_is_told_when_the_library_closes(desk, folder):
    desk.library.pause()
    desk.library.resume()
    desk.engine.errors = [TryLater("Busy.")] * 100
    photo(folder / "a.png", "red")
    desk.library.add_folder(folder)
    threading.Timer(0.5, desk.library.close).start()
    with pytest.raises(TryLater, match="closing"):
        desk.library.wait(30)


def test_after_the_last_resume_the_last_word_is_not_paused(desk, folder):
    photo(folder / "a.png", "red")
    added(desk, folder)
    for _ in range(50):
        desk.library.pause()
        desk.library.resume()
    assert desk.library.wait(30)
    eventually(lambda: isinstance(desk.events[-1], Idle))


def test_a_paused_library_sleeps_although_maintenance_is_due(desk, folder, monkeypatch):
    monkeypatch.setattr(tending, "AGAIN_S", 0.3)
    photo(folder / "a.png", "red")
    added(desk, folder)
    desk.library.pause()
    time.sleep(0.4)
    turns = []
    real = index.Indexer._turn
    monkeypatch.setattr(index.Indexer, "_turn", lambda self: (turns.append(1), real(self)))
    time.sleep(0.5)
    assert len(turns) < 5


# A full disk, at any step


def test_a_folder_that_could_not_be_noted_is_added_when_work_goes_on(desk, folder, monkeypatch):
    photo(folder / "a.png", "red")
    once(monkeypatch, desk.library._parts.catalog, "add_root", disk_full)
    desk.library.add_folder(folder)
    with pytest.raises(NeedsUser, match="full"):
        desk.library.wait(30)
    desk.library.resume()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 1}


def test_what_could_not_be_compared_is_compared_when_work_goes_on(desk, folder, monkeypatch):
    photo(folder / "a.png", "red")
    once(monkeypatch, desk.library._parts.catalog, "apply", disk_full)
    desk.library.add_folder(folder)
    with pytest.raises(NeedsUser, match="full"):
        desk.library.wait(30)
    desk.library.resume()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 1}


def test_a_start_that_needed_the_user_is_made_again(desk, folder, monkeypatch):
    photo(folder / "a.png", "red")
    added(desk, folder)
    desk.library.close()
    photo(folder / "b.png", "blue")
    desk.open()
    once(monkeypatch, desk.store, "contents", disk_full)
    with pytest.raises(NeedsUser, match="full"):
        desk.library.wait(30)
    desk.library.resume()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 2}


def test_what_could_not_be_recorded_is_recorded_when_work_goes_on(desk, folder, monkeypatch):
    whole = photo(folder / "whole.png", "red", 200).read_bytes()
    for n in range(5):
        (folder / f"cut{n}.png").write_bytes(whole[: 200 + n])
        (folder / f"copy of cut{n}.png").write_bytes(whole[: 200 + n])
    once(monkeypatch, desk.library._parts.catalog, "settle", disk_full)
    desk.library.add_folder(folder)
    with pytest.raises(NeedsUser, match="full"):
        desk.library.wait(30)
    desk.library.resume()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 1, State.FAILED: 10}


# Files that change while they are read


def test_a_damaged_file_that_was_changing_does_not_fail_its_copies(desk, folder, monkeypatch):
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text("The same words.")
    monkeypatch.setattr(endings, "LATER_S", 0.1)

    def torn(_self, path):
        path.write_text("Other words, and more of them.")
        raise BadInput("Damaged.")

    once(monkeypatch, TextReader, "read", torn)
    added(desk, folder)
    assert desk.counts() == {State.INDEXED: 3}
    assert desk.library.failures() == ()


def test_what_was_read_of_another_file_is_never_kept_for_a_copy(desk, folder, monkeypatch):
    photo(folder / "a.png", "red")
    (folder / "b.png").write_bytes((folder / "a.png").read_bytes())
    monkeypatch.setattr(endings, "LATER_S", 0.1)
    real, written = ImageReader.read, []

    def read(self, path):
        if not written:
            written.append(photo(path, "blue", 50))
        return real(self, path)

    monkeypatch.setattr(ImageReader, "read", read)
    added(desk, folder)
    (other,) = {"a.png", "b.png"} - {written[0].name}
    assert desk.find("red") == [other]
    assert desk.find("blue") == [written[0].name]


def test_a_file_that_never_rests_does_not_hold_up_the_rest_for_ever(desk, folder, monkeypatch):
    monkeypatch.setattr(endings, "LATER_S", 0.01)
    (folder / "log.txt").write_text("one line")
    photo(folder / "a.png", "red")
    real = work.identify

    def identify(path, stamp, tools):
        if path.name == "log.txt":
            raise work.Changed(path, stamp)
        return real(path, stamp, tools)

    with monkeypatch.context() as restless:
        restless.setattr(work, "identify", identify)
        added(desk, folder)
        assert desk.counts() == {State.INDEXED: 1, State.FAILED: 1}
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 2}


def test_a_file_that_is_moved_while_it_is_read_is_not_embedded_twice(desk, folder, monkeypatch):
    photo(folder / "a.png", "red")
    real = desk.engine.inner.embed

    def embed(pieces, purpose):
        if (folder / "a.png").exists():
            (folder / "a.png").rename(folder / "b.png")
        return real(pieces, purpose)

    monkeypatch.setattr(type(desk.engine.inner), "embed", lambda _self, *args: embed(*args))
    added(desk, folder)
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.find("red") == ["b.png"]
    assert desk.engine.pieces == 1


# Live photos, refusals, merged looks


def test_a_copy_of_a_live_photos_film_that_lies_alone_is_found_by_itself(desk, folder, monkeypatch):
    photo(folder / "a.jpg", "red")
    photo(folder / "film.png", "blue").rename(folder / "a.mov")
    (folder / "alone").mkdir()
    (folder / "alone" / "copy.mov").write_bytes((folder / "a.mov").read_bytes())
    real = ImageReader.read

    def read(self, path):
        reading = real(self, path)
        moving = path.suffix == ".mov"
        return replace(reading, info=replace(reading.info, live_photo=moving))

    monkeypatch.setattr(ImageReader, "read", read)
    added(desk, folder)
    assert desk.counts() == {State.INDEXED: 3}
    (blue,) = desk.library.find(Query.of("blue")).hits
    assert (blue.path, blue.copies) == (folder / "alone" / "copy.mov", ())


def test_a_content_of_which_the_engine_took_nothing_says_why(tmp_path):
    job = Job([Waiting(str(tmp_path), Stamp(1, 1, 1), "", "", 0)], "c", Modality.TEXT)
    chunks = tuple(Chunk(n, Modality.TEXT, None) for n in range(2))
    job.open(Reading(Info(), chunks))
    job.take(2)
    piece = Piece.of_words("x")
    job.add(work.Prepared(chunks[0], (), (piece,), ()))
    job.embedded(0, 0, piece, BadInput("Too strange."))
    job.add(work.Prepared(chunks[1], (), (), ()))
    assert job.done
    assert job.refused == "Too strange."
    job.embedded(0, 0, piece, np.zeros(8, np.float32))
    assert job.refused == ""


def test_many_looks_into_one_folder_become_one(tmp_path):
    root = str(tmp_path)
    few = {(root, f"{root}/a/{n}"): 0.0 for n in range(3)}
    many = {(root, f"{root}/b/{n}"): 0.0 for n in range(1000)}
    inside = {(root, f"{root}/b/7/deep"): 0.0, (root, f"{root}/b/9/x"): 0.0}
    assert set(merged(few | many | inside)) == {*few, (root, f"{root}/b")}
    assert merged({(root, root): 0.0} | few) == [(root, root)]


# Promises


@pytest.mark.parametrize("running", [True, False])
def test_moving_a_tree_of_5000_files_embeds_nothing(desk, folder, running):
    for n in range(5000):
        file = folder / "old" / f"{n % 50}" / f"{n}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"This is number {n}.")
    added(desk, folder)
    assert desk.counts() == {State.INDEXED: 5000}
    asked = desk.engine.pieces
    if not running:
        desk.library.close()
    (folder / "old").rename(folder / "new")
    if running:
        desk.library.rescan()
    else:
        desk.open()
    assert desk.library.wait(60)
    assert desk.counts() == {State.INDEXED: 5000}
    assert desk.engine.pieces == asked
    (hit,) = desk.library.find(Query.of("4321.txt", name="4321.txt")).hits
    assert hit.path == folder / "new" / "21" / "4321.txt"


def test_a_folder_that_vanishes_in_the_middle_goes_on_when_it_is_back(desk, folder, tmp_path):
    for n in range(300):
        photo(folder / f"{n}.png", "red", 20 + n)
    desk.library.add_folder(folder)
    eventually(lambda: desk.counts().get(State.INDEXED, 0) > 0)
    folder.rename(tmp_path / "unplugged")
    desk.library.rescan()
    assert desk.library.wait(60)
    assert desk.counts() == {State.OFFLINE: 300}
    (tmp_path / "unplugged").rename(folder)
    desk.library.rescan()
    assert desk.library.wait(60)
    assert desk.counts() == {State.INDEXED: 300}
    assert desk.engine.pieces == 300


@pytest.mark.parametrize("inner_first", [True, False])
def test_of_two_nested_folders_the_outer_one_is_watched_and_forgotten(desk, folder, inner_first):
    inner = folder / "inner"
    photo(inner / "a.png", "red")
    photo(folder / "b.png", "blue")
    for place in (inner, folder) if inner_first else (folder, inner):
        added(desk, place)
    assert [each.path for each in desk.library.status().folders] == [folder]
    assert desk.counts() == {State.INDEXED: 2}
    assert desk.engine.pieces == 2
    with pytest.raises(BadInput, match="not a watched folder"):
        desk.library.remove_folder(inner)
    desk.library.remove_folder(folder)
    assert desk.library.status().folders == ()
    assert desk.store.count(desk.engine.space) == 0


def test_a_content_is_kept_for_a_day_after_its_last_file(desk, folder, monkeypatch):
    file = photo(folder / "a.png", "red")
    added(desk, folder)
    file.unlink()
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.find("red") == []
    assert desk.store.count(desk.engine.space) == 1
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 25 * 3600)
    desk.reopen()
    assert desk.library.wait(30)
    assert desk.store.count(desk.engine.space) == 0


def test_nothing_of_a_folder_that_is_forgotten_in_the_middle_stays(desk, folder):
    for n in range(200):
        photo(folder / f"{n}.png", "red", 20 + n)
    desk.library.add_folder(folder)
    eventually(lambda: desk.counts().get(State.INDEXED, 0) > 0)
    desk.library.remove_folder(folder)
    assert desk.library.wait(30)
    assert desk.counts() == {}
    assert desk.store.count(desk.engine.space) == 0
    assert desk.library._parts.catalog.read("SELECT * FROM contents") == []


def test_a_folder_added_just_before_the_end_is_known_at_the_next_start(desk, folder):
    photo(folder / "a.png", "red")
    desk.library.add_folder(folder)
    library = desk.reopen()
    library.start()
    assert library.wait(30)
    assert desk.counts() == {State.INDEXED: 1}


def test_a_drive_that_hangs_holds_up_no_other_folder(desk, folder, tmp_path, monkeypatch):
    back = threading.Event()
    hung = tmp_path / "hung"
    for number in range(4):  # more than are read at once
        photo(hung / f"{number}.png", "green", 40 + number)
    photo(folder / "a.png", "red")
    real = work._identified

    def identified(path, *rest):
        if path.is_relative_to(hung):
            back.wait(60)
        return real(path, *rest)

    monkeypatch.setattr(work, "_identified", identified)
    monkeypatch.setattr(work, "PATIENCE", Patience(quiet_s=0.3))
    desk.library.add_folder(hung)
    eventually(lambda: desk.counts().get(State.WAITING) == 4)
    desk.library.add_folder(folder)
    eventually(lambda: desk.find("red") == ["a.png"])
    back.set()
    desk.library.retry()
    eventually(lambda: desk.counts() == {State.INDEXED: 5}, within_s=30)


def test_a_folder_that_cannot_be_listed_for_long_is_offline_meanwhile(
    desk, folder, tmp_path, monkeypatch
):
    photo(folder / "a.png", "red")
    added(desk, folder)
    other = tmp_path / "other"
    photo(other / "b.png", "blue")
    back, real = threading.Event(), compare.scan

    def scan(root, *rest):
        if root == folder:
            back.wait(60)
        return real(root, *rest)

    monkeypatch.setattr(compare, "scan", scan)
    desk.library._patience = Patience(quiet_s=0.3)
    desk.library.rescan()
    desk.library.add_folder(other)
    eventually(lambda: "b.png" in desk.find("blue"))
    assert desk.find("red") == ["a.png"]
    back.set()
    eventually(lambda: not desk.library._patience._left or desk.library.rescan() is None)
    eventually(lambda: desk.counts() == {State.INDEXED: 2}, within_s=30)
