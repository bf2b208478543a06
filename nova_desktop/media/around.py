"""A passage with the text around it."""

from __future__ import annotations

from nova_desktop.closeup import Excerpt
from nova_desktop.media.written import Written
from nova_desktop.model import Span, Unit

AROUND = 12_000  # characters on either side of a passage
BORDER = 400  # so far a cut is moved to fall between lines
PAGE_CHARACTERS = 60_000  # of a page, a slide, a sheet or a chapter


def around(written: Written, span: Span | None) -> Excerpt:
    """The text around `span`; of pages the one page; the beginning for None."""
    if written.pages:
        number = int(span.start) if span and span.unit is Unit.PAGE else 1
        page = written.pages[min(max(number, 1), len(written.pages)) - 1]
        return Excerpt(page[:PAGE_CHARACTERS], after=len(page) > PAGE_CHARACTERS)
    if span is None or span.unit is not Unit.CHARACTERS:
        return cut_around(written.text, 0, 0)
    return cut_around(written.text, int(span.start), int(span.stop))


def cut_around(text: str, start: int, stop: int) -> Excerpt:
    """`text[start:stop]` with up to `AROUND` characters on either side, cut between lines."""
    start = min(max(0, start), len(text))
    stop = min(max(start, stop), len(text))
    first, last = max(0, start - AROUND), min(len(text), stop + AROUND)
    if first > 0 and (line := text.find("\n", first, min(start, first + BORDER))) >= 0:
        first = line + 1
    if last < len(text) and (line := text.rfind("\n", max(stop, last - BORDER), last)) >= 0:
        last = line
    return Excerpt(
        text[first:last], start - first, stop - first, before=first > 0, after=last < len(text)
    )
