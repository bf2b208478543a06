"""A window on a fake library, without a display."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from shiboken6 import isValid

from nova_desktop.spending import FurtherStatus
from nova_desktop.ui.nova.sending import Sending
from nova_desktop.ui.window import Window
from tests.ui.fake_library import FakeLibrary, folder
from tests.ui.stage import Stage


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


@pytest.fixture
def search(qtbot) -> Callable[[Window, str], None]:
    """Types a question, and waits for the results of just that."""

    def run(window: Window, text: str) -> None:
        window.search_box.line.setText(text)
        qtbot.waitUntil(lambda: bool(window.search.query and window.search.query.parts))
        qtbot.waitUntil(lambda: window.showing.query == window.search.query)
        qtbot.waitUntil(lambda: window.pages.currentWidget() is window.found)
        qtbot.waitUntil(window.found.settled)

    return run


@pytest.fixture
def no_aws(monkeypatch, tmp_path) -> Path:
    """The configuration of AWS with two profiles of nobody's, and no way to the real service."""
    config = tmp_path / "aws-config"
    config.write_text("[profile home]\nregion = us-east-1\n[profile work]\nregion = eu-west-1\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    return config


@pytest.fixture
def dialog(qtbot, window, library, no_aws) -> Sending:
    """The dialog of Amazon Nova, which is chosen, on the page of folders."""
    window.settings_file = no_aws.with_name("settings.toml")
    library.further = FurtherStatus("fake", "Amazon Nova in a test.", 1, 2, 0, "", ())
    with qtbot.waitSignal(window.link.status_known):
        window.link.refresh()
    window.menus.sending.trigger()
    made = window.verbs.sending
    qtbot.waitUntil(lambda: made.allowing.folders.topLevelItemCount() == 1)
    qtbot.waitUntil(lambda: made.account.check.isEnabled(), timeout=20_000)
    return made


@pytest.fixture
def stage(qtbot, build, library, clip, no_aws, tmp_path) -> Iterator[Stage]:
    """A window that is not opened yet, for a page of the walk."""
    library.folders = []
    files = tmp_path / "files"
    files.mkdir()
    made = Stage(qtbot, build(), library, clip, no_aws.with_name("settings.toml"), files)
    yield made
    for dialog in made.dialogs:
        if isValid(dialog):
            dialog.close()


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
