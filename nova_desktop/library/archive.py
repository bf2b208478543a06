"""A backup: one zip file that holds a library at one moment, and says what is in it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import xxhash

from nova_desktop.errors import BadInput, NeedsUser, Stopped, shown
from nova_desktop.library.schema import MIGRATIONS
from nova_desktop.upkeep import Backup

FORMAT = 1  # of the file; a newer one is refused
MANIFEST = "nova-desktop.json"
MANIFEST_BYTES = 256 << 20  # of a library with a million files in its store
CATALOG, VECTORS = "catalog.sqlite", "vectors"
BLOCK = 1 << 20
ROOM = 64 << 20  # bytes that stay free besides what is written

Told = Callable[[int, int], None]  # bytes done, of how many


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a library."""

    name: str  # as in the data folder, with slashes
    bytes: int
    hash: str  # xxh3_128


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    schema: int  # of the catalog
    program: str
    made_s: float
    contents: int
    entries: tuple[Entry, ...]

    @property
    def bytes(self) -> int:
        return sum(entry.bytes for entry in self.entries)

    def backup(self, file: Path) -> Backup:
        return Backup(file, self.made_s, self.program, self.contents, self.bytes)


def write(
    file: Path,
    files: Iterable[tuple[str, Path]],
    about: Manifest,
    told: Told,
    stopped: Callable[[], bool],
) -> Manifest:
    """Writes a new file whole, or none: what was half written is removed.

    `about` without entries. Raises BadInput, NeedsUser, and Stopped when `stopped` says so.
    """
    sources = list(files)
    total = sum(path.stat().st_size for _, path in sources)
    part = file.with_name(f"{file.name}.part")
    with _told_of_disk(file):
        if os.path.lexists(file):
            raise BadInput(f"There is a file {file} already. Choose another name.")
        room(file.parent, total)
        try:
            with _new(part) as out:
                made = _fill(out, sources, about, lambda done: told(done, total), stopped)
                out.flush()
                os.fsync(out.fileno())
            _publish(part, file)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return made


def _fill(
    out: BinaryIO,
    sources: Iterable[tuple[str, Path]],
    about: Manifest,
    told: Callable[[int], None],
    stopped: Callable[[], bool],
) -> Manifest:
    entries, done = [], 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as into:
        for name, path in sources:
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFREG | 0o600) << 16
            if name == CATALOG:  # vectors do not get smaller, names do
                info.compress_type = zipfile.ZIP_DEFLATED
            hashed, size = xxhash.xxh3_128(), 0
            with path.open("rb") as source, into.open(info, "w", force_zip64=True) as entry:
                for block in _blocks(source, stopped):
                    entry.write(block)
                    hashed.update(block)
                    size += len(block)
                    told(done + size)
            done += size
            entries.append(Entry(name, size, hashed.hexdigest()))
        made = Manifest(
            about.format,
            about.schema,
            about.program,
            about.made_s,
            about.contents,
            tuple(entries),
        )
        into.writestr(MANIFEST, json.dumps(asdict(made)), zipfile.ZIP_DEFLATED)
    return made


def _publish(part: Path, file: Path) -> None:
    """Gives it its name, unless somebody else took that meanwhile."""
    try:
        os.link(part, file)
    except FileExistsError:
        raise BadInput(f"There is a file {file} already. Choose another name.") from None
    except OSError:  # a stick whose file system has no links
        part.rename(file)
    else:
        part.unlink()


def examined(file: Path) -> Manifest:
    """What a backup says it holds, when this program can restore it; its contents are not read."""
    with _opened(file) as archive:
        return _manifest(archive, file)


def unpacked(file: Path, into: Path, told: Told, stopped: Callable[[], bool]) -> Manifest:
    """Writes what is in a backup into a folder that is empty, and checks every byte of it.

    Raises BadInput for what is damaged, NeedsUser without room for it, Stopped.
    """
    with _opened(file) as archive:
        made = _manifest(archive, file)
        with _told_of_disk(into / CATALOG):
            room(into, made.bytes)
            done = 0
            for entry in made.entries:
                target = into.joinpath(*PurePosixPath(entry.name).parts)
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                hashed = xxhash.xxh3_128()
                with archive.open(entry.name) as source, _new(target) as out:
                    for block in _blocks(source, stopped):
                        out.write(block)
                        hashed.update(block)
                        done += len(block)
                        told(done, made.bytes)
                    out.flush()
                    os.fsync(out.fileno())
                if hashed.hexdigest() != entry.hash:
                    raise _damaged(file)
    return made


