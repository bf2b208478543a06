"""The one language of questions, for the window, the command line and saved searches.

Words, "exact phrases" and -words say what is meant; forms as type:photo or date:2024 filter.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

from nova_desktop.errors import BadInput
from nova_desktop.query import Facets, Filters, Part, Sort

KEYS = (
    *("type", "in", "name", "ext", "date", "dur"),
    *("camera", "rating", "tag", "near", "sort"),
)


class Mistyped(BadInput):
    """What can't be meant; `start` and `stop` are the characters of the text that are wrong."""

    def __init__(self, text: str, start: int, stop: int) -> None:
        super().__init__(text, start, stop)
        self.start, self.stop = start, stop

    def __str__(self) -> str:
        return str(self.args[0])


class TokenKind(enum.StrEnum):
    WORD = "word"
    PHRASE = "phrase"  # "in quotes"
    LESS = "less"  # -word or -"phrase"
    FILTER = "filter"  # key:value, also -type:value
    UNFINISHED = "unfinished"  # key: without a value yet, or a quote that is still open
    WRONG = "wrong"  # a form whose value can't be meant


@dataclass(frozen=True, slots=True)
class Token:
    """text[start:stop] of what was typed, and what it was taken for."""

    kind: TokenKind
    start: int
    stop: int
    key: str = ""  # of a filter, one of KEYS
    value: str = ""  # without quotes; of a filter what stands behind the colon


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text means."""

    parts: tuple[Part, ...] = ()  # what is asked for first, then what is wanted less of
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    tokens: tuple[Token, ...] = ()
    mistakes: tuple[Mistyped, ...] = ()  # only when parsed leniently


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How the text could go on: text[start:stop] is replaced by `text`."""

    start: int
    stop: int
    text: str
    count: int | None = None  # of a value: how many contents have it


def parse(text: str, now_s: float, lenient: bool = False) -> Parsed:
    """What `text` means at the time `now_s` (of "yesterday"), in local time.

    Raises Mistyped for a form that can't be meant. With `lenient`, while somebody types, it is left
    out and told in `mistakes`; forms that are not finished are left out of both.
    """
    raise NotImplementedError


def write(parts: Sequence[Part], filters: Filters, sort: Sort = Sort.RELEVANCE) -> str:
    """The text that means this; parts that are files or pasted pictures are left out.

    parse(write(parts, filters, sort)) gives them back, as long as parts are in parse's form: one
    with the words, then those that are wanted less.
    """
    raise NotImplementedError


def complete(text: str, cursor: int, facets: Facets) -> tuple[Suggestion, ...]:
    """How what stands at the cursor could go on: keys first, then values from `facets`."""
    raise NotImplementedError
