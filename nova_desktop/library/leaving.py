"""What leaves the index by a rule of the user, and is kept for a while so that it may come back."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Mapping, Sequence

from nova_desktop.folders import KEPT_DAYS
from nova_desktop.model import State


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
