"""Calls that look at one file closely."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nova_desktop.closeup import Box, Details, Excerpt, Subtitles, Timeline
from nova_desktop.library import elsewhere
from nova_desktop.library.opened import Opened
from nova_desktop.model import Span
from nova_desktop.query import Query


class LookingClosely(Opened):
    """See calls.CloseupCalls."""

    def details(self, path: Path) -> Details:
        if content := elsewhere.content_at(path):
            return elsewhere.details(self._parts.catalog, path, content)
        return self._closeups.details(path)

    def timeline(self, path: Path, query: Query) -> Timeline:
        return self._closeups.timeline(path, query)

    def waveform(self, path: Path, count: int) -> tuple[float, ...]:
        return self._closeups.waveform(path, count)

    def subtitles(self, path: Path) -> tuple[Subtitles, ...]:
        return self._closeups.subtitles(path)

    def marks(self, path: Path, span: Span, texts: Sequence[str]) -> tuple[Box, ...]:
        return self._closeups.marks(path, span, texts)

    def excerpt(self, path: Path, span: Span | None) -> Excerpt:
        return self._closeups.excerpt(path, span)

    def clip(self, path: Path, span: Span, target: Path) -> None:
        self._closeups.clip(path, span, target)

    def clip_done(self, target: Path) -> float:
        return self._closeups.clips.done(target)

    def stop_clip(self, target: Path) -> None:
        self._closeups.clips.stop(target)
