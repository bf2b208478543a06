"""Calls about models that run on this device."""

from __future__ import annotations

from nova_desktop.errors import NeedsUser, TryLater
from nova_desktop.library.opened import Opened
from nova_desktop.ports import Models
from nova_desktop.shelf import Fetching, LocalModel


class Modelling(Opened):
    """See calls.ModelCalls."""

    def models(self) -> tuple[LocalModel, ...]:
        return self._models().all()

    def fetch_model(self, name: str, revision: str = "") -> LocalModel:
        with self._fetches.under_way(name) as stop:
            return self._models().fetch(name, revision, stop, self._fetches.tell)

    def fetching(self) -> tuple[Fetching, ...]:
        return self._fetches.all()

    def stop_fetch(self, name: str) -> None:
        self._fetches.stop(name)

    def check_model(self, place: str) -> LocalModel:
        return self._models().check(place)

    def remove_model(self, name: str) -> int:
        if any(far.name == name for far in self._fetches.all()):
            raise TryLater(f"{name} is being fetched. Stop that first.")
        return self._models().remove(name)

    def _models(self) -> Models:
        if self._parts.models is None:
            raise NeedsUser("This library was opened without models. Start Nova Desktop again.")
        return self._parts.models
