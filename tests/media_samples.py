"""Makes small real files of every still format, for tests to read, cut short and damage."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

EXIF_IFD, GPS_IFD = 0x8769, 0x8825
WML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DML = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
SML = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PKG = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>{title}</dc:title>'
    "<dc:creator>{author}</dc:creator><dcterms:created>2021-03-04T05:06:07Z</dcterms:created>"
    "</cp:coreProperties>"
)
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)
ODF_MIME = "application/vnd.oasis.opendocument."


def picture(size: tuple[int, int] = (320, 200)) -> Image.Image:
    """A scene whose upper left corner is red, so that turning it shows."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    return image


def exif(orientation: int = 1, **inner: str) -> Image.Exif:
    """A camera's tags: `inner` by name (DateTimeOriginal, OffsetTimeOriginal, ...)."""
    numbers = {"DateTimeOriginal": 0x9003, "OffsetTimeOriginal": 0x9011}
    numbers["SubsecTimeOriginal"] = 0x9291
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F], tags[0x0110] = "Kamera", "Kamera K1"
    for name, value in inner.items():
        tags.get_ifd(EXIF_IFD)[numbers[name]] = value
    return tags


def save(path: Path, image: Image.Image | None = None, **options: Any) -> Path:
    """The picture in the format that the name says."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    (image or picture()).save(path, **options)
    return path


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, stored)  # of 1980: the same bytes ever
    return path


def relations(**targets: str) -> str:
    rows = (f'<Relationship Id="{i}" Type="t" Target="{t}"/>' for i, t in targets.items())
    return f"<Relationships {PKG}>{''.join(rows)}</Relationships>"


def docx(path: Path, paragraphs: Sequence[str], title: str = "", author: str = "") -> Path:
    body = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    return zipped(
        path,
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(rId1="word/document.xml"),
            "word/document.xml": f"<w:document {WML}><w:body>{body}</w:body></w:document>",
            "docProps/core.xml": CORE.format(title=title, author=author),
        },
    )


def pptx(path: Path, slides: Sequence[str]) -> Path:
    """Slides are stored in reverse, so that only their list tells the order."""
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="rId{n}"/>' for n in range(len(slides)))
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(rId1="ppt/presentation.xml"),
        "ppt/presentation.xml": f'<p:presentation xmlns:p="p" {REL}>{ids}</p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"rId{n}": f"slides/slide{len(slides) - n}.xml" for n in range(len(slides))}
        ),
    }
    for n, text in enumerate(slides):
        members[f"ppt/slides/slide{len(slides) - n}.xml"] = (
            f'<p:sld xmlns:p="p" {DML}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
        )
    return zipped(path, members)


def xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[str | float]]]) -> Path:
    """Texts go to the table of shared strings, numbers into the cells."""
    shared: list[str] = []
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(rId1="xl/workbook.xml"),
    }
    names = ""
    for n, (name, rows) in enumerate(sheets.items(), 1):
        names += f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>'
        data = ""
        for row in rows:
            data += "<row>"
            for cell in row:
                if isinstance(cell, str):
                    data += f'<c t="s"><v>{len(shared)}</v></c>'
                    shared.append(cell)
                else:
                    data += f"<c><v>{cell}</v></c>"
            data += "</row>"
        members[f"xl/worksheets/sheet{n}.xml"] = (
            f"<worksheet {SML}><sheetData>{data}</sheetData></worksheet>"
        )
    members["xl/workbook.xml"] = f"<workbook {SML} {REL}><sheets>{names}</sheets></workbook>"
    targets = {f"rId{n}": f"worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)}
    members["xl/_rels/workbook.xml.rels"] = relations(**targets)
    strings = "".join(f"<si><t>{text}</t></si>" for text in shared)
    members["xl/sharedStrings.xml"] = f"<sst {SML}>{strings}</sst>"
    return zipped(path, members)


def odf(path: Path, kind: str, body: str, title: str = "", manifest: str = "<m/>") -> Path:
    """`kind`: text, spreadsheet or presentation; `body`: the content of office:body."""
    return zipped(
        path,
        {
            "mimetype": ODF_MIME + kind,
            "META-INF/manifest.xml": manifest,
            "content.xml": (
                f"<office:document-content {ODF}><office:body>{body}</office:body>"
                "</office:document-content>"
            ),
            "meta.xml": (
                f"<office:document-meta {ODF}><office:meta><dc:title>{title}</dc:title>"
                "<meta:creation-date>2019-02-03T04:05:06</meta:creation-date></office:meta>"
                "</office:document-meta>"
            ),
        },
    )


def epub(path: Path, chapters: Sequence[str], title: str = "", locked: bool = False) -> Path:
    items = "".join(f'<item id="c{n}" href="text/c{n}.xhtml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
        ),
        "OPS/book.opf": (
            '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            f"<dc:title>{title}</dc:title></metadata><manifest>{items}</manifest>"
            f"<spine>{spine}</spine></package>"
        ),
    }
    for n, text in enumerate(chapters):
        members[f"OPS/text/c{n}.xhtml"] = (
            '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><head><title>x</title>'
            f"</head><body><p>{text}&nbsp;</p></body></html>"
        )
    if locked:
        members["META-INF/encryption.xml"] = (
            '<encryption><CipherReference URI="OPS/text/c0.xhtml"/></encryption>'
        )
    return zipped(path, members)


def pdf(path: Path, pages: Sequence[str], title: str = "", encrypted: bool = False) -> Path:
    """A page of Helvetica a text, as many lines. `encrypted`: with a password that is not empty."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for text in pages:
        shown = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown = shown.replace("\n", ") Tj 0 -17 Td (")
        stream = f"BT /F1 14 Tf 50 700 Td ({shown}) Tj ET".encode("latin-1")
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources"
            b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    said = f"<</Title({title})/Author(A. Writer)/CreationDate(D:20200102030405+01'00')>>"
    objects.append(said.encode())
    trailer = b"/Root 1 0 R/Info %d 0 R" % len(objects)
    if encrypted:
        objects.append(b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"0A" * 32, b"0B" * 32))
        trailer += b"/Encrypt %d 0 R/ID[<%s><%s>]" % (len(objects), b"01" * 16, b"01" * 16)
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    end = len(out) - len(table) - len(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    path.write_bytes(
        out + b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, end)
    )
    return path


