"""Searches that are kept by name: the star, the list under the folders, and what is kept."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from nova_desktop.errors import TryLater
from nova_desktop.events import NewMatches
from nova_desktop.grammar import parse
from nova_desktop.model import Modality, Span, Unit
from nova_desktop.query import Part, SavedSearch
from nova_desktop.ui.manners.telling import Note, Telling
from nova_desktop.ui.search.narrowing import Days, Length, Narrowing, Recent, year
from nova_desktop.ui.search.rows import COUNT
from nova_desktop.ui.search.writing import typed

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def saved(qtbot, window, library):
    """The window with two saved searches."""
    library.saved = {
        "Cats": SavedSearch("Cats", "cat type:photo"),
        "Like the lion": SavedSearch(
            "Like the lion", "", (Part(path=Path("/a/lion.jpg"), weight=2.0),)
        ),
    }
    window.keeping.refresh()
    qtbot.waitUntil(lambda: window.saved.list.count() == 2)
    return window


def test_a_search_by_files_says_which_ones(saved, library):
    library.saved["Moment"] = SavedSearch(
        "Moment", "dog", (Part(path=Path("/a/film.mp4"), span=Span(Unit.SECONDS, 62, 77)),)
    )
    saved.saved.show_searches(library.searches())
    said = [saved.saved.list.item(row).toolTip() for row in range(3)]
    assert said == ["cat type:photo", "lion.jpg", "film.mp4 1:02–1:17 + dog"]


def test_the_star_keeps_words_chips_and_filters_under_a_name(qtbot, window, library):
    assert not window.search_box.star_button.isVisible()
    lion = Part(path=Path("/a/lion.jpg"), weight=-2.0)
    window.search_box.ask("at night", [lion])
    window.kinds.choose(Modality.VIDEO)
    qtbot.mouseClick(window.search_box.star_button, LEFT)
    naming = window.keeping.naming
    assert naming.name.text() == "lion.jpg, at night"
    naming.name.setText("Nights")
    qtbot.keyClick(naming.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.saved.list.count() == 1)
    assert library.saved["Nights"] == SavedSearch("Nights", "at night type:video", (lion,))
    assert window.saved.isVisible()
    assert window.search_box.star_button.accessibleName() == "Saved as Nights"
    assert window.saved.name() == "Nights"


def test_without_a_name_nothing_is_kept(qtbot, window, library):
    window.search_box.ask("cat")
    window.menus.save_search.trigger()
    naming = window.keeping.naming
    naming.name.setText("  ")
    assert not naming.save.isEnabled()
    qtbot.keyClick(naming.name, Qt.Key.Key_Return)
    naming.close()
    assert library.saved == {}


def test_a_name_that_is_taken_says_that_it_replaces(qtbot, saved):
    saved.search_box.ask("dog")
    saved.keeping.name()
    naming = saved.keeping.naming
    assert not naming.says.isVisible()
    naming.name.setText("Cats")
    assert naming.says.isVisible()
    naming.close()


def test_a_click_asks_it_instead_of_what_was_asked(qtbot, saved, library):
    saved.search_box.ask("dog", [Part(path=Path("/a/dog.jpg"))])
    saved.kinds.choose(Modality.AUDIO)
    item = saved.saved.list.item(0)
    place = saved.saved.list.visualItemRect(item).center()
    qtbot.mouseClick(saved.saved.list.viewport(), LEFT, pos=place)
    assert saved.search_box.line.text() == "cat type:photo"
    assert saved.search_box.chips() == []
    qtbot.waitUntil(lambda: bool(library.queries) and bool(library.queries[-1].parts))
    assert library.queries[-1].filters.modalities == {Modality.IMAGE}
    assert saved.search_box.star_button.accessibleName() == "Saved as Cats"


def test_enter_asks_the_chosen_one_with_its_weights(qtbot, saved):
    saved.saved.list.setFocus()
    saved.saved.list.setCurrentRow(1)
    qtbot.keyClick(saved.saved.list, Qt.Key.Key_Return)
    assert saved.search_box.parts.parts() == (Part(path=Path("/a/lion.jpg"), weight=2.0),)


def test_f2_renames(qtbot, saved, library):
    saved.saved.list.setFocus()
    saved.saved.list.setCurrentRow(0)
    saved.saved.list.item(0).setText("All cats")
    qtbot.waitUntil(lambda: ("rename_search", "Cats", "All cats") in library.calls)
    qtbot.waitUntil(lambda: saved.saved.list.item(0).text() == "All cats")


def test_a_name_that_another_one_has_is_refused_and_put_back(qtbot, saved):
    saved.saved.list.item(0).setText("Like the lion")
    qtbot.waitUntil(saved.notice.isVisible)
    assert "already" in saved.notice.label.text()
    qtbot.waitUntil(lambda: saved.saved.list.item(0).text() == "Cats")


def test_forgetting_asks_first(qtbot, saved, library):
    saved.saved.list.setFocus()
    saved.saved.list.setCurrentRow(0)
    qtbot.keyClick(saved.saved.list, Qt.Key.Key_Delete)
    (question,) = saved.findChildren(QMessageBox)
    assert "Cats" in question.text()
    assert "Cats" in library.saved
    (forget,) = [it for it in question.findChildren(QPushButton) if it.text() == "Forget"]
    qtbot.mouseClick(forget, LEFT)
    qtbot.waitUntil(lambda: saved.saved.list.count() == 1)
    assert list(library.saved) == ["Like the lion"]


def test_what_can_t_be_kept_says_why(qtbot, window, library):
    library.error = TryLater("The disk is full. Free some space.")
    window.search_box.ask("cat")
    window.keeping.name()
    qtbot.mouseClick(window.keeping.naming.save, LEFT)
    qtbot.waitUntil(window.notice.isVisible)
    assert window.notice.label.text() == "The disk is full. Free some space."


TODAY = date(2024, 5, 15)


@pytest.mark.parametrize(
    "narrowing",
    [
        Narrowing(dates=Recent.TODAY),
        Narrowing(dates=Recent.WEEK),
        Narrowing(dates=Recent.MONTH),
        Narrowing(dates=Recent.YEAR),
        Narrowing(dates=year(2023)),
        Narrowing(dates=Days(date(2023, 5, 1), date(2023, 5, 3))),
        Narrowing(dates=Days(date(2023, 5, 1), None)),
        Narrowing(dates=Days(None, date(2023, 5, 3))),
        Narrowing(
            kinds=frozenset({Modality.IMAGE}),
            folders=(Path("/my pictures/2023"),),
            length=Length(60, 300),
            cameras=("Canon EOS R5",),
            least_rating=3,
            tags=("beach day",),
            place="Paris, France",
        ),
    ],
)
def test_what_is_written_means_what_was_chosen(narrowing):
    text = typed("cat", narrowing)
    noon = time.mktime((2024, 5, 15, 12, 0, 0, 0, 0, -1))
    parsed = parse(text, noon)
    assert parsed.filters == narrowing.filters(TODAY)
    assert [part.text for part in parsed.parts] == ["cat"]


def test_new_matches_are_counted_until_the_search_is_opened(qtbot, saved, library):
    library.saved["Cats"] = replace(library.saved["Cats"], new=3)
    library.tell(NewMatches("Cats", 3, Path("/a/kitten.jpg")))
    item = saved.saved.list.item(0)
    qtbot.waitUntil(lambda: saved.saved.list.item(0).data(COUNT) == "3")
    item = saved.saved.list.item(0)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Cats, 3 new"
    saved.saved.list.itemClicked.emit(item)
    qtbot.waitUntil(lambda: ("see_search", "Cats") in library.calls)
    qtbot.waitUntil(lambda: not saved.saved.list.item(0).data(COUNT))


def test_new_matches_are_told_once_by_the_desktop():
    telling = Telling()
    kitten = Path("/a/kitten.jpg")
    telling.hear([NewMatches("Cats", 2, kitten), NewMatches("Cats", 1, kitten)])
    assert telling.found() == [Note("3 new in “Cats”", "kitten.jpg")]
    assert telling.found() == []
