"""Answers of the basic engine end where matches end, on real files."""

from __future__ import annotations

import shutil
import wave

import pytest
from PIL import Image

from nova_desktop.here import Here
from nova_desktop.query import Filters, Match, Part, Query
from nova_desktop.settings import Settings, resource

NOTES = {
    "baking.txt": "Bread: knead the dough for ten minutes and let it rest until the morning.",
    "garden.md": "Sow tomatoes in March, and keep the rabbits away from the lettuce.",
    "bike.txt": "The chain of my bicycle needs oil, and the rear tyre loses air.",
    "trip.txt": "Der Zug nach Wien fährt um halb acht vom Hauptbahnhof ab.",
    "meeting.md": "The team agreed on the budget for the new office and its furniture.",
    "doctor.txt": "Dr. Weber said to drink more water and to sleep eight hours.",
}
ABSENT = ("a giraffe in the savanna", "the Eiffel Tower", "ice hockey", "a mosque", "un phare")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    place = tmp_path_factory.mktemp("close")
    folder = place / "notes"
    folder.mkdir()
    for name, text in NOTES.items():
        (folder / name).write_text(text)
    with Image.open(resource("sample") / "photos" / "cat on the sofa.jpg") as photo:
        photo.save(folder / "IMG_1.jpg", quality=92)
        photo.resize((photo.width // 2, photo.height // 2)).save(folder / "IMG_2.jpg", quality=60)
    shutil.copy(resource("sample") / "photos" / "rocket launch.jpg", folder / "IMG_3.jpg")
    with wave.open(str(folder / "REC_1.wav"), "wb") as sound:
        sound.setparams((1, 2, 16_000, 0, "NONE", ""))
        sound.writeframes(bytes(2 * 16_000 * 3))
    made = Here(place / "data", Settings(ocr=False, speech=False))
    made.add_folder(folder)
    made.wait(120)
    yield made
    made.close()


def names(library, *parts: Part, **more) -> list[str]:
    return [hit.path.name for hit in library.find(Query(parts, **more)).hits]


@pytest.mark.parametrize("text", ABSENT)
def test_what_the_library_does_not_hold_has_no_close_matches(library, text):
    answer = library.find(Query.of(text))
    assert answer.hits == ()
    assert answer.note.startswith("No close matches")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("baking bread", "baking.txt"),
        ("growing tomatoes", "garden.md"),
        ("repair the bicycle", "bike.txt"),
        ("train to Vienna", "trip.txt"),
        ("a cat", "IMG_1.jpg"),
    ],
)
def test_what_it_holds_is_found_and_comes_first(library, text, name):
    hit, *_ = library.find(Query.of(text)).hits
    assert name in (hit.path.name, *(one.path.name for one in hit.alike))
    assert hit.match is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("night", "IMG_3.jpg"),
        ("Nacht", "IMG_3.jpg"),
        ("blue picture", "IMG_3.jpg"),
        ("blaues Bild", "IMG_3.jpg"),
        ("silence", "REC_1.wav"),
        ("Stille", "REC_1.wav"),
    ],
)
def test_light_colours_and_sounds_are_found_by_a_word_in_english_and_german(library, text, name):
    assert names(library, Part(text=text))[0] == name


def test_beside_what_answers_clearly_nothing_is_shown_that_is_not_an_answer_by_itself(library):
    assert names(library, Part(text="budget for furniture")) == ["meeting.md"]
    for text in ("furniture", "sow tomatoes", "bread dough", "rear tyre loses air"):
        hits = library.find(Query.of(text)).hits
        assert all(hit.match is not Match.WEAK for hit in hits), (text, hits)


def test_an_exact_name_comes_first_also_when_nothing_is_close(library):
    hit, *_ = library.find(Query.of("doctor.txt")).hits
    assert (hit.path.name, hit.match) == ("doctor.txt", Match.STRONG)
    assert names(library, Part(text="giraffe"), Part(text="meeting.md"))[0] == "meeting.md"


def test_a_quoted_phrase_comes_first_whatever_else_is_asked(library):
    filters = Filters(phrases=("rear tyre",))
    assert names(library, Part(text="a giraffe"), filters=filters) == ["bike.txt"]


def test_a_photo_that_was_saved_again_is_shown_with_the_other_and_unfolded_on_request(library):
    hit, *others = library.find(Query.of("a cat")).hits
    assert {hit.path.name, *(one.path.name for one in hit.alike)} == {"IMG_1.jpg", "IMG_2.jpg"}
    assert not {"IMG_1.jpg", "IMG_2.jpg"} & {one.path.name for one in others}
    assert {"IMG_1.jpg", "IMG_2.jpg"} <= set(names(library, Part(text="a cat"), fold=False))
