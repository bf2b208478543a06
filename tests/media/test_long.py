"""Long film and sound become parts that a job takes: whole, and the same when made again."""

from __future__ import annotations

import pickle
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from nova_desktop.errors import BadInput
from nova_desktop.long_media import JobLimits, LongPart, LongReader
from nova_desktop.media.long import MediaLong
from nova_desktop.media.parting import Place, copied_begins, even_begins
from nova_desktop.media.probe import probe
from nova_desktop.model import Modality
from tests.media.clips import H264, LENGTH_S, PICTURE, SOUND, ffmpeg, film, tone
from tests.media.test_video import decoded

VIDEO, AUDIO = Modality.VIDEO, Modality.AUDIO
FILMS = JobLimits(("video/mp4", "video/quicktime", "video/x-matroska", "video/webm"), 10**9, 60, 60)
SOUNDS = JobLimits(("audio/mpeg", "audio/wav", "audio/ogg"), 10**9, 60, 60)
ROOMY: LongReader = MediaLong({VIDEO: FILMS, AUDIO: SOUNDS}, segment_s=2.0)


def taking(seconds: float, least: int = 10**9) -> MediaLong:
    """A job's limits so tight that the clips are too long, or too large."""
    films, sounds = (replace(x, seconds=seconds, bytes=least) for x in (FILMS, SOUNDS))
    return MediaLong({VIDEO: films, AUDIO: sounds}, segment_s=2.0)


def lasts(part: LongPart) -> float:
    return probe(part.path).duration_s


def covers(parts: tuple[LongPart, ...], length_s: float = LENGTH_S) -> bool:
    """Without gaps, each as long as it says."""
    assert parts[0].start_s == 0
    assert all(one.stop_s == two.start_s for one, two in pairwise(parts))
    assert parts[-1].stop_s == pytest.approx(length_s, abs=0.2)
    for part in parts:
        assert lasts(part) == pytest.approx(part.stop_s - part.start_s, abs=0.2)
    return True


def colours(part: LongPart) -> set[str]:
    """What is on the screen, but for the edges."""
    seen, _, _ = decoded(part.path.read_bytes())
    return set(seen[3:-3])


@pytest.mark.parametrize("kind", ["mp4", "mov", "mkv", "webm"])
def test_a_film_that_a_job_takes_is_its_own_only_part(tmp_path: Path, kind: str) -> None:
    path = film(tmp_path / f"a.{kind}")
    (part,) = ROOMY.parts(path, VIDEO, tmp_path / "none")
    assert part.path == path
    assert part.stop_s == pytest.approx(LENGTH_S, abs=0.2)
    assert part.mime in FILMS.mimes


@pytest.mark.parametrize("kind", ["mp4", "mkv", "webm", "ts", "wmv", "3gp"])
def test_a_long_film_is_parted_at_segments_and_each_part_shows_its_time(
    tmp_path: Path, kind: str
) -> None:
    path = film(tmp_path / f"a.{kind}")
    parts = taking(6.0).parts(path, VIDEO, tmp_path)
    assert covers(parts)
    assert [part.start_s for part in parts] == pytest.approx([0, 4, 8], abs=0.1)
    assert [colours(part) for part in parts] == [{"red"}, {"green"}, {"blue"}]
    assert {part.mime for part in parts} == {"video/webm" if kind == "webm" else "video/mp4"}
    assert all(probe(part.path).audio for part in parts)


