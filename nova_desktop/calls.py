"""What both front ends ask of a library: the library itself here, or one in another process.

Every call may block, so a window makes it off its own thread. Each raises ExpectedError only.
What it takes and answers is pickled on its way to another process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from nova_desktop.review_calls import DuplicateCalls, LabelCalls

if TYPE_CHECKING:  # they are a tenth of what a command needs to be there
    from nova_desktop.closeup import Box, Details, Excerpt, Subtitles, Timeline
    from nova_desktop.events import Event
    from nova_desktop.folders import (
        Effect,
        Exclusion,
        FolderRules,
        Queue,
        Removal,
        Schedule,
        Survey,
    )
    from nova_desktop.model import Check, Failure, Preview, Span, Status
    from nova_desktop.query import Answer, Facets, Part, Query, SavedSearch
    from nova_desktop.settings import Settings
    from nova_desktop.shelf import Fetching, LocalModel
    from nova_desktop.spending import FolderRule, Quote, Rule, Sent, Spent
    from nova_desktop.sync import Direction, Erased, SyncRun, SyncState
    from nova_desktop.upkeep import Around, Backup, Conditions, SpaceRoom, Storage


class FolderCalls(Protocol):
    """The watched folders, and what becomes of their files."""

    def add_folder(self, path: Path) -> None:
        """Watches a folder and indexes what is in it; returns at once. BadInput: no such folder."""

    def remove_folder(self, path: Path) -> None:
        """Forgets a folder and all that is known of its files; the files themselves stay."""

    def status(self) -> Status: ...

    def failures(self) -> tuple[Failure, ...]: ...

    def retry(self, paths: Sequence[Path] = ()) -> None:
        """Tries failed files again: these, or all."""

    def rescan(self, path: Path | None = None) -> None:
        """Compares a folder with the catalog again, every folder for None; returns at once."""

    def pause(self, path: Path | None = None) -> None:
        """Indexes nothing more, or nothing more of this watched folder; stops what is under way."""

    def resume(self, path: Path | None = None) -> None:
        """Goes on, also where conditions would have it rest; those count again when they change.

        A folder that waits for its hours, or to be asked, is indexed now.
        """

    def wait(self, timeout_s: float | None = None) -> bool:
        """True once nothing waits, False when the time is over. Raises NeedsUser while paused."""


class KeepingCalls(Protocol):
    """What of the watched folders is indexed, when, and where they are."""

    def folder_rules(self, path: Path) -> FolderRules:
        """BadInput for a folder that is not watched itself."""

    def rules_effect(self, path: Path, ignore: Sequence[str]) -> Effect:
        """What these patterns would do instead of the folder's own; nothing is changed.

        BadInput, naming the pattern, for one that can't be understood.
        """

    def set_folder_rules(
        self, path: Path, ignore: Sequence[str] | None = None, schedule: Schedule | None = None
    ) -> Effect:
        """Sets what is not None. Files that a pattern leaves out are found no more; taken away, it
        brings them back, for `folders.KEPT_DAYS` days without embedding. BadInput as above.
        """

    def exclude(self, paths: Sequence[Path]) -> int:
        """Leaves files or folders out by hand; how many files are found no more."""

    def include(self, paths: Sequence[Path]) -> None:
        """Takes that back."""

    def exclusions(self) -> tuple[Exclusion, ...]:
        """What was left out by hand, in order of the paths."""

    def removal(self, path: Path) -> Removal:
        """What `remove_folder` would forget."""

    def relocate_folder(self, old: Path, new: Path) -> None:
        """The watched folder `old` is at `new` now: all that is known of it stays.

        Compares names, sizes, and the contents of a sample. BadInput where `new` is another folder.
        """

    def survey(self, path: Path) -> Survey:
        """What is in a folder that need not be watched: call it until it is `done`.

        Returns at once with what was found so far; the first call begins, and so does one after the
        end was told. Opens no file. BadInput where there is no such folder.
        """

    def end_survey(self, path: Path) -> None:
        """Stops looking, where it still goes on."""


class QueueCalls(Protocol):
    """What is being indexed now, and what waits for it."""

    def queue(self, limit: int) -> Queue:
        """With up to `limit` of the files that come next. Never waits for the indexer."""

    def cancel(self, paths: Sequence[Path]) -> None:
        """Leaves these waiting files for later, also in their middle: they count as failed, with
        that reason, until they are retried.
        """


class SearchCalls(Protocol):
    """Questions, what is looked at of their answers, and those that are kept by name."""

    def find(self, query: Query) -> Answer:
        """The hits of one page. Without parts, everything that passes the filters.

        Raises BadInput for a query that can't be answered (an unknown place, a file that can't be
        read).
        """

    def preview(self, path: Path, span: Span | None, edge: int, frames: int = 1) -> Preview:
        """As Reader.preview, from a cache that also serves files that are offline."""

    def facets(self) -> Facets:
        """The values that filters can take in this library; kept between changes."""

    def searches(self) -> tuple[SavedSearch, ...]:
        """Those that are kept, in order of their names."""

    def save_search(self, name: str, text: str, parts: Sequence[Part] = ()) -> None:
        """Keeps a question, instead of one of that name; `parts` are its files and pictures.

        BadInput without a name, or for a text that means nothing.
        """

    def see_search(self, name: str) -> None:
        """Its matches were seen, so none of them is new; an unknown one is no error."""

    def forget_search(self, name: str) -> None:
        """BadInput when none has that name."""

    def rename_search(self, name: str, to: str) -> None:
        """BadInput when none has that name, or another one has the new one."""


class CloseupCalls(Protocol):
    """One file looked at closely. All but `clip` also answer for files that are offline, with
    what is kept of them."""

    def details(self, path: Path) -> Details:
        """All that is known of a file. BadInput: it is in no watched folder."""

    def timeline(self, path: Path, query: Query) -> Timeline:
        """Where in a film or a sound a question is answered, and how well; empty for all else.

        Costs what embedding the question costs, unless it was just asked.
        """

    def waveform(self, path: Path, count: int) -> tuple[float, ...]:
        """The loudest moment of each of `count` equal parts, 0 to 1; () where there is no sound."""

    def subtitles(self, path: Path) -> tuple[Subtitles, ...]:
        """Those inside a film, and those in files beside it."""

    def marks(self, path: Path, span: Span, texts: Sequence[str]) -> tuple[Box, ...]:
        """Where on a page of a PDF these texts stand: one box a line; () for other files.

        A text is found whatever its case, blanks and hyphens; its last word may go on ("disk"
        finds "disks"). A text that ends in "…" stands for the passage that begins like it.
        """

    def excerpt(self, path: Path, span: Span | None) -> Excerpt:
        """A passage with some thousand characters around it; of a document with pages, the page."""

    def clip(self, path: Path, span: Span, target: Path) -> None:
        """Saves a part of a film or a sound as a file; returns when it is written.

        Exact to about a frame: copied as it is where that is, else encoded anew. `target` appears
        whole or not at all, and replaces what was there; its ending says what kind of file it is.
        BadInput: nothing to save there, an ending that is not known, or `target` is an original;
        NeedsUser: no ffmpeg, a full disk, a folder that can't be written to; TryLater: the file is
        offline; Stopped: by `stop_clip`.
        """

    def clip_done(self, target: Path) -> float:
        """How much of the clip that is being written to `target` is done, 0 to 1."""

    def stop_clip(self, target: Path) -> None:
        """Ends the writing of a clip, of which nothing stays."""


class PaidCalls(Protocol):
    """What leaves this device, and what it costs."""

    def quote(self, folder: Path) -> Quote:
        """What a paid engine would cost for a folder; nothing is sent for it.

        Looks through films and sounds for what need not be paid for, which takes a while. BadInput
        when no paid engine is chosen, or the folder is not watched.
        """

    def rules(self) -> tuple[FolderRule, ...]:
        """Where the files of folders may go: all that was decided, in order of the paths."""

    def set_rule(self, folder: Path, rule: Rule, quoted_usd: float | None = None) -> None:
        """Decides about a watched folder, or one in it. CLOUD takes the quote that was seen."""

    def spent(self) -> Spent: ...

    def sent(self, limit: int) -> tuple[Sent, ...]:
        """What left this device, newest first."""


class StorageCalls(Protocol):
    """Where the library lies. What replaces or removes it is in `closed`, as it can't be open."""

    def storage(self) -> Storage:
        """How large it is; looks at every file of it."""

    def compact(self) -> int:
        """Makes it as small as it can be, and tells how many bytes that freed.

        Indexing waits meanwhile. NeedsUser when the disk has no room to do it in.
        """

    def spaces(self) -> tuple[SpaceRoom, ...]:
        """The vectors of each engine that was ever used here, and the room they take."""

    def remove_space(self, name: str) -> int:
        """Removes the vectors of an engine that is not used, for ever; the bytes that frees.

        What lies in a vector bucket stays, and is not brought back while that engine is not used.
        BadInput for one that is used, or is not there; TryLater while a sync runs.
        """

    def back_up(self, file: Path) -> Backup:
        """Writes all that is known into one new file, as it is at one moment; goes on working.

        Tells events.BackingUp. BadInput when there is such a file already, or its place is wrong;
        NeedsUser when the disk has no room; Stopped after `stop_backup`. Nothing half is left.
        """

    def stop_backup(self) -> None:
        """The backup that is being written is given up."""


