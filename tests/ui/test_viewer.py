"""The viewer: fills the window, goes through results by keys, and leads back to the same place."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication

from nova_desktop.closeup import Box, Details, Excerpt, Told
from nova_desktop.errors import BadInput
from nova_desktop.model import Info, Modality, Preview, Source, Span, Unit
from nova_desktop.query import Answer, Why
from nova_desktop.ui.preview.viewer import Viewer
from nova_desktop.ui.results.verbs import ResultVerbs
from tests.ui.fake_library import FakeLibrary, hits
from tests.ui.test_results import jpeg

SPACE, ESC = Qt.Key.Key_Space, Qt.Key.Key_Escape


@pytest.fixture
def found(qtbot, window, library):
    """Three pictures that answer, the first one chosen, with the focus in the grid."""
    paths = [Path(f"/a/{name}.jpg") for name in ("red", "green", "blue")]
    for path, color in zip(paths, (0xFFFF0000, 0xFF00FF00, 0xFF0000FF), strict=True):
        library.previews[path] = Preview(jpeg(color, 400, 300))
    library.answer = Answer(hits(*paths), 0.02)
    window.search_box.line.setText("golden goose")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.found)
    window.found.choose(0)
    window.found.grid.setFocus()
    return window


@pytest.fixture
def view(qtbot, window, library):
    """Opens the viewer on some hits, and waits until the first is shown."""

    def view(*shown, row: int = 0) -> Viewer:
        library.answer = Answer(shown, 0.02)
        window.search_box.line.setText("golden goose")
        qtbot.waitUntil(lambda: len(window.found.results.hits) == len(shown))
        window.found.choose(row)
        window.showing.view(shown[row])
        viewer = window.showing.viewer
        qtbot.waitUntil(lambda: viewer.stage.loads.settled())
        return viewer

    return view


def shown_color(viewer: Viewer) -> str:
    image = viewer.canvas.grab().toImage()
    color = image.pixelColor(image.width() // 2, image.height() // 2)
    red, green, blue = color.red(), color.green(), color.blue()
    if max(red, green, blue) < 100:
        return "nothing"
    return {red: "red", green: "green", blue: "blue"}[max(red, green, blue)]


def test_space_fills_the_window_and_space_leads_back(qtbot, found):
    place = found.found.grid.verticalScrollBar().value()
    qtbot.keyClick(found.found.grid, SPACE)
    viewer = found.showing.viewer
    assert viewer.isVisible()
    assert viewer.geometry() == found.rect()
    assert viewer.hasFocus()
    qtbot.waitUntil(lambda: shown_color(viewer) == "red")
    assert viewer.bar.name.text() == "red.jpg"
    assert viewer.bar.count.text() == "1 of 3"
    assert viewer.bar.about.text().startswith("Photo · ")
    assert viewer.bar.about.text().endswith(" · /a")
    qtbot.keyClick(viewer, SPACE)
    assert not viewer.isVisible()
    assert found.found.grid.hasFocus()
    assert found.found.hit().path.name == "red.jpg"
    assert found.found.grid.verticalScrollBar().value() == place


def test_a_double_click_opens_it_and_escape_closes_it(qtbot, found):
    grid = found.found.grid
    middle = grid.visualRect(grid.results.index(1, 0)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    viewer = found.showing.viewer
    assert viewer.hit().path.name == "green.jpg"
    qtbot.keyClick(viewer, ESC)
    assert not viewer.isVisible()
    assert found.search_box.line.text() == "golden goose"


@pytest.mark.parametrize(
    ("back", "on"), [(Qt.Key.Key_J, Qt.Key.Key_K), (Qt.Key.Key_Left, Qt.Key.Key_Right)]
)
def test_keys_go_through_the_results_and_the_grid_follows(qtbot, found, back, on):
    qtbot.keyClick(found.found.grid, SPACE)
    viewer = found.showing.viewer
    qtbot.keyClick(viewer, back)
    assert viewer.hit().path.name == "red.jpg"  # nothing is before the first
    qtbot.keyClick(viewer, on)
    qtbot.keyClick(viewer, on, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(viewer, on)
    assert viewer.hit().path.name == "blue.jpg"
    assert not viewer.bar.after.isEnabled()
    qtbot.waitUntil(lambda: shown_color(viewer) == "blue")
    qtbot.keyClick(viewer, back)
    qtbot.waitUntil(lambda: shown_color(viewer) == "green")
    qtbot.keyClick(viewer, ESC)
    assert found.found.hit().path.name == "green.jpg"
    assert found.preview.hit().path.name == "green.jpg"


def test_the_next_picture_is_made_ready_meanwhile(qtbot, found, library):
    qtbot.waitUntil(found.found.settled)
    library.previewed.clear()
    qtbot.keyClick(found.found.grid, SPACE)
    qtbot.waitUntil(lambda: Path("/a/green.jpg") in library.previewed)
    viewer = found.showing.viewer
    assert viewer.hit().path.name == "red.jpg"
    library.previewed.clear()
    viewer.close_viewer()
    qtbot.wait(400)
    assert Path("/a/green.jpg") not in library.previewed


def test_only_the_newest_result_is_shown_however_slow_the_others_are(qtbot, found, library):
    found.found.choose(2)
    qtbot.keyClick(found.found.grid, SPACE)
    viewer = found.showing.viewer
    qtbot.waitUntil(lambda: shown_color(viewer) == "blue" and viewer.stage.loads.settled())
    library.previewed.clear()
    library.preview_gate = threading.Event()
    qtbot.keyClick(viewer, Qt.Key.Key_J)  # back, as only what comes after is made ready beforehand
    qtbot.waitUntil(lambda: Path("/a/green.jpg") in library.previewed)
    qtbot.keyClick(viewer, Qt.Key.Key_J)
    library.preview_gate.set()
    qtbot.waitUntil(lambda: shown_color(viewer) == "red")
    qtbot.wait(50)
    assert shown_color(viewer) == "red"


def test_it_stays_over_the_whole_window_when_that_is_resized(qtbot, found):
    qtbot.keyClick(found.found.grid, SPACE)
    found.resize(900, 700)
    qtbot.waitUntil(lambda: found.showing.viewer.geometry() == found.rect())


def test_f_takes_the_whole_screen_and_escape_gives_it_back_first(qtbot, found):
    qtbot.keyClick(found.found.grid, SPACE)
    viewer = found.showing.viewer
    qtbot.keyClick(viewer, Qt.Key.Key_F)
    qtbot.waitUntil(found.isFullScreen)
    qtbot.keyClick(viewer, ESC)
    qtbot.waitUntil(lambda: not found.isFullScreen())
    assert viewer.isVisible()
    qtbot.keyClick(viewer, Qt.Key.Key_F11)
    qtbot.waitUntil(found.isFullScreen)
    qtbot.keyClick(viewer, SPACE)
    qtbot.waitUntil(lambda: not found.isFullScreen())
    assert not viewer.isVisible()


def test_tab_stays_within_the_viewer_and_reaches_every_button(qtbot, found):
    qtbot.keyClick(found.found.grid, SPACE)
    viewer = found.showing.viewer
    qtbot.waitUntil(viewer.zoom.larger.isVisible)
    reached = set()
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is viewer or viewer.isAncestorOf(now)
        assert now.accessibleName(), now
        reached.add(now)
    bar = viewer.bar
    assert {bar.back, bar.after, bar.info, bar.whole, viewer.zoom.larger} <= reached


def test_what_is_asked_for_outside_closes_it(qtbot, found):
    qtbot.keyClick(found.found.grid, SPACE)
    found.menus.find.trigger()
    assert not found.showing.is_open()
    assert found.search_box.line.hasFocus()


def test_enter_opens_in_its_own_program_and_similar_goes_back_to_search(qtbot, found, monkeypatch):
    opened = []
    monkeypatch.setattr("nova_desktop.ui.desktop.open_file", lambda path, *_: opened.append(path))
    qtbot.keyClick(found.found.grid, SPACE)
    viewer = found.showing.viewer
    qtbot.keyClick(viewer, Qt.Key.Key_Return)
    assert opened == [Path("/a/red.jpg")]
    qtbot.keyClick(viewer, Qt.Key.Key_I)
    qtbot.mouseClick(viewer.panel.alike, Qt.MouseButton.LeftButton)
    assert not viewer.isVisible()
    assert [part.path for part in found.search_box.asked().parts] == [Path("/a/red.jpg")]


def test_i_shows_all_that_is_known(qtbot, view, library):
    path = Path("/a/cat.jpg")
    info = Info(
        taken_s=1e9,
        taken_from="EXIF",
        camera="Kamera K1",
        latitude=48.8577,
        longitude=-2.295,
        width=4000,
        height=3000,
        title="A cat",
        rating=4,
        keywords=("cat", "sofa"),
    )
    library.known[path] = Details(
        path,
        Modality.IMAGE,
        info,
        size_bytes=3_200_000,
        folder=Path("/a"),
        copies=(Path("/b/cat.jpg"),),
        told=(Told(Source.TAGS, 1, "tabby, sofa"),),
        spaces=("basic-usem3-512-p1", "nova-x-1024-p1"),
    )
    viewer = view(*hits(path))
    qtbot.keyClick(viewer, Qt.Key.Key_I)
    assert viewer.panel.isVisible()
    said = " | ".join(
        label.text() for label in viewer.panel.facts.known.findChildren(type(viewer.bar.count))
    )
    for text in (
        "as the camera noted",
        "Kamera K1",
        "48.85770° N, 2.29500° W",
        "4000 × 3000 · 3.2 MB",
        "★★★★",
        "cat, sofa",
        "tabby, sofa",
        "/b",
        "this device, Amazon Nova",
    ):
        assert text in said
    qtbot.keyClick(viewer, Qt.Key.Key_I)
    assert not viewer.panel.isVisible()


def test_a_picture_is_zoomed_at_the_cursor_and_loaded_sharper(qtbot, view, library):
    path = Path("/a/large.jpg")
    library.known[path] = Details(path, Modality.IMAGE, Info(width=4000, height=3000))
    library.previews[path] = Preview(jpeg(width=1200, height=900))
    asked = []
    original = FakeLibrary.preview

    def preview(path, span, edge, frames=1):
        asked.append(edge)
        if edge > 1600:
            return Preview(jpeg(0xFF00FF00, 4000, 3000))
        return original(library, path, span, edge, frames)

    library.preview = preview
    viewer = view(*hits(path))
    canvas = viewer.canvas
    assert canvas.scale is None
    box = canvas.box()
    assert abs(box.height() - canvas.height()) < 2 or abs(box.width() - canvas.width()) < 2
    at = QPointF(canvas.width() * 0.5, canvas.height() * 0.25)  # within what is seen all along
    before = (at.y() - box.y()) / box.height()
    for _ in range(8):
        wheel(canvas, at, 120)
    box = canvas.box()
    assert (at.y() - box.y()) / box.height() == pytest.approx(before, abs=0.01)
    assert canvas.scale == pytest.approx(min(8.0, canvas.fitted() * 1.25**8), rel=0.01)
    qtbot.waitUntil(lambda: canvas.image.width() == 4000)
    assert max(asked) >= 4000
    assert shown_color(viewer) == "green"


def wheel(canvas, at: QPointF, turned: int) -> None:
    event = QWheelEvent(
        at,
        QPointF(canvas.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_keys_zoom_and_arrows_move_only_while_there_is_more_to_see(qtbot, view, library):
    paths = [Path("/a/large.jpg"), Path("/a/other.jpg")]
    library.previews[paths[0]] = Preview(jpeg(width=3000, height=2000))
    viewer = view(*hits(*paths))
    canvas = viewer.canvas
    qtbot.keyClick(viewer, "1")
    assert canvas.scale == 1.0
    assert viewer.zoom.scale.text() == "100 %"
    middle = canvas.box().x()
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert canvas.box().x() == pytest.approx(middle - 80)
    assert viewer.hit().path == paths[0]
    for _ in range(60):
        qtbot.keyClick(viewer, Qt.Key.Key_Left)
    assert canvas.box().x() == pytest.approx(0, abs=1)  # never beyond its edge
    qtbot.keyClick(viewer, "+")
    assert canvas.scale == pytest.approx(1.25)
    qtbot.keyClick(viewer, "-")
    qtbot.keyClick(viewer, "0")
    assert canvas.scale is None
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.hit().path == paths[1]


def test_a_picture_is_dragged_and_a_double_click_goes_in_and_out(qtbot, view, library):
    path = Path("/a/large.jpg")
    library.previews[path] = Preview(jpeg(width=3000, height=2000))
    canvas = view(*hits(path)).canvas
    at = QPoint(canvas.width() // 2, canvas.height() // 2)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert canvas.scale == 1.0
    before = canvas.box().topLeft()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(canvas, at + QPoint(-60, -40))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at + QPoint(-60, -40))
    moved = canvas.box().topLeft() - before
    assert (moved.x(), moved.y()) == (pytest.approx(-60), pytest.approx(-40))
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert canvas.scale is None


def test_a_small_picture_is_not_blown_up(view, library):
    path = Path("/a/icon.png")
    library.previews[path] = Preview(jpeg(width=64, height=48))
    canvas = view(*hits(path)).canvas
    assert canvas.box().width() == pytest.approx(64)
    assert canvas.box().center().x() == pytest.approx(canvas.width() / 2)


class Lazy:
    """Results of which only the first is loaded."""

    def __init__(self, hits):
        self.hits, self.loaded, self.thrown = list(hits), 1, set()

    def count(self):
        return len(self.hits)

    def hit(self, row):
        return self.hits[row] if row < self.loaded else None

    def row_of(self, hit):
        return self.hits.index(hit) if hit in self.hits else None

    def gone(self, hit):
        return "in the trash" if hit.path in self.thrown else ""


def test_a_result_that_is_not_loaded_is_shown_once_it_is(qtbot, view):
    viewer = view(*hits(Path("/a/red.jpg")))
    rows = Lazy(hits(Path("/a/red.jpg"), Path("/a/green.jpg"), Path("/a/blue.jpg")))
    viewer.open(rows, 0, None)
    assert viewer.bar.count.text() == "1 of 3"
    with qtbot.waitSignal(viewer.lacking) as lacking:
        qtbot.keyClick(viewer, Qt.Key.Key_K)
    assert lacking.args == [1]
    assert viewer.hit().path.name == "red.jpg"
    rows.loaded = 3
    viewer.renew()
    assert viewer.hit().path.name == "green.jpg"
    rows.hits.insert(0, hits(Path("/a/new.jpg"))[0])  # a fresh answer has it elsewhere
    rows.loaded = 4
    viewer.renew()
    assert viewer.bar.count.text() == "3 of 4"
    assert viewer.hit().path.name == "green.jpg"


def test_what_is_thrown_away_gives_way_to_the_next(qtbot, view, monkeypatch):
    monkeypatch.setattr(ResultVerbs, "throw_away", lambda *_: None)
    viewer = view(*hits(Path("/a/red.jpg")))
    rows = Lazy(hits(Path("/a/red.jpg"), Path("/a/green.jpg")))
    rows.loaded = 2
    viewer.open(rows, 0, None)
    with qtbot.waitSignal(viewer.thrown):
        qtbot.keyClick(viewer, Qt.Key.Key_Delete)
    rows.thrown.add(Path("/a/red.jpg"))
    viewer.renew()
    assert viewer.bar.said.isVisible()
    assert viewer.bar.said.text() == "red.jpg: in the trash. Ctrl+Z undoes it."
    assert viewer.hit().path.name == "green.jpg"
    rows.hits[1:] = hits(Path("/a/of another page.jpg"))
    viewer.renew()
    assert viewer.hit().path.name == "green.jpg"  # it is only not loaded
    rows.hits.clear()
    viewer.renew()
    assert not viewer.isVisible()


def test_keys_lead_on_from_within_a_passage(qtbot, view, library):
    paths = [Path("/a/one.txt"), Path("/a/two.txt")]
    for path in paths:
        library.excerpts[path] = Excerpt("words\n" * 500)
    viewer = view(*hits(*paths, modality=Modality.TEXT))
    passage = viewer.stage.passage
    passage.setFocus()
    qtbot.keyClick(passage, Qt.Key.Key_PageDown)
    assert passage.verticalScrollBar().value() > 0
    qtbot.keyClick(passage, Qt.Key.Key_K)
    assert viewer.hit().path == paths[1]
    qtbot.keyClick(passage, Qt.Key.Key_Left)
    assert viewer.hit().path == paths[0]
    qtbot.keyClick(passage, SPACE)
    assert not viewer.isVisible()


def page_hit(path: Path, number: int = 2, moments=()):
    (hit,) = hits(
        path,
        modality=Modality.DOCUMENT,
        span=Span(Unit.PAGE, number, number),
        moments=moments,
        why=(Why(Source.TEXT, "the golden goose lays…"),),
    )
    return hit


def test_what_matched_is_marked_on_the_page(qtbot, view, library):
    path = Path("/a/b.pdf")
    library.previews[path] = Preview(jpeg(0xFFFFFFFF, 700, 1000), text="words")
    library.known[path] = Details(path, Modality.DOCUMENT, Info(pages=5))
    library.boxes[path] = (Box(0.1, 0.1, 0.9, 0.2, 0), Box(0.3, 0.1, 0.4, 0.2, 1))
    viewer = view(page_hit(path))
    asked = [call for call in library.calls if call[0] == "marks"][-1]
    assert asked[2:] == (Span(Unit.PAGE, 2, 2), ("the golden goose lays…", "golden", "goose"))
    image, box = viewer.canvas.grab().toImage(), viewer.canvas.box()

    def color_at(across: float, down: float) -> QColor:
        ratio = image.devicePixelRatio()
        x, y = box.x() + across * box.width(), box.y() + down * box.height()
        return image.pixelColor(round(x * ratio), round(y * ratio))

    assert color_at(0.5, 0.5).blue() > 240  # paper
    passage, word = color_at(0.7, 0.15), color_at(0.35, 0.15)
    assert passage.blue() < 230
    assert word.blue() < passage.blue()
    assert viewer.zoom.page.text() == "Page 2 of 5"


def test_pages_are_turned_within_the_document(qtbot, view, library):
    path = Path("/a/b.pdf")
    library.previews[path] = Preview(jpeg(0xFFFFFFFF, 700, 1000))
    library.known[path] = Details(path, Modality.DOCUMENT, Info(pages=3))
    viewer = view(page_hit(path))
    qtbot.keyClick(viewer, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: viewer.zoom.page.text() == "Page 3 of 3")
    assert not viewer.zoom.after.isEnabled()
    qtbot.keyClick(viewer, Qt.Key.Key_PageDown)
    assert viewer.stage.page() == 3
    qtbot.mouseClick(viewer.zoom.before, Qt.MouseButton.LeftButton)
    assert viewer.stage.page() == 2
    qtbot.waitUntil(lambda: viewer.stage.loads.settled())
    wheel(viewer.canvas, QPointF(9, 9), 120)
    assert viewer.stage.page() == 1


def test_up_and_down_go_through_the_moments(qtbot, view, library):
    path = Path("/a/b.pdf")
    library.previews[path] = Preview(jpeg(0xFFFFFFFF, 700, 1000))
    library.known[path] = Details(path, Modality.DOCUMENT, Info(pages=9))
    moments = (Span(Unit.PAGE, 7, 7), Span(Unit.PAGE, 2, 2))
    viewer = view(page_hit(path, 4, moments))
    qtbot.keyClick(viewer, Qt.Key.Key_Down)
    assert viewer.stage.page() == 7
    for _ in range(2):
        qtbot.keyClick(viewer, Qt.Key.Key_Up)
    assert viewer.stage.page() == 2
    assert viewer.panel.facts.moments.currentItem().text() == "Page 2"


def test_a_passage_is_shown_in_its_text_and_scrolled_to(qtbot, view, library):
    path = Path("/a/note.txt")
    before, passage = "filler 😀 words\n" * 400, "The golden goose is here."
    text = f"{before}{passage}\nand so on"
    library.excerpts[path] = Excerpt(
        text, len(before), len(before) + len(passage), before=True, after=True
    )
    (hit,) = hits(path, modality=Modality.TEXT, span=Span(Unit.CHARACTERS, 9000, 9025))
    viewer = view(hit)
    shown = viewer.stage.passage
    assert shown.isVisible()
    assert not viewer.canvas.isVisible()
    marked = [selection.cursor.selectedText() for selection in shown.extraSelections()]
    assert marked == [passage, "golden", "goose"]
    cursor = QTextCursor(shown.document())
    cursor.setPosition(shown.toPlainText().index(passage) + 400)  # 400 characters of two units
    rect = shown.cursorRect(cursor)
    assert 0 <= rect.top() < shown.viewport().height()
    assert shown.toPlainText().startswith("… the text begins before this")


def test_what_is_offline_says_what_to_connect_and_shows_what_was_kept(view, library):
    path = Path("/usb/a.mp4")
    library.previews[path] = Preview(jpeg(0xFF00FF00))
    library.known[path] = Details(path, Modality.VIDEO, Info(), folder=Path("/usb"), offline=True)
    (hit,) = hits(path, modality=Modality.VIDEO, span=Span(Unit.SECONDS, 4, 5), offline=True)
    viewer = view(hit)
    assert shown_color(viewer) == "green"
    assert "/usb is not connected" in viewer.stage.note.text()
    assert viewer.stage.note.isVisible()
    assert not viewer.stage.plays()


def test_what_can_t_be_shown_says_why_in_its_place(view, library):
    path = Path("/a/b.jpg")
    library.previews[path] = BadInput("The picture is truncated. Copy it again.")
    viewer = view(*hits(path))
    assert viewer.stage.trouble.isVisible()
    assert viewer.stage.trouble.text() == "The picture is truncated. Copy it again."
    assert shown_color(viewer) != "red"


def test_pixels_are_let_go_of_when_it_closes(qtbot, found):
    qtbot.keyClick(found.found.grid, SPACE)
    viewer = found.showing.viewer
    qtbot.waitUntil(lambda: not viewer.canvas.image.isNull())
    qtbot.keyClick(viewer, ESC)
    assert viewer.canvas.image.isNull()
    assert isinstance(found.grab().toImage(), QImage)


def test_what_is_painted_follows_a_window_from_right_to_left(qtbot, found):
    app = QApplication.instance()
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        qtbot.keyClick(found.found.grid, SPACE)
        viewer = found.showing.viewer
        assert viewer.bar.back.x() > viewer.bar.whole.x()
        qtbot.keyClick(viewer, Qt.Key.Key_Left)  # leads on, as the results do
        assert viewer.hit().path.name == "green.jpg"
        qtbot.keyClick(viewer, Qt.Key.Key_K)
        assert viewer.hit().path.name == "blue.jpg"
    finally:
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
