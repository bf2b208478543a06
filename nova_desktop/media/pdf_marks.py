"""Where texts stand on a page of a PDF."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from nova_desktop.closeup import Box
from nova_desktop.media.marks import places
from nova_desktop.media.pdf import MAX_PAGE_CHARACTERS, document_of

MAX_BOXES = 4000
GRID = 1 << 20  # steps of an edge of the page, in which pdfium says where a point is drawn
MARGIN = 0.0015  # of a page's edge, around letters


def marks_of(path: Path, number: int, texts: Sequence[str]) -> tuple[Box, ...]:
    """Boxes over page `number` (from 1), one a line of each place; () for a page without words."""
    with document_of(path) as document:
        page = document[min(max(number, 1), len(document)) - 1]
        try:
            text = page.get_textpage()
            try:
                found = _boxes(page, text, texts)
                return tuple(box for _, box in zip(range(MAX_BOXES), found, strict=False))
            finally:
                text.close()
        finally:
            page.close()


def _boxes(page: Any, text: Any, texts: Sequence[str]) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    count = min(text.count_chars(), MAX_PAGE_CHARACTERS)
    # One by one: in a range, what pdfium makes up for blanks would shift the numbers.
    codes = (pdfium.FPDFText_GetUnicode(text, at) for at in range(count))
    letters = "".join(chr(code) if code < 0x110000 else " " for code in codes)
    for place in places(letters, texts):
        for n in range(text.count_rects(place.start, place.stop - place.start)):
            left, bottom, right, top = text.get_rect(n)
            corners = [_shown(pdfium, page, x, y) for x, y in ((left, top), (right, bottom))]
            xs, ys = zip(*corners, strict=True)
            if max(xs) > 0 and max(ys) > 0 and min(xs) < 1 and min(ys) < 1:  # not cropped away
                yield Box(
                    max(0.0, min(xs) - MARGIN),
                    max(0.0, min(ys) - MARGIN),
                    min(1.0, max(xs) + MARGIN),
                    min(1.0, max(ys) + MARGIN),
                    place.text,
                )


def _shown(pdfium: Any, page: Any, x: float, y: float) -> tuple[float, float]:
    """Where a point of the page is drawn: its rotation and its crop are pdfium's to know."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, GRID, GRID, 0, x, y, across, down)
    return across.value / GRID, down.value / GRID
