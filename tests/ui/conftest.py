"""A window on a fake library, without a display."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from nova_desktop.ui.window import Window
from tests.ui.fake_library import FakeLibrary, folder


@pytest.fixture
def library() -> FakeLibrary:
    """With one folder in it."""
    made = FakeLibrary()
    made.folders = [folder(Path("/pictures"), indexed=3)]
    return made


@pytest.fixture
def build(qtbot, tmp_path) -> Iterator[Callable[..., Window]]:
    """Builds shown windows that are not opened on a library yet, and ends them."""
    windows: list[Window] = []

    def make(resized: bool = True) -> Window:
        window = Window(tmp_path / "data")
        windows.append(window)
        qtbot.addWidget(window)
        if resized:
            window.resize(1280, 800)
        with qtbot.waitSignal(window.painted):
            window.show()
        return window

    yield make
    for window in windows:
        window.close()
        window.shutdown()


@pytest.fixture
def window(qtbot, build, library) -> Window:
    """Shown, and opened on the fake library."""
    made = build()
    with qtbot.waitSignal(made.link.status_known):
        made.open(lambda: library)
    return made


@pytest.fixture(scope="session")
def clip(tmp_path_factory) -> Path:
    """Six seconds of video with sound: red, then from 3 s on blue."""
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    path = tmp_path_factory.mktemp("clip") / "red then blue.mp4"
    command = ["ffmpeg", "-v", "error"]
    for color in ("red", "blue"):
        command += ["-f", "lavfi", "-i", f"color={color}:size=160x120:rate=25:duration=3"]
    command += ["-f", "lavfi", "-i", "sine=frequency=440:duration=6"]
    command += ["-filter_complex", "[0][1]concat=n=2:v=1[v]", "-map", "[v]", "-map", "2"]
    command += ["-pix_fmt", "yuv420p", "-g", "25", str(path)]
    subprocess.run(command, check=True)
    return path
