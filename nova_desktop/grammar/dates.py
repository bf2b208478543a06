"""Stretches of time as people write them, in local time: 2024-05, yesterday, "last summer", May."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from nova_desktop.grammar import german, named, relative
from nova_desktop.grammar.relative import MONTHS

Stretch = tuple[float, float]  # [start, stop) in seconds since 1970

# The month a season begins with, on the northern half of the earth.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
WORDS = (
    *("today", "yesterday", "this week", "last week", "this month", "last month"),
    *("weekend", "last weekend", "last 7 days", "last 30 days", "3 days ago"),
    *("this year", "last year", "last spring", "last summer", "last autumn", "last winter"),
    *MONTHS,
)

SIGNS = {
    "since": ">=",
    "seit": ">=",
    "after": ">",
    "nach": ">",
    "before": "<",
    "vor": "<",
    "until": "<=",
    "till": "<=",
    "bis": "<=",
}
# A hyphen parts what is no date with it: years, months, and days of one month.
_DASHED = re.compile(
    r"(.+?)(?: - | ?[–—] ?)(.+)|(\d{4})-(\d{4})|([^\W\d]+)-(.+)|(\d{1,2}\.?)-(\d.*)"
)
_DAY_OF = re.compile(r"(?:(?:the|de[mnr]) )?(\d{1,2})(?:st|nd|rd|th|\.)?(?: ?([^\W\d].*))?")


def stretch(text: str, now_s: float) -> Stretch | None:
    """What `text` names, seen from the time `now_s`; None for what is no date."""
    text = _plain(re.sub(r"[\s_]+", " ", text.strip().lower()))
    try:
        now = datetime.fromtimestamp(now_s)
        found = _instant(text) or _numbers(text, now) or _word(text, now) or _month(text, now)
        found = found or relative.said(text, now)
        if found is None:
            return None
        start, stop = (at if isinstance(at, float) else at.timestamp() for at in found)
    except (ValueError, OverflowError, OSError):
        return None  # month 13, the year 0, or later than the system can count
    return (start, stop) if math.isfinite(start) and math.isfinite(stop) else None


def _plain(text: str) -> str:
    """In the words of the grammar: German as English, without what says nothing."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"^(\d{1,2}\.)(?=[^\W\d])", r"\1 ", text)  # 5.Mai
    text = re.sub(r"(?<=[^\W\d])(?:\.|,)(?= ?\d{4}$)", " ", text)  # Sept. 2023; May, 2023
    text = german.dates(re.sub(" +", " ", text))
    return re.sub(r"^(?:(?:in|on|during|from|the) )+|(?<= )of ", "", text)


def _instant(text: str) -> tuple[float, float] | None:
    """@ and seconds since 1970: what no calendar names."""
    found = re.fullmatch(r"@(-?\d+(?:\.\d+)?)", text)
    return (float(found[1]), float(found[1])) if found else None


def _numbers(text: str, now: datetime) -> tuple[datetime, datetime] | None:
    """An ISO date as long as its last part says: a year, a month, a day, a minute, a second.

    Also as it is written in German: 31.5.2023, 31.5.23, 31.5., 5.2023.
    """
    if re.fullmatch(r"\d{4}", text):
        return datetime(int(text), 1, 1), datetime(int(text) + 1, 1, 1)
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[./](\d{4})", text):
        return _month_of(int(found[1] or found[4]), int(found[2] or found[3]))
    if found := re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}|\d\d))?", text):
        day, month = int(found[1]), int(found[2])
        year = _year(found[3], now) if found[3] else relative.last_year_of(month, day, now)
        start = datetime(year, month, day)
        return start, start + timedelta(days=1)
    if found := re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})(\d\d)(\d\d)", text):
        year, month, day = (int(n) for n in found.groups() if n and n.isdigit())
        start = datetime(year, month, day)
        return start, start + timedelta(days=1)
    if not re.match(r"\d{4}-?\d\d-?\d\d[ t]\d", text):
        return None
    start = datetime.fromisoformat(text.upper())
    if re.search(r"\.\d+", text):
        return start, start
    minute = re.search(r"[ t]\d\d:?\d\d(?:z|[+-]\d\d:?\d\d)?$", text)
    return start, start + timedelta(seconds=60 if minute else 1)


def _year(text: str, now: datetime) -> int:
    """Of two digits the last year that ends so, next year at most."""
    if len(text) > 2:
        return int(text)
    return now.year + 1 - (now.year + 1 - int(text)) % 100


def _month_of(year: int, month: int) -> tuple[datetime, datetime]:
    start = datetime(year, month, 1)
    return start, (start + timedelta(days=31)).replace(day=1)


def _word(text: str, now: datetime) -> tuple[datetime, datetime] | None:
    today = datetime(now.year, now.month, now.day)
    tomorrow = today + timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    named: dict[str, Callable[[], tuple[datetime, datetime]]] = {
        "today": lambda: (today, tomorrow),
        "yesterday": lambda: (today - timedelta(days=1), today),
        "this week": lambda: (monday, monday + timedelta(days=7)),
        "last week": lambda: (monday - timedelta(days=7), monday),
        "this month": lambda: _month_of(now.year, now.month),
        "last month": lambda: ((first - timedelta(days=1)).replace(day=1), first),
        "this year": lambda: (datetime(now.year, 1, 1), datetime(now.year + 1, 1, 1)),
        "last year": lambda: (datetime(now.year - 1, 1, 1), datetime(now.year, 1, 1)),
    }
    text = text.replace("-", " ")
    if text in named:
        return named[text]()
    which, _, season = text.rpartition(" ")
    if text in SEASONS:  # the last one that has begun
        begun = now.year - (datetime(now.year, SEASONS[text], 1) > now)
        return _season(text, begun)
    if which in SEASONS:
        which, season = season, which
    if season not in SEASONS:
        return None
    if which == "last":
        return _season(season, _year_over(season, now))
    if which == "this":  # of this year, also when it is over; most of a winter lies behind its year
        return _season(season, now.year - (season == "winter" and now.month < SEASONS[season]))
    return _season(season, int(which[:4])) if re.fullmatch(r"\d{4}(?:/\d\d)?", which) else None


