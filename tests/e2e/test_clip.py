"""The CLIP engine in a whole library: real readers, children and store, and a tiny model."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from nova_desktop import compose
from nova_desktop.errors import NeedsUser
from nova_desktop.library import Library, opened
from nova_desktop.model import Modality, Source
from nova_desktop.query import Part, Query
from nova_desktop.settings import Settings, resource
from tests.engines.tiny_clip import Tiny, build

PHOTOS = resource("sample") / "photos"
OFF = {"ocr": False, "tags": False, "speech": False}


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return build(tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "photos"
    made.mkdir()
    for at, name in enumerate(["horse.png", "morning coffee.jpg", "brick wall.png"]):
        shutil.copy(PHOTOS / name, made / f"IMG_{at}{name[-4:]}")
    (made / "note.txt").write_text("a horse, black on white")
    return made


def settings(model, **more) -> Settings:
    return Settings(engine="clip", clip_model=str(model), **OFF, **more)


def filled(data, chosen, folder=None) -> Library:
    library = Library(compose.parts(data, chosen))
    if folder is not None:
        library.add_folder(folder)
    else:
        library.rescan()
    assert library.wait(120)
    assert library.failures() == ()
    return library


def names(library, query):
    return [hit.path.name for hit in library.find(query).hits]


def test_words_find_pictures_moments_of_films_and_passages(tmp_path, model, folder):
    shutil.copy(resource("sample") / "videos" / "quiet morning.mp4", folder / "VID_1.mp4")
    with opened(filled(tmp_path / "data", settings(model), folder)) as library:
        assert library.status().space.startswith("clip-")
        assert "it sees pictures and films" in library.status().engine_note
        found = library.find(Query.of("the black silhouette of a horse")).hits
        assert {"IMG_0.png", "note.txt", "VID_1.mp4"} <= {hit.path.name for hit in found}
        film = next(hit for hit in found if hit.modality is Modality.VIDEO)
        assert (film.span.start, film.span.stop) == (15, 25)  # it is there from 16 to 24
        photo = next(hit for hit in found if hit.path.name == "IMG_0.png")
        assert Source.PICTURE in {why.source for why in photo.why}
        assert names(library, Query((Part(path=PHOTOS / "brick wall.png"),)))[0] == "IMG_2.png"
        checks = {check.name: check for check in library.doctor()}
        assert checks["engine"].ok
        assert checks["engine"].text.startswith("CLIP engine on this device, model")


def test_the_basic_engine_answers_until_the_model_has_seen_all(tmp_path, model, folder):
    data = tmp_path / "data"
    basic = Settings(**OFF)
    filled(data, basic, folder).close()
    with opened(Library(compose.parts(data, settings(model)))) as library:
        assert "note.txt" in names(library, Query.of("horse"))  # nothing is embedded anew yet
        library.rescan()
        assert library.wait(120)
        assert "IMG_0.png" in names(library, Query.of("the black silhouette of a horse"))
    with opened(filled(data, basic)) as library:
        assert library.status().space.startswith("basic-")
        assert "note.txt" in names(library, Query.of("horse"))


def test_a_model_that_is_away_leaves_all_that_needs_no_model(tmp_path, folder):
    data, model = tmp_path / "data", build(tmp_path / "drive" / "model")
    filled(data, settings(model), folder).close()
    model.rename(tmp_path / "unplugged")
    with opened(Library(compose.parts(data, settings(model)))) as library:
        library.rescan()
        assert library.wait(60)  # nothing changed, so nobody asks the model
        assert library.status().space.startswith("clip-")
        answer = library.find(Query.of("a horse"))
        assert [hit.path.name for hit in answer.hits] == ["note.txt"]
        assert "Found by words alone. The CLIP model in" in answer.note
        (folder / "new.txt").write_text("a cup of coffee on a saucer")
        library.rescan()
        with pytest.raises(NeedsUser, match="Plug in its drive"):
            library.wait(60)


def test_a_model_that_ranks_at_chance_is_refused_and_the_basic_engine_stands_in(tmp_path):
    chosen = settings(build(tmp_path / "broken", Tiny(blind=True, precision="_int8")))
    with pytest.raises(NeedsUser, match="no better than by chance"):
        compose.check(chosen, tmp_path / "data")
    with opened(Library(compose.parts(tmp_path / "data", chosen))) as library:
        assert library.status().space.startswith("basic-")
        assert "no better than by chance" in library.status().engine_note
        checks = {check.name: check for check in library.doctor()}
        assert not checks["model"].ok
        assert "choose fp32 or fp16" in checks["model"].text


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Settings(engine="clip"), "needs a model"),
        (Settings(engine="clip", clip_model="nobody/nothing"), "model fetch nobody/nothing"),
        (Settings(engine="clip", clip_model="/no/such/folder"), "Plug in its drive"),
    ],
)
def test_a_model_that_is_not_here_is_said_with_the_way_to_it(tmp_path, chosen, said):
    with pytest.raises(NeedsUser, match=said):
        compose.check(chosen, tmp_path)


def test_a_speech_model_that_is_not_here_is_said_and_stops_nothing(tmp_path):
    chosen = replace(Settings(**OFF), speech=True, speech_model=str(tmp_path / "whisper"))
    with opened(Library(compose.parts(tmp_path / "data", chosen))) as library:
        speech = {check.name: check for check in library.doctor()}["speech"]
        assert not speech.ok
        assert "config.json is missing in" in speech.text
