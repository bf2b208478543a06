"""Has the library asked, off the Qt thread, for what a result looks like; drops what comes late."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from nova_desktop.closeup import Excerpt
from nova_desktop.errors import ExpectedError
from nova_desktop.model import Modality, Preview, Span
from nova_desktop.query import Hit
from nova_desktop.ui.look.decoding import decoded
from nova_desktop.ui.tasks import Tasks, abandonable

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls

T = TypeVar("T")
READ = (Modality.DOCUMENT, Modality.TEXT)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is shown of one part of a result."""

    span: Span | None
    preview: Preview
    image: QImage
    excerpt: Excerpt | None


class Loads(QObject):
    """Of several calls with one name only the newest counts; after `leave`, none does."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._slow = Tasks(2, self)  # for what takes a while, so that nothing else waits for it
        self._abandoned = threading.Event()
        self._names: set[str] = set()
        self.library: LibraryCalls | None = None

    def part(
        self,
        hit: Hit,
        span: Span | None,
        edge: int,
        done: Callable[[Loaded], object],
        failed: Callable[[ExpectedError], object],
    ) -> None:
        """What a part looks like, within `edge` pixels; the words where it has no look."""
        library = self.library
        if library is None:
            return
        # A sound is shown whole, so that where it is can be shown on it.
        part = None if hit.modality is Modality.AUDIO else span
        reads = hit.modality in READ

        def work() -> Loaded:
            preview = library.preview(hit.path, part, edge)
            image = decoded(preview.jpeg)
            excerpt = None
            if reads and image.isNull():
                try:
                    excerpt = library.excerpt(hit.path, span)
                except ExpectedError:
                    excerpt = Excerpt(preview.text)  # the passage alone, then
            return Loaded(span, preview, image, excerpt)

        self._names.add("preview")
        self._tasks.start((self, "preview"), work, done, failed)

    def ask(
        self, name: str, call: Callable[[LibraryCalls], T], done: Callable[[T], object]
    ) -> None:
        """What nobody misses where it can't be had: the preview says what is wrong."""
        if library := self.library:
            self._names.add(name)
            self._tasks.start((self, name), lambda: call(library), done, _unsaid)

    def ask_slowly(
        self, name: str, call: Callable[[LibraryCalls], T], done: Callable[[T], object]
    ) -> None:
        """As `ask`, of what may take as long as a film is."""
        if library := self.library:
            work = abandonable(lambda: call(library), self._abandoned)
            self._slow.start(name, work, done, _unsaid)

    def settled(self) -> bool:
        """Whether nothing that is shown at once is still loading."""
        return not {(self, name) for name in self._names} & self._tasks.names()

    def leave(self) -> None:
        """What is still loading is for nobody any more."""
        self._abandoned.set()
        self._abandoned = threading.Event()
        for name in self._names:
            self._tasks.cancel((self, name))
        for slow in self._slow.names():
            self._slow.cancel(slow)

    def end(self) -> None:
        """Returns when nothing loads slowly any more."""
        self.leave()
        self._slow.close()


def _unsaid(_: ExpectedError) -> None:
    """The preview of the same file says what is wrong with it."""
