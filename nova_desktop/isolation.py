"""Runs calls in child processes, so that a hostile file ends a child and never the program."""

from __future__ import annotations

import atexit
import contextlib
import logging
import multiprocessing.util  # registers its own exit handler, which ours has to run before
import os
import pickle
import queue
import shutil
import sys
import tempfile
import threading
import time
import types
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any, TypeVar

from nova_desktop.child import (
    MEMORY_LIMIT,
    START_LIMIT_S,
    Call,
    keep_session_to,
    kill_session,
    serve,
    session_bytes,
)
from nova_desktop.errors import BadInput, Stopped, TryLater

T = TypeVar("T")

POLL_S = 0.1  # how soon a stop is noticed
_starting = threading.Lock()  # around `_without_main`

log = logging.getLogger(__name__)


class Children:
    """At most `count` child processes that run picklable calls, one each at a time.

    A child starts with the first call that needs it, is kept for later calls, and is replaced
    after it died. Each is a session of its own: whatever it started (ffmpeg) ends with it, and all
    of them end when this process does, however it ends. `ready` runs first in every child.

    Safe to use from any thread. `close` ends everything within a second.
    """

    def __init__(self, count: int, ready: Callable[[], object] | None = None) -> None:
        self._ready = ready
        self._closed = threading.Event()
        self._gate = threading.Condition()  # around the three below
        self._busy = 0
        self._used_s = time.monotonic()  # when a call ended last
        self._allowed = count
        self._processors: frozenset[int] = frozenset()  # empty: all
        self._places: queue.LifoQueue[_Child | None] = queue.LifoQueue()  # the warmest one first
        for _ in range(count):
            self._places.put(None)
        self._alive: set[_Child] = set()
        atexit.register(self.close)  # else multiprocessing would wait for them for ever

    def call(
        self,
        function: Callable[..., T],
        *args: object,
        limit_s: float,
        stop: threading.Event | None = None,
        about: str = "The file",
    ) -> T:
        """What `function(*args)` returns in a child; waits for a free one.

        Raises what the call raised when that is an ExpectedError; BadInput when the call crashed
        its child, took longer than `limit_s` (waiting for a free child is not counted) or more
        memory than there is; Stopped when `stop` is set meanwhile. Anything else that the call
        raised is a bug: it is raised here with the child's traceback as a note. `about` names
        the input in those sentences.
        """
        stops = [self._closed] if stop is None else [self._closed, stop]
        child = self._take(stops)
        try:
            if child is None:
                child = _Child(self._ready)
                self._alive.add(child)
                if self._processors:
                    child.keep_to(self._processors)
                child.wait_until_ready(stops)
            result: T = child.run((function, args, limit_s), stops, about)
            return result
        finally:
            if child is not None and child.ended:
                self._alive.discard(child)
                child = None
            self._places.put(child)
            with self._gate:
                self._busy -= 1
                self._used_s = time.monotonic()
                self._gate.notify()

    def limit(self, most: int, processors: frozenset[int]) -> None:
        """At most so many run from the next call on; all, with what they started, on these.

        `processors` empty means all of them; where a system can't do that, nothing happens.
        """
        with self._gate:
            self._allowed = max(1, most)
            self._gate.notify_all()
        if processors != self._processors:
            self._processors = processors
            for child in tuple(self._alive):
                child.keep_to(processors)

    def resident_bytes(self) -> int:
        """Memory that the children hold now."""
        return sum(child.resident_bytes() for child in tuple(self._alive))

    def running(self) -> int:
        """How many children there are, busy or not."""
        return len(self._alive)

    def idle_s(self) -> float:
        """Seconds since a call ended; 0 while one runs."""
        return 0.0 if self._busy else time.monotonic() - self._used_s

    def end_idle(self) -> bool:
        """Ends one child that waits for a call; False where there is none."""
        kept: list[_Child | None] = []
        try:
            while (child := self._places.get_nowait()) is None:
                kept.append(None)
        except queue.Empty:
            return False
        finally:
            for place in kept:
                self._places.put(place)
        child.end()
        self._alive.discard(child)
        self._places.put(None)
        return True

    def close(self) -> None:
        """Ends all children; calls that still run raise Stopped."""
        self._closed.set()
        atexit.unregister(self.close)
        for child in tuple(self._alive):
            child.end()

    def __enter__(self) -> Children:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self, stops: list[threading.Event]) -> _Child | None:
        with self._gate:
            while self._busy >= self._allowed:
                _raise_if_stopped(stops)
                self._gate.wait(POLL_S)
            self._busy += 1
        try:
            while True:
                _raise_if_stopped(stops)
                with contextlib.suppress(queue.Empty):  # one is being ended, to make room
                    child = self._places.get(timeout=POLL_S)
                    if child is None or child.is_alive():
                        return child
                    child.end()  # it died while it was idle; no call is to blame
                    self._alive.discard(child)
                    return None
        except BaseException:
            with self._gate:
                self._busy -= 1
            raise


