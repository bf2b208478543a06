"""From the last key to the answer among many rows: the real library process, over its socket.

    python -m tests.benchmarks.asking [ROWS]        (100,000 unless told)

Wanted: at most 150 ms, the pause after a key included. Painting the answer comes on top of it, and
is measured by tests.benchmarks.window.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from nova_desktop.engines.basic import BasicEngine
from nova_desktop.library.catalog import Catalog
from nova_desktop.model import Modality, Piece, Purpose, Row, Source
from nova_desktop.query import Query
from nova_desktop.remote import connect
from nova_desktop.stores.lance import LanceStore
from nova_desktop.ui.search.asking import FIRST, PAUSE_MS
from tests.benchmarks.browsing import fill

BATCH = 5000
WORDS = (
    *("boats", "bread", "mountains", "music", "winter", "letters", "gardens", "trains"),
    *("harbour", "dog", "beach", "child"),
)
TYPED = ("boats", "a dog on the beach", "winter mountains", "letters", "music in the garden")
ROUNDS = 8


def build(data: Path, rows: int) -> None:
    """A library of so many pictures, each with a vector and some words of its own."""
    catalog = Catalog(data / "catalog.sqlite")
    fill(catalog, rows)
    engine = BasicEngine()
    space = engine.space
    chance = np.random.default_rng(1)
    texts = [
        " ".join(WORDS[(n * k) % len(WORDS)] for k in (1, 3, 7, 11)) for n in range(len(WORDS))
    ]
    meant = engine.embed([Piece.of_words(text) for text in texts], Purpose.INDEX)
    store = LanceStore(data / "vectors")
    for start in range(0, rows, BATCH):
        batch = []
        for n in range(start, min(rows, start + BATCH)):
            noise = chance.standard_normal(space.dim).astype(np.float32)
            vector = meant[n % len(WORDS)] + 0.6 * noise / np.linalg.norm(noise)
            words = texts[n % len(WORDS)]
            batch.append(
                Row(
                    *(f"{n * 7919:032x}", 0, Modality.IMAGE, None, Source.TAGS, words, 1.5e9),
                    vector / np.linalg.norm(vector),
                )
            )
        store.put(space, batch)
        store.maintain()
    store.maintain(stopped=True)
    store.close()
    with catalog.write() as db:
        db.execute("INSERT INTO indexed SELECT content, ?, 1 FROM contents", [space.name])
        db.execute("INSERT INTO names (rowid, name) SELECT id, name FROM files")
    catalog.close()


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="asking-") as place:
        data = Path(place)
        build(data, rows)
        library = connect(data)
        try:
            for typed in TYPED:
                library.find(Query.of(typed))
            took = []
            for _ in range(ROUNDS):
                for typed in TYPED:
                    began = time.perf_counter()
                    found = library.find(Query((Query.of(typed).parts), limit=FIRST))
                    took.append(1000 * (time.perf_counter() - began))
                    assert found.hits
        finally:
            library.close()
    middle, slow = statistics.median(took), float(np.percentile(took, 95))
    print(
        f"answers among {rows:,} rows: {middle:.0f} ms, 95th percentile {slow:.0f} ms; with the "
        f"pause of {PAUSE_MS} ms {middle + PAUSE_MS:.0f} and {slow + PAUSE_MS:.0f} ms after the "
        "last key (wanted: at most 150)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
