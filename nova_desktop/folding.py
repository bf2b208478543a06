"""How texts are compared: whatever their case, their accents, and how their letters are encoded;
and which words of theirs say nothing."""

from __future__ import annotations

import re
import unicodedata

# What shows nothing: soft hyphens, joints of words, and marks of which way a text runs. Joiners of
# letters (U+200C, U+200D) stay, as they part words of Persian and parts of emoji.
_UNSEEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
# Marks that readers leave out of their questions: Latin, Greek and Cyrillic accents, Hebrew
# points, Arabic vowels. Those of other scripts are letters.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
_LEFT_OUT = re.compile(f"[{_UNSEEN}{_MARKS}]")
_NO_SPACES = (
    *("\u0e00-\u0eff", "\u1000-\u109f", "\u1780-\u17ff"),  # Thai, Lao, Burmese, Khmer
    *("\u3005-\u3005", "\u3041-\u30ff", "\u31f0-\u31ff"),  # kana
    *("\u3400-\u4dbf", "\u4e00-\u9fff", "\uf900-\ufaff", "\U00020000-\U0003ffff"),  # Han
    "\uac00-\ud7af",  # Hangul: its spaces leave the particles on the words
)
# Of the scripts that are written without spaces, as a class of `re` takes them. It takes 3 ms to
# compile a pattern that has it: make none while the program starts.
NO_SPACES = "".join(_NO_SPACES)
# Letters that are no others with an accent, but are typed without what makes them another one.
_TYPED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th"}
)
_BROKEN = re.compile(r"(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_PARTED = re.compile(r"([^\W\d_]+)-[ \t]*\r?\n[ \t]*([^\W\d_]+)")
_ALIKE = str.maketrans("‘’‚ʼ“”„‐‑‒–—", "''''\"\"\"-----")  # what programs set for what is typed
# Words that say nothing by themselves, in languages that write spaces and have many readers. The
# index has no stop words: it would have to guess the language, and "to be or not to be" is a
# question. But where a question has other words, these carry no match that is worth marking, and no
# group of files is named by them.
_SMALL = """
a an the of on in at to for from by with and or is are was were be it its this that as into my our
not but
der die das den dem des ein eine einen einem einer eines und oder im am an auf aus bei mit von vom
zu zum zur für ist sind war über unter nach vor nicht
le la les un une des du de et ou en au aux dans sur sous avec pour par est sont ce cette
el los las uno una unos unas del al y o con por para es son su sus que como
il lo gli i uno e ed nel nella nei sul sulla di da che per tra fra della dei delle non
os as um uma do da dos das no na nos nas em com ao aos não
het een van op te voor met bij naar
"""
SMALL_WORDS = frozenset(_SMALL.split())


def fold(text: str) -> str:
    """The text as it is compared: one case, no accents, one form of each character, and only
    what is seen."""
    if text.isascii():
        return text.lower()
    bare = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", text))
    # Folding the case can take a letter apart again (İ), so accents go after it as well.
    bare = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", bare.casefold()))
    return unicodedata.normalize("NFC", bare)


def as_typed(folded: str) -> str:
    """A folded text in the letters that most keyboards have: oeuvre for œuvre, lodz for łodz.

    What is kept folded, such as tags and the names of cities, has those letters.
    """
    return folded if folded.isascii() else folded.translate(_TYPED)


def same_case(text: str) -> str:
    """The text in one case and encoding; accents count."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def phrase(text: str) -> str:
    """The text as phrases are looked for in it: folded, as typed, with single spaces and plain
    quotes."""
    return " ".join(as_typed(fold(text)).translate(_ALIKE).split())


def holds(folded: str, wanted: str) -> bool:
    """Whether a phrase stands in a text as whole words; both as `phrase` gives them.

    Scripts that are written without spaces have no words to be whole.
    """
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        stop = at + len(wanted)
        if not (_joined(folded, at) or _joined(folded, stop)):
            return True
        at = folded.find(wanted, at + 1)
    return False


def stands(words: str, wanted: str) -> bool:
    """Whether a phrase, as `phrase` gives it, stands in words, also where a hyphen ends a line:
    salz-\\nwasser holds salzwasser, and well-\\nknown well-known."""
    if holds(phrase(words), wanted):
        return True
    hyphens = ("", "-") if _BROKEN.search(words) else ()
    return any(holds(phrase(_BROKEN.sub(hyphen, words)), wanted) for hyphen in hyphens)


def mended(text: str) -> str:
    """The words that a hyphen parts at a line's end, as they read without it; mostly none."""
    if "-" not in text or "\n" not in text:
        return ""
    return " ".join(found[1] + found[2] for found in _PARTED.finditer(text))


def has_no_spaces(character: str) -> bool:
    """Whether it is of a script that is written without spaces."""
    return not character.isascii() and any(span[0] <= character <= span[-1] for span in _NO_SPACES)


def _joined(text: str, at: int) -> bool:
    """Whether one word goes on from before this place to behind it."""
    return 0 < at < len(text) and _spaced(text[at - 1]) and _spaced(text[at])


def _spaced(character: str) -> bool:
    """Whether it is a letter or digit of a script with spaces."""
    return character.isalnum() and not has_no_spaces(character)
