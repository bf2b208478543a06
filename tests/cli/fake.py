"""A library that remembers what it was asked, for tests of the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from nova_desktop.errors import BadInput
from nova_desktop.events import Event
from nova_desktop.model import Check, Failure, Folder, FolderState, Preview, Span, State, Status
from nova_desktop.query import Answer, Facets, Hit, Part, Query, SavedSearch


@dataclass
class FakeLibrary:
    """Does what calls.LibraryCalls says, with what the test puts in."""

    hits: tuple[Hit, ...] = ()
    failed: tuple[Failure, ...] = ()
    checks: tuple[Check, ...] = ()
    events: list[Event] = field(default_factory=list)  # told during the next wait
    waits: int = 2  # calls of `wait` until nothing waits
    on_wait: Callable[[], None] = lambda: None
    on_status: Callable[[], None] = lambda: None
    total: int = 0  # of hits on all pages
    saved: dict[str, SavedSearch] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    retried: list[Path] = field(default_factory=list)
    error: Exception | None = None  # raised by find
    closed: bool = False
    _tell: list[Callable[[Event], None]] = field(default_factory=list)

    def add_folder(self, path: Path) -> None:
        if not path.is_dir():
            raise BadInput(f"There is no folder {path}. Check its name.")
        self.folders.append(path)

    def remove_folder(self, path: Path) -> None:
        if path not in self.folders:
            raise BadInput(f"{path} is not a watched folder.")
        self.folders.remove(path)

    def status(self) -> Status:
        self.on_status()
        counts = {State.INDEXED: 3, State.FAILED: len(self.failed)}
        folders = tuple(Folder(p, FolderState.WATCHING, counts) for p in self.folders)
        total = {state: number * len(folders) for state, number in counts.items()}
        return Status(folders, total, 7, "fake-space", "A fake engine.")

    def failures(self) -> tuple[Failure, ...]:
        return self.failed

    def retry(self, paths: Sequence[Path] = ()) -> None:
        self.retried = list(paths)

    def rescan(self) -> None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def wait(self, timeout_s: float | None = None) -> bool:
        del timeout_s
        self.on_wait()
        for event in self.events:
            for tell in self._tell:
                tell(event)
        self.events = []
        self.waits -= 1
        return self.waits <= 0

    def find(self, query: Query) -> Answer:
        self.queries.append(query)
        if self.error:
            raise self.error
        page = self.hits[query.offset : query.offset + query.limit]
        return Answer(page, 0.012, total=self.total or len(self.hits))

    def facets(self) -> Facets:
        return Facets()

    def searches(self) -> tuple[SavedSearch, ...]:
        return tuple(self.saved.values())

    def save_search(self, name: str, text: str, parts: Sequence[Part] = ()) -> None:
        self.saved[name] = SavedSearch(name, text, tuple(parts))

    def see_search(self, name: str) -> None:
        if name in self.saved:
            self.saved[name] = replace(self.saved[name], new=0)

    def forget_search(self, name: str) -> None:
        if self.saved.pop(name, None) is None:
            raise BadInput(f"There is no saved search “{name}”.")

    def rename_search(self, name: str, to: str) -> None:
        kept = self.saved.pop(name)
        self.saved[to] = SavedSearch(to, kept.text, kept.parts)

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        del path, span, edge, frames
        return Preview()

    def doctor(self) -> tuple[Check, ...]:
        return self.checks

    def subscribe(self, tell: Callable[[Event], None]) -> Callable[[], None]:
        self._tell.append(tell)
        for event in self.events:
            tell(event)
        return lambda: self._tell.remove(tell)

    def close(self) -> None:
        self.closed = True
