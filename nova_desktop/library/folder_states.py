"""What each watched folder is doing, from what is known of it: a pure function."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nova_desktop.errors import TryLater
from nova_desktop.folders import FolderRules, When
from nova_desktop.library.questions import Root
from nova_desktop.library.scan import Closed
from nova_desktop.model import Folder, FolderState, State


def folder_of(
    root: Root,
    counts: Mapping[State, int],
    size: int,
    away: TryLater | None,
    rules: FolderRules,
    paused: str,
    looking_through: str,
) -> Folder:
    """`away`: why it can't be reached; `paused`: why nothing at all is indexed."""
    waiting = counts.get(State.WAITING, 0)
    state, note = FolderState.WATCHING, ""
    if isinstance(away, Closed):
        state, note = FolderState.UNREADABLE, str(away)
    elif away is not None:
        state, note = FolderState.OFFLINE, root.drive
    elif rules.paused:
        state = FolderState.PAUSED
    elif looking_through == root.path:
        state = FolderState.SCANNING
    elif waiting and paused:
        state, note = FolderState.PAUSED, paused
    elif waiting and root.resting:
        state = FolderState.SCHEDULED
        note = rules.schedule.hours if rules.schedule.when is When.HOURS else ""
    elif waiting:
        state = FolderState.INDEXING
    return Folder(Path(root.path), state, counts, size, root.looked_s, root.took_s, note)
