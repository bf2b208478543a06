"""The failed files as rows: a model that stays quick with a hundred thousand of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from nova_desktop.model import Failure
from nova_desktop.ui import wording
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import tr

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


def reason_of(failure: Failure) -> str:
    """Why it failed, as the list says it."""
    return sentence(wording.shown(failure.reason))


class FailedFiles(QAbstractTableModel):
    """All failures, or those whose path or reason has the words of the filter."""

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[Failure] = ()
        self._folded: list[str] | None = None  # once something is looked for
        self._rows: Sequence[Failure] = ()
        self._words: tuple[str, ...] = ()

    def show_failures(self, failures: Sequence[Failure]) -> bool:
        """Replaces them; False when they are what they were."""
        if tuple(failures) == tuple(self._all):
            return False
        self._all = tuple(failures)
        self._folded = None
        self._filter()
        return True

    def narrow(self, text: str) -> None:
        """Shows only those that have all of these words."""
        self._words = tuple(text.casefold().split())
        self._filter()

    def failures(self) -> Sequence[Failure]:
        """Those that are shown."""
        return self._rows

    def of_all(self) -> int:
        """How many there are, shown or not."""
        return len(self._all)

    def row_of(self, path: Path) -> int | None:
        return next((at for at, it in enumerate(self._rows) if it.path == path), None)

    def _filter(self) -> None:
        rows = self._all
        if self._words:
            if self._folded is None:
                self._folded = [f"{it.path}\n{reason_of(it)}".casefold() for it in self._all]
            rows = [
                it
                for it, folded in zip(self._all, self._folded, strict=True)
                if all(word in folded for word in self._words)
            ]
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            titles = (
                tr("Failures", "File"),
                tr("Failures", "Reason"),
                tr("Failures", "Folder"),
            )
            return titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        failure = self._rows[index.row()]
        reason = reason_of(failure)
        if role == Qt.ItemDataRole.DisplayRole:
            shown = (
                wording.name_of(failure.path),
                reason,
                wording.shown(str(failure.path.parent)),
            )
            return shown[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return reason if index.column() == 1 else wording.shown(str(failure.path))
        return None
