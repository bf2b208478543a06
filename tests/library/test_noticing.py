"""Saved searches that notice what was just indexed."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput, TryLater
from nova_desktop.events import NewMatches
from nova_desktop.library import Library, opened
from nova_desktop.library.search import Search
from nova_desktop.query import Answer
from tests.library.desk import Desk, photo


class Ear:
    """Hears of new matches."""

    def __init__(self, library: Library) -> None:
        self.heard: list[NewMatches] = []
        self._came = threading.Condition()
        library.subscribe(self._tell)

    def _tell(self, event: object) -> None:
        if isinstance(event, NewMatches):
            with self._came:
                self.heard.append(event)
                self._came.notify_all()

    def wait(self, count: int) -> list[tuple[str, int]]:
        """The first so many, in order of their names."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.heard) >= count, 20), self.heard
            return sorted((it.search, it.count) for it in self.heard)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "data").mkdir()
    return Desk(tmp_path / "data")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    photo(made / "old.png", "red")
    return made


def index(library: Library, folder: Path) -> None:
    library.add_folder(folder)
    assert library.wait(30)


def new(library: Library) -> dict[str, int]:
    return {search.name: search.new for search in library.searches()}


def test_new_matches_are_counted_and_told_once_until_the_search_is_opened(desk, folder):
    with opened(desk.open()) as library:
        index(library, folder)
        library.save_search("Reds", "red")
        library.save_search("Blues", "blue")
        library.save_search("Pictures", "type:photo")
        ear = Ear(library)
        photo(folder / "new.png", "red", size=41)
        library.rescan()
        assert library.wait(30)
        assert ear.wait(2) == [("Pictures", 1), ("Reds", 1)]
        assert {it.path for it in ear.heard} == {folder / "new.png"}
        assert new(library) == {"Blues": 0, "Pictures": 1, "Reds": 1}
        photo(folder / "sky.png", "blue", size=42)
        library.rescan()
        assert library.wait(30)
        assert ear.wait(4)[0] == ("Blues", 1)
        assert new(library) == {"Blues": 1, "Pictures": 2, "Reds": 1}
        library.see_search("Pictures")
        library.rename_search("Reds", "Warm")
        assert new(library) == {"Blues": 1, "Pictures": 0, "Warm": 1}
    with opened(desk.open()) as library:
        assert new(library) == {"Blues": 1, "Pictures": 0, "Warm": 1}


def test_what_was_there_before_is_not_new(desk, folder):
    with opened(desk.open()) as library:
        index(library, folder)
        library.save_search("Reds", "red")
        ear = Ear(library)
        (folder / "old.png").rename(folder / "renamed.png")
        photo(folder / "sky.png", "blue", size=42)
        library.save_search("Pictures", "type:photo")  # it is told of, when all is done
        library.rescan()
        assert library.wait(30)
        assert ear.wait(1) == [("Pictures", 1)]
        assert new(library)["Reds"] == 0


def test_a_match_that_is_gone_does_not_count(desk, folder):
    with opened(desk.open()) as library:
        index(library, folder)
        library.save_search("Reds", "red")
        ear = Ear(library)
        photo(folder / "new.png", "red", size=41)
        library.rescan()
        assert library.wait(30)
        ear.wait(1)
        (folder / "new.png").unlink()
        library.rescan()
        assert library.wait(30)
        assert new(library) == {"Reds": 0}


def test_a_search_by_a_file_that_is_gone_stops_no_other(desk, folder, tmp_path):
    from nova_desktop.query import Part

    with opened(desk.open()) as library:
        index(library, folder)
        asked = photo(tmp_path / "asked.png", "blue")
        library.save_search("A file", "", [Part(path=asked)])
        library.save_search("Reds", "red")
        asked.unlink()
        ear = Ear(library)
        photo(folder / "new.png", "red", size=41)
        library.rescan()
        assert library.wait(30)
        assert ear.wait(1) == [("Reds", 1)]
        library.forget_search("Reds")
        with pytest.raises(BadInput):
            library.forget_search("Reds")
        library.see_search("Reds")


def test_a_search_that_is_no_longer_understood_stops_no_other(desk, folder):
    with opened(desk.open()) as library:
        index(library, folder)
        library.save_search("A", "blue")
        library.save_search("Reds", "red")
        with sqlite3.connect(desk.data / "catalog.sqlite") as db:  # as an earlier version took it
            db.execute("UPDATE searches SET text = '\"night\"^2' WHERE name = 'A'")
        db.close()
        ear = Ear(library)
        photo(folder / "new.png", "red", size=41)
        library.rescan()
        assert library.wait(30)
        assert ear.wait(1) == [("Reds", 1)]


def test_what_was_waited_for_is_noticed_though_the_library_closes_at_once(desk, folder):
    with opened(desk.open()) as library:
        index(library, folder)
        library.save_search("Reds", "red")
        library.save_search("Pictures", "type:photo")
    photo(folder / "new.png", "red", size=41)
    with opened(desk.open()) as library:
        index(library, folder)
    with opened(desk.open()) as library:
        assert new(library) == {"Pictures": 1, "Reds": 1}


def test_a_search_that_can_not_be_asked_just_now_loses_no_match(desk, folder, monkeypatch):
    with opened(desk.open()) as library:
        index(library, folder)
        library.save_search("Reds", "red")
        library.save_search("Sure", "type:photo")
        photo(folder / "new.png", "red", size=41)
        with monkeypatch.context() as away:

            def find(*_: object) -> Answer:
                raise TryLater("Its drive is away.")

            away.setattr(Search, "find", find)
            library.rescan()
            assert library.wait(30)
            assert new(library) == {"Reds": 0, "Sure": 1}
        photo(folder / "other.png", "blue", size=42)
        library.rescan()
        assert library.wait(30)
        assert new(library) == {"Reds": 1, "Sure": 2}
