from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from nova_desktop.stores.lance import LanceStore
from nova_desktop.stores.lance_scratch import SCRATCH, scratch
from tests.contracts.store import SPACE, row

WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
from nova_desktop.stores.lance import LanceStore
from tests.contracts.store import SPACE, row
store = LanceStore(Path(sys.argv[1]), exact_bytes=0)
for batch in range(10_000):
    store.put(SPACE, [row(f"b{batch}-{n}", 0, f"v{batch} w{n}") for n in range(2_000)])
    store.maintain()
"""


def variables(place: Path) -> dict[str, str]:
    return {**os.environ, "TMPDIR": str(place), "TMP": str(place)}


def lying(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []


def test_killed_while_it_writes_it_leaves_nothing_outside_its_folder(tmp_path: Path) -> None:
    folder, temp = tmp_path / "index", tmp_path / "temp"
    temp.mkdir()
    caught = 0
    for _ in range(4):
        command = [sys.executable, "-c", WRITE_UNTIL_KILLED, str(folder)]
        with subprocess.Popen(command, env=variables(temp)) as writer:
            began = time.monotonic()
            while time.monotonic() - began < 20 and not lying(folder / SCRATCH):
                time.sleep(0.001)
            writer.kill()
        caught += bool(lying(folder / SCRATCH))
        assert list(temp.iterdir()) == []
    assert caught, "never killed while something lay there"
    store = LanceStore(folder)
    store.put(SPACE, [row("again")])
    store.maintain()
    assert not (folder / SCRATCH).exists()


def test_python_keeps_to_the_folder_of_the_system(tmp_path: Path) -> None:
    check = (
        "import os, sys, tempfile; from pathlib import Path\n"
        "from nova_desktop.stores.lance_scratch import scratch\n"
        "folder = Path(sys.argv[1])\n"
        "with scratch(folder):\n"
        "    inside = tempfile.gettempdir()\n"
        "assert inside == tempfile.gettempdir() == str(folder / 'usual'), inside\n"
    )
    usual = tmp_path / "usual"
    usual.mkdir()
    subprocess.run([sys.executable, "-c", check, str(tmp_path)], env=variables(usual), check=True)


def test_stores_that_write_at_once_take_turns(tmp_path: Path) -> None:
    usual = tempfile.gettempdir()
    folders = [tmp_path / str(number) for number in range(2)]
    wrong = []

    def build(folder: Path) -> None:
        for _ in range(200):
            with scratch(folder):
                variable = os.environ["TMP" if os.name == "nt" else "TMPDIR"]
                if variable != str(folder / SCRATCH) or not Path(variable).is_dir():
                    wrong.append(variable)

    for folder in folders:
        folder.mkdir()
    threads = [threading.Thread(target=build, args=[folder]) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert os.environ["TMP" if os.name == "nt" else "TMPDIR"] == usual


def test_a_failure_while_writing_restores_what_was(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), scratch(tmp_path):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    assert tempfile.gettempdir() == os.environ["TMP" if os.name == "nt" else "TMPDIR"]
