"""What a unit of a paid engine's work costs: a table with a date and a source, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.spending import Usage

# What each kind is billed by, and how many units of ours the table's price is for.
PER = {
    "text": ("1000 tokens", 1000),
    "image": ("image", 1),
    "document image": ("image", 1),
    "audio": ("second", 1),
    "video": ("second", 1),
    "vectors put": ("GB", 1_000_000_000),  # of Amazon S3 Vectors
    "vectors stored": ("GB", 1_000_000_000),  # for a month
    "vectors query": ("1000 calls", 1000),
}
ANY = "any"  # a region: counts where the table has none of that name
DEAREST_USD = 1000.0  # of one unit; more is a slip of the keyboard
FIELDS = frozenset(("model", "region", "kind", "per", "usd", "estimate"))
TABLE = frozenset(("dated", "source", "price"))


@dataclass(frozen=True, slots=True)
class Price:
    usd: float  # of one token, one picture, one byte, one call or one second
    estimate: bool = False  # nobody was found to say it


@dataclass(frozen=True, slots=True)
class Prices:
    """By (model, region, kind). Money is US dollars."""

    dated: date
    source: str
    prices: Mapping[tuple[str, str, str], Price]

    def of(self, model: str, region: str, kind: str) -> Price:
        """NeedsUser for what has no price: what is not known can't be kept below a cap."""
        try:
            return self.prices.get((model, region, kind)) or self.prices[model, ANY, kind]
        except KeyError as e:
            raise NeedsUser(
                f"What {model} costs for {kind} in {region} is not known. Give a table of prices "
                "that has it in Settings (prices), or choose another region."
            ) from e

    def usd(self, usage: Usage) -> float:
        """What this is billed, in US dollars. NeedsUser where there is no price."""
        return self.of(usage.model, usage.region, usage.kind).usd * units(usage)

    def said(self, model: str, region: str) -> str:
        """The table's date and source, and what in it is a guess: a sentence for the user."""
        guessed = sorted(
            kind
            for (of, where, kind), price in self.prices.items()
            if of == model
            and price.estimate
            and (where == region or (where == ANY and (model, region, kind) not in self.prices))
        )
        text = f"Prices of {self.dated:%Y-%m-%d} from {self.source}."
        return f"{text} An estimate: {', '.join(guessed)}." if guessed else text


def units(usage: Usage) -> float:
    """Tokens, pictures, calls, bytes or seconds, whichever this kind is billed by."""
    match PER[usage.kind][0]:
        case "1000 tokens":
            return usage.tokens or 0
        case "image" | "1000 calls":
            return usage.images
        case "GB":
            return usage.sent_bytes
        case _:
            return usage.seconds


def prices_of(table: Mapping[str, Any]) -> Prices:
    """The table as it is read from TOML. BadInput with a sentence about what is wrong in it."""
    for name in table.keys() - TABLE:
        raise BadInput(f"there is no entry {name!r}. There are: {', '.join(sorted(TABLE))}.")
    dated, source, rows = (table.get(name) for name in ("dated", "source", "price"))
    if type(dated) is not date:  # a datetime is one too, and would be shown with its time
        raise BadInput("dated must be the day of the prices, such as 2026-11-22.")
    if not isinstance(source, str) or not source.strip():
        raise BadInput("source must say where the prices are from.")
    if not isinstance(rows, list) or not rows:
        raise BadInput("there must be at least one [[price]].")
    prices: dict[tuple[str, str, str], Price] = {}
    for number, row in enumerate(rows, 1):
        key, price = _row(f"price {number}", row)
        if key in prices:
            raise BadInput(f"price {number}: {' '.join(key)} has a price already. Remove one.")
        prices[key] = price
    return Prices(dated, " ".join(source.split()).rstrip("."), prices)


def _row(where: str, row: object) -> tuple[tuple[str, str, str], Price]:
    if not isinstance(row, dict):
        raise BadInput(f"{where} must be a table: write [[price]] above it.")
    for name in row.keys() - FIELDS:
        raise BadInput(f"{where}: there is no {name!r}. There are: {', '.join(sorted(FIELDS))}.")
    model, region, kind = (row.get(name) for name in ("model", "region", "kind"))
    if not (isinstance(model, str) and model and isinstance(region, str) and region):
        raise BadInput(f"{where}: model and region must be named.")
    if not isinstance(kind, str) or kind not in PER:
        raise BadInput(f"{where}: kind must be one of {', '.join(PER)}, not {kind!r}.")
    per, count = PER[kind]
    if row.get("per") != per:
        raise BadInput(f"{where}: {kind} is billed per {per!r}, not per {row.get('per')!r}.")
    usd, estimate = row.get("usd"), row.get("estimate", False)
    if isinstance(usd, bool) or not isinstance(usd, int | float) or not 0 <= usd <= DEAREST_USD:
        raise BadInput(f"{where}: usd must be a number from 0 to {DEAREST_USD:g}, not {usd!r}.")
    if not isinstance(estimate, bool):
        raise BadInput(f"{where}: estimate must be true or false, not {estimate!r}.")
    return (model, region, kind), Price(usd / count, estimate)
