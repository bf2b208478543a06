"""Places that no event tells of: what could not be opened, and drives mounted inside a folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

MOST = 1000  # places of one watched folder that are asked at once

_Found = tuple[int, int] | None  # what is there, by device and number; None: nothing can be opened


class Doubtful:
    """Asks again whether they can be opened, and whether another thing is there now.

    For one watched folder, by one thread; a drive that hangs may hold it up. `places` gives their
    paths at that moment, of which the first MOST are looked at; True: the index says that it could
    not be opened.
    """

    def __init__(self, places: Callable[[], Mapping[str, bool]]) -> None:
        self._places = places
        self._known: dict[str, _Found] = {}
        self._open: dict[str, int] = {}  # looks at which it was open, and the index said otherwise

    def changed(self) -> list[str]:
        """Those that are not as they were the last time, or can be opened at the first.

        What the index calls closed and is open is told again, ever more seldom: it may have been
        closed, looked at and opened between two looks here.
        """
        places = self._places()
        found = {path: openable(path) for path in sorted(places)[:MOST]}
        before, self._known = self._known, found
        self._open = {
            path: self._open.get(path, 0) + 1
            for path, there in found.items()
            if there and places[path]
        }
        again = {path for path, looks in self._open.items() if looks & (looks - 1) == 0}
        return [path for path, there in found.items() if there != before.get(path) or path in again]


def openable(path: str | Path) -> _Found:
    """What tells a file or folder from another one in its place; None when it can't be opened."""
    try:
        found = os.stat(path)  # noqa: PTH116  # a str stays a str here
    except OSError:
        return None
    # X_OK of a file asks for a program; of a folder, whether what is in it can be reached.
    wanted = os.R_OK | os.X_OK if stat.S_ISDIR(found.st_mode) else os.R_OK
    if not os.access(path, wanted):
        return None
    return found.st_dev, found.st_ino
