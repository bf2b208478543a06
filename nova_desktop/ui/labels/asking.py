"""Asks the library about labels and groups, off the Qt thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from nova_desktop.errors import ExpectedError
from nova_desktop.ui.labels.pictured import PICTURE, PicturedList, fitted
from nova_desktop.ui.look.decoding import decoded

if TYPE_CHECKING:
    from nova_desktop.calls import LibraryCalls
    from nova_desktop.ui.link import Link


class Asking(QObject):
    """For the Qt thread; of several calls with one name only the newest counts."""

    refused = Signal(object)  # ExpectedError

    def __init__(self, link: Link, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link

    def start(
        self,
        name: str,
        call: Callable[[LibraryCalls], Any],
        done: Callable[[Any], object],
        failed: Callable[[ExpectedError], object] | None = None,
    ) -> None:
        """Nothing where there is no library now."""
        self._link.ask(("labels", name), call, done, failed or self.refused.emit)

    def picture(self, path: Path, into: PicturedList) -> None:
        """Shows it in the list; its place stays empty where there is none."""
        ratio = into.devicePixelRatioF()

        def image(library: LibraryCalls) -> QImage:
            made = library.preview(path, None, round(2 * PICTURE.width() * ratio))
            return fitted(decoded(made.jpeg), ratio)

        self.start(
            f"picture {id(into)} {path}",
            image,
            lambda found: into.show_picture(path, found),
            lambda _: None,
        )
