"""Reads the cues of SRT and VTT files; pure, so that a video's Reader may use it as well."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from nova_desktop.closeup import Cue

PASSAGE_S = 15.0  # seconds of speech that are found as one
MAX_CUES = 50_000  # of one file: days of talk

_TIMES = re.compile(
    r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})[ \t]*-->[ \t]*"
    r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
)
_TAG = re.compile(r"<[^<>\n]*>|\{\\[^{}\n]*\}")


def cues(text: str) -> tuple[Cue, ...]:
    """The cues by time; what is no cue (numbers, styles, notes, broken times) is left out."""
    found: list[Cue] = []
    times: tuple[float, float] | None = None
    lines: list[str] = []

    def close() -> None:
        said = " ".join(" ".join(lines).split())
        if times and said and times[1] > times[0]:
            found.append(Cue(*times, said))

    for line in text.splitlines():
        if "-->" in line and (match := _TIMES.search(line)):
            close()
            if len(found) >= MAX_CUES:
                break
            times, lines = (_seconds(match.groups()[:4]), _seconds(match.groups()[4:])), []
        elif not line.strip():
            close()
            times, lines = None, []
        elif times:
            lines.append(html.unescape(_TAG.sub("", line)))
    else:
        close()
    return tuple(sorted(found, key=lambda cue: (cue.start_s, cue.stop_s)))


def merged(said: Sequence[Cue], passage_s: float = PASSAGE_S) -> tuple[Cue, ...]:
    """Neighbouring cues joined into passages of about `passage_s`; a long pause parts them."""
    passages: list[Cue] = []
    for cue in said:
        last = passages[-1] if passages else None
        if last and cue.stop_s - last.start_s <= passage_s:
            # Rolling captions say a line again when the next one comes.
            text = last.text if last.text.endswith(cue.text) else f"{last.text} {cue.text}"
            passages[-1] = Cue(last.start_s, max(last.stop_s, cue.stop_s), text)
        else:
            passages.append(cue)
    return tuple(passages)


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + float(f"0.{fraction}")
