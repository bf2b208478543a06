"""The line of the search box: its words, with a light ground behind typed forms."""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.units import character, units

LONGEST = 2000  # characters
WAVE = 2.0  # points: half the height of the line under an error
# QLineEdit gives its cursor this many points of room on the left, for repainting it.
CURSOR_ROOM = 5


class Ground(enum.Enum):
    """What is behind a part of the line."""

    FORM = "form"  # it is understood: a typed form, or exact words
    LESS = "less"  # words that are wanted less
    ERROR = "error"  # it can't be understood


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters [start, stop) of the line."""

    start: int
    stop: int
    ground: Ground


class Line(QLineEdit):
    """Tells of the keys that mean something to the box; the rest is typing."""

    pasted = Signal(object)  # QMimeData with more than text in it
    emptied = Signal()  # backspace where there is nothing before the cursor
    left = Signal()  # down, or enter: to the results
    cleared = Signal()  # escape
    apart = Signal()  # shift and enter: these words as a part of their own
    before = Signal()  # to the chips, from the beginning of the line
    called = Signal()  # a click into the empty line, or Alt+Down: what was asked before?

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self.setAcceptDrops(False)  # so that a drop reaches the window
        self.take: Callable[[int], bool] = _untaken  # the list under the box has the first choice
        self._marks: tuple[Mark, ...] = ()

    def mark(self, marks: Sequence[Mark]) -> None:
        """What is painted behind and under the words, until the next call."""
        self._marks = tuple(marks)
        self.update()

    def marks(self) -> tuple[Mark, ...]:
        """As they were last given."""
        return self._marks

    def place(self) -> int:
        """How many characters stand before the cursor."""
        return character(self.text(), self.cursorPosition())

    def write(self, text: str, place: int) -> None:
        """Holds this text, with the cursor behind so many of its characters."""
        self.setText(text)
        self.setCursorPosition(units(text)[place])

    def x_of(self, position: int) -> float:
        """Where the character begins, in points from the left edge of the line."""
        return self._places()(position)

    def _places(self) -> Callable[[int], float]:
        """`x_of` for many positions: the line is laid out once."""
        layout = QTextLayout(self.text(), self.font())
        option = QTextOption()
        as_written = Qt.LayoutDirection.LayoutDirectionAuto
        option.setTextDirection(self.layoutDirection() if self.text().isascii() else as_written)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        start = self.cursorRect().x() + CURSOR_ROOM - _first(line.cursorToX(self.cursorPosition()))

        at = units(self.text())

        def place(position: int) -> float:
            # The layout is named so that it outlives its line.
            return start + _first(line.cursorToX(at[position])) if layout else 0.0

        return place

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        key, keys = event.key(), event.modifiers()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        back = Qt.Key.Key_Right if self._runs_left() else Qt.Key.Key_Left
        at_start = self.cursorPosition() == 0 and not self.hasSelectedText()
        plain = keys in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Paste) and (mime.hasUrls() or mime.hasImage()):
            self.pasted.emit(mime)
        elif plain and self.take(key):
            pass
        elif key == Qt.Key.Key_Backspace and at_start:
            self.emptied.emit()
        elif key == Qt.Key.Key_Escape:
            self.cleared.emit()
        elif enter and keys & Qt.KeyboardModifier.ShiftModifier:
            self.apart.emit()
        elif key == Qt.Key.Key_Down and keys & Qt.KeyboardModifier.AltModifier:
            self.called.emit()
        elif enter or key == Qt.Key.Key_Down:
            self.left.emit()
        elif key == back and at_start and plain:
            self.before.emit()
        else:
            super().keyPressEvent(event)

    def _runs_left(self) -> bool:
        """As its first letter does; without one, as the window does."""
        for letter in self.text():
            if (way := unicodedata.bidirectional(letter)) in ("L", "R", "AL"):
                return way != "L"
        return self.isRightToLeft()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes what the list under the box proposes, before it leaves the line."""
        if forward and self.take(Qt.Key.Key_Tab):
            return True
        return super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text():
            self.called.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._marks:
            super().paintEvent(event)
            return
        tone = tones()
        place = self._places()
        room = self.rect()
        ends: list[tuple[Mark, float, float]] = []
        for mark in self._marks:
            left, right = sorted((place(mark.start), place(mark.stop)))
            ends.append((mark, left, right))
        seen = [it for it in ends if it[2] >= room.left() and it[1] <= room.right()]
        height = self.fontMetrics().height() + 2.0
        with QPainter(self) as painter:  # ended even when something is raised
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            top = (self.height() - height) / 2
            for mark, left, right in seen:
                if mark.ground is not Ground.ERROR:
                    color = tone.selected if mark.ground is Ground.FORM else tone.raised
                    painter.setBrush(QColor(color))
                    box = QRectF(left - 3, top, right - left + 6, height)
                    painter.drawRoundedRect(box, 4, 4)
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tone.warning), 1.2))
            for mark, left, right in seen:
                if mark.ground is Ground.ERROR:
                    painter.drawPolyline(_wave(left, right, (self.height() + height) / 2))


def _first(x: object) -> float:
    """PySide answers with the position and the cursor, as the function of C++ fills in both."""
    return float(x[0]) if isinstance(x, tuple) else float(x)  # type: ignore[arg-type]


def _wave(start: float, stop: float, y: float) -> QPolygonF:
    left, right = sorted((start, stop))
    steps = max(2, round((right - left) / (2 * WAVE)))
    return QPolygonF(
        [
            QPointF(left + 2 * WAVE * step, y - WAVE / 2 if step % 2 else y + WAVE / 2)
            for step in range(steps + 1)
        ]
    )


def _untaken(_: int) -> bool:
    return False
