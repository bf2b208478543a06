"""Rows of a library ↔ vectors in a bucket: keys, metadata, cards and stamps. Pure."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import xxhash

from nova_desktop.model import Info, Modality, Row, Source
from nova_desktop.ports import Kept
from nova_desktop.vector_rows import HIDDEN as ROW_HIDDEN
from nova_desktop.vector_rows import cut, noted, written
from nova_desktop.vector_rows import index_of as index_of
from nova_desktop.vector_rows import near_of as near_of
from nova_desktop.vector_rows import row_of as row_of

HIDDEN = (*ROW_HIDDEN, "card")  # metadata that nothing is filtered by
CARD_BYTES = 20_000
# What tells one photo from the next of the same camera stays on this device.
INFO = tuple(field.name for field in fields(Info) if field.name not in ("body", "burst"))


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a content besides its rows; lies beside the first of them."""

    modality: Modality
    info: Info
    name: str = ""  # of its file on the machine that pushed it; "" where that stays private
    thumbnail: bytes = b""  # JPEG


@dataclass(frozen=True, slots=True)
class Version:
    """One push of a content: its keys are used by no other, so that what is stale can be deleted
    whatever happens meanwhile.
    """

    content: str
    rows: int
    clock: int
    machine: str

    @property
    def keys(self) -> list[str]:
        """Of its rows, in order."""
        return [self.key(number) for number in range(self.rows)]

    def key(self, number: int) -> str:
        return f"{self.content}.{number}.{self.clock:x}.{self.machine}"


def put_of(key: str) -> tuple[str, int, str] | None:
    """(content, clock, machine) of a row's key; None for what is none."""
    content, _, rest = key.partition(".")
    number, _, rest = rest.partition(".")
    clock, _, machine = rest.partition(".")
    try:
        int(number)
        return (content, int(clock, 16), machine) if machine else None
    except ValueError:
        return None


def stamp_of(rows: Iterable[Row], info: Info) -> str:
    """16 hexadecimal digits that are equal for equal rows; of 1 row at least, in order.

    Without what differs between machines that hold one content: its file's name and time. Vectors
    count as half precision, in which stores may keep them.
    """
    digest = xxhash.xxh3_64()
    for row in rows:
        words = "" if row.source is Source.NAME else cut(row.words)
        digest.update(f"{row.number} {row.modality} {written(row.span)} {row.source} ".encode())
        digest.update(words.encode("utf-8", "replace"))
        digest.update(np.asarray(row.vector, np.float16).tobytes())
    said = told(info)
    if info.taken_from in ("", "file time"):
        said["taken_s"] = None
    digest.update(json.dumps(said, sort_keys=True).encode())
    return digest.hexdigest()


def kept_of(rows: Sequence[Row], version: Version, card: Card, named: bool) -> list[Kept]:
    """All rows of one content as they are pushed; `named`: with the words of file names."""
    kept = []
    for row in rows:
        words = row.words if named or row.source is not Source.NAME else ""
        metadata = noted(row, words)
        if row.number == 0:
            metadata["card"] = _card_text(card)
        kept.append(Kept(version.key(row.number), row.vector, metadata))
    return kept


def card_of(kept: Kept) -> Card | None:
    """The card beside a row; None where there is none. Raises as `row_of`."""
    text = kept.metadata.get("card")
    if not text:
        return None
    said = json.loads(str(text))
    info = {name: value for name, value in said["info"].items() if name in INFO}
    info["keywords"] = tuple(info.get("keywords", ()))
    try:
        thumbnail = base64.b64decode(said.get("thumbnail", ""), validate=True)
    except binascii.Error as e:
        raise ValueError("a thumbnail that is none") from e
    return Card(Modality(said["modality"]), Info(**info), str(said.get("name", "")), thumbnail)


def told(info: Info) -> dict[str, Any]:
    """As `asdict`, which copies all deeply and takes ten times as long."""
    return {name: getattr(info, name) for name in INFO}


def logical_bytes(kept: Iterable[Kept]) -> int:
    """What is billed: four bytes a number, the keys, and the metadata."""
    return sum(_numbers(one) * 4 + len(one.key) + _metadata_bytes(one.metadata) for one in kept)


def _numbers(kept: Kept) -> int:
    return 0 if kept.vector is None else len(kept.vector)


def _metadata_bytes(metadata: Mapping[str, Any]) -> int:
    return sum(len(name) + len(str(value).encode()) for name, value in metadata.items())


def _card_text(card: Card) -> str:
    said = {"modality": card.modality, "info": told(card.info), "name": card.name}
    thumbnail = base64.b64encode(card.thumbnail).decode("ascii")
    whole = json.dumps({**said, "thumbnail": thumbnail} if thumbnail else said)
    if len(whole) > CARD_BYTES:
        whole = json.dumps(said)
    if len(whole) > CARD_BYTES:
        few = replace(card.info, keywords=card.info.keywords[:100], title=card.info.title[:1000])
        keywords = tuple(word[:100] for word in few.keywords)
        whole = json.dumps({**said, "info": told(replace(few, keywords=keywords))})
    return whole
