"""What is chosen now: changed at once, written a moment later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from nova_desktop import settings
from nova_desktop.errors import ExpectedError, NeedsUser
from nova_desktop.settings import Settings

SAVE_MS = 300  # after the last change: a number is often changed step by step


class Chosen(QObject):
    """Every choice of the user's; for the Qt thread.

    `file` is asked for each time, because tests and `--settings` decide it late.
    """

    changed = Signal(object, object)  # Settings before, Settings now
    saved = Signal()
    refused = Signal(object)  # ExpectedError: it could not be written

    def __init__(self, file: Callable[[], Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self.trouble: ExpectedError | None = None  # why the file could not be read
        self.now = self._load()
        self.known_elsewhere = False  # while a change is told that the library was told of
        self._pending: dict[str, Any] = {}  # changed, and not written yet
        self._run: Callable[[Callable[[], None]], None] = _at_once
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self._save)

    @property
    def file(self) -> Path:
        return self._file()

    def use(self, run: Callable[[Callable[[], None]], None]) -> None:
        """From now on `run` is given what writes, to be called off the Qt thread."""
        self._run = run

    def change(self, **values: object) -> None:
        """Counts from now on. Raises BadInput for what can't be; then nothing changes."""
        before = self.now
        self.now = replace(before, **values)  # type: ignore[arg-type]  # of fields by their names
        if self.now != before:
            self._pending |= values
            self._timer.start()
            self.changed.emit(before, self.now)

    def read_again(self) -> None:
        """After somebody else wrote the file, who sees to it that the library knows of it."""
        before, self.now = self.now, replace(self._load(), **self._pending)
        if self.now != before:
            self.known_elsewhere = True
            self.changed.emit(before, self.now)
            self.known_elsewhere = False

    def flush(self) -> None:
        """Writes what is not written yet, before it returns."""
        self._timer.stop()
        if self._pending:
            _at_once(self._writing())

    def _save(self) -> None:
        self._run(self._writing())

    def _writing(self) -> Callable[[], None]:
        pending, self._pending = self._pending, {}
        file = self.file

        def write() -> None:
            try:
                # Onto what the file says now: another window, or the command line, wrote it too.
                try:
                    there = settings.load(file)
                except ExpectedError:
                    there = Settings()
                settings.save(replace(there, **pending), file)
            except OSError as e:
                raise NeedsUser(
                    f"The settings can't be written to {file}: {e.strerror}. What you chose "
                    "counts until the program ends."
                ) from e

        return write

    def _load(self) -> Settings:
        self.trouble = None
        try:
            return settings.load(self.file)
        except ExpectedError as e:
            self.trouble = e
            return Settings()


def _at_once(write: Callable[[], None]) -> None:
    write()
