"""From lists of rows to ranked files."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nova_desktop.library.ranking import Ranked, cut_off, fuse, moments, reasons, shorten
from nova_desktop.model import Modality, Near, Source, Span, Unit
from nova_desktop.query import Finder


def near(content: str, span: Span | None = None, score: float = 1.0, **more) -> Near:
    facts = {"source": Source.TEXT, "words": "", "number": 0} | more
    return Near(
        content, facts["number"], Modality.VIDEO, span, facts["source"], facts["words"], 0.0, score
    )


def seconds(start: float, stop: float) -> Span:
    return Span(Unit.SECONDS, start, stop)


def test_what_two_lists_agree_on_comes_before_what_one_of_them_puts_first():
    vectors = Ranked([near("only here"), near("both")])
    words = Ranked([near("both")])
    assert [one.content for one in fuse([vectors, words])] == ["both", "only here"]


def test_of_equal_ranks_the_surer_comes_first():
    lists = [Ranked([near("a")], sure=(1.2,)), Ranked([near("b")], sure=(1.9,))]
    assert [one.content for one in fuse(lists)] == ["b", "a"]


def test_a_file_with_many_rows_counts_once_in_a_list():
    many = Ranked([near("first"), *[near("many")] * 20])
    assert [one.content for one in fuse([many])] == ["first", "many"]


def test_a_negative_weight_pushes_down_and_never_brings_in():
    wanted = Ranked([near("with people"), near("empty street")])
    unwanted = Ranked([near("with people"), near("crowd")], weight=-0.5)
    assert [one.content for one in fuse([wanted, unwanted])] == ["empty street", "with people"]


def test_what_is_unwanted_counts_wherever_it_stands_in_the_question():
    wanted, unwanted = Ranked([near("dog"), near("cat")]), Ranked([near("dog")], weight=-1.0)
    assert fuse([unwanted, wanted]) == fuse([wanted, unwanted])
    assert [found.content for found in fuse([unwanted, wanted])] == ["cat"]


def test_what_is_surely_unwanted_falls_further_than_what_may_be():
    wanted = Ranked([near("a cat"), near("a dog")], sure=(1.5, 1.5))
    unwanted = Ranked([near("a dog"), near("a cat")], -0.5, sure=(0.5, 2.5))
    assert [one.content for one in fuse([wanted, unwanted])] == ["a dog", "a cat"]


def test_what_is_wanted_as_much_as_unwanted_is_no_answer():
    lists = [Ranked([near("a"), near("b"), near("c")], sure=(2.9, 1.3, 0.7)) for _ in range(3)]
    assert fuse([*lists, *(replace(one, weight=-1.0) for one in lists)]) == []


def test_a_hit_knows_whose_lists_named_it_and_not_those_it_was_pushed_down_by():
    device, cloud = Ranked([near("both"), near("one")]), Ranked([near("both")], 1, Finder.CLOUD)
    less = Ranked([near("one")], -0.1, Finder.CLOUD)
    both, one = fuse([device, cloud, less])
    assert (both.finders, one.finders) == ({Finder.DEVICE, Finder.CLOUD}, {Finder.DEVICE})


def test_exact_answers_come_first_in_their_order():
    lists = [Ranked([near("a"), near("b"), near("c")])] * 5
    assert [one.content for one in fuse(lists, first=["c", "b"])] == ["c", "b", "a"]


def test_the_list_ends_where_matches_end():
    rows = [near("a", score=0.6), near("b", score=0.4), near("c", score=0.1)]
    assert [row.content for row in cut_off(rows, floor=0.2, share=0.5)] == ["a", "b"]
    assert cut_off(rows, floor=0.7, share=0.5) == []


def test_neighbouring_segments_are_one_moment():
    rows = [near("v", seconds(15, 30)), near("v", seconds(60, 75)), near("v", seconds(30, 45))]
    assert moments(rows) == [seconds(15, 45), seconds(60, 75)]


def test_a_segment_between_two_moments_joins_them_at_the_better_place():
    rows = [near("v", seconds(0, 15)), near("v", seconds(90, 95)), near("v", seconds(30, 45))]
    rows.append(near("v", seconds(15, 30)))
    assert moments(rows) == [seconds(0, 45), seconds(90, 95)]


def test_what_is_much_less_sure_does_not_lengthen_a_moment():
    rows = [near("v", seconds(15 * n, 15 * n + 15)) for n in range(6)]
    sure = [1.0, 1.0, 1.9, 2.0, 1.0, 1.2]
    assert moments(rows, sure) == [seconds(30, 60), seconds(75, 90), seconds(0, 15)]


def test_the_surest_moment_is_the_first_whichever_list_named_it_first():
    rows = [near("v", seconds(0, 15)), near("v", seconds(60, 75))]
    assert moments(rows, [1.1, 2.5]) == [seconds(60, 75), seconds(0, 15)]


def test_pages_stay_apart():
    pages = [near("d", Span(Unit.PAGE, n, n)) for n in (3, 4, 3)]
    assert moments(pages) == [Span(Unit.PAGE, 3, 3), Span(Unit.PAGE, 4, 4)]


spans = st.builds(lambda a, n: near("v", seconds(a, a + n)), st.integers(0, 90), st.integers(1, 20))


@given(st.lists(st.tuples(spans, st.floats(0.5, 3)), max_size=30))
def test_no_two_moments_of_a_file_overlap(judged):
    rows, sure = [row for row, _ in judged], [one for _, one in judged]
    found = sorted(moments(rows, sure), key=lambda span: span.start)
    assert all(a.stop < b.start for a, b in itertools.pairwise(found))


def test_every_source_gives_one_reason():
    rows = [
        near("v", source=Source.TAGS, words="tabby cat"),
        near("v", source=Source.TAGS, words="sofa"),
        near("v", source=Source.SPEECH, words="here kitty"),
    ]
    assert [(why.source, why.text) for why in reasons(rows)] == [
        (Source.TAGS, "tabby cat"),
        (Source.SPEECH, "here kitty"),
    ]


def test_a_long_reason_ends_with_a_whole_word():
    assert shorten("one two three", 9) == "one two…"
    assert shorten("one two", 9) == "one two"
    assert shorten("あ" * 20, 9) == "あ" * 9
