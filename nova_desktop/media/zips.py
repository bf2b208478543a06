"""Opens the zip archives that documents are, in memory and only as far as is safe."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nova_desktop.errors import BadInput, shown
from nova_desktop.media.opening import damaged, opened

# No honest document comes near these; a bomb does within a second of unpacking.
MAX_MEMBER = 64_000_000  # bytes of one unpacked member
MAX_TOTAL = 200_000_000  # bytes unpacked from one file
MAX_MEMBERS = 50_000
MAX_RATIO = 400  # unpacked to packed bytes, of a member above SMALL; repetitive sheets reach 100
SMALL = 4_000_000  # bytes


@dataclass
class Archive:
    """An open archive that counts what it unpacks."""

    path: Path
    zip: zipfile.ZipFile
    names: frozenset[str] = field(default=frozenset())
    unpacked: int = 0

    def __post_init__(self) -> None:
        members = self.zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise self._refusal(f"has {len(members):,} parts inside")
        self.names = frozenset(member.filename for member in members)

    def read(self, name: str) -> bytes:
        """A member, unpacked. Raises BadInput for what is missing, encrypted or too large."""
        try:
            member = self.zip.getinfo(name)
        except KeyError as e:
            raise damaged(self.path, f"{name} is missing in it") from e
        if member.flag_bits & 1:
            raise encrypted(self.path)
        size = member.file_size
        if size > MAX_MEMBER or self.unpacked + size > MAX_TOTAL:
            raise self._refusal(f"unpacks to {self.unpacked + size:,} bytes or more")
        if size > SMALL and size > MAX_RATIO * max(1, member.compress_size):
            raise self._refusal(f"unpacks to {size // max(1, member.compress_size)} times its size")
        # A declared size may lie: never take more than is declared.
        with self.zip.open(member) as file:
            data = file.read(size)
        self.unpacked += len(data)
        return data

    def get(self, name: str) -> bytes:
        """A member, or nothing where there is none."""
        return self.read(name) if name in self.names else b""

    def _refusal(self, what: str) -> BadInput:
        return BadInput(
            f"“{shown(self.path)}” {what}, which documents do not; "
            "if this one is meant to, save it in several smaller ones."
        )


def encrypted(path: Path) -> BadInput:
    return BadInput(f"“{shown(path)}” is encrypted; save a copy without a password to find it.")


@contextmanager
def archive(path: Path) -> Iterator[Archive]:
    """The archive at `path`. Raises BadInput where it is damaged."""
    with opened(path) as file:
        try:
            with zipfile.ZipFile(file) as found:
                yield Archive(path, found)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as e:
            raise damaged(path, e) from e
