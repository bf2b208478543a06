"""Reaches a library wherever it is: in the process that owns the data folder, or in this one."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, answer_challenge, deliver_challenge
from pathlib import Path
from typing import IO, Any

from nova_desktop.calls import NAMES, LibraryCalls
from nova_desktop.errors import EXIT_CODES, BadInput, Lost, NeedsUser, TryLater
from nova_desktop.events import Ended, Event
from nova_desktop.settings import Settings, address_file, frozen

log = logging.getLogger(__name__)

PROGRAM = "nova-desktop"  # what its errors begin with
REFUSED = (EXIT_CODES[BadInput], EXIT_CODES[NeedsUser])  # trying again does not help
START_S = 60.0  # for a host to come up, on a slow and busy machine


def open_library(data: Path, settings: Settings) -> LibraryCalls:
    """The library of `data`: of the process that has it open, else opened here.

    Here it also serves others, so that a window and a command line can be used together.
    """
    deadline = time.monotonic() + START_S
    while True:
        if (remote := _join(data)) is not None:
            return remote
        from nova_desktop.here import Here  # 0.2 s, which who joins another need not wait

        try:
            return Here(data, settings)
        except TryLater:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.1)  # somebody has just opened it, or is closing it


def connect(data: Path, settings_file: Path | None = None) -> LibraryCalls:
    """The library of `data`, always in another process, which is started where there is none.

    NeedsUser, with what that process says, where it can't open the library.
    """
    deadline = time.monotonic() + START_S
    child: subprocess.Popen[bytes] | None = None
    with tempfile.TemporaryFile() as said:
        while True:
            if (remote := _join(data)) is not None:
                return remote
            ended = child.poll() if child is not None else None
            if ended in REFUSED:
                raise NeedsUser(_sentence(said) or f"The library in {data} can't be opened.")
            if child is None or ended is not None:
                if child is not None and time.monotonic() > deadline:
                    raise NeedsUser(
                        f"The library in {data} can't be opened: "
                        "`nova-desktop doctor` on the command line says why."
                    )
                child = _start_host(data, settings_file, said)
            if time.monotonic() > deadline:
                child.kill()
                raise NeedsUser(f"The library in {data} does not start. The log there says why.")
            time.sleep(0.05)


def _sentence(said: IO[bytes]) -> str:
    """What a command ended with; "" where it said nothing of it."""
    said.seek(0)
    lines = said.read().decode(errors="replace").splitlines()
    begins = f"{PROGRAM}: "
    return next((t.removeprefix(begins) for t in reversed(lines) if t.startswith(begins)), "")


def left(data: Path, timeout_s: float) -> bool:
    """True once no process has the library of `data` open, False when the time is over.

    One of its own ends when nobody has called for a while; a command line keeps it longer.
    """
    deadline = time.monotonic() + timeout_s
    while address_file(data).exists():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def end_host(data: Path) -> bool:
    """Ends the process that owns `data` where it is there for nothing else, whatever it does.

    False where there is none, or it is a command at work, which is its user's to end.
    """
    try:
        pid = int(json.loads(address_file(data).read_text())["host"])
        if pid > 1:
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        return pid > 1
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _start_host(data: Path, settings_file: Path | None, said: IO[bytes]) -> subprocess.Popen[bytes]:
    program = [sys.executable] if frozen() else [sys.executable, "-m", "nova_desktop"]
    options = ["--data", str(data)]
    if settings_file is not None:
        options += ["--settings", str(settings_file)]
    # A session of its own: Ctrl+C in the terminal is for the window, which then closes it.
    host = subprocess.Popen(
        [*program, *options, "host"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=said,
        start_new_session=True,
    )
    threading.Thread(target=host.wait, name="host's end", daemon=True).start()  # no zombie
    return host


def _join(data: Path) -> LibraryCalls | None:
    """The library that another process has open; None when there is no such process."""
    try:
        found = json.loads(address_file(data).read_text())
        remote: Any = Remote(found["address"], bytes.fromhex(found["key"]))
        remote.status()
    except (OSError, EOFError, AuthenticationError, TryLater, ValueError, KeyError):
        return None  # none, or what a killed one left behind
    calls: LibraryCalls = remote  # made of calls.NAMES, which no checker of types follows
    return calls


class Remote:
    """calls.LibraryCalls over a socket; any thread may call, and calls do not wait in line."""

    def __init__(self, address: str, key: bytes) -> None:
        self._address, self._key = address, key
        self._free: list[Connection] = []
        self._busy: set[Connection] = set()
        self._lock = threading.Lock()  # around both
        self._closed = threading.Event()

    def _call(self, name: str, *arguments: object, **named: object) -> Any:
        with self._line() as connection:
            connection.send((name, arguments, named))
            good, result = connection.recv()
        if not good:
            raise result
        return result

    def subscribe(self, tell: Callable[[Event], None]) -> Callable[[], None]:
        ended = threading.Event()
        with self._line(keeps=False) as stream:
            stream.send(("subscribe", (), {}))
            stream.recv()
        threading.Thread(
            target=_listen, args=[stream, tell, (ended, self._closed)], name="events", daemon=True
        ).start()
        return ended.set

    def close(self) -> None:
        """Calls that wait for an answer end: they raise Lost."""
        self._closed.set()
        with self._lock:
            free, self._free = self._free, []
            for connection in self._busy:
                _cut(connection)
        for connection in free:
            connection.close()

    @contextmanager
    def _line(self, keeps: bool = True) -> Iterator[Connection]:
        """A connection for one call; Lost when it breaks. Without `keeps` the caller has it on."""
        if self._closed.is_set():
            raise TryLater("The library is closed.")
        with self._lock:
            connection = self._free.pop() if self._free and keeps else None
        new = connection is None
        try:
            connection = connection or Client(self._address)
            with self._lock:
                if self._closed.is_set():  # meanwhile
                    raise EOFError
                self._busy.add(connection)
            if new:
                answer_challenge(connection, self._key)
                deliver_challenge(connection, self._key)
            yield connection
        except BaseException as e:  # also Ctrl+C: the answer would come to the next call
            if connection is not None:
                self._done_with(connection)
                connection.close()
            if isinstance(e, EOFError | OSError | AuthenticationError):
                raise Lost from e
            raise
        self._done_with(connection, keeps)

    def _done_with(self, connection: Connection, keeps: bool = False) -> None:
        with self._lock:
            self._busy.discard(connection)
            if keeps and not self._closed.is_set():
                self._free.append(connection)
            elif keeps:
                connection.close()


def _cut(connection: Connection) -> None:
    """Ends a connection for whoever waits on it, which closing it would not."""
    if os.name == "posix":
        with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)


def _absolute(value: object) -> object:
    """Paths as the other process understands them, which may run in another folder."""
    match value:
        case Path():
            return value.absolute()
        case list() | tuple():
            return [_absolute(item) for item in value]
    return value


def _forwarded(name: str) -> Callable[..., Any]:
    def call(self: Remote, *arguments: object, **named: object) -> object:
        given = {key: _absolute(value) for key, value in named.items()}
        return self._call(name, *map(_absolute, arguments), **given)

    return call


for _name in NAMES - vars(Remote).keys():
    setattr(Remote, _name, _forwarded(_name))


def _listen(
    stream: Connection, tell: Callable[[Event], None], ends: Sequence[threading.Event]
) -> None:
    """Tells what comes until one of `ends` is set; nobody else reads or closes the stream."""
    with stream:
        try:
            while not any(end.is_set() for end in ends):
                if stream.poll(0.2):
                    tell(stream.recv())
        except (EOFError, OSError):
            log.debug("the library's events have ended")
            if not any(end.is_set() for end in ends):
                tell(Ended())
