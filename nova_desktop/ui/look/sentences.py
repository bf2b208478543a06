"""What the library says in sentences of its own, in the user's language where that is known.

The library knows no window and no language: it says the same to a terminal. Its usual sentences
are listed here; the others are shown as they come.
"""

from __future__ import annotations

import functools
import re

from nova_desktop.ui.look.words import noop, tr

SENTENCES = (
    noop("Sentences", "Paused: nothing is indexed until you resume."),
    noop(
        "Sentences",
        "The disk of the index is nearly full. Free some space, and indexing goes on by itself.",
    ),
    noop("Sentences", "Resting: these are quiet hours."),
    noop("Sentences", "Resting: this computer runs on its battery."),
    noop("Sentences", "Resting: this network is paid by what goes over it."),
    noop("Sentences", "Resting: a program fills the screen."),
)


def sentence(text: str) -> str:
    """`text` in the user's language, or as it is; what stands in its {places} stays."""
    for pattern, known in _patterns():
        if found := pattern.fullmatch(text):
            return tr(*known, **found.groupdict()) if found.groupdict() else tr(*known)
    return text


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[str, str]], ...]:
    return tuple((_pattern(known[1]), known) for known in SENTENCES)


def _pattern(source: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", source)
    fixed = [
        re.escape(part) if at % 2 == 0 else f"(?P<{part}>.+?)" for at, part in enumerate(parts)
    ]
    return re.compile("".join(fixed), re.DOTALL)
