"""A drive that does not answer holds up nobody, and is asked again when it has come back."""

from __future__ import annotations

import threading
import time

import pytest

from nova_desktop.library.patience import Hangs, Patience


def test_what_answers_is_answered() -> None:
    assert Patience().run("a drive", lambda _: 42) == 42


def test_what_is_raised_comes_out() -> None:
    def work(_: object) -> None:
        raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        Patience().run("a drive", work)


def test_one_that_hangs_is_left_and_no_second_thread_is_lost_to_it() -> None:
    patience, back, calls = Patience(quiet_s=0.3), threading.Event(), []

    def work(_: object) -> str:
        calls.append(threading.current_thread())
        back.wait(10)
        return "back"

    began = time.monotonic()
    with pytest.raises(Hangs, match="does not answer"):
        patience.run("a drive", work)
    assert time.monotonic() - began < 2
    began = time.monotonic()
    for _ in range(3):
        with pytest.raises(Hangs):
            patience.run("a drive", work)
    assert time.monotonic() - began < 0.1
    assert len(calls) == 1
    assert patience.run("another drive", lambda _: "there") == "there"
    back.set()
    calls[0].join(5)
    assert not calls[0].is_alive()
    assert patience.run("a drive", work) == "back"


def test_one_that_is_slow_but_gets_on_is_waited_for() -> None:
    def work(alive) -> str:
        for _ in range(8):
            time.sleep(0.1)
            alive()
        return "done"

    assert Patience(quiet_s=0.4).run("a drive", work) == "done"


def test_one_thread_serves_many_calls() -> None:
    patience = Patience()
    served = {patience.run(str(n), lambda _: threading.current_thread()) for n in range(50)}
    assert len(served) == 1
