"""The library's events on their way to the window."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from nova_desktop.events import Idle, Indexed, Progress
from nova_desktop.ui.events import Events


def test_a_flood_from_many_threads_arrives_bundled_in_order_and_complete(qtbot):
    events, rounds = Events(), []
    events.told.connect(rounds.append)
    started = time.monotonic()

    def flood(name: int) -> None:
        for number in range(500):
            events.tell(Progress(number, 500))
            events.tell(Indexed(Path(f"{name}/{number}")))
            time.sleep(0.001)

    threads = [threading.Thread(target=flood, args=(name,)) for name in range(3)]
    for thread in threads:
        thread.start()
    qtbot.waitUntil(lambda: not any(thread.is_alive() for thread in threads), timeout=10_000)
    events.tell(Idle())
    qtbot.waitUntil(lambda: isinstance(rounds[-1][-1], Idle))
    seconds = time.monotonic() - started
    assert len(rounds) <= 10 * seconds + 2
    assert all(sum(isinstance(e, Progress) for e in told) <= 1 for told in rounds)
    told = [event.path for events in rounds for event in events if isinstance(event, Indexed)]
    assert len(told) == 1500
    assert [path for path in told if path.parent == Path("1")] == [
        Path(f"1/{number}") for number in range(500)
    ]


def test_a_single_event_comes_at_once(qtbot):
    events = Events()
    with qtbot.waitSignal(events.told, timeout=90):
        events.tell(Idle())


def test_nothing_comes_after_close(qtbot):
    events, rounds = Events(), []
    events.told.connect(rounds.append)
    events.tell(Idle())
    events.close()
    events.tell(Idle())
    qtbot.wait(150)
    assert rounds == []
