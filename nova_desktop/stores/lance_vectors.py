"""Vectors of single rows, read where they lie in LanceDB's files.

Asked for some rows, LanceDB takes 16 µs for the vector of each: as long as for looking at 600 in
its index; read here, it is 2. In its files (format 2, lance.org/format/file) a column of vectors
lies open: pages of so many rows, each row's numbers after those of the row before. Which file holds
the rows of which ids is told by a row that LanceDB reads of each. Where any of that is not so,
LanceDB reads them.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.stores import lance_rows
from nova_desktop.stores.lance_columns import RowIds

_FOOTER = struct.Struct("<QQQIIHH4s")  # ends a file; offsets, counts, version, and what it is
_SPAN = struct.Struct("<QQ")  # offset, size
_MAGIC, _MAJOR = b"LANC", 2
# An id is the number of a file, and of a row in it.
_FILE_BITS, _ROW_BITS = np.uint64(32), np.uint64(0xFFFFFFFF)
_AT_ONCE = 128  # rows: 256 kB, which stay in the processor's cache
_TOLD_BY = 8  # rows, that a file holds the rows of some ids
_TAKEN = 4_096  # at once, of LanceDB
_MOST_FILES = 200  # that are looked through: of more, most are small, and it pays less

_SCALE = 2.0**112  # between the offsets of both exponents, 127 and 15

Halves = NDArray[np.float16]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    pages: NDArray[np.int64]  # offsets in bytes
    begins: NDArray[np.int64]  # the first row of each page, and behind the last one
    dim: int

    def read(self, wanted: NDArray[np.int64]) -> Iterator[tuple[slice, Halves]]:
        """(places in `wanted`, their vectors), some at once; `wanted`: rows, rising."""
        page = np.searchsorted(self.begins, wanted, side="right") - 1
        offsets = (self.pages[page] + (wanted - self.begins[page]) * 2 * self.dim).tolist()
        # Not mapped: what is read of a map counts as memory of this process.
        with self.path.open("rb", buffering=0) as file:
            for start in range(0, len(offsets), _AT_ONCE):
                some = offsets[start : start + _AT_ONCE]
                read = b"".join(_read_each(file, some, 2 * self.dim))
                if len(read) != len(some) * 2 * self.dim:
                    raise OSError(f"{self.path} ends too early")
                halves = np.frombuffer(read, "<f2").reshape(len(some), self.dim)
                yield slice(start, start + len(some)), halves


def _read_each(file: FileIO, offsets: list[int], size: int) -> list[bytes]:
    """So many bytes from each offset."""
    if sys.platform == "win32":
        found = list[bytes]()
        for at in offsets:
            file.seek(at)
            found.append(file.read(size))
        return found
    number = file.fileno()
    return [os.pread(number, size, at) for at in offsets]


class StoredVectors:
    """Those of one table as it was. Nothing changes in it, so any thread may ask."""

    def __init__(self, table: Any, folder: Path, samples: RowIds) -> None:
        """`table` stays as it is; `folder` has its files; `samples`: ids of rows in it, rising,
        with the first and the last of each file."""
        self._table = table
        self._dim: int = table.schema.field("vector").type.list_size
        self._files: dict[int, _File] = {}
        numbers, first = _runs(samples >> _FILE_BITS)
        paths = sorted(folder.glob("*.lance"))
        if not len(numbers) or max(len(numbers), len(paths)) > _MOST_FILES:
            return
        files = [file for path in paths if (file := _file(path, self._dim)) is not None]
        files.sort(key=lambda file: int(file.begins[-1]))
        parts = [part[_spread(len(part))] for part in np.split(samples, first[1:])]
        query = table.take_row_ids(np.concatenate(parts).tolist()).select(["vector"])
        found = query.with_row_id().to_arrow()
        halves = lance_rows.to_halves(found, self._dim)
        vector_of = dict(zip(found["_rowid"].to_pylist(), halves, strict=True))
        for number, part in zip(numbers.tolist(), parts, strict=True):
            rows = (part & _ROW_BITS).astype(np.int64)
            vectors = [vector_of.get(one) for one in part.tolist()]
            # What compacting wrote anew may begin with the same rows: the smaller one is enough.
            same = (file for file in files if _holds(file, rows, vectors))
            if (file := next(same, None)) is None:
                self._files = {}
                return
            self._files[number] = file

    @property
    def readable(self) -> bool:
        return bool(self._files)

    def similarities(self, ids: RowIds, vector: Floats) -> Floats:
        """Of each row, by the product of unit vectors; `ids`, rising, of the table as it was.

        OSError where it was compacted since and its files are gone.
        """
        scores = np.empty(len(ids), np.float32)
        scaled = vector * np.float32(_SCALE)
        for places, singles in self._read(ids):
            # Not by BLAS, whose threads stay awake for 30 ms afterwards.
            scores[places] = np.einsum("ij,j->i", singles, scaled)
        return scores

    def of(self, ids: RowIds) -> Floats:
        """Likewise, their vectors, shape (len(ids), dim)."""
        vectors = np.empty((len(ids), self._dim), np.float32)
        for places, singles in self._read(ids):
            vectors[places] = singles * np.float32(_SCALE)
        return vectors

    def _read(self, ids: RowIds) -> Iterator[tuple[slice, Floats]]:
        """(places in `ids`, their vectors divided by _SCALE), some at once."""
        if not self._files or not len(ids):
            yield from self._taken(ids)
            return
        numbers, first = _runs(ids >> _FILE_BITS)
        for number, start, stop in zip(numbers, first, [*first[1:], len(ids)], strict=True):
            if (file := self._files.get(int(number))) is None:
                raise FileNotFoundError(f"no file is known of the rows {number}")
            rows = (ids[start:stop] & _ROW_BITS).astype(np.int64)
            for places, halves in file.read(rows):
                yield slice(start + places.start, start + places.stop), _singles(halves)

    def _taken(self, ids: RowIds) -> Iterator[tuple[slice, Floats]]:
        for start in range(0, len(ids), _TAKEN):
            some = ids[start : start + _TAKEN]
            found = self._table.take_row_ids(some.tolist()).select(["vector"]).with_row_id()
            data = found.to_arrow()
            order = np.argsort(data["_rowid"].to_numpy())
            if len(order) != len(some):
                raise FileNotFoundError("rows of this table as it was are gone")
            halves = lance_rows.to_halves(data, self._dim)
            yield slice(start, start + len(some)), _singles(halves[order])


def _singles(halves: Halves) -> Floats:
    """The numbers divided by _SCALE: a third of the time that numpy takes for them as they are.

    Both formats are a sign, an exponent and digits. Put at the place where single precision has
    them, they mean the same but for the exponent's offset.
    """
    bits = halves.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= np.int32(-0x70002000)  # 0x8FFFE000: without the copies of the sign
    return bits.view(np.float32)


def _spread(count: int) -> NDArray[np.intp]:
    """Places among so many: the first, the last, and some between."""
    return np.linspace(0, count - 1, min(count, _TOLD_BY)).astype(np.intp)


def _runs(rising: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """(each number that is there, where it is first); as np.unique, which imports 10 ms more."""
    new = np.ones(len(rising), bool)
    new[1:] = rising[1:] != rising[:-1]
    first = np.flatnonzero(new)
    return rising[first], first


def _holds(file: _File, rows: NDArray[np.int64], vectors: list[Halves | None]) -> bool:
    """Whether these are the vectors of these rows in it; None: of a row that went meanwhile."""
    if rows[-1] >= file.begins[-1]:
        return False
    return all(
        vector is not None and (half == vector).all()
        for places, halves in file.read(rows)
        for half, vector in zip(halves, vectors[places], strict=True)
    )


def _file(path: Path, dim: int) -> _File | None:
    """Where the vectors of a file lie; None where they don't lie open."""
    try:
        with path.open("rb") as file:
            file.seek(-_FOOTER.size, 2)
            _, table, _, _, columns, major, _, magic = _FOOTER.unpack(file.read(_FOOTER.size))
            if magic != _MAGIC or major != _MAJOR:
                return None
            file.seek(table)
            spans = list(_SPAN.iter_unpack(file.read(_SPAN.size * columns)))
            found = []
            for offset, size in spans:
                file.seek(offset)
                if pages := _open_pages(file.read(size), 2 * dim):
                    found.append(pages)
    except (OSError, ValueError, IndexError, struct.error):
        return None  # another format, or removed just now
    if len(found) != 1:
        return None
    offsets, rows = zip(*found[0], strict=True)
    begins = np.concatenate([[0], np.cumsum(rows)]).astype(np.int64)
    return _File(path, np.array(offsets, np.int64), begins, dim)


