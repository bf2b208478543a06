"""Makes a folder as no user should have it: every format, whole, damaged, hidden and misnamed."""

from __future__ import annotations

import io
import os
import random
import shutil
import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests import media_samples as samples
from tests.media.clips import CONTAINERS, SOUNDS, film, tone

TABLE = "<table:table><table:table-row>{}</table:table-row></table:table>"
CELL = "<table:table-cell><text:p>a volcano</text:p></table:table-cell>"
PAGE = "<draw:page><text:p>marmalade</text:p></draw:page>"
ODF_BODIES = {
    "odt": ("text", "<text:p>The walrus sleeps.</text:p>"),
    "ods": ("spreadsheet", TABLE.format(CELL)),
    "odp": ("presentation", PAGE),
}
TEXTS = {
    "txt": "The kangaroo jumps over the fence.",
    "md": "# Cooking\n\nParsnip soup for a cold day.",
    "csv": "fruit,price\ntomato,3\n",
    "json": '{"animal": "axolotl"}',
    "html": "<html><body><h1>Recipes</h1><p>Rhubarb cake</p></body></html>",
    "rtf": r"{\rtf1\ansi A letter about the harbour.\par}",
    "srt": "1\n00:00:01,000 --> 00:00:02,000\nHello submarine\n",
    "vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nHello caravan\n",
}
NAMES = (
    *(b"new\nline.txt", b"-rf.txt", b"--help.txt", b"quo'te\".txt", b"per%s%d.txt", b"co:lon.txt"),
    *(b"escape \x1b[31m.txt", b"back\\slash.txt", b"$(touch x) `y`.txt", b"not utf-8 \xff.txt"),
    *("flamingo 🦩.txt".encode(), "turned \u202etxt.exe.txt".encode(), b"x" * 251 + b".txt"),
)
# Those of which half is not enough; players show what is there of the others.
NOT_BY_HALVES = frozenset(
    (
        *("jpg", "png", "webp", "gif", "bmp", "tiff", "heic", "avif", "dng"),
        *("mp4", "mov", "3gp", "m4a", "docx", "pptx", "xlsx", "odt", "ods", "odp", "epub"),
    )
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """Every path in the folder is in one of the three."""

    root: Path
    good: frozenset[Path]
    bad: frozenset[Path]  # to be refused with a reason
    aside: frozenset[Path]  # to be left out by a rule


def make(root: Path) -> Hostile:
    good, bad, aside = root / "good", root / "bad", root / "aside"
    for folder in (good, bad, aside):
        folder.mkdir(parents=True)
    whole(good)
    _damage(bad, {path.suffix[1:]: path for path in good.iterdir()})
    _misname(good)
    _names(good / "names")
    _attacks(bad)
    _set_aside(aside)
    return Hostile(root, *(frozenset(_leaves(folder)) for folder in (good, bad, aside)))


def _leaves(folder: Path) -> list[Path]:
    found = folder.rglob("*")
    return [path for path in found if path.is_symlink() or not path.is_dir()]


def whole(folder: Path) -> None:
    """One file of each format."""
    for n, ending in enumerate(("jpg", "png", "webp", "gif", "bmp", "tiff", "heic", "avif")):
        image = samples.picture((64 + n, 48))  # no two alike, whatever the format loses
        samples.save(folder / f"seagull {ending}.{ending}", image)
    samples.dng(folder / "camera.dng", samples.picture())
    for ending in CONTAINERS:
        film(folder / f"film {ending}.{ending}")
    for ending in SOUNDS:
        tone(folder / f"tone {ending}.{ending}")
    samples.docx(folder / "letter.docx", ["Dear Ada, the zeppelin leaves at nine."])
    samples.pptx(folder / "talk.pptx", ["A lighthouse keeper", "The end"])
    samples.xlsx(folder / "sums.xlsx", {"Sheet": [["apples", 3], ["pears", 4.5]]})
    for ending, (kind, body) in ODF_BODIES.items():
        body = f"<office:{kind}>{body}</office:{kind}>"
        samples.odf(folder / f"office {ending}.{ending}", kind, body)
    samples.epub(folder / "book.epub", ["It was a dark night on the glacier."])
    samples.pdf(folder / "report.pdf", ["Annual report of the bakery", "About beekeeping"])
    for ending, text in TEXTS.items():
        (folder / f"text {ending}.{ending}").write_text(text)


def _damage(folder: Path, whole: dict[str, Path]) -> None:
    noise = random.Random(7).randbytes
    for ending, path in whole.items():
        data = path.read_bytes()
        (folder / f"empty.{ending}").touch()
        (folder / f"noise.{ending}").write_bytes(noise(3000) + ending.encode())
        if ending in NOT_BY_HALVES:
            (folder / f"half.{ending}").write_bytes(data[: len(data) // 2])


def _misname(folder: Path) -> None:
    """Good files all the same: what counts is what is in them."""
    for source, name in {
        "seagull jpg.jpg": "picture.mp4",
        "film mp4.mp4": "film.txt",
        "report.pdf": "without a suffix",
        "text txt.txt": "WRONG CASE.PDF",
    }.items():
        copy = folder / name
        shutil.copyfile(folder / source, copy)
        if "report" not in source:  # one stays a copy: two files with one content
            copy.write_bytes(copy.read_bytes() + b"\n")


def _names(folder: Path) -> None:
    folder.mkdir()
    for n, name in enumerate(NAMES):
        with suppress(OSError):  # not every system allows every name
            (folder / os.fsdecode(name)).write_text(f"Number {n} tells of {n * 7919} platypuses.")


def _attacks(folder: Path) -> None:
    samples.pdf(folder / "secret.pdf", ["x"], encrypted=True)
    samples.epub(folder / "locked.epub", ["x"], locked=True)
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    image = _png_part(b"IHDR", header) + _png_part(b"IDAT", zlib.compress(bytes(9999)))
    (folder / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + image + _png_part(b"IEND", b""))
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    _word(folder / "laughs.docx", f"{laughs}<w:document {samples.WML}>&b;</w:document>".encode())
    _word(folder / "deep.docx", f"<w:document {samples.WML}>".encode() + b"<w:p>" * 100_000)
    _word(folder / "unpacks to a lot.docx", bytes(80_000_000))
    with zipfile.ZipFile(folder / "many parts.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<d/>")
        for n in range(60_000):
            archive.writestr(str(n), "")
    (folder / "program.jpg").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(5000))


def _png_part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _word(path: Path, document: bytes) -> None:
    relations = samples.relations(rId1="word/document.xml")
    members = {"[Content_Types].xml": "<Types/>", "_rels/.rels": relations}
    samples.zipped(path, {**members, "word/document.xml": document})


def _set_aside(folder: Path) -> None:
    (folder / ".hidden.txt").write_text("hidden")
    (folder / "film.mp4.part").write_bytes(b"half a download")
    (folder / "program").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(5000))
    (folder / "loop").symlink_to(folder)
    (folder / "itself").symlink_to("itself")
    (folder / "dangling.jpg").symlink_to("nowhere.jpg")
    os.mkfifo(folder / "pipe.mp4")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "text")
    (folder / "archive.zip").write_bytes(archive.getvalue())
