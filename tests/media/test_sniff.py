"""What a file is shows in its bytes: names lie, containers hold sound or pictures, pipes hang."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from nova_desktop.errors import BadInput, TryLater
from nova_desktop.media.sniff import sniff, sniff_mime
from nova_desktop.model import Modality
from tests import media_samples as samples
from tests.contracts.reader import check_sentence

SOUND = ("-f", "lavfi", "-i", "sine=duration=0.3:sample_rate=44100")
FILM = ("-f", "lavfi", "-i", "testsrc=duration=0.3:size=176x144:rate=25")
MADE = {  # file → (arguments of ffmpeg, what it is)
    "a.mp3": ((*SOUND, "-id3v2_version", "3"), "audio/mpeg"),
    "untagged.mp3": ((*SOUND, "-id3v2_version", "0", "-write_xing", "0"), "audio/mpeg"),
    "a.m4a": ((*SOUND, "-c:a", "aac"), "audio/mp4"),
    "sound only.mp4": ((*SOUND, "-c:a", "aac"), "audio/mp4"),
    "a.aac": ((*SOUND, "-c:a", "aac"), "audio/aac"),
    "a.wav": (SOUND, "audio/wav"),
    "a.aiff": (SOUND, "audio/aiff"),
    "a.flac": (SOUND, "audio/flac"),
    "a.ogg": ((*SOUND, "-c:a", "libvorbis"), "audio/ogg"),
    "a.opus": ((*SOUND, "-c:a", "libopus"), "audio/ogg"),
    "a.wma": (SOUND, "audio/x-ms-wma"),
    "a.mka": ((*SOUND, "-c:a", "flac"), "audio/x-matroska"),
    "sound only.webm": ((*SOUND, "-c:a", "libopus"), "audio/webm"),
    "sound only.flv": ((*SOUND, "-c:a", "libmp3lame"), "audio/x-flv"),
    "a.ogv": ((*FILM, *SOUND, "-c:v", "libtheora", "-c:a", "libvorbis"), "video/ogg"),
    "a.mp4": ((*FILM, *SOUND), "video/mp4"),
    "fast.mp4": ((*FILM, "-movflags", "+faststart"), "video/mp4"),
    "a.mov": ((*FILM, *SOUND), "video/quicktime"),
    "a.3gp": ((*FILM, "-c:v", "h263"), "video/3gpp"),
    "a.mkv": ((*FILM, *SOUND), "video/x-matroska"),
    "a.webm": ((*FILM, "-c:v", "libvpx"), "video/webm"),
    "a.avi": ((*FILM, *SOUND), "video/x-msvideo"),
    "a.wmv": ((*FILM, *SOUND), "video/x-ms-wmv"),
    "a.flv": ((*FILM, "-c:v", "flv"), "video/x-flv"),
    "a.mpg": (FILM, "video/mpeg"),
    "a.ts": (FILM, "video/mp2t"),
    "a.m2ts": (FILM, "video/mp2t"),
}


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg makes these files")
@pytest.mark.parametrize("name", MADE)
def test_sound_and_film_are_told_apart_by_their_tracks(tmp_path: Path, name: str) -> None:
    arguments, mime = MADE[name]
    path = tmp_path / name
    command = ["ffmpeg", "-nostdin", "-v", "error", *arguments, str(path)]
    subprocess.run(command, check=True, timeout=60)
    misnamed = path.rename(tmp_path / "misnamed.txt")
    assert sniff_mime(misnamed) == mime
    assert sniff(misnamed) is Modality(mime.partition("/")[0])
    cut = tmp_path / "cut"
    cut.write_bytes(misnamed.read_bytes()[:600])
    assert sniff(cut) in (Modality.AUDIO, Modality.VIDEO)


def test_what_still_formats_are_does_not_depend_on_their_names(tmp_path: Path) -> None:
    office = "application/vnd.openxmlformats-officedocument."
    for path, mime in (
        *((samples.save(tmp_path / f"a.{e}"), f"image/{e}") for e in ("png", "webp", "gif")),
        *((samples.save(tmp_path / f"a.{e}"), f"image/{e}") for e in ("bmp", "heic", "avif")),
        (samples.save(tmp_path / "a.jpg"), "image/jpeg"),
        (samples.save(tmp_path / "a.tif"), "image/tiff"),
        (samples.dng(tmp_path / "a.dng", samples.picture()), "image/x-raw"),
        (samples.pdf(tmp_path / "a.pdf", ["x"]), "application/pdf"),
        (samples.docx(tmp_path / "a.docx", ["x"]), f"{office}wordprocessingml.document"),
        (samples.pptx(tmp_path / "a.pptx", ["x"]), f"{office}presentationml.presentation"),
        (samples.xlsx(tmp_path / "a.xlsx", {"x": []}), f"{office}spreadsheetml.sheet"),
        (samples.odf(tmp_path / "a.odt", "text", ""), samples.ODF_MIME + "text"),
        (samples.epub(tmp_path / "a.epub", ["x"]), "application/epub+zip"),
    ):
        assert sniff_mime(path.rename(tmp_path / "misnamed.mp3")) == mime


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"II*\0\x10\0\0\0CR\x02\0" + bytes(60), "image/x-raw"),  # CR2
        (b"FUJIFILMCCD-RAW 0201", "image/x-raw"),
        (b"IIU\0\x18\0\0\0", "image/x-raw"),  # RW2
        (b"IIRO\x08\0\0\0", "image/x-raw"),  # ORF
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "image/x-raw"),  # CR3
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "image/avif"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image/heif"),
        (b"{\\rtf1 hello}", "application/rtf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "text/html"),
        ("<html><p>x".encode("utf-16"), "text/html"),
        (b"<p>only a fragment", "text/plain"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nx\n", "text/vtt"),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nx\r\n", "application/x-subrip"),
        (b"just a few words", "text/plain"),
        (b"BM is how this text begins", "text/plain"),
        (b"%PDF-1.4 is what such files begin with", "application/pdf"),
        (b"the letters %PDF-1.4 in a text", "text/plain"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', ""),
        (b"PK\x03\x04 only looks like an archive", ""),
        (b"\x7fELF\x02\x01\x01" + bytes(90), ""),
        (b"SQLite format 3\0" + bytes(90), ""),
        (bytes(500), ""),
    ],
)
def test_heads_are_recognised(tmp_path: Path, head: bytes, mime: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(head)
    assert sniff_mime(path) == mime


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("a.md", "text/markdown"),
        ("a.CSV", "text/csv"),
        ("a.json", "application/json"),
        ("a.py", "text/plain"),
        ("a.jpg", "text/plain"),
    ],
)
def test_a_name_tells_one_kind_of_text_from_another(tmp_path: Path, name: str, mime: str) -> None:
    (tmp_path / name).write_text("words, words\n")
    assert sniff_mime(tmp_path / name) == mime
    assert sniff(tmp_path / name) is Modality.TEXT


def test_noise_is_nothing_and_nothing_raises(tmp_path: Path) -> None:
    path, dice = tmp_path / "noise", random.Random(7)
    starts = [b"", b"\x1aE\xdf\xa3", b"OggS", b"PK\x03\x04", b"\0\0\0\x18ftypisom", b"FLV\x01"]
    starts += [b"\xff\xfb", b"\xff\xf1", b"ID3\x04", b"II*\0", b"RIFF", b"{\\rtf", b"\xd0\xcf\x11"]
    for start in starts:
        for size in (1, 7, 30, 3000):
            path.write_bytes(start + dice.randbytes(size))
            sniff(path)
    path.write_bytes(dice.randbytes(70_000))
    assert sniff(path) is None


@pytest.mark.parametrize("name", ["a.jpg", "B.MP4", "c.mp3", "d.pdf", "e.txt"])
def test_noise_with_the_name_of_a_format_is_a_damaged_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(random.Random(7).randbytes(3000))
    with pytest.raises(BadInput, match="replace it with a good copy") as refused:
        sniff(path)
    check_sentence(refused.value)
    assert name in str(refused.value)


@pytest.mark.parametrize("name", ["", "a\nb", "🦊", b"\xff\xfe"], ids=ascii)
def test_what_is_no_readable_file_is_refused_in_a_sentence(
    tmp_path: Path, name: str | bytes
) -> None:
    path = tmp_path / f"{os.fsdecode(name)}x"
    with pytest.raises(TryLater, match="no longer there") as gone:
        sniff(path)
    check_sentence(gone.value)
    path.touch()
    with pytest.raises(BadInput, match="is empty") as empty:
        sniff(path)
    check_sentence(empty.value)
    path.unlink()
    path.mkdir()
    with pytest.raises(BadInput, match="is a folder"):
        sniff(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(os.path.relpath(tmp_path / "socket"))  # a socket's path may not be long
        for path in (tmp_path / "pipe", tmp_path / "socket", Path("/dev/zero"), Path("/dev/tty")):
            with pytest.raises((BadInput, TryLater)) as refused:
                sniff(path)
            check_sentence(refused.value)


def test_links_lead_to_their_file_and_loops_are_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("words")
    (tmp_path / "link").symlink_to("note.txt")
    (tmp_path / "loop").symlink_to("loop")
    assert sniff(tmp_path / "link") is Modality.TEXT
    with pytest.raises(BadInput, match="leads back to itself"):
        sniff(tmp_path / "loop")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_the_right_to_read_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(BadInput, match="may not be read"):
        sniff(tmp_path / "a.txt")


def test_a_name_too_long_for_any_disk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="can't be opened"):
        sniff(tmp_path / ("x" * 300))
