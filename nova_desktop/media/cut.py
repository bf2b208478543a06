"""Cuts a stretch out of a video as a file of its own: copied where that fits, else made small."""

from __future__ import annotations

import contextlib
import math
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova_desktop.errors import BadInput, shown
from nova_desktop.media import ffmpeg
from nova_desktop.media.opening import damaged
from nova_desktop.media.probe import audio_of, packets, playing, start_of, video_of
from nova_desktop.model import Limits, Span

if TYPE_CHECKING:
    from av.container import InputContainer

LIMIT_S = 600.0  # for one run of ffmpeg; the whole file has a limit of its own
OVERHANG_S = 2.0  # a copy runs from key picture to key picture: this much more on each side is fine
NEAR_S = 0.1  # so much of a start or an end may be missing: containers round their clocks
AFTER_S = 0.02  # a seek goes this far beyond a key picture: ffmpegs differ on where WebM begins
BACK_S = (0.0, 2.0, 10.0, math.inf)  # where a seek lands too late, as in MPEG, seek to before
LOOK_S = 10.0  # how far beyond the end a next key picture is looked for
EDGE = 480  # pixels of the shorter edge of what is made small
VIDEO_RATE, AUDIO_RATE = 600_000, 64_000  # bits a second of what is made small
LEAST_RATE = 16_000  # bits a second; below it there is nothing to see


@dataclass(frozen=True, slots=True)
class Container:
    """What goes into one type of file, and how ffmpeg makes it."""

    format: str
    copied: frozenset[str]  # codecs of pictures that every player of this type knows
    heard: frozenset[str]  # codecs of sound
    picture: dict[str, Any]
    sound: dict[str, Any]


_H264 = {"vcodec": "libx264", "preset": "veryfast", "pix_fmt": "yuv420p"}
_VP8 = {"vcodec": "libvpx", "deadline": "realtime", "cpu-used": 8, "pix_fmt": "yuv420p"}
_MP4 = (frozenset(("h264", "hevc")), frozenset(("aac", "mp3")), _H264, {"acodec": "aac"})
_WEBM = (frozenset(("vp8", "vp9", "av1")), frozenset(("opus", "vorbis")), _VP8)
CONTAINERS = {
    "video/mp4": Container("mp4", *_MP4),
    "video/quicktime": Container("mov", *_MP4),
    "video/x-matroska": Container("matroska", *_MP4),
    "video/webm": Container("webm", *_WEBM, {"acodec": "libopus"}),
}


def takes_video(mimes: Sequence[str]) -> str:
    """The first of the types taken that we can write, else ""."""
    return next((mime for mime in mimes if mime in CONTAINERS), "")


@dataclass(frozen=True, slots=True)
class Listing:
    """The packets around a stretch, without decoding them. Times from the file's beginning."""

    keys_s: tuple[float, ...]  # of the key pictures
    sizes: tuple[tuple[float, int], ...]  # when, bytes; of pictures and sound
    picture: str  # codecs, as ffmpeg names them
    sound: str  # "" where there is none
    pixels: int
    seeks: bool  # whether ffmpeg finds a key picture by its time; in MPEG streams it overshoots


def cut(path: Path, span: Span, mime: str, limits: Limits, setting: str = "") -> bytes:
    """`span` of a video as a file of type `mime` within `limits`; b"" without pictures there.

    A copy may show up to `OVERHANG_S` more on either side; what is made small is exact. Raises
    BadInput where it can't be made small enough, NeedsUser without ffmpeg.
    """
    program = ffmpeg.programs(setting).ffmpeg
    container = CONTAINERS[mime]
    found = listing(path, span)
    stretch = copyable(found, span, container, limits)
    with tempfile.TemporaryDirectory(prefix="cut-") as folder:
        target = Path(folder, "cut")
        if stretch is not None:
            # A copy that ffmpeg refuses (odd timestamps, odd codecs) can still be made anew.
            with contextlib.suppress(BadInput):
                copy(path, stretch, container, found, target, program)
                if 0 < target.stat().st_size <= limits.bytes and length_s(target) <= limits.seconds:
                    return target.read_bytes()
        make_small(path, span, container, found, limits, target, program)
        return target.read_bytes() if length_s(target) > 0 else b""


def listing(path: Path, span: Span) -> Listing:
    """The key pictures and packet sizes from the last key picture before `span` to one after."""
    with playing(path) as container:
        stream, sound = video_of(container), audio_of(container)
        if stream is None:
            raise damaged(path, "there are no pictures in it")
        codec = stream.codec_context
        tracks = [stream] if sound is None else [stream, sound]
        keys: tuple[float, ...] = ()
        for back_s in BACK_S:
            keys, sizes = _packets(container, tracks, span, span.start - back_s)
            if keys and keys[0] <= span.start + NEAR_S:
                break
        return Listing(
            keys_s=keys,
            sizes=sizes,
            picture=codec.codec.canonical_name,
            sound=sound.codec_context.codec.canonical_name if sound else "",
            pixels=codec.width * codec.height,
            seeks=container.format.name not in ("mpegts", "mpeg"),
        )


def _packets(
    container: InputContainer, tracks: list[Any], span: Span, from_s: float
) -> tuple[tuple[float, ...], tuple[tuple[float, int], ...]]:
    """The key pictures, and all packets, from `from_s` to a key picture after `span`."""
    import av

    keys: list[float] = []
    sizes: list[tuple[float, int]] = []
    start_s = start_of(container)
    with contextlib.suppress(av.FFmpegError):  # it can't seek: then go on from where we are
        container.seek(round((max(0.0, from_s) + start_s) * 1e6))
    for packet in packets(container, *tracks):
        if packet.pts is None:
            continue
        time_s = float(packet.pts * packet.time_base) - start_s
        sizes.append((time_s, packet.size))
        if packet.stream.index == tracks[0].index and packet.is_keyframe:
            keys.append(time_s)
        if (keys and keys[-1] >= span.stop - NEAR_S) or time_s > span.stop + LOOK_S:
            break
    else:
        keys.append(max((time_s for time_s, _ in sizes), default=0.0) + 0.001)  # the end
    return tuple(keys), tuple(sizes)


