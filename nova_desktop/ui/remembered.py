"""What the window remembers from one start to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter, QWidget

    from nova_desktop.ui.search.recents import Recents


class Remembered:
    """An INI file under the data folder; a file that makes no sense gives the defaults."""

    def __init__(self, data: Path) -> None:
        self._kept = QSettings(str(data / "window.ini"), QSettings.Format.IniFormat)

    def shows_preview(self) -> bool:
        """Whether the pane on the right is there."""
        return str(self._kept.value("preview", "true")) != "false"

    def first(self, what: str) -> bool:
        """True the first time it is asked about `what`, ever."""
        new = str(self._kept.value(what, "")) != "true"
        self._kept.setValue(what, "true")
        return new

    def start(self) -> str:
        """How far the first start was: a step from "0", "left", "done"."""
        return str(self._kept.value("start", "0"))

    def keep_start(self, where: str) -> None:
        """For the next start."""
        self._kept.setValue("start", where)

    def recents(self) -> Recents:
        """What was searched for before."""
        from nova_desktop.ui.search.recents import Recents  # not before the first paint

        return Recents(self._kept)

    def shows_list(self) -> bool:
        """Whether results are a list; else a grid."""
        return str(self._kept.value("list", "false")) == "true"

    def keep_list(self, a_list: bool) -> None:
        """For the next start."""
        self._kept.setValue("list", "true" if a_list else "false")

    def restore(self, window: QWidget, splitter: QSplitter) -> bool:
        """Puts the window where it was; False when that is not known."""
        geometry, sizes = self._kept.value("geometry"), self._kept.value("splitter")
        if not isinstance(geometry, QByteArray) or not window.restoreGeometry(geometry):
            return False
        return isinstance(sizes, QByteArray) and splitter.restoreState(sizes)

    def keep(self, window: QWidget, splitter: QSplitter, preview: bool) -> None:
        """Where the window is now."""
        self._kept.setValue("geometry", window.saveGeometry())
        self._kept.setValue("splitter", splitter.saveState())
        self._kept.setValue("preview", "true" if preview else "false")
        self._kept.sync()
