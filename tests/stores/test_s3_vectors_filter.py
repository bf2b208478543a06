"""A filter in the service's language lets pass what ours does, whatever the service leaves open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova_desktop.model import Modality, Near, Row, RowFilter, Source
from nova_desktop.ports import Kept
from nova_desktop.stores.exact import near_of, passes
from nova_desktop.stores.s3_vectors_filter import CONTENTS, filters
from nova_desktop.vector_rows import HIDDEN, noted
from nova_desktop.vector_rows import near_of as read_back
from tests.contracts.store import EAST
from tests.emulators.vector_filter import compiled

CONTENT = st.sampled_from(["a", "b'", 'c"', "$d", "ü"])
TIMES = st.sampled_from([-5.5, 0.0, 1.0, 1e9]) | st.floats(-1e12, 1e12)
NEARS = st.builds(
    lambda content, number, modality, source, taken_s: near_of(
        Row(content, number, modality, None, source, "words", taken_s, EAST)
    ),
    CONTENT,
    st.integers(0, 1000),
    st.sampled_from(Modality),
    st.sampled_from(Source),
    TIMES,
)
BOUNDS = st.none() | TIMES | st.sampled_from([float("inf"), float("-inf")])
WHERES = st.builds(
    RowFilter,
    modalities=st.frozensets(st.sampled_from(Modality)),
    since_s=BOUNDS,
    until_s=BOUNDS,
    contents=st.none() | st.frozensets(CONTENT),
    sources=st.frozensets(st.sampled_from(Source)),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(NEARS, max_size=8), WHERES, st.booleans())
def test_the_same_rows_pass(nears: list[Near], where: RowFilter, lacking_differs: bool) -> None:
    made = list(filters(where))
    tests = [compiled(one, HIDDEN, lacking_differs) for one in made if one is not None]
    for near in nears:
        row = Row(
            near.content, near.number, near.modality, near.span, near.source, near.words,
            near.taken_s, EAST,
        )  # fmt: skip
        metadata = noted(row, near.words)
        let_through = None in made or any(test(metadata) for test in tests)
        assert let_through == passes(near, where)
        assert read_back(Kept("key", None, metadata), 0.0) == replace(near, score=0.0)


@pytest.mark.parametrize(("count", "asked"), [(CONTENTS, 1), (CONTENTS + 1, 2)])
def test_contents_are_named_so_many_at_a_time(count: int, asked: int) -> None:
    where = RowFilter(contents=frozenset(f"c{n}" for n in range(count)))
    assert len(list(filters(where))) == asked
