"""The small windows under the chips of the filter row: lists of values with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import named, wrapped
from nova_desktop.ui.look.words import number, tr, trn
from nova_desktop.ui.search.rows import COUNT, ICON, SMALL, CountRow

LONG = 10  # values: more have a field to search among them
MOST = 200  # values shown at once; the field narrows them
ROWS = 9  # seen without scrolling
VALUE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Value:
    """One that can be chosen."""

    value: object
    text: str
    count: int | None = None  # files that have it
    small: str = ""  # where a folder is


class Popup(QFrame):
    """Closes by itself when something else is clicked, or by Esc."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 8, 8, 8)
        self.column.setSpacing(8)


class Values(QWidget):
    """A list of values, of which one or several are chosen; long ones can be searched."""

    chosen = Signal(object)  # tuple of values: all that are chosen now
    done = Signal()  # one was taken, or Enter: the list may close

    def __init__(
        self,
        title: str,
        values: Sequence[Value],
        chosen: Sequence[object],
        several: bool,
        empty: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values = values
        self._chosen = list(chosen)
        self._several = several
        self.field = named(QLineEdit(), tr("Filters", "Search in this list"))
        self.field.setPlaceholderText(tr("Filters", "Search"))
        self.field.setProperty("field", True)
        self.field.setClearButtonEnabled(True)
        if len(values) <= LONG:
            self.field.hide()  # shown, it would be a window of its own until it is laid out
        self.list = named(QListWidget(), title)
        self.list.setItemDelegate(CountRow(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.nothing = wrapped(empty, muted=True)
        self.nothing.setContentsMargins(8, 8, 8, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.field, self.list, self.nothing):
            column.addWidget(widget)
        self.setMinimumWidth(280)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(self._take)
        self._fill()
        row = self.list.sizeHintForRow(0) if values else 0
        self.list.setFixedHeight(max(1, min(ROWS, len(values))) * row + 2)
        self.list.setVisible(bool(values))

    def focus(self) -> None:
        """Where typing makes sense at first."""
        (self.list if self.field.isHidden() else self.field).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        item = self.list.currentItem()
        if watched is self.field and event.key() == Qt.Key.Key_Down:
            self.list.setFocus()
            return True
        if watched is self.list and event.key() == Qt.Key.Key_Up and not self.list.currentRow():
            self.field.setFocus()
            return True
        if watched is self.list and event.key() == Qt.Key.Key_Space and item:
            self._take(item)
            return True
        if enter and item:
            if not self._several or watched is self.field:
                self._take(item)
            if watched is self.list:
                self.done.emit()
            return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        wanted = self.field.text().casefold().split()
        fitting = [
            it
            for it in self._values
            if all(word in f"{it.text} {it.small}".casefold() for word in wanted)
        ]
        # Those that are chosen first: they are what one may want to take away.
        fitting.sort(key=lambda it: it.value not in self._chosen)
        self.list.clear()
        for it in fitting[:MOST]:
            text, small = wording.shown(it.text), wording.shown(it.small)
            item = QListWidgetItem(text)
            item.setData(VALUE, it.value)
            item.setData(COUNT, "" if it.count is None else number(it.count))
            item.setData(SMALL, small)
            item.setData(ICON, "circle" if self._several else "")
            said = "" if it.count is None else trn("Filters", "{n} file(s)", None, it.count)
            spoken = ", ".join(filter(None, (text, small, said)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setToolTip(small)
            on = Qt.CheckState.Checked if it.value in self._chosen else Qt.CheckState.Unchecked
            item.setCheckState(on)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        more = len(fitting) - MOST
        self.nothing.setVisible(not fitting or more > 0)
        if more > 0:
            self.nothing.setText(trn("Filters", "{n} more: type to find them.", None, more))
        elif self._values:
            self.nothing.setText(tr("Filters", "None is called so."))

    def _take(self, item: QListWidgetItem) -> None:
        value = item.data(VALUE)
        was = value in self._chosen
        if not self._several:
            self._chosen.clear()
        elif was:
            self._chosen.remove(value)
        if not was:
            self._chosen.append(value)
        for row in range(self.list.count()):
            one = self.list.item(row)
            on = one.data(VALUE) in self._chosen
            one.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.chosen.emit(tuple(self._chosen))
        if not self._several:
            self.done.emit()
