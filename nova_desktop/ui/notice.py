"""A line across the window for what went wrong and does not stop anything."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from nova_desktop.ui.look.icons import IconButton
from nova_desktop.ui.look.labels import wrapped


class Notice(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.label = wrapped()
        self.close_button = IconButton("close", "Close this message")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(self.close_button)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def say(self, text: str) -> None:
        """Shows a sentence until it is closed or another comes; "" hides it."""
        self.label.setText(text)
        self.setVisible(bool(text))
