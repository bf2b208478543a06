"""How fast a library goes to Amazon S3 Vectors and back, of what the documented limits allow.

python -m tests.benchmarks.sync [--rows N] [--dim N]

The service is the emulator, in a process of its own, which takes 2,500 vectors and 1,000 requests a
second of an index and refuses more. Wanted: at least 0.8 of that, both ways; memory that does not
grow with the library; and a sync without a change in at most 5 % of the time of the first one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from nova_desktop.aws.errors import Account
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.mirror import Mirror, Sharing
from nova_desktop.library.mirror_meter import Meter
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.sent import SentLog
from nova_desktop.model import Info, Modality, Row, Source, Space
from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.s3_vectors import S3VectorBucket, Traffic
from nova_desktop.sync import Direction, SyncRun
from tests.emulators.__main__ import KEYS
from tests.emulators.s3vectors import S3Vectors
from tests.emulators.vector_pace import VECTORS_PER_S
from tests.library.desk import PRICES

FOLDER = "/photos"
AT_ONCE = 2000  # rows, while a library is made
NEVER = threading.Event()

T = TypeVar("T")


class Measured(NamedTuple):
    run: SyncRun
    spent_s: float  # of processors, in this program
    grown_mb: float  # of the peak of memory


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.sync")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--dim", type=int, default=1024)
    given = parser.parse_args(arguments)
    space = Space("test", "random", given.dim, 1)
    with tempfile.TemporaryDirectory() as folder, service():
        first, second = Path(folder) / "first", Path(folder) / "second"
        _apart(make, first, space, given.rows)
        pushed = _apart(timed, first, space, Direction.PUSH)
        again = _apart(timed, first, space, Direction.BOTH)
        restored = _apart(timed, second, space, Direction.RESTORE)
    assert pushed.run.done.push_rows == given.rows
    assert again.run.done.none
    assert restored.run.done.pull_rows == given.rows
    allowed_s = given.rows / VECTORS_PER_S
    for name, found in (("pushed", pushed), ("restored", restored)):
        took_s = found.run.took_s
        print(
            f"{name} {given.rows} rows of {given.dim} dimensions in {took_s:.1f} s: "
            f"{given.rows / took_s:.0f} a second, {allowed_s / took_s:.2f} of what is allowed; "
            f"{found.run.requests} requests, {1000 * found.spent_s / given.rows:.2f} s of a "
            "processor for each thousand"
        )
    print(f"peak memory grew by {pushed.grown_mb:.0f} MB over the push")
    print(
        f"a sync without a change: {again.run.took_s:.2f} s, "
        f"{again.run.took_s / pushed.run.took_s:.1%} of the first, {again.run.requests} requests"
    )
    return 0


@contextmanager
def service() -> Iterator[None]:
    """The emulator, plugged in."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,))
    process.start()
    os.environ.update(KEYS, **ours.recv())
    yield
    ours.send(None)
    process.join()


def _serve(pipe: Connection) -> None:
    emulator = S3Vectors().start()
    pipe.send(emulator.environment)
    pipe.recv()
    emulator.stop()


def make(data: Path, space: Space, count: int) -> None:
    """A library of so many files, each with a row."""
    data.mkdir()
    catalog, store = Catalog(data / "catalog.sqlite"), LanceStore(data / "store")
    catalog.add_root(FOLDER)
    drawn = np.random.default_rng(7)
    (root,) = catalog.read("SELECT id FROM folders")[0]
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        vectors = drawn.standard_normal((len(numbers), space.dim)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        contents = [f"{number:032x}" for number in numbers]
        store.put(
            space,
            [
                Row(content, 0, Modality.IMAGE, None, Source.PICTURE, f"photo {n}", 1e9, vector)
                for n, content, vector in zip(numbers, contents, vectors, strict=True)
            ],
        )
        with catalog.write() as db:
            db.executemany(
                "INSERT INTO files (folder, path, size, mtime_ns, file_id, state, content) "
                "VALUES (?, ?, 1, 1, 1, 'indexed', ?)",
                [(root, os.fsencode(f"{FOLDER}/{content}.jpg"), content) for content in contents],
            )
        info = Info(taken_s=1e9, taken_from="EXIF")
        catalog.record([], space.name, dict.fromkeys(contents, (Modality.IMAGE, info, "", 1)))
    store.maintain(stopped=True)
    store.close()
    catalog.close()


def timed(data: Path, space: Space, direction: Direction) -> Measured:
    """One sync."""
    data.mkdir(exist_ok=True)
    catalog, store = Catalog(data / "catalog.sqlite"), LanceStore(data / "store")
    mirror = opened(data, catalog, store, space)
    store.count(space)  # loads LanceDB
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent_s = time.process_time()
    run = mirror.sync(direction)
    spent_s = time.process_time() - spent_s
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    store.close()
    catalog.close()
    return Measured(run, spent_s, grown / 1024)


def opened(data: Path, catalog: Catalog, store: LanceStore, space: Space) -> Mirror:
    meter = Meter(Ledger(catalog, PRICES, "a run"), "us-east-1", threading.Event())

    def before(traffic: Traffic) -> None:
        meter.asked(traffic.operation, traffic.sent_bytes, traffic.billed_bytes)

    bucket = S3VectorBucket(Account(), "shared", NEVER, before, tries=10)
    return Mirror(
        catalog,
        store,
        Rulebook(catalog),
        SentLog(catalog),
        Sharing(
            bucket=bucket,
            asking=bucket,
            meter=meter,
            prefix="nova",
            host=str(data),
            name=data.name,
            named=False,
            thumbnails=False,
            prices=PRICES,
            region="us-east-1",
            closing=NEVER,
        ),
        spaces=lambda: [space],
        thumbnail=lambda _: b"",
        write=lambda work: work(),
        tell=lambda _: None,
    )


def _apart(work: Callable[..., T], *asked: object) -> T:
    """What `work` gives in a process of its own, so that its memory can be measured."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, asked)


if __name__ == "__main__":
    began = time.monotonic()
    code = main(sys.argv[1:])
    print(f"in {time.monotonic() - began:.0f} s, with {os.cpu_count()} processors")
    sys.exit(code)
