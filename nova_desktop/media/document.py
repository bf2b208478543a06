"""Reads documents: PDF, Office, OpenDocument, EPUB, HTML and RTF, a chunk a page or a passage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nova_desktop.errors import BadInput, shown
from nova_desktop.media.epub import read_epub
from nova_desktop.media.office import read_docx, read_pptx, read_xlsx
from nova_desktop.media.opendocument import read_odp, read_ods, read_odt
from nova_desktop.media.opening import Version, checked, decoding, opened, version
from nova_desktop.media.pdf import page_picture, read_pdf
from nova_desktop.media.pictures import encoded, preview_jpeg, takes_picture
from nova_desktop.media.plain import LIMIT
from nova_desktop.media.rtf import words_of
from nova_desktop.media.sniff import PAGES, sniff_mime
from nova_desktop.media.stars import split, unique
from nova_desktop.media.taken import taken
from nova_desktop.media.web import page_of
from nova_desktop.media.written import (
    Written,
    capped,
    chunks_of,
    excerpt,
    text_pieces,
    tokens_of,
)
from nova_desktop.media.zips import encrypted
from nova_desktop.model import Chunk, Info, Limits, Modality, Piece, Preview, Reading, Span
from nova_desktop.model import Unit as SpanUnit


@dataclass(frozen=True)
class DocumentReader:
    """A chunk a page of PDF, PPTX, XLSX, ODS, ODP and EPUB (slide, sheet, chapter); passages of
    DOCX, ODT, HTML and RTF, whose pages only their programs know.

    Beyond `MAX_PAGES` pages or `MAX_CHARACTERS` characters nothing is read, and the last chunk
    says so. Only PDF pages have a look of their own; the others give text.
    """

    @property
    def modality(self) -> Modality:
        return Modality.DOCUMENT

    def read(self, path: Path) -> Reading:
        written = written_of(path, version(path))
        taken_s, source = taken(path, (written.created_s, "container"))
        chunks = chunks_of(written, Modality.DOCUMENT)
        info = Info(
            taken_s=taken_s,
            taken_from=source,
            pages=len(written.pages) or None,
            tokens=None if kind_of(path) == "PDF" else tokens_of(chunks),
            title=written.title,
            keywords=written.keywords,
        )
        return Reading(info, chunks)

    def encode(self, path: Path, chunk: Chunk, limits: Limits) -> tuple[Piece, ...]:
        """A PDF page as the first type taken; of the others their words, where text is taken."""
        checked(path)
        taken_mimes = limits.mimes.get(chunk.modality, ())
        picture_mime = takes_picture(taken_mimes)
        text_first = "text/plain" in taken_mimes and (
            not picture_mime or taken_mimes.index("text/plain") < taken_mimes.index(picture_mime)
        )
        pieces = text_pieces(chunk, limits)
        if not picture_mime or (text_first and pieces) or kind_of(path) != "PDF":
            return pieces
        picture = page_picture(path, _page(chunk.span), limits.pixels)
        with decoding(path):
            data = encoded(picture, picture_mime, limits, shown(path))
        return (Piece(Modality.IMAGE, picture_mime, data, chunk.span),)

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:  # noqa: ARG002  # a page has no frames
        text = excerpt(written_of(path, version(path)), span)
        if kind_of(path) != "PDF":
            return Preview(text=text)
        picture = page_picture(path, _page(span), edge * edge)
        return Preview(jpeg=preview_jpeg(picture, edge), text=text)


def kind_of(path: Path) -> str:
    return PAGES.get(sniff_mime(path), "")


def _page(span: Span | None) -> int:
    return int(span.start) if span and span.unit is SpanUnit.PAGE else 1


@lru_cache(maxsize=2)  # pages of one file are previewed one after another
def written_of(path: Path, at: Version) -> Written:  # noqa: ARG001  # a changed file is another entry
    kind = kind_of(path)
    read = READS.get(kind)
    if read is None:
        raise BadInput(
            f"“{shown(path)}” is no document that can be read; replace it with a good copy."
        )
    with decoding(path):
        return read(path)


def _read_html(path: Path) -> Written:
    page = page_of(_start(path))
    text, cut = capped(page.text[0])
    about = tuple(v for v in page.about.values() if v)
    keywords = unique(split(page.about.get("keywords", "")))
    return Written(text, (), page.title, about, None, cut, keywords)


def _read_rtf(path: Path) -> Written:
    found = words_of(_start(path))
    text, cut = capped(found.text)
    title = found.about.pop("title", "")
    keywords = unique(split(found.about.get("keywords", "")))
    return Written(text, (), title, tuple(found.about.values()), None, cut, keywords)


def _start(path: Path) -> bytes:
    with opened(path) as file:
        return file.read(LIMIT)


def _refuse(path: Path) -> Written:
    raise encrypted(path)


READS: dict[str, Callable[[Path], Written]] = {
    "PDF": read_pdf,
    "DOCX": read_docx,
    "PPTX": read_pptx,
    "XLSX": read_xlsx,
    "ODT": read_odt,
    "ODS": read_ods,
    "ODP": read_odp,
    "EPUB": read_epub,
    "HTML": _read_html,
    "RTF": _read_rtf,
    "encrypted Office document": _refuse,
}
