"""Cuts a running time into segments, and a segment into parts; pure."""

from __future__ import annotations

import math
from itertools import pairwise

from nova_desktop.model import Span, Unit

SHORTEST_S = 1.0  # a shorter tail belongs to the segment before it


def segments(duration_s: float, segment_s: float) -> tuple[Span, ...]:
    """[start, stop) spans that cover the whole duration; at least one."""
    count = max(1, math.ceil(duration_s / segment_s))
    if count > 1 and duration_s - (count - 1) * segment_s < SHORTEST_S:
        count -= 1
    edges = [number * segment_s for number in range(count)] + [duration_s]
    return tuple(Span(Unit.SECONDS, *pair) for pair in pairwise(edges))


def parts(span: Span, longest_s: float) -> tuple[Span, ...]:
    """Equal parts of `span`, none longer than `longest_s`."""
    # A hair of tolerance: 3 × 0.1 s must not become four parts of a 0.3 s segment.
    return tiles(span, max(1, math.ceil((span.stop - span.start) / longest_s - 1e-9)))


def tiles(span: Span, count: int) -> tuple[Span, ...]:
    """`count` equal parts without gaps: each ends where the next one starts."""
    step = (span.stop - span.start) / count
    edges = [span.start + number * step for number in range(count)] + [span.stop]
    return tuple(Span(span.unit, *pair) for pair in pairwise(edges))


def middle(span: Span) -> float:
    return (span.start + span.stop) / 2
