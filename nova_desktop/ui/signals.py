"""SIGINT and SIGTERM end the program as Quit does."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class Signals(QObject):
    """From when it is made until `close`."""

    def __init__(self, close: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._before: dict[signal.Signals, object] = {}
        if threading.current_thread() is not threading.main_thread():
            return  # Python hears of signals in the main thread only
        # Python's handlers run when the interpreter does; a byte on a socket wakes Qt for that.
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        self._wakeup = signal.set_wakeup_fd(self._theirs.fileno())
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda: self._ours.recv(64))
        for one in (signal.SIGINT, signal.SIGTERM):
            self._before[one] = signal.signal(one, lambda *_: close())

    def close(self) -> None:
        """Puts back what was there."""
        if not self._before:
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        for one, handler in self._before.items():
            signal.signal(one, handler)  # type: ignore[arg-type]  # what signal() gave us
        self._ours.close()
        self._theirs.close()
