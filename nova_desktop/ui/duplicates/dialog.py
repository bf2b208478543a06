"""The dialog that reviews what there is more than once, group by group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.duplicates import Copy, Duplicates, Group, Same
from nova_desktop.errors import ExpectedError, Lost
from nova_desktop.ui.duplicates import said
from nova_desktop.ui.duplicates.cards import PICTURE, Cards
from nova_desktop.ui.duplicates.deciding import Deciding
from nova_desktop.ui.duplicates.groups import Groups
from nova_desktop.ui.duplicates.looking import Looking, Seen
from nova_desktop.ui.folders.parts import push
from nova_desktop.ui.look.labels import OneLine, named, wrapped
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import tr, trn
from nova_desktop.ui.notice import Notice
from nova_desktop.ui.results.undo import Step, Undo
from nova_desktop.ui.states import Message

if TYPE_CHECKING:
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.tasks import Tasks


class DuplicatesDialog(QDialog):
    """Not modal. Nothing is moved until the button for it is pressed, and that can be undone."""

    open_asked = Signal(object)  # Path
    reveal_asked = Signal(object)  # Path
    leaving = Signal(object)  # set[Path]: about to be moved, so nothing may hold them

    def __init__(self, tasks: Tasks, link: Link, undo: Undo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo = undo
        self._looking = Looking(tasks, link, self)
        self._deciding = Deciding(tasks, self._looking, undo, self)
        self._found = Duplicates()
        self.setWindowTitle(tr("Duplicates", "Duplicates"))
        self.resize(1080, 680)
        self.summary = OneLine()
        self.busy = named(QProgressBar(), tr("Duplicates", "How much is compared"))
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(6)
        self.stop = push(tr("Duplicates", "Stop"))
        self.again = push(tr("Duplicates", "Look again"))
        self.kinds = named(QComboBox(), tr("Duplicates", "Which groups are shown"))
        self.kinds.addItem(tr("Duplicates", "All groups"), None)
        for same in Same:
            self.kinds.addItem(said.SAME[same], same)
        self.groups = Groups(self)
        self.list = named(QListView(), tr("Duplicates", "Groups"))
        self.list.setObjectName("groups")
        self.list.setModel(self.groups)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.cards = Cards()
        self.about = wrapped(muted=True, at_least=300)
        self.nothing = Message("search")
        self.notice = Notice()
        self.throw = push("")
        self.throw.setProperty("primary", True)
        self.throw.setToolTip(
            tr("Duplicates", "To your system's trash. Undo brings them back; one is always kept.")
        )
        self.apart = push(tr("Duplicates", "Not duplicates"))
        self.done_button = push(tr("Duplicates", "Close"))
        self._lay_out()
        self._connect()
        self._choose()

    def show_page(self) -> None:
        """Opens it, and looks anew."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()
        self.look()

    def look(self) -> None:
        """Compares everything again."""
        self._looking.look()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._end()
        super().closeEvent(event)

    def reject(self) -> None:
        self._end()
        super().reject()

    def _end(self) -> None:
        if self._looking.under_way():
            self._stop()

    # What there is

    def _kind(self) -> Same | None:
        chosen = self.kinds.currentData()
        return None if chosen is None else Same(chosen)

    def _came(self, found: Duplicates) -> None:
        self._rest()
        self.groups.show_groups(found.groups, found.total)
        self._found = found
        self.summary.say(said.summary(found))
        if found.groups:
            self.list.setCurrentIndex(self.groups.index(0))
        else:
            self.nothing.say(
                tr("Duplicates", "Nothing is there twice"),
                tr("Duplicates", "Every picture, film, sound and document is there once."),
            )
        self._choose()

    def _say_busy(self, share: float) -> None:
        self.busy.setRange(0, 1000)
        self.busy.setValue(round(share * 1000))
        self.busy.show()
        self.stop.show()
        self.again.hide()
        self.kinds.setEnabled(False)
        self.summary.say(tr("Duplicates", "Comparing… {share} %", share=str(round(share * 100))))
        if not self.groups.rowCount():
            self.nothing.say(
                tr("Duplicates", "Comparing your files"),
                tr("Duplicates", "The first time takes longest. You can go on working."),
            )

    def _rest(self) -> None:
        self.busy.hide()
        self.stop.hide()
        self.again.show()
        self.kinds.setEnabled(True)

    def _stop(self) -> None:
        self._rest()
        self._looking.stop()
        self.summary.say(tr("Duplicates", "Stopped"))
        if not self.groups.rowCount():
            self.nothing.say(
                tr("Duplicates", "Nothing was compared to its end"),
                tr("Duplicates", "Look again to find what there is more than once."),
            )

    # The chosen group

    def _group(self) -> Group | None:
        return self.groups.group(self.list.currentIndex().row())

    def _choose(self) -> None:
        group = self._group()
        self.right.setCurrentWidget(self.shown if group else self.nothing)
        self.about.setText(said.ABOUT[group.same] if group else "")
        self.cards.show_group(group)
        self.apart.setEnabled(group is not None)

    def _count(self) -> None:
        leaving, keeps = self.cards.leaving(), self.cards.keeps_some()
        if leaving and not keeps:
            text = tr("Duplicates", "Keep one at least")
        elif not leaving:
            text = tr("Duplicates", "All are kept")
        else:
            text = trn("Duplicates", "Move {n} file(s) to the trash", None, len(leaving))
        self.throw.setText(text)
        self.throw.setAccessibleName(text)
        self.throw.setEnabled(bool(leaving) and keeps)

    def _picture(self, copy: Copy) -> None:
        def done(found: Seen) -> None:
            self.cards.show_seen(copy, found)

        self._looking.picture(copy, PICTURE * self.devicePixelRatioF(), done)

    # What is done with it

    def _throw(self) -> None:
        group, copies = self._group(), self.cards.leaving()
        if group is not None and copies and self.cards.keeps_some():
            self._deciding.throw(self.list.currentIndex().row(), group, copies)

    def _set_apart(self) -> None:
        if group := self._group():
            self._deciding.set_apart(self.list.currentIndex().row(), group)

    def _take(self, row: int) -> None:
        if group := self.groups.group(row):
            self._sum(group, -1)
        self.groups.remove(row)
        if count := self.groups.rowCount():
            self.list.setCurrentIndex(self.groups.index(min(row, count - 1)))
        else:
            self.nothing.say(tr("Duplicates", "All groups are reviewed"))
        self._choose()

    def _put(self, row: int, group: Group) -> None:
        if self.groups.row_of(group.copies[0].path) >= 0:
            return  # a look that ended meanwhile told of it
        self._sum(group, 1)
        self.groups.put(row, group)
        self.list.setCurrentIndex(self.groups.index(min(row, self.groups.rowCount() - 1)))

    def _sum(self, group: Group, count: int) -> None:
        spare = self._found.spare_bytes + count * group.spare_bytes
        self._found = replace(
            self._found, total=max(0, self._found.total + count), spare_bytes=max(0, spare)
        )
        self.summary.say(said.summary(self._found))

    def _offer(self, text: str, step: Step) -> None:
        self.notice.offer(text, tr("Duplicates", "Undo"), lambda: self._undo.undo(step))

    # How it is made

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.summary, 1)
        for part in (self.kinds, self.stop, self.again):
            top.addWidget(part)
        self.right = QStackedWidget()
        self.right.addWidget(self.nothing)
        self.shown = QWidget()
        inside = QVBoxLayout(self.shown)
        inside.setContentsMargins(8, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.about)
        inside.addWidget(self.cards, 1)
        self.right.addWidget(self.shown)
        split = QSplitter(childrenCollapsible=False)
        split.addWidget(self.list)
        split.addWidget(self.right)
        split.setSizes([280, 720])
        split.setStretchFactor(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.throw)
        foot.addWidget(self.apart)
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.busy)
        column.addWidget(self.notice)
        column.addWidget(split, 1)
        column.addLayout(foot)
        self._rest_quietly()

    def _rest_quietly(self) -> None:
        self.busy.hide()
        self.stop.hide()

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._choose())
        self.list.doubleClicked.connect(lambda _: self._open_first())
        self.groups.more_asked.connect(self._looking.more)
        self.cards.changed.connect(self._count)
        self.cards.open_asked.connect(self.open_asked)
        self.cards.reveal_asked.connect(self.reveal_asked)
        self.cards.wanted.connect(self._picture)
        self.kinds.currentIndexChanged.connect(lambda _: self._looking.show(self._kind()))
        self.again.clicked.connect(self.look)
        self.stop.clicked.connect(self._stop)
        self.throw.clicked.connect(self._throw)
        self.apart.clicked.connect(self._set_apart)
        self.done_button.clicked.connect(self.close)
        self._looking.came.connect(self._came)
        self._looking.more_came.connect(lambda it: self.groups.add_groups(it.groups, it.total))
        self._looking.goes_on.connect(self._say_busy)
        self._looking.refused.connect(self._refused)
        self._deciding.leaving.connect(self.leaving)
        self._deciding.taken.connect(self._take)
        self._deciding.put.connect(self._put)
        self._deciding.offered.connect(self._offer)
        self._deciding.told.connect(self.notice.say)
        self._deciding.refused.connect(self._refused)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Delete), self._throw),
            (QKeySequence(QKeySequence.StandardKey.Undo), self._undo.undo),
            *((QKeySequence(str(n)), self._toggles(n)) for n in range(1, 10)),
        ):
            QShortcut(keys, self, act)

    def _toggles(self, number: int) -> Callable[[], None]:
        return lambda: self.cards.toggle(number)

    def _open_first(self) -> None:
        if group := self._group():
            self.open_asked.emit(group.copies[0].path)

    def _refused(self, error: ExpectedError) -> None:
        self._rest()
        if not isinstance(error, Lost):  # that mends itself
            self.notice.say(sentence(str(error)), tr("Duplicates", "Look again"), self.look)
