"""One owner of a data folder, many callers: over real sockets and processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from PIL import Image

from nova_desktop import remote
from nova_desktop.errors import BadInput, NeedsUser, TryLater
from nova_desktop.here import Here
from nova_desktop.model import Idle, Query, State
from nova_desktop.remote import Remote, connect, open_library
from nova_desktop.settings import Settings, address_file, save

QUICK = Settings(ocr=False, speech=False, tags=False)


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "library"
    made.mkdir()
    (made / "recipe.txt").write_text("Bread: flour, water, salt, and a lot of patience.")
    Image.new("RGB", (20, 20), "red").save(made / "a picture.png")
    return made


@pytest.fixture
def data(tmp_path) -> Path:
    return tmp_path / "data"


def test_a_second_caller_joins_the_one_that_has_the_library_open(data, folder):
    owner = open_library(data, QUICK)
    try:
        guest = open_library(data, QUICK)
        assert isinstance(owner, Here)
        assert isinstance(guest, Remote)
        events = []
        guest.subscribe(events.append)
        guest.add_folder(folder)
        assert guest.wait(60)
        assert guest.status().counts[State.INDEXED] == 2
        assert guest.find(Query.of("baking bread")).hits[0].path.name == "recipe.txt"
        assert owner.status() == guest.status()
        end = time.monotonic() + 5
        while not any(isinstance(event, Idle) for event in events):
            assert time.monotonic() < end
            time.sleep(0.05)
        guest.close()
    finally:
        owner.close()
    assert not address_file(data).exists()


def test_errors_arrive_as_what_they_are(data, tmp_path):
    owner = open_library(data, QUICK)
    try:
        guest = open_library(data, QUICK)
        with pytest.raises(BadInput, match="There is no folder"):
            guest.add_folder(tmp_path / "nowhere")
        with pytest.raises(RuntimeError, match="no call '_search'"):
            guest._call("_search")
        guest.close()
    finally:
        owner.close()


def test_calls_do_not_wait_for_one_another(data, folder):
    owner = open_library(data, QUICK)
    try:
        guest = open_library(data, QUICK)
        guest.pause()
        guest.add_folder(folder)
        guest.resume()
        waiting = threading.Thread(target=guest.wait, args=[30])
        waiting.start()
        assert guest.status().folders is not None
        waiting.join(60)
        guest.close()
    finally:
        owner.close()


def test_a_caller_whose_library_ends_is_told_so(data):
    owner = open_library(data, QUICK)
    guest = open_library(data, QUICK)
    owner.close()
    with pytest.raises(TryLater, match="Start Nova Desktop again"):
        guest.status()
    guest.close()


def test_a_caller_without_the_key_is_refused(data):
    owner = open_library(data, QUICK)
    try:
        assert (address_file(data).stat().st_mode & 0o777) == 0o600
        found = json.loads(address_file(data).read_text())
        stranger = Remote(found["address"], b"another key")
        with pytest.raises(Exception, match="digest"):
            stranger.status()
    finally:
        owner.close()


def test_a_window_starts_a_process_for_the_library_which_ends_after_it(data, folder, tmp_path):
    save(QUICK, tmp_path / "settings.toml")
    library = connect(data, tmp_path / "settings.toml")
    library.add_folder(folder)
    assert library.wait(60)
    (host,) = [child for child in psutil.Process().children() if "host" in child.cmdline()]
    library.close()
    host.wait(20)
    assert not address_file(data).exists()


def owner_of(data: Path) -> subprocess.Popen[str]:
    """Another process that has the library open."""
    program = (
        "import sys, time; from pathlib import Path; from nova_desktop.remote import open_library;"
        "from nova_desktop.settings import Settings;"
        "open_library(Path(sys.argv[1]), Settings(ocr=False, speech=False, tags=False));"
        "print('open', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(data)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "open\n"
    return child


def test_index_takes_over_when_the_owner_it_had_joined_is_killed(data, folder, tmp_path):
    for n in range(40):
        Image.new("RGB", (20, 20 + n), "blue").save(folder / f"{n}.png")
    save(QUICK, tmp_path / "settings.toml")
    owner = owner_of(data)
    program = [sys.executable, "-m", "nova_desktop", "--data", data]
    index = subprocess.Popen(
        [*program, "--settings", tmp_path / "settings.toml", "index", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watcher = open_library(data, QUICK)
    assert isinstance(watcher, Remote)
    while not watcher.status().folders:
        assert index.poll() is None
        time.sleep(0.05)
    owner.kill()
    owner.communicate()
    said, remarks = index.communicate(timeout=60)
    assert index.returncode == 0, remarks
    assert "42" in said.splitlines()[1]
    assert "Traceback" not in remarks


def test_what_a_killed_owner_left_behind_is_no_obstacle(data):
    child = owner_of(data)
    child.kill()
    child.communicate()
    assert address_file(data).exists()
    library = open_library(data, QUICK)
    try:
        assert isinstance(library, Here)
    finally:
        library.close()


def test_a_library_that_does_not_start_is_said_and_not_waited_for_for_ever(data, monkeypatch):
    monkeypatch.setattr(remote, "START_S", 2.0)
    data.mkdir()
    (data / "catalog.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(Exception, match=r"can't be opened|does not start"):
        connect(data)


def test_a_data_folder_that_can_not_be_used_is_named_with_a_remedy(tmp_path):
    (tmp_path / "a file").touch()
    not_utf8 = tmp_path / os.fsdecode(b"\xff")
    for place in (tmp_path / "a file", tmp_path / "a file" / "data", not_utf8):
        with pytest.raises(NeedsUser, match=r"--data|Move the file away"):
            open_library(place, QUICK)


def test_a_full_disk_is_named_and_no_bug(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("mounting takes the rights of root")
    try:
        (place / "data").mkdir()
        with suppress(OSError):
            (place / "fill").write_bytes(bytes(300_000))
        with pytest.raises(NeedsUser, match=r"full|No space"):
            open_library(place / "data", QUICK)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
