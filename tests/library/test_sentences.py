"""The sentences of a passage, which are found by themselves as well."""

from __future__ import annotations

import numpy as np
import pytest

from nova_desktop.library.catalog import Catalog
from nova_desktop.library.sentences import FULL_LINE, whole, with_sentences
from nova_desktop.library.sketches import Sketches
from nova_desktop.model import Modality, Row, Source, Span, Unit

FULL = "This line is as long as the page is wide, so it goes on in the next"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("cat", []),
        ("", []),
        ("3.14", []),
        ("One cat. Two dogs!", ["One cat.", "Two dogs!"]),
        ("Bees\nThe hive is full.\n", ["Bees", "The hive is full."]),
        ("He said “Go.” Then he went.", ["He said “Go.”", "Then he went."]),
        ("寿司を食べました。帰りました。", ["寿司を食べました。", "帰りました。"]),
        (f"{FULL}\none. And more.", [f"{FULL}\none.", "And more."]),
        ("1.\nFirst of all.\n2.\nAnd then.", ["1.\nFirst of all.", "2.\nAnd then."]),
    ],
)
def test_a_passage_is_followed_by_its_sentences(text, sentences):
    assert len(FULL) > FULL_LINE
    assert with_sentences(text, 6) == [text, *sentences]


def test_neighbours_stay_together_where_there_are_many():
    text = " ".join(f"Sentence number {n}." for n in range(20))
    first, *runs = with_sentences(text, 6)
    assert first == text
    assert len(runs) <= 6
    assert " ".join(runs) == text
    assert with_sentences(text, 0) == [text]


def test_the_text_is_put_together_again_without_them():
    def row(number: int, words: str, start: int, source: Source = Source.TEXT) -> Row:
        span = Span(Unit.CHARACTERS, start, start + 20)
        return Row("c", number, Modality.TEXT, span, source, words, 0.0, np.zeros(2))

    first, second = "One cat. Two dogs.", "Three. Four more."
    passages = [row(0, first, 0), row(3, second, 20), row(6, "Two dogs.", 20, Source.NAME)]
    sentences = [row(1, "One cat.", 0), row(2, "Two dogs.", 0), row(4, "Three.", 20)]
    rows = sorted([*passages, *sentences], key=lambda one: one.number)
    assert whole(rows) == passages


def test_what_tells_versions_of_a_text_is_the_same_with_and_without_them(tmp_path):
    text = " ".join(f"Sentence {n} speaks of subject {n * 7} at length." for n in range(6))
    catalog = Catalog(tmp_path / "catalog.sqlite")
    with catalog.write() as db:
        for content in "ab":
            db.execute(
                "INSERT INTO contents (content, modality, info) VALUES (?, 'text', '{}')", [content]
            )
    span = Span(Unit.CHARACTERS, 0, len(text))

    def rows(content: str, words: list[str]) -> list[Row]:
        return [
            Row(content, n, Modality.TEXT, span, Source.TEXT, said, 0.0, np.zeros(2))
            for n, said in enumerate(words)
        ]

    sketches = Sketches(catalog)
    sketches.keep([*rows("a", [text]), *rows("b", with_sentences(text, 6))])
    kept = sketches.of(["a", "b"])
    assert len(kept["a"].runs) > 0
    assert kept["a"].told() == kept["b"].told()
    catalog.close()
