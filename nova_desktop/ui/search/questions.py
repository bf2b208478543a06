"""Joins the search box, the filters and the library: what is asked, and what may be widened."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from nova_desktop.errors import BadInput, ExpectedError
from nova_desktop.kinds import Sort
from nova_desktop.query import Facets
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.search import reading
from nova_desktop.ui.search.joining import both
from nova_desktop.ui.search.narrowing import TITLES, Narrowing

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.search.asking import Search
    from nova_desktop.ui.search.box import SearchBox
    from nova_desktop.ui.search.filters import FilterRow
    from nova_desktop.ui.tasks import Tasks

MISTAKE_MS = 700  # after the last key, before what is typed wrongly is said
FACETS_MS = 2000  # between two looks at what there is to choose from


@dataclass(frozen=True, slots=True)
class Widening:
    """One filter that may be the reason why nothing was found."""

    text: str
    drop: Callable[[], object]


class Questions(QObject):
    """Asks whenever the box or the filters change."""

    mistaken = Signal(str)  # a sentence about what is typed; "" when all of it is understood
    facets_known = Signal(object)  # Facets

    def __init__(
        self,
        box: SearchBox,
        filters: FilterRow,
        search: Search,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._box, self._filters, self._search, self._tasks = box, filters, search, tasks
        self._library: LibraryCalls | None = None
        self.sort = Sort.RELEVANCE  # unless another is typed
        self._mistake = QTimer(self, singleShot=True, interval=MISTAKE_MS)
        self._mistake.timeout.connect(lambda: self.mistaken.emit(box.asked().mistake))
        self._facets = QTimer(self, singleShot=True, interval=FACETS_MS)
        self._facets.timeout.connect(self._ask_facets)
        box.changed.connect(self.ask)
        filters.changed.connect(self.ask)
        box.stepped_back.connect(filters.clear)

    def use(self, library: LibraryCalls) -> None:
        """Where facets and thumbnails come from."""
        self._library = library
        self._box.use(library, self._tasks)
        self._ask_facets()

    def refresh_facets(self) -> None:
        """Something was indexed or forgotten: looks again, in a while."""
        if not self._facets.isActive():
            self._facets.start()

    def ask(self) -> None:
        """Asks what the box and the filters say now."""
        asked = self._box.asked()
        if asked.mistake:
            self._mistake.start()
        else:
            self._mistake.stop()
            self.mistaken.emit("")
        # Not a list: there may be thousands of them, and they are seldom looked at.
        facets = self._filters.facets
        known = (Path(it.value) for it in facets.folders) if facets else ()
        try:
            filters = both(self._filters.chosen(), asked.filters, known)
        except BadInput as error:
            self._search.settle(str(error))
        else:
            typed = asked.sort is not Sort.RELEVANCE
            sort = asked.sort if typed else self.sort
            self._search.ask(asked.parts, filters, sort, asked.called)

    def choose_sort(self, sort: Sort) -> None:
        """The order of hits from now on."""
        self.sort = sort
        self.ask()

    def fold(self, on: bool) -> None:
        """Whether near-duplicates are shown with the best of them, from now on."""
        self._search.fold = on
        self.ask()

    def is_bare(self) -> bool:
        """Whether there is neither a question nor a filter."""
        asked = self._box.asked()
        return not asked.parts and not asked.forms and self._filters.narrowing() == Narrowing()

    def widenings(self) -> list[Widening]:
        """The filters that hold now, chosen and typed, each with a way to drop it."""
        narrowing = self._filters.narrowing()
        made = [
            Widening(
                ", ".join(wording.KINDS[kind] for kind in sorted(narrowing.kinds)),
                self._any_kind,
            )
        ] * bool(narrowing.kinds)
        made += [
            Widening(
                f"{tr(*TITLES[field])}: {narrowing.said(field)}",
                functools.partial(self._filters.clear_field, field),
            )
            for field in narrowing.active()
        ]
        asked = self._box.asked()
        made += [
            Widening(
                form.text,
                functools.partial(self._box.line.setText, reading.without(asked.typed, form)),
            )
            for form in asked.forms
        ]
        return made

    def widen(self) -> None:
        """Drops every filter; what is asked for stays."""
        asked = self._box.asked()
        typed = asked.typed
        for form in reversed(asked.forms):
            typed = reading.without(typed, form)
        self._box.line.setText(typed)
        self._filters.clear()

    def _any_kind(self) -> None:
        self._filters.kinds.choose(None)

    def _ask_facets(self) -> None:
        library = self._library
        if library is None:
            return

        def known(facets: Facets) -> None:
            self._filters.show_facets(facets)
            self.facets_known.emit(facets)

        def failed(_: ExpectedError) -> None:
            pass  # The library is gone or busy, which is said elsewhere; what was known stays.

        self._tasks.start("facets", library.facets, known, failed)
