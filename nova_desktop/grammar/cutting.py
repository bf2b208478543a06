"""Cuts a text into words, phrases and forms; what their values mean is not known here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from nova_desktop.grammar.said import KEYS

QUOTES = {'"': '"', "“": "”“", "„": "“”"}  # opening → what closes it; programs set the others
# What looks like a number, also such as no weight is: those are told, and not taken for words.
WEIGHT = r"\^(?P<weight>[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?|[+-]?(?:nan|inf))"
_WEIGHT = re.compile(rf"{WEIGHT}(?=\s|$)")
_KEY = re.compile(rf"({'|'.join(KEYS)}):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a value; what is quoted is taken as it is."""

    text: str
    quoted: bool
    start: int = 0  # where it begins in the text that was typed, with its quote
    stop: int = 0

    def place(self, at: int) -> int:
        """Where in the typed text its character `at` stands; its end for what is behind it."""
        if at >= len(self.text):
            return self.stop
        doubled = self.text.count('"', 0, at) if self.stop - self.start > len(self.text) + 2 else 0
        return self.start + at + self.quoted + doubled


class Item(NamedTuple):
    """One value of a list: typed[start:stop]."""

    text: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Cut:
    """text[start:stop] taken apart."""

    start: int
    stop: int
    minus: bool
    key: str  # "" of a word or a phrase
    pieces: tuple[Piece, ...]
    open: bool  # a quote in it is not closed
    plus: bool = False
    weight: float | None = None  # as written behind ^, of words alone
    weighed: tuple[int, int] = (0, 0)  # where the weight stands, with its ^

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def place(self, start: int, stop: int) -> tuple[int, int]:
        """Where in the typed text these characters of `text` stand."""
        found, before = [], 0
        for at in (start, max(start, stop - 1)):
            for piece in self.pieces:
                if at < before + len(piece.text):
                    found.append(piece.place(at - before))
                    break
                before += len(piece.text)
            before = 0
        return (found[0], found[-1] + 1) if found else self.value

    @property
    def value(self) -> tuple[int, int]:
        """Where in the typed text the value stands."""
        return (
            (self.pieces[0].start, self.pieces[-1].stop) if self.pieces else (self.start, self.stop)
        )

    @property
    def phrase(self) -> bool:
        return not self.key and bool(self.pieces) and self.pieces[0].quoted


def cuts(text: str) -> Iterator[Cut]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        cut = _cut(text, at)
        yield cut
        at = cut.stop


def special(word: str) -> bool:
    """Whether a word would be taken for something else, so that a backslash has to protect it."""
    return bool(
        word.startswith("\\")
        or (word.startswith(("-", "+")) and len(word) > 1)
        or _weighed(word)[1] is not None
        or word[:1] in QUOTES
        or _KEY.match(word)
    )


def _cut(text: str, start: int) -> Cut:
    at = start
    following = text[at + 1 : at + 2]
    if text[at] == "\\" and special(_word(text, at + 1)):
        word = _word(text, at + 1)
        return Cut(start, at + 1 + len(word), False, "", (Piece(word, False),), False)
    signed = bool(following) and not following.isspace()
    minus, plus = signed and text[at] == "-", signed and text[at] == "+"
    at += minus or plus
    if text[at] in QUOTES:
        quoted, at, closed = _quoted(text, at)
        if not (closed and (found := _WEIGHT.match(text, at))):
            return Cut(start, at, minus, "", (Piece(quoted, True),), not closed, plus)
        weighed = (at, found.end())
        one = (Piece(quoted, True),)
        return Cut(start, found.end(), minus, "", one, False, plus, number(found[1]), weighed)
    if not plus and (key := _KEY.match(text, at)):
        pieces, at, closed = _value(text, key.end())
        return Cut(start, at, minus, key[1].lower(), pieces, not closed)
    word = _word(text, at)
    bare, weight = _weighed(word)
    stop = at + len(word)
    weighed = (at + len(bare), stop) if weight is not None else (0, 0)
    return Cut(start, stop, minus, "", (Piece(bare, False),), False, plus, weight, weighed)


def _weighed(word: str) -> tuple[str, float | None]:
    """dog^2 → dog, 2."""
    found = re.fullmatch(rf"(.+?){_WEIGHT.pattern}", word, re.DOTALL)
    return (found[1], number(found[2])) if found else (word, None)


def number(text: str) -> float:
    """A weight as it is written: 0.5, .5 or 0,5."""
    return float(text.replace(",", "."))


def _word(text: str, at: int) -> str:
    stop = at
    while stop < len(text) and not text[stop].isspace():
        stop += 1
    return text[at:stop]


def _value(text: str, at: int) -> tuple[tuple[Piece, ...], int, bool]:
    """(pieces, where it ends, every quote closed) of what stands behind a colon."""
    pieces: list[Piece] = []
    closed, bare = True, ""
    while closed and at < len(text) and not text[at].isspace():
        # A quote that follows other letters belongs to them: 5" is no phrase.
        if text[at] in QUOTES and (not bare or not bare[-1].isalnum()):
            if bare:
                pieces.append(Piece(bare, False, at - len(bare), at))
            start = at
            quoted, at, closed = _quoted(text, at)
            pieces.append(Piece(quoted, True, start, at))
            bare = ""
        else:
            bare += text[at]
            at += 1
    if bare:
        pieces.append(Piece(bare, False, at - len(bare), at))
    return tuple(pieces), at, closed


def _quoted(text: str, at: int) -> tuple[str, int, bool]:
    """(what stands between the quotes, where they end, whether they do)."""
    closing = QUOTES[text[at]]
    found, at = "", at + 1
    while at < len(text):
        if text[at] in closing:
            if text[at] != '"' or text[at + 1 : at + 2] != '"':
                return found, at + 1, True
            at += 1  # doubled: a quote that is meant
        found += text[at]
        at += 1
    return found, at, False


def items(cut: Cut) -> list[Item]:
    """The values of a list that commas part, without empty ones."""
    found = list[Item]()
    item = ""
    start, stop, quoted = cut.value[0], cut.value[0], False
    for piece in cut.pieces:
        if piece.quoted:
            item, quoted, stop = item + piece.text, True, piece.stop
            continue
        first, *others = piece.text.split(",")
        item, stop = item + first, piece.start + len(first)
        for other in others:
            found += [Item(item, start, stop)] if item.strip() or quoted else []
            item, quoted, start = other, False, stop + 1
            stop = start + len(other)
    return [one for one in [*found, Item(item, start, stop)] if one.text.strip()]


def quoted(text: str, plain: bool = True) -> str:
    """The text as a value: in quotes where it needs them, or always."""
    simple = plain and text and not re.search(r'[\s,"“„~]', text)
    return text if simple else '"' + text.replace('"', '""') + '"'
