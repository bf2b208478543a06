"""A folder that one above it takes over leaves out what it did."""

from __future__ import annotations

from pathlib import Path

import pytest

from nova_desktop.events import Notice
from nova_desktop.library.rules import Rules
from nova_desktop.library.taking_over import carried
from nova_desktop.schedules import schedule_of
from tests.library.desk import Desk, added, photo

OUTER, INNER = Path("/data"), Path("/data/my [old] pictures!/#1")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("*.bak", "a.bak"),
        ("*.bak", "deep/er/a.bak"),
        ("/a.txt", "a.txt"),
        ("/a.txt", "deep/a.txt"),
        ("deep/a.txt", "deep/a.txt"),
        ("deep/a.txt", "more/deep/a.txt"),
        ("**/deep/a.txt", "more/deep/a.txt"),
        ("a.txt ", "a.txt"),
        ("# a.txt", "a.txt"),
    ],
)
def test_a_line_leaves_out_from_above_what_it_left_out_in_the_folder(line: str, name: str) -> None:
    before, after = Rules.of(patterns=[line]), Rules.of(patterns=carried([line], OUTER, INNER))
    path = str(INNER / name)
    out = bool(before.against_file(path, Path(name).name, str(INNER)))
    assert bool(after.against_file(path, Path(name).name, str(OUTER))) is out
    elsewhere = str(OUTER / "other" / name)
    assert not after.against_file(elsewhere, Path(name).name, str(OUTER))


def test_what_a_line_brings_back_is_brought_back_and_folders_stay_folders() -> None:
    lines = carried(["build/", "*.txt", "!keep.txt"], OUTER, INNER)
    after = Rules.of(patterns=lines)
    assert after.against_folder(str(INNER / "x/build"), "build", str(OUTER))
    assert not after.against_file(str(INNER / "build"), "build", str(OUTER))
    assert after.against_file(str(INNER / "a.txt"), "a.txt", str(OUTER))
    assert not after.against_file(str(INNER / "keep.txt"), "keep.txt", str(OUTER))


def test_a_hidden_folder_that_was_watched_is_not_left_out_from_above(
    desk: Desk, folder: Path
) -> None:
    photo(folder / ".hidden" / "a.png", "red")
    added(desk, folder / ".hidden")
    added(desk, folder)
    assert desk.find("red") == ["a.png"]
    assert desk.engine.pieces == 1


def test_the_folder_above_keeps_the_patterns_and_tells_of_the_hours(
    desk: Desk, folder: Path
) -> None:
    inner = folder / "inner"
    photo(inner / "a.png", "red")
    photo(inner / "b.jpg", "blue")
    photo(folder / "c.jpg", "green")
    added(desk, inner)
    desk.library.set_folder_rules(inner, ["*.jpg"], schedule_of("22:00-06:30"))
    added(desk, folder)
    found = [desk.find(colour) for colour in ("red", "green", "blue")]
    assert found == [["a.png"], ["c.jpg"], []]
    told = [event.text for event in desk.events if isinstance(event, Notice)]
    assert len([text for text in told if "hours" in text]) == 1
    assert desk.library.folder_rules(folder).ignore == ("/inner/**/*.jpg",)
