"""Asks the desktop to open a file, or to show it in the file manager."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QDesktopServices

from nova_desktop.errors import TryLater
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import tr

ANSWER_MS = 3000  # a file manager that is not running yet has to start


def open_file(path: Path) -> None:
    """In its own program. Raises TryLater with what to do."""
    if not path.exists():
        name = wording.name_of(path)
        raise TryLater(
            tr("Files", "{name} is not there now. Connect its drive, or rescan.", name=name)
        )
    if not QDesktopServices.openUrl(_url(path)):
        name = wording.name_of(path)
        raise TryLater(
            tr(
                "Files",
                "No program opens {name}. Choose one in your desktop's settings.",
                name=name,
            )
        )


def select_in_manager(path: Path) -> bool:
    """Shows the file selected in its folder; False where it can't be. Takes seconds."""
    if sys.platform == "darwin":
        return subprocess.run(["/usr/bin/open", "-R", path], check=False).returncode == 0
    if sys.platform == "win32":
        subprocess.run(["explorer", f"/select,{path}"], check=False)  # noqa: S607  lives in Windows' own folder; its exit code says nothing
        return True
    # freedesktop.org: "File Manager D-Bus Interface"
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    call = QDBusMessage.createMethodCall(
        "org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1",
        "ShowItems",
    )
    call.setArguments([[path.as_uri()], ""])
    answer = bus.call(call, timeout=ANSWER_MS)
    return answer.type() is QDBusMessage.MessageType.ReplyMessage


def open_folder_of(path: Path) -> None:
    """The folder alone, where a file can't be selected in it."""
    open_file(path if path.is_dir() else path.parent)


def _url(path: Path) -> QUrl:
    return QUrl.fromEncoded(QByteArray(path.as_uri().encode()))
