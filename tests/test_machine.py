"""What is asked of the computer: a battery, a bus and a real screen; what is silent is unknown."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import namedtuple
from unittest.mock import ANY

import psutil
import pytest

from nova_desktop import machine
from nova_desktop.machine import ThisMachine
from nova_desktop.share import Share
from nova_desktop.upkeep import Around

Battery = namedtuple("Battery", "percent secsleft power_plugged")  # as psutil's


@pytest.fixture
def bus(tmp_path, monkeypatch):
    """Has `busctl` answer what is given, whatever it is asked."""

    def answers(said: str) -> None:
        program = tmp_path / "bin" / "busctl"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n{said}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
        monkeypatch.setattr(sys, "platform", "linux")

    return answers


@pytest.mark.parametrize(
    ("battery", "expected"),
    [
        (None, None),
        (Battery(50, 600, None), None),
        (Battery(50, 600, False), True),
        (Battery(50, 600, True), False),
    ],
)
def test_a_battery_is_known_where_there_is_one(monkeypatch, battery, expected):
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    assert machine.on_battery() is expected


def test_a_battery_whose_driver_is_broken_is_not_known(monkeypatch):
    def broken():
        raise OSError(19, "No such device")

    monkeypatch.setattr(psutil, "sensors_battery", broken, raising=False)
    assert machine.on_battery() is None


@pytest.mark.skipif(os.name != "posix", reason="a shell stands in for the bus")
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("echo u 1", True),
        ("echo u 3", True),
        ("echo u 2", False),
        ("echo u 4", False),
        ("echo u 0", None),
        ("echo 'Failed to connect' >&2; exit 1", None),
        ("echo what", None),
        ("exec sleep 20", None),
    ],
)
def test_a_paid_network_is_what_networkmanager_says(bus, said, expected):
    bus(said)
    began = time.monotonic()
    assert machine.metered() is expected
    assert time.monotonic() - began < 5


@pytest.mark.skipif(os.name != "posix", reason="a shell stands in for the bus")
def test_the_bus_is_not_asked_again_and_again(bus, tmp_path, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    bus("echo t 4000")
    this = ThisMachine(Share([]), tmp_path)
    assert this.around().untouched_s == 4.0
    for _ in range(5):
        this.around()
    assert len((tmp_path / "asked").read_text().splitlines()) == 2


def test_without_a_screen_and_a_bus_it_is_not_known(monkeypatch, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(psutil, "sensors_battery", lambda: None, raising=False)
    if sys.platform != "win32":
        assert ThisMachine(Share([]), tmp_path).around() == Around(free_bytes=ANY)


WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.show()
QTimer.singleShot(1500, window.showFullScreen)
app.exec()
"""


@pytest.fixture
def display(tmp_path):
    """A display of its own with a window manager."""
    for program in ("Xvfb", "openbox"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "640x480x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as said:
        name = f":{said.readline().strip()}"
    environment = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
    manager = subprocess.Popen(
        ["openbox"], env=environment, stderr=subprocess.DEVNULL, cwd=tmp_path
    )
    yield environment
    for process in (manager, server):
        process.terminate()
        process.wait(10)


def test_a_program_that_fills_a_real_screen_is_seen(display, monkeypatch):
    from nova_desktop.screen_x11 import Screen

    monkeypatch.setenv("DISPLAY", display["DISPLAY"])
    screen = Screen()

    def becomes(expected: bool) -> None:
        deadline = time.monotonic() + 20
        while screen.full() is not expected:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    becomes(False)
    shown = subprocess.Popen([sys.executable, "-c", WINDOW], env=display, stderr=subprocess.DEVNULL)
    try:
        becomes(True)
    finally:
        shown.kill()
        shown.wait(10)
    becomes(False)


def test_a_display_that_has_gone_is_not_known(monkeypatch):
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux has them")
    from nova_desktop.screen_x11 import Screen

    monkeypatch.setenv("DISPLAY", ":9999")
    screen = Screen()
    assert screen.full() is None
    assert screen.untouched_s() is None
