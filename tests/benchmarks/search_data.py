"""Made-up libraries for the search benchmark: vectors that lie as embeddings do, and their rows.

A vector is one of some thousand centres, of which few are frequent and most are rare, and noise
around it; later dimensions tell less than earlier ones, as in embeddings that may be shortened. A
fifth are near-duplicates of another, as bursts of photos are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from nova_desktop.model import Modality, Row, RowFilter, Source, Space
from nova_desktop.stores.lance import LanceStore

DIM = 1024
SPACE = Space("benchmark", "clustered", DIM, 1)
AT_ONCE = 20_000  # rows made at once
PUT = 5_000  # rows a commit, while a library is filled
CENTRES = 4_000
COPIES = 0.2  # of the rows are near-duplicates, at a cosine of about .995
FIRST_S, LAST_S = 1.2e9, 1.7e9  # when the files were taken
KINDS = (*(Modality.IMAGE,) * 12, *(Modality.VIDEO,) * 5, Modality.TEXT, Modality.TEXT,
         Modality.AUDIO)  # fmt: skip
WORDS = [f"word{n}" for n in range(2_000)]
ASKED = {
    "a rare word": "word1900",
    "a frequent word": "word1",
    "three words": "word3 word400 word1500",
}

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Library:
    """A store that is filled, and the vectors in it, on disk, for who compares in full."""

    folder: Path
    vectors: Floats  # unit length, shape (rows, DIM)

    @property
    def rows(self) -> int:
        return len(self.vectors)

    def store(self) -> LanceStore:
        return opened(self.folder / "vectors")


def opened(folder: Path) -> LanceStore:
    """As the program opens it."""
    return LanceStore(folder)


def memory_of(folder: Path, asked: Floats, limit: int, named: frozenset[str]) -> tuple[int, int]:
    """Bytes of this process after it asked all of these, and after it did so among `named`, too."""
    store = opened(folder)
    for question in asked:
        store.nearest(SPACE, question, limit, RowFilter())
    plain = psutil.Process().memory_info().rss
    for question in asked:
        store.nearest(SPACE, question, limit, RowFilter(contents=named))
    return plain, psutil.Process().memory_info().rss


def library(kept: Path, rows: int) -> Library:
    """The library of so many rows in `kept`, which is made where it is not there yet."""
    folder = kept / f"rows-{rows}"
    file, done = folder / "vectors.f32", folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            for some in made(rows):
                out.write(some.tobytes())
        vectors = np.memmap(file, np.float32, "r", shape=(rows, DIM))
        fill(folder, vectors)
        done.touch()
    return Library(folder, np.memmap(file, np.float32, "r", shape=(rows, DIM)))


def fill(folder: Path, vectors: Floats) -> None:
    """As indexing does it: in batches, looked after between them, and at rest in the end."""
    store = LanceStore(folder / "vectors")
    for start in range(0, len(vectors), PUT):
        stop = min(start + PUT, len(vectors))
        store.put(SPACE, [row(n, vectors[n]) for n in range(start, stop)])
        store.maintain()
    store.maintain(stopped=True)
    store.close()


def content(n: int) -> str:
    return f"{n * 2_654_435_761 % 2**64:032x}"


def kind(n: int) -> Modality:
    return KINDS[n % len(KINDS)]


def taken_s(n: int, rows: int = 1_000_003) -> float:
    return FIRST_S + (LAST_S - FIRST_S) * (n * 7919 % rows) / rows


def words(n: int) -> str:
    """Twelve words; few are frequent."""
    return " ".join(WORDS[int(2_000 * ((n * k * 0.618) % 1) ** 2)] for k in range(1, 13))


def row(n: int, vector: Floats) -> Row:
    return Row(content(n), 0, kind(n), None, Source.TAGS, words(n), taken_s(n), vector)


def made(rows: int, seed: int = 1) -> Iterator[Floats]:
    """Unit vectors, AT_ONCE at a time; the same for the same seed."""
    random = np.random.default_rng(seed)
    for start in range(0, rows, AT_ONCE):
        count = min(AT_ONCE, rows - start)
        some = around(random, random.choice(CENTRES, count, p=shares()))
        copies = np.flatnonzero(random.random(count) < COPIES)
        some[copies] = some[random.integers(0, count, len(copies))]
        some[copies] += 0.1 * noise(random, len(copies)) * LENGTH
        yield unit(some)


def questions(count: int, seed: int = 2) -> Floats:
    """Half of them near a row that might be there, half (as words are) farther from any."""
    random = np.random.default_rng(seed)
    near = around(random, random.choice(CENTRES, count, p=shares()))
    far = np.arange(count) % 2 == 1
    near[far] += 1.0 * noise(random, int(far.sum())) * LENGTH
    return unit(near)


def shares() -> NDArray[np.float64]:
    share = 1 / np.arange(10, CENTRES + 10) ** 0.8
    return share / share.sum()


def around(random: np.random.Generator, which: NDArray[np.int64]) -> Floats:
    centres = noise(np.random.default_rng(0), CENTRES)
    found: Floats = centres[which] + LENGTH * noise(random, len(which))
    return found


LENGTH = np.float32(0.7)  # of the noise, that of a centre being 1


def noise(random: np.random.Generator, count: int) -> Floats:
    fading = (1 + np.arange(DIM, dtype=np.float32) / 64) ** -0.5
    drawn: Floats = random.standard_normal((count, DIM), np.float32) * fading
    drawn /= np.float32(np.sqrt((fading**2).sum()))
    return drawn


def unit(vectors: Floats) -> Floats:
    lengths: Floats = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths
