"""Which files are found as another one beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova_desktop.library.companions import Companion, Kind, companions


@pytest.mark.parametrize(
    ("name", "beside", "kind"),
    [
        ("film.srt", "film.mp4", Kind.SUBTITLES),
        ("Film.VTT", "film.MKV", Kind.SUBTITLES),
        ("film.en.srt", "film.mp4", Kind.SUBTITLES),
        ("film.pt-br.forced.srt", "film.mp4", Kind.SUBTITLES),
        ("film.part.two.srt", "film.part.two.avi", Kind.SUBTITLES),
        ("IMG_1.CR2", "IMG_1.JPG", Kind.RAW),
        ("IMG_1.dng", "IMG_1.heic", Kind.RAW),
        ("IMG_1.MOV", "IMG_1.HEIC", Kind.LIVE),
        ("IMG_1.mov", "IMG_1.jpeg", Kind.LIVE),
        ("IMG_1.xmp", "IMG_1.NEF", Kind.SIDECAR),
        ("IMG_1.NEF.xmp", "IMG_1.NEF", Kind.SIDECAR),
        ("film.mp4.XMP", "film.mp4", Kind.SIDECAR),
        ("ß☃\udcff.srt", "ß☃\udcff.mp4", Kind.SUBTITLES),
    ],
)
def test_a_companion_is_found_by_its_name(name: str, beside: str, kind: Kind) -> None:
    assert companions([name, beside]) == {name: Companion(beside, kind)}


@pytest.mark.parametrize(
    "names",
    [
        ["film.srt"],
        ["film.srt", "other.mp4"],
        ["film.srt", "film.txt"],
        ["a.b.c.d.srt", "a.mp4"],
        ["IMG_1.MP4", "IMG_1.JPG"],
        ["IMG_1.JPG", "IMG_1.PNG"],
        ["notes.xmp"],
        ["notes.xmp", "notes"],
        [".xmp", ".jpg"],
        [],
    ],
)
def test_files_that_only_look_alike_stay_apart(names: list[str]) -> None:
    assert companions(names) == {}


def test_all_companions_of_one_picture_name_it_and_never_each_other() -> None:
    names = ["IMG.HEIC", "IMG.JPG", "IMG.DNG", "IMG.MOV", "IMG.xmp", "IMG.DNG.xmp", "IMG.MOV.xmp"]
    found = companions(names)
    assert set(found) == set(names) - {"IMG.HEIC", "IMG.JPG"}
    assert {to.primary for to in found.values()} == {"IMG.HEIC"}


def test_a_film_with_subtitles_is_not_the_moving_half_of_a_poster() -> None:
    found = companions(["film.jpg", "film.mov", "film.srt"])
    assert found == {"film.srt": Companion("film.mov", Kind.SUBTITLES)}


NAMES = st.lists(
    st.builds(
        "{}.{}".format,
        st.sampled_from(["a", "A", "a.b", "a.en", "a.xmp", "a.jpg", "a.srt", ""]),
        st.sampled_from(
            ["jpg", "HEIC", "mov", "MOV", "mp4", "srt", "vtt", "dng", "xmp", "XMP", ""]
        ),
    ),
    unique=True,
    max_size=25,
)


@given(NAMES)
def test_a_companion_is_never_a_primary(names: list[str]) -> None:
    found = companions(names)
    assert not found.keys() & {to.primary for to in found.values()}
    assert found.keys() | {to.primary for to in found.values()} <= set(names)


@given(NAMES)
def test_the_order_of_the_names_does_not_matter(names: list[str]) -> None:
    assert companions(names) == companions(reversed(names))
