"""The page of all watched folders: what each is doing, in full, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.kinds import FolderState
from nova_desktop.model import Folder
from nova_desktop.ui import wording
from nova_desktop.ui.folders import said
from nova_desktop.ui.folders.parts import push
from nova_desktop.ui.look.labels import OneLine, named, sized, wrapped
from nova_desktop.ui.look.words import tr

PATH = Qt.ItemDataRole.UserRole
WIDE = 480  # pixels
RESTING = (FolderState.PAUSED, FolderState.SCHEDULED)


class FoldersPage(QWidget):
    """Asks for changes by signals, each with the folder's Path."""

    add_asked = Signal()
    rescan_asked = Signal(object)
    pause_asked = Signal(object)
    resume_asked = Signal(object)
    rules_asked = Signal(object)
    relocate_asked = Signal(object)
    remove_asked = Signal(object)
    reveal_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._folders: Sequence[Folder] = ()
        self.list = named(QTreeWidget(), tr("Folders", "Watched folders"))
        self.list.setHeaderLabels(
            [
                tr("Folders", "Folder"),
                tr("Folders", "State"),
                tr("Folders", "Files"),
                tr("Folders", "Size"),
            ]
        )
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.list.header()
        header.setAccessibleName(tr("Folders", "Columns of the list"))
        header.setStretchLastSection(False)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column in (2, 3):
            self.list.headerItem().setTextAlignment(column, right)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 220), (2, 100), (3, 100)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        self.name = OneLine(elide=Qt.TextElideMode.ElideMiddle)
        sized(self.name, 1.1, bold=True)
        self.path = OneLine(muted=True, elide=Qt.TextElideMode.ElideMiddle)
        self.counts = wrapped(at_least=WIDE)
        self.note = wrapped(muted=True, at_least=WIDE)
        self.add = push(tr("Folders", "Add a folder…"))
        self.rescan = push(tr("Folders", "Look for changes"))
        self.pause = push(tr("Folders", "Pause this folder"))
        self.rules = push(tr("Folders", "Rules…"))
        self.relocate = push(tr("Folders", "Relocate…"))
        self.relocate.setToolTip(
            tr(
                "Folders",
                "Say where the folder is now, if it was moved or its drive has a new name",
            )
        )
        self.reveal = push(tr("Folders", "Show in file manager"))
        self.remove = push(tr("Folders", "Remove…"))
        self._lay_out()
        self.list.currentItemChanged.connect(self._chose)
        self.list.customContextMenuRequested.connect(self._menu)
        self.add.clicked.connect(self.add_asked)
        self.pause.clicked.connect(self._toggle)
        for button, signal in (
            (self.rescan, self.rescan_asked),
            (self.rules, self.rules_asked),
            (self.relocate, self.relocate_asked),
            (self.reveal, self.reveal_asked),
            (self.remove, self.remove_asked),
        ):
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(self.chosen()))
        self._chose()

    def show_folders(self, folders: Sequence[Folder]) -> None:
        """The chosen one stays chosen while it is there."""
        before = self.chosen()
        self._folders = folders
        self.list.blockSignals(True)
        while self.list.topLevelItemCount() > len(folders):
            self.list.takeTopLevelItem(self.list.topLevelItemCount() - 1)
        for row, folder in enumerate(folders):
            item = self.list.topLevelItem(row) or QTreeWidgetItem(self.list)
            files = f"{sum(folder.counts.values()):,}"
            texts = (wording.name_of(folder.path), said.state(folder), files, "")
            for column, text in enumerate(texts):
                item.setText(column, text)
            item.setText(3, wording.size(folder.bytes))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            for column in (2, 3):
                item.setTextAlignment(column, right)
            item.setData(0, PATH, folder.path)
            item.setToolTip(0, wording.shown(str(folder.path)))
        self.list.blockSignals(False)
        self.choose(before)

    def choose(self, path: Path | None) -> None:
        """As if it were clicked; the first folder where there is no such one."""
        items = [self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount())]
        wanted = next((it for it in items if it and it.data(0, PATH) == path), None)
        first = items[0] if items else None
        if (item := wanted or first) is not None and item is not self.list.currentItem():
            self.list.setCurrentItem(item)
        self._chose()

    def chosen(self) -> Path | None:
        item = self.list.currentItem()
        path = item.data(0, PATH) if item else None
        return path if isinstance(path, Path) else None

    def folder(self) -> Folder | None:
        """The chosen one."""
        path = self.chosen()
        return next((it for it in self._folders if it.path == path), None)

    def _chose(self) -> None:
        folder = self.folder()
        for button in (
            self.rescan,
            self.pause,
            self.rules,
            self.relocate,
            self.reveal,
            self.remove,
        ):
            button.setEnabled(folder is not None)
        for part in (self.name, self.path, self.note):
            part.setVisible(folder is not None)
        if folder is None:
            self.counts.setText(
                tr("Folders", "No folder is watched yet. Add one, and what is in it can be found.")
            )
            return
        self.name.say(wording.name_of(folder.path))
        self.path.say(wording.shown(str(folder.path)))
        self.counts.setText(f"{said.total(folder)}: {said.counts(folder)}")
        parts = [said.state(folder), wording.size(folder.bytes), said.looked(folder)]
        parts += [said.cost(folder)] if said.cost(folder) else []
        if folder.note and folder.state in (FolderState.UNREADABLE, FolderState.PAUSED):
            parts.append(wording.shown(folder.note))
        self.note.setText(" · ".join(parts))
        reachable = folder.state not in (FolderState.OFFLINE, FolderState.UNREADABLE)
        self.reveal.setEnabled(reachable)
        self.rescan.setEnabled(folder.state is not FolderState.SCANNING)
        if folder.state is FolderState.SCHEDULED:
            text = tr("Folders", "Index now")
        elif folder.state is FolderState.PAUSED:
            text = tr("Folders", "Resume this folder")
        else:
            text = tr("Folders", "Pause this folder")
        self.pause.setText(text)
        self.pause.setAccessibleName(text)

    def _toggle(self) -> None:
        if folder := self.folder():
            resumes = folder.state in RESTING
            (self.resume_asked if resumes else self.pause_asked).emit(folder.path)

    def _menu(self, at: object) -> None:
        if self.folder() is None:
            return
        menu = QMenu(self)
        for button in self._buttons():
            action = menu.addAction(button.text(), button.click)
            action.setEnabled(button.isEnabled())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(at))  # type: ignore[call-overload]  # a QPoint, from a signal without types

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.rescan, self.pause, self.rules, self.relocate, self.reveal, self.remove

    def _lay_out(self) -> None:
        rows = [QHBoxLayout(), QHBoxLayout()]
        for row in rows:
            row.setSpacing(8)
        for button in (self.rescan, self.pause, self.rules):
            rows[0].addWidget(button)
        rows[0].addStretch(1)
        rows[0].addWidget(self.add)
        for button in (self.relocate, self.reveal, self.remove):
            rows[1].addWidget(button)
        rows[1].addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addSpacing(8)
        for part in (self.name, self.path, self.counts, self.note):
            column.addWidget(part)
        column.addSpacing(8)
        for row in rows:
            column.addLayout(row)
