"""Documents: pages where they have them, passages where not, titles, looks, and refusals."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from nova_desktop.errors import BadInput
from nova_desktop.media.document import DocumentReader
from nova_desktop.model import Chunk, Limits, Modality, Source, Span, Unit
from tests import media_samples as samples
from tests.contracts.reader import ReaderContract, check_sentence

LONG = ("The lighthouse was built in a hard winter. ", "Its keeper wrote everything down. ")
TEXT = Limits({Modality.DOCUMENT: ("text/plain",)})
BOTH = Limits({Modality.DOCUMENT: ("image/png", "text/plain")})
TABLE = (
    '<office:spreadsheet><table:table table:name="Trips"><table:table-row>'
    '<table:table-cell table:number-columns-repeated="16384"><text:p>Lisboa</text:p>'
    "</table:table-cell><table:table-cell><text:p>7</text:p></table:table-cell></table:table-row>"
    '<table:table-row table:number-rows-repeated="1048576"/></table:table></office:spreadsheet>'
)
SLIDES = (
    "<office:presentation><draw:page><text:p>Harbour</text:p></draw:page>"
    "<draw:page><text:p>Market</text:p></draw:page></office:presentation>"
)
HTML = """<!-- c --><!DOCTYPE html><html><head><meta charset="utf-8">
<title>Caf&eacute; guide</title>
<style>p { color: red }</style><meta name="keywords" content="coffee, Wien"></head><body>
<script>if (a < b) document.write("<p>never</p>")</script><h1>Where  to
sit</h1><p title="a>b">The <b>window</b>&nbsp;table &amp; more &lt;3</p><ul><li>one<li>two</ul>
<img alt="A cup" src="http://example.invalid/cup.jpg"><pre>x
  y</pre></body></html>"""
RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Helvetica;}}{\info{\title Letter}{\author Eva}}"
    rb"{\*\generator Word 9;}\f0 Dear Zo\'eb,\par caf\u233? \u-10179?\u-8719? \{ok\}"
    rb"{\pict\pngblip 89504e47}\bin3 }}}\tab end}"
)


def make(kind: str, path: Path) -> Path:
    texts = [sentence * 30 for sentence in LONG]
    match kind:
        case "pdf":
            return samples.pdf(path, texts, "Lights")
        case "docx":
            return samples.docx(path, texts, "Lights", "K. Eeper")
        case "pptx":
            return samples.pptx(path, texts)
        case "xlsx":
            return samples.xlsx(path, {"Cities": [["Wien", 3.5], ["Roma", 4]], "More": [texts]})
        case "odt":
            body = "".join(f"<text:p>{text}</text:p>" for text in texts)
            return samples.odf(path, "text", f"<office:text>{body}</office:text>", "Lights")
        case "ods":
            return samples.odf(path, "spreadsheet", TABLE)
        case "odp":
            return samples.odf(path, "presentation", SLIDES)
        case "epub":
            return samples.epub(path, texts, "Lights")
        case "html":
            path.write_text(HTML + "".join(f"<p>{text}</p>" for text in texts), "utf-8")
        case "rtf":
            path.write_bytes(RTF[:-1] + "".join(rf"\par {t}" for t in texts).encode() + b"}")
    return path


KINDS = ["pdf", "docx", "pptx", "xlsx", "odt", "ods", "odp", "epub", "html", "rtf"]


class TestDocumentReader(ReaderContract):
    @pytest.fixture
    def reader(self) -> DocumentReader:
        return DocumentReader()

    @pytest.fixture(params=KINDS)
    def sample(self, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
        return make(str(request.param), tmp_path / f"sample.{request.param}")


def said(chunk: Chunk) -> list[str]:
    return [words.text for words in chunk.words if words.source is Source.TEXT]


def noted(chunk: Chunk) -> str:
    return "\n".join(words.text for words in chunk.words if words.source is Source.METADATA)


def test_pages_slides_sheets_and_chapters_are_found_by_their_number(tmp_path: Path) -> None:
    one_two = [["Harbour"], ["Market"]]
    for path, expected in (
        (samples.pdf(tmp_path / "a.pdf", ["Harbour", "Market"]), one_two),
        (samples.pptx(tmp_path / "a.pptx", ["Harbour", "Market"]), one_two),
        (samples.odf(tmp_path / "a.odp", "presentation", SLIDES), one_two),
        (samples.epub(tmp_path / "a.epub", ["Harbour", "Market"]), one_two),
        (samples.xlsx(tmp_path / "a.xlsx", {"T": [["Lisboa", 7.5]]}), [["T\n\nLisboa\t7.5"]]),
        (samples.odf(tmp_path / "a.ods", "spreadsheet", TABLE), [["Trips\n\nLisboa\t7"]]),
    ):
        reading = DocumentReader().read(path)
        assert [said(chunk) for chunk in reading.chunks] == expected, path.name
        spans = [chunk.span for chunk in reading.chunks]
        assert spans == [Span(Unit.PAGE, n, n) for n in range(1, len(expected) + 1)]
        assert reading.info.pages == len(expected)


@pytest.mark.parametrize("kind", ["docx", "odt", "html", "rtf"])
def test_running_text_is_found_in_passages(tmp_path: Path, kind: str) -> None:
    path = make(kind, tmp_path / f"a.{kind}")
    chunks = DocumentReader().read(path).chunks
    assert len(chunks) > 3
    for chunk in chunks:
        assert chunk.span
        assert chunk.span.unit is Unit.CHARACTERS
        assert said(chunk) == [DocumentReader().preview(path, chunk.span, 100).text]
    assert sum(text.count("lighthouse") for chunk in chunks for text in said(chunk)) == 30


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt", "epub"])
def test_a_title_is_info_and_words(tmp_path: Path, kind: str) -> None:
    reading = DocumentReader().read(make(kind, tmp_path / f"a.{kind}"))
    assert reading.info.title == "Lights"
    assert "Lights" in noted(reading.chunks[0])
    assert all("Lights" not in noted(chunk) for chunk in reading.chunks[1:])


def test_the_time_is_the_documents_own(tmp_path: Path) -> None:
    for path, seconds in (
        (samples.pdf(tmp_path / "a.pdf", ["x"]), 1577930645.0),
        (samples.docx(tmp_path / "a.docx", ["x"]), 1614834367.0),
    ):
        info = DocumentReader().read(path).info
        assert (info.taken_s, info.taken_from) == (seconds, "container")
    page = tmp_path / "2019-05-06 minutes.html"
    page.write_text("<html><p>x</p></html>")
    assert DocumentReader().read(page).info.taken_from == "file name"


def test_html_is_read_as_it_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(HTML, "utf-8")
    reading = DocumentReader().read(path)
    assert reading.info.title == "Café guide"
    assert "coffee, Wien" in noted(reading.chunks[0])
    text = " ".join(said(reading.chunks[0])[0].split())
    assert text == "Where to sit The window table & more <3 one two A cup x y"


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-16"])
def test_html_is_decoded_as_it_says(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.html"
    text = f'<html><meta charset="{encoding}"><body>Доброе утро</body></html>'
    path.write_bytes(text.encode(encoding))
    assert said(DocumentReader().read(path).chunks[0]) == ["Доброе утро"]


def test_rtf_is_read_without_its_machinery(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(RTF)
    chunk = DocumentReader().read(path).chunks[0]
    assert said(chunk) == ["Dear Zoë,\n\ncafé 🗱 {ok}\tend"]
    assert noted(chunk) == "Letter\nEva"


def test_a_pdf_page_is_a_picture_or_its_words_as_the_engine_likes(tmp_path: Path) -> None:
    path = samples.pdf(tmp_path / "a.pdf", ["Harbour", "Market"])
    reader = DocumentReader()
    chunk = reader.read(path).chunks[1]
    assert [p.text for p in reader.encode(path, chunk, TEXT)] == ["Market"]
    piece = reader.encode(path, chunk, BOTH)[0]
    assert (piece.mime, piece.modality, piece.span) == ("image/png", Modality.IMAGE, chunk.span)
    page = Image.open(io.BytesIO(piece.data)).convert("L")
    assert page.height > page.width
    assert page.getextrema() == (0, 255)  # black letters on white


def test_what_has_no_look_gives_its_words(tmp_path: Path) -> None:
    path = samples.docx(tmp_path / "a.docx", ["Harbour"], title="T")
    reader = DocumentReader()
    chunk = reader.read(path).chunks[0]
    assert [p.text for p in reader.encode(path, chunk, BOTH)] == ["Harbour"]
    assert reader.encode(path, chunk, Limits({Modality.DOCUMENT: ("image/jpeg",)})) == ()
    assert reader.preview(path, None, 100).text == "Harbour"


def test_a_pdf_behind_junk_and_under_another_name_is_a_pdf(tmp_path: Path) -> None:
    path = samples.pdf(tmp_path / "a.pdf", ["Harbour"])
    odd = tmp_path / "download"
    odd.write_bytes(b"HTTP/1.1 200 OK\r\n\r\n" + path.read_bytes())
    assert said(DocumentReader().read(odd).chunks[0]) == ["Harbour"]


def test_encrypted_documents_are_refused_with_the_remedy(tmp_path: Path) -> None:
    directory = "EncryptedPackage".encode("utf-16-le").ljust(512, b"\0")
    head = bytearray(bytes.fromhex("D0CF11E0A1B11AE1").ljust(512, b"\0"))
    head[30] = 9
    ole = tmp_path / "a.docx"
    ole.write_bytes(bytes(head) + directory)
    manifest = "<manifest><encryption-data/></manifest>"
    for path in (
        ole,
        samples.pdf(tmp_path / "a.pdf", ["secret"], encrypted=True),
        samples.odf(tmp_path / "a.odt", "text", "<office:text/>", manifest=manifest),
        samples.epub(tmp_path / "a.epub", ["secret"], locked=True),
    ):
        with pytest.raises(BadInput, match="is encrypted; save a copy without a password") as e:
            DocumentReader().read(path)
        check_sentence(e.value)


def test_deleted_words_and_second_copies_are_not_read(tmp_path: Path) -> None:
    inner = (
        '<w:document xmlns:w="w" xmlns:mc="mc"><w:body><w:p><w:pPr><w:tabs><w:tab/></w:tabs>'
        "</w:pPr><w:r><w:t>kept</w:t><w:tab/><w:t>too</w:t></w:r><w:del><w:r><w:delText>gone"
        "</w:delText></w:r></w:del><mc:Fallback><w:p><w:r><w:t>twice</w:t></w:r></w:p>"
        "</mc:Fallback></w:p></w:body></w:document>"
    )
    path = samples.zipped(
        tmp_path / "a.docx", {"[Content_Types].xml": "<T/>", "word/document.xml": inner}
    )
    assert said(DocumentReader().read(path).chunks[0]) == ["kept\ttoo"]


def test_a_document_without_words_is_still_one_chunk(tmp_path: Path) -> None:
    for path in (samples.docx(tmp_path / "a.docx", []), samples.pdf(tmp_path / "a.pdf", [""])):
        reading = DocumentReader().read(path)
        assert [said(chunk) for chunk in reading.chunks] == [[]]
