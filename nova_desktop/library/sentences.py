"""The sentences of a passage, which are found by themselves as well; pure.

A passage means what its sentences mean on average, so a question about one of them finds others
first. Of questions in other words than the file, in the two halves of tests/benchmarks/reference.py
with names that say nothing, the basic engine's nearest ten held the right file for 0.86 and 0.82
with a vector for each sentence, and for 0.61 and 0.58 without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from nova_desktop.model import Row

FULL_LINE = 60  # characters: a shorter line is not broken for want of room, so it ends a sentence
LEAST_LETTERS = 3  # of what is worth a vector

_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|[。！？]|\n")
_LETTER = re.compile(r"[^\W\d_]")

T = TypeVar("T", bound=Row)


def with_sentences(text: str, most: int) -> list[str]:
    """The text, and its sentences where there are several: slices of it, in order.

    Neighbours stay together where there are more than `most`.
    """
    found = _sentences(text)
    if most < 1 or len(found) < 2:
        return [text]
    each = -(-len(found) // most)
    runs = [found[at : at + each] for at in range(0, len(found), each)]
    if len(runs) < 2:
        return [text]
    return [text, *(text[run[0][0] : run[-1][1]] for run in runs)]


def whole(rows: Iterable[T]) -> list[T]:
    """Without the rows of sentences, whose passage is there."""
    kept: list[T] = []
    for row in rows:
        last = kept[-1] if kept else None
        if last and (last.source, last.span) == (row.source, row.span) and row.words in last.words:
            continue
        kept.append(row)
    return kept


def _sentences(text: str) -> list[tuple[int, int]]:
    """(start, stop) of each, without the blanks around it."""
    found = []
    start = line = 0
    for end in [*_ENDS.finditer(text), None]:
        stop = end.end() if end else len(text)
        if end and end.group() == "\n":
            full = len(text[line : end.start()].strip()) >= FULL_LINE
            line = stop
            if full:
                continue
        said = text[start:stop]
        if len(_LETTER.findall(said)) >= LEAST_LETTERS:
            at = start + len(said) - len(said.lstrip())
            found.append((at, at + len(said.strip())))
            start = stop
    return found
