"""The window as a whole: folders, progress, failures, looks, and its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from nova_desktop.errors import NeedsUser, TryLater
from nova_desktop.events import FoldersChanged, Idle, Paused, Progress
from nova_desktop.model import Failure, Folder, FolderState, State
from nova_desktop.query import Answer
from nova_desktop.ui import app, desktop
from nova_desktop.ui.crash import Crashes
from nova_desktop.ui.look.palette import Theme
from nova_desktop.ui.look.tones import DARK, LIGHT, tones
from nova_desktop.ui.manners.errand import Errand
from tests.ui.fake_library import FakeLibrary, folder, hits


def press(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_pyside_is_not_the_release_that_aborts_on_python_3_11():
    # 6.12.0 loses a reference at nearly every void call; from Python 3.12 on that is harmless.
    version = tuple(int(part) for part in PySide6.__version__.split(".")[:2])
    assert sys.version_info >= (3, 12) or version < (6, 12)


def test_nothing_heavy_is_imported_before_the_first_paint():
    code = (
        "import sys, nova_desktop.cli.main, nova_desktop.ui.app\n"
        "heavy = {'PySide6.QtMultimedia', 'PySide6.QtDBus', 'numpy', 'lancedb', 'PIL', 'av',\n"
        "'hashlib', 'json', 'tomllib', 'tomli_w', 'mimetypes', 'subprocess',\n"
        "'nova_desktop.model', 'nova_desktop.query', 'nova_desktop.spending',\n"
        "'nova_desktop.events'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_without_a_folder_the_window_invites_to_add_one(qtbot, build):
    window = build()
    window.remembered.keep_start("left")
    window.open(FakeLibrary)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.invitation)
    assert window.invitation.button.text() == "Add a folder…"
    assert "drag a folder" in window.invitation.after.text()
    assert not window.preview.isVisible()


def test_with_folders_and_no_question_there_is_a_gentle_hint(window):
    assert window.pages.currentWidget() is window.hint


def test_a_library_that_can_t_be_opened_says_why_and_can_be_tried_again(qtbot, build, library):
    window = build()
    attempts = []

    def connect() -> FakeLibrary:
        attempts.append(1)
        if len(attempts) == 1:
            raise NeedsUser("Another Nova Desktop uses the index. Close it.")
        return library

    window.open(connect)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.trouble)
    assert window.trouble.text.text() == "Another Nova Desktop uses the index. Close it."
    press(qtbot, window.trouble.button)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.hint)
    qtbot.waitUntil(lambda: window.status is not None)


def test_folders_are_listed_with_their_state(qtbot, window, library):
    away = Folder(Path("/usb"), FolderState.OFFLINE, {State.OFFLINE: 7})
    library.folders = [folder(Path("/a"), indexed=5, failed=1), away]
    library.tell(FoldersChanged())
    qtbot.waitUntil(lambda: window.folders.list.count() == 3)
    role = Qt.ItemDataRole.AccessibleTextRole
    said = [window.folders.list.item(row).data(role) for row in range(3)]
    assert said == [
        "All folders, 13 files",
        "a, 6 files · 1 failed",
        "usb, 7 files · not connected",
    ]


def test_a_folder_that_can_t_be_added_says_so_and_the_window_goes_on(qtbot, window, tmp_path):
    window.verbs.add_folder(tmp_path / "none")
    qtbot.waitUntil(window.notice.isVisible)
    assert "There is no folder" in window.notice.label.text()
    press(qtbot, window.notice.close_button)
    assert not window.notice.isVisible()


def test_removing_a_folder_asks_first(qtbot, window, library):
    qtbot.waitUntil(lambda: window.folders.list.count() == 2)
    assert not window.folders.remove.isEnabled()
    window.folders.list.setCurrentRow(1)
    press(qtbot, window.folders.remove)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (question,) = window.findChildren(QMessageBox)
    assert "stay where they are" in question.informativeText()
    assert library.calls == []
    remove = next(it for it in question.buttons() if it.text() == "Remove")
    press(qtbot, remove)
    qtbot.waitUntil(lambda: ("remove_folder", Path("/pictures")) in library.calls)
    qtbot.waitUntil(lambda: window.folders.list.count() == 1)
    assert window.folders.path() is None


def test_rescan_is_one_key_away(qtbot, window, library):
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: ("rescan",) in library.calls)


def test_progress_is_told_in_numbers_that_add_up(qtbot, window, library):
    library.folders = [folder(Path("/a"), indexed=1192, failed=12, waiting=4106)]
    library.tell(FoldersChanged())
    library.tell(Progress(1204, 5310, "/a/photo.jpg", 170))
    text = "1,204 of 5,310 · 12 failed · photo.jpg · about 3 min"
    qtbot.waitUntil(lambda: window.footer.line.text() == text)
    assert window.footer.bar.isVisible()
    assert window.footer.bar.value() / window.footer.bar.maximum() == pytest.approx(
        1204 / 5310, abs=1e-3
    )
    library.folders = [folder(Path("/a"), indexed=5298, failed=12)]
    library.tell(Idle())
    text = "5,310 files: 5,298 searchable · 12 failed"
    qtbot.waitUntil(lambda: window.footer.line.text() == text)
    assert not window.footer.bar.isVisible()


def test_pause_and_resume(qtbot, window, library):
    library.folders = [folder(Path("/a"), waiting=2)]
    library.tell(Progress(0, 2))
    qtbot.waitUntil(window.footer.pause.isVisible)
    assert window.footer.pause.accessibleName() == "Pause indexing"
    press(qtbot, window.footer.pause)
    qtbot.waitUntil(lambda: window.footer.paused())
    assert window.footer.pause.accessibleName() == "Resume indexing"
    press(qtbot, window.footer.pause)
    qtbot.waitUntil(lambda: ("resume",) in library.calls)
    qtbot.waitUntil(lambda: not window.footer.paused())


def test_why_nothing_is_indexed_is_said(qtbot, window, library):
    library.paused = "The disk is full. Free 2 GB, then resume."
    library.tell(Paused(library.paused))
    qtbot.waitUntil(lambda: window.footer.line.text() == library.paused)


def test_the_engine_is_honest_about_itself_in_the_window(qtbot, window, library):
    qtbot.waitUntil(lambda: window.footer.engine.text() == library.note)
    press(qtbot, window.footer.about_engine)
    (box,) = window.findChildren(QMessageBox)
    assert library.note in box.informativeText()


def test_failures_are_listed_with_their_reason_and_tried_again(qtbot, window, library):
    bad, worse = Path("/a/bad\nname.jpg"), Path("/a/worse.jpg")
    library.folders = [folder(Path("/a"), failed=2)]
    library.failed = [Failure(bad, "It is truncated."), Failure(worse, "It is empty.")]
    library.tell(FoldersChanged())
    qtbot.waitUntil(window.footer.failures.isVisible)
    assert window.footer.failures.text() == "2 failures"
    press(qtbot, window.footer.failures)
    page = window.verbs.library.failures
    qtbot.waitUntil(lambda: page.files.rowCount() == 2)
    first = [page.files.index(0, column).data() for column in range(2)]
    assert first == ["bad name.jpg", "It is truncated."]
    page.list.setCurrentIndex(page.files.index(0, 0))
    press(qtbot, page.retry)
    qtbot.waitUntil(lambda: ("retry", (bad,)) in library.calls)
    qtbot.waitUntil(lambda: page.files.rowCount() == 1)
    press(qtbot, page.copy)
    assert QApplication.clipboard().text() == "/a/worse.jpg\tIt is empty."
    press(qtbot, page.retry_all)
    qtbot.waitUntil(lambda: ("retry", ()) in library.calls)
    qtbot.waitUntil(lambda: page.files.rowCount() == 0)
    assert page.head.text() == "Nothing failed."


def test_a_call_that_fails_says_so_and_the_window_goes_on(qtbot, window, library):
    library.error = TryLater("The library is busy. Try again in a moment.")
    window.menus.rescan.trigger()
    qtbot.waitUntil(window.notice.isVisible)
    assert window.notice.label.text() == str(library.error)


def test_every_control_has_a_name_to_be_spoken(qtbot, window, library):
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    window.search_box.add()
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: window.found.results.rowCount() == 1)
    window.found.choose(0)
    window.preview.load_player()
    window.verbs.show_failures()
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView, QAbstractSlider, QTextEdit)
    nameless = [
        f"{type(it).__name__} {it.objectName()} in {type(it.parentWidget()).__name__}"
        for kind in (*kinds, QProgressBar)
        for it in window.findChildren(kind)
        if not it.accessibleName()
        and not isinstance(it, QScrollBar)
        and not it.objectName().startswith("qt_")
        and it.isVisible()
    ]
    assert nameless == []


def test_tab_reaches_every_part_from_the_search_box(qtbot, window, library):
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: window.found.results.rowCount() == 1)
    window.found.choose(0)
    window.search_box.line.setFocus()
    order: list[QWidget] = []
    for _ in range(30):
        order.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    wanted = [
        window.search_box.line,
        window.folders.list,
        window.found.grid,
        window.preview.details.open,
    ]
    places = [order.index(widget) for widget in wanted]
    assert places == sorted(places)


@pytest.mark.parametrize(("theme", "wanted"), [(Theme.DARK, DARK), (Theme.LIGHT, LIGHT)])
def test_the_theme_is_applied_remembered_and_painted(qtbot, build, window, theme, wanted):
    with qtbot.waitSignal(window.chosen.saved):
        window.menus.themes[theme].trigger()
    assert tones() is wanted
    role = QPalette.ColorRole
    assert QApplication.palette().color(role.Window).name() == wanted.window
    painted = window.grab().toImage().pixelColor(4, window.height() - 80).name()
    assert painted == wanted.window
    window.close()
    assert build().theme is theme


@pytest.mark.parametrize("tone", [DARK, LIGHT])
def test_texts_can_be_read_on_their_background(tone):
    def light(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:  # WCAG 2.2, 1.4.3
        bright, dim = sorted((light(one), light(other)), reverse=True)
        return (bright + 0.05) / (dim + 0.05)

    for text in (tone.text, tone.muted, tone.warning):
        for ground in (tone.window, tone.base, tone.raised, tone.selected):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(tone.on_accent, tone.accent) >= 4.5
    assert contrast(tone.text, tone.mark) >= 4.5


def test_the_window_is_as_it_was(build):
    first = build(resized=False)
    first.menus.preview.setChecked(False)
    first.resize(first.width(), 520)
    first.splitter.setSizes([240, 500, 0])
    first.close()
    again = build(resized=False)
    # The width is the screen's to decide here: without a display that is narrow.
    assert again.height() == 520
    assert again.folders.width() == pytest.approx(240, abs=30)
    assert not again.menus.preview.isChecked()


def test_a_spoilt_window_file_gives_the_defaults(qtbot, tmp_path, build):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "window.ini").write_bytes(b"[General]\ntheme=pink\ngeometry=\xff\xfe\n")
    window = build()
    assert window.theme is Theme.SYSTEM


def test_an_error_nobody_expected_shows_a_report_and_the_window_goes_on(
    qtbot, window, library, monkeypatch
):
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(threading, "excepthook", lambda *_: None)
    crashes = Crashes(window)
    error = ValueError("something odd")
    sys.excepthook(ValueError, error, None)
    qtbot.waitUntil(lambda: crashes.dialog is not None and crashes.dialog.isVisible())
    assert "something odd" in crashes.dialog.report.toPlainText()
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "ZeroDivisionError" in crashes.dialog.report.toPlainText())
    press(qtbot, crashes.dialog.copy)
    assert "Nova Desktop" in QApplication.clipboard().text()
    crashes.dialog.close()
    crashes.close()
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.nothing)


def test_closing_ends_the_subscription_and_the_library(qtbot, build, library):
    window = build()
    with qtbot.waitSignal(window.link.status_known):
        window.open(lambda: library)
    window.close()
    window.shutdown()
    assert library.closed
    library.tell(Idle())  # nobody listens any more


def test_a_library_that_comes_after_the_window_was_closed_is_closed_too(qtbot, build, library):
    window = build()
    gate = threading.Event()

    def connect() -> FakeLibrary:
        gate.wait(5)
        return library

    window.open(connect)
    window.close()
    threading.Timer(0.05, gate.set).start()
    window.shutdown()
    assert library.closed


def test_run_saves_a_picture_of_the_window_with_results(qtbot, library, tmp_path, monkeypatch):
    monkeypatch.setenv("NOVA_DESKTOP_DATA", str(tmp_path / "data"))
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    picture = tmp_path / "window.png"
    assert app.run(lambda: library, errand=Errand(query="cat"), screenshot=picture) == 0
    image = QImage(str(picture))
    assert (image.width(), image.height()) == app.SHOT_SIZE
    assert library.closed
    assert library.previewed.count(Path("/a/cat.jpg")) == 2  # its tile and its preview


def test_run_raises_what_kept_the_picture_from_being_taken(qtbot, library, tmp_path, monkeypatch):
    monkeypatch.setenv("NOVA_DESKTOP_DATA", str(tmp_path / "data"))
    library.answers["cat"] = TryLater("The library is starting. Wait.")
    with pytest.raises(TryLater, match="starting"):
        app.run(lambda: library, errand=Errand(query="cat"), screenshot=tmp_path / "window.png")
    with pytest.raises(TryLater, match="can't be written"):
        app.run(
            lambda: library, errand=Errand(query="dog"), screenshot=tmp_path / "no" / "window.png"
        )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to be sent")
def test_a_signal_closes_the_window_as_its_button_does(qtbot, library, tmp_path, monkeypatch):
    monkeypatch.setenv("NOVA_DESKTOP_DATA", str(tmp_path / "data"))
    before = signal.getsignal(signal.SIGTERM)

    def connect() -> FakeLibrary:
        os.kill(os.getpid(), signal.SIGTERM)
        return library

    assert app.run(connect) == 0
    assert library.closed
    assert signal.getsignal(signal.SIGTERM) is before


def test_showing_a_file_falls_back_to_its_folder(qtbot, window, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(desktop.QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    window.verbs.reveal(tmp_path / "cat.jpg")
    qtbot.waitUntil(lambda: bool(opened))
    assert Path(opened[0].toLocalFile()) == tmp_path
