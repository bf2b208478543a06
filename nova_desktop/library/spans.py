"""A part of a file that is asked with: the rows and the chunks that are of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from nova_desktop.model import Chunk, Row, Span, Unit

# A moment beside the one that is asked with, a page, a passage: what is like it by being its
# neighbour is no answer. A segment of a film is 15 s; between passages there is blank space.
BESIDE = {Unit.SECONDS: 15.0, Unit.PAGE: 1.0, Unit.CHARACTERS: 100.0}
HALF = 0.5


def rows_of(rows: Sequence[Row], wanted: Span) -> list[Row]:
    """Those that are of this part: half in it, or holding half of it."""
    return [row for row in rows if row.span and _belongs(row.span, wanted)]


def last_before(rows: Sequence[Row], wanted: Span) -> list[Row]:
    """Those of the last part that begins no later than this one, for a part without rows.

    A paid engine is not given what looks and sounds as the part before does, so that one counts.
    """
    spans = [row.span for row in rows if row.span and row.span.unit is wanted.unit]
    before = [span for span in spans if span.start <= wanted.start]
    last = max(before, key=lambda span: span.start, default=None)
    return [row for row in rows if last and row.span == last]


def chunks_of(chunks: Sequence[Chunk], wanted: Span) -> list[Chunk]:
    """Those that reach into this part. A film or a sound is cut to it, with its words."""
    if wanted.unit is not Unit.SECONDS:
        return [one for one in chunks if one.span and _belongs(one.span, wanted)]
    return [
        replace(
            one,
            span=inside,
            words=tuple(w for w in one.words if w.span and _shared(w.span, wanted) > 0),
        )
        for one in chunks
        if one.span and (inside := _inside(one.span, wanted))
    ]


def scene(spans: Iterable[Span], wanted: Span) -> Span:
    """The part with all that goes on like it: `spans` are like it, in any order.

    Who asks with a moment knows the rest of its scene, and the rest of the chapter of its page.
    What comes again later, after something else, does not belong to it.
    """
    ordered = sorted(
        (one for one in spans if one.unit is wanted.unit), key=lambda one: (one.start, one.stop)
    )
    start, stop = wanted.start, wanted.stop
    for span in ordered:
        if span.stop >= start and is_beside(span, Span(wanted.unit, start, stop)):
            stop = max(stop, span.stop)
    for span in reversed(ordered):
        if is_beside(span, Span(wanted.unit, start, stop)):
            start = min(start, span.start)
    return Span(wanted.unit, start, stop)


def is_beside(span: Span | None, wanted: Span) -> bool:
    """Whether this is the part that is asked with, or right beside it."""
    if span is None or span.unit is not wanted.unit:
        return False
    near = BESIDE[wanted.unit]
    if wanted.unit is Unit.PAGE:
        return span.start <= wanted.stop + near and span.stop >= wanted.start - near
    return span.start < wanted.stop + near and span.stop > wanted.start - near


def _belongs(span: Span, wanted: Span) -> bool:
    if span.unit is not wanted.unit:
        return False
    if span.unit is Unit.PAGE:
        return span.start <= wanted.stop and span.stop >= wanted.start
    shorter = min(span.stop - span.start, wanted.stop - wanted.start)
    shared = _shared(span, wanted)
    return shared > 0 and shared >= HALF * shorter


def _shared(span: Span, wanted: Span) -> float:
    if span.unit is not wanted.unit:
        return 0.0
    return min(span.stop, wanted.stop) - max(span.start, wanted.start)


def _inside(span: Span, wanted: Span) -> Span | None:
    if _shared(span, wanted) <= 0:
        return None
    return Span(span.unit, max(span.start, wanted.start), min(span.stop, wanted.stop))
