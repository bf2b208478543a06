"""What the index must say of a disk, found out without any of the code that keeps it.

The disk is walked anew and hashed, the catalog is read as the SQLite file that it is.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import xxhash

from nova_desktop.model import Space
from nova_desktop.ports import Store

SHOWN = 12  # differences that are written out


def on_disk(root: Path) -> dict[bytes, str]:
    """Path → hash of what is in it now, of every ordinary file below `root`; hidden ones aside."""
    found = {}
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(folder) / name for name in names if not name.startswith(".")):
            if path.is_file() and not path.is_symlink():
                found[os.fsencode(path)] = xxhash.xxh3_128(path.read_bytes()).hexdigest()
    return found


def in_catalog(catalog: Path) -> dict[bytes, tuple[str, str | None]]:
    """Path → (state, content), of every file that is on record."""
    db = sqlite3.connect(f"file:{catalog}?mode=ro", uri=True, timeout=30)
    try:
        return {path: (state, content) for path, state, content in db.execute(
            "SELECT path, state, content FROM files"
        )}  # fmt: skip
    finally:
        db.close()


def in_store(store: Store, space: Space) -> Counter[tuple[str, int]]:
    """How often each (content, number) stands in the store."""
    return Counter(
        (row.content, row.number)
        for content in store.contents(space)
        for row in store.rows(space, content, 100_000)
    )


def in_tables(vectors: Path, catalog: Path) -> list[str]:
    """Where LanceDB's tables are not what the catalog says is in them; nobody may be writing."""
    import lancedb

    wrong = []
    db = sqlite3.connect(f"file:{catalog}?mode=ro", uri=True, timeout=30)
    try:
        said = db.execute("SELECT space, content, rows FROM indexed WHERE rows > 0").fetchall()
    finally:
        db.close()
    wanted = {(space, content): rows for space, content, rows in said}
    found: Counter[tuple[str, str]] = Counter()
    connected = lancedb.connect(vectors)
    for folder in sorted(vectors.glob("*.lance")):
        space = re.sub(r"_([0-9a-f]+)_", lambda m: chr(int(m[1], 16)), folder.stem)
        table = connected.open_table(folder.stem).to_arrow().select(["id", "content"])
        ids = Counter(table.column("id").to_pylist())
        wrong += [f"{times} times in {space}: {key}" for key, times in ids.items() if times > 1]
        found.update((space, content) for content in table.column("content").to_pylist())
    wrong += [f"{found[key]} rows instead of {rows}: {key}" for key, rows in wanted.items()
              if found[key] != rows]  # fmt: skip
    wrong += [f"rows that nobody asked for: {key}" for key in found.keys() - wanted.keys()]
    return sorted(wrong)


def differences(
    roots: Iterable[Path], catalog: Path, store: Store | None = None, space: Space | None = None
) -> list[str]:
    """Every way in which the index is not what the disk says, as sentences; [] when it is true."""
    disk = {path: content for root in roots for path, content in on_disk(root).items()}
    known = in_catalog(catalog)
    wrong = [f"not known: {path!r}" for path in disk.keys() - known.keys()]
    wrong += [f"not there any more: {path!r}" for path in known.keys() - disk.keys()]
    for path in disk.keys() & known.keys():
        state, content = known[path]
        if state != "indexed":
            wrong.append(f"{state}, not indexed: {path!r}")
        elif content != disk[path]:
            wrong.append(f"indexed as {content}, but holds {disk[path]}: {path!r}")
    if store is not None and space is not None:
        rows = in_store(store, space)
        wrong += [f"twice in the store: {key}" for key, times in rows.items() if times > 1]
        contents = {content for content, _ in rows}
        wrong += [f"without rows: {content}" for content in set(disk.values()) - contents]
    return sorted(wrong)
