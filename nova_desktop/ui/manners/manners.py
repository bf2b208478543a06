"""Joins the window with the desktop around it: tray, notifications, later starts, login."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog

from nova_desktop.ui.look.words import tr
from nova_desktop.ui.manners import login
from nova_desktop.ui.manners.doing import do
from nova_desktop.ui.manners.instance import bring_forward
from nova_desktop.ui.manners.notify import notify
from nova_desktop.ui.manners.telling import Note, Telling
from nova_desktop.ui.manners.tray import Tray

if TYPE_CHECKING:
    from pathlib import Path

    from nova_desktop.events import Event
    from nova_desktop.model import Status
    from nova_desktop.settings import Settings
    from nova_desktop.ui.manners.errand import Errand
    from nova_desktop.ui.window import Window

COMES_MS = 10_000  # for the tray, after a start at login


class Manners(QObject):
    """From the first paint on. `use` again when settings were changed."""

    def __init__(self, window: Window, settings: Settings, settings_file: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._settings_file = settings_file
        self._settings = settings
        self.telling = Telling()
        self.tray = Tray(window, (window.menus.pause, window.menus.quit))
        self.tray.show_asked.connect(self.show_window)
        self.tray.message_clicked.connect(self.show_window)
        self.tray.lost.connect(self._tray_lost)
        window.stays = self.stays
        window.link.heard.connect(self._hear)
        window.link.status_known.connect(self._see)
        self.tray.use(settings.tray)
        self._start_at_login(again=True)

    def use(self, settings: Settings) -> None:
        """Acts on settings that were just chosen."""
        before, self._settings = self._settings, settings
        self.tray.use(settings.tray)
        if settings.start_at_login != before.start_at_login:
            self._start_at_login(again=False)

    def stays(self) -> bool:
        """Whether the window that is being closed goes on in the tray; says so the first time."""
        if not self.tray.usable():
            return False
        for dialog in self._window.findChildren(QDialog):
            dialog.close()
        if self._window.remembered.first("told_tray"):
            self._say(
                Note(
                    tr("Tray", "Nova Desktop goes on in the tray"),
                    tr("Tray", "Its icon there brings the window back, or ends the program."),
                )
            )
        return True

    def show_window(self) -> None:
        """In front of the others."""
        bring_forward(self._window, "")

    def take(self, errand: Errand) -> None:
        """What a start of the program asked for, this one or a later one."""
        if not errand.hidden:
            bring_forward(self._window, errand.token)
        do(errand, self._window)

    def begin_hidden(self) -> None:
        """Nobody asked to see the window: it waits for the tray, and shows itself without one."""
        if not self._settings.tray:
            self._window.showMinimized()
        elif not self.tray.usable():
            QTimer.singleShot(COMES_MS, self, self._show_without_tray)

    def _show_without_tray(self) -> None:
        if not self._window.isVisible() and not self.tray.usable():
            self._window.showMinimized()

    def _tray_lost(self) -> None:
        if not self._window.isVisible():
            self._window.showMinimized()

    def _hear(self, events: tuple[Event, ...]) -> None:
        self.telling.hear(events)
        self._tell(self.telling.found())

    def _see(self, status: Status) -> None:
        self.tray.say(self._window.footer.line.text())
        self._tell(self.telling.see(status))

    def _tell(self, notes: Sequence[Note]) -> None:
        for note in notes:
            if self._settings.notifications and not self._window.isActiveWindow():
                self._say(note)

    def _say(self, note: Note) -> None:
        if self.tray.usable():
            self.tray.icon.showMessage(note.title, note.text, self.tray.icon.icon())
        else:
            self._window.tasks.start(
                ("notify", note.title), lambda: notify(note), _ignore, self._window.verbs.tell
            )

    def _start_at_login(self, again: bool) -> None:
        on, command = self._settings.start_at_login, login.start_command(self._settings_file)
        self._window.tasks.start(
            "start at login",
            lambda: login.set_start(on, command, again),
            _ignore,
            self._window.verbs.tell,
        )


def _ignore(done: object) -> None:
    """It was said, or nobody listens; the window shows it anyway."""
