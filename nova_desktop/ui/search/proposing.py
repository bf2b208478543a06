"""What the list under the search box proposes while somebody types; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.grammar import KEYS, Suggestion, complete, write
from nova_desktop.query import Facets, Part
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import noop, number, tr

MOST = 10  # rows
LEAST_TYPED = 2  # characters of a word before it may be the beginning of a key

MEANS = {
    "type": noop("Search", "kind of file: photo, video, sound, document, note"),
    "in": noop("Search", "in a folder"),
    "name": noop("Search", "part of the file's name"),
    "ext": noop("Search", "ending of the file's name: jpg, pdf"),
    "date": noop("Search", "when it was taken: 2024, yesterday, 2023..2024"),
    "dur": noop("Search", "how long a film or a sound is: >5m, 1m..3m"),
    "camera": noop("Search", "what it was taken with"),
    "rating": noop("Search", "stars: 4, >=3"),
    "tag": noop("Search", "a tag that it was given"),
    "near": noop("Search", "taken near a place"),
    "like": noop("Search", "like a file: beach.jpg, film.mp4@1:02, plan.pdf#3"),
    "sort": noop("Search", "order: newest, oldest, name"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row of the list: line[start:stop] becomes `text`."""

    start: int
    stop: int
    text: str
    says: str  # what the row shows
    means: str = ""  # in muted letters
    count: str = ""  # at its end
    more: bool = False  # a key: its values are proposed next


def proposals(typed: str, cursor: int, facets: Facets) -> list[Proposal]:
    """How what stands at the cursor could go on; empty where it is said already."""
    made = []
    for one in complete(typed, cursor, facets):
        there = typed[one.start : one.stop]
        key = one.text.removesuffix(":")
        if key in KEYS and one.text.endswith(":"):
            if one.stop - one.start >= LEAST_TYPED:
                made.append(_key(one.start, one.stop, key))
        elif one.text != there:
            says = one.text.strip('"')
            count = "" if one.count is None else number(one.count)
            made.append(Proposal(one.start, one.stop, one.text, wording.shown(says), count=count))
    return made[:MOST]


def files(begun: Suggestion, paths: Sequence[Path]) -> list[Proposal]:
    """Files that could be meant; those whose names begin so first, each as it has to be written."""
    typed = begun.text.casefold()
    found = sorted(dict.fromkeys(paths), key=lambda it: not it.name.casefold().startswith(typed))
    names = Counter(path.name for path in found)
    made = []
    for path in found:
        short = Path(path.name) if names[path.name] == 1 else Path(*path.parts[-2:])
        text = write((Part(path=short),)).removeprefix("like:")
        says, folder = wording.shown(str(short)), wording.shown(path.parent.name)
        made.append(Proposal(begun.start, begun.stop, text, says, folder))
    return made[:MOST]


def keys(cursor: int) -> list[Proposal]:
    """Every form that can be typed, where nothing is typed yet."""
    return [_key(cursor, cursor, key) for key in KEYS]


def taken(typed: str, proposal: Proposal) -> tuple[str, int]:
    """The line after a proposal was taken, and where its cursor is then."""
    after = typed[proposal.stop :]
    gap = "" if proposal.more or after.startswith(" ") else " "
    before = typed[: proposal.start] + proposal.text + gap
    cursor = len(before) + (not proposal.more and not gap)
    return before + after, cursor


def _key(start: int, stop: int, key: str) -> Proposal:
    return Proposal(start, stop, f"{key}:", f"{key}:", tr(*MEANS[key]), more=True)
