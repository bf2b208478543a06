"""Reads plain text, Markdown, CSV and JSON in passages, and subtitle files in timed ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nova_desktop.closeup import Cue
from nova_desktop.errors import BadInput, shown
from nova_desktop.media.opening import Version, checked, opened, version
from nova_desktop.media.plain import LIMIT, decoded
from nova_desktop.media.sniff import CUES, modality_of, sniff_mime
from nova_desktop.media.subtitles import cues, merged
from nova_desktop.media.taken import taken
from nova_desktop.media.written import (
    PREVIEW_CHARACTERS,
    Written,
    capped,
    chunks_of,
    excerpt,
    numbered,
    text_pieces,
    tokens_of,
)
from nova_desktop.model import (
    Chunk,
    Info,
    Limits,
    Modality,
    Piece,
    Preview,
    Reading,
    Source,
    Span,
    Unit,
    Words,
)

_HEADING = re.compile(r"^#{1,2}[ \t]+(\S.{0,200}?)[ \t]*#*[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class TextReader:
    """Passages with the characters they span; SRT and VTT give passages of about 15 s instead.

    Of a huge file the first `LIMIT` bytes and `MAX_CHARACTERS` characters are read, and the last
    chunk says so.
    """

    @property
    def modality(self) -> Modality:
        return Modality.TEXT

    def read(self, path: Path) -> Reading:
        text, cut, mime = decoded_text(path, version(path))
        taken_s, source = taken(path)
        heading = _HEADING.search(text, 0, 4000) if mime == "text/markdown" else None
        title = heading[1] if heading else ""
        said = merged(cues(text)) if mime in CUES.values() else ()
        if said:
            chunks = numbered([_spoken(cue) for cue in said], Modality.TEXT, (), cut)
            duration_s = max(cue.stop_s for cue in said)
        else:
            chunks = chunks_of(Written(text, cut=cut), Modality.TEXT)
            duration_s = None
        info = Info(
            taken_s=taken_s,
            taken_from=source,
            title=title,
            duration_s=duration_s,
            tokens=tokens_of(chunks),
        )
        return Reading(info, chunks)

    def encode(self, path: Path, chunk: Chunk, limits: Limits) -> tuple[Piece, ...]:
        """The chunk's words, which it already holds, as one piece of text."""
        checked(path)
        return text_pieces(chunk, limits)

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:  # noqa: ARG002  # a text has neither pixels nor frames
        text, _, mime = decoded_text(path, version(path))
        if mime in CUES.values():
            said = [cue for cue in cues(text) if _overlaps(cue, span)]
            return Preview(text="\n".join(cue.text for cue in said)[:PREVIEW_CHARACTERS])
        return Preview(text=excerpt(Written(text), span))


@lru_cache(maxsize=2)  # many passages of one file are previewed one after another
def decoded_text(path: Path, at: Version) -> tuple[str, str, str]:  # noqa: ARG001  # a changed file is another entry
    """(the text as far as it is read, a sentence when that is not all, its media type)."""
    mime = sniff_mime(path)
    if modality_of(mime) is not Modality.TEXT:
        raise BadInput(f"“{shown(path)}” is not a text, whatever its name says; rename it.")
    with opened(path) as file:
        data = file.read(LIMIT + 1)
    text, cut = capped(decoded(data[:LIMIT]))
    if len(data) > LIMIT and not cut:
        cut = f"Only the first {LIMIT:,} bytes of this file are indexed."
    return text, cut, mime


def _spoken(cue: Cue) -> tuple[Span, tuple[Words, ...]]:
    span = Span(Unit.SECONDS, cue.start_s, cue.stop_s)
    return span, (Words(Source.SUBTITLES, cue.text, span),)


def _overlaps(cue: Cue, span: Span | None) -> bool:
    if span is None or span.unit is not Unit.SECONDS:
        return True
    return cue.start_s < span.stop and cue.stop_s > span.start
