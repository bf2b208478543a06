"""Vectors that were paid for, kept until the content that they belong to is recorded.

What ends the program in between costs nothing twice: the next run takes them from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import xxhash
from numpy.typing import NDArray

from nova_desktop.library.database import Database
from nova_desktop.model import Piece

Kept = tuple[bytes, NDArray[np.float32]]  # digest of the piece, its vector


@dataclass(slots=True)
class KeptVectors:
    """Of one space. Called on the indexer's thread; what is kept is durable on return."""

    catalog: Database
    space: str
    _known: dict[str, dict[tuple[int, int], Kept]] = field(default_factory=dict)  # by content

    def of(self, content: str, chunk: int, number: int, piece: Piece) -> NDArray[np.float32] | None:
        """The vector of this piece of a chunk, where it was paid for; None for any other."""
        if content not in self._known:
            rows = self.catalog.read(
                "SELECT chunk, number, digest, vector FROM kept WHERE content = ? AND space = ?",
                [content, self.space],
            )
            self._known[content] = {
                (chunk, number): (digest, np.frombuffer(vector, np.float32))
                for chunk, number, digest, vector in rows
            }
        digest, vector = self._known[content].get((chunk, number), (b"", None))
        return vector if digest == _digest(piece) else None

    def keep(self, answers: Iterable[tuple[str, int, int, Piece, NDArray[np.float32]]]) -> None:
        """(content, chunk, number, piece, vector) of each answer."""
        with self.catalog.write() as db:
            db.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (content, self.space, chunk, number, _digest(piece), vector.tobytes())
                    for content, chunk, number, piece, vector in answers
                ],
            )

    def drop(self, contents: Iterable[str]) -> None:
        """Their rows are durable, or they will have none."""
        with self.catalog.write() as db:
            for content in contents:
                self._known.pop(content, None)
                db.execute(
                    "DELETE FROM kept WHERE content = ? AND space = ?", [content, self.space]
                )


def _digest(piece: Piece) -> bytes:
    made = xxhash.xxh3_128(piece.data)
    made.update(f"{piece.mime} {piece.source} {piece.span}".encode())
    return made.digest()
