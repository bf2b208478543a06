"""What tells nothing new is found, and nothing that tells something is taken for it."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from nova_desktop.long_media import Telling
from nova_desktop.media.audio import AudioReader
from nova_desktop.media.telling import MediaTelling, alike, silences
from nova_desktop.media.video import VideoReader
from nova_desktop.model import Chunk, Modality
from tests.media.clips import ffmpeg

TELLING: Telling = MediaTelling()
EACH_S = 4.0  # of a chunk
VIDEO, AUDIO = Modality.VIDEO, Modality.AUDIO
X264 = "-c:v libx264 -preset veryfast -pix_fmt yuv420p"
SIZE = (1280, 720)


def skipped(path: Path) -> set[int]:
    """Numbers of the film's chunks that tell nothing."""
    chunks = VideoReader(segment_s=EACH_S).read(path).chunks
    return set(TELLING.same_as_before(path, VIDEO, chunks))


def unheard(path: Path) -> set[int]:
    chunks = AudioReader(segment_s=EACH_S).read(path).chunks
    return set(TELLING.same_as_before(path, AUDIO, chunks))


def slide(path: Path, changed: str = "", dark: bool = False, points: int = 14) -> Path:
    """A screen full of small text; `changed` stands in for the end of its tenth line."""
    picture = Image.new("RGB", SIZE, (30, 30, 30) if dark else "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(points)
    for number in range(20):
        end = changed if changed and number == 10 else f"line {number}"
        text = f"The quick brown fox jumps over the lazy dog, {end}"
        draw.text((40, 30 + number * 30), text, fill=(176,) * 3 if dark else "black", font=font)
    picture.save(path)
    return path


def show(
    path: Path, shots: list[tuple[Path, float]], how: str = X264, more: str = "", rate: int = 2
) -> Path:
    """Each picture for so many seconds, `rate` pictures a second."""
    inputs: list[str | Path] = []
    for picture, lasts_s in shots:
        inputs += [f"-loop 1 -framerate {rate} -t {lasts_s} -i", picture]
    joined = "".join(f"[{n}]" for n in range(len(shots))) + f"concat=n={len(shots)}{more}[v]"
    ffmpeg(*inputs, f"-filter_complex {joined} -map [v]", how, path)
    return path


@pytest.mark.parametrize("how", [X264, f"{X264} -crf 32 -g 10", "-c:v mpeg4 -q:v 8 -g 12"])
def test_a_slide_tells_once(tmp_path: Path, how: str) -> None:
    path = show(tmp_path / "a.mp4", [(slide(tmp_path / "a.png"), 16)], how)
    assert skipped(path) == {1, 2, 3}


@pytest.mark.parametrize("lasts_s", [0.6, 2, 3])
def test_what_flashes_up_in_the_middle_is_not_lost(tmp_path: Path, lasts_s: float) -> None:
    one, two = slide(tmp_path / "a.png"), slide(tmp_path / "b.png", dark=True)
    shots = [(one, 9), (two, lasts_s), (one, 15 - lasts_s)]
    path = show(tmp_path / "a.mp4", shots, rate=5)
    # The flash is in chunk 2, which is no stand-in for chunk 3: that shows one of two pictures.
    assert skipped(path) == {1, 4, 5}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("changed", ["line 11", "line 10?"])
def test_a_small_change_of_text_is_seen(tmp_path: Path, dark: bool, changed: str) -> None:
    one = slide(tmp_path / "a.png", dark=dark)
    two = slide(tmp_path / "b.png", changed, dark=dark)
    path = show(tmp_path / "a.mp4", [(one, 8), (two, 8)], f"{X264} -crf 28")
    assert skipped(path) == {1, 3}


def test_a_picture_of_another_colour_is_seen_though_it_is_as_bright(tmp_path: Path) -> None:
    for name, colour in (("a", (200, 60, 60)), ("b", (42, 128, 60))):  # both 102 in grey
        Image.new("RGB", SIZE, colour).save(tmp_path / f"{name}.png")
    path = show(tmp_path / "a.mp4", [(tmp_path / "a.png", 8), (tmp_path / "b.png", 8)])
    assert skipped(path) == {1, 3}


def test_grain_alone_tells_nothing_but_what_moves_in_it_does(tmp_path: Path) -> None:
    scene = tmp_path / "a.png"
    ffmpeg("-f lavfi -i testsrc2=s=1280x720 -frames:v 1", scene)
    other = Image.open(scene)
    ImageDraw.Draw(other).ellipse((600, 300, 640, 340), fill="gray")
    other.save(tmp_path / "b.png")
    grainy = ",format=yuv420p,noise=alls=8:allf=t"
    path = show(tmp_path / "a.mp4", [(scene, 8), (tmp_path / "b.png", 4)], more=grainy)
    assert skipped(path) == {1}


def test_slow_movement_tells_once_it_has_added_up(tmp_path: Path) -> None:
    """Each chunk is nearly what the one before it was, and the last is another picture."""
    path = tmp_path / "a.mp4"
    fading = "-f lavfi -i color=black:s=320x180:r=5:d=40 -vf fade=in:d=40:color=white"
    ffmpeg(fading, X264, path)
    assert skipped(path) == set()


def test_film_that_moves_tells(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    ffmpeg("-f lavfi -i testsrc2=s=320x180:r=10:d=16", X264, path)
    assert skipped(path) == set()


def test_a_screen_that_is_recorded_only_when_it_changes_is_looked_at_as_it_is_seen(
    tmp_path: Path,
) -> None:
    one, two = slide(tmp_path / "a.png"), slide(tmp_path / "b.png", "another")
    path = show(tmp_path / "all.mkv", [(one, 10), (two, 10)], rate=5)
    few = tmp_path / "few.mkv"
    ffmpeg("-i", path, "-vf mpdecimate=max=0 -vsync vfr", X264, few)
    assert skipped(few) <= {1, 4}
    assert 1 in skipped(few)


@pytest.mark.parametrize(
    ("sound", "expected"),
    [
        ("anullsrc", {1, 2, 3}),
        ("sine=440", set()),
        ("aevalsrc='if(between(t,9,9.2),0.05*sin(3000*t),0)'", {1, 3}),  # a cough
        ("aevalsrc='0.0005*(random(0)-0.5)'", {1, 2, 3}),  # hiss at -72 dB
    ],
)
def test_a_slide_with_a_voice_tells_while_it_speaks(
    tmp_path: Path, sound: str, expected: set[int]
) -> None:
    mute = show(tmp_path / "mute.mp4", [(slide(tmp_path / "a.png"), 16)])
    path = tmp_path / "a.mp4"
    ffmpeg("-i", mute, "-f lavfi -i", f'"{sound}"', "-t 16 -c:v copy -c:a aac", path)
    assert skipped(path) == expected


@pytest.mark.parametrize(
    "how", ["wav", "mp3 -b:a 64k", "ogg -c:a libopus", "m4a", "wav -c:a pcm_u8"]
)
def test_silence_tells_nothing_and_a_cough_does(tmp_path: Path, how: str) -> None:
    ending, _, codec = how.partition(" ")
    path = tmp_path / f"a.{ending}"
    spoken = "if(lt(t,4),0.5*sin(2000*t),if(between(t,13,13.2),0.05*sin(3000*t),0))"
    ffmpeg("-f lavfi -i", f"\"aevalsrc='{spoken}'\"", f"-t 20 {codec}", path)
    assert unheard(path) == {1, 2, 4}


def test_sound_that_a_mix_to_one_channel_would_cancel_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    ffmpeg("-f lavfi -i", "\"aevalsrc='sin(2000*t)*0.3|-sin(2000*t)*0.3'\"", "-t 12", path)
    assert unheard(path) == set()


def test_sound_above_what_speech_needs_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    ffmpeg("-f lavfi -i sine=14000:r=44100 -t 12", path)  # a bat, a cricket
    assert unheard(path) == set()


def test_a_faint_recording_is_not_silence(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    faint = "if(lt(t,4),0.02,if(lt(t,8),0,0.002))*sin(2000*t)"
    ffmpeg("-f lavfi -i", f"\"aevalsrc='{faint}'\"", "-t 12", path)
    assert unheard(path) == {1}


def test_the_first_chunk_and_other_media_always_tell(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    ffmpeg("-f lavfi -i anullsrc -t 12", path)
    assert unheard(path) == {1, 2}
    pages = [Chunk(n, Modality.DOCUMENT, None) for n in range(3)]
    assert TELLING.same_as_before(path, Modality.DOCUMENT, pages) == frozenset()


def test_a_film_without_pictures_tells_by_its_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    ffmpeg("-f lavfi -i anullsrc -t 12 -c:a aac", path)
    assert skipped(path) == {1, 2}


def test_pictures_of_two_sizes_are_not_alike() -> None:
    one, other = (np.zeros((*size, 3), np.int16) for size in ((9, 16), (16, 9)))
    assert alike(one, one)
    assert not alike(one, other)


def test_silence_is_measured_at_the_loudest_moment_of_the_file() -> None:
    none = [0.0] * 3
    assert silences(none, [0.5, 0.002, 0.004]) == [False, True, False]
    assert silences(none, [0.01, 0.002, 0.0005]) == [False, False, True]
    assert silences(none, none) == [True] * 3


def test_what_a_codec_draws_out_into_the_next_chunk_is_not_its_own() -> None:
    assert silences([0.5, 0.5, 0.5], [0.5, 0.0, 0.0]) == [False, True, False]


def test_it_travels_to_a_child_process() -> None:
    assert pickle.loads(pickle.dumps(TELLING)) == TELLING  # noqa: S301  # our own bytes
