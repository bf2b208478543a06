"""Bursts, from photos whose cameras noted what cameras note."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from nova_desktop.duplicates import Same, Wanted
from nova_desktop.library import opened
from nova_desktop.media.exif import apple_burst
from nova_desktop.media.image import ImageReader
from tests.library.desk import Desk, eventually

EXIF_IFD = 0x8769
UUID = "4A6C1B0E-8F27-4C55-9B1D-0E7F3A7C9D21"


def scene(seed: int) -> Image.Image:
    """Large soft shapes with some grain, a little more than what is photographed."""
    chance = np.random.default_rng(seed)
    cells = Image.fromarray(chance.integers(0, 256, (9, 11, 3), dtype=np.uint8))
    whole = cells.resize((900, 700), Image.Resampling.BICUBIC)
    grain = chance.normal(0, 6, (700, 900, 3))
    return Image.fromarray((np.asarray(whole) + grain).clip(0, 255).astype(np.uint8))


def taken(
    folder: Path,
    name: str,
    view: Image.Image,
    moved: int,
    time: str,
    subsec: str = "",
    model: str = "EOS R6",
    serial: str = "",
    offset: str = "+02:00",
    xmp: str = "",
    note: bytes = b"",
) -> Path:
    """A photo of a part of the scene, held a little otherwise than the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    tags = Image.Exif()
    tags[0x010F], tags[0x0110] = "Canon", model
    inner = tags.get_ifd(EXIF_IFD)
    inner[0x9003] = f"2024:06:14 {time}"
    inner[0x9011] = offset
    for tag, value in ((0x9291, subsec), (0xA431, serial), (0x927C, note)):
        if value:
            inner[tag] = value
    picture = view.crop((moved, moved // 2, moved + 640, moved // 2 + 480))
    path = folder / name
    more = {"xmp": xmp.encode()} if xmp else {}
    picture.filter(ImageFilter.GaussianBlur(min(moved, 12) / 20)).save(
        path, exif=tags, quality=88, **more
    )
    return path


def groups(desk: Desk, folder: Path) -> list[tuple[Same, set[str]]]:
    with opened(desk.open()) as library:
        library.add_folder(folder)
        assert library.wait(60)
        library.duplicates(Wanted(), 10, again=True)
        eventually(lambda: library.duplicates(Wanted(), 10).done)
        found = library.duplicates(Wanted(), 10).groups
    return [(group.same, {copy.path.name for copy in group.copies}) for group in found]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "data").mkdir()
    return Desk(tmp_path / "data")


def test_photos_of_one_moment_are_a_burst_by_parts_of_a_second(desk, tmp_path):
    folder, view = tmp_path / "photos", scene(1)
    names = set()
    for number, subsec in enumerate(("05", "21", "37", "53")):
        names.add(taken(folder, f"a{number}.jpg", view, 6 * number, "10:00:00", subsec).name)
    taken(folder, "later.jpg", view, 150, "10:00:40", "00")
    (same, found), *others = groups(desk, folder)
    assert (same, found) == (Same.BURST, names)
    assert others == []


def test_the_sharpest_of_a_burst_is_suggested(desk, tmp_path):
    folder, view = tmp_path / "photos", scene(1)
    for number in range(3):
        taken(folder, f"a{number}.jpg", view, 12 - 6 * number, f"10:00:0{number}")
    with opened(desk.open()) as library:
        library.add_folder(folder)
        assert library.wait(60)
        eventually(lambda: library.duplicates(Wanted(), 10).done)
        (group,) = library.duplicates(Wanted(), 10).groups
    assert group.copies[0].path.name == "a2.jpg"
    assert group.reason == "sharpness"


def test_two_scenes_a_second_apart_are_no_burst(desk, tmp_path):
    folder = tmp_path / "photos"
    taken(folder, "sea.jpg", scene(1), 0, "10:00:00")
    taken(folder, "wood.jpg", scene(2), 0, "10:00:01")
    assert groups(desk, folder) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [({"model": "EOS R6"}, {"model": "EOS R5"}), ({"serial": "0123"}, {"serial": "0456"})],
    ids=["two models", "one model, two bodies"],
)
def test_two_cameras_at_once_are_no_burst(desk, tmp_path, first, second):
    folder, view = tmp_path / "photos", scene(1)
    taken(folder, "mine.jpg", view, 0, "10:00:00", **first)
    taken(folder, "yours.jpg", view, 34, "10:00:01", **second)
    assert groups(desk, folder) == []


def test_what_is_noted_in_two_time_zones_is_compared_by_the_true_time(desk, tmp_path):
    folder, view = tmp_path / "photos", scene(1)
    taken(folder, "home.jpg", view, 0, "10:00:00", "10")
    taken(folder, "away.jpg", view, 6, "09:00:00", "60", offset="+01:00")
    taken(folder, "elsewhere.jpg", view, 150, "10:00:01", "00", offset="+01:00")
    assert groups(desk, folder) == [(Same.BURST, {"home.jpg", "away.jpg"})]


def test_photos_that_the_camera_calls_one_burst_are_one_however_long_it_took(desk, tmp_path):
    folder, view = tmp_path / "photos", scene(1)
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
        'syntax-ns#"><rdf:Description xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" '
        f'GCamera:BurstID="{UUID}"/></rdf:RDF></x:xmpmeta>'
    )
    for number in range(3):
        taken(folder, f"a{number}.jpg", view, 8 * number, f"10:00:{10 * number:02}", xmp=xmp)
    assert groups(desk, folder) == [(Same.BURST, {"a0.jpg", "a1.jpg", "a2.jpg"})]


def test_photos_of_one_camera_taken_at_two_times_are_two_however_alike(desk, tmp_path):
    folder, view = tmp_path / "photos", scene(1)
    taken(folder, "boat.jpg", view, 0, "10:00:00", "40")
    taken(folder, "a minute later.jpg", view, 0, "10:01:10", "10")
    taken(folder, "copy without fraction and zone.jpg", view, 2, "09:00:00", offset="+02:00")
    assert groups(desk, folder) == [
        (Same.PICTURE, {"boat.jpg", "copy without fraction and zone.jpg"})
    ]


def apple(uuid: str) -> bytes:
    """An iPhone's note: another tag, then what names the burst."""
    text = uuid.encode() + b"\0"
    tags = struct.pack(">HHII", 1, 9, 1, 14) + struct.pack(">HHII", 11, 2, len(text), 44)
    return b"Apple iOS\0\0\1MM" + struct.pack(">H", 2) + tags + b"\0" * 4 + text


def test_an_iphone_names_its_bursts_in_a_note_of_its_own(tmp_path):
    path = taken(tmp_path, "a.jpg", scene(1), 0, "10:00:00", note=apple(UUID), serial="0123")
    info = ImageReader().read(path).info
    assert info.burst == UUID
    assert info.body
    assert "0123" not in info.body
    for broken in (b"", b"Apple iOS\0", apple(UUID)[:20], b"Nikon" + apple(UUID), None, 7):
        assert apple_burst(broken) == ""
