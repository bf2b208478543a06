"""The indexer: one thread that alone writes catalog and store."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Protocol

from nova_desktop.errors import ExpectedError, NeedsUser, Stopped, TryLater
from nova_desktop.events import Event, FoldersChanged, Idle, Paused
from nova_desktop.library.backgrounds import MUCH_GROWN, Backgrounds
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.efforts import keep_effort, known_efforts
from nova_desktop.library.intake import Intake
from nova_desktop.library.likenesses import Likenesses
from nova_desktop.library.pools import Pools
from nova_desktop.library.precedence import Precedence
from nova_desktop.library.progress import Meter
from nova_desktop.library.resting import Resting
from nova_desktop.library.work import Tools
from nova_desktop.ports import Store

log = logging.getLogger(__name__)

SETTLE_S = 0.5  # of quiet before a hint is followed
PATIENCE_S = 10.0  # ... but a hint is never put off for longer
AGAIN_S = 180.0  # after going idle: by then no reader needs the store's old versions any more
MANY = 32  # hints of one folder, from which on it is looked at whole
CLOSING = "The library is closing. Start Nova Desktop again."
BROKEN = "Indexing stopped because of an error in Nova Desktop. The log says which; start it again."


class Compare(Protocol):
    """Makes the catalog agree with the disk at or below a place; True when anything changed.

    Raises Stopped as soon as `stopped` says so.
    """

    def __call__(self, root: str, under: str, stopped: Callable[[], bool]) -> bool: ...


class Indexer:
    """Messages are functions; `run` calls them one by one on the indexer's thread."""

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        tools: Tools,
        pools: Pools,
        compare: Compare,
        tell: Callable[[Event], None],
        beside: Beside | None = None,
        resting: Resting | None = None,
        backgrounds: Backgrounds | None = None,
        precedence: Precedence | None = None,
    ) -> None:
        self._catalog, self._store, self._halt = catalog, store, tools.halt
        self._compare, self._tell, self._resting = compare, tell, resting
        self._backgrounds = backgrounds
        self._let_by = (precedence or Precedence()).let_by
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._state = threading.Condition()  # around the five below
        self._posted = self._handled = 0
        self._idle = self._stopped = False
        self._paused = ""
        self._sparing = 0  # syncs under way that may bring what would be paid for
        self._stuck = False  # paused by what needs the user: until then nothing is tried
        self._unfinished: list[Callable[[], None]] = []  # messages that needed the user
        self._promised: list[Callable[[], None]] = []  # messages that are not lost by closing
        self._looks: dict[tuple[str, str], float] = {}  # (root, under) → first hint
        self._last_hint = 0.0
        self._maintained = False
        self._maintain_at: float | None = None  # once more, when old versions may go
        self.looking_through = ""  # the folder that is, as a whole
        self.meter = Meter(tell)
        common = store, self.meter, self.post, self._hint, tell, self._let_by
        self.intake = Intake(
            catalog,
            tools,
            pools,
            *common,
            effort=known_efforts(catalog, tools),
            likenesses=Likenesses(catalog),
        )
        self.intakes = [self.intake]
        self._beside = beside
        if beside is not None:
            known = known_efforts(catalog, beside.tools)
            more = Intake(beside.queue, beside.tools, beside.pools, *common, beside, known)
            self.intakes.append(more)

    # From any thread

    @property
    def paused(self) -> str:
        """Why nothing is being indexed; "" when it is."""
        if self._paused or self.intake.line.held:
            return self._paused or self.intake.line.held
        return next((why for one in self.intakes if (why := one.line.blocked or one.line.held)), "")

    @property
    def held_beside(self) -> str:
        """Why a paid engine is not asked just now; "" when it is."""
        lines = [one.line for one in self.intakes[1:]]
        return self._paused or next((why for one in lines if (why := one.blocked or one.held)), "")

    def post(self, message: Callable[[], None]) -> None:
        """Has `message` called on the indexer's thread."""
        with self._state:
            self._posted += 1
            self._idle = False
        self._inbox.put(message)

    def look(self, root: str, under: str) -> None:
        """Says that something may have changed at or below `under`."""
        self.post(partial(self._hint, root, under))

    def insist(self, message: Callable[[], None]) -> None:
        """As `post`; a message that needs the user is called again when work goes on."""

        def call() -> None:
            try:
                message()
            except NeedsUser:
                self._unfinished.append(message)
                raise

        self.post(call)

    def promise(self, message: Callable[[], None]) -> None:
        """As `insist`; called at the end when the library is closed before its turn comes."""
        with self._state:
            self._promised.append(message)

        def keep() -> None:
            message()
            with self._state:
                self._promised.remove(message)

        self.insist(keep)

    def spare(self, on: bool) -> None:
        """Nothing new is paid for while it may come with a sync; as often off as on."""

        def count() -> None:
            self._sparing += 1 if on else -1

        self.post(count)

    def pause(self, why: str) -> None:
        """Stops what is running; the files it was about wait."""
        with self._state:
            if self._stopped:
                return
            self._halt.set()
            self._paused = why
            self._state.notify_all()
        self.post(self._say_paused)

    def resume(self) -> None:
        """Goes on, also after something that needed the user."""
        with self._state:
            if self._stopped:
                return
            self._paused, self._stuck = "", False
            self._halt.clear()
        self.post(self._resumed)

    def stop(self) -> None:
        """`run` returns soon after; what is being read is left waiting."""
        self._stop()
        self.post(lambda: None)  # wakes it

    def wait(self, timeout_s: float | None) -> bool:
        """True once there is nothing to do; NeedsUser when nothing will be done."""
        with self._state:
            self._state.wait_for(
                lambda: self._idle or self._stopped or bool(self._paused), timeout_s
            )
            if self._paused:
                raise NeedsUser(self._paused)
            if self._stopped:
                raise TryLater(CLOSING)
            blocked = next((one.line.blocked for one in self.intakes if one.line.blocked), "")
            if self._idle and blocked:
                raise NeedsUser(blocked)
            return self._idle

    # The indexer's thread

    def run(self) -> None:
        """Works until `stop`."""
        try:
            while not self._stopped:
                self._handle()
                self._turn()
        except BaseException:
            self._pause(BROKEN)
            raise  # to the crash report
        finally:
            self._stop()
            for message in self._promised:
                try:
                    message()
                except ExpectedError as e:
                    log.error("what was asked for just before the end was not done: %s", e)

    def _handle(self) -> None:
        """Waits until something is due or a message comes, then handles all that are there."""
        try:
            message = self._inbox.get(timeout=self._timeout())
            while not self._stopped:
                self._handled += 1
                self._let_by()
                try:
                    message()
                except NeedsUser as e:
                    self._pause(str(e))
                message = self._inbox.get_nowait()
        except queue.Empty:
            pass

    def _turn(self) -> None:
        """One round of decisions after messages were handled."""
        try:
            if not self._stuck:
                self._follow_looks()
            self.let_rest()
            if not self._paused and not self._stopped:
                for intake in self.intakes:
                    if intake in self._fed():
                        intake.feed()
                    flushed = intake.flush()
                    if flushed and intake is self.intake:
                        self._more_beside()
                    if flushed and self._backgrounds:
                        self._backgrounds.learn(intake.engine, MUCH_GROWN)
                self._show()
                self._rest()
        except NeedsUser as e:
            self._pause(str(e))
        except Stopped:  # in the middle of a comparison: the next start makes it again
            pass

    def _fed(self) -> list[Intake]:
        """Those that begin something new."""
        return self.intakes[:1] if self._sparing else self.intakes

    def let_rest(self) -> None:
        """Drops what is under way of folders that are paused, or whose hours are over."""
        if self._resting is None or self._stuck:
            return
        folders, changed = self._resting.update()
        for folder in folders:
            for intake in self.intakes:
                intake.leave(folder)
        if changed:
            self.changed()
            self._tell(FoldersChanged())

    def _timeout(self) -> float | None:
        """Seconds until something is due without a message; None: for as long as it takes."""
        due = []
        if self._looks and not self._stuck:
            due.append(self._looks_due() - time.monotonic())
        if self._resting and not self._stuck and (s := self._resting.due_in_s()) is not None:
            due.append(s)
        if not self._paused:
            due += [s for one in self._fed() if (s := one.due_in_s()) is not None]
            if self._maintain_at is not None:
                due.append(self._maintain_at - time.monotonic())
        return max(0.01, min(due)) if due else None

    def _rest(self) -> None:
        """When nothing is left to do: maintains the store once, then says so."""
        if any(intake.busy for intake in self.intakes):
            self._maintained, self._maintain_at = False, None
        if self._looks or not all(intake.idle for intake in self.intakes):
            return
        now = time.monotonic()
        again = self._maintain_at is not None and now >= self._maintain_at
        if not self._maintained or again:
            self._store.forget(self._catalog.forget_orphans())
            self._store.maintain(stopped=True)
            if self._backgrounds:
                for intake in self.intakes:
                    self._backgrounds.learn(intake.engine)
            if self._beside is not None and not self.held_beside:
                self._beside.rest()
            self._maintain_at = None if self._maintained else now + AGAIN_S
            self._maintained = True
        if self._idle or self._handled != self._posted:
            return
        if self._resting:
            self._resting.all_done()
        for intake in self.intakes:
            keep_effort(self._catalog, intake.space.name, intake.weighing.effort)
        with self._state:
            if self._handled != self._posted:
                return
            self._idle = True
            self._state.notify_all()
        self.meter.end()
        self._tell(Idle())

    def _show(self) -> None:
        current = next((name for one in self.intakes if (name := one.current)), "")
        ready = sum(one.ready for one in self.intakes)
        if not self.meter.due:
            return
        efforts = []
        for one in self.intakes:
            if not one.line.blocked:
                one.measure()
                efforts.append(one.weighing.effort)
        self.meter.show(lambda: sum(one.waiting() for one in self.intakes), current, ready, efforts)

    def _more_beside(self) -> None:
        """What the device has indexed may wait for a further space now."""
        if self._beside is not None:
            self._beside.queue.stale()

    def changed(self) -> None:
        """What waits is not what it was."""
        for intake in self.intakes:
            intake.changed()

    def _hint(self, root: str, under: str) -> None:
        self._last_hint = time.monotonic()
        self._looks.setdefault((root, under), self._last_hint)

    def _looks_due(self) -> float:
        return min(self._last_hint + SETTLE_S, min(self._looks.values()) + PATIENCE_S)

    def _follow_looks(self) -> None:
        if not self._looks or time.monotonic() < self._looks_due():
            return
        looks, self._looks = self._looks, {}
        todo = _merged(looks)
        changed = False
        try:
            while todo:
                root, under = todo[-1]
                self.looking_through = root if root == under else ""
                changed |= self._compare(root, under, lambda: self._stopped)
                todo.pop()
        finally:  # after a full disk, what was not looked at is still to be
            self.looking_through = ""
            self._looks = dict.fromkeys(todo, self._last_hint) | self._looks
            if changed:
                self._maintained = False
                self.changed()
                self._tell(FoldersChanged())

    def _pause(self, why: str) -> None:
        with self._state:
            self._paused, self._stuck = why, True
            self._state.notify_all()
        self._say_paused()

    def _say_paused(self) -> None:
        if why := self._paused:  # else it was resumed meanwhile
            self._tell(Paused(why))

    def _resumed(self) -> None:
        again, self._unfinished = self._unfinished, []
        for message in again:
            self.insist(message)
        for intake in self.intakes:
            intake.line.ask_again()

    def _stop(self) -> None:
        with self._state:
            self._halt.set()
            self._stopped = True
            self._state.notify_all()


def _merged(looks: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same places in fewer looks: a folder instead of many files that lie in it."""
    inside = Counter((root, os.path.dirname(under)) for root, under in looks if under != root)  # noqa: PTH120  # a str stays a str here
    places = set(looks) | {place for place, count in inside.items() if count >= MANY}
    return [
        (root, under)
        for root, under in places
        if not any((root, str(folder)) in places for folder in Path(under).parents)
    ]
