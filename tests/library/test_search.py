"""Questions: what finds what, and what narrows it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput
from nova_desktop.grammar import parse
from nova_desktop.library import showing
from nova_desktop.library.backgrounds import Backgrounds
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.halt import Halt
from nova_desktop.library.plan import plan
from nova_desktop.library.ranking import Found
from nova_desktop.library.search import TEXT_CHARACTERS, Search
from nova_desktop.library.showing import Shown
from nova_desktop.library.work import Tools
from nova_desktop.media.image import ImageReader
from nova_desktop.media.sniff import sniff
from nova_desktop.model import Info, Modality, Near, Piece, Purpose, Row, Source, Span, Stamp, Unit
from nova_desktop.query import Filters, Part, Query, Why
from nova_desktop.stores.memory import MemoryStore
from tests.fakes import ColourEngine, picture_of

ENGINE = ColourEngine()


class Shelf:
    """A catalog and a store that are filled by hand."""

    def __init__(self, folder: Path):
        self.catalog = Catalog(folder / "catalog.sqlite")
        self.catalog.add_root("/lib")
        self.store = MemoryStore()
        tools = Tools(sniff, {Modality.IMAGE: ImageReader()}, (), ENGINE, Halt())
        self.search = Search(self.catalog, self.store, tools, Backgrounds(self.catalog, self.store))
        self.disk: dict[str, Stamp] = {}

    def put(
        self,
        path: str,
        colour: str,
        *,
        content="",
        words="",
        day=0,
        modality=Modality.IMAGE,
        spans=(None,),
    ):
        content = content or path
        (number,) = (root.number for root in self.catalog.roots())
        self.disk[f"/lib/{path}"] = Stamp(len(self.disk), 1, 1 + len(self.disk))
        todo = plan(self.disk, self.catalog.stamps(number, "/lib"))
        self.catalog.apply(number, "/lib", todo, self.disk, {}, {})
        (vector,) = ENGINE.embed([Piece.of_words(colour)], Purpose.INDEX)
        taken_s = day * 86400.0
        rows = [
            Row(content, n, modality, span, Source.PICTURE, words, taken_s, vector)
            for n, span in enumerate(spans)
        ]
        self.store.put(ENGINE.space, rows)
        info = Info(taken_s=taken_s)
        for file in self.catalog.waiting(10):
            facts = {content: (modality, info, "", len(rows))}
            self.catalog.record([(file, content)], ENGINE.space.name, facts)

    def find(self, *parts: str | Part, **filters) -> list[str]:
        asked = tuple(Part(text=part) if isinstance(part, str) else part for part in parts)
        answer = self.search.find(Query(asked, Filters(**filters)))
        return [str(hit.path.relative_to("/lib")) for hit in answer.hits]


@pytest.fixture
def shelf(tmp_path):
    made = Shelf(tmp_path)
    yield made
    made.catalog.close()


@pytest.fixture
def colours(shelf):
    shelf.put("a/sunset.jpg", "red", day=10)
    shelf.put("b/meadow.jpg", "green", day=20)
    shelf.put("b/sea.mp4", "blue", day=30, modality=Modality.VIDEO)
    return shelf


def test_words_find_what_looks_like_them(colours):
    assert colours.find("red")[0] == "a/sunset.jpg"


def test_a_file_name_that_is_typed_exactly_comes_first(colours):
    assert colours.find("meadow.jpg")[0] == "b/meadow.jpg"
    colours.put("b/red.jpg", "blue")
    assert colours.find("red")[0] == "b/red.jpg"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Shot at 10.00.00\u202fAM.jpg", "Shot at 10.00.00 AM.jpg"),
        ("Shot at 10.00.00\u202fAM.jpg", "shot at 10.00.00\u202fAM"),
        ("my  red   sea.jpg", "my red sea.jpg"),
        ("my  red   sea.jpg", "a file my  red   sea.jpg please"),
        ("red\u3000sea.jpg", '"red\u3000sea"'),
    ],
)
def test_a_name_is_typed_exactly_whatever_blanks_it_has(colours, name, typed):
    colours.put(name, "green")
    near = typed.strip('"').removesuffix(".jpg")
    for number in range(9):
        colours.put(f"{near} {number}.jpg", "green", words=near)
    meant = parse(typed, 0.0)
    hit = colours.search.find(Query(meant.parts, meant.filters, called=meant.called)).hits[0]
    assert (hit.path.name, hit.why[0]) == (name, Why(Source.NAME, name))


def test_a_file_whose_name_was_typed_says_that_it_is_its_name(colours):
    colours.put("c/the.jpg", "green", words="tall grass")

    def first(text: str) -> list[tuple[Source, str]]:
        hit = colours.search.find(Query.of(text)).hits[0]
        assert hit.path.parent.name == "c"
        return [(why.source, why.text) for why in hit.why]

    assert first("the")[0] == (Source.NAME, "the.jpg")
    assert first("the.jpg")[0] == (Source.NAME, "the.jpg")
    phrase = colours.search.find(Query(filters=Filters(phrases=("the",))))
    assert phrase.hits[0].why[0] == Why(Source.NAME, "the.jpg")
    assert first("tall grass")[0] == (Source.PICTURE, "tall grass")


def test_words_in_a_file_are_found_beside_what_it_looks_like(shelf):
    shelf.put("receipt.jpg", "green", words="Total 12.50 EUR, thank you")
    shelf.put("other.jpg", "green")
    assert shelf.find("thank you")[0] == "receipt.jpg"


def test_every_filter_leaves_only_what_it_names(colours):
    assert colours.find("blue", modalities=frozenset({Modality.VIDEO})) == ["b/sea.mp4"]
    assert set(colours.find("red", folders=(Path("/lib/b"),))) <= {"b/meadow.jpg", "b/sea.mp4"}
    assert "a/sunset.jpg" not in colours.find("sunset", folders=(Path("/lib/b"),))
    assert "a/sunset.jpg" not in colours.find("sunset", since_s=15 * 86400.0)
    assert "b/sea.mp4" not in colours.find("sea", until_s=30 * 86400.0)
    assert colours.find("red", name="SUN") == ["a/sunset.jpg"]


def test_a_copy_outside_the_folder_that_was_asked_for_is_not_shown(shelf):
    shelf.put("a/one.jpg", "red", content="same")
    shelf.put("b/two.jpg", "red", content="same")
    assert shelf.find("red", folders=(Path("/lib/b"),)) == ["b/two.jpg"]
    assert shelf.find("red") == ["a/one.jpg"]


def test_less_of_something_pushes_it_down(colours):
    colours.put("b/both.jpg", "red green")
    found = colours.find("red", Part(text="green", weight=-0.8))
    assert (
        found.index("a/sunset.jpg") < found.index("b/both.jpg") if "b/both.jpg" in found else found
    )


def test_a_dropped_picture_finds_its_like(colours, tmp_path):
    dropped = tmp_path / "dropped.png"
    dropped.write_bytes(picture_of("green"))
    assert colours.find(Part(path=dropped))[0] == "b/meadow.jpg"


def test_a_pasted_picture_finds_its_like_and_leaves_no_file(colours, tmp_path, monkeypatch):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    assert colours.find(Part(data=picture_of("blue")))[0] == "b/sea.mp4"
    assert list((tmp_path / "temp").iterdir()) == []


def test_a_dropped_file_that_is_indexed_comes_first_by_the_rows_it_has(shelf, tmp_path):
    import xxhash

    dropped = tmp_path / "dropped.png"
    dropped.write_bytes(picture_of("green"))
    shelf.put("mine.png", "blue", content=xxhash.xxh3_128_hexdigest(dropped.read_bytes()))
    shelf.put("like.png", "blue")
    shelf.put("unlike.png", "green")
    assert shelf.find(Part(path=dropped))[:2] == ["mine.png", "like.png"]


@pytest.mark.parametrize(
    ("part", "says"),
    [
        (Part(text="  "), "empty"),
        (Part(text="x" * (TEXT_CHARACTERS + 1)), "too long"),
        (Part(path=Path("/nowhere/at/all.jpg")), "Check its name"),
        (Part(path=Path("/")), "choose a file that is in it"),
        (Part(path=Path("/dev/zero")), "not a regular file"),
        (Part(data=b"\x00\x01\x02 no picture"), "choose another file"),
    ],
)
def test_a_question_that_can_not_be_answered_is_refused_with_a_sentence(colours, part, says):
    with pytest.raises(BadInput, match=says):
        colours.find(part)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_that_is_asked_with_is_refused_and_not_waited_for(colours, tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(BadInput, match="not a regular file"):
        colours.find(Part(path=tmp_path / "pipe.jpg"))


def test_a_part_without_anything_in_it_is_refused(colours):
    with pytest.raises(BadInput, match="empty"):
        colours.find(" ")


@pytest.mark.parametrize("text", ["'", '"', "a AND (", "*", "🐈", "%_\\", "\x00", "NEAR/2"])
def test_any_text_may_be_asked(colours, text):
    assert isinstance(colours.find(text), list)


def test_a_film_is_one_hit_with_its_moments(shelf):
    spans = [Span(Unit.SECONDS, s, s + 15) for s in (0, 15, 60)]
    shelf.put("film.mp4", "red", modality=Modality.VIDEO, spans=spans)
    (hit,) = shelf.search.find(Query.of("red")).hits
    # Equally near, so in any order.
    assert {hit.span, *hit.moments} == {Span(Unit.SECONDS, 0, 30), Span(Unit.SECONDS, 60, 75)}


def test_the_reason_is_what_is_said_in_the_moment_that_is_shown(shelf):
    shelf.put("talk.mp4", "green", content="c", modality=Modality.VIDEO)

    def row(start_s: float, words: str, source: Source) -> Near:
        span = Span(Unit.SECONDS, start_s, start_s + 5)
        return Near("c", 0, Modality.VIDEO, span, source, words, 0.0, 1.0)

    rows = [
        row(90, "late", Source.SPEECH),
        row(90, "a lake", Source.TAGS),
        row(30, "early", Source.SPEECH),
    ]
    found = Found("c", rows=rows, evidence=[1.0, 1.0, 2.0])
    hit = showing.hit(Shown(found, shelf.catalog.places(["c"])["c"]), shelf.catalog)
    assert hit.span == rows[2].span
    assert [why.text for why in hit.why] == ["early", "a lake"]


def test_nothing_found_says_what_to_try(shelf):
    assert "other words" in shelf.search.find(Query.of("anything")).note


def test_one_long_film_does_not_hide_all_other_files(shelf):
    spans = [Span(Unit.SECONDS, 15.0 * n, 15.0 * n + 15) for n in range(2000)]
    shelf.put("film.mp4", "red", modality=Modality.VIDEO, spans=spans)
    shelf.put("photo.jpg", "red")
    assert set(shelf.find("red")) == {"film.mp4", "photo.jpg"}


def test_files_that_are_gone_do_not_hide_those_that_are_there(shelf):
    (vector,) = ENGINE.embed([Piece.of_words("red")], Purpose.INDEX)
    rows = [
        Row(f"gone{n}", 0, Modality.IMAGE, None, Source.PICTURE, "", 0.0, vector)
        for n in range(1000)
    ]
    shelf.store.put(ENGINE.space, rows)
    shelf.put("z.jpg", "red")
    assert shelf.find("red") == ["z.jpg"]


@pytest.mark.parametrize("limit", [0, -1])
def test_no_result_at_all_can_not_be_asked_for(colours, limit):
    with pytest.raises(BadInput, match="At least one"):
        colours.search.find(Query((Part(text="red"),), limit=limit))


def test_two_subtitles_of_one_film_are_no_copies_of_it(shelf):
    shelf.put("film.mp4", "blue", modality=Modality.VIDEO)
    for name in ("film.de.srt", "film.en.srt"):
        shelf.put(name, "red", content="words", modality=Modality.TEXT)
    pairs = {f"/lib/film.{x}.srt": ("/lib/film.mp4", "subtitles") for x in ("de", "en")}
    (root,) = shelf.catalog.roots()
    shelf.catalog.apply(root.number, "/lib", plan({}, {}), shelf.disk, {}, pairs)
    (hit,) = [hit for hit in shelf.search.find(Query.of("red")).hits if hit.content == "words"]
    assert (hit.path, hit.copies) == (Path("/lib/film.mp4"), ())
