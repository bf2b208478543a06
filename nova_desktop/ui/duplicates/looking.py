"""Asks the library for what there is more than once, until the look is at its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from nova_desktop.duplicates import Copy, Duplicates, Same, Wanted
from nova_desktop.errors import ExpectedError
from nova_desktop.ui.asking import Asking
from nova_desktop.ui.duplicates.groups import PAGE

if TYPE_CHECKING:
    from nova_desktop.model import Preview
    from nova_desktop.ui.link import Link
    from nova_desktop.ui.tasks import Tasks

LOOK_MS = 300  # between two looks at how far it is


@dataclass(frozen=True, slots=True)
class Seen:
    """Of a file: a picture, which may be a null one, its sound's peaks, or how its text begins."""

    picture: QImage
    peaks: tuple[float, ...] = ()
    text: str = ""


class Looking(Asking):
    """For the Qt thread. Once something is `refused`, what is under way has ended."""

    came = Signal(object)  # Duplicates: the look is done, and this is its first page
    more_came = Signal(object)  # Duplicates: the page after those before
    goes_on = Signal(float)  # the share that is compared

    def __init__(self, tasks: Tasks, link: Link, parent: QObject | None = None) -> None:
        super().__init__("duplicates", link, parent)
        self._tasks = tasks
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

        def seen(made: Preview, image: QImage) -> Seen:
            keep = Qt.AspectRatioMode.KeepAspectRatio
            picture = image if image.isNull() else image.scaled(size, keep)
            return Seen(picture, made.peaks, made.text)

        self.preview(str(copy.path), copy.path, size.width(), seen, done)

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
        super()._failed(error)
