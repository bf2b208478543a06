"""How money, and what leaves this computer, are said: pure functions to short texts."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from nova_desktop.spending import FurtherStatus, Quote, Rule, Sent, Spent
from nova_desktop.ui import wording
from nova_desktop.ui.look.sentences import sentence
from nova_desktop.ui.look.words import Said, decimal, noop, number, tr, trn

KINDS = Said(
    {
        "text": noop("Amazon Nova", "Text"),
        "image": noop("Amazon Nova", "Photos"),
        "document image": noop("Amazon Nova", "Pages of documents"),
        "audio": noop("Amazon Nova", "Sounds"),
        "video": noop("Amazon Nova", "Videos"),
        "vectors put": noop("Amazon Nova", "Shared library: sent"),
        "vectors query": noop("Amazon Nova", "Shared library: questions"),
    }
)
RULES = Said(
    {
        Rule.DEVICE: noop("Amazon Nova", "stay on this computer"),
        Rule.CLOUD: noop("Amazon Nova", "may be sent to Amazon Nova"),
        Rule.NEVER: noop("Amazon Nova", "are not indexed at all"),
    }
)
LEAST_USD = 0.0001  # what four digits can show


def usd(amount: float) -> str:
    """$0.0736, $12.30, $1,204.00: cents where there are dollars, else what a picture costs."""
    if 0 < amount < LEAST_USD:
        return tr("Amazon Nova", "under {amount}", amount=_dollars(LEAST_USD, 4))
    return _dollars(amount, 4 if 0 < amount < 1 else 2)


def _dollars(amount: float, digits: int) -> str:
    """As the user's language writes an amount: $1,204.00, and 1.204,00 $ in German."""
    return tr("Amazon Nova", "${amount}", amount=decimal(amount, digits))


def about(amount: float) -> str:
    """An estimate in a sentence: about $0.0736, under $0.0001."""
    if 0 < amount < LEAST_USD:
        return usd(amount)
    return tr("Amazon Nova", "about {amount}", amount=usd(amount))


def units(kind: str, amount: float) -> str:
    """What one kind is paid by: 2,722 tokens, 1:38 min, 3 pictures."""
    if kind == "text":
        n = round(amount)
        return trn("Amazon Nova", "{n} token(s)", None, n)
    if kind in ("audio", "video"):
        return f"{amount:.0f} s" if amount < 60 else f"{wording.clock(amount)} {_of(amount)}"
    n = round(amount)
    if kind == "document image":
        return trn("Amazon Nova", "{n} page(s)", None, n)
    return trn("Amazon Nova", "{n} picture(s)", None, n)


def _of(seconds: float) -> str:
    return "h" if seconds >= 3600 else "min"


def size(amount: int) -> str:
    """12.3 MB; 1 MB is 1,000,000 bytes, as Amazon counts."""
    n = amount
    if n < 1000:
        return trn("Amazon Nova", "{n} byte(s)", None, n)
    if n >= 100_000:
        return f"{decimal(n / 1e6, 1)} MB"
    return f"{decimal(n / 1e3, 1)} kB"


def when(at_s: float) -> str:
    """Local time, so that texts sort as times do; "" where the platform can't place it."""
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(at_s))
    except (OverflowError, OSError, ValueError):
        return ""


def progress(further: FurtherStatus, spent: Spent | None) -> str:
    """The footer's line: Amazon Nova: 12 of 40, $0.0123 this month; or why it is held."""
    if not further.allowed:
        return tr("Amazon Nova", "Amazon Nova: no folder may be sent yet")
    if further.held:
        return f"Amazon Nova: {sentence(wording.shown(further.held))}"
    total = further.indexed + further.waiting
    done = f"Amazon Nova: {wording.done_of(further.indexed, total)}"
    if spent is None:
        return done
    money = tr("Amazon Nova", "{amount} this month", amount=usd(spent.month_usd))
    return f"{done}, {money}"


def stays(folders: Sequence[Path]) -> str:
    """The hint after folders were added."""
    if len(folders) == 1:
        return tr(
            "Amazon Nova",
            "Amazon Nova: “{name}” stays on this computer until you allow it",
            name=wording.name_of(folders[0]),
        )
    return tr(
        "Amazon Nova",
        "Amazon Nova: {number} new folders stay on this computer until you allow them",
        number=number(len(folders)),
    )


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
        parts.append(tr("Amazon Nova", "Nothing is left to send."))
    if quote.unknown:
        n = quote.unknown
        parts.append(
            trn(
                "Amazon Nova",
                "{n} file(s) must be indexed on this computer first, and will cost extra.",
                None,
                n,
            )
        )
    if quote.whole:
        n = quote.whole
        parts.append(
            trn("Amazon Nova", "Quoted in full: {n} recording(s). It may become less.", None, n)
        )
    return " ".join([*parts, sentence(wording.shown(quote.prices))])


def of_cap(amount: float, cap: float | None) -> str:
    """$0.0736 of $20.00; $0.0736, no limit."""
    if cap is None:
        return tr("Amazon Nova", "{amount}, no limit", amount=usd(amount))
    return tr("Amazon Nova", "{amount} of {limit}", amount=usd(amount), limit=usd(cap))


def rule_of(folder: Path, decided: Mapping[Path, Rule]) -> Rule:
    """The rule of the nearest folder at or above this one."""
    above = (decided[place] for place in (folder, *folder.parents) if place in decided)
    return next(above, Rule.DEVICE)


def sent_cells(line: Sent) -> tuple[str, str, str, str, str]:
    """What was sent in a row: when, file, size, where, deleted when."""
    deleted = "" if line.deleted_s is None else when(line.deleted_s)
    place = wording.shown(line.place)
    return when(line.at_s), wording.name_of(line.path), size(line.bytes), place, deleted
