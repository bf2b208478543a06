"""Which volume a folder is on: what stays the same when a drive is mounted elsewhere."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.library.mounts import NETWORK_TYPES

MOUNTS = Path("/proc/self/mountinfo")  # proc(5)
BY_UUID = Path("/dev/disk/by-uuid")


@dataclass(frozen=True, slots=True)
class Volume:
    """A file system, by a name that outlives its mount point; "" where the platform tells none."""

    name: str
    place: str = ""  # of the folder within it

    def __bool__(self) -> bool:
        return bool(self.name)


NOWHERE = Volume("")


@dataclass(frozen=True, slots=True)
class _Mount:
    point: str
    inside: str  # the folder of the volume that is mounted there
    kind: str
    source: str


def volume_of(folder: str, table: Path = MOUNTS) -> Volume:
    """The volume that `folder`, which is there, lies on. Raises OSError when it is not.

    By the file system's UUID where the system tells it; else by its type and f_fsid (statvfs(3)),
    which most file systems make of their UUID; network drives by where they come from.
    """
    real = os.path.realpath(folder)
    found = os.statvfs(real) if hasattr(os, "statvfs") else None
    mount = _mount_of(real, _mounts(table))
    if mount is None or found is None:
        return NOWHERE
    if mount.source.startswith("/dev/") and found.f_fsid:
        named = f"{found.f_fsid:x}"  # the next time it may be another device
    elif mount.kind in NETWORK_TYPES:
        named = mount.source
    else:
        named = f"{mount.source}:{found.f_fsid:x}"
    name = _uuid(mount.source) or f"{mount.kind}:{named}"
    return Volume(name, _join(mount.inside, os.path.relpath(real, mount.point)))


def places_of(volume: Volume, table: Path = MOUNTS) -> list[str]:
    """Where the folder of a volume can be reached now: once for every mount that shows it."""
    found = []
    for mount in _mounts(table):
        inside = os.path.relpath(volume.place, mount.inside)
        if inside.startswith(os.pardir):
            continue
        path = _join(mount.point, inside)
        try:
            if volume_of(path, table) == volume:
                found.append(path)
        except OSError:
            continue  # not mounted any more, or not for us
    return sorted(set(found))


def _mount_of(path: str, mounts: list[_Mount]) -> _Mount | None:
    around = [mount for mount in mounts if _inside(path, mount.point)]
    # Of two at one place the later hides the earlier.
    return max(reversed(around), key=lambda mount: len(mount.point), default=None)


def _mounts(table: Path) -> list[_Mount]:
    """Every mount; empty where there is no such table (not Linux)."""
    try:
        lines = table.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    mounts = []
    for line in lines:
        before, _, after = line.partition(b" - ")
        fields, more = before.split(b" "), after.split(b" ")
        if len(fields) > 4 and len(more) > 1:
            inside, point, kind, source = map(_unescaped, (fields[3], fields[4], more[0], more[1]))
            mounts.append(_Mount(point, inside, kind, source))
    return mounts


def _uuid(source: str) -> str:
    """Of the file system on a block device, where udev tells it."""
    try:
        device = os.stat(source).st_rdev  # noqa: PTH116  # a str stays a str here
        with os.scandir(BY_UUID) as links:
            for link in links:
                if device and link.stat().st_rdev == device:
                    return f"uuid:{link.name}"
    except OSError:
        return ""  # not a device, or no udev
    return ""


def _join(folder: str, inside: str) -> str:
    return folder if inside == os.curdir else os.path.join(folder, inside)  # noqa: PTH118


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))  # noqa: PTH118


def _unescaped(name: bytes) -> str:
    return os.fsdecode(re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), name))
