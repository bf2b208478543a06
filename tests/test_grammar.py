"""The one grammar of questions: what a typed text means, and how a meaning is written."""

from __future__ import annotations

import math
import pickle
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova_desktop.grammar import KEYS, Mistyped, TokenKind, complete, parse, write
from nova_desktop.grammar.forms import EXAMPLES
from nova_desktop.kinds import Sort
from nova_desktop.model import Modality, Span, Unit
from nova_desktop.query import Around, Facet, Facets, Filters, Part

NOW_S = datetime(2024, 5, 15, 12).timestamp()  # a Wednesday


def said(text: str) -> Filters:
    return parse(text, NOW_S).filters


def day(*numbers: int) -> float:
    return datetime(*numbers).timestamp()  # type: ignore[arg-type]  # a date at least


# Words


def test_words_are_one_part_and_what_is_wanted_less_is_one_each():
    parsed = parse('dog -cat on the  beach -"high tide"', NOW_S)
    assert parsed.parts == (
        Part("dog on the beach"),
        Part("cat", weight=-1.0),
        Part("high tide", weight=-1.0),
    )


def test_a_weight_or_a_plus_makes_a_part_of_its_own():
    parsed = parse('a dog^2 on +"the beach"^1.5 -cat^0.5 +sea -"high tide"^3', NOW_S)
    assert parsed.parts == (
        Part("a on"),
        Part("dog", weight=2.0),
        Part("the beach", weight=1.5),
        Part("sea"),
        Part("cat", weight=-0.5),
        Part("high tide", weight=-3.0),
    )
    assert parsed.filters == Filters()
    assert write(parsed.parts) == 'a on dog^2 +"the beach"^1.5 +sea -cat^0.5 -"high tide"^3'


@pytest.mark.parametrize(
    "text", ["dog^0", "-dog^11", '+"a b"^99', "dog^-1", "dog^1e9", "dog^nan", "like:a.jpg^-2"]
)
def test_a_weight_that_says_nothing_is_refused_where_it_stands(text):
    with pytest.raises(Mistyped, match="A weight is") as refused:
        parse(f"x {text}", NOW_S)
    assert f"x {text}"[refused.value.start : refused.value.stop] == text[text.index("^") :]


@pytest.mark.parametrize(("text", "weight"), [("dog^.5", 0.5), ("dog^1,5", 1.5), ("dog^+2", 2.0)])
def test_a_weight_is_a_number_however_it_is_written(text, weight):
    assert parse(text, NOW_S).parts == (Part("dog", weight=weight),)


@pytest.mark.parametrize("text", ["mc^2x", "a^b", "file^nan.jpg"])
def test_what_is_no_number_behind_a_caret_belongs_to_the_word(text):
    assert parse(text, NOW_S).parts == (Part(text),)


def test_a_weight_of_what_has_to_stand_there_is_refused_and_no_word():
    with pytest.raises(Mistyped, match="plus before the quotes") as refused:
        parse('x "night at sea"^2', NOW_S)
    assert (refused.value.start, refused.value.stop) == (16, 18)
    assert parse('"night at sea"^2', NOW_S, lenient=True).parts == ()


def test_a_phrase_in_quotes_has_to_stand_there():
    parsed = parse('invoice "annual report" "annual report" “other one”', NOW_S)
    assert parsed.parts == (Part("invoice"),)
    assert parsed.filters.phrases == ("annual report", "other one")


@pytest.mark.parametrize(
    "text",
    [
        "http://example.com",
        "10:30",
        "a - b",
        'a 5" disk',
        "C++ c#",
        "ünïcode 写真",
        "foo:bar",
        "1 + 1",
        "x^y dog^ ^2 ^ a^b-1",
    ],
)
def test_what_only_looks_like_a_form_is_words(text):
    parsed = parse(text, NOW_S)
    assert parsed.parts == (Part(text),)
    assert parsed.filters == Filters()


def test_a_backslash_makes_words_of_what_would_mean_something():
    assert parse(r"\-5 \type:photo \"x \\ \a \2^10 \+x", NOW_S).parts == (
        Part(r'-5 type:photo "x \ \a 2^10 +x'),
    )


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("dog^2.jpg", ""),  # that is one word
        ("dog^2", "dog^2"),
        ("beach  -1.jpg", "beach -1.jpg"),
        ("\\-minus.jpg", "\\-minus.jpg"),
        ("-minus.jpg", ""),  # all but this
        ("-minus dog.jpg", "-minus dog.jpg"),
        ("beach.jpg", ""),
        ("sea +beach", "sea +beach"),
        ("dog^2 type:photo", ""),
    ],
)
def test_what_says_more_than_words_may_be_a_name_all_the_same(text, called):
    assert parse(text, NOW_S).called == called


def test_nothing_typed_means_nothing():
    assert parse("  \n ", NOW_S) == parse("", NOW_S)
    assert parse("", NOW_S).parts == ()


def test_tokens_say_where_everything_stands():
    text = 'dog  -cat "a b" -type:photo date:'
    tokens = parse(text, NOW_S, lenient=True).tokens
    assert [(token.kind, text[token.start : token.stop]) for token in tokens] == [
        (TokenKind.WORD, "dog"),
        (TokenKind.LESS, "-cat"),
        (TokenKind.PHRASE, '"a b"'),
        (TokenKind.FILTER, "-type:photo"),
        (TokenKind.UNFINISHED, "date:"),
    ]
    assert (tokens[3].key, tokens[3].value) == ("type", "photo")


