"""Cutting long content into segments, as SEGMENTED_EMBEDDING does."""

from __future__ import annotations

import math
import re

from tests.emulators.asked import Asked
from tests.emulators.conditions import TEXT_SEGMENTS, TIME_SEGMENTS
from tests.emulators.content import Content
from tests.emulators.errors import malformed


def by_time(seconds: float, each_s: int) -> list[tuple[float, float]]:
    """Start and end of each segment; the last is shorter. A rest below a millisecond is none."""
    count = max(1, math.ceil((seconds - 1e-3) / each_s))
    return [(float(n * each_s), min(float((n + 1) * each_s), seconds)) for n in range(count)]


def by_words(text: str, most: int) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each segment: whole words where there are any."""
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = min(start + most, len(text))
        if end < len(text) and not text[end].isspace():
            gaps = [gap.end() for gap in re.finditer(r"\s+", text[start:end])]
            end = start + gaps[-1] if gaps else end
        spans.append((start, end))
        start = end
    return spans


def count(asked: Asked, content: Content) -> int:
    """How many there are. Raises Refused when they are too many."""
    if asked.modality == "image":
        return 1
    if asked.modality == "text":
        found, most = len(by_words(content.text, asked.segment_chars)), TEXT_SEGMENTS
    else:
        found, most = len(by_time(content.seconds, asked.segment_s)), TIME_SEGMENTS
    if found > most:
        where = f"{asked.path}/segmentationConfig"
        raise malformed([f"{where}: expected maxSegments: {most}, actual: {found}"])
    return found
