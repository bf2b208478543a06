"""Whether the watched folders are there now, asked without waiting for a drive that hangs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass

from nova_desktop.errors import TryLater
from nova_desktop.library.questions import Root
from nova_desktop.library.scan import device_of

PATIENCE_S = 0.25  # for all of them
HANGS_S = 10.0  # a disk that slept has woken up by then


@dataclass(slots=True)
class _Asked:
    began_s: float
    ended_s: float | None = None
    error: TryLater | None = None


class Reach:
    """Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._asked: dict[str, _Asked] = {}  # by path
        self._known: dict[str, TryLater | None] = {}  # the last answer

    def of(self, roots: Iterable[Root]) -> dict[str, TryLater | None]:
        """Path → why it can't be reached; None where it can. As it was known where none answers."""
        roots = tuple(roots)
        now = time.monotonic()
        with self._lock:
            for root in roots:
                asked = self._asked.get(root.path)
                if asked is None or asked.ended_s is not None:
                    self._asked[root.path] = asked = _Asked(now)
                    # A daemon: a drive may hang in the kernel for ever.
                    threading.Thread(
                        target=self._ask, args=[root, asked], name="reach", daemon=True
                    ).start()
            self._lock.wait_for(
                lambda: all(self._asked[root.path].ended_s is not None for root in roots),
                PATIENCE_S,
            )
            return {root.path: self._answer(root) for root in roots}

    def _answer(self, root: Root) -> TryLater | None:
        asked = self._asked[root.path]
        if asked.ended_s is None:
            if time.monotonic() > asked.began_s + HANGS_S:
                return TryLater(f"The drive of {root.path} does not answer.")
            away = TryLater(f"The folder {root.path} can't be reached.") if root.offline else None
            return self._known.get(root.path, away)
        return asked.error

    def _ask(self, root: Root, asked: _Asked) -> None:
        error: TryLater | None = None
        try:
            device_of(root.path, root.mounts)
        except TryLater as e:
            error = e
        with self._lock:
            asked.error, asked.ended_s = error, time.monotonic()
            self._known[root.path] = error
            self._lock.notify_all()
