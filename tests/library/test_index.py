"""The indexer, with real files and readers, an engine that sees colours, and a store in memory."""

from __future__ import annotations

import hashlib
import importlib
import os
import time
from collections import Counter
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput, Forbidden, NeedsUser, TryLater
from nova_desktop.events import Failed, Idle, Indexed, Progress
from nova_desktop.library import work
from nova_desktop.library.work import name_words
from nova_desktop.media.image import ImageReader
from nova_desktop.media.text import TextReader
from nova_desktop.model import State
from nova_desktop.query import Part, Query
from tests.library.desk import CHUNK, KeptStore, added, eventually, photo

scanning = importlib.import_module("nova_desktop.library.scan")  # not the function of this name


def test_what_is_in_a_folder_is_found(desk, folder):
    photo(folder / "one.png", "red")
    photo(folder / "deep" / "er" / "two.png", "blue")
    (folder / "note.txt").write_text("The words of a note.")
    added(desk, folder)
    assert desk.counts() == {State.INDEXED: 3}
    assert desk.find("red")[0] == "one.png"
    assert desk.find("blue")[0] == "two.png"


def test_each_change_on_disk_is_followed_while_it_runs(desk, folder):
    added(desk, folder)
    red = photo(folder / "new.png", "red")
    eventually(lambda: desk.find("red")[:1] == ["new.png"])
    red.rename(folder / "renamed.png")
    eventually(lambda: desk.find("red")[:1] == ["renamed.png"])
    (folder / "renamed.png").unlink()
    eventually(lambda: desk.find("red") == [])


def test_changes_that_were_made_meanwhile_are_found_at_the_start(desk, folder):
    photo(folder / "stays.png", "red")
    photo(folder / "goes.png", "blue")
    added(desk, folder)
    desk.library.close()
    (folder / "goes.png").unlink()
    photo(folder / "comes.png", "green")
    desk.open()
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.find("green")[0] == "comes.png"
    assert "goes.png" not in desk.find("blue")


def test_a_file_that_is_asked_with_comes_first_with_its_own_date(desk, folder):
    asked = photo(folder / "one.png", "red")
    os.utime(asked, (1_500_000_000, 1_500_000_000))
    added(desk, folder)
    desk.store.forget(desk.store.contents(desk.engine.space))  # as if nothing had matched
    (hit, *_) = desk.library.find(Query((Part(path=asked),))).hits
    assert hit.path == asked
    assert hit.taken_s == 1_500_000_000


def test_a_second_look_embeds_nothing(desk, folder):
    for n in range(10):
        photo(folder / f"{n}.png", "red", 20 + n)
    added(desk, folder)
    asked = desk.engine.pieces
    desk.reopen()
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.engine.pieces == asked


def test_moved_renamed_and_copied_files_are_not_embedded_again(desk, folder, tmp_path):
    for n in range(10):
        photo(folder / "album" / f"{n}.png", "red", 20 + n)
    other = tmp_path / "other"
    other.mkdir()
    added(desk, folder)
    added(desk, other)
    asked = desk.engine.pieces
    (folder / "album").rename(folder / "holidays")
    (folder / "holidays" / "1.png").rename(other / "across.png")
    (other / "copy.png").write_bytes((folder / "holidays" / "2.png").read_bytes())
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 11}
    assert desk.engine.pieces == asked
    hits = desk.library.find(Query.of("red")).hits
    assert len(hits) == 10
    assert sum(len(hit.copies) for hit in hits) == 1


def test_two_files_with_one_content_are_embedded_once(desk, folder):
    photo(folder / "a.png", "red")
    (folder / "b.png").write_bytes((folder / "a.png").read_bytes())
    added(desk, folder)
    assert desk.engine.pieces == 1
    assert desk.counts() == {State.INDEXED: 2}


def test_a_file_that_was_written_over_is_found_as_what_it_is_now(desk, folder):
    photo(folder / "a.png", "red")
    added(desk, folder)
    photo(folder / "a.png", "blue")
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.find("blue")[0] == "a.png"
    assert desk.find("red") == []


