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
    from nova_desktop.ui.results.found import Found
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
            viewer.opened.connect(lambda hit: self._verbs.open([hit]))
            viewer.revealed.connect(self._verbs.reveal_path)
            viewer.similar.connect(lambda hit: self._verbs.find_similar([hit]))
        return self.viewer

    def _hits(self) -> tuple[Hit, ...]:
        return tuple(self._found.results.hits)


def _row(hits: Sequence[Hit], hit: Hit | None) -> int | None:
    if hit is None:
        return None
    return next((row for row, it in enumerate(hits) if it.path == hit.path), None)
