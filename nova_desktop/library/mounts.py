"""Which folders are on another machine, where the system does not hear of every change."""

from __future__ import annotations

import os
import re
from pathlib import Path

NETWORK_TYPES = frozenset(
    [
        *("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "coda"),
        *("9p", "ceph", "glusterfs", "lustre", "beegfs", "orangefs", "gpfs", "davfs", "virtiofs"),
        *("vboxsf", "vmhgfs", "prl_fs", "drvfs", "fuse.sshfs", "fuse.rclone", "fuse.s3fs"),
        *("fuse.gvfsd-fuse", "fuse.davfs", "fuse.davfs2", "fuse.ceph", "fuse.ceph-fuse"),
        *("fuse.glusterfs", "fuse.vmhgfs-fuse", "fuse.kio-fuse", "fuse.curlftpfs", "fuse.goofys"),
        *("fuse.gcsfuse", "fuse.mount-s3", "fuse.smbnetfs", "fuse.nfs"),
    ]
)
# What the kernel shows as files, and nobody wrote.
KERNEL_TYPES = frozenset(
    [
        *("proc", "sysfs", "devtmpfs", "devpts", "cgroup", "cgroup2", "debugfs", "tracefs"),
        *("securityfs", "pstore", "bpf", "configfs", "mqueue", "hugetlbfs", "efivarfs"),
        *("binfmt_misc", "fusectl", "nsfs", "rpc_pipefs", "selinuxfs", "autofs"),
    ]
)
_MOUNTS = Path("/proc/self/mounts")  # proc(5): device, mount point, type, options, 0, 0


def network_mounts(folder: Path, table: Path = _MOUNTS) -> list[Path]:
    """Where in `folder` network drives begin; `folder` itself when it lies on one.

    Empty where there is no such table (not Linux).
    """
    mounts = _mounts(table)
    network = {mount for mount, kind in mounts.items() if kind in NETWORK_TYPES}
    around = [mount for mount in mounts if folder.is_relative_to(mount)]
    if around and max(around, key=lambda mount: len(mount.parts)) in network:
        return [folder]
    return sorted(mount for mount in network if mount.is_relative_to(folder))


def kernel_mounts(table: Path = _MOUNTS) -> frozenset[str]:
    """Where the kernel shows itself as files. Empty where there is no such table."""
    return frozenset(str(mount) for mount, kind in _mounts(table).items() if kind in KERNEL_TYPES)


def mount_points(table: Path = _MOUNTS) -> frozenset[str]:
    """Where file systems, or folders of some, are mounted. Empty where there is no such table."""
    return frozenset(map(str, _mounts(table)))


def drive_of(path: Path) -> str:
    """The name that people know the drive of `path` by; "" for the one that the system is on."""
    top = path
    while not os.path.ismount(top):
        top = top.parent
    if top.parent == top:
        return top.drive  # a letter on Windows, else nothing
    return top.name


def _mounts(table: Path) -> dict[Path, str]:
    """Every mount point with its type."""
    try:
        lines = table.read_bytes().splitlines()
    except FileNotFoundError:
        return {}
    mounts: dict[Path, str] = {}  # of two at one place the later hides the earlier
    for line in lines:
        fields = line.split(b" ")
        if len(fields) > 2:
            mounts[Path(_unescaped(fields[1]))] = fields[2].decode("ascii", "replace")
    return mounts


def _unescaped(name: bytes) -> str:
    return os.fsdecode(re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), name))
