"""The list of results: a row a file, with columns that sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.results import moments, painting, saying
from nova_desktop.ui.results.handling import Handling
from nova_desktop.ui.results.model import Column
from nova_desktop.ui.results.thumbnails import Thumbnail, Thumbnails
from nova_desktop.ui.results.tile import DIMMED

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from nova_desktop.query import Hit
    from nova_desktop.ui.results.model import Results

Index = QModelIndex | QPersistentModelIndex
ROW = 60  # points high
PICTURE = 64, 48
PAD = 8
WIDE = {
    Column.NAME: 280,
    Column.MOMENT: 136,
    Column.KIND: 88,
    Column.DATE: 104,
    Column.DURATION: 80,
    Column.FOLDER: 170,
    Column.WHY: 260,
}


class Rows(QStyledItemDelegate):
    """Paints one cell; the name's has the picture, too."""

    def __init__(self, thumbnails: Thumbnails, results: Results) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._results = results
        self.over: QPoint | None = None  # where the mouse is
        self.over_row = -1

    def chips_in(self, cell: QRect, row: int, option: QStyleOptionViewItem) -> list[moments.Chip]:
        """The strip of moments."""
        box = cell.adjusted(PAD, 0, -PAD, 0)
        font = painting.smaller(option.font)
        mirrored = _mirrored(option)
        return moments.chips(self._results.moments(row), box, font, mirrored)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called for visible cells only."""
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        tone, states = tones(), QStyle.StateFlag
        painter.save()
        if state & states.State_Selected:
            painter.fillRect(cell, QColor(tone.selected))
        elif index.row() == self.over_row:
            painter.fillRect(cell, QColor(tone.hover))
        painter.fillRect(QRect(cell.x(), cell.bottom(), cell.width(), 1), QColor(tone.line))
        hit = self._results.hit(index.row())
        if hit is not None:
            away = hit.offline or hit.path in self._results.gone
            painter.setOpacity(DIMMED + 0.2 if away else 1)
            self._cell(painter, option, hit, index)
        elif index.column() == Column.NAME:
            painter.fillRect(_box(cell, _mirrored(option)), QColor(tone.raised))
        painter.restore()

    def _cell(
        self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit, index: Index
    ) -> None:
        cell: QRect = option.rect
        font = option.font
        mirrored = _mirrored(option)
        tone, column = tones(), Column(index.column())
        painter.setFont(font)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if column is Column.NAME:
            box = _box(cell, mirrored)
            thumbnail = self._thumbnails.get(hit) or Thumbnail()
            painting.picture(painter, box, hit, thumbnail, font)
            ahead = PICTURE[0] + 2 * PAD + 4
            text = cell.adjusted(PAD if mirrored else ahead, 0, -(ahead if mirrored else PAD), 0)
            self._name(painter, text, hit)
            return
        if column is Column.MOMENT:
            chips = self.chips_in(cell, index.row(), option)
            if chips:
                painter.setFont(painting.smaller(font))
                moments.paint(painter, chips, hit.span, self.over)
                return
        text = cell.adjusted(PAD, 0, -PAD, 0)
        said = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        elide = Qt.TextElideMode
        painting.line(
            painter,
            text,
            said,
            tone.muted,
            terms=self._results.terms if column is Column.WHY else (),
            elide=elide.ElideMiddle if column is Column.FOLDER else elide.ElideRight,
        )

    def _name(self, painter: QPainter, box: QRect, hit: Hit) -> None:
        """The name, and under it what is wrong, or else why the file is here."""
        tone, terms = tones(), self._results.terms
        wrong = self._results.gone.get(hit.path) or tr("Results", "offline") * hit.offline
        under = wrong or saying.why(hit, terms)
        high = QFontMetrics(painter.font()).height() + 2
        if under:
            box = QRect(box.x(), box.center().y() - high, box.width(), high)
        middle = Qt.TextElideMode.ElideMiddle
        painting.line(painter, box, wording.name_of(hit.path), tone.text, terms=terms, elide=middle)
        if under:
            color = tone.warning if wrong else tone.muted
            painting.line(painter, box.translated(0, high), under, color, terms=terms)


def _box(cell: QRect, mirrored: bool) -> QRect:
    """Where the picture of a file is, in the cell of its name."""
    wide, high = PICTURE
    left = cell.right() - PAD - wide if mirrored else cell.x() + PAD
    return QRect(left, cell.y() + (cell.height() - high) // 2, wide, high)


def _mirrored(option: QStyleOptionViewItem) -> bool:
    return option.direction is Qt.LayoutDirection.RightToLeft


class Listing(QTableView):
    """Virtual, as the grid is: all rows are of one height."""

    header_pressed = Signal(int)  # Column

    def __init__(
        self, thumbnails: Thumbnails, results: Results, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        named(self, tr("Results", "Results"))
        self.setProperty("results", True)  # which the style sheet gives no frame
        self.results = results
        self._thumbnails = thumbnails
        self._rows = Rows(thumbnails, results)
        self.handling = Handling(self)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setItemDelegate(self._rows)
        self.setCornerButtonEnabled(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        down.hide()
        down.setMinimumSectionSize(ROW)
        down.setDefaultSectionSize(ROW)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(results)
        across.setHighlightSections(False)
        across.setSectionsClickable(True)
        across.setSectionsMovable(True)
        across.setFirstSectionMovable(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        across.setStretchLastSection(True)
        across.setSortIndicatorShown(False)
        for column, width in WIDE.items():
            across.resizeSection(column, width)
        across.sectionClicked.connect(self.header_pressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW // 2)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End lead to the first and the last row, as in the grid; not to a column."""
        moves = QAbstractItemView.CursorAction
        if action in (moves.MoveHome, moves.MoveEnd) and (count := self.results.rowCount()):
            return self.results.index(0 if action is moves.MoveHome else count - 1, 0)
        return super().moveCursor(action, modifiers)

    def show_order(self, column: Column | None, falling: bool) -> None:
        """Marks the column that the rows are in the order of."""
        header = self.horizontalHeader()
        header.setSortIndicatorShown(column is not None)
        if column is not None:
            order = Qt.SortOrder
            header.setSortIndicator(
                column, order.DescendingOrder if falling else order.AscendingOrder
            )

    def first_row(self) -> int | None:
        """The first that is seen as a whole."""
        row = -(-self.verticalScrollBar().value() // ROW)
        return row if row < self.results.rowCount() else None

    def visible_rows(self) -> range:
        """The rows that can be seen now, and one on either side."""
        top = self.verticalScrollBar().value() // ROW
        stop = (self.verticalScrollBar().value() + self.viewport().height()) // ROW + 2
        return range(max(0, top - 1), min(self.results.rowCount(), stop))

    def repaint_row(self, row: int) -> None:
        """Its picture has come."""
        self.update(self.results.index(row, Column.NAME))

    def span_at(self, point: QPoint) -> object:
        """The moment whose chip is at this point."""
        index = self.indexAt(point)
        if index.column() != Column.MOMENT:
            return None
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        return moments.at(self._rows.chips_in(self.visualRect(index), index.row(), option), point)

    def startDrag(self, actions: Qt.DropAction) -> None:
        del actions
        self.handling.dragged.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._move_over(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._move_over(None)

    def _move_over(self, point: QPoint | None) -> None:
        rows = self._rows
        rows.over = point
        row = self.rowAt(point.y()) if point else -1
        for one in {rows.over_row, row} - {-1}:
            top = self.rowViewportPosition(one)
            self.viewport().update(0, top, self.viewport().width(), ROW)
        rows.over_row = row
