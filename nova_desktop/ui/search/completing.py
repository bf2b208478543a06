"""Decides what the list under the search box shows: forms to type, values, or recent searches."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from nova_desktop.errors import BadInput, ExpectedError
from nova_desktop.grammar import Suggestion, file_begun, place_begun
from nova_desktop.query import Answer, Facets, Filters, Query
from nova_desktop.ui.look.words import tr
from nova_desktop.ui.search.proposed import Choice, Proposed
from nova_desktop.ui.search.proposing import Proposal, files, proposals, taken
from nova_desktop.ui.search.recents import Asking, Recents, there

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.search.box import SearchBox
    from nova_desktop.ui.tasks import Tasks

SHOWN = 8  # recent searches
NAMES = 50  # files that are looked through for those whose names begin as was typed
SETTLED_MS = 3000  # a question that stands so long was meant
BEGUN_MS = 700  # after the last key, before a file's name counts as typed to its end


class Completing(QObject):
    """Keeps recent searches, and hands the line what was chosen.

    What is wrong with the name of a file, or of a place, is told once it is typed, not while it
    goes on.
    """

    refused = Signal(object)  # ExpectedError

    def __init__(
        self, box: SearchBox, proposed: Proposed, recents: Recents, tasks: Tasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._box, self._tasks = box, tasks
        self.proposed, self.recents = proposed, recents
        self.facets = Facets()
        self._library: LibraryCalls | None = None
        self._typed = False  # by hand, and the box has not told of it yet
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self.keep)
        self._refusal: ExpectedError | None = None  # that is not told yet
        self._begun = QTimer(self, singleShot=True, interval=BEGUN_MS)
        self._begun.timeout.connect(self._tell)
        line = box.line
        line.take = proposed.take
        line.textEdited.connect(self._edited)
        line.called.connect(self.show_recents)
        box.changed.connect(self._changed)
        box.left.connect(self.keep)
        box.unfocused.connect(proposed.hide)

    def use(self, library: LibraryCalls) -> None:
        """Where the names of files come from."""
        self._library = library

    def show_facets(self, facets: Facets) -> None:
        """What values there are to propose."""
        self.facets = facets

    def show_recents(self) -> None:
        """What was asked before, while the box is empty."""
        if self._box.line.text() or len(self._box.parts):
            return
        askings = self.recents.all()
        self._tasks.start("recents", lambda: there(askings), self._show, lambda _: None)

    def keep(self) -> None:
        """The present question is one to remember."""
        self._settled.stop()
        if self._box.asked().parts or self._box.asked().forms:
            self.recents.add(Asking(self._box.line.text().strip(), self._box.parts.parts()))

    def refuse(self, error: ExpectedError) -> None:
        """Tells of it now, or when the name that is being typed, and its proposals, are done."""
        self._refusal = error
        if isinstance(error, BadInput) and self._name_begun():
            self._begun.start()
        else:
            self._tell()

    def forget_refusal(self) -> None:
        """Something else was asked, or it was answered meanwhile."""
        self._begun.stop()
        self._refusal = None

    def _tell(self) -> None:
        if self._refusal is not None and self.proposed.isVisible() and self._name_begun():
            self._begun.start()
        elif self._refusal is not None:
            self.refused.emit(self._refusal)
            self.forget_refusal()

    def _name_begun(self) -> bool:
        line = self._box.line
        place = line.hasFocus() and place_begun(line.text(), line.place())
        return place or self._file_begun() is not None

    def _file_begun(self) -> Suggestion | None:
        line = self._box.line
        return file_begun(line.text(), line.place()) if line.hasFocus() else None

    def _show(self, askings: list[Asking]) -> None:
        if self._box.line.text() or len(self._box.parts) or not self._box.line.hasFocus():
            return
        choices = [
            Choice(
                str(one),
                functools.partial(self._box.ask, one.typed, one.parts),
                icon="recent",
            )
            for one in askings[:SHOWN]
        ]
        if choices:
            forget = tr("Search", "Forget recent searches")
            choices.append(Choice(forget, self.recents.forget, icon="remove"))
        self.proposed.offer(choices, "")

    def _changed(self) -> None:
        self.forget_refusal()
        self._settled.start()
        # What is proposed is about what stood there before, unless it was typed just now.
        if not self._typed:
            self.proposed.hide()
        self._typed = False

    def _edited(self) -> None:
        self._typed = True
        self._offer()

    def _offer(self) -> None:
        line = self._box.line
        made = proposals(line.text(), line.place(), self.facets)
        self._propose(made)
        self._tasks.cancel("file names")
        begun = self._file_begun()
        if begun is not None and self._library is not None:
            self._ask_names(self._library, begun)

    def _propose(self, made: Sequence[Proposal]) -> None:
        choices = [
            Choice(one.says, functools.partial(self._take, one), one.means, one.count)
            for one in made
        ]
        self.proposed.offer(choices, tr("Search", "Tab takes the first · Esc closes this"))

    def _ask_names(self, library: LibraryCalls, begun: Suggestion) -> None:
        """Proposes the files of the library that could be meant, once it has said which."""
        line = self._box.line
        typed = line.text()
        query = Query(filters=Filters(name=begun.text), limit=NAMES)

        def known(answer: Answer) -> None:
            if line.text() == typed and line.hasFocus():
                self._propose(files(begun, [hit.path for hit in answer.hits]))

        # What goes wrong is told by the search for the same words; here nothing is proposed then.
        self._tasks.start("file names", lambda: library.find(query), known, lambda _: None)

    def _take(self, proposal: Proposal) -> None:
        line = self._box.line
        line.write(*taken(line.text(), proposal))
        if proposal.more:
            self._offer()
