"""Which short sounds are one, by their looks (`media.short_sounds`); pure.

`python -m tests.benchmarks.duplicates` measures it. When it was made, of 92 sounds of 0.3 to 1.8 s,
half of them recorded, each encoded four ways, nine pairs in ten were found, and no pair of others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from nova_desktop.duplicates import LOOK, LOOK_BYTES, Likeness
from nova_desktop.library.lookup import like_pairs

COURSE = 0.93  # of how they go on, above which two are one
TONES = 0.85  # ... and of their tones: two notes of an instrument have 0.34 at most
COARSE = 0.90  # of their course in cells of twice the size, which they are looked up by
LOUDNESS = 13.0  # of 255, 2.5 dB: that they are louder or softer at a time, in the mean
LEEWAY_S, LEEWAY = 0.025, 0.01  # that they may differ in length by, and by which share of it

Floats = NDArray[np.float32]


def like_sounds(
    sounds: Sequence[Likeness], tell: Callable[[float], None]
) -> list[tuple[int, int, float]]:
    """(one, other, how alike) of those that are one, the lower number first. `tell` as in lookup.

    Each has the looks of a short sound, and how long it sounds.
    """
    if len(sounds) < 2:
        return []
    cells = np.stack([np.frombuffer(it.looks, np.uint8) for it in sounds]).astype(np.float32)
    course, tones = cells[:, :LOOK_BYTES], _unit(cells[:, LOOK_BYTES:])
    loudest = course.reshape(-1, LOOK, LOOK).max(axis=2)  # at each time, in whatever band
    half = LOOK // 2
    keys = _unit(course.reshape(-1, half, 2, half, 2).mean(axis=(2, 4)).reshape(-1, half * half))
    course = _unit(course)
    ones, others = like_pairs(keys, lambda start, stop: keys[start:stop, None], COARSE, tell)
    found = []
    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        lengths_s = [sounds[one].times_s[0], sounds[other].times_s[0]]
        if max(lengths_s) - min(lengths_s) > LEEWAY_S + LEEWAY * min(lengths_s):
            continue
        strength = float(course[one] @ course[other])
        apart = float(np.abs(loudest[one] - loudest[other]).mean())
        same_tones = float(tones[one] @ tones[other]) >= TONES
        if strength >= COURSE and same_tones and apart <= LOUDNESS:
            found.append((one, other, strength))
    return found


def _unit(cells: Floats) -> Floats:
    centred = cells - cells.mean(axis=1, keepdims=True)
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(length, 1e-9), np.float32)
