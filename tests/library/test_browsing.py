"""Filters alone browse, and every filter lets through exactly what it says."""

from __future__ import annotations

import math
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput
from nova_desktop.grammar import parse
from nova_desktop.kinds import Sort
from nova_desktop.library.backgrounds import Backgrounds
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.places import Places
from nova_desktop.library.plan import plan
from nova_desktop.library.search import Search
from nova_desktop.library.work import Tools
from nova_desktop.media.sniff import sniff
from nova_desktop.model import Info, Modality, Piece, Purpose, Row, Source, Span, Stamp, Unit
from nova_desktop.query import Around, Filters, Part, Query
from nova_desktop.settings import resource
from nova_desktop.stores.memory import MemoryStore
from tests.fakes import ColourEngine

ENGINE = ColourEngine()
PLACES = Places(lambda: resource("cities.xz").read_bytes())
DAY = 86400.0


class Shelf:
    """A library that is filled by hand: files with what their contents say."""

    def __init__(self, folder: Path):
        self.catalog = Catalog(folder / "catalog.sqlite")
        self.catalog.add_root("/lib")
        self.store = MemoryStore()
        tools = Tools(sniff, {}, (), ENGINE, threading.Event())
        self.search = Search(
            self.catalog,
            self.store,
            tools,
            Backgrounds(self.catalog, self.store),
            locate=PLACES.locate,
        )
        self.disk: dict[str, Stamp] = {}
        self.companions: dict[str, tuple[str, str]] = {}

    def put(self, path, kind=Modality.IMAGE, *, content="", words="", colour="red", **info):
        content = content or path
        number = self.catalog.roots()[0].number
        self.disk[f"/lib/{path}"] = Stamp(len(self.disk), 1, 1 + len(self.disk))
        self.apply(number)
        said = Info(**{"taken_s": 0.0, **info})
        (vector,) = ENGINE.embed([Piece.of_words(colour)], Purpose.INDEX)
        row = Row(content, 0, kind, None, Source.TEXT, words, said.taken_s or 0.0, vector)
        self.store.put(ENGINE.space, [row])
        for file in self.catalog.waiting(10):
            self.catalog.record(
                [(file, content)], ENGINE.space.name, {content: (kind, said, "", 1)}
            )

    def apply(self, number=1):
        todo = plan(self.disk, self.catalog.stamps(number, "/lib"))
        self.catalog.apply(number, "/lib", todo, self.disk, {}, self.companions)

    def answer(self, *parts, limit=50, offset=0, sort=Sort.RELEVANCE, **filters):
        asked = tuple(Part(part) if isinstance(part, str) else part for part in parts)
        return self.search.find(Query(asked, Filters(**filters), limit, offset, sort))

    def find(self, *parts, **how) -> list[str]:
        answer = self.answer(*parts, **how)
        if how.keys() <= {"sort"} | Filters.__dataclass_fields__.keys():
            assert answer.total == len(answer.hits)
        return [str(hit.path.relative_to("/lib")) for hit in answer.hits]


@pytest.fixture
def shelf(tmp_path):
    made = Shelf(tmp_path)
    yield made
    made.catalog.close()


@pytest.fixture
def full(shelf):
    shelf.put("b.jpg", taken_s=3 * DAY, camera="Canon EOS R5", rating=5, keywords=("Family", "Été"))
    shelf.put("a/c.JPG", taken_s=1 * DAY, camera="Apple iPhone", rating=3, keywords=("family",))
    shelf.put("a/film.mp4", Modality.VIDEO, taken_s=2 * DAY, duration_s=30.0)
    shelf.put("a/deep/A.png", taken_s=4 * DAY)
    shelf.put("talk.wav", Modality.AUDIO, taken_s=5 * DAY, duration_s=300.0)
    return shelf


def test_without_anything_everything_is_there_the_newest_first(full):
    assert full.find() == ["talk.wav", "a/deep/A.png", "b.jpg", "a/film.mp4", "a/c.JPG"]
    assert full.find(sort=Sort.OLDEST)[0] == "a/c.JPG"
    assert full.find(sort=Sort.NAME) == [
        "a/deep/A.png",
        "b.jpg",
        "a/c.JPG",
        "a/film.mp4",
        "talk.wav",
    ]