def _season(season: str, year: int) -> tuple[datetime, datetime]:
    """Of the year that it begins in: winter 2024 goes on until the end of February 2025."""
    start = datetime(year, SEASONS[season], 1)
    return start, (start + timedelta(days=93)).replace(day=1)


def _year_over(season: str, now: datetime) -> int:
    """The year in which the last such season began that is over."""
    return now.year if _season(season, now.year)[1] <= now else _before(season, now)


def _before(season: str, now: datetime) -> int:
    return now.year - 1 if _season(season, now.year - 1)[1] <= now else now.year - 2


def _month(text: str, now: datetime) -> tuple[datetime, datetime] | None:
    """may, "may 2024", 2024-may; without a year the last one that has begun."""
    bare = re.sub("^last[ -]", "", text)
    last, text = bare != text, bare
    found = re.fullmatch(r"([a-z]{3,9})(?:[ -](\d{4}))?|(\d{4})[ -]([a-z]{3,9})", text)
    if not found:
        return None
    name, year = found[1] or found[4], found[2] or found[3]
    month = relative.month_called(name)
    if month is None or (last and year):
        return None
    begun = month <= now.month - last  # last May is over
    return _month_of(int(year) if year else now.year - (not begun), month)


def _signed(text: str) -> str:
    """since 2020 as >=2020; from may to june, may - june and 2020–2022 as may..june; else as it
    is."""
    said = " ".join(text.split())
    if ".." in said:
        return text
    start = r"(?:from |between |von |zwischen )?"
    if found := re.fullmatch(rf"{start}(.+) (?:to|and|bis|und) (.+)", said, re.I):
        return f"{found[1]} .. {found[2]}"
    if found := _DASHED.fullmatch(said):
        first, last = (part for part in found.groups() if part)
        return f"{first} .. {last}"
    word, _, rest = said.partition(" ")
    sign = SIGNS.get(word.lower())
    return f"{sign}{rest}" if sign and rest else text


def _recurs(text: str) -> bool:
    """Whether each year or week has one, and which is meant hangs on the time: may, 5 may, monday,
    christmas."""
    name = re.sub(r"^last |^\d\S* | \d\S*$", "", _plain(" ".join(text.lower().split())))
    known = (*SEASONS, *relative.WEEKDAYS, *named.FEASTS)
    return name in known or relative.month_called(name.rstrip(".")) is not None


def between(text: str, now_s: float) -> tuple[float | None, float | None] | None:
    """(since, until) of a value: a stretch, a..b, a.., ..b, >a, >=a, <a, <=a; None: no date.

    Also as it is said: since, after, before, until, "from a to b".
    """
    if (whole := stretch(text, now_s)) is not None:
        return whole
    text = _signed(re.sub(r"\.{3}|…", "..", text))
    if found := re.fullmatch(r"\s*([<>]=?)(.+)", text, re.DOTALL):
        if (named := stretch(found[2], now_s)) is None:
            return None
        start, stop = named
        bounds: dict[str, tuple[float | None, float | None]] = {
            ">": (stop, None),
            ">=": (start, None),
            "<": (None, start),
            "<=": (None, stop),
        }
        return bounds[found[1]]
    first, dots, last = text.partition("..")
    if not dots:
        return None
    begin = stretch(first, now_s) if first.strip() else None
    end = stretch(last, now_s) if last.strip() else None
    day, other = _DAY_OF.fullmatch(first.strip().lower()), _DAY_OF.fullmatch(last.strip().lower())
    if day and other and not day[2] and other[2]:  # 5. bis 10. Mai: both of that month
        begin = stretch(f"{day[1]} {other[2]}", now_s)
    year = re.search(r"\s(\d{4})\s*$", last)
    if begin and end and year and begin[0] >= end[1]:  # may..june 2023: both of that year
        begin = stretch(first + year[0], now_s) or begin
    if begin and end and begin[0] >= end[1] and _recurs(first):  # in June, june..may: until May
        begin = stretch(first, end[0]) or begin
    if (first.strip() and begin is None) or (last.strip() and end is None) or begin is end is None:
        return None
    return begin and begin[0], end and end[1]


def written(since_s: float | None, until_s: float | None) -> str:
    """The value that `between` understands as this."""
    if since_s is None and until_s is not None:
        return _exactly(f"<{_day(until_s)}", (None, until_s)) or f"<@{positional(until_s)}"
    if since_s is not None and until_s is None:
        return _exactly(f">={_day(since_s)}", (since_s, None)) or f">=@{positional(since_s)}"
    assert since_s is not None  # noqa: S101  # nobody writes an empty filter
    assert until_s is not None  # noqa: S101
    first, last = _day(since_s), _day(until_s - 1)  # the last day that is inside
    for text in (first[:4], first[:7], first, f"{first}..{last}"):
        if text and since_s < until_s and _exactly(text, (since_s, until_s)):
            return text
    return f"@{positional(since_s)}..@{positional(until_s)}"


def _exactly(text: str, wanted: tuple[float | None, float | None]) -> str:
    return text if between(text, 0.0) == wanted else ""


def _day(seconds: float) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds):%Y-%m-%d}".rjust(10, "0")
    except (ValueError, OverflowError, OSError):
        return ""


def positional(number: float) -> str:
    """All digits of a number, without an exponent."""
    return format(Decimal(repr(float(number))), "f").removesuffix(".0")
