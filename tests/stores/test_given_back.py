"""Memory that a thread freed is the system's again."""

from __future__ import annotations

import subprocess
import sys

import pytest

FREED = """
import threading, psutil
from nova_desktop.stores.given_back import give_back
kept = []
def work():
    blocks = [bytearray(20_000) for _ in range(6_000)]
    kept.extend(blocks[::100])  # as the caches of a library that goes on running
    kept.append(bytearray(20_000))
thread = threading.Thread(target=work)
thread.start()
thread.join()
before = psutil.Process().memory_info().rss
give_back()
print((before - psutil.Process().memory_info().rss) >> 20)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries give it back by themselves")
def test_what_threads_freed_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 50  # of 114 MB
