"""Work off the Qt thread whose outcome is delivered on it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from nova_desktop.errors import ExpectedError, Lost, Stopped

POLL_S = 0.1
T = TypeVar("T")
Done: TypeAlias = Callable[[T], object]
Failed: TypeAlias = Callable[[ExpectedError], object]


def abandonable(work: Callable[[], T], abandoned: threading.Event) -> Callable[[], T]:
    """`work`, so that nobody waits for it any longer once `abandoned` is set: Stopped is raised.

    For what asks over the network, which has long timeouts and can't be told to stop. It goes on
    in a thread of its own, which does not hold up the program's end.
    """

    def run() -> T:
        outcome: Future[T] = Future()

        def settle() -> None:
            try:
                outcome.set_result(work())
            except BaseException as e:  # whatever it is: it is raised where it is waited for
                outcome.set_exception(e)

        threading.Thread(target=settle, name="abandonable", daemon=True).start()
        while not abandoned.is_set():
            if wait([outcome], timeout=POLL_S).done:
                return outcome.result()
        raise Stopped

    return run


class Tasks(QObject):
    """Runs functions off the Qt thread and delivers their outcome on it.

    Of several calls with one name only the newest counts: an older one that has not begun never
    does, and the outcome of one that has is dropped. All methods are for the Qt thread.
    """

    lost = Signal()  # a call found that the library's process has ended; it fails as well
    _settled = Signal(object)  # carries a callable without arguments

    def __init__(self, threads: int = 4, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="task")
        self._newest: dict[Hashable, Future[Any]] = {}
        self._began_s: dict[Hashable, float] = {}
        self._closed = False
        self._settled.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self, name: Hashable, work: Callable[[], T], done: Done[T], failed: Failed) -> None:
        """Calls `done` or `failed` on the Qt thread; an error of another kind is raised there."""
        if self._closed:
            return
        self.cancel(name)

        def settle() -> None:
            if self._newest.get(name) is not future:
                return
            del self._newest[name], self._began_s[name]
            if isinstance(error := future.exception(), Lost):
                self.lost.emit()
            if isinstance(error, ExpectedError):
                failed(error)
            else:
                done(future.result())  # raises what is not an ExpectedError, here on the Qt thread

        self._began_s[name] = time.monotonic()
        self._newest[name] = future = self._pool.submit(work)
        future.add_done_callback(lambda _: self._settled.emit(settle))

    def cancel(self, name: Hashable) -> None:
        """Drops the outcome of this task; what has not begun never does."""
        if older := self._newest.pop(name, None):
            del self._began_s[name]
            older.cancel()

    def names(self) -> set[Hashable]:
        """The tasks that are waiting, running, or not delivered yet."""
        return set(self._newest)

    def longest_s(self) -> float:
        """For how long the oldest of them has been waited for."""
        return time.monotonic() - min(self._began_s.values(), default=time.monotonic())

    def waited_s(self, name: Hashable) -> float:
        """For how long this one has been waited for; 0 when it is not."""
        began_s = self._began_s.get(name)
        return 0.0 if began_s is None else time.monotonic() - began_s

    def close(self) -> None:
        """Delivers nothing more, and returns when the running work has ended."""
        self._closed = True
        for name in self.names():
            self.cancel(name)
        self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(object)
    def _deliver(self, settle: Callable[[], None]) -> None:
        settle()
