"""How the command line shows hits and counts to people; `as_json` is for programs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from nova_desktop.cli.terminal import clock, plain, table
from nova_desktop.model import Check, Span, State, Status, Unit
from nova_desktop.query import Answer, Hit, Why

WHY_CHARACTERS = 100  # of the words that matched
WHYS = 2
ALIKE = 3  # near-duplicates that are named; --unfold shows all
MOMENTS = 4  # further moments shown of one file


def moment(span: Span) -> str:
    """A span as people say it: 0:15–0:30, page 3, characters 120–480."""
    match span.unit:
        case Unit.SECONDS:
            return f"{clock(span.start)}–{clock(span.stop)}"
        case Unit.PAGE:
            first, last = int(span.start), int(span.stop)
            return f"page {first}" if last <= first else f"pages {first}–{last}"
        case Unit.CHARACTERS:
            return f"characters {int(span.start)}–{int(span.stop)}"


def for_people(answer: Answer, inside: Path | None = None, first: int = 1) -> list[str]:
    """Two lines a hit: its number and path, then what it is, where in it, and why it matched.

    Paths within `inside` are shown without it; `first` is the number of the first hit.
    """
    lines = []
    wide = len(str(first + len(answer.hits) - 1))
    for number, hit in enumerate(answer.hits, first):
        lines.append(f"{number:>{wide}}. {_shown(hit, inside)}")
        parts: list[str] = [hit.modality]
        if hit.span:
            parts.append(moment(hit.span))
        parts.append(day(hit.taken_s))
        if hit.elsewhere:
            parts.append(f"on {plain(hit.elsewhere)}")
        elif hit.offline:
            parts.append("offline")
        parts += [f"{hit.match} match"] if hit.match else []
        parts += [_why(why) for why in hit.why[:WHYS]]
        lines.append(" " * (wide + 2) + " · ".join(part for part in parts if part))
        if hit.moments:
            also = ", ".join(moment(span) for span in hit.moments[:MOMENTS])
            lines.append(" " * (wide + 2) + f"also {also}")
        lines += [" " * (wide + 2) + f"same as {_path(copy, inside)}" for copy in hit.copies]
        if hit.alike:
            like = ", ".join(_path(one.path, hit.path.parent) for one in hit.alike[:ALIKE])
            more = f", and {len(hit.alike) - ALIKE} more" if len(hit.alike) > ALIKE else ""
            lines.append(" " * (wide + 2) + f"{len(hit.alike)} nearly the same: {like}{more}")
    return lines


def _shown(hit: Hit, inside: Path | None) -> str:
    # What another machine has lies at no path here.
    return plain(hit.path.name) if hit.elsewhere else _path(hit.path, inside)


def _path(path: Path, inside: Path | None) -> str:
    shown = path.relative_to(inside) if inside and path.is_relative_to(inside) else path
    return plain(str(shown))


def day(taken_s: float) -> str:
    """The local day, "" for a time that no calendar holds."""
    try:
        return f"{datetime.datetime.fromtimestamp(taken_s):%Y-%m-%d}"
    except (ValueError, OverflowError, OSError):
        return ""


def _why(why: Why) -> str:
    text = " ".join(why.text.split())
    if len(text) > WHY_CHARACTERS:
        text = text[: WHY_CHARACTERS - 1].rstrip() + "…"
    return f"{why.source}: {plain(text)}" if text else str(why.source)


def looked_at(checks: Iterable[Check]) -> list[str]:
    """A line a check: what is wrong begins with !!."""
    return table(
        ("ok" if check.ok else "!!", plain(check.name), plain(check.text)) for check in checks
    )


def counts(status: Status) -> list[str]:
    """A table of folders and their files by state, whose columns and rows add up."""
    states = tuple(State)
    heading = ("Folder", "Files", *(state.capitalize() for state in states), "")
    rows: list[tuple[str | int, ...]] = [heading]
    for folder in status.folders:
        numbers = [folder.counts.get(state, 0) for state in states]
        rows.append((plain(str(folder.path)), sum(numbers), *numbers, str(folder.state)))
    numbers = [status.counts.get(state, 0) for state in states]
    rows.append(("Total", sum(numbers), *numbers, ""))
    return table(rows)
