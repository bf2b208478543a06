"""What kind of sound it is: silence, noise, music, speech. No model of sounds is asked.

Which noise it is, or which music, can't be told this way. Tried on 20 recordings of nature, homes
and instruments, on 12 voices and on made-up signals: voices are told from all that is none; rain,
the sea and a chainsaw are noise; held notes are music, but not the band of a dance hall, whose
notes stand out too little.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova_desktop.describers.speech import RATE, samples
from nova_desktop.model import Limits, Modality, Piece, Source, Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sound = NDArray[np.float32]  # mono, -1 to 1

SHORTEST_S = 0.5  # in less there is neither a voice nor a note
BLOCK_S = 0.1  # whose loudness counts
SILENCE = -55.0  # dB of full scale, at the loudest: what microphones hear in a still room
SPOKEN = 0.25  # of the time

# Noise is as strong at one frequency as at another, and steady.
FLAT = 0.25  # geometric by arithmetic mean of a spectrum; white noise has 0.56, a voice 0.01
STEADY = 6.0  # dB, the deviation of its loudness

# Music holds notes: its strongest frequency stays within a quarter of a semitone, on several ones.
FRAME, HOP = 2048, 512  # samples: 128 ms, every 32 ms
LOWEST, HIGHEST = 60.0, 5000.0  # Hz
LOUD = 1e-4  # of the loudest frame's power: what is less is a pause
TONAL = 0.01  # the spectrum of notes is no flatter
HELD, FRAMES = 0.25, 5  # semitones from one frame to the next, and for how many frames
NOTES, SUNG = 3, 0.2  # different notes, and how much of the time they are held
A4 = 440.0


@dataclass(frozen=True)
class SoundDescriber:
    """Some 3 ms a second of sound."""

    @property
    def name(self) -> str:
        return "sounds"

    @property
    def source(self) -> Source:
        return Source.TAGS

    @property
    def limits(self) -> Limits:
        mimes = {Modality.AUDIO: ("audio/wav",), Modality.VIDEO: ("audio/wav",)}
        return Limits(mimes, seconds=30.0)

    def missing(self) -> str:
        return ""  # where voices can't be told, `speech` says what is not installed

    def describe(self, pieces: Sequence[Piece]) -> tuple[Words, ...]:
        """At most one word a piece."""
        told = [(piece, kind(samples(piece))) for piece in pieces]
        return tuple(Words(Source.TAGS, word, piece.span) for piece, word in told if word)


def kind(sound: Sound) -> str:
    """The everyday word for what is heard at RATE samples a second; "" where it is none of them."""
    import numpy as np

    block = int(RATE * BLOCK_S)
    if len(sound) < SHORTEST_S * RATE:
        return ""
    blocks = sound[: len(sound) // block * block].reshape(-1, block)
    loudness = 20 * np.log10(np.sqrt((blocks**2).mean(axis=1)) + 1e-9)
    if float(loudness.max()) <= SILENCE:
        return "silence"
    power, frequencies = _spectra(sound)
    loud = power.sum(axis=1) >= LOUD * power.sum(axis=1).max()
    flat = float(np.median((np.exp(np.log(power).mean(axis=1)) / power.mean(axis=1))[loud]))
    if flat <= TONAL and _is_music(power, frequencies, loud):
        return "music"  # asked first: a saxophone is taken for a voice now and then
    if _spoken(sound) >= SPOKEN:
        return "speech"
    return "noise" if flat >= FLAT and float(loudness.std()) <= STEADY else ""


def _spoken(sound: Sound) -> float:
    """How much of the time somebody speaks; 0 where that can't be told."""
    if importlib.util.find_spec("faster_whisper") is None:
        return 0.0
    from faster_whisper.vad import get_speech_timestamps

    said = sum(found["end"] - found["start"] for found in get_speech_timestamps(sound))
    return float(said / len(sound))


def _spectra(sound: Sound) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Power by frame and frequency, and the frequencies."""
    import numpy as np

    frames = np.lib.stride_tricks.sliding_window_view(sound, FRAME)[::HOP]
    frequencies = np.fft.rfftfreq(FRAME, 1 / RATE).astype(np.float64)
    heard = (frequencies >= LOWEST) & (frequencies <= HIGHEST)
    power = np.abs(np.fft.rfft(frames * np.hanning(FRAME), axis=1)) ** 2 + 1e-12
    return power[:, heard], frequencies[heard]


def _is_music(
    power: NDArray[np.float64], frequencies: NDArray[np.float64], loud: NDArray[np.bool_]
) -> bool:
    import numpy as np

    rows = np.arange(len(power))
    at = np.clip(power.argmax(axis=1), 1, power.shape[1] - 2)
    # A parabola through the logarithms around the strongest one tells where between them it lies.
    left, middle, right = (np.log(power[rows, at + step]) for step in (-1, 0, 1))
    bend = left - 2 * middle + right
    between = np.where(bend < 0, (left - right) / (2 * np.minimum(bend, -1e-9)), 0.0)
    hertz = frequencies[at] + np.clip(between, -0.5, 0.5) * (frequencies[1] - frequencies[0])
    notes = 12 * np.log2(hertz / A4)
    stays = (np.abs(np.diff(notes)) < HELD) & loud[1:] & loud[:-1]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], stays, [0]))))
    runs = [(a, b) for a, b in edges.reshape(-1, 2) if b - a >= FRAMES]
    different = {round(float(np.median(notes[a : b + 1]))) for a, b in runs}
    held = sum(b - a for a, b in runs)
    return len(different) >= NOTES and held >= SUNG * loud.sum()