@pytest.mark.parametrize("sort", Sort)
def test_pages_follow_one_another_without_gaps(full, sort):
    whole = full.find(sort=sort)
    paged = [full.find(sort=sort, limit=2, offset=at) for at in (0, 2, 4, 6)]
    assert [path for page in paged for path in page] == whole
    assert full.answer(sort=sort, limit=2, offset=6).total == 5


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"modalities": {Modality.VIDEO, Modality.AUDIO}}, ["talk.wav", "a/film.mp4"]),
        (
            {"without": (Filters(extensions=frozenset(["jpg"])),)},
            ["talk.wav", "a/deep/A.png", "a/film.mp4"],
        ),
        ({"without": (Filters(folders=(Path("a"),)), Filters(name="TALK"))}, ["b.jpg"]),
        ({"without": (Filters(folders=(Path("not there"),)),), "name": "b."}, ["b.jpg"]),
        ({"without": (Filters(shortest_s=30.0),)}, ["a/deep/A.png", "b.jpg", "a/c.JPG"]),
        (
            {"without": (Filters(cameras=frozenset(["canon"])),), "until_s": 4 * DAY},
            ["a/film.mp4", "a/c.JPG"],
        ),
        ({"without": (Filters(cameras=frozenset(["nikon"])),), "name": "b."}, ["b.jpg"]),
        ({"without": (Filters(tags=frozenset(["ete"])),), "tags": {"family"}}, ["a/c.JPG"]),
        (
            {"without": (Filters(least_rating=4),), "modalities": {Modality.IMAGE}},
            ["a/deep/A.png", "a/c.JPG"],
        ),
        ({"without": (Filters(since_s=2 * DAY, until_s=5 * DAY),)}, ["talk.wav", "a/c.JPG"]),
        ({"without": (Filters(around=Around("Rome")),), "name": "b."}, ["b.jpg"]),
        ({"folders": (Path("/lib/a"),)}, ["a/deep/A.png", "a/film.mp4", "a/c.JPG"]),
        ({"folders": (Path("/lib/a/c.JPG"),)}, ["a/c.JPG"]),
        ({"folders": (Path("/li"),)}, []),
        ({"folders": (Path("DEEP"),)}, ["a/deep/A.png"]),
        ({"folders": (Path("a/deep"), Path("/lib/a/deep"))}, ["a/deep/A.png"]),
        ({"folders": (Path("eep"),)}, []),
        ({"folders": (Path("/lib"), Path("a"))}, None),
        ({"since_s": 3 * DAY}, ["talk.wav", "a/deep/A.png", "b.jpg"]),
        ({"until_s": 3 * DAY}, ["a/film.mp4", "a/c.JPG"]),
        ({"name": "A"}, ["talk.wav", "a/deep/A.png"]),
        ({"name": ".jp"}, ["b.jpg", "a/c.JPG"]),
        ({"extensions": {"jpg"}}, ["b.jpg", "a/c.JPG"]),
        ({"extensions": {"pg", "wav"}}, ["talk.wav"]),
        ({"shortest_s": 30.0}, ["talk.wav", "a/film.mp4"]),
        ({"shortest_s": math.nextafter(30.0, 99)}, ["talk.wav"]),
        ({"longest_s": 30.0}, ["a/film.mp4"]),
        ({"cameras": {"canon"}}, ["b.jpg"]),
        ({"cameras": {"CANON EOS", "iphone"}}, ["b.jpg", "a/c.JPG"]),
        ({"cameras": {"nikon"}}, []),
        ({"least_rating": 3}, ["b.jpg", "a/c.JPG"]),
        ({"least_rating": 4}, ["b.jpg"]),
        ({"tags": {"FAMILY"}}, ["b.jpg", "a/c.JPG"]),
        ({"tags": {"family", "ete"}}, ["b.jpg"]),
        ({"tags": {"fam"}}, []),
        ({"phrases": ("c",)}, ["a/c.JPG"]),
        ({"least_rating": 3, "folders": (Path("/lib/a"),), "tags": {"family"}}, ["a/c.JPG"]),
    ],
)
def test_a_filter_lets_through_what_it_says(full, filters, found):
    filters = {key: frozenset(v) if isinstance(v, set) else v for key, v in filters.items()}
    assert full.find(**filters) == (full.find() if found is None else found)
    # The same holds for what is asked with words.
    asked = full.find("red", **filters)
    assert sorted(asked) == sorted(full.find() if found is None else found)


