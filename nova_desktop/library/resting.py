"""Which watched folders are not indexed now: paused ones, and those that wait for their hours."""

from __future__ import annotations

import time
from collections.abc import Callable

from nova_desktop.folders import When
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.choices import Choices

CHECK_S = 20.0  # between two looks at the clock, where a folder has hours


class Resting:
    """Called on the indexer's thread, but for `ask` and `stale`."""

    def __init__(
        self,
        catalog: Catalog,
        choices: Choices,
        minute: Callable[[], int] | None = None,
    ) -> None:
        self._catalog, self._choices = catalog, choices
        self._minute = minute or minute_of_day
        self._asked: set[str] = set()  # to be indexed now, whatever their hours are
        self._due_s = 0.0
        self._timed = False

    def ask(self, root: str, now: bool = True) -> None:
        """Has a folder indexed though it is not its time; or, not `now`, no more."""
        (self._asked.add if now else self._asked.discard)(root)
        self.stale()

    def stale(self) -> None:
        """What was chosen has changed."""
        self._due_s = 0.0

    def due_in_s(self) -> float | None:
        """Seconds until `update` may have something to say."""
        if self._due_s == 0.0 or self._timed:
            return max(0.0, self._due_s - time.monotonic())
        return None

    def update(self) -> tuple[list[str], bool]:
        """Records it in the catalog: the folders that rest from now on, and whether any changed."""
        now = time.monotonic()
        if self._due_s and (now < self._due_s or not self._timed):
            return [], False
        self._due_s = now + CHECK_S
        minute = self._minute()
        to_rest, changed, self._timed = [], False, False
        for root in self._catalog.roots():
            rules = self._choices.of(root.path)
            self._timed |= rules.schedule.when is When.HOURS
            allowed = rules.schedule.allows(minute) or root.path in self._asked
            resting = rules.paused or not allowed
            if resting != root.resting:
                self._catalog.set_resting(root.number, resting)
                changed = True
                if resting:
                    to_rest.append(root.path)
        return to_rest, changed

    def all_done(self) -> None:
        """Nothing waits any more: who was asked for has had its turn."""
        if self._asked:
            self._asked.clear()
            self.stale()


def minute_of_day() -> int:
    """Of local time."""
    now = time.localtime()
    return 60 * now.tm_hour + now.tm_min
