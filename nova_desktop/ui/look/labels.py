"""Labels that stay within the width they are given."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str) -> W:
    """A widget with the name that a screen reader says."""
    widget.setAccessibleName(name)
    return widget


class OneLine(QLabel):
    """One line, elided to fit; the whole text is its tooltip."""

    def __init__(
        self,
        text: str = "",
        muted: bool = False,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self.setProperty("muted", muted)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.say(text)

    def say(self, text: str) -> None:
        """Shows this text."""
        self.setText(text)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        edges = self.contentsMargins()
        width = metrics.horizontalAdvance(self.text()) + 2 + edges.left() + edges.right()
        return QSize(width, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(20, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ended even when something is raised
            painter.setPen(self.palette().color(self.foregroundRole()))
            room = self.contentsRect()
            text = QFontMetrics(self.font()).elidedText(self.text(), self._elide, room.width())
            painter.drawText(room, self.alignment(), text)


def wrapped(text: str = "", muted: bool = False, at_least: int = 20) -> QLabel:
    """A paragraph that breaks where it must, whatever its words are.

    `at_least` so many pixels wide: a window is never lower than its paragraphs would be there.
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("muted", muted)
    label.setMinimumWidth(at_least)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def sized(label: QLabel, scale: float, bold: bool = False) -> QLabel:
    """A label in the system's font, larger or heavier."""
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    if bold:
        font.setWeight(font.Weight.DemiBold)
    label.setFont(font)
    return label
