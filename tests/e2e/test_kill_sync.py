"""kill -9, throttling, resets and expired credentials in the middle of a sync: nothing is lost or
doubled.

python -m tests.e2e.test_kill_sync [--kills 30] does it at many points.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest

from nova_desktop.errors import ExpectedError, NeedsUser
from nova_desktop.sync import Differences, Direction
from tests.e2e.sync_once import CONTENTS, ROWS, filled, machine
from tests.emulators.__main__ import KEYS
from tests.emulators.fixtures import s3vectors, s3vectors_server
from tests.emulators.s3vectors import S3Vectors

__all__ = ["s3vectors", "s3vectors_server"]
CALLS = 12  # of a whole sync, and a few more
LATENCY_S = 0.02  # of each
KILLS = (3, 7)  # calls of the service after which it is killed


def killed(data: Path, emulator: S3Vectors, after: int, wait_s: float = 0.0) -> bool:
    """Ends a sync so long after its `after`-th call; False when it was done before."""
    program = [sys.executable, "-m", "tests.e2e.sync_once", str(data)]
    child = subprocess.Popen(program, stdout=subprocess.PIPE)
    assert child.stdout
    child.stdout.readline()
    before = len(emulator.log.calls())
    while child.poll() is None and len(emulator.log.calls()) - before < after:
        time.sleep(0.002)
    time.sleep(wait_s)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    return child.returncode == -signal.SIGKILL


def check_all_is_there_once(emulator: S3Vectors, place: Path) -> None:
    """Ends the sync, and has another machine pull all of it."""
    one, two = filled(place / "one"), machine(place / "two")
    try:
        one.sync()
        assert one.sync().done == Differences()
        two.sync(Direction.PULL)
        assert two.said() == one.said()
        assert len(two.contents()) == CONTENTS
        indexes = emulator.indexes("shared")
        assert indexes
        counts = [n for name, n in indexes.items() if not name.endswith(".journal")]
        assert counts == [CONTENTS * ROWS]
    finally:
        one.catalog.close()
        two.catalog.close()


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_a_sync_that_is_killed_again_and_again_loses_and_doubles_nothing(
    s3vectors: S3Vectors, tmp_path: Path
) -> None:
    s3vectors.conditions = replace(s3vectors.conditions, speed=None, latency_s=LATENCY_S)
    assert any(killed(tmp_path / "one", s3vectors, after) for after in KILLS)
    s3vectors.conditions = replace(s3vectors.conditions, latency_s=0.0)
    check_all_is_there_once(s3vectors, tmp_path)


def test_throttling_and_resets_are_waited_out(s3vectors: S3Vectors, tmp_path: Path) -> None:
    s3vectors.conditions = replace(s3vectors.conditions, speed=None)
    for kind in ("TooManyRequestsException", "reset_before", "reset_after", "cut"):
        s3vectors.faults.add(kind, ["PutVectors"], share=0.2, times=3)
    one = filled(tmp_path / "one")
    one.sync()
    one.catalog.close()
    check_all_is_there_once(s3vectors, tmp_path)


def test_credentials_that_expire_in_the_middle_are_said_and_the_next_sync_goes_on(
    s3vectors: S3Vectors, tmp_path: Path
) -> None:
    s3vectors.conditions = replace(s3vectors.conditions, speed=None)
    one = filled(tmp_path / "one")
    s3vectors.faults.add("ExpiredTokenException", ["PutVectors"], skip=3)
    with pytest.raises(NeedsUser):
        one.sync()
    assert one.mirror.state().last.error
    s3vectors.faults.clear()
    one.catalog.close()
    check_all_is_there_once(s3vectors, tmp_path)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.test_kill_sync")
    parser.add_argument("--kills", type=int, default=30)
    given = parser.parse_args(arguments)
    emulator = S3Vectors().start()
    os.environ.update(KEYS, **emulator.environment)
    kills = 0
    try:
        for point in range(given.kills):
            after, wait_s = 1 + point % CALLS, point // CALLS * LATENCY_S / 3
            emulator.reset()
            emulator.conditions = replace(emulator.conditions, speed=None, latency_s=LATENCY_S)
            with tempfile.TemporaryDirectory() as folder:
                kills += killed(Path(folder) / "one", emulator, after, wait_s)
                try:
                    check_all_is_there_once(emulator, Path(folder))
                except (AssertionError, ExpectedError):
                    sys.stdout.write(f"killed after {after} calls: not the same\n")
                    raise
    finally:
        emulator.stop()
    sys.stdout.write(f"{kills} kills at {given.kills} points: 0 lost, 0 doubled\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
