"""From pairs to groups: what comes together, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nova_desktop.duplicates import Copy, Reason, Same
from nova_desktop.library.grouping import groups, suggested
from nova_desktop.library.likes import Pair
from nova_desktop.model import Modality


def made(*pairs: Pair) -> dict[tuple[int, ...], Same]:
    return {tuple(it.members): it.same for it in groups(pairs, set())}


def part(whole: int, of_it: int, length_s: float) -> Pair:
    return Pair(whole, of_it, Same.EXCERPT, length_s)


def test_an_excerpt_comes_to_the_longest_that_has_it_and_brings_others_not_together():
    jingle, show, other = 0, 1, 2
    found = groups([part(show, jingle, 600), part(other, jingle, 900)], set())
    assert [(it.same, it.members, it.wholes) for it in found] == [
        (Same.EXCERPT, [jingle, other], frozenset({other}))
    ]


def test_all_parts_of_one_whole_are_one_group_and_a_part_has_none_of_its_own():
    found = groups([part(5, 3, 100), part(5, 4, 100), part(4, 3, 50)], set())
    assert [(it.members, it.wholes) for it in found] == [([3, 4, 5], frozenset({5}))]


def test_what_is_one_with_the_whole_is_no_part():
    same = Pair(1, 4, Same.FILM, 0.9)
    found = groups([same, Pair(2, 3, Same.FILM, 0.9), part(4, 2, 100)], set())
    assert [(it.same, it.members) for it in found] == [(Same.EXCERPT, [1, 2, 3, 4])]
    assert found[0].wholes == {1, 4}


def test_excerpts_that_were_told_apart_by_hand_come_not_together():
    assert groups([part(5, 3, 100)], {(3, 5)}) == []


def test_versions_of_a_text_come_together_around_one_of_them():
    chain = [Pair(n, n + 1, Same.TEXT, 0.8) for n in range(6)]
    found = made(*chain)
    assert all(same is Same.TEXT for same in found.values())
    assert max(map(len, found)) <= 3


@pytest.mark.parametrize(
    ("kept", "other"),
    [
        (("scan.png", 70_000), ("scan.jpg", 72_000)),
        (("photo.heic", 2_000_000), ("photo.jpg", 3_400_000)),
        (("photo.jpg", 3_400_000), ("photo.webp", 900_000)),
        (("photo.jpg", 3_400_000), ("photo smaller.jpg", 900_000)),
    ],
)
def test_of_one_picture_what_lost_least_is_kept_and_not_what_takes_most_room(kept, other):
    files = [
        Copy(Path("/", name), name, Modality.IMAGE, taken, 0.0, 1200, 900)
        for name, taken in (other, kept)
    ]
    group = suggested(Same.PICTURE, files)
    assert (group.copies[0].path.name, group.reason) == (kept[0], Reason.BYTES)


def test_a_small_copy_of_a_burst_is_not_kept_however_sharp_it_looks():
    whole = Copy(Path("/b.jpg"), "b", Modality.IMAGE, 400_000, 0.0, 1800, 1200, sharpness=1128.0)
    blurred = Copy(Path("/a.jpg"), "a", Modality.IMAGE, 300_000, 0.0, 1200, 1800, sharpness=700.0)
    small = Copy(Path("/s.jpg"), "s", Modality.IMAGE, 110_000, 0.0, 800, 533, sharpness=2180.0)
    group = suggested(Same.BURST, [small, blurred, whole])
    assert group.copies == (whole, blurred, small)
    assert group.reason is Reason.SHARPNESS


def test_what_was_told_apart_is_brought_together_by_no_other_photo_of_the_burst():
    burst = [Pair(0, 1, Same.BURST, 0.9), Pair(1, 2, Same.BURST, 0.8), Pair(0, 2, Same.BURST, 0.7)]
    assert [it.members for it in groups(burst, set())] == [[0, 1, 2]]
    assert [it.members for it in groups(burst, {(0, 2)})] == [[0, 1]]
    assert [it.members for it in groups(burst, {(0, 1), (0, 2), (1, 2)})] == []
    later = [*burst, Pair(2, 3, Same.BURST, 0.8), Pair(1, 3, Same.BURST, 0.7)]
    assert [it.members for it in groups(later, {(0, 1), (0, 2), (1, 2)})] == [[2, 3]]
