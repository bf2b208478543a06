"""Texts that say nearly the same, and those that only look so."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from nova_desktop.library.sketches import ABOUT
from nova_desktop.library.texts import Sketch, like_texts, sketched
from nova_desktop.media.document import DocumentReader
from nova_desktop.media.text import TextReader
from tests import media_samples as samples


def essay(seed: int, paragraphs: int = 8) -> list[str]:
    chance = random.Random(seed)
    words = [f"{chance.choice('bdfglmnprst')}{chance.choice('aeiou')}{n}x" for n in range(300)]
    return [" ".join(chance.choices(words, k=40)) for _ in range(paragraphs)]


def alike(*texts: list[str]) -> set[tuple[int, int]]:
    found = like_texts([sketched(text) for text in texts], lambda _: None)
    assert all(0 < strength <= 1 for _, _, strength in found)
    return {(one, other) for one, other, _ in found}


def test_versions_of_a_text_are_one_and_other_texts_are_not():
    first = essay(1)
    anew = [*first[:3], *essay(2, 1), *first[4:]]
    longer = [*first, *essay(3, 1)]
    moved = [*first[4:], *first[:4]]
    half = first[:4]
    assert alike(first, anew, longer, moved, essay(4), half) >= {(0, 1), (0, 2), (0, 3)}
    assert not {two for two in alike(first, anew, essay(4), half) if {2, 3} & set(two)}


def test_forms_that_are_filled_in_anew_are_not_one():
    def bill(seed: int) -> list[str]:
        chance = random.Random(seed)
        figures = [str(chance.randint(1000, 9999)) for _ in range(6)]
        return [
            "Timber and Tools at the harbour of Flensburg, for all who build and mend with wood",
            f"Invoice {figures[0]} for your order {figures[1]} of the year",
            f"Oak boards for {figures[2]} and varnish for {figures[3]}",
            f"Total {figures[4]} with tax of {figures[5]}",
            (
                "Please pay within fourteen days to the account that you know and name the number. "
                "The goods remain our property until they are paid in full. We take back what is "
                "unused and in its packing within a month, and thank you for your trust in us."
            ),
        ]

    assert alike(*(bill(seed) for seed in range(6))) == set()
    assert alike(bill(1), bill(1)) == {(0, 1)}


def test_notes_of_a_few_words_are_not_compared():
    note = ["Beans in May, after the last frost."]
    assert alike(note, note) == set()
    assert alike([""], [], ["..."]) == set()


def test_words_are_compared_whatever_their_case_and_also_without_spaces():
    text = essay(5)
    assert alike(text, [one.upper() for one in text]) == {(0, 1)}
    chance = random.Random(6)
    signs = ["".join(chr(chance.randint(0x4E00, 0x5E00)) for _ in range(60)) for _ in range(3)]
    assert alike(signs, [signs[0], signs[1], signs[2][:40]], ["".join(signs)[::-1]]) == {(0, 1)}


def test_what_many_texts_have_in_common_proposes_no_pair_of_them():
    common = essay(7, 3)
    texts = [[*common, *essay(100 + n, 2)] for n in range(60)]
    assert alike(*texts) == set()


def test_a_sketch_is_kept_as_bytes_and_read_again():
    sketch = sketched(essay(8))
    again = Sketch.of(*sketch.told())
    assert (again.runs == sketch.runs).all()
    assert (again.figures == sketch.figures).all()


@pytest.mark.parametrize("kind", ["pdf", "html", "txt"])
def test_a_text_is_known_in_another_format(kind, tmp_path):
    text = essay(9)
    docx = samples.docx(tmp_path / "a.docx", text, title="A title", author="Somebody")
    other = tmp_path / f"a.{kind}"
    match kind:
        case "pdf":
            words = "\n".join(text).split(" ")
            rows = [" ".join(words[at : at + 9]) for at in range(0, len(words), 9)]
            samples.pdf(other, ["\n".join(rows[:20]), "\n".join(rows[20:])])
        case "html":
            other.write_text("<html>" + "".join(f"<p>{one}</p>" for one in text) + "</html>")
        case _:
            other.write_text("\n\n".join(text))

    def read(path: Path) -> list[str]:
        reader = TextReader() if path.suffix == ".txt" else DocumentReader()
        chunks = reader.read(path).chunks
        return [it.text for chunk in chunks for it in chunk.words if it.source not in ABOUT]

    assert alike(read(docx), read(other), essay(10)) == {(0, 1)}
