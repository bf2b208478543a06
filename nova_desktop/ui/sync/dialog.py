"""The dialog of a library that several machines share: how both sides stand, and syncing them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.errors import ErasedThere, ExpectedError, Stopped
from nova_desktop.events import Event, Synced, Syncing
from nova_desktop.sync import Direction, Erased, SyncRun, SyncState
from nova_desktop.ui import wording
from nova_desktop.ui.folders.parts import push
from nova_desktop.ui.look.labels import named, sized, wrapped
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import noop, tr
from nova_desktop.ui.sync import said

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.tasks import Tasks

WIDE = 560  # pixels
NONE = noop(
    "Shared library",
    "Several computers can share one library, in a vector bucket of your own at Amazon S3 Vectors. "
    "None is chosen yet, and nothing leaves this computer. Name one in the settings, under Engine.",
)
NOT_OPEN = noop("Shared library", "The library is not open yet. Wait a moment.")


class SyncDialog(QDialog):
    """Not modal. Everything is asked off the Qt thread; nothing is sent before a button is used."""

    settings_asked = Signal()

    def __init__(self, tasks: Tasks, link: Link, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._link = tasks, link
        self._working = False
        self.state = SyncState("", "")
        self.setWindowTitle(tr("Shared library", "Shared library"))
        self.resize(720, 480)
        self.head = wrapped(at_least=WIDE)
        self.facts = QFormLayout()
        self.differences = wrapped(at_least=WIDE)
        self.trouble = named(wrapped(at_least=WIDE), tr("Shared library", "What can't be done"))
        self.trouble.setProperty("warning", True)
        self.again = push(tr("Shared library", "Push all a&gain"))
        self.again.hide()
        self.said = wrapped(muted=True, at_least=WIDE)
        self.progress = named(QProgressBar(), tr("Shared library", "How far the sync is"))
        self.progress.setTextVisible(False)
        self.prices = wrapped(muted=True, at_least=WIDE)
        self.compare = push(tr("Shared library", "&Compare"))
        self.both = push(tr("Shared library", "&Sync"))
        self.both.setProperty("primary", True)
        self.both.setProperty("small", True)
        self.push = push(tr("Shared library", "&Push only"))
        self.pull = push(tr("Shared library", "P&ull only"))
        self.restore = push(tr("Shared library", "&Restore"))
        self.stop = push(tr("Shared library", "S&top"))
        self.erase = push(tr("Shared library", "&Erase there…"))
        self.settings = push(tr("Shared library", "Se&ttings…"))
        self.done_button = push(tr("Shared library", "Close"))
        self.restore.setToolTip(
            tr("Shared library", "Gets all that lies there, and looks at all that is here again")
        )
        self._lay_out()
        self._connect()
        self.show_state(self.state)

    def show_page(self) -> None:
        """Opens it as far as is known here; AWS is asked by Compare alone."""
        self.refresh()
        # Erasing must not be what Enter does at first.
        (self.compare if self.state.place else self.done_button).setFocus()
        self.show()
        self.raise_()
        self.activateWindow()

    def refresh(self) -> None:
        """Asks the library how both sides stand, and nobody else."""
        self._start("state", lambda library: library.sync_state(), self.show_state)

    def show_state(self, state: SyncState) -> None:
        before, self.state = self.state, state
        chosen = bool(state.place)
        self.head.setText(wording.shown(state.place) if chosen else tr(*NONE))
        while self.facts.rowCount():
            self.facts.removeRow(0)
        for what, how in said.facts(state) if chosen else ():
            value = wrapped(how, at_least=WIDE // 2)
            self.facts.addRow(QLabel(what), named(value, what))
        self.differences.setText(said.differences(state.differences))
        self.prices.setText(wording.shown(state.prices))
        for part in (self.differences, self.prices):
            part.setVisible(chosen)
        self._tell_last(before)
        if state.running and not self._working:  # begun elsewhere, such as on the command line
            self.said.setText(tr("Shared library", "A sync is running."))
        self._enable()

    def _tell_last(self, before: SyncState) -> None:
        """What stopped the last sync, wherever that was begun; in one place, as it is long."""
        told, tells = said.trouble(before.last), said.trouble(self.state.last)
        if self._working:
            return
        if tells and (told != tells or self.trouble.isHidden()):
            self.trouble.setText(_shown(tells))
            self.trouble.show()
        elif told and not tells:
            self.trouble.hide()

    def sync(self, direction: Direction, dry: bool = False, again: bool = False) -> None:
        """Begins one; `dry` only compares, `again` pushes what was erased there."""
        doing = (
            tr("Shared library", "Comparing…")
            if dry
            else tr("Shared library", "Syncing… Stop keeps what is done.")
        )
        self._begin(doing)

        def done(run: SyncRun) -> None:
            self._end("" if dry else said.ended(run))

        self._start("sync", lambda library: library.sync(direction, dry, again), done)

    def ask_to_erase(self) -> None:
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Shared library", "Erase there"))
        box.setText(
            tr("Shared library", "Remove all that was pushed there, also by other computers?")
        )
        box.setInformativeText(
            tr(
                "Shared library",
                "This can't be undone. What is known on this computer stays, and so do your files.",
            )
        )
        erase = box.addButton(tr("Shared library", "Erase it"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        erase.clicked.connect(self._erase)
        box.open()

    def hear(self, events: tuple[Event, ...]) -> None:
        """What the library told."""
        for event in events:
            if isinstance(event, Syncing) and self._working and event.total:
                self.progress.setRange(0, event.total)
                self.progress.setValue(event.done)
        if self.isVisible() and any(isinstance(event, Synced) for event in events):
            self.refresh()

    def _erase(self) -> None:
        self._begin(tr("Shared library", "Erasing…"))

        def done(what: Erased) -> None:
            self._end(said.erased(what))

        self._start("sync", lambda library: library.erase_sync(), done)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._start("stop", lambda library: library.stop_sync(), lambda _: None)

    def _start(
        self, name: str, call: Callable[[LibraryCalls], Any], done: Callable[[Any], None]
    ) -> None:
        library = self._link.library
        if library is None:
            self._failed(name, None)
            return
        self._tasks.start(
            ("shared", name), lambda: call(library), done, lambda error: self._failed(name, error)
        )

    def _failed(self, name: str, error: ExpectedError | None) -> None:
        text = tr(*NOT_OPEN) if error is None else _shown(str(error))
        if isinstance(error, Stopped):
            self._end(tr("Shared library", "Stopped. The next sync goes on from here."))
            return
        if name == "sync":
            self._end("")
        self.trouble.setText(text)
        self.trouble.show()
        self.again.setVisible(isinstance(error, ErasedThere))

    def _begin(self, doing: str) -> None:
        self._working = True
        self.trouble.hide()
        self.again.hide()
        self.said.setText(doing)
        self.progress.setRange(0, 0)
        self._enable()

    def _end(self, says: str) -> None:
        self._working = False
        self.said.setText(says)
        self.progress.setRange(0, 1)
        self._enable()
        self.refresh()

    def _enable(self) -> None:
        chosen, free = bool(self.state.place), not self._working and self.state.running is None
        for button in (self.compare, self.both, self.push, self.pull, self.restore, self.erase):
            button.setEnabled(chosen and free)
            button.setVisible(chosen)
        self.stop.setVisible(chosen)
        self.stop.setEnabled(chosen and not free)
        self.settings.setVisible(not chosen)
        self.progress.setVisible(self._working)
        self.said.setVisible(bool(self.said.text()))

    def _connect(self) -> None:
        self.compare.clicked.connect(lambda: self.sync(Direction.BOTH, dry=True))
        for button, direction in (
            (self.both, Direction.BOTH),
            (self.push, Direction.PUSH),
            (self.pull, Direction.PULL),
            (self.restore, Direction.RESTORE),
        ):
            button.clicked.connect(lambda _=False, way=direction: self.sync(way))
        self.again.clicked.connect(lambda: self.sync(Direction.PUSH, again=True))
        self.stop.clicked.connect(self._stop)
        self.erase.clicked.connect(self.ask_to_erase)
        self.settings.clicked.connect(self.settings_asked)
        self.done_button.clicked.connect(self.close)
        self._link.heard.connect(self.hear)
        self._link.opened.connect(lambda _: self.refresh() if self.isVisible() else None)

    def _lay_out(self) -> None:
        sized(self.head, 1.05)
        self.trouble.hide()
        self.facts.setContentsMargins(0, 0, 0, 0)
        self.facts.setHorizontalSpacing(24)
        self.facts.setVerticalSpacing(8)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for button in (self.both, self.compare, self.push, self.pull, self.restore, self.stop):
            actions.addWidget(button)
        actions.addWidget(self.settings)
        actions.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.erase)
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 16)
        whole.setSpacing(16)
        whole.addWidget(self.head)
        whole.addLayout(self.facts)
        whole.addWidget(self.differences)
        whole.addLayout(actions)
        whole.addWidget(self.progress)
        whole.addWidget(self.said)
        whole.addWidget(self.trouble)
        whole.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addStretch(1)
        whole.addWidget(self.prices)
        whole.addLayout(foot)
        order = (self.both, self.compare, self.push, self.pull, self.restore, self.stop)
        for before, after in pairwise(
            (*order, self.settings, self.again, self.erase, self.done_button)
        ):
            self.setTabOrder(before, after)


def _shown(error: str) -> str:
    return sentence(wording.shown(error)) if error else ""
