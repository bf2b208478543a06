"""What a video or audio file says of itself, checked where files are known to lie."""

from __future__ import annotations

import contextlib
import errno
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova_desktop.errors import BadInput, TryLater, shown
from nova_desktop.media.ffmpeg import DEMUXERS
from nova_desktop.media.opening import PASSING, checked, damaged, opened
from nova_desktop.media.stars import split, stars, unique
from nova_desktop.media.taken import iso_time, taken
from nova_desktop.media.xmp import sidecar_of
from nova_desktop.model import Info

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.codec.context import CodecContext
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

LONGEST_S = 7 * 86400.0  # more than any recording; beyond it a duration is damage
LOWEST_RATE = 1000  # samples a second: below it is data, days of it in a small file
TAIL_S = 3.0  # this far before the declared end there must be something
SLACK_S = 2.0  # a track may end this much before the declared end
EARLIEST_S = 631152000.0  # 1990: cameras without a clock write 1904 or 1970
LIVE_PHOTO_S = 4.0  # Apple's moving halves last about 3 s
# How an iPhone names both halves. It numbers photos and films in one row, so that no other film
# has the name of a photo; copies through other systems lose the identifier.
LIVE_PHOTO_NAME = re.compile(r"IMG_E?\d+", re.IGNORECASE)
TAG_CHARACTERS = 500  # of one tag: some hold whole lyrics
KEYWORDS = ("keywords", "com.apple.quicktime.keywords", "wm/category")
TAGS = (
    *("title", "artist", "album_artist", "album", "genre", "date", "show", "description"),
    *KEYWORDS,
)


@dataclass(frozen=True, slots=True)
class Probe:
    """One file. Times inside the file are its own clock's; subtract `start_s` from them."""

    format: str  # ffmpeg's name of the container
    start_s: float
    duration_s: float  # checked: there is content up to here
    width: int = 0  # as shown, after rotation; 0 without a picture
    height: int = 0
    video: bool = False
    audio: bool = False
    tags: Mapping[str, str] | None = None  # lower-case names

    @property
    def metadata(self) -> str:
        """Title, artist and the like, for Words; "" when there is nothing."""
        found = [(self.tags or {}).get(name, "")[:TAG_CHARACTERS] for name in TAGS]
        return ", ".join(dict.fromkeys(text for text in found if text))


def probe(path: Path) -> Probe:
    """Reads the header, decodes one frame, and looks whether the end is where the header says.

    Raises BadInput when there is nothing to play, and as `playing` does.
    """
    with playing(path) as container:
        start_s = start_of(container)
        picture, sound = video_of(container), audio_of(container)
        if picture is None and sound is None:
            raise BadInput(
                f"“{shown(path)}” holds neither pictures nor sound that can be played; "
                "replace it with a good copy."
            )
        if sound is not None and 0 < sound.rate < LOWEST_RATE:
            if picture is None:
                raise BadInput(
                    f"“{shown(path)}” has {sound.rate:,} samples of sound a second, too few to be "
                    "heard; export it at 8,000 or more to find it."
                )
            sound = None
        width = height = 0
        if picture is not None:
            width, height = shown_size(_first_frame(path, container, picture), picture)
        return Probe(
            format=container.format.name,
            start_s=start_s,
            duration_s=_duration(path, container, start_s),
            width=width,
            height=height,
            video=picture is not None,
            audio=sound is not None,
            tags=_tags(container),
        )


def info(path: Path, found: Probe) -> Info:
    """The probe as the library keeps it."""
    tags = found.tags or {}
    made = [tags.get("com.apple.quicktime.creationdate", ""), tags.get("creation_time", "")]
    times = [time for text in made if (time := iso_time(text)) and time > EARLIEST_S]
    taken_s, taken_from = taken(path, (times[0] if times else None, "container"))
    beside = sidecar_of(path)
    latitude, longitude = _place(
        tags.get("com.apple.quicktime.location.iso6709") or tags.get("location", "")
    )
    maker = tags.get("com.apple.quicktime.make") or tags.get("com.android.manufacturer", "")
    model = tags.get("com.apple.quicktime.model") or tags.get("com.android.model", "")
    short = found.video and found.duration_s <= LIVE_PHOTO_S
    return Info(
        taken_s=taken_s,
        taken_from=taken_from,
        camera=model if model.startswith(maker) else f"{maker} {model}".strip(),
        latitude=beside.latitude if latitude is None else latitude,
        longitude=beside.longitude if longitude is None else longitude,
        duration_s=found.duration_s,
        width=found.width or None,
        height=found.height or None,
        title=tags.get("title", "")[:TAG_CHARACTERS],
        rating=stars(beside.rating, *(tags.get(name) for name in _ratings(found.format))),
        keywords=unique(
            (*beside.keywords, *(w for name in KEYWORDS for w in split(tags.get(name, ""))))
        ),
        live_photo=short
        and (
            "com.apple.quicktime.content.identifier" in tags
            or LIVE_PHOTO_NAME.fullmatch(path.stem) is not None
        ),
    )


def _ratings(container: str) -> tuple[str, ...]:
    """The tags of stars; in MP4 "rating" says for which age a film is."""
    named = ("com.apple.quicktime.rating.user", "wm/shareduserrating")
    return named if "mp4" in container else (*named, "rating")


