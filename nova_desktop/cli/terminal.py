"""Text for a terminal or a pipe: safe names, aligned tables, and progress that adds up."""

from __future__ import annotations

import json
import shutil
import sys
import time
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from nova_desktop.events import Progress

_NO_COLUMN = frozenset(("Mn", "Me", "Cf"))  # marks on other letters, and what joins them
JOINERS = "\u200c\u200d"  # zero width, and part of words and of emoji
PLAIN_PAUSE_S = 5.0  # between two lines of progress in a pipe
BAR_WIDTH = 24  # characters


def plain(text: str) -> str:
    """`text` on one line and without effect on a terminal.

    Control characters, line breaks, marks that turn the direction of writing, and bytes that are
    not UTF-8 are shown as escapes.
    """
    return "".join(
        c if c.isprintable() or c in JOINERS or unicodedata.category(c) == "Zs" else _escape(c)
        for c in text
    )


def _escape(c: str) -> str:
    if "\udc80" <= c <= "\udcff":  # how Python keeps a byte of a name that is not UTF-8
        return f"\\x{ord(c) - 0xDC00:02x}"
    return c.encode("unicode_escape").decode("ascii")


def width(text: str) -> int:
    """Columns that a terminal needs: two for wide letters, none for marks on other letters."""
    return sum(
        0
        if unicodedata.category(c) in _NO_COLUMN
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def table(rows: Iterable[Sequence[str | int]]) -> list[str]:
    """Lines with aligned columns: numbers to the right, text to the left."""
    kept = [tuple(row) for row in rows]
    if not kept:
        return []
    widths = [max(width(str(cell)) for cell in column) for column in zip(*kept, strict=True)]
    right = [any(isinstance(cell, int) for cell in column) for column in zip(*kept, strict=True)]

    def line(row: Sequence[str | int]) -> str:
        cells = []
        for cell, wide, to_right in zip(row, widths, right, strict=True):
            pad = " " * (wide - width(str(cell)))
            cells.append(pad + str(cell) if to_right else str(cell) + pad)
        return "  ".join(cells).rstrip()

    return [line(row) for row in kept]


def clock(seconds: float) -> str:
    """A moment as m:ss or h:mm:ss, cut to the second that it is in."""
    minutes, second = divmod(int(max(0.0, seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


@dataclass
class Terminal:
    """Where a command prints: answers to `out`; progress, remarks and errors to `err`."""

    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    in_: TextIO = field(default_factory=lambda: sys.stdin)
    json: bool = False  # a program reads the answer: what is for people goes to `err`
    _bar: int = 0  # columns of the bar that is on the line now
    _said: float = float("-inf")  # when the last line of progress was printed

    def answer(self, value: object, *, line: bool = False) -> bool:
        """Prints the answer where a program reads it, as JSON; False where a person does.

        One JSON value a command; `watch` prints a `line` for each event.
        """
        if self.json:
            from nova_desktop.as_json import as_json

            self.clear()
            self.out.write(json.dumps(as_json(value), indent=None if line else 2) + "\n")
            self.out.flush()
        return self.json

    def print(self, text: str = "") -> None:
        """A line of what a person is told."""
        if self.json:
            self.remark(text)
            return
        self.clear()
        self.out.write(text + "\n")
        self.out.flush()

    def remark(self, text: str) -> None:
        self.clear()
        self.err.write(text + "\n")
        self.err.flush()

    def agrees(self, question: str) -> bool:
        """Asks a person for yes or no; in a pipe nobody can be asked, so it is no."""
        if not self.in_.isatty():
            return False
        asks = self.err if self.json else self.out
        asks.write(f"{question} [y/N] ")
        asks.flush()
        return self.in_.readline().strip().lower() in ("y", "yes")

    def progress(self, progress: Progress, now: float | None = None) -> None:
        """A bar that is redrawn on a terminal; a line now and then in a pipe."""
        now = time.monotonic() if now is None else now
        if self.err.isatty():
            self._draw(progress)
        elif now - self._said >= PLAIN_PAUSE_S:
            self._said = now
            self.remark(_numbers(progress))

    def share(self, done: int, total: int) -> None:
        """How much of something is done; on a terminal alone."""
        if self.err.isatty():
            self.clear()
            filled = BAR_WIDTH * done // max(1, total)
            line = f"[{'#' * filled:<{BAR_WIDTH}}] {100 * done // max(1, total)} %"
            self.err.write(line)
            self.err.flush()
            self._bar = width(line)

    def clear(self) -> None:
        """Takes the bar off the line, so that something can be printed on it."""
        if self._bar:
            self.err.write("\r" + " " * self._bar + "\r")
            self._bar = 0

    def _draw(self, progress: Progress) -> None:
        columns = shutil.get_terminal_size().columns - 1
        filled = BAR_WIDTH * progress.done // progress.total if progress.total else 0
        line = f"[{'#' * filled:<{BAR_WIDTH}}] {_numbers(progress)}"
        if progress.current:
            line += "  " + plain(progress.current)
        while width(line) > columns:
            line = line[:-1]
        self.clear()
        self.err.write(line)
        self.err.flush()
        self._bar = width(line)


def _numbers(progress: Progress) -> str:
    left = "" if progress.eta_s is None else f", {clock(progress.eta_s)} left"
    return f"{progress.done} of {progress.total} files{left}"
