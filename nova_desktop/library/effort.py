"""How much work files are: weighed by kind and size, with rates that are measured on the way.

A guess is in seconds on a middling machine, and only says how files compare before any of their
kind was read. What the work of a kind takes here, against its guess, is its rate.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest

from nova_desktop.library.kinds import kind_of
from nova_desktop.model import Modality

OTHER = "other"
# Seconds of work a file and a MB, as the pipeline's benchmark measured them; a film's and a sound's
# size stands for how long it is.
GUESSES = {
    Modality.IMAGE: (1.0, 0.02),
    Modality.VIDEO: (2.0, 0.7),
    Modality.AUDIO: (2.0, 10.0),
    Modality.DOCUMENT: (1.0, 1.0),
    Modality.TEXT: (0.1, 3.0),
    OTHER: (0.02, 0.01),
}
TASKS = 200  # the newest of a kind are what its rate is from
OUTLIERS = 2  # the slowest of them are not: one that loaded a model says nothing of the next
KNOWN_S = 30.0  # of work: what an earlier run has measured counts as much as that
PROBES, SMALL = 3, 0.05  # so many of each kind, of this share of the mean size at least
ENOUGH = 2  # tasks of a kind, for its rate to be worth something: the first may load a model
MARK_S = 0.25  # at least, between two marks ...
GROWTH = 1.05  # ... and this share of the run: so the later half of a run has some fifteen


def guess(path: str, size: int) -> tuple[str, float]:
    """The kind of a file, by its name, and a guess of the work."""
    kind = kind_of(path) or OTHER
    file_s, mb_s = GUESSES[kind]
    return kind, file_s + mb_s * max(0, size) / 1e6


class Effort:
    """Of one way in. `took` is for any thread, the rest for the indexer's."""

    def __init__(
        self,
        known: Mapping[str, tuple[float, float]] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._known = dict(known or {})  # kind → (worked, guessed) of earlier runs
        self._lock = threading.Lock()  # around the three below
        self._tasks: dict[str, deque[tuple[float, float]]] = {}  # kind → (worked, guess)
        self._around: defaultdict[str, float] = defaultdict(float)  # kind → seconds
        self._prepared: defaultdict[str, float] = defaultdict(float)  # kind → guess of all tasks
        self.end()

    def end(self) -> None:
        """The run is over: the next one begins at 0, with the rates of this one."""
        self._left: defaultdict[str, float] = defaultdict(float)  # kind → guess
        self._done: defaultdict[str, float] = defaultdict(float)
        self._partly: defaultdict[str, float] = defaultdict(float)
        self._probes: dict[str, list[str]] = {}  # kind → small files of it
        self._unsure: dict[str, set[str]] = {}  # kind → those of them that have not ended
        self._marks: list[tuple[float, Mapping[str, float]]] = []  # when how much was done
        self._first: tuple[float, Mapping[str, float]] = 0.0, {}
        self._began_s = 0.0

    def expect(self, files: Iterable[tuple[str, int]]) -> None:
        """All that waits or is under way now: (path, size)."""
        left: defaultdict[str, float] = defaultdict(float)
        by_kind: dict[str, list[tuple[int, str]]] = {}
        for path, size in files:
            kind, work_s = guess(path, size)
            left[kind] += work_s
            by_kind.setdefault(kind, []).append((size, path))
        self._left = left
        self._probes = {
            kind: _small(some) for kind, some in by_kind.items() if not self._is_measured(kind)
        }

    def probes(self) -> list[str]:
        """Small files of each kind that was never measured: to be read before others are."""
        probes, self._probes = self._probes, {}
        if len(self._left) < 2:
            return []  # nothing to compare
        in_turn = [path for some in zip_longest(*probes.values()) for path in some if path]
        self._unsure = {kind: set(some) for kind, some in probes.items()}
        return in_turn

    def took(self, kind: str, worked_s: float, guess_s: float = 0.0) -> None:
        """A task ended that did so much of a file; 0: it was only on the way to it."""
        with self._lock:
            if not guess_s:
                self._around[kind] += worked_s
                return
            self._tasks.setdefault(kind, deque(maxlen=TASKS)).append((worked_s, guess_s))
            self._prepared[kind] += guess_s

    def ended(self, path: str, size: int, worked: bool = True) -> None:
        """Nothing more is to be done for this file; not `worked`: nothing much was.

        What is damaged, left out or known already ends at once, and says nothing of the others.
        """
        kind, work_s = guess(path, size)
        if worked:
            self._done[kind] += work_s
        self._left[kind] = max(0.0, self._left[kind] - work_s)
        self._unsure.get(kind, set()).discard(path)

    def partly(self, shares: Iterable[tuple[str, int, float]]) -> None:
        """How much is done of the files under way: (path, size, share)."""
        partly: defaultdict[str, float] = defaultdict(float)
        for path, size, share in shares:
            kind, work_s = guess(path, size)
            partly[kind] += share * work_s
        self._partly = partly

    def work(self) -> tuple[float, float]:
        """(done, left) in seconds of work on this machine, as far as its rates are known."""
        rates = self._rates()
        done = _weighed(self._done, rates) + _weighed(self._partly, rates)
        return done, max(0.0, _weighed(self._left, rates) - _weighed(self._partly, rates))

    def left_s(self) -> float | None:
        """Seconds until the end, at the pace of the later half of the run; None: nobody knows.

        The run counts from its first finished work, and its first half is forgotten: loading the
        models takes as long as many files, and happens at the beginning.
        """
        now, done = self._clock(), _sum(self._done, self._partly)
        if not any(done.values()) or not self._is_sure():
            return None
        if not self._marks:
            self._began_s = now
            self._first = now, done
            self._marks.append((now, done))
        latest = self._marks[-1][0]
        if now - latest >= max(MARK_S, (GROWTH - 1) * (latest - self._began_s)):
            self._marks.append((now, done))
        while len(self._marks) > 2 and self._marks[1][0] <= (self._began_s + now) / 2:
            del self._marks[0]
        rates = self._rates()
        left = self.work()[1]
        for since_s, before in (self._marks[0], self._first):  # the whole run, where all stood
            made = _weighed(done, rates) - _weighed(before, rates)
            if made > 0:
                return (now - since_s) / made * left
        return None

    def measured(self) -> dict[str, tuple[float, float]]:
        """kind → (worked, guessed), for the next run."""
        rates = {kind: self._rate(kind) for kind in {*self._tasks, *self._known}}
        return {kind: (rate * KNOWN_S, KNOWN_S) for kind, rate in rates.items() if rate}

    def _is_sure(self) -> bool:
        """Whether the rate of every kind was measured, as far as it can be."""
        return all(
            not left or len(self._tasks.get(kind, ())) >= ENOUGH
            for kind, left in self._unsure.items()
        )

    def _is_measured(self, kind: str) -> bool:
        return kind in self._tasks or kind in self._known

    def _rates(self) -> dict[str, float]:
        """Of every kind there is; one that was never measured is as the others are."""
        kinds = {*self._left, *self._done, *self._partly}
        known = {kind: rate for kind in {*kinds, *self._tasks} if (rate := self._rate(kind))}
        middle = sorted(known.values())[len(known) // 2] if known else 1.0
        return {kind: known.get(kind, middle) for kind in kinds}

    def _rate(self, kind: str) -> float | None:
        with self._lock:
            tasks = sorted(self._tasks.get(kind, ()), key=lambda task: task[0] / task[1])
            around, prepared = self._around[kind], self._prepared[kind]
        worked, guessed = self._known.get(kind, (0.0, 0.0))
        count = len(tasks)
        kept = tasks[: count - min(OUTLIERS, count // 2)]
        worked += sum(task[0] for task in kept)
        guessed += sum(task[1] for task in kept)
        if not guessed:
            return None
        return worked / guessed + (around / prepared if prepared else 0.0)


def _small(files: list[tuple[int, str]]) -> list[str]:
    """Some of the smallest, but for those that are next to nothing beside the others."""
    least = SMALL * sum(size for size, _ in files) / len(files)
    return [path for _, path in heapq.nsmallest(PROBES, (f for f in files if f[0] >= least))]


def _sum(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {kind: one.get(kind, 0.0) + other.get(kind, 0.0) for kind in {*one, *other}}


def _weighed(work: Mapping[str, float], rates: Mapping[str, float]) -> float:
    return sum(guess_s * rates.get(kind, 1.0) for kind, guess_s in work.items())
