"""An answer of Amazon Nova → vectors; what is not as documented stops here.

Source: "Complete embeddings request and response schema", Amazon Nova user guide.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from nova_desktop.aws.outcomes import Faltered, Garbled

log = logging.getLogger(__name__)

# How far from 1 a length may be; real answers are within 3e-7, at every dimension.
NORM_TOLERANCE = 1e-3


def vectors_of(
    body: bytes, dim: int, expected: Collection[str], at_least: int = 1
) -> Mapping[str, NDArray[np.float32]]:
    """Vectors of unit length, shape (dim,), by embeddingType: each of `expected` at most once.

    Raises Garbled for an answer that the documentation does not know, Faltered where the model
    gives no direction. Keys that are not known are passed over.
    """
    try:
        entries = json.loads(body)["embeddings"]
        found = {str(entry["embeddingType"]): entry for entry in entries}
        count = len(entries)
    except (ValueError, KeyError, TypeError) as e:
        raise unknown("it holds no embeddings") from e
    if not found.keys() <= set(expected) or len(found) != count or count < at_least:
        raise unknown(f"it holds {_named(found)} where {_named(expected)} was asked for")
    for kind, entry in found.items():
        if cut := entry.get("truncatedCharLength"):
            log.info("Amazon Nova read the first %s characters of a text (%s).", cut, kind)
    return {kind: vector_of(entry.get("embedding"), dim) for kind, entry in found.items()}


def vector_of(numbers: object, dim: int) -> NDArray[np.float32]:
    """One vector of unit length, shape (dim,). Raises Garbled, and Faltered without a direction."""
    try:
        vector = np.asarray(numbers, np.float64)
    except (TypeError, ValueError) as e:
        raise unknown("an embedding is not a list of numbers") from e
    if vector.shape != (dim,):
        raise unknown(f"an embedding has the shape {vector.shape} where ({dim},) was asked for")
    length = float(np.linalg.norm(vector))
    if not np.isfinite(length) or length == 0:
        raise Faltered("Amazon Nova gives this no place among other things. Replace the file.")
    if abs(length - 1) > NORM_TOLERANCE:
        raise unknown(f"an embedding has the length {length:.4g} where 1 is documented")
    return np.asarray(vector / length, np.float32)


def _named(kinds: Collection[str]) -> str:
    return " and ".join(sorted(kinds)) or "nothing"


def unknown(why: str) -> Garbled:
    """For an answer that no documentation explains."""
    return Garbled(
        f"Amazon Nova's answer is not as documented: {why}. Look for a newer Nova Desktop, and for "
        "a proxy or an AWS_ENDPOINT_URL that answers in its place."
    )
