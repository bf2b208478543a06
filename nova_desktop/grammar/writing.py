"""From what is meant to the text that says it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from nova_desktop.grammar import dates, files, lengths
from nova_desktop.grammar.cutting import quoted, special
from nova_desktop.grammar.forms import KINDS, RADIUS_KM
from nova_desktop.kinds import Sort
from nova_desktop.model import Modality
from nova_desktop.query import Around, Filters, Part


def write(
    parts: Sequence[Part] = (), filters: Filters | None = None, sort: Sort = Sort.RELEVANCE
) -> str:
    """The text that means this; parts that are pasted pictures are left out.

    parse(write(parts, filters, sort)) gives them back, as long as parts are in parse's form: one
    with the words, those that have a weight of their own, then those that are wanted less.
    """
    texts = [part for part in parts if part.text.strip() or part.path is not None]
    first = texts[0] if texts else Part()
    words = first.text.split() if first.weight == 1 and first.path is None else []
    words = words if " ".join(words) == first.text else []  # other blanks stood in quotes
    said = [
        *map(_word, words),
        *(_own(part) for part in (texts[1:] if words else texts)),
        *(_forms(filters) if filters else ()),
        *([f"sort:{sort}"] if sort is not Sort.RELEVANCE else ()),
    ]
    return " ".join(said)


def _word(word: str) -> str:
    return f"\\{word}" if special(word) else word


def _own(part: Part) -> str:
    """A part for itself: +"night at sea", dog^2, -cat, like:beach.jpg."""
    weight = abs(part.weight)
    times = "" if weight == 1 else f"^{dates.positional(weight)}"
    if part.path is not None:
        return f"{'-' if part.weight < 0 else ''}{files.written(part)}{times}"
    text = part.text
    plain = not re.search(r"\s", text) and text not in ("-", "+") and not special(text)
    said = text if plain else quoted(text, plain=False)
    sign = "-" if part.weight < 0 else "" if times and plain else "+"
    return f"{sign}{said}{times}"


def _forms(filters: Filters, whole: bool = False) -> Iterator[str]:
    """`whole`: each field as one form, so that a minus is before all of it."""
    yield from (quoted(phrase, plain=False) for phrase in filters.phrases)
    if filters.modalities:
        yield _list("type", (KINDS[kind][0] for kind in Modality if kind in filters.modalities))
    if filters.folders:
        yield _list("in", map(_folder, filters.folders))
    if filters.name:
        yield f"name:{quoted(filters.name)}"
    if filters.extensions:
        yield _list("ext", sorted(filters.extensions))
    since_s, until_s = filters.since_s, filters.until_s
    if since_s is not None and until_s is not None and since_s > until_s:
        yield f"date:{dates.written(since_s, None)}"  # of two forms that nothing passes, each
        yield f"date:{dates.written(None, until_s)}"
    elif since_s is not None or until_s is not None:
        yield f"date:{dates.written(since_s, until_s)}"
    for length in lengths.written(filters.shortest_s, filters.longest_s, whole):
        yield f"dur:{length}"
    if filters.cameras:
        yield _list("camera", sorted(filters.cameras))
    if filters.least_rating is not None:
        yield f"rating:>={filters.least_rating}"
    if filters.tags:
        yield _list("tag", sorted(filters.tags))
    if filters.around:
        yield f"near:{_near(filters.around)}"
    for other in filters.without:
        yield from (f"-{form}" for form in _forms(other, whole=True))


def _folder(folder: Path) -> str:
    text = str(folder)
    return f".{os.sep}{text}" if text.startswith("~") else text  # else it were somebody's home


def _list(key: str, values: Iterable[str]) -> str:
    return f"{key}:{','.join(quoted(value) for value in values)}"


def _near(around: Around) -> str:
    radius = f"~{dates.positional(around.radius_km)}km" if around.radius_km != RADIUS_KM else ""
    if around.latitude is None or around.longitude is None:
        return f"{quoted(around.name)}{radius}"
    point = f"{dates.positional(around.latitude)},{dates.positional(around.longitude)}"
    return f"{quoted(f'{around.name} ({point})') if around.name else point}{radius}"
