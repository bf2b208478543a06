"""Files that are broken in every way we could think of: cut, flipped, swapped, and made to harm."""

from __future__ import annotations

import io
import json
import random
import struct
import wave
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from tests import media_samples as samples
from tests.e2e.hostile_folder import whole

SEED = 11
CUTS = (0.1, 0.5, 0.95)
HEAD = 512  # bytes in which most formats say what follows


def make(folder: Path, spare: Path) -> list[Path]:
    """At least 150 files in `folder`, made of whole ones in `spare`."""
    whole(spare)
    chance = random.Random(SEED)
    sound = sorted(spare.iterdir())
    for path in sound:
        for name, data in _broken(path.read_bytes(), chance):
            (folder / f"{name} {path.name}").write_bytes(data)
    for one, other in zip(sound, [*sound[1:], sound[0]], strict=True):
        data = other.read_bytes()[:16] + one.read_bytes()[16:]
        (folder / f"begins otherwise {one.name}").write_bytes(data)
    for name, data in _harmful():
        (folder / name).write_bytes(data)
    return sorted(folder.iterdir())


def _broken(data: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    for share in CUTS:
        yield f"cut at {share:.0%}", data[: round(share * len(data))]
    for where, start, stop, flips in (
        ("head", 4, min(HEAD, len(data)), 24),
        ("body", min(HEAD, len(data) // 2), len(data), 200),
    ):
        flipped = bytearray(data)
        for _ in range(flips):
            flipped[chance.randrange(min(start, stop - 1), stop)] = chance.randrange(256)
        yield f"flipped {where}", bytes(flipped)
    middle = bytearray(data)
    middle[len(data) // 4 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 4)
    yield "zeros inside", bytes(middle)


def _harmful() -> Iterator[tuple[str, bytes]]:
    yield from _pictures()
    yield from _archives()
    yield from _films_and_sounds()
    yield from _texts()


def _pictures() -> Iterator[tuple[str, bytes]]:
    for side in (0, 65_535, 2**31 - 1):
        yield f"png of {side}.png", _png(side, side, bytes(100))
        bitmap = struct.pack("<2sIHHI", b"BM", 100, 0, 0, 54)
        bitmap += struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, 0, 0, 0, 0, 0, 0)
        yield f"bmp of {side}.bmp", bitmap + bytes(50)
    yield (
        "gif of 65535.gif",
        b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0xF0, 0, 0) + bytes(9),
    )
    yield "inflates.png", _png(30_000, 30_000, bytes(90_000))
    text = b"zTXt" + b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9)
    yield "text inflates.png", _png(4, 4, bytes(52), text)
    frames = io.BytesIO()
    first = Image.new("P", (8, 8))
    first.save(
        frames,
        "GIF",
        save_all=True,
        append_images=[Image.new("P", (8, 8), n % 255) for n in range(2000)],
    )
    yield "two thousand frames.gif", frames.getvalue()
    odd = Image.Exif()
    odd[0x0132] = odd[0x9003] = "9999:99:99 99:99:99"
    odd[0x010F], odd[0x0110] = "x" * 60_000, "\x00\x1b[31m\n"
    gps = odd.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (4e9, 1e9, 0.0), "?", (4e9, 0.0, 1e-9)
    made = io.BytesIO()
    Image.new("RGB", (9, 9), (1, 2, 3)).save(made, "JPEG", exif=odd.tobytes())
    yield "absurd metadata.jpg", made.getvalue()
    loop = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 0) + struct.pack("<I", 8)
    yield "points at itself.tiff", loop


def _png(width: int, height: int, data: bytes, more: bytes = b"") -> bytes:
    def part(body: bytes) -> bytes:
        return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))

    header = b"IHDR" + struct.pack(
        ">IIBBBBB", width & 0xFFFFFFFF, height & 0xFFFFFFFF, 8, 2, 0, 0, 0
    )
    extra = part(more) if more else b""
    body = part(b"IDAT" + zlib.compress(data))
    return b"\x89PNG\r\n\x1a\n" + part(header) + extra + body + part(b"IEND")


