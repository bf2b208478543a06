"""How alike two pictures look, and two recordings sound, when they are looked at closely; pure.

A look is a picture's brightness in cells (`duplicates.Likeness`). Two looks are compared by the
slopes between neighbouring cells, which neither brightness nor contrast nor compression changes
much; where one may be cropped, each of some windows in it is tried as the whole of the other.
A sound's codes are compared bit by bit where they overlap.

The figures are measured by `python -m tests.benchmarks.duplicates`.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from nova_desktop.duplicates import LOOK, LOOK_BYTES

ALIKE = 0.88  # of two looks: above it they are of one picture
CLOSE = 0.60  # ... they are of one scene, where time and camera say so, too
COARSE = 0.90  # of two traits: below it two looks are hardly ever alike
SAME_BITS = 0.70  # of codes: above it two sounds are one recording; by chance it is 0.5
SAME_PAGE = 0.85  # of two looks by their fine slopes: below it they are of two pages
SAME_DETAILS = 0.74  # of two looks by their even slopes: below it a frame is all they share
SAME_CROPPED = 0.74  # ... where one is cropped, as cells of both do not lie on one another
PAPER = 0.12  # of the cells of a page show nothing but paper: its margins
EVEN = 4  # of 255 that paper differs by
STRONG = 3.0  # times the usual slope: what is stronger counts no more
FAINT = 3.0  # of 255 between two cells: where that is usual, it may be by compression
FLAT = 3.0  # of 255: a picture whose cells differ by less shows nothing to compare

BLOCK = 4_096  # looks
OUT = 16  # cells along an edge that slopes are taken between
LOW = 8  # frequencies along an edge that traits are made of
FINE = (0.97, 0.94, 0.91, 0.88, 0.85)  # edges of windows, as shares of the whole
RARE = (0.94, 0.88)  # ... that are looked up

Looks = NDArray[np.uint8]  # shape (n, LOOK, LOOK)
Floats = NDArray[np.float32]
Codes = NDArray[np.uint32]  # shape (n,)


def looks_of(data: bytes) -> Looks:
    """The looks of a `Likeness`, also of several that follow one another."""
    count = len(data) // LOOK_BYTES
    return np.frombuffer(data, np.uint8, count * LOOK_BYTES).reshape(count, LOOK, LOOK)


def shows(looks: Looks) -> NDArray[np.bool_]:
    """Which of them show enough to be compared: not a black frame, not a white page."""
    cells = looks.reshape(-1, LOOK_BYTES)
    # Some at a time: numpy takes eight bytes a cell for it, a gigabyte of 200,000 looks.
    some = [cells[at : at + BLOCK].std(axis=1) >= FLAT for at in range(0, len(cells), BLOCK)]
    return np.concatenate([np.empty(0, np.bool_), *some])


def written(looks: Looks) -> NDArray[np.bool_]:
    """Which of them may be pages, of which those with text differ in little that a look has."""
    cells = looks.reshape(-1, LOOK_BYTES).astype(np.int16)
    brightest = cells.max(axis=1, keepdims=True)
    return np.asarray((cells >= brightest - EVEN).mean(axis=1) >= PAPER)


def fine_slopes(looks: Looks) -> Floats:
    """As `slopes`, between all cells there are; what is cropped at all is unlike by them."""
    return _slopes(looks.astype(np.float32))


def finely(one: Looks, other: Looks) -> Floats:
    """How alike two pages are by their fine slopes, the other one as it is or turned."""
    as_is = fine_slopes(one)
    ways = [(as_is * fine_slopes(it)).sum(axis=1) for it in (other, *_turned(other))]
    return np.asarray(np.max(ways, axis=0), np.float32)


def slopes(looks: Looks) -> Floats:
    """Unit vectors, shape (n, d): two looks are alike by their product."""
    return _slopes(_seen(looks, ((0.0, 0.0, 1.0),)))[:, 0]


def windowed(looks: Looks) -> Floats:
    """The same for windows in each look, shape (n, windows, d): the first is the whole."""
    return _slopes(_seen(looks, _windows(FINE)))


def likeness(one: Looks, other: Looks) -> Floats:
    """How alike each look of `one` is to that of `other` in its place, 0 to 1, either cropped."""
    as_is = slopes(one)
    forth = np.einsum("nwd,nd->nw", windowed(one), slopes(other)).max(axis=1)
    back = np.einsum("nwd,nd->nw", windowed(other), as_is).max(axis=1)
    found = np.maximum(forth, back)
    for turned in _turned(other):
        found = np.maximum(found, (as_is * slopes(turned)).sum(axis=1))
    return np.asarray(found.clip(0.0, 1.0), np.float32)


def share_details(one: Looks, other: Looks) -> NDArray[np.bool_]:
    """Whether looks that are alike are so in their details, each with that in its place.

    Black bars, a template's header or the edge of a card are so strong that slopes between other
    things hardly count beside them: here weak ones count much as strong ones do. Looks are
    compared where they are most alike, as they are or turned, or one in a window of the other.
    """
    as_is = slopes(one)
    ways = (other, *_turned(other))
    turns = np.stack([(as_is * slopes(it)).sum(axis=1) for it in ways])
    details = _even(one.astype(np.float32))
    evenly = np.stack([(details * _even(it.astype(np.float32))).sum(axis=1) for it in ways])
    whole = _at(evenly, turns.argmax(axis=0))
    forth, in_one = _in_windows(one, other)
    back, in_other = _in_windows(other, one)
    cropped = np.where(forth >= back, in_one, in_other)
    better = np.maximum(forth, back) > turns.max(axis=0)
    return np.asarray((whole >= SAME_DETAILS) | (better & (cropped >= SAME_CROPPED)))


def _in_windows(one: Looks, other: Looks) -> tuple[Floats, Floats]:
    """How alike `other` is to the best window in `one` by slopes, and there by even ones."""
    seen, whole = _seen(one, _windows(FINE))[:, 1:], _seen(other, ((0.0, 0.0, 1.0),))
    found = np.einsum("nwd,nd->nw", _slopes(seen), _slopes(whole)[:, 0])
    best = found.argmax(axis=1)
    there = seen[np.arange(len(best)), best]
    return found.max(axis=1), np.asarray((_even(there) * _even(whole[:, 0])).sum(axis=1))


def _at(values: Floats, rows: NDArray[np.int64]) -> Floats:
    return values[rows, np.arange(len(rows))]


def traits(looks: Looks) -> Floats:
    """Short unit vectors to look alike ones up by, shape (n, LOW² - 1)."""
    return _traits(_seen(looks, ((0.0, 0.0, 1.0),)))[:, 0]


def window_traits(looks: Looks) -> Floats:
    """The same for some windows in each, shape (n, windows, LOW² - 1): the first is the whole.

    The last ones are the whole again, turned.
    """
    turned = [_traits(_seen(it, _windows(()))) for it in _turned(looks)]
    return np.concatenate([_traits(_seen(looks, _windows(RARE))), *turned], axis=1)


def _turned(looks: Looks) -> list[Looks]:
    """By a quarter, a half and three quarters."""
    return [np.rot90(looks, quarters, axes=(1, 2)) for quarters in (1, 2, 3)]


def same_bits(one: Codes, other: Codes) -> float:
    """The share of equal bits of two stretches of one length; silence in either is left out."""
    heard = (one != 0) & (other != 0)
    if not heard.any():
        return 0.0
    return 1.0 - float(np.bitwise_count(one[heard] ^ other[heard]).mean()) / 32.0


def _seen(looks: Looks, windows: tuple[tuple[float, float, float], ...]) -> Floats:
    """What is in each window, in OUT × OUT cells: shape (n, windows, OUT, OUT)."""
    cells = looks.astype(np.float32)
    seen = [_reach(top, edge) @ cells @ _reach(left, edge).T for left, top, edge in windows]
    return np.stack(seen, axis=1)


def _slopes(seen: Floats) -> Floats:
    across = np.diff(seen, axis=-1)[..., :-1, :]
    down = np.diff(seen, axis=-2)[..., :-1]
    return _unit(np.stack([across, down], axis=-3).reshape(*seen.shape[:-2], -1))


def _even(seen: Floats) -> Floats:
    """Slopes of which those that are stronger than most count hardly more than most."""
    across, down = np.diff(seen, axis=-1)[..., :-1, :], np.diff(seen, axis=-2)[..., :-1]
    found = np.stack([across, down], axis=-3).reshape(*seen.shape[:-2], -1)
    usual = np.median(np.abs(found), axis=-1, keepdims=True)
    return _unit(np.tanh(found / (STRONG * usual + FAINT)))


def _traits(seen: Floats) -> Floats:
    waves = _waves()
    found = waves @ seen @ waves.T
    # Nearly all of a picture is in its lowest waves, which most pictures share.
    pitch = np.hypot(np.arange(LOW)[:, None], np.arange(LOW)).astype(np.float32)
    weighted = np.asarray(found * pitch, np.float32)
    return _unit(weighted.reshape(*seen.shape[:-2], -1)[..., 1:])


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-6), np.float32)


@cache
def _windows(edges: tuple[float, ...]) -> tuple[tuple[float, float, float], ...]:
    """(left, top, edge) of the whole, and of nine places for each edge, as shares."""
    found = [(0.0, 0.0, 1.0)]
    for edge in edges:
        places = (0.0, (1 - edge) / 2, 1 - edge)
        found += [(left, top, edge) for top in places for left in places]
    return tuple(found)


@cache
def _reach(start: float, edge: float) -> Floats:
    """Averages the cells of a stretch into OUT: shape (OUT, LOOK)."""
    borders = LOOK * (start + edge * np.arange(OUT + 1) / OUT)
    low, high = borders[:-1, None], borders[1:, None]
    cells = np.arange(LOOK)[None]
    inside = np.clip(np.minimum(high, cells + 1) - np.maximum(low, cells), 0.0, None)
    return np.asarray(inside / (high - low), np.float32)


@cache
def _waves() -> Floats:
    """The LOW lowest of the cosine transform (DCT-II): shape (LOW, OUT)."""
    pitch, cell = np.arange(LOW)[:, None], np.arange(OUT)[None]
    waves = np.cos(np.pi * (2 * cell + 1) * pitch / (2 * OUT)) * np.sqrt(2 / OUT)
    waves[0] /= np.sqrt(2)
    return np.asarray(waves, np.float32)
