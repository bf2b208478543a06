"""What is under way, what waits, cancelling, and progress with photos and long films."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from nova_desktop.events import Progress
from nova_desktop.folders import Step
from nova_desktop.kinds import Modality, State
from nova_desktop.library.efforts import known_efforts
from nova_desktop.library.halt import Halt
from nova_desktop.model import Chunk, Info, Piece, Reading, Span, Unit
from tests.fakes import picture_of
from tests.library.desk import eventually, photo

PNG = picture_of("red")


class SlowReader:
    """Films whose chunks take a while, and that notice when they are dropped."""

    modality = Modality.VIDEO

    def __init__(self, halt_of, chunk_s: float, chunks: int) -> None:
        self.halt_of, self.chunk_s, self.chunks = halt_of, chunk_s, chunks
        self.encoded: list[str] = []

    def read(self, path: Path) -> Reading:
        count = max(1, path.stat().st_size // 1000 * self.chunks // 100)
        return Reading(
            Info(duration_s=15.0 * count),
            tuple(
                Chunk(n, Modality.VIDEO, Span(Unit.SECONDS, 15.0 * n, 15.0 * n + 15.0))
                for n in range(count)
            ),
        )

    def encode(self, path: Path, chunk: Chunk, limits: object) -> tuple[Piece, ...]:
        del limits
        end = time.monotonic() + self.chunk_s
        while time.monotonic() < end:
            if self.halt_of().is_set():
                from nova_desktop.errors import Stopped

                raise Stopped
            time.sleep(0.002)
        self.encoded.append(path.name)
        return (Piece(Modality.IMAGE, "image/png", PNG, chunk.span),)

    def preview(self, *_: object) -> None:
        raise NotImplementedError


def film(path: Path, kilobytes: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(path.name.encode() + bytes(1000 * kilobytes))
    return path


@pytest.fixture
def films(desk):
    """Opens the desk with a reader of slow films; gives a function that sets how slow."""

    def make(chunk_s: float, chunks: int = 100) -> SlowReader:
        reader = SlowReader(lambda: desk.library._parts.tools.halt, chunk_s, chunks)
        desk.readers[Modality.VIDEO] = reader
        if desk.library:
            desk.library.close()
        desk.open()
        tools = desk.library._parts.tools
        sniff = tools.sniff
        object.__setattr__(
            tools,
            "sniff",
            lambda path: Modality.VIDEO if path.suffix == ".mp4" else sniff(path),
        )
        return reader

    return make


def test_what_is_under_way_is_told_with_its_step_and_share(desk, films, tmp_path):
    films(0.05, chunks=60)
    film(tmp_path / "films" / "long.mp4", 100)
    for n in range(3):
        film(tmp_path / "films" / f"later {n}.mp4", 100)
    desk.library.add_folder(tmp_path / "films")
    steps = set()

    def seen() -> bool:
        queue = desk.library.queue(10)
        steps.update(one.step for one in queue.active)
        return any(0 < one.share < 1 for one in queue.active)

    eventually(seen)
    queue = desk.library.queue(10)
    assert queue.waiting == 4
    assert queue.by_folder == ((tmp_path / "films", 4),)
    assert len(queue.active) + len(queue.next) == 4
    assert Step.DESCRIBING in steps
    assert desk.library.queue(0).next == ()


def test_a_film_is_cancelled_in_its_middle_within_seconds(desk, films, tmp_path):
    reader = films(0.05, chunks=2000)
    long = film(tmp_path / "films" / "long.mp4", 100)
    photo(tmp_path / "films" / "a.png", "red")
    desk.library.add_folder(tmp_path / "films")
    eventually(lambda: any(one.path == long and one.share for one in desk.library.queue(1).active))
    began = time.monotonic()
    desk.library.cancel([long])
    assert desk.library.wait(5)
    assert time.monotonic() - began < 5
    assert desk.counts() == {State.INDEXED: 1, State.FAILED: 1}
    (failure,) = desk.library.failures()
    assert failure.path == long
    assert "You cancelled it" in failure.reason
    done = len(reader.encoded)
    time.sleep(0.2)
    assert len(reader.encoded) <= done + 1  # what was running has ended
    desk.library.rescan()
    assert desk.library.wait(10)
    assert desk.counts() == {State.INDEXED: 1, State.FAILED: 1}  # it stays left for later
    reader.chunk_s = 0.0
    desk.library.retry([long])
    assert desk.library.wait(30)
    assert desk.counts() == {State.INDEXED: 2}


def test_a_file_that_only_waits_is_cancelled_and_one_that_is_indexed_is_left_alone(
    desk, films, tmp_path
):
    films(0.0)
    indexed = photo(tmp_path / "films" / "a.png", "red")
    desk.library.add_folder(tmp_path / "films")
    assert desk.library.wait(10)
    desk.library.pause()
    waiting = film(tmp_path / "films" / "b.mp4", 10)
    desk.library.rescan()
    eventually(lambda: desk.counts().get(State.WAITING) == 1)
    desk.library.cancel([waiting, indexed, tmp_path / "nowhere.mp4"])
    desk.library.resume()
    assert desk.library.wait(10)
    assert desk.counts() == {State.INDEXED: 1, State.FAILED: 1}


def test_pausing_one_folder_drops_what_is_under_way_of_it_and_no_more(desk, films, tmp_path):
    reader = films(0.02, chunks=1000)
    film(tmp_path / "slow" / "long.mp4", 100)
    desk.library.add_folder(tmp_path / "slow")
    eventually(lambda: bool(reader.encoded))
    desk.library.pause(tmp_path / "slow")
    photo(tmp_path / "other" / "a.png", "red")
    desk.library.add_folder(tmp_path / "other")
    assert desk.library.wait(10)
    assert desk.counts() == {State.INDEXED: 1, State.WAITING: 1}
    assert desk.library.queue(5).active == ()


def test_a_task_is_stopped_by_its_file_alone():
    halt, started, ended = Halt(), threading.Event(), []

    def work(path: str) -> None:
        with halt.working(path):
            started.set()
            while not halt.is_set() and len(ended) < 1 and path == "a":
                time.sleep(0.01)
            ended.append((path, halt.is_set()))

    thread = threading.Thread(target=work, args=["a"])
    thread.start()
    started.wait(5)
    halt.drop("b")
    assert not ended
    halt.drop("a")
    thread.join(5)
    assert ended == [("a", True)]
    assert not halt.is_set()
    work("c")
    assert ended[-1] == ("c", False)


def test_the_time_left_is_true_also_when_long_films_come_last(desk, films, tmp_path):
    reader = films(0.02)
    folder = tmp_path / "mixed"
    for n in range(60):
        photo(folder / f"a{n:02}.png", "red", 20 + n)
    for n in range(4):
        film(folder / f"z{n}.mp4", 60 + 30 * n)
    told: list[tuple[float, Progress]] = []
    desk.library.subscribe(
        lambda event: isinstance(event, Progress) and told.append((time.monotonic(), event))
    )
    desk.library.add_folder(folder)
    assert desk.library.wait(60)
    end = time.monotonic()
    shares = [progress.share for _, progress in told]
    assert shares == sorted(shares)
    whole = end - told[0][0]
    judged = [
        (progress.eta_s, end - now)
        for now, progress in told
        if 0.05 <= progress.share < 1 and end - now > 0.15 * whole
    ]
    assert reader.encoded
    assert len(judged) >= 3
    errors = [eta_s / left_s for eta_s, left_s in judged if eta_s is not None]
    inside = sum(0.5 <= error <= 2 for error in errors)
    assert inside >= 0.9 * len(errors), errors  # a busy machine stands still now and then
    catalog, tools = desk.library._parts.catalog, desk.library._parts.tools
    assert known_efforts(catalog, tools).keys() == {"image", "video"}  # for the next run
