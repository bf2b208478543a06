"""Finds sounds that are of one recording, at whatever place in each; pure.

Codes that two sounds share vote for how far the one is from the other; what several votes agree on
is compared bit by bit. Nothing is compared with everything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nova_desktop.library.looks import SAME_BITS, Codes, same_bits

# Encoded anew, a few bits of most codes differ: so each is looked up by three parts of it.
PARTS = (0x003FFFFF, 0xFFFFFC00, 0xFF8007FF)
AGREEING = 3  # votes that agree, until it is looked at more closely
COMMON = 24  # codes with one part in a row that vote for one another: humming is not telling
HEARD = 8  # codes that are compared at least: a second and a half
SHARE = 0.5  # of the longer sound that the other one has, for the two to be one
INSIDE = 0.9  # of the shorter sound that the longer one has, for it to be a part of that
BOTH = 0.5  # of what is heard in either of two, while both go on, at least is heard in both
EXCERPT = 40  # codes of such a part at least: 5 s, as shorter ones are often jingles and beeps
SHIFTS = 2  # steps that votes may be wrong by
PASSES = 16  # through the codes, so that few of them are in memory at once
MOST_VOTES = 4_000_000


class Match(NamedTuple):
    """Two sounds, by their numbers, of one recording."""

    one: int
    other: int
    offset: int  # steps that `other` begins later in the recording
    bits: float  # share of equal bits
    steps: int  # that are in both


def recordings(sounds: Sequence[Codes], tell: Callable[[float], None]) -> list[Match]:
    """All pairs of sounds with much of one recording in them. `tell` as in lookup."""
    found = []
    votes = _votes(sounds, lambda share: tell(share * 0.7))
    for number, (one, other, offset) in enumerate(votes):
        if number % 1000 == 0:
            tell(0.7 + 0.3 * number / len(votes))
        match = compared(sounds[one], sounds[other], offset)
        if match is None or match[1] < SAME_BITS:
            continue
        if _heard_in_both(sounds[one], sounds[other], match[0]) >= BOTH:
            found.append(Match(one, other, *match))
    tell(1.0)
    best: dict[tuple[int, int], Match] = {}
    for it in found:
        if it.bits > best.get((it.one, it.other), Match(0, 0, 0, 0.0, 0)).bits:
            best[it.one, it.other] = it
    return list(best.values())


def compared(
    one: Codes, other: Codes, offset: int, shifts: int = SHIFTS
) -> tuple[int, float, int] | None:
    """(offset, share of equal bits, steps compared) near `offset`, where they agree best.

    None: untold, as too little of either is in the other.
    """
    best: tuple[int, float, int] | None = None
    for shift in range(offset - shifts, offset + shifts + 1):
        first, second = one[max(0, shift) :], other[max(0, -shift) :]
        length = min(len(first), len(second))
        if length < SHARE * max(len(one), len(other)) and not is_part(len(one), len(other), length):
            continue
        first, second = first[:length], second[:length]
        if np.count_nonzero((first != 0) & (second != 0)) < HEARD:
            continue
        bits = same_bits(first, second)
        if best is None or bits > best[1]:
            best = shift, bits, length
    return best


def _heard_in_both(one: Codes, other: Codes, offset: int) -> float:
    """Of what is heard in either while both go on, the share that is heard in both, 0 to 1.

    A song in which somebody speaks for a moment is no part of a talk that is silent after that.
    """
    first, second = one[max(0, offset) :], other[max(0, -offset) :]
    length = min(len(first), len(second))
    mine, its = first[:length] != 0, second[:length] != 0
    either = int(np.count_nonzero(mine | its))
    return int(np.count_nonzero(mine & its)) / either if either else 0.0


def is_part(one: int, other: int, both: int) -> bool:
    """Whether so many codes in both say that the shorter of two sounds is a part of the longer."""
    return both >= max(EXCERPT, INSIDE * min(one, other))


def _votes(sounds: Sequence[Codes], tell: Callable[[float], None]) -> list[tuple[int, int, int]]:
    """(one, other, offset) that several codes agree on."""
    if len(sounds) < 2:
        return []
    lengths = np.array([len(codes) for codes in sounds])
    code = np.concatenate(list(sounds))
    owner = np.repeat(np.arange(len(sounds), dtype=np.int32), lengths)
    place = np.arange(len(code), dtype=np.int32)
    place -= np.repeat(np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths).astype(np.int32)
    heard = code != 0
    code, owner, place = code[heard], owner[heard], place[heard]
    tallied: list[NDArray[np.int64]] = []
    for number, part in enumerate(PARTS):
        part_of = code & np.uint32(part)
        band = (part_of * np.uint32(2654435761)) >> np.uint32(28)  # of PASSES, evenly filled
        for turn in range(PASSES):
            tell((number * PASSES + turn) / (len(PARTS) * PASSES))
            tallied += _shared(part_of, owner, place, np.nonzero(band == turn)[0])
    if not tallied:
        return []
    votes, counts = np.unique(np.concatenate(tallied), axis=0, return_counts=True)
    return [tuple(vote) for vote in votes[counts >= AGREEING].tolist()]


def _shared(
    parts: Codes, owner: NDArray[np.int32], place: NDArray[np.int32], some: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    """A vote for each two of `some` codes that share a part, and are of two sounds."""
    order = some[np.lexsort((owner[some], parts[some]))]
    part, who, where = parts[order], owner[order], place[order]
    found = []
    for apart in range(1, COMMON):
        pairs = np.nonzero((part[apart:] == part[:-apart]) & (who[apart:] != who[:-apart]))[0]
        if not len(pairs):
            continue
        one, other = who[pairs], who[pairs + apart]
        offset = where[pairs] - where[pairs + apart]
        found.append(np.stack([one, other, offset], axis=1).astype(np.int64))
        if sum(map(len, found)) > MOST_VOTES:
            break
    return found
