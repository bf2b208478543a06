"""Joins the viewer with the window: what opens it, what it asks for, and what it leaves chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nova_desktop.query import Hit, Query

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.preview.viewer import Viewer
    from nova_desktop.ui.tasks import Tasks


class Showing(QObject):
    """Builds the viewer when it is first needed."""

    began = Signal()  # it lies over the window now
    ended = Signal()  # it does not any more
    chosen = Signal(object)  # Hit: what it shows now
    opened = Signal(object)  # Hit: in its own program
    revealed = Signal(object)  # Path
    similar = Signal(object)  # Hit

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._tasks, self._window = tasks, window
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

    def view(self, hits: Sequence[Hit], hit: Hit, query: Query | None) -> None:
        """Fills the window with one of the hits of the answer to `query`."""
        if self._library is None or hit not in hits:
            return
        viewer = self._built()
        began = not self.is_open()
        viewer.open(hits, list(hits).index(hit), query)
        if began:
            self.began.emit()

    def play(self) -> bool:
        """Plays or pauses what the viewer shows; False while it is closed."""
        if self.viewer is None or not self.is_open():
            return False
        self.viewer.stage.play()
        return True

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
            viewer.stepped.connect(self.chosen)
            viewer.opened.connect(self.opened)
            viewer.revealed.connect(self.revealed)
            viewer.similar.connect(self.similar)
        return self.viewer
