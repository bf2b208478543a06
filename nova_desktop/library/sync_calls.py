"""Calls about a library that several machines share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova_desktop.errors import BadInput
from nova_desktop.library.opened import Opened
from nova_desktop.library.spaces import take_up

if TYPE_CHECKING:
    from nova_desktop.library.mirror import Mirror
    from nova_desktop.sync import Direction, Erased, SyncRun, SyncState

NONE_CHOSEN = (
    "No vector bucket is chosen, so there is nothing to sync with. Name one in Settings "
    "(sync_bucket)."
)


class Syncing(Opened):
    """See calls.SyncCalls."""

    def sync_state(self) -> SyncState:
        from nova_desktop.sync import SyncState

        return self._mirror.state() if self._mirror else SyncState("", "")

    def sync(self, direction: Direction, dry: bool = False, again: bool = False) -> SyncRun:
        from nova_desktop.library.mirror import PULLS

        mirror = self._shared_one()
        if dry or direction not in PULLS:
            return mirror.sync(direction, dry, again)
        self._indexer.spare(True)
        try:
            self.start()  # what is pulled is written by the indexer
            # Also done as the library opens; but a sync that is asked for at once may come before.
            self._call(lambda: take_up(self._parts.catalog, self._used_spaces()))
            run = mirror.sync(direction, dry, again)
            if run.done.pull or run.done.forget:
                self._indexer.inbox.insist(self._indexer.changed)
                for root in self._parts.catalog.roots():
                    # Files that wait, and whose content is known now, are found at once.
                    self._indexer.look(root.path, root.path)
        finally:
            self._indexer.spare(False)
        return run

    def stop_sync(self) -> None:
        self._shared_one().stop()

    def erase_sync(self) -> Erased:
        return self._shared_one().erase()

    def _shared_one(self) -> Mirror:
        if self._mirror is None:
            raise BadInput(NONE_CHOSEN)
        return self._mirror
