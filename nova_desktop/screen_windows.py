"""What Windows says of the screen: whether a program fills it, and when it was last touched."""

from __future__ import annotations

import ctypes
from typing import Any

# SHQueryUserNotificationState: a full-screen program, Direct3D in full screen, a presentation.
FULL = (2, 3, 4)


class _LastInput(ctypes.Structure):  # LASTINPUTINFO
    _fields_ = (("size", ctypes.c_uint), ("at_ms", ctypes.c_uint))


class Screen:
    """Asks the user's session; None where it does not answer."""

    def full(self) -> bool | None:
        state = ctypes.c_int()
        if _dll("shell32").SHQueryUserNotificationState(ctypes.byref(state)):
            return None
        return state.value in FULL

    def untouched_s(self) -> float | None:
        last = _LastInput(ctypes.sizeof(_LastInput))
        if not _dll("user32").GetLastInputInfo(ctypes.byref(last)):
            return None
        now_ms = _dll("kernel32").GetTickCount()
        return float((now_ms - last.at_ms) % (1 << 32)) / 1000  # it wraps after 49 days


def _dll(name: str) -> Any:
    return getattr(ctypes, "windll")[name]  # noqa: B009  # checkers of types elsewhere know it not
