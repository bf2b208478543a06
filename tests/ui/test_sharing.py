"""The dialog of a library that machines share."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox

from nova_desktop.errors import ErasedThere, Stopped, TryLater
from nova_desktop.query import Finder
from nova_desktop.sync import Differences, Direction, SyncState
from nova_desktop.ui.results.saying import tooltip
from tests.ui.fake_library import hits
from tests.ui.pages_library import SHARED


@pytest.fixture
def dialog(qtbot, window, library):
    library.shared = SHARED
    window.menus.sharing.trigger()
    made = window.verbs.sharing
    qtbot.waitUntil(lambda: made.state == SHARED)
    return made


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nothing_is_synced_before_a_button_is_used(qtbot, dialog, library):
    assert not [call for call in library.calls if "sync" in call[0]]
    assert dialog.differences.text().startswith("12 to push, 3 to pull")
    library.synced = Differences(push=7)
    press(qtbot, dialog.compare)
    qtbot.waitUntil(lambda: dialog.differences.text() == "7 to push")
    assert library.calls[-1] == ("sync", Direction.BOTH, True, False)


def test_a_sync_shows_how_far_it_is_and_can_be_stopped(qtbot, dialog, library):
    library.sync_gate = threading.Event()
    press(qtbot, dialog.both)
    qtbot.waitUntil(lambda: dialog.progress.value() == 3 and dialog.progress.maximum() == 10)
    assert not dialog.push.isEnabled()
    press(qtbot, dialog.stop)
    qtbot.waitUntil(lambda: "Stopped" in dialog.said.text())
    assert ("stop_sync",) in library.calls
    assert dialog.both.isEnabled()


def test_what_goes_wrong_is_said_in_a_sentence(qtbot, dialog, library):
    library.synced = TryLater("The service is busy. Try again.")
    press(qtbot, dialog.push)
    qtbot.waitUntil(lambda: dialog.trouble.text() == "The service is busy. Try again.")
    assert dialog.push.isEnabled()


def test_a_mistake_of_the_last_sync_is_shown_once_and_until_one_comes_to_its_end(
    qtbot, dialog, library
):
    def shown() -> str:
        return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())

    failed = replace(SHARED.last, error="The service is busy. Try again.")
    library.synced, library.shared = TryLater(failed.error), replace(SHARED, last=failed)
    press(qtbot, dialog.push)
    qtbot.waitUntil(lambda: dialog.state.last == failed)
    assert shown().count("The service is busy") == 1
    assert "did not come to its end" in shown()
    library.synced = TryLater("The network is away. Try again.")
    press(qtbot, dialog.compare)
    qtbot.waitUntil(lambda: "The network is away" in shown())
    dialog.refresh()
    qtbot.waitUntil(lambda: not dialog.isEnabled() or dialog.both.isEnabled())
    assert dialog.trouble.text() == "The network is away. Try again."
    library.shared = SHARED
    dialog.refresh()  # one that was begun elsewhere came to its end
    qtbot.waitUntil(dialog.trouble.isHidden)
    library.shared = replace(SHARED, last=replace(SHARED.last, error=str(Stopped())))
    dialog.refresh()
    qtbot.waitUntil(lambda: "· stopped" in shown())
    assert dialog.trouble.isHidden()


def test_what_was_erased_there_is_pushed_again_when_that_is_chosen(qtbot, dialog, library):
    library.synced = TryLater("The service is busy. Try again.")
    press(qtbot, dialog.both)
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert not dialog.again.isVisible()
    library.synced = ErasedThere("What this computer had pushed is not there any more.")
    press(qtbot, dialog.both)
    qtbot.waitUntil(dialog.again.isVisible)
    library.synced = Differences(push=12)
    press(qtbot, dialog.again)
    qtbot.waitUntil(lambda: dialog.said.text() == "12 pushed")
    assert ("sync", Direction.PUSH, False, True) in library.calls
    assert not dialog.again.isVisible()


def test_what_could_not_be_shared_is_said(qtbot, dialog, library):
    library.synced, library.skipped = Differences(push=3), 2
    press(qtbot, dialog.both)
    said = "3 pushed. 2 could not be read or taken: the next sync tries again."
    qtbot.waitUntil(lambda: dialog.said.text() == said)


def test_erasing_asks_first_and_says_what_is_left(qtbot, dialog, library):
    press(qtbot, dialog.erase)
    box = dialog.findChild(QMessageBox)
    assert ("erase_sync",) not in library.calls
    assert box.defaultButton().text().replace("&", "") == "Cancel"
    erase = next(b for b in box.buttons() if b is not box.defaultButton())
    erase.click()
    qtbot.waitUntil(lambda: "found 0 left" in dialog.said.text())


def test_a_result_of_another_machine_says_where_it_is() -> None:
    (hit,) = hits(
        Path("/elsewhere/laptop/abc/beach.jpg"),
        offline=True,
        elsewhere="laptop, /photos/beach.jpg",
        found_by=frozenset(Finder),
    )
    said = tooltip(hit, ())
    assert "On another computer: laptop, /photos/beach.jpg" in said
    assert "the shared library" in said
    assert "Connect the drive" not in said


def test_without_a_bucket_it_says_what_this_is_and_leads_to_the_settings(qtbot, window, library):
    library.shared = SyncState("", "")
    window.menus.sharing.trigger()
    dialog = window.verbs.sharing
    qtbot.waitUntil(lambda: dialog.settings.isVisible())
    assert not dialog.both.isVisible()
    assert "nothing leaves this computer" in dialog.head.text()
