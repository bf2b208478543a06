"""Whatever a Reader takes in, Amazon Nova gets in a format, a length and a size that it takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nova_desktop.aws.client import Answered
from nova_desktop.aws.errors import Account
from nova_desktop.engines.nova import NovaEngine
from nova_desktop.engines.nova_media import container_of, seconds_of
from nova_desktop.engines.nova_request import (
    COMBINED,
    MAX_SECONDS,
    SEPARATE,
    body_of,
    kind_of,
)
from nova_desktop.media.readers import readers
from nova_desktop.media.sniff import sniff
from nova_desktop.model import Limits, Piece, Purpose, Source
from tests import media_samples as samples
from tests.media.clips import CONTAINERS, SOUNDS, ffmpeg, film, tone
from tests.media.test_document import KINDS, make

PICTURES = ["jpg", "png", "webp", "gif", "bmp", "tif", "heic", "avif"]
TEXTS = {
    "a.txt": "It rained for a week.\n" * 400,
    "a.md": "# Garden\n\nSow tomatoes in March.",
    "a.csv": "name,city\nAna,Lisboa\n",
    "a.json": '[{"place": "Oslo"}]',
    "a.srt": "1\n00:00:01,000 --> 00:00:02,000\nWe arrived.\n",
    "a.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nWe arrived.\n",
    "code.py": "def rain() -> None:\n    ...\n",
    "chinese.txt": "雨下了一个星期。" * 3000,
}


class Nobody:
    """A connection that nothing is asked of: the limits are all that is wanted."""

    account = Account()

    def invoke(self, model: str, body: bytes) -> Answered:
        raise AssertionError(model, len(body))


LIMITS = NovaEngine(Nobody()).limits


def pieces_of(path: Path, limits: Limits = LIMITS, segment_s: float = 15.0) -> list[Piece]:
    """Of all its chunks, each within what Amazon Nova takes, in both ways of embedding film."""
    modality = sniff(path)
    assert modality
    reader = readers(segment_s, "")[modality]
    found = [
        piece for chunk in reader.read(path).chunks for piece in reader.encode(path, chunk, limits)
    ]
    assert found
    for piece in found:
        assert len(piece.data) <= limits.bytes
        assert (seconds_of(piece.data) or 0) <= MAX_SECONDS
        for mode in (COMBINED, SEPARATE):
            body_of(piece, Purpose.INDEX, 1024, mode)
    return found


@pytest.mark.parametrize("ending", [*PICTURES, "dng"])
def test_a_picture_of_any_format_is_taken(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    made = samples.dng(path, samples.picture()) if ending == "dng" else samples.save(path)
    (piece,) = pieces_of(made)
    assert (kind_of(piece), container_of(piece.data)) == ("image", "jpeg")


@pytest.mark.parametrize("kind", CONTAINERS)
def test_film_of_any_format_is_taken(tmp_path: Path, kind: str) -> None:
    (piece,) = pieces_of(film(tmp_path / f"a.{kind}"))
    assert (kind_of(piece), container_of(piece.data)) == ("video", "mp4")
    assert seconds_of(piece.data) == pytest.approx(12, abs=0.3)


@pytest.mark.parametrize("kind", SOUNDS)
def test_sound_of_any_format_is_taken(tmp_path: Path, kind: str) -> None:
    (piece,) = pieces_of(tone(tmp_path / f"a.{kind}"))
    assert kind_of(piece) == "audio"
    assert seconds_of(piece.data) == pytest.approx(12, abs=0.3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_of_any_format_is_taken(tmp_path: Path, kind: str) -> None:
    found = pieces_of(make(kind, tmp_path / f"a.{kind}"))
    assert {kind_of(piece) for piece in found} == {"image" if kind == "pdf" else "text"}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_any_format_is_taken(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXTS[name], "utf-8")
    assert all(kind_of(piece) == "text" for piece in pieces_of(path))


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "epub"])
def test_a_page_of_more_words_than_a_request_takes_is_taken_in_pieces(
    tmp_path: Path, kind: str
) -> None:
    words = "The lighthouse was built in a hard winter. " * 1000
    path = tmp_path / f"a.{kind}"
    match kind:
        case "docx":
            samples.docx(path, [words])
        case "pptx":
            samples.pptx(path, [words])
        case "xlsx":
            samples.xlsx(path, {"One": [[words]]})
        case _:
            samples.epub(path, [words])
    assert sum(len(piece.text) for piece in pieces_of(path)) >= 0.9 * len(words.strip())


@pytest.mark.parametrize("kind", ["mp4", "avi", "mp3", "m4a"])
def test_segments_of_thirty_seconds_are_taken(tmp_path: Path, kind: str) -> None:
    """Of 30.9 s the whole is one chunk, as a tail of less than a second belongs to it."""
    path = tmp_path / f"a.{kind}"
    sound = "-f lavfi -i sine=440:d=30.9"
    if kind in CONTAINERS:
        picture = "-f lavfi -i testsrc2=s=64x48:r=5:d=30.9"
        ffmpeg(picture, sound, CONTAINERS[kind], path)
    else:
        ffmpeg(sound, SOUNDS[kind], path)
    assert pieces_of(path, segment_s=30.0)


def test_what_is_too_large_is_made_small(tmp_path: Path) -> None:
    """As of a film of many megabytes, whose copy would not fit."""
    few = replace(LIMITS, bytes=120_000)
    ffmpeg("-f lavfi -i testsrc2=s=640x360:r=25:d=8", CONTAINERS["mp4"], tmp_path / "a.mp4")
    samples.save(tmp_path / "a.png", samples.picture((3000, 2000)).effect_spread(20))
    for path in (tmp_path / "a.mp4", tmp_path / "a.png", tone(tmp_path / "a.wav")):
        assert path.stat().st_size > few.bytes
        assert pieces_of(path, few)


def test_film_without_sound_or_pictures_is_taken(tmp_path: Path) -> None:
    mute = film(tmp_path / "mute.mp4", sound=False)
    assert kind_of(pieces_of(mute)[0]) == "video"
    heard = tmp_path / "heard.mp4"
    ffmpeg("-f lavfi -i sine=440:d=3 -c:a aac", heard)
    assert kind_of(pieces_of(heard)[0]) == "audio"


def test_where_sound_stands_apart_a_film_is_asked_for_twice_unless_it_has_none(
    tmp_path: Path,
) -> None:
    apart = replace(LIMITS, sound_apart=True)
    picture, sound = pieces_of(film(tmp_path / "heard.mp4"), apart)
    assert (picture.source, sound.source) == (Source.PICTURE, Source.SOUND)
    assert (picture.data, picture.span) == (sound.data, sound.span)
    (alone,) = pieces_of(film(tmp_path / "mute.mp4", sound=False), apart)
    assert alone.source is Source.PICTURE
