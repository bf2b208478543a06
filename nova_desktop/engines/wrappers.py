"""Engines around an engine: pacing, trying again, many at once, what is known, and stopping.

The one inside asks for one piece a call and knows of none of this.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass, field, replace

import numpy as np
import xxhash
from numpy.typing import NDArray

from nova_desktop.around import Around
from nova_desktop.aws.outcomes import Faltered, Garbled, Throttled, Unanswered, Unreachable
from nova_desktop.engines.pace import Gate
from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, Stopped, TryLater
from nova_desktop.model import Limits, Piece, Purpose, Vectors
from nova_desktop.ports import Engine

# How often one piece is asked for before the whole of the work waits instead.
TRIES = {Throttled: 8, Unreachable: 2, Unanswered: 2, Faltered: 3, Garbled: 2, TryLater: 6}
# ... and how often while others are answered: being one too many says nothing about the piece.
TURNS = 64
QUESTION_TRIES = 4  # someone is waiting
FIRST_PAUSE_S, LONGEST_PAUSE_S, QUESTION_PAUSE_S = 0.25, 20.0, 1.0
GRACE_S = 1.0  # for answers on their way, once all is stopped
POLL_S = 0.25  # how soon a stop is seen
REMEMBERED = 512  # vectors: 6 MB at most


@dataclass(frozen=True)
class Wrapper(Around):
    """All of the engine inside, but for what a subclass changes."""

    inner: Engine

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:
        return self.inner.embed(pieces, purpose)


@dataclass(frozen=True)
class StandIn(Wrapper):
    """Used in the place of an engine that was chosen and can't be."""

    why: str  # in a sentence, with the remedy

    @property
    def note(self) -> str:
        return f"{self.why} Until then: {self.inner.note}"


@dataclass(frozen=True)
class Stoppable(Wrapper):
    """Leaves a call on its own when all is stopped, since nothing can end it from outside.

    What it costs is still told by the one inside when its answer comes.
    """

    stop: threading.Event

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:
        future: Future[Vectors] = Future()

        def call() -> None:
            try:
                future.set_result(self.inner.embed(pieces, purpose))
            except BaseException as e:  # the caller's, whatever it is
                future.set_exception(e)

        threading.Thread(target=call, name="call", daemon=True).start()
        stopped_s: float | None = None
        while True:
            with suppress(NotYet):
                future.exception(POLL_S)  # only waits: what the call raised may be a NotYet too
            if future.done():
                return future.result()
            now_s = time.monotonic()
            if self.stop.is_set():
                stopped_s = now_s if stopped_s is None else stopped_s
                if now_s - stopped_s >= GRACE_S:
                    raise Stopped


@dataclass(frozen=True)
class Paced(Wrapper):
    """Waits until the service bears one call more; what someone waits for goes first."""

    gate: Gate

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:
        passed = self.gate.enter(urgent=purpose is not Purpose.INDEX)
        refused = answered = False
        try:
            vectors = self.inner.embed(pieces, purpose)
            answered = True
        except Throttled:
            refused = True
            raise
        finally:
            self.gate.leave(passed, refused, answered)
        return vectors