def room(folder: Path, needed: int) -> None:
    """Raises NeedsUser where so many bytes would leave too little of the disk free."""
    free = shutil.disk_usage(folder).free
    if needed + ROOM > free:
        raise NeedsUser(
            f"{(needed + ROOM) / 1e9:.1f} GB are needed on the disk of {folder}, and "
            f"{free / 1e9:.1f} GB are free. Make room, or choose another place."
        )


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > MANIFEST_BYTES:
            raise _damaged(file)
        said = json.loads(archive.read(MANIFEST))
        if not isinstance(said, dict) or not isinstance(said.get("format"), int):
            raise _not_ours(file)
    except KeyError as e:
        raise _not_ours(file) from e
    except (ValueError, RecursionError) as e:
        raise _damaged(file) from e
    # Before anything else is understood: the next format may say it otherwise.
    newer = said["format"] > FORMAT or _number(said.get("schema")) > len(MIGRATIONS)
    if newer:
        raise NeedsUser(
            f"“{shown(file)}” was made by a newer Nova Desktop. Update the program to restore it."
        )
    try:
        made = Manifest(
            format=said["format"],
            schema=_number(said["schema"]),
            program=str(said["program"]),
            made_s=float(said["made_s"]),
            contents=_number(said["contents"]),
            entries=tuple(
                Entry(str(e["name"]), _number(e["bytes"]), str(e["hash"])) for e in said["entries"]
            ),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as e:
        raise _damaged(file) from e
    _check_names(archive, made, file)
    return made


def _check_names(archive: zipfile.ZipFile, made: Manifest, file: Path) -> None:
    """That each is a file of a library, once, as large as it says, and leads nowhere else."""
    names = [entry.name for entry in made.entries]
    infos = {info.filename: info for info in archive.infolist() if info.filename != MANIFEST}
    whole = sorted(names) == sorted(infos) and len(archive.infolist()) == len(names) + 1
    if not whole or len({name.casefold() for name in names}) != len(names):
        raise _damaged(file)
    if CATALOG not in names or not all(map(_is_ours, names)):
        raise _not_ours(file)
    for entry in made.entries:
        info = infos[entry.name]
        kind = stat.S_IFMT(info.external_attr >> 16)
        if info.file_size != entry.bytes or kind not in (0, stat.S_IFREG):
            raise _damaged(file)


def _is_ours(name: str) -> bool:
    if name == CATALOG:
        return True
    # LanceDB's names need no more than this, and no system reads anything else into them.
    parts = name.split("/")
    return (
        len(parts) > 1
        and parts[0] == VECTORS
        and len(name) < 1_000
        and all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", part) for part in parts)
    )


def _number(said: Any) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or said < 0:
        raise ValueError(f"{said!r} is no number of anything")
    return said


def _blocks(source: Any, stopped: Callable[[], bool]) -> Iterator[bytes]:
    while block := source.read(BLOCK):
        if stopped():
            raise Stopped
        yield block


def _new(file: Path) -> BinaryIO:
    """For this user alone; a half-written one of before is begun again."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(file, flags | getattr(os, "O_NOFOLLOW", 0), 0o600), "wb")


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        if not file.is_file():
            raise BadInput(f"There is no file {file}. Check its name, or plug in its drive.")
        with zipfile.ZipFile(file) as archive:
            yield archive
    except zipfile.BadZipFile as e:
        raise _damaged(file) if _begins_as_zip(file) else _not_ours(file) from e
    except (zlib.error, EOFError, NotImplementedError, RuntimeError) as e:
        raise _damaged(file) from e
    except PermissionError as e:
        raise BadInput(f"You have no permission to read {file}.") from e


def _begins_as_zip(file: Path) -> bool:
    with contextlib.suppress(OSError), file.open("rb") as source:
        return source.read(2) == b"PK"
    return False


@contextlib.contextmanager
def _told_of_disk(file: Path) -> Iterator[None]:
    """What the file system refuses comes out as ours."""
    try:
        yield
    except OSError as e:
        raise NeedsUser(
            f"{file} can't be written: {e.strerror or e}. Make room or give access there, or "
            "choose another place."
        ) from e


def _damaged(file: Path) -> BadInput:
    return BadInput(
        f"The backup “{shown(file)}” is damaged: it was cut short or changed. Choose another one."
    )


def _not_ours(file: Path) -> BadInput:
    return BadInput(f"“{shown(file)}” is no backup of Nova Desktop. Choose another file.")
