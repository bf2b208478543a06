"""Calls that ask, and that look at what was answered."""

from __future__ import annotations

from pathlib import Path

from nova_desktop.library.opened import Opened
from nova_desktop.model import Preview, Span
from nova_desktop.query import Answer, Query


class Searching(Opened):
    """See calls.SearchCalls."""

    def find(self, query: Query) -> Answer:
        return self._search.find(query)

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        return self._parts.previews.get(path, span, edge, frames)
