"""Files that are read again though they look as they did: only their surroundings tell."""

from __future__ import annotations

import os
from collections.abc import Collection

from nova_desktop.library.database import Database
from nova_desktop.library.questions import slices


def doubt(catalog: Database, paths: Collection[str]) -> None:
    """The next look takes these for changed, if they are indexed: it hashes them once more.

    For what was written with its size and time kept. On the indexer's thread.
    """
    for some in slices(sorted(paths), 500):
        marks = ",".join("?" * len(some))
        indexed = catalog.read(
            f"SELECT id FROM files WHERE path IN ({marks}) AND state = 'indexed' "  # noqa: S608  # marks
            "AND file_id != -1",
            [os.fsencode(path) for path in some],
        )
        if indexed:
            with catalog.write() as db:
                db.executemany("UPDATE files SET file_id = -1 WHERE id = ?", indexed)


def noted_beside(catalog: Database, sidecars: Collection[str]) -> set[str]:
    """The files that these sidecars are recorded to belong to."""
    found = set()
    for some in slices(sorted(sidecars), 500):
        marks = ",".join("?" * len(some))
        rows = catalog.read(
            f"SELECT companion_of FROM files WHERE path IN ({marks}) "  # noqa: S608  # marks
            "AND companion_kind = 'sidecar'",
            [os.fsencode(path) for path in some],
        )
        found |= {os.fsdecode(primary) for (primary,) in rows}
    return found


def read_again(catalog: Database, space: str, paths: Collection[str]) -> None:
    """What is indexed of these is read anew into `space`, and stays found until then.

    Other spaces, which may be paid for, keep what they have. On the indexer's thread.
    """
    if not paths:
        return
    known = [[os.fsencode(path)] for path in paths]
    with catalog.write() as db:
        db.executemany(
            "UPDATE files SET state = 'waiting', attempts = 0, not_before_s = 0 "
            "WHERE path = ? AND state = 'indexed' AND content IS NOT NULL",
            known,
        )
        db.executemany(
            "DELETE FROM indexed WHERE content = (SELECT content FROM files WHERE path = ?) "
            "AND space = ?",
            [[*path, space] for path in known],
        )
