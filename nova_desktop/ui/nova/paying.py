"""How money, and what leaves this computer, are said: pure functions to short texts."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from nova_desktop.spending import FurtherStatus, Quote, Rule, Sent, Spent
from nova_desktop.ui import wording

KINDS = {
    "text": "Text",
    "image": "Photos",
    "document image": "Pages of documents",
    "audio": "Sounds",
    "video": "Videos",
}
RULES = {
    Rule.DEVICE: "stay on this computer",
    Rule.CLOUD: "may be sent to Amazon Nova",
    Rule.NEVER: "are not indexed at all",
}
LEAST_USD = 0.0001  # what four digits can show


def usd(amount: float) -> str:
    """$0.0736, $12.30, $1,204.00: cents where there are dollars, else what a picture costs."""
    if 0 < amount < LEAST_USD:
        return f"under ${LEAST_USD}"
    return f"${amount:,.4f}" if 0 < amount < 1 else f"${amount:,.2f}"


def about(amount: float) -> str:
    """An estimate in a sentence: about $0.0736, under $0.0001."""
    return usd(amount) if 0 < amount < LEAST_USD else f"about {usd(amount)}"


def units(kind: str, number: float) -> str:
    """What one kind is paid by: 2,722 tokens, 1:38 min, 3 pictures."""
    if kind == "text":
        return wording.count(round(number), "token")
    if kind in ("audio", "video"):
        return f"{number:.0f} s" if number < 60 else f"{wording.clock(number)} {_of(number)}"
    return wording.count(round(number), "page" if kind == "document image" else "picture")


def _of(seconds: float) -> str:
    return "h" if seconds >= 3600 else "min"


def size(number: int) -> str:
    """12.3 MB; 1 MB is 1,000,000 bytes, as Amazon counts."""
    if number < 1000:
        return f"{number} bytes"
    return f"{number / 1e6:,.1f} MB" if number >= 100_000 else f"{number / 1e3:.1f} kB"


def when(at_s: float) -> str:
    """Local time, so that texts sort as times do; "" where the platform can't place it."""
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(at_s))
    except (OverflowError, OSError, ValueError):
        return ""


def progress(further: FurtherStatus, spent: Spent | None) -> str:
    """The footer's line: Amazon Nova: 12 of 40, $0.0123 this month; or why it is held."""
    if not further.allowed:
        return "Amazon Nova: no folder may be sent yet"
    if further.held:
        return f"Amazon Nova: {wording.shown(further.held)}"
    total = further.indexed + further.waiting
    money = f", {usd(spent.month_usd)} this month" if spent else ""
    return f"Amazon Nova: {further.indexed:,} of {total:,}{money}"


def stays(folders: Sequence[Path]) -> str:
    """The hint after folders were added."""
    if len(folders) == 1:
        name = f"“{wording.name_of(folders[0])}”"
        return f"Amazon Nova: {name} stays on this computer until you allow it"
    number = wording.count(len(folders), "new folder")
    return f"Amazon Nova: {number} stay on this computer until you allow them"


def added(
    before: Collection[Path], now: Collection[Path], allowed: Collection[Path]
) -> tuple[Path, ...]:
    """The folders that were added and of which nothing may be sent, in order."""
    return tuple(
        path
        for path in sorted(set(now) - set(before))
        if not any(path.is_relative_to(one) for one in allowed)
    )


def quoted(quote: Quote) -> str:
    """What is said under the lines of a quote."""
    parts = []
    if not quote.lines:
        parts.append("Nothing is left to send.")
    if quote.unknown:
        files = wording.count(quote.unknown, "file")
        parts.append(f"{files} must be indexed on this computer first, and will cost extra.")
    if quote.whole:
        films = wording.count(quote.whole, "recording")
        parts.append(f"{films} are quoted in full: it may become less.")
    return " ".join([*parts, wording.shown(quote.prices)])


def of_cap(amount: float, cap: float | None) -> str:
    """$0.0736 of $20.00; $0.0736, no limit."""
    return f"{usd(amount)}, no limit" if cap is None else f"{usd(amount)} of {usd(cap)}"


def rule_of(folder: Path, decided: Mapping[Path, Rule]) -> Rule:
    """The rule of the nearest folder at or above this one."""
    above = (decided[place] for place in (folder, *folder.parents) if place in decided)
    return next(above, Rule.DEVICE)


def sent_cells(line: Sent) -> tuple[str, str, str, str, str]:
    """What was sent in a row: when, file, size, where, deleted when."""
    deleted = "" if line.deleted_s is None else when(line.deleted_s)
    place = wording.shown(line.place)
    return when(line.at_s), wording.name_of(line.path), size(line.bytes), place, deleted
