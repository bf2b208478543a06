"""From launching the command to its first answer, beside a process that imports pyarrow alone."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import asking

ROUNDS = 7
IMPORT = (sys.executable, "-c", "import pyarrow")


def start(kept: Path, rows: int) -> None:
    """No library is open: the command opens one, asks it, and closes it."""
    folder = kept / f"asking-{rows}"
    if not (folder / "done").exists():
        folder.mkdir(parents=True)
        asking.build(folder, rows)
        (folder / "done").touch()
    find = (*_PROGRAM, "--data", str(folder), "find", "boats", "--limit", "3")
    commands = {"import pyarrow": IMPORT, "nova-desktop find boats": find}
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for number in range(ROUNDS + 1):
        for name, command in commands.items():
            one = _took(command, kept)
            if number:  # the first ones read from the disk
                took[name].append(one)
    wall, cpu = (
        {name: statistics.median(one[at] for one in some) for name, some in took.items()}
        for at in (0, 1)
    )
    first = next(iter(commands))
    print(f"{rows:,} rows; in brackets: beside {first}")
    for name in commands:
        print(
            f"  {name:24} {wall[name]:6.2f} s ({wall[name] / wall[first]:5.1f}), "
            f"cpu {cpu[name]:6.2f} s ({cpu[name] / cpu[first]:5.1f})"
        )


_PROGRAM = (sys.executable, "-m", "nova_desktop")


def _took(command: Sequence[str], kept: Path) -> tuple[float, float]:
    """(seconds of the clock, seconds of the processor, its children's included)."""
    wall, before = time.perf_counter(), os.times()
    # As on any machine where it has been started before; some keep Python from writing that down.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(kept / "compiled")}
    surroundings = os.environ | compiled
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=surroundings)
    after = os.times()
    assert done.stdout or command == IMPORT, "there was no answer"
    cpu = after.children_user - before.children_user
    return time.perf_counter() - wall, cpu + after.children_system - before.children_system