# Files


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("like:beach.jpg", Part(path=Path("beach.jpg"))),
        ("-like:/a/beach.jpg^0.5", Part(path=Path("/a/beach.jpg"), weight=-0.5)),
        (
            'like:"my film.mp4"@1:02..1:17^2',
            Part(path=Path("my film.mp4"), span=Span(Unit.SECONDS, 62, 77), weight=2),
        ),
        ("like:film.mp4@1m2s", Part(path=Path("film.mp4"), span=Span(Unit.SECONDS, 62, 72))),
        ("like:plan.pdf#3", Part(path=Path("plan.pdf"), span=Span(Unit.PAGE, 3, 3))),
        ("like:plan.pdf#3..5", Part(path=Path("plan.pdf"), span=Span(Unit.PAGE, 3, 5))),
        ("like:note.txt#c9..90", Part(path=Path("note.txt"), span=Span(Unit.CHARACTERS, 9, 90))),
        ('like:"film.mp4@1:02"', Part(path=Path("film.mp4@1:02"))),
        ("like:me@home.jpg", Part(path=Path("me@home.jpg"))),
    ],
)
def test_a_file_is_a_part(text, part):
    parsed = parse(f"type:photo {text}", NOW_S)
    assert parsed.parts == (part,)
    assert parsed.tokens[-1].kind is TokenKind.FILE
    assert parse(write(parsed.parts), NOW_S).parts == (part,)


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ("like:film@9..3", "9..3"),
        ("like:film@1:x", None),
        ("like:plan.pdf#0", "0"),
        ("like:plan.pdf#5..3^2", "5..3"),
        ("like:beach.jpg^11", "^11"),
        ('like:"a ""b"""@2..1', "2..1"),
        ("like:/", "/"),
        ("like:~\0x", "~\0x"),
        ("in:~\0x", "~\0x"),
    ],
)
def test_a_part_of_a_file_that_can_not_be_is_pointed_at(form, wrong):
    text = f"dog {form} cat"
    if wrong is None:  # it is a name
        assert parse(text, NOW_S).parts[1].path == Path(form.removeprefix("like:"))
        return
    with pytest.raises(Mistyped) as found:
        parse(text, NOW_S)
    assert text[found.value.start : found.value.stop] == wrong


# Forms


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("type:photo", {Modality.IMAGE}),
        ("TYPE:Image,video", {Modality.IMAGE, Modality.VIDEO}),
        ("type:sound type:note", {Modality.AUDIO, Modality.TEXT}),
        ("-type:photo", set(Modality) - {Modality.IMAGE}),
        ("-type:video,text type:video,audio", {Modality.AUDIO}),
    ],
)
def test_types(text, kinds):
    assert said(text).modalities == kinds


def test_folders_by_path_and_by_name():
    filters = said('in:/a/b in:"My Photos, 2024" in:Trips,/c')
    assert filters.folders == (Path("/a/b"), Path("My Photos, 2024"), Path("Trips"), Path("/c"))
    assert said("in:~/x").folders == (Path.home() / "x",)


def test_names_endings_cameras_and_tags():
    assert said("ext:..jpg") == said("ext:*..jpg") == said("ext:jpg")
    filters = said('name:"IMG 1" ext:.JPG,*.png camera:canon camera:"X-T5" tag:"new york",Family')
    assert filters.name == "IMG 1"
    assert filters.extensions == {"jpg", "png"}
    assert filters.cameras == {"canon", "X-T5"}
    assert filters.tags == {"new york", "Family"}


