"""Serves a library to other processes of the same user: one owner a data folder, many callers."""

from __future__ import annotations

import json
import logging
import os
import pickle
import queue
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

from nova_desktop import errors
from nova_desktop.calls import NAMES
from nova_desktop.errors import ExpectedError, NeedsUser, TryLater
from nova_desktop.events import Event, Indexed, Progress
from nova_desktop.library import Library
from nova_desktop.settings import Settings, address_file

log = logging.getLogger(__name__)

ALONE_S = 3.0  # without a caller, after which a host of its own ends
FIRST_S = 60.0  # ... and how long it waits for its first one
BEHIND = 10_000  # events that a caller has not taken, from which on some are left out
BACKLOG = 64  # calls that reach a process that hangs: with less a caller hangs before it is heard
SOCKET_PATH = 100  # bytes that fit in a socket's address on every system: unix(7), 108 on Linux
GONE = (EOFError, ConnectionError, BrokenPipeError, OSError)  # what a closed connection raises


@contextmanager
def claimed(data: Path) -> Iterator[None]:
    """The data folder is ours alone. TryLater while another process has it."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = _locked(data / "lock")
    except OSError as e:
        raise NeedsUser(f"{data} can't be used: {e.strerror}. Choose another with --data.") from e
    if lock is None:
        raise TryLater(f"Another Nova Desktop is using {data}. Close it, or wait.")
    try:
        yield
    finally:
        os.close(lock)  # and with it the lock is gone, as when the process ends in any other way


def _locked(file: Path) -> int | None:
    """A descriptor of the file, which is locked until it is closed; None where another has it."""
    number = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if _lock(number) and os.fstat(number).st_nlink:  # else its folder has just been removed
            return number
    except BaseException:
        os.close(number)
        raise
    os.close(number)
    return None


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> bool:
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _lock(number: int) -> bool:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # either, by the file system: flock(2)
            return False
        return True


class Server:
    """Answers calls until closed; each caller has a thread, and one for its events."""

    def __init__(self, library: Library, data: Path, alone: bool = False) -> None:
        """`alone`: its process does nothing else, so that it may be ended when it hangs."""
        self._library, self._file = library, address_file(data)
        self._key = os.urandom(32)
        self._listener = _listener(data)
        self._callers = 0
        self._last_s = time.monotonic() + FIRST_S - ALONE_S
        self._lock = threading.Lock()
        self._closed = False
        try:
            address = {"address": self._listener.address, "key": self._key.hex()}
            _write(self._file, address | ({"host": str(os.getpid())} if alone else {}))
        except OSError as e:
            self._listener.close()
            raise NeedsUser(
                f"{data} can't be written to ({e.strerror}). Make room or give access there."
            ) from e
        threading.Thread(target=self._accept, name="host", daemon=True).start()

    def end_if_alone(self) -> bool:
        """True, and no caller is taken any more, when nobody has called for a while."""
        with self._lock:
            if self._callers == 0 and time.monotonic() - self._last_s > ALONE_S:
                self._closed = True
            return self._closed

    def close(self) -> None:
        with self._lock:
            self._closed = True
        self._file.unlink(missing_ok=True)
        with suppress(OSError):  # it is in accept(), which this ends
            self._listener.close()

    def _accept(self) -> None:
        while not self._closed:
            try:
                connection = self._listener.accept()
            except GONE as e:
                if not self._closed:
                    log.info("a caller was refused: %r", e)
                    time.sleep(0.05)  # a broken listener must not spin
                continue
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        with self._lock:
            if self._closed:  # it looks for another owner, or becomes it
                connection.close()
                return
            self._callers += 1
        try:
            if self._knows_the_key(connection):
                self._talk(connection)
        except GONE:
            pass  # the caller has gone, which is how calls end
        finally:
            connection.close()
            with self._lock:
                self._callers -= 1
                self._last_s = time.monotonic()

    def _knows_the_key(self, connection: Connection) -> bool:
        """In the caller's own thread, so that one who says nothing holds up no other."""
        from multiprocessing import AuthenticationError
        from multiprocessing.connection import answer_challenge, deliver_challenge

        try:
            deliver_challenge(connection, self._key)
            answer_challenge(connection, self._key)
        except AuthenticationError as e:
            log.info("a caller was refused: %s", e)
            return False
        return True

    def _talk(self, connection: Connection) -> None:
        while True:
            message = connection.recv_bytes()
            try:
                name, arguments, named = pickle.loads(message)  # noqa: S301  # from who knows the key
            except Exception as e:  # whatever unpickling raises: a caller of another version
                log.info("a call was not understood: %r", e)
                return
            if name == "subscribe":
                self._stream(connection)
                return
            connection.send(self._answer(name, arguments, named))

    def _answer(
        self, name: str, arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> tuple[bool, Any]:
        """(True, result), or (False, exception) of a kind that every caller knows.

        Raises EOFError when the library is closing, which callers know as its end.
        """
        if name not in NAMES or name == "close":
            return False, RuntimeError(f"There is no call {name!r}.")
        if self._closed:
            raise EOFError
        try:
            return True, getattr(self._library, name)(*arguments, **named)
        except ExpectedError as e:
            if self._closed:
                raise EOFError from e
            kind = next(k for k in type(e).__mro__ if k.__module__ == errors.__name__)
            return False, e if kind is type(e) else kind(str(e))
        except Exception as e:
            log.exception("a call of %s failed", name)
            return False, RuntimeError(f"{type(e).__name__}: {e}\n{traceback.format_exc()}")

    def _stream(self, connection: Connection) -> None:
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()

        def put(event: Event) -> None:
            # One who does not listen (a stopped process) misses what only says how it goes.
            if events.qsize() < BEHIND or not isinstance(event, Progress | Indexed):
                events.put(event)

        end = self._library.subscribe(put)
        try:
            connection.send((True, None))
            while True:
                try:
                    connection.send(events.get(timeout=1.0))
                except queue.Empty:
                    if connection.poll():  # callers say nothing here: readable means closed
                        return
        finally:
            end()


def _listener(data: Path) -> Listener:
    """A socket (or pipe) that only this user can open."""
    socket = data / "host.socket"
    if os.name == "posix" and len(os.fsencode(socket)) <= SOCKET_PATH:
        # There the next owner finds and replaces it where this one is killed.
        with suppress(OSError):  # a file system without sockets
            socket.unlink(missing_ok=True)
            return Listener(str(socket), "AF_UNIX", backlog=BACKLOG)
    return Listener(backlog=BACKLOG)


def serve(data: Path, settings: Settings) -> None:
    """Owns the data folder for as long as somebody calls."""
    from nova_desktop.here import Here

    os.umask(0o077)  # all that is made is for this user alone
    library = Here(data, settings, alone=True)
    before, threading.excepthook = threading.excepthook, library.threads_hook
    try:
        library.start()
        while not library.server.end_if_alone():
            time.sleep(0.25)
    finally:
        library.close()
        threading.excepthook = before


def _write(file: Path, value: dict[str, str]) -> None:
    """For this user's eyes only, and whole from the first moment."""
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(value, out)
    part.replace(file)
