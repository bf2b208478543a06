"""The library: everything that can be asked or told, for both front ends."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nova_desktop.errors import BadInput, TryLater
from nova_desktop.events import Event, FoldersChanged, Notice
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.compare import compare
from nova_desktop.library.derive import derive, larger
from nova_desktop.library.index import CLOSING, Indexer
from nova_desktop.library.jobs import settled
from nova_desktop.library.ledger import Ledger
from nova_desktop.library.long import reported
from nova_desktop.library.paying import Paying
from nova_desktop.library.pools import Pools
from nova_desktop.library.previews import Previews
from nova_desktop.library.rulebook import Rulebook
from nova_desktop.library.rules import Rules
from nova_desktop.library.search import Search
from nova_desktop.library.sent import SentLog
from nova_desktop.library.watch import Watch
from nova_desktop.library.work import Tools
from nova_desktop.model import (
    Answer,
    Check,
    Failure,
    Folder,
    FolderState,
    Preview,
    Query,
    Span,
    State,
    Status,
)
from nova_desktop.ports import Store
from nova_desktop.spending import FolderRule, Quote, Rule, Sent, Spent

log = logging.getLogger(__name__)

END_S = 1.0  # for the indexer to come to its end


@dataclass(frozen=True, slots=True)
class Parts:
    """What a library is made of, as `compose` joined it."""

    catalog: Catalog
    store: Store
    tools: Tools  # for indexing
    asking: Tools  # for questions: the same, in processes that indexing does not keep busy
    pools: Pools
    previews: Previews
    rules: Rules
    rulebook: Rulebook
    beside: Beside | None  # a paid engine's space, filled beside the device's
    ledger: Ledger
    sent: SentLog
    checks: Callable[[], tuple[Check, ...]]
    end: Callable[[], None]  # stops pools and children


class Library:
    """See ports.LibraryCalls. Answers at once; work begins with the first call that asks for it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._subscribers: list[Callable[[Event], None]] = []
        self._lock = threading.Lock()  # around starting, closing and the subscribers
        self._search = Search(parts.catalog, parts.store, parts.asking, parts.beside)
        self._paying = Paying(parts.catalog, parts.rulebook, parts.beside, parts.asking.readers)
        self._indexer = Indexer(
            parts.catalog,
            parts.store,
            parts.tools,
            parts.pools,
            self._compare,
            self._publish,
            parts.beside,
        )
        self._thread: threading.Thread | None = None
        self._watch: Watch | None = None
        self._closed = False

    def _compare(self, root: str, under: str, stopped: Callable[[], bool]) -> bool:
        rules = self._parts.rules.under(self._parts.rulebook.rules())
        return compare(self._parts.catalog, rules, root, under, stopped)

    def start(self) -> None:
        """Starts watching and indexing, once; every call that asks for work does it by itself."""
        with self._lock:
            if self._thread is not None or self._closed:
                return
            self._watch = Watch(
                lambda root, under: self._indexer.look(str(root), str(under)), self._notice
            )
            self._indexer.insist(self._begin)
            # A daemon: a drive that hangs in the kernel must not keep the program from ending.
            self._thread = threading.Thread(target=self._indexer.run, name="indexer", daemon=True)
            self._thread.start()

    def _begin(self) -> None:
        """First thing on the indexer's thread: square catalog and store, then look everywhere."""
        space = self._parts.tools.engine.space
        strays = self._parts.catalog.expect(space.name, self._parts.store.contents(space))
        self._parts.store.forget(strays)
        if beside := self._parts.beside:
            further = beside.tools.engine.space
            beside.queue.square(dict.fromkeys(self._parts.store.contents(further), 1))
            for content in settled(self._parts.catalog, further.name):
                if beside.long:
                    leaving = beside.long.pool.submit(beside.long.finish, content)
                    leaving.add_done_callback(reported)
            self._derive()
        for root in self._parts.catalog.roots():
            self._watch_root(root.path)
            self._indexer.look(root.path, root.path)

    def _derive(self) -> None:
        """Shortens what was paid for in a longer form, some contents at a time."""
        parts, beside = self._parts, self._parts.beside
        if beside is None:
            return
        space = beside.tools.engine.space
        for source in larger(space, [engine.space for engine in beside.older]):
            if derive(parts.catalog, parts.store, space, source):
                self._indexer.insist(self._derive)
                return

    def _watch_root(self, path: str) -> None:
        if self._watch is not None:
            self._watch.add(Path(path))

    def _notice(self, text: str) -> None:
        log.warning("%s", text)
        self._publish(Notice(text))

    def add_folder(self, path: Path) -> None:
        folder = _watchable(path, self._parts.rules)
        self.start()
        self._indexer.insist(partial(self._add, str(folder)))

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

    def _call(self, message: Callable[[], None]) -> None:
        """Has the indexer do it, and waits until it is done."""
        done = threading.Event()
        error: list[BaseException] = []

        def run() -> None:
            try:
                message()
            except Exception as e:
                error.append(e)  # raised below, in the thread that asked
            finally:
                done.set()

        self._indexer.post(run)
        while not done.wait(0.1):
            if self._thread is None or not self._thread.is_alive():
                raise TryLater(CLOSING)
        if error:
            raise error[0]

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
        self._indexer.resume()

    def wait(self, timeout_s: float | None = None) -> bool:
        self.start()
        return self._indexer.wait(timeout_s)

    def find(self, query: Query) -> Answer:
        return self._search.find(query)

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        return self._parts.previews.get(path, span, edge, frames)

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
        self._indexer.insist(self._indexer.changed)
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

    def doctor(self) -> tuple[Check, ...]:
        return self._parts.checks()

    def subscribe(self, tell: Callable[[Event], None]) -> Callable[[], None]:
        with self._lock:
            self._subscribers.append(tell)

        def end() -> None:
            with self._lock, contextlib.suppress(ValueError):  # ended before
                self._subscribers.remove(tell)

        return end

    def _publish(self, event: Event) -> None:
        with self._lock:
            subscribers = tuple(self._subscribers)
        for tell in subscribers:
            tell(event)

    def close(self) -> None:
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._indexer.stop()
        if self._thread is not None:
            self._thread.join(END_S)  # else it would ask pools that have ended
        self._parts.end()
        if self._watch is not None:
            self._watch.close()
        if self._thread is not None and self._thread.is_alive():
            log.warning("The indexer does not end: a drive hangs, or the index is being built.")
            return  # both files stay whole, as after a crash
        self._parts.store.close()
        self._parts.catalog.close()


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


@contextlib.contextmanager
def opened(library: Library) -> Iterator[Library]:
    """Closes it at the end, whatever happens."""
    try:
        yield library
    finally:
        library.close()
