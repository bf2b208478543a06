"""What goes out keeps within what a service documents."""

from __future__ import annotations

import threading
import time

import pytest

from nova_desktop.aws.rates import Bucket, Rates
from nova_desktop.errors import Stopped


def test_several_rates_hold_at_once() -> None:
    rates = Rates({"requests": 1000.0, "vectors": 1000.0}, threading.Event())
    began = time.monotonic()
    for _ in range(6):
        rates.wait(requests=1, vectors=100)  # a quarter of a second's worth goes at once
    assert time.monotonic() - began >= 0.35 - 0.02
    other = Rates({"requests": 20.0, "vectors": 1000.0}, threading.Event())
    began = time.monotonic()
    for _ in range(9):
        other.wait(requests=1, vectors=1)
    assert time.monotonic() - began >= 0.2 - 0.02


def test_threads_share_a_rate() -> None:
    rates = Rates({"vectors": 500.0}, threading.Event())
    threads = [
        threading.Thread(target=lambda: [rates.wait(vectors=25) for _ in range(4)])
        for _ in range(4)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - began >= (400 - 125) / 500 - 0.02


def test_more_than_fits_goes_when_all_is_free_and_is_owed() -> None:
    bucket = Bucket(100.0, 0.25)
    assert bucket.wait_s(0.0, 50) == 0
    bucket.take(0.0, 50)
    assert bucket.wait_s(0.0, 1) == pytest.approx(0.26)
    assert bucket.wait_s(0.25, 1) == pytest.approx(0.01)


def test_refusals_make_it_slower_and_answers_as_fast_again() -> None:
    rates = Rates({"vectors": 1e6}, threading.Event())
    for _ in range(5):  # together
        rates.refused()
    assert rates.share == pytest.approx(0.7)
    for _ in range(20):
        rates.answered()
    assert rates.share == 1.0


def test_a_stop_ends_the_wait() -> None:
    stop = threading.Event()
    rates = Rates({"vectors": 1.0}, stop)
    rates.wait(vectors=1)
    threading.Timer(0.1, stop.set).start()
    with pytest.raises(Stopped):
        rates.wait(vectors=1)
