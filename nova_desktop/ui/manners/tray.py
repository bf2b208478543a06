"""The icon in the system's tray, where there is a tray: show, pause, quit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from nova_desktop.ui.look.icons import app_icon
from nova_desktop.ui.look.words import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LOOK_MS = 5000  # between looks whether the tray has come, or gone


class Tray(QObject):
    """Shown as long as it is wanted and there is a tray; a panel may come later, or end."""

    show_asked = Signal()
    lost = Signal()  # there was a tray, and it has gone
    message_clicked = Signal()

    def __init__(
        self,
        window: QWidget,
        actions: Sequence[QAction],
        available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(window)
        self._available = available
        self._wanted = False
        self.icon = QSystemTrayIcon(app_icon(), self)
        self.icon.setToolTip("Nova Desktop")
        self.menu = QMenu(window)
        self.show_window = self.menu.addAction(tr("Tray", "&Show Nova Desktop"))
        self.show_window.triggered.connect(self.show_asked)
        self.menu.addSeparator()
        self.menu.addActions([*actions])
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self.message_clicked)
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self.look)

    def use(self, wanted: bool) -> None:
        """Whether the icon is to be there, where it can."""
        self._wanted = wanted
        if wanted:
            self._looking.start()
        else:
            self._looking.stop()
        self.look()

    def usable(self) -> bool:
        """Whether the icon is really there now, so that a hidden window can be reached."""
        self.look()
        return self.icon.isVisible()

    def look(self) -> None:
        """Looks again whether there is a tray."""
        there = self._wanted and self._available()
        was = self.icon.isVisible()
        self.icon.setVisible(there)
        if was and not there:
            self.lost.emit()

    def say(self, text: str) -> None:
        """What is going on, when the mouse rests on the icon."""
        self.icon.setToolTip(f"Nova Desktop – {text}" if text else "Nova Desktop")

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.show_asked.emit()
