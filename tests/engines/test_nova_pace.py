"""How the number of calls at once is learned, against a service of known size; no clock."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from nova_desktop.aws.rates import Bucket
from nova_desktop.engines.pace import FIRST, Gate, Learned
from nova_desktop.errors import Stopped


def rounds(learned: Learned, count: int, refuses) -> list[float]:
    """`count` round trips, each of as many calls as are let through; the limit after each.

    `refuses(calls)` says for each call of a round whether it is refused.
    """
    limits = []
    for _ in range(count):
        begun = [learned.begin() for _ in range(int(learned.limit))]
        outcomes = sorted(zip(refuses(len(begun)), begun, strict=True), key=lambda o: not o[0])
        for refused, cohort in outcomes:  # refusals come first
            learned.end(cohort, refused, not refused)
        limits.append(learned.limit)
    return limits


def room_for(size: int):
    return lambda calls: [number >= size for number in range(calls)]


def by_chance(share: float):
    chance = random.Random(3)
    return lambda calls: [chance.random() < share for _ in range(calls)]


def test_it_begins_with_few_and_soon_has_all():
    learned = Learned(16)
    assert learned.limit == FIRST
    assert rounds(learned, 1, room_for(99))[-1] == 16


def test_it_never_goes_beyond_the_most():
    assert max(rounds(Learned(16), 200, room_for(99))) == 16
    assert Learned(2).limit == 2


@pytest.mark.parametrize("size", [2, 5, 8, 13])
def test_it_finds_the_size_of_the_service_and_stays_near(size):
    limits = rounds(Learned(16), 400, room_for(size))[100:]
    assert 0.7 * size <= sum(map(int, limits)) / len(limits) <= 1.35 * size


def test_one_at_a_time_is_not_slowed_by_what_slowness_does_not_cure():
    learned = Learned(1)
    rests = []
    refuses = by_chance(0.3)
    for _ in range(100):
        rounds(learned, 24, refuses)
        rests.append(learned.rest_s)
    assert sum(rests) / len(rests) < 0.2


def test_what_is_refused_too_often_is_halved_until_one_is_left():
    learned = Learned(16)
    rounds(learned, 20, room_for(99))
    assert rounds(learned, 200, room_for(0))[-1] == 1


def test_with_one_call_at_a_time_it_rests_between_them_and_stops_resting_when_served():
    learned = Learned(16)
    rounds(learned, 400, room_for(0))
    assert learned.rest_s == 30.0
    rounds(learned, 400, room_for(99))
    assert learned.rest_s == 0
    assert learned.limit == 16


def test_refusals_by_chance_do_not_slow_it_down():
    limits = rounds(Learned(16), 600, by_chance(0.3))[100:]
    assert sum(map(int, limits)) / len(limits) > 0.85 * 16


def test_after_refusals_by_chance_it_still_finds_the_size():
    learned = Learned(16)
    rounds(learned, 200, by_chance(0.3))
    limits = rounds(learned, 300, room_for(4))[150:]
    assert sum(map(int, limits)) / len(limits) < 7


def test_calls_from_before_a_decrease_do_not_count_against_it():
    learned = Learned(16, first=16)
    begun = [learned.begin() for _ in range(100)]
    for cohort in begun:
        learned.end(cohort, refused=True, answered=False)
    assert learned.limit == 8


def test_a_bucket_lets_a_second_through_at_once_and_then_its_rate():
    bucket, now_s, started = Bucket(5.0), 100.0, []
    while now_s < 110:
        wait_s = bucket.wait_s(now_s)
        if wait_s <= 0:
            bucket.take(now_s)
            started.append(now_s)
        now_s += max(wait_s, 0.001)
    assert sum(at <= 100.1 for at in started) == 5
    assert len(started) == pytest.approx(5 + 50, abs=2)


def test_a_slow_bucket_waits_for_a_whole_call():
    bucket = Bucket(0.5)
    bucket.take(10.0)
    assert bucket.wait_s(10.0) == pytest.approx(2.0)


def test_no_more_pass_the_gate_than_are_borne():
    gate, inside, most = Gate(3, threading.Event()), [0], [0]
    lock, full = threading.Lock(), threading.Barrier(3)  # none goes on before three are inside

    def work(_: int) -> None:
        passed = gate.enter()
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        full.wait(30)
        time.sleep(0.002)
        with lock:
            inside[0] -= 1
        gate.leave(passed, answered=True)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(work, range(60)))
    assert most == [3]


def test_what_is_urgent_does_not_wait_for_a_place():
    stop = threading.Event()
    gate = Gate(1, stop)
    gate.enter()
    with ThreadPoolExecutor(1) as pool:
        try:
            pool.submit(gate.enter, urgent=True).result(30)
        finally:
            stop.set()  # else one that waits would do so for ever


def test_a_stop_ends_all_waiting():
    stop = threading.Event()
    gate = Gate(1, stop)
    gate.enter()
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(gate.enter) for _ in range(4)]
        stop.set()
        for one in waiting:
            with pytest.raises(Stopped):
                one.result(30)


def test_an_outage_is_told_once(caplog):
    caplog.set_level("INFO")
    gate = Gate(16, threading.Event())
    for _ in range(500):
        gate.leave(gate.enter(urgent=True), refused=True)
    assert len(caplog.records) == 1
