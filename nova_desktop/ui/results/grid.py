"""The grid of results: a virtual list of tiles that fills its width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QItemSelection,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from nova_desktop.query import Hit
from nova_desktop.ui import wording
from nova_desktop.ui.results.thumbnails import Key, Thumbnails, key_of
from nova_desktop.ui.results.tile import Tile

Index = QModelIndex | QPersistentModelIndex


class Results(QAbstractListModel):
    """The hits of one answer, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: Sequence[Hit] = ()

    def show(self, hits: Sequence[Hit]) -> None:
        """Replaces all."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature; an index is a value
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return hit
            case Qt.ItemDataRole.DisplayRole:
                return wording.name_of(hit.path)
            case Qt.ItemDataRole.AccessibleTextRole:
                return wording.spoken(hit)
            case Qt.ItemDataRole.ToolTipRole:
                return wording.shown(str(hit.path))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag
        return flags.ItemIsSelectable | flags.ItemIsEnabled | flags.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Files can be dragged out into another program."""
        mime = QMimeData()
        mime.setUrls([url_of(self.hits[index.row()]) for index in indexes])
        return mime


def url_of(hit: Hit) -> QUrl:
    """The file's URL, also where its name is not valid text."""
    return QUrl.fromEncoded(QByteArray(hit.path.as_uri().encode()))


class Grid(QListView):
    """Tells which result is chosen, and has previews loaded for what is visible."""

    chosen = Signal(object)  # Hit, or None
    opened = Signal(object)  # Hit: Enter
    viewed = Signal(object)  # Hit: Space or a double click: it is to fill the window

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results = Results(self)
        self.thumbnails = thumbnails
        self._tile = Tile(thumbnails)
        self.setAccessibleName("Results")
        # List mode that wraps lays 10,000 tiles out in 16 ms; icon mode took 24 ms, and in batches
        # neither End nor a jump of the scroll bar reached what was not laid out yet.
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes changes the width, and that the number of rows.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAcceptDrops(False)  # so that a drop reaches the window
        self.viewport().setAcceptDrops(False)
        self.setMouseTracking(True)
        self.setItemDelegate(self._tile)
        self.setModel(self.results)
        self.verticalScrollBar().setSingleStep(40)
        self._settle = QTimer(self, singleShot=True, interval=40)
        self._settle.timeout.connect(self._load_visible)
        # Not the slot itself, which would take the bar's value for its milliseconds.
        self.verticalScrollBar().valueChanged.connect(lambda: self._settle.start())
        self.verticalScrollBar().rangeChanged.connect(lambda: self._settle.start())
        self.doubleClicked.connect(lambda index: self.viewed.emit(self.results.hits[index.row()]))
        thumbnails.loaded.connect(self._repaint)

    def show_hits(self, hits: Sequence[Hit], stay: bool = False) -> None:
        """Shows an answer; keeps the chosen file chosen if it is still there.

        `stay`: it is a fresh answer to the same question, so the place stays in any case.
        """
        before = self.hit()
        place = self.verticalScrollBar().value()
        self.results.show(hits)
        again = next((row for row, h in enumerate(hits) if before and h.path == before.path), None)
        if again is not None:
            self.setCurrentIndex(self.results.index(again))
        elif before:
            self.chosen.emit(None)
        if stay or again is not None:
            self.verticalScrollBar().setValue(place)
        else:
            self.scrollToTop()
        self._settle.start()

    def hit(self) -> Hit | None:
        """The chosen result."""
        rows = self.selectionModel().selectedIndexes() if self.selectionModel() else []
        return self.results.hits[rows[0].row()] if rows else None

    def choose(self, row: int) -> None:
        """Chooses a result and shows it, if there is one at this row."""
        if row < len(self.results.hits):
            self.setCurrentIndex(self.results.index(row))

    def visible_rows(self) -> range:
        """The rows that can be seen now, and one line of tiles on either side."""
        cell = self.gridSize()
        if cell.isEmpty() or not self.results.hits:
            return range(0)
        across = max(1, self.viewport().width() // cell.width())
        top = self.verticalScrollBar().value() // cell.height() - 1
        lines = self.viewport().height() // cell.height() + 3
        start = max(0, top) * across
        return range(start, min(len(self.results.hits), (max(0, top) + lines) * across))

    def visible_hits(self) -> list[Hit]:
        """What stands in the visible rows."""
        return [self.results.hits[row] for row in self.visible_rows()]

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:
        super().selectionChanged(now, before)
        if hit := self.hit():
            self.chosen.emit(hit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._tile.cell = self._tile.cell_for(self.viewport().width() - 1, self.font())
        self.setGridSize(self._tile.cell)
        super().resizeEvent(event)
        self._settle.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        hit = self.hit()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and hit:
            self.opened.emit(hit)
        elif event.key() == Qt.Key.Key_Space and hit:
            self.viewed.emit(hit)
        else:
            super().keyPressEvent(event)

    def _repaint(self, key: Key) -> None:
        """Only the tile whose picture has come: painting all of them would take 20 ms."""
        for row in self.visible_rows():
            if key_of(self.results.hits[row]) == key:
                self.update(self.results.index(row))

    def _load_visible(self) -> None:
        self.thumbnails.ratio = self.devicePixelRatioF()
        self.thumbnails.want(self.visible_hits())
