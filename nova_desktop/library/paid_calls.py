"""Calls about what leaves this device, and what it costs."""

from __future__ import annotations

import os
from pathlib import Path

from nova_desktop.errors import BadInput
from nova_desktop.library.opened import Opened
from nova_desktop.spending import FolderRule, Quote, Rule, Sent, Spent


class Paid(Opened):
    """See calls.PaidCalls."""

    def quote(self, folder: Path) -> Quote:
        return self._paying.quote(self._inside(folder))

    def rules(self) -> tuple[FolderRule, ...]:
        return self._parts.rulebook.rules()

    def set_rule(self, folder: Path, rule: Rule, quoted_usd: float | None = None) -> None:
        path = self._inside(folder)
        self._paying.check(rule)
        self._parts.rulebook.set_rule(path, rule, quoted_usd)
        if self._thread is None:
            return  # the next work looks everywhere
        self._indexer.inbox.insist(self._indexer.changed)
        root = next(r for r in self._parts.catalog.roots() if path.is_relative_to(r.path))
        self._indexer.look(root.path, str(path))  # NEVER leaves files out, or no longer does

    def _inside(self, folder: Path) -> Path:
        """A watched folder, or one in it, as it is kept. BadInput for any other."""
        path = Path(os.path.realpath(folder))
        known = sorted(root.path for root in self._parts.catalog.roots())
        if not any(path.is_relative_to(root) for root in known):
            folders = ", ".join(known) or "none"
            raise BadInput(f"{folder} is not in a watched folder. Watched are: {folders}.")
        return path

    def spent(self) -> Spent:
        return self._parts.ledger.spent()

    def sent(self, limit: int) -> tuple[Sent, ...]:
        return self._parts.sent.sent(limit)
