"""Asking with a part of a file: a moment of a film, a page, a passage."""

from __future__ import annotations

from pathlib import Path

import pytest

from nova_desktop.errors import BadInput
from nova_desktop.library import spans
from nova_desktop.library.saved import SavedSearches
from nova_desktop.media.document import DocumentReader
from nova_desktop.media.video import VideoReader
from nova_desktop.model import Chunk, Modality, Purpose, Row, Source, Span, Stamp, Unit, Words
from nova_desktop.query import Part, Query
from tests.fakes import ColourEngine
from tests.library.desk import Counted, added, eventually, photo
from tests.media.clips import ffmpeg
from tests.media_samples import pdf


def seconds(start: float, stop: float) -> Span:
    return Span(Unit.SECONDS, start, stop)


def page(first: int, last: int | None = None) -> Span:
    return Span(Unit.PAGE, first, last or first)


def film(path: Path, *colours: str) -> Path:
    """15 s of each colour."""
    parts = " ".join(f"-f lavfi -i color={c}:s=64x48:r=2:d=15" for c in colours)
    ffmpeg(f"{parts} -filter_complex concat=n={len(colours)}", "-c:v mpeg4", path)
    return path


class Seen(Counted):
    """An engine that remembers what it was asked with."""

    def __init__(self, inner):
        super().__init__(inner)
        self.asked = []

    def embed(self, pieces, purpose):
        if purpose is not Purpose.INDEX:
            self.asked += pieces
        return super().embed(pieces, purpose)


@pytest.fixture
def films(desk, folder):
    """A red, a blue and a green picture, and a film of all these colours, one after another."""
    desk.library.close()
    desk.engine = Seen(ColourEngine())
    desk.readers |= {Modality.VIDEO: VideoReader(), Modality.DOCUMENT: DocumentReader()}
    desk.open()
    for colour in ("red", "blue", "lime"):
        name = {"lime": "green"}.get(colour, colour)
        photo(folder / f"{name}.png", name)
    film(folder / "film.mp4", "red", "blue", "lime", "lime", "lime", "blue")
    added(desk, folder)
    return desk


def names(desk, *parts: Part) -> list[str]:
    return [hit.path.name for hit in desk.library.find(Query(parts)).hits]


def test_a_moment_of_a_film_finds_what_is_like_that_moment(films, folder):
    whole = folder / "film.mp4"
    assert names(films, Part(path=whole, span=seconds(0, 15)))[0] == "red.png"
    assert names(films, Part(path=whole, span=seconds(48, 58)))[0] == "green.png"
    assert films.engine.asked == []  # by the rows that it has


def test_the_moment_and_its_neighbours_do_not_answer_but_others_of_the_film_do(films, folder):
    whole = folder / "film.mp4"
    answer = films.library.find(Query((Part(path=whole, span=seconds(15, 30)),)))
    found = {hit.path.name: [hit.span, *hit.moments] for hit in answer.hits}
    assert found == {"blue.png": [None], "film.mp4": [seconds(75, 90)]}
    assert names(films, Part(path=whole, span=seconds(0, 15))) == ["red.png"]
    # Green from 0:30 to 1:15 is one scene, wherever in it is asked.
    for start in (30, 45, 60):
        assert names(films, Part(path=whole, span=seconds(start, start + 5))) == ["green.png"]


def test_a_scene_that_goes_on_for_an_hour_is_one(films, folder):
    still = folder / "still.mp4"
    ffmpeg("-f lavfi -i color=blue:s=64x48:r=1:d=3600", "-c:v mpeg4", still)
    films.library.rescan()
    assert films.library.wait(30)
    found = names(films, Part(path=still, span=seconds(1800, 1810)))
    assert "still.mp4" not in found
    assert set(found) == {"blue.png", "film.mp4"}


def test_a_film_that_is_asked_with_whole_still_comes_first(films, folder):
    assert names(films, Part(path=folder / "film.mp4"))[0] == "film.mp4"


def test_a_file_is_asked_with_by_its_name_alone(films, folder):
    (folder / "deep").mkdir()
    photo(folder / "deep" / "red.png", "blue", size=50)
    photo(folder / "deep" / "other.png", "red", size=30)
    films.library.rescan()
    assert films.library.wait(30)
    assert names(films, Part(path=Path("OTHER.png")))[0] == "other.png"
    assert names(films, Part(path=Path("other")))[0] == "other.png"
    assert names(films, Part(path=Path("film.mp4"), span=seconds(48, 58)))[0] == "green.png"
    (best, *_) = films.library.find(Query((Part(path=Path("deep/red.png")),))).hits
    assert best.path == folder / "deep" / "red.png"
    with pytest.raises(BadInput, match=r"2 files called .*like:deep/red\.png"):
        names(films, Part(path=Path("red.png")))
    with pytest.raises(BadInput, match=r"no file “gone\.png” in the library"):
        names(films, Part(path=Path("gone.png")))


