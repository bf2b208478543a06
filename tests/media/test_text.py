"""Texts: any encoding, passages with their characters, subtitles with their seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from nova_desktop.closeup import Cue
from nova_desktop.errors import BadInput
from nova_desktop.media import written
from nova_desktop.media.plain import LIMIT
from nova_desktop.media.subtitles import cues, merged
from nova_desktop.media.text import TextReader
from nova_desktop.model import Limits, Modality, Reading, Source, Span, Unit
from tests.contracts.reader import ReaderContract

PLAIN = Limits({Modality.TEXT: ("text/plain",)})
RUSSIAN = "Сегодня утром мы поехали на озеро и долго смотрели на белых лебедей. " * 5
GERMAN = "Schöne Grüße aus München, wo die Straßenbahn über die Brücke fährt. " * 5
SRT = """1
00:00:01,000 --> 00:00:03,500
<i>Good morning</i>, Vienna &amp; Rome!

2
00:00:04,000 --> 00:00:09,000
The train leaves
in a minute.

3
00:01:10,000 --> 00:01:12,000
We arrived.
"""


class TestTextReader(ReaderContract):
    @pytest.fixture
    def reader(self) -> TextReader:
        return TextReader()

    @pytest.fixture(params=["notes.md", "table.csv", "data.json", "talk.srt", "talk.vtt", "a.txt"])
    def sample(self, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
        path = tmp_path / str(request.param)
        path.write_text(
            {
                "notes.md": "# Garden\n\n" + "Sow tomatoes in March, they like the sun. " * 40,
                "table.csv": "name,city\n" + "Ana,Lisboa\nIvo,Praha\n" * 60,
                "data.json": '[{"place": "Oslo", "days": 3}, {"place": "Bergen"}]' * 30,
                "talk.srt": SRT,
                "talk.vtt": "WEBVTT\n\n" + SRT.replace(",", "."),
                "a.txt": GERMAN * 6,
            }[path.name],
            "utf-8",
        )
        return path


def read(path: Path, data: bytes | str) -> Reading:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return TextReader().read(path)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-32"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GERMAN, "cp1252"),
        ("今日は朝から湖へ行って、白鳥をずっと眺めていました。" * 8, "shift_jis"),
        ("今天早上我们去了湖边，看了很久的白天鹅。" * 8, "gb18030"),
    ],
)
def test_a_text_is_read_in_any_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    reading = read(tmp_path / "a.txt", text.encode(encoding))
    assert "".join(c.words[0].text for c in reading.chunks).split() == text.split()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_spans_count_characters_of_the_decoded_text(tmp_path: Path, newline: str) -> None:
    text = ("  Ein schöner Satz, 写真 🦊. Noch einer!" + newline * 2) * 60
    path = tmp_path / "a.txt"
    reading = read(path, text)
    assert len(reading.chunks) > 2
    for chunk in reading.chunks:
        assert chunk.span
        assert chunk.span.unit is Unit.CHARACTERS
        said = text[int(chunk.span.start) : int(chunk.span.stop)]
        assert said == chunk.words[0].text
        assert TextReader().preview(path, chunk.span, 100).text == said
        assert TextReader().encode(path, chunk, PLAIN)[0].text == said


def test_a_blank_file_is_one_chunk_without_words(tmp_path: Path) -> None:
    chunks = read(tmp_path / "a.txt", " \n\n ").chunks
    assert [(c.span, c.words) for c in chunks] == [(Span(Unit.CHARACTERS, 0, 4), ())]


def test_a_markdown_heading_is_the_title(tmp_path: Path) -> None:
    assert read(tmp_path / "a.md", "intro\n\n## Plans for *May* ##\ntext").info.title == (
        "Plans for *May*"
    )


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02\x03" * 50, b"\xff\xd8\xff\xe0 not a text", b"MZ\x90\x00\x03 exe" + bytes(200)],
)
def test_what_is_no_text_is_refused_whatever_its_name(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BadInput, match="is not a text"):
        read(tmp_path / "a.txt", data)


def test_of_a_huge_text_the_start_is_read_and_the_end_says_so(tmp_path: Path) -> None:
    line = "A line of an endless protocol that nobody reads. \n"
    path = tmp_path / "a.log"
    reading = read(path, line * (LIMIT // len(line) + 10))
    last = reading.chunks[-1]
    assert last.span
    assert last.span.stop <= written.MAX_CHARACTERS
    assert last.words[-1].source is Source.METADATA
    assert last.words[-1].text == "Only the first 2,000,000 characters of this file are indexed."


def test_pieces_of_text_are_cut_between_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    chunk = read(path, "ж" * 50).chunks[0]
    limits = Limits({Modality.TEXT: ("text/plain",)}, bytes=11)
    assert TextReader().encode(path, chunk, limits)[0].text == "ж" * 5


def test_subtitles_are_found_by_the_moment_they_are_said(tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    reading = read(path, SRT)
    first, second = reading.chunks
    assert first.span == Span(Unit.SECONDS, 1.0, 9.0)
    assert first.words[0].source is Source.SUBTITLES
    assert first.words[0].text == "Good morning, Vienna & Rome! The train leaves in a minute."
    assert second.span == Span(Unit.SECONDS, 70.0, 72.0)
    assert TextReader().preview(path, second.span, 100).text == "We arrived."
    assert TextReader().encode(path, second, PLAIN)[0].source is Source.SUBTITLES


def test_cues_of_webvtt_lose_their_marks() -> None:
    said = cues(
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE nothing\n\nid\n"
        "00:01.000 --> 00:02.500 align:start\n<v Ana>{\\an8}Hi <c.x>there</c>\n"
    )
    assert said == (Cue(1.0, 2.5, "Hi there"),)


def test_rolling_captions_are_said_once_and_long_talk_is_parted() -> None:
    talk = [Cue(0, 4, "one"), Cue(4, 8, "one"), Cue(8, 12, "two"), Cue(12, 16, "three")]
    assert merged(talk) == (Cue(0, 12, "one two"), Cue(12, 16, "three"))


@pytest.mark.parametrize("text", ["", "00:00:05,000 --> 00:00:01,000\nx\n", "--> -->", "99 --> 1"])
def test_broken_cues_are_left_out(text: str) -> None:
    assert cues(text) == ()


def test_a_subtitle_file_without_cues_is_read_as_text(tmp_path: Path) -> None:
    assert read(tmp_path / "a.vtt", "WEBVTT\n\nnothing here").chunks[0].words[0].text
