"""Looks of a short sound, which is over before codes would tell it: what is heard of it when."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nova_desktop.duplicates import LOOK, LOOK_BYTES, SHORT_S

HEARD = 0.01  # of the loudest sample: what is softer before and behind it does not belong to it
FRAME = 1_024  # samples, about a tenth of a second
LOWEST_HZ, HIGHEST_HZ = 150.0, 5_000.0
LOWEST_TONE_HZ, TONES = 80.0, LOOK_BYTES  # an eighth of a half-tone each
WHOLE = 65_536  # samples that all of it is heard in at once
BLUR = 5  # tones
RANGE_DB = 50.0  # below the loudest; softer is as good as silent


def looks(heard: NDArray[np.int16], rate: int) -> tuple[bytes, float]:
    """Two looks, one after the other, and how many seconds it sounds; b"" for what is long.

    The first has the loudness of LOOK bands at LOOK times from its beginning to its end, the other
    one the loudness of all tones: in that two notes of an instrument differ.
    """
    if not 0 < len(heard) <= SHORT_S * rate:
        return b"", 0.0
    sound = heard.astype(np.float32) / 32768
    loud = np.nonzero(np.abs(sound) >= HEARD * np.abs(sound).max())[0]
    if not sound.any():
        return b"", 0.0
    sound = sound[loud[0] : loud[-1] + 1]
    return _cells(_course(sound, rate)) + _cells(_tones(sound, rate)), len(sound) / rate


def _course(sound: NDArray[np.floating], rate: int) -> NDArray[np.floating]:
    padded = np.pad(sound, FRAME // 2 + 1)
    starts = np.linspace(0, len(padded) - FRAME, LOOK).astype(int)
    frames = np.stack([padded[at : at + FRAME] for at in starts]) * np.hanning(FRAME)
    power = np.abs(np.fft.rfft(frames)) ** 2
    edges = np.round(np.geomspace(LOWEST_HZ, HIGHEST_HZ, LOOK + 1) * FRAME / rate).astype(int)
    return np.add.reduceat(power, np.maximum(edges, np.arange(LOOK + 1) + edges[0]), axis=1)[
        :, :LOOK
    ]


def _tones(sound: NDArray[np.floating], rate: int) -> NDArray[np.floating]:
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), WHOLE)) ** 2
    edges = np.geomspace(LOWEST_TONE_HZ, HIGHEST_HZ, TONES + 1) * WHOLE / rate
    until = np.concatenate([[0.0], np.cumsum(power)])
    places = np.round(edges).astype(int)
    each = until[places[1:] + 1] - until[places[:-1]]
    return np.convolve(each, np.ones(BLUR) / BLUR, "same")


def _cells(power: NDArray[np.floating]) -> bytes:
    loudness = 10 * np.log10(power + 1e-12)
    above = np.clip(loudness - loudness.max() + RANGE_DB, 0, RANGE_DB)
    cells: NDArray[np.uint8] = np.round(above * (255 / RANGE_DB)).astype(np.uint8)
    return cells.tobytes()
