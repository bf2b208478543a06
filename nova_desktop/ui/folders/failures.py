"""The dialog of files that failed: which, why, and trying again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.model import Failure
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import named, sized, wrapped

PATH = Qt.ItemDataRole.UserRole


class Failures(QDialog):
    """Not modal: indexing and searching go on beside it."""

    retry_asked = Signal(object)  # tuple[Path, ...]; empty for all
    reveal_asked = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Files that failed")
        self.resize(760, 440)
        self.head = wrapped()
        sized(self.head, 1.1, bold=True)
        self.list = named(QTreeWidget(), "Failed files")
        self.list.setHeaderLabels(["File", "Reason"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.list.header().resizeSection(0, 260)
        self.list.header().setAccessibleName("Columns of the list")
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.retry = QPushButton("Try the chosen again")
        self.retry_all = QPushButton("Try all again")
        self.reveal = QPushButton("Show in folder")
        self.copy = QPushButton("Copy the list")
        self.done_button = QPushButton("Close")
        row = QHBoxLayout()
        row.setSpacing(8)
        for push in (self.copy, self.reveal):
            row.addWidget(push)
        row.addStretch(1)
        for push in (self.retry, self.retry_all, self.done_button):
            row.addWidget(push)
        for push in (self.copy, self.reveal, self.retry, self.retry_all, self.done_button):
            push.setAutoDefault(False)
            push.setAccessibleName(push.text())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.list.itemSelectionChanged.connect(self._selected)
        self.retry.clicked.connect(lambda: self.retry_asked.emit(self.chosen()))
        self.retry_all.clicked.connect(lambda: self.retry_asked.emit(()))
        self.reveal.clicked.connect(lambda: self.reveal_asked.emit(self.chosen()[0]))
        self.copy.clicked.connect(self._copy)
        self.done_button.clicked.connect(self.close)
        self.show_failures(())

    def show_failures(self, failures: Sequence[Failure]) -> None:
        """Replaces the list; what was chosen stays chosen."""
        chosen = set(self.chosen())
        self.list.clear()
        items = []
        for failure in failures:
            reason = wording.shown(failure.reason)
            item = QTreeWidgetItem([wording.name_of(failure.path), reason])
            item.setData(0, PATH, failure.path)
            item.setToolTip(0, wording.shown(str(failure.path)))
            item.setToolTip(1, reason)
            items.append(item)
        self.list.addTopLevelItems(items)
        for item in items:
            item.setSelected(item.data(0, PATH) in chosen)
        files = wording.files(len(failures))
        self.head.setText(
            f"{files} could not be indexed. All others are searchable."
            if failures
            else "Nothing failed."
        )
        self.retry_all.setEnabled(bool(failures))
        self.copy.setEnabled(bool(failures))
        self._selected()

    def chosen(self) -> tuple[Path, ...]:
        """The chosen files."""
        return tuple(item.data(0, PATH) for item in self.list.selectedItems())

    def _selected(self) -> None:
        self.retry.setEnabled(bool(self.chosen()))
        self.reveal.setEnabled(len(self.chosen()) == 1)

    def _copy(self) -> None:
        rows = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        lines = (f"{item.toolTip(0)}\t{item.text(1)}" for item in rows if item)
        QGuiApplication.clipboard().setText("\n".join(lines))
