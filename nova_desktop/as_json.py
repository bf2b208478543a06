"""What programs are told: the nouns of this program as JSON holds them.

`--json` prints it on the command line, and assistants get it over the Model Context Protocol. What
each command answers is in resources/json.schema.json, which the tests hold it to.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime
import enum
import math
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nova_desktop.model import Span
    from nova_desktop.query import Answer, Hit


def as_json(value: object) -> object:
    """`value` out of objects, lists, texts, numbers, true, false and null alone.

    A data class is an object of its fields, an enumeration its word. Seconds stay numbers: those
    since 1970 UTC, and those that something takes. What JSON has no number for is null.
    """
    match value:
        case None | bool() | int():
            return value
        case enum.Enum():
            return str(value)
        case float():
            return value if math.isfinite(value) else None
        case str():
            return value.encode("utf-8", "replace").decode("utf-8")
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case Path():
            return text_of(value)
        case Mapping():
            return {str(key): as_json(one) for key, one in value.items()}
        case set() | frozenset():
            return sorted(map(str, value))
        case Iterable():
            return [as_json(one) for one in value]
    return fields_of(value)


def fields_of(value: object, **more: object) -> dict[str, object]:
    """The object of a data class, with more that is told of it."""
    if not dataclasses.is_dataclass(value):
        raise TypeError(f"JSON does not hold {type(value).__name__}")
    told: dict[str, object] = {}
    for field in dataclasses.fields(value):
        told |= _field(field.name, getattr(value, field.name))
    return told | {name: as_json(one) for name, one in more.items()}


def _field(name: str, value: object) -> dict[str, object]:
    return path_as_json(value, name) if isinstance(value, Path) else {name: as_json(value)}


def text_of(path: Path) -> str:
    """A path as text; what is not UTF-8 in it is replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def path_as_json(path: Path, name: str = "path") -> dict[str, object]:
    """The path as text; its exact bytes too where they are not UTF-8, which JSON cannot hold."""
    exact = os.fsencode(path)
    try:
        return {name: exact.decode("utf-8")}
    except UnicodeDecodeError:
        return {
            name: exact.decode("utf-8", "replace"),
            f"{name}_base64": base64.b64encode(exact).decode("ascii"),
        }


def hits_as_json(answer: Answer, offset: int = 0) -> list[dict[str, object]]:
    """Objects with path, kind, span, score, why, taken and more, in order.

    `number` counts from 1 over all pages, of which there are `total` hits.
    """
    return [
        {**hit_as_json(hit), "number": number, "total": max(answer.total, number)}
        for number, hit in enumerate(answer.hits, offset + 1)
    ]


def hit_as_json(hit: Hit) -> dict[str, object]:
    return {
        **path_as_json(hit.path),
        "kind": str(hit.modality),
        "span": span_as_json(hit.span),
        "score": as_json(hit.score),
        "why": [{"source": str(why.source), "text": as_json(why.text)} for why in hit.why],
        "taken": instant(hit.taken_s),
        "duration": as_json(hit.duration_s),
        "moments": [span_as_json(span) for span in hit.moments],
        "copies": [text_of(copy) for copy in hit.copies],
        "offline": hit.offline,
        "found_by": as_json(hit.found_by),
        "match": as_json(hit.match),
        "alike": [text_of(one.path) for one in hit.alike],
        "elsewhere": hit.elsewhere,
    }


def span_as_json(span: Span | None) -> dict[str, object] | None:
    if span is None:
        return None
    return {"unit": str(span.unit), "start": span.start, "stop": span.stop}


def instant(taken_s: float) -> str | None:
    """ISO 8601 in UTC; None for a time that no calendar holds."""
    try:
        return datetime.datetime.fromtimestamp(taken_s, datetime.UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None
