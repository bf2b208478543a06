"""The results as a table: a row a file, for the grid and for the list."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from nova_desktop.model import Span
from nova_desktop.query import Answer, Hit, Query
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import noop, tr
from nova_desktop.ui.results import files, saying
from nova_desktop.ui.results.pages import Pages

Index = QModelIndex | QPersistentModelIndex


class Column(enum.IntEnum):
    """What the list shows of a file, from its leading side."""

    NAME = 0
    MOMENT = 1
    KIND = 2
    DATE = 3
    DURATION = 4
    FOLDER = 5
    WHY = 6


HEADERS = {
    Column.NAME: noop("Results", "Name"),
    Column.MOMENT: noop("Results", "Moment"),
    Column.KIND: noop("Results", "Kind"),
    Column.DATE: noop("Results", "Date"),
    Column.DURATION: noop("Results", "Length"),
    Column.FOLDER: noop("Results", "Folder"),
    Column.WHY: noop("Results", "Why it matched"),
}


KEYS: dict[Column, Callable[[Hit], tuple[float | str, ...]]] = {
    Column.MOMENT: lambda hit: (hit.span is None, hit.span.start if hit.span else 0.0),
    Column.KIND: lambda hit: (wording.KIND[hit.modality],),
    Column.DURATION: lambda hit: (hit.duration_s is None, hit.duration_s or 0.0),
    Column.FOLDER: lambda hit: (str(hit.path.parent).casefold(), hit.path.name.casefold()),
}


class Results(QAbstractTableModel):
    """The hits of one answer, in its order; a row that is not loaded yet is an empty one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pages = Pages(self)
        self.strips = False  # some file has several moments, for which tiles need room
        self.terms: tuple[str, ...] = ()  # words of the question, to be marked
        self.gone: dict[Path, str] = {}  # files that were moved away here, and what to say of it
        self._order: tuple[Column, bool] | None = None  # that the library does not sort by; falling
        self._moments: dict[Path, Span] = {}  # chosen instead of the best
        self.pages.loaded.connect(self._loaded)

    def show(self, answer: Answer, query: Query | None = None, again: bool = False) -> None:
        """Replaces all; see Pages.show."""
        self.beginResetModel()
        self.pages.show(answer, query, again)
        self.strips = any(hit.moments for hit in answer.hits)
        if self._order and again and self.pages.complete():
            column, falling = self._order
            self.pages.order_by(KEYS[column], falling)
        else:
            self._order = None
        if not again:
            self._moments.clear()
            self.gone.clear()
        self.endResetModel()

    @property
    def hits(self) -> Sequence[Hit]:
        """All hits that are loaded, by their rows, each at the moment that is chosen of it."""
        return [hit for row, _ in self.pages.here() if (hit := self.hit(row))]

    def hit(self, row: int) -> Hit | None:
        """At the moment that was chosen of it; None where the row is not loaded."""
        hit = self.pages.hit(row)
        chosen = self._moments.get(hit.path) if hit else None
        if hit is None or chosen is None or chosen == hit.span or chosen not in hit.moments:
            return hit
        spans = [span for span in (hit.span, *hit.moments) if span and span != chosen]
        return replace(hit, span=chosen, moments=tuple(spans))

    def moments(self, row: int) -> tuple[Span, ...]:
        """All moments of a file, best first, whichever is chosen."""
        hit = self.pages.hit(row)
        return tuple(span for span in (hit.span, *hit.moments) if span) if hit else ()

    def choose_moment(self, row: int, span: Span) -> None:
        """The file at this row is shown at this moment from now on."""
        if hit := self.pages.hit(row):
            self._moments[hit.path] = span
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def order_by(self, column: Column) -> bool:
        """Puts a whole answer in the order of a column; again, in the other. Whether it falls."""
        falling = self._order == (column, False)
        self._order = column, falling
        self.beginResetModel()
        self.pages.order_by(KEYS[column], falling)
        self.endResetModel()
        return falling

    def order(self) -> tuple[Column, bool] | None:
        """By which column `order_by` put it in order, and whether that falls."""
        return self._order

    def rows_of(self, paths: set[Path]) -> dict[Path, int]:
        """Where these files are, as far as it is loaded."""
        return {hit.path: row for row, hit in self.pages.here() if hit.path in paths}

    def set_gone(self, paths: Sequence[Path], said: str) -> None:
        """These files were moved away; "" for: they are back."""
        for path in paths:
            if said:
                self.gone[path] = said
            else:
                self.gone.pop(path, None)
        if self.rowCount():
            last = self.index(self.rowCount() - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature; an index is a value
        return 0 if parent.isValid() else self.pages.total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  as above
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self.hit(index.row())
        if hit is None:
            waits = role == Qt.ItemDataRole.AccessibleTextRole
            return tr("Results", "Loading…") if waits else None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.UserRole:
                return hit
            case Qt.ItemDataRole.DisplayRole:
                return _cell(hit, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return wording.spoken(hit) if column is Column.NAME else _cell(hit, column)
            case Qt.ItemDataRole.ToolTipRole:
                return saying.tooltip(hit, self.terms, self.gone.get(hit.path, ""))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(*HEADERS[Column(section)])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag
        return flags.ItemIsSelectable | flags.ItemIsEnabled | flags.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Files can be dragged out into another program."""
        rows = dict.fromkeys(index.row() for index in indexes)
        return files.dragged(hit for row in rows if (hit := self.hit(row)))

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def _loaded(self, start: int, stop: int) -> None:
        if stop > start:
            self.dataChanged.emit(self.index(start, 0), self.index(stop - 1, len(Column) - 1))


def _cell(hit: Hit, column: Column) -> str:
    match column:
        case Column.NAME:
            return wording.name_of(hit.path)
        case Column.MOMENT:
            return wording.moment(hit.span)
        case Column.KIND:
            return wording.KIND[hit.modality]
        case Column.DATE:
            return saying.day(hit.taken_s)
        case Column.DURATION:
            return "" if hit.duration_s is None else wording.clock(hit.duration_s)
        case Column.FOLDER:
            return wording.shown(str(hit.path.parent))
        case Column.WHY:
            return wording.why(hit.why[0]) if hit.why else ""
