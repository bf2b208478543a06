"""When indexing rests, on how much of the computer it runs, and that both happen at once."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from nova_desktop.errors import NeedsUser
from nova_desktop.events import Paused, Resumed
from nova_desktop.library.conditions import Reason, cores, first, reasons
from nova_desktop.model import State
from nova_desktop.upkeep import Around, Conditions
from tests.library.desk import added, eventually, photo

BATTERY = Around(on_battery=True)


@pytest.mark.parametrize(
    ("wanted", "around", "minute", "sends", "held"),
    [
        (Conditions(), Around(), 0, True, set()),
        (Conditions(), BATTERY, 0, False, {Reason.BATTERY}),
        (Conditions(pause_on_battery=False), BATTERY, 0, False, set()),
        (Conditions(), Around(on_battery=False), 0, False, set()),
        (Conditions(), Around(metered=True), 0, True, {Reason.METERED}),
        (Conditions(), Around(metered=True), 0, False, set()),
        (Conditions(pause_on_metered=False), Around(metered=True), 0, True, set()),
        (Conditions(), Around(full_screen=True), 0, False, {Reason.FULL_SCREEN}),
        (Conditions(pause_full_screen=False), Around(full_screen=True), 0, False, set()),
        (Conditions(), Around(free_bytes=(1 << 30) - 1), 0, False, {Reason.DISK}),
        (Conditions(), Around(free_bytes=1 << 30), 0, False, set()),
        (Conditions(min_free_bytes=0), Around(free_bytes=0), 0, False, set()),
        (Conditions(quiet=(540, 1020)), Around(), 539, False, set()),
        (Conditions(quiet=(540, 1020)), Around(), 540, False, {Reason.QUIET}),
        (Conditions(quiet=(540, 1020)), Around(), 1020, False, set()),
        (Conditions(quiet=(1320, 420)), Around(), 1400, False, {Reason.QUIET}),
        (Conditions(quiet=(1320, 420)), Around(), 419, False, {Reason.QUIET}),
        (Conditions(quiet=(1320, 420)), Around(), 420, False, set()),
    ],
)
def test_only_what_is_known_and_asked_for_is_a_reason(wanted, around, minute, sends, held):
    assert reasons(wanted, around, minute, sends) == held


def test_one_reason_is_said():
    assert first(frozenset()) == ""
    assert first(frozenset({Reason.BATTERY, Reason.QUIET})) == Reason.QUIET.value


@pytest.mark.parametrize(("untouched_s", "expected"), [(None, 1), (0.0, 1), (299.0, 1), (300.0, 0)])
def test_all_processors_are_taken_only_when_nobody_is_there(untouched_s, expected):
    assert cores(Conditions(), Around(untouched_s=untouched_s)) == expected


def test_a_battery_lets_indexing_rest_and_the_mains_let_it_go_on(desk, tmp_path):
    photo(tmp_path / "pictures" / "red.png", "red")
    desk.machine.now = BATTERY
    desk.open()
    desk.library.rescan()
    eventually(lambda: desk.library.status().resting)
    desk.library.add_folder(tmp_path / "pictures")
    with pytest.raises(NeedsUser, match="battery"):
        desk.library.wait(5)
    eventually(lambda: Paused(Reason.BATTERY.value) in desk.events)
    desk.machine.now = Around(on_battery=False)
    eventually(lambda: Resumed() in desk.events, within_s=3)
    assert desk.library.wait(20)
    assert desk.counts() == {State.INDEXED: 1}
    assert not desk.library.status().resting


def test_who_wants_it_now_gets_it_until_the_reason_has_ended(desk, tmp_path):
    photo(tmp_path / "pictures" / "red.png", "red")
    desk.machine.now = BATTERY
    desk.open()
    desk.library.rescan()
    eventually(lambda: desk.library.status().resting)
    desk.library.resume()
    added(desk, tmp_path / "pictures")
    time.sleep(1.5)  # more than one look
    assert not desk.library.status().resting
    desk.machine.now = Around(on_battery=False)
    time.sleep(1.5)
    desk.machine.now = BATTERY
    eventually(lambda: desk.library.status().resting, within_s=3)


def test_what_the_user_paused_is_not_begun_again_by_a_change_of_conditions(desk):
    desk.open()
    desk.library.pause()
    desk.machine.now = BATTERY
    time.sleep(1.5)
    desk.machine.now = Around(on_battery=False)
    time.sleep(1.5)
    status = desk.library.status()
    assert status.paused.startswith("Paused")
    assert not status.resting


def test_other_conditions_count_within_two_seconds(desk):
    desk.machine.now = BATTERY
    desk.conditions = Conditions(pause_on_battery=False)
    desk.open()
    desk.library.rescan()
    eventually(lambda: desk.machine.limits)
    assert not desk.library.status().resting
    desk.library.use_conditions(Conditions(cores=3, memory_mb=512))
    eventually(lambda: desk.library.status().resting, within_s=2)
    eventually(lambda: desk.machine.limits[-1] == (3, 512 << 20), within_s=2)
    desk.machine.now = replace(BATTERY, untouched_s=1000.0)
    eventually(lambda: desk.machine.limits[-1] == (0, 512 << 20), within_s=2)


def test_what_is_around_can_be_asked_before_anything_runs(desk):
    desk.machine.now = BATTERY
    desk.open()
    assert desk.library.around() == BATTERY


def test_a_disk_that_is_nearly_full_is_not_written_to_whatever_is_wished(desk, tmp_path):
    photo(tmp_path / "pictures" / "red.png", "red")
    desk.machine.now = Around(free_bytes=1000)
    desk.open()
    desk.library.rescan()
    eventually(lambda: desk.library.status().resting)
    assert "Free some space" in desk.library.status().paused
    desk.library.add_folder(tmp_path / "pictures")
    with pytest.raises(NeedsUser, match="Free some space"):
        desk.library.resume()
    time.sleep(1.5)  # longer than between two looks
    assert "Free some space" in desk.library.status().paused
    assert desk.counts().get(State.INDEXED, 0) == 0
    desk.machine.now = Around(free_bytes=1 << 40)
    eventually(lambda: desk.counts() == {State.INDEXED: 1})
