"""Joins the viewer with the window: what opens it, what it asks for, and what it leaves chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nova_desktop.query import Hit, Query

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.preview.pane import PreviewPane
    from nova_desktop.ui.preview.viewer import Viewer
    from nova_desktop.ui.results.grid import Grid
    from nova_desktop.ui.tasks import Tasks
    from nova_desktop.ui.verbs import Verbs


class Showing(QObject):
    """Builds the viewer when it is first needed."""

    ended = Signal()  # the viewer does not lie over the window any more

    def __init__(
        self, tasks: Tasks, window: QWidget, grid: Grid, pane: PreviewPane, verbs: Verbs
    ) -> None:
        super().__init__(window)
        self._tasks, self._window = tasks, window
        self._grid, self._pane, self._verbs = grid, pane, verbs
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
        hits = self._hits()
        row = _row(hits, hit)
        if self._library is None or row is None:
            return
        self._pane.clear()  # it lets go of what it plays
        self._built().open(hits, row, self.query)

    def step(self, by: int) -> None:
        """Chooses the next result (1) or the one before (-1)."""
        hits = self._hits()
        row = _row(hits, self._grid.hit())
        if row is not None and 0 <= row + by < len(hits):
            self._grid.choose(row + by)

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
            viewer.stepped.connect(self._choose)
            viewer.opened.connect(self._verbs.open)
            viewer.revealed.connect(self._verbs.reveal)
            viewer.similar.connect(self._verbs.find_similar)
        return self.viewer

    def _choose(self, hit: Hit) -> None:
        """The same one in the grid, if it is there still: menus and verbs are about it."""
        row = _row(self._hits(), hit)
        if row is not None:
            self._grid.choose(row)

    def _hits(self) -> tuple[Hit, ...]:
        return tuple(self._grid.results.hits)


def _row(hits: Sequence[Hit], hit: Hit | None) -> int | None:
    if hit is None:
        return None
    return next((row for row, it in enumerate(hits) if it.path == hit.path), None)
