"""The hits of one answer by their rows, loaded a page at a time where they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nova_desktop.errors import ExpectedError
from nova_desktop.query import Answer, Hit, Query
from nova_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls

PAGE = 200  # hits asked for at once
KEPT = 50  # pages; those that were shown longest ago go first


class Pages(QObject):
    """Only what is near the rows in sight is kept, however long the answer is.

    After a fresh answer to the same question the old pages go on being shown until the new ones
    are there. All methods are for the Qt thread.
    """

    loaded = Signal(int, int)  # rows [start, stop) have come
    refused = Signal(object)  # ExpectedError: a page could not be loaded

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.total = 0  # rows
        self._first: tuple[Hit, ...] = ()
        self._query: Query | None = None
        self._kept: OrderedDict[int, tuple[Hit, ...]] = OrderedDict()
        self._old: set[int] = set()  # pages of the answer before
        self._tasks = Tasks(1, self)
        self._library: LibraryCalls | None = None

    def use(self, library: LibraryCalls) -> None:
        """Where pages come from."""
        self._library = library

    def show(self, answer: Answer, query: Query | None, again: bool) -> None:
        """Begins with an answer; `again`: it is a fresh one to the same question."""
        for name in self._tasks.names():
            self._tasks.cancel(name)
        self._first, self._query = answer.hits, query
        self.total = max(len(answer.hits), answer.total) if query else len(answer.hits)
        if again:
            self._old = set(self._kept)
        else:
            self._kept.clear()
            self._old = set()

    def hit(self, row: int) -> Hit | None:
        """None for a row that is not loaded, or not there."""
        if 0 <= row < len(self._first):
            return self._first[row]
        page = self._kept.get(row // PAGE)
        at = row % PAGE
        return page[at] if page and at < len(page) and row < self.total else None

    def here(self) -> Iterator[tuple[int, Hit]]:
        """What is loaded, with its rows."""
        yield from enumerate(self._first)
        for number, page in self._kept.items():
            for row, hit in enumerate(page, start=number * PAGE):
                if len(self._first) <= row < self.total:
                    yield row, hit

    def complete(self) -> bool:
        """Whether the answer is here as a whole."""
        return len(self._first) == self.total

    def order_by(self, key: Callable[[Hit], tuple[float | str, ...]], falling: bool) -> None:
        """Changes the order of an answer that is here as a whole."""
        self._first = tuple(sorted(self._first, key=key, reverse=falling))

    def want(self, rows: range, besides: Iterable[int] = ()) -> None:
        """Loads the pages of these rows, and gives up on others that are not loaded yet."""
        library, query = self._library, self._query
        if library is None or query is None:
            return
        numbers = dict.fromkeys(row // PAGE for row in rows if row < self.total)
        numbers |= dict.fromkeys(row // PAGE for row in besides)
        wanted = [number for number in numbers if not self._has(number)]
        under_way = self._tasks.names()
        for name in under_way - set(wanted):
            self._tasks.cancel(name)
        for number in wanted:
            if number not in under_way:
                self._load(library, replace(query, offset=number * PAGE, limit=PAGE), number)

    def close(self) -> None:
        """Returns when the load under way has ended."""
        self._tasks.close()

    def _has(self, number: int) -> bool:
        if min((number + 1) * PAGE, self.total) <= len(self._first):
            return True
        if number in self._kept and number not in self._old:
            self._kept.move_to_end(number)
            return True
        return False

    def _load(self, library: LibraryCalls, query: Query, number: int) -> None:
        def done(answer: Answer) -> None:
            self._kept[number] = answer.hits
            self._kept.move_to_end(number)
            self._old.discard(number)
            while len(self._kept) > KEPT:
                gone, _ = self._kept.popitem(last=False)
                self._old.discard(gone)
            self.loaded.emit(number * PAGE, min((number + 1) * PAGE, self.total))

        def failed(error: ExpectedError) -> None:
            self.refused.emit(error)

        self._tasks.start(number, lambda: library.find(query), done, failed)
