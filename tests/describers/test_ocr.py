"""Letters in drawn pages, and none in photos."""

from __future__ import annotations

import sys

import pytest
from PIL import Image

from nova_desktop.describers.ocr import OcrDescriber
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.model import Modality, Piece, Span, Unit
from tests.contracts.describer import SPAN, DescriberContract
from tests.describers.pieces import page, photo, picture


class TestOcrDescriber(DescriberContract):
    @pytest.fixture
    def describer(self):
        return OcrDescriber()

    @pytest.fixture
    def telling(self):
        return picture(page(["Invoice number 4711"], (480, 160)), span=SPAN)

    @pytest.fixture
    def silent(self):
        return photo("cat on the sofa.jpg", SPAN)

    @pytest.fixture
    def damaged(self):
        whole = picture(page(["cut off"]), "JPEG").data
        return Piece(Modality.IMAGE, "image/jpeg", whole[: len(whole) // 2])


def read(piece: Piece) -> str:
    return "\n".join(words.text for words in OcrDescriber().describe([piece]))


def test_lines_are_read_from_the_top():
    lines = ["The garden shop", "Total amount due: 128.50 EUR", "Please pay within 14 days"]
    assert read(picture(page(lines))) == "\n".join(lines)


@pytest.mark.parametrize(
    ("size", "letters", "ink", "paper"),
    [
        ((1920, 1080), 14, 0, 255),  # a screen
        ((1600, 1200), 60, 235, 60),  # light on dark, large
        ((320, 200), 18, 0, 255),  # a thumbnail
    ],
)
def test_letters_of_many_sizes_and_colours_are_read(size, letters, ink, paper):
    drawn = page(["Opening hours", "Monday to Friday"], size, letters, ink, paper)
    assert read(picture(drawn)) == "Opening hours\nMonday to Friday"


def test_jpeg_is_read_as_png_is():
    assert read(picture(page(["Platform 9"]), "JPEG")) == "Platform 9"


def test_each_frame_of_a_video_keeps_its_moment():
    spans = [Span(Unit.SECONDS, start, start + 5.0) for start in (0.0, 5.0)]
    frames = [
        picture(page([text]), "JPEG", span)
        for text, span in zip(("Chapter one", "Chapter two"), spans, strict=True)
    ]
    words = OcrDescriber().describe(frames)
    assert [(one.text, one.span) for one in words] == [
        ("Chapter one", spans[0]),
        ("Chapter two", spans[1]),
    ]


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (900, 3), (15, 15), (40, 2000)])
def test_pictures_of_odd_shape_say_nothing(size):
    assert read(picture(Image.new("RGB", size, "white"))) == ""


def test_a_picture_above_the_limit_is_refused():
    too_large = picture(Image.new("L", (2000, 2000)), "JPEG")
    with pytest.raises(BadInput, match="too large"):
        OcrDescriber().describe([too_large])


def test_without_its_package_it_says_what_is_lost(monkeypatch):
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    describer = OcrDescriber()
    assert "pip install rapidocr" in describer.missing()
    with pytest.raises(NeedsUser, match="pip install rapidocr"):
        describer.describe([picture(page(["unread"]))])
