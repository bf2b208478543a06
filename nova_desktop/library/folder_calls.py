"""Calls about the watched folders, and what becomes of their files."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from nova_desktop.errors import shown
from nova_desktop.events import FoldersChanged
from nova_desktop.library.folder_states import folder_of
from nova_desktop.library.keeping_calls import watchable
from nova_desktop.library.moving import overlapping
from nova_desktop.library.opened import Opened
from nova_desktop.library.questions import Root
from nova_desktop.library.scan import scan
from nova_desktop.library.volumes import volume_of
from nova_desktop.model import Failure, Folder, State, Status

log = logging.getLogger(__name__)


class Folders(Opened):
    """See calls.FolderCalls."""

    def add_folder(self, path: Path) -> None:
        folder = watchable(path, self._parts.rules)
        self.start()
        self._indexer.inbox.promise(partial(self._add, str(folder)))

    def _add(self, path: str) -> None:
        if away := self._away_here(path):
            self._relocated(away, path, scan(Path(path), self._rules_of(away.path)))
            return
        known = [root.path for root in self._parts.catalog.roots()]
        if not any(Path(path).is_relative_to(root) for root in known):
            self._parts.catalog.add_root(path)
            for inner in [root for root in known if Path(root).is_relative_to(path)]:
                if self._watch is not None:
                    self._watch.remove(Path(inner))
                if self._choices.take_over(path, inner):
                    self._notice(
                        f"“{shown(Path(inner))}” is part of “{shown(Path(path))}” now: what it "
                        "leaves out counts on, its hours and its pause do not. Set those of the "
                        "folder above it."
                    )
            self._watch_root(path)
        above = next(r for r in self._parts.catalog.roots() if Path(path).is_relative_to(r.path))
        self._indexer.look(above.path, path)
        self._publish(FoldersChanged())

    def _away_here(self, path: str) -> Root | None:
        """The watched folder that this one is, mounted at another place than before."""
        roots = self._parts.catalog.roots()
        if overlapping(Path(path), roots):
            return None
        try:
            volume = volume_of(path)
            return next((r for r in roots if r.volume == volume and _is_away(r)), None)
        except OSError as e:
            log.info("the volume of %s is not known: %s", path, e)
            return None

    def remove_folder(self, path: Path) -> None:
        wanted = self._root(path).path
        self.start()
        self._call(partial(self._remove, wanted))

    def _remove(self, path: str) -> None:
        if self._watch is not None:
            self._watch.remove(Path(path))
        for intake in self._indexer.intakes:
            intake.leave(path)
        self._parts.rulebook.forget(path)
        self._choices.forget(path)
        self._parts.store.forget(self._parts.catalog.remove_root(path))
        self._publish(FoldersChanged())

    def status(self) -> Status:
        folders = self._folders()
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

    def _folders(self) -> tuple[Folder, ...]:
        catalog = self._parts.catalog
        roots = catalog.roots()
        away = self._reach.of(roots)
        self._look_again([root for root in roots if root.offline != (away[root.path] is not None)])
        counts = catalog.counts({root.number for root in roots if away[root.path]})
        sizes = self._sizes.of(catalog.sizes)
        paused = self._indexer.paused
        return tuple(
            folder_of(
                root,
                counts.get(root.number, {}),
                sizes.get(root.number, 0),
                away[root.path],
                self._choices.of(root.path),
                paused,
                self._indexer.looking_through,
            )
            for root in roots
        )

    def _look_again(self, changed: Sequence[Root]) -> None:
        """Folders that went away or came back and that the catalog says otherwise of: once each."""
        paths = {root.path for root in changed}
        if self._thread is not None:
            for path in paths - self._told_of:
                self._indexer.look(path, path)
        self._told_of = paths

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

    def rescan(self, path: Path | None = None) -> None:
        roots = self._parts.catalog.roots() if path is None else [self._around(path)]
        self.start()
        for root in roots:
            self._indexer.look(root.path, root.path if path is None else str(path))

    def pause(self, path: Path | None = None) -> None:
        if path is not None:
            self._pause_folder(self._root(path), paused=True)
            return
        self.start()
        self._indexer.pause("Paused: nothing is indexed until you resume.")

    def resume(self, path: Path | None = None) -> None:
        if path is not None:
            self._pause_folder(self._root(path), paused=False)
            return
        self.start()
        self._keeper.go_on()
        self._indexer.resume()

    def _pause_folder(self, root: Root, paused: bool) -> None:
        if paused != self._choices.of(root.path).paused:
            self._choices.pause(root.path, paused)
        self._resting.ask(root.path, now=not paused)
        self.start()
        if not paused:
            self._indexer.look(root.path, root.path)
        self._call(self._indexer.let_rest)

    def wait(self, timeout_s: float | None = None) -> bool:
        self.start()
        if not self._indexer.wait(timeout_s):
            return False
        self._noticing.finish()  # else a command that ends now would leave nothing noticed
        return True


def _is_away(root: Root) -> bool:
    """Whether its volume is not where it was."""
    try:
        return bool(root.volume) and volume_of(root.path) != root.volume
    except OSError:
        return True
