"""Which spaces a question is asked of: another engine on this device, and rows on other scales."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, replace

import pytest

from nova_desktop.errors import TryLater
from nova_desktop.model import Modality, Scale, Source, State
from nova_desktop.query import Filters, Part, Query
from tests.fakes import ColourEngine
from tests.library.desk import Counted, added, eventually, photo


class Held(Counted):
    """An engine that embeds nothing for the index before it is let go."""

    def __init__(self, inner):
        super().__init__(inner)
        self.go = threading.Event()

    def embed(self, pieces, purpose):
        if purpose == "index" and not self.go.is_set():
            raise TryLater("Not yet.")
        return super().embed(pieces, purpose)


@pytest.fixture
def filled(desk, folder):
    """A folder that the first engine has indexed, then another engine that is held."""
    photo(folder / "red.png", "red")
    photo(folder / "blue.png", "blue")
    (folder / "note.txt").write_text("The lighthouse keeper counts ships.")
    added(desk, folder)
    desk.library.close()
    desk.previous = (desk.engine,)
    desk.engine = Held(ColourEngine(model="median"))
    desk.open()
    return desk


def test_what_was_indexed_before_answers_while_another_engine_fills_its_space(filled):
    filled.library.rescan()
    eventually(lambda: filled.counts() == {State.WAITING: 3})
    assert filled.find("red")[0] == "red.png"
    assert filled.find("lighthouse") == ["note.txt"]
    phrase = Query(filters=Filters(phrases=("keeper counts",)))
    assert [hit.path.name for hit in filled.library.find(phrase).hits] == ["note.txt"]


def test_it_answers_also_before_anything_is_asked_of_the_indexer(filled):
    assert filled.find("red")[0] == "red.png"
    assert filled.find("lighthouse") == ["note.txt"]


def test_the_new_engine_answers_alone_once_its_space_is_filled(filled):
    old = filled.previous[0]
    filled.engine.go.set()
    filled.library.rescan()
    assert filled.library.wait(30)
    old.errors = [TryLater("Nobody should ask the engine before.")]
    assert filled.find("blue")[0] == "blue.png"
    assert filled.library.find(Query.of("blue")).note == ""
    assert filled.counts() == {State.INDEXED: 3}


def test_going_back_to_the_first_engine_embeds_nothing_again(filled):
    first = filled.previous[0]
    filled.engine.go.set()
    filled.library.rescan()
    assert filled.library.wait(30)
    filled.library.close()
    filled.previous, filled.engine = (filled.engine,), first
    before = first.pieces
    filled.open()
    filled.library.rescan()
    assert filled.library.wait(30)
    assert first.pieces == before
    assert filled.find("red")[0] == "red.png"


def test_an_engine_that_fails_leaves_the_answers_of_the_one_before(filled):
    filled.library.rescan()
    eventually(lambda: filled.counts() == {State.WAITING: 3})
    filled.engine.errors = [TryLater("The model is away.")] * 3
    answer = filled.library.find(Query.of("red"))
    assert answer.hits[0].path.name == "red.png"
    assert "what this device indexed before alone. The model is away." in answer.note


@dataclass(frozen=True)
class TwoScales(ColourEngine):
    """Words score far above pictures, as in a space of two towers."""

    @property
    def limits(self):
        words = {Modality.IMAGE: frozenset({Source.NAME})}
        return replace(super().limits, words=words)

    @property
    def scales(self):
        seen = frozenset({Source.PICTURE})
        return (Scale(0.5, 0.9, seen), Scale(0.5, 0.5, frozenset(Source) - seen))


def test_rows_of_another_scale_do_not_cut_each_other_off(desk, folder):
    desk.engine = Counted(TwoScales())
    desk.open()
    photo(folder / "IMG_1.png", "red")
    photo(folder / "holiday red.png", "blue")
    added(desk, folder)
    found = desk.library.find(Query.of("red")).hits
    whys = {hit.path.name: {why.source for why in hit.why} for hit in found}
    assert Source.PICTURE in whys["IMG_1.png"]
    assert "holiday red.png" in whys


def test_words_that_an_engine_asks_for_are_embedded_beside_the_picture(desk, folder):
    desk.engine = Counted(TwoScales())
    desk.open()
    photo(folder / "sunny harbour.png", "green")
    added(desk, folder)
    (content,) = desk.store.contents(desk.engine.space)
    rows = desk.store.rows(desk.engine.space, content, 9)
    assert Counter(row.source for row in rows) == {Source.PICTURE: 1, Source.NAME: 1}
    assert rows[1].words == "sunny harbour"


def test_a_file_that_waits_for_the_new_engine_is_asked_with_by_what_is_known_of_it(filled, folder):
    filled.library.rescan()
    eventually(lambda: filled.counts() == {State.WAITING: 3})
    filled.engine.refuses = lambda _: True  # it is not read anew for a question
    answer = filled.library.find(Query((Part(path=folder / "red.png"),)))
    assert answer.hits[0].path.name == "red.png"
    assert "“red.png” waits to be indexed anew" in answer.note


def test_a_file_that_is_nowhere_is_asked_with_in_every_space_of_this_device(filled, tmp_path):
    filled.library.rescan()
    eventually(lambda: filled.counts() == {State.WAITING: 3})
    strange = photo(tmp_path / "strange.png", "red", size=50)
    assert filled.library.find(Query((Part(path=strange),))).hits[0].path.name == "red.png"
