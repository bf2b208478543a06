"""Calls about what is being indexed now, and what waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from nova_desktop.events import FoldersChanged
from nova_desktop.folders import Queue
from nova_desktop.library.opened import Opened
from nova_desktop.model import State


class Queueing(Opened):
    """See calls.QueueCalls."""

    def queue(self, limit: int) -> Queue:
        indexer, catalog = self._indexer, self._parts.catalog
        active = [one for intake in indexer.intakes for one in intake.under_way()]
        busy = {str(one.path) for one in active}
        paused = indexer.paused
        counts = catalog.counts()
        by_folder = tuple(
            (Path(root.path), waiting)
            for root in catalog.roots()
            if (waiting := counts.get(root.number, {}).get(State.WAITING, 0))
        )
        following = catalog.waiting(limit, skip=busy) if limit > 0 else []
        return Queue(
            tuple(active),
            sum(waiting for _, waiting in by_folder),
            tuple(Path(file.path) for file in following),
            by_folder,
            paused,
            indexer.meter.share,
            None if paused else indexer.meter.eta_s,
        )

    def cancel(self, paths: Sequence[Path]) -> None:
        self.start()
        self._call(partial(self._cancel, [str(path) for path in paths]))

    def _cancel(self, paths: Sequence[str]) -> None:
        for intake in self._indexer.intakes:
            intake.cancel(paths)
        self._publish(FoldersChanged())
