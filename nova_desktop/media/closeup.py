"""Looks closely at one file: its subtitles, its waveform, its marks, its passages, its moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nova_desktop.model import Modality, Span, Unit

if TYPE_CHECKING:
    from nova_desktop.closeup import Box, Excerpt, Subtitles


@dataclass(frozen=True, slots=True)
class MediaCloseup:
    """Implements Closeup for every modality. What a call needs is imported by it, in the child."""

    ffmpeg: str = ""  # as in the settings

    def subtitles(self, path: Path) -> tuple[Subtitles, ...]:
        from nova_desktop.media.tracks import beside, embedded

        return (*embedded(path), *beside(path))

    def waveform(self, path: Path, count: int) -> tuple[float, ...]:
        from nova_desktop.media import sound
        from nova_desktop.media.probe import probe

        found = probe(path)
        if not found.audio:
            return ()
        return sound.peaks(path, Span(Unit.SECONDS, 0.0, found.duration_s), max(1, count))

    def marks(self, path: Path, page: int, texts: Sequence[str]) -> tuple[Box, ...]:
        from nova_desktop.media.document import kind_of
        from nova_desktop.media.opening import checked
        from nova_desktop.media.pdf_marks import marks_of

        checked(path)
        return marks_of(path, page, texts) if kind_of(path) == "PDF" else ()

    def excerpt(self, path: Path, span: Span | None) -> Excerpt:
        from nova_desktop.media.around import around
        from nova_desktop.media.document import written_of
        from nova_desktop.media.opening import version
        from nova_desktop.media.sniff import CUES, modality_of, sniff_mime
        from nova_desktop.media.text import decoded_text
        from nova_desktop.media.written import Written

        at = version(path)
        mime = sniff_mime(path)
        if modality_of(mime) is Modality.DOCUMENT:
            return around(written_of(path, at), span)
        text, _, mime = decoded_text(path, at)
        if mime not in CUES.values():
            return around(Written(text), span)
        return _spoken(text, span)

    def clip(self, path: Path, span: Span, target: Path, part: Path, noted: Path) -> None:
        from nova_desktop.media.clip import clip
        from nova_desktop.media.opening import checked

        checked(path)

        def note(done: float) -> None:
            noted.write_text(f"{done:.4f}")

        clip(path, span, target, part, note, self.ffmpeg)


def _spoken(text: str, span: Span | None) -> Excerpt:
    """All that is said, a cue a line; the passage is what is said in `span`."""
    from nova_desktop.media.around import cut_around
    from nova_desktop.media.subtitles import cues

    lines, start, stop, at = [], 0, 0, 0
    for cue in cues(text):
        if span and span.unit is Unit.SECONDS and cue.start_s < span.stop:
            if cue.stop_s <= span.start:
                start = at + len(cue.text) + 1
            stop = at + len(cue.text)
        lines.append(cue.text)
        at += len(cue.text) + 1
    start = min(start, stop)
    return cut_around("\n".join(lines), start, stop)