def test_bad_files_are_counted_with_a_reason_and_stop_nothing(desk, folder):
    photo(folder / "good.png", "red")
    (folder / "empty.jpg").write_bytes(b"")
    whole = photo(folder / "cut.png", "blue", 200).read_bytes()
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    (folder / "program.bin").write_bytes(b"\x7fELF\x02" + bytes(range(256)) * 20)
    (folder / "link.png").symlink_to(folder / "good.png")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.png")
    locked = photo(folder / "locked.png", "blue")
    locked.chmod(0)
    added(desk, folder)
    counts = desk.counts()
    assert counts[State.INDEXED] + counts[State.FAILED] + counts[State.EXCLUDED] == 8
    reasons = {failure.path.name: failure.reason for failure in desk.library.failures()}
    assert {"empty.jpg", "cut.png"} <= reasons.keys()
    assert all(reason.endswith(".") and "Traceback" not in reason for reason in reasons.values())
    assert desk.find("red")[0] == "good.png"


@pytest.mark.parametrize(
    "name",
    [b"caf\xe9.png", b"new\nline.png", "🐈🏖.png".encode(), b"x" * 251 + b".png", b"-rf $(x).png"],
)
def test_any_file_name_is_indexed_and_found(desk, folder, name):
    made = photo(folder / "plain.png", "red")
    target = os.path.join(os.fsencode(folder), name)  # noqa: PTH118  # bytes
    made.rename(os.fsdecode(target))
    added(desk, folder)
    (hit,) = desk.library.find(Query.of("red")).hits
    assert os.fsencode(hit.path) == target


def test_a_folder_that_vanishes_is_offline_and_stays_searchable(desk, folder, tmp_path):
    photo(folder / "a.png", "red")
    added(desk, folder)
    asked = desk.engine.pieces
    folder.rename(tmp_path / "unplugged")
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.counts() == {State.OFFLINE: 1}
    (hit,) = desk.library.find(Query.of("red")).hits
    assert hit.offline
    (tmp_path / "unplugged").rename(folder)
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 1}
    assert desk.engine.pieces == asked


def test_the_originals_are_never_written(desk, folder):
    photo(folder / "a.png", "red")
    (folder / "b.txt").write_text("words")
    (folder / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    def state():
        return {
            p: (hashlib.sha256(p.read_bytes()).digest(), p.stat().st_mtime_ns)
            for p in folder.iterdir()
        }

    before = state()
    added(desk, folder)
    desk.library.preview(folder / "a.png", None, 64)
    desk.library.find(Query((Part(path=folder / "a.png"),)))
    desk.library.remove_folder(folder)
    assert state() == before


def test_progress_never_falls_and_ends_complete(desk, folder):
    for n in range(30):
        photo(folder / f"{n}.png", "red", 20 + n)
    added(desk, folder)
    shown = [event for event in desk.events if isinstance(event, Progress)]
    assert [p.done for p in shown] == sorted(p.done for p in shown)
    assert (shown[-1].done, shown[-1].total) == (30, 30)
    assert Counter(type(e) for e in desk.events)[Indexed] == 30
    assert isinstance(desk.events[-1], Idle)


def test_a_long_file_holds_up_no_short_one(desk, folder, monkeypatch):
    prepare = work.prepare

    def slowly(path, modality, chunks, tools):
        time.sleep(0.01 * len(chunks))
        return prepare(path, modality, chunks, tools)

    monkeypatch.setattr(work, "prepare", slowly)
    passage = "The red house stands beside the blue sea, and nobody knows why. " * 30
    (folder / "a long one.txt").write_text("\n\n".join(f"{n} {passage}" for n in range(150)))
    for n in range(30):
        photo(folder / f"photo {n}.png", "red", 20 + n)
    added(desk, folder)
    order = [event.path.name for event in desk.events if isinstance(event, Indexed)]
    assert len(order) == 31
    assert order.index("a long one.txt") > 25


def test_a_raw_photo_is_found_by_itself_when_the_jpeg_beside_it_is_damaged(desk, folder):
    photo(folder / "a.png", "red").rename(folder / "a.dng")  # what counts is what is in it
    (folder / "a.jpg").write_bytes(photo(folder / "b.jpg", "blue").read_bytes()[:200])
    photo(folder / "c.png", "green").rename(folder / "c.dng")
    photo(folder / "c.jpg", "green")
    added(desk, folder)
    assert desk.counts() == {State.INDEXED: 4, State.FAILED: 1}
    assert desk.find("red") == ["a.dng"]
    assert desk.find("green") == ["c.jpg"]
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 4, State.FAILED: 1}
    assert desk.find("red") == ["a.dng"]


