"""What groups of files are called."""

from __future__ import annotations

import time
from collections import Counter

from nova_desktop.library.naming_groups import Named, around, is_word, telling
from nova_desktop.model import Info

NOON = 1718359200.0  # 14 June 2024
DAY = 86_400


def named(group: list[set[str]], others: list[set[str]]) -> tuple[str, ...]:
    terms = Counter(term for some in [*group, *others] for term in some)
    return telling(group, terms, len(group), len(group) + len(others))


def test_words_that_are_frequent_inside_and_seldom_outside_name_a_group():
    beach = [{"sea", "beach", "photo", "boat"}, {"sea", "beach", "photo"}, {"sea", "photo", "sky"}]
    beach.append({"beach", "sea"})
    city = [{"street", "photo", "sky"}, {"street", "photo"}, {"car", "photo", "street"}]
    assert named(beach, city) == ("sea", "beach")
    assert named(city, beach) == ("street",)


def test_in_a_small_library_a_word_counts_by_the_files_outside_of_the_group():
    most = [{"sea", "photo"} for _ in range(9)]
    assert named(most, [{"street", "photo"}]) == ("sea",)
    assert named([{"sea"}, {"sea"}], [{"street"}]) == ()  # of two files


def test_no_word_that_only_links_others_names_a_group():
    pale = [{"black", "and", "grey"}, {"black", "grey", "and", "und"}, {"black", "and", "grey"}]
    assert named(pale, [{"red", "street"}]) == ("black", "grey")


def test_no_number_and_no_hash_names_a_group_and_no_word_twice():
    hashes = [{"8d0f3a9c", "img", "2024", "boats", "boat", "ab"} for _ in range(5)]
    assert named(hashes, []) == ("boat",)
    assert [is_word(it) for it in ("sea", "r2d2", "1999", "ab")] == [True, False, False, False]


def info(taken_s: float | None, taken_from: str = "EXIF") -> Info:
    return Info(taken_s=taken_s, taken_from=taken_from)


def test_where_and_when_nearly_all_are_from_names_a_group():
    day = [info(NOON + 60 * n) for n in range(9)]
    assert around([*day, info(None)], ["Kiel"] * 9 + [""]).place == "Kiel"
    found = around([*day, info(NOON + 40 * DAY)], ["Kiel"] * 4 + ["Rome"] * 6)
    assert found.place == ""
    assert found.day_s is not None
    assert found.search == time.strftime("date:%Y-%m-%d", time.localtime(NOON))
    month = around([info(NOON + DAY * n) for n in range(9)], [""] * 9)
    assert month.search == time.strftime("date:%Y-%m", time.localtime(NOON))
    assert not around([info(NOON, "file time")] * 9, [""] * 9)
    assert not around([info(NOON + 400 * DAY * n) for n in range(9)], [""] * 9)
    assert not around([], [])


def test_what_holds_of_the_whole_library_tells_nothing_of_a_part():
    here = Named(("sea",), "Kiel", day_s=NOON)
    assert here.beside(Named(place="Kiel", month_s=NOON)) == Named(("sea",), day_s=NOON)
    assert here.beside(Named(place="Kiel", day_s=NOON)) == Named(("sea",))
    assert Named(place="Kiel", month_s=NOON).search.startswith('near:"Kiel" date:')
    assert here.search == "sea"
