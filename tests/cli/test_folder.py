"""`nova-desktop folder` and `queue`, on a real library over real files."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from nova_desktop.cli import main as cli
from nova_desktop.cli.terminal import Terminal
from tests.library.desk import Desk, photo


class Typed:
    """A command line on a desk's library, which is opened anew for each command."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.out = self.err = ""

    def __call__(self, *argv: str | Path) -> int:
        out, err = io.StringIO(), io.StringIO()
        code = cli.main([str(one) for one in argv], lambda *_: self.desk.open(), Terminal(out, err))
        self.out, self.err = out.getvalue(), err.getvalue()
        return code


@pytest.fixture
def run(tmp_path) -> Typed:
    (tmp_path / "data").mkdir()
    return Typed(Desk(tmp_path / "data"))


@pytest.fixture
def photos(run, tmp_path) -> Path:
    folder = tmp_path / "photos"
    for n, colour in enumerate(("red", "green", "blue")):
        photo(folder / f"{n}.png", colour)
    photo(folder / "drafts" / "4.png", "yellow")
    assert run("index", folder) == 0
    return folder


def test_folders_are_listed_and_shown_with_their_rules(run, photos):
    assert run("folder", "list") == 0
    assert run.out == f"watching  {photos}  4 indexed\n"
    run("folder", "schedule", photos, "22:00-06:30")
    run("folder", "ignore", photos, "*.bak")
    assert run("folder", "show", photos) == 0
    for fact in ("4 indexed", "22:00-06:30", "*.bak", "device"):
        assert fact in run.out


def test_patterns_say_their_number_first_and_are_added_and_cleared(run, photos):
    assert run("folder", "ignore", photos, "/drafts/", "--dry-run") == 0
    assert run.out == "Would leave out 1 file, would bring back 0.\n"
    assert run("folder", "ignore", photos, "/drafts/") == 0
    assert run.out == "Left out 1 file, brought back 0.\n"
    run("folder", "rescan", photos)
    assert run("folder", "ignore", photos, "0.png", "--add") == 0
    run("folder", "ignore", photos)
    assert run.out.split() == ["/drafts/", "0.png"]
    run("folder", "rescan", photos)
    assert run("folder", "ignore", photos, "--clear") == 0
    assert "brought back 2" in run.out


def test_a_folder_is_paused_and_resumed(run, photos):
    assert run("folder", "pause", photos) == 0
    photo(photos / "new.png", "white")
    run("folder", "rescan", photos)
    run("folder", "list")
    assert run.out.startswith("paused")
    assert "1 waiting" in run.out
    assert run("folder", "resume", photos) == 0
    run("folder", "list")
    assert run.out == f"watching  {photos}  5 indexed\n"


def test_files_are_left_out_by_hand_listed_and_taken_back(run, photos):
    assert run("folder", "exclude", photos / "0.png") == 0
    assert run.out == "Left out 1 file, brought back 0.\n"
    run("folder", "exclude")
    assert run.out == f"{photos / '0.png'}\n"
    assert run("folder", "exclude", photos / "none.png") == 3
    assert run("folder", "include", photos / "1.png") == 3
    assert "was not left out by hand" in run.err
    assert run("folder", "include", photos / "0.png") == 0
    run("folder", "exclude")
    assert run.out == ""


def test_a_folder_that_was_moved_is_found_again_and_another_refused(run, photos, tmp_path):
    asked = run.desk.engine.pieces
    (tmp_path / "empty").mkdir()
    assert run("folder", "move", photos, tmp_path / "empty") == 3
    assert "is another folder" in run.err
    photos.rename(tmp_path / "elsewhere")
    assert run("folder", "move", photos, tmp_path / "elsewhere") == 0
    run("folder", "list")
    assert run.out == f"watching  {tmp_path / 'elsewhere'}  4 indexed\n"
    assert run.desk.engine.pieces == asked


def test_what_is_in_a_folder_is_told_before_it_is_added(run, photos):
    assert run("folder", "survey", photos, "--json") == 0
    assert json.loads(run.out)["files"] == {"image": 4}
    assert run("folder", "survey", photos) == 0
    assert "image" in run.out


def test_the_queue_is_told_and_a_file_is_left_for_later(run, photos):
    assert run("queue") == 0
    assert run.out == "Nothing waits.\n"
    run("folder", "pause", photos)
    new = photo(photos / "new.png", "white")
    run("folder", "rescan", photos)
    assert run("queue", "--cancel", new) == 0
    run("folder", "list")
    assert "1 failed" in run.out
    run("failures")
    assert "You cancelled it" in run.out


@pytest.mark.parametrize(
    "argv",
    [
        ("folder", "schedule", "{photos}", "sometimes"),
        ("folder", "ignore", "{photos}", "[open"),
        ("folder", "show", "{photos}/drafts"),
        ("folder", "pause", "/nowhere"),
        ("folder", "survey", "/nowhere"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(run, photos, argv):
    assert run(*(one.format(photos=photos) for one in argv)) == 3
    assert run.err.startswith("nova-desktop: ")


def test_a_folder_that_is_away_is_offline_in_the_status_without_a_scan(run, photos, tmp_path):
    photos.rename(tmp_path / "unplugged")
    assert run("status") == 0
    assert "offline" in run.out
    (tmp_path / "unplugged").rename(photos)
    assert run("status") == 0
    assert "watching" in run.out
