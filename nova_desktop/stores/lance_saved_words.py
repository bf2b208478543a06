"""The words of a table's rows, kept in a file beside them, where each row's are found at once.

LanceDB takes 5 ms for those of fifty rows, as long as it takes to look for the nearest among
1,000,000; here it is 0.3. Like the codes, the file says nothing that the rows don't: where it is
not of the version that is asked for, not there or damaged, LanceDB reads.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.stores.lance_errors import DAMAGED

NAME = "nearness.words"  # in the table's folder
NEW = f"{NAME}.new"  # while it is being written
_MAGIC = b"words 1\n"
_HEAD = struct.Struct("<8sQQQ")  # _MAGIC, the version and what it consists of, rows
_ORDER = struct.Struct("<I")  # of each row, by place: which one it is in the blocks
_BLOCK = struct.Struct("<QII")  # of each block: where it is, its size and its check
_ROWS = 16  # in a block, as LanceDB gives them: their places, where the words of each begin, and
_ROWS_OF = struct.Struct(f"<{_ROWS}I{_ROWS + 1}I")  # the last of them end; and the words

_CHANGED = "the table is not as it was"

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SavedWords:
    """Those of the table as it was at one version. Any thread may ask."""

    folder: Path  # the table's
    version: int
    sign: int  # what the version consists of

    def of(self, places: Places) -> list[str] | None:
        """Of rows, told by their places among all rising ids; None where they are not here."""
        blocks: dict[int, bytes] = {}
        try:
            with (self.folder / NAME).open("rb", buffering=0) as file:
                magic, version, sign, rows = _HEAD.unpack(file.read(_HEAD.size))
                if (magic, version, sign) != (_MAGIC, self.version, self.sign):
                    return None
                table, end = _HEAD.size + rows * _ORDER.size, file.seek(0, os.SEEK_END)
                words = list[str]()
                for place in places.tolist():
                    if place >= rows:
                        return None
                    (at,) = _ORDER.unpack(_read(file, _HEAD.size + place * _ORDER.size, 4))
                    number, row = divmod(at, _ROWS)
                    if table + number * _BLOCK.size > end:
                        return None
                    if (block := blocks.get(number)) is None:
                        entry = _read(file, table + number * _BLOCK.size, _BLOCK.size)
                        begin, size, check = _BLOCK.unpack(entry)
                        if begin + size > end:
                            return None
                        block = blocks[number] = _read(file, begin, size)
                        if zlib.crc32(block, number) != check:
                            return None
                    known = _ROWS_OF.unpack_from(block)
                    if known[row] != place:
                        return None
                    words.append(block[known[_ROWS + row] : known[_ROWS + row + 1]].decode())
        except (OSError, struct.error):
            return None
        return words

    def save(self, table: Any, ids: NDArray[np.uint64]) -> None:
        """`table` at this version, and the rising ids of its rows. One of DAMAGED where it can't be
        read or written: then what was there is still there. 0.2 s for 100,000 rows."""
        new, order, entries = self.folder / NEW, np.zeros(len(ids), "<u4"), bytearray()
        count = -(-len(ids) // _ROWS)
        try:
            with new.open("wb") as file:
                at = _HEAD.size + len(ids) * _ORDER.size + count * _BLOCK.size
                file.seek(at)
                written = 0
                for number, (places, words) in enumerate(_in_blocks(table, ids)):
                    order[places] = number * _ROWS + np.arange(len(places))
                    written += len(places)
                    block = _block(places, words)
                    entries += _BLOCK.pack(at, len(block), zlib.crc32(block, number))
                    at += file.write(block)
                if written != len(ids):
                    raise OSError(_CHANGED)
                file.seek(0)
                file.write(_HEAD.pack(_MAGIC, self.version, self.sign, len(ids)))
                file.write(order.tobytes())
                file.write(entries)
            new.replace(self.folder / NAME)
        except DAMAGED:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise


def _read(file: FileIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)


def _in_blocks(table: Any, ids: NDArray[np.uint64]) -> Iterator[tuple[Places, list[str]]]:
    """(places, words) of _ROWS rows at once, as they come."""
    waiting, words = np.zeros(0, np.int64), list[str]()
    for batch in table.search().select(["words"]).with_row_id(True).to_batches():
        found = batch["_rowid"].to_numpy()
        places = np.searchsorted(ids, found)
        if len(found) and (places.max() >= len(ids) or (ids[places] != found).any()):
            raise OSError(_CHANGED)
        waiting, words = np.concatenate([waiting, places]), words + batch["words"].to_pylist()
        whole = len(words) - len(words) % _ROWS
        for start in range(0, whole, _ROWS):
            yield waiting[start : start + _ROWS], words[start : start + _ROWS]
        waiting, words = waiting[whole:], words[whole:]
    if words:
        yield waiting, words


def _block(places: Places, words: list[str]) -> bytes:
    texts = [one.encode() for one in words]
    none = [0] * (_ROWS - len(texts))
    ends = np.cumsum([_ROWS_OF.size, *map(len, texts), *none])
    return _ROWS_OF.pack(*places.tolist(), *none, *ends.tolist()) + b"".join(texts)