def copyable(
    found: Listing, span: Span, container: Container, limits: Limits
) -> tuple[float, float] | None:
    """The times between two key pictures that a copy would run over; None where none fits."""
    known = found.picture in container.copied and found.seeks
    if not known or found.pixels > limits.pixels:
        return None
    starts = [key for key in found.keys_s if key <= span.start + NEAR_S]
    stops = [key for key in found.keys_s if key >= span.stop - NEAR_S]
    if not starts or not stops:
        return None
    start, stop = max(starts), min(stops)
    size = sum(size for time_s, size in found.sizes if start <= time_s < stop)
    fits = stop - start <= limits.seconds and size * 1.02 + 4096 <= limits.bytes
    near = span.start - start <= OVERHANG_S and stop - span.stop <= OVERHANG_S
    return (start, stop) if fits and near else None


def copy(
    path: Path,
    stretch: tuple[float, float],
    container: Container,
    found: Listing,
    target: Path,
    program: str,
    limit_s: float = LIMIT_S,
) -> None:
    """Writes what is between two key pictures to `target`, its pictures as they are."""
    start, stop = stretch
    # A seek to just before the key picture would land on the one before.
    wound = {"ss": f"{start + AFTER_S:.6f}"} if start > 0 else {}
    source = ffmpeg.input_of(path, t=f"{stop - start - AFTER_S:.6f}", **wound)
    heard = {"acodec": "copy"} if found.sound in container.heard else container.sound
    stream = ffmpeg.output_to(
        target,
        *first_tracks(source, found),
        format=container.format,
        map_metadata=-1,
        vcodec="copy",
        avoid_negative_ts="make_zero",
        fflags="+bitexact",  # made again it is the same
        **(heard if found.sound else {}),
    )
    ffmpeg.run(stream, program, path, limit_s)


def make_small(
    path: Path,
    span: Span,
    container: Container,
    found: Listing,
    limits: Limits,
    target: Path,
    program: str,
    limit_s: float = LIMIT_S,
) -> None:
    """Writes `span`, made anew within `limits`, to `target`. BadInput where it can't be so small.

    There may be no picture in it where the film has none there: `length_s` tells.
    """
    lasts_s = span.stop - span.start
    # A tenth is left for the container; encoders overshoot in short pieces, so ask for less then.
    budget = limits.bytes * 8 * 0.9 / max(lasts_s, 0.5)
    edge = min(EDGE, int((limits.pixels * 9 / 16) ** 0.5))
    while True:
        video = min(VIDEO_RATE, budget - min(AUDIO_RATE, budget / 4))
        if video < LEAST_RATE:
            text = f"“{shown(path)}” can't be sent in {limits.bytes} bytes; choose another engine."
            raise BadInput(text)
        sound = {**container.sound, "audio_bitrate": int(min(AUDIO_RATE, budget / 4)), "ac": 1}
        source, rest = sought(path, span, found)
        stream = ffmpeg.output_to(
            target,
            *first_tracks(source, found),
            format=container.format,
            map_metadata=-1,
            vf=_scaling(edge, limits.pixels),
            video_bitrate=int(video),
            maxrate=int(video * 1.5),
            bufsize=int(video * 2),
            threads=1,
            fflags="+bitexact",
            t=f"{lasts_s:.6f}",
            **rest,
            **container.picture,
            **(sound if found.sound else {}),
        )
        ffmpeg.run(stream, program, path, limit_s)
        if target.stat().st_size <= limits.bytes:
            return
        budget *= 0.5
        edge = max(96, int(edge * 0.7))


def sought(path: Path, span: Span, found: Listing) -> tuple[Any, dict[str, str]]:
    """The input, wound to the start of `span`, and what the output has to leave out before it."""
    if found.seeks and span.start > 0:  # some refuse to seek to their very beginning
        return ffmpeg.input_of(path, ss=f"{span.start:.6f}"), {}
    keys = [key for key in found.keys_s if key <= span.start]
    near = max(keys, default=0.0) - BACK_S[1]
    if near <= 0:
        return ffmpeg.input_of(path), {"ss": f"{span.start:.6f}"}
    return ffmpeg.input_of(path, ss=f"{near:.6f}"), {"ss": f"{span.start - near:.6f}"}


def first_tracks(source: Any, found: Listing) -> list[Any]:
    """The first moving pictures (V: no cover) and the first sound, where there is any."""
    return [source["V:0"], *([source["a:0"]] if found.sound else [])]


def _scaling(edge: int, pixels: int) -> str:
    """The shorter edge at most `edge`, square pixels, even numbers, at most `pixels` in all."""
    square = "scale='trunc(iw*sar/2)*2':'trunc(ih/2)*2',setsar=1"
    most = f"min(1,min({edge}/min(iw,ih),sqrt({pixels}/(iw*ih))))"
    return f"{square},scale='max(2,trunc(iw*{most}/2)*2)':'max(2,trunc(ih*{most}/2)*2)'"


def length_s(path: Path) -> float:
    """How long a cut is; 0 where no picture got into it."""
    try:
        with playing(path) as container:
            stream = video_of(container)
            pictures = stream is not None and any(
                packet.size for packet in packets(container, stream)
            )
            return max(0.001, (container.duration or 0) / 1e6) if pictures else 0.0
    except BadInput:  # ffmpeg writes files without any track, which nothing can open
        return 0.0
