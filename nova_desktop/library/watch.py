"""Turns what the operating system says of the watched folders into "look here".

A hint is never the truth: the scan that follows it is. So a hint too many costs a moment, and a
lost one is made good by the next look at the whole folder.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from nova_desktop.library.doubtful import Doubtful, openable
from nova_desktop.library.mounts import network_mounts

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

Look: TypeAlias = Callable[[Path, Path], None]  # a watched folder, and the place in it that changed
Doubts: TypeAlias = Callable[[Path], Mapping[str, bool]]  # a watched folder → see Doubtful

log = logging.getLogger(__name__)

OVERFLOW_LOG = "watchdog.observers.inotify_c"  # says that events were lost only here, as a warning
EVERY_S = 6 * 3600.0  # between two looks through a folder of which nothing was told
AGAIN_S = 10.0  # between two looks for a folder that is away
INOTIFY_LOG = "watchdog.observers.inotify"
LIMIT_REMEDY = (
    "There are more folders than Linux lets this program watch, so changes are noticed some "
    "seconds later. To lift the limit, run: echo fs.inotify.max_user_watches=524288 "
    "| sudo tee /etc/sysctl.d/60-nova-desktop.conf && sudo sysctl --system"
)
_STOP_S = 1.0  # a hung network drive does not hold up `close` for longer


def _system_observer() -> BaseObserver:
    from watchdog.observers import Observer  # takes a while: not at start-up

    return Observer()


class Watch:
    """Watches folders until closed; each has a thread of its own, so a hung one holds up no other.

    `look(root, under)` is called from those threads, once with `under` = `root` as soon as a root
    is watched (what changed before is found by that look), for every change after it, and for the
    whole root when it vanishes, comes back, or events were lost. `tell` gets a sentence for the
    user, at most once. Roots that the system can't watch are polled every `poll_s`; every
    `check_s` each root is asked whether it is still the same folder and may be opened, and so is
    each place of `doubts`, of which no event tells; every `every_s` it is looked through whatever
    was told: no event is proof that nothing happened. `written` is told of each file that was
    open for writing, before its hint: its size and time may be what they were.
    """

    def __init__(
        self,
        look: Look,
        tell: Callable[[str], None],
        poll_s: float = 10.0,
        check_s: float = 5.0,
        observer: Callable[[], BaseObserver] = _system_observer,
        every_s: float = EVERY_S,
        doubts: Doubts = lambda _: {},
        written: Callable[[Path], None] = lambda _: None,
    ) -> None:
        self._look = look
        self._doubts = doubts
        self._written = written
        self._tell: Callable[[str], None] | None = tell
        self._poll_s = poll_s
        self._check_s = check_s
        self._every_s = every_s
        self._observer = observer
        self._roots: dict[Path, _Root] = {}
        self._lock = threading.Lock()
        # A folder that appears with another in it has that one watched twice, which does no harm.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        self._log = _OverflowLog(self._overflowed)
        logger = logging.getLogger(OVERFLOW_LOG)
        if not logger.isEnabledFor(logging.WARNING):
            logger.setLevel(logging.WARNING)
        logger.addHandler(self._log)
        # It calls each stop of an observer in the middle of an event an error.
        logging.getLogger(INOTIFY_LOG).addFilter(_unless_stopped)

    def add(self, root: Path) -> None:
        """Watches `root` as well; returns at once. A root that is not there is waited for."""
        with self._lock:
            if root not in self._roots:
                self._roots[root] = _Root(
                    root,
                    self._look,
                    self._limit,
                    self._poll_s,
                    self._check_s,
                    self._observer,
                    self._every_s,
                    Doubtful(lambda: self._doubts(root)),
                    self._written,
                )

    def remove(self, root: Path) -> None:
        """No hint of `root` is given after this."""
        with self._lock:
            gone = self._roots.pop(root, None)
        if gone is not None:
            gone.stop()

    def close(self) -> None:
        logging.getLogger(OVERFLOW_LOG).removeHandler(self._log)
        with self._lock:
            roots = list(self._roots.values())
            self._roots.clear()
        for root in roots:
            root.stop()
        until = time.monotonic() + _STOP_S
        for root in roots:
            root.join(max(0.0, until - time.monotonic()))

    def _overflowed(self) -> None:
        with self._lock:
            roots = list(self._roots.values())
        for root in roots:
            root.lost()

    def _limit(self) -> None:
        with self._lock:
            tell, self._tell = self._tell, None
        if tell is not None:
            tell(LIMIT_REMEDY)


def _unless_stopped(record: logging.LogRecord) -> bool:
    return "when the thread is inactive" not in record.getMessage()


class _OverflowLog(logging.Handler):
    def __init__(self, overflowed: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._overflowed = overflowed

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002  # any warning there is this
        self._overflowed()


class _Root:
    """One watched folder: a thread that keeps observers on it, whatever becomes of it.

    Another one asks after what no event tells of.
    """

    def __init__(
        self,
        root: Path,
        look: Look,
        limit: Callable[[], None],
        poll_s: float,
        check_s: float,
        observer: Callable[[], BaseObserver],
        every_s: float,
        doubtful: Doubtful,
        written: Callable[[Path], None],
    ) -> None:
        self._root = root
        self._written = written
        self._doubtful = doubtful
        self._look = look
        self._limit = limit
        self._poll_s = poll_s
        self._check_s = check_s
        self._new_observer = observer
        self._every_s = every_s
        self._observers: list[BaseObserver] = []
        self._stopped = threading.Event()
        self._lost = False
        self._grown = False  # folders appeared: the system may have refused to watch them
        self._polled = False
        self._real = root  # where it is when links are followed: what events speak of
        self._there = False
        # A drive inside that hangs holds up the one thread alone.
        self._threads = [
            threading.Thread(target=work, name=f"watch {root.name}", daemon=True)
            for work in (self._run, self._ask_again)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def join(self, timeout_s: float) -> None:
        until = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def lost(self) -> None:
        """Events were lost: the whole root is looked at, now and again when watches are mended."""
        self._lost = True
        self._hint(self._root)

    def _run(self) -> None:
        watched: tuple[int, int] | None = None
        first = True
        asked_s = time.monotonic()
        while not self._stopped.is_set():
            there = openable(self._root)
            if first or there != watched:
                self._detach()
                watched = there if there and self._attach() else None
                if first or there is None or watched:
                    self._hint(self._root)
                first = False
            elif time.monotonic() - asked_s > (self._every_s if there else AGAIN_S):
                # What no event told of; or its drive may be at another place.
                asked_s = time.monotonic()
                self._hint(self._root)
            elif self._lost:
                self._lost = False
                self._hint(self._root)
            self._there = watched is not None
            if self._grown and self._observers and not self._polled:
                self._grown = False
                self._listen()
                # A poll tells what changes after its first look, which takes a while.
                self._lost |= self._polled
            self._stopped.wait(self._check_s)
        self._detach()

    def _ask_again(self) -> None:
        while not self._stopped.wait(self._check_s):
            if self._there:
                for place in self._doubtful.changed():
                    self._hint(Path(place))

    def _attach(self) -> bool:
        """Puts observers on the root; False when it vanished meanwhile."""
        # A link as root is watched where it leads: a watch of the link itself hears nothing.
        self._real = Path(os.path.realpath(self._root))
        try:
            network = network_mounts(self._real)
            self._polled = self._real in network
            if not self._polled:
                self._listen()
            for place in network:
                self._poll(place)
        except OSError:
            self._detach()
            return False
        return True

    def _listen(self) -> None:
        """Lets the system tell what changes, or polls where it has no watch left to give.

        watchdog passes over subfolders that it was refused a watch for, so one watch more is
        asked for: refused too, the limit is reached.
        """
        try:
            if not self._observers:
                self._observe(self._new_observer(), self._real)
            self._observe(self._new_observer(), self._real, heard=False)
            _stop([self._observers.pop()])
        except OSError as e:
            if e.errno not in (errno.ENOSPC, errno.EMFILE):
                raise
            self._detach()
            self._polled = True
            self._limit()
            self._poll(self._real)

    def _poll(self, place: Path) -> None:
        from watchdog.observers.polling import PollingObserverVFS

        # lstat: polling must not follow a link in a circle.
        polling = PollingObserverVFS(os.lstat, os.scandir, polling_interval=self._poll_s)
        self._observe(polling, place)

    def _observe(self, observer: BaseObserver, place: Path, heard: bool = True) -> None:
        """Starts an observer on all below `place`; not `heard`: only to see whether it can be."""
        from watchdog import events

        # Never `modified` where `closed` is heard: its flood makes watchdog deaf on large trees.
        wanted: list[type[FileSystemEvent]] = [
            events.FileCreatedEvent,
            events.FileClosedEvent,
            events.FileMovedEvent,
            events.FileDeletedEvent,
            events.DirCreatedEvent,
            events.DirMovedEvent,
            events.DirDeletedEvent,
        ]
        if sys.platform != "linux" or self._polled or place != self._real:
            wanted.append(events.FileModifiedEvent)
        handler = events.FileSystemEventHandler()
        if heard:
            handler.on_any_event = self._heard  # type: ignore[method-assign]  # its only purpose
        self._observers.append(observer)
        try:
            observer.schedule(handler, str(place), recursive=heard, event_filter=wanted)
            observer.start()
        except OSError:
            self._observers.remove(observer)
            _stop([observer])
            raise

    def _detach(self) -> None:
        _stop(self._observers)
        self._observers = []

    def _heard(self, event: FileSystemEvent) -> None:
        if event.is_synthetic:
            return  # inside a folder that was moved: the hint at the folder covers it
        if event.is_directory and event.event_type in ("created", "moved"):
            self._grown = True
        for place in (event.src_path, event.dest_path):
            if place:
                inside = os.path.relpath(os.fsdecode(place), self._real)
                if inside != os.pardir and not inside.startswith(os.pardir + os.sep):
                    if event.event_type in ("closed", "modified"):
                        self._written(self._root / inside)
                    self._hint(self._root / inside)

    def _hint(self, under: Path) -> None:
        if not self._stopped.is_set():
            self._look(self._root, under)


def _stop(observers: list[BaseObserver]) -> None:
    for observer in observers:
        try:
            observer.stop()
        except (KeyError, OSError) as e:
            # watchdog loses count of the folders that were moved while it listened. What it does
            # not take back is the system's to take with the process.
            log.info("an observer did not end in order: %r", e)
    for observer in observers:
        if observer.is_alive():
            observer.join(_STOP_S)