@pytest.mark.parametrize(
    ("around", "found"),
    [
        (Around("", 47.37, 8.54, 5), ["zurich.jpg"]),
        (Around("Zürich"), ["zurich.jpg"]),
        (Around("zurich", radius_km=100), ["basel.jpg", "zurich.jpg"]),
        (Around("", 0.0, 179.99, 10), ["west.jpg", "east.jpg"]),
        (Around("", 0.0, -179.99, 10), ["west.jpg", "east.jpg"]),
        (Around("", 89.99, 0.0, 10), ["pole.jpg"]),
        (Around("", 90.0, 0.0, 20_000.0), None),
        (Around("", 0.0, 0.0, 20), []),
        (Around("", 60.0, 10.0, 55.5), []),
        (Around("", 60.0, 10.0, 56.0), ["north.jpg"]),
    ],
)
def test_places_are_circles_on_a_globe(shelf, around, found):
    for at, (name, latitude, longitude) in enumerate(
        [
            ("zurich", 47.377, 8.54),
            ("basel", 47.558, 7.587),
            ("east", 0.0, 179.95),
            ("west", 0.0, -179.95),
            ("pole", 89.98, 170.0),
            ("north", 60.0, 11.0),
        ]
    ):
        shelf.put(f"{name}.jpg", latitude=latitude, longitude=longitude, taken_s=at * DAY)
    shelf.put("nowhere.jpg")
    every = {"zurich.jpg", "basel.jpg", "east.jpg", "west.jpg", "pole.jpg", "north.jpg"}
    assert sorted(shelf.find(around=around)) == sorted(every if found is None else found)


def test_an_unknown_place_is_told(full):
    with pytest.raises(BadInput, match=r"no city called “Qwxyz”.*near:47"):
        full.find(around=Around("Qwxyz"))


def test_copies_are_one_hit_at_the_place_that_passes(shelf):
    shelf.put("a/z.jpg", content="same", taken_s=DAY)
    shelf.put("b/b.png", content="same", taken_s=DAY)
    shelf.put("b/m.jpg", taken_s=2 * DAY)
    (other, hit) = shelf.answer().hits
    assert (str(hit.path), [str(copy) for copy in hit.copies]) == ("/lib/a/z.jpg", ["/lib/b/b.png"])
    assert shelf.find(folders=(Path("/lib/b"),), sort=Sort.NAME) == ["b/b.png", "b/m.jpg"]
    assert shelf.find(extensions=frozenset(["jpg"]), sort=Sort.NAME) == ["b/m.jpg", "a/z.jpg"]
    assert shelf.find(sort=Sort.NAME) == ["b/m.jpg", "a/z.jpg"]
    assert shelf.find(folders=(Path("/lib/a"),), extensions=frozenset(["png"])) == []
    assert other.found_by == frozenset()


def test_a_copy_elsewhere_is_shown_where_one_place_is_left_out(shelf):
    shelf.put("a/z.jpg", content="same")
    shelf.put("b/b.png", content="same")
    assert shelf.find(without=(Filters(folders=(Path("/lib/a"),)),)) == ["b/b.png"]
    assert shelf.find(without=(Filters(extensions=frozenset(["png"])),)) == ["a/z.jpg"]
    assert shelf.find("red", without=(Filters(name="z.j"),)) == ["b/b.png"]
    assert shelf.find(without=(Filters(name="z"), Filters(name="b.p"))) == []


def test_what_moves_goes_or_changes_is_browsed_as_it_is_now(shelf):
    shelf.put("a/z.jpg", content="same")
    shelf.put("b.jpg", content="same")
    shelf.put("c.jpg")
    moved = shelf.disk.pop("/lib/c.jpg")
    shelf.disk["/lib/moved.PNG"] = moved
    del shelf.disk["/lib/a/z.jpg"]
    shelf.apply()
    assert sorted(shelf.find()) == ["b.jpg", "moved.PNG"]
    assert shelf.find(extensions=frozenset(["png"])) == ["moved.PNG"]
    assert shelf.find(name="c.jpg") == []
    shelf.disk.clear()
    shelf.apply()
    assert shelf.find() == []
    shelf.put("c.jpg")
    assert shelf.find() == ["c.jpg"]


