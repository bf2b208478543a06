"""Rows that are added, replaced and forgotten: what it costs a question, and whether it is true."""

from __future__ import annotations

import random
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from nova_desktop.model import RowFilter
from nova_desktop.ports import Store
from nova_desktop.stores.lance import LanceStore
from tests.benchmarks import search_data as data
from tests.benchmarks.search_scale import DEEP, QUESTIONS, TOP, ask, numbers
from tests.benchmarks.search_times import in_turn

COMMITS = 100
WORDS = 40  # questions of each kind of words: they are all the same
WRITERS = 4
OWN, SHARED = 100, 20  # contents of each writer, and of all of them


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
    """Threads put and forget at once, each contents of its own and some of all, while one asks."""
    folder = kept / "racing"
    shutil.rmtree(folder, ignore_errors=True)
    store = LanceStore(folder, exact_bytes=0)
    vectors = data.questions(OWN * WRITERS + SHARED, seed=6)
    stop = threading.Event()

    def write(own: int) -> set[int]:
        chance, there = random.Random(own), set[int]()
        for step in range(changes // WRITERS):
            shared = chance.random() < 0.2
            n = OWN * WRITERS + chance.randrange(SHARED) if shared else 0
            n = n or OWN * own + chance.randrange(OWN)
            if chance.random() < 0.3:
                store.forget([data.content(n)])
                there.discard(n)
            else:
                store.put(data.SPACE, [data.row(n, vectors[n])])
                there.add(n)
            if step % 25 == 0:
                store.maintain(stopped=step % 250 == 0)
        return {n for n in there if n < OWN * WRITERS}

    def look() -> int:
        double = 0
        while not stop.is_set():
            for vector in vectors[:20]:
                found = store.nearest(data.SPACE, vector, TOP, RowFilter())
                double += len(found) - len({near.content for near in found})
        return double

    began = time.perf_counter()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        looking = pool.submit(look)
        try:
            there = set[int]().union(*pool.map(write, range(WRITERS)))
        finally:
            stop.set()
        print(f"  meanwhile    {looking.result()} rows twice in one answer")
    took_s = time.perf_counter() - began
    wanted = {data.content(n) for n in there}
    shared = {data.content(n) for n in range(OWN * WRITERS, len(vectors))}
    for name, asked in (("as it is", store), ("opened anew", LanceStore(folder))):
        found = asked.nearest(data.SPACE, vectors[0], 10_000, RowFilter())
        keys = {near.content for near in found}
        double = len(found) - len(keys) + abs(asked.count(data.SPACE) - len(found))
        ghosts, lost = len(keys - shared - wanted), len(wanted - keys)
        print(f"  {name:12} {double} duplicates, {ghosts} ghosts, {lost} lost")
    print(f"  {changes:,} changes by {WRITERS} threads in {took_s:.0f} s, {len(keys)} rows left")
    store.close()
    shutil.rmtree(folder)
