"""Memory that a thread freed is the system's again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nova_desktop.stores.given_back import ARENAS

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

THREADS = """
import ctypes, sys, threading
from nova_desktop.stores.lance_import import lancedb
lancedb()
import pyarrow
libc = ctypes.CDLL(None)
libc.fopen.restype = libc.malloc.restype = ctypes.c_void_p
together = threading.Barrier(9)
def work():
    libc.malloc(1000)
    together.wait()
for _ in range(8):
    threading.Thread(target=work).start()
together.wait()
file = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
print(pyarrow.default_memory_pool().backend_name)
"""

AHEAD = """
import sys, time
import numpy as np, psutil
from nova_desktop.stores.lance_import import lancedb
db = lancedb().connect(sys.argv[1])
import pyarrow as pa
process = psutil.Process()
def taken():
    return process.memory_info().rss - process.memory_info().shared
flat = pa.array(np.random.default_rng(0).standard_normal(5_000 * 1024).astype(np.float16))
data = pa.table({"vector": pa.FixedSizeListArray.from_arrays(flat, 1024)})
table = db.create_table("t", data)
for _ in range(15):
    table.add(data)
before = taken()
reader = table.search().to_batches(256)
next(iter(reader))
most = 0
for _ in range(40):
    time.sleep(0.05)
    most = max(most, taken() - before)
print(most >> 20)
"""

LARGE = """
import threading, psutil
from nova_desktop.stores.lance_import import lancedb
lancedb()
kept = []
def work():
    for _ in range(3):
        bytearray(30_000_000)
    blocks = [bytearray(8_000_000) for _ in range(12)]
    kept.append(bytearray(2_000))  # of what goes on being used, behind them
before = psutil.Process().memory_info().rss
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print((psutil.Process().memory_info().rss - before) >> 20)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries give it back by themselves")
def test_what_threads_freed_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 50  # of 114 MB


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries have no arenas")
def test_threads_of_a_library_share_their_memory(tmp_path: Path) -> None:
    told = tmp_path / "arenas.xml"
    done = subprocess.run(
        [sys.executable, "-c", THREADS, told], capture_output=True, text=True, check=True
    )
    assert 1 <= told.read_text().count("<heap nr=") <= ARENAS
    assert done.stdout.strip() == "system"  # of Arrow: the same memory too


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries keep none")
def test_large_blocks_are_given_back_as_they_are_freed() -> None:
    done = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20  # of 192 MB


@pytest.mark.skipif(sys.platform != "linux", reason="looks at what Linux says of memory")
def test_of_a_large_table_little_is_read_before_it_is_used(tmp_path: Path) -> None:
    command = [sys.executable, "-c", AHEAD, tmp_path / "database"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 80  # MB, of 160
