"""How results look and answer to the mouse: sizes, list, moments, frames, badges and marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QToolTip

from nova_desktop.model import Modality, Preview, Source, Span, Unit
from nova_desktop.query import Answer, Finder, Hit, Why
from nova_desktop.ui.look.tones import tones
from nova_desktop.ui.results import moments, painting, saying
from nova_desktop.ui.results.model import Column
from nova_desktop.ui.results.scrub import FRAMES
from nova_desktop.ui.results.tile import STEPS
from tests.ui.fake_library import hits

SPANS = tuple(Span(Unit.SECONDS, start, start + 3) for start in (42, 5, 95))
COLORS = (QColor("red"), QColor("blue"))


def strip() -> bytes:
    """The first half of the frames red, the other blue."""
    image = QImage(FRAMES * 40, 30, QImage.Format.Format_RGB32)
    image.fill(COLORS[0])
    with QPainter(image) as painter:
        painter.fillRect(FRAMES * 20, 0, FRAMES * 20, 30, COLORS[1])
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def film() -> Hit:
    (made,) = hits(
        Path("/a/cats at home.mp4"),
        modality=Modality.VIDEO,
        span=SPANS[0],
        moments=SPANS[1:],
        duration_s=100.0,
        why=(Why(Source.SPEECH, "two cats play"),),
    )
    return made


@pytest.fixture
def shown(window, library, film, search):
    """A film with three moments, then a photo."""
    library.previews[film.path] = Preview(strip(), FRAMES)
    library.answer = Answer((film, *hits(Path("/b/dog.jpg"))), 0.0)
    search(window, "cat")
    return window


def seen(view) -> QImage:
    return view.viewport().grab().toImage()


def move(view, at: QPoint) -> None:
    """The mouse, without a button."""
    none = Qt.MouseButton.NoButton
    place = QPointF(at)
    globally = QPointF(view.viewport().mapToGlobal(at))
    kind = QEvent.Type.MouseMove
    event = QMouseEvent(kind, place, globally, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.viewport(), event)


def test_tiles_have_three_sizes_that_are_remembered(qtbot, shown, build):
    showing, grid = shown.menus.showing, shown.found.grid
    widths = []
    for action in (showing.smaller, showing.larger, showing.larger):
        action.trigger()
        widths.append(grid.cell().width())
    assert widths == sorted(set(widths))
    assert shown.chosen.now.tile_size == STEPS[-1]
    assert not showing.larger.isEnabled()
    assert not shown.controls.larger.isEnabled()


def test_list_or_grid_is_remembered(shown, build):
    shown.menus.showing.list.trigger()
    assert shown.controls.list.isChecked()
    shown.close()
    assert build().found.shows_list()


def test_what_is_chosen_stays_so_between_grid_and_list(qtbot, shown):
    shown.found.choose(1)
    shown.found.view().setFocus()
    qtbot.keyClick(shown.found.view(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown.found.shows_list()
    assert shown.found.view().hasFocus()
    assert shown.found.hit().path == Path("/b/dog.jpg")
    qtbot.keyClick(shown.found.view(), Qt.Key.Key_Up)
    assert shown.found.hit().path.name == "cats at home.mp4"
    shown.menus.showing.grid.trigger()
    assert shown.found.hit().path.name == "cats at home.mp4"


@pytest.mark.parametrize("as_list", [False, True])
def test_a_press_on_a_moment_chooses_it(qtbot, shown, as_list):
    if as_list:
        shown.menus.showing.list.trigger()
    else:
        shown.menus.showing.larger.trigger()
    view = shown.found.view()
    cell = view.visualRect(shown.found.results.index(0, Column.MOMENT if as_list else 0))
    places = [
        QPoint(x, y)
        for y in range(cell.top(), cell.bottom(), 4)
        for x in range(cell.left(), cell.right(), 4)
    ]
    found = {view.span_at(at): at for at in places}
    assert set(found) == {None, *SPANS}
    assert found[SPANS[1]].x() < found[SPANS[0]].x() < found[SPANS[2]].x()  # in order of time
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=found[SPANS[2]])
    assert shown.found.hit().span == SPANS[2]
    assert set(shown.found.hit().moments) == set(SPANS[:2])
    assert shown.preview.hit().span == SPANS[2]


def test_keys_go_through_the_moments_in_order_of_time(qtbot, shown):
    shown.found.choose(0)
    shown.found.view().setFocus()
    on = [Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left]
    starts = []
    for key in on:
        qtbot.keyClick(shown.found.view(), key, Qt.KeyboardModifier.ControlModifier)
        starts.append(shown.found.hit().span.start)
    assert starts == [95, 95, 42, 5, 5]


def test_moments_that_do_not_fit_are_counted(qtbot):
    many = tuple(Span(Unit.SECONDS, n * 60, n * 60 + 1) for n in range(12))
    for mirrored in (False, True):
        box = QRect(0, 0, 200, 22)
        made = moments.chips(many, box, QFont(), mirrored)
        assert made[-1].text == f"+{12 - len(made) + 1}"
        assert all(box.contains(chip.rect) for chip in made)
    assert moments.chips(many[:1], QRect(0, 0, 200, 22), QFont(), False) == []


def test_the_mouse_moves_through_a_film_and_leaves_its_poster(qtbot, shown, film):
    grid = shown.found.grid
    index = shown.found.results.index(0, 0)
    box = grid.itemDelegate().picture_in(grid.visualRect(index))
    poster = seen(grid).pixelColor(box.center())
    move(grid, QPoint(box.left() + 10, box.center().y()))
    qtbot.waitUntil(shown.found.scrub.is_shown)
    assert seen(grid).pixelColor(box.left() + 60, box.center().y()).red() > 200
    move(grid, QPoint(box.right() - 10, box.center().y()))
    assert seen(grid).pixelColor(box.left() + 60, box.center().y()).blue() > 200
    assert shown.found.scrub.time_of(film) > 90
    help_event = QHelpEvent(QEvent.Type.ToolTip, box.center(), grid.mapToGlobal(box.center()))
    QApplication.sendEvent(grid.viewport(), help_event)
    assert QToolTip.text() == ""
    move(grid, QPoint(grid.viewport().width() - 1, grid.viewport().height() - 1))
    assert not shown.found.scrub.is_shown()
    assert seen(grid).pixelColor(box.center()) == poster


def test_a_mouse_that_passes_loads_no_frames(qtbot, shown, library):
    grid = shown.found.grid
    boxes = [
        grid.itemDelegate().picture_in(grid.visualRect(shown.found.results.index(row, 0)))
        for row in (0, 1)
    ]
    before = len(library.previewed)
    for box in boxes:
        move(grid, box.center())
    qtbot.wait(300)
    assert len(library.previewed) == before


def test_a_film_without_frames_keeps_its_poster(qtbot, shown, library, film):
    library.previews[film.path] = Preview(peaks=(0.5,))
    grid = shown.found.grid
    box = grid.itemDelegate().picture_in(grid.visualRect(shown.found.results.index(0, 0)))
    before = len(library.previewed)
    move(grid, box.center())
    qtbot.waitUntil(lambda: len(library.previewed) > before)
    qtbot.wait(50)
    assert not shown.found.scrub.is_shown()


def test_letters_typed_among_results_go_on_with_the_question(qtbot, shown):
    for a_list in (False, True):
        shown.found.show_list(a_list)
        shown.found.choose(0)
        shown.found.view().setFocus()
        qtbot.keyClicks(shown.found.view(), "s")
        assert shown.search_box.line.hasFocus()
    assert shown.search_box.line.text() == "catss"


def test_escape_leads_back_to_the_search(qtbot, shown):
    shown.found.choose(0)
    shown.found.view().setFocus()
    qtbot.keyClick(shown.found.view(), Qt.Key.Key_Escape)
    assert shown.search_box.line.hasFocus()
    assert shown.search_box.line.text() == "cat"


def test_the_words_of_the_question_are_marked(qtbot):
    image = QImage(300, 30, QImage.Format.Format_RGB32)

    def marked(terms: tuple[str, ...]) -> int:
        image.fill(QColor("white"))
        with QPainter(image) as painter:
            painting.line(painter, image.rect(), "two cats & a dog", "#000000", terms=terms)
        mark = QColor(tones().mark).rgb()
        return sum(
            image.pixel(x, y) == mark for x in range(image.width()) for y in range(image.height())
        )

    assert marked(()) == 0
    assert 0 < marked(("cat",)) < marked(("cat", "dog"))
    assert saying.marked("two cats & a dog", ("cat",)) == "two <b>cats</b> &amp; a dog"


def test_a_long_reason_begins_where_it_matches():
    text = "Before you begin, look at how much of the disk is left and what fills it"
    (hit,) = hits(Path("/a/b.odt"), why=(Why(Source.TEXT, text),))
    assert saying.why(hit, ("disk",)) == "Its text: …much of the disk is left and what fills it"
    assert saying.why(hit, ("begin",)) == f"Its text: {text}"
    assert saying.why(hit, ()) == f"Its text: {text}"


def test_a_tooltip_tells_all_and_trusts_no_name(film):
    (hit,) = hits(
        Path("/a/<b>x.mp4"),
        span=SPANS[0],
        moments=SPANS[1:],
        why=film.why,
        offline=True,
        copies=tuple(Path(f"/c/{n}.mp4") for n in range(7)),
        found_by=frozenset(Finder),
    )
    said = saying.tooltip(hit, ("cat",))
    for part in (
        "&lt;b&gt;x.mp4",
        "Connect the drive that holds /a.",
        "Words heard: two <b>cats</b> play",
        "Moments: 0:05, 0:42, 1:35",
        "Found by this device + Amazon Nova",
        "Also /c/0.mp4",
        "and 2 more",
    ):
        assert part in said, part


@pytest.mark.parametrize("size", STEPS)
def test_badges_tell_what_there_is_to_know_in_every_size(qtbot, shown, size):
    (hit,) = hits(
        Path("/a/x.mp4"),
        modality=Modality.VIDEO,
        duration_s=30.0,
        offline=True,
        copies=(Path("/c/x.mp4"),),
        found_by=frozenset({Finder.CLOUD}),
    )
    (plain,) = hits(Path("/a/y.mp4"), modality=Modality.VIDEO)
    shown.chosen.change(tile_size=size)
    shown.found.show_answer(Answer((hit, plain), 0.0))
    qtbot.waitUntil(shown.found.settled)
    grid = shown.found.grid
    image = seen(grid)
    dark = []
    for row in (0, 1):
        box = grid.itemDelegate().picture_in(grid.visualRect(shown.found.results.index(row, 0)))
        top = QRect(box.left(), box.top(), box.width(), 30)
        dark.append(
            sum(
                image.pixelColor(x, y).lightness() < 120
                for x in range(top.left(), top.right(), 2)
                for y in range(top.top(), top.bottom(), 2)
            )
        )
    assert dark[0] > dark[1] + 50


def test_a_date_that_was_misread_is_not_shown():
    assert saying.day(1e300) == ""
    assert saying.day(0.0).endswith("1970")


def test_a_row_of_the_list_speaks_as_a_whole(qtbot, shown):
    shown.menus.showing.list.trigger()
    index = shown.found.results.index(0, Column.NAME)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "cats at home.mp4, Video, 0:42 · Words heard: two cats play"
    header = [shown.found.results.headerData(n, Qt.Orientation.Horizontal) for n in Column]
    assert header == ["Name", "Moment", "Kind", "Date", "Length", "Folder", "Why it matched"]
