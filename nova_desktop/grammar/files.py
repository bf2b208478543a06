"""Files, or parts of them, to be asked with: like:a.jpg, like:film.mp4@1:02..1:17, like:b.pdf#3."""

from __future__ import annotations

import re
from pathlib import Path

from nova_desktop.grammar import lengths
from nova_desktop.grammar.cutting import WEIGHT, Cut, number, quoted
from nova_desktop.grammar.dates import positional
from nova_desktop.grammar.said import Mistyped
from nova_desktop.model import Span, Unit
from nova_desktop.query import MOMENT_S, Part

MOST_PAGES = 1_000_000
_PART = re.compile(r"@(?P<time>[\d.][\d.:hms]*)|#(?P<pages>c?\d[\d.]*)")
_END = re.compile(rf"(?P<part>{_PART.pattern})?(?:{WEIGHT})?$")
_RANGE = re.compile(r"(\d{1,15}(?:\.\d+)?)(?:\.\.(\d{1,15}(?:\.\d+)?))?")


def part_of(cut: Cut) -> tuple[Part, tuple[int, int]]:
    """What like: asks with, its weight 1 or as written, and where the weight stands.

    What is in quotes is a path as it is; behind it, or behind a path without quotes, stands which
    part is meant, and the weight.
    """
    text = cut.text
    protected = sum(len(piece.text) for piece in cut.pieces[: _last_quoted(cut) + 1])
    end = next(
        found
        for at in range(protected, len(text) + 1)
        if (found := _END.match(text, at)) and (at or not found[0])
    )
    name, weight = text[: end.start()], number(end["weight"] or "1")
    if not name.strip():
        raise Mistyped("like: needs a file, as like:beach.jpg.", *cut.value)
    if "\0" in name:
        raise Mistyped("No file's name has a null character: take it away.", *cut.value)
    try:
        path = Path(name).expanduser() if name.startswith("~") else Path(name)
    except RuntimeError as e:
        raise Mistyped(f"There is no home folder “{name}”.", *cut.value) from e
    if not path.name:
        raise Mistyped(f"“{name}” is no file: write like:beach.jpg.", *cut.value)
    span = None
    if end["part"]:
        where = cut.place(end.start("part") + 1, end.end("part"))
        span = _moment(end["time"], where) if end["time"] else _pages(end["pages"], where)
    weighed = cut.place(end.start("weight") - 1, len(text)) if end["weight"] else cut.value
    return Part(path=path, span=span, weight=weight), weighed


def protected(value: str) -> str:
    """A value whose path has blanks, but lost its quotes on its way: with quotes around it."""
    end = next(found for at in range(len(value) + 1) if (found := _END.match(value, at)))
    return quoted(value[: end.start()], plain=False) + end[0]


def written(part: Part) -> str:
    """The form that means this file, or part of it, without its sign and weight."""
    path = str(part.path)
    path = f"./{path}" if path.startswith("~") else path  # else it were somebody's home
    plain = not re.search(r"[@#^]", path)
    return f"like:{quoted(path, plain)}{_said(part.span)}"


def _said(span: Span | None) -> str:
    if span is None:
        return ""
    start, stop = positional(span.start), positional(span.stop)
    if span.unit is Unit.SECONDS:
        return f"@{start}s..{stop}s"
    letter = "c" if span.unit is Unit.CHARACTERS else ""
    return (
        f"#{letter}{start}"
        if span.unit is Unit.PAGE and start == stop
        else (f"#{letter}{start}..{stop}")
    )


def _last_quoted(cut: Cut) -> int:
    return max((n for n, piece in enumerate(cut.pieces) if piece.quoted), default=-1)


def _moment(text: str, where: tuple[int, int]) -> Span:
    """1:02, or from when to when; a time alone is where a moment begins."""
    first, dots, last = text.partition("..")
    start, stop = lengths.seconds(first), lengths.seconds(last) if dots else None
    if start is None or (dots and stop is None):
        sentence = f"“{text}” is no time in a film: write it as @1:02, or @1:02..1:17."
        raise Mistyped(sentence, *where)
    stop_s = stop[0] if stop else start[0] + MOMENT_S
    if not start[0] < stop_s:
        raise Mistyped(f"“{text}” ends before it begins: write the earlier time first.", *where)
    return Span(Unit.SECONDS, start[0], stop_s)


def _pages(text: str, where: tuple[int, int]) -> Span:
    """3, or 3..5; behind a c, characters."""
    characters = text.startswith("c")
    found = _RANGE.fullmatch(text.removeprefix("c"))
    first, last = (float(found[1]), float(found[2] or found[1])) if found else (0.0, -1.0)
    if first > last or (characters and first == last):
        sentence = f"“{text}” is no page: write it as #3, or #3..5."
        raise Mistyped(sentence, *where)
    if not characters and not 1 <= first <= last <= MOST_PAGES:
        raise Mistyped(f"A page is a number from 1 to {MOST_PAGES}, as #3.", *where)
    return Span(Unit.CHARACTERS if characters else Unit.PAGE, first, last)
