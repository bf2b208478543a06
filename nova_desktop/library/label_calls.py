"""Calls about labels, and about groups of files that are like one another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nova_desktop.errors import BadInput
from nova_desktop.labels import Clusters, Label, Said, Suggestion
from nova_desktop.library.opened import Opened


class Labelling(Opened):
    """See calls.LabelCalls."""

    def labels(self) -> tuple[Label, ...]:
        return self._labels.all()

    def add_label(self, name: str) -> None:
        self._labels.add(name)

    def remove_label(self, name: str) -> None:
        self._labels.remove(name)

    def suggestions(self, label: str, limit: int) -> tuple[Suggestion, ...]:
        if limit < 1:
            raise BadInput("At least one suggestion has to be asked for.")
        return self._labels.suggestions(label, limit)

    def say_label(self, label: str, paths: Sequence[Path], said: Said) -> None:
        self._labels.say(label, paths, said)

    def clusters(self, again: bool = False) -> Clusters:
        return self._clustering.page(again)
