"""From scores to a timeline: what matches, how well, and nothing over another."""

from __future__ import annotations

from itertools import pairwise

import pytest

from nova_desktop.closeup import Strength
from nova_desktop.library.timeline import LEAST, better, flat, timeline, together, values
from nova_desktop.model import Modality, Near, Source, Span, Unit


def row(start: float, stop: float, score: float, source: Source = Source.TAGS) -> Near:
    span = Span(Unit.SECONDS, start, stop)
    return Near("film", 0, Modality.VIDEO, span, source, "", 0.0, score)


def at(source: Source, start: float, stop: float) -> tuple[Source, Span]:
    return source, Span(Unit.SECONDS, start, stop)


def test_the_best_of_the_library_is_one_and_what_search_cuts_off_is_left_out():
    rows = [row(0, 5, 0.8), row(5, 10, 0.6), row(10, 15, 0.39), row(15, 20, 0.4)]
    found = values(rows, best=0.8, floor=0.25, share=0.5)
    assert found[at(Source.TAGS, 0, 5)] == pytest.approx(1.0)
    assert found[at(Source.TAGS, 5, 10)] == pytest.approx(LEAST + (1 - LEAST) / 2)
    assert found[at(Source.TAGS, 15, 20)] == pytest.approx(LEAST)
    assert at(Source.TAGS, 10, 15) not in found


def test_nothing_stands_out_where_nothing_matches():
    assert values([row(0, 5, 0.2)], best=0.2, floor=0.25, share=0.5) == {}
    assert values([row(0, 5, -0.2)], best=0.0, floor=-1.0, share=0.5) == {}


def test_a_page_and_a_whole_file_have_no_time():
    page = Near("a", 0, Modality.DOCUMENT, Span(Unit.PAGE, 1, 1), Source.TEXT, "", 0.0, 1.0)
    whole = Near("a", 0, Modality.VIDEO, None, Source.NAME, "", 0.0, 1.0)
    assert values([page, whole], 1.0, 0.0, 0.5) == {}


def test_parts_are_weighed_and_what_is_asked_less_of_takes_away():
    here, there = at(Source.TAGS, 0, 5), at(Source.TAGS, 5, 10)
    both = together([(1.0, {here: 1.0, there: 0.5}), (1.0, {there: 1.0})])
    assert both == {here: 0.5, there: 0.75}
    less = together([(1.0, {here: 0.4, there: 0.8}), (-1.0, {here: 0.5, there: 0.3})])
    assert less == {there: pytest.approx(0.5)}
    assert better({here: 0.2}, {here: 0.4, there: 0.1}) == {here: 0.4, there: 0.1}


def test_where_several_lie_over_one_another_the_strongest_counts():
    given = [Strength(0, 10, 0.4), Strength(2, 4, 0.9), Strength(3, 6, 0.4), Strength(20, 21, 0.1)]
    assert flat(given) == (
        Strength(0, 2, 0.4),
        Strength(2, 4, 0.9),
        Strength(4, 10, 0.4),
        Strength(20, 21, 0.1),
    )
    assert flat([Strength(1, 1, 0.5), Strength(3, 2, 0.5)]) == ()


def test_each_source_has_its_strand_within_the_film():
    found = {
        at(Source.TAGS, 0, 5): 0.5,
        at(Source.PICTURE, 5, 20): 0.6,
        at(Source.SOUND, 1, 2): 0.7,
        at(Source.SPEECH, 2, 3): 0.8,
        at(Source.METADATA, 0, 5): 1.0,
    }
    made = timeline(found, 12.0)
    assert made.picture == (Strength(0, 5, 0.5), Strength(5, 12.0, 0.6))
    assert made.sound == (Strength(1, 2, 0.7),)
    assert made.words == (Strength(2, 3, 0.8),)
    assert made.duration_s == 12.0


def test_a_film_of_days_is_flattened_at_once():
    given = [Strength(n, n + 30, (n % 7) / 7) for n in range(20_000)]
    made = flat(given)
    assert all(one.stop_s <= two.start_s for one, two in pairwise(made))
