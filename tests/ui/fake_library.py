"""A library whose answers a test decides; it does nothing by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from nova_desktop.closeup import Box, Details, Excerpt, Subtitles, Timeline
from nova_desktop.errors import BadInput, ExpectedError, Stopped
from nova_desktop.events import (
    BackingUp,
    Event,
    FoldersChanged,
    Idle,
    Paused,
    Synced,
    Syncing,
)
from nova_desktop.kinds import Sort
from nova_desktop.model import (
    Check,
    Failure,
    Folder,
    FolderState,
    Info,
    Preview,
    Span,
    State,
    Status,
)
from nova_desktop.query import Answer, Facets, Hit, Part, Query, SavedSearch
from nova_desktop.settings import Settings
from nova_desktop.spending import (
    FolderRule,
    FurtherStatus,
    Quote,
    QuoteLine,
    Rule,
    Sent,
    Spent,
)
from nova_desktop.sync import Differences, Direction, Erased, SyncRun, SyncState
from nova_desktop.upkeep import Around, Backup, Conditions, SpaceRoom, Storage
from nova_desktop.upkeep import Part as Room
from tests.ui.fake_keeping import FakeKeeping
from tests.ui.fake_models import FakeModels
from tests.ui.fake_reviews import FakeReviews


def folder(path: Path, **counts: int) -> Folder:
    """A watched folder: folder(path, indexed=3, failed=1)."""
    return Folder(path, FolderState.WATCHING, {State(k): n for k, n in counts.items()})


class FakeLibrary(FakeReviews, FakeKeeping, FakeModels):
    """Implements LibraryCalls. Set `answers`, `previews`, `error`, ... as needed."""

    def __init__(self) -> None:
        super().__init__()
        self.failed: list[Failure] = []
        self.answers: dict[str, Answer | ExpectedError] = {}
        self.answer = Answer((), 0.0)
        self.gates: dict[str, threading.Event] = {}  # find of this text waits for it
        self.facets_known = Facets()
        self.saved: dict[str, SavedSearch] = {}
        self.previews: dict[Path, Preview | ExpectedError] = {}
        self.preview_gate: threading.Event | None = None
        self.known: dict[Path, Details] = {}
        self.timelines: dict[Path, Timeline] = {}
        self.waveforms: dict[Path, tuple[float, ...]] = {}
        self.tracks: dict[Path, tuple[Subtitles, ...]] = {}
        self.boxes: dict[Path, tuple[Box, ...]] = {}
        self.excerpts: dict[Path, Excerpt | ExpectedError] = {}
        self.clip_gate: threading.Event | None = None  # a clip is written once it is set
        self.clip_stopped = False
        self.error: ExpectedError | None = None  # of every call that changes something
        self.paused = ""
        self.decided: dict[Path, Rule] = {}
        self.further: FurtherStatus | None = None
        self.rooms: tuple[SpaceRoom, ...] = (
            SpaceRoom("basic-use-512-p4", "basic", "use", 512, 12_000_000, 900, 1200, True, False),
            SpaceRoom("nova-mme-1024-p1", "nova", "mme", 1024, 7_000_000, 850, 900, False, True, 3),
        )
        self.stored = Storage(Path("/data"), dict.fromkeys(Room, 1_000_000), 10**12, True)
        self.backup_gate: threading.Event | None = None  # back_up waits for it
        self.stopped = False
        self.shared = SyncState("", "")
        self.synced: Differences | ExpectedError = Differences()  # what a sync finds to do
        self.skipped = 0  # contents that it could not read or send
        self.sync_gate: threading.Event | None = None  # a sync waits for it
        self.around_now = Around(on_battery=False, untouched_s=1.0)
        self.resting = False
        self.settings_error: ExpectedError | None = None  # of check_settings
        self.note = "The basic engine searches by words, on this computer only."
        self.calls: list[tuple[object, ...]] = []
        self.queries: list[Query] = []
        self.previewed: list[Path] = []
        self.closed = False
        self._tell: list[Callable[[Event], None]] = []

    def tell(self, event: Event) -> None:
        """As the library does, to everyone who subscribed."""
        for tell in tuple(self._tell):
            tell(event)

    def add_folder(self, path: Path) -> None:
        self._called("add_folder", path)
        if not path.is_dir():
            raise BadInput(f"There is no folder {path}. Choose another.")
        self.folders.append(folder(path))
        self.tell(FoldersChanged())

    def remove_folder(self, path: Path) -> None:
        self._called("remove_folder", path)
        self.folders = [it for it in self.folders if it.path != path]
        self.tell(FoldersChanged())

    def status(self) -> Status:
        counts: dict[State, int] = {}
        for it in self.folders:
            for state, number in it.counts.items():
                counts[state] = counts.get(state, 0) + number
        rows = counts.get(State.INDEXED, 0)
        return Status(
            tuple(self.folders),
            counts,
            rows,
            "fake",
            self.note,
            self.paused,
            self.resting,
            self.further,
        )

    def failures(self) -> tuple[Failure, ...]:
        return tuple(self.failed)

    def retry(self, paths: Sequence[Path] = ()) -> None:
        self._called("retry", tuple(paths))
        self.failed = [it for it in self.failed if paths and it.path not in paths]
        self.tell(FoldersChanged())

    def rescan(self, path: Path | None = None) -> None:
        self._called("rescan", *([path] if path else []))

    def pause(self, path: Path | None = None) -> None:
        self._called("pause", *([path] if path else []))
        if path:
            self.set_state(path, FolderState.PAUSED)
            return
        self.paused = "Paused."
        self.tell(Paused(self.paused))

    def resume(self, path: Path | None = None) -> None:
        self._called("resume", *([path] if path else []))
        if path:
            self.set_state(path, FolderState.WATCHING)
            return
        self.paused = ""
        self.tell(Idle())

    def wait(self, timeout_s: float | None = None) -> bool:
        return True

    def find(self, query: Query) -> Answer:
        self.queries.append(query)
        text = query.parts[-1].text if query.parts else ""
        if gate := self.gates.get(text):
            gate.wait(10)
        answer = self.answers.get(text, self.answer)
        if isinstance(answer, ExpectedError):
            raise answer
        kinds = query.filters.modalities
        passing = [hit for hit in answer.hits if not kinds or hit.modality in kinds]
        match query.sort:
            case Sort.NAME:
                passing.sort(key=lambda hit: hit.path.name.casefold())
            case Sort.OLDEST:
                passing.sort(key=lambda hit: hit.taken_s)
            case Sort.NEWEST:
                passing.sort(key=lambda hit: -hit.taken_s)
            case Sort.RELEVANCE if not query.parts:
                passing.sort(key=lambda hit: -hit.taken_s)
        page = passing[query.offset : query.offset + query.limit]
        return Answer(tuple(page), answer.took_s, answer.note, len(passing))

    def facets(self) -> Facets:
        return self.facets_known

    def searches(self) -> tuple[SavedSearch, ...]:
        return tuple(sorted(self.saved.values(), key=lambda it: it.name.casefold()))

    def save_search(self, name: str, text: str, parts: Sequence[Part] = ()) -> None:
        self._called("save_search", name, text, tuple(parts))
        if not name.strip():
            raise BadInput("The search needs a name.")
        self.saved[name] = SavedSearch(name, text, tuple(parts))

    def see_search(self, name: str) -> None:
        self._called("see_search", name)
        if name in self.saved:
            self.saved[name] = replace(self.saved[name], new=0)

    def forget_search(self, name: str) -> None:
        self._called("forget_search", name)
        if name not in self.saved:
            raise BadInput(f"There is no saved search “{name}”.")
        del self.saved[name]

    def rename_search(self, name: str, to: str) -> None:
        self._called("rename_search", name, to)
        if name not in self.saved:
            raise BadInput(f"There is no saved search “{name}”.")
        if to in self.saved:
            raise BadInput(f"There is a saved search “{to}” already. Choose another name.")
        kept = self.saved.pop(name)
        self.saved[to] = SavedSearch(to, kept.text, kept.parts)

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        self.previewed.append(path)
        if self.preview_gate:
            self.preview_gate.wait(10)
        made = self.previews.get(path, Preview())
        if isinstance(made, ExpectedError):
            raise made
        return made

    def details(self, path: Path) -> Details:
        return self.known.get(path, Details(path, None, Info()))

    def timeline(self, path: Path, query: Query) -> Timeline:
        self._called("timeline", path, query)
        return self.timelines.get(path, Timeline(0.0))

    def waveform(self, path: Path, count: int) -> tuple[float, ...]:
        return self.waveforms.get(path, ())

    def subtitles(self, path: Path) -> tuple[Subtitles, ...]:
        return self.tracks.get(path, ())

    def marks(self, path: Path, span: Span, texts: Sequence[str]) -> tuple[Box, ...]:
        self._called("marks", path, span, tuple(texts))
        return self.boxes.get(path, ())

    def excerpt(self, path: Path, span: Span | None) -> Excerpt:
        made = self.excerpts.get(path) or Excerpt(self.preview(path, span, 0).text)
        if isinstance(made, ExpectedError):
            raise made
        return made

    def clip(self, path: Path, span: Span, target: Path) -> None:
        self._called("clip", path, span, target)
        if self.clip_gate and self.clip_gate.wait(10) and self.clip_stopped:
            raise Stopped
        target.write_bytes(b"a clip")

    def clip_done(self, target: Path) -> float:
        return 0.4

    def stop_clip(self, target: Path) -> None:
        self.clip_stopped = True
        if self.clip_gate:
            self.clip_gate.set()

    def doctor(self) -> tuple[Check, ...]:
        return ()

    def quote(self, folder: Path) -> Quote:
        self._called("quote", folder)
        lines = (QuoteLine("image", 3, 2, 1, 0.00012), QuoteLine("video", 1, 600, 0, 0.42, 1))
        return Quote(folder, "fake", lines, "Prices of a test.", unknown=1)

    def rules(self) -> tuple[FolderRule, ...]:
        return tuple(FolderRule(path, rule, None, 0.0) for path, rule in self.decided.items())

    def set_rule(self, folder: Path, rule: Rule, quoted_usd: float | None = None) -> None:
        self._called("set_rule", folder, rule, quoted_usd)
        self.decided[folder] = rule

    def spent(self) -> Spent:
        return Spent(0.5, 0.25, 1.5, 20.0, None, (("video", 0.5),))

    def sent(self, limit: int) -> tuple[Sent, ...]:
        return (Sent(1e9, Path("/pictures/a\nb.jpg"), 12_345, "Amazon Bedrock", 1e9 + 60),)[:limit]

    def storage(self) -> Storage:
        return self.stored

    def spaces(self) -> tuple[SpaceRoom, ...]:
        return self.rooms

    def remove_space(self, name: str) -> int:
        self._called("remove_space", name)
        (gone,) = (one for one in self.rooms if one.name == name)
        self.rooms = tuple(one for one in self.rooms if one is not gone)
        return gone.bytes

    def compact(self) -> int:
        self._called("compact")
        return 3_000_000

    def back_up(self, file: Path) -> Backup:
        self._called("back_up", file)
        self.tell(BackingUp(1, 2))
        if self.backup_gate:
            self.backup_gate.wait(10)
        if self.stopped:
            raise Stopped
        return Backup(file, 1e9, "0.1.0", 3, 2)

    def stop_backup(self) -> None:
        self._called("stop_backup")
        self.stopped = True
        if self.backup_gate:
            self.backup_gate.set()

    def sync_state(self) -> SyncState:
        return self.shared

    def sync(self, direction: Direction, dry: bool = False, again: bool = False) -> SyncRun:
        self._called("sync", direction, dry, again)
        self.tell(Syncing(3, 10))
        if self.sync_gate:
            self.sync_gate.wait(10)
        if self.stopped:
            raise Stopped
        if isinstance(self.synced, ExpectedError):
            raise self.synced
        self.shared = replace(self.shared, differences=self.synced)
        self.tell(Synced())
        return SyncRun(1e9, 2.5, direction, self.synced, 7, self.skipped, dry=dry)

    def stop_sync(self) -> None:
        self._called("stop_sync")
        self.stopped = True
        if self.sync_gate:
            self.sync_gate.set()

    def erase_sync(self) -> Erased:
        self._called("erase_sync")
        self.shared = SyncState(self.shared.place, self.shared.name)
        return Erased(self.shared.place, 2, 1500, 0, True)

    def check_settings(self, chosen: Settings) -> None:
        if self.settings_error:
            raise self.settings_error

    def describers(self) -> tuple[Check, ...]:
        missing = "Install it with: pip install 'nova-desktop[speech]'."
        return (
            Check("tags", True, "Installed."),
            Check("ocr", True, "Installed."),
            Check("speech", False, missing),
        )

    def use_conditions(self, conditions: Conditions) -> None:
        self._called("use_conditions", conditions)

    def around(self) -> Around:
        return self.around_now

    def subscribe(self, tell: Callable[[Event], None]) -> Callable[[], None]:
        self._tell.append(tell)
        return lambda: self._tell.remove(tell)

    def close(self) -> None:
        self.closed = True

    def _called(self, *call: object) -> None:
        self.calls.append(call)
        if self.error:
            raise self.error


def hits(*paths: Path, **more: object) -> tuple[Hit, ...]:
    """One hit a path, best first."""
    from nova_desktop.model import Modality

    fields: dict[str, object] = {
        "modality": Modality.IMAGE,
        "span": None,
        "why": (),
        "taken_s": time.time(),
    }
    fields.update(more)
    return tuple(
        Hit(path=path, content=str(path), score=1 / (1 + at), **fields)  # type: ignore[arg-type]
        for at, path in enumerate(paths)
    )
