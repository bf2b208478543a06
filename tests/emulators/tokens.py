"""Counting the tokens of a text, and cutting it where they run out."""

from __future__ import annotations

import re

MOST = 8192  # tokens of text in one embedding: AWS News Blog, 28 October 2025
_PIECE = re.compile(r"\w+|[^\w\s]")


def _weight(piece: str) -> int:
    """Five Latin letters make a token, and so do three bytes of any other script. The model's own
    tokenizer is not public; English comes to about four characters a token this way."""
    return -(-len(piece) // 5) if piece.isascii() else -(-len(piece.encode()) // 3)


def count(text: str) -> int:
    return sum(_weight(piece) for piece in _PIECE.findall(text))


def cut(text: str, mode: str, most: int = MOST) -> tuple[str, int | None]:
    """The part that is embedded, and its length if anything was dropped.

    `mode`: START drops from the start, END from the end. NONE drops too: ask `count` before.
    """
    pieces = [(match.start(), match.end(), _weight(match[0])) for match in _PIECE.finditer(text)]
    if sum(weight for _, _, weight in pieces) <= most:
        return text, None
    room = most
    kept: list[tuple[int, int]] = []
    for start, end, weight in reversed(pieces) if mode == "START" else pieces:
        if weight > room:
            break
        room -= weight
        kept.append((start, end))
    if not kept:  # a single word of more than that many tokens
        part = text[-most:] if mode == "START" else text[:most]
    elif mode == "START":
        part = text[kept[-1][0] :]
    else:
        part = text[: kept[-1][1]]
    return part, len(part)