def test_a_minus_before_a_form_leaves_out_what_it_says():
    filters = said("-ext:jpg,png -tag:a,b -name:x -name:y ext:mp4 -date:2023 -near:Rome")
    assert filters.extensions == {"mp4"}
    assert filters.without == (
        Filters(extensions=frozenset(("jpg", "png"))),
        Filters(tags=frozenset("a")),
        Filters(tags=frozenset("b")),
        Filters(name="x"),
        Filters(name="y"),
        Filters(since_s=day(2023, 1, 1), until_s=day(2024, 1, 1)),
        Filters(around=Around("Rome")),
    )


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2024", day(2024, 1, 1), day(2025, 1, 1)),
        ("2024-02", day(2024, 2, 1), day(2024, 3, 1)),
        ("2024-12-31", day(2024, 12, 31), day(2025, 1, 1)),
        ("2023..2024", day(2023, 1, 1), day(2025, 1, 1)),
        ("2023-05..", day(2023, 5, 1), None),
        ("..2023-05", None, day(2023, 6, 1)),
        (">2024-01-01", day(2024, 1, 2), None),
        (">=2024-01-01", day(2024, 1, 1), None),
        ("<2024", None, day(2024, 1, 1)),
        ("<=2024", None, day(2025, 1, 1)),
        ("today", day(2024, 5, 15), day(2024, 5, 16)),
        ("Yesterday", day(2024, 5, 14), day(2024, 5, 15)),
        ('"this week"', day(2024, 5, 13), day(2024, 5, 20)),
        ('"last week"', day(2024, 5, 6), day(2024, 5, 13)),
        ("last-month", day(2024, 4, 1), day(2024, 5, 1)),
        ('"last year"', day(2023, 1, 1), day(2024, 1, 1)),
        ('"last summer"', day(2023, 6, 1), day(2023, 9, 1)),
        ("last_winter", day(2023, 12, 1), day(2024, 3, 1)),
        ('"last spring"', day(2023, 3, 1), day(2023, 6, 1)),
        ('"summer 2020"', day(2020, 6, 1), day(2020, 9, 1)),
        ("may", day(2024, 5, 1), day(2024, 6, 1)),
        ("December", day(2023, 12, 1), day(2024, 1, 1)),
        ('"feb 2020"', day(2020, 2, 1), day(2020, 3, 1)),
        ("2020-feb", day(2020, 2, 1), day(2020, 3, 1)),
        ("2024-05-01T12:30", day(2024, 5, 1, 12, 30), day(2024, 5, 1, 12, 31)),
        ("yesterday..today", day(2024, 5, 14), day(2024, 5, 16)),
        ('"3 days ago"', day(2024, 5, 12), day(2024, 5, 13)),
        ('"two weeks ago"', day(2024, 4, 29), day(2024, 5, 6)),
        ('"a month ago"', day(2024, 4, 1), day(2024, 5, 1)),
        ("5-years-ago", day(2019, 1, 1), day(2020, 1, 1)),
        ('"last 7 days"', day(2024, 5, 9), day(2024, 5, 16)),
        ('"past 2 weeks"', day(2024, 5, 2), day(2024, 5, 16)),
        ('"last 3 months"', day(2024, 2, 15), day(2024, 5, 16)),
        ("monday", day(2024, 5, 13), day(2024, 5, 14)),
        ('"last wednesday"', day(2024, 5, 8), day(2024, 5, 9)),
        ("weekend", day(2024, 5, 11), day(2024, 5, 13)),
        ('"last weekend"', day(2024, 5, 11), day(2024, 5, 13)),
        ('"5 may 2023"', day(2023, 5, 5), day(2023, 5, 6)),
        ('"May 5th"', day(2024, 5, 5), day(2024, 5, 6)),
        ('"december 24"', day(2023, 12, 24), day(2023, 12, 25)),
        ('"dec 24, 2020"', day(2020, 12, 24), day(2020, 12, 25)),
        ('"last may"', day(2023, 5, 1), day(2023, 6, 1)),
        ("last-april", day(2024, 4, 1), day(2024, 5, 1)),
        ("summer", day(2023, 6, 1), day(2023, 9, 1)),
        ("spring", day(2024, 3, 1), day(2024, 6, 1)),
        ("1990s", day(1990, 1, 1), day(2000, 1, 1)),
        ("90s", day(1990, 1, 1), day(2000, 1, 1)),
        ('"29 feb"', day(2024, 2, 29), day(2024, 3, 1)),
        ('"this weekend"', day(2024, 5, 18), day(2024, 5, 20)),
        ('"last night"', day(2024, 5, 14, 18), day(2024, 5, 15, 6)),
        ('"the summer of 2020"', day(2020, 6, 1), day(2020, 9, 1)),
        ('"in 2020"', day(2020, 1, 1), day(2021, 1, 1)),
        ("31.5.2023", day(2023, 5, 31), day(2023, 6, 1)),
        ("2024-w01", day(2024, 1, 1), day(2024, 1, 8)),
        ("2023-q4", day(2023, 10, 1), day(2024, 1, 1)),
        ("last-quarter", day(2024, 1, 1), day(2024, 4, 1)),
        ("christmas", day(2023, 12, 24), day(2023, 12, 27)),
        ('"easter 2023"', day(2023, 4, 7), day(2023, 4, 11)),
        ('"since 2020"', day(2020, 1, 1), None),
        ('"before last summer"', None, day(2023, 6, 1)),
        ('"from 2020 to 2022"', day(2020, 1, 1), day(2023, 1, 1)),
        ('"may to june 2023"', day(2023, 5, 1), day(2023, 7, 1)),
        ("gestern", day(2024, 5, 14), day(2024, 5, 15)),
        ("Vorgestern", day(2024, 5, 13), day(2024, 5, 14)),
        ('"letzten Sommer"', day(2023, 6, 1), day(2023, 9, 1)),
        ('"im Frühling 2020"', day(2020, 3, 1), day(2020, 6, 1)),
        ('"vor drei Tagen"', day(2024, 5, 12), day(2024, 5, 13)),
        ('"vor einem Jahr"', day(2023, 1, 1), day(2024, 1, 1)),
        ('"die letzten 7 Tage"', day(2024, 5, 9), day(2024, 5, 16)),
        ('"5. Mai 2023"', day(2023, 5, 5), day(2023, 5, 6)),
        ("ma\u0308rz", day(2024, 3, 1), day(2024, 4, 1)),
        ("letzter-monat", day(2024, 4, 1), day(2024, 5, 1)),
        ('"in den 90er Jahren"', day(1990, 1, 1), day(2000, 1, 1)),
        ('"von Mai 2023 bis Juni 2023"', day(2023, 5, 1), day(2023, 7, 1)),
        ("gestern..heute", day(2024, 5, 14), day(2024, 5, 16)),
        ("2020-2022", day(2020, 1, 1), day(2023, 1, 1)),
        ('"2020 – 2022"', day(2020, 1, 1), day(2023, 1, 1)),
        ("2020…2022", day(2020, 1, 1), day(2023, 1, 1)),
        ("may-june", day(2023, 5, 1), day(2023, 7, 1)),
        ('"May - June 2023"', day(2023, 5, 1), day(2023, 7, 1)),
        ('"5. bis 10. Mai 2023"', day(2023, 5, 5), day(2023, 5, 11)),
        ('"5.–10. Mai"', day(2024, 5, 5), day(2024, 5, 11)),
        ('"from the 5th to the 10th of may"', day(2024, 5, 5), day(2024, 5, 11)),
        ('"10-20 may 2023"', day(2023, 5, 10), day(2023, 5, 21)),
        ("2023/05/31", day(2023, 5, 31), day(2023, 6, 1)),
        ("5.2023", day(2023, 5, 1), day(2023, 6, 1)),
        ("05/2023", day(2023, 5, 1), day(2023, 6, 1)),
        ("31.5.", day(2023, 5, 31), day(2023, 6, 1)),
        ("31.5.98", day(1998, 5, 31), day(1998, 6, 1)),
        ("5.Mai", day(2024, 5, 5), day(2024, 5, 6)),
        ('"Sept. 2023"', day(2023, 9, 1), day(2023, 10, 1)),
        ('"May, 2023"', day(2023, 5, 1), day(2023, 6, 1)),
        ('"winter 2022/23"', day(2022, 12, 1), day(2023, 3, 1)),
        ('"the day before yesterday"', day(2024, 5, 13), day(2024, 5, 14)),
        ('"in den 90ern"', day(1990, 1, 1), day(2000, 1, 1)),
        ("q3", day(2023, 7, 1), day(2023, 10, 1)),
        ('"KW 5"', day(2024, 1, 29), day(2024, 2, 5)),
        ("week-52", day(2023, 12, 25), day(2024, 1, 1)),
    ],
)
def test_dates(text, since, until):
    filters = said(f"date:{text}")
    assert (filters.since_s, filters.until_s) == (since, until)


