"""Labels: the user's words as classes, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from nova_desktop.errors import BadInput
from nova_desktop.labels import Said
from nova_desktop.library import opened
from nova_desktop.library.labels import nearest
from nova_desktop.query import Filters, Query
from tests.library.desk import Desk, photo


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    for number in range(3):
        photo(made / f"red {number}.png", "red", 40 + number)
    photo(made / "sky.png", "blue")
    return made


@pytest.fixture
def library(tmp_path: Path, folder: Path):
    (tmp_path / "data").mkdir()
    with opened(Desk(tmp_path / "data").open()) as made:
        made.add_folder(folder)
        assert made.wait(30)
        yield made


def tagged(library, tag: str) -> set[str]:
    found = library.find(Query(filters=Filters(tags=frozenset({tag}))))
    return {hit.path.name for hit in found.hits}


def test_a_content_gets_the_label_that_is_clearly_nearest_or_none():
    sure = {
        "cat": {"a": 2.0, "b": 1.5, "c": 0.9, "d": 1.2},
        "dog": {"a": 1.0, "b": 1.4, "e": 3.0},
    }
    assert nearest(sure) == {"cat": {"a": 2.0, "d": 1.2}, "dog": {"e": 3.0}}
    assert nearest({"cat": {"a": 1.0}}) == {"cat": {"a": 1.0}}
    assert nearest({}) == {}


def test_what_is_accepted_is_found_by_its_tag_and_can_be_taken_back(library, folder):
    library.add_label("Red")
    names = {one.path.name for one in library.suggestions("red", 10)}
    assert names >= {"red 0.png", "red 1.png", "red 2.png"}
    library.say_label("Red", [folder / "red 0.png"], Said.YES)
    library.say_label("Red", [folder / "red 1.png"], Said.NO)
    assert tagged(library, "red") == {"red 0.png"}
    left = {one.path.name for one in library.suggestions("Red", 10)}
    assert not left & {"red 0.png", "red 1.png"}
    (label,) = library.labels()
    assert (label.name, label.accepted) == ("Red", 1)
    library.say_label("Red", [folder / "red 0.png"], Said.NOTHING)
    assert tagged(library, "red") == set()
    assert "red 0.png" in {one.path.name for one in library.suggestions("Red", 10)}


def test_a_label_that_is_removed_leaves_the_files(library, folder):
    library.add_label("Red")
    library.say_label("Red", [folder / "sky.png"], Said.YES)
    assert tagged(library, "red") == {"sky.png"}
    library.remove_label("red")
    assert tagged(library, "red") == set()
    assert library.labels() == ()


def test_what_is_no_label_or_no_file_is_refused(library, folder):
    for wrong in ("", "  ", "…", "x" * 200):
        with pytest.raises(BadInput):
            library.add_label(wrong)
    with pytest.raises(BadInput, match="no label"):
        library.suggestions("Nothing", 1)
    library.add_label("Red")
    with pytest.raises(BadInput, match="not indexed"):
        library.say_label("Red", [folder / "nowhere.png"], Said.YES)