def test_what_another_folder_holds_too_stays_when_a_folder_goes(shelf):
    shelf.put("a.jpg", content="both")
    shelf.put("b.jpg")
    shelf.catalog.add_root("/other")
    number = next(root.number for root in shelf.catalog.roots() if root.path == "/other")
    disk = {"/other/z.jpg": Stamp(1, 1, 99)}
    shelf.catalog.apply(number, "/other", plan(disk, {}), disk, {}, {})
    (waiting,) = shelf.catalog.waiting(5)
    shelf.catalog.record([(waiting, "both")], ENGINE.space.name, {})
    assert shelf.catalog.remove_root("/lib") == {"b.jpg"}
    (hit,) = shelf.answer().hits
    assert (str(hit.path), hit.copies) == ("/other/z.jpg", ())
    assert shelf.catalog.remove_root("/other") == {"both"}
    assert shelf.answer().total == 0


def test_a_film_with_subtitles_is_one_thing_and_found_by_their_words_under_its_filters(shelf):
    shelf.put("film.mp4", Modality.VIDEO, duration_s=900.0, camera="GoPro", colour="blue")
    shelf.companions = {"/lib/film.srt": ("/lib/film.mp4", "subtitles")}
    shelf.put("film.srt", Modality.TEXT, words="green words spoken aloud", colour="green")
    shelf.put("note.txt", Modality.TEXT, words="green words", colour="green", taken_s=DAY)
    assert shelf.find() == ["note.txt", "film.mp4"]
    assert shelf.find(modalities=frozenset([Modality.TEXT])) == ["note.txt"]
    for filters in (
        {"shortest_s": 600.0},
        {"modalities": frozenset([Modality.VIDEO])},
        {"cameras": frozenset(["gopro"])},
        {"extensions": frozenset(["mp4"])},
        {"until_s": DAY / 2},
    ):
        assert shelf.find("words", **filters) == ["film.mp4"], filters
        assert shelf.find(phrases=("spoken aloud",), **filters) == ["film.mp4"], filters
    assert shelf.find("words", longest_s=600.0) == []


def test_what_is_only_wanted_less_is_left_out_while_browsing(full):
    full.put("x.jpg", colour="blue", words="blue sky", taken_s=9 * DAY)
    found = full.find(Part("blue", weight=-1.0))
    assert "x.jpg" not in found
    assert found[0] == "talk.wav"
    assert full.find(Part("blue", weight=-1.0), limit=1, offset=1) == found[1:2]


# Exactly


def test_a_phrase_is_in_the_words_or_in_the_name(shelf):
    shelf.put("1.txt", Modality.TEXT, words="The Annual Report of 2024", taken_s=1.0)
    shelf.put("annual report.pdf", Modality.DOCUMENT, words="something else")
    shelf.put("2.txt", Modality.TEXT, words="An annual, rather long report", taken_s=9.0)
    shelf.put("Annual_Reports.pdf", Modality.DOCUMENT, words="more")
    assert sorted(shelf.find(phrases=("annual report",))) == ["1.txt", "annual report.pdf"]
    assert shelf.find(phrases=("annual report", "of 2024")) == ["1.txt"]
    assert shelf.find("long", phrases=("annual report",))
    assert "2.txt" not in shelf.find("long", phrases=("annual report",))
    assert shelf.find(phrases=("annual report",), sort=Sort.NEWEST)[0] == "1.txt"
    assert shelf.find(phrases=("no such thing",)) == []
    assert shelf.find(phrases=("!?",)) == []


def test_a_phrase_says_where_it_stands(shelf):
    (vector,) = ENGINE.embed([Piece.of_words("red")], Purpose.INDEX)
    shelf.put("talk.wav", Modality.AUDIO, duration_s=60.0)
    spans = [Span(Unit.SECONDS, at, at + 15.0) for at in (0.0, 15.0, 30.0)]
    words = ("nothing", "as I said before", "nothing")
    rows = [
        Row("talk.wav", n, Modality.AUDIO, span, Source.SPEECH, text, 0.0, vector)
        for n, (span, text) in enumerate(zip(spans, words, strict=True))
    ]
    shelf.store.put(ENGINE.space, rows)
    (hit,) = shelf.answer(phrases=("said before",)).hits
    assert hit.span == spans[1]
    assert [(why.source, why.text) for why in hit.why] == [(Source.SPEECH, words[1])]


