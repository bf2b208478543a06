"""`nova-desktop find`: what is asked, and how the answer is shown."""

from __future__ import annotations

import datetime
import gc
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from nova_desktop.model import Modality, Source, Span, Unit
from nova_desktop.query import Answer, Hit, Match, Why
from tests.cli.conftest import CommandLine

NOON = datetime.datetime(2024, 5, 31, 12).timestamp()


def a_hit(path: str = "/photos/beach.jpg", span: Span | None = None, text: str = "sea") -> Hit:
    return Hit(Path(path), "c", Modality.VIDEO, span, 0.5, (Why(Source.SPEECH, text),), NOON)


def test_words_and_files_are_parts_of_one_question(run: CommandLine, tmp_path: Path) -> None:
    assert run("find", "red", "boat", "--file", str(tmp_path / "a"), "--file", "/b") == 0
    (query,) = run.library.queries
    assert [part.text for part in query.parts] == ["red boat", "", ""]
    assert [part.path for part in query.parts] == [None, tmp_path / "a", Path("/b")]


def test_garbage_is_left_while_one_question_is_answered_and_no_longer(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_for: list[bool] = []

    def find(_: object) -> Answer:
        looked_for.append(gc.isenabled())
        return Answer((), 0.0)

    monkeypatch.setattr(run.library, "find", find)
    assert run("find", "boat") == 0
    assert looked_for == [False]
    assert gc.isenabled()


def test_filters_are_passed_on(run: CommandLine, tmp_path: Path) -> None:
    run.library.folders = [tmp_path]
    inside = tmp_path / "2024"
    code = run(
        *("find", "boat", "--type", "image", "--type", "text", "--in", str(inside)),
        *("--since", "2024-05-31", "--until", "2024-05-31", "--name", "IMG", "--limit", "7"),
    )
    assert code == 0
    (query,) = run.library.queries
    assert query.limit == 7
    assert query.filters.modalities == {Modality.IMAGE, Modality.TEXT}
    assert query.filters.folders == (inside,)
    assert query.filters.name == "IMG"
    assert query.filters.since_s is not None
    assert query.filters.until_s is not None
    assert query.filters.since_s <= NOON < query.filters.until_s


@pytest.mark.parametrize(
    ("date", "days"), [("2024", 366), ("2024-02", 29), ("2024-12", 31), ("2024-05-31", 1)]
)
def test_until_includes_all_of_its_day_month_or_year(
    run: CommandLine, date: str, days: int
) -> None:
    run("find", "x", "--since", date, "--until", date)
    filters = run.library.queries[0].filters
    assert filters.until_s is not None
    assert filters.since_s is not None
    hours = (filters.until_s - filters.since_s) / 3600
    assert hours == pytest.approx(days * 24, abs=1)  # a change to summer time is an hour


@pytest.mark.parametrize("date", ["yesterday", "gestern", "last summer", "31.05.2024"])
def test_dates_are_taken_as_the_forms_take_them(run: CommandLine, date: str) -> None:
    run("find", "x", "--since", date, "--until", date)
    run("find", f'x date:"{date}"')
    by_option, by_form = (query.filters for query in run.library.queries)
    assert (by_option.since_s, by_option.until_s) == (by_form.since_s, by_form.until_s)


@pytest.mark.parametrize("date", ["soon", "2024-13", "2024-02-30", "", "9999", "0000"])
def test_a_bad_date_is_refused_with_how_to_write_it(
    run: CommandLine, capsys: pytest.CaptureFixture[str], date: str
) -> None:
    assert run("find", "x", "--until", date) == 2
    assert "write it as 2024-05-31" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv",
    [
        ["find"],
        ["find", "--json"],
        ["find", "x", "--limit", "0"],
        ["find", "x", "--limit", "ten"],
        ["find", "x", "--limit", "99999999999"],
        ["find", "x", "--type", "smell"],
        ["find", "x", "--since", "2024-05-02", "--until", "2024-05-01"],
        ["search", "x"],
        ["index"],
    ],
)
def test_what_can_not_be_meant_is_a_usage_error(
    run: CommandLine, capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    assert run(*argv) == 2
    assert "error: " in capsys.readouterr().err
    assert run.library.queries == []


def test_a_folder_that_is_not_indexed_is_refused_rather_than_empty(
    run: CommandLine, tmp_path: Path
) -> None:
    run.library.folders = [tmp_path / "photos"]
    assert run("find", "x", "--in", str(tmp_path / "photo")) == 3
    assert "is not in an indexed folder" in run.err


def test_near_duplicates_are_counted_and_named_and_unfolded_on_request(run: CommandLine) -> None:
    others = tuple(a_hit(f"/photos/beach {n}.jpg") for n in range(5))
    run.library.hits = (replace(a_hit(), match=Match.GOOD, alike=others),)
    assert run("find", "sea") == 0
    assert run.out.splitlines()[1:] == [
        "   video · 2024-05-31 · good match · speech: sea",
        "   5 nearly the same: beach 0.jpg, beach 1.jpg, beach 2.jpg, and 2 more",
    ]
    assert run("find", "sea", "--unfold") == 0
    assert [query.fold for query in run.library.queries] == [True, False]


def test_hits_are_shown_with_their_moment_and_why(run: CommandLine) -> None:
    run.library.hits = (
        a_hit(span=Span(Unit.SECONDS, 75, 90)),
        a_hit("/docs/plan.pdf", Span(Unit.PAGE, 3, 3), "a\n  fence"),
    )
    assert run("find", "sea") == 0
    assert run.out.splitlines() == [
        "1. /photos/beach.jpg",
        "   video · 1:15–1:30 · 2024-05-31 · speech: sea",
        "2. /docs/plan.pdf",
        "   video · page 3 · 2024-05-31 · speech: a fence",
    ]


def test_no_hits_is_an_answer(run: CommandLine) -> None:
    assert run("find", "unicorn") == 0
    assert run.out == ""
    assert "No close matches" in run.err


def test_a_name_can_not_reach_the_terminal(run: CommandLine) -> None:
    evil = os.fsdecode(b"/x/\x1b[2J\nfake\r\xff\xe2\x80\xae.jpg")
    run.library.hits = (a_hit(evil, text="\x1b]0;title\x07"),)
    run("find", "x")
    assert "\\x1b[2J\\nfake\\r\\xff\\u202e.jpg" in run.out
    assert not set(run.out) & {"\x1b", "\r", "\x07", "\u202e"}
    assert len(run.out.splitlines()) == 2


def test_json_holds_what_a_program_needs(run: CommandLine) -> None:
    run.library.hits = (a_hit(span=Span(Unit.SECONDS, 75, 90)),)
    run("find", "sea", "--json")
    (hit,) = json.loads(run.out)
    assert hit["path"] == "/photos/beach.jpg"
    assert hit["kind"] == "video"
    assert hit["span"] == {"unit": "seconds", "start": 75, "stop": 90}
    assert hit["score"] == 0.5
    assert hit["why"] == [{"source": "speech", "text": "sea"}]
    assert datetime.datetime.fromisoformat(hit["taken"]).timestamp() == NOON


def test_json_of_nothing_is_an_empty_list(run: CommandLine) -> None:
    run("find", "x", "--json")
    assert json.loads(run.out) == []


def test_json_keeps_the_bytes_of_a_path_that_is_not_text(run: CommandLine) -> None:
    import base64

    raw = b"/x/caf\xe9.jpg"
    run.library.hits = (a_hit(os.fsdecode(raw)),)
    run("find", "x", "--json")
    (hit,) = json.loads(run.out)
    hit["path"].encode("utf-8")  # no half of a surrogate pair, which strict readers refuse
    assert base64.b64decode(hit["path_base64"]) == raw
