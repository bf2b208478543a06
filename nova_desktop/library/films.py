"""Whether two films are one: by what is seen where they overlap, and by what is heard; pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nova_desktop.duplicates import SOUND_S, SOUND_STEP_S, Likeness
from nova_desktop.library.looks import (
    ALIKE,
    CLOSE,
    SAME_BITS,
    Floats,
    Looks,
    looks_of,
    shows,
    slopes,
)
from nova_desktop.library.recordings import HEARD, compared

SEEN = 0.7  # of the looks where two films overlap are alike
GLIMPSED = 0.35  # ... are of one scene, where their sound says that they are one film
OVERLAP = 0.5  # of the longer film is in the other one, for the two to be one
INSIDE = 0.85  # of the shorter one, for it to be a part of the longer
STILL = 0.97  # of looks, where nothing moves and nothing is heard: rooms look alike every day
OTHER_BITS = 0.60  # of codes: below it two sounds are of two recordings
LEEWAY_S = 0.3  # that times of looks may be wrong by, beside their step
MOST_OFFSETS = 24  # tried, those that most looks agree on


def shown_looks(film: Likeness) -> tuple[Looks, NDArray[np.float64]]:
    """The looks of a film that show something, and when: shape (n,), seconds."""
    looks = looks_of(film.looks)
    shown = shows(looks)
    times_s = np.array(film.times_s[: len(looks)], np.float64)
    return looks[shown], times_s[shown]


def part_of_film(whole: Likeness, part: Likeness, heard_s: float) -> bool:
    """Whether what is seen allows that the one has all of the other, which its sound says.

    `heard_s`: where that begins. A long film is looked at seldom, so only its looks count that are
    in the part.
    """
    looks, looks_s = shown_looks(whole)
    others, others_s = shown_looks(part)
    if not (len(looks) and len(others)):
        return False
    inside = (looks_s >= heard_s) & (looks_s <= heard_s + _length_s(part))
    if not inside.any() or heard_s + INSIDE * _length_s(part) > _length_s(whole):
        return False
    leeway_s = _step_s(part) / 2 + LEEWAY_S
    near = np.abs(looks_s[inside, None] - others_s[None] - heard_s) <= leeway_s
    like = slopes(looks[inside]) @ slopes(others).T >= CLOSE
    return float((like & near).any(axis=1).mean()) >= OVERLAP


def one_film(one: Likeness, other: Likeness, heard_s: float | None) -> float:
    """How surely they are one film, 0 to 1; 0.0 where they are not.

    `heard_s`: by their sound the other one begins so much later; None where that says nothing.
    """
    first, first_s = shown_looks(one)
    second, second_s = shown_looks(other)
    if not (len(first) and len(second)):
        return 0.0
    vectors = slopes(first)
    like = vectors @ slopes(second).T
    lengths = _length_s(one), _length_s(other)
    leeway_s = max(_step_s(one), _step_s(other)) / 2 + LEEWAY_S
    seen = _Overlap(like, first_s, second_s, lengths, leeway_s)
    if heard_s is not None:
        glimpsed = seen.share(heard_s, CLOSE)
        return glimpsed if glimpsed >= GLIMPSED else 0.0
    offset_s, share = max(
        ((it, seen.share(it, ALIKE)) for it in _offsets(like, first_s, second_s)),
        key=lambda it: it[1],
        default=(0.0, 0.0),
    )
    if share < SEEN:
        return 0.0
    mine, others = (np.frombuffer(film.sound, "<u4") for film in (one, other))
    steps = round(offset_s / SOUND_STEP_S), round(leeway_s / SOUND_STEP_S)
    match = compared(mine, others, *steps)
    if match is not None and match[1] >= SAME_BITS:
        return share
    if match is not None and match[1] < OTHER_BITS:
        return 0.0
    moves = len(vectors) > 1 and float((vectors @ vectors.T).min()) < ALIKE
    return share if moves or seen.share(offset_s, STILL) >= SEEN else 0.0


def other_sound(whole: Likeness, part: Likeness, at_s: float) -> bool:
    """Whether a part, which begins there by what is seen, has a sound that the whole lacks."""
    mine, its = (np.frombuffer(film.sound, "<u4") for film in (whole, part))
    start = round(at_s / SOUND_STEP_S)
    if np.count_nonzero(its) < HEARD or start + len(its) > SOUND_S / SOUND_STEP_S:
        return False  # nothing is heard, or it is not known what the whole sounds like there
    match = compared(mine, its, start, round(LEEWAY_S / SOUND_STEP_S))
    return match is None or match[1] < OTHER_BITS


class _Overlap:
    """Where two films overlap, if the second one begins some seconds after the first."""

    def __init__(
        self,
        like: Floats,
        first_s: NDArray[np.float64],
        second_s: NDArray[np.float64],
        lengths_s: tuple[float, float],
        leeway_s: float,
    ) -> None:
        self._like, self._first_s, self._second_s = like, first_s, second_s
        self._lengths_s, self._leeway_s = lengths_s, leeway_s

    def share(self, offset_s: float, least: float) -> float:
        """Of the looks of both there, those that are like one of the other film at that time."""
        first, second = self._lengths_s
        overlap = min(first, second + offset_s) - max(0.0, offset_s)
        if overlap < OVERLAP * max(first, second):
            return 0.0
        apart_s = np.abs(self._first_s[:, None] - self._second_s[None] - offset_s)
        met = np.logical_and(self._like >= least, apart_s <= self._leeway_s)
        first_in = (self._first_s >= offset_s) & (self._first_s <= second + offset_s)
        second_in = (self._second_s >= -offset_s) & (self._second_s <= first - offset_s)
        there = int(first_in.sum() + second_in.sum())
        if not there:
            return 0.0
        counted = met[first_in].any(axis=1).sum() + met[:, second_in].any(axis=0).sum()
        return float(counted) / there


def _offsets(
    like: Floats, first_s: NDArray[np.float64], second_s: NDArray[np.float64]
) -> list[float]:
    """What looks that are alike say, most agreed on first."""
    one, other = np.nonzero(like >= ALIKE)
    offsets, counts = np.unique(np.round(first_s[one] - second_s[other], 2), return_counts=True)
    order = np.lexsort((np.abs(offsets), -counts))[:MOST_OFFSETS]
    return [float(offsets[n]) for n in order]


def _step_s(film: Likeness) -> float:
    return 2 * film.times_s[0] if film.times_s else 0.0


def _length_s(film: Likeness) -> float:
    return film.times_s[-1] + film.times_s[0] if film.times_s else 0.0
