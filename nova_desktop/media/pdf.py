"""Pages of PDFs: their words, and what they look like."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova_desktop.media.office import fitting
from nova_desktop.media.opening import damaged, opened
from nova_desktop.media.passages import cleaned
from nova_desktop.media.stars import split, unique
from nova_desktop.media.taken import iso_time
from nova_desktop.media.written import MAX_CHARACTERS, MAX_PAGES, Written, cut_after
from nova_desktop.media.zips import encrypted

if TYPE_CHECKING:
    from PIL import Image

MAX_SCALE = 4.0  # pixels a point: 288 dpi, sharp enough for the smallest print
MAX_PAGE_CHARACTERS = 200_000
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY of fpdfview.h
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:([+-])(\d\d)'?(\d\d)|(Z))?")
_NOTHING = {"(anonymous)", "(unspecified)", "untitled"}  # what programs write for want of a title
# A hyphen at a line's end that belongs to no word: pdfium marks it, and the line goes on.
_BROKEN = re.compile("[\ufffe\u0002]\r?\n?")


def read_pdf(path: Path) -> Written:
    """A page a page, without words where it is a scan. Raises BadInput for encrypted ones."""
    with document_of(path) as document:
        total = len(document)
        if total == 0:
            raise damaged(path, "it has no pages")
        pages: list[str] = []
        left = MAX_CHARACTERS + 1  # one more, so that what is cut off is noticed
        for number in range(min(total, MAX_PAGES)):
            pages.append(_words(document, number)[:left])
            left -= len(pages[-1])
        said = {key: _tidy(value) for key, value in document.get_metadata_dict().items()}
    kept, cut = fitting(pages)
    if total > MAX_PAGES:
        cut = cut_after(f"{MAX_PAGES:,} of {total:,} pages")
    about = tuple(said.get(key, "") for key in ("Author", "Subject", "Keywords"))
    created_s = _time(said.get("CreationDate", ""))
    keywords = unique(split(said.get("Keywords", "")))
    return Written("", kept, said.get("Title", ""), about, created_s, cut, keywords)


def page_picture(path: Path, number: int, pixels: int) -> Image.Image:
    """Page `number` (from 1), with at most `pixels` pixels."""
    with document_of(path) as document:
        page = document[min(max(number, 1), len(document)) - 1]
        try:
            width, height = (max(1.0, edge) for edge in page.get_size())
            scale = min(MAX_SCALE, math.sqrt(pixels / (width * height)) * 0.99)
            # pdfium rounds each edge up, so a page that is a line may still be too large.
            scale = min(scale, max(1, pixels - 1) / max(width, height))
            bitmap = page.render(scale=scale, may_draw_forms=False)
            try:
                picture: Image.Image = bitmap.to_pil().convert("RGB")
                return picture
            finally:
                bitmap.close()
        finally:
            page.close()


@contextmanager
def document_of(path: Path) -> Iterator[Any]:
    import pypdfium2

    with _ONE_AT_A_TIME, opened(path) as file:
        try:
            document = pypdfium2.PdfDocument(file)
        except pypdfium2.PdfiumError as e:
            if e.err_code in (_PASSWORD, _SECURITY):
                raise encrypted(path) from e
            raise damaged(path, e) from e
        try:
            yield document
        finally:
            document.close()


_ONE_AT_A_TIME = threading.Lock()  # pdfium knows no threads


def _words(document: Any, number: int) -> str:
    """The text of one page (from 0); none of a page that is broken, as its neighbours count."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    try:
        text = page.get_textpage()
        try:
            count = min(text.count_chars(), MAX_PAGE_CHARACTERS)
            return cleaned(_BROKEN.sub("", text.get_text_range(0, count))) if count > 0 else ""
        finally:
            text.close()
    except pypdfium2.PdfiumError:
        return ""
    finally:
        page.close()


def _tidy(value: str) -> str:
    if value.strip().lower() in _NOTHING:
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())[:2000]


def _time(date: str) -> float | None:
    """PDF's own dates: D:20240131154500+01'00'."""
    found = _DATE.match(date)
    if not found:
        return None
    year, month, day, hour, minute, second, sign, zone_h, zone_m, utc = found.groups()
    zone = f"{sign}{zone_h}:{zone_m}" if sign else utc or ""
    return iso_time(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}")
