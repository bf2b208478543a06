"""Forms among the words of `find`, filters alone, pages, and searches that are kept."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from nova_desktop.kinds import Sort
from nova_desktop.model import Modality, Span, Unit
from nova_desktop.query import Around, Filters, Hit, Part, Query, SavedSearch
from tests.cli.conftest import CommandLine


def asked(run: CommandLine, *argv: str) -> Query:
    assert run("find", *argv) == 0, run.err
    return run.library.queries[-1]


def test_forms_are_taken_among_the_words(run: CommandLine) -> None:
    query = asked(run, "dog", "type:photo", "on", "beach", 'tag:"new york"', "rating:>=3")
    assert query.parts == (Part("dog on beach"),)
    assert query.filters == Filters(
        modalities=frozenset([Modality.IMAGE]), tags=frozenset(["new york"]), least_rating=3
    )


@pytest.mark.parametrize("before", [(), ("--limit", "5"), ("-v",)])
def test_a_minus_is_no_option(run: CommandLine, before: tuple[str, ...]) -> None:
    query = asked(run, *before, "dog", "-cat", "-type:note", '-"high tide"')
    assert query.parts == (
        Part("dog"),
        Part("cat", weight=-1.0),
        Part("high tide", weight=-1.0),
    )
    assert query.filters.modalities == set(Modality) - {Modality.TEXT}


def test_a_whole_question_in_quotes_is_taken_apart_too(run):
    query = asked(run, "type:photo near:Rome rating:5 sea")
    assert query.filters.modalities == {Modality.IMAGE}
    assert query.filters.least_rating == 5
    assert [part.text for part in query.parts] == ["sea"]
    assert asked(run, "type:photo sunset").parts[0].text == "sunset"
    assert asked(run, "tag:new york rating:5").filters.least_rating == 5
    query = asked(run, "tag:new york -people +sea^2")
    assert query.filters.tags == {"new york"}
    assert query.parts == (Part("sea", weight=2.0), Part("people", weight=-1.0))


def test_a_date_and_coordinates_in_a_question_in_quotes_end_where_they_are_whole(run):
    query = asked(run, "date:2024 dog on a beach")
    assert query.parts == (Part("dog on a beach"),)
    assert query.filters == asked(run, "date:2024", "dog").filters
    query = asked(run, "near:47.37,8.54~5km sea")
    assert query.parts == (Part("sea"),)
    assert query.filters.around == Around(latitude=47.37, longitude=8.54, radius_km=5)
    assert asked(run, "date:2024 summer").filters == asked(run, 'date:"2024 summer"').filters
    assert asked(run, "date:2023..2024 beach").parts == (Part("beach"),)
    query = asked(run, "-date:last summer dog")
    assert query.parts == (Part("dog"),)
    assert query.filters == asked(run, '-date:"last summer"', "dog").filters
    assert run("find", "date:someday dog") == 3
    assert "“someday dog” is no date" in run.err


def test_a_file_is_named_among_the_words(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my film.mp4").touch()
    monkeypatch.chdir(tmp_path)
    moment = Span(Unit.SECONDS, 62.0, 77.0)
    assert asked(run, "like:my film.mp4@1:02..1:17^2", "sea", "-like:rain.jpg").parts == (
        Part("sea"),
        Part(path=tmp_path / "my film.mp4", span=moment, weight=2.0),
        Part(path=Path("rain.jpg"), weight=-1.0),  # not here: the library looks for it
    )
    assert asked(run, "like:my film.mp4@1:02..1:17^2 sea").parts == (
        Part("sea"),
        Part(path=tmp_path / "my film.mp4", span=moment, weight=2.0),
    )
    assert run("searches", "save", "Film", "like:my film.mp4", "sea") == 0
    assert run.library.searches()[0].text == f'like:"{tmp_path / "my film.mp4"}" sea'


def test_the_quotes_that_the_shell_took_away_are_meant(run: CommandLine) -> None:
    query = asked(run, "tag:new york,family", "near:San Francisco~50km", "date:last year")
    assert query.filters.tags == {"new york", "family"}
    assert query.filters.around == Around("San Francisco", radius_km=50)
    year = datetime.date.today().year - 1
    assert query.filters.since_s == datetime.datetime(year, 1, 1).timestamp()


def test_filters_alone_browse(run: CommandLine) -> None:
    assert asked(run, "type:photo").parts == ()
    assert asked(run, "--type", "image").parts == ()
    assert asked(run, "--since", "1970").filters.since_s is not None
    assert asked(run, "--sort", "oldest") == Query((), Filters(), 20, 0, Sort.OLDEST)


def test_options_and_forms_hold_together(run: CommandLine, tmp_path: Path) -> None:
    run.library.folders = [tmp_path]
    odd = tmp_path / 'a "b", c'
    query = asked(run, "x", "date:>=2020", "--until", "2024", "--in", str(odd), "--sort", "name")
    assert query.filters.folders == (odd,)
    assert query.filters.since_s == datetime.datetime(2020, 1, 1).timestamp()
    assert query.filters.until_s == datetime.datetime(2025, 1, 1).timestamp()
    assert query.sort is Sort.NAME


@pytest.mark.parametrize(
    ("before", "columns"),
    [
        ("日本語", 6),
        ("🎉", 2),
        ("cafe\u0301", 4),
        ("co\u00adop", 8),  # shown as an escape
        ("a\nb", 4),
    ],
)
def test_a_mistake_is_pointed_at_behind_letters_of_any_width(
    run: CommandLine, before: str, columns: int
) -> None:
    assert run("find", f"{before} date:昨日") == 3
    _, pointer, *_ = run.err.splitlines()
    assert pointer == " " * (columns + len(" date:")) + "^" * 4


def test_a_mistake_is_pointed_at_below_what_was_typed(run: CommandLine) -> None:
    assert run("find", "boats", "date:someday", "sea") == 3
    typed, pointer, *_ = run.err.splitlines()
    assert typed == "boats date:someday sea"
    assert pointer == " " * len("boats date:") + "^" * len("someday")


@pytest.mark.parametrize(
    ("text", "says"),
    [("type:smell", "no type"), ("date:never", "no date"), ("tag:", "value"), ('"x', "closed")],
)
def test_a_form_that_can_not_be_meant_is_bad_input(run: CommandLine, text: str, says: str) -> None:
    assert run("find", "x", text) == 3
    assert says in run.err
    assert run.library.queries == []


def test_pages_are_numbered_on_and_say_what_comes_next(run: CommandLine) -> None:
    run.library.hits = tuple(
        Hit(Path(f"/{n}.jpg"), str(n), Modality.IMAGE, None, 0.0, (), 0.0) for n in range(30)
    )
    assert run("find", "x", "--limit", "10", "--offset", "10") == 0
    assert run.out.startswith("11. /10.jpg\n")
    assert "11–20 of 30; --offset 20 shows the next." in run.err
    run("find", "x", "--limit", "10", "--offset", "20")
    assert "shows the next" not in run.err
    run("find", "x", "--offset", "40")
    assert (run.out, run.err.strip()) == ("", "There are 30 only.")
    run("find", "x", "--limit", "2", "--offset", "10", "--json")
    assert [(it["number"], it["total"]) for it in json.loads(run.out)] == [(11, 30), (12, 30)]
    assert run("find", "x", "--offset", "-1") == 2


def test_a_part_of_a_file_is_asked_with(run: CommandLine, tmp_path: Path) -> None:
    film, report, photo = (tmp_path / name for name in ("film.mp4", "report.pdf", "a.jpg"))
    files = [
        *("--file", str(film), "--at", "1:02..1:17", "--file", str(photo)),
        *("--file", str(report), "--page", "3..5", "--file", str(film), "--at", "1:02:03"),
        *("--file", str(report), "--page", "3"),
    ]
    parts = (
        Part(path=film, span=Span(Unit.SECONDS, 62.0, 77.0)),
        Part(path=photo),
        Part(path=report, span=Span(Unit.PAGE, 3, 5)),
        Part(path=film, span=Span(Unit.SECONDS, 3723.0, 3733.0)),
        Part(path=report, span=Span(Unit.PAGE, 3, 3)),
    )
    assert asked(run, *files).parts == parts
    assert run("searches", "save", "Parts", *files) == 0
    assert run.library.saved["Parts"].parts == parts
    run("searches")
    assert run.out.splitlines()[1:4] == [
        f"   {film}, 1:02–1:17",
        f"   {photo}",
        f"   {report}, pages 3–5",
    ]
    run("searches", "--json")
    (told,) = json.loads(run.out)
    assert told["spans"][:2] == [{"unit": "seconds", "start": 62.0, "stop": 77.0}, None]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("--at", "1:02"), "--at belongs after the --file whose part it is"),
        (("--page", "2", "--file", "x.pdf"), "--page belongs after the --file"),
        (("--file", "x", "--at", "1:02", "--at", "2:02"), "x has a part already"),
        (("--file", "x", "--at", "1:02", "--page", "2"), "x has a part already"),
        (("--file", "x", "--at", "soon"), "'soon' is no time in a film; write it as 1:02"),
        (("--file", "x", "--at", "1:02.."), "is no time in a film"),
        (("--file", "x", "--at", "1:17..1:02"), "ends before it begins"),
        (("--file", "x", "--at", ""), "is no time in a film"),
        (("--file", "x", "--page", "0"), "'0' is no page; write it as 3, or 3..5"),
        (("--file", "x", "--page", "5..3"), "is no page"),
        (("--file", "x", "--page", "1e3"), "is no page"),
    ],
)
def test_a_part_that_can_not_be_meant_is_refused(
    run: CommandLine, capsys: pytest.CaptureFixture[str], typed: tuple[str, ...], says: str
) -> None:
    assert run("find", *typed) == 2
    assert says in capsys.readouterr().err


def test_searches_are_kept_asked_renamed_and_forgotten(run: CommandLine, tmp_path: Path) -> None:
    sketch = tmp_path / "a.jpg"
    assert run("searches", "save", "Best", "dog", "-cat", "tag:a b", "--file", str(sketch)) == 0
    text = 'dog -cat tag:"a b"'
    assert run.library.saved["Best"] == SavedSearch("Best", text, (Part(path=sketch),))
    query = asked(run, "--saved", "Best", "rating:4")
    assert query.parts == (Part("dog"), Part("cat", weight=-1.0), Part(path=sketch))
    assert (query.filters.tags, query.filters.least_rating) == ({"a b"}, 4)
    run("searches")
    assert run.out.splitlines() == ["Best", f"   {text}", f"   {sketch}"]
    listed = run.out
    run("searches", "list")
    assert run.out == listed
    assert run("searches", "rename", "Best", "Dogs") == 0
    assert run("find", "--saved", "Best") == 3
    assert "no saved search “Best”" in run.err
    assert run("searches", "forget", "Dogs") == 0
    assert run("searches", "forget", "Dogs") == 3
    run("searches")
    assert "No search is saved yet" in run.out
