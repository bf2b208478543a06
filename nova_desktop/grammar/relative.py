"""Dates as they are said: "3 days ago", "last 2 weeks", monday, "last weekend", "5 May 2023"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from nova_desktop.grammar import named

Days = tuple[datetime, datetime]  # [start, stop)

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT = rf"(\d{{1,4}}|a|an|{'|'.join(NUMBERS)})"
_UNIT = r"(day|week|month|year)s?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th|\.)?"
_MONTH = r"([a-z]{3,9})\.?"
_YEAR = r"(?:,? (\d{4}))?"


def said(text: str, now: datetime) -> Days | None:
    """Raises ValueError for a day that no month has, OverflowError for what no calendar holds."""
    text = text.replace("-", " ")
    return (
        _ago(text, now) or _last(text, now) or _weekday(text, now) or _day(text, now)
        or _decade(text) or named.said(text, now)
    )  # fmt: skip


def _ago(text: str, now: datetime) -> Days | None:
    text = "2 days ago" if text == "day before yesterday" else text
    found = re.fullmatch(rf"{_COUNT} {_UNIT} ago", text)
    if not found:
        return None
    today, count = datetime(now.year, now.month, now.day), _number(found[1])
    if found[2] == "day":
        start = today - timedelta(days=count)
        return start, start + timedelta(days=1)
    if found[2] == "week":
        start = today - timedelta(days=today.weekday() + 7 * count)
        return start, start + timedelta(days=7)
    if found[2] == "year":
        return datetime(now.year - count, 1, 1), datetime(now.year - count + 1, 1, 1)
    return _months_back(now, count), _months_back(now, count - 1)


def _last(text: str, now: datetime) -> Days | None:
    """Until the end of today; today is the last of so many days."""
    found = re.fullmatch(rf"(?:last|past) {_COUNT} {_UNIT}", text)
    if not found:
        return None
    today, count = datetime(now.year, now.month, now.day), _number(found[1])
    tomorrow = today + timedelta(days=1)
    if found[2] in ("day", "week"):
        return tomorrow - timedelta(days=count * (7 if found[2] == "week" else 1)), tomorrow
    first = _months_back(now, count * (12 if found[2] == "year" else 1))
    return first + timedelta(days=min(now.day, _length(first)) - 1), tomorrow


def _weekday(text: str, now: datetime) -> Days | None:
    """The last one that is over; "weekend" without "last" may be the one that goes on."""
    today = datetime(now.year, now.month, now.day)
    name = text.removeprefix("last ")
    if text == "this weekend":
        saturday = today + timedelta(days=5 - today.weekday())
        return saturday, saturday + timedelta(days=2)
    if name == "weekend":
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        if saturday + timedelta(days=2) > today and text != name:
            saturday -= timedelta(days=7)
        return saturday, saturday + timedelta(days=2)
    if name not in WEEKDAYS:
        return None
    start = today - timedelta(days=(today.weekday() - WEEKDAYS.index(name) - 1) % 7 + 1)
    return start, start + timedelta(days=1)


def _day(text: str, now: datetime) -> Days | None:
    """5 may, may 5, with a year or the last one in which that day has come."""
    if found := re.fullmatch(rf"{_DAY} {_MONTH}{_YEAR}", text):
        day, name, year = found.groups()
    elif found := re.fullmatch(rf"{_MONTH} {_DAY}{_YEAR}", text):
        name, day, year = found.groups()
    else:
        return None
    month = month_called(name)
    if month is None:
        return None
    if year:
        start = datetime(int(year), month, int(day))
    else:
        start = datetime(last_year_of(month, int(day), now), month, int(day))
    return start, start + timedelta(days=1)


def last_year_of(month: int, day: int, now: datetime) -> int:
    """The last one in which that day has come; the 29th of February is not in every year."""
    last = now.year - ((month, day) > (now.month, now.day))
    if (month, day) != (2, 29):
        return last
    return next(year for year in range(last, last - 9, -1) if _leap(year))


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _decade(text: str) -> Days | None:
    found = re.fullmatch(r"(\d{0,2})(\d0)s", text)
    if not found or len(found[1]) == 1:
        return None
    # Without a century: one that photos are of, 1930 to 2029.
    year = int(found[1] or (20 if int(found[2]) <= 20 else 19)) * 100 + int(found[2])
    return datetime(year, 1, 1), datetime(year + 10, 1, 1)


def month_called(name: str) -> int | None:
    """1 to 12; three letters are enough."""
    return next((n for n, full in enumerate(MONTHS, 1) if full.startswith(name)), None)


def _number(text: str) -> int:
    if text in ("a", "an"):
        return 1
    return NUMBERS.index(text) + 1 if text in NUMBERS else int(text)


def _months_back(now: datetime, count: int) -> datetime:
    months = now.year * 12 + now.month - 1 - count
    return datetime(months // 12, months % 12 + 1, 1)


def _length(first: datetime) -> int:
    return ((first + timedelta(days=31)).replace(day=1) - first).days
