"""What stops work: all of it, or what is done for one file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Halt(threading.Event):
    """Set while nothing may run. Asked in the thread of a task, it is also set once that task's
    file is dropped: whatever that thread waits for (a child process, a file being read) ends then.
    """

    def __init__(self) -> None:
        super().__init__()
        self._mine = threading.local()
        self._about: dict[str, set[_Task]] = {}  # path → tasks that run for it
        self._around = threading.Lock()

    @contextmanager
    def working(self, path: str) -> Iterator[None]:
        """What this thread does inside is done for `path`."""
        task = _Task()
        with self._around:
            self._about.setdefault(path, set()).add(task)
        self._mine.task = task
        try:
            yield
        finally:
            self._mine.task = None
            with self._around:
                self._about[path].discard(task)
                if not self._about[path]:
                    del self._about[path]

    def drop(self, path: str) -> None:
        """Stops the tasks that run for `path` now; later ones run. From any thread."""
        with self._around:
            for task in self._about.get(path, ()):
                task.dropped = True

    def is_set(self) -> bool:
        task: _Task | None = getattr(self._mine, "task", None)
        return super().is_set() or (task is not None and task.dropped)


class _Task:
    dropped = False