def _archives() -> Iterator[tuple[str, bytes]]:
    inner = _zipped({"word/document.xml": b"<d/>"})
    for _ in range(40):
        inner = _zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": inner})
    yield "a box in a box in a box.docx", inner
    climbing = {
        "mimetype": b"application/epub+zip",
        "../../../../tmp/out.txt": b"x",
        "/etc/x": b"x",
    }
    container = b'<container><rootfiles><rootfile full-path="../../../../etc/passwd"/></rootfiles>'
    yield (
        "climbs out.epub",
        _zipped({**climbing, "META-INF/container.xml": container + b"</container>"}),
    )
    outside = samples.relations(rId1="../../../../../../etc/passwd").encode()
    types = {"[Content_Types].xml": b"<Types/>"}
    yield (
        "looks outside.docx",
        _zipped({**types, "_rels/.rels": outside, "word/document.xml": b"<d/>"}),
    )
    remote = b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><d>&x;</d>'
    yield "asks the network.docx", _zipped({**types, "word/document.xml": remote})
    local = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
    yield "reads other files.odt", _zipped({"content.xml": local, "mimetype": b"x"})
    yield "inflates.xlsx", _zipped({**types, "xl/workbook.xml": bytes(120_000_000)})
    strings = b"<sst>" + b"<si><t>x</t></si>" * 2_000_000 + b"</sst>"
    yield "many strings.xlsx", _zipped({**types, "xl/sharedStrings.xml": strings})
    lying = bytearray(_zipped({**types, "word/document.xml": b"<d/>"}))
    at = lying.rindex(b"PK\1\2")
    lying[at + 20 : at + 28] = b"\xff" * 8  # sizes that are not so
    yield "lies about sizes.docx", bytes(lying)


def _zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def _films_and_sounds() -> Iterator[tuple[str, bytes]]:
    for rate, length in ((8000, 0), (1, 4), (2**31 - 1, 100)):
        made = io.BytesIO()
        with wave.open(made, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(rate)
            sound.writeframes(bytes(2 * length))
        yield f"{length} samples at {rate}.wav", made.getvalue()
    riff = bytearray(made.getvalue())
    riff[24:28] = bytes(4)
    yield "no rate.wav", bytes(riff)
    ftyp = _box(b"ftyp", b"isom" + bytes(4) + b"isomiso2mp41")
    yield "no moov.mp4", ftyp + _box(b"mdat", bytes(10_000))
    mvhd = _box(b"mvhd", bytes(12) + struct.pack(">II", 0, 0) + bytes(80))
    yield "no length.mp4", ftyp + _box(b"moov", mvhd)
    nested = mvhd
    for _ in range(3000):
        nested = _box(b"moov", nested)
    yield "a box in a box.mp4", ftyp + nested
    yield "size of nothing.mp4", ftyp + struct.pack(">I4s", 0, b"moov") * 500
    yield "far too large.mp4", ftyp + struct.pack(">I4sQ", 1, b"mdat", 2**62) + bytes(100)
    yield "endless tag.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + bytes(3000)
    yield "only a head.flac", b"fLaC" + b"\x80\xff\xff\xff" + bytes(40)
    yield "only a page.ogg", b"OggS" + bytes(22) + b"\xff" * 256
    ebml = b"\x1a\x45\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff"
    yield "unknown size.mkv", ebml + bytes(500)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "one long line.txt", b"word " * 150_000
    yield "no line at all.csv", b"," * 250_000
    yield "deep.json", b"[" * 100_000
    yield "long number.json", b'{"n": ' + b"9" * 100_000 + b"}"
    yield "deep.html", b"<div>" * 100_000
    yield (
        "script.html",
        b"<script>" + b"while(1){}" * 1000 + b"</script><img src=http://127.0.0.1:9/x>",
    )
    yield "deep.rtf", b"{\\rtf1" + b"{" * 100_000
    yield "binary.rtf", b"{\\rtf1\\bin999999999 x}"
    yield "time goes back.srt", b"1\n99:99:99,999 --> 00:00:00,000\nhm\n" * 500
    yield "huge times.vtt", b"WEBVTT\n\n99999999999:00.000 --> 99999999999:01.000\nhm\n"
    yield "nothing but marks.txt", "\ufeff\u202e\u0000\u200f".encode() * 1000
    yield "half a letter.txt", "ü".encode()[:1] * 9999
    yield "wide letters.txt", ("a" * 999).encode("utf-32-be")
    yield "many keys.json", json.dumps({f"k{n}": n for n in range(15_000)}).encode()
    page = b"1 0 obj<</Type/Pages/Kids[1 0 R]/Count 1>>endobj\n"
    page += b"2 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n"
    yield "its own page.pdf", b"%PDF-1.4\n" + page + b"trailer<</Root 2 0 R>>\n%%EOF"
    yield (
        "a million pages.pdf",
        b"%PDF-1.4\n" + page.replace(b"Count 1", b"Count 1000000") + b"%%EOF",
    )
    stream = zlib.compress(bytes(80_000_000), 9)
    filled = (
        b"3 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(stream)
        + stream
        + b"\nendstream endobj\n"
    )
    kid = (
        b"4 0 obj<</Type/Page/Parent 1 0 R/MediaBox[0 0 99999999 99999999]/Contents 3 0 R>>endobj\n"
    )
    tree = page.replace(b"[1 0 R]", b"[4 0 R]")
    yield "inflates.pdf", b"%PDF-1.4\n" + tree + kid + filled + b"trailer<</Root 2 0 R>>\n%%EOF"
