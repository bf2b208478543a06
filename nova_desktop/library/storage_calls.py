"""Calls about where the library lies: how large it is, making it smaller, and backing it up."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from nova_desktop import __version__
from nova_desktop.errors import BadInput, Stopped
from nova_desktop.events import BackingUp
from nova_desktop.library import archive, swap
from nova_desktop.library.archive import CATALOG, VECTORS, Manifest
from nova_desktop.library.opened import Opened
from nova_desktop.library.schema import MIGRATIONS
from nova_desktop.library.spaces import forget_space, rooms
from nova_desktop.upkeep import Backup, Part, SpaceRoom, Storage

TELL_S = 0.2  # between two events
PLACES = {
    CATALOG: Part.CATALOG,
    f"{CATALOG}-wal": Part.CATALOG,
    f"{CATALOG}-shm": Part.CATALOG,
    VECTORS: Part.VECTORS,
    "previews": Part.PREVIEWS,
    "log": Part.LOG,
}


class Storing(Opened):
    """See calls.StorageCalls."""

    def storage(self) -> Storage:
        data = self._parts.data
        sizes = dict.fromkeys(Part, 0)
        for entry in os.scandir(data):
            aside = any(fnmatch(entry.name, pattern) for pattern in swap.KEPT)
            kept = Part.ASIDE if aside else Part.OTHER
            sizes[PLACES.get(entry.name, kept)] += size_of(Path(entry.path))
        private = os.name != "posix" or not data.stat().st_mode & 0o077
        return Storage(data, sizes, shutil.disk_usage(data).free, private)

    def compact(self) -> int:
        self.start()
        before = self.storage()
        # SQLite writes the catalog anew, beside the old one and then over it.
        archive.room(self._parts.data, 2 * before.sizes[Part.CATALOG])

        def smaller() -> None:
            self._parts.store.forget(self._parts.catalog.forget_orphans())
            self._parts.store.compact()
            self._parts.catalog.compact()

        self._call(smaller)
        return max(0, before.total - self.storage().total)

    def spaces(self) -> tuple[SpaceRoom, ...]:
        return rooms(self._parts.catalog, self._parts.store, self._used_spaces())

    def remove_space(self, name: str) -> int:
        self.start()
        known = {one.name: one for one in self.spaces()}
        if name not in known:
            there = ", ".join(known) or "none"
            raise BadInput(f"There are no vectors of {name}. There are: {there}.")

        def remove() -> None:
            if name in self._used_spaces():  # here nothing else changes what is used
                raise BadInput(
                    f"{name} is in use: files are found by it. Only vectors of an engine that is "
                    "not used any more can be removed."
                )
            forget_space(self._parts.catalog, name)
            self._parts.store.drop(name)

        with self._mirror.rest() if self._mirror else contextlib.nullcontext():
            self._call(remove)
        return known[name].bytes

    def back_up(self, file: Path) -> Backup:
        data = self._parts.data
        file = file.expanduser().absolute()
        if not file.parent.is_dir():
            raise BadInput(f"There is no folder {file.parent}. Choose another place.")
        if file.resolve().is_relative_to(data.resolve()):
            raise BadInput("A backup can't lie in the data folder itself. Choose another place.")
        if not self._backing_up.acquire(blocking=False):
            raise BadInput("A backup is being written already. Wait for it, or stop it.")
        folder = data / f"{swap.UNFINISHED[1]}{os.getpid()}-{time.time_ns()}"
        try:
            self._stop_backup.clear()
            folder.mkdir(mode=0o700)
            self.start()
            archive.room(data, (data / CATALOG).stat().st_size)
            # On the indexer's thread nothing is half recorded; it takes a moment, as the files of
            # the store never change once they are written, and are only given a second name.
            self._call(lambda: self._snapshot(folder))
            return self._written(file, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._backing_up.release()

    def stop_backup(self) -> None:
        self._stop_backup.set()

    def _snapshot(self, folder: Path) -> None:
        if self._stop_backup.is_set():
            raise Stopped
        self._parts.catalog.copy(folder / CATALOG)
        for path in files_in(self._parts.data / VECTORS):
            link = folder / path.relative_to(self._parts.data)
            link.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.link(path, link)

    def _written(self, file: Path, folder: Path) -> Backup:
        told_s = 0.0

        def told(done: int, total: int) -> None:
            nonlocal told_s
            if done == total or time.monotonic() - told_s > TELL_S:
                told_s = time.monotonic()
                self._publish(BackingUp(done, total))

        contents = swap.check(folder / CATALOG)
        about = Manifest(archive.FORMAT, len(MIGRATIONS), __version__, time.time(), contents, ())
        files = [(path.relative_to(folder).as_posix(), path) for path in files_in(folder)]
        made = archive.write(file, files, about, told, self._stopped_backup)
        return made.backup(file)

    def _stopped_backup(self) -> bool:
        return self._stop_backup.is_set() or self._closed


def files_in(folder: Path) -> Iterator[Path]:
    """All that lie in it, however deep; none where there is no folder."""
    for where, _, names in os.walk(folder):
        yield from (Path(where) / name for name in sorted(names))


def size_of(path: Path) -> int:
    """Bytes of a file, or of all in a folder; what goes away meanwhile is not counted."""
    total = 0
    for file in [path] if path.is_file() else files_in(path):
        try:
            total += file.lstat().st_size
        except FileNotFoundError:
            continue
    return total
