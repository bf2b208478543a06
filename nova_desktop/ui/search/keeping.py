"""Keeps searches by name: joins the star, the list of saved searches, and the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from nova_desktop.query import SavedSearch
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.search.chip import name_of
from nova_desktop.ui.search.narrowing import Narrowing
from nova_desktop.ui.search.writing import typed

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.search.box import SearchBox
    from nova_desktop.ui.search.filters import FilterRow
    from nova_desktop.ui.search.naming import Naming
    from nova_desktop.ui.search.saved import SavedPane
    from nova_desktop.ui.tasks import Tasks


class Keeping(QObject):
    """What is saved has its filters written out, so that it means the same wherever it is asked."""

    refused = Signal(object)  # ExpectedError
    savable = Signal(bool)  # whether there is a question to keep

    def __init__(
        self, box: SearchBox, filters: FilterRow, pane: SavedPane, tasks: Tasks, window: QWidget
    ) -> None:
        super().__init__(window)
        self._box, self._filters, self._pane = box, filters, pane
        self._tasks, self._window = tasks, window
        self._library: LibraryCalls | None = None
        self.searches: tuple[SavedSearch, ...] = ()
        self.naming: Naming | None = None  # the small window that is open
        box.star_button.clicked.connect(self.name)
        box.changed.connect(self._mark)
        filters.changed.connect(self._mark)
        pane.asked.connect(self.ask)
        pane.renamed.connect(self._rename)
        pane.forget_asked.connect(self.ask_to_forget)

    def use(self, library: LibraryCalls) -> None:
        """Where they are kept."""
        self._library = library
        self.refresh()

    def refresh(self) -> None:
        """Asks for them anew."""
        if library := self._library:
            self._tasks.start("searches", library.searches, self._show, self.refused.emit)

    def present(self) -> SavedSearch:
        """The question of now, without a name yet."""
        words = self._box.asked().typed
        text = typed(words, self._filters.narrowing())
        return SavedSearch("", text, self._box.parts.parts())

    def saved_as(self) -> str:
        """The name of the question of now; "" where it is not saved."""
        now = self.present()
        same = (one.name for one in self.searches if (one.text, one.parts) == (now.text, now.parts))
        return next(same, "")

    def ask(self, search: SavedSearch) -> None:
        """Instead of what was asked and chosen."""
        self._filters.blockSignals(True)
        self._filters.clear()
        self._filters.blockSignals(False)
        self._box.ask(search.text, search.parts)
        self._filters.changed.emit()
        if search.new:
            self._do(lambda library: library.see_search(search.name))

    def name(self) -> None:
        """Opens the small window under the star."""
        from nova_desktop.ui.search.naming import Naming

        before = self.saved_as()
        taken = frozenset(one.name for one in self.searches)
        made = Naming(before or self._proposal(), bool(before), taken, self._window)
        self.naming = made
        made.kept.connect(lambda name: self._keep(before, name))
        made.forgotten.connect(lambda: self.forget(before))
        made.destroyed.connect(self._closed)
        made.open_under(self._box.star_button)

    def ask_to_forget(self, name: str) -> None:
        """Asks first, as it can't be undone."""
        question = QMessageBox(
            QMessageBox.Icon.Question,
            tr("Saved", "Forget a saved search"),
            tr("Saved", "Forget the saved search “{name}”?", name=name),
            parent=self._window,
        )
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setInformativeText(tr("Saved", "What it finds stays where it is."))
        forget = question.addButton(tr("Saved", "Forget"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forget.clicked.connect(lambda: self.forget(name))
        question.open()

    def forget(self, name: str) -> None:
        """At once."""
        self._do(lambda library: library.forget_search(name))

    def _keep(self, before: str, name: str) -> None:
        if before and before != name:
            self._rename(before, name)
            return
        now = self.present()
        self._do(lambda library: library.save_search(name, now.text, now.parts))

    def _rename(self, before: str, name: str) -> None:
        self._do(lambda library: library.rename_search(before, name))

    def _do(self, call: Callable[[LibraryCalls], None]) -> None:
        library = self._library
        if library is None:
            return

        def failed(error: Exception) -> None:
            self.refused.emit(error)
            self.refresh()  # a name that was refused must not stay in the list

        self._tasks.start("keep search", lambda: call(library), lambda _: self.refresh(), failed)

    def _proposal(self) -> str:
        """A name from the words, the chips and the filters."""
        asked, narrowing = self._box.asked(), self._filters.narrowing()
        chips = [name_of(part) for part in self._box.parts.parts()]
        values = [narrowing.said(field) for field in narrowing.active()]
        words = asked.typed.strip()
        return ", ".join(filter(None, (*chips, words, *values)))[:48] or tr("Saved", "Search")

    def _show(self, searches: tuple[SavedSearch, ...]) -> None:
        self.searches = searches
        self._pane.show_searches(searches)
        self._mark()

    def _mark(self) -> None:
        bare = not self._box.asked().typed.strip() and not len(self._box.parts)
        bare = bare and self._filters.narrowing() == Narrowing()
        name = "" if bare else self.saved_as()
        self._box.star_button.setVisible(not bare)
        self.savable.emit(not bare)
        self._box.show_star(name)
        self._pane.choose(name)

    def _closed(self) -> None:
        self.naming = None
