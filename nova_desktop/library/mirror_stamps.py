"""Rows of contents with what is known of them, read for a sync: a few thousand at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from nova_desktop.library.catalog import Catalog
from nova_desktop.library.mirror_rows import stamp_of
from nova_desktop.model import Info, Modality, Row, Space
from nova_desktop.ports import Store


@dataclass(frozen=True, slots=True)
class Held:
    """One content of one space as it is here."""

    content: str
    modality: Modality
    info: Info
    rows: tuple[Row, ...]

    @property
    def stamp(self) -> str:
        return stamp_of(self.rows, self.info)


def held(catalog: Catalog, store: Store, space: Space, contents: Sequence[str]) -> dict[str, Held]:
    """Those that have rows and are known to the catalog."""
    infos = catalog.infos(contents)
    found = {}
    for content, rows in groupby(store.rows_of(space, contents), key=lambda row: row.content):
        if known := infos.get(content):
            found[content] = Held(content, *known, tuple(rows))
    return found


def batches(contents: Sequence[str], rows: Mapping[str, int], most: int) -> Iterator[list[str]]:
    """In order, of at most so many rows together; one content alone where it has more."""
    some: list[str] = []
    count = 0
    for content in contents:
        if some and count + rows[content] > most:
            yield some
            some, count = [], 0
        some.append(content)
        count += rows[content]
    if some:
        yield some
