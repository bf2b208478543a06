"""Places in a text, as Python counts them and as Qt does."""

from __future__ import annotations

from PySide6.QtCore import Qt

from nova_desktop.ui import wording
from nova_desktop.ui.look.units import character, units
from nova_desktop.ui.results import painting
from nova_desktop.ui.search.line import Line


def test_an_emoji_takes_two_of_qts_places():
    assert units("a🎉b") == [0, 1, 3, 4]
    assert [character("a🎉b", unit) for unit in (0, 1, 3, 4)] == [0, 1, 2, 3]
    assert units("") == [0]


def test_a_word_behind_an_emoji_is_marked_from_its_beginning_to_its_end(qtbot):
    text = "🎉 emoji 🎉 coffee.jpg"
    (mark,) = painting.marked(text, wording.marks(text, ["coffee"]))
    in_units = text.encode("utf-16-le")
    assert in_units[2 * mark.start : 2 * (mark.start + mark.length)].decode("utf-16-le") == "coffee"


def test_the_line_knows_where_a_form_behind_an_emoji_is(qtbot):
    line = Line()
    qtbot.addWidget(line)
    line.write("🎉🎉 date:frob", 3)
    assert line.place() == 3
    line.end(False)
    assert line.place() == len("🎉🎉 date:frob")


def test_a_proposal_behind_an_emoji_replaces_just_what_was_typed(qtbot, window):
    line = window.search_box.line
    line.insert("🎉🎉 ")
    qtbot.keyClicks(line, "typ")
    qtbot.waitUntil(window.completing.proposed.isVisible)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "🎉🎉 type:"
