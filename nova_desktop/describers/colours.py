"""The colours of a picture, by the names that people have for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

EDGE = 48  # pixels looked at: no more than an impression
LEAST_SHARE = 0.12  # of a picture
MOST = 3
PALE, DARK, LIGHT = 0.25, 0.18, 0.85  # a saturation, and two values

# Each name up to a hue in degrees.
_HUES = (
    *((15, "red"), (40, "orange"), (68, "yellow"), (165, "green"), (255, "blue")),
    *((300, "violet"), (345, "pink"), (360, "red")),
)


def colours(picture: Image) -> list[str]:
    """Up to three names, the most of the picture first."""
    import numpy as np

    small = picture.copy()
    small.thumbnail((EDGE, EDGE))
    hue, saturation, value = (np.asarray(band) / 255 for band in small.convert("HSV").split())
    found: dict[str, int] = {}
    for h, s, v in zip(360 * hue.ravel(), saturation.ravel(), value.ravel(), strict=True):
        name = _name(float(h), float(s), float(v))
        found[name] = found.get(name, 0) + 1
    most = sorted(found, key=lambda name: -found[name])[:MOST]
    return [name for name in most if found[name] > LEAST_SHARE * hue.size]


def _name(hue: float, saturation: float, value: float) -> str:
    if value < DARK:
        return "black"
    if saturation < PALE:
        return "white" if value > LIGHT else "grey"
    name = next(name for most, name in _HUES if hue <= most)
    dull = {"red": 0.35, "orange": 0.75, "yellow": 0.5}.get(name, 0.0)
    brown = value <= dull or (name == "orange" and saturation <= 0.6)
    return "brown" if brown else name
