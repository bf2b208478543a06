"""Groups of files that are like one another."""

from __future__ import annotations

import numpy as np
import pytest

from nova_desktop.errors import BadInput
from nova_desktop.library import opened
from nova_desktop.library.clusters import gathered
from nova_desktop.library.lookup import centres, like_pairs
from nova_desktop.query import Filters, Query
from tests.library.desk import Desk, eventually, photo


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_what_lies_together_is_a_group_and_the_rest_is_none():
    chance = np.random.default_rng(3)
    middles = unit(chance.standard_normal((3, 32)))
    some = [middle + 0.08 * chance.standard_normal((20, 32)) for middle in middles]
    scattered = chance.standard_normal((200, 32))
    vectors = unit(np.concatenate([*some, scattered]))
    groups = gathered(vectors)
    for first in (0, 20, 40):
        wanted = set(range(first, first + 20))
        like = [group for group in groups if len(wanted & set(group)) >= 18]
        assert like
        assert len(set(like[0]) - wanted) <= 2
    again = gathered(vectors)
    assert [list(group) for group in groups] == [list(group) for group in again]
    assert gathered(vectors[:3]) == []


def test_like_vectors_are_found_without_comparing_all():
    chance = np.random.default_rng(5)
    keys = unit(chance.standard_normal((6000, 24)))
    keys[3000:3100] = unit(keys[:100] + 0.02 * chance.standard_normal((100, 24)))
    one, other = like_pairs(keys, lambda start, stop: keys[start:stop, None], 0.95, lambda _: None)
    found = set(zip(one.tolist(), other.tolist(), strict=True))
    assert len({(n, n + 3000) for n in range(100)} & found) >= 99
    assert all(float(keys[a] @ keys[b]) >= 0.95 - 1e-5 for a, b in found)
    assert centres(keys, 10).shape == (10, 24)


def test_a_library_of_colours_falls_into_them(tmp_path):
    (tmp_path / "data").mkdir()
    for colour in ("red", "blue"):
        for number in range(20):
            photo(tmp_path / f"photos/{colour} {number}.png", colour, 20 + number)
    with opened(Desk(tmp_path / "data").open()) as library:
        library.add_folder(tmp_path / "photos")
        assert library.wait(60)
        eventually(lambda: library.clusters().done)
        found = library.clusters()
        colours = [{cover.name.split()[0] for cover in one.covers} for one in found.clusters]
        assert all(len(names) == 1 for names in colours)
        assert set().union(*colours) == {"red", "blue"}
        assert library.clusters(again=True).done is False


def test_an_album_is_made_of_a_group_and_taken_back(tmp_path):
    (tmp_path / "data").mkdir()
    for colour in ("red", "blue"):
        for number in range(20):
            photo(tmp_path / f"photos/{colour} {number}.png", colour, 20 + number)
    with opened(Desk(tmp_path / "data").open()) as library:
        library.add_folder(tmp_path / "photos")
        assert library.wait(60)
        eventually(lambda: library.clusters().done)
        group = library.clusters().clusters[0]
        colour = group.covers[0].name.split()[0]
        assert library.keep_group(group.key, "  My  album ") == group.count
        hits = library.find(Query(filters=Filters(tags=frozenset({"my album"})), limit=100)).hits
        assert len(hits) == group.count
        assert {hit.path.name.split()[0] for hit in hits} == {colour}
        (saved,) = library.searches()
        assert (saved.name, saved.text) == ("My album", 'tag:"My album"')
        for name, why in (("my album", "already"), ("", "word"), ('a "b"', "quotation")):
            with pytest.raises(BadInput, match=why):
                library.keep_group(group.key, name)
        with pytest.raises(BadInput, match="Look for groups again"):
            library.keep_group("nothing", "Other")
        library.drop_album("My album")
        assert (library.searches(), library.labels()) == ((), ())


def test_groups_are_looked_for_anew_once_the_library_is_another_one(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "photos").mkdir()
    with opened(Desk(tmp_path / "data").open()) as library:
        library.add_folder(tmp_path / "photos")
        assert library.wait(60)
        eventually(lambda: library.clusters().done)
        assert library.clusters().clusters == ()
        for colour in ("red", "blue"):
            for number in range(20):
                photo(tmp_path / f"photos/{colour} {number}.png", colour, 20 + number)
        library.rescan(tmp_path / "photos")
        assert library.wait(60)
        eventually(lambda: library.clusters().done)
        assert len(library.clusters().clusters) >= 2
