"""The preview: the right thing for each kind, from the moment that was found."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaPlayer

from nova_desktop.errors import BadInput
from nova_desktop.model import Modality, Preview, Source, Span, Unit
from nova_desktop.query import Answer, Hit, Why
from nova_desktop.ui.preview.details import Details
from nova_desktop.ui.preview.viewer_bars import FactsPanel
from tests.ui.fake_library import FakeLibrary, hits
from tests.ui.test_results import jpeg

MOMENT = Span(Unit.SECONDS, 4, 5)


@pytest.fixture
def show(qtbot, window):
    """Chooses one result in the grid, and waits for its preview."""

    def choose(hit: Hit, text: str = "") -> None:
        window.search_box.line.setText(text)
        # Else the answer to this text would come after the one below.
        qtbot.waitUntil(lambda: not (window.search._timer.isActive() or window.tasks.names()))
        window.found.show_answer(Answer((hit,), 0.0))
        window.pages.setCurrentWidget(window.found)
        with qtbot.waitSignal(window.preview.loaded):
            window.found.choose(0)

    return choose


@pytest.fixture
def film(clip, library) -> Hit:
    """The clip, found at 4 s."""
    library.previews[clip] = Preview(jpeg(width=160, height=120))
    (hit,) = hits(
        clip,
        modality=Modality.VIDEO,
        span=MOMENT,
        duration_s=6.0,
        moments=(Span(Unit.SECONDS, 1, 2),),
        why=(Why(Source.SPEECH, "the age of chivalry"),),
    )
    return hit


def test_a_picture_is_shown_in_its_own_shape(show, window, library):
    library.previews[Path("/a/cat.jpg")] = Preview(jpeg(width=200, height=100))
    show(*hits(Path("/a/cat.jpg"), why=(Why(Source.TAGS, "cat, sofa"), Why(Source.NAME, "cat"))))
    preview = window.preview.details
    assert preview.picture.isVisible()
    assert abs(preview.picture.height() / preview.picture.width() - 0.5) < 0.02
    assert not preview.passage.isVisible()
    assert preview.facts.name.text() == "cat.jpg"
    assert preview.facts.place.text() == "/a"
    assert preview.facts.why.text() == "Recognised: cat, sofa\nIts name: cat"


def test_a_passage_has_the_words_of_the_question_marked(show, window, library):
    text = "filler 😀 " * 300 + "The space on a Disk is left, and other disks."
    library.previews[Path("/a/note.txt")] = Preview(text=text)
    (hit,) = hits(
        Path("/a/note.txt"), modality=Modality.TEXT, span=Span(Unit.CHARACTERS, 0, len(text))
    )
    show(hit, "disk space")
    passage = window.preview.details.passage
    assert passage.isVisible()
    assert not window.preview.details.picture.isVisible()
    marked = [mark.cursor.selectedText() for mark in passage.extraSelections()]
    assert marked == ["space", "Disk", "disks"]
    assert passage.verticalScrollBar().value() > 0


def test_a_page_is_seen(show, window, library):
    library.previews[Path("/a/b.pdf")] = Preview(jpeg(width=70, height=100), text="its words")
    span = Span(Unit.PAGE, 3, 3)
    show(*hits(Path("/a/b.pdf"), modality=Modality.DOCUMENT, span=span))
    assert window.preview.details.picture.isVisible()
    assert not window.preview.details.passage.isVisible()


def test_what_can_t_be_shown_says_why(show, window, library):
    library.previews[Path("/a/b.jpg")] = BadInput("The picture is truncated. Copy it again.")
    show(*hits(Path("/a/b.jpg")))
    assert window.preview.details.trouble.text() == "The picture is truncated. Copy it again."
    assert window.preview.details.trouble.isVisible()


def test_the_other_moments_of_a_document_are_shown_on_a_click(qtbot, show, window, library):
    library.previews[Path("/a/b.pdf")] = Preview(jpeg())
    (hit,) = hits(
        Path("/a/b.pdf"),
        modality=Modality.DOCUMENT,
        span=Span(Unit.PAGE, 3, 3),
        moments=(Span(Unit.PAGE, 7, 7),),
    )
    show(hit)
    moments = window.preview.details.facts.moments
    assert [moments.item(row).text() for row in range(2)] == ["Page 3", "Page 7"]
    asked: list[Span | None] = []
    original = FakeLibrary.preview
    library.preview = lambda path, span, edge: (
        asked.append(span) or original(library, path, span, edge)
    )
    moments.itemClicked.emit(moments.item(1))
    # The page before may be asked for once more, in another size, when the window is laid out.
    qtbot.waitUntil(lambda: Span(Unit.PAGE, 7, 7) in asked)
    assert window.preview.details.stage.span == Span(Unit.PAGE, 7, 7)


def test_a_video_opens_paused_at_the_moment_and_its_frame_is_painted(qtbot, show, window, film):
    show(film)
    player = window.preview.details.player
    assert player.isVisible()
    qtbot.waitUntil(lambda: player.media.position() in (4000, 4000 + 1), timeout=10_000)
    assert not player.media.isPlaying()
    assert player.time.text() == "0:04 / 0:06"

    def blue() -> bool:
        image = window.preview.details.picture.grab().toImage()
        color = image.pixelColor(image.width() // 2, image.height() // 2)
        return color.blue() > 200 and color.red() < 60

    qtbot.waitUntil(blue, timeout=10_000)


def test_play_goes_on_from_the_moment_and_pause_stops(qtbot, show, window, film):
    show(film)
    player = window.preview.details.player
    assert player.play.accessibleName() == "Play"
    qtbot.mouseClick(player.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: player.media.position() > 4200, timeout=10_000)
    assert player.play.accessibleName() == "Pause"
    qtbot.mouseClick(player.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not player.media.isPlaying())
    assert 4200 < player.media.position() <= 6100


def test_the_bar_seeks_and_marks_where_the_matches_are(qtbot, show, window, film):
    show(film)
    player = window.preview.details.player
    qtbot.waitUntil(lambda: player.media.position() in (4000, 4000 + 1), timeout=10_000)
    middle = QPoint(player.seek.width() // 2, player.seek.height() // 2)
    qtbot.mouseClick(player.seek, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: abs(player.media.position() - 3000) < 150, timeout=5000)
    image = player.seek.grab().toImage()
    inside, outside = player.seek._x(1500), player.seek._x(5500)
    y = player.seek.height() // 2 - 4
    ratio = image.devicePixelRatio()
    colors = [image.pixelColor(round(x * ratio), round(y * ratio)) for x in (inside, outside)]
    assert colors[0] != colors[1]


def test_another_moment_is_gone_to_on_a_click(qtbot, show, window, film):
    show(film)
    player = window.preview.details.player
    qtbot.waitUntil(lambda: player.media.position() in (4000, 4000 + 1), timeout=10_000)
    moments = window.preview.details.facts.moments
    assert [moments.item(row).text() for row in range(2)] == ["0:01 – 0:02", "0:04 – 0:05"]
    assert moments.currentRow() == 1  # the best of them, where it begins
    moments.itemActivated.emit(moments.item(0))
    qtbot.waitUntil(lambda: player.media.position() in (1000, 1000 + 1), timeout=5000)


def test_a_sound_shows_its_waveform_and_mutes(qtbot, show, window, library, clip):
    library.previews[clip] = Preview(peaks=(0.1, 0.9, 0.5))
    (hit,) = hits(clip, modality=Modality.AUDIO, span=MOMENT, duration_s=6.0)
    show(hit)
    player = window.preview.details.player
    assert window.preview.details.picture.peaks
    assert window.preview.details.picture.played == pytest.approx(4 / 6, abs=0.01)
    qtbot.mouseClick(player.mute, Qt.MouseButton.LeftButton)
    assert player.mute.accessibleName() == "Unmute"


def test_a_file_that_can_t_be_played_says_so_and_the_window_goes_on(qtbot, show, window, tmp_path):
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a video" * 100)
    show(*hits(broken, modality=Modality.VIDEO, span=MOMENT, duration_s=6.0))
    player = window.preview.details.player
    qtbot.waitUntil(lambda: player.time.text() == "Can't be played here", timeout=10_000)


def test_the_player_is_not_asked_for_what_is_offline(show, window, library):
    library.previews[Path("/usb/a.mp4")] = Preview(jpeg())
    show(*hits(Path("/usb/a.mp4"), modality=Modality.VIDEO, span=MOMENT, offline=True))
    assert window.preview.details.player is None or not window.preview.details.player.isVisible()
    assert "not connected" in window.preview.details.facts.about.text()


def test_choosing_another_result_and_closing_let_go_of_the_file(qtbot, show, window, film):
    show(film)
    player = window.preview.details.player
    qtbot.waitUntil(lambda: player.media.position() in (4000, 4000 + 1), timeout=10_000)
    player.toggle()
    show(*hits(Path("/a/cat.jpg")))
    qtbot.waitUntil(lambda: player.media.source().isEmpty())
    assert player.media.playbackState() is QMediaPlayer.PlaybackState.StoppedState
    assert not player.isVisible()
    show(film)
    qtbot.waitUntil(lambda: player.media.position() in (4000, 4000 + 1), timeout=10_000)
    window.close()
    window.shutdown()
    assert player.media.source().isEmpty()


def test_opening_and_letting_go_again_and_again_never_hangs(qtbot, show, window, film):
    cat = hits(Path("/a/cat.jpg"))[0]
    for _ in range(12):
        show(film)
        qtbot.waitUntil(
            lambda: window.preview.details.player.media.position() in (4000, 4000 + 1),
            timeout=10_000,
        )
        show(cat)
        qtbot.waitUntil(lambda: window.preview.details.player.media.source().isEmpty())


def test_the_facts_stay_within_the_pane_whatever_the_names_are(show, window, library):
    path = Path("/" + "d" * 200) / ("n" * 250 + ".jpg")
    library.previews[path] = Preview(jpeg(width=2000, height=20))
    show(*hits(path, why=(Why(Source.OCR, "w" * 500),), copies=(path, path)))
    pane = window.preview.details
    assert pane.facts.width() <= pane.width()
    assert pane.picture.height() >= 1
    assert isinstance(window.grab().toImage(), QImage)


def test_the_largest_letters_of_the_buttons_are_not_cut(qtbot, show, window, film):
    show(film)
    window.chosen.change(text_size=200)
    try:
        in_full(qtbot, window.preview.details)
        window.showing.view(film)
        window.showing.viewer.toggle_facts()
        in_full(qtbot, window.showing.viewer.panel)
    finally:
        window.chosen.change(text_size=100)
    shown = window.showing.viewer.panel
    qtbot.waitUntil(lambda: shown.open.y() == shown.reveal.y())


def in_full(qtbot, pane: Details | FactsPanel) -> None:
    for push in (pane.open, pane.reveal, pane.alike, pane.clip):
        qtbot.waitUntil(lambda it=push: it.isVisible() and it.width() >= it.sizeHint().width())
