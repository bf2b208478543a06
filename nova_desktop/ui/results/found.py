"""The page of results: the grid or the list of one answer, and what is chosen of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nova_desktop.kinds import Sort
from nova_desktop.query import Answer, Hit, Query
from nova_desktop.ui import wording
from nova_desktop.ui.look.labels import wrapped
from nova_desktop.ui.results.choosing import Choice
from nova_desktop.ui.results.grid import Grid
from nova_desktop.ui.results.handling import Handling, drag
from nova_desktop.ui.results.model import Column, Results
from nova_desktop.ui.results.scrub import Scrub
from nova_desktop.ui.results.thumbnails import Key, Thumbnails, key_of
from nova_desktop.ui.results.tile import WIDE

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.model import Span
    from nova_desktop.ui.results.listing import Listing

SETTLE_MS = 40  # without scrolling before what is in sight is loaded
SORTED_BY: dict[Sort, tuple[Column | None, bool]] = {
    Sort.NAME: (Column.NAME, False),
    Sort.NEWEST: (Column.DATE, True),
    Sort.OLDEST: (Column.DATE, False),
}


class Found(QWidget):
    """Both views show one model and one selection, so that nothing is lost between them."""

    chosen = Signal(object)  # Hit, or None: what the preview shows
    selected = Signal()  # how many are chosen has changed
    opened = Signal(object)  # Hit: in its own program
    viewed = Signal(object)  # Hit: in the viewer
    typed = Signal(str)  # a letter, which is meant for the search
    left = Signal()  # back to the search
    zoomed = Signal(int)  # 1 for larger tiles, -1 for smaller ones
    sort_asked = Signal(object)  # Sort, by a header of the list
    menu_asked = Signal(QPoint)  # where, on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results = Results(self)
        self.thumbnails = Thumbnails(self)
        self.scrub = Scrub(self)
        self.grid = Grid(self.thumbnails, self.results, self.scrub)
        self.note = wrapped(muted=True)
        self.note.setContentsMargins(18, 6, 18, 2)
        self.note.hide()
        self._views = QStackedWidget()
        self._views.addWidget(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        column.addWidget(self._views, 1)
        self.choice = Choice(self.grid.selectionModel(), self.results)
        self._sort = Sort.RELEVANCE
        self._told: Hit | None = None  # by `chosen`
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._load_visible)
        self.choice.changed.connect(self._choice_changed)
        self.results.pages.loaded.connect(self.choice.look_again)
        self.results.pages.loaded.connect(lambda *_: self._load_visible())  # its pictures, now
        self.thumbnails.loaded.connect(self._repaint)
        self._connect(self.grid, self.grid.handling)

    @cached_property
    def listing(self) -> Listing:
        """Built when it is first shown."""
        from nova_desktop.ui.results.listing import Listing

        made = Listing(self.thumbnails, self.results)
        made.setSelectionModel(self.choice.selection)
        made.header_pressed.connect(self._header_pressed)
        self._connect(made, made.handling)
        self._views.addWidget(made)
        made.show_order(*SORTED_BY.get(self._sort, (None, False)))
        return made

    def use(self, library: LibraryCalls) -> None:
        """Where pages, thumbnails and frames come from."""
        self.results.pages.use(library)
        self.thumbnails.use(library)
        self.scrub.use(library)
        self._settle.start()

    def close_all(self) -> None:
        """Returns when the last load under way has ended."""
        self._settle.stop()
        self.results.pages.close()
        self.thumbnails.close()
        self.scrub.close()

    def view(self) -> Grid | Listing:
        """The one that is shown."""
        return self.listing if self.shows_list() else self.grid

    def shows_list(self) -> bool:
        """Whether it is the list."""
        return self._views.currentWidget() is not self.grid

    def show_list(self, wanted: bool) -> None:
        """Changes between list and grid; what was seen is still seen."""
        before = self.view()
        after = self.listing if wanted else self.grid
        if before is after:
            return
        row = before.first_row()
        focused = before.hasFocus()
        self._views.setCurrentWidget(after)
        current = self.choice.current_row()
        if current in before.visible_rows():
            after.scrollTo(self.results.index(current, 0), after.ScrollHint.PositionAtCenter)
        elif row is not None:
            after.scrollTo(self.results.index(row, 0), after.ScrollHint.PositionAtTop)
        if focused:
            after.setFocus()
        self.thumbnails.large = not wanted and self.grid.size_of_tiles() >= WIDE
        self._settle.start()

    def set_size(self, size: int) -> None:
        """The least width of a tile of the grid, in points."""
        self.grid.set_size(size)
        self.thumbnails.large = size >= WIDE and not self.shows_list()
        self._settle.start()

    def show_answer(
        self, answer: Answer, query: Query | None = None, again: bool = False, text: str = ""
    ) -> None:
        """Shows an answer; files that are chosen stay so where they are still in it.

        `again`: it is a fresh answer to the same question, so the place stays in any case; where
        all that were chosen were thrown away, what is in their place now is chosen instead.
        `text` is what was asked in words, which are marked. Without a `query` the answer is all
        there is.
        """
        held, told = self.choice.hold(), self._told
        thrown = again and bool(held.places) and held.places.keys() <= self.results.gone.keys()
        bar = self.view().verticalScrollBar()
        place = bar.value()
        self._show_note(answer.note if answer.hits else "")
        self.results.terms = wording.terms(text)
        self.results.show(answer, query, again)
        self.grid.fit()
        self._show_order(query.sort if query else Sort.RELEVANCE)
        stays = self.choice.restore(held)
        if again or stays:
            bar.setValue(place)
        else:
            self.view().scrollToTop()
        if told and not stays:
            self._told = None
            self.chosen.emit(None)
        if thrown and not stays and (count := self.results.rowCount()):
            self.choose(min(*held.places.values(), count - 1))  # whoever sorts out goes on there
        self._choice_changed()

    def clear(self) -> None:
        """There is no answer."""
        self.show_answer(Answer((), 0.0))

    def hit(self) -> Hit | None:
        """The chosen result; of several the one that was chosen last."""
        return self.choice.hit()

    def choose(self, row: int) -> None:
        """Chooses a result and shows it, if there is one at this row."""
        if row < self.results.rowCount():
            self.view().setCurrentIndex(self.results.index(row, 0))

    def choose_hit(self, hit: Hit) -> None:
        """Chooses a file, at this moment, if it is among those that are loaded."""
        row = self.results.rows_of({hit.path}).get(hit.path)
        if row is not None:
            if hit.span:
                self.results.choose_moment(row, hit.span)
            self.choose(row)

    def step(self, by: int) -> None:
        """Chooses the next result (1), or the one before (-1)."""
        row = self.choice.current_row() + by
        if 0 <= row < self.results.rowCount():
            self.choose(row)

    def visible_hits(self) -> list[Hit]:
        """What stands in the visible rows, as far as it is loaded."""
        return [hit for row in self.view().visible_rows() if (hit := self.results.hit(row))]

    def settled(self) -> bool:
        """Whether everything that can be seen is loaded, or can't be."""
        rows = self.view().visible_rows()
        return len(self.visible_hits()) == len(rows) and self.thumbnails.settled(
            self.visible_hits()
        )

    def _connect(self, view: Grid | Listing, handling: Handling) -> None:
        bar = view.verticalScrollBar()
        # Not the slot itself, which would take the bar's value for its milliseconds.
        bar.valueChanged.connect(lambda: self._settle.start())
        bar.rangeChanged.connect(lambda: self._settle.start())
        handling.opened.connect(lambda: self._tell(self.opened.emit))
        handling.viewed.connect(lambda: self._tell(self.viewed.emit))
        handling.typed.connect(self.typed)
        handling.left.connect(self.left)
        handling.zoomed.connect(self.zoomed)
        handling.all_asked.connect(self.choice.everything)
        handling.stepped.connect(self._step_moment)
        handling.moment_chosen.connect(self._choose_moment)
        handling.dragged.connect(self._drag)
        view.customContextMenuRequested.connect(
            lambda at: self.menu_asked.emit(view.viewport().mapToGlobal(at))
        )

    def _tell(self, tell: Callable[[Hit], object]) -> None:
        if hit := self.hit():
            tell(hit)

    def _drag(self) -> None:
        if hits := self.choice.hits():
            drag(self.view(), hits, self.thumbnails.get(hits[0]))

    def _step_moment(self, by: int) -> None:
        """Chooses the next moment of the current file, in the order of time."""
        row = self.choice.current_row()
        hit = self.results.hit(row)
        spans = sorted(self.results.moments(row), key=lambda span: span.start)
        if hit is None or hit.span not in spans:
            return
        at = spans.index(hit.span) + by
        if 0 <= at < len(spans):
            self._choose_moment(row, spans[at])

    def _choose_moment(self, row: int, span: Span) -> None:
        self.view().setFocus()
        self.results.choose_moment(row, span)
        self.choice.one(row)
        self._choice_changed()

    def _header_pressed(self, column: int) -> None:
        match column:
            case Column.NAME:
                self.sort_asked.emit(Sort.NAME)
            case Column.DATE:
                oldest = self._sort is Sort.NEWEST
                self.sort_asked.emit(Sort.OLDEST if oldest else Sort.NEWEST)
            case Column.WHY:
                self.sort_asked.emit(Sort.RELEVANCE)
            case _:
                self._order_here(Column(column))

    def _order_here(self, column: Column) -> None:
        """By what the library can't sort by, where the whole answer is here."""
        if not self.results.pages.complete():
            return
        held = self.choice.hold()
        falling = self.results.order_by(column)
        self.choice.restore(held)
        self.listing.show_order(column, falling)
        self._settle.start()

    def _show_note(self, note: str) -> None:
        if note:
            from nova_desktop.ui.look.sentences import sentence  # not before the first paint

            self.note.setText(sentence(note))
        self.note.setVisible(bool(note))

    def _show_order(self, sort: Sort) -> None:
        self._sort = sort
        if "listing" in self.__dict__:
            here = self.results.order()
            self.listing.show_order(*(here or SORTED_BY.get(sort, (None, False))))

    def _choice_changed(self) -> None:
        hit = self.hit()
        if hit is not None and hit != self._told:
            self._told = hit
            self.chosen.emit(hit)
        self.selected.emit()
        self._settle.start()  # what is chosen and not loaded yet is loaded, too

    def _repaint(self, key: Key) -> None:
        """Only the row whose picture has come: painting all of them would take 20 ms."""
        view = self.view()
        for row in view.visible_rows():
            if (hit := self.results.hit(row)) and key_of(hit) == key:
                view.repaint_row(row)

    def _load_visible(self) -> None:
        rows = self.view().visible_rows()
        missing = [row for row in self.choice.rows() if self.results.hit(row) is None]
        self.results.pages.want(rows, missing)
        self.thumbnails.ratio = self.devicePixelRatioF()
        self.thumbnails.want(self.visible_hits())
