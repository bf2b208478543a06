"""The pages of what was paid and of what was sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from nova_desktop.spending import Sent, Spent
from nova_desktop.ui.nova import sent as sent_module
from nova_desktop.ui.nova.sent import SentPage
from nova_desktop.ui.nova.spent import SpentPage


def a_sent(number: int, **more: object) -> Sent:
    """The newest have the highest numbers."""
    line = Sent(1e9 + number, Path(f"/pictures/{number}.jpg"), 12_345, "Amazon Bedrock, us-east-1")
    return replace(line, **more)


def sents(start: int, stop: int) -> tuple[Sent, ...]:
    return tuple(a_sent(number) for number in reversed(range(start, stop)))


@pytest.fixture
def page(qtbot) -> SentPage:
    made = SentPage()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def cells(page, row):
    return [page.lines.index(row, column).data() for column in range(5)]


def chosen(page):
    return [
        page.lines.line(it.row()).path.name for it in page.table.selectionModel().selectedRows()
    ]


def test_what_was_sent_is_told_line_by_line(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog.sent.lines.rowCount() == 1)
    when, file, size, place, deleted = cells(dialog.sent, 0)
    assert (file, size, place) == ("a b.jpg", "12.3 kB", "Amazon Bedrock")
    assert len(when) == len(deleted) == len("2001-09-09 01:46")
    assert deleted > when


def test_nothing_sent_is_said_in_a_sentence(page):
    assert page.none.isVisible()
    assert not page.table.isVisible()
    page.show_lines(sents(0, 1))
    assert not page.none.isVisible()
    assert page.table.isVisible()


def test_what_is_chosen_is_copied_with_whole_paths(qtbot, page):
    page.show_lines((a_sent(2, deleted_s=2e9), a_sent(1), a_sent(0)))
    assert not page.copy.isEnabled()
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first, second = QGuiApplication.clipboard().text().splitlines()
    assert first.split("\t")[1:4] == ["/pictures/2.jpg", "12.3 kB", "Amazon Bedrock, us-east-1"]
    assert first.split("\t")[4].startswith("2033")
    assert second.split("\t")[1] == "/pictures/1.jpg"
    page.table.selectRow(2)
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().count("/pictures/0.jpg") == 1


def test_lines_that_come_on_top_leave_what_is_chosen(page):
    page.show_lines(sents(0, 5))
    page.table.selectRow(1)
    assert chosen(page) == ["3.jpg"]
    page.show_lines(sents(0, 8))
    assert chosen(page) == ["3.jpg"]
    assert [cells(page, row)[1] for row in (0, 7)] == ["7.jpg", "0.jpg"]


def test_a_line_that_changes_is_shown_as_it_is_now(page):
    page.show_lines(sents(0, 3))
    page.show_lines((a_sent(2), a_sent(1, deleted_s=2e9), a_sent(0)))
    assert cells(page, 1)[4].startswith("2033")


def test_older_lines_are_asked_for_when_they_are_looked_at(page, monkeypatch):
    asked = []
    page.lines.more_asked.connect(asked.append)
    page.show_lines(sents(0, 20))
    assert not page.lines.canFetchMore(QModelIndex())
    page.show_lines(sents(0, sent_module.FIRST))
    assert page.lines.canFetchMore(QModelIndex())
    page.table.scrollToBottom()
    page.lines.fetchMore(QModelIndex())
    page.lines.fetchMore(QModelIndex())  # once is enough
    assert asked == [sent_module.FIRST * sent_module.MORE]
    page.show_lines(sents(-300, sent_module.FIRST))
    assert page.lines.rowCount() == sent_module.FIRST + 300
    assert not page.lines.canFetchMore(QModelIndex())


def test_a_hundred_thousand_lines_are_shown_at_once(qtbot, page):
    lines = sents(0, 100_000)
    page.lines.limit = 100_001
    page.show_lines(lines)
    assert page.lines.rowCount() == 100_000
    page.table.scrollToBottom()
    assert page.table.indexAt(page.table.rect().center()).row() > 99_900


def spending(**more: object) -> Spent:
    return replace(Spent(5.0, 0.25, 15.0, 20.0, None, (("video", 4.0), ("image", 1.0))), **more)


@pytest.fixture
def spent(qtbot) -> SpentPage:
    made = SpentPage()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def test_what_was_paid_is_measured_against_the_limits(spent):
    spent.show_spent(spending())
    assert spent.month.amount.text() == "$5.00 of $20.00"
    assert spent.month.bar.value() == 250
    assert spent.month.bar.accessibleName() == "This month: $5.00 of $20.00"
    assert spent.run.amount.text() == "$0.2500, no limit"
    assert not spent.run.bar.isVisible()
    assert spent.total.amount.text() == "$15.00"


def test_each_kind_has_its_share_dearest_first(qtbot, spent):
    spent.show_spent(spending())
    assert {kind: meter.bar.value() for kind, meter in spent.kinds.items()} == {
        "video": 800,
        "image": 200,
    }
    qtbot.waitUntil(lambda: spent.kinds["video"].y() < spent.kinds["image"].y())
    spent.show_spent(spending(by_kind=(("text", 0.00001),), month_usd=0.00001))
    assert spent.kinds["text"].amount.text() == "under $0.0001"
    assert "video" not in spent.kinds


def test_nothing_paid_is_said(spent):
    spent.show_spent(Spent(0, 0, 0, 20.0, None))
    assert spent.month.bar.value() == 0
    assert spent.kinds == {}


def test_a_bar_that_is_full_stays_full(spent):
    spent.show_spent(spending(month_usd=21.0))
    assert spent.month.bar.value() == spent.month.bar.maximum()
