"""The page of storage: sizes, backups, restoring and erasing, on a fake library and real files."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from nova_desktop import closed, compose_aws
from nova_desktop.errors import REPAIR, BadInput, NeedsUser
from nova_desktop.settings import Settings, data_folder
from nova_desktop.ui.settings.erasing import Erasing
from nova_desktop.upkeep import Backup, Part, Storage


def storage_of(qtbot, window, tmp_path):
    window.settings_file = tmp_path / "settings.toml"
    window.menus.settings.trigger()
    dialog = window.settings.dialog
    dialog.build()
    dialog.list.setCurrentRow(dialog.pages.index(dialog.storage))
    qtbot.waitUntil(dialog.storage.isVisible)
    return dialog.storage


@pytest.fixture
def page(qtbot, window, tmp_path):
    return storage_of(qtbot, window, tmp_path)


@pytest.fixture
def keeping(window, page):
    return window.settings.dialog.keeping


def press(qtbot, push):
    qtbot.waitUntil(push.isEnabled)
    qtbot.mouseClick(push, Qt.MouseButton.LeftButton)


def boxes(window, kind):
    return [it for it in window.settings.dialog.findChildren(kind) if it.isVisible()]


def pressed(qtbot, box: QMessageBox, text: str):
    button = next(it for it in box.buttons() if it.text().replace("&", "") == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_sizes_and_the_place_are_shown(qtbot, page):
    qtbot.waitUntil(lambda: page.total.text() == "6.0 MB")
    assert page.place.text() == "/data"
    assert page.sizes[Part.CATALOG][1].text() == "1.0 MB"
    assert page.free.text() == "1.0 TB"
    assert "Only you" in page.private.text()
    assert not page.forget.isHidden()


def test_a_folder_that_others_may_read_is_a_warning(qtbot, library, page, keeping):
    library.stored = Storage(Path("/data"), dict.fromkeys(Part, 0), 5_000, False)
    keeping.refresh()
    qtbot.waitUntil(lambda: "Other users" in page.private.text())
    assert page.private.property("warning")
    assert page.forget.isHidden()


def test_repairing_is_done_while_the_library_is_closed_and_says_what_it_did(
    qtbot, library, page, monkeypatch
):
    def repair(data):
        assert library.closed
        return ("The vectors of basic were damaged.", "The indexes were made anew.")

    monkeypatch.setattr(closed, "repair", repair)
    press(qtbot, page.repair)
    qtbot.waitUntil(lambda: "made anew" in page.said.text())
    assert page.said.text().startswith("The vectors of basic")
    assert page.repair.isEnabled()


def test_a_library_that_is_too_damaged_to_open_is_repaired_here(
    qtbot, build, library, tmp_path, monkeypatch
):
    window = build()
    repaired = []

    def connect():
        if not repaired:
            raise NeedsUser(f"The catalog is damaged. `{REPAIR}` saves what it holds.")
        return library

    def repair(data):
        repaired.append(data)
        return ("It was mended.",)

    window.open(connect)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.trouble)
    assert "storage" in window.trouble.after.text()
    monkeypatch.setattr(closed, "repair", repair)
    page = storage_of(qtbot, window, tmp_path)
    press(qtbot, page.repair)
    qtbot.waitUntil(lambda: page.said.text() == "It was mended.")
    qtbot.waitUntil(lambda: window.status is not None)
    assert window.pages.currentWidget() is not window.trouble


def test_compacting_says_what_it_freed(qtbot, library, page):
    press(qtbot, page.compact)
    qtbot.waitUntil(lambda: "3.0 MB were given back" in page.said.text())
    assert ("compact",) in library.calls
    assert page.compact.isEnabled()


def test_a_backup_shows_how_far_it_is_and_can_be_stopped(qtbot, library, page, keeping, tmp_path):
    library.backup_gate = threading.Event()
    keeping.back_up(tmp_path / "b")
    qtbot.waitUntil(lambda: page.bar.value() == 500)
    assert not page.restore.isEnabled()
    press(qtbot, page.stop)
    qtbot.waitUntil(lambda: "Stopped. Nothing has changed." in page.said.text())
    assert not page.said.property("warning")
    assert ("stop_backup",) in library.calls
    assert page.bar.isHidden()


def test_a_backup_that_is_done_says_where_it_is(qtbot, page, keeping, tmp_path):
    keeping.back_up(tmp_path / "b")
    qtbot.waitUntil(lambda: page.said.text().startswith("Backed up to"))
    assert str(tmp_path / "b") in page.said.text()


def test_a_backup_that_is_refused_says_why(qtbot, library, page, keeping, tmp_path):
    library.error = NeedsUser("3.2 GB are needed, and 1.1 GB are free. Make room.")
    keeping.back_up(tmp_path / "b")
    qtbot.waitUntil(lambda: "3.2 GB are needed" in page.said.text())
    assert page.said.property("warning")


@pytest.mark.parametrize("verb", ["backup", "restore"])
def test_a_file_is_asked_for(qtbot, window, page, verb):
    press(qtbot, getattr(page, verb))
    qtbot.waitUntil(lambda: len(boxes(window, QFileDialog)) == 1)
    boxes(window, QFileDialog)[0].reject()


def test_restoring_asks_first_and_says_what_is_in_the_backup(
    qtbot, window, library, page, keeping, tmp_path, monkeypatch
):
    restored = []
    made = Backup(tmp_path / "b", 1e9, "0.1.0", 4_321, 10**9)
    monkeypatch.setattr(closed, "examine", lambda file: made)

    def restore(data, file, told, stopped):
        assert library.closed
        told(1, 2)
        restored.append((data, file))

    monkeypatch.setattr(closed, "restore", restore)
    keeping.look_at(tmp_path / "b")
    qtbot.waitUntil(lambda: len(boxes(window, QMessageBox)) == 1)
    (box,) = boxes(window, QMessageBox)
    assert "4,321 files" in box.text()
    assert restored == []
    pressed(qtbot, box, "Restore")
    qtbot.waitUntil(lambda: page.said.text().startswith("Restored."), timeout=10_000)
    assert restored == [(window.data, tmp_path / "b")]
    assert window.link.library is library


def test_restoring_can_be_left(qtbot, window, library, page, keeping, tmp_path, monkeypatch):
    made = Backup(tmp_path / "b", 1e9, "0.1.0", 1, 10)
    monkeypatch.setattr(closed, "examine", lambda file: made)
    keeping.look_at(tmp_path / "b")
    qtbot.waitUntil(lambda: len(boxes(window, QMessageBox)) == 1)
    pressed(qtbot, boxes(window, QMessageBox)[0], "Cancel")
    assert not library.closed
    assert page.restore.isEnabled()


def test_a_file_that_is_no_backup_is_refused(qtbot, page, keeping, tmp_path):
    (tmp_path / "note.txt").write_text("hello")
    keeping.look_at(tmp_path / "note.txt")
    qtbot.waitUntil(lambda: "is no backup of Nova Desktop" in page.said.text())
    assert page.said.property("warning")
    assert page.restore.isEnabled()


def test_a_restore_that_fails_opens_the_library_again_and_says_why(
    qtbot, window, library, page, keeping, tmp_path, monkeypatch
):
    def restore(*_):
        raise BadInput("The backup “b” is damaged.")

    monkeypatch.setattr(closed, "restore", restore)
    keeping.restore(tmp_path / "b")
    qtbot.waitUntil(lambda: "is damaged" in page.said.text(), timeout=10_000)
    assert window.link.library is library
    assert page.said.property("warning")


def test_erasing_needs_the_word(qtbot, window, page, monkeypatch):
    erased = []
    monkeypatch.setattr(closed, "erase", erased.append)
    window.search_box.line.setText("boats")
    press(qtbot, page.erase)
    qtbot.waitUntil(lambda: len(boxes(window, Erasing)) == 1)
    (dialog,) = boxes(window, Erasing)
    assert not dialog.erase.isEnabled()
    assert dialog.remote.isHidden()
    qtbot.keyClicks(dialog.typed, "eras")
    assert not dialog.erase.isEnabled()
    qtbot.keyClicks(dialog.typed, "E")
    press(qtbot, dialog.erase)
    qtbot.waitUntil(lambda: "Everything is erased." in page.said.text(), timeout=10_000)
    assert erased == [window.data]
    assert window.search_box.line.text() == ""


def test_erasing_is_left_by_enter_alone(qtbot, window, page, monkeypatch):
    monkeypatch.setattr(closed, "erase", lambda data: pytest.fail("it was not asked for"))
    press(qtbot, page.erase)
    qtbot.waitUntil(lambda: len(boxes(window, Erasing)) == 1)
    (dialog,) = boxes(window, Erasing)
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not boxes(window, Erasing))


def test_what_lies_in_s3_is_deleted_first_and_only_when_that_is_wanted(
    qtbot, window, page, keeping, monkeypatch
):
    done = []
    window.chosen.change(bucket="mine")
    window.settings.applying._calm.stop()
    monkeypatch.setattr(compose_aws, "remove_left", lambda chosen: done.append(chosen.bucket))
    monkeypatch.setattr(closed, "erase", lambda data: done.append("here"))
    press(qtbot, page.erase)
    qtbot.waitUntil(lambda: len(boxes(window, Erasing)) == 1)
    (dialog,) = boxes(window, Erasing)
    assert "s3://mine/nova-desktop/" in dialog.remote.text()
    qtbot.keyClicks(dialog.typed, "erase")
    press(qtbot, dialog.erase)
    qtbot.waitUntil(lambda: "Everything is erased." in page.said.text(), timeout=10_000)
    assert done == ["mine", "here"]


def test_an_s3_that_does_not_answer_leaves_everything(qtbot, window, page, keeping, monkeypatch):
    def silent(chosen: Settings):
        raise NeedsUser("No AWS credentials. Choose a profile.")

    window.chosen.change(bucket="mine")
    window.settings.applying._calm.stop()
    monkeypatch.setattr(compose_aws, "remove_left", silent)
    monkeypatch.setattr(closed, "erase", lambda data: pytest.fail("what is in S3 comes first"))
    keeping.erase(remote=True)
    qtbot.waitUntil(lambda: "No AWS credentials" in page.said.text(), timeout=10_000)


def test_what_was_kept_aside_is_removed_after_a_question(qtbot, window, page, monkeypatch):
    removed = []
    monkeypatch.setattr(closed, "forget_aside", removed.append)
    press(qtbot, page.forget)
    qtbot.waitUntil(lambda: len(boxes(window, QMessageBox)) == 1)
    assert removed == []
    pressed(qtbot, boxes(window, QMessageBox)[0], "Remove them")
    qtbot.waitUntil(lambda: removed == [window.data])
    assert data_folder() != window.data


# The vectors of engines


def test_only_what_is_not_used_can_be_removed_and_what_is_lost_is_said_first(
    qtbot, window, library, page
):
    box = page.spaces
    qtbot.waitUntil(lambda: set(box.removes) == {"nova-mme-1024-p1"})
    push = box.removes["nova-mme-1024-p1"]
    assert push.accessibleName() == "Remove what Amazon Nova, 1,024 numbers each made"
    press(qtbot, push)
    (asked,) = boxes(window, QMessageBox)
    assert "7.0 MB" in asked.text()
    said = asked.informativeText()
    assert "can't be undone" in said
    assert "costs money again" in said
    assert "3 files in the shared library stays" in said
    pressed(qtbot, asked, "Cancel")
    assert not any(call[0] == "remove_space" for call in library.calls)
    press(qtbot, push)
    pressed(qtbot, boxes(window, QMessageBox)[-1], "Remove")
    qtbot.waitUntil(lambda: ("remove_space", "nova-mme-1024-p1") in library.calls)
    qtbot.waitUntil(lambda: box.said.text() == "Done: 7.0 MB were given back.")
    qtbot.waitUntil(lambda: not box.removes)


def test_what_can_not_be_removed_is_said(qtbot, window, library, page):
    qtbot.waitUntil(lambda: bool(page.spaces.removes))
    library.remove_space = lambda name: (_ for _ in ()).throw(BadInput(f"{name} is in use."))
    press(qtbot, page.spaces.removes["nova-mme-1024-p1"])
    pressed(qtbot, boxes(window, QMessageBox)[-1], "Remove")
    qtbot.waitUntil(lambda: "is in use" in page.spaces.said.text())
    assert page.spaces.removes["nova-mme-1024-p1"].isEnabled()
