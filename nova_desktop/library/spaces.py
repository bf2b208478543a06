"""Which spaces take room here, and removing one that nothing uses any more."""

from __future__ import annotations

import re
from collections.abc import Collection

from nova_desktop.library.catalog import Catalog
from nova_desktop.ports import Store
from nova_desktop.upkeep import SpaceRoom

PAID = "nova"  # engines whose vectors cost money
REMOVED = "removed "  # how the names of facts begin that say so: a sync leaves such a space alone
_NAME = re.compile(r"([^-]+)-(.*)-(\d+)-p\d+")  # model.Space.name


def rooms(catalog: Catalog, store: Store, used: Collection[str]) -> tuple[SpaceRoom, ...]:
    """Those that take room, the largest first; `used` ones answer, or are being filled."""
    counted = {
        space: (contents, rows)
        for space, contents, rows in catalog.read(
            "SELECT space, COUNT(*), SUM(rows) FROM indexed WHERE rows > 0 GROUP BY space"
        )
    }
    lying = dict(
        catalog.read("SELECT space, COUNT(*) FROM mirrored WHERE stamp <> '' GROUP BY space")
    )
    found = []
    for name, size in store.sizes().items():
        of = _NAME.fullmatch(name)
        engine, model, dim = (of[1], of[2], int(of[3])) if of else ("", name, 0)
        contents, rows = counted.get(name, (0, 0))
        found.append(
            SpaceRoom(
                name=name,
                engine=engine,
                model=model,
                dim=dim,
                bytes=size,
                contents=contents,
                rows=rows,
                used=name in used,
                paid=engine == PAID,
                shared=lying.get(name, 0),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.bytes, one.name)))


def forget_space(catalog: Catalog, space: str) -> None:
    """All that is recorded of what is in a space here; what lies in a vector bucket stays known."""
    with catalog.write() as db:
        for table in ("indexed", "further", "kept", "backgrounds"):
            db.execute(f"DELETE FROM {table} WHERE space = ?", [space])  # noqa: S608  # constants
        db.execute("INSERT OR REPLACE INTO mirror_facts VALUES (?, '1')", [REMOVED + space])


def removed_spaces(catalog: Catalog) -> set[str]:
    """Those that were removed here, and have not been filled again since."""
    rows = catalog.read("SELECT name FROM mirror_facts WHERE name LIKE ?", [f"{REMOVED}%"])
    names = {str(name).removeprefix(REMOVED) for (name,) in rows}
    return {name for name in names if not catalog.has_rows(name)}


def take_up(catalog: Catalog, used: Collection[str]) -> None:
    """What is used is no longer left alone: what lies elsewhere of it is wanted here."""
    again = removed_spaces(catalog) & set(used)
    if again:
        with catalog.write() as db:
            db.executemany(
                "DELETE FROM mirror_facts WHERE name = ?", [[REMOVED + name] for name in again]
            )
