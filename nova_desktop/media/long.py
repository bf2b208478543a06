"""Makes long film and sound ready for jobs: as it is, copied in parts, or made small in parts.

What is made anew is cut at multiples of the segment's length, exactly. What is copied is cut near
to them (see `parting`), and the part says where it truly begins.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from nova_desktop.errors import BadInput, shown
from nova_desktop.long_media import JobLimits, LongPart
from nova_desktop.media import cut, ffmpeg
from nova_desktop.media.audio import PACKED
from nova_desktop.media.parting import Place, allowed, copied_begins, even_begins
from nova_desktop.media.probe import Probe, audio_of, packets, playing, probe, start_of, video_of
from nova_desktop.media.sniff import sniff_mime
from nova_desktop.model import Limits, Modality, Span, Unit

PACE = 2.0  # seconds that a second of film may take to be made small, on a slow machine
# The sound that a type of file is known for; its name may hide any other.
HEARD = {"audio/mpeg": ("mp3",), "audio/ogg": ("opus", "vorbis"), "audio/wav": ("pcm_",)}
COPIED = {"mp3": "audio/mpeg", "opus": "audio/ogg", "vorbis": "audio/ogg"}  # what, into what
ENDINGS = {
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/x-matroska": ".mkv",
    "video/webm": ".webm",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
}
# Sound in these is read up to the place that is wanted: they have no index of times, and ffmpeg
# guesses where to look.
UNSURE = frozenset(("mpegts", "mpeg", "aac", "amr"))


@dataclass(frozen=True, slots=True)
class MediaLong:
    """A `LongReader`. `folder` of `parts` is for one original alone.

    A part that an earlier call left there is not made again, so that an upload which was stopped
    goes on with the bytes that it began with. A film without pictures gives parts of sound: their
    `mime` tells.
    """

    limits: Mapping[Modality, JobLimits]  # of VIDEO and of AUDIO
    segment_s: float
    ffmpeg: str = ""  # as in the settings

    def parts(self, path: Path, modality: Modality, folder: Path) -> tuple[LongPart, ...]:
        """As the port says; the child's limit of time has to allow for `PACE`."""
        found = probe(path)
        seen = found.video and modality is Modality.VIDEO
        if not seen and not found.audio:
            raise BadInput(f"“{shown(path)}” holds no sound that can be decoded.")
        limits = self.limits[Modality.VIDEO if seen else Modality.AUDIO]
        codec, seeks = _codec(path, seen), found.format not in UNSURE
        size, mime = path.stat().st_size, sniff_mime(path)
        known = mime in limits.mimes and (seen or codec.startswith(HEARD.get(mime, ())))
        if known and size <= limits.bytes and allowed(found.duration_s, self.segment_s, limits):
            return (LongPart(path, mime, 0.0, found.duration_s),)
        copied = _copied(codec, seen, limits.mimes)
        begins: Sequence[float] = ()
        if copied:
            places, size = _places(path, seen, self.segment_s)
            begins = copied_begins(places, found.duration_s, size, self.segment_s, limits)
            if len(begins) > 1 and not seeks:
                begins = ()
        if not begins:
            copied, begins = "", even_begins(found.duration_s, self.segment_s, limits)
        edges = pairwise((*begins, found.duration_s))
        make = self._film if seen else self._sound
        parts = []
        for number, (start_s, stop_s) in enumerate(edges):
            stem = f"{number:03}-{start_s:.3f}-{stop_s:.3f}"
            made = [mime for mime, ending in ENDINGS.items() if (folder / (stem + ending)).exists()]
            unfinished = folder / "unfinished"
            mime = made[0] if made else make(path, start_s, stop_s, copied, found, unfinished)
            whole = folder / (stem + ENDINGS[mime])
            if not made:
                unfinished.replace(whole)
            parts.append(LongPart(whole, mime, start_s, stop_s))
        return tuple(parts)

    def _film(
        self, path: Path, start_s: float, stop_s: float, copied: str, found: Probe, target: Path
    ) -> str:
        """Writes that much of a film to `target`; its mime."""
        limits, program = self.limits[Modality.VIDEO], ffmpeg.programs(self.ffmpeg).ffmpeg
        listing = cut.listing(path, Span(Unit.SECONDS, start_s, start_s))
        limit_s = cut.LIMIT_S + PACE * (stop_s - start_s)
        if copied:
            container, stretch = cut.CONTAINERS[copied], (start_s, stop_s)
            with contextlib.suppress(BadInput):  # odd time stamps: it can still be made anew
                cut.copy(path, stretch, container, listing, target, program, limit_s)
                if self._holds(target, cut.length_s(target), stop_s - start_s, limits):
                    return copied
        mime = cut.takes_video(limits.mimes)
        span, small = Span(Unit.SECONDS, start_s, stop_s), Limits({}, bytes=limits.bytes)
        container = cut.CONTAINERS[mime]
        cut.make_small(path, span, container, listing, small, target, program, limit_s)
        if not cut.length_s(target) and found.audio:  # the pictures end before the sound does
            return self._sound(path, start_s, stop_s, "", found, target)
        return mime

    def _sound(
        self, path: Path, start_s: float, stop_s: float, copied: str, found: Probe, target: Path
    ) -> str:
        """Writes that much of the sound to `target`; its mime."""
        limits = self.limits[Modality.AUDIO]

        def write(how: Mapping[str, Any]) -> None:
            # A little sooner, as a copy leaves out what begins before the time that is asked for.
            wound = {"ss": f"{start_s - 0.001:.6f}"} if start_s else {}
            sure = found.format not in UNSURE
            source = ffmpeg.input_of(path, **(wound if sure else {}))["a:0"]
            more = {"map_metadata": -1, "fflags": "+bitexact", "t": f"{stop_s - start_s:.6f}"}
            stream = ffmpeg.output_to(target, source, **how, **more, **({} if sure else wound))
            limit_s = cut.LIMIT_S + PACE * stop_s
            ffmpeg.run(stream, ffmpeg.programs(self.ffmpeg).ffmpeg, path, limit_s)

        if copied:
            with contextlib.suppress(BadInput):  # as above
                write({"format": ENDINGS[copied][1:], "acodec": "copy"})
                if self._holds(target, probe(target).duration_s, stop_s - start_s, limits):
                    return copied
        mime = next(mime for mime in limits.mimes if mime in PACKED)
        write({**PACKED[mime][1], "ac": 1})
        return mime

    def _holds(self, made: Path, lasts_s: float, wanted_s: float, limits: JobLimits) -> bool:
        """Whether a copy became what was planned."""
        near = abs(lasts_s - wanted_s) <= 2 * cut.OVERHANG_S
        fits = made.stat().st_size <= limits.bytes
        return near and fits and allowed(lasts_s, self.segment_s, limits)


