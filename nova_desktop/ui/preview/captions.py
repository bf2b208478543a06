"""The subtitles of a film: which track is chosen, and what it says now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from nova_desktop.closeup import Cue, Subtitles

LONGEST_S = 30.0  # a cue that began longer ago is over, whatever it says of itself


class Captions:
    """One track at a time, or none."""

    def __init__(self) -> None:
        self.tracks: tuple[Subtitles, ...] = ()
        self.chosen: int | None = None
        self._starts: list[float] = []

    def use(self, tracks: Sequence[Subtitles]) -> None:
        """Those of another film; none is chosen."""
        self.tracks, self.chosen, self._starts = tuple(tracks), None, []

    def choose(self, number: int | None) -> None:
        """A track by its number; None for none."""
        self.chosen = number if number is not None and number < len(self.tracks) else None
        cues = self._cues()
        self._starts = [cue.start_s for cue in cues]

    def next(self) -> None:
        """The next track, and none after the last."""
        number = 0 if self.chosen is None else self.chosen + 1
        self.choose(number if number < len(self.tracks) else None)

    def at(self, time_s: float) -> str:
        """What is said then, a line a cue; "" for nothing."""
        last = bisect_right(self._starts, time_s)
        said = [
            cue.text
            for cue in self._cues()[max(0, last - 20) : last]
            if cue.start_s <= time_s < min(cue.stop_s, cue.start_s + LONGEST_S)
        ]
        return "\n".join(dict.fromkeys(said))

    def _cues(self) -> tuple[Cue, ...]:
        return () if self.chosen is None else self.tracks[self.chosen].cues
