"""From scores of the parts of a film to how well each moment answers. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TypeAlias

from nova_desktop.closeup import Strength, Timeline
from nova_desktop.model import Near, Source, Span, Unit

LEAST = 0.3  # what the last part that still matches is shown with
SEEN = frozenset((Source.PICTURE, Source.TAGS, Source.OCR))
HEARD = frozenset((Source.SOUND,))
SAID = frozenset((Source.SPEECH, Source.SUBTITLES, Source.TEXT))

Place: TypeAlias = tuple[Source, Span]


def values(rows: Iterable[Near], best: float, floor: float, share: float) -> dict[Place, float]:
    """How well each row answers one part of a question, from `LEAST` to 1.

    1 is the `best` score of the whole library; what search would cut off is left out.
    """
    cut = max(floor, share * best)
    found: dict[Place, float] = {}
    for row in rows:
        if row.span is None or row.span.unit is not Unit.SECONDS or row.score < cut or best <= 0:
            continue
        above = (row.score - cut) / (best - cut) if best > cut else 1.0
        value = LEAST + (1 - LEAST) * min(1.0, above)
        place = (row.source, row.span)
        found[place] = max(value, found.get(place, 0.0))
    return found


def better(one: Mapping[Place, float], other: Mapping[Place, float]) -> dict[Place, float]:
    """Of two ways to answer one part, the better one at each place."""
    return {place: max(one.get(place, 0.0), other.get(place, 0.0)) for place in {**one, **other}}


def together(parts: Iterable[tuple[float, Mapping[Place, float]]]) -> dict[Place, float]:
    """The weighted mean of the parts of a question; what is asked less of takes away."""
    said = list(parts)
    whole = sum(weight for weight, _ in said if weight > 0) or 1.0
    found: dict[Place, float] = {}
    for weight, of_part in said:
        for place, value in of_part.items():
            found[place] = found.get(place, 0.0) + value * weight / (whole if weight > 0 else 1.0)
    return {place: min(1.0, value) for place, value in found.items() if value > 0}


def timeline(found: Mapping[Place, float], duration_s: float) -> Timeline:
    """The three strands of what was found."""

    def strand(sources: frozenset[Source]) -> tuple[Strength, ...]:
        return flat(
            Strength(max(0.0, span.start), min(span.stop, duration_s), value)
            for (source, span), value in found.items()
            if source in sources
        )

    return Timeline(duration_s, strand(SEEN), strand(HEARD), strand(SAID))


def flat(strengths: Iterable[Strength]) -> tuple[Strength, ...]:
    """Without overlaps: where several lie over one another, the strongest counts."""
    given = sorted(
        (one for one in strengths if one.stop_s > one.start_s), key=lambda one: one.start_s
    )
    edges = sorted({edge for one in given for edge in (one.start_s, one.stop_s)})
    made: list[Strength] = []
    open_: list[Strength] = []
    following = 0
    for start, stop in pairwise(edges):
        while following < len(given) and given[following].start_s <= start:
            open_.append(given[following])
            following += 1
        open_ = [one for one in open_ if one.stop_s > start]
        value = max((one.value for one in open_), default=0.0)
        if value <= 0:
            continue
        if made and made[-1].stop_s == start and made[-1].value == value:
            start = made.pop().start_s
        made.append(Strength(start, stop, value))
    return tuple(made)
