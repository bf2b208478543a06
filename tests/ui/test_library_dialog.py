"""The dialog of the library: folders in full, what is under way, failures, and rules."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox

from nova_desktop.errors import BadInput
from nova_desktop.folders import (
    Effect,
    Exclusion,
    FolderRules,
    Queue,
    Removal,
    Schedule,
    Step,
    UnderWay,
    When,
)
from nova_desktop.kinds import FolderState
from nova_desktop.model import Failure
from nova_desktop.spending import FurtherStatus, Rule
from nova_desktop.ui.folders import said
from tests.ui.fake_library import folder

PICTURES, FILMS = Path("/pictures"), Path("/films")


def press(qtbot, button: QAbstractButton) -> None:
    assert button.isEnabled(), button.text()
    assert button.isVisible(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def dialog(qtbot, window, library):
    library.folders = [folder(PICTURES, indexed=3, failed=1), folder(FILMS, offline=9)]
    library.set_state(FILMS, FolderState.OFFLINE, "Holiday")
    window.menus.library.trigger()
    made = window.verbs.library
    qtbot.waitUntil(lambda: made.folders.list.topLevelItemCount() == 2)
    return made


def test_each_folder_is_shown_with_what_it_is_doing(dialog):
    page = dialog.folders
    rows = [[page.list.topLevelItem(row).text(column) for column in range(3)] for row in range(2)]
    assert rows == [
        ["pictures", "Up to date", "4"],
        ["films", "Not connected: drive Holiday", "9"],
    ]
    page.choose(PICTURES)
    assert page.counts.text() == "4 files: 3 searchable · 1 failed"
    page.choose(FILMS)
    assert page.path.text() == "/films"
    assert not page.reveal.isEnabled()


def test_one_folder_is_looked_through_paused_and_resumed(qtbot, dialog, library):
    page = dialog.folders
    page.choose(PICTURES)
    press(qtbot, page.rescan)
    qtbot.waitUntil(lambda: ("rescan", PICTURES) in library.calls)
    press(qtbot, page.pause)
    qtbot.waitUntil(lambda: ("pause", PICTURES) in library.calls)
    qtbot.waitUntil(lambda: page.pause.text() == "Resume this folder")
    press(qtbot, page.pause)
    qtbot.waitUntil(lambda: ("resume", PICTURES) in library.calls)


def test_a_folder_that_waits_for_its_hours_can_be_indexed_now(qtbot, dialog, library):
    page = dialog.folders
    library.set_state(PICTURES, FolderState.SCHEDULED, "22:00-06:00")
    page.choose(PICTURES)
    qtbot.waitUntil(lambda: page.pause.text() == "Index now")
    assert page.list.topLevelItem(0).text(1) == "Waits until 22:00"
    press(qtbot, page.pause)
    qtbot.waitUntil(lambda: ("resume", PICTURES) in library.calls)


def test_removing_says_how_much_is_forgotten_and_what_was_paid(qtbot, dialog, library):
    library.forgets = Removal(1204, 17)
    dialog.folders.choose(PICTURES)
    press(qtbot, dialog.folders.remove)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)))
    (question,) = dialog.findChildren(QMessageBox)
    assert "1,204 files" in question.informativeText()
    assert "17" in question.informativeText()
    assert question.defaultButton().text() != "Remove"
    question.reject()
    assert not any(call[0] == "remove_folder" for call in library.calls)


def test_a_folder_that_is_elsewhere_is_relocated_or_refused_with_a_sentence(qtbot, dialog, library):
    dialog.relocated(FILMS, Path("/elsewhere"))
    qtbot.waitUntil(lambda: ("relocate_folder", FILMS, Path("/elsewhere")) in library.calls)
    library.error = BadInput("“other” is another folder.")
    dialog.relocated(PICTURES, Path("/other"))
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.trouble.text() == "“other” is another folder."


def test_failures_are_filtered_opened_left_out_and_tried_again(qtbot, window, dialog, library):
    bad = [Failure(Path(f"/pictures/{n}.jpg"), f"Reason {n}.") for n in range(50)]
    library.failed = bad
    dialog.show_tab(dialog.failures)
    page = dialog.failures
    qtbot.waitUntil(lambda: page.files.rowCount() == 50)
    assert dialog.tabs.tabText(2) == "Failures (50)"
    page.filter.setText("reason /7.jpg")
    assert [it.path.name for it in page.files.failures()] == ["7.jpg"]
    assert page.head.text() == "1 of 50 failed files"
    press(qtbot, page.retry_all)
    qtbot.waitUntil(lambda: ("retry", (Path("/pictures/7.jpg"),)) in library.calls)
    page.filter.clear()
    qtbot.waitUntil(lambda: page.files.rowCount() == 49)
    page.list.setCurrentIndex(page.files.index(3, 0))
    press(qtbot, page.leave_out)
    qtbot.waitUntil(lambda: ("exclude", (bad[3].path,)) in library.calls)
    with qtbot.waitSignal(dialog.open_asked) as opened:
        press(qtbot, page.open)
    assert opened.args == [bad[3].path]
    page.list.clearSelection()
    press(qtbot, page.copy)
    assert len(QApplication.clipboard().text().splitlines()) == 49


def test_tens_of_thousands_of_failures_are_shown_and_filtered_without_a_stall(dialog, library):
    many = [Failure(Path(f"/pictures/{n:06}.jpg"), "It is truncated.") for n in range(50_000)]
    library.failed = many
    dialog.show_tab(dialog.failures)
    began = time.perf_counter()
    dialog.failures.show_failures(many)
    dialog.failures.filter.setText("0499")
    dialog.failures.list.scrollToBottom()
    QApplication.processEvents()
    assert time.perf_counter() - began < 2.0  # on a busy machine
    assert dialog.failures.files.rowCount() == sum("0499" in it.path.name for it in many)


def test_what_is_under_way_is_shown_with_its_step_and_can_be_cancelled(qtbot, dialog, library):
    film, photo = Path("/films/long.mp4"), Path("/pictures/a.jpg")
    library.now = Queue(
        (UnderWay(film, Step.DESCRIBING, 0.42), UnderWay(photo, Step.READING)),
        12,
        (Path("/pictures/b.jpg"),),
        ((PICTURES, 11), (FILMS, 1)),
        "",
        0.31,
        600.0,
    )
    dialog.show_tab(dialog.activity)
    page = dialog.activity
    qtbot.waitUntil(lambda: page.active.topLevelItemCount() == 2)
    first = page.active.topLevelItem(0)
    assert [first.text(column) for column in range(3)] == ["long.mp4", "Describing", "42%"]
    assert page.head.text() == "12 files to go · about 10 min"
    assert page.by_folder.text() == "pictures: 11 · films: 1"
    assert page.next.item(0).text() == "/pictures/b.jpg"
    first.setSelected(True)
    press(qtbot, page.cancel)
    qtbot.waitUntil(lambda: ("cancel", (film,)) in library.calls)
    qtbot.waitUntil(lambda: page.active.topLevelItemCount() == 1)


def test_indexing_is_paused_and_resumed_from_the_queue(qtbot, dialog, library):
    library.now = Queue((), 3, (), ((PICTURES, 3),))
    dialog.show_tab(dialog.activity)
    page = dialog.activity
    qtbot.waitUntil(page.toggle.isVisible)
    press(qtbot, page.toggle)
    qtbot.waitUntil(lambda: ("pause",) in library.calls)
    library.now = Queue((), 3, (), ((PICTURES, 3),), "Paused: by you.")
    qtbot.waitUntil(lambda: page.toggle.text() == "Resume")
    assert page.head.text() == "Indexing is paused"
    press(qtbot, page.toggle)
    qtbot.waitUntil(lambda: ("resume",) in library.calls)


def test_an_empty_queue_says_that_all_is_done(qtbot, dialog):
    dialog.show_tab(dialog.activity)
    assert dialog.activity.head.text() == "Nothing waits to be indexed"
    assert not dialog.activity.bar.isVisible()


def test_what_amazon_nova_cost_leads_to_its_own_dialog(qtbot, window, dialog, library):
    assert not dialog.nova.isVisible()
    library.further = FurtherStatus("fake", "Amazon Nova in a test.", 1, 2, 0, "", ())
    window.link.refresh()
    qtbot.waitUntil(lambda: "$0.50" in dialog.nova.text())
    assert dialog.nova.isVisible()
    with qtbot.waitSignal(dialog.nova_asked):
        press(qtbot, dialog.nova)


@pytest.fixture
def rules(qtbot, dialog, library):
    library.chosen[PICTURES] = FolderRules(
        PICTURES, ("*.bak",), Schedule(When.HOURS, 22 * 60, 6 * 60)
    )
    library.left_out = {
        path: Exclusion(path, 1e9, True) for path in (PICTURES / "private", Path("/films/x"))
    }
    dialog.folders.choose(PICTURES)
    press(qtbot, dialog.folders.rules)
    qtbot.waitUntil(lambda: dialog.rules.ignore.toPlainText() == "*.bak")
    return dialog.rules


def test_rules_show_what_was_chosen(rules):
    assert rules.times[When.HOURS].isChecked()
    assert (rules.start_time.time().hour(), rules.stop_time.time().hour()) == (22, 6)
    assert [rules.left_out.item(0).text(), rules.left_out.count()] == ["private/", 1]
    assert rules.engines[Rule.DEVICE].isChecked()


def test_patterns_say_what_they_would_do_before_they_are_saved(qtbot, rules, library):
    library.effect = Effect(214, 3)
    rules.ignore.setPlainText("*.bak\n*.tmp")
    qtbot.waitUntil(lambda: bool(rules.effect.text()))
    assert rules.effect.text() == "Would leave out 214 files. Would bring back 3 files."
    assert not any(call[0] == "set_folder_rules" for call in library.calls)


def test_a_pattern_that_means_nothing_is_refused_while_it_is_typed(qtbot, rules):
    rules.ignore.setPlainText("[open")
    qtbot.waitUntil(rules.trouble.isVisible)
    assert not rules.save.isEnabled()
    rules.ignore.setPlainText("*.tmp")
    qtbot.waitUntil(rules.save.isEnabled)
    assert not rules.trouble.isVisible()


def test_saving_sets_only_what_was_changed_and_tells_the_number(qtbot, dialog, rules, library):
    library.effect = Effect(214, 0)
    rules.ignore.setPlainText("*.tmp")
    rules.times[When.ASKED].setChecked(True)
    qtbot.waitUntil(lambda: bool(rules.effect.text()))
    press(qtbot, rules.save)
    wanted = ("set_folder_rules", PICTURES, ("*.tmp",), Schedule(When.ASKED))
    qtbot.waitUntil(lambda: wanted in library.calls)
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.trouble.text() == "214 files left the index."
    assert library.decided == {}


def test_never_index_is_saved_and_sending_is_only_allowed_where_its_quote_is_shown(
    qtbot, dialog, rules, library
):
    rules.engines[Rule.CLOUD].setChecked(True)
    with qtbot.waitSignal(dialog.nova_asked) as asked:
        press(qtbot, rules.save)
    assert asked.args == [PICTURES]
    assert library.decided == {}
    dialog.show_rules(PICTURES)
    again = dialog.rules
    qtbot.waitUntil(lambda: again.ignore.toPlainText() == "*.bak")
    again.engines[Rule.NEVER].setChecked(True)
    press(qtbot, again.save)
    qtbot.waitUntil(lambda: library.decided == {PICTURES: Rule.NEVER})


def test_what_was_left_out_by_hand_is_taken_back(qtbot, rules, library):
    rules.left_out.setCurrentRow(0)
    press(qtbot, rules.take_back)
    qtbot.waitUntil(lambda: ("include", (PICTURES / "private",)) in library.calls)
    qtbot.waitUntil(rules.none_left_out.isVisible)


def test_a_folder_says_when_it_was_looked_through():
    it = folder(PICTURES)
    assert said.looked(it) == "Not looked through yet"
    times = {10: "just now", 600: "10 minutes ago", 7200: "2 hours ago"}
    for ago_s, words in times.items():
        seen = said.looked(type(it)(it.path, it.state, {}, looked_s=1e9), now_s=1e9 + ago_s)
        assert seen == f"Looked through {words}"
