"""Rules, pauses and hours of folders; what is left out and comes back; folders elsewhere."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput
from nova_desktop.folders import Effect, Removal, Schedule, When
from nova_desktop.kinds import FolderState, State
from nova_desktop.library.resting import Resting
from nova_desktop.schedules import schedule_of, written
from nova_desktop.spending import Rule
from tests.library.desk import added, eventually, photo


@pytest.fixture
def photos(desk, tmp_path) -> Path:
    folder = tmp_path / "photos"
    for n, colour in enumerate(("red", "green", "blue")):
        photo(folder / f"{n}.png", colour)
    photo(folder / "drafts" / "4.png", "yellow")
    photo(folder / "drafts" / "5.png", "purple")
    added(desk, folder)
    return folder


def settled(desk) -> dict[State, int]:
    assert desk.library.wait(30)
    return desk.counts()


def state(desk) -> FolderState:
    (folder,) = desk.library.status().folders
    return folder.state


def test_a_pattern_works_backwards_and_comes_back_without_embedding(desk, photos):
    asked = desk.engine.pieces
    would = desk.library.rules_effect(photos, ["/drafts/", "0.png"])
    assert would == Effect(leaves_out=3, brings_back=0)
    assert desk.library.folder_rules(photos).ignore == ()  # nothing was changed
    assert desk.library.set_folder_rules(photos, ignore=["/drafts/", "0.png"]) == would
    assert settled(desk) == {State.INDEXED: 2, State.EXCLUDED: 2}  # a folder is one entry
    assert desk.find("yellow")[:1] != ["4.png"]
    desk.reopen()
    assert desk.library.folder_rules(photos).ignore == ("/drafts/", "0.png")
    assert desk.library.set_folder_rules(photos, ignore=[]) == Effect(0, 3)
    assert settled(desk) == {State.INDEXED: 5}
    assert desk.find("yellow")[0] == "4.png"
    assert desk.engine.pieces == asked


def test_what_a_rule_left_out_outlives_the_tidying_up_and_goes_with_its_folder(
    desk, photos, monkeypatch
):
    desk.library.set_folder_rules(photos, ignore=["0.png"])
    settled(desk)
    monkeypatch.setattr("nova_desktop.library.catalog.KEPT_S", -10.0)
    catalog = desk.library._parts.catalog
    assert catalog.forget_orphans() == set()
    assert len(catalog.remove_root(str(photos))) == 5


def test_a_pattern_that_means_nothing_is_refused_and_changes_nothing(desk, photos):
    for call in (desk.library.rules_effect, desk.library.set_folder_rules):
        with pytest.raises(BadInput, match="can't be understood"):
            call(photos, ["[open"])
    assert desk.library.folder_rules(photos).ignore == ()


def test_rules_are_of_watched_folders(desk, photos, tmp_path):
    for path in (tmp_path, photos / "drafts"):
        with pytest.raises(BadInput, match="not a watched folder"):
            desk.library.folder_rules(path)


def test_files_and_folders_are_left_out_by_hand_and_taken_back(desk, photos):
    asked = desk.engine.pieces
    assert desk.library.exclude([photos / "0.png", photos / "drafts"]) == 3
    assert settled(desk) == {State.INDEXED: 2, State.EXCLUDED: 2}
    out = desk.library.exclusions()
    assert [(one.path.name, one.folder) for one in out] == [("0.png", False), ("drafts", True)]
    desk.reopen()
    desk.library.rescan()
    assert settled(desk) == {State.INDEXED: 2, State.EXCLUDED: 2}
    desk.library.include([one.path for one in out])
    assert settled(desk) == {State.INDEXED: 5}
    assert desk.library.exclusions() == ()
    assert desk.engine.pieces == asked


def test_a_watched_folder_itself_and_what_is_elsewhere_is_not_left_out_by_hand(
    desk, photos, tmp_path
):
    for path in (photos, tmp_path / "other.png"):
        with pytest.raises(BadInput, match="watched folder"):
            desk.library.exclude([path])


def test_a_paused_folder_waits_while_others_go_on_and_stays_paused(desk, photos, tmp_path):
    desk.library.pause(photos)
    assert state(desk) is FolderState.PAUSED
    photo(photos / "new.png", "white")
    desk.library.rescan(photos)
    assert settled(desk) == {State.INDEXED: 5, State.WAITING: 1}
    desk.reopen()
    other = photo(tmp_path / "other" / "a.png", "black").parent
    added(desk, other)
    assert settled(desk) == {State.INDEXED: 6, State.WAITING: 1}
    desk.library.resume(photos)
    assert settled(desk) == {State.INDEXED: 7}


def test_a_folder_waits_for_its_hours_or_to_be_asked(desk, photos, monkeypatch):
    monkeypatch.setattr("nova_desktop.library.resting.minute_of_day", lambda: 12 * 60)
    desk.reopen()
    desk.library.set_folder_rules(photos, schedule=Schedule(When.HOURS, 22 * 60, 6 * 60))
    photo(photos / "new.png", "white")
    desk.library.rescan()
    assert settled(desk) == {State.INDEXED: 5, State.WAITING: 1}
    (folder,) = desk.library.status().folders
    assert (folder.state, folder.note) == (FolderState.SCHEDULED, "22:00-06:00")
    desk.library.resume(photos)  # index now
    assert settled(desk) == {State.INDEXED: 6}
    desk.library.set_folder_rules(photos, schedule=Schedule(When.ASKED))
    photo(photos / "newer.png", "black")
    desk.library.rescan()
    assert settled(desk) == {State.INDEXED: 6, State.WAITING: 1}
    desk.library.set_folder_rules(photos, schedule=Schedule())
    assert settled(desk) == {State.INDEXED: 7}


def test_hours_begin_and_end_by_the_clock(desk, photos):
    now = [21 * 60]
    library = desk.library
    library.set_folder_rules(photos, schedule=Schedule(When.HOURS, 22 * 60, 6 * 60))
    catalog = library._parts.catalog
    resting = Resting(catalog, library._choices, lambda: now[0])
    seen = []
    for minute in (21 * 60, 22 * 60, 23 * 60 + 59, 0, 5 * 60 + 59, 6 * 60):
        now[0] = minute
        resting.stale()
        resting.update()
        seen.append(catalog.roots()[0].resting)
    assert seen == [True, False, False, False, False, True]


@pytest.mark.parametrize("text", ["always", "asked", "22:00-06:30", "08:05-17:00"])
def test_a_schedule_is_read_as_it_is_written(text):
    assert written(schedule_of(text)) == text


@pytest.mark.parametrize("text", ["", "never", "25:00-06:00", "22:00", "06:00-06:00", "22:61-1:00"])
def test_what_is_no_schedule_is_refused(text):
    with pytest.raises(BadInput, match="is not a schedule"):
        schedule_of(text)


def test_a_folder_that_was_moved_keeps_all_that_is_known_of_it(desk, photos, tmp_path):
    asked = desk.engine.pieces
    desk.library.set_folder_rules(photos, ignore=["0.png"])
    desk.library.exclude([photos / "1.png"])
    desk.library.set_rule(photos, Rule.DEVICE)
    before = settled(desk)
    new = tmp_path / "drive" / "pictures"
    new.parent.mkdir()
    photos.rename(new)
    desk.library.relocate_folder(photos, new)
    assert settled(desk) == before
    assert [folder.path for folder in desk.library.status().folders] == [new]
    assert desk.library.folder_rules(new).ignore == ("0.png",)
    assert [one.path for one in desk.library.exclusions()] == [new / "1.png"]
    assert [one.path for one in desk.library.rules()] == [new]
    assert desk.find("blue")[0] == "2.png"
    assert desk.engine.pieces == asked


def test_a_copy_on_another_drive_is_the_same_folder_and_is_not_read_again(
    desk, photos, tmp_path, monkeypatch
):
    new = tmp_path / "copy"
    shutil.copytree(photos, new)  # other inodes, the same times
    hashed = []
    identify = desk.library._parts.tools.sniff
    monkeypatch.setattr("nova_desktop.library.work.identify", lambda *_: hashed.append(identify))
    desk.library.relocate_folder(photos, new)
    assert settled(desk) == {State.INDEXED: 5}
    assert hashed == []


def test_another_folder_is_refused_by_what_is_in_it(desk, photos, tmp_path):
    stranger, twin = tmp_path / "stranger", tmp_path / "twin"
    photo(stranger / "9.png", "red")
    shutil.copytree(photos, twin)
    for path in twin.rglob("*.png"):
        size = path.stat().st_size
        path.write_bytes(os.urandom(size))
    with pytest.raises(BadInput, match="is another folder: of 5 files"):
        desk.library.relocate_folder(photos, stranger)
    with pytest.raises(BadInput, match="something else in them"):
        desk.library.relocate_folder(photos, twin)
    for place in (photos, photos / "drafts", photos.parent):
        with pytest.raises(BadInput):
            desk.library.relocate_folder(photos, place)
    assert settled(desk) == {State.INDEXED: 5}


def test_removal_says_what_is_forgotten(desk, photos):
    assert desk.library.removal(photos) == Removal(files=5, paid=0)


def test_a_folder_that_went_away_or_came_back_is_seen_without_a_scan(desk, photos, tmp_path):
    (folder,) = desk.library.status().folders
    assert folder.state is FolderState.WATCHING
    assert folder.bytes == sum(p.stat().st_size for p in photos.rglob("*.png"))
    assert folder.looked_s
    desk.library.close()
    photos.rename(tmp_path / "unplugged")
    desk.open()  # nothing watches or looks yet
    assert state(desk) is FolderState.OFFLINE
    assert desk.counts() == {State.OFFLINE: 5}
    desk.library.rescan()
    assert settled(desk) == {State.OFFLINE: 5}
    (tmp_path / "unplugged").rename(photos)
    assert state(desk) is FolderState.WATCHING
    assert desk.counts() == {State.INDEXED: 5}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may open everything")
def test_a_folder_that_may_not_be_opened_says_so(desk, photos):
    photos.chmod(0)
    try:
        assert state(desk) is FolderState.UNREADABLE
    finally:
        photos.chmod(0o755)


def test_one_folder_alone_is_looked_through(desk, photos, tmp_path):
    other = photo(tmp_path / "other" / "a.png", "black").parent
    added(desk, other)
    with pytest.raises(BadInput, match="not in a watched folder"):
        desk.library.rescan(tmp_path / "nowhere")
    photo(photos / "new.png", "white")
    desk.library.rescan(photos)
    eventually(lambda: desk.counts() == {State.INDEXED: 7})
