"""A display of the tests' own: an X server in memory with a window manager, hands, and eyes."""

from __future__ import annotations

import os
import struct
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 1400, 900
PATIENCE_S = 30.0  # two cores may be busy with other tests
LOOK_S = 0.05
Colour: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the screen, in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.left + self.width // 2, self.top + self.height // 2


class Screen:
    """Ends the server with everything on it when it is closed."""

    def __init__(self, folder: Path) -> None:
        self._picture = folder / "Xvfb_screen0"
        self._children: list[subprocess.Popen[bytes]] = []
        reading, writing = os.pipe()
        self._start(
            [
                *("Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-noreset"),
                *("-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder)),
            ],
            pass_fds=(writing,),
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb has not started; its own words are above.")
        self.name = f":{number}"
        self._start(["openbox", "--sm-disable"])
        # The number of desktops is the window manager's to tell.
        wait_until(lambda: self.do("get_num_desktops", check=False) != "", "a window manager")

    def surroundings(self, **more: str) -> dict[str, str]:
        """The environment of a program on this screen, without this session's own helpers."""
        left_out = ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_QPA_PLATFORM")
        kept = {name: value for name, value in os.environ.items() if name not in left_out}
        return {**kept, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb", **more}

    def do(self, *words: object, check: bool = True) -> str:
        """Runs xdotool; what it answers."""
        ran = subprocess.run(
            ["xdotool", *map(str, words)],
            env={**os.environ, "DISPLAY": self.name},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
        if check and ran.returncode:
            raise RuntimeError(f"xdotool {words}: {ran.stderr.strip()}")
        return ran.stdout.strip()

    def windows(self, name: str) -> list[str]:
        """The ids of the visible windows of which the whole title is this."""
        return self.do("search", "--onlyvisible", "--name", f"^{name}$", check=False).split()

    def key(self, *keys: str) -> None:
        """Presses keys by X's names, such as ctrl+f."""
        self.do("key", "--clearmodifiers", "--delay", 20, *keys)

    def type(self, text: str) -> None:
        """Types as fast as a fast typist."""
        self.do("type", "--delay", 30, text)

    def click(self, at: tuple[int, int], times: int = 1) -> None:
        self.do("mousemove", *at, "click", "--repeat", times, "--delay", 60, 1)

    def drag(self, start: tuple[int, int], stop: tuple[int, int]) -> None:
        """Drags from here to there as a hand does, and waits before it lets go."""
        words: list[object] = ["mousemove", *start, "sleep", 0.2, "mousedown", 1, "sleep", 0.2]
        for step in range(1, 13):
            x, y = (a + (b - a) * step // 12 for a, b in zip(start, stop, strict=True))
            words += ["mousemove", x, y, "sleep", 0.04]
        self.do(*words, "sleep", 0.6, "mouseup", 1)

    def picture(self) -> np.ndarray:
        """What is seen now: RGB, shape (height, width, 3)."""
        raw = self._picture.read_bytes()
        # X Window Dump, version 7: a header of big-endian numbers, a table of colours, the pixels.
        header = struct.unpack(">25I", raw[:100])
        size, height, line, colours = header[0], header[5], header[12], header[19]
        start = size + 12 * colours
        pixels = np.frombuffer(raw, np.uint8, height * line, start).reshape(height, -1, 4)
        order = [2, 1, 0] if header[7] == 0 else [1, 2, 3]  # the byte order of a pixel
        return pixels[:, :WIDTH, order]

    def save(self, path: Path) -> None:
        """Keeps what is seen now as a PNG."""
        Image.fromarray(self.picture()).save(path)

    def find(self, colour: Colour, within: Box | None = None, least: int = 400) -> Box | None:
        """Around all that has this colour, when there are at least so many pixels of it."""
        seen = self.picture().astype(np.int16)
        near = np.abs(seen - np.array(colour)).max(axis=2) < 48
        if within:
            outside = np.ones_like(near)
            outside[
                within.top : within.top + within.height, within.left : within.left + within.width
            ] = False
            near &= ~outside
        if near.sum() < least:
            return None
        # By the middle of what is there, so that a stray pixel elsewhere does not move it.
        rows, columns = np.nonzero(near)
        left, right = np.percentile(columns, (1, 99)).astype(int)
        top, bottom = np.percentile(rows, (1, 99)).astype(int)
        return Box(int(left), int(top), int(right - left), int(bottom - top))

    def wait_for(self, colour: Colour, within: Box | None = None) -> Box:
        """As `find`, once it is there and stays where it is."""
        found: list[Box | None] = [None, None]

        def settled() -> bool:
            found[:] = [found[1], self.find(colour, within)]
            return found[1] is not None and found[0] == found[1]

        wait_until(settled, f"the colour {colour} on the screen")
        assert found[1]
        return found[1]

    def close(self) -> None:
        for child in reversed(self._children):
            child.terminate()
            child.wait(10)

    def _start(self, command: list[str], pass_fds: Iterable[int] = ()) -> None:
        child = subprocess.Popen(
            command,
            env={**os.environ, "DISPLAY": getattr(self, "name", "")},
            stdin=subprocess.DEVNULL,
            pass_fds=tuple(pass_fds),
        )
        self._children.append(child)


def wait_until(true: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Looks again and again; AssertionError when it does not come true."""
    until = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < until, f"waited {patience_s:.0f} s for {what}"
        time.sleep(LOOK_S)


def again_until(act: Callable[[], object], true: Callable[[], bool], what: str) -> None:
    """Acts up to three times: on a busy machine a drop may come before its target has answered."""
    for last in (False, False, True):
        act()
        try:
            wait_until(true, what, PATIENCE_S if last else 5)
        except AssertionError:
            if last:
                raise
        else:
            return
