"""What could not be opened, and drives inside a folder, are asked after."""

from __future__ import annotations

import os
from pathlib import Path

from nova_desktop.library.doubtful import Doubtful


def test_a_place_is_told_once_when_it_can_be_opened_and_again_when_another_is_there(
    tmp_path: Path,
) -> None:
    place = tmp_path / "drive"
    doubtful = Doubtful(lambda: [os.fspath(place)])
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
    asked = [str(tmp_path)]
    doubtful = Doubtful(lambda: asked)
    assert doubtful.changed() == [str(tmp_path)]
    asked = []
    assert doubtful.changed() == []
    asked = [str(tmp_path)]
    assert doubtful.changed() == [str(tmp_path)]
