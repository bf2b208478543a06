"""The bar under a player: where it is, and where the matches are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from nova_desktop.model import Span, Unit
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import tr

HANDLE = 6.0  # radius, points
HEIGHT = 22


class SeekBar(QSlider):
    """A slider in milliseconds; `valueChanged` comes only when the user moved it.

    Time runs from left to right in every language, as on every player.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName(tr("Player", "Position"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to what they do
        self.setRange(0, 0)
        self.setSingleStep(1000)
        self.setPageStep(10_000)
        self.setFixedHeight(HEIGHT)
        self.spans: tuple[Span, ...] = ()
        self.marks: tuple[int | None, int | None] = (None, None)
        self.gutter = 0.0  # points on the left, for what a subclass writes there

    def mark(self, spans: Sequence[Span]) -> None:
        """Which parts matched."""
        self.spans = tuple(span for span in spans if span.unit is Unit.SECONDS)
        self.update()

    def mark_clip(self, in_ms: int | None, out_ms: int | None) -> None:
        """Where a clip begins and ends; None for no mark."""
        self.marks = in_ms, out_ms
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
        return QSize(120, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to where it was pressed, not a page towards it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ended even when something is raised
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_bar(painter)

    def paint_bar(self, painter: QPainter) -> None:
        """The groove with the matches, the marks of a clip, and the handle."""
        tone = tones()
        painter.setPen(Qt.PenStyle.NoPen)
        middle = HEIGHT / 2
        left, right = self._x(0), self._x(self.maximum())
        if not self.maximum():
            right = self.width() - HANDLE
        painter.setBrush(QColor(tone.line))
        painter.drawRoundedRect(QRectF(left, middle - 2, right - left, 4), 2, 2)
        for span in self.spans:
            start, stop = self._x(1000 * span.start), self._x(1000 * span.stop)
            mark = QColor(tone.accent)
            mark.setAlphaF(0.45)
            painter.setBrush(mark)
            painter.drawRoundedRect(QRectF(start, middle - 4, max(4.0, stop - start), 8), 2, 2)
        painter.setBrush(QColor(tone.accent))
        at = self._x(self.value())
        painter.drawRoundedRect(QRectF(left, middle - 2, at - left, 4), 2, 2)
        self._paint_clip(painter, middle)
        painter.setBrush(QColor(tone.accent))
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tone.text), 1.5))
        painter.drawEllipse(QRectF(at - HANDLE, middle - HANDLE, 2 * HANDLE, 2 * HANDLE))

    def _paint_clip(self, painter: QPainter, middle: float) -> None:
        painter.setPen(QPen(QColor(tones().warning), 2))
        for at_ms, inward in zip(self.marks, (4, -4), strict=True):
            if at_ms is not None:
                x, top, bottom = self._x(at_ms), middle - 9, middle + 9
                corners = ((x + inward, top), (x, top), (x, bottom), (x + inward, bottom))
                painter.drawPolyline([QPointF(*corner) for corner in corners])

    def _x(self, at_ms: float) -> float:
        part = min(1.0, at_ms / self.maximum()) if self.maximum() else 0.0
        return self.gutter + HANDLE + part * (self.width() - self.gutter - 2 * HANDLE)

    def at(self, x: float) -> int:
        """The time at this place, in milliseconds."""
        part = (x - self.gutter - HANDLE) / max(1.0, self.width() - self.gutter - 2 * HANDLE)
        return round(min(1.0, max(0.0, part)) * self.maximum())

    def _go(self, event: QMouseEvent) -> None:
        self.setValue(self.at(event.position().x()))
        self.update()
