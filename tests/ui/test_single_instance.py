"""One window a data folder: later starts hand over what they were asked, and end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QMessageBox

from nova_desktop.errors import TryLater
from nova_desktop.ui.manners.doing import do
from nova_desktop.ui.manners.errand import Errand, errand_for, errand_of
from nova_desktop.ui.manners.instance import Instance, address


@pytest.fixture
def data(tmp_path) -> Path:
    made = tmp_path / "data"
    made.mkdir()
    return made


@pytest.fixture
def first(qtbot, data):
    made = Instance(data)
    assert made.first()
    made.listen()
    yield made
    made.close()


LATER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from nova_desktop.ui.manners.doing import do
from nova_desktop.ui.manners.errand import errand_of
from nova_desktop.ui.manners.instance import Instance

app = QCoreApplication([])
one = Instance(Path(sys.argv[1]))
sys.exit(0 if not one.first() and one.hand_over(errand_of(sys.argv[2])) else 1)
"""


def later(qtbot, data: Path, errand: Errand) -> bool:
    """Whether another process could hand it over."""
    process = subprocess.Popen([sys.executable, "-c", LATER, str(data), errand.message()])
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
    return process.returncode == 0


def test_a_later_start_hands_over_files_folders_and_words(qtbot, first, data, tmp_path):
    (tmp_path / "a cat.jpg").touch()
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/not \xff text")
    errand = errand_for([str(tmp_path / "a cat.jpg"), odd, str(tmp_path)], "words")
    assert errand.folders == (str(tmp_path),)
    heard = []
    first.asked.connect(heard.append)
    assert not Instance(data).first()
    assert later(qtbot, data, errand)
    assert heard == [errand]
    assert heard[0].files == (str(tmp_path / "a cat.jpg"), odd)


def test_addresses_of_files_are_taken_as_desktops_write_them(tmp_path):
    file = tmp_path / "käse & 100%.jpg"
    assert errand_for([file.as_uri()]).files == (str(file),)


def test_another_data_folder_has_a_window_of_its_own(qtbot, first, tmp_path):
    (tmp_path / "other").mkdir()
    other = Instance(tmp_path / "other")
    assert other.first()
    other.close()


def test_when_the_first_one_ends_the_next_is_first(qtbot, first, data):
    first.close()
    again = Instance(data)
    assert again.first()
    again.close()


def test_what_a_killed_window_left_behind_stops_nobody(qtbot, data):
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from nova_desktop.ui.manners.instance import Instance\n"
        "app = QCoreApplication([])\n"
        "one = Instance(Path(sys.argv[1])); assert one.first(); one.listen()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(data)], check=False)
    assert (data / "window.lock").exists()
    if os.name == "posix":
        assert (data / "window.socket").exists()
    one = Instance(data)
    assert one.first()
    one.listen()
    assert later(qtbot, data, Errand(query="x"))
    one.close()


def test_a_lock_whose_holder_is_no_window_is_taken_over(qtbot, data, monkeypatch):
    monkeypatch.setattr("nova_desktop.ui.manners.instance.COMES_UP_S", 0.3)
    # The number of a killed window was given to another Python, which listens to nobody.
    holder = Instance(data)
    assert holder.first()
    one = Instance(data)
    assert not one.first()
    assert one.hand_over(Errand()) is False
    assert not Instance(data).first()  # it is ours now
    one.close()


@pytest.mark.skipif(os.name == "nt", reason="a socket that nobody reads is made the Unix way")
def test_a_window_that_hangs_is_said_to(qtbot, data, monkeypatch):
    import socket

    monkeypatch.setattr("nova_desktop.ui.manners.instance.ANSWER_MS", 300)
    holder = Instance(data)
    assert holder.first()
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(address(data))
        deaf.listen()
        with pytest.raises(TryLater, match="running already, and does not answer"):
            Instance(data).hand_over(Errand(query="x"))
    holder.close()


NONSENSE = (
    *(b"", b"\n", b"{}\n", b"[]\n", b"nonsense\n", b"\xff\xfe\n", b'{"files": 3}\n'),
    b"[" * 9999 + b"\n",
)


def test_a_message_of_another_program_is_no_errand(qtbot, first, data):
    heard = []
    first.asked.connect(heard.append)
    for message in NONSENSE:
        with pytest.raises((ValueError, RecursionError)):
            errand_of(message)
        socket = QLocalSocket()
        socket.connectToServer(address(data))
        assert socket.waitForConnected(2000)
        socket.write(message)
        socket.flush()
        socket.close()
    assert later(qtbot, data, Errand(query="after it"))
    assert [errand.query for errand in heard] == ["after it"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has pipes, without paths")
def test_a_long_data_folder_is_reached_elsewhere(qtbot, tmp_path):
    deep = tmp_path / ("x" * 60) / ("y" * 60)
    assert len(os.fsencode(address(deep))) <= 100
    assert address(deep) != address(deep / "z")
    assert address(tmp_path) == str(tmp_path / "window.socket") or len(str(tmp_path)) > 80


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
def test_only_its_user_reaches_the_window(qtbot, first, data):
    assert Path(address(data)).stat().st_mode & 0o077 == 0


def test_the_window_searches_by_the_files_and_offers_the_folders(qtbot, window, library, tmp_path):
    file, folder = tmp_path / "a.jpg", tmp_path / "more"
    file.touch()
    folder.mkdir()
    window.search_box.line.setText("before")
    do(errand_for([str(file), str(folder)], "two\nlines"), window)
    qtbot.waitUntil(lambda: bool(library.queries) and len(library.queries[-1].parts) == 2)
    assert library.queries[-1].parts[1].text == "two lines"
    assert library.queries[-1].parts[0].path == file
    (question,) = window.findChildren(QMessageBox)
    assert str(folder) in question.informativeText()
    assert ("add_folder", folder) not in library.calls
    next(it for it in question.buttons() if it.text() == "Add").click()
    qtbot.waitUntil(lambda: ("add_folder", folder) in library.calls)


WINDOW = """
import sys, threading
from pathlib import Path
from nova_desktop.ui import app
from nova_desktop.ui.manners.doing import do
from nova_desktop.ui.manners.errand import errand_for
from tests.ui.fake_library import FakeLibrary

made = FakeLibrary()
def find(query, find=made.find):
    print("searched", query.parts[-1].text or query.parts[0].path, flush=True)
    return find(query)
made.find = find
print("ended", app.run(lambda: made, errand=errand_for(sys.argv[1:2])), flush=True)
"""


def test_two_real_starts_are_one_window(qtbot, tmp_path):
    picture = tmp_path / "cat.jpg"
    picture.touch()
    environment = os.environ | {"NOVA_DESKTOP_DATA": str(tmp_path / "data")}
    (tmp_path / "data").mkdir()
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", WINDOW]
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE) as running:
        try:
            deadline = time.monotonic() + 20
            while not (tmp_path / "data" / "window.lock").exists():
                assert time.monotonic() < deadline
                time.sleep(0.05)
            second = subprocess.run(
                [*command, str(picture)],
                cwd=root,
                env=environment,
                capture_output=True,
                timeout=60,
                check=True,
            )
            assert second.stdout == b"ended 0\n"
            assert running.stdout is not None
            assert running.stdout.readline().decode() == f"searched {picture}\n"
        finally:
            running.terminate()
