"""Pieces that are pictures, as pixels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from nova_desktop.errors import BadInput
from nova_desktop.model import Modality, Piece

if TYPE_CHECKING:
    from PIL.Image import Image

MIMES = ("image/jpeg", "image/png")


def decoded(piece: Piece, pixels: int) -> Image:
    """The piece in RGB. Raises BadInput for what is no JPEG or PNG of at most `pixels` pixels."""
    from PIL import Image, UnidentifiedImageError

    if piece.modality is not Modality.IMAGE or piece.mime not in MIMES:
        raise BadInput(f"This describer looks at JPEG and PNG pictures, not at {piece.mime}.")
    try:
        with Image.open(io.BytesIO(piece.data), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > pixels:
                size = f"{picture.width} × {picture.height}"
                raise BadInput(f"A picture of {size} pixels is too large to look at. Shrink it.")
            return picture.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as e:
        raise BadInput("The picture is damaged and can't be looked at. Replace the file.") from e
