"""Small real pieces of every kind that Amazon Nova takes, made once a run by ffmpeg and Pillow."""

from __future__ import annotations

import functools
import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from nova_desktop.model import Modality, Piece, Source, Span, Unit

PICTURE = ("-f", "lavfi", "-i", "testsrc=size=160x120:rate=10")
SOUND = ("-f", "lavfi", "-i", "sine=frequency=440")
ENCODED = {  # mime → the name's ending, and how ffmpeg is told
    "audio/mpeg": ("mp3", ()),
    "audio/wav": ("wav", ()),
    "audio/ogg": ("ogg", ("-c:a", "libopus")),
    "video/mp4": ("mp4", ()),
    "video/quicktime": ("mov", ()),
    "video/x-matroska": ("mkv", ()),
    "video/webm": ("webm", ("-c:v", "libvpx", "-c:a", "libopus", "-deadline", "realtime")),
    "video/x-flv": ("flv", ()),
    "video/mpeg": ("mpg", ("-r", "25")),
    "video/x-ms-wmv": ("wmv", ()),
    "video/3gpp": ("3gp", ("-c:v", "libx264", "-c:a", "aac")),
}
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}


@functools.cache
def media(mime: str, seconds: float = 2.0, more: tuple[str, ...] = ()) -> bytes:
    """Sound, or film with sound."""
    ending, how = ENCODED[mime]
    sources = SOUND if mime.startswith("audio") else (*PICTURE, *SOUND)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, f"clip.{ending}")
        begin = ("ffmpeg", "-nostdin", "-v", "error", "-threads", "1")
        subprocess.run([*begin, *sources, "-t", str(seconds), *how, *more, target], check=True)
        return target.read_bytes()


@functools.cache
def picture(mime: str = "image/png", colour: str = "red") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (24, 16), colour).save(data, PICTURES[mime])
    return data.getvalue()


def image(mime: str = "image/png", colour: str = "red", page: int | None = None) -> Piece:
    """A picture; the picture of a document's page, when that is given."""
    span = None if page is None else Span(Unit.PAGE, page, page)
    return Piece(Modality.IMAGE, mime, picture(mime, colour), span)


def sound(mime: str = "audio/wav", seconds: float = 2.0) -> Piece:
    data = media(mime, seconds)
    return Piece(Modality.AUDIO, mime, data, Span(Unit.SECONDS, 0, seconds), Source.SOUND)


def film(mime: str = "video/mp4", seconds: float = 2.0, source: Source = Source.PICTURE) -> Piece:
    data = media(mime, seconds)
    return Piece(Modality.VIDEO, mime, data, Span(Unit.SECONDS, 0, seconds), source)