def test_last_summer_is_the_one_that_is_over():
    for now, year in (((2024, 8, 31), 2023), ((2024, 9, 1), 2024), ((2025, 1, 1), 2024)):
        filters = parse('date:"last summer"', day(*now)).filters
        assert filters.since_s == day(year, 6, 1)


def test_this_summer_is_that_of_the_year_also_when_it_is_over():
    for now, year in (((2024, 5, 15), 2024), ((2024, 8, 31), 2024), ((2024, 11, 27), 2024)):
        for said_so in ("this summer", "diesen Sommer"):
            assert parse(f'date:"{said_so}"', day(*now)).filters.since_s == day(year, 6, 1)
    for now, year in (((2024, 1, 15), 2023), ((2024, 11, 27), 2023), ((2024, 12, 1), 2024)):
        assert parse("date:this-winter", day(*now)).filters.since_s == day(year, 12, 1)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("nov..jan", (2025, 11, 1), (2026, 2, 1)),
        ('"November bis Januar"', (2025, 11, 1), (2026, 2, 1)),
        ("nov..jan-2024", (2023, 11, 1), (2024, 2, 1)),
        ('"from november to january 2024"', (2023, 11, 1), (2024, 2, 1)),
        ('"20 nov..3 jan"', (2025, 11, 20), (2026, 1, 4)),
        ("summer..winter", (2025, 6, 1), (2026, 3, 1)),
        ("monday..friday", (2026, 11, 16), (2026, 11, 21)),
        ('"letzten Montag bis letzten Freitag"', (2026, 11, 16), (2026, 11, 21)),
        ("easter..christmas", (2025, 4, 18), (2025, 12, 27)),
        ("may..june", (2026, 5, 1), (2026, 7, 1)),
        ("december..february", (2025, 12, 1), (2026, 3, 1)),
    ],
)
def test_a_stretch_of_what_comes_again_begins_before_it_ends_whatever_the_day(text, since, until):
    filters = parse(f"date:{text}", day(2026, 11, 27)).filters
    assert (filters.since_s, filters.until_s) == (day(*since), day(*until))


@pytest.mark.parametrize("text", ["today..yesterday", "2024..2023", '"last week..last month"'])
def test_a_stretch_that_ends_before_it_begins_is_a_mistake(text):
    with pytest.raises(Mistyped, match="ends before it begins"):
        parse(f"date:{text}", day(2026, 11, 27))


def test_last_month_of_january_is_december_and_last_winter_may_be_a_year_ago():
    assert parse("date:last-month", day(2024, 1, 31)).filters.since_s == day(2023, 12, 1)
    assert parse("date:last-winter", day(2024, 1, 31)).filters.since_s == day(2022, 12, 1)


