"""Hints that something may have changed at a place, put off until it is quiet there."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path

SETTLE_S = 0.5  # of quiet before a hint is followed
PATIENCE_S = 10.0  # ... but a hint is never put off for longer
MANY = 32  # hints of one folder, from which on it is looked at whole


class Hints:
    """Used on the indexer's thread."""

    def __init__(self) -> None:
        self._first_s: dict[tuple[str, str], float] = {}  # (root, under) → its first hint
        self._last_s = 0.0

    def __bool__(self) -> bool:
        """True while any is to be followed."""
        return bool(self._first_s)

    def add(self, root: str, under: str) -> None:
        self._last_s = time.monotonic()
        self._first_s.setdefault((root, under), self._last_s)

    def due_in_s(self) -> float | None:
        """Seconds until `follow` has something to do; None without hints."""
        if not self._first_s:
            return None
        due_s = min(self._last_s + SETTLE_S, min(self._first_s.values()) + PATIENCE_S)
        return due_s - time.monotonic()

    def follow(self, look: Callable[[str, str], None]) -> None:
        """Looks at the places, when that is due; those after one that raises are kept."""
        due_s = self.due_in_s()
        if due_s is None or due_s > 0:
            return
        places, self._first_s = self._first_s, {}
        todo = merged(places)
        try:
            while todo:
                look(*todo[-1])
                todo.pop()
        finally:  # after a full disk, what was not looked at is still to be
            self._first_s = dict.fromkeys(todo, self._last_s) | self._first_s


def merged(places: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same places in fewer looks: a folder instead of many files that lie in it."""
    inside = Counter((root, os.path.dirname(under)) for root, under in places if under != root)  # noqa: PTH120  # a str stays a str here
    fewer = set(places) | {place for place, count in inside.items() if count >= MANY}
    return [
        (root, under)
        for root, under in fewer
        if not any((root, str(folder)) in fewer for folder in Path(under).parents)
    ]
