"""The page of what is being indexed now and what comes next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QProgressBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.folders import Queue, UnderWay
from nova_desktop.ui import wording
from nova_desktop.ui.folders import said
from nova_desktop.ui.folders.parts import push
from nova_desktop.ui.look.labels import named, sized, wrapped
from nova_desktop.ui.look.words import tr, trn

PATH = Qt.ItemDataRole.UserRole
STEPS = 1000  # of a bar
WIDE = 400  # pixels


class ActivityPage(QWidget):
    """Asks for changes by signals."""

    pause_asked = Signal()
    resume_asked = Signal()
    cancel_asked = Signal(object)  # tuple[Path, ...]

    def __init__(self) -> None:
        super().__init__()
        self._paused = ""
        self.head = sized(wrapped(at_least=WIDE), 1.1, bold=True)
        self.line = wrapped(muted=True, at_least=WIDE)
        self.bar = named(QProgressBar(textVisible=False), tr("Activity", "Indexing"))
        self.bar.setRange(0, STEPS)
        self.bar.setFixedHeight(8)
        self.toggle = push(tr("Activity", "Pause"))
        self.active = named(QTreeWidget(), tr("Activity", "Files being indexed"))
        self.active.setHeaderLabels(
            [tr("Activity", "File"), tr("Activity", "Step"), tr("Activity", "Done")]
        )
        self.active.setRootIsDecorated(False)
        self.active.setUniformRowHeights(True)
        self.active.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.active.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.active.header()
        header.setAccessibleName(tr("Activity", "Columns of the list"))
        header.setStretchLastSection(False)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.active.headerItem().setTextAlignment(2, right)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 190), (2, 80)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        self.cancel = push(tr("Activity", "Cancel this file"))
        self.cancel.setToolTip(
            tr("Activity", "It is left for later, and is found among the failures until then")
        )
        self.next_head = sized(QLabel(), 1.0, bold=True)
        self.next = named(QListWidget(), tr("Activity", "Files that come next"))
        self.next.setProperty("framed", True)
        self.next.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.next.setUniformItemSizes(True)
        self.next.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.by_folder = wrapped(muted=True, at_least=WIDE)
        self._lay_out()
        self.toggle.clicked.connect(self._toggle)
        self.cancel.clicked.connect(lambda: self.cancel_asked.emit(self.chosen()))
        self.active.itemSelectionChanged.connect(self._chose)
        self.next.itemSelectionChanged.connect(self._chose)
        self.show_queue(Queue((), 0, (), ()))

    def chosen(self) -> tuple[Path, ...]:
        """Chosen files, of both lists."""
        items = [item.data(0, PATH) for item in self.active.selectedItems()]
        return (*items, *(item.data(PATH) for item in self.next.selectedItems()))

    def show_queue(self, queue: Queue) -> None:
        """What was chosen stays chosen while it is there."""
        self._paused = queue.paused
        busy = bool(queue.active or queue.waiting)
        if queue.paused and busy:
            head = tr("Activity", "Indexing is paused")
        elif busy:
            waiting = trn("Activity", "{n} file(s) to go", None, queue.waiting)
            left = said.left(queue.eta_s)
            head = f"{waiting} · {left}" if left else waiting
        else:
            head = tr("Activity", "Nothing waits to be indexed")
        self.head.setText(head)
        quiet = tr("Activity", "New and changed files are indexed as soon as they appear.")
        reading = tr("Activity", "How long it takes is known once some of each kind are read.")
        going = "" if queue.eta_s is not None or queue.paused else reading
        self.line.setText(wording.shown(queue.paused) or (going if busy else quiet))
        self.line.setVisible(bool(self.line.text()))
        self.bar.setVisible(busy)
        self.bar.setValue(round(queue.share * STEPS))
        self.toggle.setText(tr("Activity", "Resume") if queue.paused else tr("Activity", "Pause"))
        self.toggle.setAccessibleName(self.toggle.text())
        self.toggle.setVisible(busy or bool(queue.paused))
        self._show_active(queue.active)
        self._show_next(queue)

    def _show_active(self, active: tuple[UnderWay, ...]) -> None:
        while self.active.topLevelItemCount() > len(active):
            self.active.takeTopLevelItem(self.active.topLevelItemCount() - 1)
        chosen = set(self.chosen())
        self.active.blockSignals(True)
        for row, one in enumerate(active):
            item = self.active.topLevelItem(row) or QTreeWidgetItem(self.active)
            step = tr(*said.STEPS[one.step])
            item.setText(0, wording.name_of(one.path))
            item.setToolTip(0, wording.shown(str(one.path)))
            item.setText(1, f"{step} · {one.engine}" if one.engine else step)
            item.setText(2, f"{one.share:.0%}" if one.share else "")
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(0, PATH, one.path)
            item.setSelected(one.path in chosen)
        self.active.blockSignals(False)
        self._chose()

    def _show_next(self, queue: Queue) -> None:
        names = [wording.shown(str(path)) for path in queue.next]
        if [self.next.item(row).text() for row in range(self.next.count())] != names:
            chosen = set(self.chosen())
            self.next.clear()
            self.next.addItems(names)
            for row, path in enumerate(queue.next):
                self.next.item(row).setData(PATH, path)
                self.next.item(row).setSelected(path in chosen)
        self.next_head.setText(
            tr("Activity", "Next") if queue.next else tr("Activity", "Nothing else waits")
        )
        self.next.setVisible(bool(queue.next))
        self.next_head.setVisible(bool(queue.active or queue.next))
        parts = [
            tr("Activity", "{folder}: {number}", folder=wording.name_of(path), number=f"{n:,}")
            for path, n in queue.by_folder
        ]
        self.by_folder.setText(" · ".join(parts))
        self.by_folder.setVisible(len(parts) > 1)

    def _chose(self) -> None:
        chosen = len(self.chosen())
        self.cancel.setEnabled(chosen > 0)
        self.cancel.setText(
            trn("Activity", "Cancel {n} file(s)", None, chosen)
            if chosen > 1
            else tr("Activity", "Cancel this file")
        )

    def _toggle(self) -> None:
        (self.resume_asked if self._paused else self.pause_asked).emit()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.head, 1)
        top.addWidget(self.toggle)
        foot = QHBoxLayout()
        foot.addWidget(self.by_folder, 1)
        foot.addStretch(0)  # in its place while it is hidden
        foot.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(self.line)
        column.addWidget(self.active, 2)
        column.addSpacing(8)
        column.addWidget(self.next_head)
        column.addWidget(self.next, 3)
        column.addLayout(foot)
