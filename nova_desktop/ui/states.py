"""What stands in place of results: an invitation, a hint, no close matches, an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nova_desktop.ui.look.icons import pixmap
from nova_desktop.ui.look.labels import sized
from nova_desktop.ui.look.offers import Offers
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import tr


class Message(QWidget):
    """An icon, a heading, a paragraph, and at most one button, in the middle."""

    pressed = Signal()

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._shape = QLabel()
        self.heading = sized(QLabel(), 1.5, bold=True)
        self.text = QLabel()
        self.text.setProperty("muted", True)
        self.button = QPushButton()
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self.pressed)
        self.offers = Offers()
        self.after = QLabel()
        self.after.setProperty("muted", True)
        for label in (self._shape, self.heading, self.text, self.after):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label is not self._shape)
        self.text.setMaximumWidth(480)
        self.text.setMinimumWidth(280)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 48)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(self._shape, 0, middle)
        column.addSpacing(4)
        column.addWidget(self.heading)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.text, 4)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self.offers, 0, middle)
        column.addWidget(self.button, 0, middle)
        column.addWidget(self.after)
        column.addStretch(1)
        self._draw()

    def say(self, heading: str, text: str = "", button: str = "", after: str = "") -> None:
        """Empty parts are not shown."""
        for label, words in ((self.heading, heading), (self.text, text), (self.after, after)):
            label.setText(words)
            label.setVisible(bool(words))
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setVisible(bool(button))

    def offer(self, offers: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Buttons with a ×, each of which takes one thing away."""
        self.offers.show_offers(offers)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        tone = tones()
        color = tone.warning if self._icon == "warning" else tone.muted
        self._shape.setPixmap(pixmap(self._icon, color, 52, self.devicePixelRatioF()))


def invitation() -> Message:
    """To add the first folder."""
    made = Message("folder-add")
    made.say(
        tr("States", "Find anything you filmed, photographed, recorded or wrote"),
        tr(
            "States",
            "Add a folder, and its photos, videos, sounds, documents and notes can be searched "
            "by words or by example. Everything stays on this computer; no file is ever "
            "changed.",
        ),
        tr("States", "Add a folder…"),
        tr("States", "or drag a folder here"),
    )
    return made
