"""Whether two contents are near-duplicates: one measure, for answers and for reviews. Pure.

A picture is compared by its perceptual hash (`model.Info.look`), which sees the picture itself; all
else by its vectors. Vectors of names, of what a camera noted and of recognised things say what a
content is about, not which one it is (every cat is “cat”), so they never count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Modality, Row, Source, Unit, Vectors

# Of the 128 bits of a perceptual hash. Measured on the 24 photos and drawings of the sample and the
# reference library: encoded anew (JPEG at quality 10), halved, brightened by a fifth or without a
# fiftieth at each edge, at most 14 differ in 9 of 10; of different pictures at least 35 do.
DIFFERENT_BITS = 20
DIFFERENT_COLOUR = 40  # of 255, in each channel of the mean colour; the above differ by up to 38
# Cosine similarity of two parts that tell the same. Encoded anew, pictures and sounds stay above
# .96 in the joint spaces that were looked at; words that were changed in places stay above it too.
SAME_PART = 0.96
SAME_PARTS = 0.8  # of the parts of either have their like in the other
LENGTH = 0.1  # by so much the durations may differ, as a share of the longer one
ABOUT = frozenset((Source.NAME, Source.METADATA, Source.TAGS))  # what it is about, not which it is


@dataclass(frozen=True, slots=True)
class Look:
    """What one content is compared by."""

    modality: Modality
    look: str = ""  # `Info.look`
    rows: Sequence[Row] = ()  # of one space, the same for both contents
    duration_s: float | None = None


def alike(one: Look, other: Look) -> bool:
    """Whether a person would keep only one of the two. Symmetric; False when nothing is known.

    A sound and a film are alike when the sound is the film's. Nothing else is alike across kinds.
    """
    kinds = {one.modality, other.modality}
    if len(kinds) > 1 and kinds != {Modality.AUDIO, Modality.VIDEO}:
        return False
    if not _as_long(one.duration_s, other.duration_s):
        return False
    if one.look and other.look:
        # Pages and screenshots look alike and say different things.
        return looks_alike(one.look, other.look) and _say_the_same(one.rows, other.rows)
    return parts_alike(one.rows, other.rows)


def looks_alike(one: str, other: str) -> bool:
    """By two perceptual hashes, neither of them empty."""
    bits = (int(one[:32], 16) ^ int(other[:32], 16)).bit_count()
    colours = zip(bytes.fromhex(one[32:38]), bytes.fromhex(other[32:38]), strict=True)
    return bits <= DIFFERENT_BITS and all(abs(a - b) <= DIFFERENT_COLOUR for a, b in colours)


def parts_alike(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """By the vectors of what is seen, heard and said; each kind of words only with its own."""
    sources = {row.source for row in one} & {row.source for row in other} - ABOUT
    if not sources:
        return False
    left = [row for row in one if row.source in sources]
    right = [row for row in other if row.source in sources]
    same = _vectors(left) @ _vectors(right).T >= SAME_PART
    same &= np.array([[a.source is b.source and _near(a, b) for b in right] for a in left])
    return bool(min(same.any(axis=1).mean(), same.any(axis=0).mean()) >= SAME_PARTS)


def _say_the_same(one: Sequence[Row], other: Sequence[Row]) -> bool:
    said = [[row for row in rows if row.source is Source.OCR] for rows in (one, other)]
    return parts_alike(*said) if any(said) else True


def _near(one: Row, other: Row) -> bool:
    """Whether two parts of films or sounds are at the same time, by half of the longer one."""
    if one.span is None or other.span is None or one.span.unit is not Unit.SECONDS:
        return True
    apart = abs((one.span.start + one.span.stop) - (other.span.start + other.span.stop)) / 2
    longer = max(one.span.stop - one.span.start, other.span.stop - other.span.start)
    return apart <= max(1.0, longer / 2)


def _vectors(rows: Sequence[Row]) -> Vectors:
    vectors: NDArray[np.float32] = np.stack([row.vector for row in rows])
    return vectors


def _as_long(one_s: float | None, other_s: float | None) -> bool:
    if one_s is None or other_s is None:
        return one_s is other_s
    return abs(one_s - other_s) <= max(1.0, LENGTH * max(one_s, other_s))
