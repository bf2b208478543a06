"""Joins the page of results with its controls, its menus and what can be done with results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal

from nova_desktop.errors import ExpectedError
from nova_desktop.kinds import Sort
from nova_desktop.query import Answer, Hit, Query
from nova_desktop.ui.results import saying
from nova_desktop.ui.results.actions import enable
from nova_desktop.ui.results.tile import STEPS

if TYPE_CHECKING:
    from nova_desktop.ui.menus import Menus
    from nova_desktop.ui.remembered import Remembered
    from nova_desktop.ui.results.controls import Controls
    from nova_desktop.ui.results.found import Found
    from nova_desktop.ui.results.programs import Program
    from nova_desktop.ui.results.verbs import ResultVerbs
    from nova_desktop.ui.settings.chosen import Chosen
    from nova_desktop.ui.tasks import Tasks

WEIGH_MS = 150  # after the last change of what is chosen, before its bytes are counted


class JoinedResults(QObject):
    """Keeps what is shown and what is pressed the same wherever it can be pressed."""

    sort_chosen = Signal(object)  # Sort
    fold_chosen = Signal(bool)  # whether near-duplicates are shown with the best of them
    counted = Signal(str)  # what to say in the place of the number of results; "" for that
    viewed = Signal(object)  # Hit: in the viewer

    def __init__(
        self,
        found: Found,
        controls: Controls,
        menus: Menus,
        verbs: ResultVerbs,
        remembered: Remembered,
        chosen: Chosen,
        tasks: Tasks,
    ) -> None:
        super().__init__(found)
        self._found, self._controls, self._menus = found, controls, menus
        self._verbs, self._tasks = verbs, tasks
        self._remembered, self._chosen = remembered, chosen
        self._weigh = QTimer(self, singleShot=True, interval=WEIGH_MS)
        self._weigh.timeout.connect(self._ask_size)
        self._connect_results()
        self._connect_showing()
        found.set_size(chosen.now.tile_size)
        self._show_as(remembered.shows_list())

    def show_answer(self, answer: Answer, query: Query | None, again: bool, text: str) -> None:
        """As Found.show_answer, and the order in the controls."""
        self._found.show_answer(answer, query, again, text)
        if query:
            self._controls.show_sort(query.sort, browsing=not query.parts)

    def _connect_results(self) -> None:
        result, found, verbs = self._menus.results, self._found, self._verbs
        result.use_in(found)
        found.results.pages.refused.connect(verbs.tell)
        found.selected.connect(self._selected)
        found.opened.connect(lambda _: self._do(verbs.open))
        found.viewed.connect(self.viewed)
        found.menu_asked.connect(self._menu)
        for action, verb in (
            (result.open, verbs.open),
            (result.reveal, verbs.reveal),
            (result.similar, verbs.find_similar),
            (result.like_part, verbs.find_like_part),
            (result.search_with, verbs.search_with),
            (result.copy, verbs.copy),
            (result.copy_path, verbs.copy_paths),
            (result.trash, verbs.throw_away),
        ):
            action.triggered.connect(lambda _=False, verb=verb: self._do(verb))
        result.view.triggered.connect(self._view)
        result.select_all.triggered.connect(self._select_all)
        result.leave_out.triggered.connect(lambda: self._leave_out(lambda hit: hit.path))
        result.leave_out_folder.triggered.connect(
            lambda: self._leave_out(lambda hit: hit.path.parent)
        )
        result.undo.triggered.connect(lambda: verbs.undo.undo())
        verbs.undo.changed.connect(lambda: result.undo.setEnabled(bool(verbs.undo.newest())))
        result.programs.aboutToShow.connect(self._ask_programs)
        result.menu.aboutToShow.connect(self._ask_programs)

    def _connect_showing(self) -> None:
        showing, controls = self._menus.showing, self._controls
        showing.grid.triggered.connect(lambda: self._show_as(False))
        showing.list.triggered.connect(lambda: self._show_as(True))
        controls.list_chosen.connect(self._show_as)
        showing.unfold.toggled.connect(lambda on: self.fold_chosen.emit(not on))
        showing.larger.triggered.connect(lambda: self._zoom(1))
        showing.smaller.triggered.connect(lambda: self._zoom(-1))
        self._chosen.changed.connect(lambda *_: self._changed())
        for one in (controls.zoomed, self._found.zoomed):
            one.connect(self._zoom)
        for one in (controls.sort_chosen, self._found.sort_asked):
            one.connect(self._sort)

    def _do(self, verb: Callable[[Sequence[Hit]], object]) -> None:
        if hits := self._found.choice.hits():
            verb(hits)

    def _view(self) -> None:
        if hit := self._found.hit():
            self.viewed.emit(hit)

    def _select_all(self) -> None:
        self._found.view().setFocus()
        self._found.choice.everything()

    def _leave_out(self, path_of: Callable[[Hit], Path]) -> None:
        if hits := self._found.choice.hits():
            self._verbs.leave_out(list(dict.fromkeys(map(path_of, hits))))

    def _menu(self, at: QPoint) -> None:
        if self._found.hit():
            self._menus.results.menu.popup(at)

    def _selected(self) -> None:
        hits, number = self._found.choice.hits(), self._found.choice.number()
        result = self._menus.results
        enable(result.of_result(), bool(number))
        result.say_part(next((hit.span.unit for hit in hits if hit.span), None))
        enable(result.of_file(), any(not hit.offline for hit in hits))
        result.programs.setEnabled(any(not hit.offline for hit in hits))
        self._tasks.cancel("sizes")
        if number > 1:
            self.counted.emit(saying.selected(number, None))
            self._weigh.start()
        else:
            self._weigh.stop()
            self.counted.emit("")

    def _ask_size(self) -> None:
        number = self._found.choice.number()
        paths = [hit.path for hit in self._found.choice.hits() if not hit.offline]

        def known(size_bytes: int) -> None:
            self.counted.emit(saying.selected(number, size_bytes))

        self._tasks.start("sizes", lambda: _size_of(paths), known, _unknown)

    def _ask_programs(self) -> None:
        from nova_desktop.ui.results.programs import programs_for

        hits = [hit for hit in self._found.choice.hits() if not hit.offline]
        if hits:
            path = hits[0].path
            self._tasks.start("programs", lambda: programs_for(path), self._offer, _unknown)

    def _offer(self, programs: tuple[Program, ...]) -> None:
        menu = self._menus.results.programs
        menu.clear()
        for program in programs:
            name = program.name.replace("&", "&&")
            menu.addAction(name).triggered.connect(
                lambda _=False, it=program: self._do(lambda hits: self._verbs.open_with(it, hits))
            )
        self._menus.results.say_programs(bool(programs))

    def _show_as(self, a_list: bool) -> None:
        self._found.show_list(a_list)
        self._changed()

    def _zoom(self, by: int) -> None:
        if not self._found.shows_list() and (size := self._step(by)):
            self._chosen.change(tile_size=size)

    def _step(self, by: int) -> int | None:
        """The next size up (1) or down (-1); None at the end."""
        now = self._chosen.now.tile_size
        if by > 0:
            return next((size for size in STEPS if size > now), None)
        return next((size for size in reversed(STEPS) if size < now), None)

    def _changed(self) -> None:
        a_list, size = self._found.shows_list(), self._chosen.now.tile_size
        if size != self._found.grid.size_of_tiles():
            self._found.set_size(size)
        smaller, larger = (not a_list and self._step(by) is not None for by in (-1, 1))
        self._controls.show_as(a_list, smaller, larger)
        showing = self._menus.showing
        (showing.list if a_list else showing.grid).setChecked(True)
        showing.smaller.setEnabled(smaller)
        showing.larger.setEnabled(larger)
        self._remembered.keep_list(a_list)

    def _sort(self, sort: Sort) -> None:
        self.sort_chosen.emit(sort)


def _size_of(paths: Sequence[Path]) -> int:
    """Bytes of those that are there."""
    total = 0
    for path in paths:
        try:
            total += path.stat().st_size
        except OSError:
            continue  # gone meanwhile: it counts nothing
    return total


def _unknown(_: ExpectedError) -> None:
    """What is not known is not said."""
