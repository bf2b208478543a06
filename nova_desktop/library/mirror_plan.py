"""What must change so that this library and the one that machines share agree. Pure."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Here:
    """A content of one space in this library.

    A stamp says what its rows are: equal stamps mean equal rows. `base` is the one that was the
    same here and there at the last sync ("": never), `now` that of the rows as they are (None: it
    has to be worked out, as they may have changed since).
    """

    rows: int  # 0: it is known, and has none in this space
    held: bool = True  # by a file here, whose drive may be away
    allowed: bool = True  # one of those files may leave this device
    base: str = ""
    now: str | None = None
    elsewhere: bool = False  # known of another machine, and kept although no file here holds it


@dataclass(frozen=True, slots=True)
class There:
    """A content of one space as it was last pushed, or taken away: `stamp` is "" then."""

    stamp: str
    rows: int
    machine: str  # that did it


class Step(enum.Enum):
    NONE = "none"
    LOOK = "look"  # work out its stamp, then decide again
    PUSH = "push"
    PULL = "pull"
    DELETE = "delete"  # there
    FORGET = "forget"  # here


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """Contents by what is to be done, each in order; those that agree are in none."""

    steps: Mapping[Step, tuple[str, ...]] = field(default_factory=dict)

    def of(self, step: Step) -> tuple[str, ...]:
        return self.steps.get(step, ())


def plan(here: Mapping[str, Here], there: Mapping[str, There], me: str) -> SyncPlan:
    """What both sides need, for one space; `me` is this machine.

    What is missing here is taken away there only by the machine that pushed it last: what another
    one pushed is known here as being elsewhere, and stays. So a drive that is unplugged, a library
    that is new or was emptied, or an index that was damaged, takes nothing away from anybody.
    """
    steps: dict[Step, list[str]] = {}
    for content in sorted(here.keys() | there.keys()):
        step = decide(here.get(content), there.get(content), me)
        if step is not Step.NONE:
            steps.setdefault(step, []).append(content)
    return SyncPlan({step: tuple(contents) for step, contents in steps.items()})


def decide(here: Here | None, there: There | None, me: str) -> Step:
    """What one content needs. None: nothing is known of it on that side."""
    lies_there = there is not None and bool(there.stamp)
    mine = there is not None and there.machine == me
    if here is None:
        return (Step.DELETE if mine else Step.PULL) if lies_there else Step.NONE
    if here.held and not here.allowed:
        return Step.DELETE if lies_there and mine else Step.NONE
    if here.rows == 0:
        return Step.PULL if lies_there else Step.NONE
    if not here.held:
        return _of_another(here, there) if here.elsewhere else Step.NONE
    if there is None or not there.stamp:
        return Step.PUSH  # also what another machine took away: here it is held
    return _of_both(here, there)


def _of_another(here: Here, there: There | None) -> Step:
    if there is None:
        return Step.NONE
    if not there.stamp:
        return Step.FORGET
    if here.now is None:
        return Step.LOOK
    return Step.NONE if here.now == there.stamp else Step.PULL


def _of_both(here: Here, there: There) -> Step:
    if here.now is None:
        return Step.LOOK
    if here.now == there.stamp:
        return Step.NONE
    # Only what changed here alone is pushed: else what is there counts, so that two machines that
    # read one file differently agree after one sync, and do not push by turns for ever.
    return Step.PUSH if here.base == there.stamp else Step.PULL


def restoring(made: SyncPlan, there: Mapping[str, There]) -> SyncPlan:
    """A plan that takes nothing from here for better than what lies there."""
    push = tuple(one for one in made.of(Step.PUSH) if one not in there or not there[one].stamp)
    instead = [one for one in made.of(Step.PUSH) if one not in push]
    pull = tuple(sorted((*made.of(Step.PULL), *instead)))
    return SyncPlan({**made.steps, Step.PUSH: push, Step.PULL: pull})
