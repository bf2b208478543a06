"""From contents that were found to hits: each at the place where its file is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nova_desktop.folding import same_case
from nova_desktop.kinds import Sort
from nova_desktop.library import elsewhere
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.narrowing import Narrowed
from nova_desktop.library.questions import Place
from nova_desktop.library.ranking import Found, moments, reasons
from nova_desktop.model import Source, Span, Unit
from nova_desktop.query import Finder, Hit, Match, Why

# Evidence from which a hit is called strong or good, as a share of what the best row of a question
# has to reach. Of 181 answers of tests/benchmarks/quality.py, in the sample and among 62 files,
# with and without names: of those that begin so, from 2.4 on 53 of 59 are right, from 1.6 on 39
# of 48, below that 44 of 74.
STRONG, GOOD = 2.4, 1.6


class Far(Protocol):
    """What a vector bucket found for one question: see mirror_query.Both."""

    places: dict[str, Place]
    found: set[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A content with its places that pass, never none of them; the first is shown."""

    found: Found
    inside: Sequence[Place]
    alike: tuple[Shown, ...] = ()  # near-duplicates that are shown with it

    @property
    def path(self) -> str:
        return self.inside[0].shown


def shown(
    found: Sequence[Found], narrowed: Narrowed, catalog: Catalog, far: Far | None = None
) -> list[Shown]:
    """Those whose files are there and pass, in their order, each file once.

    What no file here holds is shown where another machine has it, or as `far` says.
    """
    places = catalog.places([one.content for one in found])
    away = [one.content for one in found if one.content not in places]
    others = elsewhere.places(catalog, away) if away else {}
    if far:
        others |= {content: far.places[content] for content in away if content in far.places}
        for one in found:
            if one.content in far.found:
                one.finders.add(Finder.REMOTE)
    places |= {content: [place] for content, place in others.items()}
    kept: dict[str, Shown] = {}
    for one in found:
        inside = [p for p in places.get(one.content, ()) if narrowed.passes(one.content, p)]
        if inside:  # else its files are gone, or elsewhere
            # A companion that is shown as a file which is there already adds nothing.
            kept.setdefault(inside[0].shown, Shown(one, inside))
    return list(kept.values())


def in_order(hits: Sequence[Shown], sort: Sort, catalog: Catalog) -> list[Shown]:
    """By time or name, as browsing orders them; by relevance they are already."""
    if sort is Sort.NAME:
        return sorted(hits, key=lambda one: (same_case(Path(one.path).name), one.path))
    if sort is Sort.RELEVANCE:
        return list(hits)
    of = {one.path: _primary(one, catalog) or one.found.content for one in hits}
    briefs = catalog.briefs(list(of.values()))
    times = {path: briefs[content].taken_s for path, content in of.items() if content in briefs}
    return sorted(
        hits, key=lambda one: (times.get(one.path, 0.0), one.path), reverse=sort is Sort.NEWEST
    )


def hit(one: Shown, catalog: Catalog) -> Hit:
    found, inside = one.found, one.inside
    known = catalog.info(found.content)
    if (primary := _primary(one, catalog)) and (of_primary := catalog.info(primary)):
        known = of_primary
    spans = moments(found.rows, found.evidence)
    # What is browsed, or asked with, is a hit by itself, without a row that matched.
    taken_s = found.rows[0].taken_s if found.rows else (known and known[1].taken_s) or 0.0
    also = [place.shown for place in inside[1:]]  # of one film, perhaps, in two languages
    return Hit(
        path=Path(one.path),
        content=found.content,
        modality=known[0] if known else found.rows[0].modality,
        span=spans[0] if spans else None,
        score=found.score,
        why=_why(one, spans[0] if spans else None),
        taken_s=taken_s,
        duration_s=known[1].duration_s if known else None,
        moments=tuple(spans[1:]),
        copies=tuple(Path(path) for path in dict.fromkeys(also) if path != one.path),
        offline=all(place.offline for place in inside),
        found_by=frozenset(found.finders),
        match=match(found.sure),
        alike=tuple(hit(other, catalog) for other in one.alike),
        elsewhere=inside[0].elsewhere,
    )


def _why(one: Shown, moment: Span | None) -> tuple[Why, ...]:
    """What is said in its best moment goes first, and what else was found after that.

    Its name is a reason where nothing else is one, and the first where it was typed exactly.
    """
    rows = sorted(one.found.rows, key=lambda row: not _is_of(row.span, moment))
    told = reasons([row for row in rows if row.source is not Source.NAME] or rows)
    name = Why(Source.NAME, Path(one.path).name)
    if one.found.named:
        return (name, *(why for why in told if why.source is not Source.NAME))
    return tuple(why if why.text or why.source is not Source.NAME else name for why in told)


def _is_of(span: Span | None, moment: Span | None) -> bool:
    """Whether it goes on in the moment; what is of the whole file is of any."""
    if span is None or moment is None or span.unit is not moment.unit:
        return span is None or moment is None
    both = min(span.stop, moment.stop) - max(span.start, moment.start)
    return both >= 0 if span.unit is Unit.PAGE else both > 0


def match(sure: float | None) -> Match | None:
    """The word for some evidence; see `Match`."""
    if sure is None:
        return None
    return Match.STRONG if sure >= STRONG else Match.GOOD if sure >= GOOD else Match.WEAK


def _primary(one: Shown, catalog: Catalog) -> str | None:
    """The content of the film whose subtitles were found."""
    return catalog.content_of(one.path) if one.path != one.inside[0].path else None
