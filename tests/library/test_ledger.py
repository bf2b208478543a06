"""The ledger: nothing is paid for without being counted first, and nothing passes a cap."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nova_desktop.errors import NeedsUser
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.ledger import Ledger, Month
from nova_desktop.library.prices import PER, Price, Prices
from nova_desktop.spending import Usage

PRICES = Prices(date(2026, 1, 1), "a test", {("m", "r", kind): Price(0.01) for kind in PER})
JUNE_S = datetime(2026, 6, 30, 23, 0).timestamp()  # local time
JULY_S = JUNE_S + 2 * 3600


class Clock:
    def __init__(self, now_s: float = JUNE_S):
        self.now_s = now_s

    def __call__(self) -> float:
        return self.now_s


def used(kind: str = "audio", seconds: float = 1.0, **more) -> Usage:
    return Usage("nova", "m", "r", kind, seconds=seconds, **more)


@pytest.fixture
def catalog(tmp_path):
    made = Catalog(tmp_path / "catalog.sqlite")
    yield made
    made.close()


def ledger(catalog: Catalog, run: str = "run", **more) -> Ledger:
    return Ledger(catalog, PRICES, run, **({"clock": Clock()} | more))


def dollars(made: Ledger) -> tuple[float, float, float]:
    spent = made.spent()
    return spent.month_usd, spent.run_usd, spent.total_usd


def lines(catalog: Catalog) -> list[tuple]:
    return catalog.read("SELECT answered, kind, seconds, tokens, usd FROM spent ORDER BY id")


def test_what_a_request_may_cost_counts_before_it_is_sent(catalog):
    made = ledger(catalog)
    made.reserve(used(seconds=15))
    assert lines(catalog) == [(0, "audio", 15.0, None, pytest.approx(0.15))]
    assert dollars(made) == pytest.approx((0.15, 0.15, 0.15))


def test_an_answer_puts_what_is_billed_in_place_of_the_estimate(catalog):
    made = ledger(catalog)
    number = made.reserve(used("text", 0, tokens=100))
    made.settle(number, used("text", 0, tokens=80))
    assert lines(catalog) == [(1, "text", 0.0, 80, pytest.approx(0.8))]
    assert dollars(made) == pytest.approx((0.8, 0.8, 0.8))


def test_what_is_not_billed_leaves_no_line(catalog):
    made = ledger(catalog)
    made.release(made.reserve(used()))
    assert lines(catalog) == []
    assert dollars(made) == pytest.approx((0, 0, 0))


def test_a_number_that_was_never_given_is_a_bug(catalog):
    with pytest.raises(KeyError):
        ledger(catalog).settle(7, used())


@pytest.mark.parametrize(
    ("cap", "remedy"),
    [
        ("month_cap_usd", r"this month .*\$0\.9000 of \$1\.00.*Raise .* or wait until 2026-07-01"),
        ("run_cap_usd", r"one run .*\$0\.9000 of \$1\.00.*Raise .* or start Nova Desktop again"),
    ],
)
def test_a_request_that_would_pass_a_cap_is_not_made(catalog, cap, remedy):
    made = ledger(catalog, **{cap: 1.0})
    made.reserve(used(seconds=90))
    with pytest.raises(NeedsUser, match=remedy):
        made.reserve(used(seconds=11))
    assert len(lines(catalog)) == 1
    made.reserve(used(seconds=10))  # what still fits is let through, to the last cent


def test_a_cap_of_nothing_forbids_everything(catalog):
    with pytest.raises(NeedsUser, match=r"\$0\.00"):
        ledger(catalog, run_cap_usd=0.0).reserve(used())


def test_ten_times_a_tenth_is_within_one(catalog):
    made = ledger(catalog, run_cap_usd=1.0)
    for _ in range(10):
        made.reserve(used(seconds=10))


def test_what_has_no_price_is_not_asked_for(catalog):
    with pytest.raises(NeedsUser, match=r"eu-west-9 is not known.*table of prices"):
        ledger(catalog).reserve(Usage("nova", "m", "eu-west-9", "audio", seconds=1))


def test_a_request_cut_off_by_a_crash_stays_counted(tmp_path):
    file = tmp_path / "catalog.sqlite"
    first = Catalog(file)
    crashed = ledger(first, "first", run_cap_usd=1.0)
    crashed.settle(crashed.reserve(used(seconds=10)), used(seconds=10))
    crashed.reserve(used(seconds=20))  # and never heard of again; the first catalog stays open
    second = Catalog(file)
    made = ledger(second, "second", month_cap_usd=1.0)
    assert dollars(made) == pytest.approx((0.3, 0.0, 0.3))
    with pytest.raises(NeedsUser):
        made.reserve(used(seconds=71))
    first.close()
    second.close()


def test_what_an_earlier_run_reserved_can_still_be_settled(catalog):
    number = ledger(catalog, "first").reserve(used(seconds=50))
    made = ledger(catalog, "second")
    made.settle(number, used(seconds=40))
    assert dollars(made) == pytest.approx((0.4, 0.0, 0.4))
    made.settle(number, used(seconds=40))
    assert dollars(made) == pytest.approx((0.4, 0.0, 0.4))


def test_a_new_month_begins_with_nothing_spent_in_local_time(catalog):
    clock = Clock()
    made = ledger(catalog, month_cap_usd=1.0, clock=clock)
    number = made.reserve(used(seconds=90))
    clock.now_s = JULY_S
    assert dollars(made) == pytest.approx((0.0, 0.9, 0.9))
    made.reserve(used(seconds=90))
    made.settle(number, used(seconds=80))  # of June, and it stays there
    assert dollars(made) == pytest.approx((0.9, 1.7, 1.7))
    clock.now_s = JUNE_S  # the clock was set right
    assert dollars(made) == pytest.approx((0.8, 1.7, 1.7))


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone can't be changed here")
@pytest.mark.parametrize("zone", ["UTC", "America/St_Johns", "Pacific/Kiritimati", "Europe/Rome"])
def test_a_month_is_one_of_local_time(monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for month in range(1, 13):
            first_s = datetime(2026, month, 1).timestamp()
            found = Month.of(first_s)
            assert found.start_s == first_s
            assert found == Month.of(found.stop_s - 1)
            assert Month.of(found.stop_s).start_s == found.stop_s
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_dearest_kind_of_the_month_comes_first(catalog):
    made = ledger(catalog)
    for kind, seconds in (("audio", 2.0), ("video", 5.0), ("audio", 1.0)):
        made.reserve(used(kind, seconds))
    assert made.spent().by_kind == (
        ("video", pytest.approx(0.05)),
        ("audio", pytest.approx(0.03)),
    )


REQUESTS = st.lists(
    st.tuples(
        st.floats(0.5, 30.0),  # the estimate
        st.floats(0.0, 1.0),  # the share of it that is billed
        st.sampled_from(["settle", "release", "lost"]),
    ),
    min_size=1,
    max_size=40,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(requests=REQUESTS, month=st.floats(0.0, 2.0), run=st.floats(0.0, 2.0))
def test_no_order_of_threads_passes_a_cap(catalog, requests, month, run):
    with catalog.write() as db:
        db.execute("DELETE FROM spent")
    made = ledger(catalog, month_cap_usd=month, run_cap_usd=run)
    start = threading.Barrier(4, timeout=10)
    peaks = []

    def ask(some) -> None:
        start.wait()
        for seconds, share, end in some:
            try:
                number = made.reserve(used(seconds=seconds))
            except NeedsUser:
                continue
            spent = made.spent()
            peaks.append(max(spent.month_usd - month, spent.run_usd - run))
            if end == "settle":
                made.settle(number, used(seconds=seconds * share))
            elif end == "release":
                made.release(number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, [requests[n::4] for n in range(4)]))
    assert max(peaks, default=0.0) <= 1e-9
    assert dollars(made) == pytest.approx(dollars(ledger(catalog)), abs=1e-9)


def test_a_request_costs_less_than_two_milliseconds_of_bookkeeping(catalog):
    made = ledger(catalog)
    began_s = time.perf_counter()
    for _ in range(200):
        made.settle(made.reserve(used()), used())
    assert (time.perf_counter() - began_s) / 200 < 0.002
