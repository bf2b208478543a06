"""Which texts say nearly the same: the runs of words that they share; pure.

A text is its runs of RUN words that follow one another. Two texts are alike by the share of their
runs that both have (Jaccard), which a sketch estimates: the SKETCH smallest hashes of a text's
runs (bottom-k MinHash: A. Broder, "On the resemblance and containment of documents", 1997). A
paragraph that is written anew takes as many runs as it has words; a form that is filled in anew
takes RUN for each place, and so falls far more apart. What forms have left in common is told by
how many texts have a run, and by their figures, which are others.

The figures are measured by `python -m tests.benchmarks.duplicates`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from nova_desktop.folding import NO_SPACES, fold

RUN = 3  # words that follow one another; characters, where words are not told apart
SKETCH = 128  # hashes of runs that are kept of a text
FIGURES = 48  # hashes of its figures
LEAST_RUNS = 20  # of a text that is compared: a note of a few words is like many others
SAME_TEXT = 0.55  # of the runs of both: above it they are versions of one text
SELDOM = 0.40  # ... where a run counts the less the more texts have it
SAME_FIGURES = 0.7  # of the figures of the text with fewer; forms are told apart by them
FEW_FIGURES = 3  # tell nothing
INSIDE = 0.85  # of the runs of a page that was cropped are in the whole one; letters are misread
PROPOSED = 0.25  # of a sketch two texts share, until they are compared
COMMON = 24  # texts with one run that are compared with each other for it
BLOCK = 2_000_000  # proposals that are counted at once: 50 MB

Hashes = NDArray[np.uint64]

_PARTED = re.compile(r"(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=[a-zà-ÿ])")  # at the end of a line
_FIGURE = re.compile(r"\d{3}")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text for comparing it. Both sorted, each hash once."""

    runs: Hashes
    figures: Hashes

    def told(self) -> tuple[bytes, bytes]:
        """As it is kept: little endian, 8 bytes each."""
        return self.runs.astype("<u8").tobytes(), self.figures.astype("<u8").tobytes()

    @classmethod
    def of(cls, runs: bytes, figures: bytes) -> Sketch:
        return cls(np.frombuffer(runs, "<u8"), np.frombuffer(figures, "<u8"))


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{NO_SPACES}]|[^\W_{NO_SPACES}]+")


def sketched(passages: Sequence[str]) -> Sketch:
    """Of a text in its order; empty where it is too short to be compared."""
    words = _word().findall(fold(_PARTED.sub("", "\n".join(passages))))
    each = np.fromiter(map(_hash, words), np.uint64, len(words))
    if len(each) < RUN:
        return Sketch(each[:0], each[:0])
    runs = each[: len(each) - RUN + 1].copy()
    for after in range(1, RUN):
        runs = _mixed(runs) + each[after : len(each) - RUN + 1 + after]
    smallest = np.unique(_mixed(runs))
    if len(smallest) < LEAST_RUNS:
        return Sketch(each[:0], each[:0])
    figures = np.unique(np.array([_hash(it) for it in set(words) if _FIGURE.search(it)], np.uint64))
    return Sketch(smallest[:SKETCH], figures[:FIGURES])


def like_texts(
    sketches: Sequence[Sketch], tell: Callable[[float], None]
) -> list[tuple[int, int, float]]:
    """(one, other, how alike) of texts that say nearly the same, the lower number first.

    Nothing is compared with everything. `tell` hears the share that is done, and may raise.
    """
    told = [number for number, it in enumerate(sketches) if len(it.runs)]
    if len(told) < 2:
        return []
    sizes = np.array([len(sketches[number].runs) for number in told])
    runs = np.concatenate([sketches[number].runs for number in told])
    owners = np.repeat(np.arange(len(told), dtype=np.int64), sizes)
    order = np.lexsort((owners, runs))
    runs, owners = runs[order], owners[order]
    tell(0.2)
    one, other, shared = _proposed(runs, owners, len(told), lambda share: tell(0.2 + share * 0.5))
    enough = shared >= PROPOSED * np.minimum(sizes[one], sizes[other])
    one, other = one[enough], other[enough]
    known, had = np.unique(runs, return_counts=True)
    found = []
    for number, (a, b) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        if number % 1000 == 0:
            tell(0.7 + 0.3 * number / len(one))
        first, second = sketches[told[a]], sketches[told[b]]
        if strength := _alike(first, second, known, had):
            found.append((told[a], told[b], strength))
    tell(1.0)
    return found


