"""Answers that are as long as a library: pages, selections and fresh answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from nova_desktop.kinds import Sort
from nova_desktop.model import Modality
from nova_desktop.query import Answer, Hit, Query
from nova_desktop.ui.results.choosing import MOST
from nova_desktop.ui.results.pages import KEPT, PAGE, Pages
from tests.ui.fake_library import FakeLibrary

MANY = 200_000


class Long(FakeLibrary):
    """Everything answers; a page is made when it is asked for."""

    ahead = 0  # files that have come before all others since
    total = MANY

    def find(self, query: Query) -> Answer:
        self.queries.append(query)
        stop = min(query.offset + query.limit, self.total)
        return Answer(tuple(map(self.hit, range(query.offset, stop))), 0.01, "", self.total)

    def hit(self, row: int) -> Hit:
        number = row - self.ahead
        path = Path(f"/many/{number}.jpg")
        return Hit(path, str(path), Modality.IMAGE, None, 0.0, (), 1e9 - number)


@pytest.fixture
def library() -> Long:
    return Long()


@pytest.fixture
def many(window, library, search):
    search(window, "anything")
    return window


def offsets(library: Long) -> set[int]:
    return {query.offset for query in library.queries}


def test_only_the_pages_in_sight_are_asked_for(qtbot, many, library):
    assert many.found.results.rowCount() == MANY
    assert offsets(library) == {0}
    bar = many.found.grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert many.found.results.hit(many.found.view().visible_rows().start) is None
    qtbot.waitUntil(many.found.settled)
    middle = many.found.view().visible_rows()
    assert many.found.results.hit(middle.start).path == Path(f"/many/{middle.start}.jpg")
    assert len(offsets(library)) <= 3


def test_what_is_not_loaded_yet_is_drawn_as_such_and_said(qtbot, many):
    bar = many.found.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    index = many.found.results.index(MANY - 1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Loading…"
    image = QImage(many.found.grid.viewport().size(), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        many.found.grid.viewport().render(painter, QPoint())
    assert len({image.pixelColor(x, 60).rgb() for x in range(0, image.width(), 7)}) > 1


def test_pages_that_are_far_away_are_forgotten(qtbot, library):
    pages = Pages()
    pages.use(library)
    query = Query(limit=PAGE)
    pages.show(library.find(query), query, again=False)
    for number in range(KEPT + 20):
        row = (number + 10) * PAGE
        pages.want(range(row, row + 1))
        qtbot.waitUntil(lambda row=row: pages.hit(row) is not None)
    assert sum(1 for _ in pages.here()) <= (KEPT + 3) * PAGE
    assert pages.hit(10 * PAGE) is None
    pages.close()


@pytest.mark.parametrize("as_list", [False, True])
def test_the_end_is_reached_by_one_key_and_chosen_when_it_comes(qtbot, many, as_list):
    many.menus.showing.list.trigger() if as_list else None
    chosen = []
    many.found.chosen.connect(chosen.append)
    many.found.choose(0)
    many.found.view().setFocus()
    qtbot.keyClick(many.found.view(), Qt.Key.Key_End)
    qtbot.waitUntil(lambda: many.found.hit() is not None and len(chosen) == 2)
    assert chosen[-1].path == Path(f"/many/{MANY - 1}.jpg")
    assert many.found.choice.current_row() in many.found.view().visible_rows()


def test_as_many_as_can_be_handled_are_chosen_at_once(qtbot, many):
    many.found.view().setFocus()
    qtbot.keyClick(many.found.view(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert many.found.choice.number() == MOST
    qtbot.waitUntil(lambda: len(many.found.choice.hits()) == MOST)
    assert many.count.text().startswith("1,000 selected")


def test_a_long_range_keeps_the_end_that_the_user_is_at(qtbot, many):
    many.found.choose(3)
    many.found.view().setFocus()
    qtbot.keyClick(many.found.view(), Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    rows = many.found.choice.rows()
    assert len(rows) == MOST
    assert rows[-1] == MANY - 1


def test_a_fresh_answer_leaves_place_and_choice_as_they_are(qtbot, many, library):
    bar = many.found.grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    qtbot.waitUntil(many.found.settled)
    row = many.found.view().visible_rows().start + 8
    many.found.choose(row)
    path, place = many.found.hit().path, bar.value()
    asked = len(library.queries)
    many.search.again()
    qtbot.waitUntil(lambda: len(library.queries) > asked)
    qtbot.waitUntil(many.found.settled)
    assert bar.value() == place
    assert many.found.hit().path == path


def test_a_chosen_file_stays_chosen_where_a_fresh_answer_has_it(qtbot, many, library):
    bar = many.found.grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    qtbot.waitUntil(many.found.settled)
    row = many.found.view().visible_rows().start + 8
    many.found.choose(row)
    path = many.found.hit().path
    library.ahead, library.total = 2, MANY + 2
    many.search.again()
    qtbot.waitUntil(lambda: many.found.results.rowCount() == MANY + 2)
    qtbot.waitUntil(lambda: many.found.choice.current_row() == row + 2)
    assert many.found.hit().path == path


@pytest.mark.parametrize("ahead", [2, 3 * PAGE])
def test_no_other_file_is_chosen_because_it_stands_where_a_chosen_one_was(
    qtbot, many, library, ahead
):
    bar = many.found.grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    qtbot.waitUntil(many.found.settled)
    row = many.found.view().visible_rows().start + 8
    many.found.choose(row)
    many.found.view().setFocus()
    for _ in range(3):
        qtbot.keyClick(many.found.view(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    chosen = {hit.path for hit in many.found.choice.hits()}
    assert len(chosen) == 4
    many.found.choice.selection.setCurrentIndex(
        many.found.results.index(0, 0), many.found.choice.selection.SelectionFlag.NoUpdate
    )
    library.ahead, library.total = ahead, MANY + ahead
    many.search.again()
    qtbot.waitUntil(lambda: many.found.results.rowCount() == MANY + ahead)
    qtbot.waitUntil(many.found.settled)
    assert {hit.path for hit in many.found.choice.hits()} <= chosen
    assert ahead > PAGE or len(many.found.choice.hits()) == 4


def test_the_order_is_asked_of_the_library(qtbot, many, library):
    many.controls.sorts[Sort.OLDEST].trigger()
    qtbot.waitUntil(lambda: library.queries[-1].sort is Sort.OLDEST)
    qtbot.waitUntil(many.found.settled)
    many.menus.showing.list.trigger()
    many.found.listing.horizontalHeader().sectionClicked.emit(0)
    qtbot.waitUntil(lambda: library.queries[-1].sort is Sort.NAME)
    qtbot.waitUntil(lambda: many.controls.sort_button.text() == "By name")


def test_a_page_that_can_not_be_loaded_says_why_and_is_tried_again(qtbot, many, library):
    from nova_desktop.errors import TryLater

    find = library.find
    library.find = lambda query: (_ for _ in ()).throw(TryLater("The library is busy."))
    bar = many.found.grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: many.notice.label.text() == "The library is busy.")
    library.find = find
    bar.setValue(bar.value() + 1)
    qtbot.waitUntil(many.found.settled)


def test_a_frame_that_is_drawn_chooses_what_it_touches(many):
    grid = many.found.grid
    place, far = QPoint(2, 2), grid.visualRect(many.found.results.index(1, 0)).center()
    left, no = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    kinds = QEvent.Type
    for kind, at, button, held in (
        (kinds.MouseButtonPress, place, left, left),
        (kinds.MouseMove, far / 2, no, left),
        (kinds.MouseMove, far, no, left),
        (kinds.MouseButtonRelease, far, left, no),
    ):
        there = QPointF(grid.viewport().mapToGlobal(at))
        plain = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, QPointF(at), there, button, held, plain)
        QApplication.sendEvent(grid.viewport(), event)
    assert many.found.choice.rows() == [0, 1]


def test_tiles_are_mirrored_from_right_to_left(qtbot, many):
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        grid = many.found.grid
        first, second = (grid.visualRect(many.found.results.index(row, 0)) for row in (0, 1))
        assert second.right() < first.left() + 1
        assert grid.indexAt(first.center()).row() == 0
        many.found.choose(0)
        qtbot.keyClick(grid, Qt.Key.Key_Left)
        assert many.found.choice.current_row() == 1
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_an_answer_that_is_whole_is_put_in_order_here(qtbot, window):
    made = [replace(Long().hit(n), duration_s=d) for n, d in enumerate((30.0, None, 10.0))]
    window.found.show_answer(Answer(tuple(made), 0.0))
    window.menus.showing.list.trigger()
    window.found.choose(0)
    header = window.found.listing.horizontalHeader()
    header.sectionClicked.emit(4)
    assert [hit.duration_s for hit in window.found.results.hits] == [10.0, 30.0, None]
    assert window.found.hit().duration_s == 30.0
    header.sectionClicked.emit(4)
    assert [hit.duration_s for hit in window.found.results.hits][-2:] == [30.0, 10.0]