def test_an_exact_name_comes_first_however_many_are_like_it(shelf):
    for n in range(300):
        shelf.put(f"{n}/IMG 1 copy.jpg", content=f"c{n}", words="IMG 1 IMG 1 IMG", taken_s=n)
    shelf.put("z/img 1.jpg", words="", colour="blue")
    assert shelf.find("IMG 1", limit=5)[0] == "z/img 1.jpg"
    assert shelf.find("IMG 1.JPG", limit=5)[0] == "z/img 1.jpg"
    assert shelf.find(phrases=("img 1",), limit=5)[0] == "z/img 1.jpg"
    shelf.put("z/DSC_9.jpg", colour="blue")
    assert shelf.find("red copy dsc_9.jpg", limit=5)[0] == "z/DSC_9.jpg"
    assert shelf.find("red copy img 1.jpg of it", limit=5)[0] == "z/img 1.jpg"


def test_a_name_that_reads_as_more_than_words_comes_first_too(shelf):
    for n in range(20):
        shelf.put(f"{n}.jpg", words="dog")
    shelf.put("dog^2.jpg", colour="blue")
    shelf.put("beach -1.jpg", colour="blue")
    for typed in ("dog^2.jpg", "dog^2", "beach -1.jpg"):
        meant = parse(typed, 0.0)
        query = Query(meant.parts, meant.filters, called=meant.called)
        assert shelf.search.find(query).hits[0].path.name.startswith(typed)


# Paging and order of what was asked


def test_hits_of_a_question_are_paged_and_sorted(shelf):
    for n in range(30):
        shelf.put(f"{n:02}.jpg", taken_s=n * DAY, words="red " * (1 + n % 3))
    whole = shelf.find("red")
    assert len(whole) == 30
    pages = [shelf.answer("red", limit=7, offset=at) for at in range(0, 35, 7)]
    paged = [hit.path.name for page in pages for hit in page.hits]
    assert paged == whole
    assert {page.total for page in pages} == {30}
    assert shelf.find("red", sort=Sort.OLDEST) == sorted(whole)
    assert shelf.find("red", sort=Sort.NEWEST) == sorted(whole, reverse=True)
    assert shelf.find("red", sort=Sort.NAME, limit=3, offset=2) == ["02.jpg", "03.jpg", "04.jpg"]


def test_a_page_before_the_first_one_is_refused(full):
    with pytest.raises(BadInput):
        full.answer(offset=-1)


def test_what_browsing_finds_empty_is_said_for_the_filters(full):
    assert full.answer(name="nothing").note == "Nothing passes these filters."
    assert full.answer().note == ""


def test_a_content_that_says_no_number_can_still_be_browsed(shelf):
    shelf.put("odd.jpg", taken_s=math.nan, duration_s=math.inf, camera="Canon")
    shelf.put("good.jpg", taken_s=DAY, camera="Canon")
    assert shelf.find()[0] == "good.jpg"
    assert len(shelf.find()) == 2
    assert shelf.find(cameras=frozenset(["canon"])) == ["good.jpg"]


def test_many_folders_of_one_name_are_one_filter(shelf):
    for n in range(1200):
        shelf.disk[f"/lib/{n}/raw/{n}.jpg"] = Stamp(n, 1, 1 + n)
    shelf.apply()
    for file in shelf.catalog.waiting(2000):
        said = {file.path: (Modality.IMAGE, Info(taken_s=1.0), "", 1)}
        shelf.catalog.record([(file, file.path)], ENGINE.space.name, said)
    assert shelf.answer(folders=(Path("raw"),)).total == 1200
    assert shelf.answer(folders=(Path("7/raw"),)).total == 1


def test_filters_may_be_replaced_one_by_one(full):
    query = Query(filters=Filters(least_rating=3))
    more = replace(query, filters=replace(query.filters, tags=frozenset(["été"])))
    assert full.search.find(query).total == 2
    assert full.search.find(more).total == 1
