"""Saves a moment of a film or a sound: copied where that is exact, else encoded anew, well."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nova_desktop.errors import BadInput, NeedsUser, shown
from nova_desktop.media import ffmpeg
from nova_desktop.media.cut import Listing, first_tracks, listing, sought
from nova_desktop.media.probe import audio_of, packets, playing, probe, video_of
from nova_desktop.model import Span, Unit

LIMIT_S = 12 * 3600.0  # an hour of film on a slow machine; the user sees it and can stop it
SHORTEST_S = 0.05
SLACK_S = 0.045  # a copy may be off by so much: a frame of 25 a second, or two packets of sound
EVEN = "scale=trunc(iw/2)*2:trunc(ih/2)*2"  # what yuv420p takes


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file that a clip may be."""

    format: str
    sound: dict[str, Any]  # how it is encoded
    heard: frozenset[str]  # codecs that it takes as they are
    picture: dict[str, Any] | None = None  # None: sound alone
    copied: frozenset[str] = frozenset()


_H264 = {"vcodec": "libx264", "preset": "veryfast", "crf": 18, "pix_fmt": "yuv420p"}
_VP8 = {"vcodec": "libvpx", "deadline": "good", "cpu-used": 4, "crf": 8, "video_bitrate": "6M"}
_VP8 |= {"pix_fmt": "yuv420p"}
_AAC = {"acodec": "aac", "audio_bitrate": "192k"}
_OPUS = {"acodec": "libopus", "audio_bitrate": "128k"}
_MPEG4 = frozenset(("h264", "hevc", "av1", "mpeg4"))
_WEB = frozenset(("vp8", "vp9", "av1"))
_FEW = frozenset(("aac", "mp3", "ac3", "alac"))
KINDS = {
    "mp4": Kind("mp4", _AAC, _FEW, _H264, _MPEG4),
    "m4v": Kind("mp4", _AAC, _FEW, _H264, _MPEG4),
    "mov": Kind("mov", _AAC, _FEW, _H264, _MPEG4),
    "mkv": Kind("matroska", _AAC, _FEW | {"opus", "vorbis", "flac"}, _H264, _MPEG4 | _WEB),
    "webm": Kind("webm", _OPUS, frozenset(("opus", "vorbis")), _VP8, _WEB),
    "mp3": Kind("mp3", {"acodec": "libmp3lame", "audio_bitrate": "192k"}, frozenset(("mp3",))),
    "m4a": Kind("ipod", _AAC, frozenset(("aac", "alac"))),
    "ogg": Kind("ogg", _OPUS, frozenset(("opus", "vorbis"))),
    "opus": Kind("ogg", _OPUS, frozenset(("opus",))),
    "flac": Kind("flac", {"acodec": "flac"}, frozenset()),
    "wav": Kind("wav", {"acodec": "pcm_s16le"}, frozenset()),
}  # fmt: skip
FULL = "The disk is full. Make room, or save “{name}” in another place."
Progress = Callable[[float], object]


def clip(
    path: Path, span: Span, target: Path, part: Path, progress: Progress, setting: str = ""
) -> None:
    """See ports.Closeup. `progress` gets how much is done, 0 to 1."""
    kind = _kind_of(target)
    if target.exists() and target.samefile(path):
        raise BadInput(f"“{shown(target)}” is the original; choose another name for the clip.")
    found = probe(path)
    span = Span(Unit.SECONDS, max(0.0, span.start), min(span.stop, found.duration_s))
    lasts_s = span.stop - span.start
    if lasts_s < SHORTEST_S:
        raise BadInput("There is nothing between the marks; set them further apart.")
    if kind.picture is None and not found.audio:
        raise BadInput(f"“{shown(path)}” has no sound to save; choose a name that ends in .mp4.")
    if kind.picture is not None and not found.video:
        raise BadInput(f"“{shown(path)}” has no pictures; choose a name that ends in .m4a.")
    program = ffmpeg.programs(setting).ffmpeg

    def tell(written_s: float) -> None:
        progress(min(1.0, written_s / lasts_s))

    with _writing(target):
        part.open("xb").close()
    try:
        _write(path, span, kind, part, program, tell)
    except ffmpeg.DiskFull as e:
        raise NeedsUser(FULL.format(name=shown(target))) from e
    with _writing(target):
        # What this process writes is for the user alone; a clip may be read like its original.
        part.chmod(path.stat().st_mode & 0o666 | 0o600)
        part.replace(target)


