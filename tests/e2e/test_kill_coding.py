"""kill -9 while rows are written, coded and moved, and codes saved: none is lost or doubled."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from nova_desktop.model import Row, RowFilter, Space
from nova_desktop.stores import lance_saved
from nova_desktop.stores.lance import LanceStore
from tests.contracts.store import ANY, row

KILLS = 5
SMALL = Space("test", "killed", 256, 1)
ROWS = 1_500
AT_ONCE = (1, 1, 30, 300)  # contents

# Writes for ever, and notes what it is about to do and what it has done.
WRITER = """
import random, sys
from pathlib import Path
from tests.e2e.test_kill_coding import AT_ONCE, ROWS, Journal, do
from nova_desktop.stores.lance import LanceStore
store, chance = LanceStore(Path(sys.argv[1]), exact_bytes=0), random.Random(int(sys.argv[3]))
journal = Journal(Path(sys.argv[2]))
print("ready", flush=True)
for step in range(1_000_000):
    what = chance.choice(["put", "put", "put", "forget", "maintain", "rest", "compact"])
    first, count = chance.randrange(ROWS), chance.choice(AT_ONCE)
    done = [what, first, count, 1_000_000 * int(sys.argv[3]) + step]
    journal.note("begun", done)
    do(store, done)
    journal.note("done", done)
"""

Done = tuple[str, int, int, int]  # what, the first content, how many, and which vectors


class Journal:
    """What was begun and done, a line each; a kill of its process loses none of it."""

    def __init__(self, file: Path) -> None:
        self._file = os.open(file, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)

    def note(self, how: str, done: Done) -> None:
        os.write(self._file, (json.dumps([how, *done]) + "\n").encode())

    def read(self) -> list[tuple[str, Done]]:
        os.lseek(self._file, 0, os.SEEK_SET)
        with os.fdopen(os.dup(self._file)) as lines:
            return [(how, tuple(done)) for how, *done in map(json.loads, lines)]


def rows_of(n: int, which: int) -> list[Row]:
    drawn = np.random.default_rng([n, which]).normal(size=(1 + (n + which) % 2, SMALL.dim))
    drawn += np.random.default_rng(n % 20).normal(size=SMALL.dim)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    words = f"word{n} again{which}"
    return [
        row(f"{n:032x}", k, words, vector, taken_s=float(n))
        for k, vector in enumerate(drawn.astype(np.float32))
    ]


def do(store: LanceStore, done: Done) -> None:
    what, first, count, which = done
    contents = range(first, first + count)
    if what == "put":
        store.put(SMALL, [one for n in contents for one in rows_of(n, which)])
    elif what == "forget":
        store.forget([f"{n:032x}" for n in contents])
    elif what == "compact":
        store.compact()
    else:
        store.maintain(stopped=what == "rest")


def there(journal: Journal) -> dict[tuple[str, int], Row]:
    """Each row, by what was done."""
    which_of = dict[int, int]()
    for how, (what, first, count, which) in journal.read():
        for n in range(first, first + count) if how == "done" else ():
            if what == "put":
                which_of[n] = which
            elif what == "forget":
                which_of.pop(n, None)
    every = [one for n, which in which_of.items() for one in rows_of(n, which)]
    return {(one.content, one.number): one for one in every}


def compare(store: LanceStore, wanted: dict[tuple[str, int], Row]) -> None:
    assert store.count(SMALL) == len(wanted)
    names, vectors = list(wanted), np.stack([one.vector for one in wanted.values()])
    for where in (ANY, RowFilter(since_s=500.0)):
        passing = [at for at, (name, _) in enumerate(names) if where == ANY or int(name, 16) >= 500]
        asked = vectors[passing[len(passing) // 2]]
        scores = dict(zip([names[at] for at in passing], vectors[passing] @ asked, strict=True))
        for limit in (50, len(wanted)):
            found = store.nearest(SMALL, asked, limit, where)
            keys = [(near.content, near.number) for near in found]
            assert len(keys) == len(set(keys)) == min(limit, len(passing))
            assert [near.words for near in found] == [wanted[key].words for key in keys]
            best = sorted(scores, key=lambda key: -scores[key])[:limit]
            assert len(set(keys) & set(best)) >= 0.95 * len(best)
            assert all(
                abs(near.score - scores[key]) < 2e-3 for near, key in zip(found, keys, strict=True)
            )


def test_kills_leave_the_rows_that_were_written_and_their_codes(tmp_path: Path) -> None:
    folder, temp = tmp_path / "vectors", tmp_path / "temp"
    temp.mkdir()
    journal, store = Journal(tmp_path / "journal"), LanceStore(folder, exact_bytes=0)
    begin: Done = ("put", 0, ROWS, 0)
    do(store, begin)
    journal.note("done", begin)
    store.maintain(stopped=True)
    store.close()
    (table,) = folder.glob("*.lance")
    chance = random.Random(3)
    for kill in range(1, KILLS + 1):
        arguments = [sys.executable, "-c", WRITER, folder, tmp_path / "journal", str(kill)]
        child = subprocess.Popen(
            arguments, stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(temp)}
        )
        assert child.stdout
        assert child.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 1.0))
        assert child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert list(temp.iterdir()) == []
        store = LanceStore(folder, exact_bytes=0)
        if (last := journal.read()[-1])[0] == "begun":  # nobody was told that it is done
            do(store, last[1])
            journal.note("done", last[1])
        compare(store, there(journal))
        store.maintain(stopped=True)
        compare(store, there(journal))
        store.close()
        saved = lance_saved.load(table)
        assert saved is not None
        assert len(saved.columns) == len(there(journal))
        assert list(folder.rglob("*.new")) == []
