"""Reads films: segments with their words; pieces as film, frames or sound; previews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.errors import shown
from nova_desktop.media.audio import sound_pieces, takes_sound, waveform
from nova_desktop.media.cut import cut, takes_video
from nova_desktop.media.frames import pictures
from nova_desktop.media.pictures import encoded, preview_jpeg, takes_picture
from nova_desktop.media.probe import audio_of, info, playing, probe, video_of
from nova_desktop.media.segments import middle, parts, segments, tiles
from nova_desktop.media.tracks import all_cues
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

EXACT_S = 120.0  # strips of longer films take the nearest key pictures: 120 ms each
SHOWN_S = 2.0  # into a moment
FRAME_S = 0.1  # the last picture of a cut may be shown this much beyond its end


@dataclass(frozen=True, slots=True)
class VideoReader:
    """MP4 MOV MKV WebM AVI WMV MPG TS 3GP FLV.

    A file without a picture is heard only: its pieces are of sound, of the types that
    `limits.mimes` takes for VIDEO or else for AUDIO, and its preview is the waveform.
    """

    segment_s: float = 15.0
    ffmpeg: str = ""  # as in the settings

    @property
    def modality(self) -> Modality:
        return Modality.VIDEO

    def read(self, path: Path) -> Reading:
        found = probe(path)
        spans = segments(found.duration_s, self.segment_s)
        words: list[list[Words]] = [[] for _ in spans]
        if found.metadata:
            words[0].append(Words(Source.METADATA, found.metadata))
        for cue in all_cues(path):
            number = min(int(cue.start_s / self.segment_s), len(spans) - 1)
            within = Span(Unit.SECONDS, cue.start_s, min(cue.stop_s, spans[number].stop))
            if within.start < within.stop:
                words[number].append(Words(Source.SUBTITLES, cue.text, within))
        chunks = [Chunk(i, Modality.VIDEO, span, tuple(words[i])) for i, span in enumerate(spans)]
        return Reading(info(path, found), tuple(chunks))

    def encode(self, path: Path, chunk: Chunk, limits: Limits) -> tuple[Piece, ...]:
        if chunk.span is None:
            raise ValueError("a chunk of a video has a span")
        mimes = limits.mimes.get(Modality.VIDEO, ())
        seen = _has_pictures(path)
        if not seen:
            mimes = (*mimes, *limits.mimes.get(Modality.AUDIO, ()))
        for mime in mimes:
            if takes_sound([mime]):
                return sound_pieces(path, chunk, mime, limits, self.ffmpeg)
            if seen and takes_video([mime]):
                apart = (Source.SOUND,) if limits.sound_apart and _has_sound(path) else ()
                return tuple(
                    Piece(Modality.VIDEO, mime, data, part, source)
                    for part in parts(chunk.span, limits.seconds - FRAME_S)
                    if (data := cut(path, part, mime, limits, self.ffmpeg))
                    for source in (Source.PICTURE, *apart)
                )
            if seen and takes_picture([mime]):
                return tuple(_frames(path, chunk.span, mime, limits))
        return ()

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        """A frame from the beginning of `span`; a waveform where there are no pictures."""
        found = probe(path)
        if not found.video:
            return waveform(path, span, edge)
        if frames <= 1:
            (picture,) = pictures(path, [_shown_s(span)], edge * edge * 4)
            return Preview(jpeg=preview_jpeg(picture, edge))
        times = [middle(tile) for tile in tiles(Span(Unit.SECONDS, 0, found.duration_s), frames)]
        exact = found.duration_s <= EXACT_S
        return Preview(jpeg=_strip(path, times, edge, exact), frames=frames)


def _shown_s(span: Span | None) -> float:
    """Not at its very start, where a cut may leave the scene before, but where it was looked at."""
    return min(middle(span), span.start + SHOWN_S) if span else 0.0


def _has_pictures(path: Path) -> bool:
    with playing(path) as container:
        return video_of(container) is not None


def _has_sound(path: Path) -> bool:
    with playing(path) as container:
        return audio_of(container) is not None


def _frames(path: Path, span: Span, mime: str, limits: Limits) -> Iterator[Piece]:
    """One frame from the middle of each of `limits.frames` equal parts."""
    spans = tiles(span, max(1, limits.frames))
    taken = pictures(path, [middle(part) for part in spans], limits.pixels)
    for part, picture in zip(spans, taken, strict=True):
        yield Piece(Modality.IMAGE, mime, encoded(picture, mime, limits, shown(path)), part)


def _strip(path: Path, times: list[float], edge: int, exact: bool) -> bytes:
    """Cells of one size side by side, each within `edge` × `edge`."""
    from PIL import Image

    strip: Image.Image | None = None
    for number, picture in enumerate(pictures(path, times, edge * edge, exact)):
        picture.thumbnail((edge, edge))
        if strip is None:
            width, height = picture.size
            strip = Image.new("RGB", (width * len(times), height))
        strip.paste(picture.resize((width, height)), (number * width, 0))
    return preview_jpeg(strip, max(strip.size)) if strip else b""
