"""The part of the fake library that is about duplicates, labels and groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nova_desktop.duplicates import Duplicates, Wanted
from nova_desktop.errors import ExpectedError
from nova_desktop.labels import Clusters, Label, Said, Suggestion


class FakeReviews:
    """Implements DuplicateCalls and LabelCalls; set `twice`, `suggested`, `alike` as needed."""

    calls: list[tuple[object, ...]]

    def __init__(self) -> None:
        super().__init__()
        self.twice = Duplicates()
        self.twice_error: ExpectedError | None = None
        self.suggested: dict[str, list[Suggestion]] = {}  # by label
        self.labelled: dict[str, list[Path]] = {}
        self.alike = Clusters()

    def duplicates(
        self, wanted: Wanted, limit: int, offset: int = 0, again: bool = False
    ) -> Duplicates:
        self.calls.append(("duplicates", wanted, limit, offset, again))
        if self.twice_error:
            raise self.twice_error
        chosen = tuple(it for it in self.twice.groups if not wanted.same or it.same in wanted.same)
        return replace(self.twice, groups=chosen[offset : offset + limit])

    def stop_duplicates(self) -> None:
        self.calls.append(("stop_duplicates",))

    def set_apart(self, paths: Sequence[Path], apart: bool = True) -> None:
        self.calls.append(("set_apart", tuple(paths), apart))

    def labels(self) -> tuple[Label, ...]:
        return tuple(
            Label(name, len(self.labelled.get(name, ())), len(some))
            for name, some in sorted(self.suggested.items())
        )

    def add_label(self, name: str) -> None:
        self.calls.append(("add_label", name))
        self.suggested.setdefault(name, [])

    def remove_label(self, name: str) -> None:
        self.calls.append(("remove_label", name))
        self.suggested.pop(name, None)

    def suggestions(self, label: str, limit: int) -> tuple[Suggestion, ...]:
        return tuple(self.suggested.get(label, ())[:limit])

    def say_label(self, label: str, paths: Sequence[Path], said: Said) -> None:
        self.calls.append(("say_label", label, tuple(paths), said))
        left = [one for one in self.suggested[label] if one.path not in paths]
        self.suggested[label] = left
        if said is Said.YES:
            self.labelled.setdefault(label, []).extend(paths)

    def keep_group(self, key: str, name: str) -> int:
        self.calls.append(("keep_group", key, name))
        self.labelled[name] = [it for one in self.alike.clusters for it in one.covers]
        self.suggested[name] = []
        return next(one.count for one in self.alike.clusters if one.key == key)

    def drop_album(self, name: str) -> None:
        self.calls.append(("drop_album", name))
        self.suggested.pop(name, None)

    def clusters(self, again: bool = False) -> Clusters:
        self.calls.append(("clusters", again))
        return self.alike
