"""Keeps indexing within its conditions: looks around every second, lets it rest, and go on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from nova_desktop.errors import NeedsUser
from nova_desktop.events import Event, Resumed
from nova_desktop.library import conditions
from nova_desktop.library.conditions import Reason
from nova_desktop.library.index import Indexer
from nova_desktop.ports import Machine
from nova_desktop.upkeep import Around, Conditions

LOOK_S = 1.0


class Keeper:
    """A thread of its own from `start` to `stop`; the other methods are for any thread."""

    def __init__(
        self,
        machine: Machine,
        wanted: Conditions,
        indexer: Indexer,
        sends: bool,
        tell: Callable[[Event], None],
        minute: Callable[[], int] | None = None,
    ) -> None:
        self._machine, self._indexer, self._sends = machine, indexer, sends
        self._tell = tell
        self._minute = minute or _minute_of_the_day
        self._lock = threading.Lock()  # around what follows
        self._wanted = wanted
        self._around = Around()
        self._ignored: frozenset[Reason] = frozenset()  # until they have ended
        self._held: frozenset[Reason] = frozenset()
        self._why = ""  # what the indexer was paused with by us
        self._woken = threading.Event()
        self._ended = False

    @property
    def resting(self) -> bool:
        """Whether conditions, and nothing else, are why nothing is indexed."""
        return bool(self._why) and self._indexer.paused == self._why

    def around(self) -> Around:
        """As it was at the last look; looks itself where there was none."""
        return self._around if self._around != Around() else self._machine.around()

    def use(self, wanted: Conditions) -> None:
        """Other conditions, which are looked at within a moment."""
        with self._lock:
            self._wanted = wanted
            self._ignored = frozenset()
        self._woken.set()

    def go_on(self) -> None:
        """What holds now is ignored until it has ended. NeedsUser for what can't be ignored."""
        with self._lock:
            if Reason.DISK in self._held:
                raise NeedsUser(Reason.DISK.value)
            self._ignored = self._held
            self._why = ""

    def start(self) -> None:
        threading.Thread(target=self._run, name="keeper", daemon=True).start()

    def stop(self) -> None:
        self._ended = True
        self._woken.set()

    def look(self) -> None:
        """Once; the thread does it every second."""
        around = self._machine.around()
        with self._lock:
            self._around = around
            self._held = conditions.reasons(self._wanted, around, self._minute(), self._sends)
            self._ignored &= self._held
            why = conditions.first(self._held - self._ignored)
            cores = conditions.cores(self._wanted, around)
            memory_bytes = self._wanted.memory_mb << 20
            paused = self._indexer.paused
            ours = bool(self._why) and paused == self._why
            # What the user paused, or has to mend, is not ours to begin again.
            pauses = bool(why) and why != self._why and (ours or not paused)
            resumes = not why and ours
            if pauses or not why:
                self._why = why
        if pauses:
            self._indexer.pause(why)
        elif resumes:
            self._indexer.resume()
            self._tell(Resumed())
        self._machine.limit(cores, memory_bytes)

    def _run(self) -> None:
        while not self._ended:
            self.look()
            self._woken.wait(LOOK_S)
            self._woken.clear()


def _minute_of_the_day() -> int:
    now = time.localtime()
    return now.tm_hour * 60 + now.tm_min
