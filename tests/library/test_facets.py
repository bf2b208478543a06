"""The values that filters can take, and the questions that are kept."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput
from nova_desktop.grammar import Mistyped, parse
from nova_desktop.library.facets import facets
from nova_desktop.library.saved import LONGEST_NAME, SavedSearches
from nova_desktop.model import Modality
from nova_desktop.query import Facet, Facets, Part, Query, SavedSearch
from tests.library.test_browsing import PLACES, Shelf


@pytest.fixture
def shelf(tmp_path):
    made = Shelf(tmp_path)
    yield made
    made.catalog.close()


def noon(*day: int) -> float:
    return datetime(*day, 12).timestamp()


def test_values_are_counted_the_most_frequent_first(shelf):
    rome = {"latitude": 41.9, "longitude": 12.5}
    shelf.put("a/1.jpg", taken_s=noon(2023, 1, 1), camera="Canon", rating=3, **rome)
    shelf.put("a/b/2.JPG", taken_s=noon(2024, 12, 31), keywords=("Sea", "sun"), **rome)
    shelf.put("a/b/3.png", taken_s=noon(2024, 1, 1), keywords=("sea",), rating=5)
    shelf.put("4.mp4", Modality.VIDEO, taken_s=noon(2024, 6, 1), camera="GoPro")
    shelf.put("copy.mp4", Modality.VIDEO, content="4.mp4", taken_s=noon(2024, 6, 1), camera="GoPro")
    assert facets(shelf.catalog, PLACES) == Facets(
        kinds=(Facet("image", 3), Facet("video", 1)),
        extensions=(Facet("jpg", 2), Facet("mp4", 1), Facet("png", 1)),
        cameras=(Facet("Canon", 1), Facet("GoPro", 1)),
        tags=(Facet("Sea", 2), Facet("sun", 1)),
        ratings=(Facet("5", 1), Facet("3", 1)),
        places=(Facet("Rome", 2),),
        years=(Facet("2024", 3), Facet("2023", 1)),
        folders=(
            Facet("/lib", 5),
            Facet("/lib/a", 3),
            Facet("/lib/a/b", 2),
        ),
    )


def test_every_value_finds_as_many_as_it_says(shelf):
    for n in range(40):
        shelf.put(
            f"{n % 3}/{n}.{('jpg', 'png', 'x y')[n % 3]}",
            taken_s=noon(2000 + n % 5, 1 + n % 12, 1 + n % 28),
            camera=("Canon, EOS", 'a "b"', "")[n % 3],
            keywords=("one", "two, three")[: n % 3],
            rating=n % 6 or None,
        )
    known = facets(shelf.catalog, PLACES)
    for key, values in (
        ("type", known.kinds),
        ("ext", known.extensions),
        ("camera", known.cameras),
        ("tag", known.tags),
        ("date", known.years),
        ("in", known.folders),
    ):
        assert values, key
        for value in values:
            quoted = value.value.replace('"', '""')
            filters = parse(f'{key}:"{quoted}"', 0.0).filters
            assert shelf.search.find(Query(filters=filters)).total == value.count, value


def test_what_is_gone_is_not_counted_and_what_comes_is(shelf):
    shelf.put("1.jpg", keywords=("sea",))
    assert facets(shelf.catalog, PLACES).tags == (Facet("sea", 1),)
    shelf.disk.clear()
    shelf.apply()
    assert facets(shelf.catalog, PLACES) == Facets()
    shelf.put("2.jpg", keywords=("sea",))
    assert facets(shelf.catalog, PLACES).tags == (Facet("sea", 1),)


def test_times_that_no_calendar_has_are_no_years(shelf):
    shelf.put("1.jpg", taken_s=1e300)
    shelf.put("2.jpg", taken_s=-1e300)
    shelf.put("3.jpg", taken_s=noon(2024, 5, 1))
    assert facets(shelf.catalog, PLACES).years == (Facet("2024", 1),)


# Kept questions


@pytest.fixture
def saved(shelf):
    return SavedSearches(shelf.catalog)


def test_a_search_is_kept_whole(saved):
    odd = Path(os.fsdecode(b"/x/caf\xe9.jpg"))
    parts = (Part(path=odd, weight=-0.5), Part(data=b"\0\xff"))
    saved.save(" Best  of ", "type:photo sea", parts)
    saved.save("another", "x")
    saved.save("another", "y -z")
    assert saved.all() == (
        SavedSearch("another", "y -z"),
        SavedSearch("Best of", "type:photo sea", parts),
    )


def test_searches_are_renamed_and_forgotten(saved):
    saved.save("a", "x")
    saved.save("b", "y")
    with pytest.raises(BadInput, match="already"):
        saved.rename("a", "b")
    saved.rename("a", "a")
    saved.rename("a", "c")
    assert [one.name for one in saved.all()] == ["b", "c"]
    saved.forget("b")
    for change in (lambda: saved.forget("b"), lambda: saved.rename("b", "d")):
        with pytest.raises(BadInput, match="no saved search “b”"):
            change()


@pytest.mark.parametrize("name", ["", " ", "x" * (LONGEST_NAME + 1)])
def test_a_search_needs_a_name_that_can_be_read(saved, name):
    with pytest.raises(BadInput, match="name"):
        saved.save(name, "x")


def test_what_asks_nothing_is_not_kept(saved):
    with pytest.raises(BadInput, match="nothing to save"):
        saved.save("a", "  sort:newest ")
    with pytest.raises(Mistyped):
        saved.save("a", "type:foo")
    saved.save("a", "", (Part(path=Path("/x.jpg")),))
