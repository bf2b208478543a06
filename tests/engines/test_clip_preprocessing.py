"""Pictures as CLIP towers take them, against a resampling that is written here anew.

The reference follows the two sources by their definitions: transformers' image processors and
open_clip's transform, both with the convolution that Pillow documents for enlarging and reducing.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image

from nova_desktop.engines.clip import preprocessing
from nova_desktop.engines.clip.preprocessing import from_open_clip, from_transformers
from nova_desktop.errors import NeedsUser
from tests.engines.tiny_clip import DEVIATION, MEAN, pictures

LEVEL = 2.01 / 255  # both round to whole levels after each of two passes, in either order


def triangle(x):
    return max(0.0, 1 - abs(x))


def cubic(x, a=-0.5):
    x = abs(x)
    if x < 1:
        return (a + 2) * x**3 - (a + 3) * x**2 + 1
    return a * (x**3 - 5 * x**2 + 8 * x - 4) if x < 2 else 0.0


FILTERS = {2: (triangle, 1.0), 3: (cubic, 2.0)}


def resized(values: np.ndarray, width: int, height: int, resample: int) -> np.ndarray:
    """(h, w, 3) of levels, first across and then down, each rounded."""
    across = whole(np.einsum("ow,hwc->hoc", kernel(values.shape[1], width, resample), values))
    return whole(np.einsum("oh,hwc->owc", kernel(values.shape[0], height, resample), across))


def whole(values: np.ndarray) -> np.ndarray:
    return np.clip(np.floor(values + 0.5), 0, 255)


def kernel(size: int, wanted: int, resample: int) -> np.ndarray:
    weigh, support = FILTERS[resample]
    scale = size / wanted
    stretch = max(1.0, scale)
    found = np.zeros((wanted, size))
    for at in range(wanted):
        centre = (at + 0.5) * scale
        first = max(0, int(centre - support * stretch + 0.5))
        last = min(size, int(centre + support * stretch + 0.5))
        weights = [weigh((x - centre + 0.5) / stretch) for x in range(first, last)]
        found[at, first:last] = np.array(weights) / sum(weights)
    return found


def normalised(values: np.ndarray, mean=MEAN, deviation=DEVIATION) -> np.ndarray:
    return ((values / 255 - mean) / deviation).transpose(2, 0, 1)


def levels(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("RGB"), np.float64)


def random_picture(width: int, height: int) -> Image.Image:
    chance = np.random.default_rng(width * height)
    # Nothing that bicubic swings out of the levels there are: each pass would cut that off.
    return Image.fromarray(chance.integers(90, 166, (height, width, 3), np.uint8))


SIZES = [(40, 30), (30, 40), (301, 200), (37, 513), (24, 24), (7, 11)]
CLIP = {
    "image_processor_type": "CLIPImageProcessor",
    "size": {"shortest_edge": 24},
    "crop_size": {"height": 24, "width": 24},
    "resample": 3,
    "image_mean": MEAN,
    "image_std": DEVIATION,
}


@pytest.mark.parametrize("size", SIZES)
def test_clip_takes_the_middle_of_the_shortest_edge_bicubic(size):
    width, height = size
    edge = 24
    small = (
        (edge, int(edge * height / width))
        if width <= height
        else (int(edge * width / height), edge)
    )
    picture = random_picture(width, height)
    expected = resized(levels(picture), *small, 3) if small != size else levels(picture)
    top, left = (small[1] - edge) // 2, (small[0] - edge) // 2
    expected = normalised(expected[top : top + edge, left : left + edge])
    found = from_transformers(CLIP).pixels(picture)
    assert found.shape == (3, edge, edge)
    assert found.dtype == np.float32
    assert np.abs(found - expected).max() <= LEVEL / min(DEVIATION)


@pytest.mark.parametrize("size", SIZES)
def test_siglip_squashes_bilinear_to_minus_one_to_one(size):
    said = {
        "image_processor_type": "SiglipImageProcessor",
        "size": {"height": 20, "width": 28},
        "resample": 2,
        "image_mean": [0.5] * 3,
        "image_std": [0.5] * 3,
    }
    picture = random_picture(*size)
    expected = normalised(resized(levels(picture), 28, 20, 2), (0.5,) * 3, (0.5,) * 3)
    found = from_transformers(said).pixels(picture)
    assert np.abs(found - expected).max() <= 2 * LEVEL
    assert found.min() >= -1
    assert found.max() <= 1


def test_mobileclip_is_only_scaled_to_zero_to_one():
    said = {"do_normalize": False, "size": {"shortest_edge": 16}, "do_center_crop": True,
            "crop_size": {"height": 16, "width": 16}, "resample": 2}  # fmt: skip
    picture = random_picture(40, 16)
    left = (40 - 16) // 2
    expected = levels(picture)[:, left : left + 16] / 255
    assert np.allclose(from_transformers(said).pixels(picture), expected.transpose(2, 0, 1))


@pytest.mark.parametrize("mode", ["shortest", "squash", "longest"])
def test_open_clip_resizes_by_its_mode(mode):
    said = {"size": [16, 16], "mean": MEAN, "std": DEVIATION, "interpolation": "bilinear",
            "resize_mode": mode, "fill_color": 128}  # fmt: skip
    picture = random_picture(64, 32)
    values = levels(picture)
    if mode == "shortest":
        expected = resized(values, 32, 16, 2)[:, 8:24]
    elif mode == "squash":
        expected = resized(values, 16, 16, 2)
    else:
        expected = np.full((16, 16, 3), 128.0)
        expected[4:12] = resized(values, 16, 8, 2)
    found = from_open_clip(said).pixels(picture)
    assert np.abs(found - normalised(expected)).max() <= LEVEL / min(DEVIATION)


@pytest.mark.parametrize("width", range(32, 72))
def test_open_clip_halves_odd_margins_as_torchvision_does(width):
    # torchvision's center_crop begins at int(round((there - wanted) / 2.0)).
    said = {"size": 16, "mean": [0] * 3, "std": [1] * 3, "interpolation": "bilinear"}
    left = round((width // 2 - 16) / 2.0)
    picture = random_picture(width, 32)
    expected = resized(levels(picture), width // 2, 16, 2)[:, left : left + 16] / 255
    found = from_open_clip(said).pixels(picture)
    assert np.abs(found - expected.transpose(2, 0, 1)).max() <= LEVEL


def test_open_clip_leaves_the_smaller_half_of_an_odd_margin_before():
    said = {"size": 16, "mean": [0] * 3, "std": [1] * 3, "resize_mode": "longest"}
    found = from_open_clip(said).pixels(Image.new("RGB", (16, 11), "white"))
    assert np.flatnonzero(found[0, :, 0]).tolist() == list(range(2, 13))


@pytest.mark.parametrize("resample", [2, 3])
@pytest.mark.parametrize("size", [(3000, 3), (3, 3001), (2999, 2)])
@pytest.mark.parametrize("crop", [224, 200, 240])
def test_of_a_strip_the_middle_is_the_same_without_the_rest(monkeypatch, resample, size, crop):
    said = {**CLIP, "resample": resample, "size": {"shortest_edge": 224}, "crop_size": crop}
    picture = random_picture(*size)
    found = from_transformers(said).pixels(picture)
    monkeypatch.setattr(preprocessing, "MOST_PIXELS", 1 << 40)
    whole = from_transformers(said).pixels(picture)
    assert np.abs(found - whole).max() <= LEVEL / min(DEVIATION)


@pytest.mark.parametrize("size", [(3_000_000, 1), (1, 3_000_000)])
def test_a_strip_that_would_be_many_gigabytes_as_a_whole_is_seen(size):
    said = {**CLIP, "size": {"shortest_edge": 224}, "crop_size": 224}
    pixels = from_transformers(said).pixels(Image.new("RGB", size, "white"))
    assert pixels.shape == (3, 224, 224)
    assert np.ptp(pixels[0]) < LEVEL


def test_photos_come_out_the_same_too():
    for picture in pictures()[:3]:
        width, height = picture.size
        small = (
            (24, int(24 * height / width)) if width <= height else (int(24 * width / height), 24)
        )
        expected = resized(levels(picture), *small, 3)
        top, left = (small[1] - 24) // 2, (small[0] - 24) // 2
        expected = normalised(expected[top : top + 24, left : left + 24])
        found = from_transformers(CLIP).pixels(picture)
        assert np.abs(found - expected).max() <= LEVEL / min(DEVIATION)


def test_a_crop_that_is_larger_than_the_picture_is_filled_around_it():
    said = {**CLIP, "do_resize": False, "crop_size": {"height": 9, "width": 8}}
    found = from_transformers(said).pixels(Image.new("RGB", (5, 4), "white"))
    shown = found[0] > 0
    assert found.shape == (3, 9, 8)
    assert shown.sum() == 20
    assert shown[math.ceil(5 / 2), math.ceil(3 / 2)]


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "1", "CMYK", "I;16"])
def test_every_kind_of_picture_becomes_red_green_and_blue(mode):
    assert from_transformers(CLIP).pixels(Image.new(mode, (30, 40))).shape == (3, 24, 24)


@pytest.mark.parametrize(
    ("changed", "edges"),
    [
        ({"size": 24}, (24, 24)),
        ({"size": {"height": 20, "width": 28}, "do_center_crop": False}, (20, 28)),
        ({"size": {"longest_edge": 24}, "do_center_crop": False}, (24, 24)),
        ({"crop_size": 18}, (18, 18)),
        ({"crop_size": None}, (24, 24)),
    ],
)
def test_sizes_are_read_however_they_are_said(changed, edges):
    prepared = from_transformers({**CLIP, **changed})
    assert prepared.edges == edges
    assert prepared.pixels(random_picture(50, 70)).shape == (3, *edges)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"size": {"shortest_edge": 0}}, "size of this CLIP model"),
        ({"size": {"shortest_edge": 10**9}}, "from 1 to 1024"),
        ({"size": "large"}, "size of this CLIP model"),
        ({"image_mean": [1, 2]}, "image_mean"),
        ({"image_mean": "abc"}, "image_mean"),
        ({"image_std": [1, 0, 1]}, "above 0"),
        ({"resample": 99}, "resampling"),
        ({"rescale_factor": "x"}, "rescale_factor"),
        ({"image_mean": True}, "image_mean"),
        ({"max_num_patches": 256}, "NaFlex"),
    ],
)
def test_what_can_not_be_is_refused_by_name(changed, said):
    with pytest.raises(NeedsUser, match=said):
        from_transformers({**CLIP, **changed})


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ({"resample": None, "rescale_factor": None, "do_convert_rgb": None}, {}),
        ({"do_rescale": False, "rescale_factor": None}, {"do_rescale": False}),
        ({"image_mean": None, "image_std": None}, {}),
        (
            {"image_mean": 0.5, "image_std": 0.25},
            {"image_mean": [0.5] * 3, "image_std": [0.25] * 3},
        ),
        ({"image_mean": 0, "image_std": 1}, {"do_normalize": False}),
    ],
)
def test_what_is_null_is_the_usual_and_one_number_counts_for_three(said, same):
    assert from_transformers({**CLIP, **said}) == from_transformers({**CLIP, **same})


def test_random_is_bicubic_as_in_open_clip():
    assert from_open_clip({"interpolation": "random"}) == from_open_clip({})


def test_one_number_of_open_clip_counts_for_three_too():
    found = from_open_clip({"mean": 0.5, "std": 0.25})
    assert (found.mean, found.deviation) == ((0.5,) * 3, (0.25,) * 3)
