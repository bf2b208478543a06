"""The pane on the left: the watched folders with their state, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.kinds import FolderState
from nova_desktop.ui import wording
from nova_desktop.ui.look.icons import IconButton, pixmap
from nova_desktop.ui.look.labels import named, sized
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.look.words import tr

if TYPE_CHECKING:
    from nova_desktop.model import Folder

PATH = Qt.ItemDataRole.UserRole
LINE = PATH + 1  # the muted second line
ICON = PATH + 2
ICONS = {
    FolderState.OFFLINE: "warning",
    FolderState.UNREADABLE: "warning",
    FolderState.PAUSED: "pause",
    FolderState.SCHEDULED: "pause",
}


class FolderPane(QFrame):
    """Asks for changes by signals; shows what the library's status says."""

    chosen = Signal()  # another folder, or all
    add_asked = Signal()
    rescan_asked = Signal()
    remove_asked = Signal(object)  # Path
    reveal_asked = Signal(object)  # Path
    folder_asked = Signal(str, object)  # "rescan", "pause", "resume", "rules", "relocate"; Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setMinimumWidth(180)
        self.add = IconButton("folder-add", tr("Folders", "Add a folder (Ctrl+O)"))
        self.rescan = IconButton("rescan", tr("Folders", "Look for changes in all folders (F5)"))
        self.remove = IconButton(
            "remove", tr("Folders", "Remove the chosen folder from the library")
        )
        self.list = named(QListWidget(), tr("Folders", "Folders"))
        self.list.setItemDelegate(_Row(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setUniformItemSizes(True)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 8, 6)
        head.setSpacing(2)
        head.addWidget(sized(QLabel(tr("Folders", "Folders")), 1.0, bold=True), 1)
        for widget in (self.remove, self.rescan, self.add):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self._folders: Sequence[Folder] = ()
        self.list.currentItemChanged.connect(self._changed)
        self.list.customContextMenuRequested.connect(self._menu)
        self.add.clicked.connect(self.add_asked)
        self.rescan.clicked.connect(self.rescan_asked)
        self.remove.clicked.connect(self.ask_to_remove)
        self.remove.setEnabled(False)

    def show_folders(self, folders: Sequence[Folder]) -> None:
        """All and each folder; the chosen one stays chosen while it is there."""
        before = self.path()
        self._folders = folders
        self.list.blockSignals(True)
        rows: list[tuple[Path | None, str, str, str]] = [
            (None, tr("Folders", "All folders"), wording.all_folders(folders), "all")
        ]
        for it in folders:
            name = wording.name_of(it.path)
            rows.append((it.path, name, wording.folder(it), ICONS.get(it.state, "folder")))
        while self.list.count() > len(rows):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(rows):
            self.list.addItem(QListWidgetItem())
        current = 0
        for number, (path, name, line, icon) in enumerate(rows):
            item = self.list.item(number)
            item.setText(name)
            item.setData(PATH, path)
            item.setData(LINE, line)
            item.setData(ICON, icon)
            item.setToolTip(wording.shown(str(path)) if path else "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {line}")
            if path == before:
                current = number
        self.list.setCurrentRow(current)
        self.list.blockSignals(False)
        self.remove.setEnabled(self.path() is not None)
        if self.path() != before:
            self.chosen.emit()

    def path(self) -> Path | None:
        """The chosen folder; None for all."""
        item = self.list.currentItem()
        path = item.data(PATH) if item else None
        return path if isinstance(path, Path) else None

    def choose(self, path: Path | None) -> None:
        """Shows which folder is searched, without telling of it; all for one that is not here."""
        rows = [self.list.item(row).data(PATH) for row in range(self.list.count())]
        self.list.blockSignals(True)
        self.list.setCurrentRow(rows.index(path) if path in rows else 0)
        self.list.blockSignals(False)
        self.remove.setEnabled(self.path() is not None)

    def ask_to_remove(self) -> None:
        """The window asks back before it removes anything."""
        if path := self.path():
            self.remove_asked.emit(path)

    def _changed(self) -> None:
        self.remove.setEnabled(self.path() is not None)
        self.chosen.emit()

    def _menu(self, at: QPoint) -> None:
        item = self.list.itemAt(at)
        path = item.data(PATH) if item else None
        menu = QMenu(self)
        if isinstance(path, Path):
            for text, verb in self._verbs(path):
                menu.addAction(text, partial(self.folder_asked.emit, verb, path))
            menu.addAction(
                tr("Folders", "Show in the file manager"), lambda: self.reveal_asked.emit(path)
            )
            menu.addAction(
                tr("Folders", "Remove from the library…"), lambda: self.remove_asked.emit(path)
            )
            menu.addSeparator()
        menu.addAction(tr("Folders", "Add a folder…"), self.add_asked.emit)
        menu.addAction(tr("Folders", "Look for changes in all"), self.rescan_asked.emit)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _verbs(self, path: Path) -> list[tuple[str, str]]:
        """What can be done with a folder, and its name for `folder_asked`."""
        state = next((it.state for it in self._folders if it.path == path), None)
        rests = {
            FolderState.PAUSED: (tr("Folders", "Resume this folder"), "resume"),
            FolderState.SCHEDULED: (tr("Folders", "Index now"), "resume"),
        }
        return [
            (tr("Folders", "Look for changes"), "rescan"),
            rests.get(state, (tr("Folders", "Pause this folder"), "pause")),  # type: ignore[arg-type]  # None is no key of it
            (tr("Folders", "Rules…"), "rules"),
            (tr("Folders", "Relocate…"), "relocate"),
        ]


class _Row(QStyledItemDelegate):
    """An icon, a name, and a muted line."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, 2 * QFontMetrics(option.font).height() + 18)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        from PySide6.QtWidgets import QStyle  # its enums cost 8 ms, and at first there is no row

        tone = tones()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(8, 1, -8, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(tone.accent), 1) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tone.selected if selected else tone.hover))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        name = str(index.data(ICON))
        color = tone.warning if name == "warning" else tone.accent if selected else tone.muted
        shape = pixmap(name, color, 20, painter.device().devicePixelRatioF())
        place = QRect(box.x() + 9, box.center().y() - 9, 20, 20)
        painter.drawPixmap(QStyle.visualRect(option.direction, box, place).topLeft(), shape)
        height = option.fontMetrics.height()
        line = QRect(box.x() + 38, box.center().y() - height, box.width() - 46, height)
        line = QStyle.visualRect(option.direction, box, line)
        text = option.fontMetrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideMiddle, line.width()
        )
        painter.setFont(option.font)
        painter.setPen(QColor(tone.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        line.translate(0, height + 2)
        small = QFont(option.font)
        small.setPointSizeF(small.pointSizeF() * 0.9)
        painter.setFont(small)
        painter.setPen(QColor(tone.muted))
        text = QFontMetrics(small).elidedText(
            str(index.data(LINE)), Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
