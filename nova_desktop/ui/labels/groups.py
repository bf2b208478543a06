"""The page of groups of files that are like one another: seen, searched for, made an album of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from nova_desktop.labels import Cluster, Clusters
from nova_desktop.ui import wording
from nova_desktop.ui.folders.parts import push
from nova_desktop.ui.labels import said
from nova_desktop.ui.labels.pictured import KEPT, PicturedList
from nova_desktop.ui.look.labels import named, wrapped
from nova_desktop.ui.look.words import tr, trn
from nova_desktop.ui.results.undo import Step

if TYPE_CHECKING:
    from nova_desktop.ui.labels.asking import LabelAsking

LOOK_MS = 300  # between two looks at how far it is
COVERS = 4  # pictures of a group


class GroupsPage(QWidget):
    """For the Qt thread. What is made of a group can be taken back."""

    alike_asked = Signal(object)  # Cluster
    album_asked = Signal(str)  # its name, to be searched for
    made = Signal(str, object)  # what was done, and the Step that takes it back
    changed = Signal()  # labels and saved searches did

    def __init__(self, asking: LabelAsking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asking = asking
        self.said = wrapped(muted=True, at_least=400)
        self.list = PicturedList(tr("Labels", "Groups"), COVERS)
        self.show_group = push(tr("Labels", "Show the group"))
        self.again = push(tr("Labels", "Look again"))
        self.album = named(QLineEdit(), tr("Labels", "Name of the album"))
        self.album.setPlaceholderText(tr("Labels", "Name of the album"))
        self.album.setProperty("field", True)
        self.album.setMinimumHeight(30)
        self.keep = push(tr("Labels", "Make an album"))
        self.keep.setToolTip(
            tr("Labels", "Its files get a label of this name, and a search for it is saved.")
        )
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(lambda: self.ask(again=False))
        self._lay_out()
        self.list.currentItemChanged.connect(lambda *_: self._chose())
        self.list.itemActivated.connect(lambda _: self._show())
        self.list.wanted.connect(lambda path: asking.picture(path, self.list))
        self.show_group.clicked.connect(self._show)
        self.again.clicked.connect(lambda: self.ask(again=True))
        self.keep.clicked.connect(self._keep)
        self.album.returnPressed.connect(self._keep)
        self.album.textChanged.connect(lambda _: self._enable())
        self._chose()

    def ask(self, again: bool) -> None:
        """What groups there are; `again`: looks for them anew."""
        self._asking.start("groups", lambda it: it.clusters(again), self._come)

    def stop(self) -> None:
        """Nobody waits any more."""
        self._timer.stop()

    def group(self) -> Cluster | None:
        """The chosen one."""
        item = self.list.currentItem()
        found = item.data(KEPT) if item else None
        return found if isinstance(found, Cluster) else None

    def _come(self, found: Clusters) -> None:
        if not found.done:
            self._timer.start()
            share = str(round(found.share * 100))
            self.said.setText(tr("Labels", "Looking for groups… {share} %", share=share))
            return
        self._timer.stop()
        self.list.clear()
        for one in found.clusters:
            text = f"{said.name(one)}\n{wording.files(one.count)}"
            names = "\n".join(wording.name_of(cover) for cover in one.covers)
            item = self.list.add(text, one, one.covers, names)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, text.replace("\n", ", "))
        self.list.setCurrentRow(0)
        none = tr("Labels", "No files are so much like one another that they make a group.")
        alone = trn("Labels", "{n} file(s) are in none.", None, found.alone) if found.alone else ""
        self.said.setText(alone if found.clusters else none)
        self._chose()

    def _chose(self) -> None:
        group = self.group()
        self.album.setText(said.name(group) if group else "")
        self._enable()

    def _enable(self) -> None:
        group = self.group()
        self.show_group.setEnabled(group is not None)
        self.album.setEnabled(group is not None)
        self.keep.setEnabled(group is not None and bool(self.album.text().strip()))

    def _show(self) -> None:
        if group := self.group():
            self.alike_asked.emit(group)

    def _keep(self) -> None:
        group, name = self.group(), " ".join(self.album.text().split())
        if group is None or not name:
            return

        def back() -> None:
            self._asking.start("keep", lambda it: it.drop_album(name), lambda _: self._changed())

        def done(count: int) -> None:
            shown = wording.shown(name)
            text = trn("Labels", "The album {name} has {n} file(s).", None, count, name=shown)
            self._changed()
            self.made.emit(text, Step(text, back))
            self.album_asked.emit(name)

        self._asking.start("keep", lambda it: it.keep_group(group.key, name), done)

    def _changed(self) -> None:
        self.changed.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.show_group)
        row.addWidget(self.again)
        row.addSpacing(16)
        row.addWidget(self.album, 1)
        row.addWidget(self.keep)
        column.addLayout(row)
