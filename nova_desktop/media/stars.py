"""Stars and keywords that people give their files, as the many ways of writing them mean them."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_KEYWORDS = 100  # of one file
LONGEST = 200  # characters of one


def stars(*said: object) -> int | None:
    """The first rating of `said` that is one, as 1 to 5; 0 and less mean none, or rejected.

    More than 5 are per cent: Windows writes 1, 25, 50, 75 and 99, others any up to 100.
    """
    for value in said:
        try:
            number = float(str(value).strip())
        except ValueError:
            continue
        if 0 < number <= 5:
            return max(1, round(number))
        if 5 < number <= 100:
            return 1 + min(4, int((number + 12.5) // 25))
    return None


def split(text: str) -> list[str]:
    """The keywords of a line that commas or semicolons part."""
    return [one for one in re.split(r"[,;\n]", text) if one.strip()]


def unique(keywords: Iterable[str]) -> tuple[str, ...]:
    """Each once, whatever its case, in order and without spaces around."""
    found: dict[str, str] = {}
    for keyword in keywords:
        text = " ".join(keyword.split())[:LONGEST]
        if text:
            found.setdefault(text.casefold(), text)
    return tuple(found.values())[:MOST_KEYWORDS]
