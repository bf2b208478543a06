"""Filters as people mean them → what the store and the catalog are asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nova_desktop import folding
from nova_desktop.errors import BadInput
from nova_desktop.folding import holds
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.filtering import passes
from nova_desktop.library.questions import Place
from nova_desktop.model import Near, RowFilter, Space
from nova_desktop.ports import Store
from nova_desktop.query import Around, Filters

Locate = Callable[[str], Around | None]  # a city's name → where it is; None: unknown


@dataclass(frozen=True, slots=True)
class Phrase:
    """What has to stand in every hit, and where it does."""

    text: str
    rows: Sequence[Near]  # that hold it, by falling relevance
    named: Sequence[str]  # contents of which a file's name holds it
    wanted: str  # as folding.phrase gives it
    inside: frozenset[str]  # contents of the rows


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which rows, contents and files may answer."""

    filters: Filters  # resolved, as Browsing takes them
    where: tuple[RowFilter, ...]  # a row may pass by any of them
    phrases: tuple[Phrase, ...]

    @property
    def by_place(self) -> bool:
        """Whether files that hold one content may differ in whether they pass."""
        return any(
            one.folders or one.name or one.extensions
            for one in (self.filters, *self.filters.without)
        )

    def passes(self, content: str, place: Place) -> bool:
        """Several files may hold one content: only those that were asked for are shown."""
        if not (self.by_place or self.phrases):
            return True
        path = Path(place.shown)
        if not passes(path, self.filters):
            return False
        here = [phrase.wanted for phrase in self.phrases if content not in phrase.inside]
        if not here:
            return True
        name = folding.phrase(os.fsencode(path.name).decode("utf-8", "replace"))
        return all(holds(name, wanted) for wanted in here)


@dataclass(frozen=True, slots=True)
class Narrowing:
    catalog: Catalog
    store: Store
    locate: Locate

    def narrowed(self, filters: Filters, spaces: Sequence[Space], by_rows: bool) -> Narrowed | None:
        """None when nothing can pass. BadInput for a place that nobody knows.

        `by_rows`: the store is going to be asked, else `where` is left open.
        """
        resolved = self._resolved(filters)
        if resolved is None:
            return None
        if not (by_rows or filters.phrases):
            return Narrowed(resolved, (), ())
        where = self._where(resolved)
        phrases = tuple(self._phrase(text, spaces, where) for text in filters.phrases)
        if phrases:
            held = frozenset.intersection(*(one.inside | set(one.named) for one in phrases))
            where = tuple(_also(one, held) for one in where)
        return Narrowed(resolved, where, phrases)

    def _resolved(self, filters: Filters) -> Filters | None:
        folders: list[Path] = []
        for folder in filters.folders:
            folders += [folder] if folder.is_absolute() else self.catalog.folders_called(folder)
        if filters.folders and not folders:
            return None
        around = filters.around
        if around and (around.latitude is None or around.longitude is None):
            found = self.locate(around.name)
            if found is None:
                raise BadInput(
                    f"There is no city called “{around.name}” in the list of places: write its "
                    "coordinates, as near:47.37,8.54."
                )
            around = replace(found, radius_km=around.radius_km)
        others = (self._resolved(other) for other in filters.without)
        return replace(
            filters,
            folders=tuple(folders),
            around=around,
            phrases=(),
            without=tuple(other for other in others if other is not None),
        )

    def _where(self, filters: Filters) -> tuple[RowFilter, ...]:
        if filters == Filters():
            return (RowFilter(),)
        rows = RowFilter(filters.modalities, filters.since_s, filters.until_s)
        of_rows = Filters(filters.modalities, (), filters.since_s, filters.until_s)
        if filters != of_rows:
            rows = replace(rows, contents=self.catalog.passing(filters))
        # Words of subtitles are a text of today; what has to pass is the film that they belong to.
        subtitles = self.catalog.subtitles_passing(filters)
        return (rows, RowFilter(contents=subtitles)) if subtitles else (rows,)

    def _phrase(self, text: str, spaces: Sequence[Space], where: Sequence[RowFilter]) -> Phrase:
        rows = over(
            [together([self.store.holding(space, text, w) for w in where]) for space in spaces]
        )
        named = self.catalog.names_holding(text)
        inside = frozenset(row.content for row in rows)
        return Phrase(text, rows, named, folding.phrase(text), inside)


def together(lists: Sequence[Sequence[Near]]) -> list[Near]:
    """Answers of several filters as one: by falling score, each row once."""
    if len(lists) == 1:
        return list(lists[0])
    rows = {(row.content, row.number): row for some in lists for row in some}
    return sorted(rows.values(), key=lambda row: -row.score)


def over(spaces: Sequence[Sequence[Near]]) -> list[Near]:
    """Answers of several spaces as one, by falling score: a content's are those of the first
    space that has any."""
    first, *others = spaces
    found, known = list(first), {row.content for row in first}
    for rows in others:
        found += [row for row in rows if row.content not in known]
        known |= {row.content for row in rows}
    return sorted(found, key=lambda row: -row.score) if others else found


def _also(where: RowFilter, contents: frozenset[str]) -> RowFilter:
    both = contents if where.contents is None else contents & where.contents
    return replace(where, contents=both)
