"""What holds for every test: no window on a real screen, and no trace in the user's own data."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="DIR", help="keep a picture of every page here")


@pytest.fixture
def pictures(pytestconfig: pytest.Config) -> Path | None:
    """Where pictures of the window are kept; None: nowhere."""
    if not (named := pytestconfig.getoption("pictures")):
        return None
    place = Path(named)
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture(autouse=True)
def own_data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of this test alone, and a settings file that is not there.

    What is cached is the same for all, so they share it.
    """
    data = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp().parent / "cache"))
    monkeypatch.setenv("NOVA_DESKTOP_DATA", str(data))
    monkeypatch.setenv("NOVA_DESKTOP_SETTINGS", str(data / "settings" / "settings.toml"))
    return data


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """What a test does to logging and to the last hooks ends with it."""
    root = logging.getLogger()
    before = list(root.handlers), root.level, sys.excepthook, threading.excepthook
    yield
    for handler in [h for h in root.handlers if h not in before[0]]:
        root.removeHandler(handler)
        handler.close()
    logging.captureWarnings(False)
    root.setLevel(before[1])
    sys.excepthook, threading.excepthook = before[2:]
