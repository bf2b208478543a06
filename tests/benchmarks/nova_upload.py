"""How fast a large file goes to S3, against boto3's own upload_file in the same run.

python -m tests.benchmarks.nova_upload [--gb GB] [--rounds N]

S3 is moto's server, in a process of its own. Wanted: a ratio of at least 0.8, and memory that does
not grow with the file.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nova_desktop.aws.client import Service, client_of
from nova_desktop.aws.errors import Account
from nova_desktop.aws.stopping import Pauses
from nova_desktop.engines.s3_bucket import Bucket
from nova_desktop.engines.s3_upload import upload
from tests.emulators.__main__ import KEYS

BUCKET = "benchmark"
BLOCK = 1_000_000
SERVER = """
import sys
from tests.emulators.s3 import S3
server = S3().start()
print(server.url, flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def s3() -> Iterator[None]:
    """moto's server, plugged in."""
    command = [sys.executable, "-c", SERVER]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as server:
        assert server.stdout
        os.environ.update(KEYS, AWS_ENDPOINT_URL_S3=server.stdout.readline().strip())
        yield
        server.communicate("")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.nova_upload")
    parser.add_argument("--gb", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=4)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, s3():
        path = Path(folder) / "film.mp4"
        with path.open("wb") as file:
            for _ in range(int(given.gb * 1e9 / BLOCK)):
                file.write(os.urandom(BLOCK))
        client = client_of(Account(), "s3", connections=16)
        client.create_bucket(Bucket=BUCKET)
        bucket = Bucket(Service(Account(), "s3", 16), BUCKET, threading.Event(), Pauses(1, 30))

        def ours() -> None:
            upload(bucket, "ours", path, None, lambda _: None, lambda _: None)

        def theirs() -> None:
            client.upload_file(str(path), BUCKET, "theirs")

        small = path.with_suffix(".small")
        small.write_bytes(os.urandom(BLOCK))
        upload(bucket, "ours", small, None, lambda _: None, lambda _: None)  # loads what is needed
        before = _peak_mb()
        ours()
        grown = _peak_mb() - before
        print(f"peak memory grew by {grown:.0f} MB over an upload of {given.gb:g} GB")
        assert client.head_object(Bucket=BUCKET, Key="ours")["ContentLength"] == path.stat().st_size
        pairs = []
        for number in range(given.rounds):
            # Each goes first as often as the other, and each finds the bucket empty.
            times = {}
            for work, key in ((ours, "ours"), (theirs, "theirs"))[:: -1 if number % 2 else 1]:
                client.delete_object(Bucket=BUCKET, Key=key)
                times[key] = _seconds(work)
                client.delete_object(Bucket=BUCKET, Key=key)
            pairs.append((times["ours"], times["theirs"]))
    mb = given.gb * 1000
    for ours_s, theirs_s in pairs:
        print(f"ours {mb / ours_s:6.1f} MB/s, upload_file {mb / theirs_s:6.1f} MB/s,", end=" ")
        print(f"ratio {theirs_s / ours_s:.2f}")
    ratio = statistics.median(theirs_s / ours_s for ours_s, theirs_s in pairs)
    print(f"upload of {given.gb:g} GB: ratio {ratio:.2f} (wanted: at least 0.8)")
    return 0


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
