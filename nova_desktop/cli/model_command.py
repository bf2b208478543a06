"""`nova-desktop model`: the models that run on this device, fetched when they are asked for."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nova_desktop import settings
from nova_desktop.calls import LibraryCalls
from nova_desktop.cli.terminal import Terminal, plain, table
from nova_desktop.settings import Settings
from nova_desktop.shelf import LocalModel, Task

POLL_S = 0.2
BASIC, BASE = "basic", "base"  # what ships: for search, and for speech
FOR = {Task.SEARCH: "pictures", Task.SPEECH: "speech"}


def model(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    commands: dict[str, Callable[[LibraryCalls, argparse.Namespace, Terminal], int]] = {
        "list": listed,
        "fetch": fetch,
        "check": check,
        "use": use,
        "remove": remove,
    }
    return commands[args.what](library, args, terminal)


def listed(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    del args
    found = library.models()
    if terminal.answer(found):
        return 0
    rows = [
        (plain(one.name), FOR[one.task], _state(one), _mb(one.bytes), one.licence, plain(one.text))
        for one in found
    ]
    for line in table([("Model", "For", "State", "Size", "Licence", ""), *rows]):
        terminal.print(line)
    terminal.print()
    terminal.print("Get one: nova-desktop model fetch NAME; then: nova-desktop model use NAME")
    return 0


def fetch(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    """Ctrl+C stops it; what came is kept."""
    outcome: list[LocalModel | BaseException] = []

    def run() -> None:
        try:
            outcome.append(library.fetch_model(args.model, args.revision))
        except BaseException as e:  # raised below, in the thread that waits for it
            outcome.append(e)

    thread = threading.Thread(target=run, name="fetch", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(POLL_S)
            for far in library.fetching():
                if far.name == args.model and far.bytes:
                    terminal.share(far.done_bytes, far.bytes)
    except KeyboardInterrupt:
        library.stop_fetch(args.model)
        thread.join(2.0)
        raise
    (found,) = outcome
    if isinstance(found, BaseException):
        raise found
    if not terminal.answer(found):
        _print(found, terminal)
        terminal.print(f"Use it: nova-desktop model use {plain(found.name)}")
    return 0


def check(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    found = library.check_model(_place(args.model))
    if not terminal.answer(found):
        _print(found, terminal)
    return 0


def use(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    """Writes the settings, once the model has proved itself."""
    file = settings.settings_path()
    now = settings.load(file)
    chosen, said = _chosen(library, _place(args.model), now)
    settings.save(chosen, file)
    if terminal.answer(
        {
            "engine": chosen.engine,
            "clip_model": chosen.clip_model,
            "speech_model": chosen.speech_model,
            "settings": str(file),
        }
    ):
        return 0
    terminal.print(said)
    terminal.print(
        "It counts from the next start. What is indexed is looked at again then, and stays found "
        "as it was meanwhile."
    )
    return 0


def remove(library: LibraryCalls, args: argparse.Namespace, terminal: Terminal) -> int:
    freed = library.remove_model(args.model)
    if not terminal.answer({"freed_bytes": freed}):
        terminal.print(f"{plain(args.model)} is removed: {_mb(freed)} are free again.")
    return 0


def _chosen(library: LibraryCalls, place: str, now: Settings) -> tuple[Settings, str]:
    beside = "+nova" if now.sends else ""
    if place == BASIC:
        return replace(now, engine="nova" if beside else BASIC), "The basic engine is used."
    if place == BASE:
        return replace(now, speech_model=""), "Speech is written down with Whisper base."
    found = library.check_model(place)
    if found.task is Task.SPEECH:
        return (
            replace(now, speech=True, speech_model=place),
            f"Speech is written down with {plain(found.name)}.",
        )
    chosen = replace(now, engine=f"clip{beside}", clip_model=place)
    return chosen, f"Pictures are seen with {plain(found.name)}."


def _place(text: str) -> str:
    """A folder as an absolute path, since the library's process may be elsewhere; else a name."""
    try:
        path = Path(text).expanduser()
        there = path.is_dir()
    except (OSError, RuntimeError):  # it can be no path, or is the home of somebody not known here
        return text
    return str(path.absolute()) if there or path.is_absolute() else text


def _print(found: LocalModel, terminal: Terminal) -> None:
    terminal.print(f"{plain(found.name)}: {_state(found)}, {_mb(found.bytes)}.")
    if found.found:
        terminal.print(plain(found.found))
    if found.revision:
        terminal.print(f"Revision {found.revision}, in {plain(str(found.folder))}")


def _state(found: LocalModel) -> str:
    if found.used:
        return "in use"
    return "here" if found.folder else "to fetch"


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size < 10e6 else f"{size / 1e6:.0f} MB"
