"""Hostile and broken stills: each ends in BadInput or a Reading, within seconds."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from nova_desktop.errors import BadInput
from nova_desktop.media import zips
from nova_desktop.media.document import DocumentReader
from nova_desktop.media.image import ImageReader
from nova_desktop.media.sniff import sniff
from nova_desktop.media.text import TextReader
from nova_desktop.model import Modality
from nova_desktop.ports import Reader
from tests import media_samples as samples
from tests.contracts.reader import check_reading, check_sentence

SECONDS = 8.0  # for one file, on a slow machine
READERS: dict[Modality, Reader] = {
    Modality.IMAGE: ImageReader(),
    Modality.DOCUMENT: DocumentReader(),
    Modality.TEXT: TextReader(),
}
DEEP = 300_000  # elements in elements
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document xmlns:w="w">&c;</w:document>'
)
OUTSIDE = (
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><d xmlns:w="w"><w:t>&a;</w:t></d>'
)


def parts(path: Path, document: str | bytes | None, **more: str) -> Path:
    members: dict[str, str | bytes] = {"[Content_Types].xml": "<T/>", **more}
    if document is not None:
        members["word/document.xml"] = document
    else:
        members["word/styles.xml"] = "<s/>"
    return samples.zipped(path, members)


def lying_zip(path: Path) -> Path:
    """A member whose size in the directory is far below what it unpacks to."""
    parts(path, b"<d>" + b" " * 3_000_000 + b"</d>")
    data = path.read_bytes()
    path.write_bytes(data.replace((3_000_007).to_bytes(4, "little"), (99).to_bytes(4, "little")))
    return path


def write(data: bytes | str) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return make


REFUSED: dict[str, Callable[[Path], Path]] = {
    "bomb.docx": lambda path: parts(path, b"<d>" + bytes(63_000_000)),
    "huge.docx": lambda path: parts(path, bytes(zips.MAX_MEMBER + 1)),
    "lying.docx": lying_zip,
    "headless.docx": lambda path: parts(path, None),
    "entities.docx": lambda path: parts(path, BOMB),
    "outside.docx": lambda path: parts(path, OUTSIDE),
    "deep.docx": lambda path: parts(path, "<d>" * DEEP + "</d>" * DEEP),
    "nonsense.docx": lambda path: parts(path, "this is no XML at all"),
    "no members.epub": lambda path: samples.zipped(path, {"mimetype": "application/epub+zip"}),
    "broken.pdf": write(b"%PDF-1.7\n1 0 obj\n" + b"x" * 2000),
    "half.jpg": lambda path: halved(samples.save(path)),
    "half.png": lambda path: halved(samples.save(path)),
    "half.webp": lambda path: halved(samples.save(path)),
    "half.gif": lambda path: halved(samples.save(path)),
    "half.bmp": lambda path: halved(samples.save(path)),
    "half.tif": lambda path: halved(samples.save(path)),
    "half.heic": lambda path: halved(samples.save(path)),
    "half.avif": lambda path: halved(samples.save(path)),
    "half.docx": lambda path: halved(samples.docx(path, ["x " * 3000])),
    "half.odt": lambda path: halved(samples.odf(path, "text", "<office:text/>")),
    "bomb.tif": lambda path: samples.save(
        path, Image.new("1", (12_000, 12_000)), compression="group4"
    ),
    "bomb.gif": lambda path: samples.save(path, Image.new("L", (12_000, 12_000))),
    "head only.jpg": write(b"\xff\xd8\xff\xe0"),
    "head only.png": write(b"\x89PNG\r\n\x1a\n"),
    "head only.webp": write(b"RIFF\x00\x00\x00\x00WEBP"),
    "head only.avif": write(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"),
    "head only.dng": write(b"IIU\0" + bytes(50)),
    "wrong magic.png": write(b"\x89PNG\r\n\x1a\n" + b"GIF89a" * 400),
}
READ: dict[str, Callable[[Path], Path]] = {
    "deep.html": write("<html>" + "<div>" * DEEP + "deep" + "</div>" * DEEP),
    "open comments.html": write("<html>" + "<!-- " * DEEP),
    "open titles.html": write("<html>" + "<title>" * DEEP),
    "open tags.html": write("<html>" + "<a b='" * DEEP),
    "open brackets.html": write("<html>" + "<" * DEEP),
    "open images.html": write("<html>" + "<img " + "a" * 19_000 + ">" * 9),
    "many images.html": write("<html>" + ("<img " + "a " * 9000 + ">") * 100),
    "deep.rtf": write(b"{\\rtf1 " + b"{" * DEEP + b"deep" + b"}" * DEEP),
    "unbalanced.rtf": write(b"{\\rtf1 x" + b"}" * 1000 + b"\\'zz\\u99999999 y\\bin-5 z\\"),
    "huge binary.rtf": write(b"{\\rtf1 a\\bin2147483647 b}"),
    "brackets.json": write("[" * DEEP),
    "one line.csv": write("a," * 900_000),
    "blank.txt": write(" \n" * 900_000),
    "cues.srt": write("1\n00:00:01,000 --> 00:00:02,000\nx\n\n" * 20_000),
    "half.pdf": lambda path: halved(samples.pdf(path, ["page"] * 40)),
}


def halved(path: Path) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def reader_of(path: Path) -> Reader:
    modality = sniff(path)
    assert modality
    return READERS[modality]


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_read_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    path = REFUSED[name](tmp_path / name)
    reader = reader_of(path)
    started = time.monotonic()
    with pytest.raises(BadInput) as refused:
        reader.read(path)
    assert time.monotonic() - started < SECONDS
    check_sentence(refused.value)
    assert name in str(refused.value)


@pytest.mark.parametrize("name", READ)
def test_what_is_only_odd_is_read(tmp_path: Path, name: str) -> None:
    path = READ[name](tmp_path / name)
    started = time.monotonic()
    reader = reader_of(path)
    try:
        check_reading(reader.read(path), reader.modality)
    except BadInput as e:  # a PDF cut in two may or may not be mended
        assert name.endswith(".pdf")
        check_sentence(e)
    assert time.monotonic() - started < SECONDS


def test_nothing_is_unpacked_to_disk(tmp_path: Path) -> None:
    path = samples.zipped(
        tmp_path / "a.docx",
        {"[Content_Types].xml": "<T/>", "word/document.xml": "<d/>", "../../evil.txt": "x"},
    )
    DocumentReader().read(path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.docx"]


def test_an_archive_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<T/>")
        archive.writestr("word/document.xml", "<d/>")
        for n in range(zips.MAX_MEMBERS):
            archive.writestr(str(n), "")
    with pytest.raises(BadInput, match="parts inside"):
        DocumentReader().read(path)
