"""Writes what is chosen by the chips as it would be typed, so that it can be kept; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nova_desktop.grammar import write
from nova_desktop.ui.search.narrowing import Dates, Narrowing, Recent, year

TYPED = {
    Recent.TODAY: "today",
    Recent.WEEK: '"this week"',
    Recent.MONTH: '"this month"',
    Recent.YEAR: '"this year"',
}


def typed(words: str, narrowing: Narrowing) -> str:
    """The line that asks for `words` within what is chosen; "this week" goes on moving."""
    filters = replace(narrowing, dates=None).filters(date.min)
    return " ".join(filter(None, (words.strip(), write((), filters), _dates(narrowing.dates))))


def _dates(dates: Dates) -> str:
    if dates is None:
        return ""
    if isinstance(dates, Recent):
        return f"date:{TYPED[dates]}"
    first, last = dates.first, dates.last
    if first and last:
        same = dates == year(first.year)
        return f"date:{first.year:04}" if same else f"date:{first}..{last}"
    if first:
        return f"date:>={first}"
    return f"date:<={last}" if last else ""
