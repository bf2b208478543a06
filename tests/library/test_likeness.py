"""Which contents are near-duplicates."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from nova_desktop.library.likeness import Look, alike
from nova_desktop.media.look import look
from nova_desktop.model import Modality, Row, Source, Span, Unit
from nova_desktop.settings import resource

EAST, NORTH = np.eye(2, dtype=np.float32)
NEARLY_EAST = np.array([0.98, (1 - 0.98**2) ** 0.5], np.float32)


def photo(name: str) -> Image.Image:
    return Image.open(resource("sample") / "photos" / name).convert("RGB")


def seen(picture: Image.Image, *rows: Row) -> Look:
    return Look(Modality.IMAGE, look(picture), rows)


def row(vector, source=Source.TEXT, number=0, span=None) -> Row:
    return Row("c", number, Modality.TEXT, span, source, "", 0.0, vector)


def film(*vectors, source=Source.PICTURE, kind=Modality.VIDEO, duration_s=30.0) -> Look:
    parts = [Span(Unit.SECONDS, 15.0 * n, 15.0 * n + 15) for n in range(len(vectors))]
    rows = [row(vectors[n], source, n, span) for n, span in enumerate(parts)]
    return Look(kind, "", rows, duration_s)


def encoded_anew(picture: Image.Image) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=30)
    return Image.open(out)


@pytest.mark.parametrize("name", ["cat on the sofa.jpg", "rocket launch.jpg", "horse.png"])
@pytest.mark.parametrize(
    "changed",
    [
        encoded_anew,
        lambda picture: picture.resize((picture.width // 2, picture.height // 2)),
        lambda picture: ImageEnhance.Brightness(picture).enhance(1.2),
    ],
)
def test_a_photo_that_was_saved_anew_is_alike(name, changed):
    assert alike(seen(photo(name)), seen(changed(photo(name))))


def test_different_photos_are_not_alike_whatever_they_show():
    names = ("cat on the sofa.jpg", "rocket launch.jpg", "morning coffee.jpg", "galaxies.jpg")
    looks = [seen(photo(name), row(EAST, Source.TAGS)) for name in names]
    assert not any(alike(a, b) for a in looks for b in looks if a is not b)


def test_of_the_same_scene_in_other_colours_both_are_kept():
    red = Image.linear_gradient("L").resize((64, 64))
    black = Image.new("L", red.size)
    assert not alike(
        seen(Image.merge("RGB", (red, black, black))), seen(Image.merge("RGB", (black, black, red)))
    )


@pytest.mark.parametrize("colour", ["white", "black", "navy"])
def test_of_plain_pictures_nothing_is_told(colour):
    assert not alike(seen(Image.new("RGB", (64, 64), colour)), seen(Image.new("RGB", (9, 9))))


def test_pages_that_look_alike_and_say_different_things_are_not_alike():
    page = photo("handwritten formula.png")
    assert alike(seen(page, row(EAST, Source.OCR)), seen(page, row(NEARLY_EAST, Source.OCR)))
    assert not alike(seen(page, row(EAST, Source.OCR)), seen(page, row(NORTH, Source.OCR)))
    assert not alike(seen(page, row(EAST, Source.OCR)), seen(page))


def test_names_and_recognised_things_do_not_make_alike():
    for source in (Source.NAME, Source.METADATA, Source.TAGS):
        cat = Look(Modality.IMAGE, "", [row(EAST, source)])
        assert not alike(cat, cat)


def test_texts_are_alike_when_most_passages_are():
    one = Look(Modality.TEXT, "", [row(EAST, number=n) for n in range(9)] + [row(NORTH)])
    other = Look(Modality.TEXT, "", [row(NEARLY_EAST, number=n) for n in range(9)])
    assert alike(one, other)
    assert alike(other, one)
    half = Look(Modality.TEXT, "", [row(EAST), row(NORTH)])
    assert not alike(half, other)
    assert not alike(other, half)


def test_films_are_alike_moment_by_moment():
    assert alike(film(EAST, NORTH), film(NEARLY_EAST, NORTH))
    assert not alike(film(EAST, NORTH), film(NORTH, EAST))
    assert not alike(film(EAST, NORTH), film(EAST, NORTH, duration_s=60.0))


def test_a_recording_is_alike_to_the_film_whose_sound_it_is():
    sound = film(EAST, NORTH, source=Source.SOUND, kind=Modality.AUDIO)
    assert alike(sound, film(EAST, NORTH, source=Source.SOUND))
    assert not alike(sound, film(EAST, NORTH, source=Source.PICTURE))
    assert not alike(sound, Look(Modality.TEXT, "", sound.rows, 30.0))
