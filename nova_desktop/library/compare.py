"""Makes the catalog agree with the disk: scan, plan, apply. Everything that changes comes here."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

from nova_desktop.errors import TryLater
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.companions import companions
from nova_desktop.library.plan import plan
from nova_desktop.library.rules import Rules
from nova_desktop.library.scan import Listing, scan
from nova_desktop.model import State


def compare(catalog: Catalog, rules: Rules, root: str, under: str) -> bool:
    """Looks at or below `under` in the watched folder `root`; True when the catalog changed.

    A folder that can't be reached is marked offline, and all that is known of it stays. Called on
    the indexer's thread.
    """
    folder = next((known for known in catalog.roots() if known.path == root), None)
    if folder is None:
        return False  # a late hint about a folder that was removed
    try:
        listing = scan(Path(root), rules, Path(under), folder.mounts)
    except TryLater:
        if not folder.offline:
            catalog.set_offline(folder.number, True)
        return not folder.offline
    if folder.offline:
        catalog.set_offline(folder.number, False)
    if under == root and listing.mounts != folder.mounts:
        catalog.set_mounts(folder.number, listing.mounts)
    difference = plan(listing.files, catalog.stamps(folder.number, under), listing.unlisted)
    aside = {path: (State.EXCLUDED, why) for path, why in listing.excluded.items()}
    aside |= {path: (State.FAILED, why) for path, why in listing.problems.items()}
    changed = catalog.apply(
        folder.number, under, difference, listing.files, aside, _pairs(listing, under)
    )
    return changed or folder.offline


def _pairs(listing: Listing, under: str) -> dict[str, tuple[str, str]]:
    """Companion path → (path of its primary, kind)."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for path in listing.files:
        folder, _, name = path.rpartition(os.sep)
        names[folder].append(name)
    if under in listing.files:  # one file was looked at: its companion lies beside it
        folder = os.path.dirname(under)  # noqa: PTH120  # a str stays a str here
        names[folder] = _beside(folder)
    return {
        f"{folder}{os.sep}{name}": (f"{folder}{os.sep}{to.primary}", to.kind.value)
        for folder, found in names.items()
        for name, to in companions(found).items()
        if under not in listing.files or f"{folder}{os.sep}{name}" == under
    }


def _beside(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  # names only
    except OSError:
        return []  # gone since: the next comparison sees that