@contextmanager
def playing(path: Path) -> Iterator[InputContainer]:
    """The file, open for demuxing. What ffmpeg's libraries raise in here comes out as ours."""
    import av

    checked(path)
    options = {"protocol_whitelist": "file", "format_whitelist": DEMUXERS}
    try:
        # `file:` keeps a name like "concat:a" from being taken for a protocol.
        with av.open(f"file:{path.absolute()}", options=options, metadata_errors="replace") as file:
            yield file
    except av.FFmpegError as e:
        if isinstance(e, MemoryError):
            raise BadInput(f"“{shown(path)}” needs more memory than there is.") from e
        if isinstance(e, FileNotFoundError | PermissionError):
            with opened(path):  # not there, or not ours to read: this says it
                pass
        if e.errno == errno.EIO:  # ffmpeg says so of damage, too: then we can read it
            with opened(path) as bytes_of_it:
                bytes_of_it.read(65536)
        elif e.errno in PASSING:
            text = f"“{shown(path)}” can't be read now ({e.strerror}); it is tried again later."
            raise TryLater(text) from e
        raise damaged(path, e.strerror) from e


def start_of(container: InputContainer) -> float:
    """What the container's clock shows at its beginning, in seconds."""
    return (container.start_time or 0) / 1e6


def video_of(container: InputContainer) -> VideoStream | None:
    """The track of moving pictures; a cover is none. BadInput when it can't be decoded."""
    from av.stream import Disposition

    for stream in container.streams.video:
        if stream.disposition & Disposition.attached_pic:
            continue
        codec: CodecContext | None = stream.codec_context  # the stubs leave None out
        if codec is None:
            name = shown(Path(container.name))
            raise BadInput(f"The pictures in “{name}” are in a format that can't be decoded here.")
        # One thread: several files are read at once, and frame threads decode ahead for nothing.
        if not codec.is_open:
            codec.thread_type = "SLICE"
            codec.thread_count = 1
        return stream
    return None


def audio_of(container: InputContainer) -> AudioStream | None:
    """The first track of sound that can be decoded here."""
    tracks = container.streams.audio
    return next((stream for stream in tracks if stream.codec_context is not None), None)


def packets(container: InputContainer, *tracks: Any) -> Iterator[Packet[Any]]:
    """Of these tracks, from the present position on."""
    while True:
        try:
            yield from container.demux(*tracks)
        except IndexError:  # PyAV's word for a track that begins in the middle, as in broadcasts
            continue
        return


def decoded(container: InputContainer, stream: VideoStream | AudioStream) -> Iterator[Any]:
    """Frames from the present position on; damaged packets are left out, as players do."""
    import av

    for packet in packets(container, stream):
        try:
            yield from packet.decode()
        except av.error.EOFError:
            return
        except av.error.InvalidDataError:
            continue


def shown_size(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """Width and height as shown: square pixels, upright."""
    aspect = stream.sample_aspect_ratio or 1
    if not 0.1 < aspect < 10:
        aspect = 1
    width, height = max(1, round(frame.width * aspect)), frame.height
    return (height, width) if frame.rotation % 180 == 90 else (width, height)


def _first_frame(path: Path, container: InputContainer, stream: VideoStream) -> VideoFrame:
    for frame in decoded(container, stream):
        return frame  # type: ignore[no-any-return]
    raise damaged(path, "no picture can be decoded")


def _duration(path: Path, container: InputContainer, start_s: float) -> float:
    """Up to where there is content: as declared if that is so, else by reading to the end."""
    tracks = [track for track in (video_of(container), audio_of(container)) if track]
    said = [
        float(track.duration * track.time_base)
        for track in tracks
        if track.duration and track.time_base
    ]
    declared_s = max([(container.duration or 0) / 1e6, *said])
    end_s = 0.0
    if 0 < declared_s <= LONGEST_S:
        end_s, _ = _end(container, tracks, start_s + max(0.0, declared_s - TAIL_S))
        if abs(declared_s - (end_s - start_s)) <= SLACK_S:
            return declared_s
    with playing(path) as again:  # not every container lets itself be wound back from its end
        tracks = [track for track in (video_of(again), audio_of(again)) if track]
        end_s, summed_s = _end(again, tracks, None)
    measured_s = end_s - start_s if 0 < end_s - start_s <= LONGEST_S else summed_s
    if measured_s > LONGEST_S:
        raise damaged(path, "its clock is broken")
    if measured_s <= 0:
        raise damaged(path, "it ends before its first moment")
    return measured_s


def _end(
    container: InputContainer, tracks: list[VideoStream | AudioStream], from_s: float | None
) -> tuple[float, float]:
    """When the last packet after `from_s` ends, and how long the packets of a track last."""
    import av

    end_s = 0.0
    lasted = dict.fromkeys([track.index for track in tracks], 0.0)
    with contextlib.suppress(av.FFmpegError):  # a truncated file ends in an error
        if from_s is not None:
            container.seek(int(from_s * 1e6))
        for packet in packets(container, *tracks):
            if packet.pts is None or packet.size == 0 or packet.is_corrupt:
                continue
            duration = packet.duration or 0
            end_s = max(end_s, float((packet.pts + duration) * packet.time_base))
            lasted[packet.stream.index] += float(duration * packet.time_base)
    return end_s, max(lasted.values())


def _tags(container: InputContainer) -> dict[str, str]:
    """The container's tags; Ogg keeps them with its stream."""
    tags: dict[str, str] = {}
    for source in [*(stream.metadata for stream in container.streams.audio), container.metadata]:
        for name, value in source.items():
            text = "".join(c if c.isprintable() else " " for c in value).strip()
            if text:
                tags[name.lower()] = text
    return tags


def _place(text: str) -> tuple[float | None, float | None]:
    """ISO 6709 as phones write it: "+48.8577+002.295/" or "+48.8577+002.2950+035.000/"."""
    found = re.match(r"([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)", text)
    if not found:
        return None, None
    latitude, longitude = float(found[1]), float(found[2])
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude, longitude) == (0, 0):
        return None, None
    return latitude, longitude
