"""How fast and how surely the store answers, beside numpy and faiss in the same run.

    python -m tests.benchmarks.search scale [--rows N]      recall, time and memory
    python -m tests.benchmarks.search filters [--rows N]    with filters beside none
    python -m tests.benchmarks.search hybrid [--rows N]     vector and words beside vector alone
    python -m tests.benchmarks.search commits [--rows N]    after 100 commits beside clean
    python -m tests.benchmarks.search start [--rows N]      launching the command → first answer
    python -m tests.benchmarks.search racing [--changes N]  writers and a clean-up that race

100,000 rows of 1024 dimensions unless told, in clusters and with near-duplicates. `--kept FOLDER`
makes the libraries there and uses them again; else they are gone in the end. Times are of the
median question, all contenders asked in turn, on a machine that does nothing else: by the clock,
which is what whoever asks waits for and what is wished is held to; and beside it, with `cpu`, of
the processor, for which faiss is given one thread. Nothing but figures is written.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import search_change, search_scale, search_start


def main() -> None:
    commands: dict[str, Callable[[Path, int], None]] = {
        "scale": search_scale.scale,
        "filters": search_scale.filters,
        "hybrid": search_scale.hybrid,
        "commits": search_change.commits,
        "start": search_start.start,
        "racing": lambda kept, _: search_change.racing(kept, args.changes),
    }
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("what", choices=commands)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--kept", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="search-") as place:
        commands[args.what](args.kept or Path(place), args.rows)


_Plain = argparse.RawDescriptionHelpFormatter

if __name__ == "__main__":
    main()
