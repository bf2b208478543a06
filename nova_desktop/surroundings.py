"""What the process runs in: whether a window can be seen, and how it is asked to end."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator


def has_display() -> bool:
    """Whether there is a display that answers: only Linux may run without any.

    Qt itself ends the process when the display that is named does not answer.
    """
    if not sys.platform.startswith("linux") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return bool(os.environ.get("DISPLAY")) and _x_answers()


def sees_windows() -> bool:
    """Whether a window that is opened now is seen by anybody."""
    return has_display() and os.environ.get("QT_QPA_PLATFORM") not in ("offscreen", "minimal")


def _x_answers() -> bool:
    import ctypes  # a few milliseconds, and not needed without an X server to ask

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt knows better than we do
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)  # also what is broken is to be freed, says its manual
    return not broken


@contextlib.contextmanager
def sigterm_interrupts() -> Iterator[None]:
    """A polite kill is as good as Ctrl+C meanwhile: children end, and the index stays whole."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may handle signals, so it decides
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
