"""What becomes of files that can't be indexed now: they wait longer, or end with a reason."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from nova_desktop.errors import ExpectedError, Forbidden, NeedsUser, Stopped, TryLater
from nova_desktop.events import Event, Failed
from nova_desktop.library import work
from nova_desktop.library.patience import Hangs
from nova_desktop.library.questions import Root, Waiting
from nova_desktop.model import Info, Modality, Stamp, State

log = logging.getLogger(__name__)

ATTEMPTS = 3  # of a file that says "later"; then it counts as failed, and can be retried
CHANGES = 6  # looks at a file that keeps changing, each after twice the time: a minute in all
LATER_S = 2.0  # until a file that is changing is looked at again


class Queue(Protocol):
    """What waits to be indexed in one space, and where its end is recorded: see Catalog.

    Called on the indexer's thread.
    """

    def roots(self) -> list[Root]: ...

    def waiting(self, limit: int, skip: Collection[str] = ()) -> list[Waiting]: ...

    def waiting_count(self) -> int: ...

    def waiting_at(self, paths: Sequence[str]) -> list[Waiting]: ...

    def waits(self) -> list[tuple[str, int]]: ...

    def next_due_s(self) -> float | None: ...

    def has(self, content: str, space: str) -> bool: ...

    def state_of(self, path: str) -> State | None: ...

    def record(
        self,
        files: Iterable[tuple[Waiting, str]],
        space: str,
        contents: Mapping[str, tuple[Modality, Info, str, int]],
    ) -> None: ...

    def settle(self, file: Waiting, state: State, reason: str, seen: bool = True) -> None: ...

    def postpone(
        self, path: str, reason: str, wait_s: float, stamp: Stamp | None = None
    ) -> None: ...


class Endings:
    """Decided at once, and recorded by `record`, which a full disk may interrupt at any place.

    `ended` is told of each file that waits no more, `free` of each whose end is recorded; called on
    the indexer's thread.
    """

    def __init__(
        self,
        queue: Queue,
        ended: Callable[[Waiting], None],
        look: Callable[[str, str], None],
        tell: Callable[[Event], None],
        free: Callable[[Waiting], None],
    ) -> None:
        self._queue, self._ended = queue, ended
        self._look, self._tell, self._free = look, tell, free
        self._decided: deque[tuple[Waiting, Callable[[], None]]] = deque()

    def __bool__(self) -> bool:
        """True while any is to be recorded."""
        return bool(self._decided)

    def record(self) -> None:
        """Records all; what raises NeedsUser, and what is after it, is kept for the next call."""
        while self._decided:
            file, write = self._decided[0]
            write()
            self._decided.popleft()
            self._free(file)

    def leave(self, folder: str) -> None:
        """Nothing is recorded of files in `folder`."""
        start = os.path.join(folder, "")  # noqa: PTH118  # a str stays a str here
        self._decided = deque(one for one in self._decided if not one[0].path.startswith(start))

    def end(self, files: Sequence[Waiting], error: BaseException) -> None:
        """After this error. A NeedsUser is raised, so that the indexer pauses."""
        for file in files:
            if isinstance(error, Stopped | NeedsUser):
                self._free(file)  # it waits as it did before
            elif isinstance(error, work.Unsupported):
                # Once it is downloaded its size and time are what they were.
                seen = not isinstance(error, work.OnlineOnly)
                self.settle(file, State.EXCLUDED, str(error), seen)
            elif isinstance(error, work.Changed) and file.attempts + 1 < CHANGES:
                self._postpone(file, error, LATER_S * 2**file.attempts)
            elif isinstance(error, TryLater) and file.attempts + 1 < ATTEMPTS:
                self._postpone(file, error, LATER_S * 4**file.attempts)
            else:
                if not isinstance(error, ExpectedError):
                    log.error("%s: a bug", ascii(file.path), exc_info=error)
                # After these the next look, whenever that is, begins from the start: permissions
                # change neither the size nor the time.
                seen = not isinstance(error, TryLater | Forbidden)
                self.settle(file, State.FAILED, work.reason(error), seen)
        if isinstance(error, NeedsUser):
            raise error

    def settle(self, file: Waiting, state: State, reason: str, seen: bool = True) -> None:
        """See Queue.settle."""
        self._decided.append((file, partial(self._settled, file, state, reason, seen)))

    def _settled(self, file: Waiting, state: State, reason: str, seen: bool) -> None:
        self._queue.settle(file, state, reason, seen)
        self._ended(file)
        if state is State.FAILED:
            self._tell(Failed(Path(file.path), reason))

    def _postpone(self, file: Waiting, error: TryLater, wait_s: float) -> None:
        self._decided.append((file, partial(self._postponed, file, error, wait_s)))

    def _postponed(self, file: Waiting, error: TryLater, wait_s: float) -> None:
        stamp = error.stamp if isinstance(error, work.Changed) else None
        self._queue.postpone(file.path, str(error), wait_s, stamp)
        gone = isinstance(error, work.Changed) and stamp is None  # where to?
        hangs = isinstance(error, Hangs)  # all of its drive?
        if gone or hangs:
            for root in self._queue.roots():
                if Path(file.path).is_relative_to(root.path):
                    self._look(root.path, root.path if hangs else file.path)
