"""Contents that are kept as numbers are named, and found, as they were."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from nova_desktop.stores.lance_contents import Contents

HASHES = [f"{n * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128:032x}" for n in range(100)]
OTHERS = [*HASHES[:3], "c7", "", HASHES[5].upper(), "e" * 31 + " ", "ü" * 16, HASHES[9]]


@pytest.mark.parametrize("names", [HASHES, OTHERS, HASHES[:1], []])
def test_rows_keep_their_names(names: list[str]) -> None:
    columns = [pa.array(names[:4], pa.string()), pa.array(["x", *names[4:]], pa.string())[1:]]
    contents = Contents(columns)
    places = np.arange(len(names))[::-1]
    assert contents.at(places) == names[::-1]
    contents.sort(places)
    assert contents.at(places) == names


@pytest.mark.parametrize("names", [HASHES, OTHERS])
@pytest.mark.parametrize("other", [[], ["c8", "f" * 32], ["no hash", "G" * 32, "f" * 31 + " "]])
def test_all_rows_of_a_content_are_found_and_no_other(names: list[str], other: list[str]) -> None:
    contents = Contents([pa.array([*names, *names], pa.string())])
    wanted = [names[3], names[8]]
    found = contents.among(frozenset([*wanted, *other]))
    assert found.tolist() == [3, 8, len(names) + 3, len(names) + 8]
    assert contents.among(frozenset(other)).tolist() == []


@pytest.mark.parametrize("names", [HASHES, OTHERS])
@pytest.mark.parametrize("more", [HASHES[:2], ["late"], []])
def test_rows_go_and_others_come_behind(names: list[str], more: list[str]) -> None:
    kept = np.arange(len(names)) % 3 != 0
    grown = Contents([pa.array(names)]).grown(kept, Contents([pa.array(more, pa.string())]))
    wanted = [name for name, stays in zip(names, kept, strict=True) if stays] + more
    assert grown.at(np.arange(len(grown))) == wanted
    assert grown.among({wanted[1]}).tolist() == [
        at for at, name in enumerate(wanted) if name == wanted[1]
    ]
    again = Contents.of(grown.kept())
    assert again.at(np.arange(len(again))) == wanted


def test_contents_that_share_half_of_their_name_are_told_apart() -> None:
    names = [first + second for first in ("0" * 16, "f" * 16) for second in ("a" * 16, "b" * 16)]
    contents = Contents([pa.array([*names, *names], pa.string())])
    for named in ({names[0]}, {names[1]}, set(names[:2]), {names[3], names[0], names[1]}):
        wanted = [at for at in range(8) if names[at % 4] in named]
        assert contents.among(named).tolist() == wanted
