"""What the chips under the search box narrow results to: pure, and said in the user's words."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from nova_desktop.kinds import Modality
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import noop, tr

if TYPE_CHECKING:
    from nova_desktop.query import Facets, Filters


class Recent(enum.Enum):
    """Days that move with the time."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


RECENT = {
    Recent.TODAY: noop("Filters", "Today"),
    Recent.WEEK: noop("Filters", "This week"),
    Recent.MONTH: noop("Filters", "This month"),
    Recent.YEAR: noop("Filters", "This year"),
}


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last of them, in local time; None is open."""

    first: date | None = None
    last: date | None = None


Dates: TypeAlias = Recent | Days | None


@dataclass(frozen=True, slots=True)
class Length:
    """Of films and sounds, in seconds; None is open."""

    shortest_s: float | None = None
    longest_s: float | None = None


LENGTHS = {
    Length(None, 60): noop("Filters", "Up to 1 min"),
    Length(60, 300): noop("Filters", "1 to 5 min"),
    Length(300, 1200): noop("Filters", "5 to 20 min"),
    Length(1200, 3600): noop("Filters", "20 min to 1 h"),
    Length(3600, None): noop("Filters", "1 h and more"),
}


class Field(enum.Enum):
    """A chip of its own in the row, in the row's order."""

    FOLDER = "folder"
    DATE = "date"
    LENGTH = "length"
    CAMERA = "camera"
    RATING = "rating"
    TAG = "tag"
    PLACE = "place"


TITLES = {
    Field.FOLDER: noop("Filters", "Folder"),
    Field.DATE: noop("Filters", "Date"),
    Field.LENGTH: noop("Filters", "Length"),
    Field.CAMERA: noop("Filters", "Camera"),
    Field.RATING: noop("Filters", "Rating"),
    Field.TAG: noop("Filters", "Tag"),
    Field.PLACE: noop("Filters", "Place"),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is chosen; empty means any."""

    kinds: frozenset[Modality] = frozenset()
    folders: tuple[Path, ...] = ()
    dates: Dates = None
    length: Length | None = None
    cameras: tuple[str, ...] = ()
    least_rating: int | None = None
    tags: tuple[str, ...] = ()
    place: str = ""

    def filters(self, today: date) -> Filters:
        """As the library takes it."""
        from nova_desktop.query import Around, Filters  # not before the first paint

        days = days_of(self.dates, today)
        length = self.length or Length()
        return Filters(
            modalities=self.kinds,
            folders=self.folders,
            since_s=_midnight(days.first) if days.first else None,
            until_s=_midnight(days.last + timedelta(1)) if days.last else None,
            shortest_s=length.shortest_s,
            longest_s=length.longest_s,
            cameras=frozenset(self.cameras),
            least_rating=self.least_rating,
            tags=frozenset(self.tags),
            around=Around(self.place) if self.place else None,
        )

    def said(self, field: Field) -> str:
        """The value of a chip in few words; "" while any will do."""
        match field:
            case Field.FOLDER:
                return some([wording.name_of(path) for path in self.folders])
            case Field.DATE:
                return _dates(self.dates)
            case Field.LENGTH:
                return _length(self.length) if self.length else ""
            case Field.CAMERA:
                return some(self.cameras)
            case Field.RATING:
                return stars(self.least_rating) if self.least_rating else ""
            case Field.TAG:
                return some(self.tags)
            case Field.PLACE:
                return self.place

    def without(self, field: Field) -> Narrowing:
        """With any value for this chip."""
        return CLEARED[field](self)

    def active(self) -> tuple[Field, ...]:
        """The chips with a value."""
        return tuple(field for field in Field if self.said(field))


CLEARED: dict[Field, Callable[[Narrowing], Narrowing]] = {
    Field.FOLDER: lambda it: replace(it, folders=()),
    Field.DATE: lambda it: replace(it, dates=None),
    Field.LENGTH: lambda it: replace(it, length=None),
    Field.CAMERA: lambda it: replace(it, cameras=()),
    Field.RATING: lambda it: replace(it, least_rating=None),
    Field.TAG: lambda it: replace(it, tags=()),
    Field.PLACE: lambda it: replace(it, place=""),
}


ALWAYS = frozenset({Field.FOLDER, Field.DATE, Field.LENGTH})  # while what there is is not known


def has_values(field: Field, facets: Facets | None) -> bool:
    """Whether this library, as far as it is known, has anything that the chip could tell apart."""
    if facets is None:
        return field in ALWAYS
    match field:
        case Field.CAMERA:
            return bool(facets.cameras)
        case Field.RATING:
            return bool(facets.ratings)
        case Field.TAG:
            return bool(facets.tags)
        case Field.PLACE:
            return bool(facets.places)
        case Field.LENGTH:
            return any(it.value in ("video", "audio") for it in facets.kinds) or not facets.kinds
        case Field.FOLDER | Field.DATE:
            return True


def days_of(dates: Dates, today: date) -> Days:
    """The days that are meant today; weeks begin on Monday, as they do for what is typed."""
    match dates:
        case None:
            return Days()
        case Days():
            return dates
        case Recent.TODAY:
            return Days(today, today)
        case Recent.WEEK:
            first = today - timedelta(today.weekday())
            return Days(first, first + timedelta(6))
        case Recent.MONTH:
            after = (today.replace(day=28) + timedelta(4)).replace(day=1)
            return Days(today.replace(day=1), after - timedelta(1))
        case Recent.YEAR:
            return year(today.year)


def year(number: int) -> Days:
    """All of a year."""
    return Days(date(number, 1, 1), date(number, 12, 31))


def stars(rating: int) -> str:
    """★★★ and more."""
    drawn = "★" * rating
    return drawn if rating >= 5 else tr("Filters", "{stars} and more", stars=drawn)


def some(values: Iterable[str]) -> str:
    """The first, and how many more."""
    first, *rest = [*values, ""]
    more = len(rest) - 1
    return tr("Filters", "{first} and {n} more", first=first, n=more) if more > 0 else first


def _midnight(day: date) -> float:
    try:
        return datetime.combine(day, time()).timestamp()
    except (OSError, OverflowError):  # on Windows, before 1970
        return (day - date(1970, 1, 1)).total_seconds()


def _length(length: Length) -> str:
    if length in LENGTHS:
        return tr(*LENGTHS[length])
    shortest = wording.clock(length.shortest_s or 0)
    if length.longest_s is None:
        return tr("Filters", "{length} and more", length=shortest)
    return tr("Filters", "{first} to {last}", first=shortest, last=wording.clock(length.longest_s))


def _dates(dates: Dates) -> str:
    if dates is None:
        return ""
    if isinstance(dates, Recent):
        return tr(*RECENT[dates])
    first, last = dates.first, dates.last
    if first and last:
        if dates == year(first.year):
            return str(first.year)
        if first == last:
            return _day(first)
        return tr("Filters", "{first} to {last}", first=_day(first), last=_day(last))
    if first:
        return tr("Filters", "From {day}", day=_day(first))
    return tr("Filters", "Until {day}", day=_day(last)) if last else ""


def _day(day: date) -> str:
    return wording.date(_midnight(day)) or day.isoformat()
