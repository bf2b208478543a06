"""How fast the library is against the least that its work could take, each pair in one run.

python -m tests.benchmarks.pipeline [section ...]
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nova_desktop.library.catalog import Catalog
from nova_desktop.library.compare import compare
from nova_desktop.library.rules import Rules
from nova_desktop.model import Modality, Row, RowFilter, Source, Space
from nova_desktop.stores.lance import LanceStore
from tests.benchmarks.indexing import indexing

FILES = 100_000
SIZES = (1_000, 10_000, 100_000)
DIM = 512
SPACE = Space("benchmark", "clusters", DIM, 1)


def rescan() -> None:
    """100,000 unchanged files: the whole comparison, with a catalog on disk, against `find`.

    `find` prints the facts that are compared. Wanted: at most 3 times its time.
    """
    with tempfile.TemporaryDirectory() as place:
        top = Path(place) / "photos"
        for number in range(FILES // 200):
            folder = top / f"year{number % 10}" / f"album{number:04d}"
            folder.mkdir(parents=True)
            for photo in range(200):
                (folder / f"IMG_{number:04d}_{photo:05d}.jpg").touch()
        root, rules = str(top), Rules.of([Path(place) / "data"])
        catalog = Catalog(Path(place) / "catalog.sqlite")
        catalog.add_root(root)
        first_s = _seconds(lambda: compare(catalog, rules, root, root))
        assert catalog.waiting_count() == FILES

        def ours() -> None:
            assert not compare(catalog, rules, root, root)

        def bare() -> None:
            command = ["find", root, "-printf", "%p %s %T@ %i\n"]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

        pairs = [(_seconds(ours), _seconds(bare)) for _ in range(9)]
        catalog.close()
    ours_s, bare_s = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"first look at {FILES:,} files: {first_s:.2f} s")
    print(f"rescan of {FILES:,} unchanged files: {ours_s:.3f} s, find {bare_s:.3f} s,", end=" ")
    print(f"ratio {statistics.median(a / b for a, b in pairs):.2f} (wanted: at most 3)")


def query() -> None:
    """p50 and p95 of a question, against numpy's exact search of the same vectors in float32."""
    for size in SIZES:
        vectors, questions = _clusters(size)
        with _store(vectors) as store:
            exact = [np.argsort(-(vectors @ asked))[:10] for asked in questions]

            def bare(asked: NDArray[np.float32], vectors: NDArray[np.float32] = vectors) -> None:
                scores = vectors @ asked
                best = np.argpartition(-scores, 50)[:50]
                best[np.argsort(-scores[best])]

            def nearest(asked: NDArray[np.float32], store: LanceStore = store) -> set[int]:
                found = store.nearest(SPACE, asked, 50, RowFilter())[:10]
                return {int(near.content) for near in found}

            def matching(asked: NDArray[np.float32], store: LanceStore = store) -> None:
                word = f"word{int(abs(asked[0]) * 1e6) % 1000}"
                assert store.matching(SPACE, f"{word} photo", 50, RowFilter())

            recall = statistics.mean(
                len(nearest(asked) & set(wanted.tolist())) / 10
                for asked, wanted in zip(questions, exact, strict=True)
            )
            figures = {
                function.__name__: [
                    _seconds(lambda f=function, q=asked: f(q)) for asked in questions
                ]
                for function in (bare, nearest, matching)
            }
        print(f"query of {size:>7,} × {DIM}, 50 wanted: recall@10 {recall:.3f}")
        base = _percentiles(figures["bare"])
        for name, times in figures.items():
            p50, p95 = _percentiles(times)
            title = "numpy exact" if name == "bare" else f"LanceStore.{name}"
            print(
                f"  {title:20} p50 {p50:7.2f} ms  p95 {p95:7.2f} ms"
                f"  × numpy {p50 / base[0]:6.2f} {p95 / base[1]:6.2f}"
            )


def _clusters(size: int) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
    """Unit vectors that gather as those of real pictures do, and questions near some of them."""
    random = np.random.default_rng(7)
    centres = random.normal(size=(300, DIM))

    def around(count: int) -> NDArray[np.float32]:
        drawn = centres[random.integers(0, 300, count)] + random.normal(size=(count, DIM))
        unit: NDArray[np.float32] = drawn.astype(np.float32)
        return unit / np.linalg.norm(unit, axis=1, keepdims=True)

    return around(size), list(around(200))


@contextmanager
def _store(vectors: NDArray[np.float32]) -> Iterator[LanceStore]:
    with tempfile.TemporaryDirectory() as place:
        store = LanceStore(Path(place) / "index")
        began = time.perf_counter()
        for start in range(0, len(vectors), 500):
            stop = min(start + 500, len(vectors))
            rows = [_row(at, vectors[at]) for at in range(start, stop)]
            store.put(SPACE, rows)
            store.maintain()
        store.maintain(stopped=True)
        filled_s = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{len(vectors):,} rows put in {filled_s:.1f} s; peak memory {memory:.0f} MB")
        yield store
        store.close()


def _row(at: int, vector: NDArray[np.float32]) -> Row:
    words = f"a photo of word{at % 1000} and {at}"
    return Row(str(at), 0, Modality.IMAGE, None, Source.NAME, words, float(at), vector)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _percentiles(times: list[float]) -> tuple[float, float]:
    """The 50th and 95th percentile, in milliseconds."""
    cuts = statistics.quantiles(times, n=20)
    return 1000 * cuts[9], 1000 * cuts[18]


SECTIONS: dict[str, Callable[[], None]] = {
    "indexing": indexing,
    "rescan": rescan,
    "query": query,
}


if __name__ == "__main__":
    for name in sys.argv[1:] or SECTIONS:
        SECTIONS[name]()
