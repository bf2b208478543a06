"""Rows that are added, replaced and forgotten: what it costs a question, and whether it is true."""

from __future__ import annotations

import random
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from nova_desktop.model import Row, RowFilter
from nova_desktop.ports import Store
from nova_desktop.stores.lance import LanceStore
from tests.benchmarks import search_data as data
from tests.benchmarks.search_scale import DEEP, QUESTIONS, TOP, ask, numbers
from tests.benchmarks.search_times import in_turn

COMMITS = 100
WORDS = 40  # questions of each kind of words: they are all the same
WRITERS = 4
OWN, SHARED = 100, 20  # contents of each writer, and of all of them
STAY, DRAWN = 5_000, 500  # contents that nobody changes, and vectors that others may have
LOOKED = 50  # questions whose answers are compared with all rows
LATE = RowFilter(since_s=data.FIRST_S + 0.7 * (data.LAST_S - data.FIRST_S))


def commits(kept: Path, rows: int) -> None:
    """One new content a commit, and nothing compacted; beside the same library without them."""
    lib = data.library(kept, rows)
    changed = kept / f"changed-{rows}"
    shutil.rmtree(changed, ignore_errors=True)
    shutil.copytree(lib.folder / "vectors", changed)
    clean, store = lib.store(), LanceStore(changed)
    number = numbers(rows + COMMITS)
    fresh = data.questions(COMMITS, seed=5)
    for n in range(COMMITS):
        store.put(data.SPACE, [data.row(rows + n, fresh[n])])
    for at, vector in enumerate(fresh):
        assert ask(store, number, 1, RowFilter(), vector) == [rows + at]
    questions = data.questions(QUESTIONS)
    took = in_turn(
        questions,
        {
            "clean": partial(ask, clean, number, TOP, RowFilter()),
            f"{COMMITS} commits": partial(ask, store, number, TOP, RowFilter()),
            f"clean, {DEEP} rows": partial(ask, clean, number, DEEP, RowFilter()),
            f"{COMMITS} commits, {DEEP} rows": partial(ask, store, number, DEEP, RowFilter()),
        },
    )
    print(f"{rows:,} rows; in brackets: beside clean")
    for name, one in took.items():
        print(f"  {name:22} {one.said(took['clean'])}")
    for name, words in data.ASKED.items():
        took = in_turn(
            questions[:WORDS],
            {
                "clean": partial(matching, clean, words),
                f"{COMMITS} commits": partial(matching, store, words),
            },
        )
        for state, one in took.items():
            print(f"  {name}, {state:14} {one.said(took['clean'])}")
    store.close()
    shutil.rmtree(changed)


def matching(store: Store, words: str, _: data.Floats) -> list[int]:
    return [near.number for near in store.matching(data.SPACE, words, TOP, RowFilter())]


def racing(kept: Path, changes: int) -> None:
    """Threads put and forget at once, each contents of its own and some of all, while one asks.

    Beside rows that stay, so that all of them are coded. A content that is put again has another
    vector, and is never to be found by an older one.
    """
    folder = kept / "racing"
    shutil.rmtree(folder, ignore_errors=True)
    store = LanceStore(folder, exact_bytes=0)
    stay = OWN * WRITERS + SHARED + np.arange(STAY)
    store.put(
        data.SPACE, [data.row(int(n), v) for n, v in zip(stay, next(data.made(STAY)), strict=True)]
    )
    store.maintain(stopped=True)
    drawn, stop = data.questions(DRAWN, seed=6), threading.Event()

    def write(own: int) -> dict[int, int]:
        """Of each content of its own that is there, which vector it has."""
        chance, there = random.Random(own), dict[int, int]()
        for step in range(changes // WRITERS):
            shared = chance.random() < 0.2
            n = OWN * WRITERS + chance.randrange(SHARED) if shared else 0
            n = n or OWN * own + chance.randrange(OWN)
            if chance.random() < 0.3:
                store.forget([data.content(n)])
                there.pop(n, None)
            else:
                there[n] = chance.randrange(DRAWN)
                store.put(data.SPACE, [data.row(n, drawn[there[n]])])
            if step % 25 == 0:
                store.maintain(stopped=step % 250 == 0)
        return {n: which for n, which in there.items() if n < OWN * WRITERS}

    def look() -> int:
        double = 0
        while not stop.is_set():
            for vector in drawn[:20]:
                for found in (
                    store.nearest(data.SPACE, vector, TOP, RowFilter()),
                    store.nearest(data.SPACE, vector, TOP, LATE),
                    store.matching(data.SPACE, data.ASKED["three words"], TOP, LATE),
                ):
                    double += len(found) - len({near.content for near in found})
        return double

    began = time.perf_counter()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        looking = pool.submit(look)
        try:
            there = dict[int, int]()
            for some in pool.map(write, range(WRITERS)):
                there |= some
        finally:
            stop.set()
        print(f"  meanwhile    {looking.result()} rows twice in one answer")
    took_s = time.perf_counter() - began
    wanted = {data.content(n): drawn[which] for n, which in there.items()}
    free = {data.content(OWN * WRITERS + n) for n in range(SHARED)}
    still = {data.content(int(n)) for n in stay}
    for name, asked in (("as it is", store), ("opened anew", LanceStore(folder, exact_bytes=0))):
        found = asked.nearest(data.SPACE, drawn[0], 2 * STAY, RowFilter())
        keys = {near.content for near in found}
        double = len(found) - len(keys) + abs(asked.count(data.SPACE) - len(found))
        rows = asked.rows_of(data.SPACE, keys)
        old = sum(
            1 for row in rows if row.content in wanted and row.vector @ wanted[row.content] < 0.999
        )
        ghosts = len(keys - free - still - wanted.keys()) + old
        lost = len((still | wanted.keys()) - keys)
        best = np.mean([_as_exact(asked, rows, vector) for vector in drawn[:LOOKED]])
        print(
            f"  {name:12} {double} duplicates, {ghosts} ghosts, {lost} lost; of the ten nearest "
            f"{best:.3f} as by comparing all"
        )
    print(f"  {changes:,} changes by {WRITERS} threads in {took_s:.0f} s, {len(keys):,} rows left")
    store.close()
    shutil.rmtree(folder)


def _as_exact(store: Store, rows: list[Row], vector: data.Floats) -> float:
    """The part of the ten nearest that are found, with a filter and without."""
    late = [row for row in rows if LATE.since_s is not None and row.taken_s >= LATE.since_s]
    parts = []
    for where, some in ((RowFilter(), rows), (LATE, late)):
        scores = np.stack([row.vector for row in some]) @ vector
        wanted = {some[at].content for at in np.argsort(-scores)[:10]}
        found = store.nearest(data.SPACE, vector, 10, where)
        parts.append(len(wanted & {near.content for near in found}) / 10)
    return float(np.mean(parts))
