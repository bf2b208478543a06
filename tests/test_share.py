"""How much of the computer indexing takes: real processes, on real processors."""

from __future__ import annotations

import os
import sys
import threading
import time

import psutil
import pytest

from nova_desktop import share as module
from nova_desktop.child import calmly
from nova_desktop.isolation import Children
from nova_desktop.share import Share, available

linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems decide it themselves")


def where() -> tuple[int, set[int], int]:
    """(the process, the processors it may use, how nice it is)."""
    return os.getpid(), os.sched_getaffinity(0), os.nice(0)


def hold(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def grow(megabytes: int) -> int:
    global kept
    kept = bytearray(os.urandom(1 << 20)) * megabytes
    return os.getpid()


def call(children, function, *args):
    return children.call(function, *args, limit_s=30)


@linux
def test_children_keep_to_the_processors_that_were_chosen():
    with Children(1, calmly) as children:
        share = Share([children])
        share.limit(1, 1 << 40)
        pid, processors, nice = call(children, where)
        assert processors == {available()[-1]}
        assert nice >= 10
        share.limit(0, 1 << 40)
        assert call(children, where)[:2] == (pid, set(available()))


@linux
def test_a_running_child_and_what_it_started_follow_within_two_seconds():
    with Children(1) as children:
        share = Share([children])
        pid = call(children, hold, 0)
        running = threading.Thread(target=call, args=[children, hold, 3])
        running.start()
        share.limit(1, 1 << 40)
        threads = psutil.Process(pid).threads()
        assert {frozenset(os.sched_getaffinity(t.id)) for t in threads} == {
            frozenset({available()[-1]})
        }
        running.join()


@linux
def test_threads_of_this_process_that_work_for_the_index_keep_to_them_too():
    share, seen = Share([]), []
    begun, changed = threading.Event(), threading.Event()

    def work():
        share.joined()
        begun.set()
        changed.wait(10)
        seen.append(os.sched_getaffinity(0))

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait(10)
    share.limit(1, 1 << 40)
    changed.set()
    thread.join()
    assert seen == [{available()[-1]}]
    assert os.sched_getaffinity(0) == set(available())


def test_as_many_run_at_once_as_there_are_cores_for():
    with Children(2) as children:
        share = Share([children])
        for _ in range(2):
            call(children, hold, 0)
        share.limit(1, 1 << 40)
        at = []

        def timed():
            call(children, hold, 0.4)
            at.append(time.monotonic())

        threads = [threading.Thread(target=timed) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert abs(at[1] - at[0]) > 0.35


def test_what_is_only_held_ready_is_let_go_when_memory_is_short():
    with Children(1) as small, Children(1) as large:
        share = Share([small, large])
        first, second = call(small, hold, 0), call(large, grow, 300)
        together = module.session_bytes(os.getpid())
        share.limit(0, together - (100 << 20))
        assert not psutil.pid_exists(second)
        assert psutil.pid_exists(first)
        assert call(large, hold, 0) != second


def test_what_nobody_asks_is_let_go_after_a_while(monkeypatch):
    monkeypatch.setattr(module, "INDEXING_S", 0.2)
    with Children(1) as indexing, Children(1) as asking:
        share = Share([indexing], [asking])
        first, second = call(indexing, hold, 0), call(asking, hold, 0)
        time.sleep(0.3)
        share.limit(0, 1 << 40)
        assert not psutil.pid_exists(first)
        assert psutil.pid_exists(second)


def test_a_busy_child_is_never_ended_for_others():
    with Children(1) as children:
        share = Share([children])
        call(children, hold, 0)
        found = []
        running = threading.Thread(target=lambda: found.append(call(children, hold, 1)))
        running.start()
        time.sleep(0.3)
        share.limit(1, 1)
        running.join()
        assert len(found) == 1
