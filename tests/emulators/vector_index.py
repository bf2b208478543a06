"""One vector index: its vectors, and what may be put into it."""

from __future__ import annotations

import bisect
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import xxhash
from numpy.typing import NDArray

from tests.emulators.errors import Refused, invalid
from tests.emulators.vector_conditions import FILTERABLE_BYTES, METADATA_BYTES, METADATA_KEYS
from tests.emulators.vector_filter import Test

Vector = NDArray[np.float32]
_PLACES = 1 << 64  # that a key's hash can have: segments are parts of it
_FIRST = 64  # vectors that there is room for


@dataclass(frozen=True)
class Entry:
    """A vector that was checked."""

    key: str
    vector: Vector
    metadata: dict[str, Any] | None


@dataclass
class Index:
    """Used under the emulator's lock, except for `checked`."""

    bucket: str
    name: str
    arn: str
    dimension: int
    metric: str
    hidden: tuple[str, ...]  # keys of metadata that nothing is filtered by
    encryption: dict[str, str]
    created_s: float = field(default_factory=time.time)
    metadata: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    _row: dict[str, int] = field(default_factory=dict)  # of the matrix
    _free: list[int] = field(default_factory=list)
    _sorted: list[tuple[int, str]] | None = None  # (place, key) of each key, until one changes

    def __post_init__(self) -> None:
        self._matrix: Vector = np.zeros((_FIRST, self.dimension), np.float32)
        self._free = list(range(_FIRST))[::-1]

    def __len__(self) -> int:
        return len(self._row)

    def checked(self, given: Sequence[Mapping[str, Any]]) -> list[Entry]:
        """The vectors of a PutVectors, as float32. Raises Refused."""
        entries = []
        for one in given:
            key = one["key"]
            vector = self.vector_of(one["data"], f"Invalid record for key '{key}'")
            if wrong := wrong_metadata(one.get("metadata"), self.hidden):
                raise invalid(f"Invalid record for key '{key}': {wrong}")
            entries.append(Entry(key, vector, one.get("metadata")))
        if len({entry.key for entry in entries}) < len(entries):
            raise invalid("The keys of vectors in one request must be different")
        return entries

    def vector_of(self, data: Mapping[str, Any], whose: str) -> Vector:
        numbers = data["float32"]
        if len(numbers) != self.dimension:
            raise invalid(
                f"{whose}: vector must have length {self.dimension}, but has length {len(numbers)}"
            )
        with np.errstate(over="ignore"):
            vector = np.array(numbers, np.float64).astype(np.float32)
        if not np.isfinite(vector).all():
            raise invalid(f"{whose}: vector must have only valid float32 values")
        if self.metric == "cosine" and not vector.any():
            raise invalid(f"{whose}: a zero vector can't be used with the cosine distance")
        return vector

    def put(self, entries: Sequence[Entry], most: int) -> None:
        new = sum(entry.key not in self._row for entry in entries)
        if len(self) + new > most:
            raise Refused("ServiceQuotaExceededException", f"An index has at most {most} vectors")
        if new:
            self._sorted = None
        while len(self._free) < new:
            room = len(self._matrix)
            self._free += range(2 * room - 1, room - 1, -1)
            self._matrix = np.concatenate([self._matrix, np.zeros_like(self._matrix)])
        for entry in entries:
            row = self._row.get(entry.key)
            if row is None:
                row = self._row[entry.key] = self._free.pop()
            self._matrix[row] = entry.vector
            self.metadata[entry.key] = entry.metadata

    def delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            row = self._row.pop(key, None)
            if row is not None:
                self._sorted = None
                self._free.append(row)
                del self.metadata[key]

    def get(self, key: str, data: bool, metadata: bool) -> dict[str, Any] | None:
        """As GetVectors and ListVectors show it; None where it is not."""
        row = self._row.get(key)
        if row is None:
            return None
        shown: dict[str, Any] = {"key": key}
        if data:
            shown["data"] = {"float32": self._matrix[row].copy()}
        if metadata and self.metadata[key] is not None:
            shown["metadata"] = self.metadata[key]
        return shown

    def following(self, after: int, segment: int, segments: int) -> Iterator[tuple[int, str]]:
        """(place, key) of what is listed after a place: in no order that means anything."""
        if self._sorted is None:
            self._sorted = sorted((place_of(key), key) for key in self._row)
        first, last = segment * _PLACES // segments, (segment + 1) * _PLACES // segments
        at = bisect.bisect_left(self._sorted, (max(first, after + 1), ""))
        for place, key in self._sorted[at:]:
            if place >= last:
                return
            yield place, key

    def nearest(
        self, vector: Vector, count: int, test: Test | None, missed: float
    ) -> list[tuple[str, float]]:
        """(key, distance), the smallest first."""
        keys = [
            key
            for key in self._row
            if (test is None or test(self.metadata[key] or {}))
            and (not missed or place_of(key) >= missed * _PLACES)
        ]
        if not keys:
            return []
        found = self._matrix[[self._row[key] for key in keys]]
        if self.metric == "cosine":
            lengths = np.linalg.norm(found, axis=1) * np.linalg.norm(vector)
            distances = 1 - (found @ vector) / lengths
        else:
            distances = np.square(found - vector).sum(axis=1)
        order = np.argsort(distances, kind="stable")[:count]
        return [(keys[at], float(np.float32(distances[at]))) for at in order]


def place_of(key: str) -> int:
    return xxhash.xxh3_64_intdigest(key.encode())


def size_of(metadata: Mapping[str, Any]) -> int:
    """In bytes, as it is written. How the service counts them is not documented."""
    return len(json.dumps(metadata, separators=(",", ":"), ensure_ascii=False).encode())


def wrong_metadata(metadata: Any, hidden: Sequence[str]) -> str:
    """What is wrong with it; "" when nothing is."""
    if metadata is None:
        return ""
    if not isinstance(metadata, dict):
        return "Metadata must be an object"
    if len(metadata) > METADATA_KEYS:
        return f"Metadata object must have at most {METADATA_KEYS} keys"
    for key, value in metadata.items():
        if not 1 <= len(key) <= 63 or key.startswith("$"):
            return f"Metadata key '{key}' is not valid"
        many = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str | int | float | bool) for one in many):
            return f"Metadata value of '{key}' must be a string, number, boolean, or a list of them"
    try:
        if size_of(metadata) > METADATA_BYTES:
            return f"Metadata must have at most {METADATA_BYTES} bytes"
    except UnicodeEncodeError:
        return "Metadata must be Unicode"
    shown = {key: value for key, value in metadata.items() if key not in hidden}
    if shown and size_of(shown) > FILTERABLE_BYTES:
        return f"Filterable metadata must have at most {FILTERABLE_BYTES} bytes"
    return ""
