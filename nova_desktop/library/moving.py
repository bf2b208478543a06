"""A watched folder that is elsewhere now: whether it is the same, and what the catalog changes."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from nova_desktop.errors import BadInput, ExpectedError, shown
from nova_desktop.library import work
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.questions import Root, below
from nova_desktop.library.volumes import places_of
from nova_desktop.model import Stamp

LOOKED_AT = 200  # files, from all over the folder
HASHED = 16  # of them, the smallest ones
HASHED_BYTES = 64_000_000  # of one of them
ENOUGH = 0.5  # of the files that were looked at have to be there


def check_same(catalog: Catalog, root: Root, new: Path) -> None:
    """BadInput unless `new` holds what is known of the folder. Reads a few small files of it."""
    sample = catalog.sample(root.number, LOOKED_AT)
    there = [
        (path, stamp, content)
        for path, stamp, content in sample
        if _size(moved(path, root.path, str(new))) == stamp.size
    ]
    if len(there) < ENOUGH * len(sample):
        raise BadInput(
            f"“{shown(new)}” is another folder: of {len(sample)} files of "
            f"“{shown(Path(root.path))}” that were looked for, {len(there)} are there. "
            "Choose the folder that holds them now."
        )
    small = sorted((one for one in there if one[1].size <= HASHED_BYTES), key=lambda one: one[1])
    differ = [
        path
        for path, _, content in small[:HASHED]
        if _content(moved(path, root.path, str(new))) != content
    ]
    if len(differ) > (1 - ENOUGH) * len(small[:HASHED]):
        raise BadInput(
            f"“{shown(new)}” is another folder: its files have the same names and sizes, and "
            f"something else in them, such as “{shown(Path(differ[0]))}”. "
            "Choose the folder that holds them now."
        )


def elsewhere(catalog: Catalog, root: Root) -> str:
    """Where the volume of a folder that is away shows it now; "" when it does nowhere."""
    for place in places_of(root.volume) if root.volume else ():
        if place == root.path or overlapping(Path(place), catalog.roots()):
            continue
        try:
            check_same(catalog, root, Path(place))
        except BadInput:
            continue  # a folder of that name, with something else in it
        return place
    return ""


def relocate(catalog: Catalog, root: Root, new: str, found: Mapping[str, Stamp]) -> None:
    """Renames the folder with all that is known of it, in one transaction.

    `found`: what is there now. A file of the same size and time is the same file, though another
    drive numbers it differently. Called on the indexer's thread.
    """
    old = root.path
    with catalog.write() as db:
        for table, column in (
            ("files", "path"),
            ("files", "companion_of"),
            ("rules", "path"),
            ("folder_rules", "path"),
            ("left_out", "path"),
        ):
            _rename(db, table, column, old, new)
        mounts = [moved(mount, old, new) for mount in root.mounts if mount != old]
        db.execute(
            "UPDATE folders SET path = ?, offline = 0, mounts = ?, drive = '' WHERE id = ?",
            [os.fsencode(new), json.dumps(sorted(mounts)), root.number],
        )
        db.executemany(
            "UPDATE files SET file_id = ? "
            "WHERE path = ? AND size = ? AND mtime_ns = ? AND file_id != -1",
            [
                (stamp.file_id, os.fsencode(path), stamp.size, stamp.mtime_ns)
                for path, stamp in found.items()
            ],
        )


def moved(path: str, old: str, new: str) -> str:
    """Where a path of the folder `old` is in the folder `new`."""
    return new + path[len(old) :]


def _rename(db: sqlite3.Connection, table: str, column: str, old: str, new: str) -> None:
    before, after = os.fsencode(old), os.fsencode(new)
    db.execute(
        # `||` makes text, which may not hold every path.
        f"UPDATE {table} SET {column} = CAST(? || SUBSTR({column}, ?) AS BLOB) "  # noqa: S608  # constants
        f"WHERE {column} = ? OR {column} > ? AND {column} < ?",
        [after, len(before) + 1, before, *below(old)],
    )


def _size(path: str) -> int | None:
    try:
        return os.lstat(path).st_size
    except OSError:
        return None


def _content(path: str) -> str | None:
    try:
        return work.hash_file(Path(path), threading.Event())
    except ExpectedError:
        return None  # as good as another content


def overlapping(new: Path, roots: Sequence[Root]) -> Root | None:
    """A watched folder that `new` lies in, or that lies in it."""
    for root in roots:
        if new.is_relative_to(root.path) or Path(root.path).is_relative_to(new):
            return root
    return None
