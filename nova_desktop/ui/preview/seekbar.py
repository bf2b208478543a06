"""The bar under a player: where it is, and where the matches are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from nova_desktop.model import Span, Unit
from nova_desktop.ui.look.tones import tones

HANDLE = 6.0  # radius, points


class SeekBar(QSlider):
    """A slider in milliseconds; `valueChanged` comes only when the user moved it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName("Position")
        self.setRange(0, 0)
        self.setSingleStep(1000)
        self.setPageStep(10_000)
        self.setFixedHeight(22)
        self._spans: tuple[Span, ...] = ()

    def mark(self, spans: Sequence[Span]) -> None:
        """Which parts matched."""
        self._spans = tuple(span for span in spans if span.unit is Unit.SECONDS)
        self.update()

    def set_length(self, length_ms: int) -> None:
        """Of the file; does not move the player."""
        self.blockSignals(True)
        self.setRange(0, max(0, length_ms))
        self.blockSignals(False)

    def follow(self, at_ms: int) -> None:
        """Shows where the player is; not while the user drags."""
        if not self.isSliderDown():
            self.blockSignals(True)
            self.setValue(at_ms)
            self.blockSignals(False)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 22)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to where it was pressed, not a page towards it."""
        self.setSliderDown(True)
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        tone = tones()
        with QPainter(self) as painter:  # ended even when something is raised
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            middle = self.height() / 2
            groove = QRectF(HANDLE, middle - 2, self.width() - 2 * HANDLE, 4)
            painter.setBrush(QColor(tone.line))
            painter.drawRoundedRect(groove, 2, 2)
            for span in self._spans:
                start, stop = self._x(1000 * span.start), self._x(1000 * span.stop)
                mark = QColor(tone.accent)
                mark.setAlphaF(0.45)
                painter.setBrush(mark)
                painter.drawRoundedRect(QRectF(start, middle - 4, max(4.0, stop - start), 8), 2, 2)
            painter.setBrush(QColor(tone.accent))
            at = self._x(self.value())
            painter.drawRoundedRect(QRectF(HANDLE, middle - 2, at - HANDLE, 4), 2, 2)
            if self.hasFocus():
                painter.setPen(QPen(QColor(tone.text), 1.5))
            painter.drawEllipse(QRectF(at - HANDLE, middle - HANDLE, 2 * HANDLE, 2 * HANDLE))

    def _x(self, at_ms: float) -> float:
        part = min(1.0, at_ms / self.maximum()) if self.maximum() else 0.0
        return HANDLE + part * (self.width() - 2 * HANDLE)

    def _go(self, event: QMouseEvent) -> None:
        part = (event.position().x() - HANDLE) / max(1.0, self.width() - 2 * HANDLE)
        self.setValue(round(min(1.0, max(0.0, part)) * self.maximum()))
        self.update()
