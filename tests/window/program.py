"""Nova Desktop as it is started by a user, on a screen of the tests'."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil

from tests.window.other_program import PLACE
from tests.window.screen import PATIENCE_S, Box, Screen, wait_until

ROOT = Path(__file__).parents[2]
PLACED = Box(0, 0, 1230, 860)  # beside the other program
DROP_AT = (PLACE[0] + PLACE[2] // 2, PLACE[1] + PLACE[3] // 2)


class Other:
    """The other program's process."""

    def __init__(self, screen: Screen) -> None:
        self._child = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("other_program.py"))],
            env=screen.surroundings(PYTHONPATH=str(ROOT)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        wait_until(lambda: bool(screen.windows("Another program")), "the other program")

    def ask(self, *command: object) -> Any:
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write(json.dumps(command) + "\n")
        self._child.stdin.flush()
        return json.loads(self._child.stdout.readline())

    def close(self) -> None:
        self._child.communicate(timeout=10)


class Program:
    """The real program; everything asked of it goes by way of the screen."""

    def __init__(self, screen: Screen, data: Path, settings: Path) -> None:
        self.screen, self.data = screen, data
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "nova_desktop"),
                *("--data", str(data), "--settings", str(settings)),
            ],
            env=screen.surroundings(PYTHONPATH=str(ROOT), NOVA_DESKTOP_DATA=str(data)),
            cwd=ROOT,
        )
        wait_until(lambda: bool(screen.windows("Nova Desktop")), "the window")
        (self.window,) = screen.windows("Nova Desktop")
        screen.do("windowmove", self.window, PLACED.left, PLACED.top)
        screen.do("windowsize", "--sync", self.window, PLACED.width, PLACED.height)
        screen.do("windowactivate", "--sync", self.window)

    def processes(self) -> list[psutil.Process]:
        """The program with all that it started, wherever that hangs now."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("NOVA_DESKTOP_DATA") == str(self.data):
                    found.append(process)
            except (psutil.Error, OSError):
                continue  # it has ended, or is somebody else's
        return found

    def search(self, text: str) -> None:
        """From wherever the keyboard is: to the box, in place of what stands there."""
        self.screen.key("ctrl+f", "ctrl+a")
        self.screen.type(text)

    def wait_for_end(self, patience_s: float = PATIENCE_S) -> int:
        return self.process.wait(patience_s)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
