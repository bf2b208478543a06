"""Progress: what it counts, and how well it foretells the end."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from nova_desktop.events import Progress
from nova_desktop.library.effort import Effort, guess
from nova_desktop.library.progress import Meter

FILES, MIXED = 600, 200
PHOTO, FILM = 3_000_000, 400_000_000  # bytes


@dataclass
class File:
    path: str
    size: int
    cost_s: float  # of the whole, in one piece for a photo, in many for a film

    @property
    def tasks(self) -> int:
        return 1 if self.path.endswith("jpg") else max(1, round(self.cost_s / 2))


class Run:
    """A run whose files take the seconds they are given, on a clock that is not waited for.

    Tasks are done one after the other, as an intake would: probes first, then in order.
    """

    def __init__(self, known=None) -> None:
        self.now = 100.0
        self.told: list[tuple[float, Progress]] = []
        self.meter = Meter(lambda event: self.told.append((self.now, event)), lambda: self.now)
        self.effort = Effort(known, lambda: self.now)

    def of(self, files: list[File], loads_s: float = 0.0) -> None:
        waiting = list(files)
        self.meter.begin()
        self.effort.expect((file.path, file.size) for file in waiting)
        probes = {path: n for n, path in enumerate(self.effort.probes())}
        waiting.sort(key=lambda file: probes.get(file.path, len(probes)))
        loaded: set[str] = set()
        while waiting:
            file = waiting[0]
            kind, work_s = guess(file.path, file.size)
            for n in range(file.tasks):
                took_s = file.cost_s / file.tasks + (0 if kind in loaded else loads_s)
                loaded.add(kind)
                self.effort.partly([(file.path, file.size, n / file.tasks)])
                self.spend(took_s, len(waiting))
                self.effort.took(kind, took_s, work_s / file.tasks)
            self.effort.partly([])
            self.effort.ended(file.path, file.size)
            self.meter.done += 1
            del waiting[0]
        self.effort.end()
        self.meter.end()

    def spend(self, seconds: float, waiting: int) -> None:
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + 1.0)
            self.meter.show(lambda: waiting, "", efforts=[self.effort])

    def errors(self) -> list[float]:
        """After a twentieth: what was foretold, against what was true."""
        began, end = self.told[0][0], self.told[-1][0]
        whole = end - began
        judged = [
            (progress.eta_s, end - now)
            for now, progress in self.told
            if progress.share >= 0.05 and end - now >= 0.02 * whole
        ]
        assert len(judged) > 50
        assert all(eta_s is not None for eta_s, _ in judged)
        return [eta_s / true_s for eta_s, true_s in judged]


def photos(costs: list[float]) -> list[File]:
    return [File(f"{n}.jpg", PHOTO, cost) for n, cost in enumerate(costs)]


def films(count: int, cost_s: float) -> list[File]:
    """Of one camera: what they cost goes with how long they are."""
    lengths = [random.Random(7).uniform(0.1, 1.9) for _ in range(count)]
    return [
        File(f"{n}.mp4", round(FILM * length), cost_s * length) for n, length in enumerate(lengths)
    ]


def test_what_is_ready_counts_as_done_before_it_is_recorded():
    run = Run()
    run.meter.begin()
    run.meter.show(lambda: 10, "a.jpg", ready=4)
    assert run.told[-1][1] == Progress(4, 10, "a.jpg")


def test_what_was_said_to_be_done_is_never_taken_back():
    run = Run()
    run.meter.begin()
    run.meter.show(lambda: 10, "", ready=4)
    run.now += 1
    run.meter.show(lambda: 10, "", ready=3)  # one of them changed on the disk
    first, second = (event for _, event in run.told)
    assert second.done == first.done == 4
    assert second.total - second.done == 7


@pytest.mark.parametrize(
    "costs",
    [
        [0.1] * FILES,
        [10.0] + [0.05] * FILES,
        [20.0, 20.0] + [0.5] * FILES,
        [random.Random(1).uniform(0.02, 1.5) for _ in range(FILES)],
        [0.2, 0.2, 0.2, 2.0] * (FILES // 4),
    ],
    ids=["even", "slow to start", "very slow to start", "uneven", "every fourth is long"],
)
def test_the_time_left_is_right_within_a_factor_of_two_after_a_twentieth(costs):
    run = Run()
    run.of(photos(costs))
    errors = run.errors()
    assert min(errors) >= 0.5
    assert max(errors) <= 2.0


@pytest.mark.parametrize("loads_s", [0.0, 15.0], ids=["warm", "models to load"])
@pytest.mark.parametrize("photo_s", [0.05, 3.0])
@pytest.mark.parametrize("film_s", [20.0, 1200.0])
@pytest.mark.parametrize("last", [True, False], ids=["films last", "films first"])
def test_it_is_right_also_for_photos_and_long_films(photo_s, film_s, last, loads_s):
    some, long = photos([photo_s] * MIXED), films(12, film_s)
    run = Run()
    run.of([*some, *long] if last else [*long, *some], loads_s)
    errors = run.errors()
    assert min(errors) >= 0.5
    assert max(errors) <= 2.0


def test_what_an_earlier_run_measured_is_known_from_the_start():
    first = Run()
    first.of([*photos([0.4] * 50), *films(3, 600.0)])
    second = Run(first.effort.measured())
    assert not second.effort.probes()
    second.of([*photos([0.4] * MIXED), *films(6, 600.0)])
    errors = second.errors()
    assert min(errors) >= 0.5
    assert max(errors) <= 2.0


def test_the_share_never_falls_and_is_of_the_work_not_of_the_files():
    run = Run()
    run.of([*photos([0.4] * MIXED), *films(12, 600.0)])
    shares = [progress.share for _, progress in run.told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    began, end = run.told[0][0], run.told[-1][0]
    half = next(progress for now, progress in run.told if now > (began + end) / 2)
    assert half.done > 0.9 * half.total  # nearly all are photos, and done
    assert 0.35 < half.share < 0.65


def test_files_that_end_at_once_do_not_make_the_others_look_quick():
    run = Run()
    effort, some = run.effort, [*(f"bad {n}.jpg" for n in range(300)), "a.jpg", "b.jpg"]
    effort.expect((path, PHOTO) for path in some)
    kind, work_s = guess("a.jpg", PHOTO)
    effort.partly([("a.jpg", PHOTO, 0.01)])
    effort.left_s()
    for path in some[:300]:
        effort.ended(path, PHOTO, worked=False)
    run.now += 5.0
    effort.took(kind, 5.0, work_s)
    effort.partly([])
    effort.ended("a.jpg", PHOTO)
    assert effort.left_s() == pytest.approx(5.0, rel=0.1)


def test_a_second_run_counts_from_nothing():
    run = Run()
    run.of(photos([1.0] * 5))
    run.told.clear()
    run.of(photos([1.0] * 5))
    assert run.told[0][1].done == 0
    assert run.told[0][1].eta_s is None
    assert run.told[-1][1] == Progress(5, 5, share=1.0)
