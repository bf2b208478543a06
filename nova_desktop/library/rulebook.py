"""Where the files of each folder may go: decided by the user, and by nobody else."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from nova_desktop.errors import BadInput, shown
from nova_desktop.library.database import Database
from nova_desktop.library.questions import below
from nova_desktop.spending import FolderRule, Rule


class Rulebook:
    """The rules of the catalog, kept in memory to be asked for every file. Any thread."""

    def __init__(self, catalog: Database, clock: Callable[[], float] = time.time) -> None:
        self._catalog, self._clock = catalog, clock
        self._lock = threading.Lock()
        self._rules = self._read()

    def rule_of(self, path: str | Path) -> Rule:
        """The rule of the nearest folder at or above `path`."""
        return nearest(os.fspath(path), self._rules).rule

    def rules(self) -> tuple[FolderRule, ...]:
        """All that was decided, in order of the paths."""
        return tuple(rule for _, rule in sorted(self._rules.items()))

    def set_rule(self, path: str | Path, rule: Rule, quoted_usd: float | None = None) -> None:
        """For what is at and below `path`, but for folders in it that have a rule of their own.

        BadInput for CLOUD without the quote that was seen.
        """
        if rule is Rule.CLOUD and quoted_usd is None:
            raise BadInput(
                f"Nothing of “{shown(Path(path))}” is sent before its quote was seen. "
                "Ask for the quote first."
            )
        with self._lock:
            with self._catalog.write() as db:
                db.execute(
                    "INSERT OR REPLACE INTO rules (path, rule, quoted_usd, decided_s) "
                    "VALUES (?, ?, ?, ?)",
                    [os.fsencode(path), rule, quoted_usd, self._clock()],
                )
            self._rules = self._read()

    def forget(self, path: str | Path) -> None:
        """Drops the rules at and below `path`: a folder that is added again is asked about anew."""
        with self._lock:
            with self._catalog.write() as db:
                db.execute(
                    "DELETE FROM rules WHERE path = ? OR path > ? AND path < ?",
                    [os.fsencode(path), *below(os.fspath(path))],
                )
            self._rules = self._read()

    def reread(self) -> None:
        """After the catalog was changed by another."""
        with self._lock:
            self._rules = self._read()

    def _read(self) -> Mapping[str, FolderRule]:
        rows = self._catalog.read("SELECT path, rule, quoted_usd, decided_s FROM rules")
        return {
            os.fsdecode(path): FolderRule(Path(os.fsdecode(path)), Rule(rule), quoted, decided_s)
            for path, rule, quoted, decided_s in rows
        }


UNDECIDED = FolderRule(Path(), Rule.DEVICE, None, 0.0)


def nearest(path: str, rules: Mapping[str, FolderRule]) -> FolderRule:
    """The rule of `path` itself or of the nearest folder above it; `UNDECIDED` where none is."""
    while rules:
        if path in rules:
            return rules[path]
        above = os.path.dirname(path)  # noqa: PTH120  # asked for every file: a Path costs 10 times
        if above == path:
            break
        path = above
    return UNDECIDED
