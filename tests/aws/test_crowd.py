"""Many calls at once: nothing is lost, little is held, and one error or a stop ends them all."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator

import pytest

from nova_desktop.aws.crowd import each, merged
from nova_desktop.errors import Stopped, TryLater


def under_way() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "call"]


def test_each_item_is_worked_on_once() -> None:
    found = list(each(range(1000), lambda n: n * n, 8, threading.Event()))
    assert sorted(found) == [n * n for n in range(1000)]
    assert under_way() == []
    assert list(each([], str, 8, threading.Event())) == []


def test_so_many_are_worked_on_at_once() -> None:
    together = threading.Barrier(4)
    found = each(range(8), lambda n: together.wait(20) >= 0 and n, 4, threading.Event())
    assert sorted(found) == list(range(8))


def test_items_are_taken_when_they_are_needed() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for n in itertools.count():
            taken.append(n)
            yield n

    found = each(items(), int, 2, threading.Event())
    assert [next(found) for _ in range(3)]
    time.sleep(0.1)
    assert len(taken) < 15
    found.close()  # type: ignore[attr-defined]  # it is a generator
    assert under_way() == []


def test_the_first_error_is_raised_once_nothing_is_under_way() -> None:
    begun = []

    def work(n: int) -> int:
        begun.append(n)
        if n == 3:
            raise TryLater("No.")
        time.sleep(0.01)
        return n

    with pytest.raises(TryLater, match="No"):
        list(each(range(10_000), work, 4, threading.Event()))
    assert under_way() == []
    assert len(begun) < 50


def test_an_error_of_what_gives_the_items_is_raised() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(each(items(), int, 4, threading.Event()))


def test_a_stop_does_not_wait_for_a_call_that_hangs() -> None:
    stop, hangs = threading.Event(), threading.Event()
    threading.Timer(0.2, stop.set).start()
    began = time.monotonic()
    with pytest.raises(Stopped):
        list(each(range(5), lambda _: hangs.wait(20), 2, stop))
    assert time.monotonic() - began < 5
    hangs.set()


def test_sources_run_beside_each_other() -> None:
    together = threading.Barrier(3)

    def source(n: int) -> Iterator[int]:
        together.wait(20)
        yield from range(n, 300, 3)

    found = list(merged([source(n) for n in range(3)], threading.Event()))
    assert sorted(found) == list(range(300))
