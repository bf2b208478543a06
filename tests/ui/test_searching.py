"""From a key press to results in the window."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage

from nova_desktop.errors import BadInput, TryLater
from nova_desktop.events import Idle, Indexed, Progress
from nova_desktop.model import Modality
from nova_desktop.query import Answer, Filters, Part, Query
from nova_desktop.ui import drops
from nova_desktop.ui.search.asking import FIRST, LIMIT, REST_MS
from nova_desktop.ui.search.chips import CHIPS
from tests.ui.fake_library import folder, hits


def shown(window) -> list[str]:
    return [hit.path.name for hit in window.found.results.hits]


def drop(window, mime: QMimeData) -> None:
    """As the desktop does it: over the results, where the window itself takes it."""
    at, action = QPoint(640, 400), Qt.DropAction.CopyAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, action, mime, button, none)
    QGuiApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert window.overlay.isVisible()
    QGuiApplication.sendEvent(window, QDropEvent(QPointF(at), action, mime, button, none))
    assert not window.overlay.isVisible()


def words(library) -> list[str]:
    """What was asked for by words, without the looks at everything."""
    return [query.parts[0].text for query in library.queries if query.parts]


def with_parts(library) -> list[Query]:
    return [query for query in library.queries if query.parts]


def part(path: str) -> Part:
    return Part(path=Path(path))


def urls(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


@pytest.fixture
def picture() -> QImage:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    return image


def test_typing_shows_results_without_pressing_enter(qtbot, window, library):
    library.answers["cat"] = Answer(hits(Path("/a/cat.jpg"), Path("/a/tom.jpg")), 0.02)
    qtbot.keyClicks(window.search_box.line, "cat")
    qtbot.waitUntil(lambda: shown(window) == ["cat.jpg", "tom.jpg"])
    assert window.pages.currentWidget() is window.found
    assert window.count.text() == "2 results · 0.02 s"
    assert words(library) == ["cat"]  # not "c" and "ca"


def test_what_was_typed_before_the_library_was_there_is_asked_then(qtbot, build, library):
    window = build()
    library.answers["cat"] = Answer(hits(Path("/a/cat.jpg")), 0.02)
    qtbot.keyClicks(window.search_box.line, "cat")
    window.open(lambda: library)
    qtbot.waitUntil(lambda: shown(window) == ["cat.jpg"])


def test_a_slow_answer_to_an_old_question_is_never_shown(qtbot, window, library):
    library.gates["old"] = threading.Event()
    library.answers = {
        "old": Answer(hits(Path("/a/old.jpg")), 1.0),
        "new": Answer(hits(Path("/a/new.jpg")), 1.0),
    }
    window.search_box.line.setText("old")
    qtbot.waitUntil(lambda: bool(with_parts(library)))
    window.search_box.line.setText("new")
    qtbot.waitUntil(lambda: shown(window) == ["new.jpg"])
    library.gates["old"].set()
    qtbot.wait(60)
    assert shown(window) == ["new.jpg"]


def test_a_search_that_takes_long_says_so(qtbot, window, library):
    library.gates["slow"] = threading.Event()
    window.search_box.line.setText("slow")
    qtbot.waitUntil(lambda: window.count.text() == "Searching…")
    library.gates["slow"].set()
    qtbot.waitUntil(lambda: window.count.text() != "Searching…")


def test_escape_clears_the_words_then_the_chips_then_the_filters(qtbot, window, library):
    library.answers["cat"] = Answer(hits(Path("/a/cat.jpg")), 0.02)
    window.search_box.add(part("/a/b.jpg"))
    window.search_box.line.setText("cat")
    window.kinds.choose(Modality.IMAGE)
    qtbot.waitUntil(lambda: shown(window) == ["cat.jpg"])
    qtbot.keyClick(window.search_box.line, Qt.Key.Key_Escape)
    assert window.search_box.chips() == ["b.jpg"]
    qtbot.keyClick(window.search_box.line, Qt.Key.Key_Escape)
    assert window.search_box.asked().parts == ()
    assert window.search_box.chips() == []
    assert window.filters.chosen().modalities == {Modality.IMAGE}
    qtbot.keyClick(window.search_box.line, Qt.Key.Key_Escape)
    assert window.filters.chosen() == Filters()
    qtbot.waitUntil(lambda: shown(window) == [])
    assert window.pages.currentWidget() is window.hint


def test_without_a_question_everything_is_shown(qtbot, build, library):
    library.answer = Answer(hits(Path("/a/cat.jpg"), Path("/a/dog.jpg")), 0.02)
    window = build()
    window.open(lambda: library)
    qtbot.waitUntil(lambda: shown(window) == ["cat.jpg", "dog.jpg"])
    assert library.queries[-1].parts == ()
    assert window.pages.currentWidget() is window.found


def test_filters_without_words_browse(qtbot, window, library):
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    window.search_box.line.setText("type:photo")
    qtbot.waitUntil(lambda: shown(window) == ["cat.jpg"])
    assert library.queries[-1].parts == ()
    assert library.queries[-1].filters.modalities == {Modality.IMAGE}


def test_what_is_chosen_and_what_is_typed_both_hold(qtbot, window, library):
    window.filters.choose_folder(Path("/pictures"))
    window.search_box.line.setText("cat type:video")
    qtbot.waitUntil(lambda: words(library) == ["cat"])
    assert library.queries[-1].filters.folders == (Path("/pictures"),)
    assert library.queries[-1].filters.modalities == {Modality.VIDEO}


def test_filters_that_can_t_both_hold_say_so_and_can_be_dropped(qtbot, window, library):
    window.kinds.choose(Modality.AUDIO)
    window.search_box.line.setText("cat type:video")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.nothing)
    assert "Nothing is both Sounds and Videos" in window.nothing.text.text()
    assert words(library) == []
    said = [button.text() for button in window.nothing.offers.buttons]
    assert said == ["Sounds", "type:video"]
    qtbot.mouseClick(window.nothing.offers.buttons[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: words(library) == ["cat"])
    assert window.search_box.line.text() == "cat"


def test_no_close_matches_is_an_answer_with_advice(qtbot, window, library):
    window.search_box.line.setText("unicorn")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.nothing)
    assert window.nothing.heading.text() == "No close matches"
    assert "Try other words" in window.nothing.text.text()
    assert window.nothing.button.isHidden()


def test_nothing_of_one_kind_offers_to_search_everything(qtbot, window, library):
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    window.kinds.choose(Modality.AUDIO)
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.nothing)
    assert library.queries[-1].filters.modalities == {Modality.AUDIO}
    qtbot.mouseClick(window.nothing.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(window) == ["cat.jpg"])
    assert library.queries[-1].filters.modalities == frozenset()


def test_the_chosen_folder_limits_the_search(qtbot, window, library):
    library.folders = [folder(Path("/pictures")), folder(Path("/videos"))]
    window.link.refresh()
    qtbot.waitUntil(lambda: window.folders.list.count() == 3)
    window.folders.list.setCurrentRow(2)
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: bool(with_parts(library)))
    assert library.queries[-1].filters.folders == (Path("/videos"),)


@pytest.mark.parametrize("error", [BadInput("It is damaged. Choose another."), TryLater("Wait.")])
def test_a_refused_question_shows_the_sentence_and_can_be_tried_again(
    qtbot, window, library, error
):
    library.answers["cat"] = error
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.trouble)
    assert window.trouble.text.text() == str(error)
    library.answers["cat"] = Answer(hits(Path("/a/cat.jpg")), 0.02)
    qtbot.mouseClick(window.trouble.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(window) == ["cat.jpg"])
    assert window.pages.currentWidget() is window.found


def test_a_note_on_what_limits_the_answer_is_shown_above_the_results(qtbot, window, library):
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02, "Sounds are not searched.")
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: window.found.note.isVisible())
    assert window.found.note.text() == "Sounds are not searched."


def test_when_indexing_ends_the_results_are_fresh_and_the_choice_stays(qtbot, window, library):
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: shown(window) == ["cat.jpg"])
    window.found.choose(0)
    library.answer = Answer(hits(Path("/a/better.jpg"), Path("/a/cat.jpg")), 0.02)
    library.tell(Progress(1, 2))
    library.tell(Idle())
    qtbot.waitUntil(lambda: shown(window) == ["better.jpg", "cat.jpg"])
    assert window.found.hit().path.name == "cat.jpg"


def test_what_is_indexed_meanwhile_is_found_before_indexing_ends(qtbot, window, library):
    window.search._fresh.setInterval(50)
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.nothing)
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    library.tell(Progress(1, 2))
    library.tell(Indexed(Path("/a/cat.jpg")))
    qtbot.waitUntil(lambda: shown(window) == ["cat.jpg"])


def test_a_slow_answer_is_not_asked_for_anew_while_files_are_indexed(qtbot, window, library):
    window.search._fresh.setInterval(10)
    gate = library.gates["cat"] = threading.Event()
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: words(library) == ["cat"])
    library.tell(Indexed(Path("/a/cat.jpg")))
    qtbot.wait(100)
    assert words(library) == ["cat"]
    gate.set()
    qtbot.waitUntil(lambda: words(library) == ["cat", "cat"])


def test_fresh_results_leave_the_place_and_what_is_shown(qtbot, window, library):
    many = [Path(f"/a/{number}.jpg") for number in range(200)]
    library.answer = Answer(hits(*many, taken_s=5.0), 0.02)
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: len(shown(window)) == 200)
    bar = window.found.grid.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 500)
    bar.setValue(400)
    library.answer = Answer(hits(*many, Path("/a/new.jpg"), taken_s=5.0), 0.02)
    library.tell(Idle())
    qtbot.waitUntil(lambda: len(shown(window)) == 201)
    assert bar.value() == 400
    with qtbot.waitSignal(window.preview.loaded):
        window.found.choose(3)
    library.answer = Answer(hits(*many, taken_s=5.0), 0.02)
    with qtbot.assertNotEmitted(window.preview.loaded, wait=100):
        library.tell(Idle())
        qtbot.waitUntil(lambda: len(shown(window)) == 200)
    assert window.found.hit().path == many[3]


def test_a_dropped_file_is_a_chip_and_is_searched_by(qtbot, window, library, tmp_path):
    lion = tmp_path / "a lion with a very long name that goes on and on.jpg"
    lion.write_bytes(b"x")
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    drop(window, urls(lion))
    qtbot.waitUntil(lambda: shown(window) == ["cat.jpg"])
    assert [part.path for part in library.queries[-1].parts] == [lion]
    (chip,) = window.search_box.parts
    assert chip.text() == lion.name
    assert chip.body.text().startswith("a lion")  # as much as there is room for
    assert chip.body.text().endswith(".jpg")
    qtbot.keyClicks(window.search_box.line, "at night")
    qtbot.waitUntil(lambda: len(library.queries[-1].parts) == 2)
    assert library.queries[-1].parts[1].text == "at night"


def test_a_chip_goes_by_its_button_and_by_backspace(qtbot, window):
    window.search_box.add(part("/a/1.jpg"), part("/a/2.jpg"))
    qtbot.keyClick(window.search_box.line, Qt.Key.Key_Backspace)
    assert window.search_box.chips() == ["1.jpg"]
    qtbot.mouseClick(window.search_box.parts[0].close_button, Qt.MouseButton.LeftButton)
    assert window.search_box.asked().parts == ()


def test_more_files_than_can_be_searched_by_are_left_out_and_that_is_said(window):
    window.search_box.add(*(part(f"/a/{n}.jpg") for n in range(CHIPS + 3)))
    assert len(window.search_box.chips()) == CHIPS
    assert window.notice.label.text().startswith("3 were left out")


def test_a_dropped_folder_is_added_to_the_library(qtbot, window, library, tmp_path):
    drop(window, urls(tmp_path))
    qtbot.waitUntil(lambda: ("add_folder", tmp_path) in library.calls)
    qtbot.waitUntil(lambda: window.folders.list.count() == 3)
    assert window.search_box.chips() == []


def test_a_folder_dropped_before_the_library_is_there_is_added_then(
    qtbot, build, library, tmp_path
):
    window = build()
    drop(window, urls(tmp_path))
    window.open(lambda: library)
    qtbot.waitUntil(lambda: ("add_folder", tmp_path) in library.calls)


def test_several_files_and_a_folder_dropped_at_once_are_chips_and_a_folder(
    qtbot, window, library, tmp_path
):
    (more := tmp_path / "more").mkdir()
    files = [tmp_path / name for name in ("lion.jpg", "roar.mp3", "notes.pdf")]
    for file in files:
        file.write_bytes(b"x")
    drop(window, urls(files[0], more, *files[1:]))
    assert window.search_box.chips() == ["lion.jpg", "roar.mp3", "notes.pdf"]
    qtbot.waitUntil(lambda: ("add_folder", more) in library.calls)
    qtbot.waitUntil(lambda: len(with_parts(library)) == 1)
    assert [part.path for part in library.queries[-1].parts] == files


def test_a_dropped_link_to_the_web_says_what_to_do(window):
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/lion.jpg")])
    drop(window, mime)
    assert "on this device" in window.notice.label.text()
    assert window.notice.isVisible()


def test_dropped_text_becomes_the_question(window):
    mime = QMimeData()
    mime.setText("a cat\non a sofa")
    drop(window, mime)
    assert window.search_box.line.text() == "a cat on a sofa"


def test_a_name_that_is_not_valid_text_survives_the_drop():
    path = drops.path_of(QUrl.fromEncoded(b"file:///a/%FF%20b%23c.jpg"))
    assert bytes(path) == b"/a/\xff b#c.jpg"


@pytest.mark.parametrize("where", ["search box", "grid"])
def test_a_pasted_picture_is_searched_by_wherever_the_focus_is(
    qtbot, window, library, picture, where
):
    QGuiApplication.clipboard().setImage(picture)
    target = window.search_box.line if where == "search box" else window.folders.list
    target.setFocus()
    qtbot.keyClick(target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(with_parts(library)))
    data = library.queries[-1].parts[0].data
    assert data.startswith(b"\x89PNG")
    assert QImage.fromData(data).size() == picture.size()
    assert window.search_box.chips() == ["pasted picture"]


def test_a_pasted_file_is_searched_by(qtbot, window, library, tmp_path):
    lion = tmp_path / "lion.jpg"
    lion.write_bytes(b"x")
    QGuiApplication.clipboard().setMimeData(urls(lion))
    qtbot.keyClick(window.search_box.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(with_parts(library)))
    assert library.queries[-1].parts[0].path == lion


def test_pasted_text_goes_into_the_box_as_ever(qtbot, window):
    QGuiApplication.clipboard().setText("cat")
    qtbot.keyClick(window.search_box.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.search_box.line.text() == "cat"


def test_find_similar_searches_by_that_file_alone(qtbot, window, library):
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: shown(window) == ["cat.jpg"])
    window.found.choose(0)
    window.menus.results.similar.trigger()
    qtbot.waitUntil(lambda: library.queries[-1].parts[0].path == Path("/a/cat.jpg"))
    assert len(library.queries[-1].parts) == 1


def test_the_best_come_first_and_the_others_when_nothing_more_is_typed(window, library, qtbot):
    library.answer = Answer(hits(*(Path(f"/pictures/{n}.jpg") for n in range(FIRST))), 0.0)
    window.search_box.line.setText("sea")
    qtbot.waitUntil(lambda: [q.limit for q in library.queries if q.parts] == [FIRST, LIMIT])
    window.search_box.line.setText("seal")
    qtbot.waitUntil(lambda: [q.limit for q in library.queries if q.parts][2:3] == [FIRST])
    window.search_box.line.setText("seals")  # before the others of “seal” were asked for
    qtbot.waitUntil(lambda: [q.limit for q in library.queries if q.parts][3:] == [FIRST, LIMIT])
    assert library.queries[-1].parts[0].text == "seals"


def test_few_results_are_asked_for_once(window, library, qtbot):
    library.answer = Answer(hits(Path("/pictures/a.jpg")), 0.0)
    window.search_box.line.setText("sea")
    qtbot.waitUntil(lambda: window.answer is not None and len(window.answer.hits) == 1)
    qtbot.wait(REST_MS + 100)
    assert [q.limit for q in library.queries if q.parts] == [FIRST]
