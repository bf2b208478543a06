"""One owner of a data folder, many callers: over real sockets and processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Client
from pathlib import Path

import psutil
import pytest
from PIL import Image

from nova_desktop import host, remote
from nova_desktop.errors import (
    BadInput,
    ErasedThere,
    Forbidden,
    Lost,
    NeedsUser,
    Stopped,
    TryLater,
)
from nova_desktop.events import Idle, Progress
from nova_desktop.here import Here
from nova_desktop.media import ffmpeg
from nova_desktop.model import State
from nova_desktop.query import Query
from nova_desktop.remote import Remote, connect, open_library
from nova_desktop.settings import Settings, address_file, save
from nova_desktop.stores.lance_errors import Unread

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


@pytest.mark.parametrize(
    ("raised", "kind", "says"),
    [
        (ErasedThere("It is gone there."), ErasedThere, "It is gone there."),
        (Forbidden("Not allowed."), Forbidden, "Not allowed."),
        (Stopped(), Stopped, "Stopped."),
        (Unread("It can't be read."), NeedsUser, "It can't be read."),  # of a layer of its own
    ],
)
def test_every_kind_of_error_stays_what_it_is(data, raised, kind, says):
    owner = open_library(data, QUICK)
    try:
        guest = open_library(data, QUICK)

        def refuse() -> None:
            raise raised

        owner.spent = refuse
        with pytest.raises(kind, match=says) as caught:
            guest.spent()
        assert type(caught.value) is kind
        guest.close()
    finally:
        owner.close()


def test_what_keeps_a_library_from_opening_is_said_at_once(data):
    open_library(data, QUICK).close()
    catalog = data / "catalog.sqlite"
    catalog.write_bytes(catalog.read_bytes()[:4096] + b"\xa5" * 40_000)
    began = time.monotonic()
    with pytest.raises(NeedsUser, match=r"catalog .* is damaged.*doctor --repair"):
        connect(data)
    assert time.monotonic() - began < remote.START_S / 2


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
        with pytest.raises(Lost):  # as when another process has taken its place
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
    monkeypatch.setattr(remote, "REFUSED", ())  # it ends without a word, again and again
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


def test_a_caller_who_says_nothing_holds_up_no_other(data):
    owner = open_library(data, QUICK)
    try:
        address = json.loads(address_file(data).read_text())["address"]
        silent = [Client(address) for _ in range(3)]  # no key, no word
        guest = open_library(data, QUICK)
        assert isinstance(guest, Remote)
        guest.close()
        for each in silent:
            each.close()
    finally:
        owner.close()


def test_what_is_no_call_ends_that_caller_alone(data):
    owner = open_library(data, QUICK)
    try:
        found = json.loads(address_file(data).read_text())
        with Client(found["address"], authkey=bytes.fromhex(found["key"])) as odd:
            odd.send_bytes(b"neither a call nor a pickle")
            with pytest.raises((EOFError, OSError)):
                odd.recv()
        guest = open_library(data, QUICK)
        assert guest.status().folders == ()
        guest.close()
    finally:
        owner.close()


def test_a_listener_who_does_not_take_events_neither_stops_nor_fills_the_library(data, monkeypatch):
    monkeypatch.setattr(host, "BEHIND", 10)
    owner = open_library(data, QUICK)
    try:
        guest = open_library(data, QUICK)
        taking, taken = threading.Event(), []

        def slow(event):
            taking.wait(30)
            taken.append(event)

        guest.subscribe(slow)
        many = "x" * 100_000  # more than a socket holds
        began = time.monotonic()
        for n in range(200):
            owner._publish(Progress(n, 200, many))
        owner._publish(Idle())
        assert time.monotonic() - began < 5.0
        taking.set()
        end = time.monotonic() + 10
        while not any(isinstance(event, Idle) for event in taken):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert len(taken) < 100
        done = [event.done for event in taken if isinstance(event, Progress)]
        assert done == sorted(done)
        guest.close()
    finally:
        owner.close()


def test_a_subscription_that_ended_is_told_nothing_and_others_go_on(data):
    owner = open_library(data, QUICK)
    try:
        guest = open_library(data, QUICK)
        first, second = [], []
        end = guest.subscribe(first.append)
        guest.subscribe(second.append)
        end()
        time.sleep(0.5)
        owner._publish(Idle())
        until = time.monotonic() + 5
        while Idle() not in second:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert first == []
        guest.close()
    finally:
        owner.close()


def test_a_host_that_ends_takes_no_caller_any_more(data, monkeypatch):
    owner = open_library(data, QUICK)
    try:
        guest = open_library(data, QUICK)
        assert not owner.server.end_if_alone()
        guest.close()
        monkeypatch.setattr(host, "ALONE_S", 0.0)
        end = time.monotonic() + 5
        while not owner.server.end_if_alone():
            assert time.monotonic() < end
            time.sleep(0.02)
        assert remote._join(data) is None
    finally:
        owner.close()


def test_a_data_folder_has_one_owner(data):
    owner = open_library(data, QUICK)
    with pytest.raises(TryLater, match="Another Nova Desktop"):
        Here(data, QUICK)
    thread = threading.Thread(target=owner.close)  # whoever closes it
    thread.start()
    thread.join()
    Here(data, QUICK).close()


def test_pausing_and_closing_in_the_middle_of_a_long_decoding_are_quick(data, tmp_path):
    film = tmp_path / "film.mkv"
    source = "testsrc2=size=1920x1080:rate=30:duration=40"
    made = [ffmpeg.programs("").ffmpeg, "-v", "error", "-f", "lavfi", "-i", source]
    subprocess.run([*made, "-c:v", "libx264", "-preset", "ultrafast", film], check=True)
    (tmp_path / "films").mkdir()
    film.rename(tmp_path / "films" / "film.mkv")
    owner = open_library(data, Settings(speech=False))
    try:
        owner.add_folder(tmp_path / "films")
        end = time.monotonic() + 60
        while not (busy := _started()):
            assert time.monotonic() < end
            time.sleep(0.05)
        time.sleep(1.5)  # into the middle of it
        owner.pause()
        end = time.monotonic() + 2.0
        while owner._indexer.intake._reading.tasks:
            assert time.monotonic() < end
            time.sleep(0.02)
        owner.resume()
        while not (busy := _started()):
            time.sleep(0.05)
        time.sleep(0.5)
    finally:
        began = time.monotonic()
        owner.close()
    assert time.monotonic() - began < 2.0
    assert psutil.wait_procs(busy, timeout=2)[1] == []


def _started() -> list[psutil.Process]:
    """What this process has started, but for Python's own keeper of semaphores."""
    running = psutil.Process().children(recursive=True)
    return [child for child in running if "resource_tracker" not in " ".join(child.cmdline())]
