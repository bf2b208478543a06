"""What paid engines cost: each request is written down before it is sent, and kept below the caps.

A request that nobody knows the end of (the program was killed, the line was cut) stays counted by
its estimate: the ledger may say more than the bill, never less.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from nova_desktop.errors import NeedsUser
from nova_desktop.library.database import Database
from nova_desktop.library.prices import Prices
from nova_desktop.spending import Spent, Usage

TOLERANCE_USD = 1e-9  # sums of floats: ten times 0.1 are within 1


@dataclass(frozen=True, slots=True)
class Month:
    """One month of local time, in seconds since 1970 UTC: [start_s, stop_s)."""

    start_s: float
    stop_s: float

    @classmethod
    def of(cls, now_s: float) -> Month:
        first = datetime.fromtimestamp(now_s).replace(
            day=1, hour=0, minute=0, second=0, microsecond=0
        )
        year, month = divmod(first.year * 12 + first.month, 12)
        return cls(first.timestamp(), first.replace(year=year, month=month + 1).timestamp())

    def __contains__(self, at_s: float) -> bool:
        return self.start_s <= at_s < self.stop_s


@dataclass(frozen=True, slots=True)
class Sums:
    """US dollars; replaced as a whole, so that they are read without waiting."""

    month: Month
    month_usd: float
    run_usd: float
    total_usd: float
    by_kind: Mapping[str, float]  # of the month

    def plus(self, usd: float, kind: str, at_s: float, of_run: bool) -> Sums:
        sums = replace(
            self,
            run_usd=self.run_usd + (usd if of_run else 0.0),
            total_usd=self.total_usd + usd,
        )
        if at_s not in self.month:
            return sums
        by_kind = {**self.by_kind, kind: self.by_kind.get(kind, 0.0) + usd}
        return replace(sums, month_usd=self.month_usd + usd, by_kind=by_kind)


class Ledger:
    """A `spending.Budget` over the catalog. Any thread; those that reserve wait for one another.

    `run` names one opening of the library. A cap of None is none; 0 forbids every paid request.
    """

    def __init__(
        self,
        catalog: Database,
        prices: Prices,
        run: str,
        month_cap_usd: float | None = None,
        run_cap_usd: float | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._catalog, self._prices, self._run, self._clock = catalog, prices, run, clock
        self._month_cap_usd, self._run_cap_usd = month_cap_usd, run_cap_usd
        self._lock = threading.Lock()
        self._sums = self._summed(Month.of(clock()))

    def reserve(self, estimate: Usage) -> int:
        """As Budget says. What other threads have reserved counts, so that a cap stops in time."""
        usd = self._prices.usd(estimate)
        with self._lock:
            now_s = self._clock()
            sums = self._sums = self._current(now_s)
            self._check(sums, usd)
            with self._catalog.write() as db:
                number = db.execute(
                    "INSERT INTO spent (at_s, answered, run, engine, model, region, kind, tokens, "
                    "images, seconds, bytes, usd) VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        *(now_s, self._run),
                        *(estimate.engine, estimate.model, estimate.region, estimate.kind),
                        *(estimate.tokens, estimate.images, estimate.seconds),
                        *(estimate.sent_bytes, usd),
                    ],
                ).lastrowid
            self._sums = sums.plus(usd, estimate.kind, now_s, of_run=True)
        return int(number or 0)

    def settle(self, number: int, usage: Usage) -> None:
        """As Budget says; also for what an earlier run reserved, and again with other figures."""
        usd = self._prices.usd(usage)
        with self._lock:
            with self._catalog.write() as db:
                line = _line(db, number)
                db.execute(
                    "UPDATE spent SET answered = 1, tokens = ?, images = ?, seconds = ?, "
                    "bytes = ?, usd = ? WHERE id = ?",
                    [usage.tokens, usage.images, usage.seconds, usage.sent_bytes, usd, number],
                )
            self._change(line, usd)

    def release(self, number: int) -> None:
        """As Budget says."""
        with self._lock:
            with self._catalog.write() as db:
                line = _line(db, number)
                db.execute("DELETE FROM spent WHERE id = ?", [number])
            self._change(line, 0.0)

    def spent(self) -> Spent:
        """Waits for no one, but once where a month begins."""
        sums = self._sums
        if self._clock() not in sums.month:
            with self._lock:
                sums = self._sums = self._current(self._clock())
        kinds = [(kind, usd) for kind, usd in sums.by_kind.items() if usd > TOLERANCE_USD]
        return Spent(
            month_usd=sums.month_usd,
            run_usd=sums.run_usd,
            total_usd=sums.total_usd,
            month_cap_usd=self._month_cap_usd,
            run_cap_usd=self._run_cap_usd,
            by_kind=tuple(sorted(kinds, key=lambda pair: -pair[1])),
        )

    def _change(self, line: Line, usd: float) -> None:
        of_run = line.run == self._run
        self._sums = self._sums.plus(usd - line.usd, line.kind, line.at_s, of_run)

    def _check(self, sums: Sums, usd: float) -> None:
        """Raises NeedsUser where `usd` more would pass a cap."""
        for cap_usd, spent_usd, of, otherwise in (
            (
                self._month_cap_usd,
                sums.month_usd,
                "this month",
                f"wait until {datetime.fromtimestamp(sums.month.stop_s):%Y-%m-%d}",
            ),
            (self._run_cap_usd, sums.run_usd, "one run", "start Nova Desktop again"),
        ):
            if cap_usd is not None and spent_usd + usd > cap_usd + TOLERANCE_USD:
                raise NeedsUser(
                    f"The limit for {of} is reached: ${spent_usd:.4f} of ${cap_usd:.2f} are spent, "
                    f"and the next request may cost ${usd:.4f}. Raise the limit in Settings, or "
                    f"{otherwise}."
                )

    def _current(self, now_s: float) -> Sums:
        """The sums as they are, or those of another month: the clock may also be set back."""
        return self._sums if now_s in self._sums.month else self._summed(Month.of(now_s))

    def _summed(self, month: Month) -> Sums:
        ((total_usd, run_usd),) = self._catalog.read(
            "SELECT TOTAL(usd), TOTAL(usd) FILTER (WHERE run = ?) FROM spent", [self._run]
        )
        by_kind = dict(
            self._catalog.read(
                "SELECT kind, TOTAL(usd) FROM spent WHERE at_s >= ? AND at_s < ? GROUP BY kind",
                [month.start_s, month.stop_s],
            )
        )
        return Sums(month, sum(by_kind.values()), run_usd, total_usd, by_kind)


@dataclass(frozen=True, slots=True)
class Line:
    at_s: float
    run: str
    kind: str
    usd: float


def _line(db: sqlite3.Connection, number: int) -> Line:
    found = db.execute("SELECT at_s, run, kind, usd FROM spent WHERE id = ?", [number]).fetchone()
    if found is None:
        raise KeyError(f"nothing was reserved under {number}")
    return Line(*found)
