"""Progress: what it counts, and how well it foretells the end."""

from __future__ import annotations

import random

import pytest

from nova_desktop.events import Progress
from nova_desktop.library.progress import Meter

FILES = 600


class Run:
    """A run whose files take the seconds they are given, on a clock that is not waited for."""

    def __init__(self) -> None:
        self.now = 100.0
        self.told: list[tuple[float, Progress]] = []
        self.meter = Meter(lambda event: self.told.append((self.now, event)), lambda: self.now)

    def of(self, costs: list[float]) -> None:
        self.meter.begin()
        for n, cost in enumerate(costs):
            end = self.now + cost
            while self.now < end:
                self.now = min(end, self.now + 0.1)
                self.meter.show(lambda n=n: len(costs) - n, "")
            self.meter.done += 1
        self.meter.end()


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
    run.of(costs)
    began, end = run.told[0][0], run.told[-1][0]
    judged = 0
    for now, progress in run.told:
        if progress.done < 0.05 * len(costs) or end - now < 0.02 * (end - began):
            continue
        assert progress.eta_s is not None
        assert (end - now) / 2 <= progress.eta_s <= (end - now) * 2, progress
        judged += 1
    assert judged > 50


def test_a_second_run_counts_from_nothing():
    run = Run()
    run.of([1.0] * 5)
    run.told.clear()
    run.of([1.0] * 5)
    assert run.told[0][1].done == 0
    assert run.told[0][1].eta_s is None
    assert run.told[-1][1] == Progress(5, 5)
