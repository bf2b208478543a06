"""The part of the fake library that is about folders, their rules, and the queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nova_desktop.errors import BadInput
from nova_desktop.events import FoldersChanged
from nova_desktop.folders import (
    Effect,
    Exclusion,
    FolderRules,
    Queue,
    Removal,
    Schedule,
    Survey,
)
from nova_desktop.model import Folder, FolderState


class FakeKeeping:
    """Implements KeepingCalls and QueueCalls; set `effect`, `now`, `surveys`, ... as needed."""

    def __init__(self) -> None:
        super().__init__()
        self.folders: list[Folder] = []
        self.chosen: dict[Path, FolderRules] = {}
        self.effect = Effect(0, 0)  # of whatever patterns
        self.left_out: dict[Path, Exclusion] = {}
        self.surveys: list[Survey] = []  # answered one after the other; the last one again
        self.now = Queue((), 0, (), ())
        self.forgets = Removal(0, 0)

    def set_state(self, path: Path, state: FolderState, note: str = "") -> None:
        """Of one folder, as the library would say it."""
        self.folders = [
            replace(it, state=state, note=note) if it.path == path else it for it in self.folders
        ]
        self.tell(FoldersChanged())

    def folder_rules(self, path: Path) -> FolderRules:
        return self.chosen.get(path, FolderRules(path))

    def rules_effect(self, path: Path, ignore: Sequence[str]) -> Effect:
        self._called("rules_effect", path, tuple(ignore))
        if any("[" in line and "]" not in line for line in ignore):
            raise BadInput("The exclude pattern can't be understood.")
        return self.effect

    def set_folder_rules(
        self, path: Path, ignore: Sequence[str] | None = None, schedule: Schedule | None = None
    ) -> Effect:
        self._called("set_folder_rules", path, ignore and tuple(ignore), schedule)
        rules = self.folder_rules(path)
        if ignore is not None:
            rules = replace(rules, ignore=tuple(ignore))
        if schedule is not None:
            rules = replace(rules, schedule=schedule)
        self.chosen[path] = rules
        return self.effect

    def exclude(self, paths: Sequence[Path]) -> int:
        self._called("exclude", tuple(paths))
        self.left_out |= {path: Exclusion(path, 1e9, not path.suffix) for path in paths}
        self.tell(FoldersChanged())
        return len(paths)

    def include(self, paths: Sequence[Path]) -> None:
        self._called("include", tuple(paths))
        for path in paths:
            self.left_out.pop(path, None)
        self.tell(FoldersChanged())

    def exclusions(self) -> tuple[Exclusion, ...]:
        return tuple(self.left_out[path] for path in sorted(self.left_out))

    def removal(self, path: Path) -> Removal:
        return self.forgets

    def relocate_folder(self, old: Path, new: Path) -> None:
        self._called("relocate_folder", old, new)
        self.folders = [replace(it, path=new) if it.path == old else it for it in self.folders]
        self.tell(FoldersChanged())

    def survey(self, path: Path) -> Survey:
        if not self.surveys:
            return Survey(path, {}, {}, done=True)
        return self.surveys.pop(0) if len(self.surveys) > 1 else self.surveys[0]

    def end_survey(self, path: Path) -> None:
        self._called("end_survey", path)

    def queue(self, limit: int) -> Queue:
        return replace(self.now, next=self.now.next[:limit])

    def cancel(self, paths: Sequence[Path]) -> None:
        self._called("cancel", tuple(paths))
        gone = frozenset(paths)
        self.now = replace(
            self.now, active=tuple(it for it in self.now.active if it.path not in gone)
        )
        self.tell(FoldersChanged())

    def tell(self, event: object) -> None:
        raise NotImplementedError

    def _called(self, *call: object) -> None:
        raise NotImplementedError
