"""What the process runs in: whether a window can be seen, and how it is asked to end."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator


def has_display() -> bool:
    """Whether a window can be seen: only Linux may run without any."""
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


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
