"""Finds the vectors that can't be opened any more, and puts them aside."""

from __future__ import annotations

from pathlib import Path

from nova_desktop.stores.lance import LanceStore


def broken_vectors(data: Path, aside: Path) -> tuple[str, ...]:
    """Moves the vectors of every damaged space to `aside`; gives the spaces' names.

    Reads which rows there are, in every space; nobody has the library of `data` open.
    """
    store = LanceStore(data / "vectors")
    try:
        broken = store.broken()
    finally:
        store.close()
    for folder in broken.values():
        aside.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.rename(aside / folder.name)
    return tuple(broken)
