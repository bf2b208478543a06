"""What is done for store and catalog once nothing waits, before the indexer is idle."""

from __future__ import annotations

import time
from collections.abc import Iterable

from nova_desktop.library.backgrounds import Backgrounds
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.ports import Engine, Store

AGAIN_S = 180.0  # after going idle: by then no reader needs the store's old versions any more


class Tending:
    """Once after each change, and once more when old versions may go. On the indexer's thread."""

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        backgrounds: Backgrounds | None,
        beside: Beside | None,
    ) -> None:
        self._catalog, self._store = catalog, store
        self._backgrounds, self._beside = backgrounds, beside
        self._done = False
        self._again_at: float | None = None

    def changed(self) -> None:
        """There is something to tend again."""
        self._done = False

    def busy(self) -> None:
        """More than something is: what was begun with is over."""
        self._done, self._again_at = False, None

    def due_in_s(self) -> float | None:
        """Seconds until it is to be done once more."""
        return None if self._again_at is None else self._again_at - time.monotonic()

    def tend(self, engines: Iterable[Engine], held_beside: str) -> None:
        """Does what is due. `held_beside`: why a paid engine is not asked; "" when it is."""
        now = time.monotonic()
        if self._done and (self._again_at is None or now < self._again_at):
            return
        self._store.forget(self._catalog.forget_orphans())
        self._store.maintain(stopped=True)
        if self._backgrounds:
            for engine in engines:
                self._backgrounds.learn(engine)
        if self._beside is not None and not held_beside:
            self._beside.rest()
        self._again_at = None if self._done else now + AGAIN_S
        self._done = True
