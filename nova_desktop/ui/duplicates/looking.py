"""Asks the library for what there is more than once, until the look is at its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from nova_desktop.duplicates import Copy, Duplicates, Same, Wanted
from nova_desktop.errors import ExpectedError
from nova_desktop.ui.duplicates.groups import PAGE
from nova_desktop.ui.look.decoding import decoded

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.tasks import Tasks

LOOK_MS = 300  # between two looks at how far it is


@dataclass(frozen=True, slots=True)
class Seen:
    """Of a file: a picture, which may be a null one, its sound's peaks, or how its text begins."""

    picture: QImage
    peaks: tuple[float, ...] = ()
    text: str = ""


class Looking(QObject):
    """For the Qt thread; what is asked runs off it."""

    came = Signal(object)  # Duplicates: the look is done, and this is its first page
    more_came = Signal(object)  # Duplicates: the page after those before
    goes_on = Signal(float)  # the share that is compared
    refused = Signal(object)  # ExpectedError; what is under way has ended

    def __init__(self, tasks: Tasks, link: Link, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._link = tasks, link
        self._timer = QTimer(self, interval=LOOK_MS)
        self._wanted = Wanted()
        self._timer.timeout.connect(lambda: self._ask(again=False))

    def under_way(self) -> bool:
        return self._timer.isActive()

    def look(self) -> None:
        """Compares everything again."""
        self._timer.start()
        self.goes_on.emit(0.0)
        self._ask(again=True)

    def show(self, same: Same | None) -> None:
        """Only groups of this kind from now on; None for all."""
        self._wanted = Wanted() if same is None else Wanted(frozenset({same}))
        self._ask(again=False)

    def more(self, known: int) -> None:
        """The groups after so many."""
        wanted = self._wanted
        self.start("more", lambda it: it.duplicates(wanted, PAGE, known), self.more_came.emit)

    def stop(self) -> None:
        """Ends a look that is under way; nothing comes of it."""
        self._timer.stop()
        self._tasks.cancel(("duplicates", "look"))
        self.start("stop", lambda it: it.stop_duplicates(), lambda _: None)

    def picture(self, copy: Copy, size: QSize, done: Callable[[Seen], object]) -> None:
        """What a file looks like; a picture fits into `size`, in pixels."""

        def seen(library: LibraryCalls) -> Seen:
            made = library.preview(copy.path, None, size.width())
            found = decoded(made.jpeg)
            keep = Qt.AspectRatioMode.KeepAspectRatio
            picture = found if found.isNull() else found.scaled(size, keep)
            return Seen(picture, made.peaks, made.text)

        self.start(f"picture {copy.path}", seen, done, lambda _: None)

    def start(
        self,
        name: str,
        call: Callable[[LibraryCalls], Any],
        done: Callable[[Any], object],
        failed: Callable[[ExpectedError], object] | None = None,
    ) -> None:
        """Asks the library; of several calls with one name only the newest counts."""
        self._link.ask(("duplicates", name), call, done, failed or self._failed)

    def _ask(self, again: bool) -> None:
        wanted = self._wanted
        self.start("look", lambda it: it.duplicates(wanted, PAGE, 0, again), self._come)

    def _come(self, found: Duplicates) -> None:
        if found.done:
            self._timer.stop()
            self.came.emit(found)
        else:
            self._timer.start()
            self.goes_on.emit(found.share)

    def _failed(self, error: ExpectedError) -> None:
        self._timer.stop()
        self.refused.emit(error)
