"""What a folder would cost, from what this device knows of it: nothing is sent for it, pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nova_desktop.library.prices import Prices
from nova_desktop.model import Modality
from nova_desktop.spending import Quote, QuoteLine


@dataclass(frozen=True, slots=True)
class Unpaid:
    """A content that a space does not have yet, and what is known of it."""

    modality: Modality
    files: int = 1  # that hold it
    duration_s: float | None = None
    telling_s: float | None = None  # of it that is not like what came before; None: not looked at
    seen: bool = True  # of a film: it has a picture
    pages: int | None = None
    tokens: int | None = None  # about; where only its text can be sent
    by_job: bool = False  # goes through S3 as a whole, with all that tells nothing


@dataclass(frozen=True, slots=True)
class Share:
    """What one content is billed by, once."""

    kind: str  # as Usage.kind
    units: float  # tokens, pictures or seconds
    spared: float = 0.0  # of them that are not sent


def share_of(item: Unpaid) -> Share | None:
    """What asking for this content sends; None where too little is known to say."""
    match item.modality:
        case Modality.IMAGE:
            return Share("image", 1)
        case Modality.VIDEO | Modality.AUDIO:
            kind = "video" if item.modality is Modality.VIDEO and item.seen else "audio"
            if item.duration_s is None:
                return None
            if item.telling_s is None or item.by_job:
                return Share(kind, item.duration_s)
            telling_s = min(item.telling_s, item.duration_s)
            return Share(kind, telling_s, item.duration_s - telling_s)
        case _ if item.tokens is not None:
            return Share("text", item.tokens)
        case Modality.DOCUMENT if item.pages is not None:
            return Share("document image", item.pages)
        case _:
            return None


def quote(
    folder: Path,
    space: str,
    items: Iterable[Unpaid],
    prices: Prices,
    model: str,
    region: str,
    unknown: int = 0,
) -> Quote:
    """The sum, dearest kind first. `unknown`: files of which nothing is known yet.

    A content that several files hold is paid for once, and the other times are spared. NeedsUser
    where the table has no price for what is there.
    """
    files: dict[str, int] = defaultdict(int)
    by_job: dict[str, int] = defaultdict(int)
    units: dict[str, float] = defaultdict(float)
    spared: dict[str, float] = defaultdict(float)
    for item in items:
        share = share_of(item)
        if share is None:
            unknown += item.files
            continue
        files[share.kind] += item.files
        by_job[share.kind] += item.by_job
        units[share.kind] += share.units
        spared[share.kind] += share.spared + (item.files - 1) * (share.units + share.spared)
    lines = [
        QuoteLine(
            kind=kind,
            files=files[kind],
            units=units[kind],
            spared=spared[kind],
            usd=units[kind] * prices.of(model, region, kind).usd,
            by_job=by_job[kind],
        )
        for kind in files
    ]
    lines.sort(key=lambda line: (-line.usd, line.kind))
    return Quote(folder, space, tuple(lines), prices.said(model, region), unknown)
