"""Near-duplicates in one answer are shown once."""

from __future__ import annotations

import numpy as np
import pytest

from nova_desktop.duplicates import LOOK, Likeness
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.folded import folded
from nova_desktop.library.likenesses import Likenesses
from nova_desktop.library.questions import Place
from nova_desktop.library.ranking import Found
from nova_desktop.library.showing import Shown

CHANCE = np.random.default_rng(5)
NOBODY = frozenset[str]()


def scene() -> np.ndarray:
    """A picture with large shapes, as cells."""
    return np.kron(CHANCE.integers(0, 256, (6, 6)), np.ones((LOOK // 6, LOOK // 6)))


def saved_again(cells: np.ndarray) -> np.ndarray:
    return np.clip(cells * 0.9 + CHANCE.normal(0, 3, cells.shape), 0, 255)


@pytest.fixture
def catalog(tmp_path):
    made = Catalog(tmp_path / "catalog.sqlite")
    beach, street = scene(), scene()
    pictures = {"beach": beach, "beach again": saved_again(beach), "street": street,
                "beach once more": saved_again(beach)}  # fmt: skip
    with made.write() as db:
        db.executemany(
            "INSERT INTO contents (content, modality, info) VALUES (?, 'image', '{}')",
            [(content,) for content in [*pictures, "note"]],
        )
    taken = {
        content: Likeness(looks=cells.astype(np.uint8).tobytes())
        for content, cells in pictures.items()
    }
    Likenesses(made).keep(taken)
    return made


def hits(*contents: str) -> list[Shown]:
    return [Shown(Found(one), [Place(f"/{one}", f"/{one}", False)]) for one in contents]


def names(shown: list[Shown]) -> list[tuple[str, ...]]:
    return [(one.found.content, *(other.found.content for other in one.alike)) for one in shown]


def test_near_duplicates_are_shown_with_the_best_of_them(catalog):
    found = hits("beach again", "note", "street", "beach", "beach once more")
    assert names(folded(found, NOBODY, catalog)) == [
        ("beach again", "beach", "beach once more"),
        ("note",),
        ("street",),
    ]


def test_what_is_asked_with_hides_nothing(catalog):
    found = hits("beach", "beach again", "beach once more")
    assert names(folded(found, frozenset({"beach"}), catalog)) == [
        ("beach",),
        ("beach again", "beach once more"),
    ]


def test_near_duplicates_of_the_file_that_is_asked_with_come_next(catalog):
    found = hits("beach", "street", "note", "beach again", "beach once more")
    one = frozenset({"beach"})
    assert names(folded(found, one, catalog, one)) == [
        ("beach",),
        ("beach again", "beach once more"),
        ("street",),
        ("note",),
    ]


def test_near_duplicates_of_what_is_wanted_less_are_left_out(catalog):
    found = hits("beach again", "street", "beach", "note", "beach once more")
    one = frozenset({"beach"})
    assert names(folded(found, one, catalog, less=one)) == [("street",), ("note",)]


def test_what_was_told_apart_by_hand_stays_apart(catalog):
    with catalog.write() as db:
        db.execute("INSERT INTO apart VALUES ('beach', 'beach again')")
    assert names(folded(hits("beach", "beach again"), NOBODY, catalog)) == [
        ("beach",),
        ("beach again",),
    ]


def test_an_answer_without_near_duplicates_stays_as_it_is(catalog):
    found = hits("street", "note", "beach")
    assert folded(found, NOBODY, catalog) == found
    assert folded([], NOBODY, catalog) == []
