"""The picture inside a RAW photo: the preview that the camera made, else a quick development."""

from __future__ import annotations

import io
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO

from nova_desktop.errors import BadInput, shown
from nova_desktop.media.opening import damaged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_PIXELS = 200_000_000  # of the sensor; 150 million is the most that cameras have


def raw_preview(file: BinaryIO, path: Path) -> tuple[BinaryIO, float | None]:
    """(an encoded picture with its orientation set, when it was exposed).

    Raises BadInput where there is no picture in the file.
    """
    import rawpy

    file.seek(0)
    try:
        with rawpy.imread(file) as raw:
            sizes = raw.sizes
            if sizes.raw_width * sizes.raw_height > MAX_PIXELS:
                raise BadInput(
                    f"“{shown(path)}” has {sizes.raw_width:,} × {sizes.raw_height:,} pixels, more "
                    f"than the {MAX_PIXELS:,} that are decoded; save a smaller copy to find it."
                )
            exposed_s = raw.other.timestamp.timestamp()  # 1970 where the camera noted nothing
            picture = _thumbnail(raw, rawpy, sizes.flip)
            return picture, exposed_s if exposed_s > 0 else None
    except rawpy.LibRawError as e:
        raise damaged(path, "it is no RAW photo that can be decoded") from e


# LibRaw's flip (how the sensor's picture must be turned) → EXIF's orientation.
_ORIENTATIONS = {3: 3, 5: 8, 6: 6}
_ORIENTATION = 0x0112


def _thumbnail(raw: Any, rawpy: ModuleType, flip: int) -> BinaryIO:
    try:
        thumb = raw.extract_thumb()
    except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError):
        # Half size: four sensor pixels to one, seconds faster, and enough to find it.
        developed = raw.postprocess(half_size=True, use_camera_wb=True)  # applies flip itself
        return _as_tiff(developed, 0)
    if thumb.format == rawpy.ThumbFormat.BITMAP:
        return _as_tiff(thumb.data, flip)
    return _turned(bytes(thumb.data), flip)


def _as_tiff(pixels: NDArray[np.uint8], flip: int) -> BinaryIO:
    from PIL import Image

    picture = Image.fromarray(pixels)
    exif = Image.Exif()
    exif[_ORIENTATION] = _ORIENTATIONS.get(flip, 1)
    out = io.BytesIO()
    picture.save(out, "TIFF", exif=exif)
    return out


def _turned(jpeg: bytes, flip: int) -> BinaryIO:
    """The preview with its own orientation, or the sensor's where it has none."""
    from PIL import Image

    out = io.BytesIO(jpeg)
    with Image.open(out, formats=("JPEG",)) as picture:
        exif = picture.getexif()
        upright = flip not in _ORIENTATIONS or _ORIENTATION in exif
        # A preview that already stands upright while the sensor lay on its side needs no turn.
        if upright or (flip in (5, 6) and picture.height > picture.width):
            return out
    exif[_ORIENTATION] = _ORIENTATIONS[flip]
    # The tag goes in right after the start marker; the pixels are not encoded again.
    block = b"Exif\0\0" + exif.tobytes().removeprefix(b"Exif\0\0")
    size = (len(block) + 2).to_bytes(2, "big")
    return io.BytesIO(jpeg[:2] + b"\xff\xe1" + size + block + jpeg[2:])
