"""The engine that tests are made with."""

from __future__ import annotations

import pytest

from nova_desktop.model import Modality, Piece, Purpose
from tests.contracts.engine import EngineContract
from tests.fakes import COLOURS, ColourEngine, picture_of


class TestColourEngine(EngineContract):
    @pytest.fixture
    def engine(self):
        return ColourEngine()

    @pytest.fixture
    def pieces(self):
        pictures = [Piece(Modality.IMAGE, "image/png", picture_of(c)) for c in ("red", "blue")]
        return [*pictures, Piece.of_words("yellow"), Piece.of_words("something else")]

    @pytest.fixture
    def refused(self):
        return Piece(Modality.AUDIO, "audio/wav", b"RIFF")


def test_a_word_lies_nearest_to_the_picture_of_its_colour():
    engine = ColourEngine()
    pictures = [Piece(Modality.IMAGE, "image/png", picture_of(colour)) for colour in COLOURS]
    words = [Piece.of_words(f"something {colour}") for colour in COLOURS]
    likeness = engine.embed(words, Purpose.QUERY) @ engine.embed(pictures, Purpose.INDEX).T
    assert likeness.argmax(axis=1).tolist() == list(range(len(COLOURS)))
