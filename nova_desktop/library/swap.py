"""Puts another library in the place of the present one, so that a kill at any moment loses none.

What is to come lies in `restoring/new` of the data folder; that the folder `restoring` is there is
the decision. From then on whoever opens the library first finishes it, by renaming alone.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import time
from pathlib import Path

from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.library.archive import CATALOG, VECTORS
from nova_desktop.library.schema import MIGRATIONS

log = logging.getLogger(__name__)

RESTORING = "restoring"
ASIDE = "before-restore-"  # and when: the library that was there before
KEPT = (f"{ASIDE}*", f"{Path(CATALOG).stem}-version-*")  # the latter by schema.migrate
UNFINISHED = (".unpacking-", ".backing-up-")  # what a kill leaves, which nobody needs
# In this order: a log of SQLite's must never meet another catalog than its own.
NAMES = (f"{CATALOG}-wal", f"{CATALOG}-shm", CATALOG, VECTORS)


def staging(data: Path) -> Path:
    """A new folder that another library can be put into; in `new` below it."""
    folder = data / f"{UNFINISHED[0]}{os.getpid()}-{time.time_ns()}"
    for one in (folder, folder / "new", folder / "new" / VECTORS, folder / "old"):
        one.mkdir(mode=0o700)
    return folder


def check(catalog: Path) -> int:
    """How many contents are indexed in a catalog; raises BadInput where it can't be used."""
    try:
        db = sqlite3.connect(f"{catalog.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            ((sound,),) = db.execute("PRAGMA quick_check(1)").fetchall()
            (version,) = db.execute("PRAGMA user_version").fetchone()
            (contents,) = db.execute("SELECT count(DISTINCT content) FROM indexed").fetchone()
        finally:
            db.close()
    except (sqlite3.DatabaseError, ValueError) as e:
        raise BadInput("The catalog in this backup can't be read. Choose another one.") from e
    if sound != "ok" or version < 1:
        raise BadInput("The catalog in this backup is damaged. Choose another one.")
    if version > len(MIGRATIONS):
        raise NeedsUser(
            "This backup was made by a newer Nova Desktop. Update the program to restore it."
        )
    return int(contents)


def decide(staged: Path, data: Path) -> None:
    """From here on the staged library is the one."""
    staged.rename(data / RESTORING)


def finish(data: Path) -> None:
    """Ends what was decided, and clears what was not. Nobody has the library open."""
    for prefix in UNFINISHED:
        for left in data.glob(f"{prefix}*"):
            shutil.rmtree(left, ignore_errors=True)
    folder = data / RESTORING
    if not folder.is_dir():
        return
    try:
        _finish(folder, data)
    except OSError as e:
        raise NeedsUser(
            f"A backup is being restored, and {e.filename} can't be moved: {e.strerror}. Give "
            "access there, and start Nova Desktop again."
        ) from e


def _finish(folder: Path, data: Path) -> None:
    new, old = folder / "new", folder / "old"
    catalog_placed = not (new / CATALOG).exists()
    for name in NAMES:
        # What has no successor here was placed before, or is a log of the old catalog.
        replaced = not catalog_placed if name.startswith(f"{CATALOG}-") else (new / name).exists()
        if replaced and os.path.lexists(data / name):
            (data / name).replace(old / name)
        if (new / name).exists():
            (new / name).replace(data / name)
    if old.is_dir() and any(old.iterdir()):
        aside = data / f"{ASIDE}{time.strftime('%Y%m%d-%H%M%S')}"
        old.rename(aside)
        log.info("the library of before the restore is kept in %s", aside)
    shutil.rmtree(folder)
