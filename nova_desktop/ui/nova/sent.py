"""The page of what left this computer: a table that makes only the rows that are seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.spending import Sent
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import named, wrapped
from nova_desktop.ui.look.words import noop, tr
from nova_desktop.ui.nova import paying

Index = QModelIndex | QPersistentModelIndex

HEADINGS = (
    noop("Amazon Nova", "When"),
    noop("Amazon Nova", "File"),
    noop("Amazon Nova", "Size"),
    noop("Amazon Nova", "Where"),
    noop("Amazon Nova", "Deleted there"),
)
WIDTHS = (130, 230, 80, 210, 130)  # pixels
WIDE = 360  # pixels
FIRST = 500  # lines that are asked for; each further round asks for four times as many
MORE = 4
NOTHING = noop("Amazon Nova", "Nothing was ever sent from this computer.")
KEPT = noop(
    "Amazon Nova",
    "What goes through your bucket is deleted there when its answer has come. What is asked piece "
    "by piece lies in no bucket.",
)


class SentLines(QAbstractTableModel):
    """Newest first. `more_asked` says how many lines are wanted in all."""

    more_asked = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Sent, ...] = ()
        self._whole = True
        self.limit = FIRST

    def show_lines(self, lines: Sequence[Sent]) -> None:
        """At most `limit`, newest first; what was chosen stays so where lines came on top only."""
        new, old = tuple(lines), self._lines
        self._whole = len(new) < self.limit
        on_top = new.index(old[0]) if old and old[0] in new else -1
        if new == old:
            return
        if on_top > 0 and new[on_top : on_top + len(old)] == old[: len(new) - on_top]:
            self.beginInsertRows(QModelIndex(), 0, on_top - 1)
            self._lines = (*new[:on_top], *old)
            self.endInsertRows()
        elif on_top == 0 and new[: len(old)] == old:
            self.beginInsertRows(QModelIndex(), len(old), len(new) - 1)
            self._lines = new
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._lines = new
            self.endResetModel()

    def line(self, row: int) -> Sent:
        return self._lines[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self._lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return paying.sent_cells(line)[column]
            case Qt.ItemDataRole.ToolTipRole if column == 1:
                return wording.shown(str(line.path))
            case Qt.ItemDataRole.ToolTipRole if column == 3:
                return wording.shown(line.place)
            case Qt.ItemDataRole.TextAlignmentRole if column == 2:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr(*HEADINGS[section])
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section == 2 else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._whole

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._whole = True  # until the answer says that there are more
            self.limit *= MORE
            self.more_asked.emit(self.limit)


class SentPage(QWidget):
    """The table, and copying from it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = SentLines(self)
        self.table = named(QTableView(), tr("Amazon Nova", "What was sent"))
        self.table.setModel(self.lines)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)  # Tab goes on to the next control
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        header = self.table.horizontalHeader()
        header.setAccessibleName(tr("Amazon Nova", "Columns of what was sent"))
        header.setHighlightSections(False)
        for column, width in enumerate(WIDTHS):
            header.resizeSection(column, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.none = wrapped(tr(*NOTHING), muted=True, at_least=WIDE)
        self.copy = named(
            QPushButton(tr("Amazon Nova", "Copy")), tr("Amazon Nova", "Copy the chosen lines")
        )
        self.copy.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(wrapped(tr(*KEPT), muted=True, at_least=WIDE), 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(4, 14, 4, 4)
        column_of.setSpacing(12)
        column_of.addWidget(self.none)
        column_of.addWidget(self.table, 1)
        column_of.addLayout(row)
        keys = QShortcut(QKeySequence.StandardKey.Copy, self.table)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self._copy)
        self.copy.clicked.connect(self._copy)
        self.table.selectionModel().selectionChanged.connect(lambda: self._chose())
        self.lines.modelReset.connect(self._chose)
        self.show_lines(())

    def show_lines(self, lines: Sequence[Sent]) -> None:
        """Up to `lines.limit`, newest first."""
        self.lines.show_lines(lines)
        self.none.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.copy.setVisible(bool(lines))
        self._chose()

    def _chose(self) -> None:
        self.copy.setEnabled(self.table.selectionModel().hasSelection())

    def _copy(self) -> None:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        lines = []
        for row in rows:
            line = self.lines.line(row)
            at, _, size, place, deleted = paying.sent_cells(line)
            lines.append("\t".join((at, wording.shown(str(line.path)), size, place, deleted)))
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))
