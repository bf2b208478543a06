"""The dialog of Amazon Nova: a quote before anything is allowed, and no page that misleads."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QTabBar,
    QWidget,
)

from nova_desktop.errors import NeedsUser
from nova_desktop.spending import FurtherStatus, Quote, Rule
from nova_desktop.ui.look.palette import Theme
from nova_desktop.ui.nova import paying

PICTURES = Path("/pictures")
PRIVATE = PICTURES / "private"


@pytest.fixture
def page(dialog):
    return dialog.allowing


def texts(tree, column):
    return [tree.topLevelItem(row).text(column) for row in range(tree.topLevelItemCount())]


def press(qtbot, push):
    assert push.isEnabled()
    qtbot.mouseClick(push, Qt.MouseButton.LeftButton)


def ruled(library):
    return [call[1:] for call in library.calls if call[0] == "set_rule"]


def test_nothing_can_be_allowed_before_its_quote_was_seen(qtbot, page, library):
    assert texts(page.folders, 1) == ["stay on this computer"]
    assert not page.allow.isEnabled()
    press(qtbot, page.ask)
    qtbot.waitUntil(page.allow.isEnabled)
    assert page.allow.text() == "Allow sending (about $0.4201)"
    assert texts(page.lines, 0) == ["Photos", "Videos"]
    assert texts(page.lines, 1) == ["3", "1"]
    assert texts(page.lines, 2) == ["2 pictures", "10:00 min"]
    assert texts(page.lines, 3) == ["1 picture", ""]
    assert texts(page.lines, 4) == ["", "1"]
    assert page.said.text().startswith("1 file must be indexed on this computer first")
    assert page.said.text().endswith("Prices of a test.")
    press(qtbot, page.allow)
    qtbot.waitUntil(lambda: texts(page.folders, 1) == ["may be sent to Amazon Nova"])
    ((folder, rule, usd),) = ruled(library)
    assert (folder, rule) == (PICTURES, Rule.CLOUD)
    assert usd == pytest.approx(0.42012)
    assert page.allow.text() == "Sending is allowed"
    assert not page.allow.isEnabled()


def test_a_quote_of_another_folder_allows_nothing(qtbot, dialog, page, library):
    library.decided[PRIVATE] = Rule.NEVER
    dialog.refresh()
    qtbot.waitUntil(lambda: page.folders.topLevelItemCount() == 2)
    assert texts(page.folders, 1)[1] == "are not indexed at all"
    press(qtbot, page.ask)
    qtbot.waitUntil(page.allow.isEnabled)
    page.choose(PRIVATE)
    assert not page.allow.isEnabled()
    assert page.lines.topLevelItemCount() == 0
    page.choose(PICTURES)
    assert not page.allow.isEnabled()  # it is made anew, as the folder may have changed


def test_a_quote_that_comes_when_another_folder_is_chosen_is_not_shown(
    qtbot, dialog, page, library, monkeypatch
):
    library.decided[PRIVATE] = Rule.NEVER
    dialog.refresh()
    qtbot.waitUntil(lambda: page.folders.topLevelItemCount() == 2)
    gate, quote = threading.Event(), library.quote

    def late(folder: Path) -> Quote:
        gate.wait(10)
        return quote(folder)

    monkeypatch.setattr(library, "quote", late)
    press(qtbot, page.ask)
    assert not page.ask.isEnabled()  # one at a time
    assert "Nothing is sent" in page.said.text()
    assert dialog.busy.maximum() == 0
    page.choose(PRIVATE)
    gate.set()
    qtbot.waitUntil(page.ask.isEnabled)
    assert page.lines.topLevelItemCount() == 0
    assert not page.allow.isEnabled()
    assert dialog.busy.maximum() == 1


def test_a_folder_is_kept_on_this_computer_without_a_quote(qtbot, dialog, page, library):
    assert not page.keep.isEnabled()  # it is
    library.decided[PICTURES] = Rule.CLOUD
    dialog.refresh()
    qtbot.waitUntil(page.keep.isEnabled)
    press(qtbot, page.keep)
    qtbot.waitUntil(lambda: ruled(library) == [(PICTURES, Rule.DEVICE, None)])
    qtbot.waitUntil(lambda: texts(page.folders, 1) == ["stay on this computer"])


def test_the_keyboard_is_where_it_was_once_the_quote_is_there(qtbot, page):
    page.ask.setFocus()
    qtbot.keyClick(page.ask, Qt.Key.Key_Space)
    qtbot.waitUntil(page.allow.isEnabled)
    assert page.ask.hasFocus()  # not on what sends


def test_never_to_index_asks_first_and_says_what_happens(qtbot, dialog, page, library):
    press(qtbot, page.never)
    (question,) = dialog.findChildren(QMessageBox)
    assert "stay on the disk" in question.informativeText()
    assert "undo" in question.informativeText()
    assert ruled(library) == []
    yes = next(it for it in question.buttons() if it.text() == "Never index")
    press(qtbot, yes)
    qtbot.waitUntil(lambda: ruled(library) == [(PICTURES, Rule.NEVER, None)])
    qtbot.waitUntil(lambda: not page.never.isEnabled())


def test_never_to_index_can_be_called_off(qtbot, dialog, page, library):
    press(qtbot, page.never)
    (question,) = dialog.findChildren(QMessageBox)
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.findChildren(QMessageBox) == [])
    assert library.decided == {}


def test_a_folder_inside_can_have_a_rule_of_its_own(qtbot, page):
    page.add_inside(PRIVATE)
    assert page.chosen() == PRIVATE
    assert texts(page.folders, 1) == ["stay on this computer"] * 2
    page.add_inside(Path("/elsewhere"))
    assert page.said.text() == "elsewhere is in no folder of the library."
    assert page.folders.topLevelItemCount() == 2


def test_what_is_chosen_stays_chosen_while_the_numbers_change(qtbot, dialog, page, library):
    library.decided[PRIVATE] = Rule.NEVER
    dialog.refresh()
    qtbot.waitUntil(lambda: page.folders.topLevelItemCount() == 2)
    page.choose(PRIVATE)
    library.decided[PICTURES / "a"] = Rule.DEVICE
    dialog.refresh()
    qtbot.waitUntil(lambda: page.folders.topLevelItemCount() == 3)
    assert page.chosen() == PRIVATE


def test_what_can_not_be_done_is_said_and_changes_nothing(qtbot, dialog, page, library):
    library.error = NeedsUser("There is no price for video. Add one.")
    press(qtbot, page.ask)
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.trouble.text() == "There is no price for video. Add one."
    assert not page.allow.isEnabled()
    assert page.ask.isEnabled()
    library.error = None
    press(qtbot, page.ask)
    qtbot.waitUntil(page.allow.isEnabled)
    assert not dialog.trouble.isVisible()


def test_why_amazon_nova_is_not_asked_just_now_is_said_until_it_is(qtbot, dialog, library):
    why = "The month's limit is reached. Raise it under Account."
    library.further = FurtherStatus("fake", "A note.", 1, 2, 0, why, (PICTURES,))
    dialog.refresh()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.trouble.text() == why
    library.further = FurtherStatus("fake", "A note.", 1, 2, 0, "", (PICTURES,))
    dialog.refresh()
    qtbot.waitUntil(lambda: not dialog.trouble.isVisible())


def test_without_a_paid_engine_it_opens_where_one_is_chosen(qtbot, window, no_aws):
    window.settings_file = no_aws.with_name("settings.toml")
    window.menus.sending.trigger()
    dialog = window.verbs.sending
    qtbot.waitUntil(lambda: "choose it under Account" in dialog.head.text())
    assert dialog.tabs.currentWidget() is dialog.account
    assert not dialog.allowing.ask.isEnabled()
    assert dialog.allowing.said.text().startswith("To send anything, choose Amazon Nova")


def test_without_a_folder_it_says_where_one_is_added(qtbot, dialog, page, library):
    library.folders = []
    dialog.refresh()
    qtbot.waitUntil(lambda: page.none.isVisible())
    assert "Library menu" in page.none.text()
    for push in (page.ask, page.allow, page.keep, page.never, page.inside):
        assert not push.isEnabled()


def test_every_control_has_a_name_to_be_spoken(dialog):
    kinds = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)
    for page in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(page)
        nameless = [
            f"{type(it).__name__} in {type(it.parentWidget()).__name__}"
            for kind in (*kinds, QProgressBar, QTabBar)
            for it in dialog.findChildren(kind)
            if it.isVisible()
            and not it.accessibleName()
            and not (isinstance(it, QAbstractButton) and it.text())
            and not it.objectName().startswith("qt_")
        ]
        assert nameless == []


def test_tab_goes_through_the_page_from_top_to_bottom(qtbot, dialog, page):
    press(qtbot, page.ask)
    qtbot.waitUntil(page.allow.isEnabled)
    dialog.tabs.tabBar().setFocus()
    order: list[QWidget] = []
    for _ in range(12):
        order.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    wanted = [
        *(dialog.tabs.tabBar(), page.folders, page.never, page.inside, page.ask, page.lines),
        *(page.allow, dialog.done_button),
    ]
    places = [order.index(widget) for widget in wanted]
    assert places == sorted(places)


def test_escape_closes_it(qtbot, dialog):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.LIGHT])
def test_it_is_dressed_as_the_window_is(window, dialog, theme):
    window.menus.themes[theme].trigger()
    for page in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(page)
        shade = dialog.grab().toImage().pixelColor(6, 6)
        assert (shade.lightness() < 128) is (theme is Theme.DARK)


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_has_plain_words(rule):
    assert paying.RULES[rule]