@dataclass(frozen=True)
class Retrying(Wrapper):
    """Pauses and asks again when the one inside says TryLater: up to `TRIES` of each kind.

    The pauses grow while nobody is answered, and are drawn from zero up, so that many that failed
    together do not come back together. A piece that fails while others are answered is BadInput in
    the end: else it would be asked for for ever. An answer that stays garbled for all needs someone
    to look.
    """

    stop: threading.Event
    first_pause_s: float = FIRST_PAUSE_S
    _answered: Counter[str] = field(default_factory=Counter, repr=False)

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:
        question = purpose is not Purpose.INDEX
        failed: Counter[type] = Counter()
        answered = last = self._answered["calls"]
        streak = 0  # failures in which nobody was answered: only then does a longer pause help
        while True:
            try:
                vectors = self.inner.embed(pieces, purpose)
            except TryLater as e:
                kind = type(e) if type(e) in TRIES else TryLater
                failed[kind] += 1
                most = min(TRIES[kind], QUESTION_TRIES) if question else TRIES[kind]
                if self.stop.is_set():
                    raise Stopped from e
                streak = streak + 1 if self._answered["calls"] == last else 1
                last = self._answered["calls"]
                if kind is Throttled and not question and streak < most:
                    most = TURNS
                if failed[kind] >= most:
                    raise self._last(e, others=last > answered) from e
                self.stop.wait(self._pause_s(streak, question))
            else:
                self._answered["calls"] += 1
                return vectors

    def _last(self, error: TryLater, others: bool) -> ExpectedError:
        """What a piece ends with; `others` were answered meanwhile."""
        match error:
            case Throttled() | Unreachable():
                return error
            case Faltered():
                return BadInput(str(error))
            case _ if others:
                return BadInput(str(error))
            case Garbled():
                return NeedsUser(str(error))
            case _:
                return error

    def _pause_s(self, failures: int, question: bool) -> float:
        longest = QUESTION_PAUSE_S if question else LONGEST_PAUSE_S
        up_to = min(longest, self.first_pause_s * 2 ** (failures - 1))
        return random.uniform(0, up_to)  # noqa: S311  # spreads load; nothing is kept secret by it


@dataclass(frozen=True)
class Remembering(Wrapper):
    """Never pays twice for one piece while it is among the last `REMEMBERED`.

    A batch that was refused is asked for again piece by piece, and so is one that was put off.
    """

    _known: OrderedDict[object, NDArray[np.float32]] = field(
        default_factory=OrderedDict, repr=False
    )
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:
        keys = [_key(piece, purpose) for piece in pieces]
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
        missing = {key: p for key, p in zip(keys, pieces, strict=True) if key not in found}
        if missing:
            vectors = self.inner.embed(list(missing.values()), purpose)
            found.update(zip(missing, vectors, strict=True))
        with self._lock:
            for key in keys:
                self._known[key] = found[key]
                self._known.move_to_end(key)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        empty = np.empty((0, self.space.dim), np.float32)
        return np.stack([found[key] for key in keys]) if keys else empty


def _key(piece: Piece, purpose: Purpose) -> object:
    unit = piece.span.unit if piece.span else None  # a page is embedded in higher detail
    digest = xxhash.xxh3_128_digest(piece.data)
    return digest, piece.modality, piece.mime, piece.source, unit, purpose


@dataclass(frozen=True)
class Together(Wrapper):
    """Asks for all pieces of a batch at once, in threads of its own; those are ended with it."""

    most: int

    @property
    def limits(self) -> Limits:
        # One piece a call: a refused one then costs no neighbour. Half as many calls more than are
        # let through, so that some may pause while the line is still full.
        return replace(self.inner.limits, batch=1, parallel=self.most + self.most // 2)

    def embed(self, pieces: Sequence[Piece], purpose: Purpose) -> Vectors:
        if len(pieces) < 2:
            return self.inner.embed(pieces, purpose)
        failed = threading.Event()

        def one(piece: Piece) -> Vectors | ExpectedError | None:
            if failed.is_set():
                return None  # the batch fails as a whole: do not pay for the rest
            try:
                return self.inner.embed([piece], purpose)
            except ExpectedError as e:
                failed.set()
                return e

        with ThreadPoolExecutor(min(len(pieces), self.limits.parallel), "together") as pool:
            answers = list(pool.map(one, pieces))
        for kind in (NeedsUser, TryLater, BadInput):  # the widest reason first
            for answer in answers:
                if isinstance(answer, kind):
                    raise answer
        return np.concatenate([answer for answer in answers if isinstance(answer, np.ndarray)])


def steady(
    inner: Engine, stop: threading.Event, most: int = 16, per_s: float | None = None
) -> Engine:
    """An engine over the network that asks one piece a call → one that keeps as many calls in
    flight as the service bears, up to `most` at once and `per_s` a second, and tries again.

    `stop` is set when the program ends: nothing waits any more, and calls are left alone.
    """
    paced = Paced(Stoppable(inner, stop), Gate(most, stop, per_s))
    return Together(Remembering(Retrying(paced, stop)), most)
