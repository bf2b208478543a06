"""Joins the first start with the window: when it is seen, what it asks, what it does."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from nova_desktop.folders import Survey
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.start.proposed import proposed

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.errors import ExpectedError
    from nova_desktop.model import Status
    from nova_desktop.ui.start.folders import FolderRow
    from nova_desktop.ui.start.page import StartPage
    from nova_desktop.ui.window import Window

LOOK_MS = 300  # between two looks at how far a folder is counted
LEFT, DONE = "left", "done"


class Starting(QObject):
    """The page is made when it is first to be seen; most starts never make it."""

    changed = Signal()  # another page is to be seen

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.page: StartPage | None = None
        self._resumed = False  # asked for, whether or not there are folders
        self._looking: dict[Path, FolderRow] = {}
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        window.link.opened.connect(self._look)

    def wanted(self, status: Status) -> StartPage | None:
        """The page, while it is to be seen."""
        kept = self._window.remembered.start()
        if not self._resumed and (status.folders or kept in (LEFT, DONE)):
            return None
        if self.page is None:
            self.page = self._made(kept)
        return self.page

    def resume(self) -> None:
        """Takes it up where it was left."""
        self._resumed = True
        if self.page is not None:
            self._window.remembered.keep_start(str(self.page.steps.currentIndex()))
        self.changed.emit()

    def _made(self, kept: str) -> StartPage:
        from nova_desktop.ui.start.page import StartPage

        page = StartPage()
        self._window.pages.addWidget(page)
        page.folders.added.connect(self._survey)
        status = self._window.status
        watched = {it.path for it in status.folders} if status else set()
        for path in proposed():
            if path not in watched:
                page.folders.add(path)
        page.show_step(int(kept) if kept in ("1", "2") and page.folders.chosen() else 0)
        page.moved.connect(lambda step: self._window.remembered.keep_start(str(step)))
        page.left.connect(partial(self._leave, LEFT))
        page.engine.nova_asked.connect(self._window.menus.sending.trigger)
        page.engine.models_asked.connect(self._window.settings.show_models)
        page.go.connect(self._go)
        return page

    def _leave(self, how: str) -> None:
        self._resumed = False
        self._window.remembered.keep_start(how)
        self._end_surveys()
        self.changed.emit()
        self._window.search_box.setFocus()

    def _go(self, folders: list[Path]) -> None:
        self._leave(DONE)
        for path in folders:
            self._window.verbs.add_folder(path)

    def _survey(self, row: FolderRow) -> None:
        self._looking[row.path] = row
        self._look()
        self._timer.start()

    def _look(self) -> None:
        library = self._window.link.library
        if library is None:
            return
        for path in self._looking:
            if self._window.tasks.waited_s(("survey", path)) == 0:
                self._ask(library, path)
        if not self._looking:
            self._timer.stop()

    def _ask(self, library: LibraryCalls, path: Path) -> None:
        def counted(survey: Survey) -> None:
            if row := self._looking.get(path):
                row.show_survey(survey)
                if survey.done:
                    del self._looking[path]
            if self.page:
                self.page.show_counts()

        def refused(error: ExpectedError) -> None:
            if row := self._looking.pop(path, None):
                row.refuse(sentence(str(error)))

        self._window.tasks.start(("survey", path), lambda: library.survey(path), counted, refused)

    def _end_surveys(self) -> None:
        library, paths = self._window.link.library, tuple(self._looking)
        self._looking.clear()
        if library is None or not paths:
            return

        def end() -> None:
            for path in paths:
                library.end_survey(path)

        self._window.tasks.start("end surveys", end, lambda _: None, self._window.verbs.tell)
