"""Takes single pictures out of a video: the one that is on the screen at a given time."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nova_desktop.media.opening import damaged
from nova_desktop.media.probe import decoded, playing, shown_size, start_of, video_of

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from PIL import Image

JUMP_S = 2.0  # nearer times are reached by decoding on: seeking would decode the same again
BACK_S = (0.0, 2.0, 10.0)  # where a seek lands too late, as in MPEG, seek to before
TINY_S = 0.001  # clocks of 1 ms (Matroska, FLV) round


def pictures(
    path: Path, times_s: Iterable[float], pixels: int, exact: bool = True
) -> Generator[Image.Image, None, None]:
    """The upright picture shown at each of the rising times, of at most `pixels` pixels.

    A time before the first picture gives the first one, a time after the last one the last.
    `exact=False` takes the key picture before that time, which costs one decoded picture each.
    Raises BadInput when there is none, and as `playing` does.
    """
    with contextlib.ExitStack() as files:
        reel = _Reel(path, files)
        for time_s in times_s:
            frame = reel.at(time_s) if exact else reel.key_before(time_s)
            if frame is None:
                raise damaged(path, "no picture can be decoded")
            yield _upright(frame, reel.stream, pixels)


def key_pictures(
    path: Path, times_s: Iterable[float], pixels: int
) -> Generator[tuple[float, Image.Image], None, None]:
    """The key pictures at or before the rising times, each once, and when each is shown.

    Raises as `pictures`. One decoded picture for each time, where the container can seek.
    """
    with contextlib.ExitStack() as files:
        reel = _Reel(path, files)
        last_s = -math.inf
        for time_s in times_s:
            if time_s < last_s:
                continue
            frame = reel.key_before(time_s)
            if frame is None:
                raise damaged(path, "no picture can be decoded")
            shown_s = reel.shown_s(frame)
            if shown_s > last_s:
                last_s = shown_s
                yield shown_s, _upright(frame, reel.stream, pixels)


class _Reel:
    """One video stream and the place that it was decoded up to."""

    stream: VideoStream
    _frames: Iterator[VideoFrame]
    _shown: VideoFrame | None  # on the screen at the last time asked for
    _next: VideoFrame | None  # decoded, and later than that

    def __init__(self, path: Path, files: contextlib.ExitStack) -> None:
        self._path, self._files = path, files
        self._rewind()

    def at(self, time_s: float) -> VideoFrame | None:
        near = time_s - JUMP_S < self._first_s() < math.inf
        if not near and not self._ended:
            for back_s in BACK_S:
                if self._seek(time_s - back_s) and self._first_s() <= time_s + TINY_S:
                    break
            else:
                self._rewind()
        return self._forward(time_s)

    def key_before(self, time_s: float) -> VideoFrame | None:
        """One decoded picture: the key picture at or before, if the container can seek."""
        return self._next if self._seek(time_s) else self.at(time_s)

    def shown_s(self, frame: VideoFrame) -> float:
        """When a picture that was just given is shown."""
        return self._time(frame)

    def _seek(self, time_s: float) -> bool:
        """Decodes one picture at about that time; False where nothing comes of it."""
        import av

        self._shown = self._next = None
        self._ended = False
        try:
            self._container.seek(round((max(0.0, time_s) + self._start_s) * 1e6))
        except av.FFmpegError:
            return False
        self._frames = decoded(self._container, self.stream)
        self._next = next(self._frames, None)
        return self._next is not None

    def _first_s(self) -> float:
        return self._time(self._next) if self._next is not None else math.inf

    def _rewind(self) -> None:
        """Opens the file anew: the one way to its first picture that no container refuses."""
        self._files.close()
        self._container = self._files.enter_context(playing(self._path))
        stream = video_of(self._container)
        if stream is None:
            raise damaged(self._path, "there are no pictures in it")
        self.stream = stream
        self._start_s = start_of(self._container)
        self._frames = decoded(self._container, stream)
        self._shown = None
        self._next = next(self._frames, None)
        self._ended = self._next is None

    def _forward(self, time_s: float) -> VideoFrame | None:
        while self._next is not None and self._time(self._next) <= time_s + TINY_S:
            self._shown, self._next = self._next, next(self._frames, None)
            self._ended = self._next is None
        return self._shown or self._next

    def _time(self, frame: VideoFrame) -> float:
        # Without a time of its own a picture follows the one before it.
        before = self._shown.time if self._shown is not None and self._shown.time else 0.0
        return (frame.time if frame.pts is not None else before) - self._start_s


def _upright(frame: VideoFrame, stream: VideoStream, pixels: int) -> Image.Image:
    from PIL import Image

    turned = frame.rotation % 360
    width, height = shown_size(frame, stream)
    scale = min(1.0, math.sqrt(pixels / (width * height)))
    size = max(1, int(width * scale)), max(1, int(height * scale))
    lying = size[::-1] if turned % 180 == 90 else size
    rgb = frame.reformat(*lying, format="rgb24", interpolation="AREA").to_ndarray()
    picture = Image.fromarray(rgb)
    match turned:  # degrees counterclockwise that bring the picture upright
        case 90:
            return picture.transpose(Image.Transpose.ROTATE_90)
        case 180:
            return picture.transpose(Image.Transpose.ROTATE_180)
        case 270:
            return picture.transpose(Image.Transpose.ROTATE_270)
    return picture
