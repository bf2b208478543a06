"""Finds texts among the words of a page, whatever their case, blanks and hyphens; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BREAKS = "\ufffe\u0002"  # what pdfium gives for a hyphen that only breaks a line
MOST = 500  # places of one text on one page


@dataclass(frozen=True, slots=True)
class Word:
    """Without case; [start, stop) of the characters that it was made of."""

    text: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: [start, stop) of the characters."""

    text: int  # its number
    start: int
    stop: int


def words_of(characters: str) -> list[Word]:
    """The words by their order; one that a line break parted is one."""
    found: list[Word] = []
    text, start, stop, broken = "", 0, 0, False
    for at, c in enumerate(characters):
        if c.isalnum():
            if not text:
                start = at
            text, stop, broken = text + c.casefold(), at + 1, False
        elif text and c in BREAKS:
            broken = True
        elif text and not (broken and c in "\r\n"):
            found.append(Word(text, start, stop))
            text, broken = "", False
    if text:
        found.append(Word(text, start, stop))
    return found


def places(characters: str, texts: Sequence[str]) -> Iterator[Place]:
    """Where each of the texts stands; the last word of one may go on."""
    page = words_of(characters)
    at: dict[str, list[int]] = {}
    for number, word in enumerate(page):
        at.setdefault(word.text, []).append(number)
    for number, text in enumerate(texts):
        wanted = [word.text for word in words_of(text)]
        if not wanted:
            continue
        if len(wanted) == 1:
            firsts = [n for n, word in enumerate(page) if word.text.startswith(wanted[0])]
        else:
            firsts = at.get(wanted[0], [])
        matching = (n for n in firsts if _matches(page, n, wanted))
        for _, first in zip(range(MOST), matching, strict=False):
            yield Place(number, page[first].start, page[first + len(wanted) - 1].stop)


def _matches(page: Sequence[Word], first: int, wanted: Sequence[str]) -> bool:
    there = page[first : first + len(wanted)]
    return (
        len(there) == len(wanted)
        and all(word.text == text for word, text in zip(there[:-1], wanted[:-1], strict=True))
        and there[-1].text.startswith(wanted[-1])
    )
