"""Reads sound files: segments with their tags, pieces of sound, and the waveform."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.errors import BadInput, shown
from nova_desktop.media import ffmpeg, sound
from nova_desktop.media.probe import info, probe
from nova_desktop.media.segments import parts, segments
from nova_desktop.model import (
    Chunk,
    Limits,
    Modality,
    Piece,
    Preview,
    Reading,
    Source,
    Span,
    Unit,
    Words,
)

LIMIT_S = 600.0  # for one run of ffmpeg; the whole file has a limit of its own
SHORTEST_S = 0.1  # of a piece: below it nothing can be heard
HEADER = 2048  # bytes; more than any of them takes
PADDING_S = 0.15  # that encoders may add: MP3 takes whole frames and a delay
WAVS = frozenset(("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"))
# What ffmpeg writes for a mime, and how many bytes a second that takes at most.
PACKED = {
    "audio/mpeg": (8_000, {"format": "mp3", "acodec": "libmp3lame", "audio_bitrate": "48k"}),
    "audio/mp3": (8_000, {"format": "mp3", "acodec": "libmp3lame", "audio_bitrate": "48k"}),
    "audio/ogg": (8_000, {"format": "ogg", "acodec": "libopus", "audio_bitrate": "32k"}),
    "audio/flac": (33_000, {"format": "flac", "acodec": "flac"}),
}


@dataclass(frozen=True, slots=True)
class AudioReader:
    """MP3 M4A WAV FLAC OGG/Opus AIFF WMA, and films without a picture. A cover is no picture."""

    segment_s: float = 15.0
    ffmpeg: str = ""  # as in the settings

    @property
    def modality(self) -> Modality:
        return Modality.AUDIO

    def read(self, path: Path) -> Reading:
        found = probe(path)
        if not found.audio:
            raise BadInput(f"“{shown(path)}” holds no sound that can be decoded.")
        spans = segments(found.duration_s, self.segment_s)
        words = (Words(Source.METADATA, found.metadata),) if found.metadata else ()
        chunks = [
            Chunk(number, Modality.AUDIO, span, () if number else words)
            for number, span in enumerate(spans)
        ]
        return Reading(info(path, found), tuple(chunks))

    def encode(self, path: Path, chunk: Chunk, limits: Limits) -> tuple[Piece, ...]:
        mime = takes_sound(limits.mimes.get(Modality.AUDIO, ()))
        return sound_pieces(path, chunk, mime, limits, self.ffmpeg) if mime else ()

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        """The waveform of `span`, of the whole file for None."""
        del frames  # sound has none
        return waveform(path, span, edge)


def takes_sound(mimes: Sequence[str]) -> str:
    """The first of the types taken that we can write, else ""."""
    return next((mime for mime in mimes if mime in WAVS or mime in PACKED), "")


def sound_pieces(
    path: Path, chunk: Chunk, mime: str, limits: Limits, setting: str = ""
) -> tuple[Piece, ...]:
    """The sound of a chunk, cut so that each piece is within `limits`; () where there is none."""
    if chunk.span is None:
        raise ValueError("a chunk of sound has a span")
    rate = 2 * sound.RATE if mime in WAVS else PACKED[mime][0]  # bytes a second
    padding_s = 0.0 if mime in WAVS else PADDING_S
    longest_s = min(limits.seconds - padding_s, (limits.bytes - HEADER) / rate)
    if longest_s < SHORTEST_S:
        text = f"“{shown(path)}” can't be sent in {limits.bytes} bytes; choose another engine."
        raise BadInput(text)
    pieces = []
    for part in parts(chunk.span, longest_s):
        data = sound.wav(path, part)
        if data and mime not in WAVS:
            data = _packed(path, data, mime, setting)
        if data:
            pieces.append(Piece(Modality.AUDIO, mime, data, part, Source.SOUND))
    return tuple(pieces)


def waveform(path: Path, span: Span | None, edge: int) -> Preview:
    """Peaks two pixels apart, and the same drawn."""
    span = span or Span(Unit.SECONDS, 0.0, probe(path).duration_s)
    heights = sound.peaks(path, span, max(1, edge // 2))
    return Preview(jpeg=sound.drawn(heights, edge), peaks=heights)


def _packed(path: Path, wav: bytes, mime: str, setting: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="sound-") as folder:
        source, target = Path(folder, "sound.wav"), Path(folder, "sound")
        source.write_bytes(wav)
        stream = ffmpeg.output_to(target, ffmpeg.input_of(source), **PACKED[mime][1])
        ffmpeg.run(stream, ffmpeg.programs(setting).ffmpeg, path, LIMIT_S)
        return target.read_bytes()
