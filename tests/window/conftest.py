"""A screen, a small library that is really indexed, and the program on both."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.window.program import ROOT, Other, Program
from tests.window.screen import Colour, Screen

RED: Colour = (255, 0, 0)
GREEN: Colour = (0, 200, 0)
BLUE: Colour = (0, 0, 255)
YELLOW: Colour = (255, 255, 0)
NEEDED = ("Xvfb", "openbox", "xdotool", "ffmpeg")

# Of the film; what lies this far apart is found as two moments.
SUBTITLES = """1
00:00:00,500 --> 00:00:04,000
a windmill turns

2
00:00:20,200 --> 00:00:24,500
the kingfisher dives
"""


@dataclass(frozen=True)
class Library:
    """Watched files whose colours tell them apart, and the index of them."""

    files: Path
    data: Path
    settings: Path


@pytest.fixture(scope="session", autouse=True)
def _needed() -> None:
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        # Not skipped: packaging/test installs them, and a suite that nobody runs proves nothing.
        pytest.fail(f"These programs are missing: {', '.join(missing)}.", pytrace=False)


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    with contextlib.closing(Screen(tmp_path_factory.mktemp("screen"))) as made:
        yield made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, Any]:
    """A test that fails keeps a picture of what was on the screen, and says where."""
    report = yield
    screen = getattr(item, "funcargs", {}).get("screen")
    if report.when == "call" and report.failed and isinstance(screen, Screen):
        path = Path(item.funcargs["tmp_path"], "screen.png")
        screen.save(path)
        report.sections.append(("what was on the screen", str(path)))
    return report


@pytest.fixture(autouse=True)
def _pictured(screen: Screen, tmp_path: Path) -> None:
    """Every test has both, for the picture of a failure."""


@pytest.fixture(scope="session")
def other(screen: Screen) -> Iterator[Other]:
    with contextlib.closing(Other(screen)) as made:
        yield made


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Indexed once a session, by the command line."""
    place = tmp_path_factory.mktemp("library")
    made = Library(place / "files", place / "data", place / "settings.toml")
    made.files.mkdir()
    _paint(made.files / "tomato.png", "red")
    _paint(made.files / "meadow.png", "0x00c800")
    _film(made.files / "river.mp4")
    (made.files / "river.srt").write_text(SUBTITLES)
    (made.files / "harbour.txt").write_text("The ferry leaves the harbour at seven.\n")
    made.settings.write_text("ocr = false\ntags = false\nspeech = false\n")
    subprocess.run(
        [
            *(sys.executable, "-m", "nova_desktop", "index", str(made.files)),
            *("--data", str(made.data), "--settings", str(made.settings)),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=True,
        timeout=180,
    )
    return made


@pytest.fixture(scope="session")
def shown(screen: Screen, library: Library) -> Iterator[Program]:
    """The program that most tests share: a start takes seconds."""
    with contextlib.closing(Program(screen, library.data, library.settings)) as made:
        yield made


@pytest.fixture
def program(shown: Program) -> Program:
    """In front, with nothing asked and nothing chosen."""
    shown.screen.do("windowactivate", "--sync", shown.window)
    shown.screen.key("ctrl+f", "Escape")
    return shown


@pytest.fixture
def start(screen: Screen, library: Library, tmp_path: Path) -> Iterator[Callable[[], Program]]:
    """Starts the program on a copy of the index, for what ends it."""
    started: list[Program] = []

    def begin() -> Program:
        data = tmp_path / "index"
        shutil.copytree(library.data, data)
        started.append(Program(screen, data, library.settings))
        return started[-1]

    yield begin
    for one in started:
        one.close()


def _paint(path: Path, colour: str) -> None:
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"color={colour}:size=640x480"]
    subprocess.run([*command, "-frames:v", "1", str(path)], check=True)


def _film(path: Path) -> None:
    """Red for 20 s, blue for 3 s, yellow for 12 s: the colour tells the position."""
    command = ["ffmpeg", "-v", "error"]
    for colour, seconds in (("red", 20), ("blue", 3), ("yellow", 12)):
        command += ["-f", "lavfi", "-i", f"color={colour}:size=320x240:rate=25:duration={seconds}"]
    command += ["-filter_complex", "[0][1][2]concat=n=3:v=1[v]", "-map", "[v]"]
    command += ["-pix_fmt", "yuv420p", "-g", "25", str(path)]
    subprocess.run(command, check=True)
