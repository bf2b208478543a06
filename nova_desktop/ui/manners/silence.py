"""Notices that the library's process does not answer, and that it is gone and back again."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nova_desktop.errors import ExpectedError
from nova_desktop.ui.look.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.footer import Footer
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.notice import Notice
    from nova_desktop.ui.tasks import Tasks

LOOK_MS = 5000
LONG_S = 15.0  # of one call, after which it is asked whether anything is answered at all
PATIENCE_S = 10.0  # for that answer
OPENING_S = 45.0  # for a library to be opened, which may be large and on a slow disk


class Silence(QObject):
    """Tells the user calmly, and ends the process that hangs where they want that.

    Some calls take long by right, so one that does only makes it ask: a thread of its own, which
    nobody waits for, asks for the status.
    """

    _came = Signal(object)  # the question that was answered, or failed

    def __init__(
        self, link: Link, tasks: Tasks, notice: Notice, footer: Footer, data: Path, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._link, self._tasks, self._notice, self._footer = link, tasks, notice, footer
        self._data = data
        self._asked_s: float | None = None
        self._question: object = None
        self._silent = False
        self._killed = False
        self._came.connect(self._answered, Qt.ConnectionType.QueuedConnection)
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()
        link.lost.connect(self._lost)
        link.opened.connect(self._opened)

    def look(self) -> None:
        """Asks when something takes long, and says when that is not answered either."""
        library = self._link.library
        if library is None:
            if self._tasks.waited_s("connect") > OPENING_S:
                self._say()
        elif self._asked_s is not None:
            if time.monotonic() - self._asked_s > PATIENCE_S:
                self._say()
        elif self._tasks.longest_s() > LONG_S:
            self._ask(library)

    def _ask(self, library: LibraryCalls) -> None:
        self._asked_s = time.monotonic()
        self._question = question = object()

        def ask() -> None:
            try:
                library.status()
            except ExpectedError:
                pass  # it is gone, which whoever called hears of: what counts is an answer
            finally:
                self._came.emit(question)

        threading.Thread(target=ask, name="silence", daemon=True).start()

    def _say(self) -> None:
        if not self._silent:
            self._silent = True
            self._notice.say(
                tr("Library", "The library does not answer. You can wait, or start it again."),
                tr("Library", "Start it again"),
                self._restart,
            )

    def _answered(self, question: object) -> None:
        if question is self._question:
            self._asked_s, self._question = None, None
            if self._silent:
                self._silent = False
                self._notice.say("")

    def _restart(self) -> None:
        from nova_desktop.remote import end_host

        self._silent = False
        self._asked_s, self._question = None, None
        if not end_host(self._data):
            self._notice.say(
                tr(
                    "Library",
                    "A command line at work has the library open, and does not answer. End it "
                    "there, or wait.",
                )
            )

    def _lost(self, killed: bool) -> None:
        self._killed = killed
        self._silent, self._asked_s, self._question = False, None, None
        self._footer.say(tr("Library", "The library is being opened again…"))

    def _opened(self) -> None:
        if self._killed:
            self._killed = False
            self._notice.say(
                tr(
                    "Library",
                    "The library's process had ended, and was started again. Nothing is lost.",
                )
            )
