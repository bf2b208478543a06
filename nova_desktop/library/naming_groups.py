"""What a group of files is called: by words, a place or a time that its files share; pure.

A word names a group where many of its files have it and few others, however small the library is:
what is counted outside is counted outside of the group alone. Nothing is named by what looks like
a number of a camera or a hash, and a group that has no name at all has to be very much alike.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from nova_desktop.folding import SMALL_WORDS
from nova_desktop.model import Info

SHARED = 0.4  # of a group's files a word stands in, to name it
TELLING = 2.5  # times as often as in the other files
LEAST_FILES = 3  # that have the word
WORDS = 3  # in a name
LETTERS = 3  # of a word at least
# Cameras and programs begin names so; who has a word for what is seen uses another one.
CAMERAS = frozenset(
    ("img", "dsc", "dscn", "dscf", "pxl", "mvi", "mov", "vid", "gopr", "wp", "screenshot", "scan")
)
# What kind of thing a file is, and not what it is of.
KINDS = frozenset(("photo", "photograph", "picture", "image", "video", "film", "sound", "document"))
NEARLY_ALL = 0.8  # of the files are from one place, or of one day or month


@dataclass(frozen=True, slots=True)
class Named:
    """Words most telling first, and what else nearly all of a group have in common."""

    words: tuple[str, ...] = ()
    place: str = ""
    day_s: float | None = None
    month_s: float | None = None

    @property
    def search(self) -> str:
        """What is typed to find such files; "" where nothing is known of them."""
        if self.words:
            return " ".join(self.words)
        parts = [f'near:"{self.place}"'] if self.place else []
        if self.day_s is not None:
            parts.append(time.strftime("date:%Y-%m-%d", time.localtime(self.day_s)))
        elif self.month_s is not None:
            parts.append(time.strftime("date:%Y-%m", time.localtime(self.month_s)))
        return " ".join(parts)

    def beside(self, everywhere: Named) -> Named:
        """Without what holds of the whole library, which tells nothing of a part of it."""
        day = everywhere.day_s is None and everywhere.month_s is None
        return Named(
            self.words,
            "" if self.place == everywhere.place else self.place,
            self.day_s if everywhere.day_s is None else None,
            self.month_s if day else None,
        )

    def __bool__(self) -> bool:
        return bool(self.search)


def telling(inside: Sequence[Collection[str]], terms: Mapping[str, int], files: int, all_files: int
            ) -> tuple[str, ...]:  # fmt: skip
    """The words that name a group.

    `inside`: the terms of some of its `files`; `terms`: in how many of `all_files` each stands.
    """
    counted = Counter(term for some in inside for term in set(some))
    others = max(1, all_files - files)
    found = []
    for term, count in counted.items():
        share = count / len(inside)
        outside = max(0.0, terms.get(term, 0) - share * files) / others
        if (
            share >= SHARED
            and count >= LEAST_FILES
            and share >= TELLING * outside
            and is_word(term)
        ):
            found.append((-share * math.log((share + 0.05) / (outside + 0.05)), term))
    names: list[str] = []
    for _, term in sorted(found):
        if not any(_one_word(term, known) for known in names):
            names.append(term)
    return tuple(names[:WORDS])


def is_word(term: str) -> bool:
    """Whether people would say it of what they see: no number, no hash, no camera's name, no kind,
    and none that says nothing by itself."""
    said = len(term) >= LETTERS and term not in CAMERAS | KINDS | SMALL_WORDS
    return said and not any(map(str.isdigit, term))


def _one_word(one: str, other: str) -> bool:
    """Forms of one word, as "boat" and "boats"."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= 2


def around(infos: Sequence[Info], cities: Sequence[str]) -> Named:
    """The place and the time that nearly all share. `cities`: of each; "" where it says none."""
    city, count = Counter(cities).most_common(1)[0] if cities else ("", 0)
    place = city if city and count >= NEARLY_ALL * len(infos) else ""
    taken = [
        info.taken_s
        for info in infos
        if info.taken_s is not None and info.taken_from not in ("", "file time")
    ]
    if len(taken) < max(1, NEARLY_ALL * len(infos)):
        return Named(place=place)
    middle_s = sorted(taken)[len(taken) // 2]
    when = time.localtime(middle_s)
    times = [time.localtime(it) for it in taken]
    of_day = sum(it[:3] == when[:3] for it in times)
    of_month = sum(it[:2] == when[:2] for it in times)
    if of_day >= NEARLY_ALL * len(infos):
        return Named(place=place, day_s=middle_s)
    if of_month >= NEARLY_ALL * len(infos):
        return Named(place=place, month_s=middle_s)
    return Named(place=place)
