"""What this computer is doing: its battery, its network, its screen, and whether somebody is there.

Whatever can't be asked here is not known, which is no reason to rest: None.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol

from nova_desktop.share import Share
from nova_desktop.upkeep import Around

BUS_EVERY_S = 10.0  # asking the bus starts a program
ASK_S = 1.0
# "NMMetered", NetworkManager's D-Bus reference: 1 yes, 3 guessed yes; 2 and 4 no, 0 unknown.
METERED = {"1": True, "3": True, "2": False, "4": False}
NETWORK = "org.freedesktop.NetworkManager"
IDLE = "org.gnome.Mutter.IdleMonitor"  # GNOME's; it tells milliseconds


class ThisMachine:
    """Implements ports.Machine."""

    def __init__(self, share: Share, data: Path) -> None:
        self._share, self._data = share, data
        self._screen = _screen()
        self._metered: bool | None = None
        self._untouched_s: float | None = None  # as the bus says
        self._asked_s = float("-inf")

    def around(self) -> Around:
        if time.monotonic() - self._asked_s >= BUS_EVERY_S:
            self._metered, self._untouched_s = metered(), untouched_s()
            self._asked_s = time.monotonic()
        touched = self._screen.untouched_s()
        return Around(
            on_battery=on_battery(),
            metered=self._metered,
            full_screen=self._screen.full(),
            untouched_s=self._untouched_s if touched is None else touched,
            free_bytes=free_bytes(self._data),
        )

    def limit(self, cores: int, memory_bytes: int) -> None:
        self._share.limit(cores, memory_bytes)


def free_bytes(folder: Path) -> int | None:
    """What is free on its disk for this user; None where that can't be asked."""
    with contextlib.suppress(OSError):
        return shutil.disk_usage(folder).free
    return None


def on_battery() -> bool | None:
    """Whether a battery is what it runs on; None where there is none."""
    import psutil

    with contextlib.suppress(OSError, AttributeError, ValueError):  # what a strange driver says
        battery = psutil.sensors_battery()
        if battery is not None and battery.power_plugged is not None:
            return not battery.power_plugged
    return None


def metered() -> bool | None:
    """Whether NetworkManager says that the network is paid by what goes over it."""
    path = f"/{NETWORK.replace('.', '/')}"
    return METERED.get(_bus("--system", "get-property", NETWORK, path, NETWORK, "Metered"))


def untouched_s() -> float | None:
    """Seconds since the last key or movement, as GNOME says."""
    path = f"/{IDLE.replace('.', '/')}/Core"
    said = _bus("--user", "call", IDLE, path, IDLE, "GetIdletime")
    return int(said) / 1000 if said.isdecimal() else None


def _bus(*arguments: str) -> str:
    """The one number that is answered; "" where nobody does."""
    if not sys.platform.startswith("linux") or (busctl := shutil.which("busctl")) is None:
        return ""
    try:
        asked = subprocess.run(
            [busctl, "--auto-start=no", f"--timeout={ASK_S:g}", *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=2 * ASK_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    kind, _, number = asked.stdout.strip().partition(" ")
    return number if kind in ("u", "t") else ""


class Screen(Protocol):
    """One that may be asked, from one thread."""

    def full(self) -> bool | None:
        """Whether a program fills it."""

    def untouched_s(self) -> float | None:
        """Seconds since the last key or movement."""


class Unknown:
    """A screen that can't be asked."""

    def full(self) -> None: ...

    def untouched_s(self) -> None: ...


def _screen() -> Screen:
    if sys.platform == "win32":
        from nova_desktop.screen_windows import Screen as WindowsScreen

        return WindowsScreen()
    # Under Wayland an X server knows nothing of other programs' windows.
    if os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        from nova_desktop.screen_x11 import Screen as X11Screen

        return X11Screen()
    return Unknown()
