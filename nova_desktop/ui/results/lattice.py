"""Where tiles of one size are in a view: from their numbers alone, however many there are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractItemView

Move = QAbstractItemView.CursorAction


@dataclass(frozen=True, slots=True)
class Lattice:
    """Cells in lines, the first line at the top; points and rectangles are the viewport's.

    A row is a model's: the number of a cell.
    """

    count: int  # rows
    across: int  # cells in a line
    cell: QSize
    offset: int  # points of it that are above the viewport
    mirrored: bool = False  # the first of a line is its right-most

    @property
    def height(self) -> int:
        """Of all lines, in points."""
        return -(-self.count // self.across) * self.cell.height()

    def rect(self, row: int) -> QRect:
        """Its cell."""
        line, at = divmod(row, self.across)
        top = line * self.cell.height() - self.offset
        return QRect(QPoint(self._mirrored(at) * self.cell.width(), top), self.cell)

    def row_at(self, point: QPoint) -> int:
        """-1 beside all cells; it may be one that is not there."""
        at = point.x() // self.cell.width()
        if not 0 <= at < self.across:
            return -1
        line = (point.y() + self.offset) // self.cell.height()
        return line * self.across + self._mirrored(at)

    def nearest(self, point: QPoint) -> int:
        """A row that is there, however far the point is."""
        x = min(max(0, point.x()), self.across * self.cell.width() - 1)
        return min(max(0, self.row_at(QPoint(x, point.y()))), self.count - 1)

    def rows(self, rect: QRect, around: int = 0) -> range:
        """Those of the lines that a part of the viewport shows, and of so many lines around it."""
        height = self.cell.height()
        top = max(0, (rect.top() + self.offset) // height - around)
        stop = (rect.bottom() + self.offset) // height + 1 + around
        return range(
            min(self.count, top * self.across), min(self.count, max(0, stop) * self.across)
        )

    def moved(self, now: int, move: Move, lines: int) -> int:
        """Where the keyboard goes from row `now`; `lines` fill a page. There must be rows."""
        page = max(1, lines) * self.across
        forward = -1 if self.mirrored else 1
        to = now
        match move:
            case Move.MoveUp:
                to = now - self.across if now >= self.across else now
            case Move.MoveDown:
                last_line = now // self.across == (self.count - 1) // self.across
                to = now if last_line else now + self.across
            case Move.MoveLeft:
                to = now - forward
            case Move.MoveRight:
                to = now + forward
            case Move.MoveNext:
                to = now + 1
            case Move.MovePrevious:
                to = now - 1
            case Move.MovePageUp:
                to = now - page if now >= page else now % self.across
            case Move.MovePageDown:
                to = now + page
            case Move.MoveHome:
                to = 0
            case Move.MoveEnd:
                to = self.count - 1
        return min(max(0, to), self.count - 1)

    def _mirrored(self, at: int) -> int:
        return self.across - 1 - at if self.mirrored else at
