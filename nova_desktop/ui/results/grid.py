"""The grid of results: tiles that fill its width, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from nova_desktop.ui.look.labels import named
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.results import moments
from nova_desktop.ui.results.handling import Handling
from nova_desktop.ui.results.lattice import Lattice
from nova_desktop.ui.results.tile import Tile

if TYPE_CHECKING:
    from nova_desktop.model import Span
    from nova_desktop.ui.results.model import Results
    from nova_desktop.ui.results.scrub import Scrub
    from nova_desktop.ui.results.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
NEAR = QAbstractItemView.ScrollHint


class Grid(QListView):
    """Where a tile is follows from its row alone.

    A QListView lays each item out, which takes 0.3 s for 200,000; here all tiles are of one size,
    so nothing is laid out. It stays a QListView for what screen readers know of one.
    """

    def __init__(
        self,
        thumbnails: Thumbnails,
        results: Results,
        scrub: Scrub,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        named(self, tr("Results", "Results"))
        self.results = results
        self._scrub = scrub
        self._tile = Tile(thumbnails, results, scrub)
        self._cell = QSize(1, 1)
        self._across = 1
        self._over = -1  # the row under the mouse
        self._pressed = QPoint()  # in the contents
        self.handling = Handling(self)
        # Always there: a bar that comes and goes changes the width, and that the number of rows.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(self._tile)
        self.setModel(results)
        self.verticalScrollBar().setSingleStep(40)
        scrub.changed.connect(self._update_over)

    def size_of_tiles(self) -> int:
        """As set."""
        return self._tile.size

    def set_size(self, size: int) -> None:
        """The least width of a cell, in points; what is in the middle of the view stays there."""
        self._tile.size = size
        self.fit()

    def cell(self) -> QSize:
        """Of one tile with the space around it."""
        return self._cell

    def across(self) -> int:
        """Tiles in a line."""
        return self._across

    def first_row(self) -> int | None:
        """The first that is seen as a whole."""
        row = -(-self.verticalOffset() // self._cell.height()) * self._across
        return row if row < self.results.rowCount() else None

    def visible_rows(self) -> range:
        """The rows that can be seen now, and one line of tiles on either side."""
        return self._lattice().rows(self.viewport().rect(), 1)

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        return self._lattice().rect(index.row())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """None in the space between tiles, where a selection can be drawn."""
        lattice = self._lattice()
        row = lattice.row_at(point)
        if not 0 <= row < lattice.count:
            return QModelIndex()
        index = self.results.index(row, 0)
        inside = self._tile.tile_in(lattice.rect(row)).contains(point)
        return index if inside else QModelIndex()

    def scrollTo(self, index: Index, hint: NEAR = NEAR.EnsureVisible) -> None:
        rect, view = self.visualRect(index), self.viewport().rect()
        if rect.isNull():
            return
        bar = self.verticalScrollBar()
        if hint is NEAR.PositionAtTop or (hint is NEAR.EnsureVisible and rect.top() < view.top()):
            bar.setValue(bar.value() + rect.top())
        elif hint is NEAR.PositionAtBottom or (
            hint is NEAR.EnsureVisible and rect.bottom() > view.bottom()
        ):
            bar.setValue(bar.value() + rect.bottom() - view.bottom())
        elif hint is NEAR.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - view.center().y())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        del modifiers
        if not self.results.rowCount():
            return QModelIndex()
        now = self.currentIndex().row()
        lines = self.viewport().height() // self._cell.height()
        return self.results.index(0 if now < 0 else self._lattice().moved(now, action, lines), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """All rows between two corners; only those inside while a frame is drawn."""
        lattice = self._lattice()
        if not lattice.count:
            return
        inside = QItemSelection()
        if self.state() is not QAbstractItemView.State.DragSelectingState:
            corners = lattice.nearest(rect.topLeft()), lattice.nearest(rect.bottomRight())
            inside.append(self._range(min(corners), max(corners)))
            self.selectionModel().select(inside, command)
            return
        tiles = rect.normalized()
        for start in range(0, len(rows := lattice.rows(tiles)), self._across):
            line = [
                row
                for row in rows[start : start + self._across]
                if self._tile.tile_in(lattice.rect(row)).intersects(tiles)
            ]
            if line:
                inside.append(self._range(line[0], line[-1]))
        self.selectionModel().select(inside, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Of what can be seen, however much is selected."""
        region, lattice = QRegion(), self._lattice()
        seen = lattice.rows(self.viewport().rect())
        for part in (selection.at(number) for number in range(selection.count())):
            for row in range(max(part.top(), seen.start), min(part.bottom() + 1, seen.stop)):
                region += lattice.rect(row)
        return region

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def isIndexHidden(self, index: Index) -> bool:
        del index
        return False

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)  # QListView's would place each item

    def updateGeometries(self) -> None:
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(height)
        bar.setRange(0, max(0, self._lattice().height - height))
        QAbstractItemView.updateGeometries(self)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)
        self._set_over(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        states = QStyle.StateFlag
        chosen, current = self.selectionModel(), self.currentIndex().row()
        lattice = self._lattice()
        with QPainter(self.viewport()) as painter:
            for row in lattice.rows(event.rect()):
                index = self.results.index(row, 0)
                option.rect = lattice.rect(row)
                state = states.State_Enabled
                if chosen.isSelected(index):
                    state |= states.State_Selected
                if row == self._over:
                    state |= states.State_MouseOver
                if row == current and self.hasFocus():
                    state |= states.State_HasFocus
                option.state = state
                self._tile.paint(painter, option, index)
            if self.state() is QAbstractItemView.State.DragSelectingState:
                self._draw_band(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint() + QPoint(0, self.verticalOffset())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        if self.state() is QAbstractItemView.State.DragSelectingState:
            self.viewport().update()
        else:
            self._move_over(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drawn = self.state() is QAbstractItemView.State.DragSelectingState
        super().mouseReleaseEvent(event)
        if drawn:
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        # A tooltip would hide the frames that the mouse is moved for.
        if event.type() == QEvent.Type.ToolTip and self._scrub.is_shown():
            return True
        return super().viewportEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_over(-1)

    def span_at(self, point: QPoint) -> Span | None:
        """The moment whose chip is at this point."""
        index = self.indexAt(point)
        if not index.isValid():
            return None
        cell, mirrored = self.visualRect(index), self.isRightToLeft()
        return moments.at(self._tile.chips_in(cell, index.row(), self.font(), mirrored), point)

    def repaint_row(self, row: int) -> None:
        """Its picture has come."""
        self.update(self.results.index(row, 0))

    def startDrag(self, actions: Qt.DropAction) -> None:
        del actions
        self.handling.dragged.emit()

    def _draw_band(self, painter: QPainter) -> None:
        to = self.viewport().mapFromGlobal(self.cursor().pos())
        band = QRect(self._pressed - QPoint(0, self.verticalOffset()), to).normalized()
        fill = QColor(tones().accent)
        painter.setPen(fill)
        fill.setAlpha(40)
        painter.setBrush(fill)
        painter.drawRect(band)

    def _move_over(self, point: QPoint) -> None:
        index = self.indexAt(point)
        self._tile.over = point
        self._set_over(index.row())
        box = self._tile.picture_in(self.visualRect(index)) if index.isValid() else QRect()
        if box.contains(point):
            share = (point.x() - box.x()) / box.width()
            self._scrub.over(self.results.hit(index.row()), share)
        else:
            self._scrub.over(None)
        if index.isValid() and not box.contains(point):
            self.update(index)  # its chips show which of them is under the mouse

    def _set_over(self, row: int) -> None:
        before, self._over = self._over, row
        if row < 0:
            self._scrub.over(None)
        if before != row:
            for one in (before, row):
                self._update_row(one)

    def _update_over(self) -> None:
        self._update_row(self._over)

    def _update_row(self, row: int) -> None:
        if 0 <= row < self.results.rowCount():
            self.update(self.results.index(row, 0))

    def fit(self) -> None:
        """Lays tiles out anew, in no time for many; what is in the middle stays there."""
        middle = self.viewport().height() // 2
        before, room = self._cell, self.viewport().width()
        line, inside = divmod(self.verticalOffset() + middle, before.height())
        row = line * self._across
        top = self.verticalOffset() == 0
        self._across, self._cell = self._tile.cell_for(room, self.font())
        self.setGridSize(self._cell)
        self.updateGeometries()
        if not top:
            share = inside / before.height()
            line = row // self._across
            place = round((line + share) * self._cell.height()) - middle
            self.verticalScrollBar().setValue(place)
        self.viewport().update()

    def _lattice(self) -> Lattice:
        """As it is now."""
        rows, offset = self.results.rowCount(), self.verticalOffset()
        return Lattice(rows, self._across, self._cell, offset, self.isRightToLeft())

    def _range(self, first: int, last: int) -> QItemSelectionRange:
        right = self.results.columnCount() - 1
        return QItemSelectionRange(self.results.index(first, 0), self.results.index(last, right))
