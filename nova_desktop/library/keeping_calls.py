"""Calls about what of the watched folders is indexed, when, and where they are."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from nova_desktop.errors import BadInput, TryLater, shown
from nova_desktop.events import FoldersChanged
from nova_desktop.folders import Effect, Exclusion, FolderRules, Removal, Schedule, Survey
from nova_desktop.library.ignoring import effect
from nova_desktop.library.moving import check_same, elsewhere, overlapping
from nova_desktop.library.opened import Opened
from nova_desktop.library.questions import Root
from nova_desktop.library.rules import Rules
from nova_desktop.library.scan import scan
from nova_desktop.library.survey import Surveyor
from nova_desktop.model import State

log = logging.getLogger(__name__)
MOUNTED = "what is mounted"  # as a sentence calls the drives that are looked through


class Keeping(Opened):
    """See calls.KeepingCalls."""

    def folder_rules(self, path: Path) -> FolderRules:
        return self._choices.of(self._root(path).path)

    def rules_effect(self, path: Path, ignore: Sequence[str]) -> Effect:
        root = self._root(path)
        then = self._rules_of(root.path, tuple(ignore))
        return effect(self._parts.catalog, root, self._rules_of(root.path), then)

    def set_folder_rules(
        self, path: Path, ignore: Sequence[str] | None = None, schedule: Schedule | None = None
    ) -> Effect:
        root = self._root(path)
        rules, does = self._choices.of(root.path), Effect(0, 0)
        if ignore is not None:
            does = self.rules_effect(path, ignore)
            rules = replace(rules, ignore=tuple(ignore))
        if schedule is not None:
            rules = replace(rules, schedule=schedule)
            self._resting.ask(root.path, now=False)
        self._choices.choose(rules)
        self._resting.stale()
        if ignore is not None:
            self._look_soon(root, root.path)
        self._indexer.inbox.post(_nothing)
        self._publish(FoldersChanged())
        return does

    def exclude(self, paths: Sequence[Path]) -> int:
        places = {os.path.abspath(path): path.is_dir() for path in paths}  # noqa: PTH100  # a link is left out itself
        roots = {path: self._around(Path(path)) for path in places}
        for path, root in roots.items():
            if path == root.path:
                raise BadInput(
                    f"“{shown(Path(path))}” is a watched folder: remove it from the library."
                )
        count = sum(self._parts.catalog.count_at(path) for path in places)
        self._choices.leave_out(places)
        self._look_at(roots)
        return count

    def include(self, paths: Sequence[Path]) -> None:
        places = [os.path.abspath(path) for path in paths]  # noqa: PTH100  # as above
        known = self._parts.catalog.roots()
        self._choices.take_back(places)
        self._look_at(
            {
                path: root
                for path in places
                for root in known
                if Path(path).is_relative_to(root.path)
            }
        )

    def exclusions(self) -> tuple[Exclusion, ...]:
        return tuple(self._choices.left_out.values())

    def removal(self, path: Path) -> Removal:
        root = self._root(path)
        catalog = self._parts.catalog
        counts = catalog.counts(away=()).get(root.number, {})
        space = self._parts.tools.engine.space.name
        files = sum(counts.get(state, 0) for state in (State.INDEXED, State.WAITING))
        return Removal(files, catalog.only_paid_in(root.path, space))

    def _compare(self, root: str, under: str, stopped: Callable[[], bool]) -> bool:
        changed = super()._compare(root, under, stopped)
        away = next((r for r in self._parts.catalog.roots() if r.path == root and r.offline), None)
        if away is None or stopped():
            return changed
        try:
            place = self._patience.run(MOUNTED, lambda _: elsewhere(self._parts.catalog, away))
            if not place:
                return changed
            listing = scan(Path(place), self._rules_of(root), stopped=stopped)
        except TryLater as e:
            log.info("%s was not looked for elsewhere: %s", root, e)
            return changed
        self._relocated(away, place, listing)
        self._notice(f"{root} is at {place} now, and was found there again.")
        return True

    def relocate_folder(self, old: Path, new: Path) -> None:
        root = self._root(old)
        folder = watchable(new, self._parts.rules)
        if str(folder) == root.path:
            raise BadInput(f"“{shown(folder)}” is where the folder is already.")
        if other := overlapping(folder, self._parts.catalog.roots()):
            raise BadInput(
                f"“{shown(folder)}” overlaps with “{shown(Path(other.path))}”, which is watched. "
                "Choose a folder beside it."
            )
        check_same(self._parts.catalog, root, folder)
        listing = scan(folder, self._rules_of(root.path))
        self.start()
        self._call(partial(self._relocated, root, str(folder), listing))

    def survey(self, path: Path) -> Survey:
        folder = watchable(path, self._parts.rules)
        with self._lock:
            surveyor = self._surveys.get(folder)
            if surveyor is None:
                surveyor = self._surveys[folder] = Surveyor(folder, self._rules_of(str(folder)))
        found = surveyor.found()
        if found.done:
            self._end_survey(folder)
        return found

    def end_survey(self, path: Path) -> None:
        self._end_survey(Path(os.path.realpath(path)))

    def _end_survey(self, folder: Path) -> None:
        with self._lock:
            surveyor = self._surveys.pop(folder, None)
        if surveyor:
            surveyor.stop()

    def _look_at(self, places: dict[str, Root]) -> None:
        """Some places of watched folders; a whole folder where there are many."""
        for path, root in places.items():
            self._look_soon(root, path)
        self._publish(FoldersChanged())

    def _look_soon(self, root: Root, under: str) -> None:
        self.start()
        self._indexer.look(root.path, under)


def watchable(path: Path, rules: Rules) -> Path:
    """The folder as it is kept: absolute, links resolved. BadInput where there is none."""
    try:
        folder = path.expanduser().resolve(strict=True)
    except (OSError, RuntimeError) as e:  # RuntimeError: a loop of links
        raise BadInput(f"There is no folder {path}. Check its name, or plug in its drive.") from e
    if not folder.is_dir():
        raise BadInput(f"{path} is a file. Add the folder that it is in.")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise BadInput(f"You have no permission to open the folder {path}.")
    for own in rules.own:
        if folder.is_relative_to(own):
            raise BadInput(f"{path} is where Nova Desktop keeps its own data: choose another.")
    return folder


def _nothing() -> None:
    """A message that only has the indexer look at what is due."""
