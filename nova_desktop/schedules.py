"""How a schedule is written, in the catalog and on the command line."""

from __future__ import annotations

import re

from nova_desktop.errors import BadInput
from nova_desktop.folders import Schedule, When

HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)")


def written(schedule: Schedule) -> str:
    """A schedule as it is kept and typed: always, asked, 22:00-06:30."""
    return schedule.hours if schedule.when is When.HOURS else schedule.when.value


def schedule_of(text: str) -> Schedule:
    """Reads what `written` wrote; BadInput for anything else."""
    if text in (When.ALWAYS, When.ASKED):
        return Schedule(When(text))
    if match := HOURS.fullmatch(text.strip()):
        hour, minute, until_hour, until_minute = map(int, match.groups())
        start, stop = 60 * hour + minute, 60 * until_hour + until_minute
        if start != stop:
            return Schedule(When.HOURS, start, stop)
    raise BadInput(
        f"{text!r} is not a schedule: it is always, asked, or hours such as 22:00-06:30."
    )
