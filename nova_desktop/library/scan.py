"""What is there: the files below a watched folder, without reading any of them.

Paths are str, as os.fsdecode gives them: invalid UTF-8 survives, and os.fsencode gives it back.
Path objects would cost more than the walk itself.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nova_desktop.errors import Stopped, TryLater
from nova_desktop.library.mounts import kernel_mounts, mount_points
from nova_desktop.library.online import FLAGGED, online_only
from nova_desktop.library.rules import Rules
from nova_desktop.model import Stamp

LINK = "A link: what it points to is indexed where it lives."
SPECIAL = "Not a file: a pipe, a socket or a device."
_ENTRIES_KNOW_IDS = os.name != "nt"  # where DirEntry.stat gives the file's id as os.stat does
KERNEL = "Not files of yours: the system shows its own state here."
UNPLUGGED = "The drive that was mounted here is not: plug it in again."


@dataclass(frozen=True, slots=True)
class Listing:
    """One look at a watched folder, or at a part of it. Every path seen is in exactly one dict."""

    files: dict[str, Stamp] = field(default_factory=dict)  # regular files that no rule leaves out
    excluded: dict[str, str] = field(default_factory=dict)  # path → why; a folder is one entry
    problems: dict[str, str] = field(default_factory=dict)  # could not be looked at → why
    mounts: frozenset[str] = frozenset()  # where another file system begins, or did before
    online: frozenset[str] = frozenset()  # of `files`: those that opening would download

    @property
    def unlisted(self) -> frozenset[str]:
        """Folders and files of which nothing is known now: nothing there may be forgotten."""
        return frozenset(self.problems)

    @property
    def complete(self) -> bool:
        """True when what is missing from `files` is really gone, or excluded."""
        return not self.problems


def scan(
    root: Path,
    rules: Rules,
    under: Path | None = None,
    mounts: Collection[str] = (),
    stopped: Callable[[], bool] = lambda: False,
) -> Listing:
    """Lists the files of `root`, or of what is at `under` inside it: a folder, a file, nothing.

    Links are never followed, other file systems mounted inside are. `mounts` are the folders that
    were in `Listing.mounts` last time: one that is missing or an ordinary folder now is an
    unplugged drive, whose files are not gone. Raises TryLater when `root` can't be listed: it is
    offline; Stopped as soon as `stopped` says so.
    """
    top = os.fspath(root)
    walk = _Walk(top, rules, frozenset(mounts), stopped)
    device = walk.root_device()
    start = top if under is None else os.fspath(under)
    if start != top:
        walk.part(start)
    else:
        walk.folders([(top, device)])
    walk.miss_mounts(start)
    return Listing(
        walk.files, walk.excluded, walk.problems, frozenset(walk.mounts), frozenset(walk.online)
    )


class Closed(TryLater):
    """A watched folder is there, and may not be opened."""


def device_of(root: str, known_mounts: Collection[str]) -> tuple[int, bool]:
    """The device that a watched folder is on, and whether it begins there.

    Raises TryLater unless the folder is where it belongs and may be opened. Reads nothing of it, so
    that a disk that sleeps goes on sleeping.
    """
    try:
        device = os.stat(root).st_dev  # noqa: PTH116  # a str stays a str here
        above = os.stat(os.path.dirname(root)).st_dev  # noqa: PTH116, PTH120
    except OSError as e:
        raise _unreachable(root, e) from e
    is_mount = device != above or os.path.realpath(root) in mount_points()
    if not is_mount and root in known_mounts:
        raise TryLater(
            f"The drive of {root} is not there: plug it in again. What is indexed of it is kept."
        )
    if not os.access(root, os.R_OK | os.X_OK):
        raise _unreachable(root, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    return device, is_mount


def _unreachable(root: str, error: OSError) -> TryLater:
    kind = Closed if isinstance(error, PermissionError) else TryLater
    return kind(
        f"The folder {root} can't be reached ({_why(error)}): plug in its drive, "
        "or restore it or the permission to open it. What is indexed of it is kept."
    )


class _Walk:
    def __init__(
        self, root: str, rules: Rules, known_mounts: frozenset[str], stopped: Callable[[], bool]
    ) -> None:
        self.stopped = stopped
        self.root = root
        self.rules = rules
        self.known_mounts = known_mounts
        self.files: dict[str, Stamp] = {}
        self.online: set[str] = set()
        self.excluded: dict[str, str] = {}
        self.problems: dict[str, str] = {}
        self.mounts: set[str] = set()
        self.points = _mounted_in(root)

    def root_device(self) -> int:
        """The root's device; raises TryLater unless the root can be listed now."""
        device, is_mount = device_of(self.root, self.known_mounts)
        try:
            with os.scandir(self.root) as entries:
                next(entries, None)
        except OSError as e:
            raise _unreachable(self.root, e) from e
        if is_mount:
            self.mounts.add(self.root)
        return device

    def part(self, start: str) -> None:
        """Lists what is at `start`, unless a folder above it is excluded, a link, or gone."""
        inside = Path(os.path.relpath(start, self.root)).parts
        if inside[0] == os.pardir:
            raise ValueError(f"{start} is not inside {self.root}")
        folder, device = self.root, os.stat(self.root).st_dev  # noqa: PTH116
        for name in inside[:-1]:
            folder = os.path.join(folder, name)  # noqa: PTH118
            found = self._look(folder)
            if found is None or not stat.S_ISDIR(found.st_mode):
                return
            if self.rules.against_folder(folder, name, self.root):
                self.known_mounts = frozenset()  # excluded with it, not missed
                return
            if self._unplugged(folder, found.st_dev, device):
                return
            device = found.st_dev
        found = self._look(start)
        if found is None:
            return
        name = inside[-1]
        if stat.S_ISDIR(found.st_mode):
            self.folders(self._enter(start, name, found.st_dev, device))
        elif stat.S_ISREG(found.st_mode):
            if reason := self.rules.against_file(start, name, self.root):
                self.excluded[start] = reason
            else:
                self.files[start] = Stamp.of(found)
                if online_only(found):
                    self.online.add(start)
        else:
            self.excluded[start] = LINK if stat.S_ISLNK(found.st_mode) else SPECIAL

    def folders(self, waiting: list[tuple[str, int]]) -> None:
        """Lists folders and all below them; each is given with its device."""
        # A hundred thousand files pass here on each start, so the names are bound once.
        files, against_file, root = self.files, self.rules.against_file, self.root
        make = tuple.__new__  # a third of the time that Stamp(...) takes
        ask: dict[str, bool] = {}  # by the last four characters of a name
        while waiting:
            if self.stopped():
                raise Stopped
            folder, device = waiting.pop()
            inside = os.path.join(folder, "")  # noqa: PTH118  # str, with the separator at its end
            try:
                with entries_of(folder, follow=folder == root) as entries:
                    for entry in entries:
                        name = entry.name
                        path = inside + name
                        try:
                            if entry.is_file(follow_symlinks=False):
                                tail = name[-4:]
                                if (asks := ask.get(tail)) is None:
                                    asks = ask[tail] = self.rules.may_leave_out(tail)
                                reason = ""
                                if asks or name[0] in ".~":
                                    reason = against_file(path, name, root)
                                if reason:
                                    self.excluded[path] = reason
                                else:
                                    seen = (
                                        entry.stat(follow_symlinks=False)
                                        if _ENTRIES_KNOW_IDS
                                        else os.lstat(path)
                                    )
                                    facts = (seen.st_size, seen.st_mtime_ns, seen.st_ino)
                                    files[path] = make(Stamp, facts)
                                    if (FLAGGED or not seen.st_blocks) and online_only(seen):
                                        self.online.add(path)
                            elif entry.is_dir(follow_symlinks=False):
                                below = entry.stat(follow_symlinks=False).st_dev
                                waiting += self._enter(path, name, below, device)
                            else:
                                self.excluded[path] = LINK if entry.is_symlink() else SPECIAL
                        except OSError as e:
                            self._trouble(path, e)
            except OSError as e:
                self._trouble(folder, e)

    def _enter(self, folder: str, name: str, device: int, above: int) -> list[tuple[str, int]]:
        """The folder, to be listed; or nothing, with the reason noted."""
        if device != above and folder in kernel_mounts():
            self.excluded[folder] = KERNEL
            return []
        if reason := self.rules.against_folder(folder, name, self.root):
            self.excluded[folder] = reason
            return []
        return [] if self._unplugged(folder, device, above) else [(folder, device)]

    def _unplugged(self, folder: str, device: int, above: int) -> bool:
        # A folder that is mounted at another place is on the device of its surroundings.
        if device != above or folder in self.points:
            self.mounts.add(folder)
            return False
        return folder in self.known_mounts  # then it is to be noted by `miss_mounts`

    def miss_mounts(self, start: str) -> None:
        """Notes the drives that belong at, below or above `start` and were not found there."""
        pulled = self.mounts & self.points
        if pulled:  # what was listed may be what lay below it
            pulled -= _mounted_in(self.root)
        self.mounts -= pulled
        for mount in pulled | (self.known_mounts - self.mounts):
            concerned = _inside(mount, start) or _inside(start, mount)
            if concerned and not any(_inside(mount, folder) for folder in self.excluded):
                self.problems[mount] = UNPLUGGED
                self.mounts.add(mount)  # still to be asked for the next time

    def _look(self, path: str) -> os.stat_result | None:
        try:
            return os.lstat(path)
        except OSError as e:
            self._trouble(path, e)
            return None

    def _trouble(self, path: str, error: OSError) -> None:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return  # gone since its name was read: as if it had never been listed
        if path == self.root:
            raise TryLater(f"The folder {path} can't be listed ({_why(error)}).") from error
        remedy = (
            "give yourself permission to read it"
            if isinstance(error, PermissionError)
            else "check its drive"
        )
        self.problems[path] = (
            f"It can't be opened ({_why(error)}): {remedy}; then it is looked at again."
        )


@contextmanager
def entries_of(folder: str, follow: bool) -> Iterator[Iterator[os.DirEntry[str]]]:
    """What is in a folder; not a link in its place, unless `follow`."""
    if os.scandir not in os.supports_fd:
        with os.scandir(folder) as entries:
            yield entries
        return
    # By its descriptor: no stat has to find its way from the top again, a sixth of the whole walk.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | (0 if follow else os.O_NOFOLLOW))
    try:
        with os.scandir(handle) as entries:
            yield entries
    finally:
        os.close(handle)


def _mounted_in(root: str) -> frozenset[str]:
    """Where something is mounted at or below `root`, which may be a link: spelled as below it."""
    real = os.path.realpath(root)
    return frozenset(
        os.path.normpath(os.path.join(root, os.path.relpath(point, real)))  # noqa: PTH118
        for point in mount_points()
        if _inside(point, real)
    )


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))  # noqa: PTH118


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
