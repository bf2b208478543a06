"""Turns a decoded picture into the bytes that an engine takes, and into previews."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nova_desktop.errors import BadInput
from nova_desktop.model import Limits

if TYPE_CHECKING:
    from PIL import Image

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MAX_EDGE = {"JPEG": 65_500, "PNG": 65_500, "WEBP": 16_383}  # of each format, in pixels
QUALITIES = (90, 80, 65, 45)  # tried in turn before the picture is made smaller
SHRINK = 0.7  # of each edge, when even the lowest quality is too many bytes


def takes_picture(mimes: Sequence[str]) -> str:
    """The first of the types taken that we can write, else ""."""
    return next((mime for mime in mimes if mime in FORMATS), "")


def encoded(picture: Image.Image, mime: str, limits: Limits, name: str) -> bytes:
    """The picture within `limits.pixels` and `limits.bytes`, on white where it is see-through.

    Raises BadInput where not even one pixel fits.
    """
    kind = FORMATS[mime]
    picture = opaque(within(picture, limits.pixels, MAX_EDGE[kind]))
    while True:
        for quality in QUALITIES if kind != "PNG" else (None,):
            out = io.BytesIO()
            picture.save(out, kind, **({} if quality is None else {"quality": quality}))
            if out.tell() <= limits.bytes:
                return out.getvalue()
        if picture.size == (1, 1):
            raise BadInput(
                f"“{name}” can't be sent in {limits.bytes} bytes; choose another engine."
            )
        smaller = (max(1, int(edge * SHRINK)) for edge in picture.size)
        picture = picture.resize((next(smaller), next(smaller)))


def preview_jpeg(picture: Image.Image, edge: int) -> bytes:
    """A JPEG of at most `edge` × `edge` pixels, never larger than the picture itself."""
    scale = min(1.0, edge / max(picture.size))
    out = io.BytesIO()
    opaque(_scaled(picture, scale)).save(out, "JPEG", quality=85)
    return out.getvalue()


def within(picture: Image.Image, pixels: int, edge: int) -> Image.Image:
    """The picture with at most `pixels` pixels and no edge above `edge`."""
    width, height = picture.size
    scale = min(1.0, math.sqrt(pixels / (width * height)), edge / max(width, height))
    # A very long picture may keep one edge at a pixel: then the other one takes what is left.
    if min(width, height) * scale < 1:
        scale = min(1.0, pixels / max(width, height), edge / max(width, height))
    return _scaled(picture, scale)


def reduced(picture: Image.Image, pixels: int) -> Image.Image:
    """The picture by a whole fraction, the smallest that still has `pixels`: fast, and sharp
    enough to be scaled once more."""
    factor = int(math.sqrt(picture.width * picture.height / pixels))
    return plain(picture).reduce(factor) if factor > 1 else picture


def _scaled(picture: Image.Image, scale: float) -> Image.Image:
    from PIL import Image

    if scale >= 1:
        return picture
    size = tuple(max(1, int(length * scale)) for length in picture.size)
    # Palettes and 16 bits can't be blended as they are.
    # Hamming: as sharp as bicubic when made smaller, at half the cost.
    filtered = Image.Resampling.HAMMING
    return plain(picture).resize((size[0], size[1]), filtered, reducing_gap=2.0)


def opaque(picture: Image.Image) -> Image.Image:
    """The picture in RGB, laid on white where it is see-through."""
    from PIL import Image

    picture = plain(picture)
    if picture.mode == "RGBA":
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture).convert("RGB")
    return picture.convert("RGB")


def plain(picture: Image.Image) -> Image.Image:
    """The picture in L, RGB or RGBA, whatever it was."""
    if picture.mode in ("L", "RGB", "RGBA"):
        return picture.convert("RGBA") if "transparency" in picture.info else picture
    if picture.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in picture.info:
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if picture.mode.startswith(("I", "F")):
        return _greys(picture)
    return picture.convert("RGB")


def _greys(picture: Image.Image) -> Image.Image:
    """Deep greys (16 bits, floating point) as 8 bits: 16 as they are, others from low to high."""
    import numpy as np
    from PIL import Image

    values = np.nan_to_num(np.asarray(picture, dtype=np.float64), posinf=0, neginf=0)
    if picture.mode.startswith("I;16"):
        values = values / 257
    elif (high := float(values.max())) > (low := float(values.min())):
        values = (values - low) * (255 / (high - low))
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))
