"""A line across the window for what went wrong and does not stop anything."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from nova_desktop.ui.look.icons import IconButton
from nova_desktop.ui.look.labels import wrapped
from nova_desktop.ui.look.words import tr

OFFERED_MS = 12_000  # long enough to read what was done, and to reach the button that undoes it


class Notice(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.label = wrapped()
        self.button = QPushButton()
        self.button.setProperty("small", True)
        self.button.hide()
        self._act: Callable[[], object] | None = None
        self._over = QTimer(self, singleShot=True, interval=OFFERED_MS)
        self._over.timeout.connect(self.hide)
        self.close_button = IconButton("close", tr("Notice", "Close this message"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        self.close_button.clicked.connect(self.hide)
        self.button.clicked.connect(self._pressed)
        self.hide()

    def say(self, text: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """Shows a sentence until it is closed or another comes; "" hides it.

        With `button` there is something to do about it: it hides the sentence and calls `act`.
        """
        self._over.stop()
        self.label.setText(text)
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setVisible(bool(button))
        self._act = act
        self.setVisible(bool(text))

    def offer(self, text: str, button: str, act: Callable[[], object]) -> None:
        """As `say`, for a while: nothing is wrong, so nobody need close it."""
        self.say(text, button, act)
        self._over.start()

    def _pressed(self) -> None:
        self.hide()
        if self._act:
            self._act()