def _alike(one: Sketch, other: Sketch, known: Hashes, had: NDArray[np.int64]) -> float:
    """How alike they are, 0 to 1; 0.0 where they are two texts."""
    both = np.union1d(one.runs, other.runs)[: max(len(one.runs), len(other.runs))]
    shared = np.isin(both, one.runs) & np.isin(both, other.runs)
    alike = float(shared.mean())
    if alike < SAME_TEXT:
        return 0.0
    seldom = 1.0 / np.sqrt(had[np.searchsorted(known, both)])
    if float(seldom[shared].sum() / seldom.sum()) < SELDOM:
        return 0.0
    return 0.0 if _other_figures(one, other) else alike


def say_otherwise(one: Sketch, other: Sketch) -> bool:
    """Whether two pictures that look alike were read otherwise: two forms, or slides, or slips.

    Copies of half the size, or at 30 % of JPEG, shared 0.65 of their runs or more and all figures;
    invoices of one form 0.37 at most and a third of their figures, slips of one shop no run.
    """
    if not (len(one.runs) and len(other.runs)):
        return False
    both = np.union1d(one.runs, other.runs)[: max(len(one.runs), len(other.runs))]
    alike = float((np.isin(both, one.runs) & np.isin(both, other.runs)).mean())
    return alike < PROPOSED or _other_figures(one, other)


def _other_figures(one: Sketch, other: Sketch) -> bool:
    fewer = min(len(one.figures), len(other.figures))
    same = len(np.intersect1d(one.figures, other.figures))
    return fewer >= FEW_FIGURES and same < SAME_FIGURES * fewer


def share_inside(one: Sketch, other: Sketch) -> float:
    """How much of the one that has less is in the other, 0 to 1, as far as sketches tell it."""
    both = np.union1d(one.runs, other.runs)[: max(len(one.runs), len(other.runs))]
    first, second = np.isin(both, one.runs), np.isin(both, other.runs)
    fewer = min(int(first.sum()), int(second.sum()))
    return int((first & second).sum()) / fewer if fewer else 0.0


def _proposed(
    runs: Hashes, owners: NDArray[np.int64], count: int, tell: Callable[[float], None]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """(one, other, runs that they share): texts with a run in common, the lower number first."""
    keys: list[NDArray[np.int64]] = []
    counts: list[NDArray[np.int64]] = []
    waiting: list[NDArray[np.int64]] = []
    for apart in range(1, COMMON):
        tell(apart / COMMON)
        same = np.nonzero(runs[apart:] == runs[:-apart])[0]
        if not len(same):
            break  # no run is in more texts
        waiting.append(owners[same] * count + owners[same + apart])
        if sum(map(len, waiting)) > BLOCK:
            _count(waiting, keys, counts)
    _count(waiting, keys, counts)
    every, place = np.unique(np.concatenate(keys), return_inverse=True)
    shared = np.bincount(place, np.concatenate(counts), len(every)).astype(np.int64)
    return every // count, every % count, shared


def _count(
    waiting: list[NDArray[np.int64]],
    keys: list[NDArray[np.int64]],
    counts: list[NDArray[np.int64]],
) -> None:
    key, times = np.unique(np.concatenate(waiting or [np.empty(0, np.int64)]), return_counts=True)
    keys.append(key)
    counts.append(times)
    waiting.clear()


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def _mixed(hashes: Hashes) -> Hashes:
    """Each scattered over all 64 bits (the finalizer of SplitMix64)."""
    mixed = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)), np.uint64)
