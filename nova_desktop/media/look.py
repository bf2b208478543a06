"""A perceptual hash: what stays of a picture that is scaled, encoded anew or made brighter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nova_desktop.media.pictures import opaque

if TYPE_CHECKING:
    from PIL import Image

EDGE = 9  # so that there are 8 differences along each line and each column
STEP = 1.5  # of 255 that a place is brighter by than the one before: less is what encoding adds
LEAST_BITS = 12  # fewer are a plain picture, or a line on an empty page: many look like that


def look(picture: Image.Image) -> str:
    """38 hexadecimal digits: 64 bits of what gets brighter to the right, 64 of what does downwards
    (“dHash”), and the mean red, green and blue. "" for a picture that is plain, of which too
    little can be told. How two are compared: `library/likeness.py`.
    """
    from PIL import Image

    small = picture if picture.mode == "RGB" else opaque(picture)
    colours = np.asarray(small.resize((EDGE, EDGE), Image.Resampling.BOX), np.float32)
    greys: NDArray[np.float32] = colours @ np.array([0.299, 0.587, 0.114], np.float32)
    right, down = np.diff(greys[:8], axis=1), np.diff(greys[:, :8], axis=0)
    brighter = np.concatenate([right.ravel(), down.ravel()]) > STEP
    if brighter.sum() < LEAST_BITS:
        return ""
    mean: NDArray[np.uint8] = colours.mean(axis=(0, 1)).round().astype(np.uint8)
    return bytes(np.packbits(brighter)).hex() + bytes(mean).hex()
