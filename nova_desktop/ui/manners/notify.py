"""Hands a notification to the desktop, where there is no tray icon to say it."""

from __future__ import annotations

import shutil
import subprocess
import sys

from nova_desktop.ui.manners.telling import Note

ANSWER_MS = 3000
PORTAL = "org.freedesktop.portal.Desktop"  # flatpak.github.io/xdg-desktop-portal: Notification


def notify(note: Note) -> bool:
    """Whether somebody took it. Takes up to some seconds, so not on the Qt thread."""
    if sys.platform in ("darwin", "win32"):
        return False  # there the tray icon, which is always there, says it
    return _by_portal(note) or _by_program(note)


def _by_portal(note: Note) -> bool:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    # Not org.freedesktop.Notifications itself: its unsigned numbers can't be said from Python.
    call = QDBusMessage.createMethodCall(
        PORTAL,
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Notification",
        "AddNotification",
    )
    call.setArguments([note.title, {"title": note.title, "body": note.text}])
    answer = bus.call(call, timeout=ANSWER_MS)
    return answer.type() is QDBusMessage.MessageType.ReplyMessage


def _by_program(note: Note) -> bool:
    program = shutil.which("notify-send")  # of libnotify
    if program is None:
        return False
    command = [program, "--app-name=Nova Desktop", "--icon=nova-desktop", "--"]
    try:
        ran = subprocess.run(
            [*command, note.title, note.text],
            check=False,
            capture_output=True,
            timeout=ANSWER_MS / 1000,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0