def test_a_copy_keeps_the_streams_as_they_are(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mkv")
    parts = taking(6.0).parts(path, VIDEO, tmp_path)
    assert {part.mime for part in parts} == {"video/mp4"}
    whole = sum(part.path.stat().st_size for part in parts)
    assert whole == pytest.approx(path.stat().st_size, rel=0.15)
    with av.open(str(parts[0].path)) as file:
        assert (file.streams.video[0].width, file.streams.audio[0].codec.name) == (160, "aac")


def test_only_the_container_is_changed_where_that_is_all_that_is_wrong(tmp_path: Path) -> None:
    for kind in ("ts", "flv"):
        path = film(tmp_path / f"a.{kind}")
        (part,) = ROOMY.parts(path, VIDEO, tmp_path)
        assert covers((part,))
        assert part.mime == "video/mp4"
        assert probe(part.path).width == 160
        part.path.unlink()


def test_a_film_of_few_key_pictures_is_made_anew_at_the_exact_times(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", "-g 1000 -x264-params scenecut=0:keyint=1000")
    parts = taking(6.0).parts(path, VIDEO, tmp_path)
    assert covers(parts)
    assert [part.start_s for part in parts] == [0.0, 4.0, 8.0]
    assert [colours(part) for part in parts] == [{"red"}, {"green"}, {"blue"}]


def test_a_film_of_too_many_bytes_is_parted_though_it_is_short(tmp_path: Path) -> None:
    path = film(
        tmp_path / "a.mp4",
        "-b:v 800k -minrate 800k -maxrate 800k -bufsize 400k -x264-params nal-hrd=cbr",
    )
    most = path.stat().st_size // 2
    parts = taking(60.0, most).parts(path, VIDEO, tmp_path)
    assert covers(parts)
    assert len(parts) >= 3
    assert all(part.path.stat().st_size <= most for part in parts)


def test_a_job_has_no_more_segments_than_it_takes(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4")
    few = MediaLong({VIDEO: replace(FILMS, segments=5)}, segment_s=2.0)
    parts = few.parts(path, VIDEO, tmp_path)
    assert len(parts) == 2
    assert all(lasts(part) <= 5 * 2.0 for part in parts)
    (whole,) = MediaLong({VIDEO: replace(FILMS, segments=6)}, 2.1).parts(path, VIDEO, tmp_path)
    assert whole.path == path


def test_parts_made_again_are_the_same_to_the_byte(tmp_path: Path) -> None:
    for path, modality in (
        (film(tmp_path / "copied.mp4"), VIDEO),
        (film(tmp_path / "anew.wmv"), VIDEO),
        (tone(tmp_path / "anew.flac"), AUDIO),
        (tone(tmp_path / "copied.ogg"), AUDIO),
    ):
        made = []
        for name in ("one", "two"):
            folder = tmp_path / f"{path.stem}-{modality}-{name}"
            folder.mkdir()
            parts = taking(6.0).parts(path, modality, folder)
            made.append([(p.path.name, p.start_s, p.stop_s, p.path.read_bytes()) for p in parts])
        assert made[0] == made[1]


def test_what_an_earlier_call_left_is_not_made_again(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4")
    parts = taking(6.0).parts(path, VIDEO, tmp_path)
    before = [part.path.stat().st_mtime_ns for part in parts]
    parts[1].path.unlink()
    assert taking(6.0).parts(path, VIDEO, tmp_path) == parts
    after = [part.path.stat().st_mtime_ns for part in parts]
    assert (after[0], after[2]) == (before[0], before[2])
    assert not (tmp_path / "unfinished").exists()


@pytest.mark.parametrize(
    ("kind", "mime"),
    [
        ("mp3", "audio/mpeg"),
        ("ogg", "audio/ogg"),
        ("opus", "audio/ogg"),
        ("m4a", "audio/mpeg"),
        ("wav", "audio/mpeg"),
        ("flac", "audio/mpeg"),
        ("aiff", "audio/mpeg"),
        ("wma", "audio/mpeg"),
    ],
)
def test_long_sound_is_copied_or_made_small_and_each_part_sounds_like_its_time(
    tmp_path: Path, kind: str, mime: str
) -> None:
    path = tone(tmp_path / f"a.{kind}")
    parts = taking(8.0).parts(path, AUDIO, tmp_path)
    assert covers(parts)
    assert [part.start_s for part in parts] == pytest.approx([0, 6], abs=0.05)
    assert {part.mime for part in parts} == {mime}
    quiet, loud = (loudness(part.path) for part in parts)
    assert loud > 2 * quiet > 0


def loudness(path: Path) -> float:
    with av.open(str(path)) as file:
        blocks = [np.abs(frame.to_ndarray().astype(float)).mean() for frame in file.decode(audio=0)]
        return float(np.median(blocks))


@pytest.mark.parametrize("kind", ["mp3", "wav", "ogg", "opus"])
def test_sound_that_a_job_takes_is_its_own_only_part(tmp_path: Path, kind: str) -> None:
    path = tone(tmp_path / f"a.{kind}")
    (part,) = ROOMY.parts(path, AUDIO, tmp_path / "none")
    assert (part.path, part.start_s) == (path, 0.0)


@pytest.mark.parametrize("kind", ["m4a", "flac", "aiff", "wma"])
def test_sound_in_another_format_is_made_into_one_that_is_taken(tmp_path: Path, kind: str) -> None:
    (part,) = ROOMY.parts(tone(tmp_path / f"a.{kind}"), AUDIO, tmp_path)
    assert part.mime in SOUNDS.mimes
    assert covers((part,))


def test_an_mp2_file_that_is_called_mpeg_is_no_mp3(tmp_path: Path) -> None:
    path = tmp_path / "a.mp2"
    ffmpeg("-f lavfi -i sine=440:d=3 -c:a mp2", path)
    (part,) = ROOMY.parts(path, AUDIO, tmp_path)
    assert part.path != path
    with av.open(str(part.path)) as file:
        assert file.streams.audio[0].codec_context.codec.canonical_name == "mp3"


def test_a_film_without_sound_is_parted_like_any(tmp_path: Path) -> None:
    parts = taking(6.0).parts(film(tmp_path / "a.mp4", sound=False), VIDEO, tmp_path)
    assert covers(parts)
    assert not any(probe(part.path).audio for part in parts)


def test_a_film_without_pictures_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    ffmpeg(f"-f lavfi -i sine=440:d={LENGTH_S} -c:a aac", path)
    parts = taking(8.0).parts(path, VIDEO, tmp_path)
    assert covers(parts)
    assert {part.mime for part in parts} == {"audio/mpeg"}


def test_where_pictures_end_early_the_rest_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    ffmpeg("-f lavfi -i color=red:s=160x120:d=3 -f lavfi -i sine=440:d=12", H264, "-c:a aac", path)
    parts = taking(6.0).parts(path, VIDEO, tmp_path)
    assert covers(parts)
    assert [part.mime.partition("/")[0] for part in parts] == ["video", "audio", "audio"]


@pytest.mark.parametrize("more", ["", "-g 1000 -x264-params scenecut=0:keyint=1000"])
def test_a_turned_film_stays_upright(tmp_path: Path, more: str) -> None:
    lying, path = film(tmp_path / "lying.mp4", more), tmp_path / "a.mp4"
    ffmpeg("-i", lying, "-c copy -metadata:s:v rotate=90", path)
    assert (probe(path).width, probe(path).height) == (120, 160)
    for part in taking(6.0).parts(path, VIDEO, tmp_path):
        shown = probe(part.path)
        assert (shown.width, shown.height) == (120, 160)


def test_a_film_of_changing_pace_keeps_its_times(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    slow = "-filter_complex [0][1][2]concat=n=3,select='lt(t\\,4)+not(mod(n\\,10))'[v] -map [v]"
    ffmpeg(PICTURE, SOUND, slow, "-map 3 -vsync vfr", H264, "-g 1000 -c:a aac", path)
    parts = taking(6.0).parts(path, VIDEO, tmp_path)
    assert [part.start_s for part in parts] == pytest.approx([0.0, 4.0, 8.0], abs=0.5)
    for part, expected in zip(parts, ("red", "green", "blue"), strict=True):
        seen, _, _ = decoded(part.path.read_bytes())
        assert max(set(seen), key=seen.count) == expected


def test_a_damaged_film_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4")
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(BadInput, match="damaged"):
        taking(6.0).parts(path, VIDEO, tmp_path)


def test_it_travels_to_a_child_process() -> None:
    assert pickle.loads(pickle.dumps(ROOMY)) == ROOMY  # noqa: S301  # our own bytes


NOVA = JobLimits(("video/mp4",), 2_000_000_000, 7200, 1434)


@pytest.mark.parametrize("segment_s", [1.0, 5.0, 15.0, 30.0])
@pytest.mark.parametrize("hours", [2.01, 3.98, 7.3, 30.0])
def test_even_parts_begin_at_segments_and_fit(segment_s: float, hours: float) -> None:
    edges = (*even_begins(hours * 3600, segment_s, NOVA), hours * 3600)
    for start, stop in pairwise(edges):
        assert start % segment_s == 0
        assert 0 < stop - start < min(7200, 1434 * segment_s)


def test_a_copy_is_parted_where_a_key_picture_is_nearest_to_a_segment() -> None:
    places = [
        Place(15.0 * n - (0.9 if n % 7 else 0.02), 1000 * n, 0.9 if n % 7 else 0.02)
        for n in range(1, 900)
    ]
    begins = copied_begins(places, 13_500.0, 900_000, 15.0, NOVA)
    assert begins == pytest.approx((0.0, 15.0 * 476 - 0.02))
    far = [place._replace(off_s=2.5) for place in places]
    assert copied_begins(far, 13_500.0, 900_000, 15.0, NOVA) == ()