def _kind_of(target: Path) -> Kind:
    kind = KINDS.get(target.suffix[1:].lower())
    if kind is None:
        raise BadInput(
            f"A clip can't be saved as “{shown(target)}”: choose a name that ends in one of "
            f"{', '.join(f'.{ending}' for ending in KINDS)}."
        )
    return kind


def _write(path: Path, span: Span, kind: Kind, part: Path, program: str, tell: Progress) -> None:
    if kind.picture is None:
        codec = _sound_codec(path)
        if codec in kind.heard and _copied_sound(path, span, kind, part, program, tell):
            return
        source = ffmpeg.input_of(path, ss=f"{span.start:.6f}")
        _run(source["a:0"], span, kind, part, program, path, tell, kind.sound)
        return
    found = listing(path, span)
    if _exact(found, span, kind) and _copied(path, span, kind, found, part, program, tell):
        return
    source, rest = sought(path, span, found)
    how = {**kind.picture, "vf": EVEN, **rest, **(kind.sound if found.sound else {})}
    _run(first_tracks(source, found), span, kind, part, program, path, tell, how)


def _run(
    tracks: Any,
    span: Span,
    kind: Kind,
    part: Path,
    program: str,
    path: Path,
    tell: Progress,
    how: dict[str, Any],
) -> None:
    streams = tracks if isinstance(tracks, list) else [tracks]
    lasts = f"{span.stop - span.start:.6f}"
    output = ffmpeg.output_to(
        part, *streams, **{"format": kind.format, "map_chapters": -1, "t": lasts, **how}
    )
    ffmpeg.run(output, program, path, LIMIT_S, tell)


def _exact(found: Listing, span: Span, kind: Kind) -> bool:
    """Whether a copy could begin where the clip does: a copy begins with a key picture."""
    known = found.seeks and found.picture in kind.copied
    heard = not found.sound or found.sound in kind.heard
    return known and heard and any(abs(key - span.start) <= SLACK_S / 2 for key in found.keys_s)


def _copied(
    path: Path, span: Span, kind: Kind, found: Listing, part: Path, program: str, tell: Progress
) -> bool:
    """False where a copy is not exact after all, as pictures are not stored in their order."""
    # A seek to just before the key picture would land on the one before.
    source = ffmpeg.input_of(path, ss=f"{span.start + SLACK_S / 2:.6f}")
    copying = {"vcodec": "copy", "acodec": "copy", "avoid_negative_ts": "make_zero"}
    if not found.sound:
        del copying["acodec"]
    short = Span(Unit.SECONDS, span.start + SLACK_S / 2, span.stop)
    # A copy that ffmpeg refuses (odd timestamps, odd codecs) can still be made anew.
    with contextlib.suppress(BadInput):
        _run(first_tracks(source, found), short, kind, part, program, path, tell, copying)
        return abs(_length_s(part) - (span.stop - span.start)) <= SLACK_S
    return False


def _copied_sound(
    path: Path, span: Span, kind: Kind, part: Path, program: str, tell: Progress
) -> bool:
    source = ffmpeg.input_of(path, ss=f"{span.start:.6f}")
    with contextlib.suppress(BadInput):
        _run(source["a:0"], span, kind, part, program, path, tell, {"acodec": "copy"})
        return abs(_length_s(part) - (span.stop - span.start)) <= SLACK_S
    return False


def _length_s(part: Path) -> float:
    """From the first picture shown to the end of the last, else of the sound."""
    with playing(part) as container:
        stream = video_of(container) or audio_of(container)
        if stream is None:
            return 0.0
        first_s, last_s = float("inf"), 0.0
        for packet in packets(container, stream):
            if packet.pts is not None and packet.size:
                first_s = min(first_s, float(packet.pts * packet.time_base))
                end = packet.pts + (packet.duration or 0)
                last_s = max(last_s, float(end * packet.time_base))
        return max(0.0, last_s - first_s)


def _sound_codec(path: Path) -> str:
    with playing(path) as container:
        sound = audio_of(container)
        return sound.codec_context.codec.canonical_name if sound else ""


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as e:
        name, folder = shown(target), shown(target.parent)
        if e.errno in (errno.ENOSPC, errno.EDQUOT):
            text = FULL.format(name=name)
        elif isinstance(e, FileNotFoundError | NotADirectoryError):
            text = f"The folder “{folder}” is not there any more; save “{name}” in another place."
        elif isinstance(e, IsADirectoryError):
            text = f"“{name}” is a folder; choose another name for the clip."
        else:
            text = f"“{folder}” can't be written to ({e.strerror}); save “{name}” in another place."
        raise NeedsUser(text) from e
