"""What is done to a data folder that no library has open: a backup restored, damage mended, all
of it erased."""

from __future__ import annotations

import contextlib
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from nova_desktop import host
from nova_desktop.errors import NeedsUser, TryLater
from nova_desktop.library import archive, swap
from nova_desktop.library.repair import ask_again, damage, salvage
from nova_desktop.settings import address_file
from nova_desktop.upkeep import Backup

log = logging.getLogger(__name__)

# Nothing else is removed: somebody may have chosen a folder in which other things lie.
OURS = (
    *("catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm", "vectors", "previews", "long"),
    *("demo", "window.ini", swap.RESTORING),
)
OURS_LIKE = (*swap.KEPT, *(f"{prefix}*" for prefix in swap.UNFINISHED))
ENDS_S = 15.0  # for a library that is being closed, which says first that it can't be reached
PAID = "nova-"  # what the names of paid spaces begin with
LOG = "log/nova-desktop.log"  # is open in this process, so it is emptied


def examine(file: Path) -> Backup:
    """What a backup holds. BadInput for what is none or damaged, NeedsUser for a newer one's."""
    return archive.examined(file).backup(file)


def restore(
    data: Path, file: Path, told: Callable[[int, int], None], stopped: Callable[[], bool]
) -> Backup:
    """Puts the library of a backup in the place of the present one, which is kept aside.

    All of it is read and checked before anything is replaced. TryLater while a process has the
    library open; BadInput, NeedsUser and Stopped as `archive.unpacked`: then nothing has changed.
    """
    archive.examined(file)
    with _alone(data):
        swap.finish(data)
        staged = swap.staging(data)
        try:
            made = archive.unpacked(file, staged / "new", told, stopped)
            swap.check(staged / "new" / archive.CATALOG)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        swap.decide(staged, data)
        swap.finish(data)
    return made.backup(file)


def repair(data: Path) -> tuple[str, ...]:
    """Mends what keeps a library from opening; a sentence for each thing that was done.

    Reads all of it, and makes the indexes anew: of 100,000 rows in 8 s. What is damaged is kept
    aside. TryLater while a process has the library open.
    """
    if not data.is_dir():
        return ()
    with _alone(data):
        swap.finish(data)
        return tuple(_repaired(data))


def _repaired(data: Path) -> Iterator[str]:
    from nova_desktop.compose.mending import Mended, mend_vectors  # LanceDB takes a while

    catalog = data / archive.CATALOG
    if why := damage(catalog):
        staged = swap.staging(data)
        (staged / "new" / archive.VECTORS).rmdir()  # those that are there stay
        try:
            saved = salvage(catalog, staged / "new" / archive.CATALOG)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        swap.decide(staged, data)
        swap.finish(data)
        files = saved.rows.get("files", 0)
        log.info("the catalog was damaged: %s", why)
        yield f"The catalog was damaged. What could be read of it was saved: {files} files."
    paid = set()

    def before(one: Mended) -> None:
        # Nothing that can't be read any more is sent again before somebody has seen a quote. Where
        # nothing is kept, nobody knows how much that is.
        lost = one.lost or not one.kept
        if lost and one.space.startswith(PAID) and ask_again(catalog):
            paid.add(one.space)

    aside = data / f"{swap.ASIDE}{time.strftime('%Y%m%d-%H%M%S')}-vectors"
    for one in mend_vectors(data, aside, before):
        yield (
            f"The vectors of {one.space} were damaged. Those of {one.kept} contents could be read "
            f"and stay; the files of {one.lost} others are indexed again."
        )
        if one.space in paid:
            yield (
                "They were paid for, so no folder is allowed to be sent any more: look at the "
                "quote, and allow it again."
            )
    yield "The indexes that searches go by were made anew."


def forget_aside(data: Path) -> None:
    """Removes what was kept aside when it was replaced, mended, or brought up to date."""
    for pattern in swap.KEPT:
        for kept in data.glob(pattern):
            _remove(kept)


def erase(data: Path) -> None:
    """Removes all that the program knows, of itself and of your files, which stay.

    TryLater while a process has the library open; NeedsUser when something can't be removed.
    """
    if not data.is_dir():
        return
    with _alone(data):
        ours = [data / name for name in OURS]
        for pattern in OURS_LIKE:
            ours += data.glob(pattern)
        if (log := data / LOG).is_file():
            with contextlib.suppress(OSError):
                log.write_bytes(b"")
        ours += [file for file in (data / "log").glob("*") if file != log]
        for path in ours:
            _remove(path)


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """As `host.claimed`, but waits for one that is ending."""
    deadline = time.monotonic() + ENDS_S
    while True:
        try:
            claim = host.claimed(data)
            claim.__enter__()
            break
        except TryLater:
            if address_file(data).exists() or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    try:
        yield
    finally:
        claim.__exit__(None, None, None)


def _remove(path: Path) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as e:
        raise NeedsUser(
            f"{e.filename or path} can't be removed: {e.strerror}. Close what uses it, and try "
            "again; the rest is erased then."
        ) from e
