"""kill -9 in the middle of a job, again and again: each ends complete, and is paid for once."""

from __future__ import annotations

import itertools
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from nova_desktop.engines.s3_upload import PART_BYTES
from tests.emulators.fixtures import _clients, aws, bedrock, bedrock_server, s3_server
from tests.emulators.samples import clip
from tests.engines.job_records import FileRecords

__all__ = ["_clients", "aws", "bedrock", "bedrock_server", "s3_server"]

KILLS = 30
OF_ONE_FILE = 5  # at most
AT_ONCE = 2  # files


def run(records: Path, bucket: str, *parts: object) -> subprocess.Popen[bytes]:
    """The program at the moment when its work begins."""
    program = [sys.executable, "-m", "tests.e2e.long_job", records, bucket, *parts]
    pipe = subprocess.PIPE
    child = subprocess.Popen(list(map(str, program)), stdout=pipe, stderr=pipe)
    assert child.stdout
    child.stdout.readline()
    return child


def ended(child: subprocess.Popen[bytes]) -> None:
    told = child.communicate(timeout=60)[1].decode()
    assert child.returncode == 0, told


@pytest.fixture
def parts(tmp_path) -> list[object]:
    """Two parts; the first is of three parts of an upload: there is room after a film's end."""
    first, second = tmp_path / "one.mp4", tmp_path / "two.mp4"
    free = (2 * PART_BYTES).to_bytes(4, "big") + b"free"
    first.write_bytes(clip(seconds=4) + free + bytes(2 * PART_BYTES - 8))
    second.write_bytes(clip(seconds=2))
    return [first, 4, second, 2]


def test_thirty_kills_lose_nothing_and_pay_nothing_twice(aws, bedrock, tmp_path, parts):
    bedrock.conditions = replace(bedrock.conditions, job_s=0.3)
    child = run(tmp_path / "measured.json", aws.bucket, *parts)
    began = time.monotonic()
    ended(child)
    all_s = time.monotonic() - began
    struck: Counter[str] = Counter()  # at which step of the first part

    def kill_some(worker: int) -> int:
        """How many files it took until enough kills struck."""
        chance = random.Random(worker)
        kills = 0
        for number in itertools.count():
            records = tmp_path / f"{worker}-{number}.json"
            for _ in range(OF_ONE_FILE):
                child = run(records, aws.bucket, *parts)
                try:
                    child.wait(chance.uniform(0, all_s / 2))
                except subprocess.TimeoutExpired:
                    child.send_signal(signal.SIGKILL)
                    kills += 1
                    state = FileRecords(records).load(0)
                    struck[state["step"] if state else "nothing"] += 1
                child.communicate()
            ended(run(records, aws.bucket, *parts))
            assert records.with_suffix(".done").read_text() == "0 2 4"
            if kills >= KILLS // AT_ONCE:
                return number + 1
        raise AssertionError("not reached")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        files = 1 + sum(pool.map(kill_some, range(AT_ONCE)))
    assert struck.total() >= KILLS
    assert len(struck) >= 3, struck
    assert bedrock.log.bill.jobs == 2 * files
    charged = [charge.work for charge in bedrock.log.charges]
    assert len(charged) == len(set(charged)) == 2 * files
    assert "Contents" not in aws.s3.list_objects_v2(Bucket=aws.bucket)
    assert not aws.s3.list_multipart_uploads(Bucket=aws.bucket).get("Uploads")
