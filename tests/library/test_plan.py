"""What must change so that the catalog agrees with the disk."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nova_desktop.library.plan import Plan, plan
from nova_desktop.model import Stamp

stamps = st.builds(Stamp, st.integers(0, 3), st.integers(0, 3), st.integers(0, 5))
paths = st.lists(st.sampled_from(["a", "b", "c", "é\n"]), min_size=1, max_size=3).map(
    lambda parts: "/root/" + "/".join(parts)
)
trees = st.dictionaries(paths, stamps, max_size=8)


def carried_out(todo: Plan, disk: dict[str, Stamp], catalog: dict[str, Stamp]) -> dict[str, Stamp]:
    after = dict(catalog)
    for path in todo.forget:
        del after[path]
    for old, new in todo.move:
        after[new] = after.pop(old)
    for path in todo.index:
        after[path] = disk[path]
    return after


@given(trees, trees)
def test_carrying_a_plan_out_makes_the_catalog_equal_to_the_disk(disk, catalog):
    assert carried_out(plan(disk, catalog), disk, catalog) == disk


@given(trees, trees)
def test_planning_twice_gives_an_empty_plan(disk, catalog):
    after = carried_out(plan(disk, catalog), disk, catalog)
    assert not plan(disk, after)


@given(trees, trees, st.lists(paths, max_size=2))
def test_what_was_not_listed_is_never_forgotten_nor_moved_away(disk, catalog, unlisted):
    todo = plan(disk, catalog, unlisted)
    left = {*todo.forget, *(old for old, _ in todo.move)}
    hidden = {
        p for p in catalog for folder in unlisted if p == folder or p.startswith(folder + "/")
    }
    assert not left & hidden


def test_a_renamed_file_moves_and_is_not_indexed():
    stamp = Stamp(9, 9, 9)
    assert plan({"/new": stamp}, {"/old": stamp}) == Plan(move=(("/old", "/new"),))


def test_a_file_that_was_written_over_is_indexed_again():
    assert plan({"/a": Stamp(1, 2, 3)}, {"/a": Stamp(1, 1, 3)}).index == ("/a",)


def test_a_hard_link_to_a_file_that_stays_is_indexed():
    stamp = Stamp(9, 9, 9)
    assert plan({"/a": stamp, "/b": stamp}, {"/a": stamp}) == Plan(index=("/b",))
