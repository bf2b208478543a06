"""What is drawn over the window while something is dragged across it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import tr


class Overlay(QWidget):
    """Says what a drop would do; never takes the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Files", "Drop here"))
        self._text = ""
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str) -> None:
        """Covers the window until it is hidden."""
        self._text = text
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tone = tones()
        with QPainter(self) as painter:  # ended even when something is raised
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            veil = QColor(tone.window)
            veil.setAlphaF(0.86)
            painter.fillRect(self.rect(), veil)
            painter.setPen(QPen(QColor(tone.accent), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(14, 14, -14, -14), 14, 14)
            font = QFont(self.font())
            font.setPointSizeF(font.pointSizeF() * 1.5)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(tone.text))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
