"""The journal in the vector bucket: what each machine pushed and took away, in order.

Several machines write, and none can see what another is about to. So each writes entries of its
own, under numbers that only it gives, and everyone reads them all: of one content the entry with
the highest clock counts (of two with the same, that of the greater machine), which is the same
whatever the order they are read in. A clock is one more than all that its machine had seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from nova_desktop.model import Space
from nova_desktop.ports import Kept, VectorBucket

DIM = 1  # of the vectors that a journal's entries need to have
HIDDEN = ("text",)
ENTRY_BYTES = 30_000  # of text; the service takes 40 KB of metadata
GONE = "-"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Record:
    """A content was pushed to a space, or taken away: `stamp` is "" then."""

    space: str
    content: str
    stamp: str
    rows: int
    clock: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Some records of one machine. Newer ones may repeat older ones."""

    machine: str
    number: int  # 1, 2, 3, ... of its machine
    name: str  # of the machine, for people
    spaces: tuple[Space, ...]  # of its records
    records: tuple[Record, ...]


def key_of(machine: str, number: int) -> str:
    return f"{machine}.{number:08d}"


def place_of(key: str) -> tuple[str, int] | None:
    """(machine, number) of an entry's key; None for what is none."""
    machine, dot, number = key.rpartition(".")
    return (machine, int(number)) if dot and number.isascii() and number.isdecimal() else None


def index_of(prefix: str) -> str:
    return f"{prefix}.journal"


def entries(
    machine: str, first: int, name: str, spaces: Mapping[str, Space], records: Sequence[Record]
) -> list[Entry]:
    """As few as hold them, numbered from `first`."""
    made: list[Entry] = []
    some: list[Record] = []
    size = 0

    def close() -> None:
        used = tuple(spaces[name] for name in dict.fromkeys(one.space for one in some))
        made.append(Entry(machine, first + len(made), name, used, tuple(some)))

    for record in sorted(records, key=lambda one: (one.space, one.clock, one.content)):
        length = len(_line(record)) + 1
        if some and size + length > ENTRY_BYTES:
            close()
            some, size = [], 0
        some.append(record)
        size += length
    if some:
        close()
    return made


def kept_of(entry: Entry) -> Kept:
    """As it lies in the bucket: a JSON line for each space, then a line a record."""
    spaces = {space.name: space for space in entry.spaces}
    lines = []
    for name, records in groupby(entry.records, key=lambda one: one.space):
        space = spaces[name]
        lines.append(json.dumps([space.engine, space.model, space.dim, space.preparation]))
        lines += [_line(record) for record in records]
    metadata: dict[str, str | float | bool] = {
        "format": FORMAT,
        "name": entry.name[:200],
        "text": "\n".join(lines),
    }
    vector = np.ones(DIM, np.float32)
    return Kept(key_of(entry.machine, entry.number), vector, metadata)


def entry_of(kept: Kept) -> Entry:
    """ValueError, KeyError or TypeError for what is no entry of this format."""
    place = place_of(kept.key)
    if place is None or kept.metadata["format"] != FORMAT:
        raise ValueError(f"an entry of another format: {kept.key}")
    spaces: dict[str, Space] = {}
    records = []
    name = ""
    for line in str(kept.metadata["text"]).split("\n"):
        if line.startswith("["):
            engine, model, dim, preparation = json.loads(line)
            space = Space(str(engine), str(model), int(dim), int(preparation))
            name = space.name
            spaces[name] = space
        elif line:
            content, stamp, rows, clock = line.split(" ")
            said = "" if stamp == GONE else stamp
            records.append(Record(name, content, said, int(rows), int(clock, 16)))
    return Entry(*place, str(kept.metadata["name"]), tuple(spaces.values()), tuple(records))


def unread(keys: Iterable[str], read: Mapping[str, int]) -> list[tuple[str, int]]:
    """(machine, number) of the entries after those that were read, each machine's in order."""
    places = sorted(place for key in keys if (place := place_of(key)) is not None)
    return [(machine, number) for machine, number in places if number > read.get(machine, 0)]


def read(bucket: VectorBucket, index: str, places: Sequence[tuple[str, int]]) -> list[Entry]:
    """These entries, in the order of the places; those that are gone meanwhile are left out.

    ValueError, KeyError or TypeError for what a newer program wrote.
    """
    found = bucket.get(index, [key_of(*place) for place in places], vectors=False)
    by_place = {(entry.machine, entry.number): entry for entry in map(entry_of, found)}
    return [by_place[place] for place in places if place in by_place]


def _line(record: Record) -> str:
    return f"{record.content} {record.stamp or GONE} {record.rows} {record.clock:x}"
