"""The list of groups: a model that asks for more as it is scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from nova_desktop.duplicates import Group
from nova_desktop.ui.duplicates import said

Index = QModelIndex | QPersistentModelIndex
PAGE = 200  # groups asked for at once


class Groups(QAbstractListModel):
    """Each group in two lines. `more_asked` has the number of groups that are known."""

    more_asked = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[Group] = []
        self._total = 0
        self._asked = False

    def show_groups(self, groups: Sequence[Group], total: int) -> None:
        """Instead of those before."""
        self.beginResetModel()
        self._groups, self._total, self._asked = list(groups), total, False
        self.endResetModel()

    def add_groups(self, groups: Sequence[Group], total: int) -> None:
        """After those before."""
        self._total = total if groups else len(self._groups)
        self._asked = False
        if groups:
            last = len(self._groups) + len(groups) - 1
            self.beginInsertRows(QModelIndex(), len(self._groups), last)
            self._groups += groups
            self.endInsertRows()

    def group(self, row: int) -> Group | None:
        return self._groups[row] if 0 <= row < len(self._groups) else None

    def row_of(self, path: Path) -> int:
        """Of the group with this file, or -1."""
        for row, group in enumerate(self._groups):
            if any(copy.path == path for copy in group.copies):
                return row
        return -1

    def remove(self, row: int) -> None:
        """It is done with."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._groups[row]
        self._total -= 1
        self.endRemoveRows()

    def put(self, row: int, group: Group) -> None:
        """It is there again."""
        row = min(row, len(self._groups))
        self.beginInsertRows(QModelIndex(), row, row)
        self._groups.insert(row, group)
        self._total += 1
        self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(self._groups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        group = self._groups[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{said.heading(group)}\n{said.below(group)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{said.heading(group)}, {said.below(group)}"
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._asked and len(self._groups) < self._total

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_asked.emit(len(self._groups))
