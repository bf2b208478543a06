"""The timeline under a player: what matches where in picture, sound and words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QHideEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nova_desktop.closeup import Strength, Timeline
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import noop, tr
from nova_desktop.ui.preview.seekbar import HEIGHT, SeekBar

STRAND, GAP, WAVE = 10, 4, 28  # heights, points
LEGEND = 64.0  # width of the names of the strands
CELL = 160  # points of an edge of a frame that is shown while hovering
NAMES = (
    ("picture", noop("Player", "Picture")),
    ("sound", noop("Player", "Sound")),
    ("words", noop("Player", "Words")),
)


class TimelineBar(SeekBar):
    """A seek bar with a strand for each of picture, sound and words, where there is something.

    In the `full` form the strands have names, the sound is drawn, and hovering shows the frame.
    """

    def __init__(self, full: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = full
        self._strands: list[tuple[str, tuple[Strength, ...]]] = []
        self._peaks: tuple[float, ...] = ()
        self._strip = QImage()
        self._cells = 0
        self._hovered: float | None = None
        self._card: Card | None = None
        self.setMouseTracking(True)

    def forget(self) -> None:
        """Nothing is known of the file yet."""
        self._strands, self._peaks, self._strip, self._cells = [], (), QImage(), 0
        self.setAccessibleDescription("")
        self._grow()

    def show_timeline(self, timeline: Timeline) -> None:
        """What answers the question, and where."""
        self._strands = [
            (tr(*name), strand) for field, name in NAMES if (strand := getattr(timeline, field))
        ]
        self.setAccessibleDescription(spoken(self._strands))
        self._grow()

    def show_peaks(self, peaks: Sequence[float]) -> None:
        """How it sounds: the loudest moment of equal parts, 0 to 1."""
        self._peaks = tuple(peaks) if self._full else ()
        self._grow()

    def show_strip(self, strip: QImage, cells: int) -> None:
        """Frames of equal parts of the file, side by side."""
        self._strip, self._cells = strip, max(1, cells)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._full and self.maximum():
            self._hovered = event.position().x()
            self._show_card(self._hovered)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hide_card()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hide_card()

    def frame_at(self, at_ms: int) -> QImage:
        """The nearest of the frames that are known."""
        if self._strip.isNull() or not self.maximum():
            return QImage()
        width = self._strip.width() // self._cells
        cell = min(self._cells - 1, at_ms * self._cells // self.maximum())
        return self._strip.copy(QRect(cell * width, 0, width, self._strip.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ended even when something is raised
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_bar(painter)
            top = float(HEIGHT)
            for name, strand in self._strands:
                self._paint_strand(painter, top, name, strand)
                top += STRAND + GAP
            if self._peaks:
                self._paint_peaks(painter, top)
            if self._hovered is not None:
                painter.setPen(QPen(QColor(tones().muted), 1))
                x = round(min(max(self._hovered, self._x(0)), self._x(self.maximum())))
                painter.drawLine(x, 2, x, self.height() - 2)

    def _paint_strand(
        self, painter: QPainter, top: float, name: str, strand: tuple[Strength, ...]
    ) -> None:
        tone = tones()
        if self._full:
            painter.setPen(QColor(tone.muted))
            font = painter.font()
            font.setPointSizeF(self.font().pointSizeF() * 0.85)
            painter.setFont(font)
            box = QRectF(0, top - 3, LEGEND - 8, STRAND + 6)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, name)
        painter.setPen(Qt.PenStyle.NoPen)
        left, right = self._x(0), self._x(self.maximum())
        painter.setBrush(QColor(tone.raised))
        painter.drawRoundedRect(QRectF(left, top, right - left, STRAND), 2, 2)
        for one in strand:
            start, stop = self._x(1000 * one.start_s), self._x(1000 * one.stop_s)
            color = QColor(tone.accent)
            color.setAlphaF(0.25 + 0.75 * one.value)
            painter.setBrush(color)
            high = max(3.0, STRAND * one.value)
            box = QRectF(start, top + STRAND - high, max(2.0, stop - start), high)
            painter.drawRect(box)

    def _paint_peaks(self, painter: QPainter, top: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones().faint))
        left, right = self._x(0), self._x(self.maximum())
        each = (right - left) / len(self._peaks)
        middle = top + WAVE / 2
        for number, peak in enumerate(self._peaks):
            # Loudness is heard by its logarithm; a square root looks about right.
            half = max(0.5, peak**0.5 * WAVE / 2)
            painter.drawRect(QRectF(left + number * each, middle - half, max(0.8, each), 2 * half))

    def _grow(self) -> None:
        self.gutter = LEGEND if self._full and self._strands else 0.0
        high = HEIGHT + len(self._strands) * (STRAND + GAP) + (WAVE + GAP) * bool(self._peaks)
        self.setFixedHeight(high)
        self.update()

    def _show_card(self, x: float) -> None:
        if self._card is None or self._card.parentWidget() is not self.window():
            self._card = Card(self.window())
        at_ms = self.at(x)
        place = self.mapTo(self.window(), QPoint(round(x), 0))
        self._card.show_at(place, self.frame_at(at_ms), wording.clock(at_ms / 1000))

    def _hide_card(self) -> None:
        self._hovered = None
        if self._card:
            self._card.hide()
        self.update()


class Card(QWidget):
    """A frame and its time, above the place that the mouse is over."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        named(self, tr("Player", "Frame"))
        self.frame = QImage()
        self.text = ""

    def show_at(self, place: QPoint, frame: QImage, text: str) -> None:
        """Centred above `place`, within the window."""
        self.frame, self.text = frame, text
        ratio = frame.height() / frame.width() if not frame.isNull() else 0.0
        line = self.fontMetrics().height() + 8
        width = CELL if ratio else self.fontMetrics().horizontalAdvance(text) + 20
        self.resize(width, round(CELL * ratio) + line)
        most = self._over.width() - self.width() - 8
        x = min(max(8, place.x() - self.width() // 2), max(8, most))
        self.move(x, max(8, place.y() - self.height() - 6))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tone = tones()
        with QPainter(self) as painter:  # ended even when something is raised
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.setPen(QPen(QColor(tone.line), 1))
            painter.setBrush(QColor(tone.base))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            line = self.fontMetrics().height() + 8
            if not self.frame.isNull():
                box = QRectF(4, 4, self.width() - 8, self.height() - line - 4)
                painter.drawImage(box, self.frame)
            painter.setPen(QColor(tone.text))
            text = QRectF(0, self.height() - line, self.width(), line)
            painter.drawText(text, Qt.AlignmentFlag.AlignCenter, self.text)


def spoken(strands: Sequence[tuple[str, tuple[Strength, ...]]]) -> str:
    """The strands for a screen reader: the strongest part of each."""
    said = []
    for name, strand in strands:
        best = max(strand, key=lambda one: one.value)
        span = f"{wording.clock(best.start_s)} – {wording.clock(best.stop_s)}"
        said.append(tr("Player", "{strand}: best from {span}", strand=name, span=span))
    return ". ".join(said)
