"""Stretches with a name: weeks and quarters by their numbers, feasts, last night."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

Days = tuple[datetime, datetime]  # [start, stop)

WORDS = ("christmas", "easter", "last christmas", "last easter", "last night", "this quarter")
_NIGHT = (18, 6)  # the hours it begins and ends at


def said(text: str, now: datetime) -> Days | None:
    """Raises ValueError for a week that no year has, OverflowError for what no calendar holds."""
    return (
        _numbered(text)
        or _this_years(text, now)
        or _feast(text, now)
        or _quarter(text, now)
        or _night(text, now)
    )


def _numbered(text: str) -> Days | None:
    """2024-w05, w5 2024, 2024-q3, q3 2024."""
    year_first = r"(\d{4})[ -]?([qw])(\d{1,2})"
    found = re.fullmatch(rf"{year_first}|([qw]|week |kw ?)(\d{{1,2}})[ /-](\d{{4}})", text)
    if not found:
        return None
    year, kind = int(found[1] or found[6]), (found[2] or found[4]).strip()
    number = int(found[3] or found[5])
    if kind == "q":
        return _quarter_of(year, number)
    start = datetime.fromisocalendar(year, number, 1)
    return start, start + timedelta(days=7)


def _this_years(text: str, now: datetime) -> Days | None:
    """w5 or q3: of this year, or where that has not begun, of the last one that has it."""
    found = re.fullmatch(r"([qw]|week |kw ?)(\d{1,2})", text)
    if not found:
        return None
    for year in range(now.year + 1, now.year - 7, -1):  # the first week may begin the year before
        try:
            days = _numbered(f"{found[1][0]}{found[2]} {year}".replace("k", "w"))
        except ValueError:  # not every year has 53 weeks
            continue
        if days and days[0] <= now:
            return days
    return None


def _quarter_of(year: int, number: int) -> Days | None:
    if not 1 <= number <= 4:
        return None
    start = datetime(year, 3 * number - 2, 1)
    return start, (start + timedelta(days=93)).replace(day=1)


def _quarter(text: str, now: datetime) -> Days | None:
    which, _, name = text.rpartition(" ")
    if name != "quarter" or which not in ("this", "last"):
        return None
    back = now.year * 4 + (now.month - 1) // 3 - (which == "last")
    return _quarter_of(back // 4, back % 4 + 1)


def _feast(text: str, now: datetime) -> Days | None:
    """Of a year, or the last that has begun; "last" is over."""
    found = re.fullmatch(r"(last )?(christmas|easter)(?: (\d{4}))?", text)
    if not found or (found[1] and found[3]):
        return None
    days = FEASTS[found[2]]
    if found[3]:
        return days(int(found[3]))
    at = 1 if found[1] else 0
    return next(
        one for one in (days(now.year), days(now.year - 1), days(now.year - 2)) if one[at] <= now
    )


def _christmas(year: int) -> Days:
    """From its Eve to the day after."""
    return datetime(year, 12, 24), datetime(year, 12, 27)


def _easter(year: int) -> Days:
    """From Good Friday to Easter Monday, in the Gregorian calendar (Meeus, Jones, Butcher)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    moved = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - moved + 15) % 30
    day = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * day) // 451
    month, rest = divmod(moon + day - 7 * late + 114, 31)
    sunday = datetime(year, month, rest + 1)
    return sunday - timedelta(days=2), sunday + timedelta(days=2)


FEASTS: dict[str, Callable[[int], Days]] = {"christmas": _christmas, "easter": _easter}


def _night(text: str, now: datetime) -> Days | None:
    """The one that was last, or goes on, from the evening to the morning."""
    if text != "last night":
        return None
    today = datetime(now.year, now.month, now.day)
    return today - timedelta(hours=24 - _NIGHT[0]), today + timedelta(hours=_NIGHT[1])
