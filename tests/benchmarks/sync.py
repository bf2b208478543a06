"""How fast a library is pushed to a vector bucket and restored from it, and what no change costs.

python -m tests.benchmarks.sync [--rows N] [--dim N]

S3 Vectors is the emulator, with the documented rates of an index: 1,000 requests and 2,500 vectors
a second. It and each sync have a process of their own. Wanted: pushing and restoring at 0.8 of that
rate at least, a sync without a change in 5 % of the time of a full one, and memory that does not
grow with the rows: it is taken of a library of this size, and of one of a quarter of it. Memory
is what the process asked the system for, sampled every 50 ms, without pages of files that it has
mapped, which the system takes back as it likes (RssAnon of Linux; all that is resident elsewhere).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import psutil
import xxhash

from nova_desktop.library.catalog import Catalog
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.mirror import Mirror, Sharing
from nova_desktop.library.mirror_meter import Meter
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.sent import SentLog
from nova_desktop.model import Info, Modality, Row, Source, Space
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.s3_vectors import S3VectorBucket, Traffic
from nova_desktop.sync import Direction
from tests.emulators.__main__ import KEYS
from tests.library.desk import PRICES

RATE = 2500.0  # vectors a second that an index takes: Amazon S3 user guide
SMALLER = 4  # times fewer rows, in the library that memory is compared with
PARTS = {"push": Direction.PUSH, "same": Direction.BOTH, "restore": Direction.RESTORE}
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

        data.mkdir(exist_ok=True)
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
            names = [xxhash.xxh3_128_hexdigest(b"%d" % n) for n in numbers]  # as contents are
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


@dataclass(frozen=True)
class Measured:
    seconds: float
    grew: int  # bytes that the process grew by at most
    requests: int = 0
    rows: int = 0  # pushed and pulled


def load() -> None:
    """What every sync loads, however small it is."""
    from nova_desktop.stores.lance_import import lancedb

    lancedb()

    import boto3
    import pyarrow.compute

    boto3.session.Session()
    pyarrow.compute.cast(pyarrow.array([1.0]), pyarrow.string())


def taken() -> int:
    """Bytes of memory that this process has, without pages of files."""
    memory = psutil.Process().memory_info()
    return int(memory.rss - getattr(memory, "shared", 0))  # of Linux: RssFile and RssShmem


def part(name: str, data: Path, space: Space, rows: int) -> Measured:
    """One part, in this process."""
    machine = Machine(data, space)
    if name == "fill":
        machine.fill(rows)
        return Measured(0.0, 0)
    load()
    over, most = threading.Event(), 0
    before = taken()

    def watch() -> None:
        nonlocal most
        while not over.wait(0.05):
            most = max(most, taken() - before)

    thread = threading.Thread(target=watch)
    thread.start()
    began = time.monotonic()
    try:
        run = machine.mirror.sync(PARTS[name])
    finally:
        seconds = time.monotonic() - began
        over.set()
        thread.join()
    if name == "restore":
        assert machine.store.count(space) == rows
    return Measured(seconds, most, run.requests, run.done.push_rows + run.done.pull_rows)


def alone(name: str, data: Path, rows: int, dim: int) -> Measured:
    """A part in a process of its own, so that its memory is its alone."""
    command = [sys.executable, "-m", "tests.benchmarks.sync", "--part", name, "--data", str(data)]
    command += ["--rows", str(rows), "--dim", str(dim)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def library(rows: int, dim: int) -> dict[str, Measured]:
    """One that is pushed, synced again and restored elsewhere."""
    with tempfile.TemporaryDirectory() as folder, s3_vectors():
        one, two = Path(folder) / "one", Path(folder) / "two"
        alone("fill", one, rows, dim)
        return {name: alone(name, two if name == "restore" else one, rows, dim) for name in PARTS}


def report(large: dict[str, Measured], small: dict[str, Measured], rows: int, few: int) -> str:
    push, same, restore = (large[name] for name in PARTS)
    assert same.rows == 0
    lines = []
    for name, one in (("push", push), ("restore", restore)):
        lines.append(f"{name}: {one.seconds:.1f} s, {rows / one.seconds / RATE:.2f} of the rate")
    lines.append(
        f"no change: {same.seconds:.2f} s, {same.seconds / push.seconds:.1%} of a full one, "
        f"{same.requests} requests"
    )
    for name in ("push", "restore"):
        less, more = small[name].grew, large[name].grew
        lines.append(
            f"memory to {name}: +{less / 1e6:.0f} MB for {few} rows, +{more / 1e6:.0f} MB for "
            f"{rows}: {more / less:.2f} times"
        )
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.sync")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--dim", type=int, default=1024)
    parser.add_argument("--part", choices=["fill", *PARTS], help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.part:
        space = Space("benchmark", "plain", given.dim, 1)
        measured = part(given.part, given.data, space, given.rows)
        sys.stdout.write(json.dumps(asdict(measured)) + "\n")
        return 0
    few = given.rows // SMALLER
    small, large = library(few, given.dim), library(given.rows, given.dim)
    sys.stdout.write(f"{given.rows} rows of {given.dim} dimensions\n")
    sys.stdout.write(report(large, small, given.rows, few))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
