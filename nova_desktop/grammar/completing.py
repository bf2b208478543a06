"""How what is being typed could go on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nova_desktop.grammar import german
from nova_desktop.grammar.cutting import Cut, cuts, quoted
from nova_desktop.grammar.dates import WORDS
from nova_desktop.grammar.forms import KINDS
from nova_desktop.grammar.said import KEYS, Suggestion
from nova_desktop.kinds import Sort
from nova_desktop.model import Modality
from nova_desktop.query import Facet, Facets

MOST = 12  # suggestions at once
LENGTHS = ("<30s", "<1m", "1m..5m", ">5m", ">30m")
_LISTS = ("type", "in", "ext", "camera", "tag")  # these take several values


def complete(text: str, cursor: int, facets: Facets) -> tuple[Suggestion, ...]:
    """How the form at the cursor could go on: keys that begin so, else values of its key.

    Values that begin with what is typed come first, then those that have it inside.
    """
    here = next((cut for cut in cuts(text) if cut.start < cursor <= cut.stop), None)
    if here is None:
        free = not text[cursor : cursor + 1].strip()
        return tuple(Suggestion(cursor, cursor, f"{key}:") for key in KEYS) if free else ()
    if here.key:
        return _values(text, here, cursor, facets)
    typed = text[here.start + here.minus : cursor].lower()
    if here.phrase or not typed.isalpha():
        return ()
    keys = [key for key in KEYS if not (here.minus and key == "sort")]  # no order is left out
    return tuple(
        Suggestion(here.start + here.minus, here.stop, f"{key}:")
        for key in keys
        if key.startswith(typed)
    )


def file_begun(text: str, cursor: int) -> Suggestion | None:
    """What is typed so far of a file's name behind like:, as the text that a name replaces.

    None where no name is being typed there, but something else, a path, or which part is meant.
    """
    here = _cut_at(text, cursor)
    if here is None or here.key != "like":
        return None
    start = here.start + here.minus + len("like:")
    typed = text[start:cursor].lstrip('"“„')
    if cursor < start or not typed.strip() or re.search(r'[/\\~"”“@#^]', typed):
        return None
    return Suggestion(start, here.stop, typed)


def place_begun(text: str, cursor: int) -> bool:
    """Whether a place is being typed behind near:."""
    here = _cut_at(text, cursor)
    return here is not None and here.key == "near"


def _cut_at(text: str, cursor: int) -> Cut | None:
    return next((cut for cut in cuts(text) if cut.start < cursor <= cut.stop), None)


def _values(text: str, cut: Cut, cursor: int, facets: Facets) -> tuple[Suggestion, ...]:
    start = cut.start + cut.minus + len(cut.key) + 1
    if cursor < start:
        return ()
    before = ""
    if cut.key in _LISTS:  # the value after the last comma that is not in quotes
        start = _last_value(text, start, cursor)
    elif cut.key == "date" and ".." in text[start:cursor]:
        before = text[start:cursor].rpartition("..")[0] + ".."
    typed = text[start:cursor].removeprefix(before).lstrip('"“„').rstrip('"”“').casefold()
    found = _ranked(typed, _known(cut.key, facets))
    return tuple(
        Suggestion(start, cut.stop, before + _written(cut.key, value.value), value.count or None)
        for value in found[:MOST]
    )


def _last_value(text: str, start: int, cursor: int) -> int:
    inside, at = False, start
    for place in range(start, cursor):
        if text[place] in '"“”„':
            inside = not inside
        elif text[place] == "," and not inside:
            at = place + 1
    return at


def _written(key: str, value: str) -> str:
    # A comma of a place or a date is no list's; a folder's name may hold anything.
    return value if key in ("dur", "rating") else quoted(value)


def _known(key: str, facets: Facets) -> Sequence[Facet]:
    match key:
        case "type":
            counts = {facet.value: facet.count for facet in facets.kinds}
            kinds = sorted(Modality, key=lambda kind: -counts.get(kind, 0))
            return [Facet(KINDS[kind][0], counts.get(kind, 0)) for kind in kinds]
        case "in":
            return facets.folders
        case "ext":
            return facets.extensions
        case "camera":
            return facets.cameras
        case "tag":
            return facets.tags
        case "near":
            return facets.places
        case "rating":
            return [Facet(f">={stars}", 0) for stars in range(5, 0, -1)]
        case "dur":
            return [Facet(length, 0) for length in LENGTHS]
        case "sort":
            return [Facet(sort.value, 0) for sort in Sort]
        case "date":
            return [*facets.years, *(Facet(word, 0) for word in (*WORDS, *german.WORDS))]
    return ()  # of a name there is nothing to choose from


def _ranked(typed: str, values: Sequence[Facet]) -> list[Facet]:
    first = [value for value in values if value.value.casefold().startswith(typed)]
    others = [value for value in values if typed and typed in value.value.casefold()]
    return [*first, *(value for value in others if value not in first)]
