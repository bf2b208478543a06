"""Questions that are kept by name, in the catalog."""

from __future__ import annotations

import base64
import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nova_desktop.errors import BadInput
from nova_desktop.grammar import parse
from nova_desktop.library.catalog import Catalog
from nova_desktop.model import Span, Unit
from nova_desktop.query import Filters, Part, SavedSearch

LONGEST_NAME = 200  # characters


@dataclass(frozen=True, slots=True)
class SavedSearches:
    """From any thread."""

    catalog: Catalog

    def all(self) -> tuple[SavedSearch, ...]:
        rows = self.catalog.read(
            "SELECT name, text, parts, (SELECT COUNT(*) FROM matches m JOIN contents c "
            "ON c.content = m.content AND c.files > 0 WHERE m.search = s.name) FROM searches s"
        )
        found = (SavedSearch(name, text, _parts(parts), new) for name, text, parts, new in rows)
        return tuple(sorted(found, key=lambda it: (it.name.casefold(), it.name)))

    def save(self, name: str, text: str, parts: Sequence[Part] = ()) -> None:
        """See calls.SearchCalls."""
        name = _name(name)
        meant = parse(text, time.time())
        files = [part for part in parts if part.path is not None or part.data]
        if not (meant.parts or files or meant.filters != Filters()):
            raise BadInput("There is nothing to save yet: type some words, or choose a filter.")
        with self.catalog.write() as db:
            db.execute(
                "INSERT INTO searches VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
                "text = excluded.text, parts = excluded.parts, looked_s = excluded.looked_s",
                [name, text.strip(), json.dumps([_written(part) for part in files]), time.time()],
            )
            db.execute("DELETE FROM matches WHERE search = ?", [name])

    def see(self, name: str) -> None:
        """See calls.SearchCalls."""
        with self.catalog.write() as db:
            db.execute("DELETE FROM matches WHERE search = ?", [name])

    def forget(self, name: str) -> None:
        """See calls.SearchCalls."""
        with self.catalog.write() as db:
            _once(db.execute("DELETE FROM searches WHERE name = ?", [name]), name)

    def rename(self, name: str, to: str) -> None:
        """See calls.SearchCalls."""
        to = _name(to)
        with self.catalog.write() as db:
            taken = db.execute("SELECT 1 FROM searches WHERE name = ?", [to]).fetchone()
            if taken and to != name:
                raise BadInput(f"There is a saved search “{to}” already. Choose another name.")
            _once(db.execute("UPDATE searches SET name = ? WHERE name = ?", [to, name]), name)


def _name(name: str) -> str:
    """On one line, as lists show it."""
    text = " ".join(name.split())
    if not text:
        raise BadInput("The search needs a name.")
    if len(text) > LONGEST_NAME:
        raise BadInput(f"The name is too long: at most {LONGEST_NAME} characters.")
    return text


def _once(cursor: sqlite3.Cursor, name: str) -> None:
    if not cursor.rowcount:
        raise BadInput(f"There is no saved search “{name}”.")


def _written(part: Part) -> dict[str, object]:
    return {
        "path": None if part.path is None else str(part.path),
        "data": base64.b64encode(part.data).decode(),
        "weight": part.weight,
        "span": part.span and [part.span.unit, part.span.start, part.span.stop],
    }


def _parts(text: str) -> tuple[Part, ...]:
    parts: list[dict[str, Any]] = json.loads(text)
    return tuple(
        Part(
            path=None if part["path"] is None else Path(part["path"]),
            data=base64.b64decode(part["data"]),
            weight=part["weight"],
            span=_span(part.get("span")),  # those of before have none
        )
        for part in parts
    )


def _span(written: list[Any] | None) -> Span | None:
    return Span(Unit(written[0]), *written[1:]) if written else None
