"""Codes of a film's pictures: what finds a part that was cut out of it, also without any sound.

A code has a bit for each of the lowest waves of a look (the cosine transform of its brightness):
whether that one is above the middle of them. Saved again or made smaller, a few bits change;
between two pictures that have nothing in common half of them do. A code of 0 shows nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nova_desktop.duplicates import FRAME, LOOK
from nova_desktop.media.probe import Probe

# Of a film that is decoded whole for its codes, where its key pictures are too few: four minutes in
# full HD, which is 20 to 40 s of work. Of others only key pictures are taken.
WHOLE_PIXELS = 240 * 1920 * 1080  # of a picture, times seconds
FEW_KEYS = 10  # times that key pictures are looked for at first
ENOUGH = 0.8  # of these have one of their own, as in what phones and cameras record
STEP_S = 0.5  # between two codes of a film that is decoded whole
KEY_STEP_S = 1.0  # between two key pictures, at least
MOST_KEYS = 1_200  # of them: in two hours one each six seconds
WAVES = 8  # along an edge
FLAT = 3.0  # of 255: a picture whose cells differ by less shows nothing


def decoded_whole(found: Probe) -> bool:
    """Whether a film may be decoded whole."""
    return found.duration_s * found.width * found.height <= WHOLE_PIXELS


def enough(keys: int, times: int) -> bool:
    """Whether key pictures alone will do, by how many the first times of so many have."""
    return keys >= ENOUGH * min(times, FEW_KEYS)


def times_of_whole(duration_s: float) -> list[float]:
    """When a film that is decoded whole is looked at, in seconds."""
    return [(n + 0.5) * STEP_S for n in range(max(1, int(duration_s / STEP_S)))]


def times_of_keys(duration_s: float) -> list[float]:
    """At or before which times key pictures of another one are taken."""
    step_s = max(KEY_STEP_S, duration_s / MOST_KEYS)
    return [n * step_s for n in range(int(duration_s / step_s) + 1)]


def frames(seen: Sequence[tuple[float, bytes]]) -> bytes:
    """`duplicates.Likeness.frames` of looks, each with when it is shown in seconds."""
    made = np.zeros(len(seen), FRAME)
    made["ms"] = [round(max(0.0, at_s) * 1000) for at_s, _ in seen]
    looks = np.frombuffer(b"".join(look for _, look in seen), np.uint8)
    made["code"] = _codes(looks.reshape(-1, LOOK, LOOK))
    return made.tobytes()


def _codes(looks: NDArray[np.uint8]) -> NDArray[np.uint64]:
    pitch, cell = np.arange(WAVES)[:, None], np.arange(LOOK)[None]
    waves = np.cos(np.pi * (2 * cell + 1) * pitch / (2 * LOOK)).astype(np.float32)
    found = (waves @ looks.astype(np.float32) @ waves.T).reshape(len(looks), -1)
    found[:, 0] = 0.0  # how bright it is tells nothing
    above = found > np.median(found, axis=1, keepdims=True)
    codes = np.packbits(above, axis=1, bitorder="little").view("<u8")[:, 0]
    codes[looks.reshape(len(looks), -1).std(axis=1) < FLAT] = 0
    return codes
