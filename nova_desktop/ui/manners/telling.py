"""What is worth a notification, each thing once: pure, from what the library tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from nova_desktop.events import Event, Idle, NewMatches, Paused, Progress
from nova_desktop.model import FolderState, State, Status
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import tr, trn

LONG_S = 120.0  # a run that took longer may have been forgotten meanwhile
MANY = 25  # files that failed in one run are worth a look
AGAIN_S = 600.0  # a drive that comes and goes is told of once in so long


@dataclass(frozen=True, slots=True)
class Note:
    """A notification."""

    title: str
    text: str


class Telling:
    """Hand it every event and every status, in order; it answers what to tell the user of."""

    def __init__(self, now_s: Callable[[], float] = monotonic) -> None:
        self._now_s = now_s
        self._began_s: float | None = None
        self._finished = False  # a long run has, and its numbers come with the next status
        self._failed = 0  # when the run began
        self._told_failed = False
        self._states: dict[Path, FolderState] = {}
        self._told_s: dict[tuple[Path, bool], float] = {}
        self._held = ""
        self._reason = ""
        self._before: Status | None = None
        self._matches: dict[str, NewMatches] = {}  # of saved searches, not told yet

    def hear(self, events: Iterable[Event]) -> None:
        """What happened since the last time."""
        for event in events:
            match event:
                case Progress():
                    if self._began_s is None:
                        self._began_s, self._told_failed = self._now_s(), False
                        self._failed = _failed(self._before)
                case Idle():
                    began_s, self._began_s = self._began_s, None
                    self._finished = began_s is not None and self._now_s() - began_s > LONG_S
                case Paused():
                    self._finished = False
                case NewMatches(search, count):
                    before = self._matches.get(search)
                    more = count + (before.count if before else 0)
                    self._matches[search] = replace(event, count=more)

    def found(self) -> list[Note]:
        """What saved searches have found since this was last asked."""
        matches, self._matches = self._matches, {}
        return [_of_search(one) for one in matches.values()]

    def see(self, status: Status) -> list[Note]:
        """What is to be told now."""
        notes = [*self._drives(status), *self._stops(status)]
        failed = _failed(status) - self._failed
        if self._before is not None and failed >= MANY and not self._told_failed:
            self._told_failed = True
            notes.append(
                Note(
                    trn("Notifications", "{n} file(s) could not be indexed", None, failed),
                    tr("Notifications", "Nova Desktop lists them with their reasons."),
                )
            )
        if self._finished and not status.counts.get(State.WAITING):
            self._finished = False
            n = status.counts.get(State.INDEXED, 0)
            notes.append(
                Note(
                    tr("Notifications", "Indexing is done"),
                    trn("Notifications", "{n} file(s) can be found now.", None, n),
                )
            )
        if self._before is None:
            self._failed = _failed(status)
        self._before = status
        return notes

    def _drives(self, status: Status) -> Iterable[Note]:
        states = {it.path: it.state for it in status.folders}
        for path, state in states.items():
            before = self._states.get(path)
            away, was_away = (it is FolderState.OFFLINE for it in (state, before))
            if before is None or away == was_away:
                continue
            now_s = self._now_s()
            if now_s - self._told_s.get((path, away), -AGAIN_S) < AGAIN_S:
                continue
            self._told_s[path, away] = now_s
            name = wording.name_of(path)
            if away:
                yield Note(
                    tr("Notifications", "“{name}” is not connected", name=name),
                    tr("Notifications", "What is known of it stays, and can still be found."),
                )
            else:
                yield Note(
                    tr("Notifications", "“{name}” is back", name=name),
                    tr("Notifications", "It is looked through for changes."),
                )
        self._states = states

    def _stops(self, status: Status) -> Iterable[Note]:
        """What waits for the user: a cap, a sign-in, a full disk. A pause of theirs is none."""
        held = status.further.held if status.further else ""
        if held and held != self._held:
            title = tr("Notifications", "Amazon Nova is not asked just now")
            yield Note(title, wording.shown(held))
        self._held = held
        wanted = status.resting or status.paused.startswith("Paused")  # by settings, by the user
        if status.paused and status.paused != self._reason and not wanted:
            yield Note(tr("Notifications", "Indexing has paused"), wording.shown(status.paused))
        self._reason = status.paused


def _of_search(found: NewMatches) -> Note:
    name = wording.shown(found.search)
    title = trn("Notifications", "{n} new in “{name}”", None, found.count, name=name)
    return Note(title, wording.name_of(found.path))


def _failed(status: Status | None) -> int:
    return status.counts.get(State.FAILED, 0) if status else 0
