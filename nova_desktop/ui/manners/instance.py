"""One window a data folder: a second start hands over what it was asked, and the first shows it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, Qt, QTimer, Signal

from nova_desktop.errors import TryLater
from nova_desktop.ui.manners.errand import LARGEST, Errand, errand_of

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket
    from PySide6.QtWidgets import QWidget

ANSWER_MS = 5000  # for the first window to take what it is handed, on a busy machine
COMES_UP_S = 6.0  # for a window that has the lock to listen: it was started just before
SOCKET_PATH = 100  # bytes that fit in a socket's address on every system: unix(7), 108 on Linux
TAKEN = b"taken\n"
SILENT = "Nova Desktop is running already, and does not answer. Wait a moment, or end it first."


class Instance(QObject):
    """The right to be the window of a data folder, and the ear for later starts.

    `first` before anything is shown; `listen` after the first paint.
    """

    asked = Signal(object)  # Errand, of a later start

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._lock: QLockFile | None = None
        self._server: QLocalServer | None = None

    def first(self) -> bool:
        """True when no other window has this data folder; cheap, and never waits."""
        lock = QLockFile(str(self._data / "window.lock"))
        lock.setStaleLockTime(0)  # held as long as its process lives, however long that is
        if lock.tryLock(0):
            self._lock = lock
            return True
        # A data folder that can't be written to has other things to say, and says them.
        return lock.error() is not QLockFile.LockError.LockFailedError

    def hand_over(self, errand: Errand) -> bool:
        """Gives `errand` to the window that is there; False when there turns out to be none.

        Raises TryLater when there is one that does not answer.
        """
        from PySide6.QtNetwork import QLocalSocket

        _let_come_forward()
        deadline = time.monotonic() + COMES_UP_S
        while True:
            socket = QLocalSocket()
            socket.connectToServer(address(self._data))
            if socket.waitForConnected(ANSWER_MS):
                return _handed(socket, errand)
            if self.first():  # it ended meanwhile
                return False
            if time.monotonic() > deadline:
                # Whoever has the lock now is no window: the number of a killed one was given away.
                (self._data / "window.lock").unlink(missing_ok=True)
                if self.first():
                    return False
                raise TryLater(SILENT)
            time.sleep(0.1)

    def listen(self) -> None:
        """From now on `asked` tells what later starts ask."""
        from PySide6.QtNetwork import QLocalServer

        name = address(self._data)
        QLocalServer.removeServer(name)  # what a killed window left; the lock says that it is ours
        self._server = server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._hear)
        server.listen(name)  # where it fails, a later start opens a window of its own

    def close(self) -> None:
        """The next start is the first one."""
        if self._server is not None:
            self._server.close()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _hear(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            _Caller(self._server.nextPendingConnection(), self)


class _Caller(QObject):
    """One start of the program that hands something over."""

    def __init__(self, socket: QLocalSocket, instance: Instance) -> None:
        super().__init__(socket)
        self._socket, self._instance = socket, instance
        self._message = b""
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)
        QTimer.singleShot(ANSWER_MS, socket, socket.abort)  # one that says nothing is let go of
        self._read()

    def _read(self) -> None:
        self._message += bytes(self._socket.readAll().data())
        if len(self._message) > LARGEST:
            self._socket.abort()
        elif self._message.endswith(b"\n"):
            try:
                errand = errand_of(self._message)
            except (ValueError, RecursionError):
                self._socket.abort()
                return
            self._message = b""
            self._socket.write(TAKEN)
            self._socket.flush()
            self._instance.asked.emit(errand)


def address(data: Path) -> str:
    """Where the window of a data folder is reached; only its user may."""
    inside = data / "window.socket"
    if os.name == "posix":
        if len(os.fsencode(inside)) <= SOCKET_PATH:
            return str(inside)
        runtime = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
        return str(Path(runtime) / f"nova-desktop-{_short(data)}")
    return f"nova-desktop-{_short(data)}"


def _short(data: Path) -> str:
    import hashlib  # not before the first paint

    return hashlib.sha256(os.fsencode(data)).hexdigest()[:24]


def _handed(socket: QLocalSocket, errand: Errand) -> bool:
    socket.write(errand.message() + b"\n")
    if not socket.waitForBytesWritten(ANSWER_MS) or not socket.waitForReadyRead(ANSWER_MS):
        raise TryLater(SILENT)
    return True


def _let_come_forward() -> None:
    """Windows lets a program come to the front only when the one in front allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def bring_forward(window: QWidget, token: str) -> None:
    """Shows a window above the others, with the keyboard."""
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt takes it from there, on Wayland
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    os.environ.pop("XDG_ACTIVATION_TOKEN", None)