def test_one_refused_piece_fails_its_file_alone(desk, folder):
    for n in range(5):
        photo(folder / f"{n}.png", "red", 20 + n)
    photo(folder / "bad.png", "blue")
    blue = ImageReader().encode(folder / "bad.png", CHUNK, desk.engine.limits)[0].data
    desk.engine.refuses = lambda pieces: any(piece.data == blue for piece in pieces)
    added(desk, folder)
    assert desk.counts() == {State.INDEXED: 5, State.FAILED: 1}
    (failure,) = desk.library.failures()
    assert (failure.path.name, failure.reason) == (
        "bad.png",
        "The model does not take this picture.",
    )


def test_an_engine_that_is_busy_is_asked_again_and_nothing_is_lost(desk, folder):
    desk.engine.errors = [TryLater("Busy.")]
    photo(folder / "a.png", "red")
    added(desk, folder)
    assert desk.counts() == {State.INDEXED: 1}


def test_an_engine_without_access_pauses_with_its_sentence_until_resumed(desk, folder):
    desk.engine.errors = [NeedsUser("No credentials. Choose a profile.")]
    photo(folder / "a.png", "red")
    desk.library.add_folder(folder)
    with pytest.raises(NeedsUser, match="Choose a profile"):
        desk.library.wait(30)
    assert desk.library.status().paused == "No credentials. Choose a profile."
    desk.library.resume()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 1}


def test_pausing_stops_and_resuming_goes_on(desk, folder):
    for n in range(20):
        photo(folder / f"{n}.png", "red", 20 + n)
    desk.library.pause()
    desk.library.add_folder(folder)
    with pytest.raises(NeedsUser, match="resume"):
        desk.library.wait(5)
    assert State.INDEXED not in desk.counts()
    desk.library.resume()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 20}


def test_a_bug_in_a_reader_fails_one_file_and_is_logged(desk, folder, caplog, monkeypatch):
    photo(folder / "a.png", "red")
    (folder / "b.txt").write_text("words")
    monkeypatch.setattr(TextReader, "read", lambda self, path: 1 / 0)  # noqa: ARG005
    added(desk, folder)
    assert desk.counts() == {State.INDEXED: 1, State.FAILED: 1}
    assert "ZeroDivisionError" in caplog.text
    assert [e.path.name for e in desk.events if isinstance(e, Failed)] == ["b.txt"]


def test_a_failed_file_can_be_tried_again(desk, folder, monkeypatch):
    (folder / "b.txt").write_text("words")
    with monkeypatch.context() as broken:
        broken.setattr(TextReader, "read", lambda self, path: 1 / 0)  # noqa: ARG005
        added(desk, folder)
    assert desk.counts() == {State.FAILED: 1}
    desk.library.retry()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 1}


def test_a_store_that_is_full_pauses_and_loses_nothing(desk, folder, monkeypatch):
    photo(folder / "a.png", "red")
    with monkeypatch.context() as full:

        def refuse(*_):
            raise NeedsUser("The disk is full.")

        full.setattr(desk.store, "put", refuse)
        desk.library.add_folder(folder)
        with pytest.raises(NeedsUser, match="full"):
            desk.library.wait(30)
    asked = desk.engine.pieces
    desk.library.resume()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 1}
    assert desk.engine.pieces == asked


def test_rows_that_the_store_lost_come_back(desk, folder):
    photo(folder / "a.png", "red")
    added(desk, folder)
    desk.library.close()
    desk.store = KeptStore()
    desk.open()
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.find("red") == ["a.png"]


def test_what_is_removed_is_forgotten_and_stays_on_disk(desk, folder):
    photo(folder / "a.png", "red")
    added(desk, folder)
    desk.library.remove_folder(folder)
    assert desk.find("red") == []
    assert desk.store.count(desk.engine.space) == 0
    assert (folder / "a.png").exists()


