"""The dialog of Amazon Nova: what may be sent, as whom, what it cost, and what was sent."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from nova_desktop.errors import ExpectedError
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import named, sized, wrapped
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import noop, tr
from nova_desktop.ui.nova.account import Account
from nova_desktop.ui.nova.allowing import AllowingPage
from nova_desktop.ui.nova.sent import SentPage
from nova_desktop.ui.nova.spent import SpentPage

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.model import Status
    from nova_desktop.spending import FolderRule, Sent, Spent
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.tasks import Tasks

LOOKING = ("look", "sent")  # what is asked again and again, and that nobody waits for
WIDE = 640  # pixels
DEVICE_ONLY = noop(
    "Amazon Nova",
    "Everything stays on this computer. To use Amazon Nova as well, choose it under Account; the "
    "README tells how one is set up.",
)


class Sending(QDialog):
    """Not modal. Everything is asked off the Qt thread; nothing is allowed without its quote."""

    def __init__(
        self, tasks: Tasks, link: Link, settings_file: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks, self._link = tasks, link
        self._waiting: set[Hashable] = set()
        self._reopening = False
        self._held = ""
        self.setWindowTitle("Amazon Nova")
        self.resize(920, 660)
        self.head = wrapped(at_least=WIDE)
        self.trouble = named(wrapped(at_least=WIDE), tr("Amazon Nova", "What can't be done"))
        self.trouble.setProperty("warning", True)
        self.trouble.hide()
        self.busy = named(QProgressBar(textVisible=False), tr("Amazon Nova", "Working"))
        self.busy.setRange(0, 0)
        self.busy.setFixedHeight(3)
        self.tabs = named(QTabWidget(), "Amazon Nova")
        self.allowing = AllowingPage(self._start, self.refresh)
        self.account = Account(
            tasks,
            settings_file,
            saved=self._reopen,
            busy=lambda on: self._wait("account", on),
            refused=self._refused,
        )
        self.spent, self.sent = SpentPage(), SentPage()
        close = tr("Amazon Nova", "Close")
        self.done_button = named(QPushButton(close), close)
        self._lay_out()
        self.sent.lines.more_asked.connect(lambda _: self._ask_sent())
        self.done_button.clicked.connect(self.close)
        link.opened.connect(lambda _: self._opened())
        link.unreachable.connect(self._unreachable)

    def show_page(self) -> None:
        """Opens it: on the folders, or where Amazon Nova can be chosen when it was not yet."""
        if not self.isVisible():
            status = self._link.status
            chosen = status is not None and status.further is not None
            self.tabs.setCurrentWidget(self.allowing if chosen else self.account)
            (self.allowing.folders if chosen else self.account.use).setFocus()
        self.refresh()
        self.account.refresh()
        self.show()
        self.raise_()
        self.activateWindow()

    def refresh(self) -> None:
        """Asks for everything that is shown, but for quotes and settings."""

        def look(
            library: LibraryCalls,
        ) -> tuple[Status, tuple[FolderRule, ...], Spent]:
            return library.status(), library.rules(), library.spent()

        self._start("look", look, lambda seen: self._show(*seen))
        self._ask_sent()

    def refresh_if_open(self) -> None:
        """Asks again, while it is seen and the library is there."""
        if self.isVisible() and self._link.library is not None:
            self.refresh()

    def end(self) -> None:
        """Nothing that is asked of AWS is waited for any more."""
        self.account.end()

    def _ask_sent(self) -> None:
        limit = self.sent.lines.limit

        def done(lines: tuple[Sent, ...]) -> None:
            self.sent.show_lines(lines)

        self._start("sent", lambda library: library.sent(limit), done)

    def _show(self, status: Status, rules: tuple[FolderRule, ...], spent: Spent) -> None:
        further = status.further
        self.head.setText(sentence(wording.shown(further.note)) if further else tr(*DEVICE_ONLY))
        held = sentence(wording.shown(further.held)) if further else ""
        if held or self.trouble.text() == self._held:
            self._refused(held)
        self._held = held
        self.allowing.show_rules(status, rules)
        self.spent.show_spent(spent)

    def _start(
        self, name: str, call: Callable[[LibraryCalls], Any], done: Callable[[Any], None]
    ) -> None:
        library = self._link.library
        if library is None:
            if name not in LOOKING:
                self._refused(tr("Amazon Nova", "The library is not open yet. Wait a moment."))
                self.allowing.stopped()
            return
        if name not in LOOKING:
            self._refused("")
            self._wait(name, True)

        def delivered(result: object) -> None:
            self._wait(name, False)
            done(result)

        def failed(error: ExpectedError) -> None:
            self._wait(name, False)
            self._refused(str(error))
            if name not in LOOKING:
                self.allowing.stopped()

        self._tasks.start(("sending", name), lambda: call(library), delivered, failed)

    def _wait(self, name: str, on: bool) -> None:
        (self._waiting.add if on else self._waiting.discard)(name)
        self.busy.setRange(0, 0 if self._waiting else 1)  # it moves while something is waited for
        self.busy.setProperty("idle", not self._waiting)
        self.busy.style().polish(self.busy)

    def _refused(self, text: str) -> None:
        self.trouble.setText(sentence(wording.shown(text)))
        self.trouble.setVisible(bool(text))

    def _reopen(self) -> None:
        self._reopening = True
        self.tabs.tabBar().setEnabled(False)
        for name in LOOKING:
            self._tasks.cancel(("sending", name))
        self._link.reopen()

    def _opened(self) -> None:
        if self._reopening:
            self._reopened()
            self.account.reopened(self._link.alone)
        if self.isVisible():
            self.refresh()

    def _unreachable(self, error: ExpectedError) -> None:
        if self._reopening:
            self._reopened()
            self.account.failed(error)

    def _reopened(self) -> None:
        self._reopening = False
        self.tabs.tabBar().setEnabled(True)

    def _lay_out(self) -> None:
        sized(self.head, 1.05)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setAccessibleName(tr("Amazon Nova", "Pages"))
        for page, name in (
            (self.account, tr("Amazon Nova", "Account")),
            (self.allowing, tr("Amazon Nova", "Folders")),
            (self.spent, tr("Amazon Nova", "Spending")),
            (self.sent, tr("Amazon Nova", "What was sent")),
        ):
            self.tabs.addTab(page, name)
        end = QHBoxLayout()
        end.addWidget(self.busy, 1, Qt.AlignmentFlag.AlignVCenter)
        end.addSpacing(16)
        end.addWidget(self.done_button)
        self.done_button.setAutoDefault(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(self.head)
        whole.addWidget(self.trouble)
        whole.addWidget(self.tabs, 1)
        whole.addLayout(end)
        self._wait("", False)
