"""The player: moments, single frames, speeds, a loop, subtitles, the timeline, and clips."""

from __future__ import annotations

import subprocess
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from nova_desktop.closeup import Cue, Strength, Subtitles, Timeline
from nova_desktop.errors import NeedsUser
from nova_desktop.model import Modality, Preview, Span, Unit
from nova_desktop.query import Answer, Hit
from nova_desktop.ui import desktop
from nova_desktop.ui.preview.captions import Captions
from nova_desktop.ui.preview.clipping import proposed_name
from nova_desktop.ui.preview.timeline import CELL
from nova_desktop.ui.preview.viewer import Viewer
from tests.ui.fake_library import hits
from tests.ui.test_results import jpeg

MOMENT, LATER = Span(Unit.SECONDS, 1, 2), Span(Unit.SECONDS, 4, 5)


@pytest.fixture(scope="session")
def counted(tmp_path_factory) -> Path:
    """Six seconds whose frame n is as bright as 8 · (n mod 32)."""
    path = tmp_path_factory.mktemp("counted") / "counted.mp4"
    source = "nullsrc=s=64x48:r=25:d=6,format=gray,geq=lum='16+6*mod(N\\,32)'"
    subprocess.run(
        [
            *("ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "-g", "50"),
            *("-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "5", str(path)),
        ],
        check=True,
    )
    return path


@pytest.fixture
def film(library, counted) -> Hit:
    """Found at 1 s, and at 4 s."""
    library.previews[counted] = Preview(jpeg(width=64, height=48))
    library.timelines[counted] = Timeline(
        6.0,
        picture=(Strength(1, 2, 1.0), Strength(4, 5, 0.3)),
        words=(Strength(2.5, 3, 0.8),),
    )
    library.waveforms[counted] = tuple((n % 10) / 10 for n in range(100))
    library.tracks[counted] = (
        Subtitles("en", (Cue(1.0, 3.0, "a golden goose"),)),
        Subtitles("de", (Cue(1.0, 3.0, "eine goldene Gans"),)),
    )
    (hit,) = hits(counted, modality=Modality.VIDEO, span=MOMENT, duration_s=6.0, moments=(LATER,))
    return hit


@pytest.fixture
def viewer(qtbot, window, library, film) -> Viewer:
    """Open on the film, at its moment."""
    library.answer = Answer((film,), 0.02)
    window.search_box.line.setText("goose")
    qtbot.waitUntil(lambda: len(window.found.results.hits) == 1)
    window.found.choose(0)
    window.showing.view(film)
    made = window.showing.viewer
    qtbot.waitUntil(lambda: made.stage.player.media.position() in (1000, 1000 + 1), timeout=10_000)
    return made


def frame_number(viewer: Viewer) -> float:
    """Of the frame that is painted, from its brightness."""
    image: QImage = viewer.canvas.image
    return image.pixelColor(image.width() // 2, image.height() // 2).lightness() / 6 * 219 / 255


def test_it_opens_paused_at_the_moment_and_p_plays(qtbot, viewer):
    player = viewer.stage.player
    qtbot.waitUntil(lambda: player.playback._frame_us == (1_000_000, 1_040_000))  # not one before
    assert not player.media.isPlaying()
    qtbot.keyClick(viewer, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: player.media.position() > 1200, timeout=10_000)
    qtbot.keyClick(viewer, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: not player.media.isPlaying())


def test_up_and_down_go_to_the_moments(qtbot, viewer):
    player = viewer.stage.player
    qtbot.keyClick(viewer, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: player.media.position() in (4000, 4000 + 1))
    assert viewer.panel.facts.moments.currentItem().text() == "0:04 – 0:05"
    qtbot.keyClick(viewer, Qt.Key.Key_Down)
    qtbot.keyClick(viewer, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: player.media.position() in (1000, 1000 + 1))
    qtbot.mouseClick(player.after, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: player.media.position() in (4000, 4000 + 1))


def test_buttons_and_keys_go_on_from_the_same_moment(qtbot, viewer):
    player, moments = viewer.stage.player, viewer.panel.facts.moments
    assert moments.currentItem().text() == "0:01 – 0:02"
    qtbot.mouseClick(player.after, Qt.MouseButton.LeftButton)
    assert moments.currentItem().text() == "0:04 – 0:05"
    qtbot.keyClick(viewer, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: player.media.position() in (1000, 1000 + 1))
    assert moments.currentItem().text() == "0:01 – 0:02"


def test_a_moment_that_is_clicked_on_the_timeline_is_the_one_that_keys_are_about(qtbot, viewer):
    player, moments = viewer.stage.player, viewer.panel.facts.moments
    qtbot.keyClick(viewer, Qt.Key.Key_L)
    at = QPoint(round(player.seek._x(4500)), 10)
    qtbot.mouseClick(player.seek, Qt.MouseButton.LeftButton, pos=at)
    assert moments.currentItem().text() == "0:04 – 0:05"
    assert player.moment() == LATER
    assert player.playback.loop == (4000, 5000)
    qtbot.keyClick(viewer, "e")
    assert viewer.stage.clipping.span() == LATER
    qtbot.keyClick(viewer, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: player.media.position() in (1000, 1000 + 1))


def test_a_key_shows_the_next_frame_and_the_one_before(qtbot, viewer):
    player, playback = viewer.stage.player, viewer.stage.player.playback
    qtbot.waitUntil(lambda: playback._frame_us[0] >= 0)
    first = playback._frame_us[0]
    for n in range(1, 4):
        qtbot.keyClick(viewer, ".")
        qtbot.waitUntil(lambda n=n: playback._frame_us[0] == first + n * 40_000, timeout=3000)
    assert frame_number(viewer) > 0
    for n in (2, 1, 0, -1):
        qtbot.keyClick(viewer, ",")
        qtbot.waitUntil(lambda n=n: playback._frame_us[0] == first + n * 40_000, timeout=3000)
    assert not player.media.isPlaying()


def test_a_step_pauses_what_plays(qtbot, viewer):
    player = viewer.stage.player
    qtbot.keyClick(viewer, Qt.Key.Key_P)
    qtbot.waitUntil(player.media.isPlaying)
    qtbot.keyClick(viewer, ".")
    qtbot.waitUntil(lambda: not player.media.isPlaying())


def test_speeds_go_from_a_quarter_to_three_times(qtbot, viewer):
    player = viewer.stage.player
    for _ in range(9):
        qtbot.keyClick(viewer, "]")
    qtbot.waitUntil(lambda: player.media.playbackRate() == 3.0)
    assert player.speed.text() == "3×"
    for _ in range(9):
        qtbot.keyClick(viewer, "[")
    qtbot.waitUntil(lambda: player.media.playbackRate() == 0.25)
    player._speeds.actions()[3].trigger()
    qtbot.waitUntil(lambda: player.media.playbackRate() == 1.0)


def test_the_moment_is_played_over_and_over(qtbot, viewer):
    player = viewer.stage.player
    seen = []
    player.playback.moved.connect(seen.append)
    qtbot.keyClick(viewer, Qt.Key.Key_L)
    assert player.loop.isChecked()
    player.playback.set_speed(3.0)
    qtbot.keyClick(viewer, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: any(b < a - 500 for a, b in pairwise(seen)), timeout=10_000)
    assert max(seen) < 2600
    assert player.media.isPlaying()
    qtbot.keyClick(viewer, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: player.media.position() > 2700, timeout=10_000)


def test_a_loop_that_ends_with_the_film_starts_again(qtbot, viewer):
    player = viewer.stage.player
    player.playback.loop = (5000, 6000)
    player.playback.go_to(5500)
    qtbot.waitUntil(lambda: player.media.position() in (5500, 5500 + 1))
    seen = []
    player.playback.moved.connect(seen.append)
    qtbot.keyClick(viewer, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: any(5000 <= at < 5400 for at in seen), timeout=10_000)


def test_subtitles_are_chosen_with_c_and_follow_the_film(qtbot, viewer):
    player, canvas = viewer.stage.player, viewer.canvas
    qtbot.waitUntil(player.subtitles.isVisible, timeout=5000)
    assert canvas.caption == ""
    qtbot.keyClick(viewer, Qt.Key.Key_C)
    assert canvas.caption == "a golden goose"
    qtbot.keyClick(viewer, Qt.Key.Key_C)
    assert canvas.caption == "eine goldene Gans"
    player.go_to(LATER)
    assert canvas.caption == ""
    qtbot.keyClick(viewer, Qt.Key.Key_C)
    player.go_to(MOMENT)
    assert canvas.caption == ""


def test_cues_that_lie_over_one_another_are_all_said():
    captions = Captions()
    captions.use([Subtitles("", (Cue(0, 10, "a"), Cue(1, 2, "b"), Cue(1, 2, "b")))])
    assert captions.at(1.5) == ""
    captions.choose(0)
    assert captions.at(1.5) == "a\nb"
    assert captions.at(5) == "a"
    assert captions.at(10) == ""
    captions.choose(7)
    assert captions.at(1.5) == ""


def test_the_timeline_shows_what_matches_where(qtbot, viewer, library):
    seek = viewer.stage.player.seek
    qtbot.waitUntil(lambda: len(seek._strands) == 2, timeout=5000)
    assert [name for name, _ in seek._strands] == ["Picture", "Words"]
    assert (
        seek.accessibleDescription()
        == "Picture: best from 0:01 – 0:02. Words: best from 0:02 – 0:03"
    )
    query = next(call for call in library.calls if call[0] == "timeline")[2]
    assert query.parts[0].text == "goose"
    qtbot.waitUntil(lambda: bool(seek._peaks))
    image = seek.grab().toImage()
    ratio = image.devicePixelRatio()

    def at(time_s: float, y: float):
        return image.pixelColor(round(seek._x(1000 * time_s) * ratio), round(y * ratio))

    low, high = 22 + 9, 22 + 1  # of the strand of the picture
    assert at(1.5, high) == at(1.5, low)  # as strong as can be: as high as the strand
    assert at(4.5, high) != at(4.5, low)
    assert at(3.5, low) != at(4.5, low)


def test_hovering_shows_the_frame_and_its_time_and_a_click_goes_there(qtbot, viewer, library, film):
    seek = viewer.stage.player.seek
    seek.show_strip(strip := QImage(60 * 4, 45, QImage.Format.Format_RGB32), 4)
    for cell, color in enumerate((0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFFFFFFFF)):
        for x in range(60):
            for y in range(45):
                strip.setPixel(60 * cell + x, y, color)
    seek.show_strip(strip, 4)
    place = QPoint(round(seek._x(2000)), 8)
    qtbot.mouseMove(seek, place)
    card = seek._card
    assert card.isVisible()
    assert card.width() == CELL
    assert card.text == "0:02"
    assert card.frame.pixelColor(5, 5).green() == 255
    assert viewer.window().rect().contains(card.geometry())
    qtbot.mouseClick(seek, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: abs(viewer.stage.player.media.position() - 2000) < 30)
    qtbot.mouseMove(viewer.bar, QPoint(3, 3))
    seek._hide_card()
    assert not card.isVisible()


def test_a_moment_is_saved_as_a_clip_between_its_marks(
    qtbot, viewer, library, tmp_path, monkeypatch
):
    stage, clipping = viewer.stage, viewer.stage.clipping
    qtbot.keyClick(viewer, Qt.Key.Key_E)
    assert clipping.isVisible()
    assert clipping.text.text() == "Clip 0:01.0 – 0:02.0 · 1.0 s"
    stage.player.playback.go_to(500)
    qtbot.waitUntil(lambda: stage.player.media.position() in (500, 500 + 1))
    qtbot.keyClick(viewer, Qt.Key.Key_I)
    assert not viewer.panel.isVisible()
    stage.player.playback.go_to(2500)
    qtbot.waitUntil(lambda: stage.player.media.position() in (2500, 2500 + 1))
    qtbot.keyClick(viewer, Qt.Key.Key_O)
    assert clipping.text.text() == "Clip 0:00.5 – 0:02.5 · 2.0 s"
    assert stage.player.seek.marks == (500, 2500)
    qtbot.keyClick(viewer, Qt.Key.Key_E)
    dialog = viewer.window().findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("counted 0m00-0m02.mp4")
    dialog.close()
    target = tmp_path / "clip.mp4"
    clipping.save(target)
    qtbot.waitUntil(lambda: clipping.reveal.isVisible())
    asked = next(call for call in library.calls if call[0] == "clip")
    assert asked[2:] == (Span(Unit.SECONDS, 0.5, 2.5), target)
    assert clipping.text.text() == "Saved as “clip.mp4”."
    revealed = []
    monkeypatch.setattr(desktop, "select_in_manager", lambda path: revealed.append(path) or True)
    qtbot.mouseClick(clipping.reveal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: revealed == [target])


def test_a_clip_says_how_far_it_is_and_can_be_cancelled(qtbot, viewer, library, tmp_path):
    clipping = viewer.stage.clipping
    library.clip_gate = threading.Event()
    qtbot.keyClick(viewer, Qt.Key.Key_E)
    clipping.save(tmp_path / "clip.mp4")
    qtbot.waitUntil(lambda: clipping.progress.value() == 40)
    assert not clipping.choose.isVisible()
    qtbot.mouseClick(clipping.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(clipping.is_marking)
    assert not clipping.trouble.isVisible()
    assert not (tmp_path / "clip.mp4").exists()


def test_a_clip_that_fails_says_why_and_keeps_its_marks(qtbot, viewer, library, tmp_path):
    clipping = viewer.stage.clipping
    qtbot.keyClick(viewer, Qt.Key.Key_E)
    library.error = NeedsUser("The disk is full. Make room, or save “clip.mp4” in another place.")
    clipping.save(tmp_path / "clip.mp4")
    qtbot.waitUntil(clipping.trouble.isVisible)
    assert clipping.trouble.text().startswith("The disk is full.")
    assert clipping.choose.isVisible()
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert not clipping.isVisible()
    assert viewer.isVisible()


def test_a_clip_goes_on_while_another_result_is_looked_at(qtbot, viewer, library, tmp_path):
    clipping = viewer.stage.clipping
    library.clip_gate = threading.Event()
    qtbot.keyClick(viewer, Qt.Key.Key_E)
    clipping.save(tmp_path / "clip.mp4")
    viewer.close_viewer()
    library.clip_gate.set()
    qtbot.waitUntil((tmp_path / "clip.mp4").exists)


def test_closing_the_window_ends_a_clip_at_once(qtbot, viewer, window, library, tmp_path):
    library.clip_gate = threading.Event()
    qtbot.keyClick(viewer, Qt.Key.Key_E)
    viewer.stage.clipping.save(tmp_path / "clip.mp4")
    window.close()
    window.shutdown()
    assert library.clip_stopped


def test_names_are_proposed_that_every_disk_takes():
    span = Span(Unit.SECONDS, 42, 57)
    (film,) = hits(Path("/a/it's a: film.mkv"), modality=Modality.VIDEO)
    assert proposed_name(film, span) == "it's a: film 0m42-0m57.mkv"
    (old,) = hits(Path("/a/old.AVI"), modality=Modality.VIDEO)
    assert proposed_name(old, Span(Unit.SECONDS, 3599.9, 3725)) == "old 59m59-1h02m05.mp4"
    (sound,) = hits(Path("/a/x.wma"), modality=Modality.AUDIO)
    assert proposed_name(sound, span) == "x 0m42-0m57.m4a"


def test_the_player_lets_go_when_the_viewer_closes_and_begins_anew(qtbot, viewer, window, film):
    player = viewer.stage.player
    qtbot.keyClick(viewer, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: player.media.source().isEmpty())
    small = window.preview.details.player
    qtbot.waitUntil(lambda: small.media.position() in (1000, 1000 + 1), timeout=10_000)
    window.showing.view(film)
    qtbot.waitUntil(lambda: small.media.source().isEmpty())
    qtbot.waitUntil(lambda: player.media.position() in (1000, 1000 + 1), timeout=10_000)


def test_in_the_pane_the_same_keys_work(qtbot, window, library, film):
    other = hits(Path("/a/cat.jpg"))[0]
    window.found.show_answer(Answer((film, other), 0.0))
    window.pages.setCurrentWidget(window.found)
    window.found.choose(0)
    details = window.preview.details
    qtbot.waitUntil(lambda: details.player.media.position() in (1000, 1000 + 1), timeout=10_000)
    qtbot.keyClick(details, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: details.player.media.position() in (4000, 4000 + 1))
    qtbot.keyClick(details, Qt.Key.Key_E)
    assert details.stage.clipping.isVisible()
    qtbot.keyClick(details, Qt.Key.Key_Escape)
    assert not details.stage.clipping.isVisible()
    qtbot.keyClick(details, Qt.Key.Key_K)
    assert window.found.hit() == other
    qtbot.keyClick(details, Qt.Key.Key_J)
    assert window.found.hit() == film


def test_what_is_thrown_away_is_let_go_of_first(qtbot, viewer, window, film):
    player = viewer.stage.player
    window.showing._verbs.leaving.emit({film.path})
    qtbot.waitUntil(lambda: player.media.source().isEmpty())
