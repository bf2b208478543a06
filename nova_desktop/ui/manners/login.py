"""Starts the program with the desktop, or no more: a file of ours where each system looks."""

from __future__ import annotations

import os
import plistlib
import sys
from collections.abc import Sequence
from pathlib import Path

from nova_desktop.errors import TryLater
from nova_desktop.settings import data_folder, frozen

NAME = "nova-desktop"
LABEL = "org.nova-desktop"  # of the LaunchAgent
OFF = ("Hidden=true", "X-GNOME-Autostart-enabled=false")  # how a desktop's settings turn it off
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"


def start_command(settings_file: Path | None = None) -> list[str]:
    """What starts this program, hidden, with the data and the settings it uses now."""
    program = [sys.executable] if frozen() else [sys.executable, "-m", "nova_desktop"]
    options = ["--data", str(data_folder())]
    if settings_file is not None:
        options += ["--settings", str(settings_file)]
    return [*program, "open", "--hidden", *options]


def set_start(on: bool, command: Sequence[str], again: bool = False) -> None:
    """Makes it so. Raises TryLater with what stands in the way.

    `again` when nobody has just chosen it: then nothing is removed, which may be another
    installation's, and what was turned off in the desktop's own settings stays off.
    """
    if again and not on:
        return
    try:
        if sys.platform == "win32":
            _registry(on, command)
        elif sys.platform == "darwin":
            agent = {"Label": LABEL, "ProgramArguments": [*command], "RunAtLoad": True}
            path = Path.home() / f"Library/LaunchAgents/{LABEL}.plist"
            _file(path, on, plistlib.dumps(agent), again)
        else:
            wanted = entry(command).encode("utf-8", "surrogateescape")
            _file(autostart_file(), on, wanted, again)
    except OSError as e:
        raise TryLater(
            f"Starting at login can't be changed ({e.strerror}): {e.filename}. Give access to it."
        ) from e


def autostart_file() -> Path:
    """Where XDG desktops look for what to start at login."""
    home = os.environ.get("XDG_CONFIG_HOME", "")
    config = Path(home) if home.startswith("/") else Path.home() / ".config"
    return config / "autostart" / f"{NAME}.desktop"


def entry(command: Sequence[str]) -> str:
    """The desktop entry that starts `command`."""
    return (
        "[Desktop Entry]\nType=Application\nVersion=1.4\nName=Nova Desktop\n"
        f"Exec={' '.join(map(_quoted, command))}\nIcon={NAME}\nTerminal=false\n"
        "X-GNOME-Autostart-enabled=true\n"
    )


def _quoted(word: str) -> str:
    """A word of an Exec line: Desktop Entry Specification, "The Exec key"."""
    word = word.replace("%", "%%")
    for c in '\\"`$':
        word = word.replace(c, "\\" + c)
    # Once more, as any string of such a file; and a word can't end the line.
    return '"' + word.replace("\\", "\\\\").replace("\n", "\\n") + '"'


def _file(path: Path, on: bool, wanted: bytes, again: bool) -> None:
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        there = b""
    if not on:
        path.unlink(missing_ok=True)
    elif there != wanted and not (again and any(off.encode() in there for off in OFF)):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(wanted)
        part.replace(path)


def _registry(on: bool, command: Sequence[str]) -> None:
    if sys.platform == "win32":  # so that checkers of types know where they are
        import subprocess
        import winreg

        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN, 0, winreg.KEY_SET_VALUE) as key:
            if on:
                line = subprocess.list2cmdline(command)
                winreg.SetValueEx(key, "Nova Desktop", 0, winreg.REG_SZ, line)
            else:
                try:
                    winreg.DeleteValue(key, "Nova Desktop")
                except FileNotFoundError:
                    return
