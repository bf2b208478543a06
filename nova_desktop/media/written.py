"""What a document says, and how that becomes chunks and pieces, whatever its format was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nova_desktop.media.passages import passages
from nova_desktop.model import Chunk, Limits, Modality, Piece, Source, Span, Unit, Words
from nova_desktop.spending import tokens_in

MAX_CHARACTERS = 2_000_000  # of one file: a shelf of books; what is beyond is not indexed
MAX_PAGES = 5000  # of one file, likewise
PREVIEW_CHARACTERS = 2000  # of a page, or of the start of a file


@dataclass(frozen=True, slots=True)
class Written:
    """The words of a document: as one text, or in pages where it has them (also sheets)."""

    text: str = ""
    pages: tuple[str, ...] = ()
    title: str = ""
    about: tuple[str, ...] = ()  # author, subject, keywords, description
    created_s: float | None = None
    cut: str = ""  # a sentence on what is left out, "" when all is there
    keywords: tuple[str, ...] = ()

    @property
    def metadata(self) -> tuple[Words, ...]:
        lines = dict.fromkeys(line for line in (self.title, *self.about) if line)
        return (Words(Source.METADATA, "\n".join(lines)),) if lines else ()


def chunks_of(written: Written, modality: Modality) -> tuple[Chunk, ...]:
    """A chunk a page, or a passage; the first also holds what the file says of itself."""
    if written.pages:
        parts = [
            (Span(Unit.PAGE, n, n), page_words(page)) for n, page in enumerate(written.pages, 1)
        ]
    else:
        text = written.text
        parts = [
            (Span(Unit.CHARACTERS, start, stop), (Words(Source.TEXT, text[start:stop]),))
            for start, stop in passages(text)
        ] or [(Span(Unit.CHARACTERS, 0, len(text)), ())]
    return numbered(parts, modality, written.metadata, written.cut)


def numbered(
    parts: Sequence[tuple[Span, tuple[Words, ...]]],
    modality: Modality,
    metadata: tuple[Words, ...],
    cut: str,
) -> tuple[Chunk, ...]:
    """Chunks from 0 on; the first also holds `metadata`, the last says what was cut off."""
    last = len(parts) - 1
    return tuple(
        Chunk(
            n,
            modality,
            span,
            words
            + (metadata if n == 0 else ())
            + ((Words(Source.METADATA, cut),) if cut and n == last else ()),
        )
        for n, (span, words) in enumerate(parts)
    )


def page_words(page: str) -> tuple[Words, ...]:
    """A page's passages: each means something of its own, all are found as the page."""
    return tuple(Words(Source.TEXT, page[start:stop]) for start, stop in passages(page))


def capped(text: str) -> tuple[str, str]:
    """(as much of the text as is indexed, a sentence when that is not all)."""
    if len(text) <= MAX_CHARACTERS:
        return text, ""
    return text[:MAX_CHARACTERS], cut_after(f"{MAX_CHARACTERS:,} characters")


def cut_after(amount: str) -> str:
    return f"Only the first {amount} of this file are indexed."


def text_pieces(chunk: Chunk, limits: Limits) -> tuple[Piece, ...]:
    """The chunk's own words as pieces within `limits.bytes`; none where text is not taken."""
    if "text/plain" not in limits.mimes.get(chunk.modality, ()):
        return ()
    texts = [w for w in chunk.words if w.source is not Source.METADATA]
    return tuple(
        Piece.of_words(text, words.source, words.span or chunk.span)
        for words in texts
        if (text := _within(words.text, limits.bytes))
    )


def tokens_of(chunks: Sequence[Chunk]) -> int:
    """About how many tokens `text_pieces` gives of these chunks in all."""
    own = (words for chunk in chunks for words in chunk.words)
    return sum(tokens_in(words.text) for words in own if words.source is not Source.METADATA)


def _within(text: str, most: int) -> str:
    """The start of the text that fits, no character cut in two."""
    data = text.encode()
    return text if len(data) <= most else data[:most].decode(errors="ignore")


def excerpt(written: Written, span: Span | None) -> str:
    """The words of `span`; the start of the text for None, and for a span of another unit."""
    if written.pages:
        page = int(span.start) - 1 if span and span.unit is Unit.PAGE else 0
        return written.pages[min(max(page, 0), len(written.pages) - 1)][:PREVIEW_CHARACTERS]
    if span and span.unit is Unit.CHARACTERS:
        return written.text[max(0, int(span.start)) : max(0, int(span.stop))]
    return written.text[:PREVIEW_CHARACTERS].strip()