def _copied(codec: str, seen: bool, mimes: Sequence[str]) -> str:
    """The type that a copy of such a track is written as; "" where it has to be made anew."""
    if seen:
        known = (mime for mime in mimes if mime in cut.CONTAINERS)
        return next((mime for mime in known if codec in cut.CONTAINERS[mime].copied), "")
    mime = COPIED.get(codec, "")
    return mime if mime in mimes else ""


def _codec(path: Path, seen: bool) -> str:
    """Of the first pictures or the first sound, as ffmpeg names it."""
    with playing(path) as container:
        stream = video_of(container) if seen else audio_of(container)
        return stream.codec_context.codec.canonical_name if stream else ""


def _places(path: Path, seen: bool, segment_s: float) -> tuple[list[Place], int]:
    """The place nearest to each multiple, in order, and the bytes of all: the file is read once."""
    places: dict[int, Place] = {}
    size = 0
    with playing(path) as container:
        start_s = start_of(container)
        pictures, sound = video_of(container) if seen else None, audio_of(container)
        tracks = [track for track in (pictures, sound) if track]
        for packet in packets(container, *tracks):
            first = packet.stream.index == tracks[0].index
            if first and packet.is_keyframe and packet.pts is not None:
                time_s = float(packet.pts * packet.time_base) - start_s
                multiple = round(time_s / segment_s)
                place = Place(time_s, size, abs(time_s - multiple * segment_s))
                if multiple > 0 and place.off_s <= places.get(multiple, place).off_s:
                    places[multiple] = place
            size += packet.size
    return sorted(places.values()), size
