"""What each part of a question finds: ranked lists of rows, each ending where matches end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nova_desktop.library.asking import Asked
from nova_desktop.library.backgrounds import Backgrounds
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.evidence import Background, Judge
from nova_desktop.library.lanes import Lane
from nova_desktop.library.narrowing import Narrowed, over, together
from nova_desktop.library.other_words import with_said
from nova_desktop.library.ranking import Ranked, cut_off
from nova_desktop.model import Near, Space
from nova_desktop.ports import Engine, Store
from nova_desktop.query import Finder

# Where a list ends, as a share of the best row's score. Without an end, rows that share no more
# than "the" with a question rise by fusion. Measured with tests/benchmarks/quality.py.
WORDS_SHARE = 0.7  # of words and names, by relevance
# Where it ends as a share of the evidence that the best row has to reach: when something answers,
# what is less sure is shown below it. At 0.75 recall falls by up to 9 points, and at 0.5 by one or
# two where names say nothing.
LEAST_SHARE = 0.35
# Where something answers so surely, it ends at that higher share, which costs one of 106 answers.
CLEAR, CLEAR_SHARE = 2.5, 0.85

Close = dict[tuple[str, int], tuple[Judge, Near]]  # rows by content and number, with their scores
Whole = Callable[[Sequence[str]], list[Near]]  # rows that stand for whole contents


@dataclass(frozen=True, slots=True)
class Listed:
    """What one part found."""

    lists: tuple[Ranked, ...] = ()  # empty when nothing is a close match
    more: bool = False  # whether longer lists could give more


@dataclass(frozen=True, slots=True)
class Lists:
    """Asks the store and the catalog; from any thread."""

    catalog: Catalog
    store: Store
    backgrounds: Backgrounds
    device: Engine
    spaces: Sequence[Space]  # this device's, whose rows hold words: the present one first

    def of(self, one: Asked, narrowed: Narrowed, limit: int, whole: Whole) -> Listed:
        """Lists of up to `limit` rows each."""
        lists: list[Ranked] = []
        more = False
        of_space: dict[str, list[Ranked]] = {}  # whose lanes answer together
        close: Close = {}
        for lane, vectors in one.vectors:
            background = self.backgrounds.of(lane.engine)
            judges = [background.judge(one.text, vector) for vector in vectors]
            floor = lane.floor_of(asked_with_file=bool(one.content))
            found = [self._nearest(lane, vector, narrowed, limit) for vector in vectors]
            ending = [cut_off(rows, floor, lane.share) for rows in found]
            others = [[row for row in rows if not one.is_itself(row)] for rows in ending]
            near = [
                _judged(rows, judge.evidence, background)
                for rows, judge in zip(others, judges, strict=True)
            ]
            more |= any(
                len(it.rows) + len(rows) - len(left) == limit
                for it, rows, left in zip(near, ending, others, strict=True)
            )
            finder = Finder.DEVICE if lane.own else Finder.CLOUD
            weight = one.weight / len(vectors)
            near = [replace(it, weight=weight, finder=finder) for it in near]
            of_space.setdefault(lane.space.name, []).extend(near)
            if lane.space == self.spaces[0]:
                for rows, judge in zip(found, judges, strict=True):
                    close |= {(row.content, row.number): (judge, row) for row in rows}
        for space, near in of_space.items():
            if one.text and space == self.spaces[0].name:
                background = self.backgrounds.of(self.device)
                words, more_words = self._words(one, narrowed, limit, whole, close, background)
                near += words
                more |= more_words
            if any(it.best >= 1 for it in near):
                lists += near
        if one.text and not any(lane.space == self.spaces[0] for lane, _ in one.vectors):
            # The engine can't be asked: words are found all the same.
            background = self.backgrounds.of(self.device)
            words, more_words = self._words(one, narrowed, limit, whole, {}, background)
            lists += words if any(it.best >= 1 for it in words) else ()
            more |= more_words
        if max((it.best for it in lists), default=0.0) >= CLEAR:
            lists = [_answering(it) for it in lists]
        return Listed(tuple(lists), more)

    def _nearest(
        self, lane: Lane, vector: NDArray[np.float32], narrowed: Narrowed, limit: int
    ) -> list[Near]:
        near = [
            self.store.nearest(lane.space, vector, limit, lane.inside(where))
            for where in narrowed.where
        ]
        return together(near)[:limit]

    def _words(
        self,
        one: Asked,
        narrowed: Narrowed,
        limit: int,
        whole: Whole,
        close: Close,
        background: Background,
    ) -> tuple[list[Ranked], bool]:
        """By words, and by those of file names; how near these rows are counts as well."""
        judge = background.judge(one.text)
        asked = with_said(one.text)
        matching = [
            together([self.store.matching(space, asked, limit, w) for w in narrowed.where])
            for space in self.spaces
        ]
        found = cut_off(over(matching)[:limit], 0.0, WORDS_SHARE)

        def of_row(row: Near) -> float:
            judged_by, as_near = close.get((row.content, row.number), (judge, row))
            return judged_by.evidence(as_near)

        words = _judged(found, of_row, background)
        named = self.catalog.named(one.text, limit)
        least = WORDS_SHARE * max((name.score for name in named), default=0.0)
        evidence = {
            name.content: judge.evidence_of_name(name.name)
            for name in reversed(named)
            if name.score >= least
        }
        rows = whole([name.content for name in named if name.content in evidence])
        names = _judged(rows, lambda row: evidence[row.content], background)
        more = limit in (len(words.rows), len(evidence))
        return [replace(words, weight=one.weight), replace(names, weight=one.weight)], more


def _answering(ranked: Ranked) -> Ranked:
    """Those that answer nearly by themselves."""
    if not ranked.sure:
        return ranked
    some = [
        (row, one) for row, one in zip(ranked.rows, ranked.sure, strict=True) if one >= CLEAR_SHARE
    ]
    return replace(ranked, rows=[row for row, _ in some], sure=tuple(one for _, one in some))


def _judged(
    rows: Sequence[Near], evidence: Callable[[Near], float], background: Background
) -> Ranked:
    """Those that are sure enough to be shown below one that answers."""
    sure = [evidence(row) / background.ends for row in rows]
    some = [(row, one) for row, one in zip(rows, sure, strict=True) if one >= LEAST_SHARE]
    return Ranked([row for row, _ in some], sure=tuple(one for _, one in some))
