"""Light and landscape, painted plainly; and what must not be taken for either."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from nova_desktop.describers.scenes import scenes
from nova_desktop.describers.tags import TagDescriber
from nova_desktop.settings import resource
from tests.describers.pieces import page, picture

WIDTH, HEIGHT = 240, 160
BLUE = ((60, 120, 200), (170, 210, 245))


def grained(rgb: np.ndarray, grain: float = 6.0) -> Image.Image:
    """As a camera sees it: no two pixels alike."""
    noise = np.random.default_rng(1).normal(0, grain, (*rgb.shape[:2], 1))
    return Image.fromarray(np.clip(rgb + noise, 0, 255).astype(np.uint8))


def falling(top, bottom, height: int = HEIGHT) -> np.ndarray:
    """From one colour to another."""
    share = np.linspace(0, 1, height)[:, None, None]
    return np.array(top) + (np.array(bottom) - np.array(top)) * share * np.ones((1, WIDTH, 1))


def landscape(sky: np.ndarray, land, horizon: float = 0.5) -> Image.Image:
    at = int(HEIGHT * horizon)
    ground = np.ones((HEIGHT - at, WIDTH, 1)) * np.array(land)
    texture = np.random.default_rng(2).normal(1, 0.15, ground.shape[:2])[..., None]
    return grained(np.concatenate([sky[:at], ground * texture]))


def lights(base: Image.Image) -> Image.Image:
    draw = ImageDraw.Draw(base)
    for at in range(10, WIDTH, 24):
        draw.ellipse([at, 110, at + 6, 116], fill=(255, 230, 160))
    return base


def test_a_sky_is_told_with_what_lies_below_it():
    assert scenes(landscape(falling(*BLUE), (120, 90, 70))) == ["sky"]
    assert scenes(landscape(falling(*BLUE), (60, 140, 50))) == ["grass", "sky"]
    assert scenes(landscape(falling(*BLUE), (20, 90, 140))) == ["sea", "sky"]


def test_a_warm_sky_above_dark_land_is_a_sunset():
    sky = falling((70, 50, 110), (250, 150, 60))
    assert scenes(landscape(sky, (25, 18, 22), horizon=0.7)) == ["sunset", "sky"]
    assert "sunset" not in scenes(landscape(sky, (200, 170, 140), horizon=0.7))


def test_few_lights_in_the_dark_are_a_night():
    dark = falling((8, 10, 30), (20, 22, 45))
    assert scenes(grained(dark, 3.0)) == ["dark"]
    assert scenes(lights(grained(dark, 3.0)))[:2] == ["night", "dark"]
    assert "night" in scenes(Image.open(resource("sample") / "photos" / "rocket launch.jpg"))


def test_snow_is_bright_and_paper_is_not_a_scene():
    assert scenes(grained(falling((225, 230, 238), (245, 246, 250)), 8.0)) == ["bright"]
    assert scenes(page(["Dear all,", "the meeting is on Monday."])) == []
    assert scenes(page(["print(1)"], ink=230, paper=24)) == []


def test_a_photo_without_colours_is_black_and_white():
    tones = np.random.default_rng(3).uniform(0, 255, (40, 60)).astype(np.uint8)
    grey = Image.fromarray(tones).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    assert scenes(grey) == ["black and white photo"]
    assert scenes(Image.merge("RGB", (grey, grey.rotate(180), grey))) == []
    silhouette = Image.open(resource("sample") / "photos" / "horse.png").convert("RGB")
    assert scenes(silhouette) == []


def test_black_bars_beside_a_film_change_nothing():
    shown = landscape(falling(*BLUE), (60, 140, 50))
    framed = Image.new("RGB", (WIDTH + 80, HEIGHT + 60))
    framed.paste(shown, (40, 30))
    assert scenes(framed) == scenes(shown) == ["grass", "sky"]


@pytest.mark.parametrize("rgb", [(60, 120, 200), (0, 0, 0), (255, 255, 255)])
@pytest.mark.parametrize("size", [(1, 1), (3, 900), (300, 200)])
def test_one_colour_is_no_scene_in_any_shape(size, rgb):
    assert scenes(Image.new("RGB", size, rgb)) == []


def test_scenes_are_words_of_their_own_and_stand_in_the_sentence():
    said = [one.text for one in TagDescriber().describe([picture(lights(grained(
        falling((8, 10, 30), (20, 22, 45)), 3.0)))])]  # fmt: skip
    assert "night" in said
    assert "night and dark" in said[-1]
