"""Ratings and keywords, wherever programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from nova_desktop.media.audio import AudioReader
from nova_desktop.media.image import ImageReader
from nova_desktop.media.stars import split, stars, unique
from nova_desktop.media.video import VideoReader
from nova_desktop.media.xmp import xmp_of
from nova_desktop.model import Info
from tests import media_samples as samples
from tests.media.clips import ffmpeg

PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="dc" xmlns:xmp="xmp">'
    '<rdf:Description xmp:Rating="{rating}"><dc:subject><rdf:Bag>{keywords}</rdf:Bag></dc:subject>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def packet(rating: object, *keywords: str) -> str:
    return PACKET.format(rating=rating, keywords="".join(f"<rdf:li>{k}</rdf:li>" for k in keywords))


@pytest.mark.parametrize(
    ("said", "rating"),
    [
        ("5", 5),
        ("3.0", 3),
        (1, 1),
        (0, None),
        (-1, None),
        ("", None),
        ("good", None),
        ("nan", None),
        (25, 2),
        (50, 3),
        (75, 4),
        (99, 5),
        (100, 5),
        (101, None),
    ],
)
def test_stars_are_one_to_five(said: object, rating: int | None) -> None:
    assert stars(said) == rating


def test_the_first_rating_that_is_one_counts() -> None:
    assert stars(None, "", 0, 4, 2) == 4


def test_keywords_are_each_there_once() -> None:
    assert unique([*split("sea, Light;light ,, "), "new  york"]) == ("sea", "Light", "new york")


def test_an_xmp_packet_has_both() -> None:
    said = xmp_of(packet(4, "sea", "light").encode())
    assert (said.rating, said.keywords) == (4, ("sea", "light"))
    element = b'<r xmlns:xmp="xmp"><xmp:Rating>2</xmp:Rating></r>'
    assert xmp_of(element).rating == 2
    assert xmp_of(packet("-1").encode()).rating is None


def photo(path: Path, **how: object) -> Info:
    return ImageReader().read(samples.save(path, **how)).info


def test_a_photo_says_them_in_exif_in_xmp_and_beside_it(tmp_path: Path) -> None:
    tags = samples.exif()
    tags[0x4746] = 2
    tags[0x9C9E] = "travel;Norway\0".encode("utf-16-le")
    info = photo(tmp_path / "a.jpg", exif=tags)
    assert (info.rating, info.keywords) == (2, ("travel", "Norway"))
    path = tmp_path / "b.jpg"
    Image.new("RGB", (32, 32)).save(path, exif=tags, xmp=packet(3, "sea").encode())
    info = ImageReader().read(path).info
    assert (info.rating, info.keywords) == (3, ("sea", "travel", "Norway"))
    again = path.rename(tmp_path / "c.jpg")
    again.with_suffix(".xmp").write_text(packet(5, "beside", "SEA"))
    info = ImageReader().read(again).info
    assert (info.rating, info.keywords) == (5, ("beside", "SEA", "travel", "Norway"))


def test_films_and_sounds_say_them_in_their_tags_and_beside_them(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    ffmpeg("-f lavfi -i testsrc=s=64x64:d=1 -metadata keywords=sea,light -metadata rating=1", film)
    info = VideoReader().read(film).info
    assert (info.rating, info.keywords) == (None, ("sea", "light"))  # "rating" is for children here
    film.with_suffix(".xmp").write_text(packet(4, "trip"))
    info = VideoReader().read(film).info
    assert (info.rating, info.keywords) == (4, ("trip", "sea", "light"))
    sound = tmp_path / "song.flac"
    ffmpeg("-f lavfi -i sine=d=1 -metadata rating=80 -metadata keywords=jazz", sound)
    info = AudioReader().read(sound).info
    assert (info.rating, info.keywords) == (4, ("jazz",))
