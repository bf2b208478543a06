"""Saved searches that notice: what was just indexed is looked for in what they find."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from nova_desktop.errors import ExpectedError, TryLater
from nova_desktop.events import Event, Idle, NewMatches
from nova_desktop.grammar import parse
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.saved import SavedSearches
from nova_desktop.library.search import Search
from nova_desktop.query import Query, SavedSearch

log = logging.getLogger(__name__)

DEEP = 300  # hits of a question that new files are looked for among
MOST = 1_000  # new matches that are kept of one search


@dataclass(slots=True)
class Noticing:
    """Hand it every event, from any thread. It looks once nothing waits to be indexed.

    Every question is asked as a whole, so that what is told as new is what it would show; only on
    this device, as nobody asked for what a paid engine would cost.
    """

    catalog: Catalog
    search: Search
    tell: Callable[[Event], None]
    _looking: threading.Lock = field(default_factory=threading.Lock)
    _again: bool = False
    _closed: bool = False

    def hear(self, event: Event) -> None:
        """Begins to look in a thread of its own, where there is anything to look for."""
        if isinstance(event, Idle) and not self._closed:
            self._again = True
            threading.Thread(target=self._look, name="noticing", daemon=True).start()

    def close(self) -> None:
        """Nothing more is looked for; what is under way ends with its question."""
        self._closed = True

    def finish(self) -> None:
        """Returns once what was indexed until now is looked for: whoever waited may end then."""
        self._again = not self._closed
        self._look()

    def _look(self) -> None:
        with self._looking:
            while self._again and not self._closed:
                self._again = False
                try:
                    self.look()
                except ExpectedError as e:  # the library is closing, or its disk is full
                    log.info("New matches are looked for later: %s", e)

    def look(self) -> None:
        """Asks each search that new contents were indexed since; what can't be asked just now, as
        a drive is away or the library is closing, is asked by the next look."""
        searches = {one.name: one for one in SavedSearches(self.catalog).all()}
        for name, since_s in self.catalog.read("SELECT name, looked_s FROM searches"):
            if self._closed or name not in searches:
                return
            fresh = dict(
                self.catalog.read(
                    "SELECT content, known_s FROM contents WHERE known_s > ? AND files > 0",
                    [since_s],
                )
            )
            if not fresh:
                continue
            try:
                found = fresh.keys() & self._found(searches[name])
            except TryLater as e:
                log.info("New matches of a saved search are looked for later: %s", e)
                continue
            self._keep(name, found, max(fresh.values()))

    def _found(self, search: SavedSearch) -> frozenset[str]:
        here = replace(self.search, beside=None)
        try:
            meant = parse(search.text, time.time())
            if not (meant.parts or search.parts or meant.filters.phrases):
                return here.passing(meant.filters)
            query = Query((*meant.parts, *search.parts), meant.filters, DEEP)
            return frozenset(hit.content for hit in here.find(query).hits)
        except TryLater:
            raise
        except ExpectedError as e:  # a file that it asks with is gone, or an older grammar took it
            log.info("A saved search can't be asked: %s", e)
            return frozenset()

    def _keep(self, name: str, found: set[str], until_s: float) -> None:
        some = sorted(found)[:MOST]
        with self.catalog.write() as db:
            known = db.execute(
                "UPDATE searches SET looked_s = ? WHERE name = ?", [until_s, name]
            ).rowcount
            added = 0
            for content in some if known else ():
                added += db.execute(
                    "INSERT OR IGNORE INTO matches VALUES (?, ?)", [name, content]
                ).rowcount
        if added:
            ((path,),) = self.catalog.read("SELECT path FROM contents WHERE content = ?", [some[0]])
            self.tell(NewMatches(name, added, Path(os.fsdecode(path or b""))))
