"""Feeds readers with mutated files for as long as is wished, and tells what should not have been.

python -m tests.benchmarks.fuzz [MINUTES]

Not a test of every run: each ends with a line a format, and the seed to repeat it with.
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from nova_desktop.errors import ExpectedError
from nova_desktop.isolated import IsolatedReader
from nova_desktop.isolation import Children
from nova_desktop.media.readers import readers
from nova_desktop.media.sniff import sniff
from tests.e2e.hostile_folder import whole

LIMIT_S = 20.0  # of one call


def mutated(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """One to eight changes: flips, cuts, repeats, numbers that are too large, another's part."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(made) + 1) if chance.random() < 0.6 else chance.randrange(64)
        at = min(at, len(made))
        match chance.randrange(6):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                made[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff"))
            case 2:
                del made[at : at + chance.randrange(1, 200)]
            case 3:
                made[at:at] = made[at : at + chance.randrange(1, 200)] * chance.randrange(1, 20)
            case 4:
                other = chance.choice(others)
                start = chance.randrange(len(other))
                made[at : at + 64] = other[start : start + chance.randrange(1, 64)]
            case _:
                del made[at:]
    return bytes(made)


def main() -> int:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    seed = time.time_ns()
    chance = random.Random(seed)
    found: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place, Children(2) as children:
        spare = Path(place) / "spare"
        spare.mkdir()
        whole(spare)
        samples = {path: path.read_bytes() for path in sorted(spare.iterdir())}
        others = list(samples.values())
        isolated = {
            kind: IsolatedReader(reader, children, LIMIT_S, threading.Event())
            for kind, reader in readers(15.0, "").items()
        }
        until = time.monotonic() + 60 * minutes
        while time.monotonic() < until:
            path = chance.choice(list(samples))
            file = Path(place) / f"mutated{path.suffix}"
            file.write_bytes(mutated(samples[path], chance, others))
            began = time.monotonic()
            try:
                modality = sniff(file)
                if modality is None:
                    outcome = "no kind"
                else:
                    reading = isolated[modality].read(file)
                    isolated[modality].preview(file, reading.chunks[0].span, 256)
                    outcome = "read"
            except ExpectedError as e:
                outcome = type(e).__name__
            except Exception as e:  # whatever it is, it is what we look for
                outcome = "a bug"
                wrong.append(f"{path.name}: {e!r}")
                kept = Path(tempfile.gettempdir()) / f"fuzz-{seed}-{len(wrong)}{path.suffix}"
                kept.write_bytes(file.read_bytes())
            if time.monotonic() - began > 2 * LIMIT_S + 10:
                wrong.append(f"{path.name}: took {time.monotonic() - began:.0f} s")
            found.setdefault(path.suffix, Counter())[outcome] += 1
    for suffix, counts in sorted(found.items()):
        print(f"{suffix:6} {dict(counts)}")
    total = sum(sum(counts.values()) for counts in found.values())
    print(f"{total} files in {minutes:.0f} minutes, seed {seed}: {len(wrong)} bugs (wanted: 0)")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
