"""The library's events, from any thread to the Qt thread, at most ten times a second."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from nova_desktop.events import Event, Progress

EVERY_S = 0.1


class Events(QObject):
    """Hand `tell` to the library; `told` comes on the Qt thread with the events since the last."""

    told = Signal(object)  # tuple[Event, ...], in order; of several Progress only the last
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: list[Event] = []
        self._closed = False
        self._last_s = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._deliver)
        self._woken.connect(self._wake, Qt.ConnectionType.QueuedConnection)

    def tell(self, event: Event) -> None:
        """From any thread."""
        with self._lock:
            if self._closed:
                return
            first = not self._waiting
            if isinstance(event, Progress):
                self._waiting = [e for e in self._waiting if not isinstance(e, Progress)]
            self._waiting.append(event)
            if first:
                self._woken.emit()

    def close(self) -> None:
        """Later events are dropped; the object may be deleted after this."""
        with self._lock:
            self._closed = True
            self._waiting.clear()

    @Slot()
    def _wake(self) -> None:
        if not self._timer.isActive():
            pause = max(0.0, self._last_s + EVERY_S - time.monotonic())
            self._timer.start(round(pause * 1000))

    @Slot()
    def _deliver(self) -> None:
        with self._lock:
            events, self._waiting = tuple(self._waiting), []
        self._last_s = time.monotonic()
        if events:
            self.told.emit(events)
