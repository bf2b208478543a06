"""One file looked at closely, through the library: what is known, where it answers, its clips."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from nova_desktop import compose
from nova_desktop.errors import BadInput, Stopped, TryLater
from nova_desktop.library import Library, opened
from nova_desktop.media.document import DocumentReader
from nova_desktop.media.probe import probe
from nova_desktop.media.video import VideoReader
from nova_desktop.model import Modality, Source, Span, Unit
from nova_desktop.query import Part, Query
from nova_desktop.settings import Settings
from tests import media_samples as samples
from tests.library.desk import added, photo
from tests.media.clips import EACH_S, LENGTH_S, ffmpeg, film

SECONDS = Unit.SECONDS


@pytest.fixture
def desk(desk):
    desk.readers[Modality.VIDEO] = VideoReader(segment_s=2.0)
    desk.readers[Modality.DOCUMENT] = DocumentReader()
    desk.reopen()
    return desk


@pytest.fixture(scope="module")
def colours(tmp_path_factory):
    return film(tmp_path_factory.mktemp("film") / "colours.mp4")


@pytest.fixture
def shown(desk, folder, colours):
    """The film in the library."""
    path = folder / "colours.mp4"
    path.write_bytes(colours.read_bytes())
    added(desk, folder)
    return path


def test_the_timeline_says_where_a_question_is_answered(desk, shown):
    made = desk.library.timeline(shown, Query.of("green"))
    assert made.duration_s == pytest.approx(LENGTH_S, abs=0.1)
    assert made.sound == ()
    best = [one for one in made.picture if one.value > 0.9]
    assert best
    for one in best:
        assert EACH_S - 0.1 <= one.start_s < one.stop_s <= 2 * EACH_S + 0.1
    assert sum(one.stop_s - one.start_s for one in best) == pytest.approx(EACH_S, abs=0.5)


def test_the_timeline_follows_what_is_asked(desk, shown):
    def strong(query: Query) -> set[int]:
        picture = desk.library.timeline(shown, query).picture
        return {int((p.start_s + 0.1) / EACH_S) for p in picture if p.value > 0.4}

    assert strong(Query.of("blue")) == {2}
    assert strong(Query((Part("red"), Part("blue")))) == {0, 2}
    assert strong(Query((Part("red"), Part("red", weight=-1.0)))) == set()
    assert desk.library.timeline(shown, Query()).picture == ()


def test_words_beside_a_film_are_on_its_timeline(desk, folder, colours):
    path = folder / "colours.mp4"
    path.write_bytes(colours.read_bytes())
    (folder / "colours.srt").write_text("1\n00:00:05,000 --> 00:00:06,000\na golden goose\n")
    added(desk, folder)
    made = desk.library.timeline(path, Query.of("goose"))
    assert [(one.start_s, one.stop_s) for one in made.words] == [(5.0, 6.0)]
    assert made.words[0].value == pytest.approx(1.0)
    (track,) = desk.library.subtitles(path)
    assert track.cues[0].text == "a golden goose"
    assert desk.library.details(path).companions == (folder / "colours.srt",)


def test_a_picture_has_no_timeline(desk, folder):
    file = photo(folder / "red.png", "red")
    added(desk, folder)
    assert desk.library.timeline(file, Query.of("red")).picture == ()


def test_all_that_is_known_of_a_file(desk, folder):
    text = folder / "note.txt"
    text.write_text("The golden goose.")
    (folder / "copy.txt").write_text("The golden goose.")
    added(desk, folder)
    known = desk.library.details(text)
    assert known.modality is Modality.TEXT
    assert known.size_bytes == 17
    assert known.folder == folder
    assert known.copies == (folder / "copy.txt",)
    assert known.spaces == (desk.engine.space.name,)
    assert (Source.TEXT, "The golden goose.") in [(t.source, t.words) for t in known.told]
    assert not known.offline


def test_what_is_offline_is_still_known(desk, folder, tmp_path):
    path = samples.pdf(folder / "a.pdf", ["the golden goose"])
    note = folder / "note.txt"
    note.write_text("before\n\nThe golden goose.\n\nafter")
    added(desk, folder)
    folder.rename(tmp_path / "unplugged")
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.library.details(path).offline
    assert "golden goose" in desk.library.excerpt(note, None).text
    assert desk.library.marks(path, Span(Unit.PAGE, 1, 1), ["goose"]) == ()
    assert desk.library.subtitles(path) == ()
    with pytest.raises(TryLater):
        desk.library.clip(path, Span(SECONDS, 0, 1), tmp_path / "clip.mp4")


def test_what_is_offline_is_shown_in_another_size_that_was_seen(desk, folder, tmp_path):
    file = photo(folder / "a.png", "red", 400)
    added(desk, folder)
    small = desk.library.preview(file, None, 64)
    larger = desk.library.preview(file, None, 128)
    folder.rename(tmp_path / "unplugged")
    assert desk.library.preview(file, None, 2000) == larger
    assert desk.library.preview(file, None, 10) == small
    assert desk.library.preview(file, Span(Unit.PAGE, 1, 1), 70) == small


def test_a_stranger_is_refused(desk, folder, tmp_path):
    added(desk, folder)
    with pytest.raises(BadInput, match="in no watched folder"):
        desk.library.details(tmp_path / "stranger.jpg")


def test_a_passage_that_was_shortened_is_marked_whole(desk, folder):
    line = "golden geese lay many eggs"
    path = samples.pdf(folder / "a.pdf", [line])
    added(desk, folder)
    content, space = desk.library._parts.catalog.content_of(str(path)), desk.engine.space
    (row,) = desk.store.rows(space, content, 9)
    span = Span(Unit.PAGE, 1, 1)
    desk.store.put(space, [replace(row, words=line)])
    (whole,) = desk.library.marks(path, span, [line])
    (start,) = desk.library.marks(path, span, ["golden geese"])
    assert start.right < whole.right
    assert desk.library.marks(path, span, ["golden geese…"]) == (whole,)
    desk.store.put(space, [replace(row, words=f"{line}, and a title")])
    assert desk.library.marks(path, span, ["golden geese…"]) == (start,)


def test_the_waveform_is_kept(desk, shown, folder, tmp_path):
    peaks = desk.library.waveform(shown, 50)
    assert len(peaks) == 50
    folder.rename(tmp_path / "unplugged")
    assert desk.library.waveform(shown, 50) == peaks


def test_a_clip_never_replaces_a_file_of_the_library(desk, shown, folder, tmp_path):
    before = shown.read_bytes()
    other = photo(folder / "other.png", "red")
    desk.library.rescan()
    assert desk.library.wait(30)
    for target in (shown, other):
        with pytest.raises(BadInput, match="choose another name"):
            desk.library.clip(shown, Span(SECONDS, 1, 2), target)
    desk.library.clip(shown, Span(SECONDS, 1, 2), tmp_path / "clip.mp4")
    assert probe(tmp_path / "clip.mp4").duration_s == pytest.approx(1.0, abs=0.1)
    assert shown.read_bytes() == before
    with pytest.raises(BadInput, match="Only moments"):
        desk.library.clip(shown, Span(Unit.PAGE, 1, 1), tmp_path / "clip.mp4")


def test_a_clip_can_be_stopped_and_leaves_nothing(tmp_path):
    source = tmp_path / "long.mp4"
    ffmpeg("-f lavfi -i testsrc2=s=1280x720:r=25:d=40 -c:v libx264 -preset ultrafast", source)
    target = tmp_path / "out" / "clip.mp4"
    target.parent.mkdir()
    parts = compose.parts(tmp_path / "data", Settings(ocr=False, speech=False, tags=False))
    with opened(Library(parts)) as library:
        raised: list[BaseException] = []

        def save() -> None:
            try:
                library.clip(source, Span(SECONDS, 0.5, 39.5), target)
            except BaseException as e:  # told below
                raised.append(e)

        saving = threading.Thread(target=save)
        saving.start()
        end = time.monotonic() + 60
        while library.clip_done(target) == 0.0 and saving.is_alive():
            assert time.monotonic() < end
            time.sleep(0.05)
        with pytest.raises(TryLater, match="being saved already"):
            library.clip(source, Span(SECONDS, 0, 1), target)
        library.stop_clip(target)
        saving.join(10)
        assert not saving.is_alive()
        assert [type(e) for e in raised] == [Stopped]
        assert list(target.parent.iterdir()) == []
        assert library.clip_done(target) == 0.0
