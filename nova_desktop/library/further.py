"""What waits for a further space, beside the device's: contents that may be sent and are not in it.

A file is indexed on this device first, and is found from then on. Whatever a rule allows to leave
the device then waits for the further space, content by content: one that several files hold is
asked for once.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.library.catalog import Catalog
from nova_desktop.library.kept import KeptVectors
from nova_desktop.library.questions import Root, Waiting, below
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.model import Failure, Info, Modality, Stamp, State
from nova_desktop.spending import Rule

# A count is for progress and goes through the whole library: it may be so old, and so many times as
# old as it took.
COUNT_S, COUNT_TIMES = 1.0, 30.0
REFUSED, UNREACHED = 1, 2  # kinds of `failed` in the catalog
UNKNOWN = float("nan")


@dataclass(slots=True)
class Further:
    """An intake's Queue for one further space, under the rules as they are when it is asked.

    What it answers is kept until `stale` is called: it is asked at every turn of the indexer.
    """

    catalog: Catalog
    space: str
    rulebook: Rulebook
    kept: KeptVectors
    served_by: tuple[str, ...] = ()  # spaces whose vectors only have to be shortened
    name: str = "Amazon Nova"  # of the engine, in sentences
    _count: int = 0
    _count_until: float = float("-inf")
    _due_s: float | None = UNKNOWN

    def roots(self) -> list[Root]:
        return self.catalog.roots()

    def waiting(self, limit: int, skip: Collection[str] = ()) -> list[Waiting]:
        """One file of each content that is due, in no promised order."""
        if (due_s := self.next_due_s()) is None or due_s > time.time():
            return []
        rows = self._due(
            "f.path, f.size, f.mtime_ns, f.file_id, f.content, COALESCE(n.attempts, 0)",
            "AND COALESCE(n.not_before_s, 0) <= ? LIMIT ?",
            [time.time(), limit + len(skip)],
        )
        under_way = {row[4] for row in rows if os.fsdecode(row[0]) in skip}
        found = {
            content: Waiting(
                os.fsdecode(path), Stamp(size, mtime_ns, file_id), "", "", attempts, content
            )
            for path, size, mtime_ns, file_id, content, attempts in rows
            if content not in under_way
        }
        return list(found.values())[:limit]

    def waiting_count(self) -> int:
        """Contents that wait, and files that will when this device has indexed them."""
        if (began := time.monotonic()) > self._count_until:
            (self._count,) = self._due("COUNT(DISTINCT f.content)")[0]
            now = time.monotonic()
            self._count_until = now + max(COUNT_S, COUNT_TIMES * (now - began))
        return self._count

    def waiting_at(self, paths: Sequence[str]) -> list[Waiting]:
        """Those of these files whose contents wait."""
        found = []
        for path in paths:
            rows = self._due(
                "f.path, f.size, f.mtime_ns, f.file_id, f.content, COALESCE(n.attempts, 0)",
                "AND f.path = ?",
                [os.fsencode(path)],
            )
            found += [
                Waiting(os.fsdecode(at), Stamp(size, mtime_ns, file_id), "", "", attempts, content)
                for at, size, mtime_ns, file_id, content, attempts in rows
            ]
        return found

    def waits(self) -> list[tuple[str, int]]:
        """(path, size) of one file of each content that waits."""
        rows = self._due("f.path, f.size", "GROUP BY f.content")
        return [(os.fsdecode(path), size) for path, size in rows]

    def next_due_s(self) -> float | None:
        if self._due_s is not None and math.isnan(self._due_s):
            if self._due("1", "AND COALESCE(n.not_before_s, 0) <= ? LIMIT 1", [time.time()]):
                self._due_s = 0.0  # most often, and found without going through all
            else:
                self._due_s = self._due("MIN(COALESCE(n.not_before_s, 0))")[0][0]
        return self._due_s

    def stale(self) -> None:
        """What is indexed on the device or may be sent has changed."""
        self._due_s = UNKNOWN

    def has(self, content: str, space: str) -> bool:
        return self.catalog.has(content, space)

    def state_of(self, path: str) -> State | None:
        return self.catalog.state_of(path)

    def allows(self, path: str) -> bool:
        """Whether this file may be sent, as the rules are now."""
        return self.rulebook.rule_of(path) is Rule.CLOUD

    def record(
        self,
        files: Iterable[tuple[Waiting, str]],
        space: str,
        contents: Mapping[str, tuple[Modality, Info, str, int]],
    ) -> None:
        """The commit point, as Catalog.record: the contents have their rows in `space`."""
        del files  # of this device they are indexed already
        with self.catalog.write() as db:
            for content, (_, _, _, rows) in contents.items():
                db.execute(
                    "INSERT OR REPLACE INTO indexed SELECT content, ?, ? FROM contents "
                    "WHERE content = ?",
                    [space, rows, content],
                )
                db.execute("DELETE FROM further WHERE content = ? AND space = ?", [content, space])
                self._count = max(0, self._count - 1)
        self.kept.drop(contents)
        self.stale()

    def settle(self, file: Waiting, state: State, reason: str, seen: bool = True) -> None:
        """This content will not be in the space; on this device it stays as it is.

        Not `seen`: nothing is wrong with it, so it is tried again when the library next starts.
        """
        del state
        self.kept.drop([file.content])
        self._put_off(file.content, reason, REFUSED if seen else UNREACHED, until_s=0.0)

    def postpone(self, path: str, reason: str, wait_s: float, stamp: Stamp | None = None) -> None:
        del stamp  # that it is another one now is the device's to notice
        if content := self.catalog.content_of(path):
            self._put_off(content, reason, failed=0, until_s=time.time() + wait_s)

    def failures(self) -> tuple[Failure, ...]:
        """With every file that holds such a content."""
        rows = self.catalog.read(
            "SELECT f.path, n.reason FROM further n JOIN files f ON f.content = n.content "
            "WHERE n.space = ? AND n.failed AND f.state = 'indexed' ORDER BY f.path",
            [self.space],
        )
        return tuple(
            Failure(Path(os.fsdecode(path)), f"Not in {self.name}: {why}") for path, why in rows
        )

    def retry(self, paths: Collection[str]) -> None:
        """Those that failed wait again: the contents of these files, or all."""
        contents = [self.catalog.content_of(path) for path in paths]
        with self.catalog.write() as db:
            if not paths:
                db.execute("DELETE FROM further WHERE space = ?", [self.space])
            db.executemany(
                "DELETE FROM further WHERE content = ? AND space = ?",
                [(content, self.space) for content in contents],
            )
        self._count_until = float("-inf")
        self.stale()

    def square(self, stored: Mapping[str, int]) -> None:
        """Makes the record equal to what the store holds: content → rows.

        What is stored but not recorded was paid for just before a crash: it is kept.
        """
        with self.catalog.write() as db:
            db.execute(
                "DELETE FROM further WHERE space = ? AND failed = ?", [self.space, UNREACHED]
            )
            known = db.execute(
                "SELECT content FROM indexed WHERE space = ? AND rows > 0", [self.space]
            )
            db.execute(  # of what is forgotten, or in the space after all
                "DELETE FROM kept WHERE space = ? AND "
                "(content NOT IN (SELECT content FROM contents) "
                "OR content IN (SELECT content FROM indexed WHERE space = ?))",
                [self.space, self.space],
            )
            gone = [content for (content,) in known if content not in stored]
            db.executemany(
                "DELETE FROM indexed WHERE content = ? AND space = ?",
                [(content, self.space) for content in gone],
            )
            db.executemany(
                "INSERT OR IGNORE INTO indexed SELECT content, ?, ? FROM contents "
                "WHERE content = ?",
                [(self.space, rows, content) for content, rows in stored.items()],
            )
        self.stale()

    def _put_off(self, content: str, reason: str, failed: int, until_s: float) -> None:
        with self.catalog.write() as db:
            db.execute(
                "INSERT INTO further VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT DO UPDATE SET "
                "reason = excluded.reason, failed = excluded.failed, attempts = attempts + 1, "
                "not_before_s = excluded.not_before_s",
                [content, self.space, reason, failed, until_s],
            )
        self._count_until = float("-inf")
        self.stale()

    def _due(self, columns: str, more: str = "", values: Iterable[object] = ()) -> list[tuple]:  # type: ignore[type-arg]  # as read() gives them
        """Of contents that are indexed here, may be sent, and are neither there nor refused."""
        marks = ",".join("?" * len(there := (self.space, *self.served_by)))
        where, places = inside({str(one.path): one.rule for one in self.rulebook.rules()})
        return self.catalog.read(
            f"SELECT {columns} FROM files f JOIN folders r ON r.id = f.folder "  # noqa: S608  # constants and marks only
            "LEFT JOIN further n ON n.content = f.content AND n.space = ? "
            "WHERE f.state = 'indexed' AND f.content IS NOT NULL "
            "AND NOT r.offline AND NOT r.resting "
            "AND NOT COALESCE(n.failed, 0) AND NOT EXISTS "
            f"(SELECT 1 FROM indexed i WHERE i.content = f.content AND i.space IN ({marks})) "
            f"AND {where} {more}",
            [self.space, *there, *places, *values],
        )


def inside(rules: Mapping[str, Rule]) -> tuple[str, list[object]]:
    """The condition on `f.path` that a file may be sent, and its values."""
    terms, values = ["0"], list[object]()
    for folder, rule in rules.items():
        if rule is not Rule.CLOUD:
            continue
        term = "f.path > ? AND f.path < ?"
        values += below(folder)
        for deeper, other in rules.items():
            if other is not Rule.CLOUD and deeper != folder and Path(deeper).is_relative_to(folder):
                term += " AND NOT (f.path > ? AND f.path < ?)"
                values += below(deeper)
        terms.append(f"({term})")
    return f"({' OR '.join(terms)})", values
