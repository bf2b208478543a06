"""Reads photos and drawings: one chunk a file, shown upright, with what the camera noted."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from nova_desktop.errors import BadInput, shown
from nova_desktop.media.exif import About, about
from nova_desktop.media.opening import Version, decoding, opened, version
from nova_desktop.media.pictures import encoded, preview_jpeg, reduced, takes_picture
from nova_desktop.media.raw import raw_preview
from nova_desktop.media.sniff import RAW, sniff_mime
from nova_desktop.media.taken import taken
from nova_desktop.media.xmp import sidecar_versions
from nova_desktop.model import (
    Chunk,
    Info,
    Limits,
    Modality,
    Piece,
    Preview,
    Reading,
    Source,
    Span,
    Words,
)

if TYPE_CHECKING:
    from PIL import Image, ImageFile

MAX_PIXELS = 100_000_000  # decoded whole: 400 MB of memory at four bytes each
MAX_JPEG_PIXELS = 400_000_000  # JPEG is decoded at a fraction of its size where it is larger
KEPT_PIXELS = 3_000_000  # at least this much of the decoded picture is kept for the next call


@dataclass(frozen=True)
class ImageReader:
    """JPEG PNG WebP GIF BMP TIFF HEIC/HEIF AVIF, and RAW by the preview inside it.

    `read` decodes the whole picture, so what is damaged is known before anything is embedded.
    """

    @property
    def modality(self) -> Modality:
        return Modality.IMAGE

    def read(self, path: Path) -> Reading:
        _, (width, height), said = _upright(path, _versions(path), KEPT_PIXELS)
        taken_s, source = taken(
            path,
            (said.exif_s, "EXIF"),
            (said.sidecar_s, "sidecar"),
            (said.container_s, "container"),
        )
        info = Info(
            taken_s=taken_s,
            taken_from=source,
            camera=said.camera,
            latitude=said.latitude,
            longitude=said.longitude,
            width=width,
            height=height,
            title=said.title,
            rating=said.rating,
            keywords=said.keywords,
            body=said.body,
            burst=said.burst,
        )
        words = tuple(Words(Source.METADATA, text) for text in (said.text, said.camera) if text)
        return Reading(info, (Chunk(0, Modality.IMAGE, None, words),))

    def encode(self, path: Path, chunk: Chunk, limits: Limits) -> tuple[Piece, ...]:
        """One picture, upright, see-through parts on white."""
        mime = takes_picture(limits.mimes.get(chunk.modality, ()))
        if not mime:
            return ()
        pixels = KEPT_PIXELS if limits.pixels <= KEPT_PIXELS else limits.pixels
        picture, _, _ = _upright(path, _versions(path), pixels)
        with decoding(path):
            data = encoded(picture, mime, limits, shown(path))
        return (Piece(Modality.IMAGE, mime, data, chunk.span),)

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:  # noqa: ARG002  # a picture has neither spans nor frames
        pixels = KEPT_PIXELS if edge * edge <= KEPT_PIXELS else edge * edge
        picture, _, _ = _upright(path, _versions(path), pixels)
        with decoding(path):
            return Preview(jpeg=preview_jpeg(picture, edge))


def upright(path: Path) -> Image.Image:
    """The picture as shown, large enough for everything but a closer look."""
    return _upright(path, _versions(path), KEPT_PIXELS)[0]


def _versions(path: Path) -> tuple[Version, ...]:
    """Of the file, and of what is noted beside it."""
    return (version(path), *sidecar_versions(path))


@lru_cache(maxsize=2)  # reading, encoding and previewing one file follow one another
def _upright(
    path: Path,
    versions: tuple[Version, ...],  # noqa: ARG001  # a changed file is another entry
    pixels: int,
) -> tuple[Image.Image, tuple[int, int], About]:
    """(the picture as shown with `pixels` to four times as many, its full size, what it says)."""
    with opened(path) as file, _pillow() as pillow:
        if sniff_mime(path) == RAW:
            preview, exposed_s = raw_preview(file, path)
            picture, size, inside = _decode(preview, path, pillow, pixels)
            said = _about_raw(file, path, pillow) or inside
            return picture, size, replace(said, exif_s=said.exif_s or exposed_s)
        return _decode(file, path, pillow, pixels)


def _decode(
    file: BinaryIO, path: Path, pillow: Pillow, pixels: int
) -> tuple[Image.Image, tuple[int, int], About]:
    picture = pillow.open(file, path)
    width, height = picture.size
    cap = MAX_JPEG_PIXELS if picture.format in ("JPEG", "MPO") else MAX_PIXELS
    if width * height > cap:
        raise BadInput(
            f"“{shown(path)}” has {width:,} × {height:,} = {width * height:,} pixels, more than "
            f"the {cap:,} that are decoded; save a smaller copy to find it."
        )
    said = about(picture, path)
    side = int((pixels * max(width, height) / max(1, min(width, height))) ** 0.5) + 1
    picture.draft(None, (side, side))  # JPEG: at a half, quarter or eighth, never below this
    picture.load()
    # Asked only now: Pillow turns a TIFF while it loads it, and then its tag is gone.
    turned = picture.getexif().get(0x0112) in (5, 6, 7, 8)
    full = (height, width) if turned else (width, height)
    return pillow.upright(reduced(picture, pixels)), full, said


def _about_raw(file: BinaryIO, path: Path, pillow: Pillow) -> About | None:
    """The tags of a RAW file that is TIFF outside, as most are: Pillow reads its directory."""
    file.seek(0)
    try:
        return about(pillow.open(file, path), path)
    except BadInput:
        return None  # CR3, RAF, ORF and RW2 are not: their preview has tags of its own


class Pillow:
    """Pillow with HEIC registered, and its own guesses about bombs replaced by our cap."""

    def __init__(self) -> None:
        import pillow_heif
        from PIL import Image, ImageOps

        Image.init()  # every plugin at once: asked for by name, they are not loaded on demand
        pillow_heif.register_heif_opener()
        # What it logs as an error it also raises, and that is told with the file's name.
        logging.getLogger("PIL").setLevel(logging.CRITICAL)
        Image.MAX_IMAGE_PIXELS = None  # `_decode` refuses with a sentence that names the cap
        self._image, self._ops = Image, ImageOps

    def open(self, file: BinaryIO, path: Path) -> ImageFile.ImageFile:
        """The picture, its size known and nothing decoded yet."""
        from PIL import UnidentifiedImageError

        file.seek(0)
        try:
            return self._image.open(file, formats=FORMATS)
        except UnidentifiedImageError as e:
            raise BadInput(
                f"“{shown(path)}” is not a picture that can be read; replace it with a good copy."
            ) from e

    def upright(self, picture: Image.Image) -> Image.Image:
        return self._ops.exif_transpose(picture)


FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "DIB", "TIFF", "HEIF", "AVIF")


@contextmanager
def _pillow() -> Iterator[Pillow]:
    """Pillow, whose warnings about odd bytes are nothing to show: its errors are translated."""
    with _ONE_AT_A_TIME, warnings.catch_warnings():  # the filters are one set for all threads
        warnings.simplefilter("ignore")
        yield Pillow()


_ONE_AT_A_TIME = threading.RLock()
