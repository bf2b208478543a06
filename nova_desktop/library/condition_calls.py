"""Calls about when indexing may work."""

from __future__ import annotations

from nova_desktop.library.opened import Opened
from nova_desktop.model import Check
from nova_desktop.upkeep import Around, Conditions


class Conditioned(Opened):
    """See calls.ConditionCalls."""

    def describers(self) -> tuple[Check, ...]:
        return self._parts.describers()

    def use_conditions(self, conditions: Conditions) -> None:
        self._keeper.use(conditions)

    def around(self) -> Around:
        return self._keeper.around()
