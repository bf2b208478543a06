"""Calls about the watched folders, and what becomes of their files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from nova_desktop.errors import BadInput
from nova_desktop.events import FoldersChanged
from nova_desktop.library.opened import Opened
from nova_desktop.library.rules import Rules
from nova_desktop.model import Failure, Folder, FolderState, State, Status


class Folders(Opened):
    """See calls.FolderCalls."""

    def add_folder(self, path: Path) -> None:
        folder = _watchable(path, self._parts.rules)
        self.start()
        self._indexer.promise(partial(self._add, str(folder)))

    def _add(self, path: str) -> None:
        known = [root.path for root in self._parts.catalog.roots()]
        if not any(Path(path).is_relative_to(root) for root in known):
            self._parts.catalog.add_root(path)
            for inner in known:
                if Path(inner).is_relative_to(path) and self._watch is not None:
                    self._watch.remove(Path(inner))
            self._watch_root(path)
        above = next(r for r in self._parts.catalog.roots() if Path(path).is_relative_to(r.path))
        self._indexer.look(above.path, path)
        self._publish(FoldersChanged())

    def remove_folder(self, path: Path) -> None:
        known = {root.path for root in self._parts.catalog.roots()}
        wanted = next((p for p in (str(path), os.path.abspath(path)) if p in known), None)  # noqa: PTH100  # resolves no link: it may be gone
        if wanted is None:
            folders = ", ".join(sorted(known)) or "none"
            raise BadInput(f"{path} is not a watched folder. Watched are: {folders}.")
        self.start()
        self._call(partial(self._remove, wanted))

    def _remove(self, path: str) -> None:
        if self._watch is not None:
            self._watch.remove(Path(path))
        for intake in self._indexer.intakes:
            intake.leave(path)
        self._parts.rulebook.forget(path)
        self._parts.store.forget(self._parts.catalog.remove_root(path))
        self._publish(FoldersChanged())

    def status(self) -> Status:
        by_root = self._parts.catalog.counts()
        folders = tuple(
            Folder(
                Path(root.path),
                FolderState.OFFLINE if root.offline else FolderState.WATCHING,
                by_root.get(root.number, {}),
            )
            for root in self._parts.catalog.roots()
        )
        counts = {state: sum(folder.counts.get(state, 0) for folder in folders) for state in State}
        engine = self._parts.tools.engine
        return Status(
            folders=folders,
            counts=counts,
            rows=self._parts.catalog.row_count(engine.space.name),
            space=engine.space.name,
            engine_note=engine.note,
            paused=self._indexer.paused,
            resting=self._keeper.resting,
            further=self._paying.status(self._indexer.held_beside),
        )

    def failures(self) -> tuple[Failure, ...]:
        beside = self._parts.beside
        return self._parts.catalog.failures() + (beside.queue.failures() if beside else ())

    def retry(self, paths: Sequence[Path] = ()) -> None:
        self.start()
        self._call(partial(self._retry, [str(path) for path in paths]))
        self.rescan()

    def _retry(self, paths: Sequence[str]) -> None:
        self._parts.catalog.retry(paths)
        if self._parts.beside:
            self._parts.beside.queue.retry(paths)
        self._indexer.changed()

    def rescan(self) -> None:
        self.start()
        for root in self._parts.catalog.roots():
            self._indexer.look(root.path, root.path)

    def pause(self) -> None:
        self.start()
        self._indexer.pause("Paused: nothing is indexed until you resume.")

    def resume(self) -> None:
        self.start()
        self._keeper.go_on()
        self._indexer.resume()

    def wait(self, timeout_s: float | None = None) -> bool:
        self.start()
        return self._indexer.wait(timeout_s)


def _watchable(path: Path, rules: Rules) -> Path:
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
