"""The library's process dies, hangs, or meets an error of ours: the window says so and goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from nova_desktop import bug, remote
from nova_desktop.errors import Lost, NeedsUser
from nova_desktop.events import Crashed, Notice
from nova_desktop.query import Answer
from nova_desktop.settings import address_file
from nova_desktop.ui import link as link_module
from nova_desktop.ui.crash import Crashes
from nova_desktop.ui.manners import silence
from tests.ui.fake_library import hits

HOST = """
import sys, threading, time
from pathlib import Path
from nova_desktop import host
from tests.ui.fake_library import FakeLibrary, folder, hits
from nova_desktop.query import Answer

library = FakeLibrary()
library.folders = [folder(Path("/pictures"), indexed=3)]
library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
server = host.Server(library, Path(sys.argv[1]), alone=True)
time.sleep(60)
"""
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL, nor SIGSTOP")


@pytest.fixture
def hosts(monkeypatch):
    """The processes that were started to own a data folder, newest last."""
    started: list[subprocess.Popen[bytes]] = []

    def start(data: Path, settings_file: Path | None, said: object) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", HOST, str(data)], cwd=ROOT))
        return started[-1]

    monkeypatch.setattr(remote, "_start_host", start)
    yield started
    for one in started:
        one.kill()
        one.wait()


@pytest.fixture
def far(qtbot, build, hosts, tmp_path):
    """A window on a library in another process."""
    (tmp_path / "data").mkdir()
    window = build()
    with qtbot.waitSignal(window.link.status_known, timeout=20_000):
        window.open(lambda: remote.connect(tmp_path / "data"))
    return window


def test_a_library_that_is_killed_is_started_again_and_the_search_goes_on(qtbot, far, hosts):
    far.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: far.answer is not None and bool(far._question.parts))
    assert far.pages.currentWidget() is far.found
    hosts[0].kill()
    with qtbot.waitSignal(far.link.opened, timeout=20_000):
        qtbot.waitUntil(lambda: "opened again" in far.footer.line.text())
    assert len(hosts) == 2
    qtbot.waitUntil(lambda: "was started again. Nothing is lost" in far.notice.label.text())
    assert far.pages.currentWidget() is far.found
    far.search_box.line.setText("dog")
    with qtbot.waitSignal(far.search.answered):
        pass
    assert far.trouble.isHidden() or far.pages.currentWidget() is not far.trouble


def test_a_question_under_way_is_asked_again(qtbot, far, hosts, monkeypatch):
    os.kill(hosts[0].pid, signal.SIGSTOP)
    far.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: "find" in far.tasks.names())
    hosts[0].kill()
    qtbot.waitUntil(lambda: far.pages.currentWidget() is far.found, timeout=20_000)


def test_a_library_that_was_closed_by_its_command_is_opened_again_without_a_word(
    qtbot, far, hosts, tmp_path
):
    # As a command line does that had it open: it takes its address away, and ends.
    address_file(tmp_path / "data").unlink()
    hosts[0].kill()
    with qtbot.waitSignal(far.link.opened, timeout=20_000):
        pass
    assert not far.notice.isVisible()


def test_a_library_that_ends_again_and_again_is_left_alone_until_it_is_tried(
    qtbot, window, library, monkeypatch
):
    monkeypatch.setattr(link_module, "AGAIN_MS", 1)
    monkeypatch.setattr(link_module, "SOON_MS", 1)
    for at in range(link_module.LOSSES):
        qtbot.waitUntil(lambda: window.link.library is not None)
        window.link.lose()
        assert window.link.library is None
        assert (window.pages.currentWidget() is window.trouble) == (at == link_module.LOSSES - 1)
    assert "ends again and again" in window.trouble.text.text()
    window.trouble.button.click()
    qtbot.waitUntil(lambda: window.link.library is not None)


def test_a_library_that_hangs_can_be_started_again(qtbot, far, hosts, monkeypatch):
    monkeypatch.setattr(silence, "LONG_S", 0.2)
    monkeypatch.setattr(silence, "PATIENCE_S", 0.2)
    os.kill(hosts[0].pid, signal.SIGSTOP)
    far.verbs.rescan()

    def said() -> bool:
        far.silence.look()
        return far.notice.isVisible()

    qtbot.waitUntil(said)
    assert "does not answer" in far.notice.label.text()
    far.notice.button.click()
    with qtbot.waitSignal(far.link.opened, timeout=20_000):
        pass
    qtbot.waitUntil(lambda: hosts[0].poll() == -signal.SIGKILL)
    assert len(hosts) == 2


def test_a_library_that_was_only_slow_is_no_longer_said_to_hang(qtbot, far, hosts, monkeypatch):
    monkeypatch.setattr(silence, "LONG_S", 0.1)
    monkeypatch.setattr(silence, "PATIENCE_S", 0.1)
    os.kill(hosts[0].pid, signal.SIGSTOP)
    far.verbs.rescan()

    def said() -> bool:
        far.silence.look()
        return far.notice.isVisible()

    qtbot.waitUntil(said)
    os.kill(hosts[0].pid, signal.SIGCONT)
    qtbot.waitUntil(lambda: not far.notice.isVisible())
    assert len(hosts) == 1


def test_a_window_closes_at_once_while_the_library_hangs(qtbot, far, hosts):
    os.kill(hosts[0].pid, signal.SIGSTOP)
    for name in ("a", "b", "c", "d", "e"):
        far.link.do(name, lambda library: library.rescan())
    qtbot.wait(50)
    began_s = time.monotonic()
    far.close()
    far.shutdown()
    assert time.monotonic() - began_s < 2


def test_a_command_at_work_is_not_ended(tmp_path):
    address_file(tmp_path).write_text(json.dumps({"address": "x", "key": "00"}))
    assert remote.end_host(tmp_path) is False
    address_file(tmp_path).write_text("nonsense")
    assert remote.end_host(tmp_path) is False
    address_file(tmp_path).unlink()
    assert remote.end_host(tmp_path) is False


def test_an_error_in_the_librarys_process_is_reported_in_the_window(qtbot, window, library):
    crashes = Crashes(window)
    window.link.heard.connect(crashes.hear)
    library.tell(Crashed("Nova Desktop, and what happened"))
    qtbot.waitUntil(lambda: crashes.dialog is not None and crashes.dialog.isVisible())
    assert "what happened" in crashes.dialog.report.toPlainText()
    crashes.dialog.close()
    crashes.close()
    library.answer = Answer(hits(Path("/a/cat.jpg")), 0.02)
    window.search_box.line.setText("cat")
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.found)


def test_what_the_library_wants_to_be_read_once_is_shown(qtbot, window, library):
    library.tell(Notice("Folders can't all be watched: raise the limit."))
    qtbot.waitUntil(window.notice.isVisible)
    assert "raise the limit" in window.notice.label.text()


def test_a_thread_of_the_library_that_breaks_tells_its_callers(tmp_path, monkeypatch):
    from nova_desktop.here import Here
    from nova_desktop.settings import Settings

    monkeypatch.setattr(threading, "excepthook", lambda args: None)
    heard: list[object] = []
    with_library = Here(tmp_path / "data", Settings(), alone=True)
    try:
        with_library.subscribe(heard.append)
        monkeypatch.setattr(threading, "excepthook", with_library.threads_hook)
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
    finally:
        with_library.close()
    (crashed,) = (event for event in heard if isinstance(event, Crashed))
    assert "ZeroDivisionError" in crashed.report


def test_an_error_of_ours_while_opening_is_reported_and_can_be_tried_again(
    qtbot, build, library, monkeypatch
):
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    window = build()
    crashes = Crashes(window)
    attempts = []

    def connect():
        attempts.append(1)
        if len(attempts) == 1:
            raise RuntimeError("no such column")
        return library

    window.open(connect)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.trouble)
    qtbot.waitUntil(lambda: crashes.dialog is not None)
    assert "no such column" in crashes.dialog.report.toPlainText()
    crashes.dialog.close()
    crashes.close()
    window.trouble.button.click()
    qtbot.waitUntil(lambda: window.link.library is not None)


def test_losing_the_library_is_no_refusal(window):
    window.verbs.tell(Lost())
    assert not window.notice.isVisible()
    window.verbs.tell(NeedsUser("Do it."))
    assert window.notice.isVisible()


def test_a_report_holds_no_secret_and_no_home(monkeypatch):
    monkeypatch.setenv("HOME", "/home/anna")
    secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    try:
        raise ValueError(
            f"/home/anna/Pictures/a.jpg and /media/anna/USB, AKIAIOSFODNN7EXAMPLE, {secret}, "
            "aws_session_token=IQoJb3JpZ2luX2VjEJ, https://anna:hunter22@proxy.example/, "
            "password: 'correct horse'"
        )
    except ValueError as e:
        said = bug.told(e)
    for private in ("anna", "AKIA", secret, "IQoJ", "hunter22", "correct"):
        assert private not in said
    assert "~/Pictures/a.jpg" in said
    assert "test_never_stalls.py" in said
    assert "ValueError" in said


def test_hashes_paths_and_words_stay_in_a_report():
    text = "ab3f" * 16 + " nova_desktop/library/index.py tokens=12 secret=None key 0123456789abcdef"
    assert bug.private(text) == text
