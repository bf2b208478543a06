"""Moments of films and sounds as files: exact, whole or not at all, the original untouched."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.media.clip import clip
from nova_desktop.media.frames import pictures
from nova_desktop.media.probe import decoded, playing, probe, video_of
from nova_desktop.model import Span, Unit
from tests.media.clips import CONTAINERS, colour, colour_at, ffmpeg, film, tone

FRAME_S = 0.04


def save(source: Path, start: float, stop: float, target: Path) -> list[float]:
    told: list[float] = []
    part = target.with_name("being written.part")
    clip(source, Span(Unit.SECONDS, start, stop), target, part, told.append)
    assert not part.exists()
    return told


def shown_s(path: Path) -> tuple[float, int]:
    """How long its pictures are shown, by decoding them, and how many there are."""
    with playing(path) as container:
        frames = list(decoded(container, video_of(container)))
    return float(frames[-1].time - frames[0].time) + FRAME_S, len(frames)


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    folder = tmp_path_factory.mktemp("films")
    return {ending: film(folder / f"it's a film.{ending}") for ending in CONTAINERS}


@pytest.mark.parametrize("ending", ["mp4", "mkv", "mov", "webm", "avi", "mpg", "ts"])
@pytest.mark.parametrize(("start", "stop"), [(3.48, 5.2), (4.0, 6.0), (0.0, 1.0)])
def test_a_clip_lasts_as_long_as_it_was_marked_and_shows_what_was_there(
    films, tmp_path, ending, start, stop
):
    target = tmp_path / f"clip.{ending if ending in ('mkv', 'mov', 'webm') else 'mp4'}"
    save(films[ending], start, stop, target)
    length_s, _ = shown_s(target)
    assert abs(length_s - (stop - start)) <= 2 * FRAME_S
    found = probe(target)
    assert found.audio
    assert abs(found.duration_s - (stop - start)) <= 0.12  # sound comes in packets of its own
    times = [0.1, stop - start - 0.1]
    seen = [
        colour(picture.resize((1, 1)).getpixel((0, 0))) for picture in pictures(target, times, 9999)
    ]
    assert seen == [colour_at(start + time_s) for time_s in times]


def test_what_begins_with_a_key_picture_is_copied_without_loss(tmp_path):
    source = film(tmp_path / "film.mp4", "-bf 0")
    target = tmp_path / "clip.mp4"
    save(source, 4.0, 6.0, target)
    with playing(source) as whole, playing(target) as part:
        theirs = {bytes(p) for p in whole.demux(video_of(whole)) if p.size}
        ours = [bytes(p) for p in part.demux(video_of(part)) if p.size]
    assert len(ours) == 50
    assert all(packet in theirs for packet in ours)


@pytest.mark.parametrize("ending", ["mp3", "m4a", "ogg", "opus", "flac", "wav"])
def test_a_moment_of_a_sound_is_saved(tmp_path, ending):
    target = tmp_path / f"clip.{ending}"
    save(tone(tmp_path / f"tone.{ending}"), 2.5, 4.75, target)
    assert abs(probe(target).duration_s - 2.25) <= 0.1


def test_a_clip_may_be_read_like_its_original(films, tmp_path):
    source = tmp_path / "film.mp4"
    source.write_bytes(films["mp4"].read_bytes())
    source.chmod(0o644)
    before = os.umask(0o077)
    try:
        save(source, 1, 2, tmp_path / "clip.mp4")
    finally:
        os.umask(before)
    assert (tmp_path / "clip.mp4").stat().st_mode & 0o777 == 0o644


def test_the_sound_of_a_film_can_be_saved_alone(films, tmp_path):
    target = tmp_path / "clip.m4a"
    save(films["mp4"], 1.0, 2.0, target)
    found = probe(target)
    assert found.audio
    assert not found.video


def test_a_film_that_lies_on_its_side_stays_upright(tmp_path):
    lying = film(tmp_path / "lying.mp4")
    turned = tmp_path / "turned.mp4"
    ffmpeg("-i", lying, "-c copy -metadata:s:v:0 rotate=90", turned)
    for start in (1.0, 1.3):
        save(turned, start, 2.5, tmp_path / "clip.mp4")
        found = probe(tmp_path / "clip.mp4")
        assert (found.width, found.height) == (120, 160)


def test_an_odd_size_can_be_saved(tmp_path):
    odd = tmp_path / "odd.mkv"
    ffmpeg("-f lavfi -i testsrc=s=161x121:d=2 -c:v ffv1", odd)
    save(odd, 0.5, 1.5, tmp_path / "clip.mp4")
    assert probe(tmp_path / "clip.mp4").width == 160


def test_how_much_is_done_is_told_and_never_beyond_all(films, tmp_path):
    told = save(films["mp4"], 0.5, 11.5, tmp_path / "clip.mp4")
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0, abs=0.1)


def test_the_original_is_never_touched(films, tmp_path):
    before = hashlib.sha256(films["mp4"].read_bytes()).digest()
    save(films["mp4"], 1, 2, tmp_path / "clip.mp4")
    link = tmp_path / "link.mp4"
    link.hardlink_to(films["mp4"])
    for same in (films["mp4"], link):
        with pytest.raises(BadInput, match="is the original"):
            save(films["mp4"], 1, 2, same)
    assert hashlib.sha256(films["mp4"].read_bytes()).digest() == before


def test_a_clip_that_fails_leaves_what_was_there(films, tmp_path):
    target = tmp_path / "clip.mp4"
    target.write_text("an older clip")
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(films["mp4"].read_bytes()[:3000])
    with pytest.raises(BadInput):
        save(broken, 1, 2, target)
    assert target.read_text() == "an older clip"
    save(films["mp4"], 1, 2, target)
    assert probe(target).video


@pytest.mark.parametrize(
    ("start", "stop", "name", "says"),
    [
        (2.0, 2.0, "clip.mp4", "nothing between the marks"),
        (50.0, 60.0, "clip.mp4", "nothing between the marks"),
        (1.0, 2.0, "clip.exe", "choose a name that ends in"),
        (1.0, 2.0, "clip", "choose a name that ends in"),
    ],
)
def test_what_can_t_be_saved_says_what_to_do(films, tmp_path, start, stop, name, says):
    with pytest.raises(BadInput, match=says):
        save(films["mp4"], start, stop, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_sound_has_no_pictures_and_a_silent_film_no_sound_to_save(tmp_path):
    with pytest.raises(BadInput, match="no pictures"):
        save(tone(tmp_path / "tone.ogg"), 1, 2, tmp_path / "clip.mp4")
    silent = film(tmp_path / "silent.mp4", sound=False)
    save(silent, 1, 2, tmp_path / "clip.mp4")
    with pytest.raises(BadInput, match="no sound"):
        save(silent, 1, 2, tmp_path / "clip.mp3")


def test_a_full_disk_and_a_missing_folder_are_said_calmly(films, tmp_path):
    script = tmp_path / "ffmpeg"
    script.write_text("#!/bin/sh\necho 'av_write_frame(): No space left on device' >&2\nexit 1\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    span, target = Span(Unit.SECONDS, 1.3, 2), tmp_path / "clip.mp4"
    with pytest.raises(NeedsUser, match=r"The disk is full\. Make room, or save “clip\.mp4”"):
        clip(films["mp4"], span, target, tmp_path / "x.part", lambda _: None, str(script))
    gone = tmp_path / "gone" / "clip.mp4"
    with pytest.raises(NeedsUser, match="The folder “gone” is not there any more"):
        clip(films["mp4"], span, gone, gone.with_name("x.part"), lambda _: None)


def test_without_ffmpeg_it_says_how_to_get_it(films, tmp_path):
    with pytest.raises(NeedsUser, match=r"Install (it|the package)"):
        clip(
            films["mp4"],
            Span(Unit.SECONDS, 1, 2),
            tmp_path / "clip.mp4",
            tmp_path / "x.part",
            lambda _: None,
            "/nowhere/ffmpeg",
        )
