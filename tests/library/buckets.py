"""Vector buckets in memory, and machines that share a library through one."""

from __future__ import annotations

import os
import threading
import zlib
from pathlib import Path

import numpy as np

from nova_desktop.errors import NeedsUser
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.mirror import Mirror, Sharing
from nova_desktop.library.mirror_meter import Meter
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.sent import SentLog
from nova_desktop.model import Info, Modality, Row, RowFilter, Source, Space, Span, Unit
from nova_desktop.ports import Kept
from nova_desktop.spending import Rule
from nova_desktop.stores.memory import MemoryStore
from nova_desktop.sync import Direction
from tests.library.desk import PRICES

SPACE = Space("test", "plain", 8, 1)


class MemoryBucket:
    """Implements VectorBucket; what several machines share in one test."""

    def __init__(self):
        self.lying: dict[str, dict[str, Kept]] = {}
        self.calls: list[tuple[str, str]] = []
        self.before = lambda *_: None  # of (operation, index); may raise
        self.lock = threading.Lock()

    place = "s3vectors://shared, nowhere"

    def _called(self, operation, index=""):
        self.calls.append((operation, index))
        self.before(operation, index)

    def count(self, operation):
        return sum(1 for called, _ in self.calls if called == operation)

    def indexes(self, prefix):
        self._called("indexes")
        return sorted(name for name in self.lying if name.startswith(prefix))

    def create(self, index, dim, hidden=()):
        del dim, hidden
        self._called("create", index)
        with self.lock:
            self.lying.setdefault(index, {})

    def drop(self, index):
        self._called("drop", index)
        self.lying.pop(index, None)

    def drop_bucket(self):
        self._called("drop_bucket")
        if self.lying:
            raise NeedsUser("There are indexes in it.")

    def put(self, index, kept):
        self._called("put", index)
        if not kept:
            return
        if index not in self.lying:
            raise NeedsUser("There is no such index.")
        with self.lock:
            self.lying[index].update(
                {
                    one.key: Kept(one.key, np.array(one.vector, np.float32), dict(one.metadata))
                    for one in kept
                }
            )

    def get(self, index, keys, vectors=True):
        del vectors
        self._called("get", index)
        with self.lock:
            there = self.lying.get(index, {})
            return [there[key] for key in dict.fromkeys(keys) if key in there]

    def delete(self, index, keys):
        self._called("delete", index)
        with self.lock:
            for key in keys:
                self.lying.get(index, {}).pop(key, None)

    def keys(self, index):
        self._called("keys", index)
        with self.lock:
            return iter(sorted(self.lying.get(index, {})))

    def nearest(self, index, vector, limit, where):
        self._called("nearest", index)
        with self.lock:
            scored = [
                (cosine(one.vector, vector), one)
                for one in self.lying.get(index, {}).values()
                if passes(one, where)
            ]
        return sorted(scored, key=lambda pair: -pair[0])[: min(limit, 100)]

    def rows(self) -> dict[tuple[str, str, int], list[str]]:
        """(index, content, number) → keys, of all but the journal."""
        found: dict[tuple[str, str, int], list[str]] = {}
        for index, there in self.lying.items():
            if not index.endswith(".journal"):
                for key in there:
                    content, number, *_ = key.split(".")
                    found.setdefault((index, content, int(number)), []).append(key)
        return found

    def contents(self) -> set[str]:
        return {content for _, content, _ in self.rows()}


def cosine(one, other) -> float:
    return float(np.dot(one, other) / np.linalg.norm(one) / np.linalg.norm(other))


def passes(kept: Kept, where: RowFilter) -> bool:
    said = kept.metadata
    return (
        (not where.sources or said["source"] in where.sources)
        and (not where.modalities or said["modality"] in where.modalities)
        and (where.since_s is None or said["taken_s"] >= where.since_s)
        and (where.until_s is None or said["taken_s"] < where.until_s)
        and (where.contents is None or said["content"] in where.contents)
    )


