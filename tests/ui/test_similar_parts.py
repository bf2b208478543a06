"""Find similar by a part of a file: from a result, from the preview, by dragging, by its chip."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from nova_desktop.closeup import Details
from nova_desktop.model import Info, Modality, Preview, Span, Unit
from nova_desktop.query import Answer, Hit, Part
from nova_desktop.ui.results.files import carried, dragged, part_of, parts
from nova_desktop.ui.search.recents import Asking, Recents
from tests.ui.fake_library import hits
from tests.ui.test_player import counted, film, viewer  # noqa: F401  # fixtures
from tests.ui.test_results import jpeg

LEFT = Qt.MouseButton.LeftButton
MOMENT, PAGE = Span(Unit.SECONDS, 62, 77), Span(Unit.PAGE, 3, 3)
PASSAGE = Span(Unit.CHARACTERS, 300, 600)
FILM, REPORT = Path("/a/film.mp4"), Path("/a/report.pdf")


@pytest.fixture
def found(window, library, search):
    """A film at a moment, a report at a page, a note at a passage, and a picture."""
    answer = (
        *hits(FILM, modality=Modality.VIDEO, span=MOMENT, duration_s=100.0),
        *hits(REPORT, modality=Modality.DOCUMENT, span=PAGE),
        *hits(Path("/a/note.txt"), modality=Modality.TEXT, span=PASSAGE),
        *hits(Path("/a/cat.jpg")),
    )
    for hit in answer:
        library.previews[hit.path] = Preview(jpeg())
    library.answer = Answer(answer, 0.0)
    search(window, "x")
    return window


def asked_with(window) -> tuple[Part, ...]:
    return window.search_box.parts.parts()


@pytest.mark.parametrize(
    ("row", "says", "span", "chip"),
    [
        (0, "Find similar to this moment", MOMENT, "film.mp4 1:02–1:17"),
        (1, "Find similar to this page", PAGE, "report.pdf p. 3"),
        (2, "Find similar to this passage", PASSAGE, "note.txt a passage"),
    ],
)
def test_a_result_is_asked_with_at_its_part(found, library, qtbot, row, says, span, chip):
    menu, hit = found.menus.results, found.found.results.hits[row]
    found.found.choose(row)
    assert menu.like_part.text().replace("&", "") == says
    menu.like_part.trigger()
    assert asked_with(found) == (Part(path=hit.path, span=span),)
    assert found.search_box.chips() == [chip]
    assert found.search_box.line.text() == ""
    qtbot.waitUntil(lambda: library.queries[-1].parts == (Part(path=hit.path, span=span),))


def test_a_film_is_asked_with_as_a_whole_too(found):
    found.found.choose(0)
    found.menus.results.similar.trigger()
    assert asked_with(found) == (Part(path=FILM),)


def test_a_picture_has_no_part_to_ask_with(found):
    found.found.choose(3)
    assert not found.menus.results.like_part.isEnabled()
    assert found.menus.results.similar.isEnabled()


def test_a_result_is_dragged_into_the_search_box_at_its_part(found):
    hit, box = found.found.results.hits[0], found.search_box
    mime = dragged([hit])
    mime.setData("application/x-nova-desktop-parts", carried([hit]))
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(200, 10), copy, mime, LEFT, none)
    enter.ignore()
    box.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert box.property("focused") is True  # it is seen where it would go
    box.dragLeaveEvent(QDragLeaveEvent())
    assert box.property("focused") is box.line.hasFocus()
    box.dropEvent(QDropEvent(QPoint(200, 10), copy, mime, LEFT, none))
    assert asked_with(found) == (Part(path=FILM, span=MOMENT),)
    assert box.line.text() == "x"
    others = dragged([hit])  # of another program: that is for the window
    enter = QDragEnterEvent(QPoint(200, 10), copy, others, LEFT, none)
    box.dragEnterEvent(enter)
    assert not enter.isAccepted()


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b'[["zz", null]]', b'[["2f61", ["x", 1, 2]]]']
)
def test_what_another_program_calls_by_our_name_is_no_part(found, data):
    mime = dragged([])
    mime.setData("application/x-nova-desktop-parts", data)
    assert parts(mime) == ()


def test_a_name_that_is_no_text_is_carried_whole():
    (hit,) = hits(Path(b"/a/caf\xe9.mp4".decode("utf-8", "surrogateescape")), span=MOMENT)
    mime = dragged([hit])
    mime.setData("application/x-nova-desktop-parts", carried([hit]))
    assert parts(mime) == (part_of(hit),)


def test_the_chip_keeps_its_part_in_sight_and_can_be_widened(qtbot, found, library):
    long = Path("/a/" + "a very long name " * 6 + ".mp4")
    found.search_box.ask("", [Part(path=long, span=MOMENT, weight=2.0)])
    chip = found.search_box.parts[0]
    assert chip.body.text().endswith("… 1:02–1:17") or "…" in chip.body.text()
    assert chip.body.text().endswith(" 1:02–1:17")
    assert "1:02–1:17" in chip.body.accessibleName()
    qtbot.mouseClick(chip.body, LEFT)
    weighing = found.search_box.parts.weighing
    qtbot.mouseClick(weighing.widen, LEFT)
    assert asked_with(found) == (Part(path=long, weight=2.0),)
    qtbot.waitUntil(lambda: library.queries[-1].parts == (Part(path=long, weight=2.0),))
    qtbot.mouseClick(chip.body, LEFT)
    assert found.search_box.parts.weighing.widen.isHidden()


def test_the_thumbnail_of_a_chip_is_of_its_moment(qtbot, found, library):
    looked = []
    preview = library.preview
    library.preview = lambda path, span, *more: (
        looked.append((path, span)) or preview(path, span, *more)
    )
    found.search_box.ask("", [Part(path=FILM, span=MOMENT)])
    qtbot.waitUntil(lambda: (FILM, MOMENT) in looked)


def test_recent_searches_know_the_part(tmp_path):
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    recents = Recents(kept)
    asking = Asking("words", (Part(path=FILM, span=MOMENT),))
    recents.add(asking)
    assert recents.all() == [asking]
    assert str(asking) == "film.mp4 1:02–1:17 + words"
    kept.setValue(
        "searches",
        '[{"typed": "x", "parts": [{"text": "", "path": "/a/film.mp4", "weight": 1.0}]}]',
    )
    assert recents.all() == [Asking("x", (Part(path=FILM),))]


# From the preview and the viewer


def test_the_viewer_asks_with_the_moment_under_the_playhead(qtbot, window, viewer, film: Hit):  # noqa: F811
    made = []
    viewer.similar.connect(made.append)
    player = viewer.stage.player
    qtbot.keyClick(viewer, Qt.Key.Key_S)
    assert made == [Part(path=film.path, span=film.span)]
    assert not viewer.isVisible()
    assert asked_with(window) == (Part(path=film.path, span=film.span),)
    window.showing.view(film)
    qtbot.waitUntil(lambda: player.playback.is_ready(), timeout=10_000)
    player.seek.setValue(2500)  # where no moment is: ten seconds, as far as there are
    qtbot.keyClick(viewer, Qt.Key.Key_S)
    assert made[-1] == Part(path=film.path, span=Span(Unit.SECONDS, 2.5, 6.0))


def test_the_viewer_asks_with_the_marks_of_a_clip(qtbot, viewer, film: Hit):  # noqa: F811
    made = []
    viewer.similar.connect(made.append)
    stage = viewer.stage
    stage.ask_for_clip()
    stage.clipping.mark_in(1500)
    stage.clipping.mark_out(3250)
    qtbot.keyClick(viewer, Qt.Key.Key_S)
    assert made == [Part(path=film.path, span=Span(Unit.SECONDS, 1.5, 3.25))]


def test_the_button_of_a_film_asks_which_part_is_meant(qtbot, viewer, film: Hit):  # noqa: F811
    made = []
    viewer.similar.connect(made.append)
    viewer.toggle_facts()
    qtbot.mouseClick(viewer.panel.alike, LEFT)
    menu = viewer.like.menu
    said = [action.text() for action in menu.actions()]
    assert said == ["Like this: 0:01–0:02\tS", "Like the whole file"]
    menu.actions()[1].trigger()
    menu.close()
    assert made == [Part(path=film.path)]


def test_the_preview_asks_with_the_page_that_is_turned_to(qtbot, found, library):
    library.known[REPORT] = Details(REPORT, Modality.DOCUMENT, Info(pages=9))
    found.found.choose(1)
    details = found.preview.details
    qtbot.waitUntil(lambda: details.stage.pages() == 9)
    details.stage.turn(1)
    details.setFocus()
    qtbot.keyClick(details, Qt.Key.Key_S)
    assert asked_with(found) == (Part(path=REPORT, span=Span(Unit.PAGE, 4, 4)),)


def test_the_preview_of_a_picture_asks_with_it_at_once(qtbot, found):
    found.found.choose(3)
    qtbot.mouseClick(found.preview.details.alike, LEFT)
    assert asked_with(found) == (Part(path=Path("/a/cat.jpg")),)
    assert QApplication.activePopupWidget() is None
