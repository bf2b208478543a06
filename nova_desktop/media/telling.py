"""Finds what tells nothing new: film that stands still without a sound, and silence.

A mistake in one direction costs a request, in the other a moment that nobody finds again. So
whatever is in doubt tells something.
"""

from __future__ import annotations

import contextlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nova_desktop.media.frames import pictures
from nova_desktop.media.probe import audio_of, decoded, playing, start_of, video_of
from nova_desktop.model import Chunk, Modality, Span

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

# All measured with tests/media/test_telling.py.
STEP_S = 0.5  # between two looks: what is on the screen for longer is always seen
PIXELS = 320 * 180  # of a look: one figure of 14 pixels on a screen of 1920 changes some by 27
LEVELS = 14  # of 255 that a pixel may change by; compression changes it by 7 where nothing moves
# Grain that changes a few pixels by 23 levels changes half of them by 2; things change few pixels.
# Where half of them change by more than GRAINY, it is no grain.
GRAIN, GRAINY = 6, 3
SILENT = 10 ** (-50 / 20)  # of full scale, at any moment: the hiss of a quiet room is below
# Of a recording's loudest moment, where that is low: then there may be words below SILENT, but
# nothing is below FLOOR, which is where ffmpeg's silencedetect finds silence.
FAINT, FLOOR = 10 ** (-40 / 20), 10 ** (-60 / 20)
EDGE_S = 0.1  # a codec draws out what ends there by one or two of its frames

Picture = NDArray[np.int16]  # shape (height, width, 3), 0 to 255


@dataclass(frozen=True, slots=True)
class MediaTelling:
    """A `Telling` for film and sound; of all else everything tells.

    Cost, in times the speed of playing it on one processor: sound is decoded whole, at 350 to 470
    times. Film is looked at only where it is silent: where it moves that is a jump and a look or
    two a chunk (720p: 96 times), and where it stands still it is decoded (slides in 1080p: 35
    times; grain in 720p: 12 times).
    """

    def same_as_before(
        self, path: Path, modality: Modality, chunks: Sequence[Chunk]
    ) -> frozenset[int]:
        """As the port says: silence; and film that is silent, and whose picture is that of the
        last chunk that tells, all through both of them."""
        timed = [(chunk.number, chunk.span) for chunk in chunks if chunk.span]
        if modality not in (Modality.VIDEO, Modality.AUDIO) or len(timed) < 2:
            return frozenset()
        numbers, spans = zip(*timed, strict=True)
        silent = silences(*loudest(path, spans))
        silent[0] = False
        if modality is Modality.VIDEO and _has_pictures(path):
            with contextlib.closing(_Film(path)) as film:
                silent = still(film, spans, silent)
        return frozenset(number for number, same in zip(numbers, silent, strict=True) if same)


def silences(heads: Sequence[float], rests: Sequence[float]) -> list[bool]:
    """Of each chunk's loudest moments (0 to 1), whether there is nothing to hear.

    What is heard in a chunk's head alone is the end of what the one before it tells, if that does.
    """
    quiet = max(FLOOR, min(SILENT, FAINT * max(*heads, *rests)))
    silent: list[bool] = []
    for head, rest in zip(heads, rests, strict=True):
        drawn_out = bool(silent) and not silent[-1]
        silent.append(rest <= quiet and (head <= quiet or drawn_out))
    return silent


def alike(one: Picture, other: Picture) -> bool:
    """Whether nobody could tell the two apart: grain and compression aside, no pixel changed."""
    if one.shape != other.shape:
        return False
    change = np.abs(one - other).max(axis=2)
    grain = float(np.median(change))
    return grain <= GRAINY and bool(change.max() <= LEVELS + GRAIN * grain)


class _Film:
    """Small pictures of a film, at rising times."""

    def __init__(self, path: Path) -> None:
        self._time_s = 0.0
        self._pictures = pictures(path, self._times_s(), PIXELS)

    def at(self, time_s: float) -> Picture:
        self._time_s = time_s
        return np.asarray(next(self._pictures), dtype=np.int16)

    def close(self) -> None:
        self._pictures.close()

    def _times_s(self) -> Iterator[float]:
        while True:
            yield self._time_s


def still(film: _Film, spans: Sequence[Span], asked: Sequence[bool]) -> list[bool]:
    """Which of the spans that are `asked` for show what the last one before that is not so showed.

    Both have to stand still: a span with a change in it is no stand-in for what comes after.
    """
    same = [False] * len(spans)
    before: Picture | None = None  # of the last span that tells, where it stands still
    for number, span in enumerate(spans):
        wanted = number + 1 < len(spans) and asked[number + 1]  # as the one before
        first: Picture | None = None
        steady, same[number] = wanted, asked[number] and before is not None
        for time_s in np.arange(span.start, span.stop, STEP_S):
            if not (steady or same[number]):
                break
            look = film.at(float(time_s))
            first = look if first is None else first
            steady = steady and alike(first, look)
            same[number] = same[number] and before is not None and alike(before, look)
        if not same[number]:
            before = first if steady else None
    return same


def loudest(path: Path, spans: Sequence[Span]) -> tuple[list[float], list[float]]:
    """The loudest moment of all channels, 0 to 1, in the first `EDGE_S` of each span, and after.

    The spans follow one another.
    """
    edges = [time_s for span in spans for time_s in (span.start, span.start + EDGE_S)]
    peaks = [0.0] * len(edges)
    with playing(path) as container:
        stream = audio_of(container)
        start_s, time_s = start_of(container), 0.0
        for frame in decoded(container, stream) if stream else ():
            if frame.pts is not None:
                time_s = frame.time - start_s
            first = max(0, bisect_right(edges, time_s) - 1)
            last = max(first, bisect_right(edges, time_s + frame.samples / frame.sample_rate) - 1)
            inside = edges[first + 1 : last + 1]
            cuts = [max(0, round((edge - time_s) * frame.sample_rate)) for edge in inside]
            for number, part in enumerate(np.split(_loudness(frame), cuts), first):
                peaks[number] = max(peaks[number], float(part.max(initial=0)))
            time_s += frame.samples / frame.sample_rate
    return peaks[::2], peaks[1::2]


def _loudness(frame: AudioFrame) -> NDArray[np.float32]:
    """Of each moment, 0 to 1: the loudest channel, as two can cancel each other out in a mix."""
    samples = frame.to_ndarray()
    full = 1.0 if samples.dtype.kind == "f" else 2.0 ** (8 * samples.dtype.itemsize - 1)
    middle = 128 if samples.dtype == np.uint8 else 0
    if not frame.format.is_planar:
        samples = samples.reshape(-1, frame.layout.nb_channels).T
    heard = np.abs(samples.astype(np.float32) - middle).max(axis=0) / np.float32(full)
    return np.asarray(np.nan_to_num(heard, nan=1.0, posinf=1.0), dtype=np.float32)


def _has_pictures(path: Path) -> bool:
    with playing(path) as container:
        return video_of(container) is not None
