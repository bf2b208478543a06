"""Starts the window: paints first, then opens the library, then whatever else takes long."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from nova_desktop import settings
from nova_desktop.ports import LibraryCalls
from nova_desktop.ui.icons import app_icon
from nova_desktop.ui.window import Window

SHOT_SIZE = (1280, 800)
# Qt tells the terminal of what its users can do nothing about: no audio server, no size hints.
# QT_LOGGING_RULES brings it back. Not a message handler in Python: a thread of the player that
# logs would wait for the interpreter, which waits for that thread in QMediaPlayer.stop().
QUIET = "qt.multimedia.*=false\ndefault.warning=false"
READY_MS = 600  # after the library is there, when nobody notices that the player is loaded


def run(
    connect: Callable[[], LibraryCalls], *, screenshot: Path | None = None, query: str = ""
) -> int:
    """Shows the window until it is closed; the answer is an exit code.

    `connect` is called off the Qt thread, after the first paint. With `screenshot` the window
    waits for the results of `query`, saves a PNG of itself and closes; raises ExpectedError when
    there was nothing to wait for.
    """
    QLoggingCategory.setFilterRules(QUIET)
    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication(["nova-desktop"])
    app.setApplicationName("Nova Desktop")
    app.setDesktopFileName("nova-desktop")
    window = Window(settings.data_folder())
    if query:
        window.search_box.line.setText(query)
    window.painted.connect(lambda: _after_first_paint(window, connect))
    signals = _Signals(window)
    if screenshot:
        from nova_desktop.ui.screenshot import Screenshot

        picture = Screenshot(window, screenshot)
        window.resize(*SHOT_SIZE)
        window.show()
        code = app.exec()
        _end(window, signals)
        picture.check()
        return code
    window.show()
    code = app.exec()
    _end(window, signals)
    return code


def _after_first_paint(window: Window, connect: Callable[[], LibraryCalls]) -> None:
    from nova_desktop.ui.crash import Crashes

    window.setWindowIcon(app_icon())
    window.crashes = Crashes(window)
    window.open(connect)
    window.link.opened.connect(
        lambda: QTimer.singleShot(READY_MS, window, window.preview.load_player)
    )


def _end(window: Window, signals: _Signals) -> None:
    signals.close()
    window.shutdown()
    if window.crashes:
        window.crashes.close()


class _Signals(QObject):
    """SIGINT and SIGTERM close the window as its button does."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
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
            self._before[one] = signal.signal(one, lambda *_: window.close())

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