class SyncCalls(Protocol):
    """A library that several machines share, in a vector bucket. BadInput where none is chosen."""

    def sync_state(self) -> SyncState:
        """As far as is known here: nobody is asked. With an empty place where none is chosen."""

    def sync(self, direction: Direction, dry: bool = False, again: bool = False) -> SyncRun:
        """Makes both sides agree; returns when it is done. Tells events.Syncing, then Synced.

        `dry` changes nothing and says what would be done. `again`: what was erased there is pushed
        anew. Whatever it raises, nothing is lost, and the next one goes on: Stopped by `stop_sync`,
        TryLater when the service is busy or out of reach, NeedsUser without access or budget,
        BadInput while another one runs.
        """

    def stop_sync(self) -> None:
        """Ends the one that runs, within some seconds."""

    def erase_sync(self) -> Erased:
        """Removes all of ours from the vector bucket, also what other machines pushed, and looks
        whether anything is left. What is known here stays.
        """


class ConditionCalls(Protocol):
    """What is chosen, and what this computer has: when indexing may work, with how much."""

    def check_settings(self, chosen: Settings) -> None:
        """Raises BadInput or NeedsUser for what a library could not be opened with; asks nobody."""

    def describers(self) -> tuple[Check, ...]:
        """All that there are, whether they are chosen or not, each with how it is installed."""

    def use_conditions(self, conditions: Conditions) -> None:
        """From now on, within 2 s; for as long as the library is open."""

    def around(self) -> Around:
        """What is known of this computer now."""


