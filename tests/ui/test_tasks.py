"""Work off the Qt thread."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QThread

from nova_desktop.errors import TryLater
from nova_desktop.ui.tasks import Tasks


@pytest.fixture
def tasks(qtbot):
    made = Tasks(2)
    yield made
    made.close()


def never(error: object) -> None:
    raise AssertionError(error)


def test_work_runs_elsewhere_and_its_outcome_is_delivered_here(qtbot, tasks):
    here, seen = QThread.currentThread(), []
    tasks.start(
        "a", threading.get_ident, lambda ran: seen.append((ran, QThread.currentThread())), never
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1] is here


def test_only_the_newest_of_one_name_counts(qtbot, tasks):
    gate, seen = threading.Event(), []
    tasks.start("a", lambda: gate.wait(5), lambda _: seen.append("old"), never)
    tasks.start("a", lambda: None, lambda _: seen.append("new"), never)
    qtbot.waitUntil(lambda: bool(seen))
    gate.set()
    tasks.start("b", lambda: None, lambda _: seen.append("later"), never)
    qtbot.waitUntil(lambda: "later" in seen)
    assert seen == ["new", "later"]


def test_a_cancelled_task_that_has_not_begun_never_does(qtbot, tasks):
    gate, ran = threading.Event(), []
    for name in "ab":
        tasks.start(name, lambda: gate.wait(5), lambda _: None, never)
    tasks.start("c", lambda: ran.append("c"), lambda _: None, never)
    tasks.cancel("c")
    gate.set()
    qtbot.waitUntil(lambda: not tasks.names())
    tasks.close()
    assert ran == []


def test_an_expected_error_is_handed_to_the_caller(qtbot, tasks):
    seen = []

    def work() -> None:
        raise TryLater("Busy.")

    tasks.start("a", work, never, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert str(seen[0]) == "Busy."


def test_any_other_error_is_raised_on_the_qt_thread(qtbot, tasks):
    with qtbot.captureExceptions() as raised:
        tasks.start("a", lambda: 1 / 0, never, never)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_nothing_is_delivered_after_close(qtbot, tasks):
    seen = []
    tasks.start("a", lambda: 1, seen.append, never)
    tasks.close()
    tasks.start("b", lambda: 2, seen.append, never)
    qtbot.wait(30)
    assert seen == []
