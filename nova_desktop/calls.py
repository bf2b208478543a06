"""What both front ends ask of a library: the library itself here, or one in another process.

Every call may block, so a window makes it off its own thread. Each raises ExpectedError only.
What it takes and answers is pickled on its way to another process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from nova_desktop.events import Event
from nova_desktop.model import Check, Failure, Preview, Span, Status
from nova_desktop.query import Answer, Facets, Part, Query, SavedSearch
from nova_desktop.spending import FolderRule, Quote, Rule, Sent, Spent


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

    def rescan(self) -> None:
        """Compares every folder with the catalog again."""

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def wait(self, timeout_s: float | None = None) -> bool:
        """True once nothing waits, False when the time is over. Raises NeedsUser while paused."""


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

    def forget_search(self, name: str) -> None:
        """BadInput when none has that name."""

    def rename_search(self, name: str, to: str) -> None:
        """BadInput when none has that name, or another one has the new one."""


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


class LibraryCalls(FolderCalls, SearchCalls, PaidCalls, Protocol):
    """All of it."""

    def doctor(self) -> tuple[Check, ...]: ...

    def subscribe(self, tell: Callable[[Event], None]) -> Callable[[], None]:
        """Calls `tell` with every event, from any thread; the answer ends the subscription."""

    def close(self) -> None:
        """Stops everything, children included; within 2 s."""


NAMES = frozenset(name for name in dir(LibraryCalls) if not name.startswith("_"))
