"""The indexer: one thread that alone writes catalog and store."""

from __future__ import annotations

import queue
from collections.abc import Callable
from functools import partial
from typing import Protocol

from nova_desktop.errors import NeedsUser, Stopped, TryLater
from nova_desktop.events import Event, FoldersChanged, Idle, Paused
from nova_desktop.library.backgrounds import MUCH_GROWN, Backgrounds
from nova_desktop.library.beside import Beside
from nova_desktop.library.catalog import Catalog
from nova_desktop.library.efforts import keep_effort, known_efforts
from nova_desktop.library.hints import Hints
from nova_desktop.library.inbox import Inbox
from nova_desktop.library.intake import Intake
from nova_desktop.library.likenesses import Likenesses
from nova_desktop.library.pools import Pools
from nova_desktop.library.precedence import Precedence
from nova_desktop.library.progress import Meter
from nova_desktop.library.resting import Resting
from nova_desktop.library.tending import Tending
from nova_desktop.library.work import Tools
from nova_desktop.ports import Store

CLOSING = "The library is closing. Start Nova Desktop again."
BROKEN = "Indexing stopped because of an error in Nova Desktop. The log says which; start it again."


class Compare(Protocol):
    """Makes the catalog agree with the disk at or below a place; True when anything changed.

    Raises Stopped as soon as `stopped` says so.
    """

    def __call__(self, root: str, under: str, stopped: Callable[[], bool]) -> bool: ...


class Indexer:
    """`run` calls what is posted to its `inbox`, and does what is due, on the indexer's thread."""

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
        self._catalog, self._halt = catalog, tools.halt
        self._compare, self._tell, self._resting = compare, tell, resting
        self._backgrounds = backgrounds
        self._let_by = (precedence or Precedence()).let_by
        self.inbox = Inbox()
        # Changed with the inbox's state held, for whoever waits:
        self._stopped = False
        self._paused = ""
        self._stuck = False  # paused by what needs the user: until then nothing is tried
        self._sparing = 0  # syncs under way that may bring what would be paid for
        self._hints = Hints()
        self._tending = Tending(catalog, store, backgrounds, beside)
        self.looking_through = ""  # the folder that is, as a whole
        self.meter = Meter(tell)
        common = store, self.meter, self.inbox.post, self._hints.add, tell, self._let_by
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

    def look(self, root: str, under: str) -> None:
        """Says that something may have changed at or below `under`."""
        self.inbox.post(partial(self._hints.add, root, under))

    def spare(self, on: bool) -> None:
        """Nothing new is paid for while it may come with a sync; as often off as on."""

        def count() -> None:
            self._sparing += 1 if on else -1

        self.inbox.post(count)

    def pause(self, why: str) -> None:
        """Stops what is running; the files it was about wait."""
        with self.inbox.state:
            if self._stopped:
                return
            self._halt.set()
            self._paused = why
            self.inbox.state.notify_all()
        self.inbox.post(self._say_paused)

    def resume(self) -> None:
        """Goes on, also after something that needed the user."""
        with self.inbox.state:
            if self._stopped:
                return
            self._paused, self._stuck = "", False
            self._halt.clear()
        self.inbox.post(self._resumed)

    def stop(self) -> None:
        """`run` returns soon after; what is being read is left waiting."""
        self._stop()
        self.inbox.post(lambda: None)  # wakes it

    def wait(self, timeout_s: float | None) -> bool:
        """True once there is nothing to do; NeedsUser when nothing will be done."""
        with self.inbox.state:
            self.inbox.state.wait_for(
                lambda: self.inbox.idle or self._stopped or bool(self._paused), timeout_s
            )
            if self._paused:
                raise NeedsUser(self._paused)
            if self._stopped:
                raise TryLater(CLOSING)
            blocked = next((one.line.blocked for one in self.intakes if one.line.blocked), "")
            if self.inbox.idle and blocked:
                raise NeedsUser(blocked)
            return self.inbox.idle

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
            self.inbox.keep_promises()

    def _handle(self) -> None:
        """Waits until something is due or a message comes, then handles all that are there."""
        try:
            message = self.inbox.take(self._timeout())
            while not self._stopped:
                self._let_by()
                try:
                    message()
                except NeedsUser as e:
                    self._pause(str(e))
                message = self.inbox.take(0)
        except queue.Empty:
            pass

    def _turn(self) -> None:
        """One round of decisions after messages were handled."""
        try:
            if not self._stuck:
                self._follow_hints()
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
        if not self._stuck and (s := self._hints.due_in_s()) is not None:
            due.append(s)
        if self._resting and not self._stuck and (s := self._resting.due_in_s()) is not None:
            due.append(s)
        if not self._paused:
            due += [s for one in self._fed() if (s := one.due_in_s()) is not None]
            if (s := self._tending.due_in_s()) is not None:
                due.append(s)
        return max(0.01, min(due)) if due else None

    def _rest(self) -> None:
        """When nothing is left to do: tends store and catalog once, then says so."""
        if any(intake.busy for intake in self.intakes):
            self._tending.busy()
        if self._hints or not all(intake.idle for intake in self.intakes):
            return
        self._tending.tend((intake.engine for intake in self.intakes), self.held_beside)
        if self.inbox.idle or not self.inbox.handled:
            return
        if self._resting:
            self._resting.all_done()
        for intake in self.intakes:
            keep_effort(self._catalog, intake.space.name, intake.weighing.effort)
        if not self.inbox.rest():
            return
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

    def _follow_hints(self) -> None:
        changed = False

        def look(root: str, under: str) -> None:
            nonlocal changed
            self.looking_through = root if root == under else ""
            changed |= self._compare(root, under, lambda: self._stopped)

        try:
            self._hints.follow(look)
        finally:
            self.looking_through = ""
            if changed:
                self._tending.changed()
                self.changed()
                self._tell(FoldersChanged())

    def _pause(self, why: str) -> None:
        with self.inbox.state:
            self._paused, self._stuck = why, True
            self.inbox.state.notify_all()
        self._say_paused()

    def _say_paused(self) -> None:
        if why := self._paused:  # else it was resumed meanwhile
            self._tell(Paused(why))

    def _resumed(self) -> None:
        self.inbox.again()
        for intake in self.intakes:
            intake.line.ask_again()

    def _stop(self) -> None:
        with self.inbox.state:
            self._halt.set()
            self._stopped = True
            self.inbox.state.notify_all()