def test_a_file_that_is_wanted_less_is_no_answer_itself(films, folder):
    less = Part(path=folder / "blue.png", weight=-0.1)
    assert "blue.png" in names(films, Part(text="blue"))
    assert "blue.png" not in names(films, Part(text="blue"), less)
    unfolded = films.library.find(Query((Part(text="blue"), less), fold=False)).hits
    assert "blue.png" not in [hit.path.name for hit in unfolded]


def test_less_of_a_moment_takes_its_film_down_too(films, folder):
    less = Part(path=folder / "film.mp4", span=seconds(15, 30), weight=-1.0)
    found = names(films, Part(text="blue"), less)
    assert "film.mp4" not in found


def test_of_a_film_that_is_not_indexed_only_the_moment_is_read(films, tmp_path):
    strange = film(tmp_path / "strange.mp4", "red", "red", "blue")
    assert set(names(films, Part(path=strange, span=seconds(31, 41)))) == {"blue.png", "film.mp4"}
    assert films.engine.asked
    for piece in films.engine.asked:
        assert 31 <= piece.span.start < piece.span.stop <= 41


def test_what_is_indexed_of_a_moment_is_not_paid_again_and_what_is_not_is_cut(films, folder):
    films.library.close()
    films.paid = Seen(ColourEngine(model="paid"))
    library = films.open()
    quote = library.quote(folder)
    library.set_rule(folder, "cloud", quote.usd)
    assert library.wait(30)
    eventually(lambda: library.status().further.indexed == 4)
    assert names(films, Part(path=folder / "film.mp4", span=seconds(0, 15))) == ["red.png"]
    assert films.paid.asked == []
    library.pause()
    new = film(folder / "new.mp4", "blue", "red", "blue")
    found = names(films, Part(path=new, span=seconds(16, 26)))
    assert set(found) == {"red.png", "film.mp4"}
    assert films.paid.asked
    (sent,) = (one for one in library.sent(10) if one.path == new)
    assert sent.bytes == sum(len(piece.data) for piece in films.paid.asked)
    assert all(16 <= piece.span.start < piece.span.stop <= 26 for piece in films.paid.asked)


def test_a_film_is_not_read_through_for_each_question(films, folder):
    whole = folder / "film.mp4"
    with whole.open("r+b") as file:  # other bytes under the stamp that was recorded
        file.write(b"\0" * 64)
    content = films.library._parts.catalog.content_of(str(whole))
    stamp = Stamp.of(whole.lstat())
    with films.library._parts.catalog.write() as db:
        db.execute("UPDATE files SET mtime_ns = ? WHERE content = ?", [stamp.mtime_ns, content])
    assert names(films, Part(path=whole, span=seconds(0, 15)))[0] == "red.png"


def test_a_moment_of_a_film_that_is_away_is_asked_with_all_the_same(films, folder):
    films.library.pause()
    (folder / "film.mp4").unlink()
    assert names(films, Part(path=folder / "film.mp4", span=seconds(0, 15)))[0] == "red.png"


def test_a_page_finds_what_is_like_that_page(desk, folder):
    desk.library.close()
    desk.readers |= {Modality.DOCUMENT: DocumentReader()}
    desk.open()
    pdf(folder / "report.pdf", ["red red", "blue", "Nothing", "Nothing else", "blue"])
    for colour in ("red", "blue"):
        (folder / f"{colour}.txt").write_text(colour)
    desk.engine.inner = Words1()
    added(desk, folder)
    report = folder / "report.pdf"
    assert names(desk, Part(path=report, span=page(1)))[0] == "red.txt"
    answer = desk.library.find(Query((Part(path=report, span=page(2)),)))
    assert {(hit.path.name, hit.span) for hit in answer.hits} == {
        ("blue.txt", Span(Unit.CHARACTERS, 0, 4)),
        ("report.pdf", page(5)),
    }


class Words1(ColourEngine):
    """Reads words alone."""

    @property
    def embeds_words(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("name", "span", "says"),
    [
        ("film.mp4", seconds(500, 510), "is 90 seconds long: choose an earlier moment"),
        ("film.mp4", page(1), "has no pages"),
        ("film.mp4", seconds(20, 10), "ends before it begins"),
        ("red.png", seconds(0, 5), "one picture, without parts"),
        ("report.pdf", seconds(0, 5), "has no moments"),
        ("report.pdf", page(9), "has 2 pages: choose one of them"),
        ("note.txt", seconds(0, 5), "not divided so"),
        ("note.txt", page(1), "not divided so"),
        ("note.txt", Span(Unit.CHARACTERS, 4000, 5000), "is shorter than that"),
    ],
)
def test_a_part_that_a_file_does_not_have_is_refused_with_a_sentence(
    films, folder, tmp_path, name, span, says
):
    pdf(tmp_path / "report.pdf", ["red", "blue"])
    (tmp_path / "note.txt").write_text("A red note.")
    path = tmp_path / name if (tmp_path / name).exists() else folder / name
    with pytest.raises(BadInput, match=says):
        names(films, Part(path=path, span=span))


