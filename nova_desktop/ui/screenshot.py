"""A picture of the window with results, without anybody in front of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from nova_desktop.errors import ExpectedError, TryLater
from nova_desktop.query import Answer

if TYPE_CHECKING:
    from nova_desktop.ui.window import Window

PATIENCE_MS = 120_000
LOOK_MS = 50  # between looks whether everything is painted


class Screenshot(QObject):
    """Waits for an answer, its thumbnails and the preview of the first; saves, and closes."""

    def __init__(self, window: Window, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self._error: ExpectedError | None = TryLater(
            "The window showed no results within two minutes. Try again with less to index."
        )
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        window.painted.connect(self._begin)
        QTimer.singleShot(PATIENCE_MS, self, window.close)

    def check(self) -> None:
        """Raises ExpectedError when no picture was saved."""
        if self._error:
            raise self._error

    def _begin(self) -> None:
        self._window.search.answered.connect(self._answered)
        self._window.search.refused.connect(self._fail)
        self._window.link.unreachable.connect(self._fail)

    def _answered(self, answer: Answer) -> None:
        if answer.hits:
            self._window.found.choose(0)
        self._looking.start()

    def _look(self) -> None:
        window = self._window
        if window.found.settled() and not window.tasks.names():
            self._looking.stop()
            self._save()

    def _save(self) -> None:
        if self._window.grab().save(str(self._path)):
            self._error = None
        else:
            self._error = TryLater(f"The picture can't be written to {self._path}. Name another.")
        self._window.close()
        QApplication.quit()

    def _fail(self, error: ExpectedError) -> None:
        self._error = error
        self._window.close()
        QApplication.quit()
