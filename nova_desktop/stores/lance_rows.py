"""Rows as LanceDB keeps them: columns, both ways, and the filters on them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Modality, Near, Row, RowFilter, Source, Span, Unit, Vectors
from nova_desktop.stores.terms import terms

SCHEMA = b"1"  # raised with every change of the columns
SCHEMA_KEY = b"nova_desktop_schema"
NEAR_COLUMNS = [
    *("content", "number", "modality", "span_unit", "span_start", "span_stop"),
    *("source", "words", "taken_s"),
]


def schema(dim: int) -> Any:
    """A pyarrow.Schema."""
    import pyarrow as pa

    text, real = pa.string(), pa.float64()
    fields = [
        pa.field("id", text, nullable=False),  # content:number
        pa.field("content", text, nullable=False),
        pa.field("number", pa.int32(), nullable=False),
        pa.field("modality", text, nullable=False),
        pa.field("span_unit", text),
        pa.field("span_start", real),
        pa.field("span_stop", real),
        pa.field("source", text, nullable=False),
        pa.field("words", text, nullable=False),
        pa.field("terms", text, nullable=False),  # what the words are found by
        pa.field("taken_s", real, nullable=False),
        pa.field("vector", pa.list_(pa.float16(), dim), nullable=False),  # half: no recall lost
    ]
    return pa.schema(fields, metadata={SCHEMA_KEY: SCHEMA})


def to_arrow(rows: Sequence[Row], dim: int) -> Any:
    """A pyarrow.Table of the rows."""
    import pyarrow as pa

    spans = [row.span for row in rows]
    vectors = np.stack([row.vector for row in rows]).astype(np.float16)
    if vectors.shape[1] != dim:
        raise ValueError(f"vectors of {vectors.shape[1]} dimensions in a space of {dim}")
    columns = {
        "id": [row_id(row.content, row.number) for row in rows],
        "content": [row.content for row in rows],
        "number": [row.number for row in rows],
        "modality": [row.modality.value for row in rows],
        "span_unit": [span.unit.value if span else None for span in spans],
        "span_start": [span.start if span else None for span in spans],
        "span_stop": [span.stop if span else None for span in spans],
        "source": [row.source.value for row in rows],
        # Arrow text is UTF-8, and words may come from a name that is not.
        "words": [row.words.encode("utf-8", "replace").decode() for row in rows],
        "terms": [" ".join(terms(row.words)) for row in rows],
        "taken_s": [row.taken_s for row in rows],
        "vector": pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), dim),
    }
    return pa.table(columns, schema=schema(dim))


def to_nears(found: Any, scores: Sequence[float] | None = None) -> list[Near]:
    """The rows of a pyarrow.Table that has NEAR_COLUMNS, in its order."""
    columns = [found[name].to_pylist() for name in NEAR_COLUMNS]
    nears = []
    for at, (content, number, modality, unit, start, stop, source, words, taken_s) in enumerate(
        zip(*columns, strict=True)
    ):
        span = Span(Unit(unit), start, stop) if unit else None
        score = scores[at] if scores is not None else 0.0
        nears.append(
            Near(content, number, Modality(modality), span, Source(source), words, taken_s, score)
        )
    return nears


def to_vectors(found: Any, dim: int) -> Vectors:
    """The vectors of a pyarrow.Table, as unit-length float32."""
    return to_halves(found, dim).astype(np.float32)


def to_halves(found: Any, dim: int) -> NDArray[np.float16]:
    """The vectors of a pyarrow.Table as they are kept, shape (rows, dim)."""
    column = found["vector"].combine_chunks()
    # Its own `flatten` imports pyarrow.compute, 40 ms of the first answer.
    numbers = column.values.to_numpy(zero_copy_only=False)
    begin = column.offset * dim
    halves: NDArray[np.float16] = numbers[begin : begin + len(column) * dim].reshape(-1, dim)
    return halves


def row_id(content: str, number: int) -> str:
    return f"{content}:{number}"


def listed(texts: Iterable[str]) -> str:
    """Texts as a list in SQL; a quote in a text is doubled, and nothing else is special there."""
    return ", ".join("'" + text.replace("'", "''") + "'" for text in texts)


def condition(where: RowFilter) -> str:
    """The filter in SQL; "" when every row passes."""
    parts = []
    if where.modalities:
        parts.append(f"modality IN ({listed(sorted(where.modalities))})")
    if where.sources:
        parts.append(f"source IN ({listed(sorted(where.sources))})")
    for bound, compare in ((where.since_s, ">="), (where.until_s, "<")):
        if bound is not None:
            # SQL has no way to write an endless number, or none at all.
            open_side = math.isinf(bound) and (bound < 0) == (compare == ">=")
            if math.isfinite(bound):
                parts.append(f"taken_s {compare} {float(bound)!r}")
            elif not open_side:
                parts.append("false")
    if where.contents is not None:
        parts.append(f"content IN ({listed(sorted(where.contents))})")
    return " AND ".join(parts)
