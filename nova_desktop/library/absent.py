"""A second look before anything is forgotten: one listing alone may be half of the truth."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection

from nova_desktop.errors import Stopped


def identity(folder: str) -> tuple[int, int] | None:
    """What tells this folder from another one in its place; None when it can't be reached."""
    try:
        found = os.stat(folder)  # noqa: PTH116  # a str stays a str here
    except OSError:
        return None
    return found.st_dev, found.st_ino


def absent(
    root: str, paths: Collection[str], stopped: Callable[[], bool] = lambda: False
) -> frozenset[str]:
    """Those of the files `paths` that are not there when their folders are listed once more.

    A folder counts only when it can be listed whole, up to `root`, which must be there: what can't
    be listed proves nothing. Raises Stopped as soon as `stopped` says so.
    """
    listings: dict[str, dict[str, bool] | None] = {}

    def listing(folder: str) -> dict[str, bool] | None:
        if folder not in listings:
            if stopped():
                raise Stopped
            listings[folder] = _listed(folder)
        return listings[folder]

    def gone(path: str, is_folder: bool) -> bool:
        folder, name = os.path.split(path)
        names = listing(folder)
        if names is not None:
            return names.get(name) is not is_folder  # else a file, where a folder was
        # It can't be listed: gone itself, which the folder above it tells, or out of reach.
        return folder != root and gone(folder, is_folder=True)

    return frozenset(path for path in paths if gone(path, is_folder=False))


def _listed(folder: str) -> dict[str, bool] | None:
    """The names of ordinary files and folders in it, each with whether it is a folder."""
    try:
        with os.scandir(folder) as entries:
            return {
                entry.name: entry.is_dir(follow_symlinks=False)
                for entry in entries
                if not entry.is_symlink()
            }
    except OSError:
        return None
