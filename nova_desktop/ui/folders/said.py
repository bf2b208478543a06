"""How folders, files under way and schedules are said."""

from __future__ import annotations

import time

from nova_desktop.folders import Effect, Schedule, Step, When
from nova_desktop.kinds import FolderState, State
from nova_desktop.model import Folder
from nova_desktop.ui import wording
from nova_desktop.ui.look.words import noop, number, tr, trn

STATES = {
    FolderState.WATCHING: noop("Folders", "Up to date"),
    FolderState.SCANNING: noop("Folders", "Looking for changes…"),
    FolderState.INDEXING: noop("Folders", "Indexing"),
    FolderState.PAUSED: noop("Folders", "Paused"),
    FolderState.SCHEDULED: noop("Folders", "Waiting to be asked"),
    FolderState.OFFLINE: noop("Folders", "Not connected"),
    FolderState.UNREADABLE: noop("Folders", "Can't be opened"),
}
COUNTS = {
    State.INDEXED: noop("Folders", "{number} searchable"),
    State.WAITING: noop("Folders", "{number} waiting"),
    State.FAILED: noop("Folders", "{number} failed"),
    State.EXCLUDED: noop("Folders", "{number} left out"),
    State.OFFLINE: noop("Folders", "{number} offline"),
}
STEPS = {
    Step.READING: noop("Folders", "Reading"),
    Step.DESCRIBING: noop("Folders", "Describing"),
    Step.EMBEDDING: noop("Folders", "Embedding"),
    Step.WRITING: noop("Folders", "Writing"),
    Step.SENT: noop("Folders", "At the service"),
}


def state(folder: Folder) -> str:
    """What it is doing: "Not connected: drive Holiday", "Waits until 22:00"."""
    said = tr(*STATES[folder.state])
    if folder.state is FolderState.SCHEDULED and folder.note:
        return tr("Folders", "Waits until {start}", start=folder.note.partition("-")[0])
    if folder.state is FolderState.OFFLINE and folder.note:
        return tr("Folders", "{state}: drive {drive}", state=said, drive=wording.shown(folder.note))
    return said


def counts(folder: Folder, apart: str = " · ") -> str:
    """1,204 searchable · 3 failed: all of its files, by what became of them."""
    parts = [
        tr(*words, number=number(folder.counts[state]))
        for state, words in COUNTS.items()
        if folder.counts.get(state)
    ]
    return apart.join(parts) or tr("Folders", "No files yet")


def total(folder: Folder) -> str:
    return trn("Folders", "{n} file(s)", None, sum(folder.counts.values()))


def looked(folder: Folder, now_s: float | None = None) -> str:
    """When it was last looked through."""
    if folder.looked_s is None:
        return tr("Folders", "Not looked through yet")
    ago_s = max(0.0, (time.time() if now_s is None else now_s) - folder.looked_s)
    if ago_s < 90:
        return tr("Folders", "Looked through just now")
    if ago_s < 90 * 60:
        return trn("Folders", "Looked through {n} minute(s) ago", None, round(ago_s / 60))
    if ago_s < 36 * 3600:
        return trn("Folders", "Looked through {n} hour(s) ago", None, round(ago_s / 3600))
    return tr("Folders", "Looked through on {day}", day=wording.date(folder.looked_s))


def cost(folder: Folder) -> str:
    """What a look through all of it costs; "" where that is nothing."""
    if folder.took_s < 0.1:
        return ""
    return tr("Folders", "A look takes {seconds} s", seconds=f"{folder.took_s:.1f}")


def schedule(it: Schedule) -> str:
    match it.when:
        case When.ALWAYS:
            return tr("Folders", "Always")
        case When.ASKED:
            return tr("Folders", "Only when I say so")
        case When.HOURS:
            start, _, stop = it.hours.partition("-")
            return tr("Folders", "From {start} to {stop}", start=start, stop=stop)


def effect(does: Effect) -> str:
    """What rules would do: "Would leave out 214 files and bring back 3." """
    leaves = trn("Folders", "Would leave out {n} file(s).", None, does.leaves_out)
    brings = trn("Folders", "Would bring back {n} file(s).", None, does.brings_back)
    parts = [leaves] if does.leaves_out or not does.brings_back else []
    return " ".join([*parts, *([brings] if does.brings_back else [])])


def left(seconds: float | None) -> str:
    """How long it may still take; "" where nobody knows yet."""
    return "" if seconds is None else wording.about(seconds)
