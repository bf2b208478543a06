"""What a typed text consists of, and what it means."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from nova_desktop.errors import BadInput
from nova_desktop.kinds import Sort
from nova_desktop.query import Filters, Part

KEYS = (
    *("type", "in", "name", "ext", "date", "dur"),
    *("camera", "rating", "tag", "near", "like", "sort"),
)


class Mistyped(BadInput):
    """What can't be meant; `start` and `stop` are the characters of the text that are wrong.

    Of a list that is the one value, of a stretch of time the one end. Both 0: not known yet.
    """

    def __init__(self, text: str, start: int = 0, stop: int = 0) -> None:
        super().__init__(text, start, stop)
        self.start, self.stop = start, stop

    def __str__(self) -> str:
        return str(self.args[0])


class TokenKind(enum.StrEnum):
    WORD = "word"  # also with a weight or a plus
    PHRASE = "phrase"  # "in quotes"
    LESS = "less"  # -word or -"phrase"
    FILTER = "filter"  # key:value, also -type:value
    FILE = "file"  # like:file, also -like:file
    UNFINISHED = "unfinished"  # key: whose value is still being typed, or a quote that is open
    WRONG = "wrong"  # a form that can't be meant


@dataclass(frozen=True, slots=True)
class Token:
    """text[start:stop] of what was typed, and what it was taken for."""

    kind: TokenKind
    start: int
    stop: int
    key: str = ""  # of a form, one of KEYS
    value: str = ""  # without quotes; of a form what stands behind the colon


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text means."""

    parts: tuple[Part, ...] = ()  # the words, others of their own, those wanted less
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    tokens: tuple[Token, ...] = ()
    mistakes: tuple[Mistyped, ...] = ()  # only when parsed leniently
    called: str = ""  # the whole text, where a file may be called so though it says more than words


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How the text could go on: text[start:stop] is replaced by `text`."""

    start: int
    stop: int
    text: str
    count: int | None = None  # of a value: how many contents have it
