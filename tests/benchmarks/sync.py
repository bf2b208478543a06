"""How fast a library is pushed to a vector bucket and restored from it, and what no change costs.

python -m tests.benchmarks.sync [--rows N] [--dim N]

S3 Vectors is the emulator, in a process of its own, with the documented rates of an index: 1,000
requests and 2,500 vectors a second. Wanted: pushing and restoring at 0.8 of that rate at least, a
sync without a change in 5 % of the time of a full one, and memory that does not grow with the rows.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil

from nova_desktop.library.catalog import Catalog
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.mirror import Mirror, Sharing
from nova_desktop.library.mirror_meter import Meter
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.sent import SentLog
from nova_desktop.model import Info, Modality, Row, Source, Space
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.s3_vectors import S3VectorBucket, Traffic
from nova_desktop.sync import Differences, Direction, SyncRun
from tests.emulators.__main__ import KEYS
from tests.library.desk import PRICES

RATE = 2500.0  # vectors a second that an index takes: Amazon S3 user guide
AT_ONCE = 2500  # rows put into the store at once
WORDS = (
    "What is said, read or recognised in a moment of a film, about as long as it mostly is. " * 2
)
SERVER = """
import sys
from tests.emulators.s3vectors import S3Vectors
server = S3Vectors().start()
print(server.url, flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def s3_vectors() -> Iterator[None]:
    """The emulator, plugged in."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdin=pipe, stdout=pipe, text=True
    ) as server:
        assert server.stdout
        os.environ.update(KEYS, AWS_ENDPOINT_URL_S3VECTORS=server.stdout.readline().strip())
        yield
        server.communicate("")


class Machine:
    def __init__(self, data: Path, space: Space) -> None:
        from nova_desktop.aws.errors import Account

        data.mkdir()
        self.space = space
        self.catalog = Catalog(data / "catalog.sqlite")
        self.store = LanceStore(data / "vectors")
        ledger = Ledger(self.catalog, PRICES, "benchmark")
        closing = threading.Event()
        meter = Meter(ledger, "us-east-1", threading.Event())

        def before(traffic: Traffic) -> None:
            meter.asked(traffic.operation, traffic.sent_bytes, traffic.billed_bytes)

        bucket = S3VectorBucket(Account("", "us-east-1"), "benchmark", closing, before)
        sharing = Sharing(
            bucket=bucket,
            asking=bucket,
            meter=meter,
            prefix="nova-desktop",
            host=data.name,
            name=data.name,
            named=False,
            thumbnails=False,
            prices=PRICES,
            region="us-east-1",
            closing=closing,
        )
        self.mirror = Mirror(
            self.catalog,
            self.store,
            Rulebook(self.catalog),
            SentLog(self.catalog),
            sharing,
            spaces=lambda: [space],
            thumbnail=lambda _: b"",
            write=lambda work: work(),
            tell=lambda _: None,
        )

    def fill(self, rows: int) -> None:
        self.catalog.add_root("/films")
        made = np.random.default_rng(7)
        for start in range(0, rows, AT_ONCE):
            numbers = range(start, min(rows, start + AT_ONCE))
            vectors = made.standard_normal((len(numbers), self.space.dim)).astype(np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            names = [f"{n:032x}" for n in numbers]
            self.store.put(
                self.space,
                [
                    Row(name, 0, Modality.VIDEO, None, Source.SPEECH, WORDS, 1e9, vector)
                    for name, vector in zip(names, vectors, strict=True)
                ],
            )
            with self.catalog.write() as db:
                db.executemany(
                    "INSERT INTO files (folder, path, size, mtime_ns, file_id, state, content) "
                    "VALUES (1, ?, 1, 1, 1, 'indexed', ?)",
                    [(f"/films/{name}.mp4".encode(), name) for name in names],
                )
            about = (Modality.VIDEO, Info(taken_s=1e9, taken_from="EXIF"), "", 1)
            self.catalog.record([], self.space.name, dict.fromkeys(names, about))


def measured(sync: Callable[[], SyncRun]) -> tuple[SyncRun, float, float]:
    """(run, seconds, MB that memory grew at most meanwhile)."""
    process, over, most = psutil.Process(), threading.Event(), 0
    before = process.memory_info().rss

    def watch() -> None:
        nonlocal most
        while not over.wait(0.1):
            most = max(most, process.memory_info().rss - before)

    thread = threading.Thread(target=watch)
    thread.start()
    began = time.monotonic()
    try:
        run = sync()
    finally:
        over.set()
        thread.join()
    return run, time.monotonic() - began, most / 1e6


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.sync")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--dim", type=int, default=1024)
    given = parser.parse_args(arguments)
    space = Space("benchmark", "plain", given.dim, 1)
    with tempfile.TemporaryDirectory() as folder, s3_vectors():
        one, two = Machine(Path(folder) / "one", space), Machine(Path(folder) / "two", space)
        one.fill(given.rows)
        say = sys.stdout.write
        _, full_s, grew = measured(lambda: one.mirror.sync(Direction.PUSH))
        share = given.rows / full_s / RATE
        say(f"push {given.rows} x {given.dim}: {full_s:.1f} s, {share:.2f} of the rate, ")
        say(f"memory +{grew:.0f} MB\n")
        run, same_s, _ = measured(lambda: one.mirror.sync(Direction.BOTH))
        assert run.done == Differences()
        say(f"no change: {same_s:.2f} s, {same_s / full_s:.1%} of a full one, ")
        say(f"{run.requests} requests\n")
        _, restore_s, grew = measured(lambda: two.mirror.sync(Direction.RESTORE))
        share = given.rows / restore_s / RATE
        say(f"restore: {restore_s:.1f} s, {share:.2f} of the rate, memory +{grew:.0f} MB\n")
        assert two.store.count(space) == given.rows
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
