"""Calls that ask, that look at what was answered, and that keep questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nova_desktop.library import elsewhere
from nova_desktop.library.facets import facets
from nova_desktop.library.opened import Opened
from nova_desktop.library.saved import SavedSearches
from nova_desktop.model import Preview, Span
from nova_desktop.query import Answer, Facets, Part, Query, SavedSearch


class Searching(Opened):
    """See calls.SearchCalls."""

    def find(self, query: Query) -> Answer:
        with self._precedence.asking():
            return self._search.find(query)

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        if content := elsewhere.content_at(path):
            return elsewhere.preview(self._parts.catalog, content)
        return self._parts.previews.get(path, span, edge, frames)

    def facets(self) -> Facets:
        return facets(self._parts.catalog, self._parts.places)

    def searches(self) -> tuple[SavedSearch, ...]:
        return SavedSearches(self._parts.catalog).all()

    def save_search(self, name: str, text: str, parts: Sequence[Part] = ()) -> None:
        SavedSearches(self._parts.catalog).save(name, text, parts)

    def see_search(self, name: str) -> None:
        SavedSearches(self._parts.catalog).see(name)

    def forget_search(self, name: str) -> None:
        SavedSearches(self._parts.catalog).forget(name)

    def rename_search(self, name: str, to: str) -> None:
        SavedSearches(self._parts.catalog).rename(name, to)
