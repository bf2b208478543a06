"""Whether more letters could make a date of what is typed so far."""

from __future__ import annotations

import functools
import re

from nova_desktop.folding import fold
from nova_desktop.grammar import dates, german, named, relative

_SMALL = (
    "in on during from the of to and between a an ago last past this before "
    "day days week weeks month months year years quarter"
)
_GERMAN = "kw im in am an zu der die das den dem von zwischen und jahre jahren"
_NUMBER = r"\d{1,4}(?:st?|nd?|rd?|th?|er?n?)?|[qw]\d{0,2}|kw\d{0,2}"
_MONTHS, _DAYS = "0?[1-9]?|1[0-2]?", r"0?[1-9]?|[12]\d?|3[01]?"
# In figures alone, whose dots, hyphens and strokes are blanks here: 2024-05-3, 31.5.2, 202405.
_FIGURES = re.compile(
    r"\d{0,4}\.? ?|\d{4} (19|20)\d{0,2}"
    rf"|\d{{4}}([ ./]({_MONTHS})?([ ./]({_DAYS})?([ t][\d:]*)?)?)?"
    rf"|\d{{4}}(0\d?|1[0-2]?)([0-3]\d?)?"
    r"|\d{1,2}\.( ?\d{0,2}(\. ?\d{0,3})?)?|\d{1,2}[./]\d{0,4}"
    r"|\d{4} ?[qw]\d?|@-?\d*\.?"
)


def begun(text: str) -> bool:
    """Whether it could; of a stretch, its end. Of words each is looked at by itself."""
    text = re.split(r"\.\.|…|[–—]| - ", text)[-1].lstrip("<>=").lower()
    text = re.sub(r"[\s_-]+", " ", text).lstrip()
    if _FIGURES.fullmatch(text):
        return True
    if re.search(r"[^\w\s.,/]", text) or not re.search(r"[^\W\d]", text):
        return False
    *whole, last = re.split(r"[\s.,/]+", fold(text))
    words = _words()
    if not (all(_is_word(word, words) for word in whole) and len(whole) < 10):
        return False
    return bool(re.fullmatch(_NUMBER, last)) or any(word.startswith(last) for word in words)


def _is_word(word: str, words: frozenset[str]) -> bool:
    short = len(word) >= 3 and relative.month_called(word) is not None
    return word in words or short or bool(re.fullmatch(_NUMBER, word))


@functools.cache
def _words() -> frozenset[str]:
    """Every word that dates are said with, folded."""
    said = (*dates.SIGNS, *dates.SEASONS, *dates.WORDS, *named.WORDS, *german.WORDS, *german.SAID)
    names = (*relative.WEEKDAYS, *relative.NUMBERS, *german.FORMS, _SMALL, _GERMAN)
    units = (
        f"{unit}{s}" for unit in ("day", "week", "month", "year", "quarter") for s in ("", "s")
    )
    return frozenset(word for text in (*said, *names, *units) for word in fold(text).split())
