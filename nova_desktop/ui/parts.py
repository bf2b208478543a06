"""The parts of the window that are not seen at its first paint."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from nova_desktop.ui.frame import Frame
from nova_desktop.ui.states import Message, invitation

LATE_MS = 400  # a search that takes longer says that it is going on


class Parts(Frame):
    """The window with all that it is made of, none of it connected yet."""

    def make_parts(self) -> None:
        """Builds what is not seen at first; imports it only then."""
        from nova_desktop.ui.link import Link
        from nova_desktop.ui.manners.silence import Silence
        from nova_desktop.ui.notice import Notice
        from nova_desktop.ui.overlay import Overlay
        from nova_desktop.ui.preview.showing import Showing
        from nova_desktop.ui.results.found import Found
        from nova_desktop.ui.results.joined import JoinedResults
        from nova_desktop.ui.results.verbs import ResultVerbs
        from nova_desktop.ui.search.asking import Search
        from nova_desktop.ui.search.completing import Completing
        from nova_desktop.ui.search.keeping import Keeping
        from nova_desktop.ui.search.proposed import Proposed
        from nova_desktop.ui.search.questions import Questions
        from nova_desktop.ui.tasks import Tasks
        from nova_desktop.ui.verbs import Verbs

        self.tasks = Tasks(parent=self)
        self.link = Link(self.tasks, self.data, self)
        self.search = Search(self.tasks, self)
        self.questions = Questions(self.search_box, self.filters, self.search, self.tasks, self)
        self.completing = Completing(
            self.search_box,
            Proposed(self, self.search_box),
            self.remembered.recents(),
            self.tasks,
            self,
        )
        self.keeping = Keeping(self.search_box, self.filters, self.saved, self.tasks, self)
        self.found = Found()
        self.notice = Notice()
        self.overlay = Overlay(self)
        self._add_pages()
        self.middle.insertWidget(0, self.notice)
        self.verbs = Verbs(self, self.link, self.tasks, self.search_box, self.notice)
        self.result_verbs = ResultVerbs(
            self.link, self.tasks, self.search_box, self.notice, self.found.results, self
        )
        self.results = JoinedResults(
            self.found,
            self.controls,
            self.menus,
            self.result_verbs,
            self.remembered,
            self.chosen,
            self.tasks,
        )
        self.showing = Showing(self.tasks, self, self.found, self.preview, self.result_verbs)
        self.silence = Silence(
            self.link, self.tasks, self.notice, self.footer, self.data, parent=self
        )
        self._late = QTimer(self, singleShot=True, interval=LATE_MS)

    def _add_pages(self) -> None:
        self.invitation = invitation()
        self.nothing = Message("search")
        self.trouble = Message("warning")
        for page in (self.invitation, self.found, self.nothing, self.trouble):
            self.pages.addWidget(page)
