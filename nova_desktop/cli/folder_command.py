"""`nova-desktop folder …` and `nova-desktop queue`: what the window's library dialog does."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from nova_desktop.as_json import fields_of
from nova_desktop.calls import LibraryCalls
from nova_desktop.cli.terminal import Terminal, plain, table
from nova_desktop.errors import BadInput
from nova_desktop.folders import Effect, Queue, Schedule, When
from nova_desktop.model import Folder, State
from nova_desktop.schedules import schedule_of, written

POLL_S = 0.2  # between two looks at a survey
NEXT = 20  # waiting files that are listed


def folder(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    what = {
        "list": _list,
        "show": _show,
        "ignore": _ignore,
        "schedule": _schedule,
        "pause": _pause,
        "resume": _resume,
        "rescan": _rescan,
        "move": _move,
        "exclude": _exclude,
        "include": _include,
        "survey": _survey,
    }
    what[args.what](library, args, terminal)
    return 0


def queue(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    if args.cancel:
        library.cancel([_typed(path) for path in args.cancel])
    now = library.queue(NEXT)
    if terminal.answer(fields_of(now, by_folder=_by_folder(now))):
        return 0
    if now.paused:
        terminal.print(plain(now.paused))
    for one in now.active:
        share = f" {one.share:.0%}" if one.share else ""
        engine = f", {one.engine}" if one.engine else ""
        terminal.print(f"{one.step}{share}{engine}  {plain(str(one.path))}")
    for path in now.next:
        terminal.print(f"waiting  {plain(str(path))}")
    listed = len(now.active) + len(now.next)
    if now.waiting > listed:
        terminal.print(f"… and {now.waiting - listed} more.")
    if not now.waiting and not now.active:
        terminal.print("Nothing waits.")
    elif now.eta_s is not None:
        terminal.print(f"About {max(1, round(now.eta_s / 60))} min to go.")
    return 0


def _by_folder(now: Queue) -> list[dict[str, object]]:
    return [{"path": path, "waiting": count} for path, count in now.by_folder]


def _typed(path: str) -> Path:
    return Path(path).absolute()


def _list(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    del args
    folders = library.status().folders
    if terminal.answer(folders):
        return
    if not folders:
        terminal.print("No folder is indexed yet. Add one: nova-desktop index FOLDER")
    for it in folders:
        terminal.print(f"{_state(it)}  {plain(str(it.path))}  {_counts(it)}")


def _show(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    _tell(library, _typed(args.folder), terminal)


def _tell(library: LibraryCalls, path: Path, terminal: Terminal) -> None:
    """One watched folder in full, for whoever reads it."""
    rules = library.folder_rules(path)
    it = next(one for one in library.status().folders if one.path == rules.path)
    decided = {one.path: one.rule for one in library.rules()}
    above = [place for place in (it.path, *it.path.parents) if place in decided]
    rule = decided[above[0]].value if above else "device"
    out = [one for one in library.exclusions() if one.path.is_relative_to(it.path)]
    told = fields_of(
        it,
        rule=rule,
        schedule=written(rules.schedule),
        ignore=rules.ignore,
        exclusions=out,
    )
    if terminal.answer(told):
        return
    looked = "never" if it.looked_s is None else time.strftime("%F %T", time.localtime(it.looked_s))
    if it.took_s:
        looked = f"{looked}, in {it.took_s:.1f} s"
    facts = [
        ("Folder", plain(str(it.path))),
        ("State", _state(it)),
        ("Files", _counts(it)),
        ("Bytes", f"{it.bytes}"),
        ("Looked through", looked),
        ("Engine", rule),
        ("Schedule", written(rules.schedule)),
        ("Left out", " ".join(map(plain, rules.ignore)) or "nothing by pattern"),
    ]
    facts += [("", plain(str(one.path))) for one in out]
    for line in table(facts):
        terminal.print(line)


def _ignore(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    path = _typed(args.folder)
    now = library.folder_rules(path)
    if not args.patterns and not args.clear:
        if terminal.answer({"ignore": now.ignore, "effect": None}):
            return
        for pattern in now.ignore:
            terminal.print(plain(pattern))
        if not now.ignore:
            terminal.print("Nothing is left out by pattern.")
        return
    patterns = (*(now.ignore if args.add else ()), *args.patterns)
    if args.dry_run:
        effect = library.rules_effect(now.path, patterns)
        leaves, brings = "Would leave out", "would bring back"
    else:
        effect = library.set_folder_rules(now.path, ignore=patterns)
        leaves, brings = "Left out", "brought back"
    if not terminal.answer({"ignore": patterns, "effect": effect}):
        _say(effect, leaves, brings, terminal)


def _say(does: Effect, leaves: str, brings: str, terminal: Terminal) -> None:
    files = "file" if does.leaves_out == 1 else "files"
    terminal.print(f"{leaves} {does.leaves_out} {files}, {brings} {does.brings_back}.")


def _schedule(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    chosen = schedule_of(args.when)
    path = _typed(args.folder)
    library.set_folder_rules(path, schedule=chosen)
    _done(library, path, f"Indexed {_when(chosen)}: {plain(str(path))}", terminal)


def _done(library: LibraryCalls, path: Path, sentence: str, terminal: Terminal) -> None:
    """Says to people what was done to a folder; programs are told how it is now."""
    if terminal.json:
        _tell(library, path, terminal)
    else:
        terminal.print(sentence)


def _when(schedule: Schedule) -> str:
    if schedule.when is When.HOURS:
        return f"at {schedule.hours}"
    return "always" if schedule.when is When.ALWAYS else "only when asked"


def _pause(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    library.pause(_typed(args.folder))
    path = _typed(args.folder)
    _done(library, path, f"Paused: {plain(str(path))}", terminal)


def _resume(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    from nova_desktop.cli.commands import work

    library.resume(_typed(args.folder))
    work(library, terminal, every_file=False)
    path = _typed(args.folder)
    _done(library, path, f"Indexed: {plain(str(path))}", terminal)


def _rescan(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    from nova_desktop.cli.commands import work

    library.rescan(_typed(args.folder))
    work(library, terminal, every_file=False)
    path = _typed(args.folder)
    _done(library, path, f"Looked through: {plain(str(path))}", terminal)


def _move(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    library.relocate_folder(_typed(args.folder), _typed(args.new))
    path = _typed(args.new)
    said = f"It is at {plain(str(path))} now. Nothing is embedded again."
    _done(library, path, said, terminal)


def _exclude(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    if not args.paths:
        if not terminal.answer(library.exclusions()):
            for one in library.exclusions():
                terminal.print(plain(str(one.path)))
        return
    missing = [path for path in map(_typed, args.paths) if not path.exists()]
    if missing:
        raise BadInput(f"There is no file or folder {missing[0]}. Check its name.")
    count = library.exclude([_typed(path) for path in args.paths])
    if not terminal.answer(library.exclusions()):
        _say(Effect(count, 0), "Left out", "brought back", terminal)


def _include(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    paths = [_typed(path) for path in args.paths]
    known = {one.path for one in library.exclusions()}
    strangers: Sequence[Path] = [path for path in paths if path not in known]
    if strangers:
        raise BadInput(
            f"{strangers[0]} was not left out by hand. nova-desktop folder exclude lists them."
        )
    library.include(paths)
    if terminal.answer(library.exclusions()):
        return
    terminal.print("They are indexed again when the folder is looked through.")


def _survey(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> None:
    path = _typed(args.folder)
    try:
        while not (found := library.survey(path)).done:
            time.sleep(POLL_S)
    finally:
        library.end_survey(path)
    numbers = {
        "files": found.files,
        "bytes": found.bytes,
        "other": found.other,
        "excluded": found.excluded,
        "online_only": found.online_only,
        "unreadable": found.unreadable_count,
    }
    if terminal.answer(numbers):
        return
    facts = [
        (str(kind), f"{count} files, {found.bytes.get(kind, 0)} bytes")
        for kind, count in sorted(found.files.items(), key=lambda one: -one[1])
    ]
    facts += [("other kinds", f"{found.other}"), ("online only", f"{found.online_only}")]
    facts += [(f"{count}", plain(why)) for why, count in sorted(found.excluded.items())]
    facts += [("unreadable", f"{plain(str(place))}: {why}") for place, why in found.unreadable]
    for line in table(facts):
        terminal.print(line)


def _state(it: Folder) -> str:
    return f"{it.state} ({plain(it.note)})" if it.note else f"{it.state}"


def _counts(it: Folder) -> str:
    parts = [f"{it.counts[state]} {state}" for state in State if it.counts.get(state)]
    return ", ".join(parts) or "no files"
