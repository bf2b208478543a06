"""Whether indexing may work now, and on how many processors: decided from what is known."""

from __future__ import annotations

import enum

from nova_desktop.upkeep import Around, Conditions

AWAY_S = 300.0  # without a key or a movement, after which nobody is taken to be there


class Reason(enum.StrEnum):
    """Why indexing rests, as it is said; the first is the one that nobody may ignore."""

    DISK = "The disk of the index is nearly full. Free some space, and indexing goes on by itself."
    QUIET = "Resting: these are quiet hours."
    BATTERY = "Resting: this computer runs on its battery."
    METERED = "Resting: this network is paid by what goes over it."
    FULL_SCREEN = "Resting: a program fills the screen."


def reasons(wanted: Conditions, around: Around, minute: int, sends: bool) -> frozenset[Reason]:
    """All that hold at this minute of the day; what can't be known is no reason.

    `sends`: something leaves this device, else the network is none of our business.
    """
    held = {
        Reason.DISK: around.free_bytes is not None and around.free_bytes < wanted.min_free_bytes,
        Reason.QUIET: wanted.quiet is not None and _within(minute, *wanted.quiet),
        Reason.BATTERY: wanted.pause_on_battery and bool(around.on_battery),
        Reason.METERED: wanted.pause_on_metered and sends and bool(around.metered),
        Reason.FULL_SCREEN: wanted.pause_full_screen and bool(around.full_screen),
    }
    return frozenset(reason for reason, holds in held.items() if holds)


def first(held: frozenset[Reason]) -> str:
    """The one that is said; "" when there is none."""
    return next((reason.value for reason in Reason if reason in held), "")


def cores(wanted: Conditions, around: Around) -> int:
    """How many processors indexing may take; 0 is all."""
    away = around.untouched_s is not None and around.untouched_s >= AWAY_S
    return wanted.cores_away if away else wanted.cores


def _within(minute: int, start: int, stop: int) -> bool:
    """Whether [start, stop) holds it; past midnight when it stops before it starts."""
    return start <= minute < stop if start < stop else minute >= start or minute < stop