def test_several_bounds_hold_together():
    filters = said("date:>=2023 date:<2024-06 date:2020..2023 dur:>=10s dur:<=2m dur:<=60")
    assert (filters.since_s, filters.until_s) == (day(2023, 1, 1), day(2024, 1, 1))
    assert (filters.shortest_s, filters.longest_s) == (10.0, 60.0)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("<30s", [0, 29.999], [30, 31]),
        ("<=30", [30], [30.001]),
        (">5m", [300.001, 1e6], [300, 299]),
        (">=5m", [300], [299.9]),
        ("1m..3m", [60, 180], [59.9, 180.1]),
        ("1:30", [90, 90.9], [89.9, 91]),
        ("2m", [120, 179.9], [119, 180]),
        ("1h30m..", [5400, 1e9], [5399]),
        ('"90 sec"', [90], [91]),
        ("1h30", [5400, 5459], [5399, 5460]),
        ('"5 Minuten"', [300, 359], [299, 360]),
        ('">1 Stunde 5 Minuten"', [3901], [3900]),
        ("1..3m", [60, 180], [1, 59, 181]),
        ("1m..3", [60, 180], [59, 181]),
        ('"1–3 min"', [60, 180], [1, 59, 181]),
        ("1m-3m", [60, 180], [59, 181]),
        ('"von 1 bis 3 Minuten"', [60, 180], [1, 59, 181]),
        ('"between 30s and 1m"', [30, 60], [29, 61]),
        ("1,5h", [5400], [5399]),
    ],
)
def test_durations(text, inside, outside):
    filters = said(f"dur:{text}")
    low = -math.inf if filters.shortest_s is None else filters.shortest_s
    high = math.inf if filters.longest_s is None else filters.longest_s
    assert all(low <= length <= high for length in inside)
    assert not any(low <= length <= high for length in outside)


@pytest.mark.parametrize(("text", "least"), [(">=3", 3), ("4", 4), (">2", 3), ("5", 5), ("2+", 2)])
def test_ratings_are_the_least(text, least):
    assert said(f"rating:{text}").least_rating == least


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("Rome", Around("Rome")),
        ('"New York"~50km', Around("New York", radius_km=50)),
        ("Rome~500m", Around("Rome", radius_km=0.5)),
        ("47.37,8.54", Around("", 47.37, 8.54)),
        ("-33.9,-70.5~5", Around("", -33.9, -70.5, 5)),
        ('"My home (47.37, 8.54)"~1km', Around("My home", 47.37, 8.54, 1)),
        ("Paris,US", Around("Paris,US")),
    ],
)
def test_places(text, around):
    assert said(f"near:{text}").around == around


def test_orders():
    assert parse("sort:Newest", NOW_S).sort is Sort.NEWEST
    assert parse("dog", NOW_S).sort is Sort.RELEVANCE


# Mistakes


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("type:foo", "no type “foo”"),
        ("type:photo,foo", "no type “foo”"),
        ("-type:photo,video,sound,document,note", "No type is left"),
        ("-sort:name", "order"),
        ("date:2024-13", "no date"),
        ("date:2024-02-30", "no date"),
        ("date:0000", "no date"),
        ("date:0000-", "no date"),
        ("date:99999999", "no date"),
        ("date:..", "no date"),
        ("date:2024..2023", "ends before it begins"),
        ("date:@1e400", "no date"),
        ("dur:long", "no duration"),
        ("dur:-5", "no duration"),
        ("dur:3m..1m", "ends before it begins"),
        ("rating:6", "1 to 5"),
        ("rating:0", "1 to 5"),
        ("rating:>5", "1 to 5"),
        ("near:91,0", "degrees north"),
        ("near:0,181", "degrees north"),
        ("near:Rome~0km", "radius"),
        ("near:Rome~far", "radius"),
        ("near:~5km", "needs a place"),
        ("sort:size", "no order"),
        ("ext:.", "ending"),
        ("in:.", "name of a folder"),
        ("type:", "type: needs a value"),
        ("camera: ", "camera: needs a value"),
        ('name:"x', "not closed"),
        ('"x', "not closed"),
        ('""', "nothing between"),
        ("rating:3 rating:4", "twice"),
        ("near:Rome near:Paris", "twice"),
        ("name:a name:b", "twice"),
    ],
)
def test_a_mistake_says_what_is_wrong_and_where(form, says):
    text = f"dog {form}"
    with pytest.raises(Mistyped, match=says) as found:
        parse(text, NOW_S)
    wrong = form.split()[-1] if "twice" in says else form.strip()
    assert wrong.endswith(text[found.value.start : found.value.stop])
    assert found.value.start < found.value.stop
    parsed = parse(text, NOW_S, lenient=True)
    assert parsed.parts[0].text.startswith("dog")
    assert parsed.tokens[-1].kind in (TokenKind.WRONG, TokenKind.UNFINISHED)


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ("ext:jpg,???", "???"),
        ("ext:.,jpg", "."),
        ('ext:"a ""b",png', '"a ""b"'),
        ("type:photo,foo,video", "foo"),
        ('type:"foo",photo', '"foo"'),
        ("-type:photo,foo", "foo"),
        ("in:here,.", "."),
        ("date:2024,foo", "foo"),
        ("date:2024,2025", "2025"),
        ("date:2024..foo", "foo"),
        ("date:foo..2024", "foo"),
        ('date:"yesterday .. foo  "', "foo"),
        ('date:"a ""b""..2024"', 'a ""b"'),
        ("date:>=foo", "foo"),
        ("date:2024..2023", "2024..2023"),
        ("dur:1m..x", "x"),
        ("dur:1m,2m", "2m"),
        ("dur:<x", "x"),
        ("rating:9", "9"),
        ("sort:size", "size"),
        ("near:Rome~far", "far"),
        ('near:"New York"~0km', "0km"),
        ("near:91,0", "91,0"),
        ("-ext:jpg,???", "???"),
        ("-date:2024..foo", "foo"),
        ("-sort:name", "-sort:name"),
        ("rating:3 rating:4", "rating:4"),
        ('name:"x', 'name:"x'),
    ],
)
def test_a_mistake_in_one_value_points_at_that_value(form, wrong):
    text = f"dog {form} cat"
    with pytest.raises(Mistyped) as found:
        parse(text, NOW_S)
    assert text[found.value.start : found.value.stop].removesuffix(" cat") == wrong


