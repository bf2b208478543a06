"""Rows as they lie in an index of vectors elsewhere: its name, and what is noted beside each."""

from __future__ import annotations

import re

import numpy as np
import xxhash

from nova_desktop.model import Modality, Near, Row, Source, Space, Span, Unit
from nova_desktop.ports import Kept

HIDDEN = ("words", "span")  # metadata that nothing is filtered by
WORDS_BYTES = 16_000  # of one row; the service takes 40 KB with all metadata
NAME_LENGTH = 63  # of an index: S3 Vectors


def index_of(prefix: str, space: Space) -> str:
    """The name of a space's index: letters, digits, dots and hyphens, different for each space."""
    digest = xxhash.xxh3_64_hexdigest(space.name.encode())[:8]
    said = re.sub(r"[^a-z0-9]+", "-", f"{space.engine} {space.model} {space.dim}".lower())
    return f"{prefix}.{said[: NAME_LENGTH - len(prefix) - 10].strip('-')}.{digest}"


def noted(row: Row, words: str) -> dict[str, str | float | bool]:
    """What lies beside the vector of `row`: what `nearest` filters by, and what shows it."""
    metadata: dict[str, str | float | bool] = {
        "content": row.content,
        "number": row.number,
        "modality": str(row.modality),
        "source": str(row.source),
        "taken_s": row.taken_s,
        "words": cut(words),
    }
    if row.span:
        metadata["span"] = written(row.span)
    return metadata


def row_of(kept: Kept) -> Row:
    """ValueError, KeyError or TypeError for what no Nova Desktop of this version wrote."""
    near, vector = near_of(kept, 0.0), kept.vector
    if vector is None:
        raise ValueError("a row without its vector")
    return Row(
        near.content, near.number, near.modality, near.span, near.source, near.words, near.taken_s,
        np.asarray(vector, np.float32),
    )  # fmt: skip


def near_of(kept: Kept, score: float) -> Near:
    """As `row_of`."""
    said = kept.metadata
    return Near(
        content=str(said["content"]),
        number=int(said["number"]),
        modality=Modality(str(said["modality"])),
        span=_read(str(said.get("span", ""))),
        source=Source(str(said["source"])),
        words=str(said.get("words", "")),
        taken_s=float(said["taken_s"]),
        score=score,
    )


def cut(words: str) -> str:
    """At most WORDS_BYTES of UTF-8, as text that any service takes."""
    return words.encode("utf-8", "replace")[:WORDS_BYTES].decode("utf-8", "ignore")


def written(span: Span | None) -> str:
    return f"{span.unit} {span.start!r} {span.stop!r}" if span else ""


def _read(text: str) -> Span | None:
    if not text:
        return None
    unit, start, stop = text.split(" ")
    return Span(Unit(unit), float(start), float(stop))
