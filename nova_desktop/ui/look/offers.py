"""Buttons that each take one thing away, in rows: the filters that may be in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from nova_desktop.ui.look.icons import icon
from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.words import tr

ACROSS = 3
WIDEST = 200  # points of a text


class Offers(QWidget):
    """Hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QToolButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 8)
        self._grid.setSpacing(8)
        self.hide()

    def show_offers(self, offers: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Instead of those before."""
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(text, act) for text, act in offers]
        for number, button in enumerate(self.buttons):
            self._grid.addWidget(button, number // ACROSS, number % ACROSS)
        self.setVisible(bool(self.buttons))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for button in self.buttons:
                button.setIcon(icon("close", self))

    def _button(self, text: str, act: Callable[[], object]) -> QToolButton:
        said = tr("States", "Search without {filter}", filter=text)
        button = named(QToolButton(self), said)
        button.setProperty("chip", True)
        button.setToolTip(said)
        metrics = QFontMetrics(button.font())
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, WIDEST)
        button.setText(elided.replace("&", "&&"))
        button.setIcon(icon("close", self))
        button.setIconSize(QSize(14, 14))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        rtl = self.isRightToLeft()  # the × is after the text
        after = Qt.LayoutDirection.LeftToRight if rtl else Qt.LayoutDirection.RightToLeft
        button.setLayoutDirection(after)
        button.clicked.connect(act)
        return button
