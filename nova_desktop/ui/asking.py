"""What one dialog asks the library, off the Qt thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from nova_desktop.errors import ExpectedError
from nova_desktop.ui.look.decoding import decoded

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.model import Preview
    from nova_desktop.ui.link import Link

T = TypeVar("T")


class Asking(QObject):
    """For the Qt thread; of several calls with one name only the newest counts."""

    refused = Signal(object)  # ExpectedError

    def __init__(self, topic: str, link: Link, parent: QObject | None = None) -> None:
        """`topic` keeps names apart from those of other dialogs."""
        super().__init__(parent)
        self._topic, self._link = topic, link

    def start(
        self,
        name: str,
        call: Callable[[LibraryCalls], Any],
        done: Callable[[Any], object],
        failed: Callable[[ExpectedError], object] | None = None,
    ) -> None:
        """Nothing where there is no library now."""
        self._link.ask((self._topic, name), call, done, failed or self._failed)

    def preview(
        self,
        name: str,
        path: Path,
        edge: int,
        made: Callable[[Preview, QImage], T],
        done: Callable[[T], object],
    ) -> None:
        """Gives what is `made`, in a worker, of a file's preview and picture, so many pixels wide.

        Nothing of a file that has none.
        """

        def asked(library: LibraryCalls) -> T:
            found = library.preview(path, None, edge)
            return made(found, decoded(found.jpeg))

        self.start(f"picture {name}", asked, done, lambda _: None)

    def _failed(self, error: ExpectedError) -> None:
        self.refused.emit(error)