def test_subtitles_beside_a_film_are_its_own_moment_too(films, folder):
    films.library.close()
    films.readers = {**films.readers}
    films.open()
    (folder / "film.srt").write_text(
        "1\n00:00:16,000 --> 00:00:20,000\nblue\n\n2\n00:01:16,000 --> 00:01:20,000\nblue\n"
    )
    films.library.rescan()
    eventually(lambda: "film.mp4" in films.find("blue"))
    answer = films.library.find(
        Query((Part(path=folder / "film.mp4", span=seconds(15, 30)),), limit=9)
    )
    for hit in answer.hits:
        for span in (hit.span, *hit.moments):
            assert hit.path.name != "film.mp4" or span.start >= 45


def test_searches_by_a_moment_are_kept_and_those_of_before_are_still_read(desk):
    saved = SavedSearches(desk.library._parts.catalog)
    part = Part(path=Path("/a/film.mp4"), span=seconds(62, 77.5), weight=2.0)
    saved.save("moment", "", (part, Part(path=Path("/a/report.pdf"), span=page(3, 4))))
    assert saved.all()[0].parts == (part, Part(path=Path("/a/report.pdf"), span=page(3, 4)))
    with desk.library._parts.catalog.write() as db:
        db.execute(
            "UPDATE searches SET parts = ?",
            ['[{"path": "/a/film.mp4", "data": "", "weight": 2.0}]'],
        )
    assert saved.all()[0].parts == (Part(path=Path("/a/film.mp4"), weight=2.0),)


# Which rows and chunks are of a part


def row(span: Span | None, number: int = 0) -> Row:
    return Row("c", number, Modality.VIDEO, span, Source.PICTURE, "", 0.0, None)


@pytest.mark.parametrize(
    ("wanted", "starts"),
    [
        (seconds(0, 15), [0]),
        (seconds(15, 45), [15, 30]),
        (seconds(62, 63), [60]),
        (seconds(28, 32), [15, 30]),  # half of it lies in either
        (seconds(2, 17), [0]),  # 2 s of the next segment are not that segment
        (seconds(0, 1000), [0, 15, 30, 45, 60]),
        (seconds(80, 90), []),
        (page(1), []),
    ],
)
def test_rows_are_of_a_part_that_they_lie_in_by_half(wanted, starts):
    rows = [row(None), *(row(seconds(s, s + 15)) for s in range(0, 75, 15))]
    assert [one.span.start for one in spans.rows_of(rows, wanted)] == starts


def test_a_part_that_a_paid_engine_was_not_given_is_that_before_it():
    rows = [row(None), row(seconds(0, 15), 1), row(seconds(0, 15), 2), row(seconds(60, 75), 3)]
    assert [one.number for one in spans.last_before(rows, seconds(30, 45))] == [1, 2]
    assert spans.last_before(rows, page(3)) == []


def test_a_film_is_cut_to_the_part_with_its_words():
    said = tuple(Words(Source.SUBTITLES, str(s), seconds(s, s + 5)) for s in (0, 5, 10))
    chunks = [Chunk(0, Modality.VIDEO, seconds(0, 15), said), Chunk(1, Modality.VIDEO, None)]
    (cut,) = spans.chunks_of(chunks, seconds(6, 40))
    assert cut.span == seconds(6, 15)
    assert [words.text for words in cut.words] == ["5", "10"]


@pytest.mark.parametrize(
    ("like", "whole"),
    [
        ([], seconds(60, 70)),
        ([seconds(75, 90), seconds(90, 105), seconds(45, 60)], seconds(45, 105)),
        ([seconds(75, 80), seconds(92, 95), seconds(115, 120)], seconds(60, 95)),
        ([seconds(0, 15), seconds(40, 44)], seconds(60, 70)),
        ([page(61)], seconds(60, 70)),
        ([seconds(0, 1000)], seconds(0, 1000)),
    ],
)
def test_a_scene_ends_where_something_else_comes(like, whole):
    assert spans.scene(like, seconds(60, 70)) == whole


@pytest.mark.parametrize(
    ("span", "beside"),
    [
        (seconds(0, 15), False),
        (seconds(15, 30), True),
        (seconds(45, 60), True),
        (seconds(60, 75), False),
        (page(2), False),
        (None, False),
    ],
)
def test_a_neighbour_touches_the_part(span, beside):
    assert spans.is_beside(span, seconds(30, 45)) is beside
