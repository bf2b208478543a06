"""What can be taken back, newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

MOST = 50


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done: what it is called, and how it is taken back."""

    said: str
    take_back: Callable[[], object]


class Undo(QObject):
    """For the Qt thread."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []

    def add(self, step: Step) -> None:
        """It was done just now."""
        self._steps = [*self._steps[-MOST + 1 :], step]
        self.changed.emit()

    def newest(self) -> Step | None:
        """What `undo` would take back."""
        return self._steps[-1] if self._steps else None

    def undo(self, step: Step | None = None) -> None:
        """Takes back the newest step, or this one; once."""
        step = step or self.newest()
        if step in self._steps:
            self._steps.remove(step)
            self.changed.emit()
            step.take_back()
