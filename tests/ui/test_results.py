"""The grid: virtual, by keyboard, with previews of what is visible only."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QModelIndex, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem

from nova_desktop.errors import BadInput
from nova_desktop.model import Modality, Preview, Source, Span, Unit
from nova_desktop.query import Answer, Why
from nova_desktop.ui import desktop
from nova_desktop.ui.results.files import url_of
from nova_desktop.ui.results.model import Results
from nova_desktop.ui.results.thumbnails import SIZE, Thumbnails
from tests.ui.fake_library import hits


def jpeg(color: int = 0xFFFF0000, width: int = 64, height: int = 48) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(color)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 95)
    return bytes(buffer.data().data())


@pytest.fixture
def many(window, library, search):
    """10,000 results, shown."""
    library.answer = Answer(hits(*(Path(f"/a/{n}.jpg") for n in range(10_000))), 0.02)
    search(window, "cat")
    return window


def test_the_model_keeps_qts_rules(qtbot):
    model = Results()
    tester = QAbstractItemModelTester(model)
    model.show(Answer(hits(*(Path(f"/a/{n}.jpg") for n in range(9))), 0.0))
    assert model.rowCount() == 9
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None
    model.show(Answer((), 0.0))
    assert model.rowCount() == 0
    assert tester.model() is model


def test_a_result_speaks_its_name_kind_and_reason(qtbot):
    model = Results()
    model.show(Answer(hits(Path("/a/cat.jpg"), why=(Why(Source.TAGS, "cat"),)), 0.0))
    index = model.index(0, 0)
    spoken = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "cat.jpg, Photo, Recognised: cat"
    assert "/a/cat.jpg" in model.data(index, Qt.ItemDataRole.ToolTipRole)


def test_previews_are_loaded_for_visible_rows_only(qtbot, many, library):
    qtbot.waitUntil(lambda: many.found.thumbnails.settled(many.found.visible_hits()))
    seen = {int(path.stem) for path in library.previewed}
    assert 6 <= len(seen) < 60
    assert seen == set(many.found.grid.visible_rows())
    many.found.grid.scrollToBottom()
    qtbot.waitUntil(lambda: 9999 in {int(path.stem) for path in library.previewed})
    qtbot.waitUntil(lambda: many.found.thumbnails.settled(many.found.visible_hits()))
    assert len(library.previewed) < 120


def test_the_visible_rows_are_those_that_qt_paints(qtbot, many):
    many.found.grid.verticalScrollBar().setValue(many.found.grid.verticalScrollBar().maximum() // 3)
    viewport = many.found.grid.viewport().rect()
    rows = many.found.grid.visible_rows()
    around = range(max(0, rows.start - 40), rows.stop + 40)
    painted = {
        row
        for row in around
        if many.found.grid.visualRect(many.found.results.index(row, 0)).intersects(viewport)
    }
    assert painted <= set(rows)
    assert len(painted) > 5


def test_the_tiles_fill_the_width_at_every_size(qtbot, many):
    for width in (900, 1280, 1700, 2300):
        many.resize(width, 800)
        qtbot.wait(10)
        cell, room = many.found.grid.cell().width(), many.found.grid.viewport().width()
        assert 0 <= room - room // cell * cell <= room // cell + 1
        first, second = (
            many.found.grid.visualRect(many.found.results.index(row, 0)) for row in (0, 1)
        )
        assert second.left() - first.left() in (0, cell)


def test_what_is_scrolled_away_before_it_was_loaded_is_given_up(qtbot, window, library):
    library.preview_gate = threading.Event()
    library.answer = Answer(hits(*(Path(f"/a/{n}.jpg") for n in range(1000))), 0.02)
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: len(library.previewed) == 3)  # as many as the pool takes
    window.found.grid.scrollToBottom()
    qtbot.wait(80)
    library.preview_gate.set()
    qtbot.waitUntil(lambda: window.found.thumbnails.settled(window.found.visible_hits()))
    assert {int(path.stem) for path in library.previewed[3:]} == set(
        window.found.grid.visible_rows()
    )


def test_the_cache_forgets_the_oldest_and_stays_bounded(qtbot, library):
    one = SIZE.width() * SIZE.height() * 4
    thumbnails = Thumbnails(cache_bytes=3 * one)
    thumbnails.use(library)
    found = hits(*(Path(f"/a/{n}.jpg") for n in range(6)))
    library.previews = {hit.path: Preview(jpeg()) for hit in found}
    for hit in found:
        thumbnails.want([hit])
        qtbot.waitUntil(lambda hit=hit: thumbnails.settled([hit]))
    assert not thumbnails.settled(found[:1])
    assert thumbnails.settled(found[-2:])
    assert thumbnails._kept_bytes <= 3 * one
    thumbnails.close()


@pytest.mark.parametrize(
    ("modality", "preview"),
    [
        (Modality.IMAGE, Preview(jpeg())),
        (Modality.IMAGE, Preview(jpeg(width=400, height=20))),
        (Modality.AUDIO, Preview(peaks=(0.1, 1.0, 0.4))),
        (Modality.TEXT, Preview(text="a passage " * 50)),
        (Modality.DOCUMENT, Preview(b"not a picture")),
        (Modality.VIDEO, BadInput("It is damaged.")),
    ],
)
def test_every_kind_of_preview_is_painted(qtbot, window, library, modality, preview):
    library.previews[Path("/a/b")] = preview
    (hit,) = hits(Path("/a/b"), modality=modality, span=Span(Unit.SECONDS, 42, 44), offline=True)
    window.found.thumbnails.use(library)
    window.found.show_answer(Answer((hit,), 0.0))
    window.found.thumbnails.want([hit])
    qtbot.waitUntil(lambda: window.found.thumbnails.settled([hit]))
    image = QImage(220, 220, QImage.Format.Format_ARGB32)
    image.fill(0)
    option = QStyleOptionViewItem()
    option.initFrom(window.found.grid)
    option.rect = QRect(0, 0, 220, 220)
    painter = QPainter(image)
    window.found.grid.itemDelegate().paint(painter, option, window.found.results.index(0, 0))
    painter.end()
    middle = image.pixelColor(110, 70)
    assert middle.alpha() > 0
    if preview.__class__ is Preview and preview.jpeg[:2] == b"\xff\xd8":
        assert middle.red() > middle.blue()


def test_the_grid_works_by_keyboard_alone(qtbot, many, library, monkeypatch):
    opened = []
    monkeypatch.setattr(desktop, "open_file", opened.append)
    qtbot.keyClick(many.search_box.line, Qt.Key.Key_Down)
    assert many.found.hit().path.name == "0.jpg"
    qtbot.keyClick(many.found.grid, Qt.Key.Key_Right)
    assert many.found.hit().path.name == "1.jpg"
    qtbot.keyClick(many.found.grid, Qt.Key.Key_Down)
    across = many.found.grid.viewport().width() // many.found.grid.cell().width()
    assert many.found.hit().path.name == f"{1 + across}.jpg"
    qtbot.keyClick(many.found.grid, Qt.Key.Key_Home)
    qtbot.keyClick(many.found.grid, Qt.Key.Key_Return)
    assert opened == [Path("/a/0.jpg")]
    qtbot.keyClick(many.found.grid, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: many.found.hit() is not None)  # its page comes
    assert many.found.hit().path.name == "9999.jpg"
    assert many.found.grid.currentIndex().row() in many.found.grid.visible_rows()


def test_the_preview_is_shown_and_hidden_by_its_menu(many):
    many.found.choose(0)
    assert many.preview.isVisible()
    many.menus.preview.trigger()
    assert not many.preview.isVisible()
    many.menus.preview.trigger()
    assert many.preview.isVisible()
    assert many.preview.hit() == many.found.hit()


def test_the_path_is_copied(qtbot, many):
    many.found.choose(2)
    many.menus.results.copy_path.trigger()
    assert QGuiApplication.clipboard().text() == "/a/2.jpg"


def test_a_file_can_be_dragged_out_also_with_an_odd_name(qtbot, window):
    found = hits(Path("/a/b c#d.jpg"))
    window.found.show_answer(Answer(found, 0.0))
    mime = window.found.results.mimeData([window.found.results.index(0, 0)])
    assert mime.urls()[0].toLocalFile() == "/a/b c#d.jpg"
    assert url_of(hits(Path("/a/\udcff.jpg"))[0]).toEncoded().data() == b"file:///a/%FF.jpg"


def test_a_file_that_is_gone_is_not_opened_and_the_window_says_so(qtbot, many):
    many.found.choose(0)
    many.menus.results.open.trigger()
    assert "0.jpg is not there now" in many.notice.label.text()


def test_actions_on_a_result_wait_for_one(qtbot, many):
    assert not any(action.isEnabled() for action in many.menus.of_result())
    many.found.choose(0)
    assert all(action.isEnabled() for action in many.menus.of_result())
