"""What the search box proposes while somebody types, and how the line shows what it understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from nova_desktop.errors import BadInput
from nova_desktop.grammar import file_begun
from nova_desktop.model import Modality
from nova_desktop.query import Answer, Facet, Facets, Hit, Part
from nova_desktop.ui.search.completing import BEGUN_MS
from nova_desktop.ui.search.line import Ground
from nova_desktop.ui.search.proposing import proposals, taken

FACETS = Facets(
    kinds=(Facet("image", 1204), Facet("video", 2)),
    cameras=(Facet("Canon EOS R5", 3), Facet("Pixel 8", 1)),
    tags=(Facet("beach day", 2),),
)


@pytest.fixture
def known(qtbot, window, library):
    """The window, with values to choose from."""
    library.facets_known = FACETS
    window.questions._facets.setInterval(0)
    window.questions.refresh_facets()
    qtbot.waitUntil(lambda: window.completing.facets == FACETS)
    return window


def proposed(window) -> list[str]:
    return window.completing.proposed.says()


def test_the_beginning_of_a_key_proposes_it_with_what_it_means(qtbot, known):
    qtbot.keyClicks(known.search_box.line, "lion ty")
    assert proposed(known) == ["type:"]
    item = known.completing.proposed.list.item(0)
    assert "photo, video" in item.data(Qt.ItemDataRole.AccessibleTextRole)


def test_one_letter_of_a_word_is_not_taken_for_a_key(qtbot, known):
    qtbot.keyClicks(known.search_box.line, "t")
    assert proposed(known) == []


def test_tab_takes_a_key_then_its_values_are_proposed_with_counts(qtbot, known, library):
    line = known.search_box.line
    qtbot.keyClicks(line, "lion cam")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "lion camera:"
    assert proposed(known) == ["Canon EOS R5", "Pixel 8"]
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == 'lion camera:"Pixel 8" '
    assert line.cursorPosition() == len(line.text())
    assert proposed(known) == []
    qtbot.waitUntil(lambda: bool(library.queries) and bool(library.queries[-1].filters.cameras))
    assert library.queries[-1].filters.cameras == {"Pixel 8"}


def hit(path: str) -> Hit:
    return Hit(Path(path), path, Modality.IMAGE, None, 0.0, (), 0.0)


def test_the_beginning_of_a_file_s_name_proposes_files_of_the_library(qtbot, known, library):
    paths = "/a/old beach.jpg", "/a/beach 2.jpg", "/a/beach@night.jpg", "/b/beach@night.jpg"
    library.answer = Answer(tuple(map(hit, paths)), 0.0, total=len(paths))
    line = known.search_box.line
    qtbot.keyClicks(line, "sea like:bea")
    said = ["beach 2.jpg", "a/beach@night.jpg", "b/beach@night.jpg", "old beach.jpg"]
    qtbot.waitUntil(lambda: proposed(known) == said)
    assert any(query.filters.name == "bea" for query in library.queries)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == 'sea like:"a/beach@night.jpg" '
    assert proposed(known) == []


def is_refused(window) -> bool:
    return window.pages.currentWidget() is window.trouble


def test_a_name_is_not_refused_while_it_is_typed(qtbot, known, library, monkeypatch):
    library.answer = Answer((hit("/a/beach.jpg"),), 0.0, total=1)
    library.answers[""] = BadInput("There is no file “bea” in the library.")
    find = library.find

    def by_parts(query):
        return find(query) if query.parts else library.answer

    monkeypatch.setattr(library, "find", by_parts)
    line = known.search_box.line
    with qtbot.waitSignal(known.search.refused):
        qtbot.keyClicks(line, "like:bea")
    qtbot.waitUntil(lambda: proposed(known) == ["beach.jpg"])
    qtbot.wait(2 * BEGUN_MS)
    assert not is_refused(known)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: is_refused(known))


def test_a_name_is_refused_where_no_file_is_proposed(qtbot, known, library):
    library.answers[""] = BadInput("There is no file “zzz” in the library.")
    qtbot.keyClicks(known.search_box.line, "like:zzz")
    qtbot.waitUntil(lambda: is_refused(known))


def test_a_place_is_not_refused_while_it_is_typed(qtbot, known, library):
    library.answers[""] = BadInput("There is no city called “Berl” in the list of places.")
    line = known.search_box.line
    with qtbot.waitSignal(known.search.refused):
        qtbot.keyClicks(line, "near:Berl")
    assert not is_refused(known)
    del library.answers[""]
    with qtbot.waitSignal(known.search.answered):
        qtbot.keyClicks(line, "in")
    qtbot.wait(2 * BEGUN_MS)
    assert not is_refused(known)
    library.answers[""] = BadInput("There is no city called “Berlinx” in the list of places.")
    qtbot.keyClicks(line, "x")
    qtbot.waitUntil(lambda: is_refused(known))


def test_what_is_refused_is_forgotten_when_something_else_is_typed(qtbot, known, library):
    library.answers[""] = BadInput("There is no file “be” in the library.")
    told = []
    known.completing.refused.connect(told.append)
    with qtbot.waitSignal(known.search.refused):
        qtbot.keyClicks(known.search_box.line, "like:be")
    library.answers.clear()
    with qtbot.waitSignal(known.search.answered):
        qtbot.keyClicks(known.search_box.line, "a")
    qtbot.wait(BEGUN_MS + 100)
    assert told == []


def test_names_that_come_when_something_else_is_typed_are_not_proposed(qtbot, known, library):
    library.answer = Answer((hit("/a/beach.jpg"),), 0.0, total=1)
    line = known.search_box.line
    qtbot.keyClicks(line, "like:be")
    qtbot.keyClicks(line, " ")
    qtbot.waitUntil(lambda: not known.tasks.names())
    assert proposed(known) == []


@pytest.mark.parametrize(
    "text", ["like:", "like:/a/b", "like:~/b", "like:a.mp4@1", "like:a.pdf#2", "name:bea", "bea"]
)
def test_no_file_is_proposed_where_no_name_is_being_typed(text):
    assert file_begun(text, len(text)) is None


def test_a_click_takes_a_value(qtbot, known):
    line = known.search_box.line
    qtbot.keyClicks(line, "type:")
    rows = known.completing.proposed.list
    assert rows.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "photo, 1,204"
    at = rows.visualItemRect(rows.item(1)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert line.text() == "type:video "
    assert line.hasFocus()


def test_escape_closes_the_list_first_and_leaves_the_words(qtbot, known):
    line = known.search_box.line
    qtbot.keyClicks(line, "type:v")
    assert proposed(known) == ["video"]
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert proposed(known) == []
    assert line.text() == "type:v"
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == ""


def test_enter_without_a_choice_goes_to_the_results(qtbot, known):
    line = known.search_box.line
    qtbot.keyClicks(line, "tag:be")
    with qtbot.waitSignal(known.search_box.left):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "tag:be"
    assert proposed(known) == []


def test_the_list_is_under_the_box_and_inside_the_window(qtbot, known):
    qtbot.keyClicks(known.search_box.line, "type:")
    proposed_ = known.completing.proposed
    box = known.search_box
    below = box.mapTo(known, QPoint(0, box.height())).y()
    assert below <= proposed_.y() <= below + 8
    assert known.rect().contains(proposed_.geometry())


def test_tab_leaves_the_line_when_nothing_is_proposed(qtbot, known):
    qtbot.keyClicks(known.search_box.line, "lion")
    qtbot.keyClick(known.search_box.line, Qt.Key.Key_Tab)
    assert not known.search_box.line.hasFocus()


def test_a_value_in_the_middle_keeps_what_follows():
    (one,) = proposals("type:vid cat", 8, FACETS)
    assert taken("type:vid cat", one) == ("type:video cat", 11)


def test_what_is_complete_is_not_proposed_again():
    assert proposals("type:video", 10, FACETS) == []


def test_understood_forms_have_a_light_ground_and_unfinished_ones_none(window):
    line = window.search_box.line
    line.setText('cat -people type:photo "at night" date:')
    grounds = [(line.text()[it.start : it.stop], it.ground) for it in line.marks()]
    assert grounds == [
        ("-people", Ground.LESS),
        ("type:photo", Ground.FORM),
        ('"at night"', Ground.FORM),
    ]


def test_a_mark_is_painted_behind_its_own_characters(qtbot, window):
    line = window.search_box.line
    line.setText("cat type:photo")
    line.setCursorPosition(len(line.text()))
    middle = (line.x_of(4) + line.x_of(14)) / 2
    assert line.cursorPositionAt(QPoint(round(line.x_of(4)) + 1, line.height() // 2)) == 4
    picture = line.grab().toImage()
    ratio = picture.devicePixelRatio()
    top = (line.height() - line.fontMetrics().height()) / 2
    marked = picture.pixelColor(round(middle * ratio), round((top + 0.5) * ratio))
    plain = picture.pixelColor(round((line.width() - 4) * ratio), round((top + 0.5) * ratio))
    assert marked != plain


def test_a_mistake_is_said_in_one_calm_line_once_typing_pauses(qtbot, window, library):
    window.questions._mistake.setInterval(50)
    window.search_box.line.setText("cat rating:9")
    assert not window.mistake.isVisible()
    qtbot.waitUntil(window.mistake.isVisible)
    assert "from 1 to 5" in window.mistake.text()
    (mark,) = [it for it in window.search_box.line.marks() if it.ground is Ground.ERROR]
    assert (mark.start, mark.stop) == (11, 12)  # the value that is wrong, not the whole form
    # The rest is searched for meanwhile.
    qtbot.waitUntil(lambda: any(query.parts for query in library.queries))
    assert library.queries[-1].parts[0].text == "cat"
    window.search_box.line.setText("cat rating:4")
    assert not window.mistake.isVisible()


def test_a_form_without_a_value_is_no_mistake(qtbot, window):
    window.questions._mistake.setInterval(10)
    window.search_box.line.setText("cat date:")
    qtbot.wait(80)
    assert not window.mistake.isVisible()


def test_typed_kinds_filter(qtbot, window, library):
    window.search_box.line.setText("cat type:photo")
    qtbot.waitUntil(lambda: any(query.parts for query in library.queries))
    assert library.queries[-1].filters.modalities == {Modality.IMAGE}


def test_recent_searches_are_offered_in_the_empty_box(qtbot, window, library, tmp_path):
    picture = tmp_path / "lion.jpg"
    picture.write_bytes(b"x")
    recents = window.completing.recents
    box = window.search_box
    for typed, parts in (("cat", ()), ("at night", (picture,)), ("dog", (Path("/gone.jpg"),))):
        box.ask(typed, [Part(path=path) for path in parts])
        window.completing.keep()
    box.clear()
    qtbot.mouseClick(box.line, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(proposed(window)))
    # The one by a file that is gone can't be asked again.
    assert proposed(window) == ["lion.jpg + at night", "cat", "Forget recent searches"]
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert box.line.text() == "at night"
    assert [part.path for part in box.parts.parts()] == [picture]
    recents.forget()
    assert recents.all() == []


def test_forgetting_recent_searches_is_offered_with_them(qtbot, window):
    box = window.search_box
    box.ask("cat")
    window.completing.keep()
    box.clear()
    window.menus.find.trigger()
    qtbot.waitUntil(lambda: proposed(window) == ["cat", "Forget recent searches"])
    qtbot.keyClick(box.line, Qt.Key.Key_Up)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert window.completing.recents.all() == []


def test_recent_searches_go_when_a_file_is_pasted(qtbot, window, tmp_path):
    picture = tmp_path / "lion.jpg"
    picture.write_bytes(b"x")
    window.search_box.ask("cat")
    window.completing.keep()
    window.search_box.clear()
    window.menus.find.trigger()
    qtbot.waitUntil(lambda: bool(proposed(window)))
    window.search_box.add(Part(path=picture))
    assert proposed(window) == []


def test_what_was_typed_on_the_way_is_not_kept_apart(window):
    for typed in ("cat", "cat on", "cat on a sofa", "dog", "CAT ON a sofa"):
        window.search_box.line.setText(typed)
        window.completing.keep()
    assert [one.typed for one in window.completing.recents.all()] == ["CAT ON a sofa", "dog"]


def test_chips_alone_are_on_the_way_to_chips_with_words(window):
    lion = Part(path=Path("/a/lion.jpg"))
    for typed in ("", "at night"):
        window.search_box.ask(typed, [lion])
        window.completing.keep()
    assert [str(one) for one in window.completing.recents.all()] == ["lion.jpg + at night"]


def test_at_most_twenty_searches_are_kept_and_none_when_it_is_off(window):
    recents = window.completing.recents
    for number in range(25):
        window.search_box.line.setText(f"{number} cats")
        window.completing.keep()
    assert len(recents.all()) == 20
    assert recents.all()[0].typed == "24 cats"
    recents.on = False
    window.search_box.line.setText("secret")
    window.completing.keep()
    assert recents.all()[0].typed == "24 cats"


@pytest.mark.parametrize("told", ["{", "[1]", '[{"typed": 1}]', '{"a": 1}', "[null]"])
def test_a_damaged_list_of_searches_is_none(window, told):
    window.remembered._kept.setValue("searches", told)
    assert window.completing.recents.all() == []
    window.search_box.line.setText("cat")
    window.completing.keep()
    assert [one.typed for one in window.completing.recents.all()] == ["cat"]