class ModelCalls(Protocol):
    """Models that run on this device, which are fetched when the user asks for them."""

    def models(self) -> tuple[LocalModel, ...]:
        """Those that are offered, and those that are here; nobody is asked."""

    def fetch_model(self, name: str, revision: str = "") -> LocalModel:
        """See ports.Models.fetch; returns when it is here. Stopped: by `stop_fetch`."""

    def fetching(self) -> tuple[Fetching, ...]:
        """How far those are that are being fetched."""

    def stop_fetch(self, name: str) -> None:
        """Ends a fetch; what came so far is kept for the next time."""

    def check_model(self, place: str) -> LocalModel:
        """See ports.Models.check; some seconds."""

    def remove_model(self, name: str) -> int:
        """See ports.Models.remove."""


class LibraryCalls(
    FolderCalls,
    KeepingCalls,
    QueueCalls,
    SearchCalls,
    DuplicateCalls,
    LabelCalls,
    CloseupCalls,
    PaidCalls,
    StorageCalls,
    SyncCalls,
    ConditionCalls,
    ModelCalls,
    Protocol,
):
    """All of it."""

    def doctor(self) -> tuple[Check, ...]: ...

    def subscribe(self, tell: Callable[[Event], None]) -> Callable[[], None]:
        """Calls `tell` with every event, from any thread; the answer ends the subscription."""

    def close(self) -> None:
        """Stops everything, children included; within 2 s."""


NAMES = frozenset(name for name in dir(LibraryCalls) if not name.startswith("_"))