@pytest.mark.parametrize(
    "form",
    [
        *(f"{key}:" for key in KEYS),
        *(
            "type:pho",
            "type:photo,v",
            "date:20",
            "date:2024-",
            "date:yes",
            'date:"last',
            "date:gest",
            'date:"vor 3',
            'date:"letzten So',
            "date:5.6",
            "dur:5.",
        ),
        *("date:2023..", "rating:>", "near:47.3,", "near:Rome~", "sort:new", 'tag:"new yo', '-"a'),
    ],
)
def test_what_is_still_being_typed_is_no_mistake(form):
    parsed = parse(f"dog {form}", NOW_S, lenient=True)
    assert parsed.mistakes == ()
    assert parsed.parts == (Part("dog"),)
    if form != "date:2023..":  # this says something already
        assert parsed.tokens[-1].kind is TokenKind.UNFINISHED
        assert parsed.filters == Filters()


@pytest.mark.parametrize(
    "date",
    [
        *("may 2024", "summer of 2023", "since last summer", "from 2020 to 2022", "20240531"),
        *("between may and june 2023", "before christmas", "5th of May 2023", "on monday"),
        *("2023..2024", "may..june", "2023/05/31", "31.5.98", "q3 2024", "KW 5/2024", "1990s"),
        *("three weeks ago", "the day before yesterday", "2020 – 2022", "Sept. 2023"),
        *("im letzten Sommer", "seit Mai", "zwischen 2020 und 2022", "am 5. Mai 2023"),
        *("in den letzten 3 Wochen", "vergangene Woche", "Mai 2023 bis Juni 2023", "1. März"),
        *("zu Weihnachten 2023", "in den 90er Jahren", "5. bis 10. Mai", "vor 3 Tagen"),
    ],
)
def test_a_date_is_no_mistake_while_it_is_typed(date):
    is_no_mistake_while_it_is_typed("date", date)


@pytest.mark.parametrize(
    "length",
    [
        *("90 minutes", "1h30m..2h", "5m..10m", "1 h 30 min 5 s", "<1:30", "1 – 3 min", "1,5h"),
        *("from 1m to 3m", "5 Minuten", "von 1 bis 3 Stunden", ">10 sek"),
    ],
)
def test_a_duration_is_no_mistake_while_it_is_typed(length):
    is_no_mistake_while_it_is_typed("dur", length)


def is_no_mistake_while_it_is_typed(key: str, value: str) -> None:
    parse(f'{key}:"{value}"', NOW_S)
    for typed in (f'{key}:"{value[:count]}' for count in range(len(value))):
        for text in (typed, f'{typed}"'):
            assert parse(text, NOW_S, lenient=True).mistakes == (), text


@pytest.mark.parametrize("length", ["5x", "soon", "5 foo min", "-5", "5m..1m", "1 houx"])
def test_what_no_letters_make_a_duration_of_is_a_mistake_at_once(length):
    assert parse(f'dur:"{length}"', NOW_S, lenient=True).mistakes


@pytest.mark.parametrize("date", ["yesterdax", "2024 foo", "la foo", "foo may", "20x", "may 5!"])
def test_what_no_letters_make_a_date_of_is_a_mistake_at_once(date):
    assert parse(f'date:"{date}"', NOW_S, lenient=True).mistakes


def test_a_mistake_is_told_and_left_out_while_typing():
    parsed = parse("dog type:foo rating:4", NOW_S, lenient=True)
    assert [str(mistake)[:13] for mistake in parsed.mistakes] == ["There is no t"]
    assert parsed.filters == Filters(least_rating=4)


def test_a_mistake_comes_whole_through_a_pipe():
    again = pickle.loads(pickle.dumps(Mistyped("Wrong.", 3, 5)))  # noqa: S301  # our own
    assert (str(again), again.start, again.stop) == ("Wrong.", 3, 5)


def test_every_key_has_an_example_that_parses():
    assert EXAMPLES.keys() == set(KEYS)
    for example in EXAMPLES.values():
        assert parse(example, NOW_S) != parse("", NOW_S)


# Both ways

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
values = texts.filter(lambda text: bool(text.strip()))
words = values.map(lambda text: " ".join(text.split())).filter(bool)
moments = st.floats(-1e9, 4e9) | st.dates(
    datetime(1970, 1, 2).date(), datetime(2100, 1, 1).date()
).map(lambda d: datetime(d.year, d.month, d.day).timestamp())
lengths = st.floats(0, 1e6) | st.integers(0, 100).map(lambda n: n * 30.0)
folders = values.filter(lambda text: "\0" not in text).map(Path).filter(lambda path: path.parts)
endings = st.from_regex(r"[a-z0-9]{1,5}", fullmatch=True)
arounds = st.one_of(
    st.builds(
        Around,
        # What looks like coordinates is no name.
        values.filter(lambda name: not any(c in "0123456789~(" for c in name)),
        radius_km=st.floats(0.001, 1000),
    ),
    st.builds(
        Around,
        st.just("") | values.filter(lambda n: n == n.strip()),
        st.floats(-90, 90),
        st.floats(-180, 180),
        st.floats(0.001, 1000),
    ),
)


