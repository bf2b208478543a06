"""Asks the library while the user types: after a pause, and only the newest question counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from nova_desktop.errors import ExpectedError
from nova_desktop.kinds import Sort
from nova_desktop.query import Answer, Filters, Part, Query

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.tasks import Tasks

PAUSE_MS = 40  # after the last key; answers are wanted within 150 ms of it, and take 75 to 110
LIMIT = 500  # hits of one answer
FIRST = 100  # of the first answer while somebody types
REST_MS = 300  # until the others are asked for
REFRESH_MS = 2000  # between two answers to one question, while files are being indexed


class Search(QObject):
    """One question at a time; a question before the library is there waits for it."""

    asked = Signal()
    answered = Signal(object)  # Answer
    refused = Signal(object)  # ExpectedError
    emptied = Signal()  # there is no question

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._library: LibraryCalls | None = None
        self.query: Query | None = None
        self.fold = True  # near-duplicates are shown with the best of them
        self._first = True  # it was not asked yet
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.again)
        self._fresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._fresh.timeout.connect(self._refresh)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._start)

    def use(self, library: LibraryCalls) -> None:
        """Asks what was typed meanwhile."""
        self._library = library
        self.again()

    def ask(
        self,
        parts: tuple[Part, ...],
        filters: Filters,
        sort: Sort = Sort.RELEVANCE,
        called: str = "",
    ) -> None:
        """Asks after a short pause, unless another question comes; without parts it browses."""
        query = Query(parts, filters, LIMIT, sort=sort, called=called, fold=self.fold)
        if query == self.query and self._timer.isActive():
            return
        self.query = query
        # An answer to an older question would be taken for one to this.
        self._tasks.cancel("find")
        self._rest.stop()
        self._first = True
        self._timer.start()

    def nothing(self) -> None:
        """There is no question any more."""
        self.query = None
        self._tasks.cancel("find")
        self._timer.stop()
        self._fresh.stop()
        self._rest.stop()
        self.emptied.emit()

    def settle(self, note: str) -> None:
        """Nothing can answer, as `note` says; the library need not be asked."""
        self.nothing()
        self.answered.emit(Answer((), 0.0, note))

    def again(self) -> None:
        """Asks the present question now."""
        self._start()
        if self.query and self._library:
            self.asked.emit()

    def more(self) -> None:
        """There is more to be found: asks the present question again, in a while."""
        if self.query and not self._fresh.isActive():
            self._fresh.start()

    def _refresh(self) -> None:
        # Asked anew, a slow question would never be answered.
        if self._timer.isActive() or "find" in self._tasks.names():
            self.more()
        else:
            self._start()

    def _start(self) -> None:
        self._timer.stop()
        self._fresh.stop()
        self._rest.stop()
        query, library = self.query, self._library
        if query is None or library is None:
            return
        # The best of them are there in half the time; the others come when nothing more is typed.
        first, self._first = self._first and bool(query.parts), False
        if first:
            query = replace(query, limit=FIRST)

        def done(answer: Answer) -> None:
            self.answered.emit(answer)
            if first and len(answer.hits) == FIRST:
                self._rest.start()

        def failed(error: ExpectedError) -> None:
            self.refused.emit(error)

        self._tasks.start("find", lambda: library.find(query), done, failed)
