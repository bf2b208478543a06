"""Finds the parts that were cut out of films by what is seen alone, wherever they begin; pure.

The codes of a film's pictures say which films have some in common; there a part has to lie in the
longer film from its beginning to its end, at one place, picture by picture in their order. Where
little changes nothing is told: rooms look alike every day. The figures are measured by
`python -m tests.benchmarks.duplicates`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from nova_desktop.duplicates import FRAME, Likeness

# Bits of 64 that the codes of two pictures differ in:
SAME = 12  # at most, where they are one, or were taken a quarter second apart
FAST = 18  # ... where so much moves that pictures half a second apart differ by more
MOVED = 0.75  # of what these differ by
NEAR = 8  # ... where they say at which place a part may begin
NEW = 18  # at least, where they show something else
STILL = 6  # at most, of pictures between which nothing moves
EACH = 3  # of those that are looked up: one of them may have changed less when it was saved again

# What codes are looked up by: a third of the bits in a row, and every third one.
PARTS = (0x00000000003FFFFF, 0x000007FFFFE00000, 0xFFFFFC0000000000, 0x9249249249249249)
COMMON = 24  # codes with one part in a row that are compared: a black border is not telling
SHARED = 3  # pictures of a film that another one has, until it is looked at closely
MOST_VOTES = 4_000_000

COMPARED = 0.5  # of the pictures of a part, at least, are known in the whole at that time
OTHER = 64  # bits: nothing is known there
DIFFERENT = 3  # pictures that show something else each, and are in both
INSIDE = 0.95  # of the part lies in the longer film
SEEN = 0.85  # of the pictures there are the same
LEEWAY_S = 0.55  # between two that are compared, where films were decoded whole
MOST_LEEWAY_S = 2.5  # ... where of both only key pictures are known
MOST_OFFSETS = 24  # tried, those that most pictures agree on

Frames = NDArray[np.void]  # of duplicates.FRAME
Codes = NDArray[np.uint64]
Times = NDArray[np.float64]


def pairs_in_common(
    films: Sequence[Likeness], tell: Callable[[float], None]
) -> set[tuple[int, int]]:
    """Films, by their numbers, that have several pictures in common."""
    codes = [_changing(_frames(film)[1]) for film in films]
    code = np.concatenate([*codes, np.zeros(0, np.uint64)])
    lengths = np.array([len(mine) for mine in codes], np.int64)
    owner = np.repeat(np.arange(len(codes)), lengths)
    votes: list[NDArray[np.int64]] = []
    for number, part in enumerate(PARTS):
        tell(number / len(PARTS))
        votes += _votes(code & np.uint64(part), owner)
    tell(1.0)
    if not votes:
        return set()
    each_once = np.unique(np.concatenate(votes), axis=0)
    two, counts = np.unique(each_once[:, :2], axis=0, return_counts=True)
    return {(one, other) for one, other in two[counts >= SHARED].tolist()}


def where_seen(whole: Likeness, part: Likeness, whole_s: float, part_s: float) -> float | None:
    """When in the whole the other one begins, all of which is in it; None where it is not.

    `whole_s` and `part_s` are their lengths; everything in seconds.
    """
    both = _Both(whole, part, part_s)
    for offset_s in both.offsets():
        if min(whole_s, offset_s + part_s) - max(0.0, offset_s) < INSIDE * part_s:
            continue
        share, same = both.at(offset_s)
        if share >= SEEN and _telling(same, both.away_from(offset_s)):
            return offset_s
    return None


def share_seen(whole: Likeness, part: Likeness, part_s: float, at_s: float) -> float:
    """Of the pictures of a part, that of those which the whole has there, 0 to 1."""
    return _Both(whole, part, part_s).at(at_s)[0]


class _Both:
    """A film and what may be a part of it, picture by picture."""

    def __init__(self, whole: Likeness, part: Likeness, part_s: float) -> None:
        self._mine_s, self._mine = _frames(whole)
        self._its_s, self._its = _frames(part)
        self._part_s = part_s
        self._apart = np.bitwise_count(self._mine[:, None] ^ self._its[None])
        step_s = min(_step_s(self._mine_s), _step_s(self._its_s))
        self._limits_mine = _limits(self._mine_s, self._mine)
        self._limits_its = _limits(self._its_s, self._its)
        self._leeway_s = min(MOST_LEEWAY_S, max(LEEWAY_S, step_s / 2 + 0.3))

    def offsets(self) -> list[float]:
        """How many seconds later than the whole the part may begin, most agreed on first."""
        one, other = np.nonzero(self._apart <= NEAR)
        exactly_s = self._mine_s[one] - self._its_s[other]
        offsets, counts = np.unique(np.round(exactly_s * 4) / 4, return_counts=True)
        order = np.lexsort((np.abs(offsets), -counts))[:MOST_OFFSETS]
        return [float(offsets[n]) for n in order]

    def at(self, offset_s: float) -> tuple[float, Codes]:
        """(the share of pictures that are the same, those) where the part begins there."""
        since, until = offset_s, offset_s + self._part_s
        there = np.nonzero((self._mine_s >= since) & (self._mine_s <= until))[0]
        later_s = self._mine_s[there, None] - self._its_s[None]
        near = np.abs(later_s - offset_s) <= self._leeway_s
        likest = np.where(near, self._apart[there], OTHER)
        # What is known of one film seldom is looked for in the other, of which more is known.
        seldom = len(there) <= len(self._its)
        seen = self._mine[there] if seldom else self._its
        axis = 1 if seldom else 0
        compared = near.any(axis=axis)
        most = self._limits_its[None] if seldom else self._limits_mine[there, None]
        same = (likest <= most).any(axis=axis)
        if not compared.any() or compared.mean() < COMPARED:
            return 0.0, seen[:0]
        return float(same.sum() / compared.sum()), seen[same]

    def away_from(self, offset_s: float) -> Codes:
        """The pictures of the whole that are not around the part."""
        since, until = offset_s - self._part_s, offset_s + 2 * self._part_s
        return self._mine[(self._mine_s < since) | (self._mine_s > until)]


def _telling(seen: Codes, elsewhere: Codes) -> bool:
    """Whether several pictures show something else each, and nothing that is elsewhere, too.

    In a talk three cameras take turns for an hour: any part of it looks like many others.
    """
    kept: list[int] = []
    for code in seen.tolist():
        if all((code ^ other).bit_count() >= NEW for other in kept):
            kept.append(code)
    new = np.array(kept, np.uint64)
    again = (np.bitwise_count(new[:, None] ^ elsewhere[None]) <= NEAR).any(axis=1)
    return int(np.count_nonzero(~again)) >= DIFFERENT


def _frames(film: Likeness) -> tuple[Times, Codes]:
    """(when, code) of the pictures that show something."""
    found = np.frombuffer(film.frames, FRAME)
    found = found[found["code"] != 0]
    return found["ms"] / 1000.0, found["code"].astype(np.uint64)


def _changing(codes: Codes) -> Codes:
    """Of pictures in a row that are much alike the first few."""
    kept: list[int] = []
    first, alike = 0, 0
    for code in codes.tolist():
        alike = alike + 1 if alike and (code ^ first).bit_count() <= STILL else 1
        if alike == 1:
            first = code
        if alike <= EACH:
            kept.append(code)
    return np.array(kept, np.uint64)


def _votes(parts: Codes, owner: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """(film, another film, picture of the first) for each two pictures that share a part."""
    order = np.lexsort((owner, parts))
    part, who = parts[order], owner[order]
    found: list[NDArray[np.int64]] = []
    for apart in range(1, min(COMMON, len(order))):
        pairs = np.nonzero((part[apart:] == part[:-apart]) & (who[apart:] != who[:-apart]))[0]
        found.append(np.stack([who[pairs], who[pairs + apart], order[pairs]], axis=1))
        if sum(map(len, found)) > MOST_VOTES:
            break
    return found


def _limits(times_s: Times, codes: Codes) -> NDArray[np.float64]:
    """By how many bits what is the same as each may differ."""
    if len(codes) < 2 or _step_s(times_s) > LEEWAY_S:
        return np.full(len(codes), float(SAME))  # how fast it moves is not known
    moved = np.bitwise_count(codes[1:] ^ codes[:-1])
    fastest = np.maximum(np.append(moved, 0), np.insert(moved, 0, 0))
    return np.asarray(np.clip(fastest * MOVED, SAME, FAST), np.float64)


def _step_s(times_s: Times) -> float:
    return float(np.median(np.diff(times_s))) if len(times_s) > 1 else MOST_LEEWAY_S
