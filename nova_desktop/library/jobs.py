"""The steps of a paid engine's jobs, kept in the catalog."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from nova_desktop.library.database import Database

BATCH = -1  # the part of a job of many contents; its own name stands in their place


@dataclass(frozen=True, slots=True)
class Records:
    """See long_media.JobRecords: those of one content and space."""

    catalog: Database
    content: str
    space: str

    def load(self, part: int) -> dict[str, Any] | None:
        rows = self.catalog.read(
            "SELECT state FROM jobs WHERE content = ? AND space = ? AND part = ?",
            [self.content, self.space, part],
        )
        state: dict[str, Any] | None = json.loads(rows[0][0]) if rows else None
        return state

    def save(self, part: int, state: dict[str, Any]) -> None:
        with self.catalog.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO jobs VALUES (?, ?, ?, ?)",
                [self.content, self.space, part, json.dumps(state)],
            )

    def drop(self) -> None:
        with self.catalog.write() as db:
            db.execute(
                "DELETE FROM jobs WHERE content = ? AND space = ?", [self.content, self.space]
            )


@dataclass(frozen=True, slots=True)
class BatchRecords:
    """See long_media.BatchRecords: those of one space."""

    catalog: Database
    space: str

    def load_all(self) -> dict[str, dict[str, Any]]:
        rows = self.catalog.read(
            "SELECT content, state FROM jobs WHERE space = ? AND part = ?", [self.space, BATCH]
        )
        return {job: json.loads(state) for job, state in rows}

    def save(self, job: str, state: dict[str, Any]) -> None:
        with self.catalog.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO jobs VALUES (?, ?, ?, ?)",
                [job, self.space, BATCH, json.dumps(state)],
            )

    def drop(self, job: str) -> None:
        with self.catalog.write() as db:
            db.execute(
                "DELETE FROM jobs WHERE content = ? AND space = ? AND part = ?",
                [job, self.space, BATCH],
            )


def settled(catalog: Database, space: str) -> list[str]:
    """Contents that have records of jobs, though they are in the space or refused for good.

    A crash came before what the jobs left at the service was deleted.
    """
    rows = catalog.read(
        "SELECT DISTINCT j.content FROM jobs j WHERE j.space = ? AND (EXISTS "
        "(SELECT 1 FROM indexed i WHERE i.content = j.content AND i.space = j.space) "
        "OR EXISTS (SELECT 1 FROM further n "
        "WHERE n.content = j.content AND n.space = j.space AND n.failed = 1))",
        [space],
    )
    return [content for (content,) in rows]
