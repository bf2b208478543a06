"""Work in a thread that can be left behind, as a socket may say nothing for long."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from nova_desktop.errors import Stopped

T = TypeVar("T")
POLL_S = 0.1  # how soon a stop is noticed


def stoppable(
    work: Callable[[], T], stop: threading.Event, left: threading.Event | None = None
) -> T:
    """What `work` returns or raises; Stopped soon after `stop`, and `left` is set then."""
    answers: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as e:  # raised in the thread that waits, whatever it is
            errors.append(e)

    thread = threading.Thread(target=run, name="fetch", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(POLL_S)
        if stop.is_set() and thread.is_alive():
            if left is not None:
                left.set()
            thread.join(POLL_S)
            raise Stopped
    if errors:
        raise errors[0]
    return answers[0]