@pytest.mark.parametrize("place", ["nowhere", "file.txt", "data/inside"])
def test_what_can_not_be_watched_is_refused_with_a_sentence(desk, tmp_path, place):
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "data" / "inside").mkdir()
    with pytest.raises(BadInput):
        desk.library.add_folder(tmp_path / place)


def test_closing_in_the_middle_is_quick_and_leaves_a_whole_index(desk, folder):
    for n in range(200):
        photo(folder / f"{n}.png", "red", 20 + n)
    desk.library.add_folder(folder)
    eventually(lambda: desk.counts().get(State.INDEXED, 0) > 0)
    began = time.monotonic()
    desk.library.close()
    assert time.monotonic() - began < 2.0
    desk.open()
    desk.library.rescan()
    assert desk.library.wait(60)
    assert desk.counts() == {State.INDEXED: 200}
    assert desk.store.count(desk.engine.space) == 200


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bell\x07 \x1b[31mred.txt", "bell 31mred"),
        ("cat on the sofa.jpg", "cat on the sofa"),
        ("IMG_2041.JPG", ""),
        ("20240131_154500.mp4", ""),
        ("DSC01234.ARW", ""),
        ("Grandma's_70th-birthday (2).mov", "Grandma s 70th birthday"),
        ("3f2504e04f8911d39a0c0305e82c3301.png", ""),
        ("Отпуск 2023.jpg", "Отпуск"),
        ("screenshot 12.png", ""),
    ],
)
def test_names_say_words_and_counters_say_nothing(name, said):
    assert name_words(Path(name)) == said


def test_a_file_that_may_be_read_now_is_read_at_the_next_look(desk, tmp_path, monkeypatch):
    folder = tmp_path / "pictures"
    photo(folder / "red.png", "red")
    read = work.hash_file

    def forbidden(path, *_):
        raise Forbidden(f"You have no permission to read {path.name}.")

    monkeypatch.setattr(work, "hash_file", forbidden)  # this user may read everything
    added(desk, folder)
    assert desk.counts() == {State.FAILED: 1}
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.counts() == {State.FAILED: 1}
    monkeypatch.setattr(work, "hash_file", read)
    desk.library.rescan()
    eventually(lambda: desk.counts() == {State.INDEXED: 1})


def test_a_file_that_is_online_only_is_counted_and_never_opened(desk, folder, monkeypatch):
    photo(folder / "here.png", "red")
    with (folder / "there.png").open("wb") as file:
        file.truncate(100_000)  # a size, and nothing on the disk, as cloud drives leave it
    opened = []
    real = work._identified
    monkeypatch.setattr(
        work, "_identified", lambda path, *rest: opened.append(path.name) or real(path, *rest)
    )
    added(desk, folder)
    assert desk.counts() == {State.INDEXED: 1, State.EXCLUDED: 1}
    assert opened == ["here.png"]
    (folder / "there.png").unlink()
    photo(folder / "there.png", "blue")  # it was downloaded
    desk.library.rescan()
    assert desk.library.wait(20)
    assert desk.counts() == {State.INDEXED: 2}


def test_what_is_put_online_only_after_it_was_indexed_is_still_found(desk, folder, monkeypatch):
    photo(folder / "a.png", "red")
    added(desk, folder)
    monkeypatch.setattr(scanning, "online_only", lambda _: True)
    monkeypatch.setattr(scanning, "FLAGGED", True)
    (folder / "a.png").rename(folder / "b.png")
    desk.library.rescan()
    assert desk.library.wait(20)
    assert desk.find("red") == ["b.png"]
    assert desk.counts() == {State.INDEXED: 1}


def test_what_waits_and_is_put_online_only_is_not_opened_either(desk, folder, monkeypatch):
    photo(folder / "a.png", "red")
    opened = []
    monkeypatch.setattr(work, "hash_file", lambda path, *_: opened.append(path))
    monkeypatch.setattr(work, "online_only", lambda _: True)  # since it was listed
    added(desk, folder)
    assert desk.counts() == {State.EXCLUDED: 1}
    assert opened == []
    monkeypatch.undo()  # it was downloaded, and looks as it did
    desk.library.rescan()
    assert desk.library.wait(20)
    assert desk.counts() == {State.INDEXED: 1}