def rows_of(content: str, count: int = 1, seed: int = 0, space: Space = SPACE) -> list[Row]:
    """Rows that are the same whoever makes them from this content and seed."""
    made = np.random.default_rng(zlib.crc32(f"{content} {seed}".encode()))
    vectors = made.standard_normal((count, space.dim)).astype(np.float16).astype(np.float32)
    return [
        Row(
            content,
            number,
            Modality.VIDEO,
            Span(Unit.SECONDS, number * 15.0, number * 15.0 + 15.0),
            Source.SPEECH if number else Source.NAME,
            f"words {seed} of {content} {number}",
            1e9,
            vectors[number],
        )
        for number in range(count)
    ]


class OneMachine:
    """A catalog and a store that a test fills by hand; `folder` need not exist."""

    def __init__(self, data: Path, bucket: MemoryBucket, name: str = "one", **sharing):
        data.mkdir(exist_ok=True)
        self.name, self.folder = name, f"/{name}"
        self.catalog = Catalog(data / "catalog.sqlite")
        self.catalog.add_root(self.folder)
        self.store = MemoryStore()
        self.rulebook = Rulebook(self.catalog)
        self.ledger = Ledger(self.catalog, PRICES, "a run")
        self.meter = Meter(self.ledger, "us-east-1", threading.Event())
        self.sent = SentLog(self.catalog)
        self.events = []
        chosen = {"named": False, "thumbnails": False, "host": name, **sharing}
        self.mirror = Mirror(
            self.catalog,
            self.store,
            self.rulebook,
            self.sent,
            Sharing(
                bucket=bucket,
                asking=bucket,
                meter=self.meter,
                prefix="nova",
                name=name,
                prices=PRICES,
                region="us-east-1",
                **chosen,
            ),
            spaces=lambda: [SPACE],
            thumbnail=lambda content: f"picture of {content}".encode(),
            write=lambda work: work(),
            tell=self.events.append,
        )

    def hold(self, content: str, rows: int = 1, seed: int = 0, under: str = "") -> None:
        """A file holds it, and it is indexed as the indexer does it."""
        path = os.fsencode(f"{self.folder}/{under}{content}.mp4")
        made = rows_of(content, rows, seed)
        self.store.put(SPACE, made)
        with self.catalog.write() as db:
            (root,) = db.execute("SELECT id FROM folders").fetchone()
            db.execute(
                "INSERT OR IGNORE INTO files (folder, path, size, mtime_ns, file_id, state, "
                "content) VALUES (?, ?, 1, 1, 1, 'indexed', ?)",
                [root, path, content],
            )
        info = Info(taken_s=1e9, taken_from="EXIF", title=f"title of {content}")
        self.catalog.record([], SPACE.name, {content: (Modality.VIDEO, info, "", rows)})

    def refill(self, content: str, rows: int) -> None:
        """Its rows come back, as a store on disk has them after a restart."""
        self.store.put(SPACE, rows_of(content, rows))

    def lose(self, content: str) -> None:
        """Its file is deleted, and a day is over."""
        with self.catalog.write() as db:
            db.execute("DELETE FROM files WHERE content = ?", [content])
            db.execute("UPDATE contents SET orphaned_s = 1")
        self.store.forget(self.catalog.forget_orphans())

    def mark(self, under: str, rule: Rule) -> None:
        quoted = 0.0 if rule is Rule.CLOUD else None
        self.rulebook.set_rule(f"{self.folder}/{under}".rstrip("/"), rule, quoted)

    def sync(self, direction: Direction = Direction.BOTH, **how):
        return self.mirror.sync(direction, **how)

    def contents(self) -> set[str]:
        """What is found here: recorded, and with its rows."""
        rows = self.catalog.read(
            "SELECT content FROM indexed WHERE space = ? AND rows > 0", [SPACE.name]
        )
        known = {content for (content,) in rows}
        assert known == self.store.contents(SPACE)
        return known

    def said(self) -> dict[str, list[tuple]]:
        """Content → its rows, without what is not shared."""
        return {
            content: [
                (row.number, row.span, row.words if row.source is not Source.NAME else "",
                 row.vector.tobytes())
                for row in self.store.rows(SPACE, content, 1000)
            ]
            for content in self.contents()
        }  # fmt: skip
