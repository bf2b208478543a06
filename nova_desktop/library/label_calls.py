"""Calls about labels, and about groups of files that are like one another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nova_desktop.errors import BadInput
from nova_desktop.folding import fold
from nova_desktop.labels import Clusters, Label, Said, Suggestion
from nova_desktop.library.opened import Opened
from nova_desktop.library.saved import SavedSearches


def album_search(name: str) -> str:
    """What is typed to find all of an album."""
    return f'tag:"{name}"'


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

    def keep_group(self, key: str, name: str) -> int:
        contents = self._clustering.members(key)
        name = " ".join(name.split())
        if any(fold(it.name) == fold(name) for it in SavedSearches(self._parts.catalog).all()):
            raise BadInput(f"There is a saved search “{name}” already. Choose another name.")
        self._labels.add_new(name, contents)
        SavedSearches(self._parts.catalog).save(name, album_search(name))
        return len(contents)

    def drop_album(self, name: str) -> None:
        name = " ".join(name.split())
        self._labels.remove(name)
        saved = SavedSearches(self._parts.catalog)
        if any(it.name == name and it.text == album_search(name) for it in saved.all()):
            saved.forget(name)

    def clusters(self, again: bool = False) -> Clusters:
        return self._clustering.page(again)
