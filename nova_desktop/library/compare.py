"""Makes the catalog agree with the disk: scan, plan, apply. Everything that changes comes here."""

from __future__ import annotations

import gc
import os
import stat
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from nova_desktop.errors import Stopped, TryLater
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.companions import companions, may_accompany
from nova_desktop.library.mounts import drive_of
from nova_desktop.library.plan import plan
from nova_desktop.library.questions import Root
from nova_desktop.library.rules import Rules
from nova_desktop.library.scan import scan
from nova_desktop.model import State


def compare(
    catalog: Catalog,
    rules: Rules,
    root: str,
    under: str,
    stopped: Callable[[], bool] = lambda: False,
) -> bool:
    """Looks at or below `under` in the watched folder `root`; True when the catalog changed.

    A folder that can't be reached is marked offline, and all that is known of it stays. Called on
    the indexer's thread. Raises Stopped as soon as `stopped` says so.
    """
    folder = next((known for known in catalog.roots() if known.path == root), None)
    if folder is None:
        return False  # a late hint about a folder that was removed
    with _no_collection():
        return _compare(catalog, rules, folder, under, stopped)


def _compare(
    catalog: Catalog, rules: Rules, folder: Root, under: str, stopped: Callable[[], bool]
) -> bool:
    root = folder.path
    try:
        listing = scan(Path(root), rules, Path(under), folder.mounts, stopped)
    except Stopped:
        raise
    except TryLater:
        if not folder.offline:
            catalog.set_offline(folder.number, True)
        return not folder.offline
    if folder.offline:
        catalog.set_offline(folder.number, False)
    if under == root:
        catalog.looked(folder.number, listing.mounts, drive_of(Path(root)))
    difference = plan(listing.files, catalog.stamps(folder.number, under), listing.unlisted)
    aside = {path: (State.EXCLUDED, why) for path, why in listing.excluded.items()}
    aside |= {path: (State.FAILED, why) for path, why in listing.problems.items()}
    # One file was looked at, or it is gone: what lies beside it may belong to it, or did.
    beside = [] if under == root or _is_folder(under) else _beside(os.path.dirname(under))  # noqa: PTH120  # a str stays a str here
    changed = catalog.apply(
        folder.number,
        under,
        difference,
        listing.files,
        aside,
        _pairs(beside or listing.files),
        [path for path in may_accompany(beside) if path != under],
        stopped,
    )
    return changed or folder.offline


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keeps Python from looking for cycles among a million tuples, which takes a tenth of all."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _pairs(paths: Collection[str]) -> dict[str, tuple[str, str]]:
    """Companion path → (path of its primary, kind)."""
    folders = {path.rpartition(os.sep)[0] for path in may_accompany(paths)}
    if not folders:
        return {}  # most often: no need to sort out a hundred thousand names
    names: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        folder, _, name = path.rpartition(os.sep)
        if folder in folders:
            names[folder].append(name)
    return {
        f"{folder}{os.sep}{name}": (f"{folder}{os.sep}{to.primary}", to.kind.value)
        for folder, found in names.items()
        for name, to in companions(found).items()
    }


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _beside(folder: str) -> list[str]:
    """The paths in a folder."""
    try:
        return [f"{folder}{os.sep}{name}" for name in os.listdir(folder)]  # noqa: PTH208  # names only
    except OSError:
        return []  # gone since: the next comparison sees that