others = st.one_of(  # what a minus can stand before: one field each
    st.builds(Filters, folders=st.lists(folders, min_size=1, max_size=2, unique=True).map(tuple)),
    st.builds(Filters, name=values),
    st.builds(Filters, extensions=st.frozensets(endings, min_size=1, max_size=3)),
    st.builds(Filters, since_s=moments),
    st.builds(Filters, longest_s=lengths),
    lengths.map(lambda it: Filters(shortest_s=it, longest_s=it * 1.7)),
    st.builds(Filters, cameras=st.frozensets(values, min_size=1, max_size=2)),
    st.builds(Filters, least_rating=st.integers(1, 5)),
    st.builds(Filters, tags=st.frozensets(values, min_size=1, max_size=1)),
    st.builds(Filters, around=arounds),
)


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    since, until = draw(st.none() | moments), draw(st.none() | moments)
    if since is not None and until is not None and since > until:
        since, until = until, since
    short, long = draw(st.none() | lengths), draw(st.none() | lengths)
    if short is not None and long is not None and short > long:
        short, long = long, short
    return Filters(
        without=tuple(dict.fromkeys(draw(st.lists(others, max_size=2)))),
        modalities=draw(st.frozensets(st.sampled_from(Modality))),
        folders=tuple(dict.fromkeys(draw(st.lists(folders, max_size=2)))),
        since_s=since,
        until_s=until,
        name=draw(st.just("") | values),
        extensions=draw(st.frozensets(endings, max_size=3)),
        phrases=tuple(dict.fromkeys(draw(st.lists(values, max_size=2)))),
        shortest_s=short,
        longest_s=long,
        cameras=draw(st.frozensets(values, max_size=2)),
        least_rating=draw(st.none() | st.integers(1, 5)),
        tags=draw(st.frozensets(values, max_size=3)),
        around=draw(st.none() | arounds),
    )


spans = st.none() | st.one_of(
    st.tuples(lengths, st.floats(0.01, 1e4)).map(
        lambda it: Span(Unit.SECONDS, it[0], it[0] + it[1])
    ),
    st.tuples(st.integers(1, 900), st.integers(0, 9)).map(
        lambda it: Span(Unit.PAGE, it[0], it[0] + it[1])
    ),
    st.tuples(st.integers(0, 10**9), st.integers(1, 10**4)).map(
        lambda it: Span(Unit.CHARACTERS, it[0], it[0] + it[1])
    ),
)
files = st.builds(
    Part,
    path=(
        folders | st.sampled_from([Path("a@1"), Path("b#2"), Path("c^3"), Path("/d e"), Path("~f")])
    ).filter(lambda path: bool(path.name.strip()) and str(path).strip() == str(path)),
    span=spans,
)


@st.composite
def parts(draw: st.DrawFn) -> tuple[Part, ...]:
    text = " ".join(draw(st.lists(words | st.sampled_from(["-", "-a", "type:x", '"', "\\-"]))))
    weights = st.sampled_from([1.0, 0.5, 2.0, 10.0]) | st.floats(0.01, 10)
    own = [Part(part, weight=draw(weights)) for part in draw(st.lists(values, max_size=2))]
    less = [Part(part, weight=-draw(weights)) for part in draw(st.lists(values, max_size=2))]
    own += [replace(part, weight=draw(weights)) for part in draw(st.lists(files, max_size=2))]
    less += [replace(part, weight=-draw(weights)) for part in draw(st.lists(files, max_size=1))]
    if not text and own and own[0].weight == 1:
        text, own = " ".join(own[0].text.split()), own[1:]
    return (*([Part(text)] if text else ()), *own, *less)


@given(parts(), filters(), st.sampled_from(Sort))
def test_what_is_written_means_the_same(parts, filters, sort):
    parsed = parse(write(parts, filters, sort), NOW_S)
    assert parsed.parts == parts
    assert parsed.filters == filters
    assert parsed.sort is sort


SNIPPETS = (
    *(f"{key}:" for key in KEYS),
    *EXAMPLES.values(),
    *(
        '"',
        '""',
        "“",
        "„",
        ",",
        "..",
        "~",
        " ",
        "-",
        "+",
        "^2",
        "\\",
        "@",
        "<",
        ">=",
        "photo",
        "foo",
    ),
    *("2024", "5 may", "1m", "km", "47.3,8.5", "\u2028", "\0", "٣", "ß"),
)


@given(st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=4), max_size=12).map("".join))
def test_any_text_is_refused_within_its_bounds_or_says_the_same_when_written(text):
    lenient = parse(text, NOW_S, lenient=True)
    for mistake in lenient.mistakes:
        start, stop = mistake.start, mistake.stop
        assert text[start:stop].strip()
        of = [token for token in lenient.tokens if token.start <= start < stop <= token.stop]
        assert [token.kind for token in of] == [TokenKind.WRONG]
    try:
        once = parse(text, NOW_S)
    except Mistyped as e:
        if e.stop > len(text) or not text[e.start : e.stop].strip():
            raise AssertionError(f"what is wrong in {text!r} is not at {e.start}") from e
        return
    written = write(once.parts, once.filters, once.sort)
    again = parse(written, NOW_S)
    assert (again.parts, again.filters, again.sort) == (once.parts, once.filters, once.sort)
    assert write(again.parts, again.filters, again.sort) == written


