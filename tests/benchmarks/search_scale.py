"""Recall, time and memory of the store among many rows; filters and words beside neither."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova_desktop.model import Modality, RowFilter
from nova_desktop.ports import Store
from tests.benchmarks import search_data as data
from tests.benchmarks.search_data import Floats, Library
from tests.benchmarks.search_times import Took, in_turn

QUESTIONS = 100
TOP = 50
DEEP = 300  # rows that a search asks for, to make files of them
PARTITIONS, REFINE, TRAINED = 1024, 4, 60_000
PROBES = (8, 16, 32, 64, 128, 256)


def scale(kept: Path, rows: int) -> None:
    lib = data.library(kept, rows)
    store, number = lib.store(), numbers(rows)
    questions = data.questions(QUESTIONS)
    ask(store, number, TOP, RowFilter(), questions[0])  # loads faiss as the program does
    contenders = {
        "numpy, exact": partial(exact, lib.vectors),
        "store": partial(ask, store, number, TOP, RowFilter()),
        f"store, {DEEP} rows": partial(ask, store, number, DEEP, RowFilter()),
    }
    index = None
    if rows >= 50_000:
        index = faiss_index(lib)
        for probes in PROBES:
            contenders[f"faiss, {probes} probes"] = partial(faiss_ask, index, lib.vectors, probes)
    took = in_turn(questions, contenders)
    truth, ours = took["numpy, exact"], took["store"]
    print(f"{rows:,} rows; in brackets: beside numpy")
    for name, one in took.items():
        recall = f"recall@10 {one.recall(truth, 10):.4f}, @50 {one.recall(truth, TOP):.4f}"
        print(f"  {name:18} {one.said(truth)}, {recall}")
    if index is not None:
        fair = rival(took, truth, ours)
        print(f"  the store beside {fair}: {ours.said(took[fair])}")
    del index, contenders
    raw = lib.vectors.nbytes
    for name, memory in zip(("asks", "filters, too"), memory_of(lib), strict=True):
        print(
            f"  memory of a process that {name}: {memory / 1e6:.0f} MB, {memory / raw:.3f} of raw"
        )


def rival(took: dict[str, Took], truth: Took, ours: Took) -> str:
    """The fastest faiss that finds as much as the store does, else the one that finds most."""
    at_least = ours.recall(truth, TOP)
    several = [name for name in took if name.startswith("faiss")]
    good = [name for name in several if took[name].recall(truth, TOP) >= at_least]
    if good:
        return min(good, key=lambda name: took[name].p50_ms)
    return max(several, key=lambda name: took[name].recall(truth, TOP))


def filters(kept: Path, rows: int) -> None:
    """From 0.5 % to 25 % of the rows pass: by time, by kind, and by contents that are named."""
    lib = data.library(kept, rows)
    store, number = lib.store(), numbers(rows)
    taken = np.array([data.taken_s(n) for n in range(rows)])
    kinds = np.array([list(Modality).index(data.kind(n)) for n in range(rows)])
    random = np.random.default_rng(3)
    narrowed: dict[str, tuple[RowFilter, NDArray[np.bool_]]] = {}
    span = data.LAST_S - data.FIRST_S
    for share in (0.005, 0.05, 0.25):
        since, until = data.FIRST_S + 0.3 * span, data.FIRST_S + (0.3 + share) * span
        where = RowFilter(since_s=since, until_s=until)
        narrowed[f"time, {share:.1%}"] = where, (taken >= since) & (taken < until)
        chosen = random.random(rows) < share
        named = frozenset(data.content(int(n)) for n in np.flatnonzero(chosen))
        narrowed[f"contents, {share:.1%}"] = RowFilter(contents=named), chosen
    for kind in (Modality.AUDIO, Modality.VIDEO):
        passing = kinds == list(Modality).index(kind)
        where = RowFilter(modalities=frozenset({kind}))
        narrowed[f"kind, {passing.mean():.1%}"] = where, passing
    everywhere = np.ones(rows, bool)
    questions = data.questions(QUESTIONS // 2)
    contenders = {"none": partial(ask, store, number, TOP, RowFilter())}
    for name, (where, _) in narrowed.items():
        contenders[name] = partial(ask, store, number, TOP, where)
    took = in_turn(questions, contenders)
    print(f"{rows:,} rows; in brackets: beside no filter")
    for name, one in took.items():
        passing = narrowed[name][1] if name in narrowed else everywhere
        truth = Took(found=[exact(lib.vectors, question, passing) for question in questions])
        there = min(TOP, int(passing.sum()))
        fewer = sum(len(found) < there for found in one.found)
        recall = f"recall@10 {one.recall(truth, 10):.4f}, @50 {one.recall(truth, TOP):.4f}"
        print(f"  {name:16} {one.said(took['none'])}, {recall}, too few rows: {fewer} times")
    dearest = max(narrowed, key=lambda name: took[name].p50_ms)
    print(f"  the dearest beside none: {dearest}, {took[dearest].said(took['none'])}")


def hybrid(kept: Path, rows: int) -> None:
    """A rare word, a frequent one, and three; each with the vector of the question."""
    lib = data.library(kept, rows)
    store, number = lib.store(), numbers(rows)

    def both(words: str, question: Floats) -> list[int]:
        found = ask(store, number, TOP, RowFilter(), question)
        store.matching(data.SPACE, words, TOP, RowFilter())
        return found

    contenders: dict[str, Callable[[Floats], list[int]]] = {
        "vector alone": partial(ask, store, number, TOP, RowFilter())
    }
    for name, words in data.ASKED.items():
        contenders[f"and {name}"] = partial(both, words)
    took = in_turn(data.questions(QUESTIONS), contenders)
    print(f"{rows:,} rows; in brackets: beside the vector alone")
    for name, one in took.items():
        print(f"  {name:20} {one.said(took['vector alone'])}")


def numbers(rows: int) -> dict[str, int]:
    return {data.content(n): n for n in range(rows)}


def ask(
    store: Store, number: dict[str, int], limit: int, where: RowFilter, question: Floats
) -> list[int]:
    return [number[near.content] for near in store.nearest(data.SPACE, question, limit, where)]


def exact(vectors: Floats, question: Floats, passing: NDArray[np.bool_] | None = None) -> list[int]:
    scores = vectors @ question
    if passing is not None:
        scores[~passing] = -2.0
    some = np.argpartition(-scores, TOP)[:TOP]
    order: list[int] = some[np.argsort(-scores[some])].tolist()
    return [n for n in order if scores[n] > -2.0]


def faiss_index(lib: Library) -> Any:
    """IVF1024,SQ8; what it finds is compared in full afterwards, as its own refinement does."""
    import faiss

    faiss.omp_set_num_threads(1)  # one question at a time, as the store is asked
    index = faiss.index_factory(data.DIM, f"IVF{PARTITIONS},SQ8", faiss.METRIC_INNER_PRODUCT)
    random = np.random.default_rng(4)
    some = random.choice(lib.rows, min(TRAINED, lib.rows), replace=False)
    index.cp.niter = 8
    index.train(np.ascontiguousarray(lib.vectors[np.sort(some)]))
    for start in range(0, lib.rows, data.AT_ONCE):
        index.add(np.ascontiguousarray(lib.vectors[start : start + data.AT_ONCE]))
    return index


def faiss_ask(index: Any, vectors: Floats, probes: int, question: Floats) -> list[int]:
    index.nprobe = probes
    _, found = index.search(question[None], REFINE * TOP)
    rows = found[0][found[0] >= 0]
    scores = vectors[rows] @ question
    order: list[int] = rows[np.argsort(-scores)[:TOP]].tolist()
    return order


def memory_of(lib: Library) -> tuple[int, int]:
    """Bytes of a process of its own that asked every question; and with a quarter named, too."""
    named = frozenset(data.content(n) for n in range(0, lib.rows, 4))
    asked = data.questions(QUESTIONS)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(data.memory_of, [lib.folder / "vectors", asked, TOP, named])
