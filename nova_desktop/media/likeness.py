"""Takes of pictures, films and sounds what tells their near-duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nova_desktop.duplicates import LOOK, MOST_LOOKS, SOUND_S, SOUND_STEP_S, Likeness
from nova_desktop.media import short_sounds
from nova_desktop.model import Modality, Span, Unit

if TYPE_CHECKING:
    from PIL import Image

SHARP_EDGE = 512  # pixels along each edge that sharpness is told by
FRAME_PIXELS = 96 * 96
FIRST_STEP_S = 1.0  # between two looks at a film; doubled until MOST_LOOKS cover it
# A code is a sign for each of 32 pairs of neighbouring bands, whether their difference grew: J.
# Haitsma and T. Kalker, "A Highly Robust Audio Fingerprinting System", ISMIR 2002, section 4.2.
RATE = 11_025  # samples a second: twice what the highest band needs
FRAME = 8_192  # samples, 0.74 s: six steps, so that it matters little where one begins
LOWEST_HZ, HIGHEST_HZ, BANDS = 300.0, 3_800.0, 33
SILENT = 10 ** (-75 / 20)  # of full scale, the mean of a frame: codes of silence mean nothing


@dataclass(frozen=True, slots=True)
class MediaLikening:
    """A `Likening` for everything seen or heard. What decodes is imported in the child."""

    def likeness(self, path: Path, modality: Modality) -> Likeness:
        """See ports.Likening."""
        match modality:
            case Modality.IMAGE:
                return _picture(path)
            case Modality.VIDEO:
                looks, times_s, frames = _film(path)
                return Likeness(looks, times_s, _codes(_heard(path)), frames=frames)
            case Modality.AUDIO:
                heard = _heard(path)
                looks, sounds_s = short_sounds.looks(heard, RATE)
                return Likeness(looks, (sounds_s,) if looks else (), _codes(heard))
        return Likeness()


def look_times(duration_s: float) -> tuple[float, ...]:
    """When a film is looked at, so that a trimmed one is looked at in the same rhythm."""
    step_s = FIRST_STEP_S
    while duration_s / step_s > MOST_LOOKS:
        step_s *= 2
    count = max(1, round(duration_s / step_s))
    return tuple(min((number + 0.5) * step_s, duration_s / 2 if count == 1 else duration_s)
                 for number in range(count))  # fmt: skip


def _picture(path: Path) -> Likeness:
    from nova_desktop.media.image import upright
    from nova_desktop.media.opening import decoding
    from nova_desktop.media.pictures import opaque

    picture = upright(path)
    with decoding(path):
        grey = opaque(picture).convert("L")
        return Likeness(_look(grey), sharpness=_sharpness(grey))


def _film(path: Path) -> tuple[bytes, tuple[float, ...], bytes]:
    from nova_desktop.media import frame_codes
    from nova_desktop.media.frames import key_pictures, pictures
    from nova_desktop.media.probe import probe

    found = probe(path)
    if not found.video:
        return b"", (), b""
    times_s = look_times(found.duration_s)
    keys_s = frame_codes.times_of_keys(found.duration_s)
    few = list(key_pictures(path, keys_s[: frame_codes.FEW_KEYS], FRAME_PIXELS))
    if frame_codes.decoded_whole(found) and not frame_codes.enough(len(few), len(keys_s)):
        often_s = frame_codes.times_of_whole(found.duration_s)
        at_all = sorted({*times_s, *often_s})
        seen = zip(at_all, pictures(path, at_all, FRAME_PIXELS), strict=True)
        taken = {at_s: _look(picture.convert("L")) for at_s, picture in seen}
        looks = b"".join(taken[at_s] for at_s in times_s)
        return looks, times_s, frame_codes.frames([(at_s, taken[at_s]) for at_s in often_s])
    looks = b"".join(_look(it.convert("L")) for it in pictures(path, times_s, FRAME_PIXELS))
    keys = [
        (at_s, _look(picture.convert("L")))
        for at_s, picture in key_pictures(path, keys_s, FRAME_PIXELS)
    ]
    return looks, times_s, frame_codes.frames(keys)


def _look(grey: Image.Image) -> bytes:
    from PIL import Image

    small = grey.resize((LOOK, LOOK), Image.Resampling.BOX, reducing_gap=3.0)
    return small.tobytes()


def _sharpness(grey: Image.Image) -> float:
    """How much neighbouring pixels bend (the variance of the Laplacian), in a size for all."""
    from PIL import Image

    even = grey.resize((SHARP_EDGE, SHARP_EDGE), Image.Resampling.BILINEAR, reducing_gap=3.0)
    cells = np.asarray(even, np.float32)
    inner = cells[1:-1, 1:-1]
    bend = cells[:-2, 1:-1] + cells[2:, 1:-1] + cells[1:-1, :-2] + cells[1:-1, 2:] - 4 * inner
    return float(bend.var())


def _heard(path: Path) -> NDArray[np.int16]:
    from nova_desktop.media.sound import samples

    blocks = list(samples(path, Span(Unit.SECONDS, 0.0, SOUND_S), RATE))
    return np.concatenate(blocks) if blocks else np.zeros(0, np.int16)


def _codes(heard: NDArray[np.int16]) -> bytes:
    return codes(heard).astype("<u4").tobytes()


def codes(heard: NDArray[np.int16]) -> NDArray[np.uint32]:
    """One code each SOUND_STEP_S of mono samples of RATE; 0 where it is silent."""
    hop = round(RATE * SOUND_STEP_S)
    if len(heard) < FRAME + hop:
        return np.zeros(0, np.uint32)
    frames = np.lib.stride_tricks.sliding_window_view(heard, FRAME)[::hop]
    window = np.hanning(FRAME).astype(np.float32)
    energy = np.empty((len(frames), BANDS), np.float32)
    loud = np.empty(len(frames), np.bool_)
    edges = np.geomspace(LOWEST_HZ, HIGHEST_HZ, BANDS + 1) * FRAME / RATE
    bins = np.round(edges).astype(int)
    for at in range(0, len(frames), 64):  # memory does not grow with the length
        some = frames[at : at + 64].astype(np.float32) / 32768
        loud[at : at + 64] = np.sqrt((some * some).mean(axis=1)) >= SILENT
        power = np.abs(np.fft.rfft(some * window)) ** 2
        energy[at : at + 64] = np.add.reduceat(power, bins, axis=1)[:, :BANDS]
    bands = energy[:, :-1] - energy[:, 1:]
    grew = (bands[1:] - bands[:-1]) > 0
    weights = (1 << np.arange(32, dtype=np.uint64)).astype(np.uint64)
    found = (grew * weights).sum(axis=1).astype(np.uint32)
    found[found == 0] = 1  # 0 stands for silence
    found[~(loud[1:] & loud[:-1])] = 0
    return np.asarray(found, np.uint32)
