"""How near rows are, told by a few bits a dimension: faiss's IVF of RaBitQ codes, in memory.

Of 1,000,000 rows of 1024 dimensions, one bit each, 152 MB: 7 ms to look into a third of the
lists, and 10 into more of them where a filter passes 5 or 25 %. Of 100,000 rows, two bits each, 33
MB, and 4 ms. LanceDB's own index of two bits took 282 MB and 27 ms for 1,000,000 rows, and 45 to 75
with a filter. To train and to fill it takes 50 s of a processor for 1,000,000 rows, and 10 for
100,000.

What the codes find are candidates: whoever asks compares those by their vectors.
"""

from __future__ import annotations

import logging
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import NeedsUser
from nova_desktop.model import Vectors

Places = NDArray[np.int64]

_CORES = min(4, os.cpu_count() or 1)  # that coding rows may use
_AT_ONCE_BYTES = 4 << 20  # of a file
_ROUNDS = 8  # of training: more moves hardly any row to another list

log = logging.getLogger(__name__)
# It tells at every start which of its builds are not there.
logging.getLogger("faiss.loader").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Passing:
    """Which of the numbers that rows have may be found."""

    count: int
    bits: NDArray[np.uint8]  # one a number, the lowest of each byte first

    def numbers(self) -> Places:
        return np.flatnonzero(np.unpackbits(self.bits, bitorder="little"))


class Codes:
    """Rows have numbers, of the caller's. Any thread may ask while nobody adds."""

    def __init__(self, index: Any) -> None:
        """`index`: of faiss; see `trained` and `read`."""
        self._index = index

    @staticmethod
    def trained(sample: Vectors, lists: int, bits: int) -> Codes:
        """Of no rows. `sample`: unit vectors, some for each list; `bits` a dimension."""
        faiss = _faiss()
        made = f"IVF{lists},RaBitQ{bits if bits > 1 else ''}"
        index = faiss.index_factory(sample.shape[1], made, faiss.METRIC_INNER_PRODUCT)
        faiss.omp_set_num_threads(_CORES)
        index.cp.niter, index.cp.min_points_per_centroid = _ROUNDS, 1
        index.train(np.concatenate([turned(some) for some in np.array_split(sample, lists)]))
        return Codes(index)

    @staticmethod
    def read(file: IO[bytes]) -> Codes:
        """What `write` wrote, from where the file is read. RuntimeError for something else."""
        faiss = _faiss()
        return Codes(faiss.read_index(faiss.PyCallbackIOReader(file.read, _AT_ONCE_BYTES)))

    def write(self, file: IO[bytes]) -> None:
        """OSError, or RuntimeError of faiss's, where it can't be written."""
        faiss = _faiss()
        faiss.write_index(self._index, faiss.PyCallbackIOWriter(file.write, _AT_ONCE_BYTES))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def lists(self) -> int:
        return int(self._index.nlist)

    def add(self, numbers: Places, vectors: Vectors) -> None:
        """Unit vectors, shape (len(numbers), dim). Before any other thread knows of it."""
        _faiss().omp_set_num_threads(_CORES)
        self._index.add_with_ids(turned(vectors), np.ascontiguousarray(numbers))

    def renumbered(self, new: Callable[[Places], Places]) -> Codes:
        """A copy, in which each row has the number that `new` gives for its own; without it where
        that is -1."""
        faiss = _faiss()
        copy = faiss.clone_index(self._index)
        lists = copy.invlists
        for one in range(lists.nlist):
            if size := lists.list_size(one):
                numbers = faiss.rev_swig_ptr(lists.get_ids(one), size)
                numbers[:] = new(numbers)
        copy.remove_ids(faiss.IDSelectorRange(-1, 0))
        return Codes(copy)

    def numbers(self) -> Places:
        """Of all rows, in any order."""
        faiss = _faiss()
        lists = self._index.invlists
        sized = [(one, lists.list_size(one)) for one in range(lists.nlist)]
        each = [faiss.rev_swig_ptr(lists.get_ids(one), size).copy() for one, size in sized if size]
        return np.concatenate([np.zeros(0, np.int64), *each])

    def nearest(
        self, vector: NDArray[np.float32], count: int, part: float, passing: Passing | None
    ) -> tuple[Places, NDArray[np.float32]]:
        """(numbers of up to `count` rows that are likely to be the nearest, and about how similar
        each is), the likeliest first.

        `part`: of the lists, 0 to 1, those whose centres are nearest.
        """
        faiss, asked = _faiss(), turned(vector[None])
        probes = max(1, round(part * self.lists))
        # Divided among processors, it takes longer where others sleep: 6 ms for 100,000 rows.
        faiss.omp_set_num_threads(1)
        found, similar = np.empty((1, count), np.int64), np.empty((1, count), np.float32)
        # Whatever is named here is to live until the search is over: faiss keeps addresses alone.
        selector = faiss.IDSelectorBitmap(passing.bits) if passing is not None else None
        how = faiss.SearchParametersIVF(nprobe=probes, sel=selector)
        arrays = [faiss.swig_ptr(one) for one in (similar, found)]
        self._index.search_c(1, faiss.swig_ptr(asked), count, *arrays, how)
        there = found >= 0
        return found[there], similar[there]


def turned(vectors: Vectors) -> Vectors:
    """The same vectors seen from elsewhere, as RaBitQ wants each dimension to tell as much as
    another: their angles stay, and what lay in few dimensions lies in all.

    Signs at random and a Fourier transform, twice: 0.3 ms for one vector of 1024 dimensions, where
    multiplying by a matrix wakes threads that stay awake for 30 ms.
    """
    dim = vectors.shape[1]
    for signs in _signs(dim):
        waves = np.fft.rfft(vectors * signs, norm="ortho")
        last = (dim + 1) // 2  # those before it are in two halves, but for the first
        halves = waves[:, 1:last] * np.float32(2**0.5)
        vectors = np.concatenate(
            [waves.real[:, :1], waves.real[:, last:], halves.real, halves.imag], axis=1
        ).astype(np.float32)
    return np.ascontiguousarray(vectors)


@cache
def _signs(dim: int) -> Vectors:
    # No secret; and numpy's own chance takes 5 ms to import.
    drawn = np.frombuffer(random.Random(dim).randbytes(-(-2 * dim // 8)), np.uint8)  # noqa: S311
    signs = np.unpackbits(drawn)[: 2 * dim].reshape(2, dim)
    return np.where(signs, np.float32(1), np.float32(-1))


def _faiss() -> Any:
    """The module, imported by the first table that needs it (22 ms). Its types are of the C++
    classes, without what its own Python code adds to them. RuntimeError where it is not there."""
    try:
        import faiss
    except ImportError as e:
        raise RuntimeError(f"faiss can't be loaded: {e}") from e
    return faiss


def check() -> None:
    """Codes a few vectors and asks for one; NeedsUser where that can't be done here."""
    some = np.eye(64, dtype=np.float32)
    try:
        made = Codes.trained(some, 1, 2)
        made.add(np.arange(len(some)), some)
        works = 7 in made.nearest(some[7], 8, 1.0, None)[0]
    except RuntimeError as e:
        log.warning("Rows can't be coded: %s", e)
        works = False
    if not works:
        raise NeedsUser(
            "What finds the nearest of many vectors (faiss) does not work here, so searching a "
            "large library is slow. Install Nova Desktop again."
        )


def passing(mask: NDArray[np.bool_]) -> Passing:
    """`mask`: by number, whether the row may be found."""
    return Passing(int(np.count_nonzero(mask)), np.packbits(mask, bitorder="little"))
