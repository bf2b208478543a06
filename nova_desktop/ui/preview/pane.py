"""The pane on the right: a hint, or the details of the chosen result."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from nova_desktop.ui.look.labels import wrapped
from nova_desktop.ui.look.words import tr

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.query import Hit, Query
    from nova_desktop.ui.preview.details import Details
    from nova_desktop.ui.tasks import Tasks


class PreviewPane(QFrame):
    """Builds the details when they are first needed: the first paint does not wait for them."""

    opened = Signal(object)  # Hit
    revealed = Signal(object)  # Hit
    similar = Signal(object)  # Part
    viewed = Signal(object)  # Hit: it is to fill the window
    stepped = Signal(int)  # to the next result (1) or the one before (-1)
    clip_revealed = Signal(object)  # Path
    loaded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAccessibleName(tr("Preview", "Preview"))
        self.setMinimumWidth(300)
        self._library: LibraryCalls | None = None
        self._tasks: Tasks | None = None
        self._built = False
        self._shown: tuple[Hit, Query | None] | None = None
        self._hint = wrapped(tr("Preview", "Choose a result to see it here."), muted=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._hint)

    @cached_property
    def details(self) -> Details:
        """What is shown of a result."""
        from nova_desktop.ui.preview.details import Details

        if self._library is None or self._tasks is None:
            raise RuntimeError("The details of a result need the library that it is from.")
        details = Details(self._tasks)
        details.use(self._library)
        for ours, theirs in (
            (self.opened, details.opened),
            (self.revealed, details.revealed),
            (self.similar, details.similar),
            (self.viewed, details.viewed),
            (self.stepped, details.stepped),
            (self.clip_revealed, details.clip_revealed),
            (self.loaded, details.loaded),
        ):
            theirs.connect(ours)
        self._pages.addWidget(details)
        self._built = True
        return details

    def use(self, library: LibraryCalls, tasks: Tasks) -> None:
        """Where previews come from."""
        self._library, self._tasks = library, tasks
        if self._built:
            self.details.use(library)

    def hit(self) -> Hit | None:
        """What is shown."""
        return self.details.hit() if self._built else None

    def show_hit(self, hit: Hit, query: Query | None) -> None:
        """Shows an answer to `query`, whose words are marked in a passage.

        What is shown already stays, and goes on playing: answers come anew while files are indexed.
        """
        shown = (replace(hit, score=0.0), query)
        if shown == self._shown:
            return
        self._shown = shown
        self._pages.setCurrentWidget(self.details)
        self.details.show_hit(hit, query)

    def load_player(self) -> None:
        """Makes the player ready before it is needed."""
        self.details.load_player()

    def clear(self) -> None:
        """Nothing is chosen."""
        self._shown = None
        self._pages.setCurrentWidget(self._hint)
        if self._built:
            self.details.clear()

    def play(self) -> None:
        """Plays or pauses what is shown, where that can be played."""
        if self._built:
            self.details.play()

    def stop(self) -> None:
        """Lets go of what is being played."""
        if self._built:
            self.details.stop()

    def end(self) -> None:
        """As `stop`, and returns when the player has let go."""
        if self._built:
            self.details.end()
