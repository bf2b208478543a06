"""What the words in the search box mean, and how the line shows that; pure."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from nova_desktop.kinds import Sort
from nova_desktop.query import Filters, Part
from nova_desktop.ui.search.line import Ground, Mark


@dataclass(frozen=True, slots=True)
class Form:
    """A typed filter: text[start:stop] of the line."""

    text: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the box holds."""

    parts: tuple[Part, ...] = ()  # chips first, then words
    text: str = ""  # words that are wanted, as they are marked in what is found
    typed: str = ""  # all that stands in the line
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    forms: tuple[Form, ...] = ()
    marks: tuple[Mark, ...] = ()
    called: str = ""  # see query.Query
    mistake: str = ""  # a sentence about the first form that can't be meant


def read(chips: Sequence[Part], typed: str) -> Asked:
    """The question of these chips and this line, at this time."""
    if not typed.strip():
        return Asked(tuple(chips), " ".join(_wanted(chips)), typed)
    # Not before the first paint, when nothing was typed yet.
    from nova_desktop.grammar import TokenKind, parse

    parsed = parse(typed, time.time(), lenient=True)
    grounds = {
        TokenKind.PHRASE: Ground.FORM,
        TokenKind.FILTER: Ground.FORM,
        TokenKind.FILE: Ground.FORM,
        TokenKind.LESS: Ground.LESS,
        TokenKind.WRONG: Ground.FORM,
    }
    parts = (*chips, *parsed.parts)
    return Asked(
        parts,
        " ".join((*_wanted(parts), *parsed.filters.phrases)),
        typed,
        parsed.filters,
        parsed.sort,
        tuple(
            Form(typed[token.start : token.stop], token.start, token.stop)
            for token in parsed.tokens
            if token.kind in (TokenKind.FILTER, TokenKind.PHRASE) and token.key != "sort"
        ),
        (
            *(
                Mark(token.start, token.stop, grounds[token.kind])
                for token in parsed.tokens
                if token.kind in grounds
            ),
            *(Mark(wrong.start, wrong.stop, Ground.ERROR) for wrong in parsed.mistakes),
        ),
        parsed.called,
        str(parsed.mistakes[0]) if parsed.mistakes else "",
    )


def apart(typed: str) -> tuple[tuple[Part, ...], str]:
    """The words and files of the line as parts, and the line without them: its filters."""
    from nova_desktop.grammar import TokenKind, parse

    parsed = parse(typed, time.time(), lenient=True)
    words = (TokenKind.WORD, TokenKind.LESS, TokenKind.FILE)
    forms = [typed[token.start : token.stop] for token in parsed.tokens if token.kind not in words]
    return parsed.parts, " ".join(forms)


def without(typed: str, form: Form) -> str:
    """The line without one of its forms."""
    return " ".join(f"{typed[: form.start]} {typed[form.stop :]}".split())


def _wanted(parts: Sequence[Part]) -> list[str]:
    return [part.text for part in parts if part.text and part.weight > 0]