class _Child:
    """One child process, as its parent sees it. Used by one thread at a time, except `end`."""

    def __init__(self, ready: Callable[[], object] | None) -> None:
        context = multiprocessing.get_context("spawn")  # fork and threads do not go together
        # What the child leaves behind when it is killed is here, and goes with it. It makes the
        # folder itself, once it watches for our end: nobody would remove it if we were killed now.
        self._folder = str(Path(tempfile.gettempdir(), f"nova-desktop-{os.urandom(8).hex()}"))
        self._conn, theirs = Pipe()
        output, their_output = Pipe(duplex=False)
        # Not a daemon: those may not have children of their own.
        self._process = context.Process(
            target=serve, args=(theirs, their_output, self._folder, ready), name="nova-reader"
        )
        with _without_main():
            self._process.start()
        theirs.close()
        their_output.close()
        threading.Thread(
            target=_log_output, args=(output, self._process.pid), name="child-output", daemon=True
        ).start()
        self._ending = threading.Lock()
        self.ended = False

    def is_alive(self) -> bool:
        return not self.ended and self._process.is_alive()

    def keep_to(self, processors: frozenset[int]) -> None:
        if (pid := self._process.pid) is not None and self.is_alive():
            keep_session_to(pid, processors)

    def resident_bytes(self) -> int:
        pid = self._process.pid
        return session_bytes(pid) if pid is not None and self.is_alive() else 0

    def wait_until_ready(self, stops: list[threading.Event]) -> None:
        with self._ended_unless_done():
            try:
                if not self._arrived(time.monotonic() + START_LIMIT_S, stops):
                    raise TryLater("A child process did not start; the machine is very busy.")
                failed, value = self._outcome()
            except (EOFError, OSError) as e:
                _raise_if_stopped(stops)
                raise TryLater("A child process ended while it started; the log says why.") from e
        if failed:
            raise value

    def run(self, call: Call, stops: list[threading.Event], about: str) -> Any:
        with self._ended_unless_done():
            try:
                self._conn.send_bytes(pickle.dumps(call))
                if not self._arrived(time.monotonic() + call[2], stops):
                    raise BadInput(f"{about} took longer than {call[2]:g} s to read.")
                failed, value = self._outcome()
            except (EOFError, OSError) as e:
                _raise_if_stopped(stops)  # then it was us who ended it
                self._process.join(1.0)
                log.debug("child %s ended with %s", self._process.pid, self._process.exitcode)
                raise BadInput(f"{about} could not be decoded: it crashed the decoder.") from e
        if isinstance(value, MemoryError):
            gigabytes = MEMORY_LIMIT // 1024**3
            raise BadInput(f"{about} needs more than {gigabytes} GB of memory to read.") from value
        if failed:
            raise value
        return value

    def end(self) -> None:
        """Kills the child with all it started. From any thread, any number of times."""
        with self._ending:
            if self.ended:
                return
            self.ended = True
            pid = self._process.pid
            self._process.kill()
            if pid is not None:
                kill_session(pid)  # before join: until then the number is not given to another
            self._process.join()
            self._conn.close()
            shutil.rmtree(self._folder, ignore_errors=True)  # only what may still be there

    @contextlib.contextmanager
    def _ended_unless_done(self) -> Iterator[None]:
        """A call that did not come to its own end leaves a child that nobody can use."""
        try:
            yield
        except BaseException:
            self.end()
            raise

    def _arrived(self, deadline: float, stops: list[threading.Event]) -> bool:
        """Waits for an outcome or the child's death; False when the time is over."""
        while True:
            left_s = max(0.0, deadline - time.monotonic())
            if wait([self._conn, self._process.sentinel], min(POLL_S, left_s)):
                return True
            _raise_if_stopped(stops)
            if not left_s:
                return False

    def _outcome(self) -> tuple[bool, Any]:
        """Whether the call failed, and what it raised or returned."""
        # The process may have ended just after it answered: what it sent is still there.
        if not self._conn.poll():
            raise EOFError
        outcome: tuple[bool, Any] = pickle.loads(self._conn.recv_bytes())  # noqa: S301 - our own child
        return outcome


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Keeps what multiprocessing starts from running the program's own script once more.

    A child needs nothing of it, and a script that opens a library would open another one there.
    """
    with _starting:
        main, sys.modules["__main__"] = sys.modules["__main__"], types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def _raise_if_stopped(stops: list[threading.Event]) -> None:
    if any(stop.is_set() for stop in stops):
        raise Stopped


def _log_output(output: Connection, pid: int | None) -> None:
    """What native libraries print is no business of the user's terminal."""
    with contextlib.suppress(OSError), output:
        while text := os.read(output.fileno(), 4096) if os.name == "posix" else b"":
            for line in text.decode(errors="replace").splitlines():
                log.debug("child %s: %s", pid, line)
