"""Makes the catalog agree with the disk: scan, plan, apply. Everything that changes comes here."""

from __future__ import annotations

import gc
import os
import stat
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.errors import Stopped, TryLater
from nova_desktop.library.absent import absent, identity
from nova_desktop.library.again import noted_beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.companions import companions, may_accompany
from nova_desktop.library.mounts import drive_of
from nova_desktop.library.online import ONLINE_ONLY
from nova_desktop.library.patience import Patience
from nova_desktop.library.plan import Plan, plan
from nova_desktop.library.questions import Root
from nova_desktop.library.rules import Rules
from nova_desktop.library.scan import Listing, scan
from nova_desktop.library.volumes import Volume, volume_of
from nova_desktop.model import State

SIDECAR = ".xmp"
LOOKS = 3  # at a folder whose files go and come


def compare(
    catalog: Catalog,
    rules: Rules,
    root: str,
    under: str,
    stopped: Callable[[], bool] = lambda: False,
    patience: Patience | None = None,
    look: Callable[[str], None] = lambda _: None,
    again: Callable[[Collection[str]], None] = lambda _: None,
) -> bool:
    """Looks at or below `under` in the watched folder `root`; True when the catalog changed.

    A folder that can't be reached, or in whose place another drive is, is marked offline, and all
    that is known of it stays. A file is forgotten only when its folder was listed twice without it.
    `look` is told of other names of files that changed, `again` of those whose sidecar did. Called
    on the indexer's thread. Raises Stopped as soon as `stopped` says so.
    """
    folder = next((known for known in catalog.roots() if known.path == root), None)
    if folder is None:
        return False  # a late hint about a folder that was removed
    patience = patience or Patience()

    def ask(part: str) -> _Seen:
        def seen(alive: Callable[[], None]) -> _Seen:
            def ends() -> bool:
                alive()
                return stopped()

            return _seen(catalog, folder, rules, part, ends)

        return patience.run(root, seen, stopped)

    with _no_collection():
        try:
            found = ask(under)
            if under != root and found.volume != folder.volume:
                under, found = root, ask(root)  # is it another drive?
        except Stopped:
            raise
        except TryLater:
            if not folder.offline:
                catalog.set_offline(folder.number, True)
            return not folder.offline
        return _apply(catalog, folder, under, found, stopped, look, again)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look found out, with nothing changed yet."""

    listing: Listing
    difference: Plan
    volume: Volume
    drive: str
    beside: list[str]
    took_s: float


def _seen(
    catalog: Catalog, folder: Root, rules: Rules, under: str, stopped: Callable[[], bool]
) -> _Seen:
    """All that touches the disk. TryLater when the folder is not there, or not the same one."""
    root = folder.path
    began = time.monotonic()
    for look in range(1, LOOKS + 1):
        before = identity(root)
        listing = scan(Path(root), rules, Path(under), folder.mounts, stopped)
        known = catalog.stamps(folder.number, under)
        _leave_online(listing, known)
        difference = plan(listing.files, known, listing.unlisted)
        away = [path for path in difference.forget if not _excluded(path, listing, root)]
        gone = absent(root, away, stopped)
        if identity(root) != before:
            raise TryLater(f"The folder {root} was replaced while it was looked at.")
        if len(gone) == len(away):
            break
        if look == LOOKS:  # what can't be settled now is kept
            unsettled = listing.unlisted | (set(away) - gone)
            difference = plan(listing.files, known, unsettled)
    volume = _volume(root)
    # The same one shows another folder of it here when what was mounted here no longer is.
    if under == root and volume != folder.volume and folder.volume:
        _check_same_drive(root, known, listing)
    # One file was looked at, or it is gone: what lies beside it may belong to it, or did.
    beside = [] if under == root or _is_folder(under) else _beside(os.path.dirname(under))  # noqa: PTH120  # a str stays a str here
    drive = drive_of(Path(root)) if under == root else ""
    return _Seen(listing, difference, volume, drive, beside, time.monotonic() - began)


def _leave_online(listing: Listing, known: Mapping[str, tuple[int, int, int]]) -> None:
    """Counts what is online only and was never read; what is known already stays as it is."""
    if listing.online:
        stamps = set(known.values())  # also of what was moved meanwhile
        for path in listing.online:
            if listing.files[path] not in stamps:
                del listing.files[path]
                listing.excluded[path] = ONLINE_ONLY


def _check_same_drive(
    root: str, known: Mapping[str, tuple[int, int, int]], listing: Listing
) -> None:
    """TryLater when another drive is in its place: nothing of what is known is there."""
    if known and not any(
        (stamp := listing.files.get(path)) is not None and stamp.size == facts[0]
        for path, facts in known.items()
    ):
        raise TryLater(
            f"Another drive is where {root} was. Plug the right one in; what is indexed is kept."
        )


def _volume(root: str) -> Volume:
    try:
        return volume_of(root)
    except OSError as e:
        raise TryLater(f"The folder {root} can't be reached ({e.strerror}).") from e


def _excluded(path: str, listing: Listing, root: str) -> bool:
    """Whether a rule leaves it out now, or a folder that it is in: that is no absence."""
    while len(path) > len(root):
        if path in listing.excluded:
            return True
        path = os.path.dirname(path)  # noqa: PTH120  # a str stays a str here
    return False


def _apply(
    catalog: Catalog,
    folder: Root,
    under: str,
    found: _Seen,
    stopped: Callable[[], bool],
    look: Callable[[str], None],
    again: Callable[[Collection[str]], None],
) -> bool:
    if folder.offline:
        catalog.set_offline(folder.number, False)
    listing = found.listing
    if under == folder.path:
        catalog.looked(folder.number, listing.mounts, found.drive, found.volume, found.took_s)
    aside = {path: (State.EXCLUDED, why) for path, why in listing.excluded.items()}
    aside |= {path: (State.FAILED, why) for path, why in listing.problems.items()}
    sidecars = [
        path
        for path in (*found.difference.index, *found.difference.forget)
        if path[-4:].lower() == SIDECAR
    ]
    noted = noted_beside(catalog, sidecars)  # also of those that are gone
    changed = catalog.apply(
        folder.number,
        under,
        found.difference,
        listing.files,
        aside,
        _pairs(found.beside or listing.files),
        [path for path in may_accompany(found.beside) if path != under],
        stopped,
    )
    again(noted | noted_beside(catalog, sidecars))
    if under != folder.path and found.difference.index:
        for other in catalog.named_too(found.difference.index):
            if other not in listing.files:
                look(other)
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