def _open_pages(column: bytes, row_bytes: int) -> list[tuple[int, int]]:
    """(offset, rows) of each page of a column's description, if each is one run of open rows."""
    pages = []
    for field, page in _fields(column):
        if field != 2 or isinstance(page, int):
            continue
        offsets, sizes, rows = list[int](), list[int](), 0
        for of_page, value in _fields(page):
            if of_page == 1:
                offsets += _numbers(value)
            elif of_page == 2:
                sizes += _numbers(value)
            elif of_page == 3 and isinstance(value, int):
                rows = value
        if len(offsets) != 1 or sizes != [rows * row_bytes] or not rows:
            return []
        pages.append((offsets[0], rows))
    return pages


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """(number, value) of each field of a message in Protocol Buffers' encoding."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        if key & 7 == 0:
            value, at = _number(message, at)
            yield key >> 3, value
        elif key & 7 == 2:
            size, at = _number(message, at)
            yield key >> 3, message[at : at + size]
            at += size
        elif key & 7 in (1, 5):
            at += 8 if key & 7 == 1 else 4
        else:
            raise ValueError("no field begins so")


def _number(message: bytes, at: int) -> tuple[int, int]:
    """(a number of several bytes, where it ends)."""
    value = shift = 0
    while True:
        byte = message[at]
        value, shift, at = value | (byte & 127) << shift, shift + 7, at + 1
        if byte < 128:
            return value, at


def _numbers(value: int | bytes) -> list[int]:
    """Of a field that is repeated: one, or several packed together."""
    if isinstance(value, int):
        return [value]
    numbers, at = [], 0
    while at < len(value):
        number, at = _number(value, at)
        numbers.append(number)
    return numbers
