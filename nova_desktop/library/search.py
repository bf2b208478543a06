"""Questions: a query's parts become vectors and words, the lists they find become hits."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nova_desktop.errors import BadInput
from nova_desktop.kinds import Sort
from nova_desktop.library import showing, work
from nova_desktop.library.asking import TEXT_CHARACTERS, Asked, Asking
from nova_desktop.library.backgrounds import Backgrounds
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.folded import folded
from nova_desktop.library.lanes import lanes_of, still
from nova_desktop.library.lists import WORDS_SHARE, Lists
from nova_desktop.library.narrowing import Locate, Narrowed, Narrowing
from nova_desktop.library.ranking import Found, Ranked, fuse
from nova_desktop.library.showing import Far, Shown, in_order, shown
from nova_desktop.model import Near, Purpose, RowFilter, Source, Space
from nova_desktop.ports import Engine, Store
from nova_desktop.query import Answer, Filters, Part, Query

if TYPE_CHECKING:
    from nova_desktop.library.mirror_query import Remote

__all__ = ["TEXT_CHARACTERS", "WORDS_SHARE", "Asked", "Search"]

DEEP = 6  # rows asked for each hit that is wanted: files have several rows
LEAST_ROWS = 300  # so that most pages come from the same lists, and tell the same total
DEEPER, DEEPEST = 8, 2_000  # so many times as deep while too few files are found, and until when
MOST_WORDS = 12  # of a file's name among others
SENTENCE = 40  # words of a question at most, for names of several words to be looked for in it
NOTHING = "No close matches. Try other words, or fewer filters."
FILTERED = "Nothing passes these filters."


@dataclass(frozen=True, slots=True)
class Search:
    """Answers from any thread, also while files are being indexed."""

    catalog: Catalog
    store: Store
    tools: work.Tools
    backgrounds: Backgrounds
    beside: Beside | None = None
    locate: Locate = lambda _: None
    older: Sequence[Engine] = ()  # of this device, in use before: see lanes_of
    remote: Remote | None = None  # a vector bucket that machines share
    far: Far | None = None  # what it finds, of one question

    def find(self, query: Query) -> Answer:
        """One page of hits. BadInput for a query that can't be answered."""
        notes: dict[str, None] = {}
        if self.remote is None or not query.parts:
            return self._find(query, notes)
        both = self.remote.beside(self.store, query.remote, notes)
        return replace(self, store=both, far=both)._find(query, notes)

    def _find(self, query: Query, notes: dict[str, None]) -> Answer:
        began = time.monotonic()
        if query.limit < 1:
            raise BadInput("At least one result has to be asked for.")
        if query.offset < 0:
            raise BadInput("There are no results before the first one.")
        asked = self.asked(query, notes)
        narrowing = Narrowing(self.catalog, self.store, self.locate)
        narrowed = narrowing.narrowed(query.filters, self.spaces(), by_rows=bool(asked))
        if narrowed is None:
            page, total = list[Shown](), 0
        elif narrowed.phrases or any(one.weight > 0 for one in asked):
            page, total = self._ask(asked, query, narrowed)
        else:
            page, total = self._browse(asked, query, narrowed)
        hits = tuple(showing.hit(one, self.catalog) for one in page)
        none = NOTHING if query.parts or query.filters.phrases else FILTERED
        none = none if query.parts or query.filters != Filters() else ""
        said = [*([none] if none and not total else []), *notes]
        return Answer(hits, time.monotonic() - began, " ".join(said), total)

    def sureness(self, text: str, purpose: Purpose, rows: int) -> dict[str, float]:
        """Contents among the nearest `rows` that answer words, and how surely; 1 answers them."""
        lanes = lanes_of(self.tools.engine, self.beside, self.catalog, self.older)
        asked = Asking(self.catalog, self.store, self.tools).asked(
            Part(text=text), lanes, purpose, {}
        )
        narrowing = Narrowing(self.catalog, self.store, self.locate)
        narrowed = narrowing.narrowed(Filters(), self.spaces(), by_rows=True)
        if narrowed is None:
            return {}
        lists, _ = self._lists([asked], narrowed, rows)
        found = fuse(lists, ())
        return {one.content: 1.0 if one.sure is None else one.sure for one in found}

    def passing(self, filters: Filters) -> frozenset[str]:
        """Every content that passes; BadInput for a place that is not known."""
        narrowing = Narrowing(self.catalog, self.store, self.locate)
        narrowed = narrowing.narrowed(filters, self.spaces(), by_rows=False)
        return frozenset() if narrowed is None else self.catalog.passing(narrowed.filters)

    def asked(self, query: Query, notes: dict[str, None]) -> list[Asked]:
        """The parts of a question, ready to be looked up; `notes` get what could not be asked."""
        if not query.parts:
            return []
        lanes = lanes_of(self.tools.engine, self.beside, self.catalog, self.older)
        purpose = Purpose.asking(query.filters.modalities)
        asking = Asking(self.catalog, self.store, self.tools)
        return [asking.asked(part, lanes, purpose, notes) for part in query.parts]

    def spaces(self) -> list[Space]:
        """This device's, whose rows hold words: the present one first."""
        engine = self.tools.engine
        return [one.space for one in (engine, *still(engine, self.older, self.catalog))]

    # What passes, without a question

    def _browse(
        self, less: Sequence[Asked], query: Query, narrowed: Narrowed
    ) -> tuple[list[Shown], int]:
        """`less`: parts that are only wanted less; what answers them is left out."""
        filters = narrowed.filters
        if not less:
            contents = self.catalog.browse(filters, query.sort, query.limit, query.offset)
            total = self.catalog.browsed(filters)
        else:
            unwanted = set[str]()
            for ranked in self._lists(less, narrowed, LEAST_ROWS)[0]:
                unwanted |= {row.content for row in ranked.rows}
            every = self.catalog.browse(filters, query.sort, None)
            left = [content for content in every if content not in unwanted]
            contents = left[query.offset : query.offset + query.limit]
            total = len(left)
        return shown([Found(content) for content in contents], narrowed, self.catalog), total

    # What answers

    def _ask(
        self, asked: Sequence[Asked], query: Query, narrowed: Narrowed
    ) -> tuple[list[Shown], int]:
        wanted = query.offset + query.limit
        rows = max(query.limit * DEEP, LEAST_ROWS)
        asked_with = frozenset(one.content for one in asked if one.content)
        wanted_ones = [one for one in asked if one.weight > 0]
        # Of a question with words, a copy of the file is not a better answer for being one.
        by_files = all(one.content and not one.scene for one in wanted_ones)
        whole = frozenset(one.content for one in wanted_ones if by_files)
        first = whole if query.sort is Sort.RELEVANCE else frozenset[str]()
        # What is wanted less as a whole is no answer itself, however well the words fit it.
        less = frozenset(
            one.content for one in asked if one.content and one.weight < 0 and not one.scene
        )

        def look() -> tuple[list[Shown], bool]:
            hits, more = self._look(asked, narrowed, rows, query.called)
            ordered = in_order(hits, query.sort, self.catalog)
            if query.fold:
                ordered = folded(ordered, asked_with, self.catalog, first, less)
            return [one for one in ordered if one.found.content not in less], more

        hits, more = look()
        # Seldom: one long film fills the lists, or files that are gone but not yet forgotten.
        while len(hits) < wanted and more and rows < max(DEEPEST, wanted * DEEP):
            rows *= DEEPER
            hits, more = look()
        return hits[query.offset : wanted], len(hits)

    def _look(
        self, asked: Sequence[Asked], narrowed: Narrowed, limit: int, called: str
    ) -> tuple[list[Shown], bool]:
        """Hits from lists of `limit` rows, and whether longer lists could give more."""
        lists, more = self._lists(asked, narrowed, limit)
        first = self.catalog.called(called) if called else []
        named = set(first)
        for one in asked:
            if one.weight > 0 and one.content:
                first += [] if one.scene else [one.content]
            elif one.weight > 0:
                first += (so := self._called(one.text))
                named |= set(so)
        for phrase in narrowed.phrases:
            first += (so := self.catalog.called(phrase.text))
            named |= set(so)
            holding = self._whole(phrase.named, narrowed)
            lists += [Ranked(self._inside(phrase.rows, narrowed)), Ranked(holding)]
        exact = {row.content: None for row in self._whole(first, narrowed)}
        found = fuse(lists, tuple(exact))
        for each in found:
            each.named = each.content in named
        return shown(found, narrowed, self.catalog, self.far), more

    def _lists(
        self, asked: Sequence[Asked], narrowed: Narrowed, limit: int
    ) -> tuple[list[Ranked], bool]:
        lists = Lists(self.catalog, self.store, self.backgrounds, self.tools.engine, self.spaces())
        found = [
            lists.of(one, narrowed, limit, lambda contents: self._whole(contents, narrowed))
            for one in asked
        ]
        return [ranked for one in found for ranked in one.lists], any(one.more for one in found)

    def _called(self, text: str) -> list[str]:
        """Contents of the files that are named: by the whole text, or by words up to an ending."""
        words = text.split()
        names = [" ".join(words)]
        most = MOST_WORDS if len(words) <= SENTENCE else 1
        for stop, word in enumerate(words, 1):
            if "." in word[1:-1]:  # the longest first: "beach 3.jpg" is meant by more than "3.jpg"
                names += [" ".join(words[at:stop]) for at in range(max(0, stop - most), stop)]
        return [content for name in dict.fromkeys(names) for content in self.catalog.called(name)]

    def _whole(self, contents: Sequence[str], narrowed: Narrowed) -> list[Near]:
        """Rows that stand for whole contents, those that pass, in their order."""
        briefs = self.catalog.briefs(list(dict.fromkeys(contents)))
        rows = [
            Near(content, -1, briefs[content].modality, None, Source.NAME, "",
                 briefs[content].taken_s, 1.0)
            for content in dict.fromkeys(contents)
            if content in briefs
        ]  # fmt: skip
        return self._inside(rows, narrowed)

    def _inside(self, rows: Sequence[Near], narrowed: Narrowed) -> list[Near]:
        return [row for row in rows if any(_passes(row, where) for where in narrowed.where)]


def _passes(row: Near, where: RowFilter) -> bool:
    return (
        (not where.modalities or row.modality in where.modalities)
        and (where.since_s is None or row.taken_s >= where.since_s)
        and (where.until_s is None or row.taken_s < where.until_s)
        and (where.contents is None or row.content in where.contents)
        and (not where.sources or row.source in where.sources)
    )
