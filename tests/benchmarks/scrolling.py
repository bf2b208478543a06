"""How long the window ever stalls with 200,000 results, and how soon pictures are there.

python -m tests.benchmarks.scrolling [ROWS]     (200,000 unless told)

A library that makes pages of hits and small pictures at once stands behind the real window. The
longest gap between two beats of a 5 ms timer is told, and the most that one beat cost the Qt thread
in CPU time, which does not depend on what else the machine is doing.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from nova_desktop.model import Modality, Preview, Source, Span, Unit
from nova_desktop.query import Answer, Hit, Query, Why
from nova_desktop.ui.window import Window
from tests.ui.fake_library import FakeLibrary, folder

STALL_MS = 50.0
PAGE_S, PICTURE_S = 0.03, 0.004  # that a page and a picture take the library
STEPS = 300  # from the first row to the last
KINDS = tuple(Modality)


class Many(FakeLibrary):
    """Everything answers every question."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows
        self.folders = [folder(Path("/many"), indexed=rows)]
        self.pictures = [Preview(_jpeg(number)) for number in range(20)]

    def find(self, query: Query) -> Answer:
        time.sleep(PAGE_S)
        stop = min(query.offset + query.limit, self.rows)
        return Answer(tuple(map(_hit, range(query.offset, stop))), PAGE_S, "", self.rows)

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        del span, edge, frames
        time.sleep(PICTURE_S)
        return self.pictures[hash(path) % len(self.pictures)]


def _hit(row: int) -> Hit:
    kind = KINDS[row % len(KINDS)]
    film = kind is Modality.VIDEO
    return Hit(
        Path(f"/many/folder {row % 50}/picture number {row} of a day.jpg"),
        str(row),
        kind,
        Span(Unit.SECONDS, row % 60, row % 60 + 3) if film else None,
        0.0,
        (Why(Source.TAGS, "cat and dog and picture"),),
        1e9 - row,
        30.0 if film else None,
        (Span(Unit.SECONDS, 90, 95),) if film else (),
    )


def _jpeg(number: int) -> bytes:
    image = QImage(444, 333, QImage.Format.Format_RGB32)
    image.fill(0xFF000000 | number * 791_911 % 0xFFFFFF)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 80)
    return bytes(buffer.data().data())


class Heart:
    """Beats every 5 ms on the Qt thread."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._beats: list[tuple[float, float]] = []  # milliseconds: on the clock, of CPU
        self._last = time.perf_counter(), time.thread_time()
        self.good = True
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def run(self, seconds: float) -> None:
        """Lets the window work."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self._app.processEvents()
            time.sleep(0.0005)

    def until(self, done: Callable[[], bool], limit_s: float = 20.0) -> float:
        """Milliseconds until it is so."""
        began = time.perf_counter()
        while not done():
            if time.perf_counter() - began > limit_s:
                raise TimeoutError(f"not within {limit_s} s")
            self.run(0.001)
        return 1000 * (time.perf_counter() - began)

    def forget(self) -> None:
        """What was until now does not count."""
        self._beats.clear()

    def tell(self, what: str) -> None:
        """Prints how even the beats were since the last time."""
        gaps = self._beats[1:]
        self._beats.clear()
        clock, cpu = (max((gap[at] for gap in gaps), default=0.0) for at in (0, 1))
        late = sum(gap[0] > STALL_MS for gap in gaps)
        self.good &= cpu <= STALL_MS
        print(f"{what:24} longest gap {clock:4.0f} ms, {late} over 50 ms; most CPU {cpu:3.0f} ms")

    def _beat(self) -> None:
        now = time.perf_counter(), time.thread_time()
        self._beats.append((1000 * (now[0] - self._last[0]), 1000 * (now[1] - self._last[1])))
        self._last = now


def scroll(window: Window, heart: Heart, what: str) -> None:
    """From the first row to the last, with rests in which pictures are loaded."""
    bar = window.found.view().verticalScrollBar()
    for step in range(STEPS):
        bar.setValue(bar.maximum() * step // STEPS)
        heart.run(0.25 if step % 40 == 0 else 0.012)
    heart.tell(what)
    bar.setValue(bar.maximum() // 3)
    print(f"{'':24} pictures after {heart.until(window.found.settled):.0f} ms")
    heart.run(0.1)
    heart.forget()


def main(rows: int) -> int:
    """1 when one beat cost more than a stall may last."""
    app = QApplication([])
    library = Many(rows)
    with tempfile.TemporaryDirectory() as data:
        window = Window(Path(data))
        window.settings_file = Path(data) / "settings.toml"
        window.resize(1400, 900)
        window.painted.connect(lambda: window.open(lambda: library))
        window.show()
        heart = Heart(app)
        heart.run(1)
        heart.until(lambda: window.link.library is not None)
        window.preview.load_player()
        heart.run(3)  # what starting leaves behind
        heart.forget()
        heart.run(3)
        heart.tell("idle")
        window.search_box.line.setText("picture")
        heart.until(lambda: window.search.query is not None and bool(window.search.query.parts))
        heart.until(lambda: window.showing.query == window.search.query and window.found.settled())
        heart.tell("an answer")
        showing = window.menus.showing
        for action in (None, showing.smaller, showing.larger, showing.larger, showing.list):
            if action:
                action.trigger()
                heart.run(0.5)
            name = "list" if action is showing.list else f"tiles of {window.chosen.now.tile_size}"
            scroll(window, heart, f"{name}, scrolled")
        window.found.view().setFocus()
        window.menus.results.select_all.trigger()
        heart.run(0.6)
        heart.tell("1,000 are chosen")
        window.search.again()
        heart.run(1)
        heart.tell("a fresh answer")
        for width in range(1000, 1400, 20):
            window.resize(width, 850)
            heart.run(0.02)
        heart.tell("resized")
        print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")
        window.close()
        window.shutdown()
    return 0 if heart.good else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000))
