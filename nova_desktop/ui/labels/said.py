"""What groups of files that are alike are called, in words."""

from __future__ import annotations

import re
import time

from PySide6.QtCore import QDate, QLocale

from nova_desktop.labels import Cluster
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import tr

# What cameras and programs number files by: "IMG_0412", "DSC00017", "8d0f3a…".
_NUMBERED = re.compile(r"(?i)[a-z]{0,4}[_-]?\d[\d_-]*|[0-9a-f-]{8,}")


def name(group: Cluster) -> str:
    """By its words, or by where and when its files are from; never by a number."""
    parts = [wording.shown(group.name)] if group.name else []
    if group.place:
        parts.append(wording.shown(group.place))
    if not group.name and group.day_s is not None:
        parts.append(wording.date(group.day_s))
    elif not group.name and group.month_s is not None:
        parts.append(month(group.month_s))
    if parts:
        return ", ".join(parts)
    first = group.covers[0] if group.covers else None
    if first is None or _NUMBERED.fullmatch(first.stem):
        return tr("Labels", "Much alike")
    return tr("Labels", "Like {name}", name=wording.name_of(first))


def month(taken_s: float) -> str:
    """The month in local time, as "June 2024"; "" where the platform can't place it."""
    try:
        day = time.localtime(taken_s)
    except (OverflowError, OSError, ValueError):
        return ""
    return QLocale().toString(QDate(day.tm_year, day.tm_mon, 1), "MMMM yyyy")
