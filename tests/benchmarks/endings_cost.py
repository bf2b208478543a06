"""What it costs to tell where matches end: time and processor time of a question, with and without.

    python -m tests.benchmarks.endings_cost [ROWS]        (100,000 unless told)

Each question is asked in turns with its rows judged (evidence.py) and with every row taken for an
answer, of one library. Wanted: at most a tenth more. What is learned of the library is learned on
the indexer's thread, at most once each time it grows by a quarter.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from unittest.mock import patch

from nova_desktop.here import Here
from nova_desktop.library.backgrounds import Backgrounds
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.evidence import Background
from nova_desktop.model import Near
from nova_desktop.query import Query
from nova_desktop.settings import Settings
from nova_desktop.stores.lance import LanceStore
from tests.benchmarks.asking import TYPED, build

ROUNDS = 12
ABSENT = ("a giraffe", "wine tasting in Tuscany", "eine Hochzeitstorte")


class Blind:
    """Takes every row for an answer."""

    def evidence(self, _row: Near) -> float:
        return 9.0

    def evidence_of_name(self, _name: str) -> float:
        return 9.0


def learned_s(data: Path) -> float:
    """How long it takes to learn what scores are read against."""
    from nova_desktop.engines.basic import BasicEngine

    catalog, store = Catalog(data / "catalog.sqlite"), LanceStore(data / "vectors")
    try:
        began = time.perf_counter()
        Backgrounds(catalog, store).learn(BasicEngine())
        return time.perf_counter() - began
    finally:
        store.close()
        catalog.close()


def main(rows: int) -> int:
    with tempfile.TemporaryDirectory(prefix="endings-") as place:
        data = Path(place)
        build(data, rows)
        print(f"learned in {learned_s(data):.2f} s from {rows:,} rows")
        library = Here(data, Settings())
        took: dict[str, list[tuple[float, float]]] = {"with": [], "without": []}
        try:
            for round_ in range(ROUNDS + 1):
                for typed in (*TYPED, *ABSENT):
                    for how in ("with", "without"):
                        how_: AbstractContextManager[object] = nullcontext()
                        if how == "without":
                            how_ = patch.object(Background, "judge", lambda *_: Blind())
                        with how_:
                            wall, processor = time.perf_counter(), time.process_time()
                            library.find(Query(Query.of(typed).parts, limit=60))
                            spent = time.perf_counter() - wall, time.process_time() - processor
                        if round_:
                            took[how].append(spent)
        finally:
            library.close()
    middle = {
        how: [statistics.median(one) for one in zip(*all_, strict=True)]
        for how, all_ in took.items()
    }
    for how, (wall_s, processor_s) in middle.items():
        print(f"{how:8} {1000 * wall_s:5.1f} ms, {1000 * processor_s:5.1f} ms of processors")
    ratio = middle["with"][0] / middle["without"][0]
    print(f"ratio {ratio:.2f} (wanted: at most 1.10)")
    return 0 if ratio <= 1.1 else 3


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
