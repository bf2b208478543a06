"""What could not be opened, and drives inside a folder, are asked after."""

from __future__ import annotations

import os
from pathlib import Path

from nova_desktop.library.doubtful import Doubtful


def test_a_place_is_told_once_when_it_can_be_opened_and_again_when_another_is_there(
    tmp_path: Path,
) -> None:
    place = tmp_path / "drive"
    doubtful = Doubtful(lambda: {os.fspath(place): False})
    assert doubtful.changed() == []  # as it was: not to be opened
    place.mkdir()
    assert doubtful.changed() == [str(place)]
    assert doubtful.changed() == []
    place.rename(tmp_path / "other")
    assert doubtful.changed() == [str(place)]
    assert doubtful.changed() == []
    place.write_text("a file of this name")
    assert doubtful.changed() == [str(place)]
    assert doubtful.changed() == []


def test_what_nobody_asks_for_any_more_is_forgotten(tmp_path: Path) -> None:
    asked = {str(tmp_path): False}
    doubtful = Doubtful(lambda: asked)
    assert doubtful.changed() == [str(tmp_path)]
    asked = {}
    assert doubtful.changed() == []
    asked = {str(tmp_path): False}
    assert doubtful.changed() == [str(tmp_path)]


def test_what_was_closed_and_opened_between_two_looks_is_told_too(tmp_path: Path) -> None:
    asked = {str(tmp_path): True}
    doubtful = Doubtful(lambda: asked)
    told = [len(doubtful.changed()) for _ in range(16)]
    assert told == [1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]  # it may stay closed to us
    asked = {str(tmp_path): False}
    assert doubtful.changed() == []
    asked = {str(tmp_path): True}  # meanwhile it was closed, and is open again
    assert doubtful.changed() == [str(tmp_path)]
