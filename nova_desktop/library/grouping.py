"""From pairs of near-duplicates to groups, and which file of each is worth keeping; pure."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from nova_desktop.duplicates import Copy, Group, Reason, Same
from nova_desktop.library.likes import Pair
from nova_desktop.model import Modality

# Called so by file managers and browsers, or by people: "IMG_1 (2).jpg", "Kopie von IMG_1.jpg".
_COPIED = re.compile(
    r"(?i)\(\d+\)$|[ _-]\d$|"
    r"(?<![a-zäöü])(copy|copia|copie|cópia|kopie|kopia|kopi|duplicate)(?![a-zäöü])"
)
IMAGES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic")
_SAYS: dict[Same, tuple[Reason, ...]] = {
    Same.CONTENT: (Reason.NAME,),
    Same.PICTURE: (Reason.PIXELS, Reason.BYTES, Reason.CAMERA, Reason.NAME),
    # A small copy of a photo is as sharp as it in the size that all are compared in, or sharper.
    Same.BURST: (Reason.PIXELS, Reason.SHARPNESS, Reason.BYTES, Reason.NAME),
    Same.FILM: (Reason.LENGTH, Reason.PIXELS, Reason.BYTES, Reason.CAMERA, Reason.NAME),
    Same.SOUND: (Reason.LENGTH, Reason.BYTES, Reason.NAME),
    Same.EXCERPT: (Reason.LENGTH, Reason.PICTURES, Reason.PIXELS, Reason.BYTES, Reason.NAME),
    Same.TEXT: (Reason.EDITABLE, Reason.PIXELS, Reason.NEWEST, Reason.NAME),
    Same.RECORDING: (Reason.PICTURES, Reason.LENGTH, Reason.PIXELS, Reason.BYTES, Reason.NAME),
}
_NONE: frozenset[int] = frozenset()
_PRINTED = frozenset((".pdf", ".epub", ".html", ".htm", ".xps", *IMAGES))  # made of another one
# Such a file keeps a picture as it is, however few bytes that takes; the others, as a JPEG of so
# many times their bytes would (Nokia on HEIF: half of JPEG; Google on WebP: 25 to 34 % smaller).
_WHOLE = frozenset((".png", ".tif", ".tiff", ".bmp"))
_DENSER = {".heic": 2.0, ".heif": 2.0, ".avif": 2.0, ".jxl": 2.0, ".webp": 1.4}
_BETTER: dict[Reason, Callable[[Copy], float]] = {
    Reason.PIXELS: lambda it: (it.width or 0) * (it.height or 0),
    Reason.LENGTH: lambda it: round(it.duration_s or 0.0),  # codecs add parts of a second
    Reason.SHARPNESS: lambda it: round(it.sharpness, 1),
    Reason.PICTURES: lambda it: it.modality is Modality.VIDEO,
    Reason.BYTES: lambda it: _spent(it),
    Reason.CAMERA: lambda it: bool(it.camera),
    Reason.EDITABLE: lambda it: it.path.suffix.lower() not in _PRINTED,
    Reason.NEWEST: lambda it: it.changed_s // 60,  # copied one after the other
    Reason.NAME: lambda it: not _COPIED.search(it.path.stem),
}
_WORST = (Same.EXCERPT, Same.BURST, Same.RECORDING)  # what one such pair makes of a whole group


def _spent(copy: Copy) -> float:
    """The bytes it is kept in, those of a picture as a JPEG's; inf where nothing of it is lost."""
    ending = copy.path.suffix.lower()
    if copy.modality is Modality.IMAGE and ending in _WHOLE:
        return math.inf
    return copy.bytes * _DENSER.get(ending, 1.0)


class Grouped(NamedTuple):
    """Contents by their numbers, in order. `wholes`: of an EXCERPT, those with all of the others;
    without one of them, its parts have nothing to do with one another."""

    same: Same
    members: list[int]
    wholes: frozenset[int] = frozenset()


