"""The pieces that wait to be embedded, in batches across files, as an engine takes them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nova_desktop.errors import BadInput, NeedsUser, Stopped, TryLater
from nova_desktop.events import Event, Paused
from nova_desktop.library import work
from nova_desktop.library.beside import Beside
from nova_desktop.library.job import Job, ToEmbed
from nova_desktop.model import Piece
from nova_desktop.ports import Engine

log = logging.getLogger(__name__)

HELD_BYTES = 256_000_000  # of pieces that wait; films are some MB each
HOLD_S = 300.0  # at most between two tries of an engine that is busy or out of reach

Vector: TypeAlias = "NDArray[np.float32]"
Embedded: TypeAlias = "Future[list[Vector | BadInput]]"


class Line:
    """Every method is called on the indexer's thread.

    `submit` runs a task in the engine's pool and calls back; `came` is told of each piece, with its
    vector, the reason why there is none, or what went wrong with all of its batch. `took` is told,
    in the pool, how many seconds each piece took.
    """

    def __init__(
        self,
        engine: Engine,
        submit: Callable[[Callable[[], list[Vector | BadInput]], Callable[[Embedded], None]], None],
        is_open: Callable[[Job], bool],
        came: Callable[[ToEmbed, Vector | BaseException], None],
        tell: Callable[[Event], None],
        took: Callable[[Job, float], None],
        beside: Beside | None,
    ) -> None:
        self._took = took
        self._engine, self._submit, self._is_open, self._came = engine, submit, is_open, came
        self._tell, self._beside = tell, beside
        self.blocked = ""  # what the user has to do before the engine is asked again
        self.held = ""  # why the engine is not asked just now; it is asked again by itself
        self.running = 0  # batches
        self._pieces: list[ToEmbed] = []
        self._hold_s = 0.0
        self._held_until = 0.0

    @property
    def full(self) -> bool:
        """Whether to bring no more: pieces are held in memory."""
        limits = self._engine.limits
        if len(self._pieces) >= 4 * limits.batch * limits.parallel:
            return True
        return sum(len(item.piece.data) for item in self._pieces) >= HELD_BYTES

    def due_in_s(self) -> float | None:
        """Seconds until the engine is to be asked again."""
        if self.held and self._pieces and not self.blocked:
            return self._held_until - time.monotonic()
        return None

    def add(self, job: Job, chunk: int, pieces: Sequence[Piece]) -> None:
        for number, piece in enumerate(pieces):
            item = ToEmbed(job, chunk, number, piece)
            kept = self._beside.kept.of(job.content, chunk, number, piece) if self._beside else None
            if kept is None:
                self._pieces.append(item)
            else:
                self._came(item, kept)  # paid for before the program ended

    def feed(self, more: bool) -> None:
        """Asks for full batches, and for the rest when no `more` are on their way."""
        if self.blocked or (self.held and time.monotonic() < self._held_until):
            return
        self._pieces = [piece for piece in self._pieces if self._is_open(piece.job)]
        if not self._pieces:
            self.held = ""  # nothing waits for it any more
        limits = self._engine.limits
        while self._pieces and self.running < limits.parallel:
            if len(self._pieces) < limits.batch and more:
                return
            part, self._pieces = self._pieces[: limits.batch], self._pieces[limits.batch :]
            if self._beside:
                self._beside.sending([(item.job, len(item.piece.data)) for item in part])
            self.running += 1
            task = partial(work.embed, [item.piece for item in part], self._engine)
            self._submit(partial(self._timed, part, task), partial(self._embedded, part))

    def _timed(
        self, part: list[ToEmbed], task: Callable[[], list[Vector | BadInput]]
    ) -> list[Vector | BadInput]:
        """In the engine's pool."""
        began_s = time.monotonic()
        answer = task()
        each_s = (time.monotonic() - began_s) / len(part)
        for item in part:
            self._took(item.job, each_s)
        return answer

    def ask_again(self) -> None:
        """Ends a hold, or what the user had to do: the engine is asked now."""
        self.held = self.blocked = ""

    def block(self, why: str) -> None:
        """The engine is not asked any more until `ask_again`; says so once."""
        if not self.blocked:
            log.info("%s", why)  # whoever listens shows it, and whoever waits is told
            self._tell(Paused(why))
        self.blocked = why

    def _embedded(self, part: list[ToEmbed], future: Embedded) -> None:
        self.running -= 1
        error = future.exception()
        if isinstance(error, NeedsUser | TryLater):
            self._pieces = part + self._pieces
            if isinstance(error, Stopped):
                return  # paused, or closing: it goes on where it was
            if isinstance(error, TryLater):
                self._hold(str(error))
            elif self._beside is None:
                raise error  # the indexer pauses
            else:  # this way in alone: what is done on the device goes on
                self.block(str(error))
            return
        self.held, self._hold_s = "", 0.0
        for position, item in enumerate(part):
            if self._is_open(item.job):
                self._came(item, error or future.result()[position])
        if self._beside and error is None:
            self._beside.keep(part, future.result())

    def _hold(self, why: str) -> None:
        """Asks the engine again later, twice as late each time; says so once."""
        if not self.held:
            log.warning("%s Trying again by itself.", why)
            self._tell(Paused(why))
        self.held = why
        self._hold_s = min(HOLD_S, max(2.0, 2 * self._hold_s))
        self._held_until = time.monotonic() + self._hold_s
