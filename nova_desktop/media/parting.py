"""Decides where long film and sound are parted for jobs; pure.

Jobs count their segments from the beginning of a part, so parts begin at multiples of the segment's
length: then segments are the spans of chunks. A copy of film can begin with a key picture only: of
all multiples within reach, one is taken that has a key picture nearest by.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from nova_desktop.long_media import JobLimits
from nova_desktop.media.segments import SHORTEST_S

OFF_S = 2.0  # at most, of a part that is copied from the multiple: segments then mean the same
SHARE = 0.98  # of the bytes allowed: the rest is left to the container


class Place(NamedTuple):
    """Where a copy may begin: near a multiple of the segment's length."""

    time_s: float
    before: int  # bytes of the tracks before it
    off_s: float  # from the multiple


def allowed(duration_s: float, segment_s: float, limits: JobLimits) -> bool:
    """Whether one job takes that long."""
    return duration_s <= limits.seconds and duration_s <= limits.segments * segment_s


def longest_s(segment_s: float, limits: JobLimits) -> float:
    """What a part is planned to last at most: a segment less than allowed, as codecs add a bit."""
    return max(1, min(int(limits.seconds / segment_s), limits.segments) - 1) * segment_s


def even_begins(duration_s: float, segment_s: float, limits: JobLimits) -> tuple[float, ...]:
    """Where parts of about one length begin, at multiples of `segment_s`."""
    parted_s = duration_s - SHORTEST_S  # a shorter tail belongs to the part before it
    count = max(1, math.ceil(parted_s / longest_s(segment_s, limits)))
    each_s = math.ceil(parted_s / count / segment_s) * segment_s
    return (0.0, *(n * each_s for n in range(1, count) if n * each_s < parted_s))


def copied_begins(
    places: Sequence[Place], duration_s: float, size: int, segment_s: float, limits: JobLimits
) -> tuple[float, ...]:
    """Where parts that are copied begin; () where no place is near enough, or a part too large.

    Each begins in the later half of what the part before could last, where the place is nearest to
    its multiple.
    """
    begins, done = [0.0], 0  # bytes
    most, lasting_s = limits.bytes * SHARE, longest_s(segment_s, limits)
    over_s = min(OFF_S, segment_s / 2)
    while duration_s - begins[-1] > lasting_s + SHORTEST_S or size - done > most:
        begin_s = begins[-1]
        stop_s = min(begin_s + lasting_s + over_s, duration_s - SHORTEST_S)
        reach = [p for p in places if begin_s < p.time_s <= stop_s and p.before - done <= most]
        half_s = (begin_s + reach[-1].time_s) / 2 if reach else 0.0
        near = [p for p in reach if p.time_s >= half_s and p.off_s <= OFF_S]
        if not near:
            return ()
        place = min(near, key=lambda p: (round(p.off_s, 1), -p.time_s))
        begins.append(place.time_s)
        done = place.before
    return tuple(begins)
