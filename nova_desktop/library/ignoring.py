"""What another set of rules would do to a watched folder, counted on what the catalog knows."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from nova_desktop.errors import TryLater
from nova_desktop.folders import Effect
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.questions import Root
from nova_desktop.library.rules import Rules
from nova_desktop.library.scan import scan


def effect(catalog: Catalog, root: Root, now: Rules, then: Rules) -> Effect:
    """In files. Looks on the disk only into folders that would come back."""
    files, out = catalog.listed(root.number)
    leaves = _left_out_by(then, root.path)
    left_now = _left_out_by(now, root.path)
    leaves_out = sum(1 for path in files if leaves(path, False))
    brings_back = 0
    for path in out:
        folder = os.path.isdir(path)  # noqa: PTH112  # a str stays a str here
        if left_now(path, folder) and not leaves(path, folder):
            brings_back += _inside(root, then, path) if folder else 1
    return Effect(leaves_out, brings_back)


def _inside(root: Root, rules: Rules, folder: str) -> int:
    try:
        return len(scan(Path(root.path), rules, Path(folder), root.mounts).files)
    except TryLater:  # the whole folder is away: nothing comes back before it does
        return 0


def _left_out_by(rules: Rules, root: str) -> Callable[[str, bool], bool]:
    """Whether a path inside the folder is left out, by itself or with a folder that it is in."""
    folders: dict[str, bool] = {root: False}

    def folder_is(path: str) -> bool:
        if (known := folders.get(path)) is None:
            above, name = os.path.split(path)
            known = folder_is(above) or bool(rules.against_folder(path, name, root))
            folders[path] = known
        return known

    def is_out(path: str, folder: bool) -> bool:
        if folder:
            return folder_is(path)
        above, name = os.path.split(path)
        return folder_is(above) or bool(rules.against_file(path, name, root))

    return is_out
