"""Pictures as a tower takes them, prepared as the model's own files say.

Resizing is Pillow's, which both sources call: transformers' image processors (CLIPImageProcessor,
SiglipImageProcessor) and open_clip's transform. Rounding and cropping follow them to the pixel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import NeedsUser

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_EDGE = 1024  # pixels; of what any such model sees
# Of a resized picture that is then cropped: a strip of 1 × 100,000 pixels would be 15 GB.
MOST_PIXELS = 1 << 24
SHORTEST, SQUASH, LONGEST = "shortest", "squash", "longest"
# "random" is open_clip's, for training; it takes bicubic else.
RESAMPLES = {
    "random": 3,
    "nearest": 0,
    "lanczos": 1,
    "bilinear": 2,
    "bicubic": 3,
    "box": 4,
    "hamming": 5,
}
# What a processor that does not say takes: transformers' own defaults.
DEFAULTS = {
    "CLIP": ((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)),
    "Siglip": ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
}


# Where the middle begins, of so many pixels within those that there are; below 0 where they are
# more. The two sources halve an odd difference otherwise.


def _as_transformers(there: int, wanted: int) -> int:
    return (there - wanted) // 2


def _as_torchvision(there: int, wanted: int) -> int:
    return round((there - wanted) / 2) if there >= wanted else -((wanted - there) // 2)


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """Edges are (height, width) in pixels."""

    resize: tuple[int, int] | None  # None: as it is
    how: str = SQUASH  # to exactly that; or its shortest or longest edge to it
    crop: tuple[int, int] | None = None  # of the middle
    resample: int = RESAMPLES["bicubic"]  # by Pillow's number
    scale: float = 1 / 255
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    deviation: tuple[float, float, float] = (1.0, 1.0, 1.0)
    fill: int = 0  # what is beside a picture that is smaller, 0 to 255
    begin: Callable[[int, int], int] = _as_transformers  # of a middle

    @property
    def edges(self) -> tuple[int, int] | None:
        """Of what comes out; None where that is the picture's."""
        return self.crop or (self.resize if self.how != SHORTEST else None)

    def pixels(self, picture: Image) -> NDArray[np.float32]:
        """Shape (3, height, width): red, green, blue."""
        shown = self._sized(picture if picture.mode == "RGB" else picture.convert("RGB"))
        values = np.asarray(shown, np.float32) * np.float32(self.scale)
        values -= np.array(self.mean, np.float32)
        values /= np.array(self.deviation, np.float32)
        return np.ascontiguousarray(values.transpose(2, 0, 1))

    def _sized(self, picture: Image) -> Image:
        if self.resize is not None:
            size = self._resized(picture.width, picture.height, *self.resize)
            if self.crop and size[0] * size[1] > MOST_PIXELS:
                return self._middle_of_strip(picture, size, *self.crop)
            if size != picture.size:
                picture = picture.resize(size, self.resample)
            if self.how == LONGEST:
                picture = self._middle(picture, *self.resize)
        return self._middle(picture, *self.crop) if self.crop else picture

    def _middle_of_strip(
        self, picture: Image, size: tuple[int, int], height: int, width: int
    ) -> Image:
        """The middle of `picture` resized to `size`, without making the rest of that."""
        across, down = size[0] / picture.width, size[1] / picture.height
        seen_width, seen_height = min(width, size[0]), min(height, size[1])
        left, top = self.begin(size[0], seen_width), self.begin(size[1], seen_height)
        right, bottom = (left + seen_width) / across, (top + seen_height) / down
        box = (left / across, top / down, min(right, picture.width), min(bottom, picture.height))
        shown = picture.resize((seen_width, seen_height), self.resample, box)
        return self._middle(shown, height, width)

    def _middle(self, picture: Image, height: int, width: int) -> Image:
        """The middle of so many pixels; what lies outside the picture is `fill`."""
        left, top = self.begin(picture.width, width), self.begin(picture.height, height)
        if left >= 0 and top >= 0:
            return picture.crop((left, top, left + width, top + height))
        from PIL import Image

        whole = Image.new("RGB", (width, height), (self.fill, self.fill, self.fill))
        whole.paste(picture, (-left, -top))
        return whole

    def _resized(self, width: int, height: int, to_height: int, to_width: int) -> tuple[int, int]:
        """(width, height) after resizing."""
        if self.how == SQUASH:
            return to_width, to_height
        if self.how == SHORTEST:
            edge = min(to_height, to_width)
            if width <= height:
                return edge, max(1, int(edge * height / width))
            return max(1, int(edge * width / height)), edge
        scale = min(to_height / height, to_width / width)
        return max(1, round(width * scale)), max(1, round(height * scale))


