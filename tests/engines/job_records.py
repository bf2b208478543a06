"""Where the steps of jobs are kept in tests, and a budget that writes down what it hears."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nova_desktop.spending import Usage


class Crash(Exception):
    """The program ends here."""


@dataclass
class FileRecords:
    """A JSON file, replaced as a whole. `crash_at` counts saves from 1: before it, or after it."""

    file: Path
    crash_at: int = 0
    after: bool = False
    saves: int = 0

    def load(self, part: int) -> dict[str, Any] | None:
        return self._all().get(str(part))

    def save(self, part: int, state: dict[str, Any]) -> None:
        self.saves += 1
        if self.saves == self.crash_at and not self.after:
            raise Crash
        self._write({**self._all(), str(part): state})
        if self.saves == self.crash_at:
            raise Crash

    def drop(self) -> None:
        self._write({})

    def _all(self) -> dict[str, Any]:
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def _write(self, states: dict[str, Any]) -> None:
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(states))
        new.replace(self.file)


@dataclass
class Purse:
    """A budget: what is reserved, until it is settled or released."""

    reserved: dict[int, Usage] = field(default_factory=dict)
    settled: list[Usage] = field(default_factory=list)

    def reserve(self, estimate: Usage) -> int:
        number = len(self.reserved) + len(self.settled) + 1
        self.reserved[number] = estimate
        return number

    def settle(self, number: int, usage: Usage) -> None:
        self.settled.append(usage)
        self.reserved.pop(number, None)

    def release(self, number: int) -> None:
        self.reserved.pop(number, None)
