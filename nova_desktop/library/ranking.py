"""From ranked lists of rows to ranked files with their moments. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nova_desktop.model import Near, Span, Unit
from nova_desktop.query import Finder, Why

RRF_K = 60  # reciprocal rank fusion: Cormack, Clarke and Büttcher, SIGIR 2009
MOST_TRUST = 3.0  # times as much as for an answer that is just sure enough
GAP_S = 1.0  # moments this near to each other are one
MOMENTS = 12  # of one file, at most
JOINS = 0.75  # of a moment's evidence that its neighbour needs to be a part of it
EXACT = 10.0  # evidence of what answers exactly: more than any score gives
NOTHING = 1e-9  # a score: what is wanted as much as unwanted, and rounding
WHY_CHARACTERS = 240  # of the words that are shown as the reason


@dataclass(frozen=True, slots=True)
class Ranked:
    """One list of rows, best first, and what it counts for; a negative weight means less of it."""

    rows: Sequence[Near]
    weight: float = 1.0
    finder: Finder = Finder.DEVICE
    # Of each row, the evidence that it answers: 1 is the least that the best one has to reach.
    # Empty where nothing is known of that; see evidence.py.
    sure: Sequence[float] = ()

    @property
    def best(self) -> float:
        return max(self.sure, default=1.0 if self.rows else 0.0)


@dataclass(slots=True)
class Found:
    """A content that some list named, with its rows in the order in which they were found."""

    content: str
    score: float = 0.0
    rows: list[Near] = field(default_factory=list)
    evidence: list[float] = field(default_factory=list)  # of each row; 1 where nothing is known
    finders: set[Finder] = field(default_factory=set)
    sure: float | None = None  # the best evidence; None: nothing is known of it
    named: bool = False  # a file of it is called exactly so


def cut_off(rows: Sequence[Near], floor: float, share: float) -> list[Near]:
    """The rows before matches end: above `floor`, and not below `share` of the best one's score."""
    if not rows:
        return []
    least = max(floor, share * rows[0].score)
    return [row for row in rows if row.score >= least]


def fuse(lists: Iterable[Ranked], first: Sequence[str] = ()) -> list[Found]:
    """Contents by falling score: the sum of weight × evidence ÷ (60 + rank) over their lists.

    Ranks make lists of any scale comparable, and evidence does so for spaces: what one of them is
    sure of is not buried by what others only half believe. A negative weight takes away likewise:
    what surely is of the unwanted falls further than what may be, and what is wanted as much as
    unwanted is no answer. A content counts once a list, at its best row. `first` are contents that
    answer exactly: they come before all others, in their order, whatever the lists say.
    """
    found: dict[str, Found] = {}
    # What is unwanted takes away from what was found, wherever it stands in the question.
    for ranked in sorted(lists, key=lambda one: one.weight < 0):
        seen: dict[str, float] = {}  # content → the evidence of its best row
        for at, row in enumerate(ranked.rows):
            sure = ranked.sure[at] if ranked.sure else 1.0
            seen[row.content] = max(seen.get(row.content, 0.0), sure)
            if ranked.weight > 0:
                one = found.setdefault(row.content, Found(row.content))
                one.rows.append(row)
                one.evidence.append(sure)
                one.finders.add(ranked.finder)
                if ranked.sure:
                    one.sure = max(one.sure or 0.0, sure)
        for rank, (content, sure) in enumerate(seen.items(), start=1):
            if content in found:
                trust = min(sure, MOST_TRUST)
                found[content].score += ranked.weight * trust / (RRF_K + rank)
    for place, content in enumerate(reversed(first), start=1):
        one = found.setdefault(content, Found(content))
        one.score += place
        one.sure = max(one.sure or 0.0, EXACT)
    return sorted(
        (one for one in found.values() if one.score > NOTHING),
        # Ranks are often equal; then what is surer comes first.
        key=lambda one: (-one.score, -(one.sure or 0.0), one.content),
    )


def moments(rows: Sequence[Near], sure: Sequence[float] = ()) -> list[Span]:
    """The spans of one file's rows, best first; those that touch are joined, none overlap.

    `sure` is the evidence of each row. A row that is much less sure than the moment it touches
    neither lengthens it nor stands beside it: else all of a film that is on one subject would be
    one moment, which opens where it begins and not where it answers.
    """
    evidence = sure or (1.0,) * len(rows)
    found = sorted(zip(rows, evidence, strict=True), key=lambda one: -one[1])
    joined: list[tuple[Span, float]] = []
    for row, one in found:
        span = row.span
        if span is None:
            continue
        near = [(other, best) for other, best in joined if _touch(span, other)]
        if any(one < JOINS * best for _, best in near):
            continue
        whole = Span(
            span.unit,
            min([span.start, *(other.start for other, _ in near)]),
            max([span.stop, *(other.stop for other, _ in near)]),
        )
        at = joined.index(near[0]) if near else len(joined)
        best = max([one, *(best for _, best in near)])
        joined = [it for it in joined[:at] if it not in near] + [
            (whole, best),
            *(it for it in joined[at:] if it not in near),
        ]
    return [span for span, _ in joined[:MOMENTS]]


def _touch(a: Span, b: Span) -> bool:
    if a.unit is not b.unit:
        return False
    if a.unit is Unit.PAGE:  # a page is an answer by itself
        return a.start <= b.stop and b.start <= a.stop
    gap = GAP_S if a.unit is Unit.SECONDS else 1
    return a.start <= b.stop + gap and b.start <= a.stop + gap


def reasons(rows: Sequence[Near], most: int = 3) -> tuple[Why, ...]:
    """Why a file matched: its best row of each source, in the order of the rows."""
    found: dict[str, Why] = {}
    for row in rows:
        if row.source not in found:
            found[row.source] = Why(row.source, shorten(row.words))
    return tuple(found.values())[:most]


def shorten(words: str, most: int = WHY_CHARACTERS) -> str:
    """At most about `most` characters, ending with a whole word."""
    if len(words) <= most:
        return words
    return words[:most].rpartition(" ")[0].rstrip() + "…" if " " in words[:most] else words[:most]
