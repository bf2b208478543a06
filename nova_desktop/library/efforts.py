"""Rates of work from one run to the next, in the catalog."""

from __future__ import annotations

from nova_desktop.library.database import Database
from nova_desktop.library.effort import Effort
from nova_desktop.library.work import Tools


def known_efforts(catalog: Database, tools: Tools) -> dict[str, tuple[float, float]]:
    """kind → (worked, guessed), as earlier runs into the engine's space measured them."""
    rows = catalog.read(
        "SELECT kind, worked_s, guessed_s FROM efforts WHERE way = ?", [tools.engine.space.name]
    )
    return {kind: (worked_s, guessed_s) for kind, worked_s, guessed_s in rows}


def keep_effort(catalog: Database, way: str, effort: Effort) -> None:
    """A run is over: what it measured is kept, and the next one begins at 0."""
    if effort.work()[0]:
        with catalog.write() as db:
            db.executemany(
                "INSERT OR REPLACE INTO efforts VALUES (?, ?, ?, ?)",
                [(way, kind, *measured) for kind, measured in effort.measured().items()],
            )
    effort.end()
