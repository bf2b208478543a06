"""Cuts a text into passages that are found as one; pure."""

from __future__ import annotations

import re

LOW = 300  # characters: a passage is cut no earlier, so that it says something by itself
HIGH = 600  # characters: nor later, so that it is about one thing

# Best border first: a blank line, the end of a sentence, the end of a line, any space.
_BORDERS = (
    re.compile(r"\n[^\S\n]*\r?\n"),
    re.compile(r"[.!?…][\"'”’»)\]]*\s|[。！？]"),
    re.compile(r"\n"),
    re.compile(r"\s"),
)
_WORD = re.compile(r"\S")


def passages(text: str, low: int = LOW, high: int = HIGH) -> list[tuple[int, int]]:
    """(start, stop) of each passage: in order, never overlapping, none longer than `high`.

    Neither end of `text[start:stop]` is blank, and only blank characters lie between passages.
    """
    cuts: list[tuple[int, int]] = []
    at = _next_word(text, 0)
    while at < len(text):
        border = _border(text, at, low, high)
        stop = at + len(text[at:border].rstrip())
        cuts.append((at, stop))
        at = _next_word(text, border)
    return cuts


def _next_word(text: str, at: int) -> int:
    found = _WORD.search(text, at)
    return found.start() if found else len(text)


def _border(text: str, at: int, low: int, high: int) -> int:
    """Where the passage that starts at `at` ends, at most `high` characters on."""
    end = min(at + high, len(text))
    if _next_word(text, end) == len(text):
        return end
    for border in _BORDERS:
        # A match may end one past the window, where its blank is; no passage ends with a blank.
        last = max((found.end() for found in border.finditer(text, at + low, end)), default=None)
        if last is not None:
            return last
    return end


def cleaned(text: str) -> str:
    """The text of a page or a format with its own idea of blanks: no runs of empty lines."""
    text = _ODD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _GAPS.sub("\n\n", _TRAILING.sub("\n", text)).strip()


_ODD = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TRAILING = re.compile(r"[^\S\n]+\n")
_GAPS = re.compile(r"\n{3,}")
