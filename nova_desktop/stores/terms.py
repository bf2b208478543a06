"""Cuts text into the terms that words are found by, alike for every language and every store.

No stemming and no stop words: they would have to guess the language. Case and accents do not
count. Scripts written without spaces give each character and each pair, so that a word is found
inside any sentence.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

from nova_desktop.folding import NO_SPACES, as_typed, fold, mended

LONGEST = 64  # characters: longer terms are cut, in texts and in questions alike

_ASCII = re.compile("[a-z0-9]+")  # what the pattern below finds in plain English, at a tenth of it


def terms(text: str) -> list[str]:
    """Every term of a text, in order; repeated as often as it is there. Behind them the words that
    a hyphen parts at a line's end, whole."""
    parted = mended(text)
    folded = fold(f"{text}\n{parted}" if parted else text)
    if folded.isascii():
        return [word[:LONGEST] for word in _ASCII.findall(folded)]
    found: list[str] = []
    for run in _pattern().finditer(folded):
        word = run[0]
        if run.lastgroup == "joined":
            found += word
            found += _pairs(word)
        else:
            found += dict.fromkeys((word[:LONGEST], as_typed(word)[:LONGEST]))
    return found


def question_terms(text: str, most: int = 64) -> list[str]:
    """The terms to look for, each once: pairs say more than the characters in them."""
    folded = fold(text)
    if folded.isascii():
        return list({word[:LONGEST]: None for word in _ASCII.findall(folded)})[:most]
    found: dict[str, None] = {}
    for run in _pattern().finditer(folded):
        word = run[0]
        if run.lastgroup == "joined" and len(word) > 1:
            found.update(dict.fromkeys(_pairs(word)))
        else:
            found |= dict.fromkeys((word[:LONGEST], as_typed(word)[:LONGEST]))
        if len(found) >= most:
            break
    return list(found)[:most]


def sure_terms(wanted: Sequence[str]) -> list[str]:
    """Those of a question's terms that stand in every row that holds all of its words.

    A row may have a word with such letters, or as it is typed without them.
    """
    others = [as_typed(term) for term in wanted if as_typed(term) != term]
    return [term for term in wanted if as_typed(term) == term and term not in others]


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]


@functools.cache
def _pattern() -> re.Pattern[str]:
    """Runs of letters, digits and their marks, and single symbols such as emoji."""
    # `\w` has no marks, without which Hindi would fall apart; `re` has no class for them.
    marks, symbols = _ranges("Mn", "Mc", "Me"), _ranges("So")
    return re.compile(
        rf"(?P<joined>[{NO_SPACES}]+)"
        rf"|(?P<spaced>(?:(?![{NO_SPACES}_])[\w{marks}])+)"
        rf"|(?P<symbol>[{symbols}])"
    )


def _ranges(*categories: str) -> str:
    """Of every character in these categories of Unicode, as a class of `re` takes them."""
    characters = [chr(code) for code in range(0x80, 0x20000)]
    found: list[tuple[int, int]] = []
    for code, category in enumerate(map(unicodedata.category, characters), 0x80):
        if category in categories:
            if found and found[-1][1] == code - 1:
                found[-1] = (found[-1][0], code)
            else:
                found.append((code, code))
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in found)