def dng(path: Path, preview: Image.Image, orientation: int = 1) -> Path:
    """A RAW photo of 64 × 48 sensor pixels with a JPEG preview inside (DNG 1.4)."""
    jpeg = io.BytesIO()
    preview.save(jpeg, "JPEG")
    width, height = 64, 48
    sensor = struct.pack(f"<{width * height}H", *([1000] * (width * height)))
    blobs = [jpeg.getvalue(), sensor, b"Kamera\0\0", b"Kamera K1\0\0\0"]
    matrix = struct.pack("<18i", *[v for n in (1, 0, 0, 0, 1, 0, 0, 0, 1) for v in (n, 1)])
    blobs += [matrix, struct.pack("<6I", 1, 1, 1, 1, 1, 1)]
    places, at = [], 8
    for blob in blobs:
        places.append(at)
        at += len(blob) + len(blob) % 2
    short, long = 3, 4
    first_entries = 17
    sub = at + 2 + 12 * first_entries + 4
    first = [
        (254, long, 1, 1),
        (256, long, 1, preview.width),
        (257, long, 1, preview.height),
        (258, short, 1, 8),
        (259, short, 1, 7),
        (262, short, 1, 6),
        (271, 2, 7, places[2]),
        (272, 2, 10, places[3]),
        (273, long, 1, places[0]),
        (274, short, 1, orientation),
        (277, short, 1, 3),
        (278, long, 1, preview.height),
        (279, long, 1, len(blobs[0])),
        (330, long, 1, sub),
        (0xC612, 1, 4, 0x00000401),
        (0xC621, 10, 9, places[4]),
        (0xC628, 5, 3, places[5]),
    ]
    raw = [
        (254, long, 1, 0),
        (256, long, 1, width),
        (257, long, 1, height),
        (258, short, 1, 16),
        (259, short, 1, 1),
        (262, short, 1, 32803),
        (273, long, 1, places[1]),
        (277, short, 1, 1),
        (278, long, 1, height),
        (279, long, 1, len(sensor)),
        (33421, short, 2, 2 | 2 << 16),
        (33422, 1, 4, 0x02010100),
    ]

    def directory(entries: Sequence[tuple[int, int, int, int]]) -> bytes:
        rows = b"".join(struct.pack("<HHII", *entry) for entry in entries)
        return struct.pack("<H", len(entries)) + rows + bytes(4)

    data = b"".join(blob + bytes(len(blob) % 2) for blob in blobs)
    path.write_bytes(b"II*\0" + struct.pack("<I", at) + data + directory(first) + directory(raw))
    return path
