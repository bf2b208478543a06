"""What left this device: written down before it goes, and kept when the file is forgotten."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from nova_desktop.library.database import Database
from nova_desktop.spending import Sent


class SentLog:
    """One line for each content and place. Any thread; times are the clock's."""

    def __init__(self, catalog: Database, clock: Callable[[], float] = time.time) -> None:
        self._catalog, self._clock = catalog, clock

    def sending(self, content: str, place: str, path: str | Path, sent_bytes: int) -> None:
        """Call it before the send: durable on return. Bytes of repeated sends add up."""
        with self._catalog.write() as db:
            db.execute(
                "INSERT INTO sent (content, place, path, at_s, bytes) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (content, place) DO UPDATE SET path = excluded.path, "
                "at_s = excluded.at_s, bytes = bytes + excluded.bytes, deleted_s = NULL",
                [content, place, os.fsencode(path), self._clock(), sent_bytes],
            )

    def asking(self, content: str, place: str, path: str | Path, sent_bytes: int) -> None:
        """As `sending`, of a file that is asked with. Again it is mostly not sent again, as answers
        are remembered, so its bytes are counted once.
        """
        with self._catalog.write() as db:
            db.execute(
                "INSERT INTO sent (content, place, path, at_s, bytes) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (content, place) DO UPDATE SET at_s = excluded.at_s, deleted_s = NULL",
                [content, place, os.fsencode(path), self._clock(), sent_bytes],
            )

    def sending_all(self, place: str, sizes: Mapping[str, int]) -> None:
        """As `sending`, of many contents: content → bytes. Each under the path of a file of it."""
        at_s = self._clock()
        with self._catalog.write() as db:
            db.executemany(
                "INSERT INTO sent (content, place, path, at_s, bytes) VALUES (?1, ?2, COALESCE("
                "(SELECT MIN(path) FROM files WHERE content = ?1), CAST(?1 AS BLOB)), ?3, ?4) "
                "ON CONFLICT (content, place) DO UPDATE SET path = excluded.path, "
                "at_s = excluded.at_s, bytes = bytes + excluded.bytes, deleted_s = NULL",
                [(content, place, at_s, size) for content, size in sizes.items()],
            )

    def removed(self, place: str, contents: Collection[str]) -> None:
        """What was kept at `place` of these contents is not there any more."""
        with self._catalog.write() as db:
            db.executemany(
                "UPDATE sent SET deleted_s = ? WHERE content = ? AND place = ? "
                "AND deleted_s IS NULL",
                [(self._clock(), content, place) for content in contents],
            )

    def deleted(self, place: str) -> None:
        """What was kept at `place` is not there any more; what was never there is no error."""
        with self._catalog.write() as db:
            db.execute(
                "UPDATE sent SET deleted_s = ? WHERE place = ? AND deleted_s IS NULL",
                [self._clock(), place],
            )

    def sent(self, limit: int) -> tuple[Sent, ...]:
        """Up to `limit` lines, newest first."""
        rows = self._catalog.read(
            "SELECT at_s, path, bytes, place, deleted_s FROM sent ORDER BY at_s DESC LIMIT ?",
            [limit],
        )
        return tuple(
            Sent(at_s, Path(os.fsdecode(path)), count, place, deleted_s)
            for at_s, path, count, place, deleted_s in rows
        )
