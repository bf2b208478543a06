"""What tells the parts that were cut out of films: taken of real ones, and compared."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nova_desktop.duplicates import FRAME, Same
from nova_desktop.library.likes import Known, pairs
from nova_desktop.media import ffmpeg, frame_codes
from nova_desktop.media.likeness import MediaLikening
from nova_desktop.media.probe import probe
from nova_desktop.model import Modality

LENGTH_S = 36
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def made(*options: str) -> None:
    program = ffmpeg.programs("").ffmpeg
    subprocess.run([program, "-nostdin", "-v", "error", "-y", *options], check=True)


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> Path:
    """A camera that moves over a landscape that no other film shows, without a sound."""
    folder = tmp_path_factory.mktemp("films")
    chance = np.random.default_rng(3)
    cells = chance.integers(0, 256, (9, 12, 3), np.uint8)
    Image.fromarray(cells).resize((480, 360), Image.Resampling.BICUBIC).save(folder / "wide.bmp")
    view = "crop=160:120:x='(iw-ow)/2*(1+sin(t/4))':y='(ih-oh)/2*(1+sin(t/7))'"
    still = (
        "-loop",
        "1",
        "-framerate",
        "10",
        "-i",
        str(folder / "wide.bmp"),
        "-t",
        str(LENGTH_S),
        "-vf",
        view,
    )
    made(*still, *X264, "-g", "250", str(folder / "film.mp4"))
    return folder / "film.mp4"


def known(path: Path) -> Known:
    likeness = MediaLikening().likeness(path, Modality.VIDEO)
    length_s = probe(path).duration_s
    return Known(path.name, Modality.VIDEO, likeness, duration_s=length_s)


def times_s(one: Known) -> np.ndarray:
    return np.frombuffer(one.likeness.frames, FRAME)["ms"] / 1000


def test_a_silent_part_is_found_in_its_film_also_where_that_is_known_by_key_pictures(
    film, tmp_path, monkeypatch
):
    cut, often = tmp_path / "cut.mp4", tmp_path / "often.mp4"
    made("-ss", "11.3", "-t", "12", "-i", str(film), "-vf", "scale=96:-2", *X264, str(cut))
    made("-i", str(film), *X264, "-g", "10", str(often))
    whole, part = known(film), known(cut)
    assert list(times_s(part)) == [(n + 0.5) / 2 for n in range(24)]
    by_keys = known(often)
    assert len(times_s(by_keys)) == LENGTH_S
    monkeypatch.setattr(frame_codes, "WHOLE_PIXELS", 0)
    long = known(film)  # as one that is too long to be decoded whole
    assert 0 < len(times_s(long)) < 10
    for one in (whole, by_keys):
        found = [(it.one, it.other, it.same) for it in pairs([one, part], lambda _: None)]
        assert found == [(0, 1, Same.EXCERPT)]


def test_a_film_that_shows_nothing_has_no_codes_to_be_found_by(tmp_path):
    black = tmp_path / "black.mp4"
    made("-f", "lavfi", "-i", "color=black:s=160x120:r=10:d=6", *X264, str(black))
    codes = np.frombuffer(known(black).likeness.frames, FRAME)["code"]
    assert len(codes) == 12
    assert not codes.any()
