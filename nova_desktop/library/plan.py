"""What must change so that the catalog agrees with the disk: the pure heart of the program."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from nova_desktop.model import Stamp


@dataclass(frozen=True, slots=True)
class Plan:
    """Three disjoint lists of paths, each in order; all empty when catalog and disk agree."""

    index: tuple[str, ...] = ()  # new or changed: read them
    move: tuple[tuple[str, str], ...] = ()  # (from, to): the same file under another name
    forget: tuple[str, ...] = ()  # gone

    def __bool__(self) -> bool:
        return bool(self.index or self.move or self.forget)


def plan(
    disk: Mapping[str, Stamp],
    catalog: Mapping[str, tuple[int, int, int]],
    unlisted: Collection[str] = (),
) -> Plan:
    """Compares what is there with what is recorded of the same subtree.

    Nothing below an `unlisted` folder is forgotten: not having seen a file is not its absence.
    Watch events do not bypass this: one only says "look here"; a lost one costs time, not truth.
    """
    if disk == catalog:
        return Plan()  # nearly always, and a quarter of a second sooner for a million files
    changed = [path for path, stamp in disk.items() if catalog.get(path) != stamp]
    gone = sorted(path for path in catalog.keys() - disk.keys() if not _inside(path, unlisted))
    # A file that kept its stamp (inode and time of change included) was renamed, not replaced.
    left_from = {catalog[path]: path for path in reversed(gone)}
    moves, index = [], []
    for path in sorted(changed):
        old = None if path in catalog else left_from.pop(disk[path], None)
        if old is None:
            index.append(path)
        else:
            moves.append((old, path))
    moved = {old for old, _ in moves}
    return Plan(tuple(index), tuple(moves), tuple(path for path in gone if path not in moved))


def _inside(path: str, folders: Collection[str]) -> bool:
    return any(path == folder or path.startswith(folder + os.sep) for folder in folders)
