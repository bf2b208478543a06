"""Tray, notifications, starting at login: closing hides only what can be brought back."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from nova_desktop.events import Idle, Progress
from nova_desktop.model import Folder, FolderState, State, Status
from nova_desktop.settings import Settings
from nova_desktop.spending import FurtherStatus
from nova_desktop.ui import app
from nova_desktop.ui.manners import login, notify, telling, tray
from nova_desktop.ui.manners.errand import Errand
from nova_desktop.ui.manners.manners import Manners
from nova_desktop.ui.manners.telling import Note, Telling
from nova_desktop.ui.window import Window


class Desk:
    """A desktop whose tray comes and goes as a test says."""

    def __init__(self) -> None:
        self.tray = True
        self.shown = False
        self.said: list[str] = []


@pytest.fixture
def desk(monkeypatch, tmp_path) -> Desk:
    made = Desk()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(
        tray.Tray.__init__, "__defaults__", (lambda: made.tray,)
    )  # in place of isSystemTrayAvailable

    def set_visible(icon: QSystemTrayIcon, on: bool) -> None:
        made.shown = on

    monkeypatch.setattr(QSystemTrayIcon, "setVisible", set_visible)
    monkeypatch.setattr(QSystemTrayIcon, "isVisible", lambda icon: made.shown)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda icon, title, *_: made.said.append(title)
    )
    return made


@pytest.fixture
def minded(qtbot, window, desk) -> Manners:
    made = Manners(window, Settings(), None)
    window.manners = made
    return made


def test_closing_hides_into_the_tray_and_says_so_once(qtbot, window, desk, minded):
    window.close()
    assert not window.isVisible()
    assert desk.said == ["Nova Desktop goes on in the tray"]
    minded.tray.show_window.trigger()
    assert window.isVisible()
    window.close()
    assert len(desk.said) == 1


def test_without_a_tray_closing_ends_it(qtbot, window, desk, minded):
    desk.tray = False
    with qtbot.waitSignal(window.closed):
        window.close()


def test_where_the_tray_is_not_wanted_closing_ends_it(qtbot, window, desk, minded):
    minded.use(Settings(tray=False))
    assert not desk.shown
    with qtbot.waitSignal(window.closed):
        window.close()


def test_quit_ends_it_whatever_the_tray(qtbot, window, desk, minded):
    with qtbot.waitSignal(window.closed):
        window.menus.quit.trigger()


def test_a_tray_that_goes_away_brings_the_window_back(qtbot, window, desk, minded):
    window.close()
    desk.tray = False
    minded.tray.look()
    assert window.isVisible()


def test_a_tray_that_comes_late_is_used(qtbot, window, desk):
    desk.tray = False
    made = Manners(window, Settings(), None)
    assert not desk.shown
    desk.tray = True
    made.tray.look()
    assert desk.shown


def test_the_menu_of_the_icon_shows_pauses_and_quits(qtbot, window, desk, minded, library):
    texts = [it.text().replace("&", "") for it in minded.tray.menu.actions() if it.text()]
    assert texts == ["Show Nova Desktop", "Pause indexing", "Quit"]
    minded.tray.menu.actions()[2].trigger()
    qtbot.waitUntil(lambda: ("pause",) in library.calls)
    qtbot.waitUntil(lambda: "Resume indexing" in window.menus.pause.text().replace("&", ""))


def test_a_start_that_nobody_asked_to_see_waits_in_the_tray(
    qtbot, library, desk, tmp_path, monkeypatch
):
    monkeypatch.setenv("NOVA_DESKTOP_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    seen: list[bool] = []

    def end() -> None:
        (window,) = (it for it in QApplication.topLevelWidgets() if isinstance(it, Window))
        if window.manners is None or window.link.library is None:
            QTimer.singleShot(50, end)
            return
        seen.append(window.isVisible())
        window.menus.quit.trigger()

    QTimer.singleShot(50, end)
    assert app.run(lambda: library, errand=Errand(hidden=True)) == 0
    assert seen == [False]
    assert library.closed


def test_a_hidden_start_shows_itself_where_no_tray_comes(qtbot, build, library, desk, monkeypatch):
    desk.tray = False
    monkeypatch.setattr("nova_desktop.ui.manners.manners.COMES_MS", 50)
    window = build()
    window.hide()
    made = Manners(window, Settings(), None)
    made.begin_hidden()
    assert not window.isVisible()
    qtbot.waitUntil(window.isVisible)


def status(state=FolderState.WATCHING, paused="", resting=False, held="", **counts) -> Status:
    kept = {State(name): n for name, n in counts.items()}
    further = FurtherStatus("nova", "", 1, 1, 0, held, ()) if held else None
    folder = Folder(Path("/media/usb"), state, kept)
    return Status((folder,), kept, 0, "", "", paused, resting=resting, further=further)


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def titles(notes: list[Note]) -> list[str]:
    return [note.title for note in notes]


def test_the_end_of_a_long_run_is_told_and_of_a_short_one_not():
    clock = Clock()
    tells = Telling(clock)
    assert tells.see(status(waiting=2)) == []
    tells.hear([Progress(0, 2)])
    clock.now_s = 30
    tells.hear([Idle()])
    assert tells.see(status(indexed=2)) == []
    tells.hear([Progress(0, 1)])
    clock.now_s += telling.LONG_S + 1
    tells.hear([Progress(1, 1), Idle()])
    (note,) = tells.see(status(indexed=1204))
    assert note == Note("Indexing is done", "1,204 files can be found now.")
    assert tells.see(status(indexed=1204)) == []


def test_a_drive_that_goes_and_comes_is_told_of_once_in_a_while():
    clock = Clock()
    tells = Telling(clock)
    off = FolderState.OFFLINE
    assert tells.see(status(off)) == []  # it was not there when the window opened
    assert titles(tells.see(status())) == ["“usb” is back"]
    assert titles(tells.see(status(off))) == ["“usb” is not connected"]
    assert tells.see(status()) == []  # its plug is loose
    assert tells.see(status(off)) == []
    clock.now_s += telling.AGAIN_S + 1
    assert titles(tells.see(status())) == ["“usb” is back"]


def test_a_limit_that_is_reached_is_told_once():
    tells = Telling(Clock())
    tells.see(status())
    (note,) = tells.see(status(held="The limit for a month is reached."))
    assert note.text == "The limit for a month is reached."
    assert tells.see(status(held="The limit for a month is reached.")) == []


def test_what_needs_the_user_is_told_and_what_they_did_or_chose_is_not():
    tells = Telling(Clock())
    tells.see(status())
    assert tells.see(status(paused="Paused: nothing is indexed until you resume.")) == []
    assert tells.see(status(paused="Resting: on battery.", resting=True)) == []
    assert titles(tells.see(status(paused="The disk is full."))) == ["Indexing has paused"]


def test_many_failures_of_a_run_are_told_once():
    tells = Telling(Clock())
    tells.see(status(failed=100))
    tells.hear([Progress(0, 50)])
    assert tells.see(status(failed=100 + telling.MANY - 1)) == []
    assert len(tells.see(status(failed=100 + telling.MANY))) == 1
    assert tells.see(status(failed=100 + telling.MANY + 9)) == []


def test_notifications_are_left_out_where_they_are_not_wanted(qtbot, window, desk, library):
    made = Manners(window, Settings(notifications=False), None)
    window.hide()
    library.folders = [Folder(Path("/usb"), FolderState.OFFLINE, {})]
    made._see(library.status())
    library.folders = [Folder(Path("/usb"), FolderState.WATCHING, {})]
    made._see(library.status())
    assert desk.said == []
    made.use(Settings())
    library.folders = [Folder(Path("/usb"), FolderState.OFFLINE, {})]
    made._see(library.status())
    assert desk.said == ["“usb” is not connected"]


def test_without_a_tray_a_program_of_the_desktop_says_it(tmp_path, monkeypatch):
    said = tmp_path / "said"
    program = tmp_path / "bin" / "notify-send"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{said}"\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    assert notify.notify(Note("--title", "Text; $(with) 'odd' things"))
    assert said.read_text().endswith("--|--title|Text; $(with) 'odd' things|")
    program.write_text("#!/bin/sh\nexit 1\n")
    assert not notify.notify(Note("a", "b"))


def test_starting_at_login_is_a_file_that_comes_and_goes(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    command = ["/opt/Nova 100%/$x", "open", "--hidden", "--data", 'with "quotes" and \\']
    login.set_start(True, command)
    file = tmp_path / "autostart" / "nova-desktop.desktop"
    assert file == login.autostart_file()
    text = file.read_text()
    assert '"/opt/Nova 100%%/\\\\$x" "open" "--hidden"' in text
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", file], check=True)
    login.set_start(False, command)
    assert not file.exists()
    login.set_start(False, command)


def test_what_the_desktop_turned_off_stays_off_until_it_is_chosen_again(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    login.set_start(True, ["a"])
    file = login.autostart_file()
    file.write_text(file.read_text() + "Hidden=true\n")
    login.set_start(True, ["b"], again=True)
    assert "Hidden=true" in file.read_text()
    login.set_start(True, ["b"])
    assert "Hidden=true" not in file.read_text()
    login.set_start(False, ["b"], again=True)  # a start with other settings removes nothing
    assert file.exists()


def test_the_setting_writes_and_removes_the_file(qtbot, minded, tmp_path):
    minded.use(Settings(start_at_login=True))
    qtbot.waitUntil(lambda: login.autostart_file().exists())
    assert '"open" "--hidden"' in login.autostart_file().read_text()
    minded.use(Settings())
    qtbot.waitUntil(lambda: not login.autostart_file().exists())


def test_a_window_whose_monitor_is_gone_comes_back_on_one_that_is_there(qtbot, build):
    first = build(resized=False)
    first.setGeometry(QRect(9000, 9000, 700, 500))
    first.close()
    again = build(resized=False)
    screen = again.screen().availableGeometry()
    assert screen.intersects(again.frameGeometry())
    assert screen.contains(again.frameGeometry().topLeft())
