"""`nova-desktop sync`: a library that several machines share, in a vector bucket."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable

from nova_desktop.as_json import fields_of
from nova_desktop.calls import LibraryCalls
from nova_desktop.cli.terminal import Terminal, plain, table
from nova_desktop.errors import BadInput, ExpectedError
from nova_desktop.events import Event, Syncing
from nova_desktop.sync import Differences, Direction, SyncRun, SyncState

NONE_CHOSEN = (
    'No vector bucket is chosen. Put a line like sync_bucket = "my-library" into the settings; '
    "it is made when something is pushed."
)


def sync(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    before = library.sync_state()
    if not before.place:
        raise BadInput(NONE_CHOSEN)
    match args.what:
        case "status":
            return _status(library, terminal)
        case "erase":
            return _erase(library, args, terminal, before)
    direction = Direction(args.what)
    run = _watched(
        library,
        terminal,
        lambda: library.sync(direction, args.dry_run, getattr(args, "again", False)),
    )
    if terminal.answer(fields_of(run)):
        return 0
    for line in _told(run):
        terminal.print(line)
    if run.done.none and not library.sync_state().contents:
        terminal.remark(
            f"Nothing lies in {plain(before.place)}. If that surprises you, check sync_bucket, "
            "sync_index and aws_region in the settings."
        )
    if run.skipped:
        terminal.remark(f"{run.skipped} could not be read or taken; the next sync tries again.")
    return 0


def _status(library: LibraryCalls, terminal: Terminal) -> int:
    trouble = ""
    try:
        _watched(library, terminal, lambda: library.sync(Direction.BOTH, dry=True))
    except ExpectedError as e:  # what is known here is told all the same
        trouble = plain(str(e))
    now = library.sync_state()
    if terminal.answer(fields_of(now, trouble=trouble)):
        return 0
    for line in table(_facts(now)):
        terminal.print(line)
    if now.differences:
        for line in _differences(now.differences, "would"):
            terminal.print(line)
    if trouble:
        terminal.remark(trouble)
    terminal.remark(plain(now.prices))
    return 0


def _erase(
    library: LibraryCalls, args: argparse.Namespace, terminal: Terminal, before: SyncState
) -> int:
    terminal.print(f"All that was pushed to {plain(before.place)} is removed for ever, also what")
    terminal.print("other machines pushed. What is known on this computer stays, and so do files.")
    if not (args.yes or terminal.agrees("Erase it?")):
        raise BadInput("Nothing was erased. To have it done without being asked, add --yes.")
    erased = library.erase_sync()
    if terminal.answer(erased):
        return 0
    if not erased.indexes:
        terminal.print("Nothing lay there.")
        return 0
    vectors, indexes = _many(erased.vectors, "vector"), _many(erased.indexes, "index", "indexes")
    terminal.print(f"Removed: {vectors} in {indexes}.")
    bucket = "The bucket is removed, too." if erased.bucket else "The bucket has others, and stays."
    terminal.print(f"A look at it found {erased.left} of them left. {bucket}")
    return 0


def _watched(library: LibraryCalls, terminal: Terminal, work: Callable[[], SyncRun]) -> SyncRun:
    """Shows how far it is; Ctrl+C stops it, and the same command goes on from there."""

    def heard(event: Event) -> None:
        if isinstance(event, Syncing):
            terminal.share(event.done, event.total)

    unsubscribe = library.subscribe(heard)
    try:
        return work()
    except KeyboardInterrupt:
        library.stop_sync()
        raise
    finally:
        unsubscribe()
        terminal.clear()


def _facts(now: SyncState) -> list[tuple[str, str]]:
    lying = f"{_many(now.contents, 'content')}, {_many(now.rows, 'row')}"
    facts = [
        ("Bucket", plain(now.place)),
        ("This machine", plain(now.name)),
        ("Others", plain(", ".join(now.machines)) or "none"),
        ("There", f"{lying}; about ${now.usd_month:.2f} a month"),
        ("Elsewhere", f"{_many(now.elsewhere, 'content')} on other machines alone"),
        ("Kept back", f"{_many(now.kept_back, 'content')} for this device only"),
    ]
    if now.last:
        at = datetime.datetime.fromtimestamp(now.last.began_s)
        said = plain(now.last.error) or ", ".join(_counts(now.last.done)) or "all was the same"
        facts.append(("Last sync", f"{now.last.direction} on {at:%Y-%m-%d %H:%M}: {said}"))
    return facts


def _told(run: SyncRun) -> list[str]:
    lines = _differences(run.done, "would" if run.dry else "did")
    return [*lines, f"{_many(run.requests, 'request')} in {run.took_s:.1f} s."]


def _differences(done: Differences, how: str) -> list[str]:
    if done.none:
        return ["Both sides are the same."]
    said = ", ".join(_counts(done))
    begins = "A sync would: " if how == "would" else "Done: "
    cost = f", for about ${max(done.usd, 0.0001):.4f}" if done.usd else ""
    return [f"{begins}{said}{cost}."]


def _counts(done: Differences) -> list[str]:
    return [
        f"{verb} {count}"
        for verb, count in (
            ("push", done.push),
            ("pull", done.pull),
            ("delete there", done.delete),
            ("forget here", done.forget),
        )
        if count
    ]


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"
