"""The verbs of the command line, each on a library that is already open."""

from __future__ import annotations

import argparse
import logging
import os
import queue
import re
import time
from collections.abc import Sequence
from pathlib import Path

from nova_desktop.as_json import fields_of
from nova_desktop.calls import LibraryCalls
from nova_desktop.cli.answers import counts, looked_at
from nova_desktop.cli.costs import further_facts
from nova_desktop.cli.terminal import Terminal, plain, table
from nova_desktop.errors import BadInput, NeedsUser
from nova_desktop.events import (
    Event,
    Failed,
    FoldersChanged,
    Idle,
    Indexed,
    NewMatches,
    Notice,
    Paused,
    Progress,
)
from nova_desktop.model import Failure, State

log = logging.getLogger(__name__)

LOOK_S = 0.2  # between two looks at whether all is done; also how soon the bar moves
FAILURES_SHOWN = 20
ALIVE_S = 10.0  # of quiet after which `watch` asks whether its library still answers


def index(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    folders = [Path(folder).absolute() for folder in args.folders]
    resolved = [_real(folder) for folder in folders]
    refused: list[Failure] = []
    for folder in folders:
        try:
            library.add_folder(folder)
        except BadInput as e:
            if len(folders) == 1:
                raise
            terminal.remark(f"nova-desktop: {plain(str(e))}")
            refused.append(Failure(folder, str(e)))
    work(library, terminal, bool(args.verbose))
    now = library.status()
    inside = [
        failure
        for failure in library.failures()
        if any(failure.path.is_relative_to(folder) for folder in (*folders, *resolved))
    ]
    if not terminal.answer({"status": now, "failures": inside, "refused": refused}):
        for line in counts(now):
            terminal.print(line)
        show_failures(inside, terminal, FAILURES_SHOWN)
    return 3 if refused else 0


def _real(path: Path) -> Path:
    """Where it leads; a link that leads back to itself stays as it is, which `resolve` refuses."""
    return Path(os.path.realpath(path))


def work(library: LibraryCalls, terminal: Terminal, every_file: bool) -> None:
    """Shows progress until nothing waits. Raises NeedsUser when indexing pauses."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    unsubscribe = library.subscribe(events.put)
    try:
        done = False
        while not done:
            try:
                done = library.wait(LOOK_S)
            except NeedsUser as e:
                if not library.status().resting:
                    raise
                terminal.remark(f"{plain(str(e))} As this was asked for, it goes on.")
                library.resume()
            while not events.empty():
                match events.get():
                    case Progress() as progress:
                        terminal.progress(progress)
                    case Notice(text):
                        terminal.remark(plain(text))
                    case Indexed(path) if every_file:
                        terminal.remark(f"indexed  {plain(str(path))}")
                    case _:  # failures are listed at the end
                        pass
    finally:
        unsubscribe()
        terminal.clear()


def show_failures(failures: Sequence[Failure], terminal: Terminal, most: int) -> None:
    for failure in failures[:most]:
        terminal.print(f"failed  {plain(str(failure.path))}: {plain(failure.reason)}")
    if len(failures) > most:
        terminal.print(f"… and {len(failures) - most} more: nova-desktop failures lists them all.")


def status(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    del args
    now = library.status()
    if terminal.answer(now):
        return 0
    if not now.folders:
        terminal.print("No folder is indexed yet. Add one: nova-desktop index FOLDER")
    else:
        for line in counts(now):
            terminal.print(line)
    terminal.print()
    facts = [("Rows", f"{now.rows}"), ("Space", plain(now.space)), ("Engine", now.engine_note)]
    if now.further is not None:
        facts += further_facts(now.further)
    if now.paused:
        facts.append(("Paused", plain(now.paused)))
    for line in table(facts):
        terminal.print(line)
    return 0


def watch(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    """Until interrupted: it never returns by itself."""
    del args
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    library.subscribe(events.put)
    folders = library.status().folders
    if not folders:
        raise BadInput("No folder is indexed yet. Add one first: nova-desktop index FOLDER")
    if terminal.json:
        terminal.answer(_for_programs(FoldersChanged(), library), line=True)
    else:
        for folder in folders:
            terminal.print(f"{folder.state}  {plain(str(folder.path))}")
    terminal.remark("Ctrl+C ends this.")
    library.rescan()
    while True:
        try:
            tell(events.get(timeout=ALIVE_S), library, terminal)
        except queue.Empty:
            library.status()


def tell(event: Event, library: LibraryCalls, terminal: Terminal) -> None:
    if terminal.json:
        terminal.answer(_for_programs(event, library), line=True)
        return
    now = time.strftime("%H:%M:%S")
    match event:
        case Progress() as progress:
            terminal.progress(progress)
        case Indexed(path):
            terminal.print(f"{now}  indexed  {plain(str(path))}")
        case Failed(path, reason):
            terminal.print(f"{now}  failed   {plain(str(path))}: {plain(reason)}")
        case Paused(reason):
            terminal.print(f"{now}  paused   {plain(reason)}")
        case Idle():
            indexed = library.status().counts.get(State.INDEXED, 0)
            terminal.print(f"{now}  idle     {indexed} files are indexed, none waits")
        case Notice(text):
            terminal.print(f"{now}  notice   {plain(text)}")
        case NewMatches(search, count, path):
            terminal.print(f"{now}  found    {count} new in {plain(search)}: {plain(str(path))}")
        case FoldersChanged():
            for folder in library.status().folders:
                terminal.print(f"{now}  {folder.state:<8} {plain(str(folder.path))}")


def _for_programs(event: Event, library: LibraryCalls) -> dict[str, object]:
    """What happened, when, and what of the library that changed."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()
    told: dict[str, object] = {}
    match event:
        case Idle():
            told["indexed"] = library.status().counts.get(State.INDEXED, 0)
        case FoldersChanged():
            told["folders"] = library.status().folders
    return {"event": name, "at_s": time.time(), **fields_of(event, **told)}


def doctor(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    """5 when something is to be done, else 0."""
    del args
    checks = library.doctor()
    if not terminal.answer(checks):
        for line in looked_at(checks):
            terminal.print(line)
    return 0 if all(check.ok for check in checks) else 5


def forget(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    folder = Path(args.folder).absolute()
    library.remove_folder(folder)
    terminal.print(f"{plain(str(folder))} is forgotten; its files stay where they are.")
    terminal.answer(library.status())
    return 0


def retry(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    before = library.failures()
    known = {failure.path for failure in before}
    chosen = []
    for typed in (Path(name).absolute() for name in args.files):
        found = next((path for path in (typed, _real(typed)) if path in known), None)
        if found is None:
            raise BadInput(f"{typed} has not failed. nova-desktop failures lists those that have.")
        chosen.append(found)
    if not before:
        if not terminal.answer({"tried": 0, "failures": []}):
            terminal.print("No file has failed.")
        return 0
    library.retry(chosen)
    work(library, terminal, bool(args.verbose))
    after = library.failures()
    tried = set(chosen) or known
    still = [failure for failure in after if failure.path in tried]
    if terminal.answer({"tried": len(tried), "failures": still}):
        return 0
    terminal.print(f"{len(tried)} tried again, {len(still)} failed again.")
    show_failures(still, terminal, FAILURES_SHOWN)
    return 0


def failures(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    del args
    failed = library.failures()
    if terminal.answer(failed):
        return 0
    if not failed:
        terminal.print("No file has failed.")
    show_failures(failed, terminal, len(failed))
    return 0
