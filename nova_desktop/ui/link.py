"""The window's line to the library: every call off the Qt thread, every event on it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nova_desktop.errors import ExpectedError, NeedsUser, Stopped, TryLater
from nova_desktop.events import Ended, Event, Failed, Indexed, Progress
from nova_desktop.settings import address_file
from nova_desktop.ui.events import Events

if TYPE_CHECKING:
    from pathlib import Path

    from nova_desktop.calls import LibraryCalls
    from nova_desktop.model import Status
    from nova_desktop.ui.tasks import Tasks

T = TypeVar("T")
Connect: TypeAlias = "Callable[[], LibraryCalls]"
Call: TypeAlias = "Callable[[LibraryCalls], object]"

CLOSED_S = 0.1  # after which the end of the window is noticed
LEAVE_S = 15.0  # for a host to notice that it is alone, and to close what it has open
REFRESH_MS = 1000  # between looks at the status while files are being indexed
SOON_MS = 250  # all calls of one library have failed by then
AGAIN_MS = 1000  # until a library that was lost twice is opened again; then twice as long
LOSSES = 5
LATELY_S = 60.0
ENDS_AGAIN = (
    "The library's process ends again and again. The log says why, and `nova-desktop doctor` on "
    "the command line what may be missing. Nothing is lost."
)
ELSEWHERE = (
    "The library is in use elsewhere too, on the command line. Try again when that has ended."
)
BROKEN = (
    "An error in Nova Desktop kept the library from being opened. Your own files are not affected; "
    "the report says what happened."
)
LOG = logging.getLogger(__name__)


class Link(QObject):
    """Opens the library, and calls it; what is asked before it is there is done then."""

    opened = Signal(object)  # LibraryCalls
    unreachable = Signal(object)  # ExpectedError: it could not be opened
    refused = Signal(object)  # ExpectedError of a call
    status_known = Signal(object)  # Status
    failures_known = Signal(object)  # tuple[Failure, ...]
    spent_known = Signal(object)  # Spent
    heard = Signal(object)  # tuple[Event, ...]
    _broken = Signal()  # the library could not be opened, by an error of ours
    lost = Signal(bool)  # its process has ended, and it is opened again; True: it was killed
    between_done = Signal(object)  # None, or the ExpectedError of what `reopen` was given

    def __init__(self, tasks: Tasks, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self.library: LibraryCalls | None = None
        self.status: Status | None = None  # the newest
        self.alone = True  # no other process kept the library open while it was opened again
        self._connect: Connect | None = None
        self._tasks = tasks
        self._lock = threading.Lock()
        self._closed = self._given_up = False
        self._end: Callable[[], None] = _nothing
        self._waiting: list[tuple[Hashable, Call]] = []
        self._outcome: tuple[ExpectedError | None, ...] = ()  # of what `reopen` was given
        self.events = Events(self)
        self.events.told.connect(self._hear)
        self._refresh = QTimer(self, singleShot=True)
        self._refresh.timeout.connect(self.refresh)
        self._lost_s: list[float] = []  # when, of late
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._reopen_lost)
        tasks.lost.connect(self.lose)
        self._broken.connect(
            lambda: self.unreachable.emit(NeedsUser(BROKEN)), Qt.ConnectionType.QueuedConnection
        )

    def open(self, connect: Connect) -> None:
        """Calls `connect` off the Qt thread, then everything that was asked meanwhile."""
        self._connect = connect
        self._open(connect)

    def reopen(self, between: Callable[[], None] | None = None) -> bool:
        """Lets go of the library, and opens it again: with other settings.

        `between` is called off the Qt thread while no process has it open; `between_done` tells
        what came of it, when the library is open again. One that could not be opened is tried
        anew after that. False while it is just being opened.
        """
        connect = self._connect
        with self._lock:
            before, end = self.library, self._end
            self.library, self._end = None, _nothing
        if connect is None or (before is None and not self._given_up):
            return False
        for name in ("status", "spent", "failures"):
            self._tasks.cancel(name)

        def again() -> LibraryCalls:
            from nova_desktop.remote import left

            end()
            if before is not None:
                before.close()
            deadline = time.monotonic() + LEAVE_S
            self.alone = False
            while not self._closed and not self.alone and time.monotonic() < deadline:
                self.alone = left(self._data, CLOSED_S)
            if self._closed:
                raise Stopped
            if between is None:
                return connect()
            try:
                if not self.alone:
                    raise TryLater(ELSEWHERE)
                between()
                outcome = None
            except ExpectedError as e:
                outcome = e
            self._outcome = (outcome,)
            return connect()

        self._open(again)
        return True

    def lose(self) -> None:
        """The library's process has ended by itself: opens it again, later the more often it was.

        After LOSSES in LATELY_S somebody has to look: `unreachable` says so.
        """
        with self._lock:
            before, end = self.library, self._end
            self.library, self._end = None, _nothing
        if before is None or self._closed:
            return  # it is being opened again already
        for name in ("status", "spent", "failures"):
            self._tasks.cancel(name)
        end()
        before.close()
        now_s = time.monotonic()
        self._lost_s = [at for at in self._lost_s if now_s - at < LATELY_S] + [now_s]
        if len(self._lost_s) >= LOSSES:
            self._lost_s = []
            self.unreachable.emit(NeedsUser(ENDS_AGAIN))
            return
        self.lost.emit(address_file(self._data).exists())
        self._again.start(SOON_MS + AGAIN_MS * (2 ** (len(self._lost_s) - 1) - 1))

    def _reopen_lost(self) -> None:
        if self._connect is not None and self.library is None and not self._closed:
            self._open(self._connect)

    def _open(self, connect: Connect) -> None:
        self._given_up = False

        def work() -> LibraryCalls | None:
            try:
                library = connect()
            except ExpectedError:
                raise
            except Exception:
                self._broken.emit()
                raise  # to the crash report
            end = library.subscribe(self.events.tell)
            with self._lock:
                if not self._closed:
                    self.library, self._end = library, end
                    return library
            # The window was closed before the library was there.
            end()
            library.close()
            return None

        self._tasks.start("connect", work, self._opened, self._unreachable)

    def do(self, name: Hashable, call: Call) -> None:
        """Calls the library, then looks at its status; a refusal is told."""
        if not self.ask(("do", name), call, lambda _: self.refresh()):
            self._waiting.append((name, call))

    def ask(
        self,
        name: Hashable,
        call: Callable[[LibraryCalls], T],
        done: Callable[[T], object],
        failed: Callable[[ExpectedError], object] | None = None,
    ) -> bool:
        """Asks the library, if there is one now, which it returns; of one `name` only the newest.

        A refusal is told, or given to `failed`.
        """
        library = self.library
        if library is None:
            return False
        self._tasks.start(name, lambda: call(library), done, failed or self.refused.emit)
        return True

    def refresh(self) -> None:
        """Asks for the status."""
        if self.ask("status", lambda library: library.status(), self._known):
            self._refresh.stop()

    def ask_spent(self) -> None:
        """Asks what was paid."""
        self.ask("spent", lambda library: library.spent(), self.spent_known.emit)

    def ask_failures(self) -> None:
        """Asks which files failed."""
        self.ask("failures", lambda library: library.failures(), self.failures_known.emit)

    def close(self) -> None:
        """Ends the subscription and the library; calls that hang in it end with it."""
        self.events.close()
        with self._lock:
            self._closed = True
            library, self.library = self.library, None
        if library:
            try:
                self._end()
                library.close()
            except ExpectedError as error:
                # Nobody is left to be told: the other process has ended before us.
                LOG.info("The library was gone when the window closed: %s", error)

    def _opened(self, library: LibraryCalls | None) -> None:
        if library is None:
            return
        self.opened.emit(library)
        self.refresh()
        waiting, self._waiting = self._waiting, []
        for name, call in waiting:
            self.do(name, call)
        self._tell_outcome()

    def _unreachable(self, error: ExpectedError) -> None:
        self._given_up = True
        self.unreachable.emit(error)
        self._tell_outcome()

    def _tell_outcome(self) -> None:
        told, self._outcome = self._outcome, ()
        for outcome in told:
            self.between_done.emit(outcome)

    def _known(self, status: Status) -> None:
        self.status = status
        self.status_known.emit(status)

    def _hear(self, events: tuple[Event, ...]) -> None:
        if any(isinstance(event, Ended) for event in events):
            self.lose()
            return
        self.heard.emit(events)
        if not all(isinstance(event, Progress | Indexed | Failed) for event in events):
            self.refresh()
        elif not self._refresh.isActive():
            self._refresh.start(REFRESH_MS)


def _nothing() -> None:
    """Before there is a subscription to end."""
