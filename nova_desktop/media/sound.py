"""Takes sound out of a file: as samples, as WAV, and as the peaks of a waveform."""

from __future__ import annotations

import contextlib
import io
import math
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nova_desktop.media.probe import audio_of, decoded, playing, start_of
from nova_desktop.media.segments import tiles
from nova_desktop.model import Span

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

RATE = 16_000  # samples a second: what speech models are trained on
WAV_HEADER = 44  # bytes
LEAD_S = 0.5  # decoders need a little before the first sample to be right (MP3, AAC, Opus)
WHOLE_S = 600.0  # longer sound is looked at in places, so that a preview takes no minutes
GLANCE_S = 1.0  # of each such place; after a jump MP3 is silent for up to five frames

Samples = NDArray[np.int16]  # shape (n,), mono


def samples(path: Path, span: Span, rate: int = RATE) -> Iterator[Samples]:
    """The sound of `span`, in order and in small blocks: mono, `rate` samples a second.

    Silence where the sound starts later than `span`; nothing where there is none. Raises as
    `playing` does.
    """
    import av

    with playing(path) as container:
        stream = audio_of(container)
        if stream is None:
            return
        start_s = start_of(container)
        if span.start > LEAD_S:
            with contextlib.suppress(av.FFmpegError):  # it can't seek: then read up to there
                container.seek(round((span.start - LEAD_S + start_s) * 1e6))
        wanted = round((span.stop - span.start) * rate)
        given = 0
        skip: int | None = None  # samples before `span`, negative where sound starts inside it
        for frame, block in _resampled(decoded(container, stream), rate):
            if skip is None:
                time_s = (frame.time or 0.0) - start_s if frame and frame.pts is not None else 0.0
                skip = round((span.start - time_s) * rate)
                if skip < 0:
                    given = min(-skip, wanted)
                    yield np.zeros(given, np.int16)
                    skip = 0
            dropped = min(skip, len(block))
            skip -= dropped
            block = block[dropped : dropped + wanted - given]
            if len(block):
                given += len(block)
                yield block
            if given >= wanted:
                return


def wav(path: Path, span: Span) -> bytes:
    """The sound of `span` as a WAV file of 16 bits, 16 kHz, mono; b"" where there is none."""
    blocks = list(samples(path, span))
    if not blocks:
        return b""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.concatenate(blocks).astype("<i2").tobytes())
    return out.getvalue()


def peaks(path: Path, span: Span, count: int) -> tuple[float, ...]:
    """The loudest moment of each of `count` equal parts of `span`, 0 to 1.

    Memory does not grow with the length, and beyond `WHOLE_S` neither does the time.
    """
    rate = 8_000  # loudness needs no overtones
    if span.stop - span.start > WHOLE_S:
        return tuple(_glances(path, [part.start for part in tiles(span, count)], rate))
    found = np.zeros(count)
    at, each = 0, max(1.0, (span.stop - span.start) * rate / count)  # samples
    for block in samples(path, span, rate):
        loud = np.abs(block.astype(np.int32))
        buckets = np.minimum((np.arange(at, at + len(block)) / each).astype(int), count - 1)
        np.maximum.at(found, buckets, loud)
        at += len(block)
    return tuple(float(peak) for peak in np.minimum(found / 32768, 1.0))


def _glances(path: Path, times_s: list[float], rate: int) -> Iterator[float]:
    """The loudest moment of the `GLANCE_S` after each of the rising times."""
    import av

    with playing(path) as container:  # once: some formats find a time by reading up to it
        stream = audio_of(container)
        if stream is None:
            return
        for time_s in times_s:
            with contextlib.suppress(av.FFmpegError):  # it can't seek: then read on
                container.seek(round((time_s + start_of(container)) * 1e6))
            loudest, left = 0.0, round(GLANCE_S * rate)
            for _, block in _resampled(decoded(container, stream), rate):
                loudest = max(loudest, _loudest(block))
                left -= len(block)
                if left <= 0:
                    break
            yield loudest


def drawn(heights: tuple[float, ...], edge: int) -> bytes:
    """A JPEG of a waveform, `edge` wide and a third as high."""
    from PIL import Image, ImageDraw

    width, height = max(2, edge), max(2, edge // 3)
    picture = Image.new("RGB", (width, height), (38, 41, 48))
    draw = ImageDraw.Draw(picture)
    step = width / max(1, len(heights))
    for number, peak in enumerate(heights):
        left = round(number * step)
        right = max(left, round((number + 1) * step) - (2 if step >= 3 else 1))
        # Loudness is heard by its logarithm; a square root looks about right.
        half = max(1, round(math.sqrt(peak) * (height - 4) / 2))
        middle = height // 2
        draw.rectangle((left, middle - half, right, middle + half), fill=(96, 165, 250))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _resampled(
    frames: Iterator[AudioFrame], rate: int
) -> Iterator[tuple[AudioFrame | None, Samples]]:
    """Blocks of samples, each with the frame that it came out after (None at the end)."""
    from av.audio.resampler import AudioResampler

    resampler = AudioResampler("s16", "mono", rate)
    kind: tuple[object, ...] | None = None
    for frame in frames:
        now = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind is not None and now != kind:  # some recordings change in the middle
            yield from ((None, block.to_ndarray()[0]) for block in resampler.resample(None))
            resampler = AudioResampler("s16", "mono", rate)
        kind = now
        yield from ((frame, block.to_ndarray()[0]) for block in resampler.resample(frame))
    if kind is not None:
        yield from ((None, block.to_ndarray()[0]) for block in resampler.resample(None))


def _loudest(block: Samples) -> float:
    return min(1.0, float(np.abs(block.astype(np.int32)).max(initial=0)) / 32768)
