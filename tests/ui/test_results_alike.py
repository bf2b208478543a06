"""Near-duplicates in the window: counted, named, and shown one by one when that is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from nova_desktop.query import Answer, Match
from nova_desktop.ui import wording
from tests.ui.fake_library import hits


@pytest.fixture
def folded(window, library, search):
    others = hits(Path("/a/cat small.jpg"), Path("/a/cat again.jpg"))
    library.answer = Answer(hits(Path("/a/cat.jpg"), alike=others, match=Match.STRONG), 0.02)
    search(window, "cat")
    return window


def test_a_result_says_how_sure_it_is_and_what_is_nearly_the_same(folded):
    (hit,) = folded.found.results.hits
    assert wording.alike(hit) == "2 nearly the same: cat small.jpg, cat again.jpg"
    index = folded.found.results.index(0, 0)
    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        said = folded.found.results.data(index, role)
        assert "Strong match" in said
        assert "2 nearly the same" in said


def test_near_duplicates_are_shown_one_by_one_when_that_is_chosen(folded, library, qtbot):
    assert library.queries[-1].fold
    folded.menus.showing.unfold.trigger()
    qtbot.waitUntil(lambda: not library.queries[-1].fold)
    folded.menus.showing.unfold.trigger()
    qtbot.waitUntil(lambda: library.queries[-1].fold)
