"""The dialog that reviews what there is more than once, group by group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeySequence, QPixmap, QShortcut
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

from nova_desktop.duplicates import Copy, Duplicates, Group, Same, Wanted
from nova_desktop.errors import ExpectedError, Lost
from nova_desktop.ui import wording
from nova_desktop.ui.duplicates import said
from nova_desktop.ui.duplicates.cards import PICTURE, Cards
from nova_desktop.ui.duplicates.groups import PAGE, Groups
from nova_desktop.ui.folders.parts import push
from nova_desktop.ui.look.decoding import decoded
from nova_desktop.ui.look.labels import OneLine, named
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import tr, trn
from nova_desktop.ui.notice import Notice
from nova_desktop.ui.results.undo import Step, Undo
from nova_desktop.ui.states import Message

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.results.trash import Outcome
    from nova_desktop.ui.tasks import Tasks

LOOK_MS = 300  # between two looks at how far it is


class DuplicatesDialog(QDialog):
    """Not modal. Nothing is moved until the button for it is pressed, and that can be undone."""

    open_asked = Signal(object)  # Path
    reveal_asked = Signal(object)  # Path
    leaving = Signal(object)  # set[Path]: about to be moved, so nothing may hold them

    def __init__(self, tasks: Tasks, link: Link, undo: Undo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._link, self._undo = tasks, link, undo
        self._under_way = 0
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
        self.nothing = Message("search")
        self.notice = Notice()
        self.throw = push("")
        self.throw.setProperty("primary", True)
        self.apart = push(tr("Duplicates", "Not duplicates"))
        self.done_button = push(tr("Duplicates", "Close"))
        self._lay_out()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(lambda: self._ask(again=False))
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
        self._say_busy(0.0)
        self._ask(again=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._end()
        super().closeEvent(event)

    def reject(self) -> None:
        self._end()
        super().reject()

    def _end(self) -> None:
        if self._timer.isActive():
            self._stop()

    # What there is

    def _wanted(self) -> Wanted:
        same = self.kinds.currentData()
        return Wanted() if same is None else Wanted(frozenset({Same(same)}))

    def _ask(self, again: bool) -> None:
        wanted = self._wanted()
        self._start("look", lambda it: it.duplicates(wanted, PAGE, 0, again), self._came)

    def _came(self, found: Duplicates) -> None:
        if not found.done:
            self._say_busy(found.share)
            return
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

    def _more(self, known: int) -> None:
        wanted = self._wanted()
        self._start(
            "more",
            lambda it: it.duplicates(wanted, PAGE, known),
            lambda found: self.groups.add_groups(found.groups, found.total),
        )

    def _say_busy(self, share: float) -> None:
        self._timer.start()
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
        self._timer.stop()
        self.busy.hide()
        self.stop.hide()
        self.again.show()
        self.kinds.setEnabled(True)

    def _stop(self) -> None:
        self._rest()
        self._tasks.cancel(("duplicates", "look"))
        self._start("stop", lambda it: it.stop_duplicates(), lambda _: None)
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
        self.right.setCurrentWidget(self.cards if group else self.nothing)
        self.cards.show_group(group)
        self.apart.setEnabled(group is not None)

    def _count(self) -> None:
        leaving, keeps = self.cards.leaving(), self.cards.keeps_some()
        if leaving and not keeps:
            text = tr("Duplicates", "Keep one at least")
        else:
            text = trn("Duplicates", "Move {n} file(s) to the trash", None, len(leaving))
        self.throw.setText(text)
        self.throw.setAccessibleName(text)
        self.throw.setEnabled(bool(leaving) and keeps)

    def _picture(self, copy: Copy) -> None:
        size = PICTURE * self.devicePixelRatioF()

        def image(library: LibraryCalls) -> QImage:
            made = library.preview(copy.path, None, size.width())
            found = decoded(made.jpeg)
            keep = Qt.AspectRatioMode.KeepAspectRatio
            return found if found.isNull() else found.scaled(QSize(size), keep)

        def done(found: QImage) -> None:
            picture = QPixmap.fromImage(found)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self.cards.show_picture(copy, picture)

        self._start(f"picture {copy.path}", image, done, lambda _: None)

    # What is done with it

    def _throw(self) -> None:
        from nova_desktop.ui.results import trash

        group, row = self._group(), self.list.currentIndex().row()
        copies = self.cards.leaving()
        if group is None or not copies or not self.cards.keeps_some():
            return
        paths = [copy.path for copy in copies]
        self.leaving.emit(set(paths))
        self._take(row)

        def done(outcome: Outcome) -> None:
            if len(outcome.done) < len(paths):
                self._put(row, group)
            refused = " ".join(outcome.refused[:3])
            if not outcome.done:
                self.notice.say(refused)
                return
            text = trn("Duplicates", "In the trash: {n} file(s).", None, len(outcome.done))

            def back() -> None:
                self._run(
                    lambda: trash.put_back(outcome.done), lambda it: self._back(it, row, group)
                )

            self._offer(f"{text} {refused}".strip(), back)

        self._run(lambda: trash.throw_away(paths), done)

    def _back(self, outcome: Outcome, row: int, group: Group) -> None:
        if outcome.done and self.groups.row_of(group.copies[0].path) < 0:
            self._put(row, group)
        self.notice.say(" ".join(outcome.refused[:3]))

    def _set_apart(self) -> None:
        group, row = self._group(), self.list.currentIndex().row()
        if group is None:
            return
        paths = tuple(copy.path for copy in group.copies)

        def back() -> None:
            self._start("apart", lambda it: it.set_apart(paths, False), lambda _: None)
            self._put(row, group)
            self.notice.say("")

        def done(_: object) -> None:
            name = wording.name_of(paths[0])
            self._offer(
                tr("Duplicates", "{name} and the others are shown no more.", name=name), back
            )

        self._take(row)
        self._start("apart", lambda it: it.set_apart(paths), done)

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
        self._sum(group, 1)
        self.groups.put(row, group)
        self.list.setCurrentIndex(self.groups.index(min(row, self.groups.rowCount() - 1)))

    def _sum(self, group: Group, count: int) -> None:
        spare = self._found.spare_bytes + count * group.spare_bytes
        self._found = replace(
            self._found, total=max(0, self._found.total + count), spare_bytes=max(0, spare)
        )
        self.summary.say(said.summary(self._found))

    def _offer(self, text: str, back: Callable[[], object]) -> None:
        step = Step(text, back)
        self._undo.add(step)
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
        self.right.addWidget(self.cards)
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
        self.groups.more_asked.connect(self._more)
        self.cards.changed.connect(self._count)
        self.cards.open_asked.connect(self.open_asked)
        self.cards.reveal_asked.connect(self.reveal_asked)
        self.cards.wanted.connect(self._picture)
        self.kinds.currentIndexChanged.connect(lambda _: self._ask(again=False))
        self.again.clicked.connect(self.look)
        self.stop.clicked.connect(self._stop)
        self.throw.clicked.connect(self._throw)
        self.apart.clicked.connect(self._set_apart)
        self.done_button.clicked.connect(self.close)
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

    def _start(
        self,
        name: str,
        call: Callable[[LibraryCalls], Any],
        done: Callable[[Any], object],
        failed: Callable[[ExpectedError], object] | None = None,
    ) -> None:
        library = self._link.library
        if library is not None:
            self._tasks.start(
                ("duplicates", name), lambda: call(library), done, failed or self._refused
            )

    def _run(self, work: Callable[[], Outcome], done: Callable[[Outcome], object]) -> None:
        self._under_way += 1
        self._tasks.start(("trash", self._under_way), work, done, self._refused)

    def _refused(self, error: ExpectedError) -> None:
        self._rest()
        if not isinstance(error, Lost):  # that mends itself
            self.notice.say(sentence(str(error)), tr("Duplicates", "Look again"), self.look)
