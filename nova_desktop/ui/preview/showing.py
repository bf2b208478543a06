"""Joins the viewer with the window: what opens it, what it asks for, and what it leaves chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from nova_desktop.query import Hit, Query

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.preview.pane import PreviewPane
    from nova_desktop.ui.preview.viewer import Viewer
    from nova_desktop.ui.results.found import Found
    from nova_desktop.ui.results.model import Results
    from nova_desktop.ui.results.verbs import ResultVerbs
    from nova_desktop.ui.tasks import Tasks


class Showing(QObject):
    """Builds the viewer when it is first needed."""

    ended = Signal()  # the viewer does not lie over the window any more

    def __init__(
        self,
        tasks: Tasks,
        window: QWidget,
        found: Found,
        pane: PreviewPane,
        verbs: ResultVerbs,
    ) -> None:
        super().__init__(window)
        self._tasks, self._window = tasks, window
        self._found, self._pane, self._verbs = found, pane, verbs
        self._rows = FoundRows(found.results)
        # Later, as what was reset may be put together from several changes.
        self._renew = QTimer(self, singleShot=True, interval=0)
        self._renew.timeout.connect(self._renewed)
        verbs.leaving.connect(self._let_go)
        self.query: Query | None = None  # that the shown results answer
        self._library: LibraryCalls | None = None
        self.viewer: Viewer | None = None

    def use(self, library: LibraryCalls) -> None:
        """Where what is shown comes from."""
        self._library = library
        if self.viewer:
            self.viewer.use(library)

    def is_open(self) -> bool:
        """Whether the viewer lies over the window."""
        return self.viewer is not None and not self.viewer.isHidden()

    def view(self, hit: Hit | None) -> None:
        """Fills the window with one of the shown results."""
        row = self._rows.row_of(hit) if hit else None
        if self._library is None or row is None:
            return
        self._pane.clear()  # it lets go of what it plays
        self._built().open(self._rows, row, self.query)

    def play(self) -> None:
        """Plays or pauses what is shown, in the viewer or else beside the results."""
        if self.viewer and self.is_open():
            self.viewer.stage.play()
        else:
            self._pane.play()

    def stop(self) -> None:
        """Closes the viewer, which lets go of what it plays."""
        if self.viewer:
            self.viewer.close_viewer()

    def end(self) -> None:
        """Returns when the viewer neither plays nor loads nor saves anything any more."""
        if self.viewer:
            self.viewer.end()

    def _built(self) -> Viewer:
        if self.viewer is None:
            from nova_desktop.ui.preview.viewer import Viewer

            self.viewer = viewer = Viewer(self._tasks, self._window)
            if self._library:
                viewer.use(self._library)
            viewer.closed.connect(self.ended)
            # The same one among the results: menus and verbs are about it.
            viewer.stepped.connect(self._found.choose_hit)
            viewer.lacking.connect(self._found.choose)  # what is chosen is loaded
            for changed in (self._found.results.dataChanged, self._found.results.modelReset):
                changed.connect(self._renew.start)
            viewer.opened.connect(lambda hit: self._verbs.open([hit]))
            viewer.revealed.connect(self._verbs.reveal_path)
            viewer.thrown.connect(lambda hit: self._verbs.throw_away([hit]))
            viewer.similar.connect(self._verbs.search_by)
        return self.viewer

    def _let_go(self, paths: set[Path]) -> None:
        """A file that is open can't be moved everywhere."""
        viewed = self.viewer.hit() if self.viewer else None
        if self.viewer and viewed and viewed.path in paths:
            self.viewer.stage.stop()
        shown = self._pane.hit()
        if shown and shown.path in paths:
            self._pane.stop()

    def _renewed(self) -> None:
        if self.viewer:
            self.viewer.renew()


class FoundRows:
    """The results as the viewer goes through them."""

    def __init__(self, results: Results) -> None:
        self._results = results

    def count(self) -> int:
        return self._results.rowCount()

    def hit(self, row: int) -> Hit | None:
        return self._results.hit(row)

    def row_of(self, hit: Hit) -> int | None:
        return self._results.rows_of({hit.path}).get(hit.path)

    def gone(self, hit: Hit) -> str:
        return self._results.gone.get(hit.path, "")
