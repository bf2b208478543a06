"""Saves what can be read of a damaged catalog into a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.library.catalog import Catalog
from nova_desktop.library.naming import name_of
from nova_desktop.spending import Rule

MANY = 500  # rows that are written at once


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was saved: rows by table, and the tables of which not all could be read."""

    rows: dict[str, int]
    torn: tuple[str, ...]


def damage(catalog: Path) -> str:
    """What is wrong with the file of a catalog that nobody has open; "" when it is sound.

    One that is not there is sound. Reads all of it, which takes a second for 200,000 files.
    """
    if not catalog.exists():
        return ""
    try:
        db = sqlite3.connect(f"{catalog.absolute().as_uri()}?mode=ro", uri=True)
        try:
            found = [text for (text,) in db.execute("PRAGMA integrity_check(3)")]
            db.execute("SELECT count(*) FROM files").fetchone()
        finally:
            db.close()
    except sqlite3.DatabaseError as e:
        return str(e)
    return "" if found == ["ok"] else " ".join(" ".join(found).split())


def salvage(damaged: Path, target: Path) -> Salvage:
    """Makes a catalog at `target` of all that can be read of `damaged`, which is not changed.

    Files whose content was lost wait again: what is on the disk is read anew, nothing is lost for
    good but what was paid for and can't be read any more.
    """
    Catalog(target).close()  # of the present schema, and empty
    new = sqlite3.connect(target, isolation_level=None)
    rows: dict[str, int] = {}
    torn: list[str] = []
    try:
        old = sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True)
        try:
            for table, columns in _tables(new):
                shared = _shared(old, table, columns)
                whole, rows[table] = _copy(old, new, table, shared) if shared else (False, 0)
                if not whole:
                    torn.append(table)
        finally:
            old.close()
        _mend(new)
    finally:
        new.close()
    return Salvage(rows, tuple(torn))


def ask_again(catalog: Path) -> bool:
    """Takes back what was allowed to be sent, so that nothing is paid twice without a new quote.

    True when something was allowed. Nobody has the catalog open.
    """
    db = sqlite3.connect(catalog, isolation_level=None)
    try:
        taken = db.execute("DELETE FROM rules WHERE rule = ?", [Rule.CLOUD.value]).rowcount
    finally:
        db.close()
    return taken > 0


def recorded(catalog: Path, space: str) -> dict[str, int]:
    """How many rows each content has in a space; nobody has the catalog open."""
    if not catalog.exists():
        return {}
    db = sqlite3.connect(f"{catalog.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return dict(
            db.execute("SELECT content, rows FROM indexed WHERE space = ? AND rows > 0", [space])
        )
    finally:
        db.close()


def _tables(db: sqlite3.Connection) -> list[tuple[str, list[str]]]:
    """Our tables with the columns that can be written, those first that others refer to."""
    names = [
        name
        for name, kind in db.execute(
            "SELECT name, type FROM pragma_table_list WHERE schema = 'main'"
        )
        if kind == "table" and not name.startswith("sqlite_")
    ]
    refers = {
        name: len(db.execute(f"PRAGMA foreign_key_list({name})").fetchall()) for name in names
    }
    return [
        (name, [row[1] for row in db.execute(f"PRAGMA table_xinfo({name})") if row[6] == 0])
        for name in sorted(names, key=lambda name: (refers[name], name))
    ]


def _shared(old: sqlite3.Connection, table: str, columns: list[str]) -> list[str]:
    """The columns that the damaged table has as well; none where even that can't be read."""
    try:
        there = {row[1] for row in old.execute(f"PRAGMA table_info({table})")}
    except sqlite3.DatabaseError:
        return []
    return [column for column in columns if column in there]


def _copy(
    old: sqlite3.Connection, new: sqlite3.Connection, table: str, columns: list[str]
) -> tuple[bool, int]:
    """Copies the rows from the front up to the damage, then from the back; whether all were."""
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    insert = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  # of our own schema
    key = _key(old, table)
    whole = False
    for order in ("ASC", "DESC"):
        select = f"SELECT {names} FROM {table} ORDER BY {key} {order}"  # noqa: S608  # likewise
        whole = _write(old, new, select, insert)
        if whole:
            break
    (count,) = new.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608  # likewise
    return whole, count


def _write(old: sqlite3.Connection, new: sqlite3.Connection, select: str, insert: str) -> bool:
    """Writes what can be read; True when nothing was in the way."""
    rows: list[tuple[object, ...]] = []
    whole = True
    try:
        for row in old.execute(select):
            rows.append(row)
            if len(rows) >= MANY:
                new.executemany(insert, rows)
                rows.clear()
    except sqlite3.DatabaseError:
        whole = False
    new.executemany(insert, rows)
    return whole


def _key(db: sqlite3.Connection, table: str) -> str:
    """What a table is sorted by on disk."""
    try:
        db.execute(f"SELECT rowid FROM {table} LIMIT 0")  # noqa: S608  # of our own schema
    except sqlite3.DatabaseError:
        keys = [row for row in db.execute(f"PRAGMA table_info({table})") if row[5]]
        return ", ".join(row[1] for row in sorted(keys, key=lambda row: int(row[5]))) or "1"
    return "rowid"


def _mend(db: sqlite3.Connection) -> None:
    """Makes the tables agree with one another again."""
    db.execute("BEGIN IMMEDIATE")
    for table, rowid in _strays(db):
        db.execute(f"DELETE FROM {table} WHERE rowid = ?", [rowid])  # noqa: S608  # a name of ours
    db.execute("DELETE FROM indexed WHERE content NOT IN (SELECT content FROM contents)")
    db.execute(
        "UPDATE files SET state = 'waiting', content = NULL "
        "WHERE content IS NOT NULL AND content NOT IN (SELECT content FROM contents)"
    )
    for number, path in db.execute("SELECT id, path FROM files").fetchall():
        db.execute("INSERT INTO names (rowid, name) VALUES (?, ?)", [number, name_of(path)])
    db.execute("COMMIT")


def _strays(db: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Rows that refer to what was lost; WITHOUT ROWID tables are mended by name."""
    found = db.execute("PRAGMA foreign_key_check").fetchall()
    yield from ((table, rowid) for table, rowid, *_ in found if rowid is not None)
