"""Places that no event tells of: what could not be opened, and drives mounted inside a folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection
from pathlib import Path

MOST = 1000  # places of one watched folder that are asked at once

_Found = tuple[int, int] | None  # what is there, by device and number; None: nothing can be opened


class Doubtful:
    """Asks again whether they can be opened, and whether another thing is there now.

    For one watched folder, by one thread; a drive that hangs may hold it up. `places` gives their
    paths at that moment, of which the first MOST are looked at.
    """

    def __init__(self, places: Callable[[], Collection[str]]) -> None:
        self._places = places
        self._known: dict[str, _Found] = {}

    def changed(self) -> list[str]:
        """Those that are not as they were the last time, or can be opened at the first."""
        found = {path: openable(path) for path in sorted(self._places())[:MOST]}
        before, self._known = self._known, found
        return [path for path, there in found.items() if there != before.get(path)]


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
