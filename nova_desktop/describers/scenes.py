"""What the light and the large surfaces of a picture tell: night, a sky, the sea, black and white.

A classifier of things says none of these, and people ask for them. They are told by colour and
smoothness alone, so each is said only where it is plain: a sky begins at the upper edge, is wide
and smooth, and ends above something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Plane = NDArray[np.float32]
    Mask = NDArray[np.bool_]

EDGE = 96  # pixels looked at: no more than an impression
LEAST_EDGE = 8  # of the shorter side: in less there is no scene
BAR = 8 / 255  # the most light in the black bars beside a film

ONE_COLOUR = 0.3  # of a picture: so much of one is paper or a screen, which no scene has
STEPS = 64  # of a band, within which a colour counts as one

COLOURLESS = 0.06  # the chroma of nearly every pixel of a picture in black and white
LEAST_RANGE = 0.35  # of its lights, from the fifth to the ninety-fifth of a hundred
LEAST_TEXTURE = 0.05  # of its pixels, which a gradient lacks

DARK, DUSK, BRIGHT = 0.12, 0.27, 0.75  # the median light
PAPER = 0.2  # a bright picture has no more of one colour
LIGHTS, FEW = 0.3, 0.1  # brighter by so much than the median are the lights of a night, and few

SMOOTH = 0.09  # how far a pixel of a sky differs from the one beside and the one below it
WIDE = 0.6  # how much of the upper edge is sky
LEAST_SKY, MOST_SKY = 0.2, 0.9  # of a picture
LEVEL = 0.1  # of the height: between the middle half of the ends of a sky above the sea
LEAST_BELOW = 0.5  # of what is below the sky, to be called by it
LEAST_WARM, LEAST_BLUE = 0.35, 0.3  # of a sky
LAND_AT_SUNSET = 0.25  # its median light at most


class Bands(NamedTuple):
    """Of each pixel, 0 to 1; the hue in degrees. Shape (height, width)."""

    hue: Plane
    saturation: Plane
    light: Plane
    chroma: Plane
    rough: Plane
    one_colour: float  # how much of the picture has its commonest colour

    def between(self, least: float, most: float, saturation: float) -> Mask:
        """Where hues are between two, across red where the first is larger."""
        inside = (self.hue >= least) & (self.hue <= most)
        if least > most:
            inside = (self.hue >= least) | (self.hue <= most)
        return inside & (self.saturation >= saturation)


def scenes(picture: Image) -> list[str]:
    """Everyday words, the plainest first; none for drawings, screens and tiny pictures."""
    import numpy as np

    seen = _bands(picture)
    if seen is None or seen.one_colour > ONE_COLOUR:
        return []
    said = []
    low, middle, high = np.quantile(seen.light, [0.05, 0.5, 0.95])
    colourless = float(np.quantile(seen.chroma, 0.98)) <= COLOURLESS
    textured = float((seen.rough > SMOOTH).mean()) >= LEAST_TEXTURE
    if colourless and textured and high - low >= LEAST_RANGE:
        said.append("black and white photo")
    lights = float((seen.light >= middle + LIGHTS).mean())
    if middle <= DUSK and 0 < lights <= FEW:
        said.append("night")
    if middle <= DARK:
        said.append("dark")
    elif middle >= BRIGHT and seen.one_colour <= PAPER:
        said.append("bright")
    return said if colourless else [*said, *_landscape(seen)]


def _landscape(seen: Bands) -> list[str]:
    """A sky, and what is below it."""
    import numpy as np

    warm = seen.between(325, 55, 0.3) & (seen.light >= 0.25)
    blue = seen.between(170, 265, 0.12)
    pale = (seen.saturation <= 0.2) & (seen.light >= 0.55)
    dusky = seen.between(265, 325, 0.12)
    # What hangs together with the upper edge, going down.
    smooth = (warm | blue | pale | dusky) & (seen.rough <= SMOOTH)
    sky = np.logical_and.accumulate(smooth, axis=0)
    share = float(sky.mean())
    if not LEAST_SKY <= share <= MOST_SKY or float(sky[0].mean()) < WIDE:
        return []
    below = ~sky
    if float(warm[sky].mean()) >= LEAST_WARM:
        land = seen.light[len(seen.light) * 4 // 5 :]
        return ["sunset", "sky"] if float(np.median(land)) <= LAND_AT_SUNSET else []
    if float(blue[sky].mean()) < LEAST_BLUE:
        return []  # a white or a grey wall
    if float(seen.between(60, 165, 0.2)[below].mean()) >= LEAST_BELOW:
        return ["grass", "sky"]
    low, high = np.quantile(sky.mean(axis=0), [0.25, 0.75])
    water = float(seen.between(165, 250, 0.25)[below].mean())
    if water >= LEAST_BELOW and high - low <= LEVEL:
        return ["sea", "sky"]
    return ["sky"]


def _within(lit: NDArray[np.intp], count: int) -> slice:
    """From the first to the last that is lit; where there is a bar, its blurred edge goes too."""
    first, last = int(lit[0]), int(lit[-1])
    return slice(first + (first > 0), last + (last == count - 1))


def _bands(picture: Image) -> Bands | None:
    """Of a small copy without black bars; None where too little is left."""
    import numpy as np
    from PIL import Image

    small = picture.convert("RGB")
    small.thumbnail((EDGE, EDGE))
    whole = np.asarray(small)
    lit = whole.max(axis=2) > BAR * 255
    rows, columns = np.flatnonzero(lit.any(axis=1)), np.flatnonzero(lit.any(axis=0))
    if not len(rows):
        return None
    whole = whole[_within(rows, len(whole)), _within(columns, whole.shape[1])]
    if min(whole.shape[:2]) < LEAST_EDGE:
        return None
    full = np.float32(255)
    hsv = np.asarray(Image.fromarray(whole).convert("HSV"), np.float32) / full
    pixels = whole.astype(np.float32) / full
    rough = np.zeros(pixels.shape[:2], np.float32)
    rough[:, :-1] = np.abs(np.diff(pixels, axis=1)).max(axis=2)
    rough[:-1] = np.maximum(rough[:-1], np.abs(np.diff(pixels, axis=0)).max(axis=2))
    steps = (whole.astype(np.int32) * STEPS // 256) @ np.array([STEPS * STEPS, STEPS, 1])
    commonest = np.unique(steps, return_counts=True)[1].max()
    return Bands(
        hsv[..., 0] * np.float32(360),
        hsv[..., 1],
        pixels @ np.array([0.299, 0.587, 0.114], np.float32),  # ITU-R BT.601
        pixels.max(axis=2) - pixels.min(axis=2),
        rough,
        float(commonest / steps.size),
    )
