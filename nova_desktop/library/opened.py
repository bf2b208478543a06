"""A library that is open: its parts, its indexer, and everyone who listens."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nova_desktop.errors import BadInput, ExpectedError, TryLater
from nova_desktop.events import Event, FoldersChanged, Notice
from nova_desktop.library.again import doubt, read_again
from nova_desktop.library.backgrounds import Backgrounds
from nova_desktop.library.choices import Choices
from nova_desktop.library.closeups import Closeups
from nova_desktop.library.clusters import Clustering
from nova_desktop.library.compare import compare
from nova_desktop.library.derive import derive, larger
from nova_desktop.library.duplicates import DuplicateSearch
from nova_desktop.library.fetches import Fetches
from nova_desktop.library.index import CLOSING, Indexer
from nova_desktop.library.jobs import settled
from nova_desktop.library.keeper import Keeper
from nova_desktop.library.labels import Labels
from nova_desktop.library.lanes import lanes_of, still
from nova_desktop.library.long import reported
from nova_desktop.library.moving import relocate
from nova_desktop.library.noticing import Noticing
from nova_desktop.library.parts import Parts
from nova_desktop.library.patience import Patience
from nova_desktop.library.paying import Paying
from nova_desktop.library.precedence import Precedence
from nova_desktop.library.questions import Root
from nova_desktop.library.reach import Reach
from nova_desktop.library.resting import Resting
from nova_desktop.library.rules import Rules
from nova_desktop.library.scan import Listing
from nova_desktop.library.search import Search
from nova_desktop.library.seldom import Seldom
from nova_desktop.library.spaces import take_up
from nova_desktop.library.survey import Surveyor
from nova_desktop.library.watch import Watch
from nova_desktop.model import Check, Space

if TYPE_CHECKING:  # few libraries are shared: imported by `_shared`
    from nova_desktop.library.mirror import Mirror, Sharing

log = logging.getLogger(__name__)

THUMBNAIL = 160  # pixels, of what is shared with other machines
END_S = 1.0  # for the indexer to come to its end


class Opened:
    """What every kind of call works on; nothing runs before the first call that asks for work."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._subscribers: list[Callable[[Event], None]] = []
        self._lock = threading.Lock()  # around starting, closing and the subscribers
        self._backgrounds = Backgrounds(parts.catalog, parts.store)
        self._mirror = self._shared(parts.sharing) if parts.sharing else None
        self._search = Search(
            parts.catalog,
            parts.store,
            parts.asking,
            self._backgrounds,
            parts.beside,
            parts.places.locate,
            parts.older,
            self._mirror.remote if self._mirror else None,
        )
        self._paying = Paying(parts.catalog, parts.rulebook, parts.beside, parts.asking.readers)
        self._choices = Choices(parts.catalog)
        self._resting = Resting(parts.catalog, self._choices)
        self._reach = Reach()
        self._patience = Patience()
        self._sizes = Seldom[dict[int, int]]()
        self._rewritten: queue.SimpleQueue[Path] = queue.SimpleQueue()  # files, since the last look
        self._told_of: set[str] = set()  # folders that went away or came back
        self._surveys: dict[Path, Surveyor] = {}  # those that go on, or whose end was not told yet
        self._precedence = Precedence()
        self._indexer = Indexer(
            parts.catalog,
            parts.store,
            parts.tools,
            parts.pools,
            self._compare,
            self._publish,
            parts.beside,
            self._resting,
            self._backgrounds,
            self._precedence,
        )
        self._duplicates = DuplicateSearch(
            parts.catalog, parts.asking, parts.store, self._search.spaces
        )
        self._labels = Labels(parts.catalog, self._search)
        self._clustering = Clustering(parts.catalog, self._search, parts.places.named)
        self._noticing = Noticing(parts.catalog, self._search, self._publish)
        self._closeups = Closeups(
            parts.catalog, parts.store, self._search, parts.previews, parts.looking
        )
        self._keeper = Keeper(
            parts.machine,
            parts.conditions,
            self._indexer,
            sends=parts.beside is not None,
            tell=self._publish,
        )
        self._thread: threading.Thread | None = None
        self._watch: Watch | None = None
        self._closed = False
        self._fetches = Fetches()
        self._backing_up = threading.Lock()  # held while a backup is written
        self._stop_backup = threading.Event()

    def _shared(self, sharing: Sharing) -> Mirror:
        """What keeps this library and the one in the vector bucket the same."""
        from nova_desktop.library.mirror import Mirror

        parts = self._parts
        return Mirror(
            parts.catalog,
            parts.store,
            parts.rulebook,
            parts.sent,
            sharing,
            spaces=self._filled,
            thumbnail=self._thumbnail,
            write=self._call,
            tell=self._publish,
        )

    def _filled(self) -> list[Space]:
        """The spaces that this library has, or had, an engine for."""
        parts, beside = self._parts, self._parts.beside
        engines = [parts.tools.engine, *parts.older]
        if beside is not None:
            engines += [beside.tools.engine, *beside.older]
        return [engine.space for engine in engines]

    def _used_spaces(self) -> set[str]:
        """Those that are filled now, that answer, or that have what was paid for and is wanted."""
        parts, beside = self._parts, self._parts.beside
        engines = [parts.tools.engine, *still(parts.tools.engine, parts.older, parts.catalog)]
        used = {engine.space.name for engine in engines}
        if beside is not None:
            now = beside.tools.engine.space
            lanes = lanes_of(parts.tools.engine, beside, parts.catalog, parts.older)
            used |= {now.name, *(lane.space.name for lane in lanes)}
            sources = larger(now, [engine.space for engine in beside.older])
            used |= {one.name for one in sources if parts.catalog.only_in(one.name, now.name, 1)}
        return used

    def _thumbnail(self, content: str) -> bytes:
        """A small picture of a content; b"" where there is none, or none can be made now."""
        places = self._parts.catalog.places([content]).get(content, ())
        for place in places:
            with contextlib.suppress(ExpectedError):
                return self._parts.previews.get(Path(place.path), None, THUMBNAIL).jpeg
        return b""

    def _compare(self, root: str, under: str, stopped: Callable[[], bool]) -> bool:
        written = set()
        while not self._rewritten.empty():  # nobody else takes from it
            written.add(str(self._rewritten.get()))
        doubt(self._parts.catalog, written)
        return compare(
            self._parts.catalog,
            self._rules_of(root),
            root,
            under,
            stopped,
            self._patience,
            lambda other: self._indexer.look(self._around(Path(other)).path, other),
            partial(read_again, self._parts.catalog, self._parts.tools.engine.space.name),
        )

    def _relocated(self, root: Root, new: str, listing: Listing) -> None:
        if self._watch is not None:
            self._watch.remove(Path(root.path))
        for intake in self._indexer.intakes:
            intake.leave(root.path)
        relocate(self._parts.catalog, root, new, listing.files)
        self._parts.rulebook.reread()
        self._choices.read()
        self._watch_root(new)
        self._indexer.look(new, new)
        self._publish(FoldersChanged())

    def _rules_of(self, root: str, ignore: Sequence[str] | None = None) -> Rules:
        """What is left out of a watched folder; with these patterns instead of its own."""
        own = self._choices.of(root).ignore if ignore is None else ignore
        return self._parts.rules.under(
            self._parts.rulebook.rules(), own, self._choices.left_out.keys()
        )

    def _root(self, path: Path) -> Root:
        """The watched folder of this path; it need not be there. BadInput where none is watched."""
        roots = {root.path: root for root in self._parts.catalog.roots()}
        for spelled in (str(path), os.path.abspath(path)):  # noqa: PTH100  # resolves no link: it may be gone
            if spelled in roots:
                return roots[spelled]
        folders = ", ".join(sorted(roots)) or "none"
        raise BadInput(f"{path} is not a watched folder. Watched are: {folders}.")

    def _around(self, path: Path) -> Root:
        """The watched folder that this path lies in. BadInput where none does."""
        roots = self._parts.catalog.roots()
        for root in roots:
            if path.is_relative_to(root.path):
                return root
        folders = ", ".join(sorted(root.path for root in roots)) or "none"
        raise BadInput(f"{path} is not in a watched folder. Watched are: {folders}.")

    def start(self) -> None:
        """Starts watching and indexing, once; every call that asks for work does it by itself."""
        with self._lock:
            if self._thread is not None or self._closed:
                return
            self._watch = Watch(
                lambda root, under: self._indexer.look(str(root), str(under)),
                self._notice,
                doubts=self._doubtful,
                written=self._rewritten.put,
            )
            self._indexer.inbox.insist(self._begin)
            # A daemon: a drive that hangs in the kernel must not keep the program from ending.
            self._thread = threading.Thread(target=self._indexer.run, name="indexer", daemon=True)
            self._thread.start()
            self._keeper.start()

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
        take_up(self._parts.catalog, self._used_spaces())
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
                self._indexer.inbox.insist(self._derive)
                return

    def _watch_root(self, path: str) -> None:
        if self._watch is not None:
            self._watch.add(Path(path))

    def _doubtful(self, root: Path) -> Mapping[str, bool]:
        """The places of a watched folder that may come or go without a word; see Doubtful."""
        catalog = self._parts.catalog
        try:
            inner = next((one.mounts for one in catalog.roots() if one.path == str(root)), ())
            closed = catalog.closed_in(str(root))
            return dict.fromkeys(inner, False) | dict.fromkeys(closed, True)
        except ExpectedError as e:  # it is being closed, or its disk fails: the indexer says so
            log.info("what could not be opened in %s is not known: %s", ascii(str(root)), e)
            return {}

    def _notice(self, text: str) -> None:
        log.warning("%s", text)
        self._publish(Notice(text))

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

        self._indexer.inbox.post(run)
        while not done.wait(0.1):
            if self._thread is None or not self._thread.is_alive():
                raise TryLater(CLOSING)
        if error:
            raise error[0]

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
        self._noticing.hear(event)

    def close(self) -> None:
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._closeups.clips.stop_all()
        self._duplicates.stop()
        self._noticing.close()
        self._clustering.stop()
        if self._mirror:
            self._mirror.close()
        self._fetches.stop_all()
        self._keeper.stop()
        for surveyor in tuple(self._surveys.values()):
            surveyor.stop()
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
