"""What leaves the index, and what of it is kept for a while so that it may come back."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Mapping, Sequence

from nova_desktop.folders import KEPT_DAYS
from nova_desktop.model import State

KEPT_S = 24 * 3600.0  # a content without a file is kept this long: a move may take a while
ORPHANED = (  # what another machine has stays known
    "NOT EXISTS (SELECT 1 FROM files WHERE files.content = contents.content) "
    "AND NOT EXISTS (SELECT 1 FROM elsewhere e WHERE e.content = contents.content)"
)


def left_out(gone: Sequence[str], aside: Mapping[str, tuple[State, str]]) -> list[str]:
    """Those of the files that are no longer seen because a rule leaves them, or a folder, out."""
    out = {path for path, (state, _) in aside.items() if state is State.EXCLUDED}
    inside: dict[str, bool] = {}

    def is_out(path: str) -> bool:
        if (known := inside.get(path)) is None:
            above = os.path.dirname(path)  # noqa: PTH120  # a str stays a str here
            known = inside[path] = path in out or (above != path and is_out(above))
        return known

    return [path for path in gone if is_out(path)] if out else []


def keep(db: sqlite3.Connection, root: int, paths: Sequence[str]) -> None:
    """What these files hold is kept for a while, so that it may come back as it is."""
    until_s = time.time() + KEPT_DAYS * 24 * 3600
    db.executemany(
        "UPDATE contents SET keep_until_s = ?, keep_for = ? "
        "WHERE content = (SELECT content FROM files WHERE path = ?)",
        [(until_s, root, os.fsencode(path)) for path in paths],
    )


def drop_orphans(db: sqlite3.Connection, older_than_s: float | None) -> set[str]:
    """Drops contents that nothing holds, unless they are kept for a while; gives them."""
    where, values = f"keep_until_s < ? AND {ORPHANED}", [time.time()]
    if older_than_s is not None:
        where, values = f"{where} AND orphaned_s < ?", [*values, older_than_s]
    rows = db.execute(f"DELETE FROM contents WHERE {where} RETURNING content", values)  # noqa: S608  # constants
    return {content for (content,) in rows.fetchall()}