def groups(pairs: Sequence[Pair], apart: set[tuple[int, int]]) -> list[Grouped]:
    """Each content in one group at most.

    A group is a content and those that are like it, not what these are like in turn: else long
    chains would come to hold things that have nothing in common. But a burst goes on from photo
    to photo, unless that brings together what is `apart`, and an excerpt comes to the longest that
    has it. `apart`: pairs, the lower number first, that the user told apart.
    """
    pairs = [pair for pair in pairs if _ordered(pair) not in apart]
    near: dict[int, dict[int, Pair]] = defaultdict(dict)
    for pair in pairs:
        if pair.same not in (Same.BURST, Same.EXCERPT):
            near[pair.one][pair.other] = near[pair.other][pair.one] = pair
    head_of: dict[int, int] = {}
    for number in sorted(near, key=lambda it: (-len(near[it]), it)):
        if number in head_of:
            continue
        head_of[number] = number
        for other in near[number]:
            if other not in head_of and not _told_apart(
                other, number, near[number], head_of, apart
            ):
                head_of[other] = number
    bursts = _Joined()
    for number, head in head_of.items():
        bursts.join(number, head)
    kinds: dict[int, set[Same]] = defaultdict(set)
    apart_from: dict[int, set[int]] = defaultdict(set)
    for one, other in apart:
        apart_from[one].add(other)
        apart_from[other].add(one)
    for pair in sorted(pairs, key=lambda it: (-it.strength, it.one, it.other)):
        if pair.same is Same.BURST and not bursts.would_meet(pair, apart_from):
            bursts.join(pair.one, pair.other)
    wholes = _with_parts([pair for pair in pairs if pair.same is Same.EXCERPT], bursts)
    for pair in pairs:
        if bursts.head(pair.one) == bursts.head(pair.other):
            kinds[bursts.head(pair.one)].add(pair.same)
    members: dict[int, list[int]] = defaultdict(list)
    for number in sorted(bursts.known()):
        members[bursts.head(number)].append(number)
    return [
        Grouped(
            Same.EXCERPT if head in wholes else _kind(kinds[head] - {Same.EXCERPT}),
            some,
            wholes.get(head, frozenset()),
        )
        for head, some in members.items()
        if len(some) > 1
    ]


def _with_parts(excerpts: Sequence[Pair], joined: _Joined) -> dict[int, frozenset[int]]:
    """Joins the groups of parts to those of what has all of them: by the head, the latter's."""
    parts: set[int] = set()
    wholes: dict[int, frozenset[int]] = {}
    alone: dict[int, set[int]] = defaultdict(set)
    for number in joined.known():
        alone[joined.head(number)].add(number)
    for pair in sorted(excerpts, key=lambda it: (-it.strength, it.one, it.other)):
        whole, part = joined.head(pair.one), joined.head(pair.other)
        if whole == part or {pair.one, pair.other} & parts or part in wholes:
            continue
        mine = wholes.pop(whole, None) or frozenset(alone[whole] | {pair.one})
        joined.join(whole, part)
        wholes[joined.head(whole)] = mine
        parts |= alone[part] | {pair.other}
    return wholes


def _told_apart(
    number: int,
    head: int,
    near: dict[int, Pair],
    head_of: dict[int, int],
    apart: set[tuple[int, int]],
) -> bool:
    """Whether the user told it apart from one that is in the group already."""
    return bool(apart) and any(
        (min(number, other), max(number, other)) in apart
        for other in near
        if head_of.get(other) == head
    )


def _ordered(pair: Pair) -> tuple[int, int]:
    return min(pair.one, pair.other), max(pair.one, pair.other)


def _kind(kinds: set[Same]) -> Same:
    for worst in _WORST:
        if worst in kinds:
            return worst
    return min(kinds)


class _Joined:
    """Numbers that belong together (union-find)."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}
        self._members: dict[int, set[int]] = {}  # by their head, where there are several

    def known(self) -> list[int]:
        return list(self._above)

    def head(self, number: int) -> int:
        above = self._above
        above.setdefault(number, number)
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.head(one), self.head(other)))
        if first != second:
            self._above[second] = first
            joined = self._members.setdefault(first, {first})
            joined |= self._members.pop(second, {second})

    def would_meet(self, pair: Pair, apart: Mapping[int, set[int]]) -> bool:
        """Whether joining these two brings together what is `apart`, by each number of it."""
        sides = [self._members.get(self.head(it), {it}) for it in (pair.one, pair.other)]
        few, many = sorted(sides, key=len)
        return any(not apart.get(number, _NONE).isdisjoint(many) for number in few)


def suggested(same: Same, copies: Sequence[Copy], linked: Set[Path] = frozenset()) -> Group:
    """The group with the file first that is worth keeping, and why that one.

    Of those that are `linked`, which have other names in the library (hard links), only the first
    of the group is in it: to remove one name frees nothing. So it may have that one alone.
    """
    says = _SAYS[same]

    def worth(copy: Copy) -> tuple[object, ...]:
        path = str(copy.path)
        return (
            *(-_BETTER[reason](copy) for reason in says),
            copy.path not in linked,
            len(path),
            path,
        )

    best, *others = sorted(copies, key=worth)
    others = [copy for copy in others if copy.path not in linked]
    if not others:
        return Group(same, (best,), Reason.PLACE)
    first = Reason.LINKED if best.path in linked else Reason.PLACE
    reason = next((it for it in says if _BETTER[it](best) > _BETTER[it](others[0])), first)
    return Group(same, (best, *others), reason)
