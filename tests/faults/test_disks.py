"""Disks that fill up, and drives that are pulled out in the middle: nothing is lost or forgotten.

What needs real file systems runs in a mount namespace of its own, as root; elsewhere a folder that
is moved away stands in for the drive.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nova_desktop.model import FolderState, State
from tests.faults.oracle import differences, in_catalog
from tests.library.desk import Desk, added, eventually, photo

root_only = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mkfs.ext4"),
    reason="file systems are mounted as root on Linux",
)
PRELUDE = """
import os, subprocess, sys, time
from pathlib import Path
top = Path(sys.argv[1])
data, library, settings = top / "data", top / "library", top / "s.toml"
settings.write_text("ocr = false\\nspeech = false\\ntags = false\\nmin_free_mb = 0\\n")
def mount(*arguments): subprocess.run(["mount", *map(str, arguments)], check=True)
def nova(*typed):
    program = [sys.executable, "-m", "nova_desktop", "--data", data, "--settings", settings]
    return subprocess.run(list(map(str, [*program, *typed])), capture_output=True, text=True)
from tests.faults.oracle import differences, in_catalog
"""

FULL = """
data.mkdir()
library.mkdir()
mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", data)
for number in range(400):
    (library / f"{number}.txt").write_text(f"number {number} of the boats and the sea\\n\\n" * 40)
first = nova("index", library)
assert first.returncode == 5, (first.returncode, first.stdout, first.stderr)
assert "full" in first.stderr and "Traceback" not in first.stderr, first.stderr
mount("-o", "remount,size=300m", data)
second = nova("index", library)
assert second.returncode == 0, second.stderr
assert differences([library], data / "catalog.sqlite") == []
print("as it should be")
"""

PULLED = """
data.mkdir()
library.mkdir()
image = top / "drive.img"
image.touch()
os.truncate(image, 8 << 20)
subprocess.run(["mkfs.ext4", "-q", image], check=True)
mount("-o", "loop", image, library)
(library / "lost+found").rmdir()
for number in range(30):
    (library / f"{number}.txt").write_text(f"number {number} of the boats")
first = nova("index", library)
assert first.returncode == 0, first.stdout + first.stderr
known = in_catalog(data / "catalog.sqlite")
assert len(known) == 30

subprocess.run(["umount", library], check=True)
gone = nova("index", library)  # its mount point is there, and empty
assert in_catalog(data / "catalog.sqlite") == known, gone.stdout + gone.stderr
found = nova("find", "boats", "--limit", "3")
assert ".txt" in found.stdout, found.stdout + found.stderr
assert "offline" in nova("status").stdout
elsewhere = top / "another place"
elsewhere.mkdir()
mount("-o", "loop", image, elsewhere)
(elsewhere / "3.txt").unlink()
(elsewhere / "new.txt").write_text("about trains")
back = nova("index", elsewhere)
assert back.returncode == 0, back.stdout + back.stderr
assert differences([elsewhere], data / "catalog.sqlite") == []
assert "offline" not in nova("status").stdout
print("as it should be")
"""

BOUND = """
drive, inner, elsewhere = top / "drive", library / "inner", top / "elsewhere"
for place in (data, library, drive / "inner", elsewhere):
    place.mkdir(parents=True)
for number in range(5):
    (drive / f"{number}.txt").write_text(f"number {number} of the boats")
    (elsewhere / f"{number}.txt").write_text(f"number {number} of the trains")
mount("--bind", drive, library)  # on the same file system: its device is that of the mount point
mount("--bind", elsewhere, inner)
assert nova("index", library).returncode == 0
known = in_catalog(data / "catalog.sqlite")
assert len(known) == 10

subprocess.run(["umount", inner], check=True)
away = nova("index", library)
assert in_catalog(data / "catalog.sqlite").keys() > known.keys(), away.stdout + away.stderr
assert "plug it in" in nova("failures").stdout
mount("--bind", elsewhere, inner)
assert nova("index", library).returncode == 0
assert in_catalog(data / "catalog.sqlite").keys() == known.keys()

subprocess.run(["umount", inner], check=True)
subprocess.run(["umount", library], check=True)
away = nova("index", library)
assert "was found there again" in away.stderr, away.stdout + away.stderr
assert "drive" in nova("find", "boats", "--limit", "1").stdout
assert len(in_catalog(data / "catalog.sqlite").keys()) == 11  # with the drive inside, still away
print("as it should be")
"""


def run_apart(tmp_path: Path, script: str) -> None:
    """In a mount namespace of its own, that nothing outlives."""
    command = ["unshare", "-m", sys.executable, "-c", PRELUDE + script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200)
    if "loop device" in done.stderr:
        pytest.skip("no loop devices here")
    assert done.stdout == "as it should be\n", done.stdout + done.stderr


@root_only
def test_a_disk_that_fills_up_loses_nothing(tmp_path: Path) -> None:
    run_apart(tmp_path, FULL)


@root_only
def test_a_drive_that_is_pulled_out_is_not_an_empty_folder(tmp_path: Path) -> None:
    run_apart(tmp_path, PULLED)


@root_only
def test_a_folder_mounted_at_another_place_is_not_emptied_when_it_goes(tmp_path: Path) -> None:
    run_apart(tmp_path, BOUND)


def test_a_folder_that_goes_and_comes_back_keeps_what_is_known(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    for colour in ("red", "green", "blue"):
        photo(folder / f"{colour}.png", colour)
    added(desk, folder)
    pieces = desk.engine.pieces
    known = in_catalog(desk.data / "catalog.sqlite")
    away = tmp_path / "unplugged"
    began = time.monotonic()
    folder.rename(away)
    eventually(lambda: desk.library.status().folders[0].state is FolderState.OFFLINE, 10)
    assert time.monotonic() - began < 10
    assert desk.find("green")[0] == "green.png"
    assert in_catalog(desk.data / "catalog.sqlite").keys() == known.keys()
    away.rename(folder)
    eventually(lambda: desk.library.status().folders[0].state is FolderState.WATCHING, 10)
    desk.library.rescan()
    assert desk.library.wait(30)
    assert differences([folder], desk.data / "catalog.sqlite", desk.store, desk.engine.space) == []
    assert desk.engine.pieces == pieces


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_not_forgotten(desk: Desk, folder: Path) -> None:
    photo(folder / "inside" / "red.png", "red")
    added(desk, folder)
    (folder / "inside").chmod(0)
    try:
        desk.library.rescan()
        assert desk.library.wait(30)
        assert os.fsencode(folder / "inside" / "red.png") in in_catalog(
            desk.data / "catalog.sqlite"
        )
    finally:
        (folder / "inside").chmod(0o755)
    desk.library.rescan()
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 1}