def from_transformers(said: Mapping[str, Any]) -> Preprocessing:
    """Of a preprocessor_config.json."""
    kind = str(said.get("image_processor_type") or said.get("feature_extractor_type") or "")
    if "max_num_patches" in said:
        raise NeedsUser(
            "This CLIP model takes pictures of any shape (NaFlex), which is not supported. Choose "
            "one with a fixed size, such as siglip2-base-patch16-224."
        )
    crops = bool(said.get("do_center_crop", kind.startswith("CLIP")))
    crop = _edges(said["crop_size"], "crop_size") if crops and said.get("crop_size") else None
    resize, how = None, SQUASH
    if said.get("do_resize", True):
        resize, how = _resize(said.get("size"), crops)
    if crops and crop is None:
        crop = resize
    mean, deviation = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
    if said.get("do_normalize", True):
        default = next((DEFAULTS[name] for name in DEFAULTS if kind.startswith(name)), None)
        mean = _three(_or(said.get("image_mean"), default and default[0]), "image_mean")
        deviation = _three(_or(said.get("image_std"), default and default[1]), "image_std")
    scale = 1.0
    if said.get("do_rescale", True):
        scale = _number(_or(said.get("rescale_factor"), 1 / 255), "rescale_factor")
    return Preprocessing(
        resize,
        how,
        crop,
        _resample(_or(said.get("resample"), RESAMPLES["bicubic"])),
        scale,
        mean,
        _above_zero(deviation),
    )


def from_open_clip(said: Mapping[str, Any]) -> Preprocessing:
    """Of a preprocess_cfg.json, or that part of an open_clip_config.json."""
    size = said.get("size", 224)
    edges = _edges(size[::-1] if isinstance(size, list) and len(size) == 1 else size, "size")
    how = str(said.get("resize_mode") or SHORTEST)
    if how not in (SHORTEST, SQUASH, LONGEST):
        raise NeedsUser(f"resize_mode {how!r} of this CLIP model is not known. Choose another.")
    default = DEFAULTS["CLIP"]
    return Preprocessing(
        edges,
        how,
        edges if how == SHORTEST else None,
        _resample(said.get("interpolation") or "bicubic"),
        1 / 255,
        _three(said.get("mean") or default[0], "mean"),
        _above_zero(_three(said.get("std") or default[1], "std")),
        int(_number(said.get("fill_color") or 0, "fill_color")),
        _as_torchvision,
    )


def _resize(size: object, crops: bool) -> tuple[tuple[int, int], str]:
    match size:
        case None:
            return (224, 224), SHORTEST if crops else SQUASH
        case {"shortest_edge": edge, **_more}:
            return _edges(edge, "size"), SHORTEST
        case {"longest_edge": edge, **_more}:
            return _edges(edge, "size"), LONGEST
        case int():  # as older configurations say it
            return _edges(size, "size"), SHORTEST if crops else SQUASH
    return _edges(size, "size"), SQUASH


def _edges(value: object, name: str) -> tuple[int, int]:
    found: object = value
    match value:
        case int() if not isinstance(value, bool):
            found = value, value
        case {"height": height, "width": width}:
            found = height, width
        case {"shortest_edge": edge}:
            found = edge, edge
        case [height, width]:
            found = height, width
        case [edge]:
            found = edge, edge
    match found:
        case (int() as height, int() as width) if all(0 < n <= LARGEST_EDGE for n in found):
            return height, width
    raise NeedsUser(
        f"{name} of this CLIP model must be from 1 to {LARGEST_EDGE} pixels, not {value!r}. Choose "
        "another model."
    )


def _or(value: object, default: object) -> object:
    """`default` where a configuration gives null, as processors write what they do not set."""
    return default if value is None else value


def _three(value: object, name: str) -> tuple[float, float, float]:
    if isinstance(value, int | float):  # for all of red, green and blue, as both sources take it
        value = (value,) * 3
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 3:
        red, green, blue = (_number(one, name) for one in value)
        return red, green, blue
    raise NeedsUser(
        f"{name} of this CLIP model must be three numbers, not {value!r}. Copy the model's "
        "configuration again, or choose another model."
    )


def _above_zero(value: tuple[float, float, float]) -> tuple[float, float, float]:
    if min(value) <= 0:
        raise NeedsUser("image_std of this CLIP model must be above 0. Choose another model.")
    return value


def _number(value: object, name: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6:
        return float(value)
    raise NeedsUser(
        f"{name} of this CLIP model must be a number, not {value!r}. Copy the model's "
        "configuration again, or choose another model."
    )


def _resample(value: object) -> int:
    if isinstance(value, str) and value.lower() in RESAMPLES:
        return RESAMPLES[value.lower()]
    if isinstance(value, int) and value in RESAMPLES.values():
        return value
    raise NeedsUser(f"The resampling {value!r} of this CLIP model is not known. Choose another.")