@pytest.mark.parametrize(
    "text",
    [
        *("date:2024 date:<=2020-05", 'date:"last summer" date:>2024 dog', "date:2023 date:2024"),
        *('dog +"a "', '+" -x"', '-"a "^2 cat', "dur:>5m dur:<3m"),
    ],
)
def test_what_was_typed_means_the_same_once_it_is_written(text):
    once = parse(text, NOW_S)
    again = parse(write(once.parts, once.filters, once.sort), NOW_S)
    assert (again.parts, again.filters, again.sort) == (once.parts, once.filters, once.sort)


@given(st.text(st.sampled_from(' "-+^:,~\\.<>=typedatnr2049“”@()'), max_size=30))
def test_whatever_is_typed_is_understood_or_refused_in_a_sentence(text):
    lenient = parse(text, NOW_S, lenient=True)
    covered = "".join(text[token.start : token.stop] for token in lenient.tokens)
    bare = "".join(text.split())
    assert "".join(covered.split()) == bare, "every letter is in one token"
    for mistake in lenient.mistakes:
        assert str(mistake).endswith(".")
        assert 0 <= mistake.start < mistake.stop <= len(text)
    if any(token.kind in (TokenKind.WRONG, TokenKind.UNFINISHED) for token in lenient.tokens):
        with pytest.raises(Mistyped):
            parse(text, NOW_S)
    else:
        strict = parse(text, NOW_S)
        assert (strict.parts, strict.filters) == (lenient.parts, lenient.filters)
        again = parse(write(strict.parts, strict.filters, strict.sort), NOW_S)
        assert again.filters == strict.filters


@pytest.mark.parametrize(
    ("filters", "text"),
    [
        (said("date:2024"), "date:2024"),
        (said("date:may"), "date:2024-05"),
        (said("date:yesterday"), "date:2024-05-14"),
        (said("date:last-week"), "date:2024-05-06..2024-05-12"),
        (said("date:>2023"), "date:>=2024-01-01"),
        (said("dur:<30s"), "dur:<30s"),
        (said("dur:>5m dur:<1h"), "dur:>5m dur:<1h"),
        (said("dur:1m..3m"), "dur:1m..3m"),
        (said("ext:jpg -in:Trips -tag:b,a"), "ext:jpg -in:Trips -tag:a -tag:b"),
        (said("rating:4"), "rating:>=4"),
        (said('near:"New York"~50km'), 'near:"New York"~50km'),
        (said('"a b" type:note,photo'), '"a b" type:photo,note'),
        (said('tag:"say ""hi"""'), 'tag:"say ""hi"""'),
    ],
)
def test_what_is_written_is_what_a_person_would_write(filters, text):
    assert write((), filters) == text


# Completion

KNOWN = Facets(
    kinds=(Facet("video", 7), Facet("image", 3)),
    tags=(Facet("family", 5), Facet("new york", 3), Facet("big family", 1)),
    cameras=(Facet("Canon EOS R5", 9),),
    places=(Facet("Zürich", 4), Facet("Paris, US", 1)),
    years=(Facet("2024", 5), Facet("2023", 2)),
)


def completed(text: str) -> list[str]:
    """The texts that it could become; the cursor is at |."""
    cursor = text.index("|")
    text = text.replace("|", "")
    return [text[: s.start] + s.text + text[s.stop :] for s in complete(text, cursor, KNOWN)]


def test_keys_are_completed_from_their_first_letters():
    assert completed("dog ta|") == ["dog tag:"]
    assert completed("d|") == ["date:", "dur:"]
    assert completed("dog |") == [f"dog {key}:" for key in KEYS]
    assert completed('"ta|"') == []
    assert completed("-d|") == ["-date:", "-dur:"]
    assert completed("-s|") == []


def test_values_come_with_their_counts_the_most_frequent_first():
    assert completed("type:|")[:2] == ["type:video", "type:photo"]
    assert completed("tag:|") == ["tag:family", 'tag:"new york"', 'tag:"big family"']
    assert completed("tag:fam|") == ["tag:family", 'tag:"big family"']
    assert [s.count for s in complete("tag:fam", 7, KNOWN)] == [5, 1]
    assert completed("camera:eos| dog") == ['camera:"Canon EOS R5" dog']


def test_the_value_behind_the_last_comma_is_completed():
    assert completed("tag:family,n|") == [
        'tag:family,"new york"',
    ]
    assert completed('tag:"new york",fam|') == [
        'tag:"new york",family',
        'tag:"new york","big family"',
    ]


def test_an_open_quote_is_closed():
    assert completed('tag:"new|') == ['tag:"new york"']
    assert completed('near:"Paris, |') == ['near:"Paris, US"']


def test_dates_are_completed_behind_dots_too():
    assert completed("date:2023..20|") == ["date:2023..2024", "date:2023..2023"]
    assert completed("date:last-s|") == []
    assert 'date:"last summer"' in completed("date:last|")


@pytest.mark.parametrize("key", KEYS)
def test_every_suggestion_is_understood(key):
    for text in completed(f"{key}:|"):
        parse(text, NOW_S)
