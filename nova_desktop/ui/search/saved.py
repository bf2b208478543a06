"""The list of saved searches, under the folders: a click asks again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import named, sized
from nova_desktop.ui.look.words import number, tr, trn
from nova_desktop.ui.search.rows import COUNT, ICON, CountRow

if TYPE_CHECKING:
    from nova_desktop.query import SavedSearch

ROWS = 8  # seen without scrolling
NAME = Qt.ItemDataRole.UserRole  # as it is kept


class _List(QListWidget):
    entered_on = Signal()
    forget_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if editing:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered_on.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.forget_asked.emit()
        else:
            super().keyPressEvent(event)


class SavedPane(QFrame):
    """Hidden while nothing is saved. F2 renames, Delete forgets."""

    asked = Signal(object)  # SavedSearch
    renamed = Signal(str, str)  # from, to
    forget_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._searches: Sequence[SavedSearch] = ()
        self.list = named(_List(), tr("Saved", "Saved searches"))
        self.list.setItemDelegate(CountRow(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.list.setMouseTracking(True)
        head = sized(QLabel(tr("Saved", "Saved searches")), 1.0, bold=True)
        head.setContentsMargins(16, 8, 8, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(head)
        inner = QVBoxLayout()
        inner.setContentsMargins(8, 0, 8, 0)
        inner.addWidget(self.list)
        column.addLayout(inner)
        self.list.itemClicked.connect(self._ask)
        self.list.entered_on.connect(lambda: self._ask(self.list.currentItem()))
        self.list.forget_asked.connect(self._forget)
        self.list.itemChanged.connect(self._renamed)
        self.list.customContextMenuRequested.connect(self._menu)
        self.hide()

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """In their order; the chosen one stays chosen while it is there."""
        from nova_desktop.ui.search.chip import name_of  # not before the first paint

        before = self.name()
        self._searches = searches
        self.list.blockSignals(True)
        self.list.clear()
        for one in searches:
            item = QListWidgetItem(wording.shown(one.name))
            item.setData(NAME, one.name)
            item.setData(ICON, "star")
            item.setData(COUNT, number(one.new) if one.new else "")
            if one.new:
                name = wording.shown(one.name)
                said = trn("Saved", "{name}, {n} new", None, one.new, name=name)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            parts = ", ".join(name_of(part) for part in one.parts)
            item.setToolTip(" + ".join(filter(None, (parts, wording.shown(one.text)))))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
            if one.name == before:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.setVisible(bool(searches))
        if searches:
            row = self.list.sizeHintForRow(0)
            self.list.setFixedHeight(row * min(ROWS, len(searches)) + 2)

    def name(self) -> str:
        """Of the chosen one; "" for none."""
        item = self.list.currentItem()
        return str(item.data(NAME)) if item else ""

    def choose(self, name: str) -> None:
        """Shows which one is being asked; "" for none."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        for row in range(self.list.count()):
            if self.list.item(row).data(NAME) == name:
                self.list.setCurrentRow(row)
        self.list.blockSignals(False)

    def _ask(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.asked.emit(self._searches[self.list.row(item)])

    def _forget(self) -> None:
        if name := self.name():
            self.forget_asked.emit(name)

    def _renamed(self, item: QListWidgetItem) -> None:
        before, now = str(item.data(NAME)), item.text().strip()
        if now and now != before:
            self.renamed.emit(before, now)
        elif not now:
            item.setText(before)

    def _menu(self, at: QPoint) -> None:
        item = self.list.itemAt(at)
        if item is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Saved", "Search"), lambda: self._ask(item))
        menu.addAction(tr("Saved", "Rename\tF2"), lambda: self.list.editItem(item))
        menu.addAction(tr("Saved", "Forget…\tDel"), self._forget)
        menu.popup(self.list.viewport().mapToGlobal(at))
