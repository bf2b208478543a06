"""What Amazon S3 Vectors takes, and what is cut or refused before it is asked.

Source: Amazon S3 user guide, "Limitations and restrictions" of S3 Vectors, as of 2026-11.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np

from nova_desktop.errors import BadInput
from nova_desktop.ports import Kept

DIMENSIONS = 4096
KEY_CHARACTERS = 1024
PUT, DELETE, GET = 500, 500, 100  # vectors of one call
LISTED = 1000  # keys of a page
NEAREST = 100  # vectors that one query finds
PAYLOAD_BYTES = 20 << 20  # of one request
METADATA_BYTES, FILTERABLE_BYTES, METADATA_KEYS = 40 << 10, 2 << 10, 50  # of one vector
HIDDEN_KEYS, HIDDEN_CHARACTERS = 10, 63  # metadata that nothing is filtered by; of each name
REQUESTS_PER_S, VECTORS_PER_S = 1000.0, 2500.0  # put and deleted, of one index

# Patterns of ARNs in botocore's model; the user guide has no dots in the names of buckets.
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")

T = TypeVar("T")


def checked_bucket(name: str) -> str:
    """The name of a vector bucket. BadInput for what can't be one."""
    if not _BUCKET.fullmatch(name):
        raise BadInput(
            f"“{name}” can't be the name of a vector bucket. Choose 3 to 63 lower-case letters, "
            "digits and hyphens, with a letter or a digit at both ends."
        )
    return name


def checked_index(name: str) -> str:
    """BadInput for what can't be the name of an index."""
    if not _NAME.fullmatch(name):
        raise BadInput(
            f"“{name}” can't be the name of an index. Choose 3 to 63 lower-case letters, digits, "
            "dots and hyphens, with a letter or a digit at both ends."
        )
    return name


def check_new(index: str, dim: int, hidden: Sequence[str]) -> None:
    """BadInput for an index that the service would not make."""
    checked_index(index)
    if not 1 <= dim <= DIMENSIONS:
        raise BadInput(f"Amazon S3 Vectors keeps 1 to {DIMENSIONS} dimensions, not {dim}.")
    if len(hidden) > HIDDEN_KEYS or len(set(hidden)) < len(hidden):
        raise BadInput(f"At most {HIDDEN_KEYS} different names of metadata may be unfiltered.")
    if not all(1 <= len(name) <= HIDDEN_CHARACTERS for name in hidden):
        raise BadInput(f"Names of metadata have 1 to {HIDDEN_CHARACTERS} characters.")


def check(kept: Kept, dim: int, hidden: Collection[str]) -> None:
    """BadInput for a vector that the service would not take."""
    check_key(kept.key)
    vector = kept.vector
    if vector is None or vector.shape != (dim,):
        size = 0 if vector is None else vector.size
        raise BadInput(f"A vector of {size} dimensions is not one of {dim}: index the file anew.")
    single = np.asarray(vector, np.float32)
    if not np.isfinite(single).all() or not single.any():
        raise BadInput("A vector is not of numbers, or all zero: index the file anew.")
    check_metadata(kept.metadata, hidden)


def check_key(key: str) -> None:
    if not 1 <= len(key) <= KEY_CHARACTERS:
        raise BadInput(f"A key has 1 to {KEY_CHARACTERS} characters, and not {len(key)}.")


def check_metadata(metadata: Mapping[str, str | float | bool], hidden: Collection[str]) -> None:
    """BadInput for what is too much of it."""
    if len(metadata) > METADATA_KEYS:
        raise BadInput(f"At most {METADATA_KEYS} things can be noted beside a vector.")
    if size_of(metadata) > METADATA_BYTES:
        raise BadInput(
            f"At most {METADATA_BYTES >> 10} KB can be noted beside a vector; shorten its words."
        )
    shown = {name: value for name, value in metadata.items() if name not in hidden}
    if size_of(shown) > FILTERABLE_BYTES:
        raise BadInput(
            f"At most {FILTERABLE_BYTES >> 10} KB can be noted beside a vector to filter by."
        )


def size_of(metadata: Mapping[str, str | float | bool]) -> int:
    """Bytes. How the service counts them is not documented: as it is written, to be safe."""
    return len(written(metadata).encode("utf-8", "replace"))


def written(metadata: Mapping[str, str | float | bool]) -> str:
    return json.dumps(metadata, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def in_parts(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of up to `size`, taken as they are needed."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
