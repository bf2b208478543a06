"""The list under the search box: how the line could go on, or what was asked before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.ui.look.labels import OneLine, named
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.search.rows import COUNT, ICON, SMALL, CountRow

WIDEST = 640  # points
AT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Choice:
    """A row, and what happens when it is taken."""

    says: str
    take: Callable[[], object]
    means: str = ""
    end: str = ""
    icon: str = ""


class Proposed(QFrame):
    """Never has the focus: the line stays in use, and hands on the keys that are for the list."""

    def __init__(self, window: QWidget, under: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._under = under
        self._choices: Sequence[Choice] = ()
        self.setObjectName("popup")
        self.list = named(QListWidget(), tr("Search", "Proposals"))
        self.list.setItemDelegate(CountRow(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hint = OneLine(muted=True)
        self.hint.setContentsMargins(8, 0, 8, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.list)
        column.addWidget(self.hint)
        self.list.itemClicked.connect(lambda item: self._take(self.list.row(item)))
        self.list.entered.connect(self._over)
        window.installEventFilter(self)
        under.installEventFilter(self)
        self.hide()

    def offer(self, choices: Sequence[Choice], hint: str) -> None:
        """Shows these; hides itself where there are none."""
        self._choices = choices
        self.list.clear()
        for at, choice in enumerate(choices):
            item = QListWidgetItem(choice.says)
            item.setData(AT, at)
            item.setData(SMALL, choice.means)
            item.setData(COUNT, choice.end)
            item.setData(ICON, choice.icon)
            said = ", ".join(filter(None, (choice.says, choice.means, choice.end)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self.list.addItem(item)
        self.list.setCurrentRow(-1)
        self.hint.say(hint)
        self.hint.setVisible(bool(hint))
        if not choices:
            self.hide()
            return
        self.list.setFixedHeight(self.list.sizeHintForRow(0) * len(choices) + 2)
        self._place()
        self.show()
        self.raise_()

    def says(self) -> list[str]:
        """What the rows say, while they are shown."""
        return [choice.says for choice in self._choices] if self.isVisible() else []

    def take(self, key: int) -> bool:
        """What the line does with a key first; True when it was for the list."""
        if not self.isVisible():
            return False
        row = self.list.currentRow()
        match key:
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if key == Qt.Key.Key_Down else -1
                # One stop on the way round is the line itself, with nothing chosen.
                rows = len(self._choices) + 1
                self.list.setCurrentRow((row + 1 + step) % rows - 1)
                self._speak()
            case Qt.Key.Key_Escape:
                self.hide()
            case Qt.Key.Key_Tab:
                self._take(max(row, 0))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if row >= 0:
                self._take(row)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.hide()
                return False
            case _:
                return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible():
            kind = event.type()
            if kind in (QEvent.Type.Resize, QEvent.Type.Move):
                self._place()
            elif kind == QEvent.Type.WindowDeactivate:
                self.hide()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        width = min(self._under.width(), WIDEST)
        self.setFixedWidth(width)
        self.adjustSize()
        skip = self._under.width() - width if self.isRightToLeft() else 0
        self.move(self._under.mapTo(self._window, QPoint(skip, self._under.height() + 4)))

    def _take(self, row: int) -> None:
        choice = self._choices[row]
        self.hide()
        choice.take()

    def _over(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)

    def _speak(self) -> None:
        """The focus stays in the line, so a screen reader is told of the row."""
        if item := self.list.currentItem():
            said = str(item.data(Qt.ItemDataRole.AccessibleTextRole))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, said))
